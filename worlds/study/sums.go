package study

import (
	"encoding/binary"
	"errors"
	"math"

	"casus/special"
	"casus/worlds/tally"
)

// Sums stand for the worlds of a view in the place of their rows: exact
// sums, counts, bins and the worlds at the ends. Those of two stretches of worlds
// merge to those of both, in any order to the same bytes.
type Sums struct {
	shape  *sumShape
	worlds uint64
	ref    float64         // the log-likelihood against which worlds are weighed
	cells  [][][modes]cell // by job and measure
	pairs  []versus        // of own options, in the order of sumShape.pair
	weight [2]tally.Sum    // of the likelihoods, and of their squares
	silent uint64          // worlds in which a record says nothing
	tails  [][modes][3]tally.Sum
}

// Worlds count alike, or by the records.
const (
	alike = iota
	byRecord
	modes
)

// sumShape says of which measures and conditions sums are.
type sumShape struct {
	measures []Measure
	given    []int // by measure, that of its condition, or -1
	jobs     int
	held     int    // of these, plays of the past, which come first
	half     uint64 // worlds from here on are the second half
	compared []int  // measures that pairs are compared by
	records  []Recorded
	plays    []int // by record, the job that plays it
	rates    []int // by record, its measure
	weighs   bool
}

// cell sums up one measure of one job.
type cell struct {
	n, nan    uint64    // worlds that count, worlds in which it is not defined
	num, den  tally.Sum // of weight times value, and of weights
	half      [2]tally.Bins
	low, high extreme
}

// extreme is the world with the least, or largest, value, by number; of equal ones the first.
type extreme struct {
	value float64
	world uint64
}

// versus compares two options by one measure: of the worlds in which both are
// defined, all, those in which the first is more by what matters, and less. Worlds
// count as they do in lead (plain) and in Better and Worse (by the condition too).
type versus [modes][2]tri

// tri are the sums of one comparison.
type tri [3]tally.Sum

const (
	inAll = iota
	inMore
	inLess
)

// shapeOfSums tells what the sums of a run are of.
func (r *Record) shapeOfSums() *sumShape {
	s := &sumShape{measures: r.Measures, jobs: len(r.History) + len(r.Results), held: len(r.History), half: uint64(r.Worlds / 2)}
	for k, m := range r.Measures {
		s.given = append(s.given, r.given(k))
		if m.Better != "" || r.conditions(k) {
			s.compared = append(s.compared, k)
		}
	}
	for i := range r.Records {
		x := r.Records[i]
		play, rate := -1, r.measure(x.Measure)
		for at, h := range r.History {
			if h.Case == x.Case && h.Option == x.Option {
				play = at
			}
		}
		s.records, s.plays, s.rates = append(s.records, x), append(s.plays, play), append(s.rates, rate)
		s.weighs = s.weighs || x.Role == Weighs
	}
	return s
}

// own counts the options of the case.
func (s *sumShape) own() int { return s.jobs - s.held }

// pair is the place of options i < j by the kth of the compared measures.
func (s *sumShape) pair(i, j, k int) int {
	n := s.own()
	return (i*n-i*(i+1)/2+j-i-1)*len(s.compared) + k
}

func (s *sumShape) empty() *Sums {
	n := s.own()
	x := &Sums{shape: s, pairs: make([]versus, n*(n-1)/2*len(s.compared)), tails: make([][modes][3]tally.Sum, len(s.records))}
	for range s.jobs {
		x.cells = append(x.cells, make([][modes]cell, len(s.measures)))
	}
	for _, job := range x.cells {
		for k := range job {
			for mode := range job[k] {
				job[k][mode].low, job[k][mode].high = extreme{math.Inf(1), math.MaxUint64}, extreme{math.Inf(-1), math.MaxUint64}
			}
		}
	}
	return x
}

// add adds worlds from a number on: by job, a column for each measure.
func (x *Sums) add(scratch *tally.Scratch, first int, values [][][]float64) {
	n := len(values[0][0])
	x.worlds += uint64(n)
	weights := [modes][]float64{alike: nil, byRecord: x.likelihoods(values, n)}
	for mode, w := range weights {
		if mode == byRecord && w == nil {
			continue
		}
		for j, columns := range values {
			for k := range columns {
				x.cells[j][k][mode].add(x.shape, scratch, first, columns[k], x.shape.conditioned(w, columns, k))
			}
		}
		x.compare(mode, values, w)
		x.outlying(mode, values, w)
	}
}

// conditioned multiplies weights by the probability of a measure's condition.
func (s *sumShape) conditioned(weights []float64, columns [][]float64, k int) []float64 {
	if s.given[k] < 0 {
		return weights
	}
	return times(weights, columns[s.given[k]])
}

