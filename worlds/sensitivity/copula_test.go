package sensitivity

import (
	"math"
	"slices"
	"strings"
	"testing"

	"casus/worlds/draw"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var matrix = [][]float64{{1, 0.5, 0.6}, {0.5, 1, -0.2}, {0.6, -0.2, 1}}

// dependentShares are the exact indices of Σ β·X, X standard normal with
// correlations R, by elimination: S1 = (R·β)ᵢ²/V, ST = β²·Var(Xᵢ | others)/V.
func dependentShares(r [][]float64, beta []float64) (s1, st []float64) {
	variance := 0.0
	along := make([]float64, len(beta))
	for i := range beta {
		for j := range beta {
			along[i] += r[i][j] * beta[j]
		}
		variance += beta[i] * along[i]
	}
	for i := range beta {
		s1 = append(s1, square(along[i])/variance)
		st = append(st, square(beta[i])*leftover(r, i)/variance)
	}
	return s1, st
}

// leftover is the variance of a variable when all others are known: sweep them
// out one by one.
func leftover(r [][]float64, i int) float64 {
	var m [][]float64
	for _, row := range r {
		m = append(m, slices.Clone(row))
	}
	for k := range m {
		if k == i {
			continue
		}
		for a := range m {
			if a == k {
				continue
			}
			w := m[a][k] / m[k][k]
			for b := range m {
				m[a][b] -= w * m[k][b]
			}
		}
	}
	return m[i][i]
}

func correlation(a, b []float64) float64 {
	n := float64(len(a))
	ma, mb := draw.Mean(a), draw.Mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb) / n
		aa += square(a[i]-ma) / n
		bb += square(b[i]-mb) / n
	}
	return ab / math.Sqrt(aa*bb)
}

// Linear models of dependent normal inputs, the last one not read at all.
func TestKucherenko(t *testing.T) {
	for _, beta := range [][]float64{{1, 2, 0}, {1, 1, 1}, {1, -1, 0.3}} {
		c := must[draw.Copula](t)(draw.NewCopula(names(3), matrix, draw.NormalScore))
		d := must[DependentDesign](t)(Kucherenko(c, 1<<12, 1))
		f := func(x []float64) float64 {
			z := draw.NormalScores([][]float64{x})[0]
			return beta[0]*z[0] + beta[1]*z[1] + beta[2]*z[2]
		}
		r := must[Sobol](t)(d.Indices(run(d, f), Bootstrap{}))
		s1, st := dependentShares(matrix, beta)
		for j, in := range r.Inputs {
			within(t, in.Input+" S1", in.S1, s1[j], 1e-9)
			within(t, in.Input+" ST", in.ST, st[j], 1e-9)
		}
		if !has(r.Warnings, Dependent, "") {
			t.Errorf("dependence is not said: %v", r.Warnings)
		}
	}
}

// The samples have the dependence they should: in F the input is A's and all
// else is correlated with it as ever; in T the same the other way round.
func TestConditionalSamples(t *testing.T) {
	c := must[draw.Copula](t)(draw.NewCopula(names(3), matrix, draw.NormalScore))
	d := must[DependentDesign](t)(Kucherenko(c, 1<<14, 2))
	a := d.Block(0)
	for k := range d.Blocks() {
		z := draw.NormalScores(d.Block(k))
		for i := range z {
			for j := range i {
				if got := correlation(z[i], z[j]); math.Abs(got-matrix[i][j]) > 0.02 {
					t.Errorf("sample %d, %d and %d: %v", k, i, j, got)
				}
			}
		}
	}
	for i := range 3 {
		if diff := cmp.Diff(a[i], d.Block(2 + i)[i]); diff != "" {
			t.Errorf("F of %d: its input is not A's", i)
		}
		for j := range 3 {
			if j != i && !slices.Equal(a[j], d.Block(5 + i)[j]) {
				t.Errorf("T of %d: input %d is not A's", i, j)
			}
		}
	}
}

// Without correlations it is Saltelli's design, and needs no warning.
func TestIndependentCopula(t *testing.T) {
	none := [][]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	c := must[draw.Copula](t)(draw.NewCopula(names(3), none, draw.Rank))
	d, s := must[DependentDesign](t)(Kucherenko(c, 64, 5)), must[Design](t)(Saltelli(names(3), 64, true, 5))
	for k, same := range []int{0, 1, 5, 6, 7, 2, 3, 4} {
		if diff := cmp.Diff(s.Block(same), d.Block(k), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("sample %d: %s", k, diff)
		}
	}
	if _, doubt := Doubt(c, MethodSaltelli); doubt {
		t.Error("a doubt without dependence")
	}
}

func TestDoubt(t *testing.T) {
	c := must[draw.Copula](t)(draw.NewCopula(names(3), matrix, draw.Rank))
	for m, invalid := range map[Method]bool{
		MethodSaltelli: true, MethodMorris: true, MethodDGSM: true,
		MethodKucherenko: false, MethodFirstOrder: false, MethodDelta: false, MethodRegional: false,
	} {
		w, doubt := Doubt(c, m)
		if !doubt || w.Kind != Dependent || strings.Contains(w.Text, "not valid") != invalid {
			t.Errorf("%s: %+v", m, w)
		}
	}
}
