package study

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/worlds/decision"
	"casus/worlds/draw"
)

// DefaultMost is how many worlds for each view a run until a precision takes
// unless more are allowed.
const DefaultMost = 1 << 14

// Confidence is that of the intervals a precision is asked of.
const Confidence = 0.95

// leastDefined is how many worlds must define a measure before its interval
// counts: Student's interval of a handful of skewed numbers is too short.
const leastDefined = 30

// Until is a precision asked for and what came of it. Worlds are doubled from
// First until half of every interval is at most what is allowed: of a
// probability or share HalfWidth itself, of any other measure HalfWidth times
// its mean.
type Until struct {
	HalfWidth  float64  `json:"half_width"`
	Measures   []string `json:"measures"`
	First      int      `json:"first_worlds"`
	Most       int      `json:"most_worlds"`
	Confidence float64  `json:"confidence"`
	Method     string   `json:"method"`
	Reached    bool     `json:"reached"`
	Looks      []Look   `json:"looks"` // after each round
	Cells      []Cell   `json:"cells"` // at the last look
	Caveat     string   `json:"caveat"`
}

// Look holds the findings after so many worlds.
type Look struct {
	Worlds int `json:"worlds"`
	Short  int `json:"not_reached"`
	Of     int `json:"intervals"`
}

// Cell is one interval that was looked at: of the mean of a measure, or of its
// difference from the baseline in the same worlds. Half is null for fewer than
// two worlds, Mean for none.
type Cell struct {
	Option  string `json:"option"`
	View    string `json:"view"`
	Measure string `json:"measure"`
	Against string `json:"less"` // the baseline, for a difference
	N       int    `json:"worlds"`
	Mean    *Float `json:"mean"`
	Half    *Float `json:"half_width"`
	Allowed *Float `json:"allowed"`
	Reached bool   `json:"reached"`
}

// Wide are the intervals at the last look that are too wide still, the worst first.
func (u *Until) Wide() []Cell {
	out := slices.DeleteFunc(slices.Clone(u.Cells), func(c Cell) bool { return c.Reached })
	slices.SortStableFunc(out, func(a, b Cell) int { return cmp.Compare(b.excess(), a.excess()) })
	return out
}

// excess gives the width of an interval in multiples of the one that is allowed.
func (c *Cell) excess() float64 {
	if c.Half == nil || c.Allowed == nil || *c.Allowed == 0 {
		return math.Inf(1)
	}
	return float64(*c.Half / *c.Allowed)
}

// method says what the intervals assume.
const method = "Student's t over worlds as if each were drawn alone; the worlds of a scrambled Sobol' design are spread more evenly, so where the effects of assumptions add up the interval is too wide, and where they only interact about right"

// caveat goes with every interval at which a run stopped.
const caveat = "the interval was looked at repeatedly and the run stopped when it was short enough; it covers the truth less often than it says, the more so for wide targets, and as often only as the target goes to 0 (Chow & Robbins 1965)"

// until is the precision a plan asks for, nil for none.
func (p *Plan) until(r *Record) (*Until, error) {
	if p.Until == 0 {
		if len(p.Measures) > 0 || p.MostWorlds != 0 {
			return nil, source.Misused("measures and a limit of worlds belong to a precision: name it with until")
		}
		return nil, nil
	}
	u := &Until{HalfWidth: p.Until, First: r.design.N, Most: p.MostWorlds, Confidence: Confidence, Method: method, Looks: []Look{}, Cells: []Cell{}, Caveat: caveat}
	if u.Most == 0 {
		u.Most = max(DefaultMost, u.First)
	}
	switch {
	case !(p.Until > 0 && p.Until < 1):
		return nil, source.Misused("until wants a half-width above 0 and below 1, such as 0.01, got %v", p.Until)
	case r.design.Kind == draw.LatinHypercube:
		return nil, source.Misused("a Latin hypercube cannot be extended, for another number of worlds is another design; with until use design sobol or mc")
	case u.Most < u.First || u.Most > MaxWorlds:
		return nil, source.Misused("--most-worlds is from the %d to begin with (--worlds) to %d, got %d", u.First, MaxWorlds, u.Most)
	}
	var err error
	u.Measures, err = r.namedMeasures(p.Measures)
	return u, err
}

