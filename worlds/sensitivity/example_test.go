package sensitivity_test

import (
	"fmt"
	"math"

	"casus/worlds/sensitivity"
)

// Ishigami's function: the third input does nothing alone and a quarter of
// everything together with the first.
func ExampleSaltelli() {
	turn := func(u float64) float64 { return math.Pi * (2*u - 1) }
	design, err := sensitivity.Saltelli([]string{"x1", "x2", "x3"}, 1<<14, false, 0)
	if err != nil {
		panic(err)
	}
	design = design.Map([]func(float64) float64{turn, turn, turn})
	var y []float64
	for k := range design.Blocks() {
		x := design.Block(k)
		for i := range design.N {
			y = append(y, math.Sin(x[0][i])*(1+0.1*math.Pow(x[2][i], 4))+7*math.Pow(math.Sin(x[1][i]), 2))
		}
	}
	result, err := design.Indices(y, sensitivity.Bootstrap{})
	if err != nil {
		panic(err)
	}
	for _, in := range result.Inputs {
		fmt.Printf("%s  S1 %.2f  ST %.2f\n", in.Input, in.S1.Value, in.ST.Value)
	}
	// Output:
	// x1  S1 0.31  ST 0.56
	// x2  S1 0.44  ST 0.44
	// x3  S1 0.00  ST 0.24
}
