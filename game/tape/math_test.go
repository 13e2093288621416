package tape

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

const precision = 160

func bigFloat(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

// bigExp is e^x by its series at x/2^20, squared twenty times.
func bigExp(x float64) *big.Float {
	const halvings = 20
	r := new(big.Float).SetMantExp(bigFloat(x), -halvings)
	sum, term := bigFloat(1), bigFloat(1)
	for k := 1.0; k < 30; k++ {
		term.Mul(term, r)
		term.Quo(term, bigFloat(k))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum
}

// bigLog corrects our logarithm l once: log x = l + log(x·e^−l), where the last
// is tiny if l is any good. math.Log would not do: on amd64 it is wrong for
// subnormal numbers.
func bigLog(x float64) *big.Float {
	l := log(x)
	d := bigExp(-l)
	d.Mul(d, bigFloat(x))
	d.Sub(d, bigFloat(1))
	square := new(big.Float).Mul(d, d)
	square.Quo(square, bigFloat(2))
	d.Sub(d, square)
	return d.Add(d, bigFloat(l))
}

// ulps is the distance of x from exact in units of exact's last place.
func ulps(x float64, exact *big.Float) float64 {
	e, _ := exact.Float64()
	unit := math.Nextafter(math.Abs(e), math.Inf(1)) - math.Abs(e)
	d, _ := new(big.Float).Sub(bigFloat(x), exact).Float64()
	return math.Abs(d) / unit
}

func TestExpIsAccurate(t *testing.T) {
	worst := 0.0
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 6000 {
		x := r.Float64()*1453 - 744
		if i%2 == 0 {
			x = r.NormFloat64()
		}
		worst = max(worst, ulps(exp(x), bigExp(x)))
		if probLow < x && x <= 0 {
			worst = max(worst, ulps(weight(x), bigExp(x)))
		}
	}
	if worst > 1.1 {
		t.Errorf("%.3f units in the last place", worst)
	}
	t.Logf("worst error %.3f units in the last place", worst)
}

func TestLogIsAccurate(t *testing.T) {
	worst := 0.0
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 6000 {
		x := math.Ldexp(1+r.Float64(), r.IntN(2100)-1074)
		switch i % 3 {
		case 0:
			x = 0.5 + r.Float64()
		case 1:
			x = 1 + r.NormFloat64()*1e-3
		}
		if x > 0 && x <= math.MaxFloat64 {
			worst = max(worst, ulps(log(x), bigLog(x)))
		}
	}
	if worst > 1 {
		t.Errorf("%.3f units in the last place", worst)
	}
	t.Logf("worst error %.3f units in the last place", worst)
}

func TestPowIsAccurate(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		x, y := math.Exp(r.NormFloat64()), r.NormFloat64()*3
		want := math.Pow(x, y)
		if tolerance := (2 + math.Abs(y*math.Log(x))) * 0x1p-52; math.Abs(pow(x, y)-want) > tolerance*want {
			t.Fatalf("pow(%v, %v) = %v, want %v", x, y, pow(x, y), want)
		}
	}
}
