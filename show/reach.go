package show

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/game/crisis"
	"casus/special"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Reach writes a table for each group of options that are alike, at least 40
// wide.
func Reach(w io.Writer, r *inquiry.Reached, l Layout) error {
	t := &reachText{newText(l), r}
	t.para("", 0, r.Title)
	for _, words := range ReachWords(r) {
		t.para("", 0, words)
	}
	for _, group := range r.Alike {
		t.group(group)
	}
	t.apart()
	return t.print(w)
}

// ReachWords say what the numbers of the moves are, and which views are left out.
func ReachWords(r *inquiry.Reached) []string {
	out := []string{fmt.Sprintf("How often each move is come to within %s, and what is chosen there, in the central world of each view (every assumption at its median). 2.4× is 2.4 times, expected; a move counts where more than one choice is open; \"never\" stands at a choice that is not.", years(r.Horizon)),
		"Beside a share, why: by how many log odds what follows from the choice, and is expected of it, moves it from its base odds (+0.7 doubles the odds, −0.7 halves them, 0 leaves the choice at its base). The base odds hold the stated rate, and what is taken off again because the rate holds it already."}
	if len(r.LeftOut) > 0 {
		out = append(out, "Left out: "+strings.Join(r.LeftOut, ", ")+", a union of views, which has no central world.")
	}
	return out
}

type reachText struct {
	*text
	*inquiry.Reached
}

// group is the table of options that are alike, with the first of them.
func (t *reachText) group(names []string) {
	t.line("")
	o := t.of(names[0])
	t.para("", 2, o.Option+": "+cmp.Or(o.Title, o.Option))
	if len(names) > 1 {
		t.para("  ", 2, "and alike in every row: "+strings.Join(names[1:], ", "))
	}
	t.line("%s", strings.Repeat("─", min(t.width, 80)))
	if title, given := t.given(o); given != nil {
		t.para("", 2, title)
		t.table(given)
		t.line("")
		t.para("", 2, "Whether or not that comes about:")
	}
	t.table(o)
}

// given is an option from the step on which its condition comes true, with what that
// is and how often it does; nil where nothing is given, or it never comes true.
func (t *reachText) given(o *study.ReachedOption) (string, *study.ReachedOption) {
	out, likely, ever := &study.ReachedOption{Option: o.Option}, []string{}, false
	for _, v := range o.Views {
		out.Views = append(out.Views, study.ReachedView{View: v.View, Steps: v.Given.Steps})
		likely = append(likely, chosenShare(v.Given.Likely))
		ever = ever || v.Given.Likely > 0
	}
	if !ever {
		return "", nil
	}
	g := o.Views[0].Given
	return "Given: " + cmp.Or(g.Title, g.Measure) + " (" + strings.Join(likely, ", ") + "), from then on:", out
}

// table shows the steps that are come to, and names the rest.
func (t *reachText) table(o *study.ReachedOption) {
	rows := [][]string{append([]string{""}, t.Reached.Views...)}
	var never []study.Where
	for i := range o.Views[0].Steps {
		if at, block := t.block(o, i); block == nil {
			never = append(never, at)
		} else {
			rows = append(rows, block...)
		}
	}
	if len(rows) > 1 {
		t.grid(widest(rows), rows)
	} else {
		t.para("", 2, "No move is ever come to.")
	}
	if len(never) > 0 {
		t.line("")
		t.para("", 2, "Never reached: "+wheres(never)+".")
	}
}

func (t *reachText) of(name string) *study.ReachedOption {
	at := slices.IndexFunc(t.Options, func(o study.ReachedOption) bool { return o.Option == name })
	return &t.Options[at]
}

// block are the rows of one step: its name and how often it is come to, then
// the share of each choice. A step that is never come to under any view has
// none.
func (t *reachText) block(o *study.ReachedOption, i int) (study.Where, [][]string) {
	s := o.Views[0].Steps[i]
	at := study.Where{Step: s.Step, Title: s.Title, Actor: s.Actor}
	head := []string{whereWords(at)}
	never := true
	for _, v := range o.Views {
		never = never && v.Steps[i].Asked == 0
		head = append(head, timesAsked(v.Steps[i].Asked))
	}
	if never {
		return at, nil
	}
	rows := [][]string{head}
	for c, choice := range s.Choices {
		row := []string{"  " + choice.Choice}
		for _, v := range o.Views {
			row = append(row, shareAt(v.Steps[i], c))
		}
		rows = append(rows, row)
	}
	return at, rows
}

