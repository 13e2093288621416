package law

import (
	"slices"
	"strings"
	"sync"

	"casus/model"
)

// court evaluates the conditions of one rule for one event. It may keep a
// trace of how; without one it gives the same verdict faster.
type court struct {
	b       *Book
	ev      Event
	a       *model.Article
	rule    *model.Rule
	nth     int // which rule of the article, from 1
	then    *model.Then
	vars    map[string]string
	assumed map[string]Tri         // leaves supposed, to find what would decide
	open    map[string]*model.Cond // unknown leaves met; nil when not asked
	stances stances                // how what is in doubt is read
	met     *[]*model.Question     // questions met that nobody has answered; nil when not asked
	cited   *[]*model.Question     // questions that a precedent answered

	raising  bool // what came before and is disputed counts as so, to see what may be raised
	granting bool // what is read in several ways counts as answered with yes
}

// newCourt binds the letters of a rule to the states of an event.
func newCourt(b *Book, ev Event, a *model.Article, rule, then int) *court {
	c := idle.Get().(*court)
	vars := c.vars
	clear(vars)
	r := &a.Rules[rule]
	*c = court{b: b, ev: ev, a: a, rule: r, nth: rule + 1, then: &r.Thens[then], vars: vars}
	c.letters()
	return c
}

// idle are courts that had nothing to say: most articles do not speak of an event.
var idle = sync.Pool{New: func() any { return &court{vars: map[string]string{}} }}

// rise gives back a court of which nothing is kept.
func (c *court) rise() { idle.Put(c) }

func (c *court) letters() {
	r, ev := c.rule, &c.ev
	if c.vars == nil {
		c.vars = map[string]string{}
	}
	if r.On.Kind == model.Variable {
		c.vars[r.On.Name] = ev.On
	}
	if r.By.Kind == model.Variable {
		c.vars[r.By.Name] = ev.By
	}
}

// supposing is the same court where some leaves are taken to be so.
func (c *court) supposing(values map[string]Tri) *court {
	d := *c
	d.assumed, d.open = values, nil
	return &d
}

// verdict is the outcome of one evaluation, under one reading.
type verdict struct {
	status  Status
	because []string
	why     string
}

// judge answers for one debtor: under the reading chosen, or under each; where
// readings disagree the answer is contested. With a root it keeps the trace.
func (c *court) judge(debtor string, root *Node) Answer {
	t := c.then
	ans := Answer{Article: c.a, Debtor: debtor, Creditor: c.state(t.Creditor), Enemy: c.state(t.Enemy), Verb: t.Verb, Class: t.Class, Manner: t.Manner, Rule: c.rule, Mutual: mutual(c.rule, t)}
	c.cited = new([]*model.Question)
	takes := c.takes(debtor, c.readings())
	verdicts := make([]verdict, len(takes))
	for i, t := range takes {
		verdicts[i] = c.under(t).taken(debtor, t, root)
	}
	first := agreed(verdicts)
	ans.Status, ans.Because, ans.Why = first.status, first.because, first.why
	if disagree(verdicts) {
		ans.Status, ans.Because = Contested, []string{c.a.Address}
	}
	by := turning(takes, verdicts)
	if (len(takes) > 1 || len(takes[0].stances) > 0) && (ans.Status == Contested || ans.Status == Depends) {
		c.whoSays(&ans, takes, verdicts, by)
	}
	ans.Relevant = c.relevant() && (ans.Status != NotOwed || c.b.force[c.a.Instrument.ID].in)
	if ans.Status == Depends || ans.Status == Contested {
		ans.deciding = c.deciding(debtor, takes, by)
	}
	ans.Practice = c.practice(takes)
	root.duty(&ans)
	return ans
}

// taken is the verdict under one take, written below a step of the trace.
func (c *court) taken(debtor string, t take, root *Node) verdict {
	n := root.take(t)
	v := c.weigh(debtor, t.rd, n)
	if n != root {
		n.concludes(v.status)
	}
	return v
}

