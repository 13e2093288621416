package study_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"casus/show"
	"casus/worlds/study"
)

func text(t testing.TB, r *study.Record, width int) string {
	t.Helper()
	var b bytes.Buffer
	if err := show.Text(&b, r, show.Layout{Width: width}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// words are those of a report, one blank apart.
func words(report string) string { return strings.Join(strings.Fields(report), " ") }

// record writes the record of a run of the tiny case into a new folder.
func record(t testing.TB, p study.Plan) (*study.Record, string) {
	t.Helper()
	r := run(t, load(t), p)
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	return r, folder
}

// A record read again makes the report that was made when it was fresh.
func TestReadAgain(t *testing.T) {
	plans := map[string]study.Plan{
		"all":       {},
		"one world": {Worlds: 1},
		"one view":  {Views: []string{"hawk"}},
		"alone":     {Options: []string{"pledge"}, Design: "lhs"},
	}
	for name, p := range plans {
		t.Run(name, func(t *testing.T) {
			r, folder := record(t, p)
			same(t, r, folder)
			same(t, r, filepath.Join(folder, "manifest.json"))
		})
	}
	t.Run("partial", func(t *testing.T) {
		r, err := cancelAfter(t, load(t), 16)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Join(t.TempDir(), "record")
		if err := r.Write(folder); err != nil {
			t.Fatal(err)
		}
		if again := same(t, r, folder); !again.Partial {
			t.Error("read again, the record is not partial")
		}
	})
}

func same(t *testing.T, r *study.Record, name string) *study.Record {
	t.Helper()
	again, err := study.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{60, 80, 200} {
		if fresh, read := text(t, r, width), text(t, again, width); fresh != read {
			t.Errorf("width %d: read again, the report differs\nfresh:\n%s\nread:\n%s", width, fresh, read)
		}
	}
	for i, x := range r.Results {
		for v := range x.Views {
			if !equal(x.Views[v].Values, again.Results[i].Views[v].Values) {
				t.Errorf("option %s, view %s: other values", x.Option, x.Views[v].View)
			}
		}
	}
	return again
}

// A view that makes the record very unlikely has its warning in every report:
// of the run, of the record read again, of each case it is held against.
func TestContradictedRecord(t *testing.T) {
	const second = "option as_it_was \"As it was\""
	m := load(t, second, `case before "Earlier still" {
  date 2010-01-01
  crisis quarrels
  role challenger = RUS
  role protege = LVA
  role friend = GBR, FRA
  horizon 2 years
  option as_it_was
  view dove, hawk
  record "made up too" { measure war_a_pair; events 0; trials 11; source S81 }
}
`+second, "against  past", "against  past, before")
	r := run(t, m, study.Plan{})
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	r = same(t, r, folder)
	if len(r.History) != 2 {
		t.Fatalf("held against %d cases, not 2", len(r.History))
	}
	k := slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == "war_a_pair" })
	if !r.Measures[k].Record {
		t.Error("war_a_pair is there for the record")
	}
	for _, h := range r.History {
		for v, c := range h.Checks {
			want := 0.0
			for _, p := range h.Result.Views[v].Values[k] {
				want += (math.Pow(1-p, float64(c.Trials)) + math.Pow(1-p, float64(max(c.Trials, c.TrialsHigh)))) / 2 / tinyWorlds
			}
			if math.Abs(float64(c.Likelihood)-want) > 1e-9 {
				t.Errorf("%s, %s: the record has a probability of %v, want %v", h.Case, c.View, c.Likelihood, want)
			}
			if c.Unlikely != (want < 0.05) {
				t.Errorf("%s, %s: unlikely %v at %v", h.Case, c.View, c.Unlikely, want)
			}
			if (c.View == "dove") != c.Unlikely {
				t.Errorf("%s: the tiny case is made so that dove, and it alone, contradicts the record; %s: %v", h.Case, c.View, want)
			}
		}
	}
	out := words(text(t, r, 200))
	for _, want := range []string{
		"View dove IS REFUTED BY THE RECORD.",
		"view dove is refuted by the record: it gives 0 of 12 to 14 (years of quarrels with members of the Alliance, made up)",
		"View dove CONTRADICTS THE RECORD.",
		"view dove contradicts the record: it gives 0 of 11 (made up too)",
		"0 in 12 to 14 (S81); 95 % upper bound 22 % a pair of years",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if len(r.Views[0].Warnings) != 3 || len(r.Views[1].Warnings) != 0 {
		t.Errorf("warnings of the views: %q, %q", r.Views[0].Warnings, r.Views[1].Warnings)
	}
	alone := run(t, m, study.Plan{Views: []string{"hawk"}})
	if strings.Contains(text(t, alone, 80), "CONTRADICTS") {
		t.Error("run without dove, nothing contradicts the record")
	}
}

// A case with a record of its own is held against it.
func TestOwnRecord(t *testing.T) {
	m := load(t)
	r, err := study.Run(t.Context(), m, m.Case("past"), study.Plan{Worlds: tinyWorlds, Seed: study.DefaultSeed}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.History) != 1 || !strings.Contains(text(t, r, 80), "View dove IS REFUTED BY THE RECORD.") {
		t.Errorf("held against %d cases:\n%s", len(r.History), text(t, r, 80))
	}
	if slices.ContainsFunc(r.Measures, func(m study.Measure) bool { return m.Record }) {
		t.Error("in its own case the measure of the record is one of the results")
	}
}

func TestOtherWarnings(t *testing.T) {
	out := words(text(t, run(t, load(t), study.Plan{Worlds: 8}), 200))
	for _, want := range []string{
		"• view dove: 7 of 8 assumptions rest on judgement alone",
		"• view hawk: 6 of 8 assumptions rest on judgement alone",
		"• view either: 6 of 8 assumptions rest on judgement alone",
		"• readings of law are mixed: PLEDGE.2 (depends) count as soft promises",
		"• not converged: in ",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q:\n%s", want, out)
		}
	}
}

