package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// answer says first which option the criteria pick, view by view: by each measure
// the one that most of them pick, and whether the schools agree.
func (t *robustText) answer() {
	t.pairLead()
	t.para("", 0, t.firm())
	t.pairs()
	first := true
	for _, m := range t.Measures {
		views := pickedBy(m.Views, labelled(t.Head.Options))
		if len(views) == 0 {
			continue
		}
		if first {
			t.line("")
		}
		first = false
		t.para("", 2, capital(m.Title)+": "+strings.Join(views, "; ")+". "+concordWords(&m))
	}
	t.line("")
}

// pairLead says first, of two options held against each other, in what share of the
// worlds of each view which one does better.
func (t *robustText) pairLead() {
	if len(t.Pairs) == 0 {
		return
	}
	label, pair := labelled(t.Head.Options), t.Pairs[0].Pair
	t.para("", 0, capital(label(pair.A))+" against "+label(pair.B)+": in what share of the worlds of each view the first does better, and the second.")
	for _, m := range t.Measures {
		var views []string
		for _, p := range t.Pairs {
			if p.Measure == m.Name {
				views = append(views, p.View+" "+pairCell(p))
			}
		}
		t.para("  ", 4, capital(cmp.Or(m.Title, m.Name))+": "+strings.Join(views, "; ")+".")
	}
	t.line("")
}

func pairCell(p inquiry.ViewPair) string {
	if p.Pair.N == 0 {
		return "not defined"
	}
	return inShare(study.Float(p.Pair.Better.Value)) + " and " + inShare(study.Float(p.Pair.Worse.Value))
}

// few says that so few worlds cannot tell which option is robust; empty where there are enough.
func (t *robustText) few() string {
	if t.Played == nil || t.Worlds >= study.FewWorlds {
		return ""
	}
	if t.Worlds == 1 {
		return fmt.Sprintf("Which option is robust, one world for each view cannot tell: the median, the worst and the best are one number there; %d worlds are wanted. What follows is of that world alone.", study.FewWorlds)
	}
	return fmt.Sprintf("Which option is robust, %d worlds for each view cannot tell: %d are wanted. What follows is of these alone.", t.Worlds, study.FewWorlds)
}

// firm says by which measures an option is first, or tied for it, by every criterion under
// every school, and which comes nearest by the others; what the criteria are, too.
func (t *robustText) firm() string {
	label := labelled(t.Head.Options)
	var sure, near, names []string
	for _, m := range t.Measures {
		best, n, of := t.Oftenest(&m)
		switch what := cmp.Or(m.Title, m.Name) + ": " + finding.And(each(best, label)); {
		case n == 0:
			continue
		case n == of:
			sure = append(sure, what)
		default:
			near = append(near, fmt.Sprintf("%s (%d of %d)", what, n, of))
		}
		for _, a := range m.Agreed {
			if c := t.criterion(a.Criterion); !slices.Contains(names, c) {
				names = append(names, c)
			}
		}
	}
	if len(names) == 0 {
		return "Nothing can be compared: " + t.incomparable() + "."
	}
	out := "First, or tied for it, by every criterion and under every school: " + cmp.Or(strings.Join(sure, "; "), "no option") + "."
	if few := t.few(); few != "" {
		out, near = few, nil
	}
	if len(near) > 0 {
		out += " Nearest to it, with the pairs of criterion and school that say so: " + strings.Join(near, "; ") + "."
	}
	out += " The criteria: " + finding.And(names) + "."
	if len(t.Pairs) == 0 && len(t.Head.Options) > 1 {
		out += " Two options against each other, world by world: --between " + t.Head.Options[0].Name + "," + t.Head.Options[1].Name + "."
	}
	return out
}

// incomparable says why no criterion compares anything.
func (t *robustText) incomparable() string {
	var names []string
	every := false
	for _, m := range t.Measures {
		names = append(names, "“"+cmp.Or(m.Title, m.Name)+"”")
		every = every || slices.ContainsFunc(m.Views, func(v inquiry.RobustView) bool { return v.Compared != nil })
	}
	if every {
		return "in no world is " + strings.Join(names, " or ") + " defined under all options that are compared"
	}
	return "in no world is " + strings.Join(names, " or ") + " defined under two options"
}

// pickedBy says what most criteria pick, views that say the same together.
func pickedBy(views []inquiry.RobustView, label func(string) string) []string {
	var said []string
	by := map[string][]string{}
	for _, v := range views {
		words := mostPicked(v, label)
		if words == "" {
			continue
		}
		if by[words] == nil {
			said = append(said, words)
		}
		by[words] = append(by[words], v.View)
	}
	for i, words := range said {
		who := finding.And(by[words])
		switch {
		case len(by[words]) == len(views) && len(views) > 1:
			who = "every view"
		case len(by[words]) > 1:
			words = strings.Replace(words, "has ", "have ", 1)
		}
		said[i] = who + " " + words
	}
	return said
}

