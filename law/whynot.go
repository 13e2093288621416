package law

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/data"
	"casus/model"
)

// WhyNot says what would have to be otherwise for an article to bind a debtor
// whom it does not bind, or to free one whom it binds.
//
// A change is one step away from the event or from the law: a fact of law
// given the other way, the object, the place, the attacker, the victim, the
// kind of event or the day; or, kept apart, a clause struck, waived, activated
// or read otherwise, a party added. Two changes in one respect (two places)
// exclude each other. What is the same to every condition in question (two
// places in the same areas) is one change, shown by a witness of the
// catalogue; so nothing that cannot be is supposed, such as a place in Kyiv
// that is not in Ukraine.
//
// A way is a set of changes after which the same judge gives the answer sought
// and no part of which does. All ways of up to Size changes are found, by
// trying every set in order of size, facts and clauses each for themselves.
type WhyNot struct {
	Article *model.Article
	Debtors []string // treated alike; the first is the one tried
	Verb    model.Verb
	Class   *model.Duty
	Status  Status // as it is
	Bind    *Ways  // what would bind; nil where it binds already
	Free    *Ways  // what would free; nil where it is free already
}

// Ways are the smallest sets of changes, in order of size.
type Ways struct {
	Size    int // the most changes in a set; smaller than asked where there are too many to try
	Facts   []Way
	Clauses []Way
}

// Way is a smallest set of changes and the answer they lead to.
type Way struct {
	Changes []Change
	Then    Status

	set []int // the changes by number
}

// Change is one change in words: "the object were territory".
type Change struct {
	Respect string // fact, object, place, attacker, victim, kind, date; exception, condition, party, force, activation, suspension, reading
	Words   string
	Witness string // the place, state or day tried, where the words leave it open

	excludes string // changes of equal excludes cannot be made together
	make     func(*trial)
	span     [2]data.Day // of a day: from the first to the last that would do
}

// trial is the law and the event with changes made to them.
type trial struct {
	b     *Book
	ev    Event
	facts []factSet
}

type factSet struct {
	x inRule
	v Tri
}

// inRule is a condition with the rule whose letters it is read with and, of
// one that is counted, the state it is counted for.
type inRule struct {
	cond  *model.Cond
	rule  int
	bound map[string]string
}

// mostTries bounds the sets that are tried for one answer.
const mostTries = 400_000

// WhyNot asks what would change what an article answers. Debtor may be empty:
// then it asks for every one that the article names. Size is the most changes
// that are tried together. Once nobody waits for it, its error is that of the context.
func (b *Book) WhyNot(ctx context.Context, address, debtor string, ev Event, size int) ([]WhyNot, error) {
	a := b.Model.Article(address)
	if a == nil {
		return nil, fmt.Errorf("unknown article %q", address)
	}
	if a.Unpublished || a.Instrument.Unpublished {
		return nil, fmt.Errorf("the text of %s is not public: nobody can say what would change its answer", address)
	}
	if len(a.Rules) == 0 {
		return nil, fmt.Errorf("%s makes no duty: ask about the article that it bears on", address)
	}
	ev.Facts = b.ordered(ev.Facts)
	ev = b.recorded(a, ev)
	var out []WhyNot
	for _, w := range b.named(a, debtor, ev) {
		s := &search{ctx: ctx, b: b, ev: ev, a: a, w: w, size: size}
		out = append(out, s.run())
		if err := ctx.Err(); err != nil { // what it found is not all there is
			return nil, err
		}
	}
	return out, nil
}

// named are the questions about an article: one for each kind of consequence
// and for each set of debtors treated alike.
func (b *Book) named(a *model.Article, debtor string, ev Event) []WhyNot {
	var out []WhyNot
	at := map[string]int{}
	for i := range a.Rules {
		for j := range a.Rules[i].Thens {
			c := newCourt(b, ev, a, i, j)
			debtors := c.obliged(c.then)
			if debtor != "" {
				debtors = []string{debtor}
			}
			for _, d := range debtors {
				if debtor == "" && c.spared(d, c.state(c.then.Creditor)) {
					continue
				}
				w := WhyNot{Article: a, Debtors: []string{d}, Verb: c.then.Verb, Class: c.then.Class}
				w.Status = b.statusOf(&w, ev)
				key := fmt.Sprint(w.Verb, w.Class.Name, w.Status, c.likeness(d, c.state(c.then.Creditor)))
				if k, known := at[key]; known {
					if !slices.Contains(out[k].Debtors, d) {
						out[k].Debtors = append(out[k].Debtors, d)
					}
					continue
				}
				at[key] = len(out)
				out = append(out, w)
			}
		}
	}
	return out
}

