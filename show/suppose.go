package show

import (
	"cmp"
	"fmt"
	"io"
	"math"

	"casus/finding"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
)

// Suppose writes what follows where assumptions are held at values. Most bounds the
// assumptions listed; 0 is 15.
func Suppose(w io.Writer, r *inquiry.Supposed, l Layout) error {
	t := &supposeText{newText(l), r, percentage(r.Measure.Unit)}
	t.para("", 0, r.Title)
	t.para("", 0, SupposeQuestion(r))
	t.line("")
	t.para("", 0, SupposeAnswer(r))
	t.line("")
	t.values()
	t.moving(mostOf(l.Most))
	t.cautions(r.Head)
	return t.print(w)
}

type supposeText struct {
	*text
	*inquiry.Supposed
	percent bool
}

// SupposeQuestion puts what was asked into a sentence.
func SupposeQuestion(r *inquiry.Supposed) string {
	held := "with nothing held"
	for i, x := range r.Set {
		if i == 0 {
			held = "with " + x.Words()
		} else {
			held += ", " + x.Words()
		}
	}
	return fmt.Sprintf("What of %s, by %s, under view %s, %s?", finding.And(each([]string{r.A.Name, r.B.Name}, labelled(r.Head.Options))), r.Measure.Title, r.View, held)
}

// SupposeAnswer tells the central world in a sentence, as stated and with what is held.
func SupposeAnswer(r *inquiry.Supposed) string {
	t := &flips{r: &inquiry.Flips{Measure: r.Measure, A: inquiry.FlipOption{Name: r.A.Name}, B: inquiry.FlipOption{Name: r.B.Name}}, percent: percentage(r.Measure.Unit)}
	name := labelled(r.Head.Options)
	t.r.A.Name, t.r.B.Name = name(r.A.Name), name(r.B.Name)
	a, b := r.A.Values[0], r.B.Values[0]
	out := fmt.Sprintf("In the central world %s: %s %s, %s %s.", t.ahead(decision.Number(r.Difference())), t.r.A.Name, t.value(a.Central), t.r.B.Name, t.value(b.Central))
	if len(r.Set) > 0 {
		out += fmt.Sprintf(" As stated: %s and %s.", t.value(a.Stated), t.value(b.Stated))
	}
	if a.Worlds > 0 && b.Worlds > 0 {
		out += fmt.Sprintf(" In the mean over %s: %s and %s.", finding.Count(r.Worlds, "world"), t.value(a.Mean), t.value(b.Mean))
	}
	return out
}

// Amount is a value of a measure or of an assumption in the unit that people read.
func Amount(x decision.Number, unit string) string {
	if math.IsNaN(float64(x)) {
		return "–"
	}
	pc := percentage(unit)
	if pc {
		return figure(float64(x), true) + "\u00a0%"
	}
	return figure(float64(x), false)
}

// Difference is a difference of two values of a measure, with its sign: of
// percents in points.
func Difference(x decision.Number, unit string) string {
	f := &flips{r: &inquiry.Flips{}, percent: percentage(unit)}
	f.r.Measure.Unit = unit
	return f.difference(x)
}

func (t *supposeText) values() {
	rows := [][]string{{"", "option", "as stated", "held", "mean", "5–95 %"}}
	for i, m := range t.Measures {
		for j, o := range []inquiry.SupposedOption{t.A, t.B} {
			v := o.Values[i]
			name := t.InWords(i)
			if j > 0 {
				name = ""
			}
			between := "–"
			if v.Worlds > 1 {
				low, high := Amount(v.P05, m.Unit), Amount(v.P95, m.Unit)
				between = cmp.Or(ends(low, " to ", high), low)
			}
			rows = append(rows, []string{name, labelled(t.Head.Options)(o.Name), Amount(v.Stated, m.Unit), Amount(v.Central, m.Unit), Amount(v.Mean, m.Unit), between})
		}
	}
	columns := 6 - max(2-t.Worlds, 0) // one world has no range, and none no mean
	for i := range rows {
		rows[i] = rows[i][:columns]
	}
	t.grid(widest(rows), rows)
	words := "As stated and held: in the central world, every other assumption at its median."
	switch {
	case t.Worlds == 1:
		words += fmt.Sprintf(" Mean: of one world, every other assumption as the view has it, which gives no range; seed %d.", t.Seed)
	case t.Worlds > 1:
		words += fmt.Sprintf(" Mean and range: over %s, every other assumption as the view has it; seed %d.", finding.Count(t.Worlds, "world"), t.Seed)
	}
	t.para("", 0, words)
}

func (t *supposeText) moving(most int) {
	if len(t.Assumptions) == 0 {
		return
	}
	t.heading("What moves the difference")
	t.para("", 0, fmt.Sprintf("%s less %s in the central world, with one more assumption at its 5 %% and at its 95 %% quantile; and the values at which the ranking turns round.", t.A.Name, t.B.Name))
	f := &flips{r: &inquiry.Flips{Measure: t.Measure}, percent: t.percent}
	for i, x := range t.Assumptions {
		if i == most {
			t.para("", 2, fmt.Sprintf("and %s more", finding.Count(len(t.Assumptions)-most, "assumption")))
			break
		}
		t.para("■ ", 4, fmt.Sprintf("%s: %s", x.Assumption, x.Title))
		words := fmt.Sprintf("at %s %s, at %s %s", sig(x.P05), f.difference(x.AtP05), sig(x.P95), f.difference(x.AtP95))
		if x.Held {
			words += "; held at " + sig(x.Value)
		}
		t.para("    ", 6, words+"; "+FlipsAt(x))
		if p := x.Record; p != nil {
			t.para("    ", 6, "the record makes of it "+behind(sig(p.Median), " (", ends(sig(p.P05), " to ", sig(p.P95)), ")")+", where the view has "+behind(sig(x.Median), " (", ends(sig(x.P05), " to ", sig(x.P95)), ")"))
		}
	}
	t.line("")
	t.para("", 0, fmt.Sprintf("Flips are looked for in %d steps from the 0.1 %% to the 99.9 %% quantile; two within one step are not seen. %s of one value cannot move.", t.Steps, finding.Count(t.Fixed, "assumption")))
}

// FlipsAt says where an assumption turns the ranking round.
func FlipsAt(x inquiry.SupposedNumber) string {
	switch {
	case !x.Followed:
		return "flips not looked for"
	case len(x.Flips) == 0:
		return "no value found turns the ranking round"
	}
	out := "turns the ranking round at "
	for i, v := range x.Flips {
		if i > 0 {
			out += ", "
		}
		out += sig(v)
	}
	return out
}

// Number is a value of an assumption, as it is typed.
func Number(x decision.Number) string { return sig(x) }

// GroundWords say what numbers rest on.
func GroundWords(x inquiry.SupposedNumber) string { return restsWords(x.Rests) }
