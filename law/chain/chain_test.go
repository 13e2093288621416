package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const seeds = 3000

func compile(t testing.TB, n *Net, target Lit) *Diagram {
	t.Helper()
	d, err := n.Compile(t.Context(), target, Limits{Nodes: 1 << 26})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func near(a, b float64) bool {
	return math.Abs(a-b) < 1e-12 || math.IsNaN(a) && math.IsNaN(b)
}

// everyNet runs f on random nets.
func everyNet(t *testing.T, f func(t *testing.T, seed uint64, n *Net, target Lit)) {
	t.Helper()
	for seed := range uint64(seeds) {
		n, target := randomNet(seed)
		if f(t, seed, n, target); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestProbability(t *testing.T) {
	middling := 0
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		d := compile(t, n, target)
		p, slow := d.P(), n.slowP(target, n.Probability)
		if !near(p, slow) {
			t.Errorf("P = %v, by enumeration %v", p, slow)
		}
		if slow > 0 && slow < 1 {
			middling++
		}
	})
	if middling < seeds/4 {
		t.Errorf("only %d of %d nets have a probability between 0 and 1", middling, seeds)
	}
}

func TestTape(t *testing.T) {
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		d := compile(t, n, target)
		program, inputs := d.Program()
		in, out := make([][]float64, len(inputs)), [][]float64{{0}}
		for i, x := range inputs {
			in[i] = []float64{n.Probability(x)}
		}
		program.Run(program.NewScratch(), in[:program.Inputs()], out)
		if !near(out[0][0], d.P()) {
			t.Errorf("on the tape %v, else %v", out[0][0], d.P())
		}
	})
}

func TestImportance(t *testing.T) {
	for seed := range uint64(seeds / 10) {
		n, target := randomNet(seed)
		list, err := compile(t, n, target).Importance(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range list {
			for _, c := range []struct {
				there bool
				got   float64
			}{{true, i.With}, {false, i.Without}} {
				want := n.slowGiven(target, i.Element, c.there)
				if math.IsNaN(want) {
					want = n.slowP(target, n.given(i.Element, c.there))
				}
				if !near(c.got, want) {
					t.Errorf("seed %d: P given %s is %v: %v, by definition %v", seed, n.Name(i.Element), c.there, c.got, want)
				}
			}
		}
	}
}

func TestChains(t *testing.T) {
	several := 0
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		got, err := n.Chains(t.Context(), target, Bound{})
		if err != nil || !got.Complete {
			t.Fatal(got, err)
		}
		want := n.slowChains(target)
		sameSets(t, n, got.Sets, want)
		if len(want) > 1 {
			several++
		}
	})
	if several < seeds/5 {
		t.Errorf("only %d of %d nets have several chains", several, seeds)
	}
}

