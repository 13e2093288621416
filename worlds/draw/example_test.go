package draw_test

import (
	"fmt"

	"casus/worlds/draw"
)

// Three worlds of one assumption, and what its median is.
func Example() {
	cost, err := draw.New("pert", []float64{5, 12, 25})
	if err != nil {
		fmt.Println(err)
		return
	}
	worlds := draw.Design{Seed: 0, N: 1024}
	xs := worlds.Column("audience_cost[USA]")
	for i, u := range xs {
		xs[i] = cost.Quantile(u)
	}
	fmt.Printf("%.2f %.2f %.2f\n", xs[0], xs[1], xs[2])
	s := draw.Summarise(xs)
	fmt.Printf("%s: mean %.2f (exactly %g), median %.2f\n", cost, s.Mean, cost.Mean(), s.Median)
	// Output:
	// 17.33 10.93 7.13
	// pert(5, 12, 25): mean 13.00 (exactly 13), median 12.77
}

func ExampleNew() {
	_, err := draw.New("triangular", []float64{5, 3, 9})
	fmt.Println(err)
	// Output:
	// triangular wants lo ≤ mode ≤ hi, got 5, 3, 9
}
