package law

import (
	"slices"
	"strconv"
	"strings"

	"casus/model"
)

// court evaluates the conditions of one rule for one event.
type court struct {
	b       *Book
	ev      Event
	vars    map[string]string
	assumed map[string]Tri // facts supposed, to find what would decide
	prefix  string
	idle    bool // the instrument is not in force, and would not bear on the event
	nodes   int
	open    map[string]bool // unknown leaves met; nil when not asked
}

func (c *court) node(kind, text string, v Tri) *Node {
	c.nodes++
	return &Node{ID: c.prefix + "/" + strconv.Itoa(c.nodes), Kind: kind, Text: text, Value: v.String(), value: v}
}

// verdict is the outcome of one evaluation, under one set of readings.
type verdict struct {
	status  Status
	because []string
	why     string
	trace   *Node
}

// judge answers for one debtor: under the reading chosen, or under each; where
// readings disagree the answer is contested.
func (c *court) judge(a *model.Article, r *model.Rule, t *model.Then, debtor, creditor string) Answer {
	ans := Answer{Article: a, Debtor: debtor, Creditor: creditor, Verb: t.Verb, Class: t.Class, Manner: t.Manner, Mutual: mutual(r, t), Relevant: c.relevant(r)}
	readings := c.readingsOf(a)
	verdicts := make([]verdict, len(readings))
	for i, rd := range readings {
		verdicts[i] = c.weigh(a, r, t, debtor, creditor, rd)
	}
	ans.Relevant = ans.Relevant && !c.idle
	first := agreed(verdicts)
	ans.Status, ans.Because, ans.Why, ans.Trace = first.status, first.because, first.why, first.trace
	if disagree(verdicts) {
		c.contested(&ans, a, readings, verdicts)
	}
	if ans.Status == Depends {
		ans.Deciders = c.deciders(a, r, t, debtor, creditor, readings)
	}
	for _, q := range a.Qualified {
		if slices.Contains(q.States, debtor) && ans.Status != NotOwed {
			ans.Qualified = q.Title
		}
	}
	return ans
}

// mutual reports whether the duty runs between any two parties.
func mutual(r *model.Rule, t *model.Then) bool {
	return t.Verb == model.Owes && r.On.Kind == model.Variable && t.Debtors.Kind == model.PartySet && t.Other &&
		(t.Creditor.Kind == model.Victim || t.Creditor.Kind == model.Variable && t.Creditor.Name == r.On.Name)
}

