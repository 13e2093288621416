package decision

import (
	"fmt"
	"math"
	"slices"

	"casus/finding"
	"casus/special"
	"casus/worlds/draw"
)

// learner fits each option's conditional mean given the inputs.
type learner struct {
	name string
	// predict fits the gains in the worlds train, and gives by option the
	// conditional mean in each of the worlds judge.
	predict func(gains [][]float64, train, judge []int, ws []float64) [][]float64
}

func (p *problem) learner() (*learner, error) {
	n := p.n()
	if n < 4*p.s.Folds {
		return nil, fmt.Errorf("%s too few to learn what inputs are worth; %d folds want %d", finding.CountOf(n, "world is", "worlds are"), p.s.Folds, 4*p.s.Folds)
	}
	if len(p.inputs) == 1 {
		parts := p.s.Parts
		if parts == 0 {
			parts = int(math.Round(2 * special.Pow(float64(n), 1.0/3)))
		}
		if parts > n/4 {
			return nil, fmt.Errorf("%d parts of %d worlds leave fewer than 4 worlds a part; use %d parts or fewer", parts, n, n/4)
		}
		return p.partition(parts), nil
	}
	x, terms := features(p.inputs, true)
	name := "least squares on normal scores, their squares and products"
	if n < 10*terms {
		x, terms = features(p.inputs, false)
		name = "least squares on normal scores (too few worlds for squares and products)"
	}
	if n < 10*terms {
		return nil, fmt.Errorf("%s too few for a group of %s; it wants %d", finding.CountOf(n, "world is", "worlds are"), finding.Count(len(p.inputs), "input"), 10*terms)
	}
	return &learner{fmt.Sprintf("%s: %d terms", name, terms), func(gains [][]float64, train, judge []int, ws []float64) [][]float64 {
		return leastSquares(x, gains, train, judge, ws)
	}}, nil
}

// partition cuts the range of a single input into parts of equal count; equal
// values stay in one part. A part that no world to learn from fell into takes
// the mean over all.
func (p *problem) partition(parts int) *learner {
	part := make([]int, p.n())
	ranks := midranks(p.inputs[0])
	for i, r := range ranks {
		part[i] = min(int(r*float64(parts)), parts-1)
	}
	return &learner{fmt.Sprintf("conditional means in %d parts of equal count", parts), func(gains [][]float64, train, judge []int, ws []float64) [][]float64 {
		out := make([][]float64, len(gains))
		for o, g := range gains {
			sums, weights := make([]float64, parts), make([]float64, parts)
			sum, all := 0.0, 0.0
			for _, i := range train {
				sums[part[i]] += float64(g[i] * ws[i])
				weights[part[i]] += ws[i]
				sum += float64(g[i] * ws[i])
				all += ws[i]
			}
			out[o] = make([]float64, len(judge))
			for k, i := range judge {
				out[o][k] = sum / all
				if weights[part[i]] > 0 {
					out[o][k] = sums[part[i]] / weights[part[i]]
				}
			}
		}
		return out
	}}
}

// midranks puts each value at its place in (0, 1): (rank − ½)/n, ties at the
// middle of theirs.
func midranks(xs []float64) []float64 {
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case xs[a] < xs[b]:
			return -1
		case xs[a] > xs[b]:
			return 1
		}
		return 0
	})
	out := make([]float64, len(xs))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && xs[order[j]] == xs[order[i]] {
			j++
		}
		for k := i; k < j; k++ {
			out[order[k]] = float64(i+j) / 2 / float64(len(xs))
		}
		i = j
	}
	return out
}

// features are the columns of the regression, by world: 1, scores and, where
// full, squares and products.
func features(inputs [][]float64, full bool) (rows [][]float64, terms int) {
	scores := make([][]float64, len(inputs))
	for k, in := range inputs {
		scores[k] = midranks(in)
		for i, u := range scores[k] {
			scores[k][i] = special.NormalQuantile(u)
		}
	}
	rows = make([][]float64, len(inputs[0]))
	for i := range rows {
		rows[i] = []float64{1}
		for k := range scores {
			rows[i] = append(rows[i], scores[k][i])
		}
		for k := range scores {
			for l := 0; l <= k && full; l++ {
				rows[i] = append(rows[i], scores[k][i]*scores[l][i])
			}
		}
	}
	return rows, len(rows[0])
}

// ridge keeps the normal equations solvable when inputs repeat one another, as
// a share of the mean diagonal; it moves nothing that can be seen.
const ridge = 1e-9

