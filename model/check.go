package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casus/lang/source"
	"casus/lang/syntax"
)

// check reports what can be seen only when everything is read.
func (l *loader) check() {
	l.areaCycles()
	l.apartOnce()
	l.memberships()
	l.exceptionsToNothing()
	l.exceptionCycles()
	l.conflicts()
	l.freeVariables()
	l.questionCycles()
	for _, k := range l.m.Cases {
		l.elicitsApart(k)
	}
	l.creditors()
	l.restatements()
	l.sameClaims()
	l.sameExamples()
	l.unheard()
	l.unused()
	byName := func(a, b *Case) int { return strings.Compare(a.Name, b.Name) } // one of them is told, whichever stands first
	for _, k := range slices.SortedFunc(slices.Values(l.m.Cases), byName) {
		if k.Crisis != nil {
			l.players(k)
		}
	}
}

func (l *loader) at(pos source.Pos, n int, heading, msg, hint string) {
	l.problems.Add(source.Problem{Pos: pos, Len: n, Msg: msg, Hint: hint, Heading: heading})
}

func (l *loader) warnAt(pos source.Pos, n int, heading, msg, hint string) {
	l.problems = append(l.problems, source.Problem{Pos: pos, Len: n, Msg: msg, Hint: hint, Heading: heading, Warning: true})
}

func sortedKeys[V any](m map[string]V) []string {
	out := keys(m)
	slices.Sort(out)
	return out
}

// mostPlaces is how many places may lie one in the other.
const mostPlaces = 64

// areaCycles reports places that would lie within themselves, and those that lie
// within too many others.
func (l *loader) areaCycles() {
	deep, said, round := l.m.depths(), len(l.problems), ""
	for _, name := range sortedKeys(l.m.Areas) {
		a := l.m.Areas[name]
		d, known := deep[name]
		if a.Pos.IsZero() || known && d <= mostPlaces || len(l.problems) > source.MaxProblems {
			continue
		}
		i := slices.IndexFunc(a.everIn(), func(up string) bool { return l.m.everWithin(up, name, mostPlaces, map[string]bool{}) })
		switch {
		case i >= 0:
			l.at(a.Pos, len(name), "", "place "+name+" would lie within itself, by "+a.everIn()[i], "")
		case !known:
			round = cmp.Or(round, name)
		case d == mostPlaces+1:
			l.at(a.Pos, len(name), "", fmt.Sprintf("place %s lies within more than %d others, one in the other", name, mostPlaces), "name the outer one")
		}
	}
	if round != "" && len(l.problems) == said {
		l.at(l.m.Areas[round].Pos, len(round), "", fmt.Sprintf("place %s lies in a circle of more than %d places", round, mostPlaces), "")
	}
}

// depths are within how many others, one in the other, each place lies; without
// those that lie in a circle or in what does.
func (m *Model) depths() map[string]int {
	under, waits, deep := map[string][]string{}, map[string]int{}, map[string]int{}
	var ready []string
	for _, name := range sortedKeys(m.Areas) {
		for _, up := range m.Areas[name].everIn() {
			up = strings.TrimSuffix(up, ".home")
			if m.Areas[up] != nil {
				under[up] = append(under[up], name)
				waits[name]++
			}
		}
		if waits[name] == 0 {
			ready = append(ready, name)
		}
	}
	for len(ready) > 0 {
		up := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		deep[up] += 0
		for _, name := range under[up] {
			deep[name] = max(deep[name], deep[up]+1)
			if waits[name]--; waits[name] == 0 {
				ready = append(ready, name)
			}
		}
	}
	maps.DeleteFunc(deep, func(name string, _ int) bool { return waits[name] > 0 })
	return deep
}

// questionCycles reports questions that are answered by asking themselves.
func (l *loader) questionCycles() {
	const visiting, done = 1, 2
	mark := map[*Question]int{}
	var walk func(q *Question) bool
	walk = func(q *Question) bool {
		if mark[q] != 0 {
			return mark[q] == done
		}
		mark[q] = visiting
		round := true
		for _, cond := range q.conds() {
			cond.Walk(func(x *Cond) {
				if x.Question != nil && round {
					round = walk(x.Question)
				}
			})
		}
		if !round {
			l.at(q.Pos, len(q.Name), "", "question "+q.Name+" would be answered by asking itself", "")
		}
		mark[q] = done
		return true
	}
	for _, name := range sortedKeys(l.m.questions) {
		walk(l.m.questions[name])
	}
}

