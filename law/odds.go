package law

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casus/law/chain"
)

// Routes are the chains of a cascade that lead to one end.
type Routes struct {
	Target chain.Lit
	Chains chain.Sets
}

// Routes finds the smallest chains to a target, of at most so many links (0: any
// number), shortest first. When ctx ends those found so far are told, and the
// cascade is marked Stopped.
func (c *Cascade) Routes(ctx context.Context, target chain.Lit, links int) (*Routes, error) {
	if c.toward != nil {
		return c.toward, nil
	}
	sets, err := c.Net.Chains(ctx, target, chain.Bound{Size: links})
	if c.Stopped = c.Stopped || err != nil && ctx.Err() != nil; err != nil && !c.Stopped {
		return nil, err
	}
	return &Routes{Target: target, Chains: c.followed(sets)}, nil
}

// without are the routes that do without some links: chains are smallest sets, so
// those are all there are once the links are taken away.
func (w *Routes) without(taken []chain.Lit) *Routes {
	out := *w
	out.Chains.Sets = slices.DeleteFunc(slices.Clone(w.Chains.Sets), func(set []chain.Lit) bool {
		return slices.ContainsFunc(set, func(x chain.Lit) bool { return slices.Contains(taken, x) })
	})
	out.Chains.Found = len(out.Chains.Sets)
	return &out
}

// NoRoutes are the routes to an end that nothing in the cascade brings about.
func (c *Cascade) NoRoutes() *Routes { return &Routes{Chains: c.followed(chain.Sets{Complete: true})} }

// followed are the sets of which it is known that none is missing: those of
// fewer links than lead beyond the events that were followed.
func (c *Cascade) followed(s chain.Sets) chain.Sets {
	if c.Beyond == 0 || !s.Complete && s.UpTo < c.Beyond {
		return s
	}
	s.Complete, s.UpTo = false, c.Beyond-1
	if c.Stopped {
		return s
	}
	s.Sets = slices.DeleteFunc(s.Sets, func(set []chain.Lit) bool { return len(set) > s.UpTo })
	s.Found = len(s.Sets)
	return s
}

// The whole cascade is put into a diagram where it has at most so many links,
// and the diagram at most so many nodes; beyond, the chains found stand alone.
const (
	exactLinks = 400
	exactNodes = 200_000
)

// Diagram is the decision diagram of a target: of the whole cascade where that
// is small enough (whole), else of the chains found, whose probability is a
// lower bound unless they are all there are.
func (c *Cascade) Diagram(ctx context.Context, w *Routes) (d *chain.Diagram, whole bool, err error) {
	if !w.Chains.Complete && c.Beyond == 0 && len(c.Links) <= exactLinks {
		d, err = c.Net.Compile(ctx, w.Target, chain.Limits{Nodes: exactNodes})
		var large *chain.TooLarge
		if !errors.As(err, &large) {
			return d, true, err
		}
	}
	d, err = c.Net.Only(w.Target, w.Chains.Sets).Compile(ctx, w.Target, chain.Limits{})
	return d, w.Chains.Complete, err
}

// maxOpen bounds the open facts whose every settlement is tried.
const maxOpen = 12

// Range is the least and the greatest probability over every way to settle the
// facts and readings that are open.
type Range struct {
	Low, High float64
	Open      int // facts and readings left open
}

// Range evaluates a diagram of the cascade. A fact or reading without a chance
// is left open: it is tried each way, since nobody said how likely it is.
func (c *Cascade) Range(d *chain.Diagram, given func(Link) bool) (Range, error) {
	told := map[string]bool{} // a chance of one alternative is one of all
	for _, l := range c.Links {
		if l.Kind == chain.Fact && given(l) {
			told[l.question()] = true
		}
	}
	var groups [][]chain.Lit
	at := map[string]int{}
	for _, x := range d.Needs() {
		l := c.Links[c.Net.Name(x)]
		if l.Kind != chain.Fact || told[l.question()] {
			continue
		}
		name := l.question()
		i, known := at[name]
		if !known {
			i = len(groups)
			at[name] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], x)
	}
	if len(groups) > maxOpen {
		return Range{}, fmt.Errorf("%d facts and readings are open: give them (--fact, --reading) or their chances (--chance fact=0.5)", len(groups))
	}
	r := Range{Low: 1, High: 0, Open: len(groups)}
	settled := map[chain.Lit]float64{}
	c.settle(d, groups, settled, &r)
	return r, nil
}

// question is the fact or the reading of which a link is one alternative.
func (l Link) question() string { return l.Name[:strings.LastIndex(l.Name, ": ")] }

// settle tries each alternative of each open group, and none of them.
func (c *Cascade) settle(d *chain.Diagram, groups [][]chain.Lit, settled map[chain.Lit]float64, r *Range) {
	if len(groups) == 0 {
		p := d.At(func(x chain.Lit) float64 {
			if v, ok := settled[x]; ok {
				return v
			}
			return c.Net.Probability(x)
		})
		r.Low, r.High = min(r.Low, p), max(r.High, p)
		return
	}
	for taken := -1; taken < len(groups[0]); taken++ {
		for i, x := range groups[0] {
			settled[x] = 0
			if i == taken {
				settled[x] = 1
			}
		}
		c.settle(d, groups[1:], settled, r)
	}
}

// mostWeighed bounds the chains of which structural importance is taken.
const mostWeighed = 120

// Structural is the structural importance of each link of the chains found
// (Birnbaum 1969): the difference it makes when every link is even odds,
// whatever the chances are. It is nil when there are too many chains.
func (w *Routes) Structural(ctx context.Context, c *Cascade) (map[string]float64, error) {
	if len(w.Chains.Sets) == 0 || len(w.Chains.Sets) > mostWeighed {
		return nil, nil
	}
	n := chain.New()
	end := n.Prop("the end")
	for i, set := range w.Chains.Sets {
		var body []chain.Lit
		for _, x := range set {
			body = append(body, n.Uncertain(c.Net.Kind(x), c.Net.Name(x), 0.5))
		}
		n.Rule(end, i, body...)
	}
	d, err := n.Compile(ctx, end, chain.Limits{})
	if err != nil {
		return nil, err
	}
	weights, err := d.Importance(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	for _, i := range weights {
		out[n.Name(i.Element)] = i.Birnbaum()
	}
	return out, nil
}
