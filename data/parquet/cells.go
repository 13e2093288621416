package parquet

import (
	"fmt"
	"math"
	"math/big"
	"unicode/utf8"

	"casus/lang/source"
)

// Kind names what the cells of a column are.
type Kind int

// The kinds of column. Other is one that is not read; Holds says what it has.
const (
	Other Kind = iota
	Number
	Truth // 0 and 1
	Text
)

// The logical types by their number in the format.
const (
	logicalString   = 1
	logicalEnum     = 4
	logicalDecimal  = 5
	logicalInteger  = 10
	logicalNull     = 11
	logicalJSON     = 12
	logicalHalf     = 15
	logicalPastLast = 19
)

var logicalNames = map[int]string{2: "maps", 3: "lists", 6: "dates", 7: "times", 8: "timestamps", 13: "BSON", 14: "UUIDs",
	16: "variants", 17: "geometries", 18: "geographies"}

// convertedTypes are the older names of logical types.
var convertedTypes = map[int]int{0: logicalString, 1: 2, 2: 2, 3: 3, 4: logicalEnum, 5: logicalDecimal, 6: 6, 7: 7, 8: 7, 9: 8, 10: 8,
	19: logicalJSON, 20: 13}

const (
	convertedUnsigned8  = 11
	convertedUnsigned64 = 14
	convertedSigned64   = 18
	convertedInterval   = 21
)

// settled gives an element of an older file its logical type.
func (e element) settled() element {
	switch c := e.converted; {
	case e.logical != 0:
	case c >= convertedUnsigned8 && c <= convertedSigned64:
		e.logical, e.unsigned = logicalInteger, c <= convertedUnsigned64
		e.bits = 8 << ((c - convertedUnsigned8) % 4)
	default:
		e.logical = convertedTypes[c]
	}
	return e
}

// mostDecimal bounds the bytes of a decimal number; 32 hold 76 digits.
const mostDecimal = 32

// kind tells what the cells of a column are, and for Other what it holds.
func (e element) kind() (Kind, string) {
	e = e.settled()
	whole := e.typ == physInt32 || e.typ == physInt64
	wide := e.typ == physBytes || e.typ == physFixed
	name, odd := logicalNames[e.logical]
	switch {
	case e.typ < physBool || e.typ > physFixed:
		return Other, fmt.Sprintf("values of type %d, which is not known", e.typ)
	case e.typ == physFixed && e.width <= 0:
		return Other, fmt.Sprintf("values of %d bytes", e.width)
	case odd:
		return Other, name
	case e.converted == convertedInterval:
		return Other, "intervals"
	case (e.logical >= logicalPastLast || e.logical < 0) && e.typ == physBytes: // read as what it rests on, as the format says
		return Text, ""
	case e.logical == logicalNull:
		return Number, ""
	case e.logical == logicalDecimal && (whole || wide):
		if e.scale < 0 || e.scale > 2*mostDecimal+12 {
			return Other, fmt.Sprintf("decimals of %d places", e.scale)
		}
		return Number, ""
	case e.logical == logicalHalf && e.typ == physFixed && e.width == 2:
		return Number, ""
	case e.logical == logicalInteger && whole:
		return Number, ""
	case (e.logical == logicalString || e.logical == logicalEnum || e.logical == logicalJSON) && e.typ == physBytes:
		return Text, ""
	case e.logical != 0:
		return Other, fmt.Sprintf("%s values of logical type %d, which are not known", physNames[e.typ], e.logical)
	case e.typ == physBool:
		return Truth, ""
	case whole || e.typ == physFloat || e.typ == physDouble:
		return Number, ""
	case e.typ == physBytes: // as old writers have text
		return Text, ""
	}
	return Other, map[int]string{physInt96: "timestamps of 96 bits", physFixed: "bytes"}[e.typ]
}

// cells are values of a column as they are handed out.
type cells struct {
	numbers []float64
	texts   []string
}

// cells makes numbers or texts of values.
func (c *reading) cells(v raw) (cells, error) {
	if c.column.Kind == Text {
		return c.spelled(v.bytes)
	}
	if c.typ == physBytes || c.typ == physFixed {
		return c.wideNumbers(v.bytes)
	}
	out := make([]float64, len(v.bits))
	for i, b := range v.bits {
		if out[i] = c.number(b); !c.within(out[i]) {
			return cells{}, fmt.Errorf("%g where an integer of %d bits belongs", out[i], c.bits)
		}
		if c.column.Rounded == "" && c.typ == physInt64 {
			c.column.Rounded = c.lost(out[i], b)
		}
	}
	return cells{numbers: out}, nil
}