// statusOf is the answer of an article to its first debtor, the strongest of
// its rules; not owed where none names it.
func (b *Book) statusOf(w *WhyNot, ev Event) Status {
	best, d := NotOwed, w.Debtors[0]
	if !b.current(w.Article) {
		return best
	}
	ev = b.recorded(w.Article, ev)
	for i := range w.Article.Rules {
		for j := range w.Article.Rules[i].Thens {
			c := newCourt(b, ev, w.Article, i, j)
			if c.then.Verb != w.Verb || c.then.Class != w.Class || !c.lists(d) || c.spared(d, c.state(c.then.Creditor)) {
				continue
			}
			if s := c.outcome(d, c.takes(d, c.readings())); precedence[s] > precedence[best] {
				best = s
			}
		}
	}
	return best
}

func (c *court) lists(debtor string) bool {
	set := c.then.Debtors
	if set.Kind == model.ListSet {
		return slices.Contains(c.obliged(c.then), debtor)
	}
	return set.Kind == model.AllStates && slices.Contains(c.b.every, debtor) || set.Kind != model.AllStates && c.in(debtor, set)
}

func binds(s Status) bool { return s == Owed || s == Right || s == Breached }

func frees(s Status) bool { return s == NotOwed || s == Dormant }

// search looks for the ways of one question.
type search struct {
	ctx   context.Context // of who waits for it
	b     *Book
	ev    Event
	a     *model.Article
	w     WhyNot
	size  int
	books map[data.Day]*Book
	looks map[string][]look // by respect: what the conditions look at
}

// look is one thing that conditions look at in a place or a state.
type look struct {
	value func(*trial) Tri
	words func(*trial, Tri) string
}

func (s *search) run() WhyNot {
	s.books, s.looks = map[data.Day]*Book{s.b.Day: s.b}, map[string][]look{}
	facts, clauses := s.factChanges(), s.clauseChanges()
	if !binds(s.w.Status) {
		s.w.Bind = s.ways(facts, clauses, binds)
	}
	if !frees(s.w.Status) {
		s.w.Free = s.ways(facts, clauses, frees)
	}
	return s.w
}

func (s *search) ways(facts, clauses []Change, sought func(Status) bool) *Ways {
	size := s.size
	for size > 1 && tries(max(len(facts), len(clauses)), size) > mostTries {
		size--
	}
	found := s.minimal(facts, size, sought)
	for _, respect := range []string{"place", "victim", "attacker"} {
		found = s.describe(found, facts, respect, sought)
	}
	return &Ways{Size: size, Facts: joinDays(found), Clauses: s.minimal(clauses, size, sought)}
}

// tries is how many sets of up to size of n changes there are.
func tries(n, size int) int {
	total, sets := 0, 1
	for k := 1; k <= size && total <= mostTries; k++ {
		sets = sets * (n - k + 1) / k
		total += sets
	}
	return total
}

// minimal tries every set of changes in order of size; one that holds a set
// found before is left out.
func (s *search) minimal(changes []Change, size int, sought func(Status) bool) []Way {
	var found [][]int
	var out []Way
	var try func(from int, set []int, left int)
	try = func(from int, set []int, left int) {
		if s.ctx.Err() != nil {
			return
		}
		if left == 0 {
			if slices.ContainsFunc(found, func(f []int) bool { return contains(set, f) }) {
				return
			}
			if t := s.trial(changes, set); sought(t.b.statusOf(&s.w, t.ev)) {
				found = append(found, slices.Clone(set))
				out = append(out, s.way(changes, set, t))
			}
			return
		}
		for i := from; i < len(changes); i++ {
			if !slices.ContainsFunc(set, func(j int) bool { return changes[j].excludes == changes[i].excludes }) {
				try(i+1, append(set, i), left-1)
			}
		}
	}
	for n := 1; n <= size; n++ {
		try(0, nil, n)
	}
	return out
}

func contains(set, part []int) bool {
	return !slices.ContainsFunc(part, func(i int) bool { return !slices.Contains(set, i) })
}

func (s *search) trial(changes []Change, set []int) *trial {
	t := &trial{b: s.b, ev: s.ev}
	for _, i := range set {
		changes[i].make(t)
	}
	if len(t.facts) > 0 {
		t.ev.Facts = maps.Clone(t.ev.Facts)
		if t.ev.Facts == nil {
			t.ev.Facts = map[string]Tri{}
		}
		for _, f := range t.facts {
			t.ev.Facts[s.court(t, f.x).factKey(f.x.cond)] = f.v
		}
	}
	return t
}

// court reads a condition with the letters of its rule, in a trial.
func (s *search) court(t *trial, x inRule) *court {
	c := newCourt(t.b, t.ev, s.a, x.rule, 0)
	for letter, state := range x.bound {
		c.vars[letter] = state
	}
	return c
}

