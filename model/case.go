package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/worlds/draw"
)

func (l *loader) view(c *syntax.Cursor) {
	t, ok := c.Name("the name of a view")
	if !ok || !l.declare(c, "view", t, t.Text) {
		return
	}
	if t.Text == finding.Weighted {
		c.Fail(t, "no view is called "+finding.Weighted+": the column of all views weighted by what happened has that name", "take another name")
		return
	}
	v := &View{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	l.m.Views = append(l.m.Views, v)
	l.m.views[v.Name] = v
	l.lines(c.Stmt, map[string]func(*syntax.Cursor){
		"union": func(c *syntax.Cursor) {
			c.Expect("of")
			for _, n := range c.Names("a view") {
				v.Union = append(v.Union, n.Text)
				l.later = append(l.later, func() { l.knownView(n, c.Stmt, v.Name) })
			}
		},
		"source": func(c *syntax.Cursor) { v.Sources = append(v.Sources, l.sourceIDs(c)...) },
		"note":   func(c *syntax.Cursor) { v.Notes = append(v.Notes, text(c)) },

		"correlate": l.correlate(v),
	})
	c.End()
}

func (l *loader) knownView(n syntax.Token, at *syntax.Stmt, self string) {
	switch v := l.m.views[n.Text]; {
	case v == nil:
		l.fail(n, at, "unknown view "+strconv.Quote(n.Text), near(l, n.Text, l.m.views))
	case n.Text == self || len(v.Union) > 0 && self != "":
		l.fail(n, at, "a union is of views that are no unions themselves", "")
	}
}

// assume reads `assume NAME[A, B] "title" UNIT [made for CASE] { view V ~ dist
// source … }`.
// Each index is an assumption of its own, drawn on its own.
func (l *loader) assume(c *syntax.Cursor) {
	t, ok := c.Name("the name of an assumption")
	if !ok {
		return
	}
	var index []syntax.Token
	if c.Take("[") {
		index = c.Names("an actor")
		c.Expect("]")
	}
	proto := Assumption{Base: t.Text, Title: c.OptString(), Dist: map[string]*Belief{}, Pos: t.Pos}
	if proto.Unit, ok = l.readUnit(c); !ok {
		return
	}
	if !c.Peek().Is("made") && !c.Peek().Is("~") && !c.Done() {
		c.Fail(c.Peek(), "expected ~ and a distribution, found "+c.Peek().Text, "~ triangular(lo, mode, hi)")
		l.unstated[proto.Base] = true
	}
	l.distributions(c, &proto)
	if len(index) == 0 {
		l.addAssumption(c, t, proto, "")
	}
	for _, i := range index {
		l.actor(i, c.Stmt)
		l.addAssumption(c, i, proto, i.Text)
	}
}

// distributions reads the case that numbers were made for, what every view holds,
// and in a block what each does.
func (l *loader) distributions(c *syntax.Cursor, a *Assumption) {
	l.madeFor(c, a)
	if c.Peek().Is("~") {
		a.Dist[""] = l.belief(c, a)
	}
	c.End()
	l.lines(c.Stmt, map[string]func(*syntax.Cursor){
		"view": func(c *syntax.Cursor) {
			names := c.Names("a view")
			b := l.belief(c, a)
			for _, v := range names {
				l.later = append(l.later, func() { l.knownView(v, c.Stmt, "") })
				if a.Dist[v.Text] != nil {
					c.Fail(v, "view "+v.Text+" is given twice", "")
				}
				a.Dist[v.Text] = b
			}
		},
	})
}

// actor checks that a name is a state or a group that acts as one.
func (l *loader) actor(t syntax.Token, in *syntax.Stmt) {
	if g := l.m.Groups[t.Text]; g != nil && g.Acts {
		return
	}
	l.state(t, in)
}

func (l *loader) addAssumption(c *syntax.Cursor, t syntax.Token, a Assumption, index string) {
	a.Name, a.Index = a.Base, index
	if index != "" {
		a.Name += "[" + index + "]"
	}
	if first, taken := l.declared["assumption "+a.Name]; taken {
		l.statedTwice(c, t, a.Name, first)
		return
	}
	l.declare(c, "assumption", t, a.Name)
	l.m.Assumptions = append(l.m.Assumptions, &a)
	l.m.assumptions[a.Name] = &a
	if b := l.based[a.Base]; b == nil {
		l.based[a.Base] = &a
	} else if b.Unit != a.Unit && b.Unit.Kind != Bare && a.Unit.Kind != Bare {
		l.fail(t, c.Stmt, "assumption "+a.Name+" is in "+a.Unit.String()+", but "+b.Name+" in "+b.Unit.String(), "one name, one unit")
	}
	if len(a.Dist) == 0 && !l.unstated[a.Base] {
		l.fail(t, c.Stmt, "assumption "+a.Name+" has no distribution", "view NAME ~ triangular(lo, mode, hi) source … or judgement \"…\"")
	}
}

// statedTwice reports an assumption that is stated already, and what to write to
// put other numbers in the place of those of another file.
func (l *loader) statedTwice(c *syntax.Cursor, t syntax.Token, name string, first source.Pos) {
	hint := "first at " + first.String()
	if first.File != t.Pos.File {
		hint += "; to put numbers of your own in its place: restate " + name + " ~ …"
	}
	c.Fail(t, "assumption "+name+" is defined twice", hint)
}

// belief reads `~ triangular(5, 12, 25) [within 0..1] source …|judgement "…"`.
func (l *loader) belief(c *syntax.Cursor, a *Assumption) *Belief {
	b := &Belief{Pos: c.Peek().Pos}
	if !c.Expect("~") {
		return nil
	}
	at := c.Peek()
	e := c.Value() // not Expr: within is the truncation here
	if e == nil {
		return nil
	}
	b.Words = e.String()
	dist, err := distribution(e)
	if err == nil && c.Word("within") {
		lo, _ := c.Number("the lowest value")
		c.Expect("..")
		hi, _ := c.Number("the highest value")
		b.Words += fmt.Sprintf(" within %g..%g", lo, hi)
		if !c.Failed() {
			dist, err = draw.Truncate(dist, lo, hi)
		}
	}
	if err != nil {
		c.Fail(at, err.Error(), distHint(e))
		return nil
	}
	b.Dist = dist
	for !c.Done() && !c.Failed() {
		switch {
		case c.Word("source"):
			b.Sources = append(b.Sources, l.sourceIDs(c)...)
		case c.Word("judgement"):
			b.Judgement = text(c)
		default:
			c.End()
		}
	}
	if c.Failed() {
		return nil
	}
	l.checkBelief(c, a, b, at)
	return b
}

// Impossible says why an assumption cannot have a value, whoever holds it at that;
// empty: it can.
func (a *Assumption) Impossible(x float64) string {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return "is not finite"
	case (a.Unit.Kind == Probability || a.Unit.Kind == Share) && (x < 0 || x > 1):
		return fmt.Sprintf("is %g, and a %s lies between 0 and 1", x, a.Unit)
	case a.Unit == Unit{Payoff: -1} && x <= 0:
		return fmt.Sprintf("is %g; how sharply choice follows advantage is above 0", x)
	}
	return ""
}

