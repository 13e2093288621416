package sensitivity

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"casus/finding"
	"casus/special"
	"casus/worlds/draw"
)

// checkWeights says what is wrong with the weights and the worlds of so many rows.
func (t Sample) checkWeights(rows int) error {
	if t.Weights != nil && len(t.Weights) != rows {
		return fmt.Errorf("%d weights for %d rows", len(t.Weights), rows)
	}
	if t.Worlds != nil && len(t.Worlds) != rows {
		return fmt.Errorf("%d rows have a world, of %d", len(t.Worlds), rows)
	}
	for i, w := range t.Weights {
		if !(w >= 0) || math.IsInf(w, 0) {
			return fmt.Errorf("row %d weighs %v; a weight is a finite number from 0 up", i, w)
		}
	}
	if t.Weights != nil && !slices.ContainsFunc(t.Weights, func(w float64) bool { return w > 0 }) {
		return errors.New("no row has weight")
	}
	return nil
}

// settled drops rows without weight and puts copies of one world into one row. What
// then counts alike, each row a world of its own, has neither weights nor worlds.
func (t Sample) settled() Sample {
	if t.Weights != nil {
		var rows []int
		for i, w := range t.Weights {
			if w > 0 {
				rows = append(rows, i)
			}
		}
		t = t.at(rows)
	}
	if t = t.merged(); t.Worlds != nil && draw.KinOf(t.Worlds, len(t.Y)).Alone() {
		t.Worlds = nil
	}
	if len(t.Weights) > 0 && slices.Min(t.Weights) == slices.Max(t.Weights) {
		t.Weights = nil
	}
	return t
}

// merged puts rows that are alike in every column, and of one world, into one that
// counts for all. Where no worlds are named, rows alike are of one only if some input
// has many values, more than a third as many as rows; else they may well be several.
func (t Sample) merged() Sample {
	same := t.firstAlike()
	var kept []int
	for i, first := range same {
		if first == i {
			kept = append(kept, i)
		}
	}
	if len(kept) == len(same) || t.Worlds == nil && !t.toldApart() {
		return t
	}
	weights := make([]float64, len(same))
	for i, first := range same {
		w := 1.0
		if t.Weights != nil {
			w = t.Weights[i]
		}
		weights[first] += w
	}
	t.Weights = weights
	return t.at(kept)
}

// firstAlike gives for each row the first that is of its world and alike in every column.
func (t Sample) firstAlike() []int {
	rows := make([]int, len(t.Y))
	for i := range rows {
		rows[i] = i
	}
	slices.SortFunc(rows, func(a, b int) int {
		if c := t.compare(a, b); c != 0 {
			return c
		}
		return a - b
	})
	first := make([]int, len(rows))
	for k, i := range rows {
		if first[i] = i; k > 0 && t.compare(rows[k-1], i) == 0 {
			first[i] = first[rows[k-1]]
		}
	}
	return first
}

// compare puts rows in an order in which those alike in all columns stand together.
func (t Sample) compare(a, b int) int {
	if t.Worlds != nil && t.Worlds[a] != t.Worlds[b] {
		return t.Worlds[a] - t.Worlds[b]
	}
	if c := bitwise(t.Y[a], t.Y[b]); c != 0 {
		return c
	}
	for _, column := range t.X {
		if c := bitwise(column[a], column[b]); c != 0 {
			return c
		}
	}
	return 0
}

// bitwise orders numbers so that only equal ones are level, NaN among them.
func bitwise(a, b float64) int {
	p, q := math.Float64bits(a), math.Float64bits(b)
	switch {
	case p < q:
		return -1
	case p > q:
		return 1
	}
	return 0
}

// toldApart reports whether some input has so many values that rows alike are copies.
func (t Sample) toldApart() bool {
	return slices.ContainsFunc(t.X, func(column []float64) bool {
		values := len(slices.Compact(draw.Sorted(column)))
		return values > fewValues && 3*values > len(column)
	})
}

// rows keeps of a table where an input and the output are finite.
type rows struct {
	x, y  []float64
	w     []float64 // nil: they count alike
	world []int     // nil: each is a world of its own
}

func (t Sample) complete(j int) rows {
	var in []int
	for i, x := range t.X[j] {
		if isFinite(x) && isFinite(t.Y[i]) {
			in = append(in, i)
		}
	}
	return rows{at(t.X[j], in), at(t.Y, in), at(t.Weights, in), at(t.Worlds, in)}
}