// mutual reports whether the duty runs between any two parties.
func mutual(r *model.Rule, t *model.Then) bool {
	return t.Verb == model.Owes && r.On.Kind == model.Variable && t.Debtors.Kind == model.PartySet && t.Other &&
		(t.Creditor.Kind == model.Victim || t.Creditor.Kind == model.Variable && t.Creditor.Name == r.On.Name)
}

// readings lists those to weigh: none (nil), the chosen one, or all.
func (c *court) readings() []*model.Reading {
	var all []*model.Reading
	for i := range c.a.Readings {
		if c.ev.Readings[c.a.Address] == c.a.Readings[i].Name {
			return []*model.Reading{&c.a.Readings[i]}
		}
		all = append(all, &c.a.Readings[i])
	}
	if len(all) == 0 {
		return []*model.Reading{nil}
	}
	return all
}

// disagree reports whether readings lead to different answers. Dormant under
// one and not owed under another is no dispute: nothing is owed either way.
func disagree(vs []verdict) bool {
	return slices.ContainsFunc(vs, func(v verdict) bool { return v.status != vs[0].status }) &&
		slices.ContainsFunc(vs, func(v verdict) bool { return v.status != NotOwed && v.status != Dormant })
}

// agreed is the verdict of readings that do not disagree: the dormant one where
// there is one, since it says what would be owed.
func agreed(vs []verdict) verdict {
	if i := slices.IndexFunc(vs, func(v verdict) bool { return v.status == Dormant }); i >= 0 {
		return vs[i]
	}
	return vs[0]
}

// whoSays notes who says what, where readings lead to different answers or
// leave it open in different ways.
func (c *court) whoSays(ans *Answer, takes []take, vs []verdict, by dims) {
	ans.Views = c.views(takes, vs, by)
	if ans.Status != Contested {
		return
	}
	for _, v := range ans.Views {
		name := v.Reading
		if v.Question != "" {
			name = v.Question + " " + name
		}
		ans.Readings = append(ans.Readings, name+": "+v.Then)
	}
	ans.Why = "readings differ: " + strings.Join(ans.Readings, ", ")
}

// practice is the precedents of the questions that the answer turns on, or that
// one of them settles.
func (c *court) practice(takes []take) []Practice {
	var out []Practice
	add := func(q *model.Question) {
		for _, p := range q.Precedents {
			if model.SaidOf(p.Under, c.instrument()) && !slices.ContainsFunc(out, func(x Practice) bool { return x.Precedent == p }) {
				out = append(out, Practice{Question: q.Name, Precedent: p, Decides: c.same(p)})
			}
		}
	}
	for _, t := range takes {
		for _, st := range t.stances {
			add(st.q)
		}
	}
	for _, q := range *c.cited {
		add(q)
	}
	return out
}

// relevant reports whether the rule speaks of this victim and this attacker at
// all; an attacker who is not known shuts nothing out.
func (c *court) relevant() bool { return c.b.speaks(c.rule, &c.ev) && c.concerns(c.rule.Cond) }

// speaks reports whether the event of a rule is of this kind, or may be, and
// names no other victim or attacker.
func (b *Book) speaks(r *model.Rule, ev *Event) bool {
	switch {
	case r.On.Kind == model.Literal && r.On.Name != ev.On, r.By.Kind == model.Literal && ev.By != "" && r.By.Name != ev.By:
		return false
	}
	return r.Kind == "" || b.Model.IsKind(ev.Kind, r.Kind) || b.Model.MayBeKind(ev.Kind, r.Kind) != nil
}

