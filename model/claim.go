package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/lang/source"
	"casus/lang/syntax"
)

// Claim is a sentence that somebody says, with the strongest case for and
// against. It is read as propositions, one for each way to read it: over
// measures, settled by figures, by law or by dated facts. A characterisation
// has a Label and no proposition; Unscored says what of it is no quantity.
type Claim struct {
	ID, Title    string
	By           string
	Case         string // the case it is about; empty: every case that has what it names
	Label        string // why it is a characterisation
	Unscored     string
	Holds        []Proposition // over measures under options
	Figures      []Proposition // over figures of spending; resolved by package claim
	Law          []*Example    // answers that the law would give if it were so
	Chains       []Spread      // ways by which an event leads to a war
	Recorded     []Recorded
	Judgement    string // why the numbers in its propositions are what they are
	Finding      string
	For, Against []string
	Cite
	Pos source.Pos
}

// Proposition is one way to read a claim; Title is empty when there is no other.
type Proposition struct {
	Title string
	Expr  *syntax.Expr
	Pos   source.Pos
}

// Spread is the proposition that an event may lead to a war, by chains of duties,
// deployments and choices of at most so many links: between two states or, with
// one, of that state with anybody.
type Spread struct {
	Title   string
	Event   EventSpec
	Options []string
	To      []string
	Links   int
	Pos     source.Pos
}

// Recorded is a proposition about members and parties on a day.
type Recorded struct {
	Title string
	Cond  *Cond
	Day   data.Day
	Pos   source.Pos
}

// claim reads a sentence with who says it, how it is read, and what speaks for
// and against.
func (l *loader) claim(c *syntax.Cursor) {
	t, ok := c.Name("the id of a claim")
	if !ok || !l.declare(c, "claim", t, t.Text) {
		return
	}
	cl := &Claim{ID: t.Text, Title: c.OptString(), Pos: t.Pos}
	l.m.Claims = append(l.m.Claims, cl)
	readers := l.citing(&cl.Cite)
	said := func(to *string) func(*syntax.Cursor) { return func(c *syntax.Cursor) { *to = text(c) } }
	readers["by"], readers["label"], readers["unscored"] = said(&cl.By), said(&cl.Label), said(&cl.Unscored)
	readers["finding"], readers["judgement"] = said(&cl.Finding), said(&cl.Judgement)
	readers["for"], readers["against"] = texts(&cl.For), texts(&cl.Against)
	readers["case"] = func(c *syntax.Cursor) { l.claimCase(c, cl) }
	readers["holds"] = func(c *syntax.Cursor) { l.holds(c, cl) }
	readers["figures"] = func(c *syntax.Cursor) { cl.Figures = append(cl.Figures, proposition(c)) }
	readers["recorded"] = func(c *syntax.Cursor) { l.recorded(c, cl) }
	readers["chains"] = func(c *syntax.Cursor) { l.chains(c, cl) }
	readers["law"] = func(c *syntax.Cursor) { l.lawful(c, cl) }
	l.lines(c.Stmt, readers)
	c.End()
	l.once(c.Stmt, "by", "case", "label", "unscored", "finding", "judgement", "status")
	l.balanced(cl, t, c.Stmt)
}

// lawful reads an event of a day and what the law would answer if the claim were
// so.
func (l *loader) lawful(c *syntax.Cursor, cl *Claim) {
	at := c.Peek()
	ex := l.expecting(c, "a reading of law")
	if ex == nil {
		return
	}
	if ex.Event.Kind != "" && !ex.Event.HasDate {
		l.fail(at, c.Stmt, "a reading of law without a day", "event … on YYYY-MM-DD")
	}
	cl.Law = append(cl.Law, ex)
}

// linksOfClaim bounds the length of the chains a claim asks for, unless it says
// otherwise.
const linksOfClaim = 9

