package ask

import "testing"

// A measure is cited by the label that stands over its column, too; of two measures of
// one label it is the one of the first screen.
func TestAMeasureIsCitedByItsLabel(t *testing.T) {
	for words, want := range map[string]string{"USA at war": "us_then", "usa at WAR": "us_then", "years of peace": "peace"} {
		c, err := Cite{Addresses: []string{words}}.Answer(Told{})
		if err != nil || len(c.Cited) != 1 || c.Cited[0].Address != want {
			t.Errorf("%s: %v, want %s", words, err, want)
		}
	}
	for words, want := range map[string]string{
		"Kiev": "kyiv", "Danzig": "danzig", "Baltic states": "BAL", "estonia.disputes": "disputes",
		"United States at war with Russia after the settlement":                       "us_then",
		"a clash with responders' forces, for each dispute on a line of a recent war": "clash_chance",
	} {
		c, err := Cite{Addresses: []string{words}}.Answer(Told{})
		if err != nil || len(c.Cited) == 0 || c.Cited[0].Address != want {
			t.Errorf("%s: %v, want %s", words, err, want)
		}
	}
	if _, err := (Cite{Addresses: []string{"USA at peas"}}).Answer(Told{}); err == nil {
		t.Error("what is called nothing was cited")
	}
}

// A name that a state bears today is no name of other days only, whatever other states
// bore it.
func TestANameOfTodayHasNoNoteOfItsDays(t *testing.T) {
	for name, noted := range map[string]bool{"Germany": false, "Russia": false, "Soviet Union": true} {
		c, err := Cite{Addresses: []string{name}}.Answer(Told{})
		if err != nil || len(c.Warnings) > 0 != noted {
			t.Errorf("%s: %v, %+v", name, err, c)
		}
	}
}