// way puts a set found into words, and holds it against the answer that is
// given to everybody.
func (s *search) way(changes []Change, set []int, t *trial) Way {
	out := Way{Then: t.b.statusOf(&s.w, t.ev), set: slices.Clone(set)}
	for _, i := range set {
		c := changes[i]
		if c.Respect == "fact" { // its states are those of the trial
			f := t.facts[slices.IndexFunc(t.facts, func(f factSet) bool { return f.x.key() == c.excludes })]
			c.Words = s.court(t, f.x).factKey(f.x.cond) + " = " + f.v.String()
		}
		out.Changes = append(out.Changes, c)
	}
	for _, a := range t.b.article(nil, s.a, t.ev, true) {
		if a.Debtor == s.w.Debtors[0] && a.Verb == s.w.Verb && a.Class == s.w.Class && a.Status == out.Then {
			return out
		}
	}
	if out.Then == NotOwed {
		return out // it names no duty of the debtor at all
	}
	panic(fmt.Sprintf("law: %s would be %s for %s under %v, but is not", s.a.Address, out.Then, s.w.Debtors[0], out.Changes))
}

// joinDays makes one way of those that differ only in the day, where the days
// follow each other.
func joinDays(ways []Way) []Way {
	var out []Way
	at := map[string]int{}
	for _, w := range ways {
		day := slices.IndexFunc(w.Changes, func(c Change) bool { return c.Respect == "date" })
		if day < 0 {
			out = append(out, w)
			continue
		}
		key := otherwise(w, day)
		if i, known := at[key]; known && out[i].Changes[day].span[1]+1 == w.Changes[day].span[0] {
			c := &out[i].Changes[day]
			later := w.Changes[day]
			c.span[1] = later.span[1]
			c.Words = dayWords(c.span)
			if later.Witness == later.span[1].String() { // before the day asked about: the last is the nearest
				c.Witness = later.Witness
			}
			continue
		}
		at[key] = len(out)
		out = append(out, w)
	}
	return out
}

func otherwise(w Way, day int) string {
	key := w.Then.String()
	for i, c := range w.Changes {
		if i != day {
			key += "\n" + c.Words
		}
	}
	return key
}

const endless = data.Day(1 << 30)

func dayWords(span [2]data.Day) string {
	switch {
	case span[1] >= endless:
		return "the day were " + span[0].String() + " or later"
	case span[0] <= -endless:
		return "the day were " + span[1].String() + " or before"
	}
	return "the day were from " + span[0].String() + " to " + span[1].String()
}

// describe puts the ways that differ only in the place (or the victim, or the
// attacker) into the fewest words: smallest sets of properties that a condition
// looks at, such that whatever has them would do. Each has a witness, and
// together they hold every way found.
func (s *search) describe(ways []Way, changes []Change, respect string, sought func(Status) bool) []Way {
	var out []Way
	groups := map[string][]Way{}
	var order []string
	for _, w := range ways {
		k := slices.IndexFunc(w.set, func(i int) bool { return changes[i].Respect == respect })
		if k < 0 {
			out = append(out, w)
			continue
		}
		key := fmt.Sprint(slices.Delete(slices.Clone(w.set), k, k+1), w.Then)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], w)
	}
	for _, key := range order {
		out = append(out, s.described(groups[key], changes, respect, sought)...)
	}
	slices.SortStableFunc(out, func(a, b Way) int { return len(a.set) - len(b.set) })
	return out
}

func (s *search) described(ways []Way, changes []Change, respect string, sought func(Status) bool) []Way {
	looks := s.looks[respect]
	others := slices.DeleteFunc(slices.Clone(ways[0].set), func(i int) bool { return changes[i].Respect == respect })
	var not []string // how what would not do looks
	if t := s.trial(changes, others); respect == "place" && t.ev.Place != "" || respect != "place" && t.state(respect) != "" {
		not = append(not, seenBy(looks, t))
	}
	for i, c := range changes {
		if c.Respect != respect {
			continue
		}
		if t := s.trial(changes, append(slices.Clone(others), i)); !sought(t.b.statusOf(&s.w, t.ev)) {
			not = append(not, seenBy(looks, t))
		}
	}
	looking := make([]string, len(ways))
	for i, w := range ways {
		looking[i] = seenBy(looks, s.trial(changes, w.set))
	}
	var out []Way
	left := looking
	for all := primes(looking, not); ; {
		p := widest(all, left)
		if p == nil {
			break
		}
		i := slices.IndexFunc(looking, func(l string) bool { return p.fits(l) && slices.Contains(left, l) })
		left = slices.DeleteFunc(slices.Clone(left), p.fits)
		out = append(out, s.inWords(ways[i], changes, respect, p))
	}
	for i, w := range ways { // what no few words describe is named
		if slices.Contains(left, looking[i]) {
			out = append(out, w)
		}
	}
	return out
}

// property is a set of things that are looked at, and their values.
type property []struct {
	at    int
	value byte
}

func (p property) fits(looking string) bool {
	for _, l := range p {
		if looking[l.at] != l.value {
			return false
		}
	}
	return true
}

func (p property) negatives() int {
	n := 0
	for _, l := range p {
		n += rank(l.value != yesByte)
	}
	return n
}

const yesByte = byte('1' + Yes)

// mostWords bounds the properties put together in one description.
const mostWords = 4

