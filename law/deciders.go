package law

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"casus/model"
)

// Decider is a smallest set of facts that would settle an open answer, or the
// choice of a reading that would settle a contested one.
type Decider struct {
	Reading string   `json:"reading,omitempty"` // the reading chosen; empty: whichever is
	Facts   []string `json:"facts"`             // "requested = yes"
	Then    string   `json:"then"`
}

// Deciders are the smallest sets of facts that would settle the answer where it is
// open, and the readings that would where it is contested; nil of any other. They
// are looked for when they are first asked for.
func (a *Answer) Deciders() []Decider {
	if a.deciding == nil {
		return nil
	}
	return a.deciding.found()
}

// TurnsOn are the facts that an answer turns on, by name, each once.
func (a *Answer) TurnsOn() []string {
	var out []string
	for _, d := range a.Deciders() {
		for _, f := range d.Facts {
			if name, _, _ := strings.Cut(f, " = "); !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// deciding finds what would settle an answer; those of debtors whom the rule treats
// alike share it.
type deciding struct{ found func() []Decider }

func told(ds ...Decider) *deciding { return &deciding{func() []Decider { return ds }} }

// deciding keeps the court as it stood, for when somebody asks.
func (c *court) deciding(debtor string, takes []take, by dims) *deciding {
	return &deciding{sync.OnceValue(func() []Decider {
		d := *c
		d.vars, d.cited, d.met = maps.Clone(c.vars), nil, nil
		return d.deciders(debtor, takes, by)
	})}
}

// maxDeciders bounds the open facts among which deciding sets are sought.
const maxDeciders = 12

// mostAlone bounds the ways of reading of which each is told alone.
const mostAlone = 8

// mostNamed bounds the readings that are named together.
const mostNamed = 3

// deciders are the smallest sets of open facts that settle an answer under
// every reading, each way; of a contested answer those that make the readings
// agree, and what each reading alone would settle.
func (c *court) deciders(debtor string, takes []take, by dims) []Decider {
	all := takes
	takes = decided(takes)
	status, open := c.together(debtor, takes)
	out := c.settling(debtor, takes, status, open)
	if len(takes) < len(all) { // not under every reading: some leave it open
		for i := range out {
			out[i].Reading = names(takes, by)
		}
	}
	if status != Contested || len(takes) == 1 {
		return out
	}
	if len(takes) > mostAlone {
		return out
	}
	for _, t := range takes {
		one := []take{t}
		status, open := c.together(debtor, one)
		alone := []Decider{{Facts: []string{}, Then: c.says(status)}}
		if status == Depends {
			alone = c.settling(debtor, one, status, open)
		}
		for _, d := range alone {
			d.Reading = t.name(by)
			if !slices.ContainsFunc(out, d.same) {
				out = append(out, d)
			}
		}
	}
	return out
}

// decided are the ways of reading by which facts can settle an answer: not those
// whose holders leave a question open, unless all do.
func decided(takes []take) []take {
	out := slices.DeleteFunc(slices.Clone(takes), func(t take) bool {
		return slices.ContainsFunc(t.stances, func(st stance) bool { return st.s.Open })
	})
	if len(out) == 0 {
		return takes
	}
	return out
}

func (d Decider) same(e Decider) bool {
	return d.Reading == e.Reading && d.Then == e.Then && slices.Equal(d.Facts, e.Facts)
}

// names lists some ways of reading: "crimea russian or crimea ukrainian".
func names(takes []take, by dims) string {
	var out []string
	for _, t := range takes {
		if name := t.name(by); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if len(out) > mostNamed {
		return "any reading that takes a side"
	}
	return strings.Join(out, " or ")
}

// together holds what readings come to, and the open leaves they look at. It is
// depends while one of them is open and the rest do not decide.
func (c *court) together(debtor string, takes []take) (Status, map[string]*model.Cond) {
	probe := *c
	probe.open = map[string]*model.Cond{}
	return probe.outcome(debtor, takes), probe.open
}

func (c *court) outcome(debtor string, takes []take) Status {
	vs := make([]verdict, len(takes))
	for i, t := range takes {
		vs[i] = c.under(t).weigh(debtor, t.rd, nil)
	}
	if disagree(vs) {
		return Contested
	}
	return agreed(vs).status
}

// settled is whether no fact can change what readings come to.
func (c *court) settled(debtor string, takes []take) (Status, bool) {
	vs := make([]verdict, len(takes))
	for i, t := range takes {
		if vs[i] = c.under(t).weigh(debtor, t.rd, nil); vs[i].status == Depends {
			return Depends, false
		}
	}
	if disagree(vs) {
		return Contested, true
	}
	return agreed(vs).status, true
}

// settling tries every set of open leaves in order of size. What cannot be so
// at once (a place within Kyiv and not within Ukraine) is not supposed.
func (c *court) settling(debtor string, takes []take, now Status, leaves map[string]*model.Cond) []Decider {
	if _, done := c.settled(debtor, takes); done {
		return nil
	}
	open := make([]string, 0, len(leaves))
	for k := range leaves {
		open = append(open, k)
	}
	slices.Sort(open)
	if len(open) > maxDeciders {
		return []Decider{{Facts: open, Then: "either way"}}
	}
	possible := c.coherence(leaves)
	read := slices.ContainsFunc(takes, func(t take) bool { return len(t.stances) > 0 })
	var found []supposition
	for size := 1; size <= len(open); size++ {
		for _, s := range suppositions(open, size) {
			if slices.ContainsFunc(found, func(f supposition) bool { return f.within(s) }) || !possible(s.values) {
				continue
			}
			if then, done := c.supposing(s.values).settled(debtor, takes); done && (then != Contested || now != Contested && !read) {
				s.then = then
				found = append(found, s)
			}
		}
	}
	out := make([]Decider, len(found))
	for i, s := range found {
		out[i] = Decider{Facts: s.words(), Then: c.says(s.then)}
	}
	return out
}

// coherence tells which values of open leaves can hold together: some object,
// some place of the model and some state must have them.
func (c *court) coherence(leaves map[string]*model.Cond) func(map[string]Tri) bool {
	kinds := [...]struct {
		of    func(*model.Cond) bool
		may   []string
		event func(*Event, string)
	}{
		{func(x *model.Cond) bool { return x.Op == model.CondObject }, model.Objects(), func(e *Event, s string) { e.Object = s }},
		{c.asksPlace, nil, func(e *Event, s string) { e.Place = s }},
		{c.asksAttacker, nil, func(e *Event, s string) { e.By = s }},
	}
	var tests []func(map[string]Tri) bool
	for i, k := range kinds {
		var keys []string
		for key, cond := range leaves {
			if cond != nil && k.of(cond) {
				keys = append(keys, key)
			}
		}
		if len(keys) < 2 {
			continue
		}
		slices.Sort(keys)
		may := k.may
		switch i {
		case 1:
			may = c.places()
		case 2:
			may = c.b.every
		}
		tests = append(tests, c.occurring(keys, leaves, may, k.event))
	}
	return func(values map[string]Tri) bool {
		return !slices.ContainsFunc(tests, func(ok func(map[string]Tri) bool) bool { return !ok(values) })
	}
}

// occurring tells which values of some leaves occur together in one of the
// events that differ in one respect.
func (c *court) occurring(keys []string, leaves map[string]*model.Cond, may []string, put func(*Event, string)) func(map[string]Tri) bool {
	seen := map[string]bool{}
	var rows [][]Tri
	for _, x := range may {
		d := newCourt(c.b, c.ev, c.a, c.nth-1, 0)
		put(&d.ev, x)
		d.letters()
		row, b := make([]Tri, len(keys)), make([]byte, len(keys))
		for i, k := range keys {
			row[i] = d.value(leaves[k], nil)
			b[i] = byte('1' + row[i])
		}
		if !seen[string(b)] {
			seen[string(b)] = true
			rows = append(rows, row)
		}
	}
	return func(values map[string]Tri) bool {
		return slices.ContainsFunc(rows, func(row []Tri) bool {
			for i, k := range keys {
				if v, asked := values[k]; asked && row[i] != Unknown && v != row[i] {
					return false
				}
			}
			return true
		})
	}
}

func (c *court) asksPlace(x *model.Cond) bool {
	return x.Op == model.CondWithin || x.Op == model.CondWithinOf ||
		(x.Op == model.CondIn || x.Op == model.CondSame) && x.Terms[0].Kind == model.Host
}

func (c *court) asksAttacker(x *model.Cond) bool {
	return (x.Op == model.CondIn || x.Op == model.CondSame) && c.isAttacker(x.Terms[0])
}

// places lists those that the place of the event may be: of the model or, where
// it is known in part, those within it.
func (c *court) places() []string {
	var out []string
	for _, p := range c.b.Model.AreaNames() {
		if c.ev.Place == "" || c.b.Model.Within(p, c.ev.Place, c.b.Day) {
			out = append(out, p)
		}
	}
	if c.ev.Place == "" {
		for _, s := range c.b.every {
			out = append(out, s, s+".home")
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
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
