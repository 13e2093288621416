package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// The encodings by their number in the format.
const (
	plainValues     = 0
	plainDictionary = 2 // as old writers call the one below
	runs            = 3
	bitPacked       = 4
	deltaPacked     = 5
	deltaLength     = 6
	deltaBytes      = 7
	dictionary      = 8
	byteStreams     = 9
)

var encodingNames = map[int]string{bitPacked: "BIT_PACKED", runs: "RLE", deltaPacked: "DELTA_BINARY_PACKED",
	deltaLength: "DELTA_LENGTH_BYTE_ARRAY", deltaBytes: "DELTA_BYTE_ARRAY", byteStreams: "BYTE_STREAM_SPLIT"}

// The physical types by their number in the format.
const (
	physBool   = 0
	physInt32  = 1
	physInt64  = 2
	physInt96  = 3
	physFloat  = 4
	physDouble = 5
	physBytes  = 6
	physFixed  = 7
)

// raw are values as they stand: numbers as their bits, integers of 32 bits with
// their sign; or bytes, which are part of a page.
type raw struct {
	bits  []uint64
	bytes [][]byte
}

// coder decodes values of one column.
type coder struct {
	typ, width int
	spend      func(bytes int) error // of text that deltas spell out
}

// decode makes n values of the bytes of a page.
func (c coder) decode(encoding int, b []byte, n int) (raw, error) {
	switch {
	case encoding == plainValues && c.typ == physBool:
		return c.plainBools(b, n)
	case encoding == plainValues && c.typ == physBytes:
		return plainBytes(b, n)
	case encoding == plainValues:
		return c.fixed(b, n)
	case encoding == byteStreams && c.size() > 0:
		return c.streams(b, n)
	case encoding == runs && c.typ == physBool:
		return runBools(b, n)
	case encoding == deltaPacked && (c.typ == physInt32 || c.typ == physInt64):
		out, _, err := deltas(b, n)
		return c.narrowed(out), err
	case encoding == deltaLength && c.typ == physBytes:
		return lengthBytes(b, n)
	case encoding == deltaBytes && (c.typ == physBytes || c.typ == physFixed):
		return c.prefixed(b, n)
	}
	name, ok := encodingNames[encoding]
	if !ok {
		name = fmt.Sprintf("encoding %d", encoding)
	}
	return raw{}, fmt.Errorf("its values are encoded as %s, which is not read for %s", name, physNames[c.typ])
}

var physNames = []string{"BOOLEAN", "INT32", "INT64", "INT96", "FLOAT", "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"}

// size is the bytes of a value of fixed size, 0 for one that is not.
func (c coder) size() int {
	switch c.typ {
	case physInt32, physFloat:
		return 4
	case physInt64, physDouble:
		return 8
	case physFixed:
		return c.width
	}
	return 0
}

// fixed reads values of fixed size, one after the other.
func (c coder) fixed(b []byte, n int) (raw, error) {
	size := c.size()
	if size <= 0 || n > len(b)/size {
		return raw{}, errShort
	}
	if c.typ == physFixed {
		out := make([][]byte, n)
		for i := range out {
			out[i] = b[i*size : (i+1)*size : (i+1)*size]
		}
		return raw{bytes: out}, nil
	}
	out := make([]uint64, n)
	for i := range out {
		if size == 4 {
			out[i] = uint64(binary.LittleEndian.Uint32(b[4*i:]))
		} else {
			out[i] = binary.LittleEndian.Uint64(b[8*i:])
		}
	}
	return c.narrowed(out), nil
}

// streams reads values of fixed size of which all first bytes come first.
func (c coder) streams(b []byte, n int) (raw, error) {
	size := c.size()
	if n > len(b)/size {
		return raw{}, errShort
	}
	whole := make([]byte, n*size)
	for k := range size {
		for i := range n {
			whole[i*size+k] = b[k*n+i]
		}
	}
	return c.fixed(whole, n)
}

// narrowed gives integers of 32 bits their sign: sums of deltas count modulo 2^32.
func (c coder) narrowed(v []uint64) raw {
	if c.typ == physInt32 {
		for i := range v {
			v[i] = uint64(int64(int32(v[i])))
		}
	}
	return raw{bits: v}
}

func (c coder) plainBools(b []byte, n int) (raw, error) {
	if (n+7)/8 > len(b) {
		return raw{}, errShort
	}
	out := make([]uint64, n)
	for i := range out {
		out[i] = uint64(b[i/8]>>(i%8)) & 1
	}
	return raw{bits: out}, nil
}

// runBools reads booleans as runs, which a length precedes.
func runBools(b []byte, n int) (raw, error) {
	b, _, err := lengthFirst(b)
	if err != nil {
		return raw{}, err
	}
	var out []uint64
	err = hybrid(b, 1, n, func(v uint32, times int) {
		for range times {
			out = append(out, uint64(v))
		}
	})
	return raw{bits: out}, err
}

// lengthFirst parts bytes that their length precedes from those that follow.
func lengthFirst(b []byte) (first, rest []byte, err error) {
	if len(b) < 4 {
		return nil, nil, errShort
	}
	n := binary.LittleEndian.Uint32(b)
	if b = b[4:]; uint64(n) > uint64(len(b)) {
		return nil, nil, errShort
	}
	return b[:n], b[n:], nil
}

