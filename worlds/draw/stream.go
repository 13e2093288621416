package draw

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Stream is an endless row of random words, addressed by their index. It is a
// plain value: comparing, copying and sharing it are all safe, and reading it
// changes nothing. Word i is a pure function of (seed, name, i).
type Stream struct {
	key [2]uint64 // seed, hash of the name
	use uint64    // which of the independent rows under this key; 0 is the caller's
}

// The rows a design reads besides row 0, so that no two purposes share words.
const (
	useOrder  = 1 + iota // which stratum, or which place in a chunk
	useDigits            // where inside the stratum
	useTree              // scrambling of positional Sobol' points
)

// NewStream gives the stream of a seed and a name. Every seed is a good seed,
// zero included, and every name, the empty one included. The name enters as the
// first eight bytes of its SHA-256, so streams of n names coincide with
// probability below n²/2⁶⁵.
func NewStream(seed uint64, name string) Stream {
	sum := sha256.Sum256([]byte(name))
	return Stream{key: [2]uint64{seed, binary.BigEndian.Uint64(sum[:8])}}
}

// Uint64 is word i of the stream.
func (s Stream) Uint64(i uint64) uint64 { return s.block(i / 4)[i%4] }

// Uniform is draw i of the stream in the open interval (0, 1): the midpoint of
// one of 2⁵² equal cells, so neither 0 nor 1 can occur.
func (s Stream) Uniform(i uint64) float64 { return open(s.Uint64(i)) }

// Index is draw i of the stream among 0, 1, …, n−1 (multiplication in place of
// division, Lemire 2019; a value is favoured by less than n/2⁶⁴). It panics
// when n is not positive.
func (s Stream) Index(i uint64, n int) int {
	if n <= 0 {
		panic("draw: Index among no values")
	}
	return among(s.Uint64(i), n)
}

// Fill writes words from, from+1, … of the stream into dst, at an eighth of the
// cost of asking for them one by one.
func (s Stream) Fill(dst []uint64, from uint64) {
	for ; from%4 != 0 && len(dst) > 0; from++ {
		dst[0] = s.Uint64(from)
		dst = dst[1:]
	}
	for ; len(dst) >= 4; from += 4 {
		dst[0], dst[1], dst[2], dst[3] = philox(from/4, s.use, 0, 0, s.key[0], s.key[1])
		dst = dst[4:]
	}
	words := s.block(from / 4)
	copy(dst, words[:])
}

func (s Stream) block(i uint64) [4]uint64 {
	w0, w1, w2, w3 := philox(i, s.use, 0, 0, s.key[0], s.key[1])
	return [4]uint64{w0, w1, w2, w3}
}

func (s Stream) row(use uint64) Stream { return Stream{key: s.key, use: use} }

// open maps a word to the open interval (0, 1) by its 52 leading bits. Every
// result is exact, so a word's leading digits are the number's binary digits.
func open(word uint64) float64 {
	return (float64(word>>12) + 0.5) * 0x1p-52
}

// among maps a word to 0 … n−1.
func among(word uint64, n int) int {
	hi, _ := bits.Mul64(word, uint64(n))
	return int(hi)
}

// shuffle puts items in a random order (Fisher and Yates 1938, Durstenfeld
// 1964); words must hold at least one word an item.
func shuffle[T any](items []T, words []uint64) {
	for k := len(items) - 1; k > 0; k-- {
		j := among(words[k], k+1)
		items[k], items[j] = items[j], items[k]
	}
}