// timesAsked is how often something is come to: 2.4 times, or 1 in so many plays.
func timesAsked(x float64) string {
	switch {
	case x == 0:
		return "never"
	case x < study.Floor:
		return "<1 in 10000"
	case x < 0.01:
		return "1 in " + inverse(x)
	}
	return figure(x, false) + "×"
}

// inverse is 1/x with two figures, in words a person reads.
func inverse(x float64) string {
	n := 1 / x
	if n >= 1e6 {
		return strings.NewReplacer("e+0", "e", "e+", "e").Replace(fmt.Sprintf("%.0e", n))
	}
	unit := special.Pow(10, float64(special.Decade(n)-1))
	return fmt.Sprintf("%.0f", math.Round(n/unit)*unit)
}

// shareAt is the share of a choice, where the step is come to at all; never is
// that of one that is not open there.
func shareAt(r crisis.Reach, choice int) string {
	if r.Asked == 0 {
		return "–"
	}
	c := r.Choices[choice]
	if c.Adds == nil {
		return chosenShare(c.P)
	}
	return chosenShare(c.P) + "  " + addsWords(*c.Adds)
}

// addsWords are log odds with one figure behind the point, and their sign.
func addsWords(x float64) string {
	s := fmt.Sprintf("%+.1f", x)
	if s == "+0.0" || s == "-0.0" {
		return "0"
	}
	return strings.Replace(s, "-", "−", 1)
}

func chosenShare(p float64) string {
	switch {
	case p == 0:
		return "never"
	case p < study.Floor:
		return "<0.01 %"
	}
	return figure(p, true) + " %"
}

func whereWords(w study.Where) string {
	return PlaceOf(w.Step, w.Actor)
}

// wheres names steps, each once with its actors.
func wheres(ws []study.Where) string {
	var out []string
	for i := 0; i < len(ws); {
		actors := []string{}
		j := i
		for ; j < len(ws) && ws[j].Step == ws[i].Step; j++ {
			if ws[j].Actor != "" {
				actors = append(actors, ws[j].Actor)
			}
		}
		words := ws[i].Step
		if len(actors) > 0 {
			words += " (" + strings.Join(actors, ", ") + ")"
		}
		out = append(out, words)
		i = j
	}
	return strings.Join(out, ", ")
}

// apart says, for each option and the next that is not alike, where they part.
func (t *reachText) apart() {
	if len(t.Alike) < 2 {
		return
	}
	t.heading("Where they part")
	first := t.Alike[0][0]
	for _, group := range t.Alike[1:] {
		p, err := t.Between(first, group[0])
		if err != nil {
			panic(err) // both were played
		}
		t.para("", 2, WhyAlike(p))
	}
}

// WhyAlike says in words what two options have in common and where they first
// part: the answer to "why does this option make no difference".
func WhyAlike(p study.Apart) string {
	var out []string
	pair := p.A + " and " + p.B
	switch {
	case len(p.Differ) == 0 && len(p.Oftener) == 0:
		out = append(out, pair+" differ in no move: each is come to as often, with the same shares")
	case len(p.Differ) == 0:
		out = append(out, pair+" differ in no choice; these are come to more or less often: "+wheres(p.Oftener))
	default:
		out = append(out, pair+" first part at "+splitWords(p.Differ[0])+later(p))
	}
	if len(p.Same) > 0 && len(p.Differ)+len(p.Oftener) > 0 {
		out = append(out, "come to as often with the same shares: "+wheres(p.Same))
	}
	if len(p.Never) > 0 {
		out = append(out, "never reached under either: "+wheres(p.Never))
	}
	return strings.Join(out, "; ") + "."
}

// splitWords is the choice at a step whose share differs most.
func splitWords(s study.Split) string {
	return fmt.Sprintf("%s: %s %s against %s (%s)", whereWords(s.Where), s.Choice, chosenShare(s.A), chosenShare(s.B), s.View)
}

// later is the step at which options that part do so most, where that is
// another than the first.
func later(p study.Apart) string {
	most := p.Most()
	if most.Where == p.Differ[0].Where {
		return ""
	}
	return ", and most at " + splitWords(most)
}