// Without an element, the chains are those that did not have it, and the end is as
// likely as where the element never comes about.
func TestWithout(t *testing.T) {
	fewer := 0
	for seed := range uint64(seeds / 10) {
		n, target := randomNet(seed)
		whole := n.slowChains(target)
		for _, x := range n.Elements() {
			var want [][]Lit
			for _, set := range whole {
				if !slices.Contains(set, x) {
					want = append(want, set)
				}
			}
			m := n.Without([]Lit{x})
			got, err := m.Chains(t.Context(), target, Bound{})
			if err != nil || !got.Complete {
				t.Fatal(got, err)
			}
			sameSets(t, n, got.Sets, want)
			if possible := m.Possible()(target); possible != (len(m.slowChains(target)) > 0) && n.groups == nil {
				t.Errorf("possible: %v with %d chains", possible, len(want))
			}
			if p, slow := compile(t, m, target).P(), n.slowP(target, n.given(x, false)); n.lits[x].group < 0 && !near(p, slow) {
				t.Errorf("P = %v, by enumeration %v", p, slow)
			}
			if len(want) < len(whole) {
				fewer++
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if fewer < seeds/10 {
		t.Errorf("only %d times a chain was gone", fewer)
	}
}

// TestChainsOfSize looks only for short chains, and gives up partial ones early;
// it misses none.
func TestChainsOfSize(t *testing.T) {
	cut := 0
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		all := n.slowChains(target)
		for size := 1; size <= 6; size++ {
			got, err := n.Chains(t.Context(), target, Bound{Size: size})
			if err != nil {
				t.Fatal(err)
			}
			want := slices.DeleteFunc(slices.Clone(all), func(set []Lit) bool { return len(set) > size })
			sameSets(t, n, got.Sets, want)
			if len(want) < len(all) {
				cut++
				if got.Complete || got.UpTo != size {
					t.Errorf("size %d: complete %v, up to %d, and %d chains of %d", size, got.Complete, got.UpTo, len(want), len(all))
				}
			}
		}
	})
	if cut < seeds/5 {
		t.Errorf("only %d bounds leave chains out", cut)
	}
}

func TestCuts(t *testing.T) {
	several := 0
	everyNet(t, func(t *testing.T, seed uint64, n *Net, target Lit) {
		removable := func(x Lit) bool { return (uint64(x)+seed)%5 != 0 }
		got, err := n.Cuts(t.Context(), target, removable, Bound{})
		if err != nil || !got.Complete {
			t.Fatal(got, err)
		}
		chains := n.slowChains(target)
		want := n.slowCuts(chains, removable)
		sameSets(t, n, got.Sets.Sets, want)
		if got.Impossible != (len(want) == 0) {
			t.Errorf("impossible: %v, and %d cuts", got.Impossible, len(want))
		}
		if got.Impossible && (slices.ContainsFunc(got.Uncut, removable) || !slices.ContainsFunc(chains, func(c []Lit) bool { return slices.Equal(c, got.Uncut) })) {
			t.Errorf("%v is not a chain without removable elements", n.Names(got.Uncut))
		}
		if len(want) > 1 {
			several++
		}
	})
	if several < seeds/5 {
		t.Errorf("only %d of %d nets have several cuts", several, seeds)
	}
}

func sameSets(t *testing.T, n *Net, got, want [][]Lit) {
	t.Helper()
	if diff := cmp.Diff(named(n, want), named(n, got)); diff != "" {
		t.Error(diff)
	}
}

func named(n *Net, sets [][]Lit) [][]string {
	list := [][]string{}
	for _, s := range sets {
		list = append(list, n.Names(s))
	}
	return list
}

func TestChainsInOrder(t *testing.T) {
	n, target := alliances(1, 8, 12, 2)
	all, err := n.Chains(t.Context(), target, Bound{})
	if err != nil || !all.Complete || all.Found != len(all.Sets) || all.Found < 20 {
		t.Fatal(all, err)
	}
	for _, b := range []Bound{{Max: 7}, {Size: 5}, {Max: 3, Size: 5}, {Work: 40}, {Max: 1000, Work: 100}} {
		some, err := n.Chains(t.Context(), target, b)
		if err != nil {
			t.Fatal(err)
		}
		sameSets(t, n, some.Sets, all.Sets[:len(some.Sets)])
		if b.Max > 0 && len(some.Sets) > b.Max {
			t.Errorf("%+v: %d chains", b, len(some.Sets))
		}
		if some.Complete && some.Found != all.Found {
			t.Errorf("%+v: complete with %d of %d chains", b, some.Found, all.Found)
		}
		if next := len(some.Sets); !some.Complete && (b.Max == 0 || next < b.Max) && len(all.Sets[next]) <= some.UpTo {
			t.Errorf("%+v: %v is missing", b, n.Names(all.Sets[next]))
		}
	}
}

// TestInclusionExclusion adds up the chains by hand: the probability that some
// chain is there (Poincaré).
func TestInclusionExclusion(t *testing.T) {
	tried := 0
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		chains, err := n.Chains(t.Context(), target, Bound{})
		if err != nil || len(chains.Sets) > 8 {
			return
		}
		tried++
		sum := 0.0
		for m := 1; m < 1<<len(chains.Sets); m++ {
			var union []Lit
			sign := -1.0
			for i, c := range chains.Sets {
				if m>>i&1 != 0 {
					union, sign = append(union, c...), -sign
				}
			}
			slices.Sort(union)
			union = slices.Compact(union)
			if n.exclusive(union) {
				continue
			}
			p := 1.0
			for _, x := range union {
				p *= n.Probability(x)
			}
			sum += sign * p
		}
		if p := compile(t, n, target).P(); math.Abs(p-sum) > 1e-9 {
			t.Errorf("P = %v, from %d chains %v", p, len(chains.Sets), sum)
		}
	})
	if tried < seeds/2 {
		t.Errorf("only %d nets have few chains", tried)
	}
}

