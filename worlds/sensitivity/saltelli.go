package sensitivity

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"casus/worlds/draw"
)

// Design is Saltelli's design: two independent samples A and B of N rows, and
// for each input the sample that is A but for that input, which is from B
// (Saltelli 2002; Saltelli et al. 2010). With second-order indices also the
// samples that are B but for one input from A. Samples stand one after the
// other: A, B, then AB of each input, then BA of each.
//
// The points are scrambled Sobol' points, dimension 2j for input j in A and
// 2j+1 in B: a larger N extends every sample (points 0 … N−1 stay), and an
// input appended at the end moves no draw of the others. One put in the middle
// does move those after it. N is best a power of two.
//
// A Design read from JSON still has Indices; for its points make it anew by
// Saltelli from the same inputs, N and Seed.
type Design struct {
	Inputs []string `json:"inputs"`
	Groups []Group  `json:"groups"` // what is exchanged together; one for each input unless grouped
	N      int      `json:"n"`
	Second bool     `json:"second"`
	Seed   uint64   `json:"seed"`

	a, b [][]float64
}

// Group is a set of inputs that is treated as one.
type Group struct {
	Name   string   `json:"name"`
	Inputs []string `json:"inputs"`
}

// Saltelli makes the design for the named inputs: n·(d+2) points, or n·(2d+2)
// with second. It is an error to name no input, one twice, or more than 555, and
// to ask for fewer than 2 rows.
func Saltelli(inputs []string, n int, second bool, seed uint64) (Design, error) {
	d := Design{Inputs: inputs, N: n, Second: second, Seed: seed}
	a, b, err := twoSamples(inputs, n, seed)
	if err != nil {
		return Design{}, err
	}
	d.a, d.b = a, b
	for _, name := range inputs {
		d.Groups = append(d.Groups, Group{name, []string{name}})
	}
	return d, nil
}

const maxRows = 1 << 31

// twoSamples gives two samples in the unit cube, result[j][i] being input j of
// row i.
func twoSamples(inputs []string, n int, seed uint64) (a, b [][]float64, err error) {
	if err := distinct(inputs); err != nil {
		return nil, nil, err
	}
	if n < 2 || n >= maxRows {
		return nil, nil, fmt.Errorf("a sensitivity design wants 2 to %d rows, got %d", maxRows-1, n)
	}
	if most := draw.MaxSobolDims / 2; len(inputs) > most {
		return nil, nil, fmt.Errorf("a sensitivity design takes at most %d inputs, got %d; screen them with morris first", most, len(inputs))
	}
	scramble := draw.NewStream(seed, "sensitivity: saltelli")
	points, err := draw.Sobol(2*len(inputs), n, &scramble)
	if err != nil {
		return nil, nil, err
	}
	for j := range inputs {
		a, b = append(a, points[2*j]), append(b, points[2*j+1])
	}
	return a, b, nil
}

func distinct(inputs []string) error {
	if len(inputs) == 0 {
		return errors.New("no inputs; name at least one")
	}
	seen := map[string]bool{}
	for _, name := range inputs {
		if seen[name] {
			return fmt.Errorf("input %q is named twice", name)
		}
		seen[name] = true
	}
	return nil
}

// Grouped is the design in which the inputs of a group are exchanged together,
// so that its indices are those of groups: n·(g+2) or n·(2g+2) points. Every
// input must be in exactly one group.
func (d Design) Grouped(groups []Group) (Design, error) {
	var names []string
	in := map[string]string{}
	for _, g := range groups {
		names = append(names, g.Name)
		for _, input := range g.Inputs {
			if other, ok := in[input]; ok {
				return Design{}, fmt.Errorf("input %q is in group %q and again in %q", input, other, g.Name)
			}
			in[input] = g.Name
		}
		if len(g.Inputs) == 0 {
			return Design{}, fmt.Errorf("group %q is empty", g.Name)
		}
	}
	if err := distinct(names); err != nil {
		return Design{}, fmt.Errorf("groups: %w", err)
	}
	for _, input := range d.Inputs {
		if _, ok := in[input]; !ok {
			return Design{}, fmt.Errorf("input %q is in no group; give it one of its own", input)
		}
	}
	for _, g := range groups {
		for _, input := range g.Inputs {
			if !slices.Contains(d.Inputs, input) {
				return Design{}, fmt.Errorf("group %q names the unknown input %q", g.Name, input)
			}
		}
	}
	d.Groups = groups
	return d, nil
}

// Map is the design with the numbers of input j sent through quantile[j], so
// that Block and Points give values in place of probabilities. Each quantile is
// asked 2N times, not once for every point. It panics unless there is one
// quantile for each input.
func (d Design) Map(quantile []func(float64) float64) Design {
	if len(quantile) != len(d.Inputs) {
		panic(fmt.Sprintf("sensitivity: %d quantiles for %d inputs", len(quantile), len(d.Inputs)))
	}
	d.a, d.b = mapped(d.a, quantile), mapped(d.b, quantile)
	return d
}

func mapped(columns [][]float64, quantile []func(float64) float64) [][]float64 {
	all := make([][]float64, len(columns))
	for j, column := range columns {
		all[j] = make([]float64, len(column))
		for i, u := range column {
			all[j][i] = quantile[j](u)
		}
	}
	return all
}

// Blocks is the number of samples, each of N points.
func (d Design) Blocks() int {
	if d.Second {
		return 2 + 2*len(d.Groups)
	}
	return 2 + len(d.Groups)
}