// What a measure rests on is warned of where it is judgement alone, with what no school
// disputes.
func TestRestsOn(t *testing.T) {
	m := load(t,
		`measure war "war" probability, lower is better =`, `measure war "war" probability, lower is better, rests on thrashing and word and aid =`,
		`measure alone "a promise broken" probability, lower is better =`, `measure alone "a promise broken" probability, lower is better, rests on aid =`)
	out := words(text(t, run(t, m, study.Plan{Worlds: 8}), 200))
	if want := "• “war” rests on thrashing and word, judgement alone: one range of thrashing for every school, so that no column shows a dispute"; !strings.Contains(out, want) || strings.Contains(out, "“a promise broken” rests") {
		t.Errorf("the report lacks %q, or warns of what has a source:\n%s", want, out)
	}
}

// Other programs read the rows by the names of their columns.
func TestParquetByName(t *testing.T) {
	r, folder := record(t, study.Plan{Worlds: 20})
	rows := parquetRows(t, filepath.Join(folder, "measures.parquet"))
	if want := (2 + 1) * 3 * 20; len(rows) != want {
		t.Fatalf("%d rows of measures, want %d", len(rows), want)
	}
	names := []string{"option", "view", "world"}
	for _, m := range r.Measures {
		names = append(names, m.Name)
	}
	slices.Sort(names)
	if got := slices.Sorted(maps.Keys(rows[0])); !slices.Equal(got, names) {
		t.Fatalf("columns %v, want %v", got, names)
	}
	seen := map[string]int{}
	for _, row := range rows {
		option, view, world := string(row["option"].ByteArray()), string(row["view"].ByteArray()), int(row["world"].Int32())
		seen[option]++
		if strings.HasPrefix(option, "past/") {
			continue
		}
		for k, m := range r.Measures {
			got, want := row[m.Name].Double(), values(t, r, option, view)[k][world]
			if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("option %s, view %s, world %d: %s is %v, want %v", option, view, world, m.Name, got, want)
			}
		}
	}
	if !maps.Equal(seen, map[string]int{"nothing": 60, "pledge": 60, "past/as_it_was": 60}) {
		t.Errorf("rows by option: %v", seen)
	}
	rows = parquetRows(t, filepath.Join(folder, "worlds.parquet"))
	if want := 3 * 20; len(rows) != want {
		t.Fatalf("%d rows of worlds, want %d", len(rows), want)
	}
	for _, row := range rows {
		for k, n := range r.Numbers {
			view, world := string(row["view"].ByteArray()), row["world"].Int32()
			if got, want := row[n.Name].Double(), r.Draws[view][k][world]; got != want {
				t.Errorf("view %s, world %d: %s is %v, want %v", view, world, n.Name, got, want)
			}
		}
	}
}