// concerns looks for a part of the condition that shuts this victim or this
// attacker out.
func (c *court) concerns(cond *model.Cond) bool {
	switch {
	case cond == nil:
		return true
	case cond.Op == model.CondAnd:
		return !slices.ContainsFunc(cond.Args, func(x *model.Cond) bool { return !c.concerns(x) })
	case c.whose(cond), c.then.Verb != model.Owes && cond.Op == model.CondNot && c.whose(cond.Args[0]):
		return c.value(cond, nil) != No
	}
	return true
}

// whose reports whether a condition asks who the victim or the attacker is.
func (c *court) whose(cond *model.Cond) bool {
	switch cond.Op {
	case model.CondAnd, model.CondOr:
		return !slices.ContainsFunc(cond.Args, func(x *model.Cond) bool { return !c.whose(x) })
	}
	return (cond.Op == model.CondIn || cond.Op == model.CondSame) && (c.isVictim(cond.Terms[0]) || c.isAttacker(cond.Terms[0]))
}

func (c *court) isVictim(t model.Term) bool {
	return t.Kind == model.Victim || t.Kind == model.Variable && c.rule.On.Kind == model.Variable && t.Name == c.rule.On.Name
}

func (c *court) isAttacker(t model.Term) bool {
	return t.Kind == model.Attacker || t.Kind == model.Variable && c.rule.By.Kind == model.Variable && t.Name == c.rule.By.Name
}

// weigh evaluates force, base rule, exceptions and extensions under one
// reading.
func (c *court) weigh(debtor string, rd *model.Reading, root *Node) verdict {
	force := root.step("in-force", "in force")
	base := root.step("rule", "rule")
	pattern := min(c.pattern(base), c.standsAs(debtor, base))
	holds := min(pattern, c.further(base))
	base.say(c.rule.When, holds)
	base.at(c.rule.Position)
	v := c.balance(debtor, rd, pattern, holds, root)
	c.inForce(debtor, force, &v)
	c.verb(&v)
	return v
}

// further is whether the conditions beside the pattern hold.
func (c *court) further(base *Node) Tri {
	switch cond := c.rule.Cond; {
	case cond == nil:
		return Yes
	case cond.Op == model.CondAnd:
		return c.every(cond.Args, base)
	default:
		return c.eval(cond, base, "1")
	}
}

// verb turns "the rule holds" into what it makes of the state.
func (c *court) verb(v *verdict) {
	if v.status != Owed {
		return
	}
	switch c.then.Verb {
	case model.May, model.Reserves:
		v.status = Right
	case model.Breaches:
		v.status = Breached
	}
}

// pattern is whether the event is of the rule's kind, victim and attacker.
func (c *court) pattern(base *Node) Tri {
	r, v := c.rule, Yes
	if r.Kind == "" { // when always
		return Yes
	}
	v = min(v, base.ask("kind", c.isOfKind(), "the event is ", withArticle(r.Kind)))
	if r.On.Kind == model.Literal {
		v = min(v, base.ask("on", Of(c.ev.On == r.On.Name), "on ", r.On.Name))
	}
	if r.By.Kind == model.Literal {
		v = min(v, base.ask("by", c.isBy(), "by ", r.By.Name))
	}
	if c.landDisputed() {
		v = min(v, base.ask("land", c.theirs(), c.ev.Place, " is land of ", c.ev.On))
	}
	return v
}

// landDisputed reports whether the deed is on land of which it is disputed
// whether it is the victim's: then it is disputed who attacked whom. A rule that
// asks whose the place is looks at that by its own words; a treaty may itself take
// the place for the victim's; and for a threat it is enough that somebody feels
// threatened.
func (c *court) landDisputed() bool {
	if c.ev.Object != "territory" || c.rule.Kind == "" {
		return false
	}
	disputed := c.ev.begun != nil && c.ev.begun.land || c.ev.begun == nil && c.b.landDisputed(c.ev)
	return disputed && !c.rule.Cond.AsksWhose() && !c.b.Model.IsKind("threat of force", c.rule.Kind) && !c.warAnyway() && !c.takenForTheirs()
}