// likelihoods are the weights of worlds by the records, as parts of that of ref;
// nil where no record weighs.
func (x *Sums) likelihoods(values [][][]float64, n int) []float64 {
	s := x.shape
	if !s.weighs {
		return nil
	}
	logs := s.logs(values, n, &x.silent)
	for w, l := range logs {
		logs[w] = special.Exp(l - x.ref)
		x.weight[0].Add(logs[w])
		x.weight[1].Add(float64(logs[w] * logs[w]))
	}
	return logs
}

// logs are the log-likelihoods of worlds; those in which a record says nothing are
// counted, and have none.
func (s *sumShape) logs(values [][][]float64, n int, silent *uint64) []float64 {
	out := make([]float64, n)
	for i := range s.records {
		if s.records[i].Role != Weighs {
			continue
		}
		c := counted(&s.records[i])
		for w, p := range values[s.plays[i]][s.rates[i]] {
			if math.IsNaN(p) {
				*silent++
				out[w] = math.Inf(-1)
			} else {
				out[w] += c.log(p)
			}
		}
	}
	return out
}

// add adds worlds to a cell; without weights all count 1.
func (c *cell) add(s *sumShape, scratch *tally.Scratch, first int, xs, weights []float64) {
	for w, v := range xs {
		number := uint64(first + w)
		if number == s.half {
			scratch.Into(&c.half[0])
		}
		if math.IsNaN(v) {
			c.nan++
			continue
		}
		weight := 1.0
		if weights != nil {
			if weight = weights[w]; weight <= 0 {
				continue
			}
			c.num.Add(float64(v * weight))
			c.den.Add(weight)
		} else {
			c.num.Add(v)
		}
		c.n++
		c.low.note(v < c.low.value || v == c.low.value && number < c.low.world, v, number)
		c.high.note(v > c.high.value || v == c.high.value && number < c.high.world, v, number)
		scratch.Add(v, tally.WeightOf(weight))
	}
	if uint64(first+len(xs)) <= s.half {
		scratch.Into(&c.half[0])
	} else {
		scratch.Into(&c.half[1])
	}
}

func (e *extreme) note(is bool, value float64, world uint64) {
	if is {
		*e = extreme{value, world}
	}
}

// compare holds the options against each other, pair by pair.
func (x *Sums) compare(mode int, values [][][]float64, weights []float64) {
	s := x.shape
	own := values[s.held:]
	for at, k := range s.compared {
		for i := range own {
			for j := i + 1; j < len(own); j++ {
				v := &x.pairs[s.pair(i, j, at)][mode]
				v[0].add(own[i][k], own[j][k], weights, s.measures[k].Matters)
				if g := s.given[k]; g >= 0 {
					v[1].add(own[i][k], own[j][k], times(weights, midway([][]float64{own[i][g], own[j][g]})), s.measures[k].Matters)
				}
			}
		}
	}
}

// add is draw.Compare with its weights kept apart.
func (v *tri) add(a, b, weights []float64, matters float64) {
	var counts [3]float64
	for w := range a {
		if math.IsNaN(a[w]) || math.IsNaN(b[w]) {
			continue
		}
		way := -1
		switch gain := a[w] - b[w]; {
		case a[w] == b[w]:
		case gain > 0 && gain >= matters:
			way = inMore
		case gain < 0 && -gain >= matters:
			way = inLess
		}
		if weights == nil {
			counts[inAll]++
			if way >= 0 {
				counts[way]++
			}
			continue
		}
		v[inAll].Add(weights[w])
		if way >= 0 {
			v[way].Add(weights[w])
		}
	}
	for i, n := range counts {
		v[i].Add(n)
	}
}

// outlying adds, for each record, how likely so few events or so many are.
func (x *Sums) outlying(mode int, values [][][]float64, weights []float64) {
	s := x.shape
	for i := range s.records {
		if s.plays[i] < 0 || s.rates[i] < 0 {
			continue
		}
		c, t := counted(&s.records[i]), &x.tails[i][mode]
		for w, p := range values[s.plays[i]][s.rates[i]] {
			weight := 1.0
			if weights != nil {
				weight = weights[w]
			}
			if math.IsNaN(p) || weight == 0 {
				continue
			}
			few, many := c.tails(p)
			t[0].Add(float64(weight * few))
			t[1].Add(float64(weight * many))
			t[2].Add(weight)
		}
	}
}

