package source

import "testing"

// Of short names only one slip is taken for a mistake in typing.
func TestOneSlip(t *testing.T) {
	for _, c := range []struct {
		word, name string
		want       bool
	}{
		{"kiyv", "kyiv", true}, {"kyib", "kyiv", true}, {"Kiew", "Kiev", true}, {"saigonn", "saigon", true}, {"Frnce", "France", true}, {"berlinn", "Berlin", true},
		{"tiran", "Iran", false}, {"trent", "TRNC", false}, {"adowa", "doha", false}, {"hamas", "hatay", false}, {"xyiv", "kyiv", true},
	} {
		if got := OneSlip(c.word, c.name); got != c.want {
			t.Errorf("%s for %s: %v", c.word, c.name, got)
		}
	}
}
