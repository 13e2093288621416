package sensitivity

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"casus/special"
	"casus/worlds/draw"
)

// Deltas holds Borgonovo's moment-independent importance.
type Deltas struct {
	Basis                  // N is the least N of an input
	Effective Number       `json:"effective_worlds"` // as in Ratios
	Inputs    []DeltaInput `json:"inputs"`
}

// DeltaInput is half the mean distance (L1) between the density of the output
// and its density when the input is known: 0 for an input that tells nothing, up
// to 1 (Borgonovo 2007).
type DeltaInput struct {
	Input string   `json:"input"`
	Delta Estimate `json:"delta"`
	// Raw is the plug-in, which is what other programs report, and Null what it
	// is in the mean when the same outputs are dealt to the worlds at random:
	// the part of Raw that would be there without any effect.
	Raw  Number `json:"delta_raw"`
	Null Number `json:"delta_null"`
	N    int    `json:"n"`
	Left int    `json:"left_out"`
}

// Delta estimates Borgonovo's delta from any table of worlds. A world is left out
// for an input when that input or the output is not finite.
//
// Delta does not change when input and output are replaced by their ranks, so
// they are put on a grid: the input by rank, the output by normal score; an
// input with at most 24 different values has a column for each. Delta is then
// how much more often (input, output) of a world lies in S than input and output
// of different worlds do, S being where they meet more often than by chance: the
// largest such excess of any set.
//
// The plug-in takes S and the excess from the same worlds (kernel densities;
// Plischke, Borgonovo and Smith 2013) and so counts chance as effect: it is
// biased upwards, the more the fewer the worlds and the smaller the effect, and
// a bootstrap removes only part of that. Here S comes from four fifths of the
// worlds and the excess from the last fifth, five times over, as the error of a
// classifier is found by data splitting (Devroye, Györfi and Lugosi 1996). So an
// idle input has 0 in the mean, the value may be negative, and it is rather too
// small than too large, by the price of an S that is not the best. The price
// falls with the worlds: for an input of delta 0.47 in a linear model it was
// 0.045 with 100 worlds, 0.012 with 1000, 0.005 with 4000; for Ishigami's
// function (0.25, 0.42, 0.20) about 0.02 with 8000.
//
// The interval is normal with the standard error of the influence values, wider
// by 1.3 because S is not given; it does not hold the price. No resamples are
// made, and of Bootstrap only Level, Seed (the fifths and the dealing) and
// Workers matter. Valid for inputs that depend on each other.
func Delta(t Sample, b Bootstrap) (Deltas, error) {
	b, err := b.settle()
	if err != nil {
		return Deltas{}, err
	}
	if err := t.check(len(t.Y)); err != nil {
		return Deltas{}, err
	}
	interval := fmt.Sprintf("normal, %.4g %%, standard error from influence values; by data splitting, rather too small than too large", 100*b.Level)
	t = t.settled()
	result := Deltas{Basis: newBasis(0, 0, interval), Inputs: make([]DeltaInput, len(t.Inputs))}
	worth := make([]float64, len(t.Inputs))
	err = t.each(b, &result.Basis, leastRowsDelta, func(j int, r rows) bool {
		in := &result.Inputs[j]
		in.Input, in.N, in.Left, worth[j] = t.Inputs[j], len(r.x), len(t.Y)-len(r.x), r.worth()
		return in.estimate(r, b)
	})
	if err != nil {
		return Deltas{}, err
	}
	result.Effective = leastWorth(worth)
	result.doubt()
	return result, nil
}

const (
	leastRowsDelta = 50
	folds          = 5
	deals          = 20  // random deals behind Null
	allowance      = 1.3 // on the interval, for S is not given: it was 1.0 to 1.3 times too narrow in linear models of 100 to 4000 worlds
	fewValues      = 24  // different values of an input that get columns of their own
	cells          = 48  // of the grid, between −spread and spread
	spread         = 3.0
)

func (r *Deltas) doubt() {
	var w widths
	for j, in := range r.Inputs {
		w.add("delta of "+in.Input, in.Delta)
		if j == 0 || in.N < r.N {
			r.N, r.Left = in.N, in.Left
		}
		if in.Delta.Lo <= 0 {
			r.warn(NotShown, in.Input, "delta is not told apart from 0")
		}
		if in.Null > in.Raw/4 {
			r.warn(Biased, in.Input, "of the raw delta %.3f, %.3f would be there without any effect; read the corrected one", in.Raw, in.Null)
		}
	}
	r.warnWide(w)
}