// Merge adds the sums of other worlds of the same view.
func (x *Sums) Merge(y *Sums) {
	x.worlds += y.worlds
	x.silent += y.silent
	for j := range x.cells {
		for k := range x.cells[j] {
			for mode := range x.cells[j][k] {
				x.cells[j][k][mode].merge(&y.cells[j][k][mode])
			}
		}
	}
	for i := range x.weight {
		x.weight[i].Merge(&y.weight[i])
	}
	for i := range x.pairs {
		for mode := range x.pairs[i] {
			for kind := range x.pairs[i][mode] {
				for way := range x.pairs[i][mode][kind] {
					x.pairs[i][mode][kind][way].Merge(&y.pairs[i][mode][kind][way])
				}
			}
		}
	}
	for i := range x.tails {
		for mode := range x.tails[i] {
			for way := range x.tails[i][mode] {
				x.tails[i][mode][way].Merge(&y.tails[i][mode][way])
			}
		}
	}
}

func (c *cell) merge(d *cell) {
	c.n += d.n
	c.nan += d.nan
	c.num.Merge(&d.num)
	c.den.Merge(&d.den)
	for i := range c.half {
		c.half[i].Merge(&d.half[i])
	}
	c.low.note(d.low.value < c.low.value || d.low.value == c.low.value && d.low.world < c.low.world, d.low.value, d.low.world)
	c.high.note(d.high.value > c.high.value || d.high.value == c.high.value && d.high.world < c.high.world, d.high.value, d.high.world)
}

// A coder writes sums, or reads them: the same walk for both.
type coder interface {
	count(*uint64)
	number(*float64)
	sum(*tally.Sum)
	bins(*tally.Bins)
}

func (x *Sums) walk(c coder) {
	c.count(&x.worlds)
	c.number(&x.ref)
	c.count(&x.silent)
	for i := range x.weight {
		c.sum(&x.weight[i])
	}
	for j := range x.cells {
		for k := range x.cells[j] {
			for mode := range x.cells[j][k] {
				x.cells[j][k][mode].walk(c)
			}
		}
	}
	for i := range x.pairs {
		for mode := range x.pairs[i] {
			for kind := range x.pairs[i][mode] {
				for way := range x.pairs[i][mode][kind] {
					c.sum(&x.pairs[i][mode][kind][way])
				}
			}
		}
	}
	for i := range x.tails {
		for mode := range x.tails[i] {
			for way := range x.tails[i][mode] {
				c.sum(&x.tails[i][mode][way])
			}
		}
	}
}

func (d *cell) walk(c coder) {
	c.count(&d.n)
	c.count(&d.nan)
	c.sum(&d.num)
	c.sum(&d.den)
	for i := range d.half {
		c.bins(&d.half[i])
	}
	for _, e := range []*extreme{&d.low, &d.high} {
		c.number(&e.value)
		c.count(&e.world)
	}
}

type sumWriter struct{ b []byte }

func (w *sumWriter) count(n *uint64) { w.b = binary.AppendUvarint(w.b, *n) }
func (w *sumWriter) number(x *float64) {
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(*x))
}
func (w *sumWriter) sum(s *tally.Sum)   { w.b = s.Append(w.b) }
func (w *sumWriter) bins(b *tally.Bins) { w.b = b.Append(w.b) }

// Bytes are the sums as they are kept: the same for the same worlds.
func (x *Sums) Bytes() []byte {
	w := &sumWriter{}
	x.walk(w)
	return w.b
}

type sumReader struct {
	b   []byte
	err error
}

var errSums = errors.New("not the sums of these worlds")

func (r *sumReader) count(n *uint64) {
	x, size := binary.Uvarint(r.b)
	if r.err != nil || size <= 0 {
		r.err = errSums
		return
	}
	*n, r.b = x, r.b[size:]
}

func (r *sumReader) number(x *float64) {
	if r.err != nil || len(r.b) < 8 {
		r.err = errSums
		return
	}
	*x, r.b = math.Float64frombits(binary.LittleEndian.Uint64(r.b)), r.b[8:]
}

func (r *sumReader) sum(s *tally.Sum) {
	if r.err == nil {
		r.b, r.err = s.Take(r.b)
	}
}

func (r *sumReader) bins(b *tally.Bins) {
	if r.err == nil {
		r.b, r.err = b.Take(r.b)
	}
}

// read reads sums of so many worlds, and returns what follows them.
func (s *sumShape) read(text []byte, worlds int) (*Sums, []byte, error) {
	x, r := s.empty(), &sumReader{b: text}
	x.walk(r)
	switch {
	case r.err != nil:
		return nil, nil, r.err
	case x.worlds != uint64(worlds):
		return nil, nil, errSums
	}
	return x, r.b, nil
}
