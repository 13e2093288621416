// Package atlas draws the world, or Europe, as SVG. Its borders are those of
// today; what is claimed by two or more, occupied, annexed or broken away is a cell
// of its own and hatched, never plain land of one state. It takes no side and
// knows no law: who is coloured how, the caller says.
//
//  1. The files in data are decoded once: cells that share arcs (TopoJSON), and
//     tables of areas in dispute, seats of government, places and markers.
//  2. A Map is the cells projected: the world in Equal Earth (Šavrič, Patterson and
//     Jenny 2018), Europe in Lambert's azimuthal equal-area projection.
//  3. Draw writes one as SVG under a Paint.
package atlas

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"sync"
)

//go:embed data
var files embed.FS

// Map is the land in one projection. Its unit is a quarter of a pixel where it is
// drawn a thousand pixels wide.
type Map struct {
	Name          string
	Width, Height int
	Cells         []Cell
	lakes         string
	project       func(lon, lat float64) (x, y float64)
	rings         map[string][][][2]float64 // of a cell, in degrees
}

// Cell is a piece of land that is coloured as one. Of is the state it belongs to
// by general recognition; empty where none is recognised.
type Cell struct {
	ID, Of, Kind string
	Path         string // of SVG
	X, Y         int    // where a label stands
	Km2          float64
	Enlarged     bool  // drawn larger than life
	Area         *Area // nil: nobody disputes it
}

const wide = 4000

// World is all land.
var World = sync.OnceValue(func() *Map {
	scale := float64(wide) / 5.413 // from side to side in Equal Earth of radius 1, without the poles' corners
	m := &Map{Name: "world", Width: wide, Height: 1900}
	m.project = func(lon, lat float64) (float64, float64) {
		x, y := equalEarth(lon, lat)
		return wide/2 + float64(x*scale), 960 - float64(y*scale)
	}
	return m.load("map.json")
})

// Europe is Europe with what lies about it.
var Europe = sync.OnceValue(func() *Map {
	const scale = 5200
	m := &Map{Name: "europe", Width: wide, Height: 3300}
	m.project = func(lon, lat float64) (float64, float64) {
		x, y := lambert(lon, lat, 17, 51)
		return 1930 + float64(x*scale), 1690 - float64(y*scale)
	}
	return m.load("europe.json")
})

// Has reports whether a place lies on the map.
func (m *Map) Has(lon, lat float64) bool {
	x, y := m.project(lon, lat)
	return m.Name == "world" || lon > -40 && lon < 75 && lat > 21 && x >= 0 && y >= 0 && x < float64(m.Width) && y < float64(m.Height)
}

// At is where a place lies on the map.
func (m *Map) At(lon, lat float64) (x, y int) {
	fx, fy := m.project(lon, lat)
	return int(math.Round(fx)), int(math.Round(fy))
}

const degree = math.Pi / 180

func equalEarth(lon, lat float64) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	m := math.Sqrt(3) / 2
	t := math.Asin(m * math.Sin(lat*degree))
	t2 := t * t
	t6 := t2 * t2 * t2
	return lon * degree * math.Cos(t) / (m * (a1 + float64(3*a2*t2) + float64(t6*(7*a3+float64(9*a4*t2))))), t * (a1 + float64(a2*t2) + float64(t6*(a3+float64(a4*t2))))
}

// lambert is the azimuthal equal-area projection about a centre (Lambert 1772).
func lambert(lon, lat, lon0, lat0 float64) (x, y float64) {
	sin, cos := math.Sincos(lat * degree)
	sin0, cos0 := math.Sincos(lat0 * degree)
	sinL, cosL := math.Sincos((lon - lon0) * degree)
	k := math.Sqrt(2 / (1 + float64(sin0*sin) + float64(cos0*cos*cosL)))
	return k * cos * sinL, k * (float64(cos0*sin) - float64(sin0*cos*cosL))
}

// topology is TopoJSON as far as our files use it.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   map[string]struct{ Geometries []geometry }
}

type geometry struct {
	Type, ID   string
	Arcs       json.RawMessage
	Properties struct {
		Of, Kind    string
		Lx, Ly, Km2 float64
		Big         int
	}
}

func read(name string) []byte {
	text, err := files.ReadFile("data/" + name)
	if err != nil {
		panic(err) // the embedded files are part of the program
	}
	return text
}

func decode(name string) *topology {
	var t topology
	if err := json.Unmarshal(read(name), &t); err != nil {
		panic(err)
	}
	for _, arc := range t.Arcs { // they are deltas on a grid
		x, y := 0.0, 0.0
		for i, p := range arc {
			x, y = x+p[0], y+p[1]
			arc[i] = [2]float64{float64(x*t.Transform.Scale[0]) + t.Transform.Translate[0], float64(y*t.Transform.Scale[1]) + t.Transform.Translate[1]}
		}
	}
	return &t
}

// polygons are the rings of a geometry as numbers of arcs.
func (g *geometry) polygons() [][][]int {
	var many [][][]int
	var one [][]int
	var err error
	if g.Type == "Polygon" {
		err = json.Unmarshal(g.Arcs, &one)
		many = [][][]int{one}
	} else {
		err = json.Unmarshal(g.Arcs, &many)
	}
	if err != nil {
		panic(err)
	}
	return many
}

