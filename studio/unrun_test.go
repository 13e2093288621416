package studio

import (
	"net/http"
	"strings"
	"testing"
)

// A case without a crisis has nothing to run: no page of it offers that, and each says
// what can be asked in its place.
func TestNothingToRun(t *testing.T) {
	t.Chdir(t.TempDir())
	const why = "ase 1914 has no crisis, and only a crisis that is run leaves a record (casus run 1914 judges its course)"
	s := New("1914")
	for path, want := range map[string]int{"/": http.StatusOK, "/discover?case=1914": http.StatusBadRequest} {
		code, page := get(t, s, path)
		if code != want || !strings.Contains(page, why) || strings.Contains(page, "Run the case") || strings.Contains(page, "run the case first") {
			t.Errorf("%s: %d\n%s", path, code, page)
		}
	}
	if code, page := get(t, New("estonia"), "/"); code != http.StatusOK || !strings.Contains(page, "Run the case") || strings.Contains(page, "cannot be run") {
		t.Errorf("a case with a crisis: %d\n%s", code, page)
	}
}
