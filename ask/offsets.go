package ask

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/model"
)

// Unheld names every rate that does not hold, and every one that is stated on a
// condition and comes out beyond its range; the last line counts the first. Empty where
// all hold.
func (e *Elicitation) Unheld() []string {
	var out []string
	n := 0
	for _, v := range e.Views {
		for _, r := range v.Beside {
			if r.Outside != 0 && !r.Unchecked {
				out = append(out, fmt.Sprintf("%s, view %s: %s gives %.3g in the median, stated from %.3g to %.3g", r.Rate, v.View, r.Measure, float64(r.Given.Median), float64(r.Stated.P05), float64(r.Stated.P95)))
			}
		}
		for _, r := range v.Rates {
			if !r.Stale() {
				continue
			}
			n++
			why := r.Why
			if why == "" {
				why = fmt.Sprintf("%s is %.4g, and %.4g would make it hold", r.Offset, float64(r.InForce), float64(r.Closes))
			}
			out = append(out, fmt.Sprintf("%s, view %s: %s", r.Rate, v.View, why))
		}
	}
	if n > 0 {
		do := map[bool]string{true: " does", false: " do"}[n == 1]
		out = append(out, finding.Count(n, "rate")+do+" not hold (casus elicit --write prints the offsets)")
	}
	return out
}

// Offsets are the statements that can take the place of those that stand: what other
// views hold is kept, and so is what no offset closes.
func (e *Elicitation) Offsets() string {
	var b strings.Builder
	for i, r := range e.Elicited.Views[0].Rates {
		a := e.Model.Assumption(r.Offset)
		fmt.Fprintf(&b, "%s {\n", opening(a, e.Model))
		ground := fmt.Sprintf("judgement %s", strconv.Quote(fmt.Sprintf("solved for: %s holds in %s under %s (casus elicit %s)", r.Rate, r.Case, r.Option, e.Case.Name)))
		for _, v := range e.Model.Views {
			if at := e.solvedIn(v.Name, i); !math.IsNaN(at) {
				fmt.Fprintf(&b, "  view %s ~ %s %s\n", v.Name, fourPlaces(at), ground)
			} else if held := a.Belief(v.Name); held != nil && len(v.Union) == 0 {
				fmt.Fprintf(&b, "  view %s ~ %s%s\n", v.Name, held.Words, restsOn(held))
			}
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// opening begins the statement of an offset. One that ships is restated where files
// of the user's are read.
func opening(a *model.Assumption, m *model.Model) string {
	own := slices.ContainsFunc(m.Files, func(f *source.File) bool { return !shippedFile(f) })
	if own && shippedFile(a.Pos.File) {
		return "restate " + a.Name
	}
	return fmt.Sprintf("assume %s %s %s", a.Name, strconv.Quote(a.Title), a.Unit)
}

// shippedFile reports whether a file ships with casus.
func shippedFile(f *source.File) bool { return strings.HasPrefix(f.Name, "catalog/") }

// solvedIn is the offset that closes a line under a view; NaN where none does.
func (e *Elicitation) solvedIn(view string, line int) float64 {
	for _, v := range e.Elicited.Views {
		if v.View == view {
			return float64(v.Rates[line].Closes)
		}
	}
	return math.NaN()
}

// fourPlaces is a number with four places: a hundredth of what counts as stale.
func fourPlaces(x float64) string {
	s := strings.TrimRight(strconv.FormatFloat(x, 'f', 4, 64), "0")
	if s = strings.TrimSuffix(s, "."); s == "-0" {
		return "0"
	}
	return s
}

func restsOn(b *model.Belief) string {
	out := ""
	if len(b.Sources) > 0 {
		out += " source " + strings.Join(b.Sources, ", ")
	}
	if b.Judgement != "" {
		out += " judgement " + strconv.Quote(b.Judgement)
	}
	return out
}
