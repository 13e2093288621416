package source

import (
	"strings"
	"testing"
)

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

// A name that nobody knows is told the nearest, or which there are: of very many the first.
func TestAmong(t *testing.T) {
	many := strings.Split(strings.Repeat("word ", MostNamed+1)+"last", " ")
	for _, c := range []struct {
		name  string
		known []string
		want  string
	}{
		{"wra", []string{"war", "peace"}, "did you mean war?"},
		{"other", []string{"war", "peace"}, "there are war, peace"},
		{"other", []string{"war"}, "the only one is war"},
		{"other", nil, "there are none"},
		{"other", many, "there are " + strings.Repeat("word, ", MostNamed/2-1) + "word and 17 more"},
	} {
		if got := Among(c.name, c.known); got != c.want {
			t.Errorf("%q among %q: %q, want %q", c.name, c.known, got, c.want)
		}
	}
}
