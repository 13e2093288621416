package law

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"casus/law/chain"
	"casus/model"
)

// Spread asks how a war may spread from one event.
type Spread struct {
	Start    Event
	Deployed []Deployed  // forces that the attacker may strike
	Own      []OwnChoice // entries that no article asks for
	Chance   func(Link) (p float64, known bool)
	Links    int // events that only longer chains can lead to are not followed; 0: all are
	Events   int // the most events to follow; 0 is MaxEvents
	// End is two states that come to be at war, or one that is drawn in. Where the
	// events are too many, only those are followed by which a chain of Links, or of
	// usualLinks, may lead to that end, and Routes knows it alone. Whole is for who
	// looks at more than the shortest chains: more events are not too many then.
	End   []string
	Whole bool
}

// Deployed is a state's forces at a place.
type Deployed struct{ State, Place string }

// DeployedBy are the forces that the acts of options put somewhere.
func DeployedBy(acts []model.Act) []Deployed {
	var out []Deployed
	for _, act := range acts {
		if act.Verb == "deploy" {
			for _, state := range act.States {
				out = append(out, Deployed{State: state, Place: act.Place})
			}
		}
	}
	return out
}

// OwnChoice is a state that may go to war with another though nothing obliges
// it, by a declaration or an attack on its home; Once, where given, is a war
// that must be going on first.
type OwnChoice struct {
	State, Against string
	Attacks        bool
	Once           [2]string
}

// words names the choice.
func (o OwnChoice) words() string {
	if o.Attacks {
		return o.State + " attacks " + o.Against + " by its own choice"
	}
	return o.State + " goes to war with " + o.Against + " by its own choice"
}

// MaxEvents bounds the events that a cascade follows: seventy states, each at
// war with every other, and some.
const MaxEvents = 10_000

// A cascade of more rules than maxRules is not followed as a whole, but only toward
// its end, by chains of so many links as most are asked for; where no more than
// short chains are asked for, one of more than fewRules.
const (
	maxRules   = 200_000
	fewRules   = 20_000
	usualLinks = 9
)

// Cascade is a war that may spread, grounded: who may be drawn in, by which
// articles, deployments and choices. Wars and entries are propositions of Net;
// Links says what each element is, by its name, and Steps what each rule of
// Net means, by its label.
//
// What it follows: an event makes duties fall due; a state that meets a duty to
// help by force is at war with the attacker; its entry is an event of its own;
// states at war may strike each other's home territory, and the first attacker
// the forces that are deployed. Strikes and entries are free choices, whatever
// duty stands behind them: duty and compliance stay apart. Only what opens a
// war makes one: an armed attack or a declaration, never a threat or coercion.
// A condition that a war be going on waits for that war; one that a war be not
// going on is read on the day of the first shot; what else is not known is a
// link of kind fact.
type Cascade struct {
	Net   *chain.Net
	Links map[string]Link
	Steps []Step
	// Unread are the instruments in force between states that may be drawn in
	// whose text is not public: what chains lead through them nobody can say.
	Unread []string
	// Beyond is 0 where every event was followed. Else it is the least number
	// of links that a chain can have which leads through one that was not.
	Beyond int
	// Stopped says that the search was stopped from outside.
	Stopped bool
	book    *Book
	wars    map[string]chain.Lit
	toward  *Routes // to the one end that was asked for
}

// Link describes one element of a chain.
type Link struct {
	Kind    chain.Kind
	Name    string
	Class   string         // of a choice: bound, discretionary, or strike, own choice
	State   string         // who chooses, or whose forces
	Article *model.Article // of an article, and of the choice to honour it
	Duty    *model.Duty
	Against string
	Event   *Event // of a fact: the event it would have to hold of
}

// Step holds one rule: how one thing brings about another.
type Step struct {
	Words   string
	Article *model.Article // where a duty falls due
	Debtor  string
	Event   *Event // the event it falls due on
	Class   string // bound, discretionary; empty where nobody chooses
	War     bool   // it says no more than that two states are at war
}

// The classes of a choice, beside those of a chain in a game.
const (
	BoundLink         = "bound"         // military help is owed
	DiscretionaryLink = "discretionary" // help is owed, its form is for each to choose
	StrikeLink        = "strike"        // nobody owes it: an attack on who is at war already
	OwnLink           = "own choice"    // nobody owes it: an entry
)

// Cascade grounds the spread of a war under the law of the book. The events
// that short chains lead to are followed first. When ctx ends, it stands as far as
// it went.
func (b *Book) Cascade(ctx context.Context, s Spread) (*Cascade, error) {
	if s.Events == 0 {
		s.Events = MaxEvents
	}
	most := maxRules
	if len(s.End) > 0 && s.Links > 0 && !s.Whole {
		most = fewRules
	}
	g := b.spreader(s)
	g.begin()
	for n := range g.queue.all() {
		g.out.Stopped = ctx.Err() != nil
		large := len(g.out.Steps) > most
		switch {
		case g.followed[n.name] || g.least[n.name] < n.least: // it stands further up as well
		case large && len(s.End) > 0 && !g.out.Stopped:
			s.Links = cmp.Or(s.Links, usualLinks)
			return b.seek(ctx, s)
		case s.Links > 0 && n.least > s.Links, len(g.followed) >= s.Events, large, g.out.Stopped:
			g.out.Beyond = n.least
			return g.out, g.out.Net.Err()
		default:
			g.followed[n.name] = true
			g.follow(n.Event, n.least)
		}
	}
	return g.out, g.out.Net.Err()
}

