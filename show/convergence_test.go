package show

import (
	"math"
	"testing"
)

// An estimate has the digits its interval leaves it.
func TestPlusMinus(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		x, half float64
		percent bool
		want    string
	}{
		{0.3598, 0.0084, true, "35.98 ± 0.84"},
		{0.361, 0.025, true, "36.1 ± 2.5"},
		{12345, 678, false, "12345 ± 678"},
		{2.501, 0.069, false, "2.501 ± 0.069"},
		{-0.0001, 0.02, false, "0.000 ± 0.020"},
		{-0.31, 0.02, false, "-0.310 ± 0.020"},
		{0.5, 0, true, "50 ± 0"},
		{0, 0, false, "0 ± 0"},
		{0.5, nan, true, "50 ± ?"},
		{nan, nan, true, "–"},
		{1e-9, 1e-9, false, "≈0 ± ≈0"},
	} {
		if got := plusMinus(c.x, c.half, c.percent); got != c.want {
			t.Errorf("%v ± %v: %q, want %q", c.x, c.half, got, c.want)
		}
	}
}
