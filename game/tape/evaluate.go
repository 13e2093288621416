package tape

import "math"

// negativeZero is the neutral element of addition: x + (−0) is x to the bit,
// also for x = ±0.
var negativeZero = math.Copysign(0, -1)

// evaluate computes one operation in one world, out of the definitions in
// math.go.
func evaluate(k kind, x, out []float64) {
	switch k {
	case kNeg:
		out[0] = -x[0]
	case kExp:
		out[0] = exp(x[0])
	case kLog:
		out[0] = log(x[0])
	case kSqrt:
		out[0] = math.Sqrt(x[0])
	case kAdd:
		out[0] = x[0] + x[1]
	case kSub:
		out[0] = x[0] - x[1]
	case kMul:
		out[0] = x[0] * x[1]
	case kDiv:
		out[0] = x[0] / x[1]
	case kPow:
		out[0] = pow(x[0], x[1])
	case kMin:
		out[0] = minimum(x[0], x[1])
	case kMax:
		out[0] = maximum(x[0], x[1])
	case kLess:
		out[0] = less(x[0], x[1])
	case kSelect:
		out[0] = choose(x[0], x[1], x[2])
	case kSum:
		out[0] = sum(x)
	case kDot:
		out[0] = dot(x[0], x[1:])
	case kSoftmax:
		softmax(x[0], x[1:], out)
	default:
		panic("tape: no value for " + k.String())
	}
}

func sum(x []float64) float64 {
	s := x[0]
	for _, v := range x[1:] {
		s += v
	}
	return s
}