// memberships reports a state that is twice a party, or twice in a group, on one
// day.
func (l *loader) memberships() {
	for _, in := range l.m.Instruments {
		l.twice(in.Parties, in.Title, "a party")
	}
	for _, name := range sortedKeys(l.m.Groups) {
		l.twice(l.m.Groups[name].Members, l.m.Groups[name].Title, "a member")
	}
}

// twice reports a state that is something twice at the same time. The spells of each
// state are walked by their first day, beside the one that lasts longest so far.
func (l *loader) twice(all []Membership, heading, what string) {
	spells := slices.Clone(all)
	slices.SortStableFunc(spells, func(a, b Membership) int {
		return cmp.Or(strings.Compare(a.State, b.State), cmp.Compare(a.From, b.From))
	})
	last := 0
	for i := 1; i < len(spells); i++ {
		a, b := spells[i], spells[last]
		if a.State == b.State && overlap(a, b) {
			if source.Compare(a.Pos, b.Pos) < 0 {
				a, b = b, a
			}
			l.at(a.Pos, len(a.State), heading, a.State+" is "+what+" twice at the same time", "first at "+b.Pos.String())
			a = spells[i]
		}
		if a.State != spells[last].State || spells[last].HasUntil && (!a.HasUntil || a.Until > spells[last].Until) {
			last = i
		}
	}
}

// exceptionsToNothing reports exceptions to an article that has no rule, nor an
// exception of its own that could be defeated.
func (l *loader) exceptionsToNothing() {
	told := map[source.Pos]bool{} // what is taken over from a form stands there once
	for _, in := range l.m.Instruments {
		for _, a := range in.Articles {
			exceptions := slices.Clone(a.Exceptions)
			for _, r := range a.Readings {
				exceptions = append(exceptions, r.Except...)
			}
			for _, e := range exceptions {
				if target := l.m.articles[e.Target]; e.Article == a && target != nil && !target.defeasible(a) && !told[e.Pos] {
					told[e.Pos] = true
					l.at(e.Pos, 6, in.Title+" › Article "+a.Number, "this excepts from nothing: article "+e.Target+" has no rule", "say when … then … there, or name the article that has the rule")
				}
			}
		}
	}
}

// defeasible reports whether an article says something that an exception in
// another can defeat: a rule, or an exception to another article; one of its own
// defeats its rule only.
func (a *Article) defeasible(by *Article) bool {
	return a.hasRule || a != by && slices.ContainsFunc(a.Exceptions, func(e Exception) bool { return e.Target != a.Address })
}

func overlap(a, b Membership) bool {
	return (!a.HasUntil || b.From < a.Until) && (!b.HasUntil || a.From < b.Until)
}

// exceptionCycles reports exceptions that defeat each other in a ring.
func (l *loader) exceptionCycles() {
	const visiting, done = 1, 2
	mark := map[string]int{}
	var walk func(a *Article) bool
	walk = func(a *Article) bool {
		switch mark[a.Address] {
		case visiting:
			return false
		case done:
			return true
		}
		mark[a.Address] = visiting
		for _, e := range a.Exceptions {
			if next := l.m.articles[e.Target]; next != nil && next != a && !walk(next) {
				l.at(e.Pos, 6, a.Instrument.Title+" › Article "+a.Number, "exceptions go in a circle: "+a.Address+" and "+e.Target+" except each other", "let one of them yield")
			}
		}
		mark[a.Address] = done
		return true
	}
	for _, in := range l.m.Instruments {
		for _, a := range in.Articles {
			walk(a)
		}
	}
}

// conflicts reports an exception and an extension of one article that may
// disagree, where neither is said to prevail and no dispute is declared.
func (l *loader) conflicts() {
	byTarget := map[string][]*Exception{}
	for _, in := range l.m.Instruments {
		for _, a := range in.Articles {
			for i := range a.Exceptions {
				byTarget[a.Exceptions[i].Target] = append(byTarget[a.Exceptions[i].Target], &a.Exceptions[i])
			}
		}
	}
	for _, target := range sortedKeys(byTarget) {
		es := byTarget[target]
		for i, e := range es {
			for _, f := range es[:i] {
				if e.Extends != f.Extends && sameRule(e, f) && !e.Settles(f) && !f.Settles(e) {
					l.at(e.Pos, 6, e.Article.Instrument.Title+" › Article "+e.Article.Number,
						"undeclared conflict: "+e.Article.Address+" and "+f.Article.Address+" disagree about "+target,
						"say which prevails (over ADDRESS) or that it is disputed (contested with ADDRESS)")
				}
			}
		}
	}
}

// sameRule reports whether two exceptions can bear on one rule of an article.
func sameRule(e, f *Exception) bool { return e.Rule == 0 || f.Rule == 0 || e.Rule == f.Rule }