func leastSquares(x, gains [][]float64, train, judge []int, ws []float64) [][]float64 {
	terms, options := len(x[0]), len(gains)
	squares, products := make([]float64, terms*terms), make([]float64, terms*options) // upper half; by term, then option
	for _, i := range train {
		for k, xk := range x[i] {
			xk *= ws[i]
			for l := k; l < terms; l++ {
				squares[k*terms+l] += float64(xk * x[i][l])
			}
			for o := range options {
				products[k*options+o] += float64(xk * gains[o][i])
			}
		}
	}
	trace := 0.0
	for k := range terms {
		trace += squares[k*terms+k]
	}
	for k := range terms {
		squares[k*terms+k] += ridge * trace / float64(terms)
	}
	coefficients := solved(squares, products, terms, options)
	out := make([][]float64, options)
	for o := range out {
		out[o] = make([]float64, len(judge))
		for j, i := range judge {
			for k := range terms {
				out[o][j] += float64(x[i][k] * coefficients[k*options+o])
			}
		}
	}
	return out
}

// solved solves A·X = B by Cholesky's method: A is symmetric, positive definite,
// of n rows, and only its upper half is read; B has so many columns; both stand by
// rows, and are used up.
func solved(a, b []float64, n, columns int) []float64 {
	for j := range n {
		for i := j; i < n; i++ {
			for k := range j {
				a[j*n+i] -= float64(a[k*n+i] * a[k*n+j])
			}
		}
		if !(a[j*n+j] > 0) {
			panic("decision: normal equations are not positive definite")
		}
		root := math.Sqrt(a[j*n+j])
		for i := j; i < n; i++ {
			a[j*n+i] /= root
		}
	}
	for c := range columns {
		for i := range n {
			for k := range i {
				b[i*columns+c] -= float64(a[k*n+i] * b[k*columns+c])
			}
			b[i*columns+c] /= a[i*n+i]
		}
		for i := n - 1; i >= 0; i-- {
			for k := i + 1; k < n; k++ {
				b[i*columns+c] -= float64(a[i*n+k] * b[k*columns+c])
			}
			b[i*columns+c] /= a[i*n+i]
		}
	}
	return b
}

// earned gives what the rule learned in the worlds train earns in the worlds
// judge; predictions that tie earn the mean of the options that do.
func (p *problem) earned(l *learner, gains [][]float64, train, judge []int, ws []float64) []float64 {
	predicted := l.predict(gains, train, judge, ws)
	out := make([]float64, len(judge))
	for k, i := range judge {
		top, sum, ties := math.Inf(-1), 0.0, 0
		for o := range predicted {
			top = max(top, predicted[o][k])
		}
		for o := range predicted {
			if predicted[o][k] == top {
				sum += gains[o][i]
				ties++
			}
		}
		out[k] = sum / float64(ties)
	}
	return out
}

// null estimates the in-sample value with the link between inputs and gains cut
// by permuting the worlds, several times; rows of one go together.
func (p *problem) null(l *learner, all []int) []float64 {
	out := make([]float64, p.s.Permutations)
	for r := range out {
		order := p.kin.Deal(permutation(draw.NewStream(p.s.Seed, fmt.Sprintf("null %d", r)), p.kin.Len()))
		shuffled := *p
		shuffled.gains = make([][]float64, len(p.gains))
		for o, g := range p.gains {
			shuffled.gains[o] = at(g, order)
		}
		shuffled.ws = at(p.ws, order)
		out[r] = shuffled.over(shuffled.earned(l, shuffled.gains, all, all, shuffled.ws), shuffled.ws)
	}
	slices.Sort(out)
	return out
}

// permutation is a random order of 0 … n−1.
func permutation(from draw.Stream, n int) []int {
	words := make([]uint64, n)
	from.Fill(words, 0)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case words[a] < words[b]:
			return -1
		case words[a] > words[b]:
			return 1
		}
		return 0
	})
	return order
}

// heldOut gives what the learned rule earns in each world when that world's fold
// was not learned from. The folds are of nearly equal count, and none has a row of a
// world that another has.
func (p *problem) heldOut(l *learner) []float64 {
	order := permutation(draw.NewStream(p.s.Seed, "folds"), p.kin.Len())
	out := make([]float64, p.n())
	for f := range p.s.Folds {
		var train, judge []int
		for k := range order {
			if rows := p.kin.Rows(order[k : k+1]); k%p.s.Folds == f {
				judge = append(judge, rows...)
			} else {
				train = append(train, rows...)
			}
		}
		for k, x := range p.earned(l, p.gains, train, judge, p.ws) {
			out[judge[k]] = x
		}
	}
	return out
}