func (b *Book) spreader(s Spread) *spreader {
	if s.Start.NoState != "" {
		s.Start.Facts = maps.Clone(s.Start.Facts)
		if s.Start.Facts == nil {
			s.Start.Facts = map[string]Tri{}
		}
		for _, on := range append([]string{s.Start.On}, s.Start.AlsoOn...) {
			s.Start.Facts[FactKey("raided", on)] = Yes
		}
	}
	out := &Cascade{Net: chain.New(), Links: map[string]Link{}, book: b, wars: map[string]chain.Lit{}}
	return &spreader{Spread: s, b: b, out: out, ofDeed: b.factsOfDeed(s.Start), least: map[string]int{}, followed: map[string]bool{},
		alts: map[string][]chain.Lit{}, wronged: map[wrong]bool{}, entered: map[entry]int{}}
}

// War is the proposition that two states are at war; false when no chain of
// the cascade could make them so.
func (c *Cascade) War(x, y string) (chain.Lit, bool) {
	l, ok := c.wars[warKey(x, y)]
	return l, ok
}

// Drawn is the proposition that a state is at war with anybody; false when
// nothing in the cascade could draw it in.
func (c *Cascade) Drawn(x string) (chain.Lit, bool) {
	if !slices.Contains(c.States(), x) {
		return 0, false
	}
	return c.Net.Lookup("drawn(" + x + ")")
}

// States are all who may be drawn in, in order.
func (c *Cascade) States() []string {
	set := map[string]bool{}
	for key := range c.wars {
		x, y, _ := strings.Cut(key, " ")
		set[x], set[y] = true, true
	}
	return keysOf(set)
}

// Without is the cascade with links taken away, by their names: who can only be drawn
// in through one of them is drawn in no more.
func (c *Cascade) Without(names []string) *Cascade {
	out := *c
	out.Links, out.wars = maps.Clone(c.Links), map[string]chain.Lit{}
	var taken []chain.Lit
	for _, name := range names {
		if x, ok := c.Net.Lookup(name); ok {
			taken = append(taken, x)
			delete(out.Links, name)
		}
	}
	out.Net = c.Net.Without(taken)
	possible := out.Net.Possible()
	for key, war := range c.wars {
		if possible(war) {
			out.wars[key] = war
		}
	}
	if c.toward != nil {
		out.toward = c.toward.without(taken)
	}
	return &out
}

