package sensitivity

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"

	"casus/crew"
	"casus/special"
	"casus/worlds/draw"
)

// Bootstrap says how intervals are made. The zero value is 100 resamples, 95 %,
// seed 0, one worker for each processor.
//
// Rows are resampled by Poisson weights: in each resample every row counts
// w ~ Poisson(1) times, independently of all others (Hanley and MacGibbon 2006;
// Chamandy, Muralidharan, Najmi and Naidu 2012). That is Efron's multinomial
// without its fixed total, which no estimator here depends on, and any block of
// rows of any resample can be made on its own. The interval is value ± z·SE,
// SE the standard deviation over the resamples and z the normal quantile of the
// level: percentiles would carry the bias of an estimator twice and want ten
// times the resamples.
//
// The result is the same whatever the number of workers.
type Bootstrap struct {
	Resamples int     // 0 means 100
	Level     float64 // 0 means 0.95
	Seed      uint64
	Workers   int // 0 means one for each processor
}

// settle fills in defaults, or says what is wrong.
func (b Bootstrap) settle() (Bootstrap, error) {
	if b.Resamples == 0 {
		b.Resamples = 100
	}
	if b.Level == 0 {
		b.Level = 0.95
	}
	if b.Workers == 0 {
		b.Workers = runtime.GOMAXPROCS(0)
	}
	switch {
	case b.Resamples < 2 || b.Resamples > maxResamples:
		return b, fmt.Errorf("a bootstrap wants 2 to %d resamples, got %d; 100 is usual", maxResamples, b.Resamples)
	case !(b.Level > 0 && b.Level < 1):
		return b, fmt.Errorf("the level of an interval lies between 0 and 1, got %g; 0.95 is usual", b.Level)
	case b.Workers < 0:
		return b, fmt.Errorf("a bootstrap wants at least one worker, got %d", b.Workers)
	}
	return b, nil
}

const maxResamples = 1 << 20

func (b Bootstrap) String() string {
	return fmt.Sprintf("normal, %.4g %%, standard error from %d resamples of the rows by Poisson weights", 100*b.Level, b.Resamples)
}

// estimates makes an Estimate of every column: rows[0] holds the values, the
// other rows their resamples.
func (b Bootstrap) estimates(rows [][]float64) []Estimate {
	z := normalAt(b.Level)
	es := make([]Estimate, len(rows[0]))
	for k, value := range rows[0] {
		es[k] = around(value, z*deviation(rows[1:], k))
	}
	return es
}

// deviation is the standard deviation of column k; resamples in which it is not
// defined do not count.
func deviation(rows [][]float64, k int) float64 {
	n, mean, squares := 0.0, 0.0, 0.0
	for _, row := range rows {
		x := row[k]
		if !isFinite(x) {
			continue
		}
		n++
		off := x - mean
		mean += off / n
		squares += float64(off * (x - mean))
	}
	if n < 2 {
		return math.NaN()
	}
	return math.Sqrt(squares / (n - 1))
}

// resampler gives the weights of rows.
type resampler struct {
	stream draw.Stream
	counts *[1 << 16]uint8
}

func (b Bootstrap) resampler() resampler {
	return resampler{draw.NewStream(b.Seed, "sensitivity: bootstrap"), poissonCounts()}
}

// lane is how many rows one call of weights serves at most; rows of a call
// start at a multiple of it.
const lane = 256

// weights puts the weights of rows from, from+1, … in resample r ≥ 1 into dst;
// resample 0 is the sample itself. A word of the stream serves four rows.
func (s resampler) weights(dst []float64, r, from int) {
	if r == 0 {
		for i := range dst {
			dst[i] = 1
		}
		return
	}
	var words [lane / 4]uint64
	used := words[:(len(dst)+3)/4]
	s.stream.Fill(used, uint64(r)<<32+uint64(from/4))
	for i := range dst {
		dst[i] = float64(s.counts[uint16(used[i/4]>>(16*(i%4)))])
	}
}

// poissonCounts tells for each 16 bits a number that is Poisson(1), each
// probability to the nearest 2⁻¹⁶.
var poissonCounts = sync.OnceValue(func() *[1 << 16]uint8 {
	counts, at := new([1 << 16]uint8), 0
	upto, p := 0.0, special.Exp(-1)
	for w := 0; at < len(counts); w++ {
		upto += p
		p /= float64(w + 1)
		for end := int(math.Round(upto * (1 << 16))); at < end; at++ {
			counts[at] = uint8(w)
		}
		if w == 8 {
			break // beyond 2⁻¹⁶
		}
	}
	return counts
})

// Sizes of the tiles in which sums works: four statistics share a weight that
// is loaded once, and a tile of statistics over a lane of rows fits the nearest
// cache.
const (
	statisticsTile = 16
	resamplesTile  = 32
)

// sums gives, for the sample (row 0) and every resample, the weighted sums of
// many statistics over n rows: result[r][k], and in the last column the sum of
// the weights. fill puts statistic k of rows from, from+1, … into dst.
//
// Each tile (some statistics, some resamples) is one task and adds up its rows
// in their order, so the result does not depend on the workers. The statistics
// are never stored as a whole: a tile makes them anew, which costs a
// thirty-second of using them.
func (b Bootstrap) sums(n, statistics int, fill func(k, from int, dst []float64)) [][]float64 {
	all := make([][]float64, b.Resamples+1)
	for r := range all {
		all[r] = make([]float64, statistics+1)
	}
	s := b.resampler()
	withOnes := func(k, from int, dst []float64) {
		if k < statistics {
			fill(k, from, dst)
			return
		}
		for i := range dst {
			dst[i] = 1
		}
	}
	tilesK := (statistics + statisticsTile) / statisticsTile
	tilesR := (len(all) + resamplesTile - 1) / resamplesTile
	b.each(tilesK*tilesR, func(task int) {
		k, r := task/tilesR*statisticsTile, task%tilesR*resamplesTile
		tile{k, min(statisticsTile, statistics+1-k), all[r:min(r+resamplesTile, len(all))], r}.add(s, n, withOnes)
	})
	return all
}

type tile struct {
	k, width int
	rows     [][]float64
	r        int
}

func (t tile) add(s resampler, n int, fill func(k, from int, dst []float64)) {
	var columns [statisticsTile][lane]float64
	var weights [lane]float64
	for from := 0; from < n; from += lane {
		size := min(lane, n-from)
		for k := range t.width {
			fill(t.k+k, from, columns[k][:size])
		}
		for i, row := range t.rows {
			s.weights(weights[:size], t.r+i, from)
			for k := 0; k < t.width; k += 4 {
				var sum [4]float64
				dot4(&sum, weights[:size], &columns[k], &columns[k+1], &columns[k+2], &columns[k+3])
				for c := range min(4, t.width-k) {
					row[t.k+k+c] += sum[c]
				}
			}
		}
	}
}

// dot4 is the inner product of w with four columns.
func dot4(sum *[4]float64, w []float64, a, b, c, d *[lane]float64) {
	var s0, s1, s2, s3 float64
	for i, x := range w[:min(len(w), lane)] {
		s0 += float64(x * a[i])
		s1 += float64(x * b[i])
		s2 += float64(x * c[i])
		s3 += float64(x * d[i])
	}
	*sum = [4]float64{s0, s1, s2, s3}
}

// each runs tasks 0 … n−1, at most Workers at a time. Every task writes only
// what is its own.
func (b Bootstrap) each(n int, task func(int)) {
	if min(b.Workers, n) <= 1 {
		for i := range n {
			task(i)
		}
		return
	}
	crew.Each(context.Background(), b.Workers, n, task)
}