// chains reads `chains "title" { event …; option …; to at_war(USA, RUS); within 9
// links }`.
func (l *loader) chains(c *syntax.Cursor, cl *Claim) {
	t, ok := c.String("a title in quotes")
	if !ok {
		return
	}
	sp := Spread{Title: t.Value, Pos: t.Pos, Links: linksOfClaim, Event: EventSpec{Readings: map[string]string{}}}
	readers := l.eventReaders(&sp.Event)
	readers["option"] = func(c *syntax.Cursor) { sp.Options = append(sp.Options, l.laterOptions(c)...) }
	readers["to"] = func(c *syntax.Cursor) { sp.To = l.warOf(c) }
	readers["within"] = func(c *syntax.Cursor) {
		at := c.Peek()
		n, ok := c.Number("how many links")
		c.Expect("links")
		if sp.Links = int(n); ok && (n < 1 || n > 12 || n != float64(sp.Links)) {
			c.Fail(at, "a chain is asked for within 1 to 12 links", "")
		}
	}
	l.lines(c.Stmt, readers)
	if ev := sp.Event; says(c.Stmt, "event") && ev.Kind == "" { // said where it stands
		return
	} else if !ev.HasDate || ev.By == "" || ev.On == "" || sp.To == nil && !says(c.Stmt, "to") {
		l.fail(t, c.Stmt, "chains lead from an event with its attacker, victim and day to a war", "event armed attack by … on …, on YYYY-MM-DD; to at_war(USA, RUS)")
		return
	}
	cl.Chains = append(cl.Chains, sp)
}

// warOf reads at_war(USA, RUS), or drawn(USA): a war with anybody.
func (l *loader) warOf(c *syntax.Cursor) []string {
	e := c.Expr()
	if e == nil {
		return nil
	}
	if n := map[string]int{"at_war": 2, "drawn": 1}[e.Op]; e.Kind != syntax.CallExpr || n == 0 || len(e.Args) != n {
		l.fail(e.Tok, c.Stmt, "chains lead to a war, found "+e.String(), "at_war(USA, RUS), or drawn(USA) for a war with anybody")
		return nil
	}
	var out []string
	for _, a := range e.Args {
		l.state(a.Tok, c.Stmt)
		out = append(out, a.Op)
	}
	return out
}

// texts reads one text or several, with commas between.
func texts(to *[]string) func(*syntax.Cursor) {
	return func(c *syntax.Cursor) {
		for {
			*to = append(*to, text(c))
			if !c.Take(",") {
				return
			}
		}
	}
}

func proposition(c *syntax.Cursor) Proposition {
	p := Proposition{Pos: c.Peek().Pos, Title: c.OptString()}
	p.Expr = c.Expr()
	return p
}

// balanced reports a claim that says nothing, says it without the case for or
// against, or is scored though it is a characterisation.
func (l *loader) balanced(cl *Claim, t syntax.Token, s *syntax.Stmt) {
	scored := says(s, "holds", "figures", "law", "chains", "recorded")
	switch {
	case cl.Label != "" && scored:
		l.fail(t, s, "claim "+cl.ID+" is labelled a characterisation, which is never scored", "leave out the label, or what scores it")
	case cl.Label == "" && cl.Unscored == "" && !scored:
		l.fail(t, s, "claim "+cl.ID+" says nothing that could be held against anything", "holds, figures, law, chains or recorded; or say why not with label or unscored")
	}
	for _, side := range []struct {
		word string
		said []string
	}{{"for", cl.For}, {"against", cl.Against}} {
		if len(side.said) == 0 && !says(s, side.word) {
			l.fail(t, s, "claim "+cl.ID+" lacks the case "+side.word+" it", "add "+side.word+" \"…\"")
		}
	}
}

func (l *loader) claimCase(c *syntax.Cursor, cl *Claim) {
	n, ok := caseName(c)
	if !ok {
		return
	}
	cl.Case = n.Text
	l.later = append(l.later, func() {
		if l.m.cases[n.Text] == nil {
			l.fail(n, c.Stmt, "unknown case "+strconv.Quote(n.Text), near(l, n.Text, l.m.cases))
		}
	})
}

