package tally

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"math/bits"
	"slices"
)

// Error is the largest relative error of a quantile from Bins.
const Error = 1.0 / 257

// Bins are a sketch of a distribution by which its quantiles are known to within
// Error of a value that is there (DDSketch: Masson, Rim and Lee 2019, with bins of
// 1/128 of a power of two). Merging adds counts, so that no order shows.
type Bins struct {
	at map[int32]Weight
}

// Weight counts in a bin: a whole number and a fraction of 2^64. Each weight is
// cut off there, by itself.
type Weight struct{ Whole, Part uint64 }

// WeightOf is a weight of at least 0; what is more than a bin can hold is as much as
// it can.
func WeightOf(w float64) Weight {
	const most = 1 << 32
	w = min(w, most)
	whole := math.Floor(w)
	return Weight{uint64(whole), uint64(math.Ldexp(w-whole, 64))}
}

func (w Weight) plus(x Weight) Weight {
	part, carry := bits.Add64(w.Part, x.Part, 0)
	return Weight{w.Whole + x.Whole + carry, part}
}

// Value is the weight as a double.
func (w Weight) Value() float64 { return float64(w.Whole) + math.Ldexp(float64(w.Part), -64) }

// shift leaves the exponent of a double and seven digits more.
const shift = 52 - 7

// Key is the bin of a number: they follow each other as the numbers do.
func Key(x float64) int32 {
	k := int32(math.Float64bits(math.Abs(x)) >> shift)
	switch {
	case x == 0:
		return 0
	case x < 0:
		return -k - 1
	}
	return k + 1
}

// Middle is a number of a bin from which no other is further than Error of itself.
func Middle(key int32) float64 {
	if key < 0 {
		return -Middle(-key)
	}
	if key == 0 {
		return 0
	}
	lo, hi := math.Float64frombits(uint64(key-1)<<shift), math.Float64frombits(uint64(key)<<shift)
	if math.IsInf(lo, 1) || math.IsInf(hi, 1) || lo == 0 {
		return lo
	}
	return lo + float64((hi-lo)*(lo/(lo+hi)))
}

// Add adds a weight to the bin of a key.
func (b *Bins) Add(key int32, w Weight) {
	if b.at == nil {
		b.at = map[int32]Weight{}
	}
	b.at[key] = b.at[key].plus(w)
}

// Merge adds what another sketch holds.
func (b *Bins) Merge(x *Bins) {
	for k, w := range x.at {
		b.Add(k, w)
	}
}

// Keys are those of its bins, in order.
func (b *Bins) Keys() []int32 { return slices.Sorted(maps.Keys(b.at)) }

// At is the weight of a bin.
func (b *Bins) At(key int32) Weight { return b.at[key] }

// Append writes the sketch: the same bytes for the same weights.
func (b *Bins) Append(out []byte) []byte {
	keys := b.Keys()
	out = binary.AppendUvarint(out, uint64(len(keys)))
	last := int32(math.MinInt32)
	for _, k := range keys {
		w := b.at[k]
		fraction := uint64(0)
		if w.Part != 0 {
			fraction = 1
		}
		out = binary.AppendUvarint(out, uint64(int64(k)-int64(last)))
		out = binary.AppendUvarint(out, w.Whole<<1|fraction)
		if fraction == 1 {
			out = binary.LittleEndian.AppendUint64(out, w.Part)
		}
		last = k
	}
	return out
}

// mostBins is how many there are.
const mostBins = 2 * (0x7ff<<7 + 2)

var errBins = errors.New("not a sketch")

// Take reads what Append wrote and returns what follows.
func (b *Bins) Take(text []byte) ([]byte, error) {
	*b = Bins{}
	r := taker{b: text}
	n, last := r.uvarint(), int64(math.MinInt32)
	if n > mostBins || n > uint64(len(r.b)) {
		return nil, errBins
	}
	for range n {
		step, whole := r.uvarint(), r.uvarint()
		w := Weight{Whole: whole >> 1}
		if whole&1 == 1 && len(r.b) >= 8 {
			w.Part, r.b = binary.LittleEndian.Uint64(r.b), r.b[8:]
		} else if whole&1 == 1 {
			r.bad = true
		}
		if r.bad || step == 0 || step > math.MaxUint32 || last+int64(step) > math.MaxInt32 {
			return nil, errBins
		}
		last += int64(step)
		b.Add(int32(last), w)
	}
	return r.b, nil
}

// Scratch collects weights for one sketch after another: quicker where many fall
// into few bins.
type Scratch struct {
	at      []Weight
	touched []int32
}

// NewScratch gives an empty one.
func NewScratch() *Scratch { return &Scratch{at: make([]Weight, mostBins)} }

// Add adds a weight to the bin of a number.
func (s *Scratch) Add(x float64, w Weight) {
	key := Key(x)
	at := &s.at[int(key)+mostBins/2]
	if *at == (Weight{}) {
		s.touched = append(s.touched, key)
	}
	*at = at.plus(w)
}

// Into empties it into a sketch.
func (s *Scratch) Into(b *Bins) {
	for _, key := range s.touched {
		at := &s.at[int(key)+mostBins/2]
		if *at != (Weight{}) {
			b.Add(key, *at)
		}
		*at = Weight{}
	}
	s.touched = s.touched[:0]
}