// warAnyway reports whether the rule speaks of a war, however it came about, and
// the attacker strikes what is surely not its own: whoever else owned the land
// under lease, Japan and Russia were at war by the night of Port Arthur.
func (c *court) warAnyway() bool {
	return c.b.Model.IsKind("declaration of war", c.rule.Kind) && c.ev.By != "" && c.within(c.ev.By) == No
}

// takenForTheirs reports whether the instrument itself says that the place is
// territory of the victim.
func (c *court) takenForTheirs() bool {
	if c.a == nil {
		return false
	}
	lines := c.a.Instrument.Territory
	return slices.ContainsFunc(lines, func(t model.Territory) bool {
		return (t.Verb == model.Only || t.Verb == model.Also) && t.Of(c.ev.On, c.b.Day) && c.anywhere(t.Areas, false) == Yes
	})
}

// landDisputed reports whether an event is on land of which it is disputed, or not
// known, whether it is the victim's.
func (b *Book) landDisputed(ev Event) bool {
	if ev.Object != "territory" || ev.Place == "" || ev.On == "" {
		return false
	}
	if m := b.Model; len(m.Contests(ev.Place)) == 0 && !m.Unplaced(ev.Place, b.Day) && !m.Ownerless(ev.Place, b.Day) && m.ApartOn(ev.Place, b.Day) == nil && !m.Coastal(ev.Place, b.Day) {
		return false
	}
	ev.Readings = nil
	return (&court{b: b, ev: ev}).within(ev.On) == Unknown
}

// theirs is whether the land is the victim's, as it is read.
func (c *court) theirs() Tri {
	v := c.within(c.ev.On)
	if v == Unknown && (c.assumed != nil || c.open != nil) {
		return c.supposed("place within the territory of "+c.ev.On, nil)
	}
	return v
}

// isOfKind is whether the event is of the rule's kind; whether it reaches that
// threshold may be a question.
func (c *court) isOfKind() Tri {
	if c.b.Model.IsKind(c.ev.Kind, c.rule.Kind) {
		if c.ev.NoState == "" {
			return Yes
		}
		if q := c.b.Model.NoStateQuestion(c.rule.Kind); q != nil {
			return c.ask(q)
		}
		return Yes
	}
	if q := c.b.Model.MayBeKind(c.ev.Kind, c.rule.Kind); q != nil {
		return c.ask(q)
	}
	return No
}

func (c *court) isBy() Tri {
	switch {
	case c.ev.NoState != "":
		return No
	case c.ev.By == "":
		return c.supposed("attacker is "+c.rule.By.Name, nil)
	}
	return Of(c.ev.By == c.rule.By.Name)
}

func withArticle(kind string) string {
	if strings.ContainsAny(kind[:1], "aeiou") {
		return "an " + kind
	}
	return "a " + kind
}

// applied is an exception or extension with its outcome.
type applied struct {
	e     *model.Exception
	value Tri
}

// balance weighs the base rule against what defeats and what supports it.
func (c *court) balance(debtor string, rd *model.Reading, pattern, holds Tri, root *Node) verdict {
	var cons, pros []applied
	for _, e := range c.exceptionsTo(debtor, rd) {
		if x := (applied{e, c.exception(e, debtor, root, 0)}); e.Extends {
			pros = append(pros, x)
		} else {
			cons = append(cons, x)
		}
	}
	for _, p := range pros {
		holds = max(holds, min(pattern, p.value))
	}
	if holds == No {
		return verdict{status: NotOwed, because: []string{c.a.Address}, why: "not met: " + c.unmet(debtor)}
	}
	v := verdict{status: Owed, because: []string{c.a.Address}}
	c.excuses(debtor, root, &v)
	for _, con := range cons {
		c.against(con, pros, &v)
	}
	if holds == Unknown && (v.status == Owed || v.status == Contested) {
		v = verdict{status: Depends, because: []string{c.a.Address}}
	}
	return v
}