// recorded reads `recorded "title" any(x in GROUP: x is party(NAT)) on DATE`.
func (l *loader) recorded(c *syntax.Cursor, cl *Claim) {
	r := Recorded{Pos: c.Peek().Pos, Title: c.OptString()}
	r.Cond = l.cond(c, nil, nil)
	c.Expect("on")
	day, ok := l.day(c, "the day on which it was so")
	if r.Day = day; ok && r.Cond != nil {
		cl.Recorded = append(cl.Recorded, r)
	}
}

// holds reads `holds "title" us_war[a] > us_war[b]`, checked when all names are
// known.
func (l *loader) holds(c *syntax.Cursor, cl *Claim) {
	p := proposition(c)
	if p.Expr == nil {
		return
	}
	cl.Holds = append(cl.Holds, p)
	stmt := c.Stmt
	l.later = append(l.later, func() { l.later = append(l.later, func() { l.checkHolds(cl, p, stmt) }) })
}

func (l *loader) checkHolds(cl *Claim, p Proposition, s *syntax.Stmt) {
	x := &claimed{l: l, cl: cl, s: s}
	if x.truth(p.Expr); x.failed {
		return
	}
	if cl.Case != "" {
		if k := l.m.cases[cl.Case]; k != nil {
			l.inCase(p.Expr, k, s)
			l.inAnyCase(cl, p, k, s)
		}
		return
	}
	if k := slices.IndexFunc(l.m.Cases, func(k *Case) bool { return k.speaksOf(p.Expr) }); k >= 0 {
		l.inAnyCase(cl, p, l.m.Cases[k], s)
	} else {
		l.fail(p.Expr.Tok, s, "no case has all the measures and options of "+p.Expr.String(), "the options must be among those of one case, the measures in its crisis")
	}
}

// inCase reports the measures and options that a case does not have.
func (l *loader) inCase(e *syntax.Expr, k *Case, s *syntax.Stmt) {
	e.Walk(func(x *syntax.Expr) {
		if x.Kind != syntax.IndexExpr || k.Crisis == nil || len(k.Options) == 0 { // said where it stands
			return
		}
		if !k.hasMeasure(x.Op) && !l.faulty[x.Op] {
			l.fail(x.Tok, s, "case "+k.Name+" has no measure "+x.Op, source.DidYouMean(x.Op, k.Crisis.measureNames()))
		}
		if o := x.Args[0]; !k.hasOption(o.Op) {
			l.fail(o.Tok, s, "case "+k.Name+" has no option "+o.Op, source.DidYouMean(o.Op, k.optionNames()))
		}
	})
}

func (k *Case) hasMeasure(name string) bool {
	return k.Crisis != nil && slices.ContainsFunc(k.Crisis.Measures, func(m Measure) bool { return m.Name == name })
}

func (k *Case) optionNames() []string {
	var out []string
	for _, o := range k.Options {
		out = append(out, o.Name)
	}
	return out
}

func (k *Case) hasOption(name string) bool {
	return slices.ContainsFunc(k.Options, func(o *Option) bool { return o.Name == name })
}

// speaksOf reports whether a case has all the measures and options of an
// expression.
func (k *Case) speaksOf(e *syntax.Expr) bool {
	out := true
	e.Walk(func(x *syntax.Expr) {
		if x.Kind == syntax.IndexExpr {
			out = out && k.hasMeasure(x.Op) && k.hasOption(x.Args[0].Op)
		}
	})
	return out
}

