package show

import (
	"fmt"
	"slices"
	"strings"

	"casus/law/counsel"
)

// inShort says of the chains listed what a reader asks first: through what all of
// them pass, and whether any runs without a choice that is left open.
func (o *chains) inShort() string {
	all := o.Chains.Chains
	if len(all) == 0 {
		return ""
	}
	who := "All of them"
	switch {
	case len(all) < o.Found:
		who = "All that are listed"
	case len(all) == 1:
		who = "It"
	}
	out := []string{"The shortest has " + many(shortest(all), "link") + "."}
	if through := passThrough(all); len(through) > 0 {
		verb := " pass through "
		if who == "It" {
			verb = " passes through "
		}
		out = append(out, who+verb+and(through)+".")
	}
	return strings.Join(append(out, leftOpen(all)), " ")
}

func shortest(all []counsel.EntryChain) int {
	n := len(all[0].Links)
	for _, c := range all {
		n = min(n, len(c.Links))
	}
	return n
}

// passThrough are the articles, deployments and declarations that stand in every
// chain, the first event apart.
func passThrough(all []counsel.EntryChain) []string {
	var out []string
	for _, l := range all[0].Links {
		everywhere := !slices.ContainsFunc(all, func(c counsel.EntryChain) bool {
			return !slices.ContainsFunc(c.Links, func(x counsel.EntryLink) bool { return x.Kind == l.Kind && x.Name == l.Name })
		})
		if everywhere && (l.Kind == "article" || l.Kind == "deployment" || l.Kind == "declaration") && !slices.Contains(out, l.Name) {
			out = append(out, l.Name)
		}
	}
	slices.Sort(out)
	return out
}

// leftOpen says in how many chains nobody has a choice that its duty leaves open,
// and in how many the attacker must strike again.
func leftOpen(all []counsel.EntryChain) string {
	bound, again := 0, 0
	for _, c := range all {
		open := false
		for class, n := range c.Classes {
			open = open || n > 0 && class != "bound" && class != "strike"
		}
		if !open {
			bound++
		}
		if c.Classes["strike"] > 0 {
			again++
		}
	}
	out := fmt.Sprintf("In %s of %d every duty binds; in the others a choice is left open.", numberOf(bound), len(all))
	switch bound {
	case 0:
		out = "None is bound all the way: each needs a choice that is left open."
	case len(all):
		out = "Every duty on the way binds; whether it is honoured is another matter."
	}
	switch again {
	case 0:
	case len(all):
		out += " Each needs a further strike."
	default:
		out += fmt.Sprintf(" %s of %d need a further strike.", capital(numberOf(again)), len(all))
	}
	return out
}

func numberOf(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}
