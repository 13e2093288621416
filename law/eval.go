package law

import (
	"cmp"
	"slices"

	"casus/model"
)

// eval evaluates a condition and keeps how.
func (c *court) eval(cond *model.Cond) *Node {
	n := c.node("condition", cond.Words, No)
	n.Position = cond.Pos
	switch cond.Op {
	case model.CondAnd, model.CondOr:
		c.junction(n, cond)
	case model.CondNot:
		x := c.eval(cond.Args[0])
		n.value, n.Children = x.value.Not(), []*Node{x}
	case model.CondKnown:
		n.value = Of(cond.N != 0)
	case model.CondCount:
		c.count(n, cond)
	default:
		c.leaf(n, cond)
	}
	n.Value = n.value.String()
	return n
}

func (c *court) junction(n *Node, cond *model.Cond) {
	n.value, n.joins = Yes, cond.Op == model.CondAnd
	if cond.Op == model.CondOr {
		n.value = No
	}
	for _, x := range cond.Args {
		ch := c.eval(x)
		n.Children = append(n.Children, ch)
		if cond.Op == model.CondAnd {
			n.value = min(n.value, ch.value)
		} else {
			n.value = max(n.value, ch.value)
		}
	}
}

// count asks whether at least N states of a set meet a condition; what is not
// known leaves the answer open only where it could change it.
func (c *court) count(n *Node, cond *model.Cond) {
	saved, had := c.vars[cond.Name]
	sure, perhaps := 0, 0
	for _, s := range c.states(cond.Set) {
		c.vars[cond.Name] = s
		switch x := c.eval(cond.Args[0]); x.value {
		case Yes:
			sure++
			x.Text = s + ": " + x.Text
			n.Children = append(n.Children, x)
		case Unknown:
			perhaps++
		}
	}
	delete(c.vars, cond.Name)
	if had {
		c.vars[cond.Name] = saved
	}
	switch {
	case sure >= cond.N:
		n.value = Yes
	case sure+perhaps >= cond.N:
		n.value = Unknown
	}
}

func (c *court) leaf(n *Node, cond *model.Cond) {
	ev := c.ev
	switch cond.Op {
	case model.CondFact:
		args := make([]string, len(cond.Terms))
		for i, t := range cond.Terms {
			args[i] = c.state(t)
		}
		if cond.About != "" {
			args = append(args, cond.About)
		}
		key := FactKey(cond.Name, args...)
		n.Text, n.Fact = key, key
		if v := ev.given(key, cond); v != Unknown {
			n.value = v
		} else {
			n.value = c.unknown(key)
		}
	case model.CondObject:
		n.value = Of(ev.Object == cond.Name)
		if ev.Object == "" {
			n.value = c.unknown(cond.Words)
		}
	case model.CondWithin:
		n.value = Of(c.b.Model.Within(ev.Place, cond.Area))
		if ev.Place == "" || n.value == No && c.b.Model.Overlaps(ev.Place, cond.Area) {
			n.value = c.unknown(cond.Words) // a place that lies in part within the area
		}
	case model.CondWithinOf:
		c.withinOf(n, cond)
	case model.CondAfter:
		n.value = Of(c.b.Day >= cond.Day)
	case model.CondIn, model.CondSame:
		c.identity(n, cond)
	}
}

// given is what the event says of a fact. A fact per instrument that is given
// bare is given for every instrument of which nothing else is said.
func (ev Event) given(key string, cond *model.Cond) Tri {
	v, ok := ev.Facts[key]
	if !ok && cond.About != "" {
		v = ev.Facts[cond.Name]
	}
	return v
}

func (c *court) withinOf(n *Node, cond *model.Cond) {
	s := c.state(cond.Terms[0])
	area := s
	if cond.Home {
		area += ".home"
	}
	n.Text = "place within the territory of " + s
	if c.ev.Place == "" || s == "" {
		n.value = c.unknown(n.Text)
		return
	}
	n.value = Of(c.b.Model.Within(c.ev.Place, area))
}