// TestDual says that every chain and every cut share an element.
func TestDual(t *testing.T) {
	n, target := alliances(3, 8, 12, 2)
	all := func(Lit) bool { return true }
	chains, err := n.Chains(t.Context(), target, Bound{})
	if err != nil {
		t.Fatal(err)
	}
	cuts, err := n.Cuts(t.Context(), target, all, Bound{Work: 1 << 20})
	if err != nil || !chains.Complete || !cuts.Complete || len(cuts.Sets.Sets) < 10 {
		t.Fatal(len(chains.Sets), len(cuts.Sets.Sets), err)
	}
	share := func(a, b []Lit) bool {
		return slices.ContainsFunc(a, func(x Lit) bool { return slices.Contains(b, x) })
	}
	for _, c := range chains.Sets {
		for _, d := range cuts.Sets.Sets {
			if !share(c, d) {
				t.Fatalf("%v is not cut by %v", n.Names(c), n.Names(d))
			}
		}
	}
	for _, d := range cuts.Sets.Sets {
		for i := range d {
			part := slices.Delete(slices.Clone(d), i, i+1)
			if !slices.ContainsFunc(chains.Sets, func(c []Lit) bool { return !share(c, part) }) {
				t.Errorf("%v cuts without %s", n.Names(d), n.Name(d[i]))
			}
		}
	}
}

// copied is n with its rules and elements in another order, other names, and
// whatever change adds.
func copied(n *Net, target Lit, r *rand.Rand, rename func(string) string, change func(m *Net, to []Lit)) (*Net, Lit) {
	m, to := New(), make([]Lit, len(n.lits))
	for _, i := range r.Perm(len(n.lits)) {
		switch l := n.lits[i]; {
		case l.certain:
			to[i] = m.Element(l.kind, rename(l.name))
		case l.kind == Proposition:
			to[i] = m.Prop(rename(l.name))
		case l.group < 0:
			to[i] = m.Uncertain(l.kind, rename(l.name), l.p)
		}
	}
	for g, group := range n.groups {
		var list []Alternative
		for _, x := range group {
			list = append(list, Alternative{Name: n.Name(x), P: n.lits[x].p})
		}
		for i, x := range m.Choice(rename(fmt.Sprint("group ", g)), list...) {
			to[group[i]] = x
		}
	}
	for _, i := range r.Perm(len(n.rules)) {
		rule := n.rules[i]
		var body []Lit
		for _, k := range r.Perm(len(rule.body)) {
			body = append(body, to[rule.body[k]])
		}
		m.Rule(to[rule.head], rule.label, body...)
	}
	change(m, to)
	return m, to[target]
}

func TestRelations(t *testing.T) {
	everyNet(t, func(t *testing.T, seed uint64, n *Net, target Lit) {
		r := rand.New(rand.NewPCG(seed, 2))
		same := func(s string) string { return s }
		p := compile(t, n, target).P()
		for _, c := range []struct {
			what   string
			rename func(string) string
			change func(m *Net, to []Lit)
			holds  func(q float64) bool
		}{
			{"other names and another order", func(s string) string { return "x" + s }, func(*Net, []Lit) {}, func(q float64) bool { return near(p, q) }},
			{"an unrelated rule", same, func(m *Net, to []Lit) {
				x := m.Prop("unrelated")
				m.Rule(x, 99, m.Uncertain(Event, "unrelated event", 0.5), to[target])
				m.Rule(m.Prop("unrelated too"), 99, x)
			}, func(q float64) bool { return near(p, q) }},
			{"one more rule", same, func(m *Net, to []Lit) {
				old := n.rules[r.IntN(len(n.rules))]
				m.Rule(to[old.head], 99, m.Uncertain(Event, "more", 0.5))
			}, func(q float64) bool { return q >= p-1e-12 }},
		} {
			m, x := copied(n, target, r, c.rename, c.change)
			if q := compile(t, m, x).P(); !c.holds(q) {
				t.Errorf("%s: P was %v and is %v", c.what, p, q)
			}
		}
	})
}

