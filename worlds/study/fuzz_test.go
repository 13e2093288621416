package study_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/lang/source"
	"casus/show"
	"casus/worlds/study"
)

// FuzzRead reads records whose manifest or rows were tampered with: an error of
// one line that names the folder, or a record that every width can report.
func FuzzRead(f *testing.F) {
	good := written(f, run(f, load(f), study.Plan{Worlds: 3, Options: []string{"pledge"}, Views: []string{"dove"}}))
	manifest, rows := good["manifest.json"], good["measures.parquet"]
	f.Add([]byte(manifest), []byte(rows))
	f.Add([]byte(`{"version": 1, "worlds_per_view": 1}`), []byte(rows))
	f.Add([]byte(manifest), []byte(rows[:len(rows)/2]))
	for _, c := range [][2]string{
		{`"partial": false`, `"partial": true`},
		{`"chains": [`, `"chains": null, "was": [`},
		{`"links": [`, `"links": null, "was": [`},
		{`"legal": [`, `"legal": null, "was": [`},
		{`"answers": [`, `"answers": null, "was": [`},
		{`"checks": [`, `"checks": null, "was": [`},
		{`"history": [`, `"history": null, "was": [`},
		{`"options": [`, `"options": null, "was": [`},
		{`"views": [`, `"views": [null], "was": [`},
		{`"results": [`, `"results": [], "was": [`},
		{`"implied_median": 0`, `"implied_median": null, "was": 0`},
		{`"baseline": "nothing"`, `"baseline": ""`},
		{`"unit": "probability"`, `"unit": ""`},
	} {
		if !strings.Contains(manifest, c[0]) {
			f.Fatalf("the manifest lacks %s", c[0])
		}
		f.Add([]byte(strings.ReplaceAll(manifest, c[0], c[1])), []byte(rows))
	}
	f.Fuzz(func(t *testing.T, manifest, rows []byte) {
		folder := t.TempDir()
		for name, text := range map[string][]byte{"manifest.json": source.Seal(manifest), "measures.parquet": rows} {
			if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		r, err := study.Read(folder)
		if err != nil {
			if r != nil || !strings.HasPrefix(err.Error(), folder) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("error %q", err)
			}
			return
		}
		for _, width := range []int{0, 60, 200} {
			var out bytes.Buffer
			if err := show.Text(&out, r, show.Layout{Width: width}); err != nil {
				t.Fatal(err)
			}
			if r.Partial && !strings.HasPrefix(out.String(), "PARTIAL") {
				t.Error("a partial record is not labelled")
			}
		}
	})
}