// readingsOf are the readings to weigh: none (nil), the chosen one, or all.
func (c *court) readingsOf(a *model.Article) []*model.Reading {
	var all []*model.Reading
	for i := range a.Readings {
		if c.ev.Readings[a.Address] == a.Readings[i].Name {
			return []*model.Reading{&a.Readings[i]}
		}
		all = append(all, &a.Readings[i])
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

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

func (c *court) contested(ans *Answer, a *model.Article, readings []*model.Reading, vs []verdict) {
	ans.Status, ans.Because, ans.Why = Contested, []string{a.Address}, ""
	root := c.node("reading", "readings of "+a.Address+" differ", Unknown)
	root.Article = a.Address
	for i, v := range vs {
		ans.Readings = append(ans.Readings, readings[i].Name+": "+v.status.String())
		n := c.node("reading", readings[i].Name+" ("+strings.Join(nonEmpty(readings[i].Title, readings[i].By), "; ")+"): "+v.status.String(), statusValue(v.status))
		n.Children = []*Node{v.trace}
		root.Children = append(root.Children, n)
	}
	ans.Why = "readings differ: " + strings.Join(ans.Readings, ", ")
	ans.Trace = root
}

// relevant reports whether the rule speaks of this victim at all.
func (c *court) relevant(r *model.Rule) bool {
	if r.Kind != "" && !c.b.Model.IsKind(c.ev.Kind, r.Kind) || r.On.Kind == model.Literal && r.On.Name != c.ev.On {
		return false
	}
	return c.concerns(r, r.Cond)
}

// concerns looks for a part of the condition that shuts this victim out.
func (c *court) concerns(r *model.Rule, cond *model.Cond) bool {
	switch {
	case cond == nil:
		return true
	case cond.Op == model.CondAnd:
		return !slices.ContainsFunc(cond.Args, func(x *model.Cond) bool { return !c.concerns(r, x) })
	case (cond.Op == model.CondIn || cond.Op == model.CondSame) && c.isVictim(r, cond.Terms[0]):
		return c.eval(cond).value != No
	}
	return true
}

func (c *court) isVictim(r *model.Rule, t model.Term) bool {
	return t.Kind == model.Victim || t.Kind == model.Variable && r.On.Kind == model.Variable && t.Name == r.On.Name
}

// weigh evaluates force, base rule, exceptions and extensions under one
// reading.
func (c *court) weigh(a *model.Article, r *model.Rule, t *model.Then, debtor, creditor string, rd *model.Reading) verdict {
	root := c.node("duty", debtor+" → "+creditor, Unknown)
	root.Article, root.Position, root.Sources, root.Grade = a.Address, a.Pos, sources(a), grade(a)
	pattern := c.pattern(r)
	base := pattern
	if r.Cond != nil {
		base = c.all("rule", r.When, pattern, c.eval(r.Cond))
	}
	root.Children = append(root.Children, base)
	v := c.balance(a, rd, pattern, base, root)
	v.trace = root
	c.inForce(a, debtor, creditor, root, &v)
	c.verb(t, &v)
	if v.status == NotOwed && !c.b.force[a.Instrument.ID].in {
		c.idle = true
	}
	root.value = statusValue(v.status)
	root.Value = root.value.String()
	return v
}

func statusValue(s Status) Tri {
	switch s {
	case Owed, Right, Breached:
		return Yes
	case Depends, Contested:
		return Unknown
	}
	return No
}

// verb turns "the rule holds" into what it makes of the state.
func (c *court) verb(t *model.Then, v *verdict) {
	if v.status == Owed && t.Verb == model.May {
		v.status = Right
	} else if v.status == Owed && t.Verb == model.Breaches {
		v.status = Breached
	}
}

// pattern is whether the event is of the rule's kind, victim and attacker.
func (c *court) pattern(r *model.Rule) *Node {
	if r.Kind == "" { // when always
		return c.node("rule", r.When, Yes)
	}
	parts := []*Node{c.node("condition", "the event is "+article(r.Kind), Of(c.b.Model.IsKind(c.ev.Kind, r.Kind)))}
	if r.On.Kind == model.Literal {
		parts = append(parts, c.node("condition", "on "+r.On.Name, Of(c.ev.On == r.On.Name)))
	}
	if r.By.Kind == model.Literal {
		v := Of(c.ev.By == r.By.Name)
		if c.ev.By == "" {
			v = c.unknown("attacker is " + r.By.Name)
		}
		parts = append(parts, c.node("condition", "by "+r.By.Name, v))
	}
	return c.all("rule", r.When, parts...)
}

func article(kind string) string {
	if strings.ContainsAny(kind[:1], "aeiou") {
		return "an " + kind
	}
	return "a " + kind
}

func (c *court) all(kind, text string, parts ...*Node) *Node {
	v := Yes
	for _, p := range parts {
		v = min(v, p.value)
	}
	n := c.node(kind, text, v)
	n.Children = parts
	return n
}

// applied is an exception or extension with its outcome.
type applied struct {
	e *model.Exception
	n *Node
}

// balance weighs the base rule against what defeats and what supports it.
func (c *court) balance(a *model.Article, rd *model.Reading, pattern, base *Node, root *Node) verdict {
	var cons, pros []applied
	for _, e := range c.exceptionsTo(a, rd) {
		n := c.exception(e, 0)
		root.Children = append(root.Children, n)
		if e.Extends {
			pros = append(pros, applied{e, n})
		} else {
			cons = append(cons, applied{e, n})
		}
	}
	holds := base.value
	for _, p := range pros {
		holds = max(holds, min(pattern.value, p.n.value))
	}
	if holds == No {
		return verdict{status: NotOwed, because: []string{a.Address}, why: c.firstNo(base)}
	}
	v := verdict{status: Owed, because: []string{a.Address}}
	for _, con := range cons {
		c.against(con, pros, &v)
	}
	if holds == Unknown && v.status == Owed {
		v.status, v.why = Depends, ""
	}
	return v
}

// against lets one exception bear on a verdict, unless an extension prevails
// over it or the two are contested.
func (c *court) against(con applied, pros []applied, v *verdict) {
	value := con.n.value
	if value == No || v.status == NotOwed {
		return
	}
	here := con.e.Article.Address
	for _, p := range pros {
		switch {
		case p.n.value == No:
		case slices.Contains(p.e.Over, here):
			value = min(value, p.n.value.Not())
		case slices.Contains(con.e.Over, p.e.Article.Address):
		case value == Yes && p.n.value == Yes:
			v.status, v.because, v.why = Contested, []string{p.e.Article.Address, here}, p.e.Article.Address+" and "+here+" disagree"
			return
		}
	}
	switch value {
	case Yes:
		*v = verdict{status: NotOwed, because: []string{here}, why: con.e.Words}
	case Unknown:
		if v.status == Owed {
			v.status = Depends
		}
	}
}

// exceptionsTo are the exceptions to an article's rules that are current and
// of instruments in force, and those of the reading.
func (c *court) exceptionsTo(a *model.Article, rd *model.Reading) []*model.Exception {
	var out []*model.Exception
	for _, e := range c.b.against[a.Address] {
		if c.b.current(e.Article) && (c.b.force[e.Article.Instrument.ID].in || e.Article.Instrument == a.Instrument) {
			out = append(out, e)
		}
	}
	if rd != nil {
		for i := range rd.Except {
			out = append(out, &rd.Except[i])
		}
	}
	return out
}

// exception evaluates one exception and the exceptions to it.
func (c *court) exception(e *model.Exception, depth int) *Node {
	kind := "exception"
	if e.Extends {
		kind = "extension"
	}
	parts := []*Node{}
	if e.Cond != nil {
		parts = append(parts, c.eval(e.Cond))
	}
	if e.Target != e.Article.Address && depth < 16 { // exceptions to exceptions
		for _, f := range c.b.against[e.Article.Address] {
			if f.Extends || !c.b.current(f.Article) || f.Article == e.Article {
				continue
			}
			n := c.exception(f, depth+1)
			not := c.node("condition", "unless "+f.Words, n.value.Not())
			not.Children = []*Node{n}
			parts = append(parts, not)
		}
	}
	n := c.all(kind, e.Words, parts...)
	n.Article, n.Position, n.Sources, n.Grade = e.Article.Address, e.Pos, sources(e.Article), grade(e.Article)
	return n
}

// inForce turns a verdict dormant where the instrument or the article is not
// in force, not activated, or suspended between the two.
func (c *court) inForce(a *model.Article, debtor, creditor string, root *Node, v *verdict) {
	in := a.Instrument
	f := c.b.force[in.ID]
	n := c.node("in force", in.Title, Of(f.in))
	n.Article, n.Sources, n.Grade = in.ID, in.Sources, in.Status
	root.Children = append([]*Node{n}, root.Children...)
	if !f.in {
		n.Text += ": " + f.why
		c.sleep(v, a, f.why)
		return
	}
	if in.Assumed != "" {
		n.Text += " (assumed: " + in.Assumed + ")"
	}
	for _, s := range in.Suspensions {
		if c.b.Day >= s.From && (!s.HasUntil || c.b.Day < s.Until) && s.By == debtor && s.Toward == creditor {
			c.sleep(v, a, "suspended by "+s.By+" toward "+s.Toward+" from "+s.From.String())
		}
	}
	for _, active := range []*model.Cond{in.Active, a.Active} {
		if active == nil {
			continue
		}
		act := c.eval(active)
		n.Children = append(n.Children, act)
		switch {
		case act.value == No:
			c.sleep(v, a, "not activated: "+active.Words)
		case act.value == Unknown && v.status == Owed:
			v.status, v.why = Depends, ""
		}
	}
}

func (c *court) sleep(v *verdict, a *model.Article, why string) {
	if v.status != NotOwed {
		v.status, v.because, v.why = Dormant, []string{a.Address}, why
	}
}

// firstNo is the words of the first condition that failed, looking into what
// must hold together.
func (c *court) firstNo(n *Node) string {
	for _, ch := range n.Children {
		if ch.value == No && (ch.Kind == "rule" || ch.joins) {
			return c.firstNo(ch)
		}
		if ch.value == No {
			return "not met: " + ch.Text
		}
	}
	return "not met: " + n.Text
}