// Settles reports whether an exception says how it stands to another: that it
// prevails, or that the two are contested.
func (e *Exception) Settles(f *Exception) bool {
	return slices.Contains(e.Over, f.Article.Address) || slices.Contains(e.Contested, f.Article.Address)
}

// freeVariables reports letters that no rule binds.
func (l *loader) freeVariables() {
	for _, in := range l.m.Instruments {
		for _, a := range in.Articles {
			for _, r := range a.Rules {
				bound := map[string]bool{r.On.Name: true, r.By.Name: true}
				if r.broken {
					continue
				}
				l.letters(a, r.Cond, bound)
				for _, t := range r.Thens {
					if ls := t.Debtors.List; len(ls) == 1 && isVariable(ls[0]) && !bound[ls[0]] {
						l.at(t.Pos, 4, in.Title+" › Article "+a.Number, "letter "+ls[0]+" names nobody", "bind it in when … on "+ls[0])
					}
					if t.Creditor.Kind == Variable && !bound[t.Creditor.Name] {
						l.at(t.Pos, 4, in.Title+" › Article "+a.Number, "letter "+t.Creditor.Name+" names nobody", "bind it in when … on "+t.Creditor.Name)
					}
				}
			}
			exceptions := slices.Clone(a.Exceptions)
			for _, r := range a.Readings {
				exceptions = append(exceptions, r.Except...)
			}
			for _, e := range exceptions {
				if target := l.m.articles[e.Target]; target != nil {
					l.letters(a, e.Cond, l.letterSet(target, map[*Article]bool{}))
				}
			}
		}
	}
}

// letterSet are the letters that the rules of an article bind and, of one with
// exceptions, those of the rules they are from.
func (l *loader) letterSet(a *Article, seen map[*Article]bool) map[string]bool {
	out := map[string]bool{}
	if seen[a] {
		return out
	}
	seen[a] = true
	for _, r := range a.Rules {
		out[r.On.Name], out[r.By.Name] = true, true
	}
	for _, e := range a.Exceptions {
		if target := l.m.articles[e.Target]; target != nil && target != a {
			for letter := range l.letterSet(target, seen) {
				out[letter] = true
			}
		}
	}
	return out
}

func (l *loader) letters(a *Article, c *Cond, bound map[string]bool) {
	if c == nil {
		return
	}
	for _, t := range c.Terms {
		if t.Kind == Variable && !bound[t.Name] {
			l.at(c.Pos, 1, a.Instrument.Title+" › Article "+a.Number, "letter "+t.Name+" names nobody in "+c.Words, "bind it in when … on "+t.Name)
		}
	}
	if c.Op == CondCount {
		inner := map[string]bool{c.Name: true}
		for k := range bound {
			inner[k] = true
		}
		bound = inner
	}
	for _, x := range c.Args {
		l.letters(a, x, bound)
	}
}

// checkCase reports a case that could not be run.
func (l *loader) checkCase(k *Case, s *syntax.Stmt, t syntax.Token) {
	if k.Crisis == nil {
		if len(k.KeyEvents) == 0 && k.Course == nil {
			l.fail(t, s, "case "+k.Name+" has no crisis, no course and no key event", "add crisis NAME")
		}
		return
	}
	for _, name := range sortedKeys(k.Roles) {
		if k.Crisis.Role(name) == nil {
			l.at(l.roleAt[k][name].Pos, len(name), s.Heading(), "crisis "+k.Crisis.Name+" has no role "+strconv.Quote(name), source.DidYouMean(name, k.Crisis.roleNames()))
		}
	}
	for _, r := range k.Crisis.Roles {
		cast, given := k.Roles[r.Name]
		if !given && l.miscast[k] {
			continue
		}
		if !given {
			l.fail(t, s, "role "+r.Name+" of crisis "+k.Crisis.Name+" is not cast", "add role "+r.Name+" = …")
		} else if !r.Many && len(cast) != 1 && !(l.miscast[k] && len(cast) == 0) {
			l.at(l.roleAt[k][r.Name].Pos, len(r.Name), s.Heading(), "role "+r.Name+" is played by one actor, not "+strconv.Itoa(len(cast)), playedByOne(k, r, cast))
		}
	}
	if len(k.Options) == 0 && !says(s, "option") {
		l.fail(t, s, "case "+k.Name+" has no options", "add option NAME")
	}
	if len(k.Views) == 0 && !says(s, "view") {
		l.fail(t, s, "case "+k.Name+" has no views", "add view NAME")
	}
	l.bothSides(k, s)
	l.caseMeasures(k, s, t)
	l.caseIndexes(k, s, t)
	l.caseAssumptions(k, s, t)
	l.silent(k, s)
	l.doubled(k)
}