// widest is the first of the properties that the most of those left have; nil
// where none of them has any.
func widest(all []property, left []string) property {
	var best property
	most := 0
	for _, p := range all {
		n := 0
		for _, l := range left {
			n += rank(p.fits(l))
		}
		if n > most {
			best, most = p, n
		}
	}
	return best
}

// primes are the smallest properties that some of those looking have and none
// of those that would not do; the plainest first.
func primes(looking, not []string) []property {
	var out []property
	for size := 1; size <= mostWords; size++ {
		var found []property
		for _, l := range looking {
			chosen(len(l), size, func(at []int) {
				p := property{}
				for _, i := range at {
					p = append(p, struct {
						at    int
						value byte
					}{i, l[i]})
				}
				fits := func(q property) bool {
					return !slices.ContainsFunc(q, func(x struct {
						at    int
						value byte
					}) bool {
						return !slices.Contains(p, x)
					})
				}
				if !slices.ContainsFunc(not, p.fits) && !slices.ContainsFunc(out, fits) && !slices.ContainsFunc(found, fits) {
					found = append(found, p)
				}
			})
		}
		out = append(out, found...)
	}
	slices.SortStableFunc(out, func(p, q property) int {
		return cmp.Or(cmp.Compare(p.negatives(), q.negatives()), cmp.Compare(len(p), len(q)))
	})
	return out
}

// chosen calls with each set of size of the numbers below n, in order.
func chosen(n, size int, call func([]int)) {
	var choose func(from int, at []int)
	choose = func(from int, at []int) {
		if len(at) == size {
			call(at)
			return
		}
		for i := from; i < n; i++ {
			choose(i+1, append(at, i))
		}
	}
	choose(0, make([]int, 0, size))
}

// inWords is a way with a description in the place of a name.
func (s *search) inWords(w Way, changes []Change, respect string, p property) Way {
	out := Way{Then: w.Then, set: w.set, Changes: slices.Clone(w.Changes)}
	t := s.trial(changes, w.set)
	var words []string
	for _, l := range p {
		words = append(words, s.looks[respect][l.at].words(t, Tri(int8(l.value)-'1')))
	}
	for i, k := range w.set {
		if changes[k].Respect == respect {
			out.Changes[i].Words = "the " + respect + " were " + map[bool]string{true: "", false: "a state that "}[respect == "place"] + strings.Join(words, " and ")
		}
	}
	return out
}

// --- what the answer can turn on ---

// conditions are all that the rules, exceptions, readings and activations look
// at, each with the rule whose letters it is read with.
func (s *search) conditions() []inRule {
	var out []inRule
	for i := range s.a.Rules {
		for _, cond := range s.b.conditionsOf(s.a, i) {
			s.leaves(cond, i, nil, &out)
		}
	}
	return out
}

func (b *Book) conditionsOf(a *model.Article, rule int) []*model.Cond {
	out := []*model.Cond{a.Rules[rule].Cond, a.Active, a.Instrument.Active}
	for _, e := range b.exceptionsUnder(a, 0) {
		out = append(out, e.Cond)
	}
	return slices.DeleteFunc(out, func(c *model.Cond) bool { return c == nil })
}

