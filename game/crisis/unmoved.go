package crisis

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/syntax"
	"casus/law"
	"casus/model"
)

// Unmoved is an act of law of an option that changes nothing in a case: whatever happens
// in the crisis, nobody cast owes more or less for it, as far as the crisis asks.
type Unmoved struct {
	Option *model.Option
	Act    model.Act
	Why    string
}

// Says tells of it in the words of a warning.
func (u Unmoved) Says(k *model.Case) string {
	if u.Act.Verb == "deploy" {
		return fmt.Sprintf("forces of %s at %s change nothing in case %s: %s", u.Act.States[0], u.Act.Place, k.Name, u.Why)
	}
	what := u.Act.Instrument
	if to := map[string]string{"accede": " to ", "withdraw": " from "}[u.Act.Verb]; to != "" {
		what = strings.Join(u.Act.States, ", ") + to + what
	}
	return fmt.Sprintf("%s %s moves no duty of anybody cast in case %s: %s", u.Act.Verb, what, k.Name, u.Why)
}

// mostAsked bounds how often the law is asked about one act; one that has moved nothing
// by then is left in peace.
const mostAsked = 4000

// Len is how many characters of its line it is about.
func (u Unmoved) Len() int { return max(len(u.Act.Instrument), 1) }

// UnmovedActs finds the acts of a case that change nothing: acts of law that move no level
// of duty and no membership for which the crisis asks, and forces that it does not count.
// Those of which check has said why they do nothing are left out, as are texts that are
// political and meant so.
func UnmovedActs(m *model.Model, k *model.Case) ([]Unmoved, error) {
	var out []Unmoved
	for _, o := range k.Options {
		left := *o // without the acts that were found to move nothing: of two that say the same the first does
		left.Acts = slices.Clone(o.Acts)
		forces, err := uncounted(m, k, o)
		if err != nil {
			return nil, err
		}
		out = append(out, forces...)
		for i := len(o.Acts) - 1; i >= 0; i-- {
			act := o.Acts[i]
			in := m.Instrument(act.Instrument)
			if in == nil || in.Meant() || in.AccededOn(act, k.Date) || k.Doubted(act.Pos) || m.Unread(act) {
				continue
			}
			without := left
			without.Acts = slices.Delete(slices.Clone(left.Acts), i, i+1)
			why, idle, err := unmovedBy(m, k, &left, &without, act)
			if err != nil {
				return nil, err
			}
			if idle {
				out, left = append(out, Unmoved{o, act, why}), without
			}
		}
	}
	return out, nil
}

// unmovedBy compares what is owed under an option with what is without an act.
func unmovedBy(m *model.Model, k *model.Case, o, without *model.Option, act model.Act) (why string, idle bool, err error) {
	with, err := Ground(m, k, o)
	if err != nil {
		return "", false, err
	}
	less, err := Ground(m, k, without)
	if err != nil {
		return "", false, err
	}
	x := mover{g: with, with: with.counsel(), less: less.counsel(), act: act, left: mostAsked, asks: thresholds(k.Crisis)}
	if x.moved() {
		return "", false, nil
	}
	return x.why(), true, nil
}

// mover asks what is owed with an act and without it.
type mover struct {
	g          *Game
	with, less *counsel
	act        model.Act
	left       int
	asks       []threshold
	raised     string // a level that differs and that the crisis does not ask for
}

// moved reports whether something is owed otherwise, or whether that could not be told.
func (x *mover) moved() bool {
	for _, a := range x.g.Actors {
		if x.differ("pledged", x.with.g.pledge[a], x.less.g.pledge[a], a) {
			return true
		}
		if id := x.act.Instrument; x.g.Crisis.Names(id) && x.with.g.party(x.with.g.book.Party, a, id) != x.less.g.party(x.less.g.book.Party, a, id) {
			return true
		}
	}
	for _, ev := range x.g.everyEvent() {
		for _, known := range x.g.legal(ev) {
			for _, v := range ev.victims {
				if x.left--; x.left < 0 || x.movedBy(ev, v.actor, known) {
					return true
				}
			}
		}
	}
	return false
}