// TestMonteCarlo draws what cannot be enumerated.
func TestMonteCarlo(t *testing.T) {
	const draws = 20_000
	for seed := range uint64(6) {
		n, target := alliances(seed, 12, 22, int(seed))
		p := compile(t, n, target).P()
		r := rand.New(rand.NewPCG(seed, 3))
		hits := 0
		rules := n.reduced(target)
		for range draws {
			holds := n.closure(rules, func(x Lit) bool { return r.Float64() < n.Probability(x) })
			if holds[target] {
				hits++
			}
		}
		got := float64(hits) / draws
		if e := math.Sqrt(p * (1 - p) / draws); math.Abs(got-p) > 4*e {
			t.Errorf("seed %d: P = %v, drawn %v, standard error %v", seed, p, got, e)
		}
	}
}

// TestBuilders has the two ways to a diagram agree where both can go.
func TestBuilders(t *testing.T) {
	both := 0
	for seed := range uint64(200) {
		n, target := alliances(seed, 6, 8, int(seed%3))
		d := compile(t, n, target)
		if d.target < 0 || !walkable(d.program) {
			continue
		}
		both++
		g := newGrower(t.Context(), d.program, 1<<20)
		other := *d
		var err error
		if other.root, err = g.grow(); err != nil {
			t.Fatal(err)
		}
		other.nodes, other.edges = g.nodes, g.edges
		if !near(d.P(), other.P()) {
			t.Errorf("seed %d: %v and %v", seed, d.P(), other.P())
		}
	}
	if both < 100 {
		t.Errorf("only %d nets can be built both ways", both)
	}
}

// TestWorlds runs many worlds at once, with sure and impossible things in some.
func TestWorlds(t *testing.T) {
	for seed := range uint64(60) {
		n, target := randomNet(seed)
		if seed%2 == 0 {
			n, target = alliances(seed, 8, 12, 2)
		}
		d := compile(t, n, target)
		program, inputs := d.Program()
		r := rand.New(rand.NewPCG(seed, 4))
		const worlds = 50
		in, out := make([][]float64, len(inputs)), [][]float64{make([]float64, worlds)}
		for i, x := range inputs {
			in[i] = make([]float64, worlds)
			for w := range in[i] {
				if in[i][w] = randomP(r); n.lits[x].group >= 0 {
					in[i][w] = n.Probability(x) * r.Float64()
				}
			}
		}
		program.Run(program.NewScratch(), in[:program.Inputs()], out)
		for w, got := range out[0] {
			want := d.evaluate([]func(Lit) float64{func(x Lit) float64 {
				if i := slices.Index(inputs, x); i >= 0 {
					return in[i][w]
				}
				return n.Probability(x)
			}})[0]
			if !near(got, want) {
				t.Fatalf("seed %d, world %d: %v, by itself %v", seed, w, got, want)
			}
		}
	}
}

func TestDerive(t *testing.T) {
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		chains, err := n.Chains(t.Context(), target, Bound{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range chains.Sets {
			follows(t, n, target, c)
			if len(c) > 0 && n.Derive(target, c[1:]) != nil {
				t.Errorf("%v is told without its first element", n.Names(c))
			}
		}
	})
}

