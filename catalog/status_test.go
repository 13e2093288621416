package catalog_test

import (
	"strings"
	"testing"
)

// What is called verified says of no part of itself that it rests on memory.
func TestVerifiedRestsOnNoMemory(t *testing.T) {
	told := func(address, status string, words ...string) {
		for _, w := range words {
			if status == "verified" && strings.Contains(w, "memory") {
				t.Errorf("%s is called verified, and says %q", address, w)
			}
		}
	}
	for _, in := range instruments(t).Instruments {
		told(in.ID, in.Status, append([]string{in.EndedWhy, in.Exit}, in.Notes...)...)
		for _, a := range in.Articles {
			told(a.Address, a.Status, a.Notes...)
		}
		for _, p := range in.Parties {
			told(in.ID+" "+p.State, p.Status, p.Why)
		}
	}
}
