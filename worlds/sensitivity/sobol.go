package sensitivity

import (
	"cmp"
	"errors"
	"math"
	"slices"
)

// Sobol holds variance-based indices (Sobol' 1993; Homma and Saltelli 1996).
type Sobol struct {
	Basis
	Evaluations int          `json:"evaluations"` // points the design has, used or not
	Mean        float64      `json:"mean"`        // of the output over A and B
	Variance    Number       `json:"variance"`
	Inputs      []SobolInput `json:"inputs"`
	Pairs       []SobolPair  `json:"pairs,omitempty"` // each once, the earlier input first
}

// SobolInput tells what one input, or group, does to the output. S1 is the share of
// variance that vanishes in the mean when it becomes known, ST the share that
// remains when all others are known.
type SobolInput struct {
	Input string   `json:"input"`
	S1    Estimate `json:"S1"`
	ST    Estimate `json:"ST"`
}

// SobolPair is the share of variance from the joint action of two inputs beyond
// what each does alone.
type SobolPair struct {
	First string   `json:"first"`
	Other string   `json:"other"`
	S2    Estimate `json:"S2"`
}

// Joint are the pairs told apart from 0, one by one at 95 %, the largest first; by chance
// alone about so many would be.
func (s *Sobol) Joint() (apart []SobolPair, byChance float64) {
	for _, p := range s.Pairs {
		if p.S2.Lo > 0 {
			apart = append(apart, p)
		}
	}
	slices.SortStableFunc(apart, func(a, b SobolPair) int { return -cmp.Compare(a.S2.Value, b.S2.Value) })
	return apart, math.Ceil(0.025 * float64(len(s.Pairs)))
}

// Alone is the share of variance that inputs decide one by one: the sum of S1; joint:
// so little that the rest is joint action, or error.
func (s *Sobol) Alone() (sum float64, joint bool) {
	for _, x := range s.Inputs {
		sum += x.S1.Value
	}
	return sum, sum < 0.995
}

var errTooFew = errors.New("fewer than 2 complete rows; nothing can be estimated")

// saltelliSums are the statistics behind the indices, row by row. Samples are
// A, B, then as Design has them, or for dependent inputs as DependentDesign.
type saltelliSums struct {
	f         [][]float64
	groups    int
	second    bool
	dependent bool
}

// Statistics 0 and 1 serve the variance, then one of each group for S1 and for
// ST, then one of each pair.
func (s saltelliSums) count() int {
	n := 2 + 2*s.groups
	if s.second {
		n += s.groups * (s.groups - 1) / 2
	}
	return n
}

func (s saltelliSums) fill(pairs [][2]int) func(k, from int, dst []float64) {
	return func(k, from int, dst []float64) {
		at := func(sample int) []float64 { return s.f[sample][from : from+len(dst)] }
		a, b := at(0), at(1)
		g := s.groups
		switch {
		case k == 0:
			for i := range dst {
				dst[i] = a[i] + b[i]
			}
		case k == 1:
			for i := range dst {
				dst[i] = float64(a[i]*a[i]) + float64(b[i]*b[i])
			}
		case k < 2+g && s.dependent:
			firstOrder(dst, b, a, at(k))
		case k < 2+g && s.second:
			firstOrderTwice(dst, a, b, at(k), at(k+g))
		case k < 2+g:
			firstOrder(dst, a, b, at(k))
		case k < 2+2*g && s.dependent:
			total(dst, a, at(k))
		case k < 2+2*g && s.second:
			totalTwice(dst, a, b, at(k-g), at(k))
		case k < 2+2*g:
			total(dst, a, at(k-g))
		default:
			p := pairs[k-2-2*g]
			joint(dst, a, b, [2][]float64{at(2 + p[0]), at(2 + p[1])}, [2][]float64{at(2 + g + p[0]), at(2 + g + p[1])})
		}
	}
}

func firstOrder(dst, a, b, ab []float64) {
	for i := range dst {
		dst[i] = b[i] * (ab[i] - a[i])
	}
}

func firstOrderTwice(dst, a, b, ab, ba []float64) {
	for i := range dst {
		dst[i] = (float64(b[i]*(ab[i]-a[i])) + float64(a[i]*(ba[i]-b[i]))) / 2
	}
}

func total(dst, a, ab []float64) {
	for i := range dst {
		off := a[i] - ab[i]
		dst[i] = off * off / 2
	}
}

func totalTwice(dst, a, b, ab, ba []float64) {
	for i := range dst {
		offA, offB := a[i]-ab[i], b[i]-ba[i]
		dst[i] = (float64(offA*offA) + float64(offB*offB)) / 4
	}
}

func joint(dst, a, b []float64, ab, ba [2][]float64) {
	ab0, ab1, ba0, ba1 := ab[0], ab[1], ba[0], ba[1]
	for i := range dst {
		dst[i] = float64((float64(ba0[i]*ab1[i])+float64(ab0[i]*ba1[i]))/2) - float64(a[i]*b[i])
	}
}

func (s saltelliSums) indices(names []string, n, left int, b Bootstrap) (Sobol, error) {
	result := Sobol{Basis: newBasis(n-left, left, b.String()), Evaluations: n * len(s.f)}
	result.warnLeft("", "rows", left, n)
	if result.N < 2 {
		return Sobol{}, errTooFew
	}
	mean, scale := centre(s.f, 2)
	result.Mean = mean
	pairs := pairsOf(s.groups)
	rows := b.sums(result.N, s.count(), s.fill(pairs))
	for r, sums := range rows {
		variance := s.shares(sums, pairs)
		if r == 0 {
			result.Variance = Number(variance * scale * scale)
		}
	}
	es := b.estimates(rows)
	for k, name := range names {
		result.Inputs = append(result.Inputs, SobolInput{name, es[2+k], es[2+s.groups+k]})
	}
	if s.second {
		for k, p := range pairs {
			result.Pairs = append(result.Pairs, SobolPair{names[p[0]], names[p[1]], es[2+2*s.groups+k]})
		}
	}
	result.doubt(scale)
	return result, nil
}

// shares turns sums into indices, in place; it gives the variance.
func (s saltelliSums) shares(sums []float64, pairs [][2]int) float64 {
	weight := sums[len(sums)-1]
	mean := sums[0] / weight / 2
	variance := float64(sums[1]/weight/2) - float64(mean*mean)
	variance *= weight / (weight - 0.5) // of 2·weight numbers
	if !(variance > 0) {
		variance = math.NaN()
	}
	for k := 2; k < len(sums)-1; k++ {
		sums[k] /= weight * variance
	}
	if s.second {
		for k, p := range pairs {
			sums[2+2*s.groups+k] -= sums[2+p[0]] + sums[2+p[1]]
		}
	}
	if math.IsNaN(variance) {
		return 0
	}
	return variance
}

func pairsOf(n int) [][2]int {
	var pairs [][2]int
	for i := range n {
		for j := i + 1; j < n; j++ {
			pairs = append(pairs, [2]int{i, j})
		}
	}
	return pairs
}

func (r *Sobol) doubt(scale float64) {
	if scale == 0 {
		r.warn(Constant, "", "the output is the same in all rows, so no share of its variance exists")
		return
	}
	var w widths
	for _, in := range r.Inputs {
		w.add("S1 of "+in.Input, in.S1)
		w.add("ST of "+in.Input, in.ST)
	}
	for _, p := range r.Pairs {
		w.add("S2 of "+p.First+" and "+p.Other, p.S2)
	}
	r.warnWide(w)
}
