package law

import (
	"slices"

	"casus/model"
)

// BindsPolitically is the caveat on a text that binds nobody in law.
const BindsPolitically = "political, not legally binding"

// Holds is the value of a condition that stands in no rule, on the day of the
// book: of memberships and dates; what needs an event is unknown. An instrument
// that is not in force has no parties.
func (b *Book) Holds(cond *model.Cond) Tri { return b.alone().eval(cond, nil, "") }

// Meets are the states of a group, or of all, that meet the condition counted in
// any(x in …) or count(x in …), in their order; nil of any other condition.
func (b *Book) Meets(cond *model.Cond) []string {
	if cond.Op != model.CondCount {
		return nil
	}
	c := b.alone()
	var out []string
	for _, s := range c.states(cond.Set) {
		c.vars[cond.Name] = s
		if c.eval(cond.Args[0], nil, "") == Yes {
			out = append(out, s)
		}
	}
	return out
}

// alone is a court without a rule or an event.
func (b *Book) alone() *court {
	strict := *b
	strict.members = map[string][]string{}
	for id, parties := range b.members {
		if b.force[id].in {
			strict.members[id] = parties
		}
	}
	return &court{b: &strict, ev: Event{Facts: map[string]Tri{}}, vars: map[string]string{}}
}

// eval is the value of a condition. How it came about is written below a step
// of the trace, where one is kept (up is not nil); role is the condition's
// place in that step.
func (c *court) eval(cond *model.Cond, up *Node, role string) Tri {
	n := up.step(role, "condition")
	v := c.value(cond, n)
	if n != nil {
		n.say(c.words(cond), v)
		n.Position = cond.Pos
		c.ground(n, cond)
	}
	return v
}

// value is the value of a condition. Questions met on the way to a value that is
// known did not bear on it and are forgotten.
func (c *court) value(cond *model.Cond, n *Node) Tri {
	if c.met == nil {
		return c.found(cond, n)
	}
	before := len(*c.met)
	v := c.found(cond, n)
	if v != Unknown {
		*c.met = (*c.met)[:before]
	}
	return v
}

func (c *court) found(cond *model.Cond, n *Node) Tri {
	if c.b.waived[cond] {
		return Yes
	}
	switch cond.Op {
	case model.CondAnd, model.CondOr:
		return c.junction(cond, n)
	case model.CondNot:
		return c.eval(cond.Args[0], n, "not").Not()
	case model.CondKnown:
		return Of(cond.N != 0)
	case model.CondCount:
		return c.count(cond, n)
	}
	return c.leaf(cond)
}

func (c *court) junction(cond *model.Cond, n *Node) Tri {
	if cond.Op == model.CondAnd {
		return c.every(cond.Args, n)
	}
	v := No
	for i, x := range cond.Args {
		v = max(v, c.eval(x, n, ordinal(n, i)))
		if v == Yes && c.hasty(n) {
			return v
		}
	}
	return v
}

// every is whether all conditions hold.
func (c *court) every(conds []*model.Cond, n *Node) Tri {
	v := Yes
	for i, x := range conds {
		v = min(v, c.eval(x, n, ordinal(n, i)))
		if v == No && c.hasty(n) {
			return v
		}
	}
	return v
}

// hasty reports whether nobody asks what else there was once a value is
// settled.
func (c *court) hasty(n *Node) bool { return n == nil && c.open == nil }

// count asks whether at least N states of a set meet a condition; what is not
// known leaves the answer open only where it could change it. The trace keeps
// the states that meet it or may.
func (c *court) count(cond *model.Cond, n *Node) Tri {
	saved, had := c.vars[cond.Name]
	sure, perhaps := 0, 0
	for _, s := range c.states(cond.Set) {
		c.vars[cond.Name] = s
		v := c.eval(cond.Args[0], n, s)
		if q := c.b.doubtAbout(s, cond.Set); q != nil && v != No {
			v = min(v, c.doubtful(q))
		}
		switch v {
		case Yes:
			sure++
			n.lead(s)
		case Unknown:
			perhaps++
			n.lead(s)
		case No:
			n.drop()
		}
	}
	delete(c.vars, cond.Name)
	if had {
		c.vars[cond.Name] = saved
	}
	switch {
	case sure >= cond.N:
		return Yes
	case sure+perhaps >= cond.N:
		return Unknown
	}
	return No
}

