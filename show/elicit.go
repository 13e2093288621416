package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
)

// Elicited writes a table for each view, one line a rate, at least 40 wide.
func Elicited(w io.Writer, e *inquiry.Elicited, l Layout) error {
	t := &elicitedText{newText(l), e}
	t.para("", 0, e.Title)
	t.para("", 0, fmt.Sprintf("Do the stated rates come out where they are stated for? Stated: median and 5–95 %%. Given: the same over %s for each view (design %s, seed %d), with the offset in force now. Gap: stated less given in log odds, in the central world (every assumption at its median). Closes: the offset at which there is no gap, solved for all rates at once. What follows: the log odds that the choice starts from along the stated range, the rate's own and the offset that makes it hold.", finding.Count(e.Worlds, "world"), design(e.Design), e.Seed))
	if len(e.LeftOut) > 0 {
		t.para("", 0, "Left out: "+strings.Join(e.LeftOut, ", ")+", a union of views, which has no central world.")
	}
	for _, v := range e.Views {
		t.view(v)
		t.beside(v)
	}
	t.heading("What is asked")
	for _, r := range e.Views[0].Beside {
		t.para("  ", 4, fmt.Sprintf("%s: %s[%s] of case %s, beside: stated for %s", r.Rate, r.Measure, r.Option, r.Case, r.Condition))
	}
	for _, r := range e.Views[0].Rates {
		t.para("  ", 4, fmt.Sprintf("%s: %s[%s] of case %s, by %s", r.Rate, r.Measure, r.Option, r.Case, r.Offset))
	}
	return t.print(w)
}

type elicitedText struct {
	*text
	*inquiry.Elicited
}

func (t *elicitedText) view(v inquiry.ElicitedView) {
	t.line("")
	t.line("%s", v.View)
	t.line("%s", strings.Repeat("─", min(t.width, 80)))
	rows := [][]string{{"rate", "stated, %", "given, %", "gap", "now", "closes", "log odds that follow"}}
	for _, r := range v.Rates {
		mark := ""
		if r.Stale() {
			mark = "!"
		}
		rows = append(rows, []string{r.Rate + mark, band(r.Stated, percentSig, "–"), band(r.Given, percentSig, "–"), logOdds(r.Gap), logOdds(r.InForce), logOdds(r.Closes), band(r.LogOdds, logOdds, " to ")})
	}
	t.grid(widest(rows), rows)
	t.line("")
	if v.Converged {
		t.para("  ", 2, fmt.Sprintf("All hold at once with the offsets that close, to a millionth of a log odds (%s).", finding.Count(v.Steps, "step")))
	} else {
		t.para("  ", 2, fmt.Sprintf("NOT ALL CAN HOLD: after %s these are left open.", finding.Count(v.Steps, "step")))
	}
	for _, r := range v.Rates {
		switch {
		case r.Why != "":
			t.para("  ", 4, fmt.Sprintf("! %s (%s[%s]): %s", r.Rate, r.Measure, r.Option, r.Why))
		case r.Stale():
			t.para("  ", 4, fmt.Sprintf("! %s: %s in force is off by %s log odds", r.Rate, r.Offset, logOdds(r.Off())))
		}
		if r.Undefined > 0 {
			t.para("  ", 4, fmt.Sprintf("%s: not defined in %s, which are left out", r.Rate, finding.Count(r.Undefined, "world")))
		}
	}
}

// beside shows the rates that are stated on a condition.
func (t *elicitedText) beside(v inquiry.ElicitedView) {
	if len(v.Beside) == 0 {
		return
	}
	t.line("")
	t.para("  ", 2, "Stated on a condition that no measure looks at (below), beside what comes out over all that is counted; nothing is solved for. ↑ ↓ the median given lies above or below the range stated"+map[bool]string{true: "; * what becomes of the rate in the case itself, which is no check: it is stated for another", false: ""}[slices.ContainsFunc(v.Beside, func(r inquiry.BesideRate) bool { return r.Unchecked })]+".")
	rows := [][]string{{"rate", "stated, %", "given, %", ""}}
	for _, r := range v.Beside {
		rate := r.Rate
		if r.Unchecked {
			rate += "*"
		}
		rows = append(rows, []string{rate, band(r.Stated, percentSig, "–"), band(r.Given, percentSig, "–"), map[int]string{1: "↑", -1: "↓"}[r.Outside]})
	}
	t.grid(widest(rows), rows)
}

func band(s inquiry.Band, show func(decision.Number) string, to string) string {
	if math.IsNaN(float64(s.P05)) { // known in one world alone, or in none
		return show(s.Median)
	}
	return behind(show(s.Median), " (", ends(show(s.P05), to, show(s.P95)), ")")
}

func percentSig(x decision.Number) string { return figure(float64(x), true) }

// logOdds shows log odds with two places, or none known.
func logOdds(x decision.Number) string {
	if math.IsNaN(float64(x)) {
		return "–"
	}
	s := fmt.Sprintf("%+.2f", float64(x))
	if s == "-0.00" || s == "+0.00" {
		return "0"
	}
	return strings.Replace(s, "-", "−", 1)
}
