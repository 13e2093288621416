package show

import (
	"fmt"
	"io"
	"strings"

	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Past writes one line a rate, at least 60 wide.
func Past(w io.Writer, p *inquiry.Past, l Layout) error {
	t := newPast(p, l)
	t.para("", 0, p.Title)
	t.para("", 0, "What each view implies beside what happened")
	t.line("")
	t.para("date      ", 10, p.Date)
	t.para("concept   ", 10, p.Concept)
	t.para("worlds    ", 10, fmt.Sprintf("%d for each view, design %s, seed %d", p.Worlds, design(p.Design), p.Seed))
	t.rates()
	t.estimates()
	t.shares()
	t.heading("Warnings")
	for _, w := range p.Warnings {
		t.para("• ", 2, w.Text)
	}
	if len(p.Warnings) == 0 {
		t.line("none")
	}
	return t.print(w)
}

func newPast(p *inquiry.Past, l Layout) *past {
	t := &past{newText(l), p}
	t.r = &study.Record{Weights: p.Weights, Worlds: p.Worlds, Measures: p.Measures}
	return t
}

type past struct {
	*text
	*inquiry.Past
}

// rates shows every record, one line each.
func (t *past) rates() {
	t.heading("What happened")
	t.para("", 0, "In percent of the trials, or a year. By view: median over worlds (5–95 % range), and p, the probability of so few events, or so many. ↑ ↓ the median lies above or below the 95 % interval of what happened; ! p below 5 %: the view contradicts the record; !! below 1 %: the record refutes it. (h) held out, (o) of opposed views: they weigh nothing.")
	rows := [][]string{append([]string{"record", "happened", "95 %"}, t.Views...)}
	for _, k := range t.Cases {
		for i := 0; i < len(k.Checks); i += len(t.Views) {
			rows = append(rows, t.row(k.Checks[i:min(i+len(t.Views), len(k.Checks))]))
		}
	}
	if len(rows) == 1 {
		t.line("")
		t.line("nothing")
		return
	}
	t.line("")
	t.grid(widest(rows), rows)
	t.line("")
	for _, x := range t.Records {
		t.para(x.ID+"  ", 4, recordWords(x))
	}
}

func (t *past) row(cs []study.Check) []string {
	c := cs[0]
	row := []string{c.ID + mark(c.Role), happened(c), fromTo(float64(c.Lower), float64(c.Higher), true)}
	for _, c := range cs {
		row = append(row, impliedWords(c))
	}
	return row
}

func mark(r study.Role) string {
	switch r {
	case study.HeldOut:
		return " (h)"
	case study.Opposed:
		return " (o)"
	}
	return ""
}

// impliedWords says what a view implies of a record, and how the two lie.
func impliedWords(c study.Check) string {
	if c.Implied == nil {
		return "–"
	}
	out := fmt.Sprintf("%s%s p %s", chanceIn(c.Implied, true), inBounds(c.ImpliedLow, c.ImpliedHi, true), strings.TrimSuffix(chance(float64(c.Likelihood)), "\u00a0%"))
	out += arrows[c.Beyond()]
	switch {
	case c.Refuted:
		out += " !!"
	case c.Unlikely:
		out += " !"
	}
	return out
}

// recordWords say what a record counts and what it rests on.
func recordWords(x study.Recorded) string {
	words := x.Title
	if x.From > 0 && !strings.Contains(x.Title, fmt.Sprint(x.From)) {
		words += fmt.Sprintf(", %d–%d", x.From, x.Until)
	}
	if x.Effective > 0 {
		words += fmt.Sprintf("; worth %.3g independent ones", x.Effective)
	}
	if x.Role == study.Weighs && x.Temper < 1 {
		words += fmt.Sprintf("; counts for %.3g of its likelihood", x.Temper)
	}
	if x.Why != "" {
		words += "; " + string(x.Role) + ": " + x.Why
	}
	if x.Definition != "" {
		words += "; " + x.Definition
	}
	if len(x.Sources) > 0 {
		words += " (" + strings.Join(x.Sources, ", ") + ")"
	}
	return words
}

// Others tells what others say of the same, which weighs nothing: rows of those that a
// measure can stand beside, each by its number, then all in words.
type Others struct {
	Heads  []string
	Rows   [][]string
	Like   []string // beside which a measure stands, by number
	Unlike []string // beside which nothing stands
}

// PastOthers are the forecasts, surveys and experiments of a case.
func PastOthers(p *inquiry.Past) Others { return newPast(p, Layout{}).others() }

func (t *past) others() Others {
	o := Others{Heads: append([]string{"", "they say"}, t.Views...)}
	for _, k := range t.Cases {
		for _, b := range k.Estimates {
			pc := b.Measure == "" || percentage(t.unitOf(b.Measure))
			value := fromTo(b.Low, b.High, pc)
			title := b.Title + " (" + strings.Join(b.Sources, ", ") + ")"
			if b.Measure == "" {
				o.Unlike = append(o.Unlike, title+": "+value+unitSign(pc)+"."+besideWords(b))
				continue
			}
			row := []string{fmt.Sprint(len(o.Rows) + 1), value}
			for _, v := range b.Views {
				row = append(row, spread(&v.Prior, pc)+arrows[b.Beyond(v)])
			}
			o.Rows = append(o.Rows, row)
			o.Like = append(o.Like, fmt.Sprintf("%d  %s.%s Beside it: %s (%s, under %s).", len(o.Rows), title, besideWords(b), t.measureTitle(b.Measure), k.Case, k.Option))
		}
	}
	return o
}

// What is said of the forecasts of others, and of the rows that stand beside them.
const (
	othersAre    = "Markets, platforms, surveys, experiments, and counts that ask another question: they weigh nothing. What each asks, and what it does not share with what stands beside it, is said below."
	othersBeside = "In percent, or a year. By view: median over worlds (5–95 % range); ↑ ↓ it lies above or below them."
	othersAlone  = "Beside these nothing stands:"
)

// estimates shows what others say.
func (t *past) estimates() {
	o := t.others()
	if len(o.Like)+len(o.Unlike) == 0 {
		return
	}
	t.heading("Forecasts by others")
	t.para("", 0, othersAre)
	if len(o.Like) > 0 {
		t.line("")
		t.para("", 0, othersBeside)
		rows := append([][]string{o.Heads}, o.Rows...)
		t.grid(widest(rows), rows)
		t.line("")
	}
	for _, s := range o.Like {
		t.para("", 4, s)
	}
	if len(o.Unlike) > 0 {
		t.line("")
		t.para("", 0, othersAlone)
	}
	for _, s := range o.Unlike {
		t.para("• ", 2, s)
	}
}

func unitSign(percent bool) string {
	if percent {
		return "\u00a0%"
	}
	return ""
}

// measureTitle is the title of a measure, its name where it has none.
func (t *past) measureTitle(name string) string {
	for _, m := range t.Measures {
		if m.Name == name && m.Title != "" {
			return m.Title
		}
	}
	return name
}

// arrows say where a median lies to a range.
var arrows = map[int]string{1: " ↑", -1: " ↓"}

// shares shows what the records make of the worlds.
func (t *past) shares() {
	if t.Weights == nil {
		return
	}
	t.heading("What the records make of the worlds")
	t.viewWeights(t.Weights)
	t.factors(t.Weights)
	t.effects(t.Weights)
}