// mostPicked says which options criteria pick under a view, and each that ties with
// them or is picked by others, with how many pick it.
func mostPicked(v inquiry.RobustView, label func(string) string) string {
	if len(v.Picked) == 0 {
		return ""
	}
	if len(v.Every) == 0 {
		return "has " + finding.And(shares(v.Picked, label, "criterion", "criteria"))
	}
	words := "has " + finding.And(each(v.Every, label)) + " first"
	if len(v.Every) > 1 {
		words += ", or tied for it,"
	}
	words += " by every criterion"
	others := slices.DeleteFunc(slices.Clone(v.Picked), func(p inquiry.PickedBy) bool { return slices.Contains(v.Every, p.Option) })
	if len(others) > 0 {
		words += ", tied with " + finding.And(shares(others, label, "of them", "of them"))
	}
	return words
}

// shares are options with the number of criteria that pick each, the most picked
// three by name.
func shares(picked []inquiry.PickedBy, label func(string) string, one, more string) []string {
	var out []string
	for i, p := range picked {
		if i == 3 && len(picked) > 4 {
			return append(out, fmt.Sprintf("%d more options", len(picked)-i))
		}
		words := label(p.Option) + " first by "
		if one == more {
			words = label(p.Option) + " by "
		}
		out = append(out, words+howMany(len(p.Criteria), one, more))
	}
	return out
}

// labelled gives the name of an option in a few words.
func labelled(options []finding.Option) func(string) string {
	return func(name string) string {
		for _, o := range options {
			if o.Name == name && o.Label != "" {
				return o.Label
			}
		}
		return name
	}
}

func each(names []string, label func(string) string) []string {
	var out []string
	for _, n := range names {
		out = append(out, label(n))
	}
	return out
}

// concordWords say how many criteria pick the same under every school.
func concordWords(m *inquiry.RobustMeasure) string {
	switch shared, of := m.Concord(); {
	case of == 0:
		return ""
	case shared == of:
		return "The schools share a pick by every criterion."
	case shared == 0:
		return "The schools share a pick by no criterion."
	default:
		return fmt.Sprintf("The schools share a pick by %d of %d criteria.", shared, of)
	}
}

// answer says first which option leads under each view, and whether one assumption
// alone can turn that round.
func (t *flips) answer() {
	for _, v := range t.r.Views {
		if words := t.lead(&v); words != "" {
			t.para("", 2, v.View+": "+words+t.byClause(&v))
		}
	}
	t.line("")
}

func (t *flips) lead(v *inquiry.FlipView) string {
	label := labelled(t.r.Head.Options)
	leader, other := label(t.r.A.Name), label(t.r.B.Name)
	switch side := t.r.Ahead(v.Centre.Difference); {
	case v.Union:
		return ""
	case side == inquiry.NotCompared:
		return "the two cannot be compared in the central world."
	case side == inquiry.NeitherAhead:
		return "the two are level in the central world."
	case t.r.Near(v):
		return "the two differ by less than matters in the central world."
	case side == inquiry.SecondAhead:
		leader, other = other, leader
	}
	words := leader + " does better than " + other + " in the central world; "
	turning := v.Turning()
	if len(turning) == 0 {
		return words + "no assumption alone turns that round" + t.byTwo(v) + "."
	}
	words += "nearest to turning it round: “" + turning[0].Title + "”"
	if n := len(turning); n > 1 {
		words += fmt.Sprintf(" (%d assumptions can)", n)
	}
	return words + "."
}

// byTwo says whether two assumptions together turn the ranking round that none does
// alone; nothing where no pair was searched.
func (t *flips) byTwo(v *inquiry.FlipView) string {
	nearest, found := v.NearestPair()
	switch {
	case v.Paired.Searched == 0:
		return ""
	case nearest == nil:
		return ", and no two together that were searched"
	}
	words := "; two together do, nearest “" + v.TitleOf(nearest.Inputs[0]) + "” with “" + v.TitleOf(nearest.Inputs[1]) + "”"
	if found > 1 {
		words += fmt.Sprintf(" (%d pairs can)", found)
	}
	return words
}

// byClause says whether one clause, changed, reverses the ranking of the means; nothing
// where none was tried.
func (t *flips) byClause(v *inquiry.FlipView) string {
	if len(t.r.Clauses) == 0 || v.Union {
		return ""
	}
	changes, clear := t.r.TurningClauses(v.View)
	if len(changes) == 0 {
		return " No change tried of one clause reverses the means over worlds."
	}
	words := " One clause changed reverses the means over worlds: " + labelled(t.r.Head.Options)(changes[0].Option) + ", " + changes[0].Words
	if n := len(changes); n > 1 {
		words += fmt.Sprintf(" (%d changes can)", n)
	}
	if !clear {
		words += ", though the interval holds zero"
	}
	return words + "."
}
