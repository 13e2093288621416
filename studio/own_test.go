package studio

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"casus/ask"
)

// A case of one's own can be changed before it was run and after, by whatever words it
// is asked for: those it was opened with, its own name, its path, that of its record.
// The pages of its record lead back to the folder it lies in, wherever that is.
func TestOwnCaseStaysOnesOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	for about, folder := range map[string]string{"./isle": "isle", "isle": "isle", "far/isle/": "far/isle", "far/other": "far/other", "isle/isle.casus": "isle"} {
		t.Run(strings.ReplaceAll(about, "/", "_"), func(t *testing.T) {
			t.Chdir(t.TempDir())
			if _, err := (ask.New{Folder: folder}).Answer(ask.Told{}); err != nil {
				t.Fatal(err)
			}
			name, record := filepath.Base(folder), "casus-records/"+filepath.Base(folder)
			s := New(about)
			writable(t, s, "/text", about)
			run(t, ask.Words{"case": {about}, "worlds": {"8"}, "record": {record}})
			s.forget()
			for _, s := range []*Studio{s, New(about)} { // gone on with, and begun anew
				for _, path := range []string{"/text", "/text?case=" + url.QueryEscape(about), "/text?case=" + name, "/text?case=./" + folder, "/text?case=" + url.QueryEscape(record)} {
					if strings.Contains(about, ".casus") && strings.HasPrefix(path, "/text?case=./") {
						continue // the folder is not what was opened
					}
					writable(t, s, path, about)
				}
				_, page := get(t, s, "/report?record="+url.QueryEscape(record))
				if to := "/text?" + (url.Values{"case": {about}}).Encode(); !strings.Contains(charts.Replace(page), to) {
					t.Errorf("its record does not lead to %s", to)
				}
			}
			if _, page := get(t, New("ukraine"), "/text?case=./"+folder); !strings.Contains(page, "readonly") || strings.Contains(page, "--like") {
				t.Error("a page about another case lets it be changed, or takes it for one that ships")
			}
		})
	}
}

func run(t *testing.T, words ask.Words) {
	t.Helper()
	q, err := ask.PutWords("run", words)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Answer(t.Context(), ask.Told{}); err != nil {
		t.Fatal(err)
	}
}

func writable(t *testing.T, s *Studio, path, about string) {
	t.Helper()
	code, page := get(t, s, path)
	if code != 200 || strings.Contains(page, "readonly") || !strings.Contains(charts.Replace(page), `"case":"`+about+`"`) && !strings.Contains(charts.Replace(page), `name="case" value="`+about+`"`) {
		t.Errorf("of %s, %s: %d, it cannot be changed", about, path, code)
	}
}