// exceptionsUnder are the exceptions to an article, those of its readings, and
// the exceptions to them.
func (b *Book) exceptionsUnder(a *model.Article, depth int) []*model.Exception {
	var out []*model.Exception
	add := func(e *model.Exception) {
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	for _, e := range b.against[a.Address] {
		add(e)
		if e.Article != a && depth < 16 {
			for _, f := range b.exceptionsUnder(e.Article, depth+1) {
				add(f)
			}
		}
	}
	for i := range a.Readings {
		for j := range a.Readings[i].Except {
			add(&a.Readings[i].Except[j])
		}
	}
	return out
}

func (s *search) leaves(cond *model.Cond, rule int, bound map[string]string, out *[]inRule) {
	switch cond.Op {
	case model.CondAnd, model.CondOr, model.CondNot:
		for _, x := range cond.Args {
			s.leaves(x, rule, bound, out)
		}
	case model.CondCount:
		c := newCourt(s.b, s.ev, s.a, rule, 0)
		for _, state := range c.states(cond.Set) {
			inner := maps.Clone(bound)
			if inner == nil {
				inner = map[string]string{}
			}
			inner[cond.Name] = state
			s.leaves(cond.Args[0], rule, inner, out)
		}
	case model.CondKnown:
	default:
		*out = append(*out, inRule{cond, rule, bound})
	}
}

// key is the same for conditions that no event tells apart.
func (x inRule) key() string {
	letters := slices.Sorted(maps.Keys(x.bound))
	words := fmt.Sprint(x.rule, " ", x.cond.Words, " ", x.cond.Set.Instrument, " ", x.cond.About)
	for _, l := range letters {
		words += " " + l + "=" + x.bound[l]
	}
	return words
}

// factChanges are the changes to the event and to what is known of it.
func (s *search) factChanges() []Change {
	leaves := s.conditions()
	out := s.facts(leaves)
	out = append(out, s.kinds()...)
	out = append(out, s.objects(leaves)...)
	victims := s.states(leaves, "victim")
	var attackers []Change
	if s.w.Verb != model.Breaches { // the one who breaks it is the one who attacks
		attackers = s.states(leaves, "attacker")
	}
	out = append(out, s.places(leaves, victims, attackers)...)
	out = append(append(out, victims...), attackers...)
	return append(out, s.days(leaves)...)
}

func (s *search) facts(leaves []inRule) []Change {
	var out []Change
	seen := map[string]bool{}
	for _, x := range leaves {
		if x.cond.Op != model.CondFact {
			continue
		}
		c := s.court(&trial{b: s.b, ev: s.ev}, x)
		key := c.factKey(x.cond)
		if seen[key] {
			continue
		}
		seen[key] = true
		for _, v := range []Tri{Yes, No} {
			if s.ev.given(key, x.cond) != v {
				out = append(out, Change{Respect: "fact", Words: key + " = " + v.String(), excludes: x.key(), make: func(t *trial) { t.facts = append(t.facts, factSet{x, v}) }})
			}
		}
	}
	return out
}

func (s *search) kinds() []Change {
	vector := func(kind string) string {
		var b strings.Builder
		for _, r := range s.a.Rules {
			b.WriteString(Of(r.Kind == "" || s.b.Model.IsKind(kind, r.Kind)).String())
			if q := s.b.Model.MayBeKind(kind, r.Kind); q != nil {
				b.WriteString(q.Name)
			}
		}
		return b.String()
	}
	seen := map[string]bool{vector(s.ev.Kind): true}
	var kinds []string
	for _, r := range s.a.Rules {
		kinds = append(kinds, r.Kind)
	}
	others := slices.Sorted(maps.Keys(s.b.Model.Events))
	var out []Change
	for i, kind := range append(kinds, others...) {
		if kind == "" || seen[vector(kind)] {
			continue
		}
		seen[vector(kind)] = true
		c := Change{Respect: "kind", Words: "the event were " + withArticle(kind), excludes: "kind", make: func(t *trial) { t.ev.Kind = kind }}
		if i >= len(kinds) {
			c.Words, c.Witness = "the event were of another kind", kind
		}
		out = append(out, c)
	}
	return out
}

func (s *search) objects(leaves []inRule) []Change {
	named := map[string]bool{}
	for _, x := range leaves {
		if x.cond.Op == model.CondObject {
			named[x.cond.Name] = true
		}
	}
	if len(named) == 0 {
		return nil
	}
	var out []Change
	var rest []string // those that no condition names are one class
	for _, o := range model.Objects() {
		if !named[o] {
			rest = append(rest, o)
		} else if o != s.ev.Object {
			out = append(out, Change{Respect: "object", Words: "the object were " + o, excludes: "object", make: func(t *trial) { t.ev.Object = o }})
		}
	}
	if len(rest) > 0 && !slices.Contains(rest, s.ev.Object) {
		out = append(out, Change{Respect: "object", Words: "the object were " + strings.Join(rest, " or "), Witness: rest[0], excludes: "object", make: func(t *trial) { t.ev.Object = rest[0] }})
	}
	return out
}

// states are the changes of victim or attacker: one for each way in which the
// states differ to the conditions.
func (s *search) states(leaves []inRule, who string) []Change {
	asks := func(c *court, t model.Term) bool {
		if who == "victim" {
			return c.isVictim(t)
		}
		return c.isAttacker(t)
	}
	put := func(ev *Event, state string) {
		if who == "victim" {
			ev.On = state
		} else {
			ev.By = state
		}
	}
	var mine []inRule
	for _, x := range leaves {
		c := s.court(&trial{b: s.b, ev: s.ev}, x)
		if x.cond.Op != model.CondFact && slices.ContainsFunc(x.cond.Terms, func(t model.Term) bool { return asks(c, t) }) {
			mine = append(mine, x)
		}
	}
	var looks []look
	for _, r := range s.a.Rules {
		term := r.On
		if who == "attacker" {
			term = r.By
		}
		if term.Kind == model.Literal {
			looks = append(looks, look{
				func(t *trial) Tri { return Of(term.Name == t.state(who)) },
				func(_ *trial, v Tri) string { return isOrNot(v, term.Name) }})
		}
	}
	for _, x := range mine {
		looks = append(looks, look{
			func(t *trial) Tri { return s.court(t, x).value(x.cond, nil) },
			func(t *trial, v Tri) string { return s.leafWords(x, v) }})
	}
	if s.looks[who] = looks; len(looks) == 0 {
		return nil
	}
	now := &trial{b: s.b, ev: s.ev}
	seen := map[string]bool{}
	if now.state(who) != "" {
		seen[seenBy(looks, now)] = true
	}
	var out []Change
	for _, state := range s.b.every {
		if state == s.ev.On || state == s.ev.By || state == s.w.Debtors[0] && s.w.Verb == model.Owes {
			continue
		}
		t := &trial{b: s.b, ev: s.ev}
		put(&t.ev, state)
		key := seenBy(looks, t)
		if seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, Change{Respect: who, Words: "the " + who + " were " + state, Witness: state, excludes: who, make: func(t *trial) { put(&t.ev, state) }})
	}
	return out
}