func (l *loader) checkBelief(c *syntax.Cursor, a *Assumption, b *Belief, at syntax.Token) {
	if len(b.Sources) == 0 && b.Judgement == "" {
		l.fail(at, c.Stmt, "a number needs a source or a judgement with its reason", "add source … or judgement \"…\"")
	}
	lo, hi := b.Dist.Support()
	if (a.Unit.Kind == Probability || a.Unit.Kind == Share) && (lo < 0 || hi > 1) {
		l.fail(at, c.Stmt, fmt.Sprintf("%s is a %s, but may be drawn from %g to %g", a.Base, a.Unit, lo, hi), "keep it in 0..1, with within 0..1 where needed")
	}
	if a.Unit == (Unit{Payoff: -1}) && (lo < 0 || hi <= 0) {
		l.fail(at, c.Stmt, fmt.Sprintf("%s may be drawn from %g to %g, and how sharply choice follows advantage is above 0", a.Base, lo, hi), "use lognormal, or keep it above 0 with within where needed")
	}
}

// distribution builds what `kind(args)` names; a bare number is fixed.
func distribution(e *syntax.Expr) (draw.Dist, error) {
	if v, ok := constant(e); ok {
		return draw.New("fixed", []float64{v})
	}
	if e.Kind != syntax.CallExpr {
		return nil, fmt.Errorf("expected a distribution, found %s", e)
	}
	var args []float64
	for _, a := range e.Args {
		v, ok := constant(a)
		if !ok {
			return nil, fmt.Errorf("a distribution takes plain numbers, found %s", a)
		}
		args = append(args, v)
	}
	return draw.New(e.Op, args)
}

