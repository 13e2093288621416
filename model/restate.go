package model

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casus/lang/source"
	"casus/lang/syntax"
)

// Restatement tells that a file puts numbers of its own in the place of those
// that an assumption was stated with elsewhere.
type Restatement struct {
	Pos source.Pos         // where it is restated
	Was map[string]*Belief // what was held before, by view
	At  source.Pos         // where that stands
}

// restate reads `restate NAME[A, B] ["title"] [UNIT] [made for CASE] [~ dist …]
// { view V ~ dist … }`. A distribution after the name is every view's; otherwise
// the views that are not named keep what they held.
func (l *loader) restate(c *syntax.Cursor) {
	t, ok := c.Name("the name of an assumption")
	if !ok {
		return
	}
	var index []syntax.Token
	if c.Take("[") {
		index = c.Names("an actor")
		c.Expect("]")
	}
	first := l.based[t.Text]
	if first == nil {
		c.Fail(t, "there is no assumption "+t.Text+" to restate", near(l, t.Text, l.based))
		return
	}
	proto := Assumption{Base: t.Text, Title: c.OptString(), Unit: first.Unit, Dist: map[string]*Belief{}, Pos: t.Pos}
	if at := c.Peek(); !c.Done() && !at.Is("~") && !at.Is("made") {
		if u, ok := l.readUnit(c); !ok {
			return
		} else if u != first.Unit && u.Kind != Bare {
			c.Fail(at, "assumption "+t.Text+" is in "+first.Unit.String()+", and stays so", "leave the unit out")
			return
		}
	}
	l.distributions(c, &proto)
	if len(index) == 0 {
		l.restated(c, t, t.Text, proto)
	}
	for _, i := range index {
		l.restated(c, i, t.Text+"["+i.Text+"]", proto)
	}
}

// restated puts what was read in the place of what an assumption held.
func (l *loader) restated(c *syntax.Cursor, t syntax.Token, name string, as Assumption) {
	a := l.m.assumptions[name]
	switch {
	case a == nil:
		l.fail(t, c.Stmt, "there is no assumption "+name+" to restate", "state it: assume "+name+" …")
		return
	case a.Pos.File == t.Pos.File:
		l.fail(t, c.Stmt, "assumption "+name+" is stated in this file", "change it at "+a.Pos.String())
		return
	case !l.declare(c, "restated assumption", t, name):
		return
	case len(as.Dist) == 0:
		l.fail(t, c.Stmt, "nothing is restated of "+name, "~ triangular(lo, mode, hi) for every view, or view NAME ~ … in braces")
		return
	}
	a.Restated = &Restatement{Pos: t.Pos, Was: a.Dist, At: a.Pos}
	a.Dist = over(a.Dist, as.Dist)
	a.MadeFor = as.MadeFor
	if as.Title != "" {
		a.Title = as.Title
	}
}

// over are the beliefs of views with others in their place.
func over(was, is map[string]*Belief) map[string]*Belief {
	out := map[string]*Belief{}
	if _, all := is[""]; !all {
		maps.Copy(out, was)
	}
	maps.Copy(out, is)
	return out
}

// madeFor reads `made for CASE`, the case that numbers were chosen for.
func (l *loader) madeFor(c *syntax.Cursor, a *Assumption) {
	if !c.Word("made", "for") {
		return
	}
	n, ok := caseName(c)
	if !ok {
		return
	}
	a.MadeFor = n.Text
	l.later = append(l.later, func() {
		if l.shelf == nil || !slices.ContainsFunc(l.m.Cases, func(k *Case) bool { return !shipsWith(k.Pos.File) }) {
			return // the case may stand in a file that is not read with this one
		}
		if l.m.cases[n.Text] == nil && l.shelf[n.Text] != "case" {
			l.fail(n, c.Stmt, "unknown case "+strconv.Quote(n.Text), source.DidYouMean(n.Text, l.casesAnywhere()))
		}
	})
}

// casesAnywhere names the cases that are read, and those that ship.
func (l *loader) casesAnywhere() []string {
	out := sortedKeys(l.m.cases)
	for name, what := range l.shelf {
		if what == "case" && l.m.cases[name] == nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Restated lists what a file restates, in order of name.
func (m *Model) Restated() []*Assumption {
	var out []*Assumption
	for _, name := range sortedKeys(m.assumptions) {
		if a := m.assumptions[name]; a.Restated != nil {
			out = append(out, a)
		}
	}
	return out
}

// Borrowed lists the assumptions that a case reads and that were made for another
// case, in order of name.
func (m *Model) Borrowed(k *Case) []*Assumption {
	var out []*Assumption
	for _, a := range m.Uses(k) {
		if a.MadeFor != "" && a.MadeFor != k.Name {
			out = append(out, a)
		}
	}
	return out
}

// restatements warns of what is restated and read by no case, and of offsets that
// were solved for with the numbers as they stood.
func (l *loader) restatements() {
	used, solved := map[*Assumption]bool{}, map[*Assumption]bool{}
	for _, k := range l.m.Cases {
		for _, a := range l.m.Uses(k) {
			used[a] = true
		}
		for _, e := range k.Elicits {
			solved[e.Offset] = true
		}
	}
	var moved *Assumption
	fresh := len(solved) == 0
	for _, a := range l.m.Restated() {
		switch {
		case !used[a]:
			l.warnAt(a.Restated.Pos, len(a.Base), "restate "+a.Name, "assumption "+a.Name+" is restated, and no case here reads it", "")
		case solved[a]:
			fresh = true
		case moved == nil:
			moved = a
		}
	}
	if moved == nil || fresh {
		return
	}
	names := l.offsets(solved)
	l.warnAt(moved.Restated.Pos, len(moved.Base), "restate "+moved.Name, fmt.Sprintf("what the stated rates already hold (%s) was solved for with the numbers as they stood", listed(names, 3, "assumptions")), "casus elicit CASE --write prints it anew, to be restated too")
}

// offsets names those that are solved for, in order.
func (l *loader) offsets(solved map[*Assumption]bool) []string {
	var names []string
	for _, name := range sortedKeys(l.m.assumptions) {
		if solved[l.m.assumptions[name]] {
			names = append(names, name)
		}
	}
	return names
}

// String says in words what was put in the place of what, view by view; views
// that keep what they held are not named.
func (r *Restatement) String(a *Assumption) string {
	var out []string
	for _, view := range sortedKeys(a.Dist) {
		is, was := a.Dist[view], r.Was[view]
		if was == nil {
			was = r.Was[""]
		}
		if is == nil || was != nil && is.Words == was.Words {
			continue
		}
		words := is.Words
		if view != "" {
			words = view + " " + words
		}
		if was != nil {
			words += " for " + was.Words
		}
		out = append(out, words)
	}
	if len(out) == 0 {
		return "the same numbers on other grounds"
	}
	return strings.Join(out, "; ")
}
