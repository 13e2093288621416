package law_test

import (
	"testing"

	"casus/catalog"
	"casus/law"
)

// The way a duty runs by its words. Pairs of rules that answer each other are
// the alliances of 1882, 1883 and 1892; Belgium and Ukraine promise nothing.
func TestDirection(t *testing.T) {
	m, problems := catalog.Instruments()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for address, want := range map[string]string{
		"NAT.5": "mutual", "TEU.42.7": "mutual", "KENSINGTON.1": "mutual", "CSTO.4": "mutual",
		"TRIPLE.2": "answered in the same article", "FR_RU.1": "answered in the same article", "AH_RO1883.2": "answered in the same article",
		"LONDON1839.7": "one way", "PARIS2026.SUPPORT": "one way", "EO14353.2": "one way", "UA_GBR.VIII": "one way", "LONDON1915.2": "one way",
		"UN.51": "", "BUDAPEST.1_3": "",
	} {
		a := m.Article(address)
		for i := range a.Rules {
			for j := range a.Rules[i].Thens {
				if got := law.Direction(a, &a.Rules[i], &a.Rules[i].Thens[j]); got != want {
					t.Errorf("%s, rule %d: %q, want %q", address, i+1, got, want)
				}
			}
		}
	}
}