// alike reports whether each row is a world and counts as much as any.
func (r rows) alike() bool { return r.w == nil && r.world == nil }

// effective counts the worlds of equal weight that the rows are worth (Kish 1965).
func (r rows) effective() float64 {
	if r.alike() {
		return float64(len(r.x))
	}
	return draw.Effective(draw.KinOf(r.world, len(r.x)).Sums(r.w))
}

// worth is the effective number where rows do not count alike, else NaN.
func (r rows) worth() float64 {
	if r.alike() {
		return math.NaN()
	}
	return r.effective()
}

// leastWorth is the least of some numbers of worlds, none where rows count alike.
func leastWorth(worth []float64) Number {
	out := none
	for _, n := range worth {
		if !math.IsNaN(n) && !(float64(out) <= n) {
			out = Number(n)
		}
	}
	return out
}

// leastWeighed is the effective number of worlds of different weight below which nothing
// is said: intervals of fewer do not hold.
const leastWeighed = 30

// tooFew is an error for fewer rows, or worlds, than are wanted.
func (r rows) tooFew(input string, least int) error {
	if len(r.x) < least {
		return fmt.Errorf("input %q: %s, want at least %d", input, finding.Count(len(r.x), "complete row"), least)
	}
	if least = max(least, leastWeighed); !r.alike() && r.effective() < float64(least) {
		return fmt.Errorf("the worlds differ so much in weight that all %d are worth %.0f: too few to tell anything; %d are wanted, so run more", len(r.x), math.Floor(r.effective()), least)
	}
	return nil
}

// counts gives each row its part of as many as the rows are worth together.
func (r rows) counts() []float64 {
	sum := float64(len(r.x))
	if r.w != nil {
		sum = 0
		for _, w := range r.w {
			sum += w
		}
	}
	scale := r.effective() / sum
	out := make([]float64, len(r.x))
	for i := range out {
		if out[i] = scale; r.w != nil {
			out[i] = scale * r.w[i]
		}
	}
	return out
}

// weighedRanks are ranks of values that weigh differently.
func weighedRanks(x, w []float64) []float64 {
	sum := 0.0
	for _, v := range w {
		sum += v
	}
	at := order(x)
	places, before := make([]float64, len(x)), 0.0
	for start := 0; start < len(at); {
		end, tied := start, 0.0
		for end < len(at) && x[at[end]] == x[at[start]] {
			tied += w[at[end]]
			end++
		}
		for _, i := range at[start:end] {
			places[i] = (before + float64(tied/2)) / sum
		}
		before += tied
		start = end
	}
	return places
}

// weighedBins holds rows of different weight sorted by an input.
type weighedBins struct {
	y, w  []float64 // of each row, about the mean; what it counts
	kin   draw.Kin
	at    []int  // the rows from the least input to the greatest
	tied  []bool // the next has the same
	count float64
}

func binnedWeighed(r rows) weighedBins {
	s := weighedBins{w: r.counts(), kin: draw.KinOf(r.world, len(r.x)), at: order(r.x), tied: make([]bool, len(r.x))}
	total, mean := 0.0, 0.0
	for i, w := range s.w {
		total += w
		mean += float64(w * r.y[i])
	}
	for _, y := range r.y {
		s.y = append(s.y, y-mean/total)
	}
	for k := range s.at[1:] {
		s.tied[k] = r.x[s.at[k]] == r.x[s.at[k+1]]
	}
	size := max(math.Round(special.Pow(total, 0.4)), 2)
	s.count = math.Floor(total / size)
	return s
}

// share is the plug-in: the variance between bins of equal weight over that of all.
// Each row has the output and weight of another (from; nil: its own), and counts in its
// bin as often as the world of that one (times; nil: once).
func (s weighedBins) share(from []int, times []float64) (value float64, bins int) {
	each := draw.Mean(s.w) * float64(len(s.w)) / s.count * (1 - 1e-9)
	sum, sumY, squares, between, filled, upto := 0.0, 0.0, 0.0, 0.0, 0.0, each
	binW, binY := 0.0, 0.0
	for k, row := range s.at {
		if from != nil {
			row = from[row]
		}
		w := s.w[row]
		filled += w
		if times != nil {
			w *= times[s.kin.Of(row)]
		}
		wy := float64(w * s.y[row])
		binW, binY = binW+w, binY+wy
		squares += float64(wy * s.y[row])
		if s.tied[k] || filled < upto && k+1 < len(s.at) {
			continue // equal values stay together
		}
		if binW > 0 {
			between += float64(binY*binY) / binW
		}
		sum, sumY = sum+binW, sumY+binY
		bins, upto = bins+1, (math.Floor(filled/each)+1)*each
		binW, binY = 0, 0
	}
	grand := sumY * sumY / sum
	return (between - grand) / (squares - grand), bins
}

