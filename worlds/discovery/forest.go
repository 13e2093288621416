package discovery

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"casus/worlds/draw"
)

// Defaults of Forest.
const (
	DefaultTrees = 50
	// DefaultTwig is the least share of rows in a leaf of the forest.
	DefaultTwig = 0.02
)

// Forest says how many trees rank the inputs. The zero value of a field is its
// default; results do not depend on Workers.
type Forest struct {
	Trees   int    `json:"trees"`
	Leaf    int    `json:"leaf"` // least rows in a leaf; 0: the whole part of DefaultTwig of the rows, at least 1
	Seed    uint64 `json:"seed"`
	Workers int    `json:"-"`
}

// Score says how much an input tells of the outcome, interactions included.
type Score struct {
	Input string `json:"input"`
	// Score is the share of what all splits of the forest explain that splits of
	// this input do; the scores sum to 1, or are all 0 when nothing is explained.
	Score float64 `json:"score"`
	Error float64 `json:"error"` // standard error over trees; 0 for one tree
}

// Scores ranks the inputs, most telling first, equals in the order of the table.
// It grows extremely randomised trees (Geurts, Ernst and Wehenkel 2006): each
// node draws one threshold for each input, or a random set of categories, and
// takes the one that most lowers the impurity. An input that tells nothing gets
// a little by chance: compare with the lowest. It fails as CART does, or when
// ctx is done.
func Scores(ctx context.Context, t *Sample, f Forest) ([]Score, error) {
	f, err := f.settle(len(t.used))
	if err != nil {
		return nil, err
	}
	if err := t.growable(); err != nil {
		return nil, err
	}
	units, _ := t.units()
	shares := make([][]float64, f.Trees)
	err = each(ctx, f.Workers, f.Trees, func(k int) { shares[k] = t.wild(f, k, units) })
	if err != nil {
		return nil, fmt.Errorf("scoring inputs: %w", err)
	}
	scores := make([]Score, len(t.columns))
	for j := range scores {
		xs := make([]float64, f.Trees)
		for k := range xs {
			xs[k] = shares[k][j]
		}
		scores[j] = Score{t.columns[j].name, draw.Mean(xs), standardError(xs)}
	}
	slices.SortStableFunc(scores, func(a, b Score) int { return cmp.Compare(b.Score, a.Score) })
	return scores, nil
}

func (f Forest) settle(rows int) (Forest, error) {
	if f.Trees == 0 {
		f.Trees = DefaultTrees
	}
	if f.Leaf == 0 {
		f.Leaf = max(int(DefaultTwig*float64(rows)), 1)
	}
	switch {
	case f.Trees < 0:
		return f, fmt.Errorf("the number of trees is at least 1, got %d", f.Trees)
	case f.Leaf < 0:
		return f, fmt.Errorf("a leaf has at least 1 row, got %d", f.Leaf)
	}
	return f, nil
}

func standardError(xs []float64) float64 {
	if len(xs) < 2 {
		return 0
	}
	mean, n := draw.Mean(xs), float64(len(xs))
	squares := make([]float64, len(xs))
	for i, x := range xs {
		squares[i] = (x - mean) * (x - mean)
	}
	return math.Sqrt(draw.Mean(squares) / (n - 1))
}

// wild grows one tree and gives the share of its gain that each input made.
func (t *Sample) wild(f Forest, k int, units []int64) []float64 {
	d := len(t.columns)
	w := &wild{t: t, leaf: f.Leaf, units: units, gains: make([]float64, d)}
	w.lo, w.hi, w.at = make([]int32, d), make([]int32, d), make([]int32, d)
	w.n, w.sum, w.met = make([]int64, d), make([]int64, d), make([][]bool, d)
	for j := range t.columns {
		// Named by input, so that another input moves no threshold.
		w.streams = append(w.streams, draw.NewStream(f.Seed, fmt.Sprintf("discovery tree %d, input %s", k, t.columns[j].name)))
		if t.columns[j].categorical() {
			w.met[j] = make([]bool, t.columns[j].size())
			w.categorical = append(w.categorical, j)
		}
	}
	rows := make([]int32, len(t.used))
	for r := range rows {
		rows[r] = int32(r)
	}
	w.grow(rows)
	total := 0.0
	for _, gain := range w.gains {
		total += gain
	}
	for j := range w.gains {
		if total > 0 {
			w.gains[j] /= total
		}
	}
	return w.gains
}

