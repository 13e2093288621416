package source

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// WholeNumbers is the word of Lost for numbers without a fraction.
const WholeNumbers = "whole numbers"

// mostDigits is the length of a text from which it is not looked whether a float64 holds
// every digit: none holds more than 767.
const mostDigits = 1024

// Lost names the kind of number whose text says another than the float64 that it was
// read as, at or above 2^53; empty where nothing is lost. Nothing is lost of a decimal that is the shortest of its
// float64, as programs write them.
func Lost(text string, x float64) string {
	switch {
	case !(math.Abs(x) >= 1<<53) || math.IsInf(x, 0):
		return ""
	case len(text) > mostDigits: // reckoning with so many would take as long as their square
		return "numbers"
	}
	if n, whole := new(big.Int).SetString(strings.ReplaceAll(text, ",", ""), 10); whole {
		if y, how := new(big.Float).SetInt(n).Float64(); how != big.Exact || x != y {
			return WholeNumbers
		}
		return ""
	}
	for _, plain := range []string{strings.ReplaceAll(text, ",", ""), strings.ReplaceAll(text, ",", ".")} {
		plain = strings.NewReplacer("−", "-", "D", "e", "d", "e").Replace(plain)
		said, ok := new(big.Rat).SetString(plain)
		if y, err := strconv.ParseFloat(plain, 64); !ok || err != nil || x != y {
			continue
		}
		return LostOf(said, x)
	}
	return ""
}

// LostOf is Lost of a decimal that stands as a fraction: of one of a fixed number of
// places, say.
func LostOf(said *big.Rat, x float64) string {
	if !(math.Abs(x) >= 1<<53) || math.IsInf(x, 0) {
		return ""
	}
	shortest, _ := new(big.Rat).SetString(strconv.FormatFloat(x, 'g', -1, 64))
	switch {
	case said.Cmp(shortest) == 0 || said.Cmp(new(big.Rat).SetFloat64(x)) == 0:
		return ""
	case said.IsInt():
		return WholeNumbers
	}
	return "numbers"
}