func (x *mover) movedBy(ev *event, victim string, known map[string]law.Tri) bool {
	with := x.with.owes(x.with.g.book, []string{victim}, ev, known)
	less := x.less.owes(x.less.g.book, []string{victim}, ev, known)
	for i := range with {
		if x.differ("duty", with[i].Level, less[i].Level, with[i].Actor) {
			return true
		}
	}
	return false
}

// differ reports whether two levels of one actor are told apart by the crisis.
func (x *mover) differ(call string, with, less int, actor string) bool {
	if with == less {
		return false
	}
	if !slices.ContainsFunc(x.asks, func(t threshold) bool { return t.call == call && t.apart(with, less) }) {
		if call == "duty" && x.raised == "" {
			x.raised = fmt.Sprintf("it takes what %s owes from %s to %s", actor, levelName(less), levelName(with))
		}
		return false
	}
	return true
}

// why says what keeps an act from changing anything, as far as the law says so.
func (x *mover) why() string {
	if why := x.idleMembership(); why != "" {
		return why
	}
	if x.raised != "" {
		return x.raised + ", which the crisis does not ask for (" + asked(x.asks) + ")"
	}
	if len(x.asks) == 0 {
		return "the crisis asks for no duty(…) and no pledged(…)"
	}
	book := x.with.g.book
	if ends := []string{"end", "suspend", "withdraw"}; slices.Contains(ends, x.act.Verb) {
		book = x.less.g.book
	}
	if !book.InForce(x.act.Instrument) {
		return "it is not in force on the day"
	}
	if why := x.dead(); why != "" && (x.act.Verb == "adopt" || x.act.Verb == "declare") {
		return why
	}
	return x.reason(book.Only(x.act.Instrument))
}

// plays reports whether a state is an actor, or a member of one.
func (x *mover) plays(state string) bool {
	return slices.ContainsFunc(x.g.Actors, func(a string) bool { return slices.Contains(x.g.states(a), state) })
}