// ClaimsOf are the claims about a case, in the order of their ids: those that
// name it, and those that name none but speak of its measures and options or of
// none at all.
func (m *Model) ClaimsOf(k *Case) []*Claim {
	var out []*Claim
	for _, cl := range m.Claims {
		fits := func(p Proposition) bool { return k.speaksOf(p.Expr) }
		if cl.Case == k.Name || cl.Case == "" && !slices.ContainsFunc(cl.Holds, func(p Proposition) bool { return !fits(p) }) {
			out = append(out, cl)
		}
	}
	slices.SortStableFunc(out, func(a, b *Claim) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// claimed checks a proposition over measures: names, units, and that what is
// compared can be.
type claimed struct {
	l      *loader
	cl     *Claim
	s      *syntax.Stmt
	failed bool
}

func (x *claimed) fail(e *syntax.Expr, msg, hint string) Unit {
	if !x.failed {
		x.l.fail(e.Tok, x.s, msg, hint)
	}
	x.failed = true
	return Unit{Kind: Bare}
}

// name reports a wrong name, beside whatever else is wrong: each is a mistake of its own.
func (x *claimed) name(e *syntax.Expr, msg, hint string) Unit {
	x.failed = false
	return x.fail(e, msg, hint)
}

var comparisons = []string{"=", "!=", "<", "<=", ">", ">="}

// truth checks what holds or does not.
func (x *claimed) truth(e *syntax.Expr) {
	switch {
	case e.Kind == syntax.UnaryExpr && e.Op == "not":
		x.truth(e.Args[0])
	case e.Kind == syntax.BinaryExpr && (e.Op == "and" || e.Op == "or"):
		x.truth(e.Args[0])
		x.truth(e.Args[1])
	case e.Kind == syntax.BinaryExpr && slices.Contains(comparisons, e.Op):
		u, v := x.value(e.Args[0]), x.value(e.Args[1])
		if e.Args[0].String() == e.Args[1].String() {
			x.l.warn(e.Args[1].Tok, x.s, "this compares "+e.Args[0].String()+" with itself", "name another option or measure")
		}
		x.within(e)
		if !x.failed && !u.fits(v) {
			x.fail(e, "cannot compare "+u.String()+" with "+v.String(), "the units differ")
		}
	default:
		x.fail(e, "a claim holds or does not, found "+e.String(), "compare measures, as in us_war[a] > us_war[b]")
	}
}

// within warns of a comparison that probabilities decide by being 0 to 1, and of a sum of
// them held against a number, which says of no event how likely it is.
func (x *claimed) within(e *syntax.Expr) {
	for i, a := range e.Args {
		b := e.Args[1-i]
		if a.Kind != syntax.IndexExpr || b.Kind != syntax.NumberExpr || x.failed || x.value(a).Kind != Probability {
			continue
		}
		switch above := (e.Op == ">" || e.Op == ">=") == (i == 0); {
		case b.Num > 1, b.Num < 0:
			x.l.warn(b.Tok, x.s, "a probability is 0 to 1, and never "+b.Tok.Text, "for so many in a hundred: "+b.Tok.Text+"%")
			return
		case b.Num == 0 && e.Op != "=" && e.Op != "!=" && above == (len(e.Op) == 2), b.Num == 1 && e.Op != "=" && e.Op != "!=" && above != (len(e.Op) == 2):
			x.l.warn(e.Tok, x.s, e.String()+map[bool]string{true: " always holds", false: " never holds"}[len(e.Op) == 2]+" of a probability", "")
			return
		}
	}
	x.decided(e)
	x.summed(e)
}

// decided warns of a comparison whose sides no probability lets meet.
func (x *claimed) decided(e *syntax.Expr) {
	if why := e.Decided(x.chance); why != "" && !x.failed {
		x.l.warn(e.Tok, x.s, e.String()+" is decided before anything is run: "+why, "a probability is 0 to 1: for so many in a hundred write 70%")
	}
}

// summed warns of a sum of probabilities that is held against a number.
func (x *claimed) summed(e *syntax.Expr) {
	for i, a := range e.Args {
		parts, sum := a.Added()
		if x.failed || !sum || e.Args[1-i].Kind != syntax.NumberExpr || slices.ContainsFunc(parts, func(p *syntax.Expr) bool { _, ok := x.chance(p); return !ok }) {
			continue
		}
		x.l.warn(a.Tok, x.s, a.String()+" adds probabilities, and is none: it can come to "+fmt.Sprint(len(parts)), "compare each, or let a measure be how likely one of them is: P(a or b)")
	}
}

// chance gives the span of a measure that is a probability; false of any other.
func (x *claimed) chance(e *syntax.Expr) (syntax.Span, bool) {
	return syntax.Chance, e.Kind == syntax.IndexExpr && len(x.measures(e.Op)) > 0 && x.measures(e.Op)[0].Unit.Kind == Probability
}

// value checks an amount and gives its unit.
func (x *claimed) value(e *syntax.Expr) Unit {
	switch {
	case e.Kind == syntax.NumberExpr:
		if e.Num != 0 && x.cl.Judgement == "" {
			x.fail(e, "a number in a claim needs a judgement with its reason", "add judgement \"why "+e.Tok.Text+"\", or compare two options")
		}
		return Unit{Kind: Bare}
	case e.Kind == syntax.IndexExpr:
		return x.measure(e)
	case e.Kind == syntax.NameExpr && len(x.measures(e.Op)) > 0:
		return x.name(e, "measure "+e.Op+" needs an option", "such as "+e.Op+"[OPTION]")
	case e.Kind == syntax.UnaryExpr && e.Op == "-":
		return x.value(e.Args[0])
	case e.Kind == syntax.BinaryExpr && slices.Contains([]string{"+", "-", "*", "/"}, e.Op):
		u, v := x.value(e.Args[0]), x.value(e.Args[1])
		return x.joined(e, u, v)
	}
	return x.fail(e, "a claim is made of measures under options and numbers, found "+e.String(), "such as us_war[europe]")
}

func (x *claimed) joined(e *syntax.Expr, u, v Unit) Unit {
	switch {
	case x.failed:
		return u
	case e.Op == "*":
		return u.Times(v)
	case e.Op == "/":
		return u.Over(v)
	case !u.fits(v):
		return x.fail(e, "cannot put "+u.String()+" "+e.Op+" "+v.String(), "the units differ")
	case u.Kind == Bare:
		return v
	}
	return u
}

// measures finds those of that name, in every crisis.
func (x *claimed) measures(name string) []Measure {
	var out []Measure
	for _, cr := range x.l.m.Crises {
		for _, m := range cr.Measures {
			if m.Name == name {
				out = append(out, m)
			}
		}
	}
	return out
}

func (x *claimed) measure(e *syntax.Expr) Unit {
	found := x.measures(e.Op)
	if len(found) == 0 && x.l.faulty[e.Op] {
		return x.underOption(e, Unit{Kind: Bare}) // what is wrong with it is said where it stands
	}
	if len(found) == 0 {
		var known []string
		for _, cr := range x.l.m.Crises {
			for _, m := range cr.Measures {
				known = append(known, m.Name)
			}
		}
		x.name(e, "unknown measure "+strconv.Quote(e.Op), source.DidYouMean(e.Op, known))
		return x.underOption(e, Unit{Kind: Bare})
	}
	return x.underOption(e, found[0].Unit)
}

// underOption checks under which option a measure is taken.
func (x *claimed) underOption(e *syntax.Expr, u Unit) Unit {
	if len(e.Args) != 1 || e.Args[0].Kind != syntax.NameExpr {
		return x.fail(e, "a measure is taken under one option", "such as "+e.Op+"[OPTION]")
	}
	if o := e.Args[0]; x.l.m.options[o.Op] == nil {
		return x.name(o, "unknown option "+strconv.Quote(o.Op), near(x.l, o.Op, x.l.m.options))
	}
	return u
}
