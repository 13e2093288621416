package ask

import (
	"strings"
	"testing"
)

// A word stands for what has it as name, label or title, in capitals or not, or begins
// one of these alone; what begins several is asked back, and what means nothing stays.
func TestWordsOfACaseAreNames(t *testing.T) {
	m, problems, err := Load("ukraine")
	if err != nil || len(problems.Errors()) > 0 {
		t.Fatal(err, problems)
	}
	s := lexiconOf(m, m.Case("ukraine"))
	for _, c := range []struct {
		of         kind
		word, want string
	}{
		{s.options, "europe", "europe"},
		{s.options, "EUROPE", "europe"},
		{s.options, "European force", "europe"},
		{s.options, "european  FORCE", "europe"},
		{s.options, "“no settlement”", "no_settlement"},
		{s.options, "Membership in the Alliance", "membership"},
		{s.options, "memb", "membership"},
		{s.options, "m", "m"},
		{s.options, "marmalade", "marmalade"},
		{s.options, "", ""},
		{s.options, "euro", "option \"euro\" may be europe_word (European pledge), europe (European force)"},
		{s.views, "Deterrence", "deterrence"},
		{s.views, "restraint: ab", "abandonment"},
		{s.views, "restraint", `view "restraint" may be entrapment (Restraint: entrapment) or abandonment (Restraint: abandonment): say which`},
		{s.measures, "Peace", "peace"},
		{s.measures, "Years of peace", "peace"},
		{s.measures, "USA at war", "us_then"}, // as the first screen has it
		{s.measures, "usa", "us_then"},
		{s.measures, "us_war", "us_war"},
		{s.measures, "United States at war with Russia", "us_war"},
		{s.measures, "nuclear_", `measure "nuclear_" may be nuclear_then (`},
		{s.views, "deterrence theory", "deterrence"},
		{s.views, "the school of deterrence", "deterrence"},
		{s.views, "Entrapment school", "entrapment"},
		{s.views, "theory", "theory"},
	} {
		got, err := c.of.named(c.word)
		if err != nil {
			got = err.Error()
		}
		if !(got == c.want || err != nil && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s %q: %q, want %q", c.of.what, c.word, got, c.want)
		}
	}
}

// A name that the first screen has over another measure is told apart from it; a label
// that leads to what the screen shows needs no word.
func TestWordsOfTheScreenAreToldApart(t *testing.T) {
	m, problems, err := Load("ukraine")
	if err != nil || len(problems.Errors()) > 0 {
		t.Fatal(err, problems)
	}
	for word, want := range map[string]string{
		"peace":      "peace is asked about: years of peace; what the first screen calls peace is peace_then: years of peace, of those that follow",
		"Peace":      "peace is asked about: years of peace; what the first screen calls peace is peace_then: years of peace, of those that follow",
		"peace_then": "", "USA at war": "", "us_war": "", "marmalade": "",
	} {
		said := ""
		s := lexiconOf(m, m.Case("ukraine")).heard(Told{Say: func(text string) { said += text }})
		if _, err := s.measures.named(word); err != nil {
			t.Errorf("%q: %v", word, err)
		}
		if said != want {
			t.Errorf("%q: %q, want %q", word, said, want)
		}
	}
}
