package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/special"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Convergence writes how the means of a record settled as worlds were added.
func Convergence(w io.Writer, f *inquiry.Convergence, l Layout) error {
	r, paths, at := f.Record, f.Paths, f.At
	t := newText(l)
	t.r = r
	t.para("", 0, r.Title+", "+r.Date+": convergence")
	t.para("", 0, fmt.Sprintf("Mean over the first worlds ± half of its 95 %% interval, design %s, seed %d. Below each option, the difference from %s in the same worlds. The interval is about the drawing of worlds alone (Student's t, as if each were drawn alone); an estimate that has left an earlier interval is marked !.", design(r.Design), r.Seed, r.Baseline))
	for len(paths) > 0 {
		n := slices.IndexFunc(paths, func(p inquiry.Path) bool { return p.Measure != paths[0].Measure || p.View != paths[0].View })
		if n < 0 {
			n = len(paths)
		}
		t.paths(paths[:n], at)
		paths = paths[n:]
	}
	if r.Until != nil {
		t.precision()
	}
	return t.print(w)
}

// paths is a table of one measure under one view.
func (t *text) paths(ps []inquiry.Path, at []int) {
	m := t.measure(ps[0].Measure)
	t.line("")
	t.para("", 2, fmt.Sprintf("%s (%s), view %s", m.Title, unitShown(m.Unit), ps[0].View))
	head := []string{"worlds"}
	for _, n := range at {
		head = append(head, fmt.Sprint(n))
	}
	rows := [][]string{head}
	undefined := 0
	for _, p := range ps {
		name := p.Option
		if p.Against != "" {
			name = "  less " + p.Against
		}
		row := []string{name}
		for i, s := range p.Steps {
			row = append(row, stepWords(p.Steps[:i], s, percentage(m.Unit)))
			undefined = max(undefined, s.Undefined)
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
	if undefined > 0 {
		t.para("", 0, fmt.Sprintf("Not defined in up to %d of the worlds, which are left out.", undefined))
	}
}

func (t *text) measure(name string) study.Measure {
	i := slices.IndexFunc(t.r.Measures, func(m study.Measure) bool { return m.Name == name })
	if i < 0 { // of a precision that was written by another hand
		return study.Measure{Name: name, Title: name}
	}
	return t.r.Measures[i]
}

// stepWords is an estimate, marked where an earlier interval does not hold it.
func stepWords(before []decision.Step, s decision.Step, percent bool) string {
	out := plusMinus(float64(s.Value), float64(s.Half()), percent)
	if s.Left(before) {
		out += " !"
	}
	return out
}

// plusMinus shows a value and half of its interval to the two leading digits of
// the half.
func plusMinus(x, half float64, percent bool) string {
	if percent {
		x, half = 100*x, 100*half
	}
	switch {
	case math.IsNaN(x):
		return "–"
	case math.IsNaN(half):
		return digits(x, false) + " ± ?"
	case half == 0:
		return digits(x, false) + " ± 0"
	case half < 1e-6:
		return digits(x, false) + " ± ≈0"
	}
	places := min(max(1-special.Decade(half), 0), 6)
	return fmt.Sprintf("%s ± %.*f", unsigned(fmt.Sprintf("%.*f", places, x)), places, half)
}

// unsigned drops the sign of a number that is shown as nothing.
func unsigned(s string) string {
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return s
}

// leading is a half-width to its two leading digits.
func leading(half float64, percent bool) string {
	if math.IsNaN(half) {
		return "?"
	}
	_, out, _ := strings.Cut(plusMinus(0, half, percent), "± ")
	return out
}

// until says, at the head of a report, what precision was asked for and what
// came of it.
func (t *text) until() {
	u := t.r.Until
	if u == nil {
		return
	}
	words := fmt.Sprintf("half of each 95 %% interval at most %s; of the mean and the difference from %s; of %s: ", allowance(t.r, u), t.r.Baseline, strings.Join(u.Measures, ", "))
	switch {
	case u.Reached:
		words += fmt.Sprintf("reached after %s", finding.Count(t.r.Worlds, "world"))
	case t.r.Partial:
		words += fmt.Sprintf("stopped after %s", finding.Count(t.r.Worlds, "world"))
	default:
		words += fmt.Sprintf("NOT reached after %d worlds, the most allowed", t.r.Worlds)
	}
	t.para("until     ", 10, words)
}

// allowance is the half-width in words, as the measures asked about have it.
func allowance(r *study.Record, u *study.Until) string {
	point := digits(u.HalfWidth, true)
	var out []string
	for _, probability := range []bool{true, false} {
		if slices.ContainsFunc(r.Measures, func(m study.Measure) bool {
			return slices.Contains(u.Measures, m.Name) && m.Probability() == probability
		}) {
			out = append(out, map[bool]string{true: point + " % (percentage points) for probabilities", false: point + " % of the mean for other measures"}[probability])
		}
	}
	return strings.Join(out, ", ")
}

// notReached is how many intervals that are still too wide are named.
const notReached = 12

// precision says how the precision asked for was approached, and what is still
// missing.
func (t *text) precision() {
	u := t.r.Until
	if u == nil || len(u.Looks) == 0 {
		return
	}
	t.heading("How precise the means are")
	rows := [][]string{{"worlds", "intervals too wide", "of"}}
	for _, l := range u.Looks {
		rows = append(rows, []string{fmt.Sprint(l.Worlds), fmt.Sprint(l.Short), fmt.Sprint(l.Of)})
	}
	t.grid(widest(rows), rows)
	if !u.Reached {
		t.wide()
	}
	t.line("")
	t.para("", 0, "These intervals are about the drawing of worlds alone. They are "+u.Method+".")
	if len(u.Looks) > 1 {
		t.para("", 0, "Mind that "+u.Caveat+".")
	}
}

// wide names the intervals furthest from what was asked for.
func (t *text) wide() {
	cells := t.r.Until.Wide()
	t.line("")
	t.para("", 0, fmt.Sprintf("Still too wide, the worst first (%d of %d):", min(len(cells), notReached), len(cells)))
	for _, c := range cells[:min(len(cells), notReached)] {
		m := t.measure(c.Measure)
		pc := percentage(m.Unit)
		what := fmt.Sprintf("%s of %s", c.Measure, c.Option)
		if c.Against != "" {
			what += " less " + c.Against
		}
		t.para("• ", 2, fmt.Sprintf("%s, view %s: %s %s where ± %s was asked for, %d worlds", what, c.View, plusMinus(orNaN(c.Mean), orNaN(c.Half), pc), unitShown(m.Unit), leading(orNaN(c.Allowed), pc), c.N))
	}
}

func orNaN(f *study.Float) float64 {
	if f == nil {
		return math.NaN()
	}
	return float64(*f)
}