func (t *trial) state(who string) string {
	if who == "attacker" {
		return t.ev.By
	}
	return t.ev.On
}

// seenBy is the same for trials that look the same to conditions.
func seenBy(looks []look, t *trial) string {
	b := make([]byte, len(looks))
	for i, l := range looks {
		b[i] = byte('1' + l.value(t))
	}
	return string(b)
}

func isOrNot(v Tri, name string) string {
	if v == Yes {
		return "is " + name
	}
	return "is not " + name
}

// leafWords say a condition of a victim or attacker in words.
func (s *search) leafWords(x inRule, v Tri) string {
	not := ""
	if v != Yes {
		not = "not "
	}
	switch cond := x.cond; cond.Op {
	case model.CondIn:
		if cond.Set.Kind == model.PartySet {
			return "is " + not + "a party of " + cond.Set.Instrument
		}
		return "is " + not + "in " + cond.Set.Words
	case model.CondSame:
		other := cond.Terms[1]
		if other.Kind != model.Literal {
			other = cond.Terms[0]
		}
		return "is " + not + s.court(&trial{b: s.b, ev: s.ev}, x).name(other)
	}
	return "has the place " + map[bool]string{true: "outside", false: "within"}[v != Yes] + " its territory"
}

// places are the changes of place: one for each way in which the places of the
// model differ to the conditions, for any state that is tried beside it.
func (s *search) places(leaves []inRule, victims, attackers []Change) []Change {
	beside := []Event{s.ev}
	for _, c := range slices.Concat(victims, attackers) {
		t := &trial{b: s.b, ev: s.ev}
		c.make(t)
		beside = append(beside, t.ev)
	}
	var mine []inRule
	seenLeaf := map[string]bool{}
	for _, x := range leaves {
		c := s.court(&trial{b: s.b, ev: s.ev}, x)
		if k := x.key(); (c.asksPlace(x.cond) || hostIn(x.cond)) && !seenLeaf[k] {
			seenLeaf[k] = true
			mine = append(mine, x)
		}
	}
	if len(mine) == 0 {
		return nil
	}
	var looks []look
	for _, x := range mine {
		if x.cond.Op != model.CondFact {
			looks = append(looks, look{
				func(t *trial) Tri { return s.court(t, x).value(x.cond, nil) },
				func(t *trial, v Tri) string { return s.placeWords(s.court(t, x), x.cond, v) }})
		}
	}
	s.looks["place"] = looks
	class := func(place string) (key string, sure bool) {
		for _, ev := range beside {
			ev.Place = place
			t := &trial{b: s.b, ev: ev}
			key += seenBy(looks, t)
			for _, x := range mine {
				if x.cond.Op == model.CondFact {
					key += s.court(t, x).factKey(x.cond)
				}
			}
		}
		return key, !strings.ContainsRune(key, '1') // a place that lies in part within an area is no witness
	}
	seen := map[string]bool{}
	if s.ev.Place != "" {
		now, _ := class(s.ev.Place)
		seen[now] = true
	}
	var out []Change
	for _, place := range s.b.witnesses() {
		key, sure := class(place)
		if seen[key] || !sure {
			continue
		}
		seen[key] = true
		out = append(out, Change{Respect: "place", Words: "the place were " + place, Witness: place, excludes: "place", make: func(t *trial) { t.ev.Place = place }})
	}
	return out
}

func hostIn(cond *model.Cond) bool {
	return slices.ContainsFunc(cond.Terms, func(t model.Term) bool { return t.Kind == model.Host })
}

func (s *search) placeWords(c *court, cond *model.Cond, v Tri) string {
	not := ""
	if v != Yes {
		not = "not "
	}
	switch cond.Op {
	case model.CondWithin:
		return not + "within " + cond.Area
	case model.CondWithinOf:
		return not + strings.TrimPrefix(c.words(cond), "place ")
	case model.CondIn:
		if cond.Set.Kind == model.PartySet {
			return not + "in a party of " + cond.Set.Instrument
		}
		return not + "in a state of " + cond.Set.Words
	}
	return not + "in " + c.name(cond.Terms[1])
}

// witnesses are the places of the model, points before regions, home before
// overseas, by name; then the states.
func (b *Book) witnesses() []string {
	m := b.Model
	holds := map[string]bool{}
	for _, a := range m.Areas {
		for _, up := range a.In {
			holds[up.In] = true
		}
	}
	names := m.AreaNames()
	slices.SortFunc(names, func(x, y string) int {
		p, q := m.Areas[x], m.Areas[y]
		return cmp.Or(rank(holds[x])-rank(holds[y]), rank(p.Pos.IsZero())-rank(q.Pos.IsZero()), rank(!b.atHome(x))-rank(!b.atHome(y)), cmp.Compare(x, y))
	})
	for _, s := range b.every {
		names = append(names, s+".home", s)
	}
	return slices.DeleteFunc(names, func(n string) bool { return !m.IsArea(n) })
}