// against lets one exception bear on a verdict, unless an extension prevails
// over it or the two are contested.
func (c *court) against(con applied, pros []applied, v *verdict) {
	value := con.value
	if value == No || v.status == NotOwed {
		return
	}
	here, disputed, by := con.e.Article.Address, No, ""
	for _, p := range pros {
		switch {
		case p.value == No:
		case slices.Contains(p.e.Over, here):
			value = min(value, p.value.Not())
		case slices.Contains(con.e.Over, p.e.Article.Address):
		case p.value > disputed:
			disputed, by = p.value, p.e.Article.Address
		}
	}
	if value == Yes && disputed == Yes {
		*v = verdict{status: Contested, because: []string{by, here}, why: by + " and " + here + " disagree"}
		return
	}
	if disputed == Unknown { // the exception may yet be contested
		value = min(value, Unknown)
	}
	switch value {
	case Yes:
		*v = verdict{status: NotOwed, because: []string{here}, why: con.e.Says()}
	case Unknown:
		if v.status == Owed {
			v.status = Depends
		}
	}
}

// exceptionsTo are the exceptions that bear on the rule and the debtor, and
// those of the reading.
func (c *court) exceptionsTo(debtor string, rd *model.Reading) []*model.Exception {
	var out []*model.Exception
	for _, e := range c.b.against[c.a.Address] {
		if c.b.bears(e, c.a.Instrument) && c.reaches(e, debtor) {
			out = append(out, e)
		}
	}
	if rd != nil {
		for i := range rd.Except {
			if e := &rd.Except[i]; c.reaches(e, debtor) {
				out = append(out, e)
			}
		}
	}
	return out
}

// reaches reports whether an exception is made from this rule and for this
// debtor.
func (c *court) reaches(e *model.Exception, debtor string) bool {
	return !c.b.struck[e] && (e.Rule == 0 || e.Rule == c.nth) && (e.For == nil || c.in(debtor, *e.For))
}

// bears reports whether an exception is current and of an instrument in force,
// or of the instrument that it excepts from.
func (b *Book) bears(e *model.Exception, in *model.Instrument) bool {
	return !b.struck[e] && b.current(e.Article) && (b.force[e.Article.Instrument.ID].in || e.Article.Instrument == in)
}

// exception evaluates one exception and the exceptions to it.
func (c *court) exception(e *model.Exception, debtor string, up *Node, depth int) Tri {
	n := up.exception(e)
	v := Yes
	if e.Cond != nil {
		v = c.eval(e.Cond, n, "when")
	} else {
		n.always()
	}
	if e.Target != e.Article.Address && depth < 16 { // exceptions to exceptions
		for _, f := range c.b.against[e.Article.Address] {
			if f.Extends || f.Article == e.Article || !c.b.bears(f, e.Article.Instrument) || f.For != nil && !c.in(debtor, *f.For) {
				continue
			}
			v = min(v, c.exception(f, debtor, n, depth+1).Not())
		}
	}
	n.settle(v)
	return v
}

// inForce turns a verdict dormant where the instrument or the article is not
// in force, not activated, or suspended between the two.
func (c *court) inForce(debtor string, n *Node, v *verdict) {
	in := c.a.Instrument
	f := c.b.force[in.ID]
	n.force(in, f)
	if !f.in {
		c.sleep(v, f.why)
		return
	}
	if why := c.b.suspended(in, debtor, c.state(c.then.Creditor)); why != "" {
		n.step("suspended", "condition").fail(why)
		n.settle(No)
		c.sleep(v, why)
	}
	for i, active := range []*model.Cond{in.Active, c.a.Active} {
		if active == nil {
			continue
		}
		value := c.eval(active, n, [...]string{"active", "active.article"}[i])
		n.settle(min(value, n.tri()))
		switch {
		case value == No:
			c.sleep(v, "not activated: "+active.Words)
		case value == Unknown && v.status == Owed:
			v.status, v.why = Depends, ""
		}
	}
}

