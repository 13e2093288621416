package history

import "math"

// Tolerance is by how much a border may lie off where the data have it, in degrees:
// about a kilometre.
const Tolerance = 0.01

// grid is the width of the grid on which points are kept.
const grid = 0.001

// window is the most points that are simplified at once, so that no line, however
// drawn, takes time that grows with the square of its length.
const window = 256

// ringsOf are the rings that one closed line in degrees becomes: simplified, on the
// grid, and cut at the antimeridian. A line that shrinks to less than a triangle
// gives none.
func ringsOf(line [][2]float64) []Ring {
	var out []Ring
	for _, part := range cutAtAntimeridian(unwrapped(line)) {
		if ring := onGrid(simplified(part, Tolerance-grid)); len(ring) >= 3 && encloses(ring) {
			out = append(out, ring)
		}
	}
	return out
}

// unwrapped is a line that does not jump from one side of the map to the other: a
// step over more than half the globe is one over the antimeridian. A line that goes
// about a pole does not come back and stays as it is.
func unwrapped(line [][2]float64) [][2]float64 {
	out := make([][2]float64, len(line))
	turn := 0.0
	for i, p := range line {
		if i > 0 {
			switch d := p[0] - line[i-1][0]; {
			case d > 180:
				turn -= 360
			case d < -180:
				turn += 360
			}
		}
		out[i] = [2]float64{p[0] + turn, p[1]}
	}
	if n := len(out); n > 0 && math.Abs(out[n-1][0]-out[0][0]) > 180 {
		return line
	}
	return out
}

// cutAtAntimeridian gives the parts of a line, each between -180 and 180 degrees.
func cutAtAntimeridian(line [][2]float64) [][][2]float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range line {
		low, high = min(low, p[0]), max(high, p[0])
	}
	var out [][][2]float64
	for k := math.Floor((low + 180) / 360); k <= math.Floor((high+180)/360) && k < 4; k++ {
		from := float64(360*k) - 180
		part := clip(clip(line, from, 1), -from-360, -1)
		for i := range part {
			part[i][0] = min(max(part[i][0]-float64(360*k), -180), 180)
		}
		if len(part) >= 3 {
			out = append(out, part)
		}
	}
	return out
}

// clip keeps the part of a closed line on one side of a meridian, where sign times
// the longitude is at least the bound (Sutherland and Hodgman 1974).
func clip(line [][2]float64, bound, sign float64) [][2]float64 {
	var out [][2]float64
	for i, p := range line {
		q := line[(i+len(line)-1)%len(line)]
		in, was := sign*p[0] >= bound, sign*q[0] >= bound
		if in != was {
			t := (float64(sign*bound) - q[0]) / (p[0] - q[0])
			out = append(out, [2]float64{sign * bound, q[1] + float64(t*(p[1]-q[1]))})
		}
		if in {
			out = append(out, p)
		}
	}
	return out
}

// simplified drops the points of a line that lie within a tolerance of the line
// without them (Douglas and Peucker 1973), window by window.
func simplified(line [][2]float64, tolerance float64) [][2]float64 {
	if len(line) < 4 {
		return line
	}
	keep := make([]bool, len(line))
	ends := []int{0, len(line) / 3, 2 * len(line) / 3, len(line) - 1} // no ring collapses for having but one end
	for i, from := range ends[:3] {
		for at := from; at < ends[i+1]; at += window {
			peucker(line, keep, at, min(at+window, ends[i+1]), tolerance)
		}
	}
	var out [][2]float64
	for i, p := range line {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// peucker marks what stays of a line between two of its points, both of which do.
func peucker(line [][2]float64, keep []bool, from, to int, tolerance float64) {
	keep[from], keep[to] = true, true
	far, at := tolerance*tolerance, -1
	for i := from + 1; i < to; i++ {
		if d := offLine(line[i], line[from], line[to]); d > far {
			far, at = d, i
		}
	}
	if at >= 0 {
		peucker(line, keep, from, at, tolerance)
		peucker(line, keep, at, to, tolerance)
	}
}

// offLine is the square of how far a point is from the stretch between two others.
func offLine(p, a, b [2]float64) float64 {
	dx, dy, x, y := b[0]-a[0], b[1]-a[1], p[0]-a[0], p[1]-a[1]
	if length := float64(dx*dx) + float64(dy*dy); length > 0 {
		t := min(max((float64(x*dx)+float64(y*dy))/length, 0), 1)
		x, y = x-float64(t*dx), y-float64(t*dy)
	}
	return float64(x*x) + float64(y*y)
}

// onGrid rounds a closed line; no point is twice in a row.
func onGrid(line [][2]float64) Ring {
	var out Ring
	for _, p := range line {
		q := [2]int{int(math.Round(p[0] / grid)), int(math.Round(p[1] / grid))}
		if len(out) == 0 || out[len(out)-1] != q {
			out = append(out, q)
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// encloses reports whether a ring has any land in it.
func encloses(ring Ring) bool {
	twice := 0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		twice += p[0]*q[1] - q[0]*p[1]
	}
	return twice != 0
}