// atHome reports whether a place is metropolitan land of a state.
func (b *Book) atHome(place string) bool {
	host := b.Model.HostOf(place, b.Day)
	return host != "" && b.Model.Within(place, host+".home", b.Day)
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// days are the changes of the day: one for each stretch of time between days on
// which something in question begins or ends.
func (s *search) days(leaves []inRule) []Change {
	cuts := s.cuts(leaves)
	var out []Change
	for i := 0; i <= len(cuts); i++ {
		span := [2]data.Day{-endless, endless}
		if i > 0 {
			span[0] = cuts[i-1]
		}
		if i < len(cuts) {
			span[1] = cuts[i] - 1
		}
		if span[0] <= s.b.Day && s.b.Day <= span[1] {
			continue
		}
		day := span[0] // the day nearest to the one asked about
		if span[1] < s.b.Day {
			day = span[1]
		}
		out = append(out, Change{Respect: "date", Words: dayWords(span), Witness: day.String(), span: span, excludes: "date", make: func(t *trial) { t.b = s.on(day) }})
	}
	return out
}

func (s *search) on(day data.Day) *Book {
	if s.books[day] == nil {
		s.books[day] = Compile(s.b.Model, day, s.b.acts)
	}
	return s.books[day]
}

func (s *search) cuts(leaves []inRule) []data.Day {
	days := map[data.Day]bool{}
	members := func(list []model.Membership) {
		for _, ms := range list {
			days[ms.From] = true
			if ms.HasUntil {
				days[ms.Until] = true
			}
		}
	}
	for _, q := range s.b.Model.Contests(s.ev.Place) {
		for d, has := range map[data.Day]bool{q.From: q.HasFrom, q.Until: q.HasUntil} {
			if has {
				days[d] = true
			}
		}
	}
	for _, d := range s.b.Model.Cuts(s.ev.Place) {
		days[d] = true
	}
	article := func(a *model.Article) {
		for d, has := range map[data.Day]bool{a.From: a.HasFrom, a.Until: a.HasUntil} {
			if has {
				days[d] = true
			}
		}
		in := a.Instrument
		for d, has := range map[data.Day]bool{in.Signed: in.HasSigned, in.InForce: in.HasInForce, in.Ended: in.HasEnded} {
			if has {
				days[d] = true
			}
		}
		members(in.Parties)
		for _, sp := range in.Suspensions {
			days[sp.From] = true
			if sp.HasUntil {
				days[sp.Until] = true
			}
		}
	}
	article(s.a)
	for _, e := range s.b.exceptionsUnder(s.a, 0) {
		article(e.Article)
	}
	set := func(x model.Set) {
		switch x.Kind {
		case model.PartySet:
			members(s.b.Model.Instrument(x.Instrument).Parties)
		case model.GroupSet:
			members(s.b.Model.Groups[x.Group].Members)
		}
	}
	for i := range s.a.Rules {
		for _, t := range s.a.Rules[i].Thens {
			set(t.Debtors)
		}
		for _, cond := range s.b.conditionsOf(s.a, i) {
			cond.Walk(func(x *model.Cond) {
				if x.Op == model.CondAfter {
					days[x.Day] = true
				}
				if x.Op == model.CondIn || x.Op == model.CondCount {
					set(x.Set)
				}
			})
		}
	}
	return slices.Sorted(maps.Keys(days))
}

// --- what the law could be ---

func (s *search) clauseChanges() []Change {
	out := s.strikes()
	out = append(out, s.waivers()...)
	out = append(out, s.parties()...)
	out = append(out, s.forces()...)
	for i := range s.a.Readings {
		r := &s.a.Readings[i]
		if s.ev.Readings[s.a.Address] != r.Name {
			out = append(out, Change{Respect: "reading", Words: s.a.Address + " were read as " + r.Name + bracketed(r.Title), excludes: "reading", make: func(t *trial) {
				t.ev.Readings = maps.Clone(t.ev.Readings)
				if t.ev.Readings == nil {
					t.ev.Readings = map[string]string{}
				}
				t.ev.Readings[s.a.Address] = r.Name
			}})
		}
	}
	return append(out, s.questions()...)
}

// questions are the readings of what is in doubt, each taken.
func (s *search) questions() []Change {
	var out []Change
	var seen []*model.Question
	d := s.w.Debtors[0]
	for i := range s.a.Rules {
		for j := range s.a.Rules[i].Thens {
			c := newCourt(s.b, s.ev, s.a, i, j)
			if c.then.Verb != s.w.Verb || c.then.Class != s.w.Class || !c.lists(d) {
				continue
			}
			for _, t := range c.takes(d, c.readings()) {
				for _, st := range t.stances {
					if slices.Contains(seen, st.q) {
						continue
					}
					seen = append(seen, st.q)
					out = append(out, s.stances(st.q, c.heard(st.q))...)
				}
			}
		}
	}
	return out
}

func (s *search) stances(q *model.Question, heard []*model.Stance) []Change {
	var out []Change
	for _, st := range heard {
		out = append(out, Change{Respect: "reading", Words: q.Name + " were read as " + st.Name + bracketed(st.Title, holder(st.By)), excludes: "reading " + q.Name, make: func(t *trial) {
			t.ev.Readings = maps.Clone(t.ev.Readings)
			if t.ev.Readings == nil {
				t.ev.Readings = map[string]string{}
			}
			t.ev.Readings[q.Name] = st.Name
		}})
	}
	return out
}

// strikes are the exceptions and extensions, each struck.
func (s *search) strikes() []Change {
	var out []Change
	for _, e := range s.b.exceptionsUnder(s.a, 0) {
		name := e.Article.Address
		if len(e.Article.Exceptions) > 1 {
			name += " limb " + e.Number
		}
		if reading, _, of := strings.Cut(e.Number, "."); of {
			name = "the exception of the reading " + reading + " of " + e.Article.Address
		}
		out = append(out, Change{Respect: "exception", Words: name + " were struck (" + e.Says() + ")", excludes: "strike " + e.Article.Address + " " + e.Number, make: func(t *trial) {
			t.change()
			t.b.struck = withKey(t.b.struck, e)
		}})
	}
	return out
}

// waivers are the conditions of the rules and of activation, each dropped.
func (s *search) waivers() []Change {
	var out []Change
	waive := func(respect, words string, cond *model.Cond) {
		out = append(out, Change{Respect: respect, Words: words, excludes: fmt.Sprint("waive ", cond.Pos.String()), make: func(t *trial) {
			t.change()
			t.b.waived = withKey(t.b.waived, cond)
		}})
	}
	for i := range s.a.Rules {
		conds := []*model.Cond{s.a.Rules[i].Cond}
		if c := conds[0]; c == nil {
			continue
		} else if c.Op == model.CondAnd {
			conds = c.Args
		}
		rule := s.a.Address
		if len(s.a.Rules) > 1 {
			rule += fmt.Sprintf(" rule %d", i+1)
		}
		for _, cond := range conds {
			waive("condition", rule+" did not ask for: "+cond.Words, cond)
		}
	}
	for _, cond := range []*model.Cond{s.a.Instrument.Active, s.a.Active} {
		if cond != nil {
			waive("activation", s.a.Address+" were active without: "+cond.Words, cond)
		}
	}
	return out
}

func withKey[K comparable](m map[K]bool, k K) map[K]bool {
	out := map[K]bool{k: true}
	for x := range m {
		out[x] = true
	}
	return out
}

// change gives a trial a book of its own.
func (t *trial) change() {
	b := *t.b
	t.b = &b
}

// parties are the debtor, the victim and the attacker, each in or out of the
// instrument.
func (s *search) parties() []Change {
	var out []Change
	in := s.a.Instrument
	for _, who := range []struct{ role, state string }{{"the debtor", s.w.Debtors[0]}, {"the victim", s.ev.On}, {"the attacker", s.ev.By}} {
		if who.state == "" {
			continue
		}
		member := slices.Contains(s.b.members[in.ID], who.state)
		words := fmt.Sprintf("%s, %s, were a party of %s", who.role, who.state, in.ID)
		if member {
			words = fmt.Sprintf("%s, %s, were no party of %s", who.role, who.state, in.ID)
		}
		out = append(out, Change{Respect: "party", Words: words, excludes: "party " + who.state, make: func(t *trial) {
			t.change()
			list := slices.DeleteFunc(slices.Clone(t.b.members[in.ID]), func(x string) bool { return x == who.state })
			if !member {
				list = append(list, who.state)
			}
			t.b.members = maps.Clone(t.b.members)
			t.b.members[in.ID] = list
		}})
	}
	return out
}

// forces bring the instrument into force, and lift a suspension.
func (s *search) forces() []Change {
	var out []Change
	in := s.a.Instrument
	if !s.b.force[in.ID].in {
		out = append(out, Change{Respect: "force", Words: in.ID + " were in force", excludes: "force", make: func(t *trial) {
			t.change()
			t.b.force = maps.Clone(t.b.force)
			t.b.force[in.ID] = standing{in: true, adopted: true}
		}})
	}
	if slices.ContainsFunc(in.Suspensions, func(x model.Suspension) bool { return x.By == s.w.Debtors[0] }) {
		out = append(out, Change{Respect: "suspension", Words: "the suspension by " + s.w.Debtors[0] + " were lifted", excludes: "suspension", make: func(t *trial) {
			t.change()
			t.b.lifted = withKey(t.b.lifted, in)
		}})
	}
	return out
}
