package inquiry

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/model"
	"casus/worlds/decision"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// FlipClause is one change of one clause of one option: the law is asked again,
// the game built and solved again, in the same worlds.
type FlipClause struct {
	Option string       `json:"option"`
	Kind   string       `json:"kind"`   // drop, set, strike, weaken, strengthen, spend
	Words  string       `json:"change"` // "without deploy FRA 10000 at UKR"
	Views  []ClauseView `json:"views"`
}

// ClauseView tells what a change does to the ranking under one view. A change
// that levels the two reverses nothing.
type ClauseView struct {
	View     string          `json:"view"`
	Before   Mean            `json:"before"` // the difference, over worlds
	After    Mean            `json:"after"`
	Change   Mean            `json:"change"`
	Medians  [2]Median       `json:"medians"`             // before and after
	ByMean   bool            `json:"reverses_means"`      // the mean has the other sign
	ByMedian bool            `json:"reverses_medians"`    // so has the median
	Certain  bool            `json:"interval_clear"`      // the interval of the mean after does not hold zero
	Share    decision.Number `json:"first_greater_after"` // of the worlds in which both are defined
}

// Median is the median difference over worlds.
type Median = decision.Number

// Untried is a change that was not tried, and why.
type Untried struct {
	Option string `json:"option"`
	Words  string `json:"change"`
	Why    string `json:"why"`
}

// Reverses reports whether a change reverses the ranking of the means or of the
// medians under some view.
func (c *FlipClause) Reverses() bool {
	return slices.ContainsFunc(c.Views, func(v ClauseView) bool { return v.ByMean || v.ByMedian })
}

// variant is an option with one clause changed, and the model in which it
// stands.
type variant struct {
	kind, words string
	m           *model.Model
	o           *model.Option
}

// clauses tries every change of one clause, as many as asked.
func (s *flipper) clauses() error {
	if s.p.Clauses == 0 {
		return nil
	}
	var all []variant
	var whose []int
	for i, o := range s.options {
		vs := s.variants(o)
		all = append(all, vs...)
		whose = append(whose, slices.Repeat([]int{i}, len(vs))...)
	}
	most := min(len(all), s.p.Clauses)
	for k, v := range all[most:] {
		s.untried(s.options[whose[most+k]], v.words, fmt.Sprintf("the bound of %s was reached", finding.Count(s.p.Clauses, "change")))
	}
	tried := make([]FlipClause, most)
	wrong := make([]error, most)
	err := study.Each(s.ctx, most, s.p.Workers, func(int, int) { s.step(1) }, func(k int) error {
		tried[k], wrong[k] = s.tryClause(whose[k], all[k])
		return nil
	})
	if err != nil {
		return err
	}
	for k, err := range wrong {
		if err != nil { // a graph too large, a chance out of range
			s.untried(s.options[whose[k]], all[k].words, err.Error())
			continue
		}
		s.out.Clauses = append(s.out.Clauses, tried[k])
	}
	slices.SortStableFunc(s.out.Clauses, func(a, b FlipClause) int { return cmp.Compare(moves(b), moves(a)) })
	return nil
}

// moves is how far a change moves the means at most, in any view; those that
// reverse come first.
func moves(c FlipClause) float64 {
	out := 0.0
	for _, v := range c.Views {
		if x := math.Abs(float64(v.Change.Value)); x > out {
			out = x
		}
	}
	if c.Reverses() {
		return math.Inf(1)
	}
	return out
}

func (s *flipper) untried(o *model.Option, words, why string) {
	s.out.Untried = append(s.out.Untried, Untried{o.Name, words, why})
}

// tryClause builds and solves the game of a changed option.
func (s *flipper) tryClause(which int, v variant) (FlipClause, error) {
	c := FlipClause{Option: v.o.Name, Kind: v.kind, Words: v.words, Views: []ClauseView{}}
	solver, err := study.NewSolver(s.ctx, v.m, s.c, v.o, s.p.MaxStates)
	if err != nil {
		return c, err
	}
	n := s.out.Fewer
	for _, w := range s.worlds {
		cols, err := solver.Solve(s.ctx, study.Cut(w.draws, 0, n), 1)
		if err != nil {
			return c, err
		}
		before := w.cut(0, n)
		after := *before
		s.duel.take(&after, which, cols)
		c.Views = append(c.Views, judged(w.v.Name, before, &after))
	}
	return c, nil
}

// judged compares the differences before and after a change.
//
// Of a conditional measure the worlds before and after weigh differently; the
// change is the mean of what they have in common, with the weights of before.
func judged(view string, before, after *sides) ClauseView {
	was, is := before.differences(), after.differences()
	change := make([]float64, len(is))
	greater, n := 0, 0
	for i := range change {
		change[i] = is[i] - was[i]
		if !math.IsNaN(is[i]) {
			n++
		}
		if is[i] > 0 {
			greater++
		}
	}
	x := ClauseView{View: view, Before: before.mean(), After: after.mean(), Change: meanOf(change, before.weights()), Medians: [2]Median{medianOf(was), medianOf(is)}}
	x.ByMean = x.Before.Value*x.After.Value < 0
	x.ByMedian = x.Medians[0]*x.Medians[1] < 0
	x.Certain = math.Abs(float64(x.After.Value)) > float64(x.After.Half)
	x.Share = number(float64(greater) / float64(n))
	return x
}

