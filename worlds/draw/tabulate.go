package draw

import "math"

// tabulated answers quantiles from cubic pieces; all else comes from the
// distribution it was made of.
type tabulated struct {
	Dist
	pieces []piece          // in order, covering 0 … 1
	first  [buckets + 1]int // first[b] is the piece that holds u = b/buckets
}

const buckets = 256

// piece is a cubic in t = (u − start)/width, non-decreasing on 0 … 1, or an
// interval left to the exact quantile.
type piece struct {
	start, width   float64
	q0, c1, c2, c3 float64
	q1             float64 // the value at t = 1
	exact          bool
}

// Tabulate gives d with a fast quantile where the exact one is slow: beta, PERT
// and whatever is made of them, and mixtures. Others are returned as they are.
//
// Quantiles are interpolated by cubic pieces, halved until each passes through
// four exact quantiles, does not decrease, and errs at five points between by
// less than 1e-9 of the spread: the distance from the 5th to the 95th
// percentile, or from the value to the median where that is more. Elsewhere the
// error stayed below 2e-9 of the spread in all cases tried; it is not proved.
// Where pieces narrower than 2⁻¹⁴ would be needed, in the far tails and at gaps
// between values, the exact quantile answers.
//
// A table costs one to five thousand exact quantiles, so it pays from some five
// thousand draws on. Measured for PERT: exact 1.5 µs a draw, table 5 ms once and
// 0.02 µs a draw; for sixty of them in 16384 worlds 0.5 s in place of 1.5 s.
func Tabulate(d Dist) Dist {
	if !slow(d) {
		return d
	}
	t := &tabulated{Dist: d}
	m := meter{d, d.Quantile(0.5), d.Quantile(0.95) - d.Quantile(0.05)}
	t.pieces = m.cover(nil, 0, 1, m.eighths(0, 1))
	for b, i := 0, 0; b < buckets; b++ {
		for i+1 < len(t.pieces) && t.pieces[i+1].start <= float64(b)/buckets {
			i++
		}
		t.first[b] = i
	}
	t.first[buckets] = len(t.pieces) - 1
	return t
}

func slow(d Dist) bool {
	switch d := d.(type) {
	case beta, *mixture:
		return true
	case truncated:
		return slow(d.whole)
	}
	return false
}

func (d *tabulated) Quantile(u float64) float64 {
	if !isProbability(u) {
		return math.NaN()
	}
	b := int(u * buckets)
	i := d.first[b]
	for last := d.first[min(b+1, buckets)]; i < last; {
		mid := (i + last + 1) / 2
		if d.pieces[mid].start <= u {
			i = mid
		} else {
			last = mid - 1
		}
	}
	p := &d.pieces[i]
	if p.exact {
		return d.Dist.Quantile(u)
	}
	return p.at((u - p.start) / p.width)
}

func (p *piece) at(t float64) float64 {
	x := p.c2 + float64(t*p.c3)
	x = p.c1 + float64(t*x)
	return min(max(p.q0+float64(t*x), p.q0), p.q1)
}

// meter judges pieces.
type meter struct {
	dist           Dist
	median, spread float64
}

const (
	narrowest = 0x1p-14
	widest    = 0x1p-4
	tolerance = 1e-9
)

// eighths gives the exact quantiles at start, start + width/8, …, start + width.
func (m meter) eighths(start, width float64) [9]float64 {
	var q [9]float64
	for k := range q {
		q[k] = m.dist.Quantile(start + float64(float64(k)*(width/8)))
	}
	return q
}

// cover appends pieces for start … start+width, whose eighths are q.
func (m meter) cover(pieces []piece, start, width float64, q [9]float64) []piece {
	p := cubic(start, width, q)
	switch {
	case width <= widest && m.good(p, q):
		return append(pieces, p)
	case width <= narrowest:
		return append(pieces, piece{start: start, width: width, exact: true})
	}
	half := float64(width / 2)
	pieces = m.cover(pieces, start, half, m.refine(start, half, q[:5]))
	return m.cover(pieces, start+half, half, m.refine(start+half, half, q[4:]))
}

// refine puts four new quantiles between five known ones.
func (m meter) refine(start, width float64, known []float64) [9]float64 {
	var q [9]float64
	for k := range q {
		if k%2 == 0 {
			q[k] = known[k/2]
		} else {
			q[k] = m.dist.Quantile(start + float64(float64(k)*(width/8)))
		}
	}
	return q
}

// cubic passes through the quantiles at t = 0, 1/4, 3/4 and 1.
func cubic(start, width float64, q [9]float64) piece {
	d1, d2, d3 := q[2]-q[0], q[6]-q[0], q[8]-q[0]
	return piece{
		start: start, width: width, q0: q[0], q1: q[8],
		c1: d3 + float64(8*d1) - float64(8*d2)/3,
		c2: (float64(40*d2) - float64(56*d1) - float64(16*d3)) / 3,
		c3: (float64(32*d1) - float64(32*d2) + float64(16*d3)) / 3,
	}
}

func (m meter) good(p piece, q [9]float64) bool {
	if !p.rises() {
		return false
	}
	for _, k := range [...]int{4, 1, 7, 3, 5} {
		far := max(m.spread, math.Abs(q[k]-m.median))
		if !(math.Abs(p.at(float64(k)/8)-q[k]) <= tolerance*far) {
			return false
		}
	}
	return true
}

// rises says whether the slope c1 + 2·c2·t + 3·c3·t² is nowhere negative on
// 0 … 1; false when a coefficient is not finite.
func (p piece) rises() bool {
	end := p.c1 + float64(2*p.c2) + float64(3*p.c3)
	if !(p.c1 >= 0 && end >= 0) {
		return false
	}
	turn := -p.c2 / (3 * p.c3)
	if p.c3 <= 0 || !(0 < turn && turn < 1) {
		return true
	}
	return p.c1 >= p.c2*p.c2/(3*p.c3)
}