func constant(e *syntax.Expr) (float64, bool) {
	switch {
	case e.Kind == syntax.NumberExpr:
		return e.Num, true
	case e.Kind == syntax.UnaryExpr && e.Op == "-" && e.Args[0].Kind == syntax.NumberExpr:
		return -e.Args[0].Num, true
	}
	return 0, false
}

func distHint(e *syntax.Expr) string {
	var kinds []string
	for _, k := range draw.Kinds() {
		kinds = append(kinds, k.Name)
	}
	if e.Kind == syntax.CallExpr {
		for _, k := range kinds {
			if k == e.Op {
				return ""
			}
		}
		return source.DidYouMean(e.Op, kinds) // the message lists them
	}
	return "one of " + strings.Join(kinds, ", ")
}

// option reads a policy package.
func (l *loader) option(c *syntax.Cursor) {
	t, ok := c.Name("the name of an option")
	if !ok || !l.declare(c, "option", t, t.Text) {
		return
	}
	o := &Option{Name: t.Text, Title: l.titled(c, t.Text), Settings: map[string]float64{}, SettingAt: map[string]source.Pos{}, Pos: t.Pos}
	l.m.Options = append(l.m.Options, o)
	l.m.options[o.Name] = o
	act := func(verb string) func(*syntax.Cursor) {
		return func(c *syntax.Cursor) { o.Acts = append(o.Acts, l.act(c, verb)...) }
	}
	l.lines(c.Stmt, map[string]func(*syntax.Cursor){
		"adopt": act("adopt"), "declare": act("declare"), "end": act("end"), "suspend": act("suspend"),
		"accede":   func(c *syntax.Cursor) { o.Acts = append(o.Acts, l.membershipAct(c, "accede", "to")) },
		"withdraw": func(c *syntax.Cursor) { o.Acts = append(o.Acts, l.membershipAct(c, "withdraw", "from")) },
		"deploy":   func(c *syntax.Cursor) { o.Acts = append(o.Acts, l.deployment(c)...) },
		"spend":    func(c *syntax.Cursor) { o.Spends = append(o.Spends, l.spend(c)) },
		"set":      func(c *syntax.Cursor) { l.settings(c, o.Settings, o.SettingAt) },
		"fact":     func(c *syntax.Cursor) { o.LegalFacts = append(o.LegalFacts, l.factValues(c)...) },
		"short":    func(c *syntax.Cursor) { l.shortAt[o] = c.Peek().Pos; o.Short = l.short(c, `short "US guarantor"`) },
	})
	c.End()
	l.once(c.Stmt, "short")
	l.actsOnce(o)
}

// actsOnce reports what an option does twice.
func (l *loader) actsOnce(o *Option) {
	seen := map[string]source.Pos{}
	for _, a := range o.Acts {
		what := a.Verb + " " + cmp.Or(a.Instrument, strings.Join(a.States, ", "))
		if a.Instrument != "" && len(a.States) > 0 {
			what += " of " + strings.Join(a.States, ", ")
		}
		if a.Place != "" {
			what += " at " + a.Place
		}
		if first, twice := seen[what]; twice {
			l.at(a.Pos, 1, "option "+o.Name, "option "+o.Name+" says "+what+" twice", "first at "+first.String())
		} else {
			seen[what] = a.Pos
		}
	}
}

// short reads a title for tables: a few words.
func (l *loader) short(c *syntax.Cursor, such string) string {
	at := c.Peek()
	s := c.OptString()
	if n := utf8.RuneCountInString(s); n == 0 || n > mostShort {
		c.Fail(at, fmt.Sprintf("expected a few words in quotes, at most %d characters", mostShort), such)
	}
	return s
}

