package crisis

import (
	"fmt"
	"slices"

	"casus/finding"
	"casus/law"
	"casus/model"
)

// promise is a rule of a text that makes somebody owe something.
type promise struct {
	article *model.Article
	then    model.Then
}

// promises lists what a text promises; none where it says more than rules, which may matter
// without one.
func promises(in *model.Instrument) (out []promise, rights bool, ok bool) {
	for _, a := range in.Articles {
		if len(a.Exceptions)+len(a.Readings)+len(a.Prevails)+len(a.Yields) > 0 {
			return nil, false, false
		}
		for _, r := range a.Rules {
			for _, t := range r.Thens {
				rights = rights || t.Verb == model.May
				if t.Verb == model.Owes {
					out = append(out, promise{a, t})
				}
			}
		}
	}
	return out, rights, true
}

// dead says what in a text itself, or in who is in it on the day, keeps anything from being
// owed under it; empty where that is not so.
func (x *mover) dead() string {
	in := x.g.Model.Instrument(x.act.Instrument)
	owing, rights, ok := promises(in)
	switch {
	case !ok:
		return ""
	case len(owing) == 0 && rights:
		return "it gives rights to help, and by it nobody owes any"
	case len(owing) == 0:
		return "by it nobody owes anything"
	}
	for _, why := range []func([]promise) string{x.notThatDay, x.nobodyLeft, x.owedElsewhere} {
		if said := why(owing); said != "" {
			return said
		}
	}
	return ""
}

// notThatDay says that no wording by which something is owed is that of the day.
func (x *mover) notThatDay(owing []promise) string {
	day := x.g.Case.Date
	var when []string
	for _, p := range owing {
		a, words := p.article, ""
		switch {
		case a.HasUntil && a.Until <= day:
			words = a.Address + " until " + a.Until.String()
		case a.HasFrom && day < a.From:
			words = a.Address + " from " + a.From.String()
		default:
			return ""
		}
		if !slices.Contains(when, words) {
			when = append(when, words)
		}
	}
	return fmt.Sprintf("its wording is not in force on the day, %s (%s)", day, finding.And(when))
}

// nobodyLeft says that those who would owe something are all under attack, or that there are
// none on the day.
func (x *mover) nobodyLeft(owing []promise) string {
	attacked, book := x.sides(func(ev *event) []string { return ev.attacked() }), x.with.g.book
	for _, p := range owing {
		if p.then.Debtors.Kind != model.PartySet {
			return ""
		}
	}
	var left []string
	for _, m := range x.g.Model.Instrument(x.act.Instrument).Parties {
		switch {
		case !book.Party(m.State, x.act.Instrument) || slices.Contains(left, m.State):
		case !slices.Contains(attacked, m.State):
			return ""
		default:
			left = append(left, m.State)
		}
	}
	if len(left) == 0 {
		return "it has no party on the day"
	}
	return "nobody is left to owe anything: of its parties on the day there " + plural(len(left), "is ", "are ") + finding.And(left) + " alone, to whom help would be owed"
}

// owedElsewhere says that all is owed to whoever attacks, or to those whom nobody attacks.
func (x *mover) owedElsewhere(owing []promise) string {
	attackers := x.sides(func(ev *event) []string { return []string{ev.by} })
	attacked := x.sides(func(ev *event) []string { return ev.attacked() })
	var to []string
	against := true
	for _, p := range owing {
		c := p.then.Creditor
		if c.Kind != model.Literal || slices.Contains(attacked, c.Name) {
			return ""
		}
		against = against && slices.Contains(attackers, c.Name)
		if !slices.Contains(to, c.Name) {
			to = append(to, c.Name)
		}
	}
	if against {
		return "what it promises is owed to " + finding.And(to) + ", who " + plural(len(to), "attacks", "attack")
	}
	return "what it promises is owed to " + finding.And(to) + ", whom nobody attacks in the crisis"
}

// sides are the states on one side of the events of a game.
func (x *mover) sides(of func(*event) []string) []string {
	var out []string
	for _, ev := range x.g.everyEvent() {
		for _, actor := range of(ev) {
			out = append(out, x.g.states(actor)...)
		}
	}
	return out
}

// attacked are the actors on whom an event may be.
func (ev *event) attacked() []string {
	var out []string
	for _, v := range ev.victims {
		out = append(out, v.actor)
	}
	return out
}

// answered is an answer of law in an event of the game.
type answered struct {
	law.Answer
	defends bool // the debtor is on a side of the event itself, and the game counts no duty of it
}
