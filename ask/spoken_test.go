package ask

import "testing"

// Settings are called as they are here, and command lines are left to be copied.
func TestSpoken(t *testing.T) {
	a, err := Put("run", nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"--max-states is a count, and --option names one":                 "max_states is a count, and options names one",
		"run fewer (casus run isle --worlds 65536), or leave --until out": "run fewer (casus run isle --worlds 65536), or leave until out",
		"casus sweep run \"a b\" --part 1/2; --until is for others":       "casus sweep run \"a b\" --part 1/2; until is for others",
		"casus run isle --option a,b --view x, where --seed is 1":         "casus run isle --option a,b --view x, where seed is 1",
	} {
		if got := a.Spoken(text); got != want {
			t.Errorf("%q is %q and not %q", text, got, want)
		}
	}
}