// mostShort keeps a table of five columns within 80 characters.
const mostShort = 24

func (l *loader) act(c *syntax.Cursor, verb string) []Act {
	var out []Act
	for _, n := range c.Names("an instrument") {
		l.knownInstrument(n, c.Stmt)
		out = append(out, Act{Verb: verb, Instrument: n.Text, Pos: n.Pos})
	}
	if verb == "declare" && c.Word("by") {
		for _, n := range c.Names("a state") {
			l.state(n, c.Stmt)
		}
	}
	return out
}

func (l *loader) knownInstrument(n syntax.Token, at *syntax.Stmt) {
	l.later = append(l.later, func() {
		if l.m.instruments[n.Text] == nil {
			l.fail(n, at, "unknown instrument "+strconv.Quote(n.Text), near(l, n.Text, l.m.instruments))
		}
	})
}

func (l *loader) membershipAct(c *syntax.Cursor, verb, to string) Act {
	a := Act{Verb: verb, Pos: c.Peek().Pos}
	for _, n := range c.Names("a state") {
		l.state(n, c.Stmt)
		a.States = append(a.States, n.Text)
	}
	c.Expect(to)
	if n, ok := c.Name("an instrument"); ok {
		a.Instrument = n.Text
		l.knownInstrument(n, c.Stmt)
	}
	return a
}

// deployment reads `deploy FRA 10000, GBR 10000 at UKR`.
func (l *loader) deployment(c *syntax.Cursor) []Act {
	var out []Act
	for {
		n, ok := c.Name("a state")
		if !ok {
			return nil
		}
		l.actor(n, c.Stmt)
		a := Act{Verb: "deploy", States: []string{n.Text}, Pos: n.Pos}
		at := c.Peek()
		a.Number, ok = c.Number("how many persons")
		if ok && a.Number < 1 {
			c.Fail(at, "a deployment is of at least one person", "")
		}
		if c.Failed() {
			return nil
		}
		out = append(out, a)
		if !c.Take(",") {
			break
		}
	}
	c.Expect("at")
	place, _ := c.Name("a place")
	l.knownArea(place, c.Stmt)
	for i := range out {
		out[i].Place = place.Text
	}
	return out
}

// spend reads `spend USA: expression`, USD bn a year.
func (l *loader) spend(c *syntax.Cursor) Spend {
	t, _ := c.Name("an actor")
	s := Spend{Actor: t.Text, Pos: t.Pos}
	l.actor(t, c.Stmt)
	if c.Expect(":") {
		s.Expr = c.Expr()
	}
	return s
}

func (l *loader) settings(c *syntax.Cursor, settings map[string]float64, at map[string]source.Pos) {
	for {
		t, ok := c.Name("a setting")
		if !ok {
			return
		}
		if first, twice := at[t.Text]; twice {
			l.fail(t, c.Stmt, "setting "+t.Text+" is set twice", "first at "+first.String())
		}
		settings[t.Text], at[t.Text] = 1, t.Pos
		if c.Take("=") {
			settings[t.Text] = settingValue(c)
		}
		l.later = append(l.later, func() { l.knownSetting(t, c.Stmt) })
		if !c.Take(",") {
			return
		}
	}
}

func (l *loader) knownSetting(t syntax.Token, at *syntax.Stmt) {
	var known []string
	for _, cr := range l.m.Crises {
		for _, s := range cr.Settings {
			if s.Name == t.Text {
				return
			}
			known = append(known, s.Name)
		}
	}
	l.fail(t, at, "unknown setting "+strconv.Quote(t.Text), source.DidYouMean(t.Text, known))
}