// hybrid reads n values of so many bits each, which stand as runs of one value or
// packed eight at a time, and gives them with how often each follows itself.
func hybrid(b []byte, width, n int, each func(v uint32, times int)) error {
	if width > 32 {
		return fmt.Errorf("values of %d bits", width)
	}
	for n > 0 {
		head, k := binary.Uvarint(b)
		if k <= 0 {
			return errShort
		}
		b = b[k:]
		if head&1 == 1 {
			b, n = packedRun(b, width, n, head>>1, each)
			if b == nil {
				return errShort
			}
			continue
		}
		size := (width + 7) / 8
		if size > len(b) {
			return errShort
		}
		var word [4]byte
		copy(word[:], b[:size])
		v := binary.LittleEndian.Uint32(word[:])
		if b = b[size:]; bits.Len32(v) > width {
			return fmt.Errorf("%d in %d bits", v, width)
		}
		times := int(min(head>>1, uint64(n)))
		each(v, times)
		n -= times
	}
	return nil
}

// packedRun reads values that are packed eight at a time; the last eight may be
// cut where the page ends. It gives what follows, nil where too few are there.
func packedRun(b []byte, width, n int, eights uint64, each func(v uint32, times int)) ([]byte, int) {
	size := len(b)
	if width > 0 && eights <= uint64(len(b)/width) {
		size = int(eights) * width
	}
	have := n
	if eights < uint64(n+7)/8 {
		have = int(eights) * 8
	}
	if width > 0 && have > size*8/width {
		return nil, n
	}
	if width == 0 {
		each(0, have)
		return b[:len(b):len(b)], n - have
	}
	in := bitReader{b: b}
	for range have {
		each(uint32(in.next(width)), 1)
	}
	return b[size:], n - have
}

// bitReader reads numbers of some bits, the lowest first. It is not asked for
// more than there are.
type bitReader struct {
	b  []byte
	at int // bits
}

func (r *bitReader) next(width int) uint64 {
	var v uint64
	for got := 0; got < width; {
		in := r.at % 8
		n := min(8-in, width-got)
		v |= uint64(r.b[r.at/8]>>in&(1<<n-1)) << got
		got += n
		r.at += n
	}
	return v
}

func plainBytes(b []byte, n int) (raw, error) {
	if n > len(b)/4 {
		return raw{}, errShort
	}
	out := make([][]byte, n)
	for i := range out {
		var err error
		if out[i], b, err = lengthFirst(b); err != nil {
			return raw{}, err
		}
	}
	return raw{bytes: out}, nil
}

// most in a block of deltas; writers have 128 to 1,024.
const mostInBlock = 1 << 16

// deltas reads n integers that stand as differences to the one before, and gives
// the bytes that follow them.
func deltas(b []byte, n int) ([]uint64, []byte, error) {
	block, small, total, first := uint64(0), uint64(0), uint64(0), int64(0)
	for _, v := range []*uint64{&block, &small, &total} {
		k := 0
		if *v, k = binary.Uvarint(b); k <= 0 {
			return nil, nil, errShort
		}
		b = b[k:]
	}
	first, k := binary.Varint(b)
	switch {
	case k <= 0:
		return nil, nil, errShort
	case total != uint64(n):
		return nil, nil, fmt.Errorf("%d values where %d belong", total, n)
	case block == 0 || block > mostInBlock || small == 0 || small > block || block%small != 0 || block/small%8 != 0:
		return nil, nil, fmt.Errorf("blocks of %d values in %d parts", block, small)
	}
	d := deltaReader{b: b[k:], each: int(block / small), parts: int(small), left: n, last: uint64(first)}
	if n > 0 {
		d.left--
		d.out = append(d.out, d.last)
	}
	for d.left > 0 {
		if err := d.block(); err != nil {
			return nil, nil, err
		}
	}
	return d.out, d.b, nil
}

// deltaReader reads block after block of differences.
type deltaReader struct {
	b                 []byte
	each, parts, left int
	last              uint64
	out               []uint64
}

func (d *deltaReader) block() error {
	least, k := binary.Varint(d.b)
	if k <= 0 || len(d.b)-k < d.parts {
		return errShort
	}
	widths := d.b[k : k+d.parts]
	d.b = d.b[k+d.parts:]
	for _, w := range widths {
		if d.left == 0 {
			return nil // the widths of parts that are not there may be anything
		}
		if w > 64 {
			return fmt.Errorf("differences of %d bits", w)
		}
		size := d.each / 8 * int(w)
		if size > len(d.b) {
			return errShort
		}
		in := bitReader{b: d.b[:size]}
		for range min(d.each, d.left) {
			d.last += uint64(least) + in.next(int(w))
			d.out = append(d.out, d.last)
			d.left--
		}
		d.b = d.b[size:]
	}
	return nil
}

// lengthBytes reads texts whose lengths come first.
func lengthBytes(b []byte, n int) (raw, error) {
	lengths, b, err := deltas(b, n)
	if err != nil {
		return raw{}, err
	}
	out := make([][]byte, n)
	for i, l := range lengths {
		l = uint64(int64(int32(l)))
		if l > uint64(len(b)) {
			return raw{}, errShort
		}
		out[i], b = b[:l:l], b[l:]
	}
	return raw{bytes: out}, nil
}

// prefixed reads texts of which each begins as the one before does.
func (c coder) prefixed(b []byte, n int) (raw, error) {
	shared, b, err := deltas(b, n)
	if err != nil {
		return raw{}, err
	}
	out, err := lengthBytes(b, n)
	if err != nil {
		return raw{}, err
	}
	var last []byte
	for i, end := range out.bytes {
		k := uint64(int64(int32(shared[i])))
		if k > uint64(len(last)) {
			return raw{}, errors.New("a text begins as more than there was before it")
		}
		if k > 0 {
			if err := c.spend(int(k) + len(end)); err != nil {
				return raw{}, err
			}
			end = append(last[:k:k], end...)
		}
		if c.typ == physFixed && len(end) != c.width {
			return raw{}, fmt.Errorf("a value of %d bytes where %d belong", len(end), c.width)
		}
		out.bytes[i], last = end, end
	}
	return out, nil
}
