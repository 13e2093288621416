package sensitivity

import (
	"fmt"

	"casus/worlds/draw"
)

// DependentDesign is the design of Kucherenko, Tarantola and Annoni (2012) for
// inputs under a copula. Samples of N rows stand one after the other: A and B,
// two independent samples of dependent inputs; then for each input F, that input
// from A and the others drawn given it; then for each input T, the others from A
// and that input drawn given them. What is drawn anew comes from B, moved by
// regression to what is given (Matheron's rule; Hoffman and Ribak 1991). For
// independent inputs F is Saltelli's BA and T his AB.
//
// The points are as in Design: a larger N extends every sample.
type DependentDesign struct {
	Copula draw.Copula `json:"copula"`
	N      int         `json:"n"`
	Seed   uint64      `json:"seed"`

	a, b    [][]float64 // dependent normal scores
	weights [][]float64 // regression of each input on the others
}

// Kucherenko makes the design: n·(2d+2) points. Errors as for Saltelli.
func Kucherenko(c draw.Copula, n int, seed uint64) (DependentDesign, error) {
	a, b, err := twoSamples(c.Inputs, n, seed)
	if err != nil {
		return DependentDesign{}, err
	}
	d := DependentDesign{Copula: c, N: n, Seed: seed, a: c.Join(draw.NormalScores(a)), b: c.Join(draw.NormalScores(b))}
	d.weights = regressions(c)
	return d, nil
}

// regressions gives the coefficients of each normal score on all others: −P[i][j]/P[i][i],
// P the inverse of R.
func regressions(c draw.Copula) [][]float64 {
	inverse := c.Inverse()
	for i, row := range inverse {
		own := row[i]
		for j := range row {
			row[j] /= -own
		}
		row[i] = 0
	}
	return inverse
}

// Blocks is the number of samples.
func (d DependentDesign) Blocks() int { return 2 + 2*len(d.Copula.Inputs) }

// Len is the number of points.
func (d DependentDesign) Len() int { return d.Blocks() * d.N }

// Block gives sample k, a column of N numbers in (0, 1) for each input: points
// k·N … (k+1)·N−1.
func (d DependentDesign) Block(k int) [][]float64 {
	inputs := len(d.Copula.Inputs)
	switch {
	case k == 0:
		return draw.Chances(d.a)
	case k == 1:
		return draw.Chances(d.b)
	case k < 2+inputs:
		return draw.Chances(d.given(k - 2))
	}
	return draw.Chances(d.givenOthers(k - 2 - inputs))
}

// given has input i from A, the others drawn given it.
func (d DependentDesign) given(i int) [][]float64 {
	z := make([][]float64, len(d.b))
	for j := range z {
		z[j] = append([]float64(nil), d.b[j]...)
		addTimes(z[j], d.a[i], d.Copula.R[i][j])
		addTimes(z[j], d.b[i], -d.Copula.R[i][j])
	}
	copy(z[i], d.a[i])
	return z
}

// givenOthers has the others from A, input i drawn given them.
func (d DependentDesign) givenOthers(i int) [][]float64 {
	z := append([][]float64(nil), d.a...)
	z[i] = append([]float64(nil), d.b[i]...)
	for j, w := range d.weights[i] {
		addTimes(z[i], d.a[j], w)
		addTimes(z[i], d.b[j], -w)
	}
	return z
}

// Points gives all points, a column of Len numbers in (0, 1) for each input.
func (d DependentDesign) Points() [][]float64 {
	return pointsOf(len(d.Copula.Inputs), d.Blocks(), d.N, d.Block)
}

// Indices estimates the indices from the outputs of all points, in their order;
// rows and intervals as in Design.Indices. With f the outputs, centred:
//
//	S1: mean of f(A)·(f(F) − f(B)) over the variance
//	ST: half the mean of (f(A) − f(T))² over the variance
//
// S1 counts what an input shares with others, ST does not: ST may be below S1,
// and an input that the output does not read at all has S1 above 0 when it
// depends on one that it reads.
func (d DependentDesign) Indices(y []float64, b Bootstrap) (Sobol, error) {
	b, err := b.settle()
	if err != nil {
		return Sobol{}, err
	}
	if len(y) != d.Len() {
		return Sobol{}, fmt.Errorf("the design has %d points (%d samples of %d), got %d outputs", d.Len(), d.Blocks(), d.N, len(y))
	}
	f, left := standing(y, d.N)
	s := saltelliSums{f: f, groups: len(d.Copula.Inputs), dependent: true}
	result, err := s.indices(d.Copula.Inputs, d.N, left, b)
	if w, doubt := Doubt(d.Copula, MethodKucherenko); err == nil && doubt {
		result.Warnings = append([]Warning{w}, result.Warnings...)
	}
	return result, err
}