// estimate fills in the index; it is false when there is none.
func (in *DeltaInput) estimate(r rows, b Bootstrap) bool {
	c := classed{}
	var columns int
	var smooth bool
	c.x, columns, smooth = classes(r.x, r.w)
	if columns == 1 || slices.Min(r.y) == slices.Max(r.y) {
		in.Delta = Estimate{math.NaN(), math.NaN(), math.NaN()}
		in.Raw, in.Null = none, none
		return false
	}
	c.y, c.w = scoreCells(r.y, r.w), r.counts()
	s := draw.NewStream(b.Seed, "sensitivity: delta")
	ks := smoothers(r.effective(), smooth)
	kin := draw.KinOf(r.world, len(r.x))
	in.crossFit(c, columns, ks, kin, dealing(s, 0, kin.Len()), b.Level)
	g, plain := newGrid(columns), ks[:1]
	in.Raw = Number(g.count(c, kin.Rows(dealing(s, 0, kin.Len()))).smooth(plain).plugIn(plain))
	null := 0.0
	for deal := range deals {
		null += g.deal(c, kin.Deal(dealing(s, deal+1, kin.Len()))).smooth(plain).plugIn(plain) / deals
	}
	in.Null = Number(null)
	return true
}

// classed holds the class of the input and of the output of each row, and what the row
// counts: all together as many as they are worth.
type classed struct {
	x, y []int
	w    []float64
}

// dealing gives random order number k of n worlds (Fisher and Yates 1938).
func dealing(s draw.Stream, k, n int) []int {
	words, dealt := make([]uint64, n), make([]int, n)
	s.Fill(words, uint64(k)<<32)
	for i := range dealt {
		j, _ := bits.Mul64(words[i], uint64(i+1))
		dealt[i] = dealt[j]
		dealt[j] = i
	}
	return dealt
}

// crossFit takes S from all folds but one and the excess from that one; the
// bandwidth behind S is the one that does best in the other folds among
// themselves. dealt is a random order of the worlds; all rows of one are in one
// fold.
func (in *DeltaInput) crossFit(c classed, columns int, ks []smoother, kin draw.Kin, dealt []int, level float64) {
	var parts []grid
	for fold := range folds {
		parts = append(parts, newGrid(columns).count(c, kin.Rows(part(dealt, fold))).smooth(ks))
	}
	n := 0.0
	for _, w := range c.w {
		n += w
	}
	best := bandwidths(parts, ks)
	value, squares := 0.0, 0.0
	for fold, test := range parts {
		set := without(parts, fold, fold).together(ks, best[fold])
		excess := test.over(set)
		value += excess.value * excess.n / n
		for _, world := range part(dealt, fold) {
			sum := 0.0
			for _, i := range kin.Rows([]int{world}) {
				sum += float64(c.w[i] * excess.influence(set, c.x[i], c.y[i]))
			}
			squares += square(sum)
		}
	}
	half := allowance * normalAt(level) * math.Sqrt(squares/(n-1)/n)
	in.Delta = around(value, half)
}

func part(dealt []int, fold int) []int {
	n := len(dealt)
	return dealt[fold*n/folds : (fold+1)*n/folds]
}

// bandwidths gives for each fold the smoother that does best without it: S from
// three of the other folds, the excess from the fourth.
func bandwidths(parts []grid, ks []smoother) []int {
	scores := make([][]float64, len(parts))
	for fold := range scores {
		scores[fold] = make([]float64, len(ks))
	}
	for a := range parts {
		for b := range a {
			train := without(parts, a, b)
			for k := range ks {
				set := train.together(ks, k)
				scores[a][k] += parts[b].over(set).value
				scores[b][k] += parts[a].over(set).value
			}
		}
	}
	best := make([]int, len(parts))
	for fold, score := range scores {
		for k, v := range score {
			if v > score[best[fold]] {
				best[fold] = k
			}
		}
	}
	return best
}

func square(x float64) float64 { return float64(x * x) }

