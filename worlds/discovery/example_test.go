package discovery_test

import (
	"fmt"

	"casus/worlds/discovery"
	"casus/worlds/draw"
)

// In which worlds does a guarantee fail? Two of three assumptions decide it.
func Example() {
	worlds := draw.Design{Seed: 1, N: 1000}
	stake, force, mood := worlds.Column("stake"), worlds.Column("force"), worlds.Column("mood")
	fails := make([]float64, worlds.N) // 1: it does
	for i := range fails {
		if stake[i] < 0.3 && force[i] > 0.4 {
			fails[i] = 1
		}
	}
	table, err := discovery.New([]discovery.Input{
		{Name: "stake", Numbers: stake},
		{Name: "force", Numbers: force},
		{Name: "mood", Numbers: mood},
	}, fails)
	if err != nil {
		fmt.Println(err)
		return
	}
	way, err := discovery.PRIM(table, discovery.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	box := way.Boxes[way.Choose(0.9)]
	fmt.Printf("coverage %d of %d, density %d of %d (%.2f to %.2f)\n",
		box.Coverage.Count, box.Coverage.Of, box.Density.Count, box.Density.Of, box.Density.Lo, box.Density.Hi)
	for _, l := range box.Limits {
		if l.Restricted {
			fmt.Printf("%s from %.2f to %.2f\n", l.Input, l.Lower, l.Upper)
		}
	}
	// Output:
	// coverage 195 of 195, density 195 of 197 (0.96 to 1.00)
	// stake from 0.00 to 0.30
	// force from 0.40 to 1.00
}