// caseIndexes reports actors for whom an indexed assumption has no value:
// cost[g] reads cost[FRA], or plain cost where FRA has none of its own.
func (l *loader) caseIndexes(k *Case, s *syntax.Stmt, t syntax.Token) {
	over := map[string]string{} // variable → its role
	missing := map[string]bool{}
	var look func(e *syntax.Expr)
	look = func(e *syntax.Expr) {
		switch {
		case e == nil:
			return
		case e.Kind == syntax.QuantExpr:
			saved, had := over[e.Var.Text]
			over[e.Var.Text] = e.Args[0].Op
			defer func() {
				if delete(over, e.Var.Text); had {
					over[e.Var.Text] = saved
				}
			}()
		case e.Kind == syntax.IndexExpr && len(e.Args) == 1 && l.m.assumptions[e.Op] == nil:
			for _, actor := range k.named(e.Args[0].Op, over) {
				if name := e.Op + "[" + actor + "]"; l.m.assumptions[name] == nil {
					missing[name] = true
				}
			}
		}
		for _, a := range e.Args {
			look(a)
		}
	}
	for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
		over[st.By] = st.Over
		for _, ch := range st.Choices {
			look(ch.Prob)
			look(ch.Base)
			look(ch.Scale)
		}
		delete(over, st.By)
	}
	for _, p := range slices.Concat(k.Crisis.Payoffs, k.Crisis.Tallies) {
		over[p.Var] = p.Over
		look(p.Amount)
		delete(over, p.Var)
	}
	look(k.Crisis.Precision)
	look(k.Crisis.Discount)
	for _, sp := range append(slices.Clone(k.Spends), optionSpends(k)...) {
		look(sp.Expr)
	}
	l.missing(k, s, t, sortedKeys(missing))
}

// missing names every number that is not assumed, in its unit: each is to be written
// down, and a list that is cut is mended in rounds.
func (l *loader) missing(k *Case, s *syntax.Stmt, t syntax.Token, names []string) {
	if len(names) == 0 {
		return
	}
	unit := func(name string) string {
		base, _, _ := strings.Cut(name, "[")
		if a := l.based[base]; a != nil {
			return a.Unit.String()
		}
		return ""
	}
	var out []string
	for _, n := range names {
		if u := unit(n); u != "" {
			n += " (" + u + ")"
		}
		out = append(out, n)
	}
	l.fail(t, s, "nothing is assumed for "+strings.Join(out, ", "), "the crisis reads it for an actor of case "+k.Name+": add assume "+strings.TrimSpace(names[0]+" "+unit(names[0]))+" …")
}

// named are the actors a name may stand for: those of a variable's role, of a
// role, or the actor itself.
func (k *Case) named(name string, over map[string]string) []string {
	if role := over[name]; role != "" {
		return k.Roles[role]
	}
	if k.Crisis.Role(name) != nil {
		return k.Roles[name]
	}
	return []string{name}
}

func (l *loader) caseMeasures(k *Case, s *syntax.Stmt, t syntax.Token) {
	l.caseRecords(k, s)
	if k.Chain != nil && k.Chain.To != nil {
		x := &exprs{l: l, cr: k.Crisis, s: s, actors: k.actors()}
		x.condition(k.Chain.To)
		l.playable(k, s, k.Chain.To)
	}
	for _, sp := range append(slices.Clone(k.Spends), optionSpends(k)...) {
		x := &exprs{l: l, cr: k.Crisis, s: s, actors: k.actors()}
		x.number(sp.Expr, Unit{USD: 1, Year: -1})
	}
}

// playable reports an end that nobody in the case can come to: a fact of a role
// asked of an actor who does not play it.
func (l *loader) playable(k *Case, s *syntax.Stmt, e *syntax.Expr) {
	for _, arg := range e.Args {
		if arg != nil {
			l.playable(k, s, arg)
		}
	}
	if e.Kind != syntax.CallExpr || len(e.Args) != 1 || e.Args[0].Kind != syntax.NameExpr {
		return
	}
	f := k.Crisis.Fact(e.Op)
	if f == nil || f.Over == "" {
		return
	}
	who, players := e.Args[0].Op, k.Roles[f.Over]
	if r := k.Crisis.Role(who); r != nil && !r.Many && len(k.Roles[who]) == 1 {
		who = k.Roles[who][0]
	}
	if k.actors()[who] && !slices.Contains(players, who) {
		l.at(e.Pos(), len(e.Op), s.Heading(), e.String()+" is not defined in case "+k.Name+": "+who+" plays no "+f.Over, "role "+f.Over+" is played by "+cmp.Or(strings.Join(players, ", "), "nobody"))
	}
}