// Len is the number of points.
func (d Design) Len() int { return d.Blocks() * d.N }

// Block gives sample k, a column of N numbers for each input: points k·N …
// (k+1)·N−1. The columns are shared with other blocks and must not be changed.
func (d Design) Block(k int) [][]float64 {
	from, other, group := d.a, d.b, k-2
	if k == 1 || group >= len(d.Groups) {
		from, other = d.b, d.a
	}
	columns := append([][]float64(nil), from...)
	if k < 2 {
		return columns
	}
	taken := d.Groups[group%len(d.Groups)].Inputs
	for j, input := range d.Inputs {
		if slices.Contains(taken, input) {
			columns[j] = other[j]
		}
	}
	return columns
}

// Points gives all points, a column of Len numbers for each input: in (0, 1), or
// values after Map. It needs the memory of all; Block does not.
func (d Design) Points() [][]float64 { return pointsOf(len(d.Inputs), d.Blocks(), d.N, d.Block) }

func pointsOf(inputs, blocks, n int, block func(int) [][]float64) [][]float64 {
	points := make([][]float64, inputs)
	for j := range points {
		points[j] = make([]float64, 0, blocks*n)
	}
	for k := range blocks {
		for j, column := range block(k) {
			points[j] = append(points[j], column...)
		}
	}
	return points
}

// Indices estimates the Sobol' indices from the outputs of all points, in their
// order. A row is left out when any of its outputs (in A, B or another sample)
// is not finite. Valid only for inputs that are independent of each other.
//
// With f the outputs, centred:
//
//	S1: mean of f(B)·(f(AB) − f(A)) over the variance (Saltelli et al. 2010, table 2 b)
//	ST: half the mean of (f(A) − f(AB))² over the variance (Jansen 1999)
//	S2: mean of f(BAi)·f(ABj) − f(A)·f(B) over the variance, minus S1 of both (Saltelli 2002)
//
// With Second each is the mean of the two forms that exchange A and B, which the
// additional points give for nothing. The variance is that of A and B together.
//
// The intervals take the rows as independent, which scrambled Sobol' points are
// better than: they are too wide rather than too narrow.
func (d Design) Indices(y []float64, b Bootstrap) (Sobol, error) {
	b, err := b.settle()
	if err != nil {
		return Sobol{}, err
	}
	if len(y) != d.Len() {
		return Sobol{}, fmt.Errorf("the design has %d points (%d samples of %d), got %d outputs", d.Len(), d.Blocks(), d.N, len(y))
	}
	f, left := standing(y, d.N)
	s := saltelliSums{f: f, groups: len(d.Groups), second: d.Second}
	return s.indices(d.names(), d.N, left, b)
}

func (d Design) names() []string {
	names := make([]string, len(d.Groups))
	for k, g := range d.Groups {
		names[k] = g.Name
	}
	return names
}

// standing cuts outputs into samples of n and keeps the rows that are finite in
// all of them.
func standing(y []float64, n int) (samples [][]float64, left int) {
	whole := make([]bool, n)
	for i := range whole {
		whole[i] = true
	}
	for i, v := range y {
		if !isFinite(v) {
			whole[i%n] = false
		}
	}
	for k := 0; k < len(y); k += n {
		kept := make([]float64, 0, n)
		for i, ok := range whole {
			if ok {
				kept = append(kept, y[k+i])
			}
		}
		samples, left = append(samples, kept), n-len(kept)
	}
	return samples, left
}

// centre subtracts the mean of the first samples from all of them and divides
// by the largest deviation in the first, so that an output far from 0 costs no
// digits and none overflows. It gives the mean and the divisor: 0, and the first
// samples all 0, when they never change but by rounding.
func centre(samples [][]float64, first int) (mean, scale float64) {
	unit := unitOf(samples)
	if unit == 0 {
		return 0, 0
	}
	low, high, n := math.Inf(1), math.Inf(-1), 0
	for _, f := range samples[:first] {
		n += len(f)
		for _, v := range f {
			low, high = min(low, v/unit), max(high, v/unit)
		}
	}
	// Seen from the middle, the sum of many rows keeps the digits that tell them apart.
	middle := float64(low/2) + float64(high/2)
	for _, f := range samples[:first] {
		for _, v := range f {
			mean += (v/unit - middle) / float64(n)
		}
	}
	if high-low <= rounding*max(math.Abs(low), math.Abs(high)) {
		for _, f := range samples[:first] {
			clear(f)
		}
		return (middle + mean) * unit, 0
	}
	scale = max(high-middle-mean, mean-(low-middle))
	for _, f := range samples {
		for i, v := range f {
			f[i] = (v/unit - middle - mean) / scale
		}
	}
	return (middle + mean) * unit, scale * unit
}

// rounding is by how much, in relation, an output that is the same in all rows may
// seem to change because it was summed in floating point.
const rounding = 8 * 0x1p-52

// unitOf is a power of two, by which division is exact, about as large as the
// largest of all values; 0 where they are all 0.
func unitOf(samples [][]float64) float64 {
	most := 0.0
	for _, f := range samples {
		for _, v := range f {
			most = max(most, math.Abs(v))
		}
	}
	if most == 0 {
		return 0
	}
	_, exp := math.Frexp(most)
	return math.Ldexp(1, min(exp, 1023))
}