// leaf is the value of a condition that has no parts.
func (c *court) leaf(cond *model.Cond) Tri {
	ev := &c.ev
	switch cond.Op {
	case model.CondFact:
		if cond.Question != nil {
			return c.ask(cond.Question)
		}
		if v := ev.given(c.factKey(cond), cond); v != Unknown {
			return v
		}
		if d, ok := ev.Doubts[c.doubtKey(cond)]; ok {
			return c.disputed(d, cond)
		}
		if c.b.Model.Facts[cond.Name].Told {
			return No
		}
		return c.unknown(cond)
	case model.CondObject:
		if ev.Object == "" {
			return c.unknown(cond)
		}
		return Of(ev.Object == cond.Name)
	case model.CondWithin:
		if ev.Place == "" {
			return c.unknown(cond)
		}
		within := c.within(cond.Area)
		if within == Unknown || within == No && c.b.Model.Overlaps(ev.Place, cond.Area, c.b.Day) {
			return c.unknown(cond) // a place in doubt, or one that lies in part within the area
		}
		return within
	case model.CondWithinOf:
		s := c.state(cond.Terms[0])
		if ev.Place == "" || s == "" {
			return c.unknown(cond)
		}
		return c.inTerritory(s, cond)
	case model.CondAfter:
		return Of(c.b.Day >= cond.Day)
	}
	return c.identity(cond)
}

// doubtKey is the name of a fact among those that are disputed; empty where none
// is, which costs nothing.
func (c *court) doubtKey(cond *model.Cond) string {
	if len(c.ev.Doubts) == 0 {
		return ""
	}
	return c.factKey(cond)
}

// disputed is a fact that turns on a question, or on whose land something was done.
func (c *court) disputed(d Doubted, cond *model.Cond) Tri {
	if d.Question != nil && (c.raising || c.granting && c.read(d.Question) == nil) {
		return Yes
	}
	v := c.attacked(d)
	switch {
	case v == Unknown && (c.raising || c.granting):
		return Yes
	case v == Unknown:
		return c.unknown(cond)
	case d.Not:
		return v.Not()
	}
	return v
}

// attacked is whether what a state did first was an attack.
func (c *court) attacked(d Doubted) Tri {
	if d.Question != nil {
		return c.ask(d.Question)
	}
	host, known := c.placed(c.b.Model.Contests(d.Land), func(read model.ChosenReading) string { return c.b.Model.HostAs(d.Land, d.Day, read) })
	if !known {
		return Unknown
	}
	return Of(host != d.By)
}

// given looks up what the event says of a fact. A fact per instrument that is given
// bare is given for every instrument of which nothing else is said.
func (ev *Event) given(key string, cond *model.Cond) Tri {
	v, ok := ev.Facts[key]
	if !ok && cond.About != "" {
		v = ev.Facts[cond.Name]
	}
	return v
}

func territory(s string, cond *model.Cond) string {
	if cond.Home {
		return s + ".home"
	}
	return s
}

func (c *court) factKey(cond *model.Cond) string {
	switch {
	case cond.About != "":
		return FactKey(cond.Name, cond.About)
	case len(cond.Terms) == 0:
		return cond.Name
	}
	args := make([]string, len(cond.Terms))
	for i, t := range cond.Terms {
		args[i] = c.name(t)
	}
	return FactKey(cond.Name, c.b.Model.Facts[cond.Name].Ordered(args)...)
}

// identity asks whether a state is in a set, or is another state.
func (c *court) identity(cond *model.Cond) Tri {
	s := c.state(cond.Terms[0])
	switch {
	case s == "" && cond.Terms[0].Kind == model.Host && c.ev.Place != "":
		if _, known := c.host(); !known && c.mayHost(cond) {
			return c.unknown(cond)
		}
		return No // the high seas belong to nobody
	case s == "" && c.ev.NoState != "" && c.isAttacker(cond.Terms[0]):
		return No // it is no state
	case s == "":
		return c.unknown(cond)
	case cond.Op == model.CondSame:
		other := c.state(cond.Terms[1])
		if other == "" {
			return c.unknown(cond)
		}
		return Of(s == other)
	}
	if cond.Set.Kind == model.AllStates {
		return Yes
	}
	if !c.in(s, cond.Set) {
		return No
	}
	return c.doubtful(c.b.doubtAbout(s, cond.Set))
}

// mayHost reports whether the host, who is not known, may be in a set, or be another
// state: of a place that is apart only who has to do with it may.
func (c *court) mayHost(cond *model.Cond) bool {
	if c.b.Model.Coastal(c.ev.Place, c.b.Day) {
		return c.coastIn(cond)
	}
	own := c.b.Model.ApartOn(c.ev.Place, c.b.Day)
	if own == nil || cond.Op == model.CondIn && cond.Set.Kind == model.AllStates {
		return true
	}
	return slices.ContainsFunc(own.States(), func(s string) bool {
		if cond.Op == model.CondSame {
			return s == c.state(cond.Terms[1])
		}
		return c.in(s, cond.Set)
	})
}

