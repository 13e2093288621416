package sensitivity

import (
	"fmt"
	"math"

	"casus/special"
)

// Derivatives holds derivative-based global measures (Sobol' and Kucherenko 2009).
type Derivatives struct {
	Basis
	Variance Number            `json:"variance"` // of the output
	Inputs   []DerivativeInput `json:"inputs"`
}

// DerivativeInput is the mean square of the derivative of the output in one
// input, and the bound it sets on the total index: ST ≤ C·Nu/Variance, C the
// Poincaré constant of the input's distribution (Lamboni, Iooss, Popelin and
// Gamboa 2013). A bound near 0 shows that an input does not matter; a large one
// shows nothing.
type DerivativeInput struct {
	Input string   `json:"input"`
	Nu    Estimate `json:"nu"`
	Bound Estimate `json:"ST_bound"`
}

// DGSM estimates from given gradients: gradient[j][i] is the derivative of
// output y[i] in input j of world i. poincare holds the Poincaré constant of each
// input's distribution (see Poincare), in the units in which the derivatives are
// taken; +Inf or NaN where there is none, then there is no bound. A world with
// any number that is not finite is left out. The bound is valid only for inputs
// that are independent of each other, and where the output has no jumps: no
// derivative sees them.
func DGSM(inputs []string, gradient [][]float64, y, poincare []float64, b Bootstrap) (Derivatives, error) {
	b, err := b.settle()
	if err != nil {
		return Derivatives{}, err
	}
	if err := (Sample{Inputs: inputs, X: gradient, Y: y}).check(len(y)); err != nil {
		return Derivatives{}, err
	}
	if len(poincare) != len(inputs) {
		return Derivatives{}, fmt.Errorf("%d inputs have %d poincaré constants", len(inputs), len(poincare))
	}
	samples, left := wholeRows(append([][]float64{y}, gradient...))
	result := Derivatives{Basis: newBasis(len(y)-left, left, b.String())}
	if result.N < 2 {
		return Derivatives{}, errTooFew
	}
	result.warnLeft("", "worlds", left, len(y))
	_, scale := centre(samples[:1], 1)
	units := make([]float64, len(inputs))
	for j, column := range samples[1:] {
		for _, g := range column {
			units[j] = max(units[j], math.Abs(g))
		}
		if units[j] == 0 {
			units[j] = 1
		}
	}
	d := len(inputs)
	rows := b.sums(result.N, d+2, func(k, from int, dst []float64) {
		for i := range dst {
			switch {
			case k < d:
				dst[i] = square(samples[1+k][from+i] / units[k])
			case k == d:
				dst[i] = samples[0][from+i]
			default:
				dst[i] = square(samples[0][from+i])
			}
		}
	})
	for r, sums := range rows {
		n := sums[d+2]
		variance := (sums[d+1]/n - square(sums[d]/n)) * n / (n - 1) * scale * scale
		if r == 0 {
			result.Variance = Number(max(variance, 0))
		}
		if !(variance > 0) {
			variance = math.NaN()
		}
		bounds := make([]float64, d)
		for j := range d {
			sums[j] *= units[j] * units[j] / n
			bounds[j] = poincare[j] * sums[j] / variance
		}
		rows[r] = append(sums[:d:d], bounds...)
	}
	es := b.estimates(rows)
	for j, name := range inputs {
		result.Inputs = append(result.Inputs, DerivativeInput{name, es[j], es[d+j]})
		if !isFinite(poincare[j]) {
			result.warn(Heavy, name, "its distribution has no poincaré constant, so its derivatives bound nothing")
		}
	}
	if result.Variance == 0 {
		result.warn(Constant, "", "the output is the same in all worlds, so no share of its variance exists")
	}
	return result, nil
}

// wholeRows copies columns without the rows in which any number is not finite.
func wholeRows(columns [][]float64) (whole [][]float64, left int) {
	n := len(columns[0])
	flat := make([]float64, 0, n*len(columns))
	for _, column := range columns {
		flat = append(flat, column...)
	}
	if n == 0 {
		return columns, 0
	}
	return standing(flat, n)
}

// Poincare finds the Poincaré constant of a distribution from its quantile
// function: the least C with Var g(X) ≤ C·E g'(X)² for every smooth g. It is one
// over the first positive eigenvalue of a Sturm–Liouville problem, solved by
// finite elements (Roustant, Barthe and Iooss 2017), to about 1e-4 in relation.
//
// It is 0 for a fixed value and +Inf where there is none or none is found: for
// discrete values, for gaps, and for tails as heavy as an exponential's or
// heavier (lognormal). A bound of the total
// index in the logarithm of a lognormal input uses PoincareNormal.
func Poincare(quantile func(float64) float64) float64 {
	near, far := poincareUpTo(quantile, 6), poincareUpTo(quantile, 7.5)
	if !(math.Abs(far-near) <= 0.003*far) {
		return math.Inf(1)
	}
	return far
}

// poincareUpTo cuts the distribution off at the normal score far. The elements
// are equal in normal scores; g is linear in each, its mass at the nodes.
func poincareUpTo(quantile func(float64) float64, far float64) float64 {
	const elements = 2000
	var mass, stiff []float64 // stiff[i] is between nodes i and i+1
	at := func(i int) float64 { return special.NormalCDF(far * (2*float64(i)/elements - 1)) }
	x, extent := quantile(at(0)), quantile(at(elements))-quantile(at(0))
	if !(extent > 0) || math.IsInf(extent, 1) {
		if extent == 0 {
			return 0
		}
		return math.Inf(1)
	}
	mass = append(mass, 0)
	for i := range elements {
		next, du := quantile(at(i+1)), at(i+1)-at(i)
		if dx := (next - x) / extent; dx > 1e-12 {
			mass[len(mass)-1] += float64(du / 2)
			mass = append(mass, du/2)
			stiff = append(stiff, du/(dx*dx))
			x = next
		} else { // no way between the nodes: g is the same at both
			mass[len(mass)-1] += du
		}
	}
	return extent * extent / firstEigenvalue(mass, stiff)
}

// firstEigenvalue is the least positive λ of stiffness·g = λ·mass·g on a chain,
// by bisection with Sturm's count of the eigenvalues below (Givens 1954).
func firstEigenvalue(mass, stiff []float64) float64 {
	lo, hi := 0.0, 1.0
	for below(mass, stiff, hi) < 2 && hi < 1e12 {
		hi *= 2
	}
	for range 60 {
		if mid := (lo + hi) / 2; below(mass, stiff, mid) < 2 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

// below counts the eigenvalues under λ, the constant's 0 among them: the
// negative pivots of the elimination. A pivot is kept as its excess over the
// stiffness to the next node, because that is lost beside a large stiffness.
func below(mass, stiff []float64, lambda float64) int {
	count, excess := 0, 0.0
	for i, m := range mass {
		pivot := float64(-lambda * m)
		if i > 0 {
			pivot += excess
		}
		if i == len(stiff) {
			if pivot < 0 {
				count++
			}
			break
		}
		k := stiff[i]
		whole := k + pivot
		if whole == 0 {
			whole = -1e-300
		}
		if whole < 0 {
			count++
		}
		excess = k * (pivot / whole)
	}
	return count
}