// estimate fills in the index; it is false when there is none.
//
// How large the plug-in is for an idle input is found by dealing whole worlds to the
// values of the input at random (Fisher 1935), for residuals about weighted means tell it
// only where weights and outputs have nothing to do with each other; what else is left is
// as in Kelley (1935). The interval reaches at least as far down as 97.5 % of the deals go
// up. Rows of one world keep their places among themselves, so that what those of every
// world differ by (schools) counts for no input.
func (s weighedBins) estimate(in *Ratio, b Bootstrap) bool {
	value, bins := s.share(nil, nil)
	in.Bins = bins
	if math.IsNaN(value) || bins < 2 {
		in.S1 = Estimate{math.NaN(), math.NaN(), math.NaN()}
		return false
	}
	idle, loose := s.dealt(in.Input, b)
	free := 1 - draw.Mean(loose)
	resamples := b.resampler()
	times := make([]float64, s.kin.Len())
	all := [][]float64{{(value - draw.Mean(idle)) / free}}
	for r := 1; r <= b.Resamples; r++ {
		for from := 0; from < len(times); from += lane {
			resamples.weights(times[from:min(from+lane, len(times))], r, from)
		}
		x, _ := s.share(nil, times)
		all = append(all, []float64{x / free})
	}
	in.S1 = b.estimates(all)[0]
	chance := (draw.Quantile(draw.Sorted(idle), 0.5+float64(b.Level/2)) - draw.Mean(idle)) / free
	in.S1.Lo = min(in.S1.Lo, in.S1.Value-chance)
	return true
}

// dealt gives the plug-in when worlds are dealt at random, their rows in place, and
// loose: turned about as well.
func (s weighedBins) dealt(input string, b Bootstrap) (inPlace, loose []float64) {
	stream := draw.NewStream(b.Seed, "sensitivity: dealt to "+input)
	for r := range max(b.Resamples, 99) {
		deal := s.kin.Deal(dealing(stream, r, s.kin.Len()))
		x, _ := s.share(deal, nil)
		inPlace = append(inPlace, x)
		if !s.kin.Alone() {
			x, _ = s.share(s.kin.Turned(deal, r), nil)
		}
		loose = append(loose, x)
	}
	return inPlace, loose
}

// eachWeighed visits rows with what each counts in a resample of worlds.
func (s steps) eachWeighed(resamples resampler, r int, visit func(k int, w float64)) {
	times := make([]float64, slices.Max(s.world)+1)
	for from := 0; from < len(times); from += lane {
		resamples.weights(times[from:min(from+lane, len(times))], r, from)
	}
	for k, w := range s.weight {
		visit(k, float64(w*times[s.world[k]]))
	}
}

// worth is the effective number of worlds in the class, or out of it.
func (s steps) worth(in bool) float64 {
	sums := make([]float64, slices.Max(s.world)+1)
	for k, w := range s.weight {
		if s.in[k] == in {
			sums[s.world[k]] += w
		}
	}
	return draw.Effective(sums)
}

// RankCorrelation is Spearman's (1904) of rows that count differently and may be of one
// world (as in Table), and its standard error about 0, that of a mean of clusters (Binder
// 1983). Rows that are not finite, or have no weight, are left out; of none both are NaN.
func RankCorrelation(x, y, weights []float64, world []int) (rank, se float64) {
	t := Sample{X: [][]float64{x}, Y: y, Weights: weights, Worlds: world}.settled()
	r := t.complete(0)
	counts := r.counts()
	p, q := weighedRanks(r.x, counts), weighedRanks(r.y, counts)
	n, xx, yy, xy := 0.0, 0.0, 0.0, 0.0
	product := make([]float64, len(p))
	for i, w := range counts { // the mean place is a half
		a, b := p[i]-0.5, q[i]-0.5
		product[i] = float64(w * a * b)
		n, xx, yy, xy = n+w, xx+float64(w*a*a), yy+float64(w*b*b), xy+product[i]
	}
	squares := 0.0
	for _, v := range draw.KinOf(r.world, len(p)).Sums(product) {
		squares += float64(v * v)
	}
	scale := math.Sqrt(float64(xx * yy))
	return xy / scale, math.Sqrt(squares) / scale
}
