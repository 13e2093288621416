// Package tally adds up numbers so that neither their order nor how they are divided
// among machines shows in the result: sums are exact, and bins count.
package tally

import (
	"encoding/binary"
	"errors"
	"math"
	"math/big"
	"math/bits"
)

// Sum is an exact sum of doubles (a superaccumulator: Kulisch 2013; Neal 2015). The
// zero Sum is 0. It is rounded once, when it is read.
type Sum struct {
	low   int     // the place of the first limb: it counts 2^(32·low − 1088)
	limbs []int64 // in base 2^32, each with room for carries
	adds  int     // since the last carry
	odd   [3]uint64
}

// What is not finite is counted: +∞, −∞, no number.
const (
	plusInf = iota
	minusInf
	noNumber
)

const (
	limbBits = 32
	bias     = 1088 // of the least place: a multiple of limbBits beyond 1074
	mostAdds = 1 << 29
)

// Add adds a number.
func (s *Sum) Add(x float64) {
	b := math.Float64bits(x)
	e, m := int(b>>52&0x7ff), b&(1<<52-1)
	switch {
	case e == 0x7ff:
		s.other(x)
		return
	case e == 0 && m == 0:
		return
	case e == 0:
		e = 1
	default:
		m |= 1 << 52
	}
	at := e - 1075 + bias
	s.place(at/limbBits, m, uint(at%limbBits), int64(b)>>63)
}

func (s *Sum) other(x float64) {
	switch {
	case math.IsNaN(x):
		s.odd[noNumber]++
	case x > 0:
		s.odd[plusInf]++
	default:
		s.odd[minusInf]++
	}
}

// place adds ±m·2^shift at a limb; sign is 0 or −1.
func (s *Sum) place(limb int, m uint64, shift uint, sign int64) {
	s.reach(limb, limb+3)
	hi, lo := m>>(64-shift), m<<shift
	l := s.limbs[limb-s.low : limb-s.low+3 : limb-s.low+3]
	l[0] += (int64(lo&0xffffffff) ^ sign) - sign
	l[1] += (int64(lo>>32) ^ sign) - sign
	l[2] += (int64(hi) ^ sign) - sign
	if s.adds++; s.adds >= mostAdds {
		s.carry()
	}
}

// reach makes room for limbs from ≤ i < to.
func (s *Sum) reach(from, to int) {
	if len(s.limbs) == 0 {
		s.low, s.limbs = from, make([]int64, to-from)
		return
	}
	if more := s.low - from; more > 0 {
		s.limbs = append(make([]int64, more, more+len(s.limbs)), s.limbs...)
		s.low = from
	}
	if more := to - s.low - len(s.limbs); more > 0 {
		s.limbs = append(s.limbs, make([]int64, more)...)
	}
}

// carry brings every limb but the last within 0 … 2^32 − 1.
func (s *Sum) carry() {
	c := int64(0)
	for i, x := range s.limbs {
		x += c
		c = x >> limbBits
		s.limbs[i] = x & 0xffffffff
	}
	if c != 0 {
		s.limbs = append(s.limbs, c)
	}
	s.adds = 1
}

// Merge adds another sum, which is left as it is but for its carries.
func (s *Sum) Merge(t *Sum) {
	for i := range s.odd {
		s.odd[i] += t.odd[i]
	}
	if len(t.limbs) == 0 {
		return
	}
	t.carry()
	s.carry()
	s.reach(t.low, t.low+len(t.limbs))
	for i, x := range t.limbs {
		s.limbs[t.low-s.low+i] += x
	}
	s.carry()
}

// exact is the sum of what is finite, in units of 2^−bias.
func (s *Sum) exact() *big.Int {
	s.carry()
	out, one := new(big.Int), new(big.Int)
	for i := len(s.limbs) - 1; i >= 0; i-- {
		out.Lsh(out, limbBits)
		out.Add(out, one.SetInt64(s.limbs[i]))
	}
	return out.Lsh(out, uint(limbBits*s.low))
}

// Value is the sum, rounded to the nearest double; with both infinities, or with
// what is no number, it is NaN.
func (s *Sum) Value() float64 {
	switch {
	case s.odd[noNumber] > 0 || s.odd[plusInf] > 0 && s.odd[minusInf] > 0:
		return math.NaN()
	case s.odd[plusInf] > 0:
		return math.Inf(1)
	case s.odd[minusInf] > 0:
		return math.Inf(-1)
	}
	n := s.exact()
	if n.Sign() == 0 {
		return 0
	}
	f := new(big.Float).SetPrec(uint(max(n.BitLen(), 53))).SetInt(n)
	out, _ := f.SetMantExp(f, -bias).Float64()
	return out
}

// Append writes the sum: the same bytes for the same numbers, however they were
// added up. A sum of nothing is one byte.
func (s *Sum) Append(b []byte) []byte {
	n := s.exact()
	if n.Sign() == 0 && s.odd == [3]uint64{} {
		return append(b, 0)
	}
	kind := byte(1)
	if n.Sign() < 0 {
		kind = 2
	}
	if s.odd != [3]uint64{} {
		kind += 2
	}
	b = append(b, kind)
	if kind > 2 {
		for _, k := range s.odd {
			b = binary.AppendUvarint(b, k)
		}
	}
	zeros := int(n.TrailingZeroBits()) / 8 * 8
	text := new(big.Int).Rsh(n.Abs(n), uint(zeros)).Bytes()
	b = binary.AppendUvarint(b, uint64(zeros/8))
	b = binary.AppendUvarint(b, uint64(len(text)))
	return append(b, text...)
}

// mostBytes bounds what is written of a sum: 2^31 doubles reach no further.
const mostBytes = 300

var errSum = errors.New("not a sum")

// Take reads what Append wrote and returns what follows.
func (s *Sum) Take(b []byte) ([]byte, error) {
	*s = Sum{}
	if len(b) == 0 || b[0] > 4 {
		return nil, errSum
	}
	kind, b := b[0], b[1:]
	if kind == 0 {
		return b, nil
	}
	r := taker{b: b}
	if kind > 2 {
		for i := range s.odd {
			s.odd[i] = r.uvarint()
		}
		kind -= 2
	}
	zeros, size := r.uvarint(), r.uvarint()
	if r.bad || zeros > mostBytes || size > mostBytes || uint64(len(r.b)) < size {
		return nil, errSum
	}
	n := new(big.Int).SetBytes(r.b[:size])
	n.Lsh(n, uint(8*zeros))
	s.set(n, kind == 2)
	return r.b[size:], nil
}

// set makes it a whole number of units.
func (s *Sum) set(n *big.Int, negative bool) {
	words := n.Bits()
	for _, w := range words {
		for k := 0; k < bits.UintSize; k += limbBits {
			x := int64(uint64(w) >> k & 0xffffffff)
			if negative {
				x = -x
			}
			s.limbs = append(s.limbs, x)
		}
	}
	first := 0
	for first < len(s.limbs) && s.limbs[first] == 0 {
		first++
	}
	s.low, s.limbs = first, s.limbs[first:]
}

// taker reads numbers from the front of bytes.
type taker struct {
	b   []byte
	bad bool
}

func (t *taker) uvarint() uint64 {
	x, n := binary.Uvarint(t.b)
	if n <= 0 {
		t.bad = true
		return 0
	}
	t.b = t.b[n:]
	return x
}
