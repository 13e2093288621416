package model

import (
	"slices"
	"strconv"

	"casus/lang/source"
	"casus/lang/syntax"
)

// Elicit asks that a rate which people can judge hold in a case: under this
// option the measure should come out as Rate says. Offset is what the rate
// already holds, in log odds; it is not judged but solved for. A rate that is
// stated for a narrower condition than its measure can look at has that condition
// in words, Given, and no offset: it is held beside what comes out.
type Elicit struct {
	Measure string
	Option  *Option
	Rate    *Assumption // a probability
	Offset  *Assumption // in log odds, fixed under each view; nil where Given is told
	Given   string
	Pos     source.Pos
}

// References are the cases that a case is held against, itself first, each once.
func (m *Model) References(k *Case) []*Case {
	out := []*Case{k}
	for _, name := range k.Against {
		if x := m.cases[name]; x != nil && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// elicit reads `elicit MEASURE[OPTION] as RATE by OFFSET` or, of a rate stated on a
// condition, `elicit MEASURE[OPTION] as RATE given "…"`.
func (l *loader) elicit(c *syntax.Cursor, k *Case) {
	w := &elicitWords{}
	var ok bool
	if w.measure, ok = c.Name("a measure"); !ok || !c.Expect("[") {
		return
	}
	if w.option, ok = c.Name("an option"); !ok || !c.Expect("]") || !c.Expect("as") {
		return
	}
	if w.rate, w.rateName, ok = indexed(c); !ok {
		return
	}
	if c.Word("given") {
		t, ok := c.String("the condition in words")
		if !ok {
			return
		}
		w.given = t.Value
	} else if !c.Expect("by") {
		return
	} else if w.offset, w.offsetName, ok = indexed(c); !ok {
		return
	}
	l.later = append(l.later, func() { // the case has its crisis and options only then
		l.later = append(l.later, func() { l.elicited(k, w, c.Stmt) })
	})
}

// elicitWords are the names as written.
type elicitWords struct {
	measure, option, rate, offset syntax.Token
	rateName, offsetName          string
	given                         string // empty: by an offset
}

// elicited resolves a line, or reports all that is wrong with it.
func (l *loader) elicited(k *Case, w *elicitWords, in *syntax.Stmt) {
	e := Elicit{Measure: w.measure.Text, Pos: w.measure.Pos}
	ok := l.elicitedMeasure(k, w.measure, in)
	if i := slices.Index(optionsOf(k), w.option.Text); i >= 0 {
		e.Option = k.Options[i]
	} else {
		l.fail(w.option, in, "case "+k.Name+" has no option "+strconv.Quote(w.option.Text), source.DidYouMean(w.option.Text, optionsOf(k)))
	}
	e.Rate = l.elicitedAs(w.rate, w.rateName, in, Unit{Kind: Probability}, "a rate is a probability")
	if e.Given = w.given; e.Given == "" {
		e.Offset = l.elicitedAs(w.offset, w.offsetName, in, Unit{Payoff: 1, Kind: LogOdds}, "what a rate holds is in log odds")
		ok = l.fixed(e.Offset, w.offset, in) && ok
	}
	switch {
	case !ok || e.Option == nil || e.Rate == nil:
	case e.Given != "":
		k.Beside = append(k.Beside, e)
	default:
		l.oneLineEach(k, e, w.offset, in)
		k.Elicits = append(k.Elicits, e)
	}
}

func optionsOf(k *Case) []string {
	var out []string
	for _, o := range k.Options {
		out = append(out, o.Name)
	}
	return out
}

func (l *loader) elicitedMeasure(k *Case, t syntax.Token, in *syntax.Stmt) bool {
	if k.Crisis == nil { // the case is told of it
		return false
	}
	i := slices.IndexFunc(k.Crisis.Measures, func(m Measure) bool { return m.Name == t.Text })
	if i < 0 {
		var known []string
		for _, m := range k.Crisis.Measures {
			known = append(known, m.Name)
		}
		l.fail(t, in, "crisis "+k.Crisis.Name+" has no measure "+strconv.Quote(t.Text), source.DidYouMean(t.Text, known))
		return false
	}
	if u := k.Crisis.Measures[i].Unit; u.Kind != Probability {
		l.fail(t, in, "measure "+t.Text+" is in "+u.String()+": what a rate says is a probability", "measure … probability = chosen(MOVE, CHOICE) / asked(MOVE)")
		return false
	}
	return true
}

// elicitedAs finds an assumption of a unit, or reports why there is none.
func (l *loader) elicitedAs(t syntax.Token, name string, in *syntax.Stmt, unit Unit, why string) *Assumption {
	a := l.m.assumptions[name]
	switch {
	case a == nil:
		l.fail(t, in, "unknown assumption "+strconv.Quote(name), near(l, name, l.m.assumptions))
	case a.Unit != unit:
		l.fail(t, in, name+" is in "+a.Unit.String()+": "+why, "assume "+a.Base+" … "+unit.String())
		return nil
	}
	return a
}

// fixed reports an offset that varies under some view.
func (l *loader) fixed(a *Assumption, t syntax.Token, in *syntax.Stmt) bool {
	if a == nil {
		return false
	}
	for _, view := range sortedKeys(a.Dist) {
		b := a.Dist[view]
		if b == nil { // reported where it stands
			return false
		}
		if lo, hi := b.Dist.Support(); lo != hi {
			l.fail(t, in, a.Name+" is "+b.Words+": what is solved for is one number under each view", "write ~ 0, and then what casus elicit --write prints")
			return false
		}
	}
	return true
}

// oneLineEach reports an offset that two lines of a case would solve for.
func (l *loader) oneLineEach(k *Case, e Elicit, t syntax.Token, in *syntax.Stmt) {
	for _, x := range k.Elicits {
		if x.Offset == e.Offset {
			l.fail(t, in, e.Offset.Name+" is solved for twice", "first at "+x.Pos.String()+"; each rate has an offset of its own")
		}
	}
}

// elicitsApart reports an offset that two cases would solve for, of those that
// a case is held against.
func (l *loader) elicitsApart(k *Case) {
	var seen []Elicit
	for _, x := range slices.Backward(l.m.References(k)) { // its own last, so that they are told
		for _, e := range x.Elicits {
			if i := slices.IndexFunc(seen, func(s Elicit) bool { return s.Offset == e.Offset }); i >= 0 && !slices.ContainsFunc(x.Elicits, func(own Elicit) bool { return own.Pos == seen[i].Pos }) {
				l.at(e.Pos, len(e.Measure), "case "+x.Name, e.Offset.Name+" is solved for twice in the cases that "+k.Name+" is held against", "first at "+seen[i].Pos.String()+"; each rate has an offset of its own")
			}
			seen = append(seen, e)
		}
	}
}

// SolvedFor reports whether an assumption is the offset of a rate that some case
// states: it follows from the rest, nobody judges it.
func (m *Model) SolvedFor(a *Assumption) bool {
	return slices.ContainsFunc(m.Cases, func(k *Case) bool {
		return slices.ContainsFunc(k.Elicits, func(e Elicit) bool { return e.Offset.Name == a.Name })
	})
}