func keysOf[V any](set map[string]V) []string {
	out := make([]string, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func warKey(x, y string) string {
	if y < x {
		x, y = y, x
	}
	return x + " " + y
}

// spreader grounds a cascade, event by event.
type spreader struct {
	Spread
	b        *Book
	out      *Cascade
	queue    queue
	least    map[string]int // by event: no chain with fewer links leads to it
	followed map[string]bool
	waiting  map[chain.Lit]queued // events by the proposition that they happen, where an end is sought
	alts     map[string][]chain.Lit
	ofDeed   []string       // facts that are of the first deed alone
	wronged  map[wrong]bool // that may come about in some chain
	entered  map[entry]int  // entries of which what follows is laid down, with the links that lead to them
	atHand   func()         // what waits for the two of the first event to be at war
}

// queued is an event that waits to be followed.
type queued struct {
	Event
	name  string
	least int
}

// queue holds events by the least number of links that lead to them.
type queue [][]queued

func (q *queue) add(ev queued) {
	for len(*q) <= ev.least {
		*q = append(*q, nil)
	}
	(*q)[ev.least] = append((*q)[ev.least], ev)
}

// all yields the events by their number of links, then as they came in. More
// may be added meanwhile, with as many links or more.
func (q *queue) all() iter.Seq[queued] {
	return func(yield func(queued) bool) {
		for n := 0; n < len(*q); n++ {
			for i := 0; i < len((*q)[n]); i++ {
				if !yield((*q)[n][i]) {
					return
				}
			}
			(*q)[n] = nil
		}
	}
}

// begin lays down what there is before anybody answers: the first event and
// what may follow without any duty.
func (g *spreader) begin() {
	first := g.element(Link{Kind: chain.Event, Name: g.Start.Words(), Event: &g.Start})
	if g.Start.NoState != "" {
		g.beginRaid(first)
		return
	}
	hostile := g.war(g.Start.By, g.Start.On) // before the attacker strikes the forces of others
	for i, ev := range g.Start.pairs() {
		happens := g.happens(ev, 1)
		g.rule(happens, Step{Words: g.Start.Words()}, first)
		if g.b.opensWar(ev) {
			g.began(ev, 1, happens)
			if i == 0 {
				hostile = happens
			}
		} else if q := g.b.Model.MayBeKind(ev.Kind, openingOfWar); q != nil {
			g.began(ev, 2, happens, g.alternatives(q.Words+" ("+ev.Words()+")", ev, "yes", "no")[0])
		}
	}
	if g.b.opensWar(g.Start) {
		g.deployed(hostile)
	} else { // there is nothing to strike at before there is a war
		g.atHand = func() { g.deployed(hostile) }
		if _, already := g.out.wars[warKey(g.Start.By, g.Start.On)]; already {
			g.atHand()
			g.atHand = nil
		}
	}
	for _, o := range g.Own {
		g.mayChoose(o)
	}
}

// mayChoose lets a state make its own choice, once what comes first has happened.
func (g *spreader) mayChoose(o OwnChoice, before ...chain.Lit) {
	body := append([]chain.Lit{g.element(o.choiceLink())}, before...)
	if o.Once[0] != "" {
		body = append(body, g.war(o.Once[0], o.Once[1]))
	}
	g.chooses(o, Step{Words: o.words(), Class: OwnLink, Debtor: o.State}, body)
}

// beginRaid lays down a deed of an attacker that is no state. It puts nobody at war:
// its victim may strike a state from whose land it came, by a choice of its own, and
// the articles that the raid itself sets off may bring others in against that state.
func (g *spreader) beginRaid(first chain.Lit) {
	var happened []chain.Lit
	for _, ev := range g.Start.pairs() {
		happened = append(happened, g.happens(ev, 1))
		g.rule(happened[len(happened)-1], Step{Words: g.Start.Words()}, first)
	}
	for _, o := range g.Own {
		if g.Start.names(o.State) {
			g.mayChoose(o, happened...)
		} else {
			g.mayChoose(o)
		}
	}
}

// hosts are the states that a victim of the raid may strike for it.
func (g *spreader) hosts(victim string) []string {
	var out []string
	for _, o := range g.Own {
		if o.Attacks && o.State == victim && !slices.Contains(out, o.Against) {
			out = append(out, o.Against)
		}
	}
	return out
}

// raidAnswered is the question whether the victim of a raid may strike the state from
// whose land it came.
const raidAnswered = "raid_answered"

// struckForIt lists what must be so for force on the host to be an answer to the raid:
// one list for each reading by which it may be, and a single empty one where nobody
// asks.
func (g *spreader) struckForIt(ev Event) [][]chain.Lit {
	q := g.b.Model.Question(raidAnswered)
	if q == nil {
		return [][]chain.Lit{nil}
	}
	var names []string
	for _, s := range q.Readings {
		names = append(names, s.Name)
	}
	var out [][]chain.Lit
	for _, s := range (&court{b: g.b, ev: ev}).heard(q) {
		if chosen := g.Start.Readings[q.Name]; s.Open || s.Says == nil || chosen != "" && chosen != s.Name {
			continue
		}
		read := []chain.Lit{g.reading(q.Name, s.Name, ev, names)}
		switch {
		case s.Says.Op == model.CondKnown && s.Says.N == 0:
			continue
		case s.Says.Op == model.CondKnown, g.Start.Facts[s.Says.Words] == Yes:
		case g.Start.Facts[s.Says.Words] == No:
			continue
		default:
			read = append(read, g.alternatives(s.Says.Words+" ("+ev.Words()+")", ev, "yes", "no")[0])
		}
		out = append(out, read)
	}
	return out
}

// owesAfterRaid adds the entries against a host by which a duty that the raid itself
// makes fall due may be met. Such a text names no state to fight, so the war of the
// victim comes first; what the entry sets off in turn is not followed.
func (g *spreader) owesAfterRaid(a *model.Article, t *model.Then, debtor, creditor string, ev Event, w way) {
	for _, host := range g.hosts(creditor) {
		if debtor == host || t.Enemy.Kind == model.Literal && t.Enemy.Name != host {
			continue
		}
		choice := choiceOf(a, t, debtor, host)
		how := Step{Words: a.Address + " makes " + debtor + " owe " + creditor + ": " + t.Class.Title, Article: a, Debtor: debtor, Event: &ev, Class: choice.Class}
		for _, answered := range g.struckForIt(ev) {
			body := []chain.Lit{g.happens(ev, 1), g.element(articleLink(a)), g.element(choice), g.war(creditor, host)}
			body = append(append(body, g.conditions(ev, w)...), answered...)
			g.joins(debtor, host, how, body)
		}
	}
}

// deployed lets the first attacker strike the forces of others, once it is at war.
func (g *spreader) deployed(hostile chain.Lit) {
	for _, d := range g.Deployed {
		if g.Start.names(d.State) {
			continue
		}
		ev := g.then("armed attack", g.Start.By, d.State, "forces", d.Place)
		name := g.Start.By + " attacks the forces of " + d.State + " at " + d.Place
		g.rule(g.happens(ev, 3), Step{Words: name, Class: StrikeLink, Debtor: g.Start.By},
			hostile, g.element(d.deploymentLink()),
			g.element(Link{Kind: chain.Choice, Name: name, Class: StrikeLink, State: g.Start.By, Against: d.State}))
		g.wrongs(ev.By, ev.On, 3, g.happens(ev, 3))
	}
}

// openingOfWar is the kind of event that puts attacker and victim at war: an armed
// attack or a declaration is one. Coercion, a threat or a mobilisation is not.
const openingOfWar = "opening of war"

func (b *Book) opensWar(ev Event) bool { return b.Model.IsKind(ev.Kind, openingOfWar) }

// pairs is an event as one of each attacker on each victim.
func (ev Event) pairs() []Event {
	var out []Event
	for _, by := range append([]string{ev.By}, ev.AlsoBy...) {
		for _, on := range append([]string{ev.On}, ev.AlsoOn...) {
			one := ev
			one.By, one.On, one.AlsoBy, one.AlsoOn = by, on, nil, nil
			out = append(out, one)
		}
	}
	return out
}

// names reports whether a state attacks or is attacked in the event.
func (ev Event) names(state string) bool {
	return state == ev.By || state == ev.On || slices.Contains(ev.AlsoBy, state) || slices.Contains(ev.AlsoOn, state)
}

// chooses lets a state go to war by its own choice.
func (g *spreader) chooses(o OwnChoice, how Step, body []chain.Lit) {
	if !o.Attacks {
		g.enters(entry{state: o.State, against: o.Against, inDefence: g.helpsVictim(o)}, 1, how, body)
		return
	}
	ev := g.then("armed attack", o.State, o.Against, "territory", o.Against+".home")
	g.rule(g.happens(ev, 1), how, body...)
	g.wrongs(o.State, o.Against, 1, g.happens(ev, 1))
}

// helpsVictim reports whether an own choice is for the first victim, against the
// one who attacked it.
func (g *spreader) helpsVictim(o OwnChoice) bool {
	return o.Against == g.Start.By && slices.Contains(o.Once[:], g.Start.On) && !g.answers(g.Start)
}

// began says who is in the wrong by the first event: its attacker or, where the
// victim is known to have attacked first, the victim.
func (g *spreader) began(ev Event, least int, body ...chain.Lit) {
	if g.answers(ev) {
		g.wrongsAs(ev.By+" is at war with "+ev.On, wrong{ev.On, ev.By, true}, least, body...)
		return
	}
	g.wrongs(ev.By, ev.On, least, body...)
}

// answers reports whether the first event is given to be the answer to an attack.
func (g *spreader) answers(ev Event) bool {
	return ev.Facts["self_defence"] == Yes || ev.Facts[FactKey("attacked_by", ev.By, ev.On)] == Yes && ev.Facts[FactKey("attacked_by", ev.On, ev.By)] != Yes
}

// parties is the least number of links of a chain that has two states at war:
// the first event, for each of them that is not in it a choice or a deployment
// of its own, and an article that asks for it. Own choices may need none of it.
func (g *spreader) parties(x, y string) int {
	if len(g.Own) > 0 {
		return 1
	}
	n := 1
	for _, s := range [2]string{x, y} {
		if !g.Start.names(s) {
			n++
		}
	}
	if n > 1 && len(g.Deployed) == 0 {
		n++
	}
	return n
}

// then is an event that follows: what is given of the first holds of it too, but
// for what excuses a deed.
func (g *spreader) then(kind, by, on, object, place string) Event {
	facts := g.Start.Facts
	if len(g.ofDeed) > 0 {
		facts = maps.Clone(facts)
		for _, name := range g.ofDeed {
			delete(facts, name)
		}
	}
	return Event{Kind: kind, By: by, On: on, Object: object, Place: place, Facts: facts, Readings: g.Start.Readings}
}

// defence is the entry of one who helps a state that was attacked first, against
// the one who began: by itself it is carried to nobody's land.
func (g *spreader) defence(ev Event) Event {
	return g.excused(ev, map[string]Tri{"self_defence": Yes})
}

// aid is the blow of such a helper at the home of the one who began. As with the
// one attacked first, the judge finds whether that is defence. Who so comes in
// against a helper is drawn in; what that war sets off in turn is not followed,
// for each of thirty allies would be a beginning.
func (g *spreader) aid(ev Event) Event {
	ev = g.excused(ev, map[string]Tri{"in_aid": Yes, FactKey("aggressor", ev.On): Yes})
	ev.aids = true
	return ev
}

// answer is an event as the force of one on whom its victim opened war; who
// declares war in a chain is taken to make it. Whether that excuses it the judge
// finds, as it does where the same is told by what came before: force carried to
// the attacker's home is read in several ways.
func (g *spreader) answer(ev Event) Event {
	ev = g.excused(ev, map[string]Tri{FactKey("attacked_by", ev.By, ev.On): Yes, FactKey("opened_war", ev.On, ev.By): Yes, FactKey("aggressor", ev.On): Yes})
	ev.answers = true
	return ev
}

// excused is an event that the one who began provoked, with what else is known of
// it.
func (g *spreader) excused(ev Event, known map[string]Tri) Event {
	ev.inDefence = true
	if _, given := ev.Facts["provoked"]; !given {
		known["provoked"] = Yes
	}
	maps.Copy(known, ev.Facts)
	ev.Facts = known
	return ev
}

// factsOfDeed are the given facts that are of one deed and not of what follows
// from it: what excuses it and, where it is known who attacked first, whether it
// was provoked.
func (b *Book) factsOfDeed(first Event) []string {
	var out []string
	add := func(name string) {
		if _, given := first.Facts[name]; given && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(b.Model.Events)) {
		for _, x := range b.Model.ExcusesOf(kind) {
			add(x.Question.Name)
			for _, cond := range []*model.Cond{x.Question.Yes, x.Question.No} {
				if cond == nil {
					continue
				}
				cond.Walk(func(c *model.Cond) {
					if c.Op == model.CondFact && len(c.Terms) == 0 {
						add(c.Name)
					}
				})
			}
		}
	}
	if first.Facts[FactKey("attacked_by", first.By, first.On)] == Yes || first.Facts[FactKey("attacked_by", first.On, first.By)] == Yes {
		add("provoked")
	}
	return out
}

// key tells events of a cascade apart: one in defence from one that is not.
func (ev Event) key() string {
	switch {
	case ev.answers:
		return ev.Words() + " in answer"
	case ev.inDefence:
		return ev.Words() + " in defence"
	}
	return ev.Words()
}

// Words names an event as a model file would write it.
func (ev Event) Words() string {
	s := ev.Kind
	if ev.NoState != "" {
		s += " by no state"
		if ev.NoState != "no state" {
			s += " \"" + ev.NoState + "\""
		}
	}
	if ev.By != "" {
		s += " by " + strings.Join(append([]string{ev.By}, ev.AlsoBy...), ", ")
	}
	if ev.On != "" {
		s += " on " + strings.Join(append([]string{ev.On}, ev.AlsoOn...), ", ")
	}
	if ev.Object != "" {
		s += ", object " + ev.Object
	}
	if ev.Place != "" {
		s += ", at " + ev.Place
	}
	return s
}

// happens is the proposition that an event happens, to which no chain with
// fewer than least links leads by the way at hand; a new event, or one nearer
// than was thought, is queued.
func (g *spreader) happens(ev Event, least int) chain.Lit {
	name := ev.key()
	if known, seen := g.least[name]; !seen || least < known && !g.followed[name] {
		g.least[name] = least
		if g.waiting == nil {
			g.queue.add(queued{ev, name, least})
		} else {
			g.waiting[g.out.Net.Prop("happens: "+name)] = queued{ev, name, least}
		}
	}
	return g.out.Net.Prop("happens: " + name)
}

func (g *spreader) war(x, y string) chain.Lit { return g.out.Net.Prop("at_war(" + warName(x, y) + ")") }

func warName(x, y string) string { return strings.ReplaceAll(warKey(x, y), " ", ", ") }

// wrongs says that one state is in the wrong against another, because of body, to
// which at least so many links lead: it attacked it, or entered for one who did.
// The two are at war, and each may strike the other's home. When the wronged one
// strikes, nobody owes the other help against an attack.
func (g *spreader) wrongs(x, y string, least int, body ...chain.Lit) {
	g.wrongsAs(x+" is at war with "+y, wrong{x, y, true}, least, body...)
}

// wrong is a state's being in the wrong against another: it opened war on it, or
// the other entered for one that it had attacked.
type wrong struct {
	by, against string
	opened      bool
}

func (w wrong) String() string {
	if w.opened {
		return w.by + " opened war on " + w.against
	}
	return w.by + " is in the wrong against " + w.against
}

// wrongsAs is wrongs with the words in which the war is told. The blow of one who
// entered for another is a first blow between the two, though in defence.
func (g *spreader) wrongsAs(words string, is wrong, least int, body ...chain.Lit) {
	x, y := is.by, is.against
	w, p := g.war(x, y), g.out.Net.Prop(is.String())
	atWar := Step{Words: words, War: true}
	g.rule(p, atWar, body...)
	g.rule(w, atWar, p)
	g.atWar(x, y, w)
	if g.wronged[is] {
		return
	}
	g.wronged[is] = true
	back := g.then("armed attack", y, x, "territory", x+".home")
	if is.opened {
		back = g.answer(back)
	} else {
		back = g.aid(back)
	}
	g.strikes(g.then("armed attack", x, y, "territory", y+".home"), least, p)
	g.strikes(back, least, p)
}

// atWar keeps a war, and that it draws both in.
func (g *spreader) atWar(x, y string, w chain.Lit) {
	key := warKey(x, y)
	if _, known := g.out.wars[key]; known {
		return
	}
	g.out.wars[key] = w
	if then := g.atHand; then != nil && key == warKey(g.Start.By, g.Start.On) {
		g.atHand = nil
		then()
	}
	for _, s := range [2]string{x, y} {
		if g.waiting == nil || len(g.End) == 1 && g.End[0] == s {
			g.rule(g.out.Net.Prop("drawn("+s+")"), Step{Words: s + " is drawn in"}, w)
		}
	}
}

// strikes lets a state that is at war strike the other's home, unless that is how
// it began.
func (g *spreader) strikes(ev Event, least int, because chain.Lit) {
	if slices.ContainsFunc(g.Start.pairs(), func(first Event) bool {
		return first.By == ev.By && first.On == ev.On && first.Object == "territory" && g.b.opensWar(first)
	}) {
		return
	}
	name := ev.By + " strikes " + ev.On + " at home"
	g.rule(g.happens(ev, least+1), Step{Words: name, Class: StrikeLink, Debtor: ev.By}, because,
		g.element(Link{Kind: chain.Choice, Name: name, Class: StrikeLink, State: ev.By, Against: ev.On}))
}

// entry is a state's going to war with another: for one who was attacked, or not.
type entry struct {
	state, against string
	inDefence      bool
}

// enters says that a state goes to war with another, which is an event.
func (g *spreader) enters(e entry, least int, how Step, body []chain.Lit) {
	name := e.state + " enters against " + e.against
	ev := g.then("declaration of war", e.state, e.against, "", "")
	if e.inDefence {
		name, ev = name+" in defence", g.defence(ev)
	}
	entered := g.out.Net.Prop(name)
	g.rule(entered, how, body...)
	least = max(least, g.parties(e.state, e.against))
	if known, seen := g.entered[e]; seen && known <= least {
		return // what follows from it is laid down
	}
	g.entered[e] = least
	atWar := e.state + " is at war with " + e.against
	if e.inDefence {
		g.wrongsAs(atWar, wrong{e.against, e.state, false}, least, entered)
	} else {
		g.wrongs(e.state, e.against, least, entered)
	}
	g.rule(g.happens(ev, least), Step{Words: atWar, War: true}, entered)
}

// rule adds a rule and keeps what it means under its label.
func (g *spreader) rule(head chain.Lit, what Step, body ...chain.Lit) {
	g.out.Net.Rule(head, len(g.out.Steps), body...)
	g.out.Steps = append(g.out.Steps, what)
}

func (g *spreader) element(l Link) chain.Lit {
	if _, known := g.out.Links[l.Name]; !known {
		g.out.Links[l.Name] = l
	}
	return g.lit(l)
}

// lit is the element of a link, with its chance where one is known.
func (g *spreader) lit(l Link) chain.Lit {
	if g.Chance != nil {
		if p, ok := g.Chance(l); ok {
			return g.out.Net.Uncertain(l.Kind, l.Name, p)
		}
	}
	return g.out.Net.Element(l.Kind, l.Name)
}

// follow finds every duty of armed help that an event makes fall due, and on
// what it turns.
func (g *spreader) follow(ev Event, least int) {
	if ev.By == "" && ev.NoState == "" {
		return
	}
	known := map[string]Tri{}
	if ev.By != "" && g.b.opensWar(ev) {
		known = map[string]Tri{FactKey("at_war", ev.By, ev.On): Yes, FactKey("at_war", ev.On, ev.By): Yes}
		if !ev.inDefence && !g.answers(ev) {
			known[FactKey("attacked_by", ev.On, ev.By)] = Yes
		}
	}
	for k, v := range ev.Facts {
		known[k] = v
	}
	asked := ev
	asked.Facts = g.b.ordered(known)
	asked.begun = g.b.beginnings(asked)
	for _, in := range g.b.Model.Instruments {
		if !g.b.force[in.ID].in || !g.b.reads(in) {
			continue
		}
		for _, a := range in.Articles {
			switch {
			case !g.b.current(a):
			case in.Unpublished || a.Unpublished:
				g.unread(in, ev)
			default:
				g.article(a, asked, ev, least)
			}
		}
	}
}

// unread notes an instrument that may bind somebody to help the victim.
func (g *spreader) unread(in *model.Instrument, ev Event) {
	if slices.Contains(g.b.members[in.ID], ev.On) && !slices.Contains(g.out.Unread, in.ID) {
		g.out.Unread = append(g.out.Unread, in.ID)
	}
}

func (g *spreader) article(a *model.Article, asked, ev Event, least int) {
	asked = g.b.recorded(a, asked)
	for i := range a.Rules {
		r := &a.Rules[i]
		if !g.b.speaks(r, &asked) {
			continue
		}
		for j := range r.Thens {
			if t := &r.Thens[j]; t.Verb == model.Owes && t.Class.Force != model.NoForce {
				g.duty(newCourt(g.b, asked, a, i, j), ev, least)
			}
		}
	}
}

// duty adds the entries by which the debtors of one consequence may come in. What
// it turns on is found once for debtors whom the rule treats alike.
func (g *spreader) duty(c *court, ev Event, least int) {
	if !c.relevant() {
		return
	}
	creditor := c.state(c.then.Creditor)
	alike := map[string][]way{}
	for _, d := range c.obliged(c.then) {
		if d == enemyOf(c.then, ev, creditor) || c.spared(d, creditor) {
			continue
		}
		like := c.likeness(d, creditor)
		ways, known := alike[like]
		if !known {
			ways = c.openings(d)
			alike[like] = ways
		}
		for _, way := range ways {
			g.owes(c.a, c.then, d, creditor, ev, least, way)
		}
	}
}

// enemyOf is the state against whom help is owed: the one that the text names, or
// else the other side of the event.
func enemyOf(t *model.Then, ev Event, creditor string) string {
	if t.Enemy.Kind == model.Literal {
		return t.Enemy.Name
	}
	return ev.Against(creditor)
}

func (g *spreader) owes(a *model.Article, t *model.Then, debtor, creditor string, ev Event, least int, way way) {
	if ev.NoState != "" {
		g.owesAfterRaid(a, t, debtor, creditor, ev, way)
		return
	}
	enemy := enemyOf(t, ev, creditor)
	if g.startsWith(debtor, enemy) {
		return
	}
	owing := a.Address + " makes " + debtor + " owe " + ev.Toward(creditor) + ": " + t.Class.Title
	choice := choiceOf(a, t, debtor, enemy)
	body := []chain.Lit{g.happens(ev, least), g.element(articleLink(a)), g.element(choice)}
	body = append(body, g.conditions(ev, way)...)
	least = max(least, g.together(ev, body))
	how := Step{Words: owing, Article: a, Debtor: debtor, Event: &ev, Class: choice.Class}
	if ev.aids {
		g.joins(debtor, enemy, how, body)
		return
	}
	g.enters(entry{state: debtor, against: enemy, inDefence: creditor == ev.On && !ev.inDefence && !g.answers(ev)}, least, how, body)
}

// articleLink is an article as a link: a declaration where it binds nobody in law.
func articleLink(a *model.Article) Link {
	kind := chain.Article
	if a.Instrument.Political {
		kind = chain.Declaration
	}
	return Link{Kind: kind, Name: a.Address, Article: a}
}

// choiceOf is the choice to meet a duty.
func choiceOf(a *model.Article, t *model.Then, debtor, enemy string) Link {
	class := DiscretionaryLink
	if t.Class.Force == model.MustForce && !a.Instrument.Political {
		class = BoundLink
	}
	return Link{Kind: chain.Choice, Name: debtor + " honours " + a.Address, Class: class, State: debtor, Article: a, Duty: t.Class, Against: enemy}
}

// choiceLink is the choice itself.
func (o OwnChoice) choiceLink() Link {
	return Link{Kind: chain.Choice, Name: o.words(), Class: OwnLink, State: o.State, Against: o.Against}
}

// deploymentLink is the forces themselves.
func (d Deployed) deploymentLink() Link {
	return Link{Kind: chain.Deployment, Name: d.State + " deployed at " + d.Place, State: d.State}
}

// joins says that a state is drawn into a war, and no more.
func (g *spreader) joins(state, against string, how Step, body []chain.Lit) {
	name, war := state+" joins against "+against, g.war(state, against)
	_, known := g.out.Net.Lookup(name)
	entered := g.out.Net.Prop(name)
	g.rule(entered, how, body...)
	if known {
		return
	}
	g.rule(war, Step{Words: state + " is at war with " + against, War: true}, entered)
	g.atWar(state, against, war)
}

// together is how many links a rule alone asks for, with the first event and the
// blow of who strikes back, who had to come in first where it is a helper: no
// chain that goes through it has fewer.
func (g *spreader) together(ev Event, body []chain.Lit) int {
	n := 1
	if ev.inDefence && ev.Kind == "armed attack" {
		n++
		if !g.Start.names(ev.By) && len(g.Own)+len(g.Deployed) == 0 {
			n++
		}
	}
	for _, x := range body {
		if g.out.Net.Kind(x) != chain.Proposition {
			n++
		}
	}
	return n
}

// startsWith reports whether two states are at war by the first event: then no
// article has them enter against each other.
func (g *spreader) startsWith(x, y string) bool {
	return slices.ContainsFunc(g.Start.pairs(), func(first Event) bool {
		return g.b.opensWar(first) && warKey(first.By, first.On) == warKey(x, y)
	})
}

// conditions lists what a way turns on: wars that must be going on, facts that
// must be so, readings that must be taken.
func (g *spreader) conditions(ev Event, w way) []chain.Lit {
	var out []chain.Lit
	for _, f := range w.facts {
		switch name, args, ok := cutFact(f.key); {
		case ok && (name == "at_war" || name == "attacked_by") && len(args) == 2 && args[0] != "" && args[1] != "":
			if f.value == Yes {
				out = append(out, g.war(args[0], args[1]))
			}
		default:
			pair := g.alternatives(f.key+" ("+ev.Words()+")", ev, "yes", "no")
			out = append(out, pair[(1-int(f.value))/2])
		}
	}
	if w.article == nil {
		return out
	}
	if rd := w.taken.rd; rd != nil && len(w.article.Readings) > 1 {
		var names []string
		for _, r := range w.article.Readings {
			names = append(names, r.Name)
		}
		out = append(out, g.reading(w.article.Address, rd.Name, ev, names))
	}
	for _, st := range w.taken.stances {
		var names []string
		for _, s := range st.q.Readings {
			names = append(names, s.Name)
		}
		if !slices.Contains(names, st.s.Name) { // a record, against which facts are given
			names = append(names, st.s.Name)
		}
		out = append(out, g.reading(st.q.Name, st.s.Name, ev, names))
	}
	return out
}

// reading is that something is read in one of several ways, in the whole chain.
func (g *spreader) reading(of, as string, ev Event, names []string) chain.Lit {
	return g.alternatives("reading of "+of, ev, names...)[slices.Index(names, as)]
}

// alternatives lists what excludes each other: a fact and its opposite, the
// readings of an article. Without any chance they are left to who asks.
func (g *spreader) alternatives(name string, ev Event, names ...string) []chain.Lit {
	if known, ok := g.alts[name]; ok {
		return known
	}
	alts := make([]chain.Alternative, len(names))
	open, left := len(names), 1.0
	for i, n := range names {
		l := Link{Kind: chain.Fact, Name: name + ": " + n, Event: &ev}
		g.out.Links[l.Name] = l
		alts[i] = chain.Alternative{Name: n, P: math.NaN()}
		if g.Chance != nil {
			if p, ok := g.Chance(l); ok {
				alts[i].P = p
				open, left = open-1, left-p
			}
		}
	}
	for i := range alts { // what is not said has in equal parts what is left over
		if math.IsNaN(alts[i].P) {
			alts[i].P = max(left, 0) / float64(open)
		}
	}
	g.alts[name] = g.out.Net.Choice(name, alts...)
	return g.alts[name]
}

// cutFact takes a fact key apart: at_war(RUS, GBR).
func cutFact(key string) (name string, args []string, ok bool) {
	name, inside, ok := strings.Cut(key, "(")
	if !ok || !strings.HasSuffix(inside, ")") {
		return key, nil, ok
	}
	return name, strings.Split(strings.TrimSuffix(inside, ")"), ", "), true
}

// way is one smallest set of what must be so for a duty to be owed.
type way struct {
	article *model.Article // whose readings are taken; nil: however it is read
	taken   take
	facts   []fact
}

type fact struct {
	key   string
	value Tri
}

// openings are the smallest sets of open facts that make a duty owed, under
// each way to read what is in doubt; one that holds however it is read names
// none. That a war is not going on counts as so unless it is given that it is.
func (c *court) openings(debtor string) []way {
	var out []way
	takes := c.takes(debtor, c.readings())
	under := make([][]way, len(takes))
	for i, t := range takes {
		under[i] = c.under(t).openingsUnder(debtor, t.rd)
	}
	for i, t := range takes {
		for _, w := range under[i] {
			everywhere := !slices.ContainsFunc(under, func(ws []way) bool { return !slices.ContainsFunc(ws, w.same) })
			if !everywhere {
				w.article, w.taken = c.a, t
			}
			if !everywhere || i == 0 {
				out = append(out, w)
			}
		}
	}
	return out
}

func (w way) same(v way) bool { return slices.Equal(w.facts, v.facts) }

func (c *court) openingsUnder(debtor string, rd *model.Reading) []way {
	probe := *c
	probe.open = map[string]*model.Cond{}
	switch probe.weigh(debtor, rd, nil).status {
	case Owed:
		return []way{{}}
	case Contested:
		return []way{{facts: []fact{{"the dispute over " + c.a.Address + " is settled for the duty", Yes}}}}
	case NotOwed, Dormant:
		return nil
	}
	open := keysOf(probe.open)
	if len(open) > maxDeciders {
		return []way{{facts: []fact{{"what " + c.a.Address + " turns on", Yes}}}}
	}
	var found []supposition
	var out []way
	coherent := c.coherence(probe.open)
	for size := 1; size <= len(open); size++ {
		for _, s := range suppositions(open, size) {
			if slices.ContainsFunc(found, func(f supposition) bool { return f.within(s) }) || !coherent(s.values) {
				continue
			}
			if c.supposing(s.values).weigh(debtor, rd, nil).status == Owed {
				found = append(found, s)
				out = append(out, s.way(open))
			}
		}
	}
	return out
}

// way is a supposition in the order of the open facts.
func (s supposition) way(open []string) way {
	var w way
	for _, k := range open {
		if v, ok := s.values[k]; ok {
			w.facts = append(w.facts, fact{k, v})
		}
	}
	return w
}

// Label is a number for a step, as Derive gives it back.
func (c *Cascade) Label(label int) Step {
	if label < 0 || label >= len(c.Steps) {
		panic("no step " + strconv.Itoa(label))
	}
	return c.Steps[label]
}
