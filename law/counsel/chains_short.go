package counsel

import "slices"

// InShort says of the chains told what a reader asks first.
type InShort struct {
	Shortest int      // links of the shortest
	Through  []string // articles, deployments and declarations that stand in every one, by name
	Bound    int      // chains in which nobody has a choice that its duty leaves open
	Again    int      // chains in which the attacker must strike again
}

// InShort reads the chains told; nil where there are none.
func (o *Chains) InShort() *InShort {
	if len(o.Chains) == 0 {
		return nil
	}
	s := &InShort{Shortest: len(o.Chains[0].Links), Through: o.through()}
	for _, c := range o.Chains {
		s.Shortest = min(s.Shortest, len(c.Links))
		if !c.open() {
			s.Bound++
		}
		if c.Classes["strike"] > 0 {
			s.Again++
		}
	}
	return s
}

// through are the articles, deployments and declarations that stand in every chain.
func (o *Chains) through() []string {
	var out []string
	for _, l := range o.Chains[0].Links {
		everywhere := !slices.ContainsFunc(o.Chains, func(c EntryChain) bool { return !c.has(l) })
		if everywhere && (l.Kind == "article" || l.Kind == "deployment" || l.Kind == "declaration") && !slices.Contains(out, l.Name) {
			out = append(out, l.Name)
		}
	}
	slices.Sort(out)
	return out
}

func (c *EntryChain) has(l EntryLink) bool {
	return slices.ContainsFunc(c.Links, func(x EntryLink) bool { return x.Kind == l.Kind && x.Name == l.Name })
}

// open reports whether a chain asks for a choice that no duty binds.
func (c *EntryChain) open() bool {
	for class, n := range c.Classes {
		if n > 0 && class != "bound" && class != "strike" {
			return true
		}
	}
	return false
}

// Kinds counts the links of a chain by kind.
func (c *EntryChain) Kinds() map[string]int {
	kinds := map[string]int{}
	for _, l := range c.Links {
		kinds[l.Kind]++
	}
	return kinds
}