// grid counts worlds by class of the input (columns) and of the output (rows,
// cells of them).
type grid struct {
	columns int
	at      []float64
	soft    [][]float64 // the counts seen by each smoother
}

func newGrid(columns int) grid { return grid{columns: columns, at: make([]float64, columns*cells)} }

// count counts the rows listed.
func (g grid) count(c classed, rows []int) grid {
	clear(g.at)
	for _, i := range rows {
		g.at[c.x[i]*cells+c.y[i]] += c.w[i]
	}
	return g
}

// deal counts rows that have the outputs, and the weights, of others.
func (g grid) deal(c classed, dealt []int) grid {
	clear(g.at)
	for i, from := range dealt {
		g.at[c.x[i]*cells+c.y[from]] += c.w[from]
	}
	return g
}

func (g grid) smooth(ks []smoother) grid {
	g.soft = nil
	for _, k := range ks {
		g.soft = append(g.soft, k.smooth(g.at, g.columns))
	}
	return g
}

// without adds up all parts but a and b.
func without(parts []grid, a, b int) grid {
	rest := newGrid(parts[0].columns)
	for range parts[0].soft {
		rest.soft = append(rest.soft, make([]float64, len(rest.at)))
	}
	for fold, part := range parts {
		if fold == a || fold == b {
			continue
		}
		add(rest.at, part.at)
		for k, soft := range part.soft {
			add(rest.soft[k], soft)
		}
	}
	return rest
}

func add(dst, src []float64) {
	for i, v := range src {
		dst[i] += v
	}
}

// margins are the shares of worlds in each column and row.
func (g grid) margins() (columns, rows []float64, n float64) {
	columns, rows = make([]float64, g.columns), make([]float64, cells)
	for c := range columns {
		for r, v := range g.at[c*cells:][:cells] {
			columns[c] += v
			rows[r] += v
			n += v
		}
	}
	for c := range columns {
		columns[c] /= n
	}
	for r := range rows {
		rows[r] /= n
	}
	return columns, rows, n
}

// contrast is, for each cell, the smoothed share of worlds less what it would
// be if input and output were of different worlds, seen through smoother k of ks.
func (g grid) contrast(ks []smoother, k int) []float64 {
	columns, rows, n := g.margins()
	rows = ks[k].y.line(rows)
	if ks[k].x != nil {
		columns = ks[k].x.line(columns)
	}
	off := make([]float64, len(g.at))
	for c, p := range columns {
		for r, q := range rows {
			off[c*cells+r] = g.soft[k][c*cells+r]/n - float64(p*q)
		}
	}
	return off
}

// together is the set S of cells.
func (g grid) together(ks []smoother, k int) []bool {
	set := make([]bool, len(g.at))
	for i, off := range g.contrast(ks, k) {
		set[i] = off > 0
	}
	return set
}

// plugIn takes S and the excess from the same worlds.
func (g grid) plugIn(ks []smoother) float64 {
	sum := 0.0
	for _, off := range g.contrast(ks, 0) {
		sum += math.Abs(off)
	}
	return sum / 2
}

// excess holds how much likelier a set is for worlds than for input and output
// of different worlds, and what its influence values need: the chance of the set
// given the column, given the row, and on the whole.
type excess struct {
	value, n      float64
	columns, rows []float64
	whole, share  float64
}

func (g grid) over(set []bool) excess {
	columns, rows, n := g.margins()
	e := excess{columns: make([]float64, g.columns), rows: make([]float64, cells)}
	for c, p := range columns {
		for r, q := range rows {
			if !set[c*cells+r] {
				continue
			}
			e.share += g.at[c*cells+r] / n
			e.columns[c] += q
			e.rows[r] += p
			e.whole += float64(p * q)
		}
	}
	e.n = n
	e.value = (e.share - e.whole) * n / (n - 1)
	return e
}

// influence gives what one world adds to the excess, in the first order.
func (e excess) influence(set []bool, x, y int) float64 {
	hit := 0.0
	if set[x*len(e.rows)+y] {
		hit = 1
	}
	return hit - e.share - (e.columns[x] - e.whole) - (e.rows[y] - e.whole)
}

