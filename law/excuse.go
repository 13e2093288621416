package law

import (
	"slices"
	"strings"

	"casus/model"
)

// A promise of help against an attack is a promise against a wrong. Force in
// self-defence, or under a mandate of the Council, is none; so the one who began
// is owed nothing when it is struck back. Which kinds of event are such wrongs,
// and what excuses them, the vocabulary says (`unless`). An excuse is asked for
// only where it is raised: given, on record of this very event, or following from
// what came before. What nobody raises is not supposed, or every promise would
// turn on it. What is raised and in doubt leaves the answer in doubt.

// excuses lets what excuses the deed bear on a verdict that help is owed.
func (c *court) excuses(debtor string, root *Node, v *verdict) {
	if c.then.Verb != model.Owes && c.then.Verb != model.May {
		return
	}
	creditor := c.state(c.then.Creditor)
	if c.turnedOn(debtor, creditor) {
		*v = verdict{status: NotOwed, because: []string{c.a.Address}, why: creditor + " attacked " + debtor + " itself"}
		root.step("excuse", "exception").fail(v.why)
		return
	}
	if creditor == "" || creditor != c.ev.On {
		return
	}
	name := "excuse"
	for _, x := range c.excusing() {
		if !c.raised(x.Question) {
			continue
		}
		if len(c.ev.Doubts) > 0 && c.ev.Facts[x.Question.Name] == Unknown && c.decided(x.Question) == Unknown && c.value(x.Question.Raised, nil) == No {
			continue // as what came before is read, nothing raises it
		}
		value := c.excused(x.Question)
		if n := root.step(name, "exception"); n != nil {
			n.say(x.Question.Words, value)
			n.Position, n.Ground = x.Question.Pos, c.groundOf(x.Question)
		}
		name = "excuse." + x.Question.Name // should another be raised: steps have names of their own
		switch {
		case value == Yes:
			*v = verdict{status: NotOwed, because: []string{c.a.Address}, why: x.Words()}
			return
		case value == Unknown:
			v.status = Depends
		}
	}
}

// excused is whether a deed is excused, as it was found once for all articles or,
// where that leaves it open, as this article's readings and precedents have it.
func (c *court) excused(q *model.Question) Tri {
	if c.ev.begun != nil {
		if v, known := c.ev.begun.excused[q]; known {
			return v
		}
	}
	return c.ask(q)
}

// excusing are the excuses that bear on the rule. One that speaks of a threat is
// excused like one that speaks of an attack where it asks for force.
func (c *court) excusing() []*model.Excuse {
	all := c.b.Model.ExcusesOf(c.rule.Kind)
	if len(all) == 0 && len(c.ev.Facts) > 0 && c.then.Class.Force != model.NoForce {
		all = c.b.Model.ExcusesUnder(c.rule.Kind)
	}
	return all
}

// turnedOn reports whether the one to be helped is known to have attacked the
// helper, in a war that has not ended.
func (c *court) turnedOn(debtor, creditor string) bool {
	if c.ev.begun != nil && !c.ev.begun.attacks {
		return false
	}
	return creditor != "" && len(c.ev.Facts) > 0 && c.ev.Facts[FactKey(interrupted, debtor, creditor)] != Yes && c.then.Verb == model.Owes && c.ev.Facts[FactKey("attacked_by", debtor, creditor)] == Yes
}

// raised reports whether an excuse is to be asked for.
func (c *court) raised(q *model.Question) bool {
	switch {
	case c.ev.Facts[q.Name] == Yes, c.decided(q) == Yes:
		return true
	case q.Raised == nil:
		return false
	case c.ev.begun != nil:
		return slices.Contains(c.ev.begun.raised, q)
	}
	d := c.quiet()
	d.raising = true
	return d.value(q.Raised, nil) == Yes
}

// begun holds what the facts of an event say of who began, found once for all
// articles: the excuses that are raised and those that are settled, whether
// anybody is known to have attacked somebody, and whether it is disputed on whose
// land.
type begun struct {
	raised  []*model.Question
	excused map[*model.Question]Tri // of those raised: what the facts settle under whatever instrument
	attacks bool
	land    bool // the deed is on land of which it is disputed whether it is the victim's
}

func (b *Book) beginnings(ev Event) *begun {
	out := &begun{land: b.landDisputed(ev)}
	for key, v := range ev.Facts {
		out.attacks = out.attacks || v == Yes && strings.HasPrefix(key, "attacked_by(")
	}
	c := &court{b: b, ev: ev, raising: true}
	for _, q := range b.Model.Excusing() {
		if q.Raised != nil && c.value(q.Raised, nil) == Yes {
			out.raised = append(out.raised, q)
			out.settle(&court{b: b, ev: ev}, q)
		}
	}
	return out
}

// settle keeps the answer to an excuse where facts alone give it: no record, which
// an article would cite, and nothing that is read in several ways.
func (x *begun) settle(c *court, q *model.Question) {
	if len(q.Precedents) > 0 && (c.precedent(q) != nil || slices.ContainsFunc(q.Precedents, func(p *model.Precedent) bool { return len(p.Under) > 0 })) {
		return
	}
	if v := c.ask(q); v != Unknown {
		if x.excused == nil {
			x.excused = map[*model.Question]Tri{}
		}
		x.excused[q] = v
	}
}

// Presumed are the excuses that somebody may yet raise for a deed and nobody has:
// answers that promise help against it take them not to be so. None where no
// answer promises any.
func (b *Book) Presumed(ev Event, answers []Answer) []*model.Question {
	ev.Facts = b.ordered(ev.Facts)
	var out []*model.Question
	for i := range answers {
		a := &answers[i]
		if a.Status == NotOwed || a.Status == Dormant || a.Verb != model.Owes && a.Verb != model.May || a.Rule == nil || a.Creditor != ev.On && !slices.Contains(ev.AlsoOn, a.Creditor) {
			continue
		}
		for _, x := range b.Model.ExcusesOf(a.Rule.Kind) {
			if q := x.Question; q.On(b.Day) && !slices.Contains(out, q) && b.mayRaise(q, ev) {
				out = append(out, q)
			}
		}
	}
	return out
}

// mayRaise reports whether an excuse is neither known nor asked for, of one of
// the attackers at least.
func (b *Book) mayRaise(q *model.Question, ev Event) bool {
	return slices.ContainsFunc(ev.pairs(), func(one Event) bool {
		c := &court{b: b, ev: one}
		return !c.raised(q) && c.ask(q) == Unknown
	})
}

// quiet is the same court, of which nobody asks what it would turn on.
func (c *court) quiet() *court {
	d := *c
	d.open, d.met, d.assumed = nil, nil, nil
	return &d
}
