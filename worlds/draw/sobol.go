package draw

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// joeKuo holds the direction numbers, with their authors and licence.
//
//go:embed joe_kuo.txt
var joeKuo string

// MaxSobolDims is the number of dimensions Sobol knows.
const MaxSobolDims = 1111

// digitsSobol is the number of binary digits of an unscrambled point.
const digitsSobol = 32

// Sobol gives the first n Sobol' points (Sobol' 1967) in dims dimensions, with
// the direction numbers of Joe and Kuo (2008), in Gray code order (Antonov and
// Saleev 1979): result[j][i] is coordinate j of point i. The dimensions are
// chosen together, so this is the design for a fixed list of inputs, such as
// Saltelli's; a dimension belongs to a position, not to a name.
//
// With a nil scramble the points are the classical ones, multiples of 2⁻³² with
// the origin as the first; keep the origin, or the strata are no longer filled
// evenly (Owen 2020), and mind that 0 is not inside (0, 1). With a stream they
// are Owen-scrambled exactly, each dimension independently, and lie in (0, 1).
// Dimension j depends neither on dims nor on n.
//
// Best with n a power of two. It is an error to ask for more than MaxSobolDims
// dimensions or 2³¹ points; zero of either gives an empty result.
func Sobol(dims, n int, scramble *Stream) ([][]float64, error) {
	if dims < 0 || dims > MaxSobolDims {
		return nil, fmt.Errorf("sobol points have 0 to %d dimensions, got %d", MaxSobolDims, dims)
	}
	if n < 0 || int64(n) > maxWorlds {
		return nil, fmt.Errorf("sobol wants 0 to %d points, got %d", int64(maxWorlds), n)
	}
	points := make([][]float64, dims)
	for j, v := range directions(dims) {
		if scramble == nil {
			points[j] = grayPoints(v, n)
		} else {
			points[j] = scrambledPoints(v, n, *scramble, uint64(j))
		}
	}
	return points, nil
}

// grayPoints walks the Gray code: point i differs from the one before by the
// direction number of the lowest set bit of i.
func grayPoints(v [digitsSobol]uint32, n int) []float64 {
	xs := make([]float64, n)
	x := uint32(0)
	for i := 1; i < n; i++ {
		x ^= v[bits.TrailingZeros(uint(i))]
		xs[i] = float64(x) * 0x1p-32
	}
	return xs
}

// scrambledPoints scrambles as digits does: the point that shares the first m
// digits with point i, and differs in the next, is i with a mask turned over.
func scrambledPoints(v [digitsSobol]uint32, n int, s Stream, dim uint64) []float64 {
	words := make([]uint64, n)
	s.row(useTree+dim).Fill(words, 0)
	masks := siblings(v)
	for i := 1; i < n; i++ {
		m := bits.Len(uint(i)) - 1
		words[i] = graft(words[uint32(i)^masks[m]], words[i], m)
	}
	return opens(words)
}

// siblings gives, for each m, the mask that leads from a Gray code position
// i in 2^m … 2^(m+1)−1 to the earlier position whose point agrees with point i
// in m digits. The reflected position, i with its last m+1 bits turned over,
// uses the same direction numbers but v[m]; the directions below m that add up
// to the first m digits of v[m] make good for it. They are found from the last
// digit up: digit k+1 occurs in v[k] and in no direction before it.
func siblings(v [digitsSobol]uint32) [digitsSobol]uint32 {
	var masks [digitsSobol]uint32
	for m := range masks {
		code := uint32(0)
		for left, k := v[m], m-1; k >= 0; k-- {
			if left>>(31-k)&1 == 1 {
				left ^= v[k]
				code |= 1 << k
			}
		}
		masks[m] = fromGray(code) ^ (1<<(m+1) - 1)
	}
	return masks
}

// fromGray gives the position of a Gray code.
func fromGray(code uint32) uint32 {
	for shift := 1; shift < 32; shift *= 2 {
		code ^= code >> shift
	}
	return code
}

// directions reads the direction numbers of the first dims dimensions.
func directions(dims int) [][digitsSobol]uint32 {
	all := make([][digitsSobol]uint32, 0, dims)
	if dims > 0 {
		all = append(all, extend(1, nil))
	}
	for line := range strings.Lines(joeKuo) {
		if len(all) == dims {
			break
		}
		if numbers := numbersOf(line); len(numbers) > 0 {
			all = append(all, extend(numbers[0], numbers[1:]))
		}
	}
	return all
}

func numbersOf(line string) []uint32 {
	if strings.HasPrefix(line, "#") {
		return nil
	}
	var numbers []uint32
	for field := range strings.FieldsSeq(line) {
		n, err := strconv.ParseUint(field, 10, 32)
		if err != nil {
			panic("draw: joe_kuo.txt: " + err.Error())
		}
		numbers = append(numbers, uint32(n))
	}
	return numbers
}

// extend continues the initial numbers by the recurrence of the primitive
// polynomial (Bratley and Fox 1988), v[k] being m[k] shifted to the left end:
// v[k] has its 1 of lowest weight in digit k+1, so a dimension is a
// (0,1)-sequence in base 2. No initial numbers: the van der Corput sequence.
func extend(polynomial uint32, initial []uint32) [digitsSobol]uint32 {
	var v [digitsSobol]uint32
	degree := len(initial)
	for k := range v {
		switch {
		case degree == 0:
			v[k] = 1 << (31 - k)
		case k < degree:
			v[k] = initial[k] << (31 - k)
		default:
			v[k] = v[k-degree] ^ v[k-degree]>>degree
			for j := 1; j < degree; j++ {
				v[k] ^= v[k-j] * (polynomial >> (degree - j) & 1)
			}
		}
	}
	return v
}
