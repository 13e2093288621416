package inquiry

import (
	"math"
	"slices"

	"casus/data"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// Points are some worlds of a view, placed on the assumptions that tell most, to be
// looked at. Of the worlds in which it is so, of the others, and of those in which it
// is not known the first are taken, each kind by its share but a rare one at least
// leastOfKind times where it has so many.
type Points struct {
	Of     Kinds        `json:"of"`    // all worlds
	Drawn  Kinds        `json:"drawn"` // those among Worlds
	Axes   []PointsAxis `json:"axes"`  // those that the box limits, then by how far the two kinds lie apart
	Worlds []Point      `json:"worlds"`
}

// Kinds counts worlds by whether it is so in them.
type Kinds struct {
	So      int `json:"so"`
	Not     int `json:"not"`
	Unknown int `json:"unknown"`
}

// All are the worlds of every kind.
func (k Kinds) All() int { return k.So + k.Not + k.Unknown }

// PointsAxis is an assumption along which worlds are placed. It is laid out by
// magnitude (Log) where the highest value is a hundred times the lowest or more.
type PointsAxis struct {
	Input   string      `json:"input"`
	Title   string      `json:"title"`
	Unit    string      `json:"unit"`
	Lowest  study.Float `json:"lowest"`
	Highest study.Float `json:"highest"`
	Log     bool        `json:"log"`
	// Lower and Upper are the limits of the box; null where it has none.
	Lower *study.Float `json:"lower"`
	Upper *study.Float `json:"upper"`
	So    Quartiles    `json:"so"` // over all worlds in which it is so
	Not   Quartiles    `json:"not"`
}

// Quartiles part values into four equal parts; null where there is none.
type Quartiles struct {
	Lower  *study.Float `json:"lower"`
	Median *study.Float `json:"median"`
	Upper  *study.Float `json:"upper"`
}

// Point is one world with its value on each axis. So is null where it is not known.
type Point struct {
	World  int           `json:"world"`
	So     *bool         `json:"so"`
	Values []study.Float `json:"values"`
}

// Bounds of what is drawn.
const (
	mostPoints  = 1000 // in all views together
	mostAxes    = 6
	leastOfKind = 40
	farApart    = 100 // from which ratio on an axis is laid out by magnitude
)

// points picks at most so many worlds of what was found.
func (v *ViewDiscovered) points(holds []float64, most int) *Points {
	axes := v.axes()
	kinds := [3][]int{}
	for w, h := range holds {
		k := kindOf(h)
		kinds[k] = append(kinds[k], w)
	}
	out := &Points{Of: Kinds{len(kinds[0]), len(kinds[1]), len(kinds[2])}, Axes: []PointsAxis{}, Worlds: []Point{}}
	for _, c := range axes {
		out.Axes = append(out.Axes, v.axis(c, kinds))
	}
	taken := shared(out.Of, most)
	out.Drawn = taken
	for k, n := range []int{taken.So, taken.Not, taken.Unknown} {
		for _, w := range kinds[k][:n] {
			out.Worlds = append(out.Worlds, pointOf(w, k, axes))
		}
	}
	slices.SortFunc(out.Worlds, func(a, b Point) int { return a.World - b.World })
	return out
}

// kindOf is 0 where it is so, 1 where it is not, 2 where that is not known.
func kindOf(holds float64) int {
	switch {
	case math.IsNaN(holds):
		return 2
	case holds == 1:
		return 0
	}
	return 1
}

// shared parts places among kinds by their shares, a rare kind with leastOfKind.
func shared(of Kinds, most int) Kinds {
	all := of.All()
	if all <= most {
		return of
	}
	part := func(n int) int { return min(n, max(n*most/all, min(leastOfKind, most/4))) }
	out := Kinds{part(of.So), part(of.Not), part(of.Unknown)}
	for over := out.All() - most; over > 0; over = out.All() - most {
		largest := &out.So
		for _, k := range []*int{&out.Not, &out.Unknown} {
			if *k > *largest {
				largest = k
			}
		}
		*largest -= over
	}
	return out
}

// axes are the assumptions that the box limits, and then others up to mostAxes, each
// by how far apart worlds of interest and others lie on it.
func (v *ViewDiscovered) axes() []*data.Column {
	apart := map[string]float64{}
	if v.Found.Regions != nil {
		for _, r := range v.Found.Regions.Inputs {
			apart[r.Input] = r.D.Value
		}
	}
	for _, l := range v.Found.limits() {
		apart[l.Input] += 1 // no distance is above 1
	}
	out := slices.DeleteFunc(slices.Clone(v.inputs), func(c *data.Column) bool { return c.Kind == data.Words })
	slices.SortStableFunc(out, func(a, b *data.Column) int {
		switch x, y := apart[a.Name], apart[b.Name]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return out[:min(len(out), mostAxes)]
}

func (v *ViewDiscovered) axis(c *data.Column, kinds [3][]int) PointsAxis {
	in := v.Inputs[slices.IndexFunc(v.Inputs, func(in AnalysedColumn) bool { return in.Name == c.Name })]
	out := PointsAxis{Input: c.Name, Title: in.Title, Unit: in.Unit, Lowest: *in.Min, Highest: *in.Max,
		So: quartiles(c.Numbers, kinds[0]), Not: quartiles(c.Numbers, kinds[1])}
	out.Log = out.Lowest > 0 && out.Highest >= farApart*out.Lowest
	for _, l := range v.Found.limits() {
		if l.Input == c.Name && l.Below {
			out.Lower = study.FloatOf(l.Lower)
		}
		if l.Input == c.Name && l.Above {
			out.Upper = study.FloatOf(l.Upper)
		}
	}
	return out
}

func quartiles(values []float64, of []int) Quartiles {
	var some []float64
	for _, w := range of {
		some = append(some, values[w])
	}
	slices.Sort(some)
	at := func(q float64) *study.Float { return study.FloatOf(draw.Quantile(some, q)) }
	if len(some) == 0 {
		return Quartiles{}
	}
	return Quartiles{at(0.25), at(0.5), at(0.75)}
}

func pointOf(w, kind int, axes []*data.Column) Point {
	p := Point{World: w, Values: []study.Float{}}
	if kind < 2 {
		so := kind == 0
		p.So = &so
	}
	for _, c := range axes {
		p.Values = append(p.Values, study.Float(c.Numbers[w]))
	}
	return p
}