type wild struct {
	t       *Sample
	leaf    int
	units   []int64
	streams []draw.Stream
	node    uint64
	gains   []float64

	// Of the node at work, by column: the levels it meets, the last that goes
	// left (−1 for categories, of which met says which go left), and how many
	// rows go left with what outcomes.
	lo, hi, at  []int32
	n, sum      []int64
	met         [][]bool
	categorical []int
}

func (w *wild) grow(rows []int32) {
	node := w.node
	w.node++
	if len(rows) < 2*w.leaf || !w.survey(rows) {
		return
	}
	for j := range w.at {
		w.draw(j, node)
	}
	sum := w.tally(rows)
	best, gain := -1, 0.0
	for j := range w.at {
		n := int(w.n[j])
		if n < w.leaf || len(rows)-n < w.leaf {
			continue
		}
		if g := fall(n, len(rows), w.sum[j], sum); g > gain {
			best, gain = j, g
		}
	}
	if best < 0 {
		return
	}
	w.gains[best] += gain
	k := w.divide(rows, best)
	w.grow(rows[:k])
	w.grow(rows[k:])
}

// survey finds the levels that a node meets, and whether outcomes differ in it.
func (w *wild) survey(rows []int32) bool {
	for j := range w.lo {
		w.lo[j], w.hi[j] = math.MaxInt32, -1
		clear(w.met[j])
	}
	differ := false
	d := len(w.lo)
	lo, hi := w.lo, w.hi[:d]
	for _, r := range rows {
		differ = differ || w.units[r] != w.units[rows[0]]
		codes := w.t.codes[int(r)*d:][:d]
		for j := range lo {
			lo[j], hi[j] = min(lo[j], codes[j]), max(hi[j], codes[j])
		}
		for _, j := range w.categorical {
			w.met[j][codes[j]] = true
		}
	}
	return differ
}

// draw chooses where to cut an input: anywhere between its least and its
// greatest value, or a coin for each category.
func (w *wild) draw(j int, node uint64) {
	column := &w.t.columns[j]
	if met := w.met[j]; met != nil {
		w.at[j] = -1
		words := uint64(len(met)+63) / 64
		for level := range met {
			word := w.streams[j].Uint64(node*words + uint64(level/64))
			met[level] = met[level] && word>>(level%64)&1 == 1
		}
		return
	}
	levels := column.levels[w.lo[j] : w.hi[j]+1]
	u := w.streams[j].Uniform(node)
	at, found := slices.BinarySearch(levels, float64(levels[0]*(1-u))+float64(levels[len(levels)-1]*u))
	if !found {
		at--
	}
	w.at[j] = w.lo[j] + int32(at)
}

// tally counts, for every input, the rows that go left and their outcomes.
func (w *wild) tally(rows []int32) (all int64) {
	clear(w.n)
	clear(w.sum)
	d := len(w.at)
	at, n, sum := w.at, w.n[:d], w.sum[:d]
	for _, r := range rows {
		u := w.units[r]
		all += u
		codes := w.t.codes[int(r)*d:][:d]
		for j := range at {
			left := int64(codes[j]-at[j]-1) >> 63 // −1, all bits set, or 0
			n[j] -= left
			sum[j] += u & left
		}
		for _, j := range w.categorical {
			if w.met[j][codes[j]] {
				n[j]++
				sum[j] += u
			}
		}
	}
	return all
}

// divide brings the rows that go left to the front.
func (w *wild) divide(rows []int32, j int) int {
	d, k := len(w.at), 0
	for i, r := range rows {
		code := w.t.codes[int(r)*d+j]
		if code <= w.at[j] || w.met[j] != nil && w.met[j][code] {
			rows[i], rows[k] = rows[k], rows[i]
			k++
		}
	}
	return k
}
