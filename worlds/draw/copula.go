package draw

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/special"
)

// Correlation is the kind of a correlation matrix.
type Correlation string

// The kinds of correlation. They belong to the dependence alone, not to the
// distributions; Pearson's correlation of the values themselves does not.
const (
	NormalScore Correlation = "normal score" // Pearson's, of the normal scores
	Rank        Correlation = "rank"         // Spearman's
)

// Copula makes inputs depend on each other as normal variables do, whatever
// their own distributions (Nataf 1962; Iman and Conover 1982 had the ranks). NewCopula
// makes it.
type Copula struct {
	Inputs []string    `json:"inputs"`
	R      [][]float64 `json:"normal_score_correlation"`

	lower [][]float64 // Cholesky's factor of R
}

// NewCopula takes a symmetric matrix with 1 on its diagonal, in the order of
// the inputs. Spearman's correlation ρ becomes 2·sin(π·ρ/6) (Pearson 1907). A
// matrix that no variables can have is an error that names where it fails, never
// mended: which assumption is wrong is the author's to say.
func NewCopula(inputs []string, matrix [][]float64, kind Correlation) (Copula, error) {
	if len(inputs) == 0 {
		return Copula{}, errors.New("no inputs; name at least one")
	}
	if kind != NormalScore && kind != Rank {
		return Copula{}, fmt.Errorf("unknown correlation %q; use %q or %q", kind, NormalScore, Rank)
	}
	c := Copula{Inputs: inputs}
	if err := c.check(matrix); err != nil {
		return Copula{}, err
	}
	for i, row := range matrix {
		c.R = append(c.R, append([]float64(nil), row...))
		for j := range row {
			if kind == Rank && i != j {
				c.R[i][j] = 2 * special.Sin(math.Pi*row[j]/6)
			}
		}
	}
	return c, c.factor()
}

// Pair has the rank correlation of two inputs.
type Pair struct {
	A, B string
	Rank float64
}

// Paired is the copula of inputs of which some pairs are correlated by rank, and all
// others not. Pairs are of these inputs.
func Paired(inputs []string, pairs []Pair) (Copula, error) {
	r := make([][]float64, len(inputs))
	for i := range r {
		r[i] = make([]float64, len(inputs))
		r[i][i] = 1
	}
	for _, p := range pairs {
		i, j := slices.Index(inputs, p.A), slices.Index(inputs, p.B)
		r[i][j], r[j][i] = p.Rank, p.Rank
	}
	return NewCopula(inputs, r, Rank)
}

func (c Copula) check(matrix [][]float64) error {
	d := len(c.Inputs)
	if len(matrix) != d {
		return fmt.Errorf("%d inputs want a %d × %d correlation matrix, got %d rows", d, d, d, len(matrix))
	}
	for i, row := range matrix {
		if len(row) != d {
			return fmt.Errorf("the correlation row of %q has %d numbers, want %d", c.Inputs[i], len(row), d)
		}
	}
	for i, row := range matrix {
		for j, r := range row {
			switch {
			case i == j && r != 1:
				return fmt.Errorf("the correlation of %q with itself is %g, want 1", c.Inputs[i], r)
			case !(math.Abs(r) <= 1):
				return fmt.Errorf("the correlation of %q and %q is %g, want a number from -1 to 1", c.Inputs[i], c.Inputs[j], r)
			case r != matrix[j][i]:
				return fmt.Errorf("the correlation of %q and %q is %g one way and %g the other", c.Inputs[i], c.Inputs[j], r, matrix[j][i])
			case i != j && math.Abs(r) == 1:
				return fmt.Errorf("%q and %q are correlated by %g: one is the other; make them one input", c.Inputs[i], c.Inputs[j], r)
			}
		}
	}
	return nil
}

// factor is Cholesky's, R = L·Lᵀ.
func (c *Copula) factor() error {
	for i := range c.R {
		row := make([]float64, i+1)
		for j := range i + 1 {
			v := c.R[i][j]
			for k := range j {
				other := row
				if j < i {
					other = c.lower[j]
				}
				v -= float64(row[k] * other[k])
			}
			switch {
			case j < i:
				row[j] = v / c.lower[j][j]
			case v < 1e-10:
				return c.impossible(i)
			default:
				row[j] = math.Sqrt(v)
			}
		}
		c.lower = append(c.lower, row)
	}
	return nil
}

func (c *Copula) impossible(i int) error {
	var with []string
	for j, r := range c.R[i][:i] {
		if r != 0 {
			with = append(with, fmt.Sprintf("%q (%.3g)", c.Inputs[j], r))
		}
	}
	return fmt.Errorf("no numbers can be correlated like this: the matrix is not positive definite from %q on (leading minor %d), "+
		"given its correlations with %s and theirs among each other; weaken one of them", c.Inputs[i], i+1, strings.Join(with, ", "))
}

// Map sends independent columns in (0, 1), one for each input, to columns in
// (0, 1) that depend on each other; each keeps its uniform distribution, and
// the first its very numbers. Their quantiles give the values. It panics on
// another number of columns.
func (c Copula) Map(columns [][]float64) [][]float64 {
	if len(columns) != len(c.Inputs) {
		panic(fmt.Sprintf("draw: %d columns for %d inputs", len(columns), len(c.Inputs)))
	}
	mapped := Chances(c.Join(NormalScores(columns)))
	mapped[0] = append([]float64(nil), columns[0]...)
	return mapped
}

// NormalScores turns columns in (0, 1) into the normal values that have them for their
// chances.
func NormalScores(columns [][]float64) [][]float64 { return applied(columns, special.NormalQuantile) }

// Chances turns normal values into numbers in (0, 1), never at an end.
func Chances(scores [][]float64) [][]float64 { return applied(scores, inside) }

// inside is the normal distribution function, kept off 0 and 1, where an
// unbounded distribution has no quantile.
func inside(z float64) float64 {
	return min(max(special.NormalCDF(z), 0x1p-53), 1-0x1p-53)
}

func applied(columns [][]float64, f func(float64) float64) [][]float64 {
	all := make([][]float64, len(columns))
	for j, column := range columns {
		all[j] = make([]float64, len(column))
		for i, x := range column {
			all[j][i] = f(x)
		}
	}
	return all
}

// Join makes independent normal columns dependent.
func (c Copula) Join(z [][]float64) [][]float64 {
	all := make([][]float64, len(z))
	for j := range z {
		all[j] = make([]float64, len(z[j]))
		for k, w := range c.lower[j] {
			if w == 0 {
				continue
			}
			for i, x := range z[k] {
				all[j][i] += float64(w * x)
			}
		}
	}
	return all
}

// Independent tells whether all correlations are 0.
func (c Copula) Independent() bool {
	for i, row := range c.R {
		for _, r := range row[:i] {
			if r != 0 {
				return false
			}
		}
	}
	return true
}

// Inverse solves R·P = 1 for P, through Cholesky's factor.
func (c Copula) Inverse() [][]float64 {
	d := len(c.R)
	p := make([][]float64, d)
	for i := range p {
		p[i] = make([]float64, d)
		p[i][i] = 1
		for j := range d {
			for k := range j {
				p[i][j] -= float64(c.lower[j][k] * p[i][k])
			}
			p[i][j] /= c.lower[j][j]
		}
		for j := d - 1; j >= 0; j-- {
			for k := j + 1; k < d; k++ {
				p[i][j] -= float64(c.lower[k][j] * p[i][k])
			}
			p[i][j] /= c.lower[j][j]
		}
	}
	return p
}
