package source

import (
	"math"
	"strings"
	"testing"
)

// Of a number of very many digits it is not worked out which of them are lost, and of one
// that came to nothing none is.
func TestLostOfLongNumbers(t *testing.T) {
	digits := strings.Repeat("9", 1<<24)
	if got := Lost(digits, math.NaN()); got != "" {
		t.Errorf("of no number: %q", got)
	}
	if got := Lost(digits+"e-16777200", 1e16); got != "numbers" {
		t.Errorf("of many digits: %q", got)
	}
}
