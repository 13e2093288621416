package draw

import (
	"math"
	"slices"
	"strings"
	"testing"
)

var (
	inputs = []string{"x1", "x2", "x3"}
	matrix = [][]float64{{1, 0.5, 0.6}, {0.5, 1, -0.2}, {0.6, -0.2, 1}}
)

// Mapped columns are uniform and correlated as asked for, in either kind.
func TestCopula(t *testing.T) {
	const n = 20000
	u := [][]float64{}
	for _, name := range inputs {
		u = append(u, Design{Kind: MonteCarlo, Seed: 1, N: n}.Block(name, 0, n))
	}
	for _, kind := range []Correlation{NormalScore, Rank} {
		c, err := NewCopula(inputs, matrix, kind)
		if err != nil {
			t.Fatal(err)
		}
		v := c.Map(u)
		if !slices.Equal(v[0], u[0]) {
			t.Error("the first column moved")
		}
		seen := v // of uniform columns Pearson's correlation is Spearman's
		if kind == NormalScore {
			seen = NormalScores(v)
		}
		for i := range v {
			for j := range i {
				if got := correlation(seen[i], seen[j]); math.Abs(got-matrix[i][j]) > 4/math.Sqrt(n) {
					t.Errorf("%s of %d and %d: %v, want %v", kind, i, j, got, matrix[i][j])
				}
			}
			sorted := Sorted(v[i])
			for k, x := range sorted {
				if math.Abs(x-(float64(k)+0.5)/n) > 2/math.Sqrt(n) {
					t.Fatalf("column %d is not uniform at %v", i, x)
				}
			}
		}
	}
}

func TestCopulaMistakes(t *testing.T) {
	for _, c := range []struct {
		matrix [][]float64
		want   string
	}{
		{[][]float64{{1, 0.9, 0.9}, {0.9, 1, -0.9}, {0.9, -0.9, 1}}, `not positive definite from "x3" on (leading minor 3), given its correlations with "x1" (0.9), "x2" (-0.9)`},
		{[][]float64{{1, 0}, {0, 1}}, "3 inputs want a 3 × 3 correlation matrix, got 2 rows"},
		{[][]float64{{1, 0, 0}, {0, 1}, {0, 0, 1}}, `the correlation row of "x2" has 2 numbers, want 3`},
		{[][]float64{{1, 0.1, 0}, {0.2, 1, 0}, {0, 0, 1}}, `the correlation of "x1" and "x2" is 0.1 one way and 0.2 the other`},
		{[][]float64{{1, 0, 0}, {0, 2, 0}, {0, 0, 1}}, `the correlation of "x2" with itself is 2, want 1`},
		{[][]float64{{1, math.NaN(), 0}, {0, 1, 0}, {0, 0, 1}}, `the correlation of "x1" and "x2" is NaN, want a number from -1 to 1`},
		{[][]float64{{1, -1, 0}, {-1, 1, 0}, {0, 0, 1}}, `"x1" and "x2" are correlated by -1: one is the other; make them one input`},
	} {
		if _, err := NewCopula(inputs, c.matrix, NormalScore); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if _, err := NewCopula(inputs, matrix, "pearson"); err == nil {
		t.Error("an unknown kind, no error")
	}
}
