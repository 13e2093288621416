package show

import (
	"casus/finding"
	"casus/worlds/inquiry"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Value writes the answer for a person to read, at least 60 wide.
func Value(w io.Writer, v *inquiry.Value, l Layout) error {
	t := &worthText{newText(l), v}
	top := l.Most
	t.asked(v.Head, "What would it be worth to know before choosing?")
	t.answer()
	t.restsOn(v.Head)
	t.heading("Choosing by " + cmp.Or(v.Measure.Title, v.Measure.Name))
	t.para("", 2, v.Measure.Name+" ("+direction(v.Measure)+"), by its expected value")
	t.line("")
	t.para("", 0, "Worth is the expected gain over choosing without knowing, in "+gainUnit(v.Measure.Unit)+". It is judged in worlds that were not learned from, so it errs low; \"high\" is judged in the worlds that were learned from, and errs high: \"noise\" is how high it comes for 95 % of assumptions without influence. ● worth learning: the whole interval of the worth is above 0, and \"high\" is above the noise. Of many assumptions without influence a few pass by chance.")
	if slices.ContainsFunc(v.Views, func(x inquiry.ViewValue) bool { return x.View == finding.Weighted }) {
		t.para("", 0, "Under "+finding.Weighted+" to know an assumption is also to know more of which school a world is of, where the schools hold different ranges of it: what that is worth counts, and stands beside assumptions that nothing reads, too.")
	}
	for _, x := range v.Views {
		t.view(x, top)
	}
	t.agreed()
	t.cautions(v.Head)
	return t.print(w)
}

type worthText struct {
	*text
	*inquiry.Value
}

// answer says first what each view would choose, and what is worth knowing before.
func (t *worthText) answer() {
	label := labelled(t.Head.Options)
	for _, v := range t.Views {
		if len(v.Chosen) == 0 || v.Perfect == nil {
			t.para("", 2, v.View+": there is nothing to choose between, since “"+cmp.Or(t.Measure.Title, t.Measure.Name)+"” is defined under fewer than two options.")
			continue
		}
		var chosen []string
		for _, c := range v.Chosen {
			chosen = append(chosen, label(c.Option))
		}
		first := v.View + " has " + finding.And(chosen) + map[bool]string{true: " first, tied", false: " first"}[len(chosen) > 1] + " on “" + cmp.Or(t.Measure.Title, t.Measure.Name) + "”"
		t.para("", 2, first+"; "+t.worthKnowing(v)+".")
	}
	t.line("")
}

// worthKnowing says of a view what knowing everything would be worth, and which
// assumption, known alone, is shown to be worth most.
func (t *worthText) worthKnowing(v inquiry.ViewValue) string {
	switch i := slices.IndexFunc(v.Assumptions, func(x inquiry.Learned) bool { return x.Evidence }); {
	case v.Nothing:
		return fmt.Sprintf("in none of %s would any knowledge change that", finding.Count(v.Perfect.N, "world"))
	case v.Perfect.N == 0:
		return "of what knowledge is worth nothing can be said"
	case v.Doubt != "" && v.Perfect.Value == 0:
		return "so few worlds cannot tell whether any knowledge would change that"
	default:
		pc := percentage(t.Measure.Unit)
		if t.Slight(v.Perfect.Value) {
			return "to know everything would be worth " + t.slight()
		}
		all := "to know everything would be worth " + figure(float64(v.Perfect.Value), pc) + " " + gainUnit(t.Measure.Unit)
		switch {
		case v.Doubt != "":
			return all + ", and of single assumptions nothing can be said"
		case i < 0:
			return all + ", and no assumption alone is shown to be worth knowing"
		}
		x := v.Assumptions[i]
		if t.Slight(x.Worth.Value) {
			return all + ", any assumption alone " + t.slight() + ", most “" + cmp.Or(x.Title, x.Name) + "”"
		}
		return all + ", most of single assumptions “" + cmp.Or(x.Title, x.Name) + "” (" + figure(float64(x.Worth.Value), pc) + ")"
	}
}

// slight are the words for a worth below what matters.
func (t *worthText) slight() string {
	return "less than what matters (" + figure(t.Measure.Matters, percentage(t.Measure.Unit)) + " " + gainUnit(t.Measure.Unit) + ")"
}

func (t *worthText) view(v inquiry.ViewValue, top int) {
	t.heading(v.View)
	switch {
	case t.Measure.Never != "":
		t.para("", 2, "Not possible here: "+t.Measure.Never+".")
	case len(v.LeftOut) > 0:
		t.para("", 2, "Never defined under "+strings.Join(v.LeftOut, ", ")+", which the choice leaves out.")
	}
	pc := percentage(t.Measure.Unit)
	unit := unitShown(t.Measure.Unit)
	if p := v.Perfect; p != nil {
		if p.Undefined > 0 {
			t.para("", 2, fmt.Sprintf("Not defined under some option in %d of %s, which are left out.", p.Undefined, finding.Count(p.N+p.Undefined, "world")))
		}
		for _, c := range v.Chosen {
			t.para("", 2, fmt.Sprintf("Chosen now: %s, expected %s %s. It is not the best in %s %% of %s.", c.Option, within(c.Expected, c.Interval, pc), unit, shareOf(c.NotBest), finding.Count(c.NotBest.N, "world")))
		}
		if p.N > 0 && !v.Nothing {
			words := fmt.Sprintf("To know everything would be worth %s %s (errs %s)", within(p.Value, p.Interval, pc), gainUnit(t.Measure.Unit), p.Bias)
			if t.Slight(p.Value) {
				words += ": " + t.slight()
			}
			t.para("", 2, words+".")
		}
	}
	switch {
	case v.Doubt != "":
		t.para("", 2, "Of assumptions nothing can be said: "+v.Doubt+".")
	case v.Nothing:
		t.para("", 2, "What is chosen now is best in every one of these worlds: no knowledge would change the choice, and all knowledge is worth 0.")
	default:
		t.learned(v, top)
	}
}

// learned are the tables of assumptions and groups.
func (t *worthText) learned(v inquiry.ViewValue, top int) {
	all := v.Telling()
	shown := all
	if top > 0 && len(shown) > top {
		shown = shown[:top]
	}
	if len(shown) > 0 {
		t.line("")
		t.worths("assumption", shown, true)
	}
	if n := len(all) - len(shown); n > 0 {
		marked := "none"
		if e := v.Evident(len(shown)); e > 0 {
			marked = strconv.Itoa(e)
		}
		t.para("", 2, fmt.Sprintf("%d more, %s of them ● (--top 0 shows all).", n, marked))
	}
	if n := len(v.Assumptions) - len(all); n > 0 {
		t.para("", 2, others(n)+": no rule was found that chooses better for knowing one of them alone.")
	}
	if len(v.Fixed) > 0 {
		t.para("", 2, "Fixed under this view, so nothing is to be learned: "+strings.Join(v.Fixed, ", ")+".")
	}
	if len(v.Groups) > 0 {
		t.line("")
		t.worths("group, learned together", v.Groups, false)
	}
}

func (t *worthText) worths(what string, xs []inquiry.Learned, rests bool) {
	pc := percentage(t.Measure.Unit)
	head := []string{what, "", "worth", "high", "noise", "of all, %"}
	if rests {
		head = append(head, "rests")
	}
	rows := [][]string{head}
	for _, x := range xs {
		mark := ""
		if x.Evidence {
			mark = "●"
		}
		if x.Worth == nil {
			rows = append(rows, []string{x.Name, mark, "not estimated", "–", "–", "–", "–"}[:len(head)])
			continue
		}
		row := []string{x.Name, mark, within(x.Worth.Value, x.Worth.Interval, pc), figure(float64(x.Worth.InSample), pc), figure(float64(x.Worth.NullHigh), pc), figure(float64(x.Share), true)}
		if rests {
			row = append(row, cmp.Or(x.Rests, "–"))
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
	for _, x := range xs {
		switch {
		case x.Doubt != "":
			t.para("  ", 4, x.Name+": "+x.Doubt)
		case !rests:
			t.para("  ", 4, x.Name+": "+x.Title)
		}
	}
}

// agreed says what is worth learning whatever school is right.
func (t *worthText) agreed() {
	schools := t.Schools()
	if schools < 2 {
		return
	}
	t.heading("Where the schools agree")
	var chosen [][]string
	for i, v := range t.Views {
		if t.Basis.Views[i].Union {
			continue
		}
		var names []string
		for _, c := range v.Chosen {
			names = append(names, c.Option)
		}
		chosen = append(chosen, names)
	}
	switch same := !slices.ContainsFunc(chosen, func(c []string) bool { return !slices.Equal(c, chosen[0]) }); {
	case same && len(chosen[0]) > 0:
		t.para("", 2, "chosen now under each of the "+strconv.Itoa(schools)+": "+strings.Join(chosen[0], " or "))
	case slices.ContainsFunc(chosen, func(c []string) bool { return len(c) == 0 }):
		t.para("", 2, "chosen now: under some school there is nothing to choose between")
	default:
		t.para("", 2, "chosen now: not the same")
	}
	common := cmp.Or(strings.Join(t.Common, ", "), "no assumption that could be told from nothing")
	for i, v := range t.Views {
		if v.Doubt != "" && !t.Basis.Views[i].Union {
			common = "not known, see " + v.View
		}
	}
	t.para("", 2, "worth learning under each of the "+strconv.Itoa(schools)+": "+common)
}

func others(n int) string {
	if n == 1 {
		return "1 other"
	}
	return strconv.Itoa(n) + " others"
}
