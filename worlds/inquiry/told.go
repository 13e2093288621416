package inquiry

import (
	"cmp"
	"math"
	"slices"

	"casus/finding"
	"casus/worlds/decision"
	"casus/worlds/sensitivity"
	"casus/worlds/study"
)

// Weight holds what a method says of one assumption or group: the number it ranks by and,
// of Sobol's, what it decides alone. NaN: none.
type Weight struct {
	Name  string
	Main  sensitivity.Estimate
	Alone sensitivity.Estimate
}

// Weights gives the indices of each assumption by the method that was used, in its order.
func (r *SenseResult) Weights() []Weight {
	none := sensitivity.Estimate{Value: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	var out []Weight
	add := func(name string, main, alone sensitivity.Estimate) { out = append(out, Weight{name, main, alone}) }
	switch {
	case r.Sobol != nil:
		for _, x := range r.Sobol.Inputs {
			add(x.Input, x.ST, x.S1)
		}
	case r.Given != nil:
		for _, x := range r.Given.Inputs {
			add(x.Input, x.S1, none)
		}
	case r.Delta != nil:
		for _, x := range r.Delta.Inputs {
			add(x.Input, x.Delta, none)
		}
	case r.Regional != nil:
		for _, x := range r.Regional.Inputs {
			add(x.Input, x.D, none)
		}
	case r.DGSM != nil:
		for _, x := range r.DGSM.Inputs {
			if math.IsInf(x.Bound.Value, 0) { // no bound, which is not a large one
				x.Bound = none
			}
			add(x.Input, x.Bound, none)
		}
	case r.Morris != nil:
		for _, x := range r.Morris.Inputs {
			add(x.Input, x.MuStar, none)
		}
	}
	return out
}

// Ranking orders assumptions by the first method that has an answer, the weightiest first
// and what has no number last.
func (o *SenseOutcome) Ranking() []string {
	for i := range o.Results {
		rows := o.Results[i].Weights()
		if len(rows) == 0 {
			continue
		}
		slices.SortStableFunc(rows, func(a, b Weight) int { return -cmp.Compare(a.Main.Value, b.Main.Value) }) // NaN is least
		var out []string
		for _, row := range rows {
			out = append(out, row.Name)
		}
		return out
	}
	return nil
}

// Driver holds the indices of one input of an analysis; nil where one was not estimated.
type Driver struct {
	Name         string
	First, Delta *sensitivity.Estimate
}

// Drivers are the inputs of an output by the first index that each has, the largest first.
func (im *Importance) Drivers() []Driver {
	var out []Driver
	at := func(name string) *Driver {
		i := slices.IndexFunc(out, func(d Driver) bool { return d.Name == name })
		if i < 0 {
			out, i = append(out, Driver{Name: name}), len(out)
		}
		return &out[i]
	}
	if im.First != nil {
		for k := range im.First.Inputs {
			at(im.First.Inputs[k].Input).First = &im.First.Inputs[k].S1
		}
	}
	if im.Delta != nil {
		for k := range im.Delta.Inputs {
			at(im.Delta.Inputs[k].Input).Delta = &im.Delta.Inputs[k].Delta
		}
	}
	slices.SortStableFunc(out, func(a, b Driver) int { return cmp.Compare(b.size(), a.size()) })
	return out
}

func (d *Driver) size() float64 {
	for _, e := range []*sensitivity.Estimate{d.First, d.Delta} {
		if e != nil && !math.IsNaN(e.Value) {
			return e.Value
		}
	}
	return math.Inf(-1)
}

// Oftenest are the options that most pairs of criterion and school pick, by how many of
// all pairs; a union of schools does not count.
func (r *Robust) Oftenest(m *RobustMeasure) (best []string, n, of int) {
	picked, order := map[string]int{}, []string{}
	for _, a := range m.Agreed {
		for v, picks := range a.Picks {
			if r.union(m.Views[v].View) {
				continue
			}
			of++ // of a school that picks nothing too: not under every school, then
			for _, o := range picks {
				if picked[o] == 0 {
					order = append(order, o)
				}
				picked[o]++
			}
		}
	}
	for _, o := range order {
		switch {
		case picked[o] > n:
			best, n = []string{o}, picked[o]
		case picked[o] == n:
			best = append(best, o)
		}
	}
	return best, n, of
}

func (r *Robust) union(view string) bool {
	return slices.ContainsFunc(r.Head.Views, func(v finding.View) bool { return v.Name == view && v.Union })
}

// Concord is by how many criteria the schools share a pick, of those by which every
// school picks something.
func (m *RobustMeasure) Concord() (shared, of int) {
	for _, a := range m.Agreed {
		if a.Schools == Open {
			continue
		}
		of++
		if a.Schools != Differ {
			shared++
		}
	}
	return shared, of
}

// narrow is a stretch of α too short to tell.
const narrow = 0.0005

// Switches are the stretches of α over which Hurwicz's rule picks one option or another;
// none where it picks the same over all.
func (v *RobustView) Switches() []decision.Stretch {
	if v.Compared == nil {
		return nil
	}
	out := slices.DeleteFunc(slices.Clone(v.Compared.Hurwicz), func(s decision.Stretch) bool { return s.To-s.From <= narrow })
	if len(out) < 2 {
		return nil
	}
	return out
}

// Telling are the assumptions of which a rule was learned that does better than
// choosing without, in other worlds or at least, beyond noise, in the same.
func (v *ViewValue) Telling() []Learned {
	return slices.DeleteFunc(slices.Clone(v.Assumptions), func(x Learned) bool {
		return x.Worth != nil && !(x.Worth.Value > 0) && !(x.Worth.InSample > x.Worth.NullHigh)
	})
}

// Evident counts the assumptions that can be told from nothing, the first so many left
// out.
func (v *ViewValue) Evident(but int) int {
	n := 0
	for _, x := range v.Telling()[but:] {
		if x.Evidence {
			n++
		}
	}
	return n
}

// Side says which of two options stands first: the better one, of a measure that says
// which way is better, or the greater.
type Side int

// The sides.
const (
	NotCompared Side = iota // the difference is not defined
	NeitherAhead
	FirstAhead
	SecondAhead
)

// Ahead says which option a difference puts first.
func (r *Flips) Ahead(d decision.Number) Side {
	switch x := float64(d); {
	case math.IsNaN(x):
		return NotCompared
	case x == 0:
		return NeitherAhead
	case (x > 0) == (r.Measure.Better != "lower"):
		return FirstAhead
	}
	return SecondAhead
}

// Near reports whether the two differ in the central world by less than what matters.
func (r *Flips) Near(v *FlipView) bool {
	return math.Abs(float64(v.Centre.Difference)) < r.Measure.Matters*(1-1e-9)
}

// Opposed reports whether the central world and the means rank the two in opposite ways.
func (v *FlipView) Opposed() bool { return float64(v.Centre.Difference)*float64(v.Worlds.Mean) < 0 }

// NotDefined is the number of worlds in which the difference is not defined.
func (r *Flips) NotDefined(v *FlipView) int { return r.Worlds - v.Worlds.N }

// Turning are the assumptions that turn the ranking round in the central world, the
// nearest first.
func (v *FlipView) Turning() []FlipSingle {
	var out []FlipSingle
	for _, s := range v.Singles {
		if s.Centre != nil && s.Centre.Found {
			out = append(out, s)
		}
	}
	return out
}

// NearestPair is the pair of assumptions that turns the ranking round soonest in the
// central world, with the number of pairs that do; nil where no pair searched does.
func (v *FlipView) NearestPair() (nearest *FlipPair, found int) {
	for i := range v.Pairs {
		if p := &v.Pairs[i]; p.Found {
			found++
			if nearest == nil {
				nearest = p
			}
		}
	}
	return nearest, found
}

// TurningClauses are the changes of one clause that reverse the ranking of the means under
// a view, those first of which the interval is clear of zero; clear reports whether the
// first is.
func (r *Flips) TurningClauses(view string) (changes []FlipClause, clear bool) {
	var doubtful []FlipClause
	for _, c := range r.Clauses {
		for _, v := range c.Views {
			switch {
			case v.View != view || !v.ByMean:
			case v.Certain:
				changes = append(changes, c)
			default:
				doubtful = append(doubtful, c)
			}
		}
	}
	return append(changes, doubtful...), len(changes) > 0
}

// TitleOf is the title of an assumption, or its name where it has none.
func (v *FlipView) TitleOf(assumption string) string {
	for _, s := range v.Singles {
		if s.Assumption == assumption && s.Title != "" {
			return s.Title
		}
	}
	return assumption
}

// Still sorts the assumptions that do not: those at an end of which the two are level,
// those at some value of which the difference is not defined, and how many others.
func (v *FlipView) Still() (level, undefined []string, same int) {
	for _, s := range v.Singles {
		switch lo, hi := float64(s.Low), float64(s.High); {
		case s.Centre.Found:
		case math.IsNaN(lo) || math.IsNaN(hi) || s.Centre.Search.Undefined > 0:
			undefined = append(undefined, s.Assumption)
		case lo == 0 || hi == 0:
			level = append(level, s.Assumption)
		default:
			same++
		}
	}
	return level, undefined, same
}

// InTheMeans are the assumptions that were followed from end to end, how many more move
// the means, and how many do not.
func (v *FlipView) InTheMeans() (followed []FlipSingle, moves, still int) {
	for _, s := range v.Singles {
		switch {
		case s.Mean.Followed:
			followed = append(followed, s)
		case s.Mean.Moves:
			moves++
		default:
			still++
		}
	}
	return followed, moves, still
}

// Short reports whether a box is less dense than asked: it trades coverage for density.
func (b *FlipBox) Short(asked float64) bool { return b.Density.Value < asked }

// Thinner reports whether a box is less dense on fresh worlds, as one chosen for its
// density will be.
func (b *FlipBox) Thinner() bool { return b.Fresh != nil && b.Fresh.Density.Hi < b.Density.Value }

// Telling reports whether a rung has anything to show under an option: it is come to
// at times, and not always.
func (o LadderedOption) Telling(rung int) bool {
	return o.Most(rung) >= study.Floor && !o.Always(rung)
}

// Schools is the number of views that are no union of others.
func (v *Value) Schools() int {
	n := 0
	for _, x := range v.Basis.Views {
		if !x.Union {
			n++
		}
	}
	return n
}

// MayBeChance reports whether a limit is hardly there: a quasi-p above 0.05.
func (l *FlipLimit) MayBeChance() bool { return l.QP != nil && *l.QP > significant }