func parquetRows(t *testing.T, name string) []map[string]parquet.Value {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]parquet.Value
	for _, g := range file.RowGroups() {
		in := g.Rows()
		batch := make([]parquet.Row, int(g.NumRows())+1)
		n, _ := in.ReadRows(batch)
		for _, row := range batch[:n] {
			named := map[string]parquet.Value{}
			for i, path := range file.Schema().Columns() {
				named[path[0]] = row[i].Clone()
			}
			out = append(out, named)
		}
		in.Close()
	}
	return out
}

// contents are the files below a folder, by name.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(p)
		out[strings.TrimPrefix(p, folder+"/")] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A record replaces a record, wholly, and a slash at the end is no other name.
func TestWriteReplaces(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "deep", "record")
	first, second := run(t, load(t), study.Plan{Worlds: 8}), run(t, load(t), study.Plan{Worlds: 9})
	for _, r := range []*study.Record{first, second} {
		if err := r.Write(folder + "/"); err != nil {
			t.Fatal(err)
		}
	}
	again, err := study.Read(folder)
	if err != nil || again.Worlds != 9 {
		t.Fatalf("read %+v, %v", again, err)
	}
	if got := slices.Sorted(maps.Keys(contents(t, parent))); !slices.Equal(got, []string{"deep/record/manifest.json", "deep/record/measures.parquet", "deep/record/worlds.parquet"}) {
		t.Errorf("files: %v", got)
	}
	info, err := os.Stat(folder)
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("the folder has mode %v, %v", info.Mode(), err)
	}
}

