package inquiry

import (
	"math"
	"slices"

	"casus/finding"
	"casus/special"
	"casus/worlds/decision"
	"casus/worlds/study"
)

// Path is a mean as worlds were added: of a measure of an option under a view,
// or of its difference from the baseline in the same worlds.
type Path struct {
	Measure string          `json:"measure"`
	View    string          `json:"view"`
	Option  string          `json:"option"`
	Against string          `json:"less"` // the baseline, for a difference
	Steps   []decision.Step `json:"steps"`
}

// Convergence says how the means of a record settled as worlds were added.
type Convergence struct {
	finding.Head
	At    []int        `json:"worlds"` // after how many
	Paths []Path       `json:"paths"`
	Until *study.Until `json:"until"` // null: no precision was asked for

	Record *study.Record `json:"-"`
}

// Of follows the means of a record that a choice names over these numbers of
// worlds: Eighths, for a person to read, or Spread.
func (c Choice) Of(r *study.Record, at []int) (*Convergence, error) {
	paths, err := c.Paths(r, at)
	if err != nil {
		return nil, err
	}
	return &Convergence{Head: r.Head("convergence"), At: at, Paths: paths, Until: r.Until, Record: r}, nil
}

// Choice says what of a record is shown; an empty list is all of it, of
// measures the headline ones.
type Choice struct {
	Measures, Options, Views []string
}

// Check says which name of a choice is not in the record.
func (c Choice) Check(r *study.Record) error {
	for _, l := range []struct {
		what         string
		asked, known []string
	}{{"measure", c.Measures, r.MeasureNames()}, {"option", c.Options, r.OptionNames()}, {"view", c.Views, r.ViewNames()}} {
		for _, n := range l.asked {
			if !slices.Contains(l.known, n) {
				return study.NoneCalled(l.what, n, l.known)
			}
		}
	}
	return nil
}

// Paths follows means over the first worlds, as many as at says each time, in
// the order of measures, views and options; a difference comes after what it is
// of. The intervals are Student's at Confidence, over worlds as if each were
// drawn alone. at is ascending and not above Worlds.
func (c Choice) Paths(r *study.Record, at []int) ([]Path, error) {
	if err := c.Check(r); err != nil {
		return nil, err
	}
	measures := c.Measures
	if len(measures) == 0 {
		measures = r.Headline()
	}
	out := []Path{}
	base := slices.IndexFunc(r.Results, func(x study.Result) bool { return x.Option == r.Baseline })
	for k, m := range r.Measures {
		for v, view := range r.Views {
			for i, x := range r.Results {
				if !slices.Contains(measures, m.Name) || !among(c.Views, view.Name) || !among(c.Options, x.Option) {
					continue
				}
				mine := x.Views[v].Values[k]
				p := Path{Measure: m.Name, View: view.Name, Option: x.Option, Steps: steps(mine, at)}
				out = append(out, p)
				if base >= 0 && i != base {
					p.Against = r.Baseline
					p.Steps = steps(study.Differences(mine, r.Results[base].Views[v].Values[k]), at)
					out = append(out, p)
				}
			}
		}
	}
	return out, nil
}

func among(asked []string, name string) bool { return len(asked) == 0 || slices.Contains(asked, name) }

// steps are the mean and its interval after each number of worlds.
func steps(xs []float64, at []int) []decision.Step {
	out := []decision.Step{}
	var run decision.Running
	from := 0
	for _, n := range at {
		for _, x := range xs[from:n] {
			run.Add(x)
		}
		from = n
		defined, undefined := run.N()
		mean, half := run.Mean(), run.HalfWidth(study.Confidence)
		out = append(out, decision.Step{N: defined, Undefined: undefined, Value: decision.Number(mean),
			Interval: decision.Interval{Lo: decision.Number(mean - half), Hi: decision.Number(mean + half), Confidence: study.Confidence, Method: "Student t over worlds"}})
	}
	return out
}

// Eighths are an eighth, a quarter, half and all of the worlds of a record,
// without those that are none.
func Eighths(r *study.Record) []int {
	var out []int
	for _, part := range []int{8, 4, 2, 1} {
		if n := r.Worlds / part; n > 0 {
			out = append(out, n)
		}
	}
	return out
}

// Spread are up to n numbers of worlds from a hundredth to all of them, evenly
// by their logarithm.
func Spread(r *study.Record, n int) []int {
	first := max(min(16, r.Worlds), r.Worlds/100)
	var out []int
	for i := range n {
		at := float64(first) * special.Pow(float64(r.Worlds)/float64(first), float64(i)/float64(max(n-1, 1)))
		if w := min(int(math.Round(at)), r.Worlds); len(out) == 0 || w > out[len(out)-1] {
			out = append(out, w)
		}
	}
	return out
}
