package ask

import (
	"os"
	"path/filepath"
	"testing"
)

// A path at which nothing lies is told in our own words, with what may have been meant.
func TestNothingAtAPath(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll(filepath.Join("casus-records", "finland"), 0o755); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"casus-records/estonia": "casus-records/estonia: no such file or folder (casus run estonia writes it)",
		"casus-records/finlnd":  "casus-records/finlnd: no such file or folder (did you mean finland?)",
		"nowhere/x.casus":       "nowhere/x.casus: no such file or folder (there is no folder nowhere here)",
		"./x.casus":             "./x.casus: no such file or folder",
	} {
		_, _, err := Load(path)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}