// identity asks whether a state is in a set, or is another state.
func (c *court) identity(n *Node, cond *model.Cond) {
	s := c.state(cond.Terms[0])
	name := cmp.Or(s, cond.Words)
	switch {
	case s == "" && cond.Terms[0].Kind == model.Host && c.ev.Place != "":
		n.value = No // the high seas belong to nobody
		return
	case s == "":
		n.value = c.unknown(cond.Words)
		return
	}
	if cond.Op == model.CondSame {
		other := c.state(cond.Terms[1])
		n.Text, n.value = name+" is "+other, Of(s == other)
		if other == "" {
			n.value = c.unknown(cond.Words)
		}
		return
	}
	n.Text = name + " is " + cond.Set.Words
	if cond.Set.Kind == model.PartySet {
		n.Text = name + " is a party of " + cond.Set.Instrument
	}
	n.value = Of(cond.Set.Kind == model.AllStates || slices.Contains(c.states(cond.Set), s))
}

// unknown is the value of what is not known: as supposed, or open.
func (c *court) unknown(key string) Tri {
	if v, ok := c.assumed[key]; ok {
		return v
	}
	if c.open != nil {
		c.open[key] = true
	}
	return Unknown
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
		return c.b.Model.HostOf(c.ev.Place)
	}
	return ""
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

// maxDeciders bounds the open facts among which deciding sets are sought.
const maxDeciders = 12

// deciders finds the smallest sets of open facts that settle the answer, each
// way, by trying every set in order of size.
func (c *court) deciders(a *model.Article, r *model.Rule, t *model.Then, debtor, creditor string, readings []*model.Reading) []Decider {
	probe := &court{b: c.b, ev: c.ev, vars: c.vars, open: map[string]bool{}}
	for _, rd := range readings {
		probe.weigh(a, r, t, debtor, creditor, rd)
	}
	open := make([]string, 0, len(probe.open))
	for k := range probe.open {
		open = append(open, k)
	}
	slices.Sort(open)
	if len(open) > maxDeciders {
		return []Decider{{Facts: open, Then: "either way"}}
	}
	var found []supposition
	for size := 1; size <= len(open); size++ {
		for _, s := range suppositions(open, size) {
			if slices.ContainsFunc(found, func(f supposition) bool { return f.within(s) }) {
				continue
			}
			try := &court{b: c.b, ev: c.ev, vars: c.vars, assumed: s.values}
			v := try.weigh(a, r, t, debtor, creditor, readings[0])
			if v.status != Depends && v.status != Contested {
				s.then = v.status
				found = append(found, s)
			}
		}
	}
	out := make([]Decider, len(found))
	for i, s := range found {
		out[i] = Decider{Facts: s.words(), Then: s.then.String()}
	}
	return out
}

// supposition is a set of facts taken to be so.
type supposition struct {
	values map[string]Tri
	then   Status
}

func (s supposition) within(t supposition) bool {
	for k, v := range s.values {
		if t.values[k] != v {
			return false
		}
	}
	return true
}

func (s supposition) words() []string {
	var out []string
	for k, v := range s.values {
		out = append(out, k+" = "+v.String())
	}
	slices.Sort(out)
	return out
}

// suppositions are all ways to suppose exactly size of the open facts.
func suppositions(open []string, size int) []supposition {
	var out []supposition
	for mask := range 1 << len(open) {
		if popcount(mask) != size {
			continue
		}
		var chosen []string
		for i, k := range open {
			if mask>>i&1 == 1 {
				chosen = append(chosen, k)
			}
		}
		for values := range 1 << size {
			s := supposition{values: map[string]Tri{}}
			for i, k := range chosen {
				s.values[k] = Of(values>>i&1 == 0)
			}
			out = append(out, s)
		}
	}
	return out
}

func popcount(x int) int {
	n := 0
	for ; x > 0; x &= x - 1 {
		n++
	}
	return n
}

// Direction says which way a duty runs.
func (a Answer) Direction() string {
	if a.Mutual {
		return "mutual"
	}
	return "one way"
}

// Caveats are what a reader must know before relying on the answer: low or
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
		out = append(out, "political, not legally binding")
	}
	if a.Qualified != "" {
		out = append(out, a.Qualified)
	}
	return out
}
