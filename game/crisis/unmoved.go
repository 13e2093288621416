package crisis

import (
	"fmt"
	"slices"
	"strings"

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
	return fmt.Sprintf("%s %s moves no duty of anybody cast in case %s: %s", u.Act.Verb, u.Act.Instrument, k.Name, u.Why)
}

// mostAsked bounds how often the law is asked about one act; one that has moved nothing
// by then is left in peace.
const mostAsked = 4000

// UnmovedActs finds the acts of law of a case that move no level of duty. Those whose
// instrument the crisis names, and those of which check has said why they do nothing, are
// left out, as are texts that are political and meant so.
func UnmovedActs(m *model.Model, k *model.Case) ([]Unmoved, error) {
	var out []Unmoved
	for _, o := range k.Options {
		for i, act := range o.Acts {
			in := m.Instrument(act.Instrument)
			if in == nil || in.Meant() || k.Crisis.Names(in.ID) || k.Doubted(act.Pos) || m.Unread(act) {
				continue
			}
			u, err := unmovedBy(m, k, o, i)
			if err != nil {
				return nil, err
			}
			if u != nil {
				out = append(out, *u)
			}
		}
	}
	return out, nil
}

func unmovedBy(m *model.Model, k *model.Case, o *model.Option, act int) (*Unmoved, error) {
	without := *o
	without.Acts = slices.Delete(slices.Clone(o.Acts), act, act+1)
	with, err := Ground(m, k, o)
	if err != nil {
		return nil, err
	}
	less, err := Ground(m, k, &without)
	if err != nil {
		return nil, err
	}
	x := mover{g: with, with: with.counsel(), less: less.counsel(), id: o.Acts[act].Instrument, left: mostAsked, asks: thresholds(k.Crisis)}
	if x.moved() {
		return nil, nil
	}
	return &Unmoved{Option: o, Act: o.Acts[act], Why: x.why()}, nil
}

// mover asks what is owed with an act and without it.
type mover struct {
	g          *Game
	with, less *counsel
	id         string
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
	if x.raised != "" {
		return x.raised + ", which the crisis does not ask for (" + asked(x.asks) + ")"
	}
	if len(x.asks) == 0 {
		return "the crisis asks for no duty(…) and no pledged(…)"
	}
	book := x.with.g.book
	if !book.InForce(x.id) {
		return "it is not in force"
	}
	cast := map[string]bool{}
	for _, a := range x.g.Actors {
		for _, s := range x.g.states(a) {
			cast[s] = true
		}
	}
	alone := book.Only(x.id)
	debtors, no, same := []string{}, "", false
	for _, ev := range x.g.everyEvent() {
		for _, known := range x.g.legal(ev) {
			for _, v := range ev.victims {
				place := ev.place
				if place == "" {
					place = v.actor + ".home"
				}
				for _, a := range alone.Answers(law.Event{Kind: ev.spec.Kind, By: ev.by, On: v.actor, Object: ev.object, Place: place, Facts: known, Readings: x.g.Case.Readings}, true) {
					switch {
					case a.Verb != model.Owes:
					case !cast[a.Debtor]:
						if Level(a) > 0 && !slices.Contains(debtors, a.Debtor) {
							debtors = append(debtors, a.Debtor)
						}
					case Level(a) > 0:
						same = true
					case no == "" && a.Why != "":
						no = fmt.Sprintf("%s by %s is %s: %s", a.Article.Address, a.Debtor, a.Status, a.Why)
					}
				}
			}
		}
	}
	slices.Sort(debtors)
	switch {
	case same:
		return "what it asks for is owed without it"
	case len(debtors) > 0:
		return "those who owe something under it play no part (" + strings.Join(debtors[:min(4, len(debtors))], ", ") + ")"
	case no != "":
		return no
	}
	return "nothing that is done in the crisis is a deed that it speaks of, by whom and on whom it is done"
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
			other := map[string]law.Tri{}
			for name, v := range before {
				other[name] = v
			}
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
			t := threshold{call: e.Op, any: true}
			if above != nil && above.Kind == syntax.BinaryExpr && len(above.Args) == 2 {
				other, op := above.Args[1], above.Op
				if other == e {
					other, op = above.Args[0], turned[above.Op]
				}
				if i := slices.Index(model.Levels, other.Op); i >= 0 && op != "" {
					t = threshold{call: e.Op, op: op, level: i}
				}
			}
			if !slices.Contains(out, t) {
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
