package atlas

import (
	"cmp"
	"fmt"
	"math"
	"strings"
)

// Territory is land of a day other than today, whose borders the caller has. Its
// rings are closed lines in degrees; by the even-odd rule a ring in a ring is a hole.
type Territory struct {
	State string // empty: of no state on the day
	Name  string // on the day
	Rings [][][2]float64
}

// base is all land of today in one piece: no border of today is seen, and what the
// borders of a day leave out is not taken for sea.
func (d *drawing) base() {
	var b strings.Builder
	for _, c := range d.Cells {
		b.WriteString(c.Path)
	}
	d.add(`<path class="m-base" d="%s"/>`, b.String())
}

// territories are the lands of a day by their own borders; round one that is too
// small to be seen stands a ring.
func (d *drawing) territories() {
	for _, t := range d.Borders {
		path, low, high := d.outline(t)
		if high[0] < low[0] {
			continue
		}
		fill, words := d.class(t.State), escape(d.saidOf(t))
		if max(high[0]-low[0], high[1]-low[1]) < 22 {
			d.add(`<circle class="m-land m-small" data-state="%s" fill="url(#f-%s)" cx="%d" cy="%d" r="11"><title>%s</title></circle>`, escape(t.State), fill, (low[0]+high[0])/2, (low[1]+high[1])/2, words)
			continue
		}
		d.add(`<path class="m-land m-then" data-state="%s" fill="url(#f-%s)" fill-rule="evenodd" d="%s"><title>%s</title></path>`, escape(t.State), fill, path, words)
	}
}

func (d *drawing) saidOf(t Territory) string {
	name := cmp.Or(t.Name, t.State, "unnamed")
	if t.State == "" {
		return name + " (no state on this day)"
	}
	if s := d.Say(t.State); s != "" {
		return name + ": " + s
	}
	return name
}

// outline is a territory as the words of an SVG path, and the corners of the box
// that it fills; the high corner is below the low one where it lies off the map.
func (d *drawing) outline(t Territory) (path string, low, high [2]int) {
	var b strings.Builder
	low, high = [2]int{math.MaxInt, math.MaxInt}, [2]int{math.MinInt, math.MinInt}
	for _, ring := range t.Rings {
		points := d.onMapOf(ring)
		for _, p := range points {
			low = [2]int{min(low[0], p[0]), min(low[1], p[1])}
			high = [2]int{max(high[0], p[0]), max(high[1], p[1])}
		}
		if len(points) < 3 {
			continue
		}
		fmt.Fprintf(&b, "M%d %dl", points[0][0], points[0][1])
		for i, p := range points[1:] {
			fmt.Fprintf(&b, "%d %d ", p[0]-points[i][0], p[1]-points[i][1])
		}
		b.WriteString("z")
	}
	return b.String(), low, high
}

// onMapOf projects a ring, cuts it to the map and a little more, and drops points
// that nobody could see.
func (d *drawing) onMapOf(ring [][2]float64) [][2]int {
	if d.Name == "europe" { // far from its centre the projection folds
		ring = cut(cut(cut(ring, 0, -75, 1), 0, -130, -1), 1, 5, 1)
	}
	flat := make([][2]float64, len(ring))
	for i, p := range ring {
		flat[i][0], flat[i][1] = d.project(p[0], p[1])
	}
	const margin = 40
	flat = cut(cut(flat, 0, -margin, 1), 0, -float64(d.Width)-margin, -1)
	flat = cut(cut(flat, 1, -margin, 1), 1, -float64(d.Height)-margin, -1)
	var out [][2]int
	for _, p := range flat {
		x, y := int(math.Round(p[0])), int(math.Round(p[1]))
		if n := len(out); n == 0 || far(out[n-1], x, y) {
			out = append(out, [2]int{x, y})
		}
	}
	return out
}

// cut keeps the part of a closed line on one side of a straight one along an axis,
// where sign times the coordinate is at least the bound (Sutherland and Hodgman
// 1974).
func cut(line [][2]float64, axis int, bound, sign float64) [][2]float64 {
	out := make([][2]float64, 0, len(line))
	for i, p := range line {
		q := line[(i+len(line)-1)%len(line)]
		in, was := sign*p[axis] >= bound, sign*q[axis] >= bound
		if in != was {
			t := (float64(sign*bound) - q[axis]) / (p[axis] - q[axis])
			out = append(out, [2]float64{q[0] + float64(t*(p[0]-q[0])), q[1] + float64(t*(p[1]-q[1]))})
		}
		if in {
			out = append(out, p)
		}
	}
	return out
}

// credit names on the map whose borders these are.
func (d *drawing) credit() {
	d.add(`<text class="m-credit" x="30" y="%d">%s</text>`, d.Height-34, escape(d.Credit))
}
