package catalog_test

import (
	"math"
	"testing"

	"casus/data"
)

// The count that holdout_rate rests on: six rounds of accession since 1997, of which two
// were held up by a member, with the exact interval of two in six as the ends.
func TestRoundsOfAccessionAreCounted(t *testing.T) {
	m := instruments(t)
	since, _ := data.ParseDay("1997-01-01")
	rounds, longest, next := map[data.Day]bool{}, "", map[string]int{}
	for _, p := range m.Instrument("NAT").Parties {
		if p.Signed < since {
			continue
		}
		rounds[p.Signed] = true
		next[p.State] = int(p.From - p.Signed)
		if next[p.State] > next[longest] {
			longest = p.State
		}
	}
	if len(rounds) != 6 || longest != "SWE" || next["SWE"] < 600 || next["POL"] > 460 {
		t.Errorf("%d rounds; the longest way from signature is that of %s: %v", len(rounds), longest, next)
	}
	atMost := func(p float64) float64 { // two of six or fewer
		q := 1 - p
		return math.Pow(q, 6) + 6*p*math.Pow(q, 5) + 15*p*p*math.Pow(q, 4)
	}
	atLeast := func(p float64) float64 { return 1 - math.Pow(1-p, 6) - 6*p*math.Pow(1-p, 5) }
	if low, high := atLeast(0.043), atMost(0.777); math.Abs(low-0.025) > 0.001 || math.Abs(high-0.025) > 0.001 {
		t.Errorf("2 of 6: 4.3 and 77.7 %% leave %.4f and %.4f outside, not 2.5 %% each", low, high)
	}
}