// classes sorts the values of an input into columns of a grid; smooth says that
// neighbouring columns are alike.
func classes(x, w []float64) (at []int, columns int, smooth bool) {
	values := slices.Compact(draw.Sorted(x))
	if len(values) > fewValues {
		return equalCells(x, w), cells, true
	}
	at = make([]int, len(x))
	for i, v := range x {
		at[i], _ = slices.BinarySearch(values, v)
	}
	return at, len(values), false
}

// ranks gives each value's place among all, from 0 to 1: (rank − ½)/n, equal
// values having their mean rank. Where values weigh differently, the place is the
// share of the weight below, and half that of equal values.
func ranks(x, w []float64) []float64 {
	if w != nil {
		return weighedRanks(x, w)
	}
	at := order(x)
	places := make([]float64, len(x))
	for start := 0; start < len(at); {
		end := start + 1
		for end < len(at) && x[at[end]] == x[at[start]] {
			end++
		}
		for _, i := range at[start:end] {
			places[i] = float64(start+end) / 2 / float64(len(x))
		}
		start = end
	}
	return places
}

// equalCells gives cells that hold equally many values.
func equalCells(x, w []float64) []int {
	at := make([]int, len(x))
	for i, place := range ranks(x, w) {
		at[i] = min(int(place*cells), cells-1)
	}
	return at
}

// scoreCells gives cells of equal width in normal scores, the outer ones open.
func scoreCells(y, w []float64) []int {
	at := make([]int, len(y))
	for i, place := range ranks(y, w) {
		c := math.Floor((special.NormalQuantile(place) + spread) / (2 * spread) * cells)
		at[i] = min(max(int(c), 0), cells-1)
	}
	return at
}

// smoother smooths a grid by a normal density across its columns, unless x is
// nil, and along them.
type smoother struct{ x, y *kernel }

// kernel is the smoothing of a line of cells: to[from] is where the share of one
// cell goes. It adds up to 1, so what would leave the grid at an edge is spread
// over the rest.
type kernel struct {
	to    [cells][cells]float64
	reach int // cells further off get nothing
}

// newKernel takes a bandwidth in cells.
func newKernel(h float64) *kernel {
	k := &kernel{reach: int(min(5*h, cells))}
	for from := range k.to {
		lo, hi := k.near(from, cells)
		near, sum := k.to[from][lo:hi], 0.0
		for i := range near {
			near[i] = special.Exp(-square(float64(lo+i-from)/h) / 2)
			sum += near[i]
		}
		for i := range near {
			near[i] /= sum
		}
	}
	return k
}

// smoothers have the bandwidth of Scott for two dimensions (1992), n^(−1/6)
// standard deviations of the scores, and multiples: small ones follow strong
// effects and waves, large ones find weak effects in the noise.
func smoothers(n float64, columns bool) []smoother {
	var ss []smoother
	for _, multiple := range []float64{1, 0.25, 0.5, 2, 4, 8} {
		h := multiple * special.Pow(n, -1.0/6) * cells
		s := smoother{y: newKernel(h / (2 * spread))}
		if columns {
			s.x = newKernel(h / math.Sqrt(12))
		}
		ss = append(ss, s)
	}
	return ss
}

func (k *kernel) near(cell, n int) (lo, hi int) { return max(cell-k.reach, 0), min(cell+k.reach+1, n) }

func (k *kernel) line(at []float64) []float64 {
	out := make([]float64, len(at))
	for from, v := range at {
		lo, hi := k.near(from, len(at))
		addTimes(out[lo:hi], k.to[from][lo:hi], v)
	}
	return out
}

func (s smoother) smooth(at []float64, columns int) []float64 {
	out := make([]float64, 0, len(at))
	for c := range columns {
		out = append(out, s.y.line(at[c*cells:][:cells])...)
	}
	if s.x == nil {
		return out
	}
	both := make([]float64, len(at))
	for from := range columns {
		lo, hi := s.x.near(from, columns)
		for c := lo; c < hi; c++ {
			addTimes(both[c*cells:][:cells], out[from*cells:][:cells], s.x.to[from][c])
		}
	}
	return both
}

func addTimes(dst, src []float64, w float64) {
	if w == 0 {
		return
	}
	src = src[:len(dst)]
	for i := range dst {
		dst[i] += float64(w * src[i])
	}
}
