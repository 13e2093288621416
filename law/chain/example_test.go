package chain_test

import (
	"context"
	"fmt"
	"strings"

	"casus/law/chain"
)

// Two allies would each join the war of the other. One is attacked.
func Example() {
	n := chain.New()
	a, b := n.Prop("A is at war"), n.Prop("B is at war")
	pact := n.Element(chain.Article, "Pact 1")
	attack := n.Uncertain(chain.Event, "A is attacked", 0.2)
	honour := n.Choice("B honours the pact", chain.Alternative{Name: "fights", P: 0.6}, chain.Alternative{Name: "sends arms", P: 0.3})
	n.Rule(a, 1, attack)
	n.Rule(b, 2, a, pact, honour[0])
	n.Rule(a, 3, b, pact)

	ctx := context.Background()
	d, err := n.Compile(ctx, b, chain.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("P = %.2f\n", d.P())
	chains, _ := n.Chains(ctx, b, chain.Bound{Max: 10})
	for _, c := range chains.Sets {
		fmt.Println("chain:", strings.Join(n.Names(c), ", "))
		for _, s := range n.Derive(b, c) {
			fmt.Printf("  %d. %s (rule %d)\n", s.Round, n.Name(s.Head), s.Label)
		}
	}
	cuts, _ := n.Cuts(ctx, b, func(x chain.Lit) bool { return n.Kind(x) == chain.Article }, chain.Bound{})
	for _, c := range cuts.Sets.Sets {
		fmt.Println("cut:", strings.Join(n.Names(c), ", "))
	}
	list, _ := d.Importance(ctx)
	for _, i := range list {
		fmt.Printf("%s: Birnbaum %.2f, share %v, without it less by a factor that is %v\n", n.Name(i.Element), i.Birnbaum(), i.FussellVesely(), i.Reduction())
	}
	// Output:
	// P = 0.12
	// chain: A is attacked, B honours the pact: fights, Pact 1
	//   1. A is at war (rule 1)
	//   2. B is at war (rule 2)
	// cut: Pact 1
	// Pact 1: Birnbaum 0.12, share 1, without it less by a factor that is infinite
	// A is attacked: Birnbaum 0.60, share 1, without it less by a factor that is infinite
	// B honours the pact: fights: Birnbaum 0.20, share 1, without it less by a factor that is infinite
	// B honours the pact: sends arms: Birnbaum -0.17, share -0.4286, without it less by a factor that is 0.7
}
