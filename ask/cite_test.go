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
	if _, err := (Cite{Addresses: []string{"USA at peas"}}).Answer(Told{}); err == nil {
		t.Error("what is called nothing was cited")
	}
}