// variants are the options that differ from one by a clause, in the order: acts,
// settings, articles struck, classes weakened and strengthened, spending.
func (s *flipper) variants(o *model.Option) []variant {
	var out []variant
	for i, act := range o.Acts {
		v := *o
		v.Acts = slices.Delete(slices.Clone(o.Acts), i, i+1)
		out = append(out, variant{"drop", "without " + actWords(act), s.m, &v})
	}
	out = append(out, s.settings(o)...)
	out = append(out, s.articles(o)...)
	out = append(out, s.spends(o)...)
	for _, f := range o.LegalFacts {
		s.untried(o, "without fact "+factWords(f), "the game sets its own facts: only the legal picture reads this one")
	}
	return out
}

// actWords is an act as a model file would write it.
func actWords(a model.Act) string {
	switch a.Verb {
	case "deploy":
		return fmt.Sprintf("deploy %s %s at %s", list(a.States), strconv.FormatFloat(a.Number, 'f', -1, 64), a.Place)
	case "accede":
		return "accede " + list(a.States) + " to " + a.Instrument
	case "withdraw":
		return "withdraw " + list(a.States) + " from " + a.Instrument
	}
	return a.Verb + " " + a.Instrument
}

func factWords(f model.FactValue) string {
	if f.True {
		return law.FactKey(f.Name, f.Args...)
	}
	return "not " + law.FactKey(f.Name, f.Args...)
}

// settings are the option with a setting at another value. Settings are those
// that either option fixes; the values tried are all that the crisis, the case
// or one of its options gives the setting.
func (s *flipper) settings(o *model.Option) []variant {
	fixed := map[string]bool{}
	for _, x := range s.options {
		for name := range x.Settings {
			fixed[name] = true
		}
	}
	var out []variant
	for _, set := range s.c.Crisis.Settings {
		if !fixed[set.Name] {
			continue
		}
		now := settingOf(set, s.c, o)
		values := []float64{set.Default}
		if x, ok := s.c.Settings[set.Name]; ok {
			values = append(values, x)
		}
		for _, other := range s.of.Options {
			values = append(values, settingOf(set, s.c, other))
		}
		slices.Sort(values)
		for _, x := range slices.Compact(values) {
			if x == now {
				continue
			}
			v := *o
			v.Settings = map[string]float64{set.Name: x}
			for name, y := range o.Settings {
				if name != set.Name {
					v.Settings[name] = y
				}
			}
			out = append(out, variant{"set", fmt.Sprintf("set %s = %s, not %s", set.Name, setTo(x), setTo(now)), s.m, &v})
		}
	}
	return out
}

func settingOf(set model.Setting, c *model.Case, o *model.Option) float64 {
	if x, ok := o.Settings[set.Name]; ok {
		return x
	}
	if x, ok := c.Settings[set.Name]; ok {
		return x
	}
	return set.Default
}

func setTo(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// articles are the option with one article of an instrument that it brings into
// force struck, or a duty of it one step weaker or stronger in force.
func (s *flipper) articles(o *model.Option) []variant {
	var out []variant
	for i, act := range o.Acts {
		if act.Verb != "adopt" && act.Verb != "declare" || slices.ContainsFunc(o.Acts[:i], func(x model.Act) bool { return x.Instrument == act.Instrument }) {
			continue
		}
		in := s.m.Instrument(act.Instrument)
		if law.Compile(s.m, s.c.Date, nil).InForce(in.ID) {
			s.untried(o, "an article of "+in.ID, "it is in force without the option too")
			continue
		}
		for _, a := range in.Articles {
			if len(a.Rules) == 0 && len(a.Exceptions) == 0 {
				s.untried(o, "without "+a.Address, "it makes no duty and no exception")
				continue
			}
			own := in.Copy()
			own.Strike(a.Address)
			out = append(out, variant{"strike", "without " + a.Address, s.m.With(own), o})
		}
		for n, a := range in.Articles {
			out = append(out, s.classes(o, in, n, a)...)
		}
	}
	return out
}

// classes are the option with one duty of an article a step weaker, and a step
// stronger.
func (s *flipper) classes(o *model.Option, in *model.Instrument, n int, a *model.Article) []variant {
	var out []variant
	for i, rule := range a.Rules {
		for j, then := range rule.Thens {
			if then.Verb != model.Owes {
				continue
			}
			for _, to := range []struct {
				kind  string
				class *model.Duty
			}{{"weaken", s.m.Weaker(then.Class)}, {"strengthen", s.m.Stronger(then.Class)}} {
				words := a.Address + " " + to.kind + "ed from " + then.Class.Name
				if to.class == nil {
					s.untried(o, words, "no class of duty calls for "+map[string]string{"weaken": "less", "strengthen": "more"}[to.kind]+" force")
					continue
				}
				own := in.Copy()
				own.Articles[n].Rules[i].Thens[j].Class = to.class
				out = append(out, variant{to.kind, words + " to " + to.class.Name, s.m.With(own), o})
			}
		}
	}
	return out
}

// spends are the option without one of its outlays.
func (s *flipper) spends(o *model.Option) []variant {
	var out []variant
	for i, x := range o.Spends {
		words := "without spend " + x.Actor + ": " + strings.TrimSpace(x.Expr.String())
		if o == s.c.Baseline {
			s.untried(o, words, "it is the outlay of the baseline, which stands under every option until that is in effect")
			continue
		}
		v := *o
		v.Spends = slices.Delete(slices.Clone(o.Spends), i, i+1)
		out = append(out, variant{"spend", words, s.m, &v})
	}
	return out
}

// medianOf is the median of the defined differences.
func medianOf(ds []float64) Median { return number(draw.Quantile(draw.Sorted(ds), 0.5)) }
