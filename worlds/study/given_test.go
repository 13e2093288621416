package study_test

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"casus/catalog"
	"casus/data"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// Any stretch of worlds has the rows that the whole run has, to the bit, across the
// world from which quantiles are read off a table too; and its record, read again
// or gone on with, is the same.
func TestStretch(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m := load(t)
	for _, design := range []string{draw.Nested, draw.MonteCarlo} {
		from0 := study.Plan{Options: []string{"pledge"}, Design: design, Worlds: 5100}
		whole := run(t, m, from0)
		for _, at := range [][2]int{{0, 1}, {3, 150}, {127, 130}, {4990, 5100}} {
			p := from0
			p.First, p.Worlds = at[0], at[1]-at[0]
			part := run(t, m, p)
			for v := range whole.Views {
				name := whole.Views[v].Name
				if !sameBits(study.Cut(whole.Draws[name], at[0], at[1]), part.Draws[name]) || !sameBits(study.Cut(whole.Results[0].Views[v].Values, at[0], at[1]), part.Results[0].Views[v].Values) {
					t.Errorf("%s, view %s: worlds %v are others than in the whole run", design, name, at)
				}
			}
			if !reflect.DeepEqual(whole.History[0].Result.Views[0].Values[0][at[0]:at[1]], part.History[0].Result.Views[0].Values[0]) {
				t.Errorf("%s: worlds %v of the past are others", design, at)
			}
			folder := filepath.Join(t.TempDir(), "record")
			if err := part.Write(folder); err != nil {
				t.Fatal(err)
			}
			again, err := study.Read(folder)
			if err != nil {
				t.Fatal(err)
			}
			on, err := study.Resume(t.Context(), m, m.Case("tiny"), again.Plan(), again, nil)
			if err != nil || again.First != at[0] {
				t.Fatal(again.First, err)
			}
			if !maps.Equal(files(t, on), files(t, part)) {
				t.Errorf("%s: worlds %v gone on with end in other bytes", design, at)
			}
		}
	}
	if _, err := study.Begin(m, m.Case("tiny"), study.Plan{Design: draw.LatinHypercube, First: 1}); err == nil || !strings.Contains(err.Error(), "laid out together") {
		t.Error(err)
	}
	if _, err := study.Begin(m, m.Case("tiny"), study.Plan{Worlds: 2, First: study.MaxNumber - 1}); err == nil || !strings.Contains(err.Error(), "numbered from 0") {
		t.Error(err)
	}
}

// sameBits reports whether columns are the same to the bit.
func sameBits(a, b [][]float64) bool {
	return slices.EqualFunc(a, b, func(x, y []float64) bool {
		return slices.EqualFunc(x, y, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) })
	})
}

func files(t *testing.T, r *study.Record) map[string]string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range []string{"manifest.json", "measures.parquet", "worlds.parquet"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	return out
}

// The worlds that a record wrote give its rows again, in any order of the rows;
// without views each view has all of them.
func TestGivenAgain(t *testing.T) {
	m := load(t)
	r := run(t, m, study.Plan{Worlds: 40})
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	table, _, err := data.ReadColumns(filepath.Join(folder, "worlds.parquet"), nil)
	if err != nil {
		t.Fatal(err)
	}
	again := run(t, m, study.Plan{Given: study.NewGiven(table)})
	for i, x := range r.Results {
		for v := range x.Views {
			if !sameBits(x.Views[v].Values, again.Results[i].Views[v].Values) {
				t.Errorf("%s under %s: the same worlds give other rows", x.Option, x.Views[v].View)
			}
		}
	}
	if again.Design != study.GivenDesign || len(again.History) != 0 || again.Weights != nil {
		t.Errorf("design %s, held against %d cases", again.Design, len(again.History))
	}
	one := &data.Columns{File: "one.csv", Rows: 40}
	for _, c := range table.List {
		if c.Kind == data.Numbers && !strings.HasPrefix(c.Name, "record:") && c.Name != "world" {
			one.List = append(one.List, data.Column{Name: c.Name, Kind: c.Kind, Numbers: c.Numbers[:40]})
		}
	}
	all := run(t, m, study.Plan{Given: study.NewGiven(one)})
	for v := range all.Views {
		if !sameBits(all.Results[0].Views[v].Values, r.Results[0].Views[0].Values) {
			t.Errorf("view %s: other rows in the same worlds", all.Views[v].Name)
		}
	}
}