// idleMembership says of an act about who is a party that it is so without it, or that it
// is about nobody who plays; empty where neither is so.
func (x *mover) idleMembership() string {
	id := x.act.Instrument
	is := func(s string) bool { return x.less.g.book.Party(s, id) }
	switch {
	case x.act.Verb == "accede" && !slices.ContainsFunc(x.act.States, func(s string) bool { return !is(s) }):
		return finding.And(x.act.States) + " " + plural(len(x.act.States), "is a party", "are parties") + " of it without that"
	case x.act.Verb == "withdraw" && !slices.ContainsFunc(x.act.States, is):
		return finding.And(x.act.States) + " " + plural(len(x.act.States), "is no party", "are no parties") + " of it on the day"
	case len(x.act.States) > 0 && !slices.ContainsFunc(x.act.States, x.plays):
		return finding.And(x.act.States) + " " + plural(len(x.act.States), "plays", "play") + " no part in it"
	}
	return ""
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// reason looks for what the text alone says of those cast.
func (x *mover) reason(alone *law.Book) string {
	var others, itself []string
	no, same := "", false
	for _, a := range x.answers(alone) {
		cast := slices.ContainsFunc(x.g.Actors, func(actor string) bool { return slices.Contains(x.g.states(actor), a.Debtor) })
		switch {
		case a.Verb != model.Owes:
		case !cast && Level(a.Answer) > 0 && !slices.Contains(others, a.Debtor):
			others = append(others, a.Debtor)
		case cast && Level(a.Answer) > 0 && a.defends:
			if !slices.Contains(itself, a.Debtor) {
				itself = append(itself, a.Debtor)
			}
		case cast && Level(a.Answer) > 0:
			same = true
		case cast && no == "" && a.Why != "":
			no = fmt.Sprintf("%s by %s is %s: %s", a.Article.Address, a.Debtor, a.Status, a.Why)
		}
	}
	slices.Sort(others)
	switch {
	case same && x.less.g.book.InForce(x.act.Instrument):
		return "it is in force without that"
	case same:
		return "what it asks for is owed by other texts too"
	case len(others) > 0:
		return "those who owe something under it play no part (" + strings.Join(others[:min(4, len(others))], ", ") + ")"
	case len(itself) > 0:
		return "what it asks for is owed by " + finding.And(itself) + ", who " + plural(len(itself), "is", "are") + " in the fight already"
	case no != "":
		return no
	}
	return "nothing done in the crisis is a deed that it speaks of, by whom and on whom it is done"
}

// answers asks a text alone of every event of the game.
func (x *mover) answers(alone *law.Book) []answered {
	var out []answered
	for _, ev := range x.g.everyEvent() {
		for _, known := range x.g.legal(ev) {
			for _, v := range ev.victims {
				place := ev.place
				if place == "" {
					place = v.actor + ".home"
				}
				for _, a := range alone.Answers(law.Event{Kind: ev.spec.Kind, By: ev.by, On: v.actor, Object: ev.object, Place: place, Facts: known, Readings: x.g.Case.Readings}, true) {
					out = append(out, answered{a, slices.ContainsFunc(append(ev.attacked(), ev.by), func(side string) bool { return slices.Contains(x.g.states(side), a.Debtor) })})
				}
			}
			if len(out) > mostAsked {
				return out
			}
		}
	}
	return out
}

// everyEvent lists the events that a game's choices are.
func (g *Game) everyEvent() []*event {
	var out []*event
	for _, p := range g.steps {
		for _, o := range p.choices {
			if o.event != nil {
				out = append(out, o.event)
			}
		}
	}
	return out
}

// legal lists what may be known of the law's facts when an event happens: each of the
// facts that the game tells of, so or not.
func (g *Game) legal(ev *event) []map[string]law.Tri {
	fixed := map[string]law.Tri{}
	for _, v := range g.Case.LegalFacts {
		fixed[law.FactKey(v.Name, v.Args...)] = law.Of(v.True)
	}
	out := []map[string]law.Tri{fixed}
	for _, l := range ev.links {
		n := len(out)
		for _, before := range out[:n] {
			other := maps.Clone(before)
			before[l.fact], other[l.fact] = law.Yes, law.No
			out = append(out, other)
		}
		if len(out) > mostAsked {
			return out
		}
	}
	return out
}

// threshold is a level with which a crisis compares duty(…) or pledged(…).
type threshold struct {
	call, op string
	level    int
	any      bool // compared with what is no level, or reckoned with
}

func (t threshold) apart(a, b int) bool {
	return t.any || syntax.Compare(t.op, float64(a), float64(t.level)) != syntax.Compare(t.op, float64(b), float64(t.level))
}

// thresholds are all that a crisis asks of duties.
func thresholds(c *model.Crisis) []threshold {
	var out []threshold
	var look func(e, above *syntax.Expr)
	look = func(e, above *syntax.Expr) {
		if e == nil {
			return
		}
		if e.Kind == syntax.CallExpr && (e.Op == "duty" || e.Op == "pledged") {
			if t := thresholdOf(e, above); !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
		for _, a := range e.Args {
			look(a, e)
		}
	}
	c.Expressions(func(e *syntax.Expr) { look(e, nil) })
	return out
}

// thresholdOf reads what one call is compared with, in the expression that it stands in.
func thresholdOf(call, above *syntax.Expr) threshold {
	if above == nil || above.Kind != syntax.BinaryExpr || turned[above.Op] == "" {
		return threshold{call: call.Op, any: true}
	}
	other, op := above.Args[1], above.Op
	if other == call {
		other, op = above.Args[0], turned[above.Op]
	}
	if i := slices.Index(model.Levels, other.Op); i >= 0 {
		return threshold{call: call.Op, op: op, level: i}
	}
	return threshold{call: call.Op, any: true}
}

// turned are comparisons read from the other side.
var turned = map[string]string{"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

// asked says what a crisis asks for.
func asked(ts []threshold) string {
	var out []string
	for _, t := range ts {
		if !t.any {
			out = append(out, fmt.Sprintf("%s(…) %s %s", t.call, t.op, levelName(t.level)))
		}
	}
	if len(out) == 0 {
		return "no duty(…)"
	}
	return strings.Join(out, ", ")
}