// case_ reads a question with its roles, options, crisis and views.
func (l *loader) case_(c *syntax.Cursor) {
	t, ok := caseName(c)
	if !ok || !l.declare(c, "case", t, t.Text) {
		return
	}
	k := &Case{Name: t.Text, Title: l.titled(c, t.Text), Roles: map[string][]string{}, Horizon: 5, Settings: map[string]float64{}, SettingAt: map[string]source.Pos{}, Readings: map[string]string{}, Pos: t.Pos}
	l.m.Cases = append(l.m.Cases, k)
	l.m.cases[k.Name] = k
	l.lines(c.Stmt, l.caseClauses(k))
	c.End()
	l.once(c.Stmt, "question", "date", "crisis", "baseline", "horizon")
	if !slices.ContainsFunc(c.Stmt.Body, func(s *syntax.Stmt) bool { return s.Word() == "date" }) {
		l.fail(t, c.Stmt, "case "+k.Name+" has no date", "add date YYYY-MM-DD")
	}
	l.later = append(l.later, func() { l.later = append(l.later, func() { l.checkCase(k, c.Stmt, t) }) })
}

// caseClauses read the lines of a case, each by the word it begins with.
func (l *loader) caseClauses(k *Case) map[string]func(*syntax.Cursor) {
	options, views, against := map[string]source.Pos{}, map[string]source.Pos{}, map[string]source.Pos{}
	return map[string]func(*syntax.Cursor){
		"question": func(c *syntax.Cursor) { k.Question = text(c) },
		"date":     func(c *syntax.Cursor) { k.Date, _ = l.day(c, "the date of the case") },
		"crisis":   func(c *syntax.Cursor) { l.caseCrisis(c, k) },
		"role":     func(c *syntax.Cursor) { l.casting(c, k) },
		"horizon":  func(c *syntax.Cursor) { l.horizon(c, k) },
		"option":   func(c *syntax.Cursor) { l.caseOptions(c, k, options) },
		"baseline": func(c *syntax.Cursor) {
			n, _ := c.Name("an option")
			l.later = append(l.later, func() { l.caseOption(k, n, c.Stmt, true) })
		},
		"view":     func(c *syntax.Cursor) { l.caseViews(c, k, views) },
		"against":  func(c *syntax.Cursor) { l.against(c, k, against) },
		"set":      func(c *syntax.Cursor) { l.settings(c, k.Settings, k.SettingAt) },
		"spend":    func(c *syntax.Cursor) { k.Spends = append(k.Spends, l.spend(c)) },
		"fact":     func(c *syntax.Cursor) { k.LegalFacts = append(k.LegalFacts, l.factValues(c)...) },
		"reading":  func(c *syntax.Cursor) { l.caseReading(c, k) },
		"key":      func(c *syntax.Cursor) { l.keyEvent(c, k) },
		"chain":    func(c *syntax.Cursor) { l.chain(c, k) },
		"record":   func(c *syntax.Cursor) { l.record(c, k) },
		"estimate": func(c *syntax.Cursor) { l.estimate(c, k) },
		"elicit":   func(c *syntax.Cursor) { l.elicit(c, k) },
		"course":   func(c *syntax.Cursor) { l.course(c, k) },
	}
}

// caseCrisis reads which crisis a case plays.
func (l *loader) caseCrisis(c *syntax.Cursor, k *Case) {
	n, _ := c.Name("a crisis")
	l.later = append(l.later, func() {
		if k.Crisis = l.m.crises[n.Text]; k.Crisis == nil {
			l.fail(n, c.Stmt, "unknown crisis "+strconv.Quote(n.Text), near(l, n.Text, l.m.crises))
		}
	})
}

// caseOptions reads the options that a case compares; seen has those it has named.
func (l *loader) caseOptions(c *syntax.Cursor, k *Case, seen map[string]source.Pos) {
	for _, n := range c.Names("an option") {
		if !l.repeated(c.Stmt, seen, n, "option") {
			l.later = append(l.later, func() { l.caseOption(k, n, c.Stmt, false) })
		}
	}
}

// caseViews reads the views under which a case is played.
func (l *loader) caseViews(c *syntax.Cursor, k *Case, seen map[string]source.Pos) {
	for _, n := range c.Names("a view") {
		if l.repeated(c.Stmt, seen, n, "view") {
			continue
		}
		l.later = append(l.later, func() {
			l.knownView(n, c.Stmt, "")
			if v := l.m.views[n.Text]; v != nil {
				k.Views = append(k.Views, v)
			}
		})
	}
}