// follows checks a story: every step by a rule of the net, from what came
// before, to the target, with nothing told twice or in vain.
func follows(t *testing.T, n *Net, target Lit, set []Lit) {
	t.Helper()
	told := n.Derive(target, set)
	if len(told) == 0 || told[len(told)-1].Head != target {
		t.Fatalf("%v: the story does not end with the target: %v", n.Names(set), told)
	}
	since := map[Lit]int{}
	for _, x := range set {
		since[x] = 0
	}
	used := map[Lit]bool{target: true}
	for i, s := range told {
		for _, b := range s.Body {
			if round, ok := since[b]; !ok || round >= s.Round {
				t.Errorf("step %d needs %s too early", i, n.Name(b))
			}
			used[b] = true
		}
		if _, ok := since[s.Head]; ok {
			t.Errorf("step %d tells %s again", i, n.Name(s.Head))
		}
		since[s.Head] = s.Round
		if !slices.ContainsFunc(n.rules, func(r rule) bool {
			return r.head == s.Head && r.label == s.Label && slices.Equal(r.body, s.Body)
		}) {
			t.Errorf("step %d is no rule", i)
		}
	}
	for x := range since {
		if !used[x] {
			t.Errorf("%s is told in vain", n.Name(x))
		}
	}
}

// TestAlternatives is the example of alternatives that exclude each other: only
// one of 0.3 and 0.7 leads on, and no chain needs both.
func TestAlternatives(t *testing.T) {
	n := New()
	a := n.Choice("Italy", Alternative{"joins", 0.3}, Alternative{"stays out", 0.7})
	joined, out, both, either := n.Prop("joined"), n.Prop("out"), n.Prop("both"), n.Prop("either")
	n.Rule(joined, 1, a[0])
	n.Rule(out, 2, a[1])
	n.Rule(both, 3, joined, out)
	n.Rule(either, 4, joined)
	n.Rule(either, 5, out)
	for _, c := range []struct {
		target Lit
		p      float64
		chains [][]Lit
	}{
		{joined, 0.3, [][]Lit{{a[0]}}},
		{both, 0, nil},
		{either, 1, [][]Lit{{a[0]}, {a[1]}}},
	} {
		if p := compile(t, n, c.target).P(); !near(p, c.p) {
			t.Errorf("%s: %v", n.Name(c.target), p)
		}
		got, err := n.Chains(t.Context(), c.target, Bound{})
		if err != nil {
			t.Fatal(err)
		}
		sameSets(t, n, got.Sets, c.chains)
	}
}

func TestRatio(t *testing.T) {
	for _, c := range []struct {
		i              Importance
		share, raw, rw string
	}{
		{Importance{P: 0.5, With: 1, Without: 0.25}, "0.5", "2", "2"},
		{Importance{P: 0.5, With: 0.5, Without: 0}, "1", "1", "infinite"},
		{Importance{P: 0, With: 0.5, Without: 0}, "not defined", "infinite", "not defined"},
		{Importance{}, "not defined", "not defined", "not defined"},
	} {
		if got := c.i.FussellVesely().String(); got != c.share {
			t.Errorf("%+v: share %s", c.i, got)
		}
		if got := c.i.Achievement().String(); got != c.raw {
			t.Errorf("%+v: achievement %s", c.i, got)
		}
		if got := c.i.Reduction().String(); got != c.rw {
			t.Errorf("%+v: reduction %s", c.i, got)
		}
	}
}