// optionSpends adds up what the options spend, and the baseline, which need not be
// among the options that are run: its spending goes on until another option is
// in effect.
func optionSpends(k *Case) []Spend {
	var out []Spend
	for _, o := range k.Options {
		out = append(out, o.Spends...)
	}
	if k.Baseline != nil && !slices.Contains(k.Options, k.Baseline) {
		out = append(out, k.Baseline.Spends...)
	}
	return out
}

func (k *Case) actors() map[string]bool {
	out := map[string]bool{}
	for _, cast := range k.Roles {
		for _, a := range cast {
			out[a] = true
		}
	}
	return out
}

// Uses lists the assumptions that a case reads, by name, whatever the files are
// called that state them: those whose base name stands in its crisis or its
// spending, for its actors.
func (m *Model) Uses(k *Case) []*Assumption {
	if k.Crisis == nil {
		return nil
	}
	base := map[string]bool{}
	note := func(e *syntax.Expr) {
		e.Walk(func(x *syntax.Expr) {
			if x.Kind == syntax.NameExpr || x.Kind == syntax.IndexExpr {
				base[x.Op] = true
			}
		})
	}
	k.Crisis.eachExpr(note)
	for _, sp := range append(slices.Clone(k.Spends), optionSpends(k)...) {
		note(sp.Expr)
	}
	actors := k.actors()
	var out []*Assumption
	for _, a := range m.Assumptions {
		if base[a.Base] && (a.Index == "" || actors[a.Index]) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b *Assumption) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Belief finds what a view holds of an assumption: the view's own words, or the
// words for every view; nil where the view is silent. A union has none.
func (a *Assumption) Belief(view string) *Belief {
	if b := a.Dist[view]; b != nil {
		return b
	}
	return a.Dist[""]
}

// tried reports whether the author has given a view's belief, even one with a
// mistake in it, which is reported where it stands.
func (a *Assumption) tried(view string) bool {
	_, own := a.Dist[view]
	_, all := a.Dist[""]
	return own || all
}

func (l *loader) caseAssumptions(k *Case, s *syntax.Stmt, t syntax.Token) {
	uses := l.m.Uses(k)
	for _, v := range k.Views {
		members := v.Union
		if len(members) == 0 {
			members = []string{v.Name}
		}
		for _, name := range members {
			var missing []string
			for _, a := range uses {
				if !a.tried(name) && !l.unstated[a.Base] {
					missing = append(missing, a.Name)
				}
			}
			if len(missing) > 0 {
				l.at(v.Pos, len(v.Name), s.Heading(), "view "+name+" says nothing about "+listed(missing, 4, "assumptions"), "case "+k.Name+" needs it: add view "+name+" ~ … to the assumption")
			}
		}
	}
}

// playedByOne says what to write where several are cast for a role of one.
func playedByOne(k *Case, r Role, cast []string) string {
	if len(cast) < 2 {
		return "name one; a crisis of your own may say role " + r.Name + " many, which any number plays, or none"
	}
	return fmt.Sprintf("write a case for each, %s_%s with role %s = %s and so on, which share all else of the file; a crisis of your own may say role %s many", k.Name, strings.ToLower(cast[0]), r.Name, cast[0], r.Name)
}

// listed names the first of a list, and counts the others as what they are.
func listed(names []string, most int, what string) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	if len(names) == most+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more %s", strings.Join(names[:most], ", "), len(names)-most, what)
}

// eachExpr visits every expression of a crisis.
func (c *Crisis) eachExpr(f func(*syntax.Expr)) {
	visit := func(es ...*syntax.Expr) {
		for _, e := range es {
			if e != nil {
				f(e)
			}
		}
	}
	visit(c.Precision, c.Discount, c.Effect)
	for _, x := range c.Facts {
		visit(x.Initial)
	}
	for _, x := range c.LegalFacts {
		visit(x.Cond)
	}
	for _, st := range slices.Concat(c.First, c.Year) {
		visit(st.When)
		for _, ch := range st.Choices {
			visit(ch.When, ch.Prob, ch.Base, ch.Scale)
			for _, e := range ch.Effects {
				visit(e.If)
			}
			if ch.Event != nil {
				visit(ch.Event.If)
			}
		}
	}
	for _, p := range slices.Concat(c.Payoffs, c.Tallies) {
		visit(p.When, p.Amount)
	}
	for _, m := range c.Measures {
		visit(m.Expr)
	}
}
