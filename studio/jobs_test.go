package studio

import (
	"strings"
	"testing"
)

// What makes no sense whatever the case holds begins no job: it is refused at once,
// in the words of the command line.
func TestJobsAreRefusedAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("estonia")
	for path, c := range map[string]struct{ words, says string }{
		"/jobs/run":    {`{"case": "estonia", "worlds": 1000000000}`, "whole number from 1 to"},
		"/jobs/robust": {`{"case": "estonia", "worlds": 0}`, "whole number from 1 to"},
		"/jobs/sense":  {`{"case": "estonia", "workers": 100000000}`, "whole number from 1 to"},
		"/jobs/ladder": {`{"case": "estonia", "worlds": -1}`, "whole number from 1 to"},
		"/jobs/flip":   {`{"case": "estonia", "measure": "us_war", "between": ["as_it_stands"]}`, "two different options"},
	} {
		if code, says := post(t, s, path, c.words); code != 400 || !strings.Contains(says, c.says) {
			t.Errorf("%s %s: %d %s", path, c.words, code, says)
		}
	}
	if len(s.jobs.all) > 0 {
		t.Errorf("%d jobs were begun", len(s.jobs.all))
	}
}
