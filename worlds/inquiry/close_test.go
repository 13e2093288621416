package inquiry

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Rates that move each other, made so that the offsets are known: each offset
// raises its own rate, and moves the others' by less.
func TestClosingFindsKnownOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 7).Draw(t, "lines")
		number := func(lo, hi float64, what string) float64 { return rapid.Float64Range(lo, hi).Draw(t, what) }
		want, pull := make([]float64, n), make([][]float64, n)
		for i := range n {
			want[i] = number(-8, 8, "offset")
			pull[i] = make([]float64, n)
			for j := range n {
				pull[i][j] = number(-0.9, 0.9, "pull") / float64(n)
			}
			pull[i][i] = number(0.3, 3, "slope")
		}
		given := func(x []float64, i int) float64 { // in log odds, bent a little
			total := 0.0
			for j := range x {
				total += pull[i][j] * (x[j] + 0.5*math.Sin(x[j]/2))
			}
			return total
		}
		gaps := func(points [][]float64) ([][]float64, error) {
			out := make([][]float64, len(points))
			for p, x := range points {
				for i := range x {
					out[p] = append(out[p], given(want, i)-given(x, i))
				}
			}
			return out, nil
		}
		c := &closing{gaps: gaps, x: make([]float64, n), open: make([]bool, n)}
		for i := range c.open {
			c.open[i] = true
		}
		first, _ := gaps([][]float64{c.x})
		c.left = first[0]
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
		if !c.closed() {
			t.Fatalf("not closed after %d steps: gaps %v at %v, should be at %v", c.steps, c.left, c.x, want)
		}
	})
}

// Gauss solves what it can, and says where there is no one answer.
func TestGauss(t *testing.T) {
	x := gauss([][]float64{{0, 2, 1, 7}, {1, 1, 0, 3}, {3, 0, 1, 6}}) // x = 1, y = 2, z = 3
	for i, want := range []float64{1, 2, 3} {
		if math.Abs(x[i]-want) > 1e-12 {
			t.Errorf("%v", x)
		}
	}
	if x := gauss([][]float64{{1, 2, 3}, {2, 4, 6}}); x != nil {
		t.Errorf("singular equations were solved: %v", x)
	}
}

// A line that takes no part keeps its offset, and does not keep the others open.
func TestClosingLeavesTheClosedAlone(t *testing.T) {
	gaps := func(points [][]float64) ([][]float64, error) {
		out := make([][]float64, len(points))
		for p, x := range points {
			out[p] = []float64{2 - x[0], math.NaN()}
		}
		return out, nil
	}
	c := &closing{gaps: gaps, x: []float64{0, 0.7}, left: []float64{2, math.NaN()}, open: []bool{true, false}}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	if !c.closed() || c.x[0] != 2 || c.x[1] != 0.7 || c.steps != 1 {
		t.Errorf("%+v", c)
	}
}
