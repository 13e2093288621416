package studio

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casus/show"
	"casus/worlds/inquiry"
)

// The page of the ladder shows each number that the API gives, step by step, and leads
// to the game.
func TestLadderSaysWhatTheAPISays(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	s := New("ukraine")
	query := url.Values{"case": {"estonia"}, "options": {"as_it_stands"}, "worlds": {"16"}}.Encode()
	code, page := get(t, s, "/ladder?"+query)
	if code != http.StatusOK {
		t.Fatalf("%d\n%.400s", code, page)
	}
	code, text := get(t, s, "/api/ladder?"+query)
	var l inquiry.Ladder
	if err := json.Unmarshal([]byte(text), &l); err != nil || code != 200 || len(l.Options) != 1 || len(l.Rungs) < 10 {
		t.Fatalf("%d %v, %d rungs", code, err, len(l.Rungs))
	}
	for _, orphan := range []string{"the challenger", "the protege", "the patron", "responders"} {
		if strings.Contains(page, orphan) {
			t.Errorf("the page says %q, and not who that is", orphan)
		}
	}
	shown := 0
	for i, rung := range l.Rungs {
		if !l.Options[0].Telling(i) {
			continue
		}
		shown++
		for _, row := range show.LadderRows(l.Options[0], i) {
			if cells := "<th scope=\"row\">" + row[0] + "</th><td>" + strings.Join(row[1:], "</td><td>") + "</td>"; !strings.Contains(charts.Replace(page), charts.Replace(strings.ReplaceAll(cells, "<0.01", "&lt;0.01"))) {
				t.Errorf("%s: %s is not on the page", rung.Rung, cells)
			}
		}
	}
	if shown == 0 || !strings.Contains(page, `href="/walk?`) || !strings.Contains(page, `href="/reach?`) {
		t.Errorf("%d steps are shown; the game is not led to", shown)
	}
	if to := begun(t, s, "/ladder?case=estonia"); to.Query().Get("options") != "as_it_stands" {
		t.Errorf("without an option it leads to %s", to)
	}
}