func TestMistakes(t *testing.T) {
	for want, build := range map[string]func(n *Net) Lit{
		`must be from 0 to 1`:        func(n *Net) Lit { n.Uncertain(Event, "e", 1.5); return n.Prop("p") },
		`has probability NaN`:        func(n *Net) Lit { n.Uncertain(Event, "e", math.NaN()); return n.Prop("p") },
		`must not pass 1`:            func(n *Net) Lit { n.Choice("c", Alternative{"a", 0.6}, Alternative{"b", 0.6}); return n.Prop("p") },
		`"c: a" is there twice`:      func(n *Net) Lit { n.Choice("c", Alternative{"a", 0.1}, Alternative{"a", 0.1}); return n.Prop("p") },
		`with another meaning`:       func(n *Net) Lit { n.Element(Article, "x"); return n.Prop("x") },
		`the head is not a prop`:     func(n *Net) Lit { n.Rule(n.Element(Article, "x"), 7); return n.Prop("p") },
		`premise 99 is not of this`:  func(n *Net) Lit { n.Rule(n.Prop("p"), 7, 99); return n.Prop("p") },
		`target 0 is not a proposit`: func(n *Net) Lit { return n.Element(Article, "x") },
		`target -3 is not a propos`:  func(n *Net) Lit { return -3 },
	} {
		n := New()
		target := build(n)
		_, err := n.Compile(t.Context(), target, Limits{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
		if _, err := n.Chains(t.Context(), target, Bound{}); err == nil {
			t.Errorf("%s: no mistake in Chains", want)
		}
		if _, err := n.Cuts(t.Context(), target, func(Lit) bool { return true }, Bound{}); err == nil {
			t.Errorf("%s: no mistake in Cuts", want)
		}
	}
}

func TestTooLarge(t *testing.T) {
	n, target := alliances(1, 20, 60, 10)
	_, err := n.Compile(t.Context(), target, Limits{Nodes: 1000})
	var large *TooLarge
	if !errors.As(err, &large) || large.Nodes != 1000 || large.Target != n.Name(target) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.Compile(ctx, target, Limits{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := n.Chains(ctx, target, Bound{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// FuzzNet builds nets out of bytes. Whatever they say, no question panics, and
// the answers agree with each other.
func FuzzNet(f *testing.F) {
	for _, s := range []string{"", "\x00\x01\x02", "0p1p2r01r12", "\x03\xff\x80\x04\x05\x05\x05\x10\x20\x30\x40\x05\x06\x07\x08\x09\x0a"} {
		f.Add([]byte(s))
	}
	for seed := range byte(8) {
		f.Add(bytes.Repeat([]byte{3, seed, 4 * seed, 5, seed + 1, 2, 5, 9 * seed, 1}, 3+int(seed)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		n := New()
		target := n.Prop("target")
		fromBytes(n, text[:min(len(text), 60)])
		d, err := n.Compile(t.Context(), target, Limits{Nodes: 10000})
		chains, err2 := n.Chains(t.Context(), target, Bound{Work: 10000})
		if n.Err() != nil && (err == nil || err2 == nil) {
			t.Fatalf("a mistake was lost: %v", n.Err())
		}
		if err != nil || err2 != nil {
			return
		}
		p := d.P()
		if !(p >= 0 && p <= 1+1e-9) {
			t.Errorf("P = %v", p)
		}
		if chains.Complete && len(chains.Sets) == 0 && p != 0 {
			t.Errorf("P = %v without a chain", p)
		}
		for _, c := range chains.Sets {
			q := 1.0
			for _, x := range c {
				q *= n.Probability(x)
			}
			if q > p+1e-9 {
				t.Errorf("P = %v, and one chain has %v", p, q)
			}
			follows(t, n, target, c)
		}
	})
}

// fromBytes reads instructions: one byte for what, then what it needs.
func fromBytes(n *Net, text []byte) {
	next := func() int {
		if len(text) == 0 {
			return 0
		}
		b := text[0]
		text = text[1:]
		return int(b)
	}
	for i := 0; len(text) > 0; i++ {
		switch next() % 6 {
		case 0:
			n.Element(Kind(next()%8), fmt.Sprint("e", next()%16))
		case 1:
			n.Uncertain(Kind(next()%7), fmt.Sprint("u", next()%16), float64(next())/250)
		case 2:
			n.Choice(fmt.Sprint("c", i), Alternative{"a", float64(next()) / 500}, Alternative{"b", float64(next()) / 500})
		case 3:
			n.Prop(fmt.Sprint("p", next()%16))
		default:
			var body []Lit
			head := Lit(next() % 20)
			for range next() % 4 {
				body = append(body, Lit(next()%24-1))
			}
			n.Rule(head, i, body...)
		}
	}
}