// against reads the other cases against whose records a case is held.
func (l *loader) against(c *syntax.Cursor, k *Case, seen map[string]source.Pos) {
	for _, n := range c.Names("a case") {
		if l.repeated(c.Stmt, seen, n, "case") {
			continue
		}
		if n.Text == k.Name {
			l.fail(n, c.Stmt, "case "+k.Name+" is held against its own record anyway", "name other cases, or leave the line out")
		}
		k.Against = append(k.Against, n.Text)
		l.later = append(l.later, func() {
			if l.m.cases[n.Text] == nil {
				l.fail(n, c.Stmt, "unknown case "+strconv.Quote(n.Text), near(l, n.Text, l.m.cases))
			}
		})
	}
}

func (l *loader) caseReading(c *syntax.Cursor, k *Case) {
	l.chosenReading(c, k.Readings)
}

func (l *loader) caseOption(k *Case, n syntax.Token, at *syntax.Stmt, baseline bool) {
	o := l.m.options[n.Text]
	switch {
	case o == nil:
		l.fail(n, at, "unknown option "+strconv.Quote(n.Text), near(l, n.Text, l.m.options))
	case baseline:
		k.Baseline = o
	default:
		k.Options = append(k.Options, o)
	}
}

// casting reads `role responder = FRA, GBR, POL`.
func (l *loader) casting(c *syntax.Cursor, k *Case) {
	t, ok := c.Name("a role")
	defer func() { l.miscast[k] = l.miscast[k] || c.Failed() }()
	if !ok || !c.Expect("=") {
		return
	}
	if _, twice := k.Roles[t.Text]; twice {
		c.Fail(t, "role "+t.Text+" is cast twice", "")
		return
	}
	k.Roles[t.Text] = nil
	if l.roleAt[k] == nil {
		l.roleAt[k] = map[string]syntax.Token{}
	}
	l.roleAt[k][t.Text] = t
	if c.Word("none") {
		if c.Take(",") {
			c.Fail(c.PeekAt(-1), "none stands alone: nobody plays "+t.Text, "leave none out, or the others")
		}
		return
	}
	for _, n := range c.Names("an actor") {
		l.actor(n, c.Stmt)
		if contains(k.Roles[t.Text], n.Text) {
			c.Fail(n, n.Text+" plays "+t.Text+" twice", "")
		}
		k.Roles[t.Text] = append(k.Roles[t.Text], n.Text)
	}
	if c.Word("outside") {
		l.outsiders[outsider{k, t.Text}] = true
	}
}

// outsider is a role whose actor stays out of the others, and is meant to.
type outsider struct {
	k    *Case
	role string
}

// MaxHorizon bounds the years a case may play.
const MaxHorizon = 50

func (l *loader) horizon(c *syntax.Cursor, k *Case) {
	at := c.Peek()
	v, ok := c.Number("how many years")
	if !c.Word("years") {
		c.Word("year")
	}
	if ok && (v < 1 || v > MaxHorizon || v != float64(int(v))) {
		c.Fail(at, fmt.Sprintf("the horizon is a whole number of years from 1 to %d", MaxHorizon), "")
		return
	}
	k.Horizon = int(v)
}

func (l *loader) keyEvent(c *syntax.Cursor, k *Case) {
	c.Expect("event")
	t, ok := c.String("its title in quotes")
	if !ok {
		return
	}
	if !says(c.Stmt, "event") {
		l.fail(t, c.Stmt, "key event without an event", "event armed attack by … on …, object …, at …")
	}
	ev := EventSpec{Readings: map[string]string{}}
	l.lines(c.Stmt, l.eventReaders(&ev))
	k.KeyEvents = append(k.KeyEvents, KeyEvent{Title: t.Value, Event: ev, Pos: t.Pos})
}

func (l *loader) chain(c *syntax.Cursor, k *Case) {
	t, ok := c.String("its title in quotes")
	if !ok || !c.Expect("to") {
		return
	}
	if k.Chain != nil {
		c.Fail(t, "a case has one chain", "first at "+k.Chain.Pos.String())
		return
	}
	k.Chain = &Chain{Title: t.Value, Pos: t.Pos, To: c.Expr()}
}
