package crisis

import (
	"context"
	"slices"
	"testing"

	"casus/catalog"
)

// The games drawn for TestRandomGames hold shared conditions often enough for it
// to speak about them, by event and by year.
func TestRandomGamesShare(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	games := 0
	for seed := range uint64(400) {
		d, err := ready(generate(seeded(seed)), "deal")
		if err != nil {
			t.Fatal(err)
		}
		if d != nil && len(d.game().shares) > 0 {
			games++
		}
	}
	if games < 20 {
		t.Errorf("only %d of 400 games share a condition", games)
	}
}

// A condition that pays three actors or more is counted once, whoever is paid
// what; one that names the actor paid is not, nor an amount that facts change.
func TestShares(t *testing.T) {
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	k := m.Case("ukraine")
	g, err := Ground(m, k, k.Options[0])
	if err != nil {
		t.Fatal(err)
	}
	var shared []string
	for _, q := range g.payoffs {
		if q.to >= len(g.Actors)+len(g.Sums) {
			shared = append(shared, q.condition)
		}
	}
	if want := []string{"lost"}; !slices.Equal(shared, want) || len(g.shares) != len(want) {
		t.Errorf("shared: %q; want %q", shared, want)
	}
	paid := 0
	for _, w := range g.shares[0].Worth {
		if w != g.zero {
			paid++
		}
	}
	if want := 2 + len(k.Roles["responder"]); paid != want {
		t.Errorf("the loss of the protege is something to %d actors, not to challenger, protege and responders, %d", paid, want)
	}
	gr, err := Build(context.Background(), g, 0)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(gr.Play(make([]float64, len(g.Inputs))).Value); n != len(g.Actors)+len(g.Sums) {
		t.Errorf("Play gives %d values", n)
	}
}
