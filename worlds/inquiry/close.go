package inquiry

import (
	"math"
	"slices"

	"casus/special"
)

// closing finds the values of some offsets at which what is asked of each is
// met. A gap is the log odds that are asked less those that come out; raising
// an offset by a gap closes it at once where a rate is the probability of one
// logit choice and nothing else moves.
//
// Each step tries the gaps themselves and Newton's step (with slopes from
// differences), and the halves of both, and takes what leaves least. So it
// comes near from far away like the first and settles like the second, also
// where offsets move each other's rates.
type closing struct {
	gaps  func(points [][]float64) ([][]float64, error) // by point, by line; NaN: not defined there
	x     []float64
	left  []float64 // the gaps at x
	open  []bool    // lines that can be closed and take part
	steps int
}

const (
	closedAt  = 1e-6 // in log odds
	mostTries = 60   // steps
	widest    = 30.0 // offsets are looked for within ±: odds of 10^13
	slopeStep = 1e-4
)

// close works until all open lines are closed or no step brings them nearer.
func (c *closing) close() error {
	for c.steps < mostTries && !c.closed() {
		candidates, err := c.candidates()
		if err != nil {
			return err
		}
		gaps, err := c.gaps(candidates)
		if err != nil {
			return err
		}
		best := -1
		for i := range candidates {
			if c.size(gaps[i]) < c.size(c.left) && (best < 0 || c.size(gaps[i]) < c.size(gaps[best])) {
				best = i
			}
		}
		if best < 0 {
			return nil
		}
		c.x, c.left = candidates[best], gaps[best]
		c.steps++
	}
	return nil
}

// closed reports whether every open line is.
func (c *closing) closed() bool {
	for i, g := range c.left {
		if c.open[i] && !(math.Abs(g) < closedAt) {
			return false
		}
	}
	return true
}

// size is the sum of squares of the open gaps; what is not defined is worse
// than anything.
func (c *closing) size(gaps []float64) float64 {
	total := 0.0
	for i, g := range gaps {
		switch {
		case !c.open[i]:
		case math.IsNaN(g):
			return math.Inf(1)
		default:
			total += float64(g * g)
		}
	}
	return total
}

// candidates are the points that a step may lead to.
func (c *closing) candidates() ([][]float64, error) {
	ways := [][]float64{c.left}
	newton, err := c.newton()
	if err != nil {
		return nil, err
	}
	if newton != nil {
		ways = append(ways, newton)
	}
	var out [][]float64
	for _, way := range ways {
		for _, part := range []float64{1, 0.5, 0.25, 1. / 16, 1. / 256} {
			at := slices.Clone(c.x)
			for i := range at {
				if c.open[i] {
					at[i] = min(max(at[i]+float64(part*way[i]), -widest), widest)
				}
			}
			out = append(out, at)
		}
	}
	return out, nil
}

// newton is the step that would close the open lines if gaps were linear; nil
// where they do not determine it.
func (c *closing) newton() ([]float64, error) {
	var at []int
	var points [][]float64
	for i := range c.x {
		if c.open[i] {
			p := slices.Clone(c.x)
			p[i] += slopeStep
			at, points = append(at, i), append(points, p)
		}
	}
	gaps, err := c.gaps(points)
	if err != nil {
		return nil, err
	}
	rows := make([][]float64, len(at)) // slopes, then what they should add up to
	for r, i := range at {
		rows[r] = make([]float64, len(at)+1)
		for k := range at {
			rows[r][k] = (gaps[k][i] - c.left[i]) / slopeStep
		}
		rows[r][len(at)] = -c.left[i]
	}
	solved := gauss(rows)
	if solved == nil {
		return nil, nil
	}
	out := make([]float64, len(c.x))
	for r, i := range at {
		out[i] = solved[r]
	}
	return out, nil
}

// gauss solves the equations whose rows end with their right sides, in place;
// nil where they are singular.
func gauss(rows [][]float64) []float64 {
	n := len(rows)
	for p := range n {
		best := p
		for i := p + 1; i < n; i++ {
			if math.Abs(rows[i][p]) > math.Abs(rows[best][p]) {
				best = i
			}
		}
		if !(math.Abs(rows[best][p]) > 1e-12) {
			return nil
		}
		rows[p], rows[best] = rows[best], rows[p]
		for i := p + 1; i < n; i++ {
			f := rows[i][p] / rows[p][p]
			for j := p; j <= n; j++ {
				rows[i][j] -= float64(f * rows[p][j])
			}
		}
	}
	out := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = rows[i][n]
		for j := i + 1; j < n; j++ {
			out[i] -= float64(rows[i][j] * out[j])
		}
		out[i] /= rows[i][i]
	}
	return out
}

func logit(p float64) float64 { return special.Log(p / (1 - p)) }

func expit(x float64) float64 { return 1 / (1 + special.Exp(-x)) }