// What is no record is not replaced, nor touched.
func TestWriteRefuses(t *testing.T) {
	r := run(t, load(t), study.Plan{Worlds: 8})
	parent := t.TempDir()
	put := func(name, text string) {
		name = filepath.Join(parent, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("thesis/chapter1.tex", "words")
	put("mixed/manifest.json", "{}")
	put("mixed/notes.txt", "words")
	put("nested/manifest.json/x", "words")
	put("file", "words")
	if err := os.Mkdir(filepath.Join(parent, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	before := contents(t, parent)
	for name, want := range map[string]string{
		"thesis":       "holds chapter1.tex, which is no part of a record: choose another folder",
		"mixed":        "holds notes.txt, which is no part of a record: choose another folder",
		"nested":       "holds manifest.json, which is no part of a record: choose another folder",
		"file":         "is a file: choose another folder",
		"file/record":  "not a directory",
		"thesis/../..": "holds ",
	} {
		folder := parent + "/" + name
		err := r.Write(folder)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), filepath.Clean(folder)) && name != "file/record" {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	if !maps.Equal(contents(t, parent), before) {
		t.Error("a refused write changed files")
	}
	if err := r.Write(filepath.Join(parent, "empty")); err != nil {
		t.Errorf("an empty folder may become a record: %v", err)
	}
	t.Chdir(filepath.Join(parent, "thesis"))
	for _, here := range []string{".", "..", "./"} {
		if err := r.Write(here); err == nil || !strings.Contains(err.Error(), "choose another folder") {
			t.Errorf("%s: %v", here, err)
		}
	}
}

// A folder that cannot be written leaves nothing behind, and a record that is
// there as it was.
func TestWriteFails(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	r, folder := record(t, study.Plan{Worlds: 8})
	parent := filepath.Dir(folder)
	before := contents(t, parent)
	if err := os.Chmod(parent, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(parent, 0o755)
	if err := r.Write(folder); err == nil {
		t.Error("written into a folder that may not be written")
	}
	if !maps.Equal(contents(t, parent), before) {
		t.Error("a failed write changed files")
	}
}

// manifest edits the manifest of a record as JSON.
func manifest(t *testing.T, folder string, change func(m map[string]any)) {
	t.Helper()
	name := filepath.Join(folder, "manifest.json")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	change(m)
	if text, err = json.Marshal(m); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// at walks into JSON by names and numbers.
func at(x any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			x = x.(map[string]any)[p]
		case int:
			x = x.([]any)[p]
		}
	}
	return x
}

// No change of one character of a manifest, and of no byte of a table, passes for what
// was written, whatever it leaves possible.
func TestChangedManifest(t *testing.T) {
	_, folder := record(t, study.Plan{Worlds: 8})
	for file, every := range map[string]int{"manifest.json": 997, "measures.parquet": 61, "worlds.parquet": 61} {
		name := filepath.Join(folder, file)
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for at := 5; at < len(text); at += every {
			harmed := bytes.Clone(text)
			harmed[at] ^= 1
			if err := os.WriteFile(name, harmed, 0o644); err != nil {
				t.Fatal(err)
			}
			r, err := study.Read(folder)
			if err == nil {
				err = r.ReadDraws(folder)
			}
			if err == nil || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s with byte %d changed: %v", file, at, err)
			}
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Every corrupt or foreign record is one line with its path.
func TestCorrupt(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	set := func(name string, value any, path ...any) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			manifest(t, folder, func(m map[string]any) { at(m, path...).(map[string]any)[name] = value })
		}
	}
	cut := func(name string, keep float64) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			name := filepath.Join(folder, name)
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(name, int64(keep*float64(info.Size()))); err != nil {
				t.Fatal(err)
			}
		}
	}
	write := func(name, text string) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(name string) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			if err := os.Remove(filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name string
		harm func(*testing.T, string)
		want string // after the folder
	}{
		{"no manifest", remove("manifest.json"), ": no record here (a record is a folder with manifest.json)"},
		{"manifest cut in half", cut("manifest.json", 0.5), "/manifest.json: not the manifest of a record: unexpected end of JSON input"},
		{"manifest empty", write("manifest.json", ""), "/manifest.json: not the manifest of a record: unexpected end of JSON input"},
		{"manifest no JSON", write("manifest.json", "PK\x03\x04"), "/manifest.json: not the manifest of a record: invalid character 'P' looking for beginning of value"},
		{"JSON of another shape", write("manifest.json", `["a"]`), "/manifest.json: not the manifest of a record: JSON that is no object but of kind array"},
		{"JSON of something else", write("manifest.json", `{"name": "left-pad", "version": 7}`), "/manifest.json: record of version 7; this program reads version 1"},
		{"JSON without a version", write("manifest.json", `{}`), "/manifest.json: record of version 0; this program reads version 1"},
		{"another version", set("version", 2), "/manifest.json: record of version 2; this program reads version 1"},
		{"only a version", write("manifest.json", `{"version": 1}`), ": corrupt record: 0 worlds"},
		{"a case elsewhere", set("case", "../../etc"), `: corrupt record: a case called "../../etc"`},
		{"a case of no name", set("case", ".."), `: corrupt record: a case called ".."`},
		{"no worlds", set("worlds_per_view", 0), ": corrupt record: 0 worlds"},
		{"too many worlds", set("worlds_per_view", 1<<40), ": corrupt record: 1099511627776 worlds"},
		{"more worlds than rows", set("worlds_per_view", 9), "/measures.parquet: 72 rows, where the manifest has 81"},
		{"a view too few", set("views", []any{}), `: corrupt record: option "nothing" has 3 views of 0`},
		{"views of an option gone", set("views", nil, "results", 1), `: corrupt record: option "pledge" has 0 views of 3`},
		{"views of history gone", set("views", nil, "history", 0, "result"), `: corrupt record: option "past/as_it_was" has 0 views of 3`},
		{"no summaries", set("summary", nil, "results", 0, "views", 0), `: corrupt record: option "nothing", view "dove": 0 summaries for 7 measures`},
		{"measures gone", set("measures", []any{}), `: corrupt record: option "nothing", view "dove": 7 summaries for 0 measures`},
		{"another view", set("view", "owl", "results", 0, "views", 0), `: corrupt record: option "nothing", view "dove": found view "owl" in its place`},
		{"another option", set("option", "a\nb", "results", 0), `: corrupt record: option "a\nb", view "dove": measure "war" lacks its 8 worlds`},
		{"another measure", set("name", "peace", "measures", 0), `: corrupt record: option "nothing", view "dove": measure "peace" lacks its 8 worlds`},
		{"a median made up", set("median", 0.25, "results", 0, "views", 0, "summary", 0), `: corrupt record: option "nothing", view "dove": its rows do not give the summaries of the manifest`},
		{"a median gone", set("median", nil, "results", 0, "views", 0, "summary", 0), `: corrupt record: option "nothing", view "dove": its rows do not give the summaries of the manifest`},
		{"a number gone in history", set("mean", nil, "history", 0, "result", "views", 0, "summary", 0), `: corrupt record: option "past/as_it_was", view "dove": its rows do not give the summaries of the manifest`},
		{"history empty", set("history", []any{nil}), ": corrupt record: an empty entry in history"},
		{"no measures file", remove("measures.parquet"), ": corrupt record: it lacks measures.parquet"},
		{"measures cut", cut("measures.parquet", 0.7), "/measures.parquet: not a Parquet file"},
		{"measures empty", cut("measures.parquet", 0), "/measures.parquet: not a Parquet file"},
		{"measures no Parquet", write("measures.parquet", strings.Repeat("option,view,world\n", 50)), "/measures.parquet: not a Parquet file"},
		{"the worlds in place of the measures", func(t *testing.T, folder string) {
			if err := os.Rename(filepath.Join(folder, "worlds.parquet"), filepath.Join(folder, "measures.parquet")); err != nil {
				t.Fatal(err)
			}
		}, "/measures.parquet: 24 rows, where the manifest has 72"},
		{"measures of another record", func(t *testing.T, folder string) {
			_, other := record(t, study.Plan{Worlds: 8, Seed: 5})
			if err := os.Rename(filepath.Join(other, "measures.parquet"), filepath.Join(folder, "measures.parquet")); err != nil {
				t.Fatal(err)
			}
		}, `: corrupt record: option "nothing", view "dove": its rows do not give the summaries of the manifest`},
		{"Parquet of something else", func(t *testing.T, folder string) {
			type fruit struct {
				Name string
				Kilo float64
			}
			if err := parquet.WriteFile(filepath.Join(folder, "measures.parquet"), slices.Repeat([]fruit{{"pear", 2}}, 72)); err != nil {
				t.Fatal(err)
			}
		}, "/measures.parquet: no columns option, view and world"},
		{"columns of other types", func(t *testing.T, folder string) {
			type row struct {
				Option string  `parquet:"option"`
				View   float64 `parquet:"view"`
				World  string  `parquet:"world"`
			}
			if err := parquet.WriteFile(filepath.Join(folder, "measures.parquet"), make([]row, 72)); err != nil {
				t.Fatal(err)
			}
		}, "/measures.parquet: an option, view or world of another type"},
		{"worlds out of order", func(t *testing.T, folder string) {
			type row struct {
				Option string `parquet:"option"`
				View   string `parquet:"view"`
				World  int32  `parquet:"world"`
			}
			rows := make([]row, 72)
			for i := range rows {
				rows[i] = row{"nothing", "dove", int32(71 - i)}
			}
			if err := parquet.WriteFile(filepath.Join(folder, "measures.parquet"), rows); err != nil {
				t.Fatal(err)
			}
		}, `/measures.parquet: option "nothing", view "dove": world 71 where world 0 should be`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, folder := record(t, study.Plan{Worlds: 8})
			c.harm(t, folder)
			r, err := study.Read(folder)
			if r != nil || err == nil {
				t.Fatal("read without an error")
			}
			if !strings.HasPrefix(err.Error(), folder+c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("\n got %v\nwant %s", err, folder+c.want)
			}
		})
	}
}

// What is no record at all.
func TestReadNothing(t *testing.T) {
	empty := t.TempDir()
	for name, want := range map[string]string{
		empty:                          ": no record here (a record is a folder with manifest.json)",
		filepath.Join(empty, "absent"): ": no record here (a record is a folder with manifest.json)",
	} {
		if r, err := study.Read(name); r != nil || err == nil || err.Error() != name+want {
			t.Errorf("%v, want %s", err, name+want)
		}
	}
}

// The draws of a record are read when they are asked for; damage is an error
// that names the file.
func TestReadDraws(t *testing.T) {
	r := run(t, load(t), study.Plan{Worlds: 40})
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	got, err := study.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	if got.Draws != nil {
		t.Error("Read read the draws, which most reports do without")
	}
	if err := got.ReadDraws(filepath.Join(folder, "manifest.json")); err != nil {
		t.Fatal(err)
	}
	for _, v := range r.Views {
		if !equal(got.Draws[v.Name], r.Draws[v.Name]) {
			t.Errorf("view %s: other draws were read than were written", v.Name)
		}
	}
	name := filepath.Join(folder, "worlds.parquet")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	measures, err := os.ReadFile(filepath.Join(folder, "measures.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text []byte
		want string
	}{
		{whole[:len(whole)/2], "cut off or damaged"},
		{measures, "rows, where the manifest has 120"},
		{nil, "lacks worlds.parquet"},
	} {
		os.Remove(name)
		if c.text != nil {
			if err := os.WriteFile(name, c.text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if err := got.ReadDraws(folder); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("damaged draws: %v, want %s", err, c.want)
		}
	}
	if !equal(got.Draws["dove"], r.Draws["dove"]) {
		t.Error("a failed reading changed the draws")
	}
}