// load decodes and projects the cells, in the order of the file, so that an area
// in a state comes as it stands there.
func (m *Map) load(name string) *Map {
	t := decode(name)
	arcs := m.projected(t)
	m.rings = map[string][][][2]float64{}
	for _, g := range t.Objects["cells"].Geometries {
		c := Cell{ID: g.ID, Of: g.Properties.Of, Kind: g.Properties.Kind, Km2: g.Properties.Km2, Enlarged: g.Properties.Big == 1, Area: areas()[g.ID]}
		c.X, c.Y = m.At(g.Properties.Lx, g.Properties.Ly)
		for _, p := range g.polygons() {
			for _, ring := range p {
				m.rings[g.ID] = append(m.rings[g.ID], ringOf(t, ring))
			}
		}
		c.Path = m.path(arcs, g.polygons())
		if c.Path != "" || m.Has(g.Properties.Lx, g.Properties.Ly) { // what is too small for a path has a ring
			m.Cells = append(m.Cells, c)
		}
	}
	lakes := decode("lakes.json")
	drawn := m.projected(lakes)
	for _, g := range lakes.Objects["lakes"].Geometries {
		if on := ringOf(lakes, g.polygons()[0][0])[0]; m.Has(on[0], on[1]) {
			m.lakes += m.path(drawn, g.polygons())
		}
	}
	return m
}

// projected are the arcs on the map, without the points that nobody could see.
func (m *Map) projected(t *topology) [][][2]int {
	out := make([][][2]int, len(t.Arcs))
	for i, arc := range t.Arcs {
		for k, p := range arc {
			x, y := m.At(p[0], p[1])
			if n := len(out[i]); k == 0 || k == len(arc)-1 || far(out[i][n-1], x, y) {
				out[i] = append(out[i], [2]int{x, y})
			}
		}
	}
	return out
}

func far(from [2]int, x, y int) bool {
	dx, dy := from[0]-x, from[1]-y
	return dx*dx+dy*dy >= 9
}

// ringOf is a ring in degrees.
func ringOf(t *topology, ring []int) [][2]float64 {
	var out [][2]float64
	for _, i := range ring {
		arc := t.Arcs[max(i, ^i)]
		for k := range arc {
			if i < 0 {
				out = append(out, arc[len(arc)-1-k])
			} else {
				out = append(out, arc[k])
			}
		}
	}
	return out
}

// path is a geometry as the words of an SVG path; empty where it lies off the map.
func (m *Map) path(arcs [][][2]int, polygons [][][]int) string {
	var b strings.Builder
	for _, p := range polygons {
		if !m.onMap(arcs, p[0]) {
			continue
		}
		for _, ring := range p {
			writeRing(&b, arcs, ring)
		}
	}
	return b.String()
}

func (m *Map) onMap(arcs [][][2]int, ring []int) bool {
	low, high := [2]int{math.MaxInt, math.MaxInt}, [2]int{math.MinInt, math.MinInt}
	for _, i := range ring {
		for _, p := range arcs[max(i, ^i)] {
			low = [2]int{min(low[0], p[0]), min(low[1], p[1])}
			high = [2]int{max(high[0], p[0]), max(high[1], p[1])}
		}
	}
	return high[0] > 0 && high[1] > 0 && low[0] < m.Width && low[1] < m.Height && high[0] < 3*m.Width && low[0] > -2*m.Width
}

// writeRing writes a ring by what each point is from the one before; one that has
// shrunk to a point is not drawn.
func writeRing(b *strings.Builder, arcs [][][2]int, ring []int) {
	points := ringPoints(arcs, ring)
	if len(points) < 3 {
		return
	}
	last := points[0]
	fmt.Fprintf(b, "M%d %dl", last[0], last[1])
	for _, p := range points[1:] {
		fmt.Fprintf(b, "%d %d ", p[0]-last[0], p[1]-last[1])
		last = p
	}
	b.WriteString("z")
}

// ringPoints are the points of a ring on the map, none twice in a row.
func ringPoints(arcs [][][2]int, ring []int) [][2]int {
	var out [][2]int
	for _, i := range ring {
		arc := arcs[max(i, ^i)]
		for k := range arc {
			p := arc[k]
			if i < 0 {
				p = arc[len(arc)-1-k]
			}
			if len(out) == 0 || out[len(out)-1] != p {
				out = append(out, p)
			}
		}
	}
	return out
}

// CellAt is the cell that a place lies in; empty where it lies in none.
func (m *Map) CellAt(lon, lat float64) string {
	for _, c := range m.Cells {
		in := false
		for _, ring := range m.rings[c.ID] {
			if inside(ring, lon, lat) {
				in = !in
			}
		}
		if in {
			return c.ID
		}
	}
	return ""
}

// inside is the even-odd rule (Shimrat 1962).
func inside(ring [][2]float64, x, y float64) bool {
	in := false
	for i, j := 0, len(ring)-1; i < len(ring); j, i = i, i+1 {
		a, b := ring[i], ring[j]
		if (a[1] > y) != (b[1] > y) && x < (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}