// namedMeasures checks names of measures; of none, gives the headline ones.
func (r *Record) namedMeasures(names []string) ([]string, error) {
	if len(names) == 0 {
		return r.Headline(), nil
	}
	var known, out []string
	for _, m := range r.Measures {
		known = append(known, m.Name)
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, NoneCalled("measure", n, known)
		}
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out, nil
}

// look sees whether the worlds so far are enough.
func (u *Until) look(r *Record) bool {
	u.Cells = r.intervals(u)
	l := Look{Worlds: r.Worlds, Of: len(u.Cells)}
	for _, c := range u.Cells {
		if !c.Reached {
			l.Short++
		}
	}
	u.Looks = append(u.Looks, l)
	u.Reached = l.Short == 0
	return u.Reached
}

// intervals lists the intervals a precision is asked of: of each measure, option and
// view, and of the difference from the baseline.
func (r *Record) intervals(u *Until) []Cell {
	out := []Cell{}
	base := slices.IndexFunc(r.Results, func(x Result) bool { return x.Option == r.Baseline })
	for _, name := range u.Measures {
		k := slices.IndexFunc(r.Measures, func(m Measure) bool { return m.Name == name })
		for v, view := range r.Views {
			for i, x := range r.Results {
				mine := x.Views[v].Values[k]
				c := Cell{Option: x.Option, View: view.Name, Measure: name}
				mean := draw.Mean(draw.Sorted(mine))
				out = append(out, c.settle(mine, u.allowed(r.Measures[k], mean), u.Confidence))
				if base < 0 || i == base {
					continue
				}
				theirs := r.Results[base].Views[v].Values[k]
				c.Against = r.Baseline
				scale := max(math.Abs(mean), math.Abs(draw.Mean(draw.Sorted(theirs))))
				out = append(out, c.settle(Differences(mine, theirs), u.allowed(r.Measures[k], scale), u.Confidence))
			}
		}
	}
	return out
}

// Differences are a − b, world by world; NaN where either is.
func Differences(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

// allowed is the half-width wanted, in the unit of a measure. Of a measure that
// is no probability it is a share of the mean; of a difference, of the greater
// of the two means, for the difference itself may be nothing.
func (u *Until) allowed(m Measure, mean float64) float64 {
	if m.Probability() {
		return u.HalfWidth
	}
	return u.HalfWidth * math.Abs(mean)
}

// Probability reports whether a measure is a probability or a share, from 0 to 1.
func (m Measure) Probability() bool {
	return IsShare(m.Unit)
}

// IsShare reports whether a unit is that of a probability or a share.
func IsShare(unit string) bool {
	return strings.HasPrefix(unit, "probability") || unit == "share"
}

// settle holds numbers against the half-width allowed. What no world defines
// asks for nothing; what does not vary is known.
func (c Cell) settle(xs []float64, allowed, confidence float64) Cell {
	var run decision.Running
	for _, x := range xs {
		run.Add(x)
	}
	c.N, _ = run.N()
	half := run.HalfWidth(confidence)
	c.Mean, c.Half, c.Allowed = FloatOf(run.Mean()), FloatOf(half), FloatOf(allowed)
	c.Reached = c.N == 0 || c.N >= min(leastDefined, len(xs)) && half <= allowed
	return c
}

// warnUntil says that a precision asked for was not reached.
func (r *Record) warnUntil() {
	u := r.Until
	if u == nil || u.Reached || len(u.Looks) == 0 {
		return
	}
	l := u.Looks[len(u.Looks)-1]
	r.warnOf(finding.NotConverged, "", "less precise than asked for: after %s %d of %d intervals are still wider; allow more worlds, or ask for less", finding.Count(l.Worlds, "world"), l.Short, l.Of)
}