// What a table lacks is at its median: a world with no more than one number is the
// central one but for that.
func TestGivenMedians(t *testing.T) {
	m := load(t)
	view := m.View("hawk")
	as := m.Uses(m.Case("tiny"))
	medians, err := study.Medians(as, view)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		k := rapid.IntRange(0, len(as)-1).Draw(rt, "assumption")
		x := rapid.Float64Range(1e-9, 1).Draw(rt, "value") // λ is above 0
		t1 := &data.Columns{File: "w.csv", Rows: 1, List: []data.Column{{Name: as[k].Name, Kind: data.Numbers, Numbers: []float64{x}}}}
		w, err := study.Begin(m, m.Case("tiny"), study.Plan{Options: []string{"pledge"}, Views: []string{"hawk"}, Given: study.NewGiven(t1)})
		if err != nil {
			rt.Fatal(err)
		}
		r, err := w.Run(t.Context(), nil)
		if err != nil {
			rt.Fatal(err)
		}
		for i, n := range r.Numbers {
			want := medians[i]
			if i == k {
				want = x
			}
			if got := r.Draws["hawk"][i][0]; got != want {
				rt.Errorf("%s is %g, not %g", n.Name, got, want)
			}
		}
	})
}

// Tables that cannot be run are refused with the place.
func TestGivenRefused(t *testing.T) {
	m := load(t)
	for text, want := range map[string]string{
		"slips\n0.1\n":                          `no assumption of case tiny is called "slips" (did you mean slip? casus list assumptions CASE names them)`,
		"slip\n0.1\n1.5\n":                      "w.csv:3: slip is 1.5, and a probability lies between 0 and 1",
		"sharp\n1\n0\n":                         "w.csv:3: sharp is 0; how sharply choice follows advantage is above 0",
		"sharp\n-1\n":                           "w.csv:2: sharp is -1; how sharply",
		"slip,sharp\n0.1,0.1\n,0.2\n":           "w.csv:3: slip has no value",
		"world\n1\n":                            "no column is an assumption of case tiny",
		"slip\nhigh\n":                          "column slip holds text",
		"view,slip\ndove,0.1\n":                 "has no world of view hawk",
		"view,slip\ndove,0.1\nhawk,0.1\nhawk,1": "1 world of view dove and 2 of view hawk",
		"view,slip\n,0.1\nhawk,0.1\nhawk,0.2":   "w.csv:2: a world of no view",
		"view,slip\nnope,0.1\nhawk,0.1\n":       `w.csv:2: no view is called "nope"`,
	} {
		name := filepath.Join(t.TempDir(), "w.csv")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		table, _, err := data.ReadColumns(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		table.File = "w.csv"
		_, err = study.Begin(m, m.Case("tiny"), study.Plan{Given: study.NewGiven(table)})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, want %q in one line", text, err, want)
		}
	}
}

// The index that pandas writes is passed over, with a word.
func TestGivenIndex(t *testing.T) {
	m := load(t)
	name := filepath.Join(t.TempDir(), "w.csv")
	if err := os.WriteFile(name, []byte("slip,__index_level_0__\n0.1,7\n0.2,9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	table, _, err := data.ReadColumns(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, m, study.Plan{Options: []string{"pledge"}, Given: study.NewGiven(table)})
	if r.Worlds != 2 || !strings.Contains(fmt.Sprint(r.Warnings), "column __index_level_0__ is an index that pandas wrote, and was passed over") {
		t.Errorf("%d worlds, warned of %v", r.Worlds, r.Warnings)
	}
}

// FuzzGiven runs tables of any bytes: they are refused, or give as many worlds as
// they have rows.
func FuzzGiven(f *testing.F) {
	f.Add([]byte("slip\n0.1\n"))
	f.Add([]byte("view,slip\ndove,0.1\nhawk,0.2\neither,1\n"))
	f.Add([]byte("slip,sharp,aid\n1e-300,1e300,-1\n"))
	f.Add([]byte("PAR1"))
	own, err := catalog.Read("testdata/tiny")
	if err != nil {
		f.Fatal(err)
	}
	m, _ := catalog.Files(own)
	f.Fuzz(func(t *testing.T, text []byte) {
		name := filepath.Join(t.TempDir(), "w")
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		table, _, err := data.ReadColumns(name, nil)
		if err != nil || table.Rows > 200 {
			return
		}
		w, err := study.Begin(m, m.Case("tiny"), study.Plan{Options: []string{"pledge"}, Given: study.NewGiven(table)})
		if err != nil {
			return
		}
		r, err := w.Run(t.Context(), nil)
		if err != nil {
			return
		}
		if r.Worlds > table.Rows || r.Worlds < 1 {
			t.Error(fmt.Sprint(r.Worlds, " worlds of ", table.Rows, " rows"))
		}
	})
}