// lost names the kind of a number of 64 bits that the float64 made of it does not hold;
// empty where it does.
func (c *reading) lost(x float64, b uint64) string {
	n := new(big.Int).SetUint64(b)
	if !c.unsigned {
		n.SetInt64(int64(b))
	}
	return c.lostOf(x, n)
}

// lostOf is lost of a whole number, or of the digits of a decimal.
func (c *reading) lostOf(x float64, n *big.Int) string {
	switch {
	case math.Abs(x) < 1<<53:
		return ""
	case c.logical == logicalDecimal && c.scale > 0:
		return source.LostOf(new(big.Rat).SetFrac(n, tens(c.scale)), x)
	case !isWhole(x, n):
		return source.WholeNumbers
	}
	return ""
}

func isWhole(x float64, n *big.Int) bool {
	y, how := new(big.Float).SetInt(n).Float64()
	return how == big.Exact && x == y
}

// within reports whether a value is one of its type: integers of 8 and 16 bits
// stand as ones of 32.
func (c *reading) within(x float64) bool {
	if c.logical != logicalInteger || c.bits != 8 && c.bits != 16 {
		return true
	}
	most := math.Ldexp(1, c.bits)
	if c.unsigned {
		return x < most
	}
	return -most/2 <= x && x < most/2
}

// number is a value of 64 bits or fewer.
func (c *reading) number(b uint64) float64 {
	switch {
	case c.typ == physBool:
		return float64(b)
	case c.typ == physFloat:
		return float64(math.Float32frombits(uint32(b)))
	case c.typ == physDouble:
		return math.Float64frombits(b)
	case c.logical == logicalInteger && c.unsigned && c.typ == physInt32:
		return float64(uint32(b))
	case c.logical == logicalInteger && c.unsigned:
		return float64(b)
	case c.logical != logicalDecimal || c.scale == 0:
		return float64(int64(b))
	case int64(b) < 1<<53 && int64(b) > -1<<53 && c.scale <= 22: // both exact, so that the quotient is rounded once
		return float64(int64(b)) / math.Pow10(c.scale)
	}
	return decimal(big.NewInt(int64(b)), c.scale)
}

// decimal is n / 10^scale, rounded once.
func decimal(n *big.Int, scale int) float64 {
	x, _ := new(big.Rat).SetFrac(n, tens(scale)).Float64()
	return x
}

// tens is 10^scale.
func tens(scale int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
}

func (c *reading) wideNumbers(v [][]byte) (cells, error) {
	out := make([]float64, len(v))
	for i, b := range v {
		switch {
		case c.logical == logicalHalf:
			out[i] = half(uint16(b[0]) | uint16(b[1])<<8)
		case len(b) > mostDecimal:
			return cells{}, fmt.Errorf("a decimal number of %d bytes, more than %d", len(b), mostDecimal)
		default:
			n := twosComplement(b)
			out[i] = decimal(n, c.scale)
			if c.column.Rounded == "" {
				c.column.Rounded = c.lostOf(out[i], n)
			}
		}
	}
	return cells{numbers: out}, nil
}

// twosComplement is a whole number whose highest byte comes first.
func twosComplement(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// half is a floating-point number of 16 bits (IEEE 754, binary16).
func half(h uint16) float64 {
	sign, exp, frac := 1-2*float64(h>>15), int(h>>10&31), float64(h&1023)
	switch exp {
	case 0:
		return sign * math.Ldexp(frac, -24)
	case 31:
		if frac != 0 {
			return math.NaN()
		}
		return sign * math.Inf(1)
	}
	return sign * math.Ldexp(1024+frac, exp-25)
}

// spelled makes texts of bytes; equal ones share their bytes.
func (c *reading) spelled(v [][]byte) (cells, error) {
	out := make([]string, len(v))
	for i, b := range v {
		s, ok := c.known[string(b)]
		if !ok {
			if s = string(b); !utf8.ValidString(s) {
				return cells{}, notText{s}
			}
			c.known[s] = s
		}
		out[i] = s
	}
	return cells{texts: out}, nil
}

// notText is the error of bytes that should be text.
type notText struct{ bytes string }

func (e notText) Error() string {
	return fmt.Sprintf("a text is not UTF-8: %q", e.bytes[:min(len(e.bytes), 40)])
}