// suspended says since when a debtor's duties toward a creditor are suspended;
// "" when they are not.
func (b *Book) suspended(in *model.Instrument, debtor, creditor string) string {
	for _, s := range in.Suspensions {
		if !b.lifted[in] && b.Day >= s.From && (!s.HasUntil || b.Day < s.Until) && s.By == debtor && s.Toward == creditor {
			return "suspended by " + s.By + " toward " + s.Toward + " from " + s.From.String()
		}
	}
	return ""
}

func (c *court) sleep(v *verdict, why string) {
	if v.status != NotOwed {
		v.status, v.because, v.why = Dormant, []string{c.a.Address}, why
	}
}

// unmet is the words of the first condition of the rule that fails, looking
// into what must hold together.
func (c *court) unmet(debtor string) string {
	r := c.rule
	if q := c.doubtOf(debtor); q != nil && c.doubtful(q) == No {
		return q.Words
	}
	switch {
	case r.Kind == "":
	case c.isOfKind() == No:
		return "the event is " + withArticle(r.Kind)
	case r.On.Kind == model.Literal && c.ev.On != r.On.Name:
		return "on " + r.On.Name
	case r.By.Kind == model.Literal && c.isBy() == No:
		return "by " + r.By.Name
	case c.landDisputed() && c.theirs() == No:
		return c.ev.Place + " is land of " + c.ev.On
	}
	if r.Cond == nil {
		return r.When
	}
	return c.firstNo(r.Cond)
}

// firstNo is the first of the conditions joined by "and" that does not hold, each
// looked at once.
func (c *court) firstNo(cond *model.Cond) string {
	if no := c.no(cond); no != nil {
		return c.told(no)
	}
	return c.told(cond)
}

// told is a condition in words with its states in the place of its letters, parts
// and all.
func (c *court) told(cond *model.Cond) string {
	switch cond.Op {
	case model.CondNot:
		words := c.toldWithin(cond.Args[0])
		if subject, rest, is := strings.Cut(words, " is "); is && (cond.Args[0].Op == model.CondIn || cond.Args[0].Op == model.CondSame) {
			if slices.Contains(strings.Split(rest, ", "), subject) {
				return c.part(cond.Args[0].Terms[0]) + " is another than " + rest
			}
			return subject + " is not " + rest
		}
		return "not " + words
	case model.CondAnd, model.CondOr:
		join := " and "
		if cond.Op == model.CondOr {
			join = " or "
		}
		parts := make([]string, len(cond.Args))
		for i, x := range cond.Args {
			if parts[i] = c.told(x); cond.Op == model.CondAnd {
				parts[i] = c.toldWithin(x)
			}
		}
		return strings.Join(parts, join)
	case model.CondCount:
		return strings.Replace(cond.Words, cond.Args[0].Words, c.told(cond.Args[0]), 1)
	}
	return c.words(cond)
}

// part is the part that a term plays in the event, for where its name says nothing: a
// state is never another than itself.
func (c *court) part(t model.Term) string {
	switch {
	case c.isVictim(t):
		return "the victim"
	case c.isAttacker(t):
		return "the attacker"
	case t.Kind == model.Host:
		return "the state in which it happens"
	}
	return t.Name
}

// toldWithin is a condition in words, in brackets where another would bind its
// parts.
func (c *court) toldWithin(cond *model.Cond) string {
	if cond.Op == model.CondAnd || cond.Op == model.CondOr {
		return "(" + c.told(cond) + ")"
	}
	return c.told(cond)
}

func (c *court) no(cond *model.Cond) *model.Cond {
	if cond.Op != model.CondAnd || c.b.waived[cond] {
		if c.value(cond, nil) == No {
			return cond
		}
		return nil
	}
	for _, x := range cond.Args {
		if no := c.no(x); no != nil {
			return no
		}
	}
	return nil
}