// coastIn reports whether a state on the coast of the water of the event may be in a
// set, or be another state. That it is some state's own may always be.
func (c *court) coastIn(cond *model.Cond) bool {
	if cond.Op == model.CondSame {
		return c.offCoastOf(c.state(cond.Terms[1]))
	}
	return slices.ContainsFunc(c.states(cond.Set), c.offCoastOf)
}

// words are a condition with its states in the place of its letters. Of a leaf
// that is not known they are its name.
func (c *court) words(cond *model.Cond) string {
	switch cond.Op {
	case model.CondFact:
		return c.factKey(cond)
	case model.CondWithinOf:
		if cond.Home {
			return "place within the metropolitan territory of " + c.name(cond.Terms[0])
		}
		return "place within the territory of " + c.name(cond.Terms[0])
	case model.CondSame:
		return c.name(cond.Terms[0]) + " is " + c.name(cond.Terms[1])
	case model.CondIn:
		if cond.Set.Kind == model.PartySet {
			return c.name(cond.Terms[0]) + " is a party of " + cond.Set.Instrument
		}
		return c.name(cond.Terms[0]) + " is " + cond.Set.Words
	}
	return cond.Words
}

// unknown is the value of a leaf that is not known: as supposed, or open.
func (c *court) unknown(cond *model.Cond) Tri {
	if c.assumed == nil && c.open == nil {
		return Unknown
	}
	return c.supposed(c.words(cond), cond)
}

func (c *court) supposed(key string, cond *model.Cond) Tri {
	if v, ok := c.assumed[key]; ok {
		return v
	}
	if c.open != nil {
		c.open[key] = cond
	}
	return Unknown
}

// name is the state a term stands for or, where that is not known, what it is.
func (c *court) name(t model.Term) string {
	if s := c.state(t); s != "" {
		return s
	}
	switch {
	case t.Kind == model.Victim || t.Kind == model.Variable && t.Name == c.rule.On.Name:
		return "victim"
	case t.Kind == model.Attacker || t.Kind == model.Variable && t.Name == c.rule.By.Name:
		return "attacker"
	case t.Kind == model.Host:
		return "host"
	}
	return t.Name
}

// state is the state a term stands for; "" where that is not known.
func (c *court) state(t model.Term) string {
	switch t.Kind {
	case model.Variable:
		return c.vars[t.Name]
	case model.Literal:
		return t.Name
	case model.Victim:
		return c.ev.On
	case model.Attacker:
		return c.ev.By
	case model.Host:
		host, _ := c.host()
		return host
	}
	return ""
}

// in reports whether a state is in a set.
func (c *court) in(s string, set model.Set) bool {
	if set.Kind == model.GroupSet {
		return slices.ContainsFunc(c.b.Model.Groups[set.Group].Members, func(m model.Membership) bool { return m.State == s && m.On(c.b.Day) })
	}
	return slices.Contains(c.states(set), s)
}

// states lists a set, in the order of the catalogue. "Every state" is the
// members of the state system on the day.
func (c *court) states(s model.Set) []string {
	switch s.Kind {
	case model.PartySet:
		return c.b.members[s.Instrument]
	case model.GroupSet:
		var out []string
		for _, m := range c.b.Model.Groups[s.Group].Members {
			if m.On(c.b.Day) {
				out = append(out, m.State)
			}
		}
		return out
	case model.AllStates:
		return c.b.every
	}
	out := slices.Clone(s.List)
	for i, x := range out {
		if len(x) == 1 {
			out[i] = c.vars[x]
		}
	}
	return slices.DeleteFunc(out, func(x string) bool { return x == "" })
}

// NotKnown is the direction of a duty in a text that is not public.
const NotKnown = "not known"

// Direction says which way a duty runs: mutual, one way or not known.
func (a Answer) Direction() string {
	switch {
	case a.Rule == nil:
		return NotKnown
	case a.Mutual:
		return "mutual"
	}
	return "one way"
}

// Caveats lists what a reader must know before relying on the answer: low or
// unchecked sources, an assumed entry into force.
func (a Answer) Caveats() []string {
	var out []string
	in := a.Article.Instrument
	if g := grade(a.Article); g != "verified" && g != "" {
		out = append(out, "source: "+g)
	}
	if in.Assumed != "" && a.Status != Dormant {
		out = append(out, "in force assumed: "+in.Assumed)
	}
	if in.Political && a.Verb == model.Owes && a.Status != NotOwed {
		out = append(out, BindsPolitically)
	}
	if a.Qualified != "" {
		out = append(out, a.Qualified)
	}
	return out
}
