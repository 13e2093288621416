package show

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/law/counsel"
)

// diff is being printed.
type diff struct{ *counsel.Diff }

// Text writes the differences for a person to read, A before B.
func Diff(out io.Writer, f *counsel.Diff, l Layout) error {
	d := &diff{f}
	p := newPage(l)
	p.line(0, 2, "From A to B, by the law of "+d.Date+".")
	p.entry(0, 3, "A", d.A+counsel.InBrackets(d.ATitle, ""))
	p.entry(0, 3, "B", d.B+counsel.InBrackets(d.BTitle, ""))
	p.warnings(slices.DeleteFunc(slices.Clone(d.Warnings), noted))
	d.clauseText(p)
	d.dutyText(p)
	d.answerText(p)
	d.chainText(p)
	p.notes(d.Notes)
	return p.print(out)
}

func (d *diff) clauseText(p *page) {
	if len(d.Clauses) == 0 {
		return
	}
	p.gap()
	p.heading("CLAUSES", "what one says and the other does not, or not so")
	for _, c := range d.Clauses {
		p.entry(2, 4, c.What, "")
		sides(p, []string{c.A}, []string{c.B})
	}
}

// sides prints what A and B say; nothing is printed as a dash.
func sides(p *page, a, b []string) {
	for _, side := range []struct {
		mark  string
		lines []string
	}{{"A", a}, {"B", b}} {
		said := slices.DeleteFunc(slices.Clone(side.lines), func(s string) bool { return s == "" })
		if len(said) == 0 {
			said = []string{"—"}
		}
		for _, s := range said {
			p.line(6, 9, side.mark+"  "+s)
		}
	}
}

func (d *diff) dutyText(p *page) {
	p.gap()
	p.heading("DUTIES", fmt.Sprintf("of one state to another; %d appear, %d vanish, %d change", d.Counts.Appear, d.Counts.Vanish, d.Counts.Change))
	for _, x := range d.Duties {
		p.entry(2, 4, listed(x.Debtors, "")+" → "+listed(x.Creditors, "nobody named"), "")
		sides(p, x.A, x.B)
	}
}

func (d *diff) answerText(p *page) {
	if len(d.Events) == 0 {
		return
	}
	p.gap()
	p.heading("ANSWERS", "to these events, where they differ")
	last := ""
	for _, ev := range d.Events {
		if !slices.ContainsFunc(d.Answers, func(x counsel.AnswerDiff) bool { return x.Event == ev }) {
			p.line(2, 4, ev+": the same under both")
		}
	}
	for _, x := range d.Answers {
		if x.Event != last {
			p.line(2, 4, x.Event)
			last = x.Event
		}
		p.entry(4, 6, listed(x.Debtors, ""), "")
		sides(p, x.A, x.B)
	}
}

func (d *diff) chainText(p *page) {
	if d.ChainsTo == "" {
		return
	}
	p.gap()
	p.heading("CHAINS", fmt.Sprintf("to %s; %d appear, %d vanish, %d lead there under both", d.ChainsTo, d.Counts.ChainsAppear, d.Counts.ChainsVanish, d.Counts.ChainsBoth))
	for i, c := range d.Chains {
		if i == mostLinks {
			p.line(2, 4, fmt.Sprintf("%d more (--json lists all)", len(d.Chains)-i))
			break
		}
		mark := "B only"
		if c.Only == d.A {
			mark = "A only"
		}
		p.entry(2, 4, mark, strings.Join(c.Links, "; "))
	}
}
