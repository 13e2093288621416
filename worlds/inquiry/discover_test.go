package inquiry_test

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/worlds/inquiry"
	"casus/worlds/study"
)

func discover(t testing.TB, r *study.Record, q inquiry.Question, views ...string) *inquiry.Discovered {
	t.Helper()
	d, err := inquiry.Discover(context.Background(), r, q, views, inquiry.SearchPlan{Box: -1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Each view is searched in its own worlds, from a run or from its record alike,
// and new worlds say what the box is worth.
func TestDiscover(t *testing.T) {
	m := load(t)
	r := run(t, m, study.Plan{Worlds: 300})
	q := inquiry.Question{Where: "war[nothing] > 0.5"}
	d := discover(t, r, q)
	if len(d.Views) != 3 || d.Where != q.Where {
		t.Fatalf("%+v", d)
	}
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	back, err := study.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inquiry.Discover(context.Background(), back, q, nil, inquiry.SearchPlan{Box: -1}); err == nil || !strings.Contains(err.Error(), "are not read") {
		t.Errorf("without draws: %v", err)
	}
	if err := back.ReadDraws(folder); err != nil {
		t.Fatal(err)
	}
	if a, b := asJSON(t, d), asJSON(t, discover(t, back, q)); a != b {
		t.Errorf("from the record: got\n%s\nwant\n%s", b, a)
	}
	either := d.Views[slices.IndexFunc(d.Views, func(v inquiry.ViewDiscovered) bool { return v.View == "either" })]
	if either.Found == nil || either.Found.Box().Restricted == 0 {
		t.Fatalf("view either: %+v", either)
	}
	for _, rest := range either.Rests {
		if len(rest.Beliefs) == 0 {
			t.Errorf("%s rests on nothing", rest.Input)
		}
	}
	if err := d.Refresh(r); err == nil {
		t.Error("the same worlds are called new")
	}
	fresh := run(t, m, study.Plan{Worlds: 300, Seed: 2})
	if err := d.Refresh(fresh); err != nil {
		t.Fatal(err)
	}
	// The box is measured anew from its definition.
	f := d.Views[slices.IndexFunc(d.Views, func(v inquiry.ViewDiscovered) bool { return v.View == "either" })].Fresh
	table, err := inquiry.Table(fresh, "either")
	if err != nil {
		t.Fatal(err)
	}
	in, both, of := 0, 0, 0
	for i := range table.Rows {
		holds := true
		for _, l := range either.Found.Box().Limits {
			x := table.Column(l.Input).Numbers[i]
			holds = holds && (!l.Below || x >= l.Lower) && (!l.Above || x <= l.Upper)
		}
		war := table.Column("war[nothing]").Numbers[i] > 0.5
		if holds {
			in++
		}
		if war {
			of++
		}
		if holds && war {
			both++
		}
	}
	if f.Box == nil || f.Box.Density.Of != in || f.Box.Density.Count != both || f.Box.Coverage.Of != of || f.In != of {
		t.Errorf("fresh %+v, want %d of %d of %d", f, both, in, of)
	}
}

// Regret above so much is the proposition that says so.
func TestDiscoverRegret(t *testing.T) {
	m := load(t)
	r := run(t, m, study.Plan{Worlds: 100})
	d := discover(t, r, inquiry.Question{Of: "pledge", Measure: "war", Regret: 0.01}, "hawk")
	if want := "war[pledge] - min(war[nothing], war[pledge]) > 0.01"; d.Where != want {
		t.Errorf("got %s, want %s", d.Where, want)
	}
	own, other, n := values(t, r, "nothing", "hawk"), values(t, r, "pledge", "hawk"), 0
	k := slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == "war" })
	for i := range own[k] {
		if other[k][i]-math.Min(own[k][i], other[k][i]) > 0.01 {
			n++
		}
	}
	if f := d.Views[0].Found; f == nil && n != 0 && n != 100 || f != nil && f.In != n {
		t.Errorf("%d worlds, got %+v", n, d.Views[0])
	}
	d = discover(t, r, inquiry.Question{Of: "pledge", Measure: "calm", Regret: 0.05}, "hawk")
	if want := "max(calm[nothing], calm[pledge]) - calm[pledge] > 0.05"; d.Where != want {
		t.Errorf("got %s, want %s", d.Where, want)
	}
}

// Questions that a case cannot answer are refused before anything is run.
func TestDiscoverNeeds(t *testing.T) {
	m := load(t)
	k := m.Case("tiny")
	for _, c := range []struct {
		q     inquiry.Question
		given []string
		want  string
	}{
		{inquiry.Question{Where: "war[pledge] > 0.1"}, nil, "pledge"},
		{inquiry.Question{Where: "war[pledge] > war[nothing]"}, nil, "nothing,pledge"},
		{inquiry.Question{Where: "word > 3 and war[pledge] > 0.1"}, nil, "pledge"},
		{inquiry.Question{Of: "pledge"}, nil, "nothing,pledge"},
		{inquiry.Question{Where: "war[pledge] > 0.1"}, []string{"nothing", "pledge"}, "nothing,pledge"},
		{inquiry.Question{Where: "war[plegde] > 0.1"}, nil, `--where, at character 5: no option "plegde" in this case (did you mean pledge?)`},
		{inquiry.Question{Where: "war[pledge] > 0.1"}, []string{"nothing"}, `option pledge is not among those that are run (name it with --option too)`},
		{inquiry.Question{Where: "war[pledge"}, nil, "at character 11: expected ',', but the line ends"},
		{inquiry.Question{Where: "word > 3"}, nil, `--where, at character 1: no measure of an option is named (as in `},
		{inquiry.Question{Where: "war[pledge] > 0.1 and wrod > 3"}, nil, `--where, at character 23: no measure or assumption "wrod" in this case (did you mean word?)`},
		{inquiry.Question{Where: "word[pledge] > 0.1"}, nil, `--where, at character 1: word is an assumption, the same for all options: write it without [pledge]`},
		{inquiry.Question{Where: "war > 0.1"}, nil, `--where, at character 1: war is known for each option: write war[OPTION], as in war[nothing]`},
		{inquiry.Question{Of: "none"}, nil, `no option "none"`},
		{inquiry.Question{Of: "pledge", Measure: "wor"}, nil, `no measure "wor" of which lower or higher is better (did you mean war?)`},
		{inquiry.Question{Of: "pledge", Regret: -1}, nil, "--regret-above is at least 0, got -1"},
		{inquiry.Question{Of: "pledge"}, []string{"pledge"}, "regret is beside other options, and pledge is the only one"},
	} {
		got, err := c.q.Needs(m, k, c.given)
		if err != nil {
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%+v: got %v, want %s", c.q, err, c.want)
			}
		} else if strings.Join(got, ",") != c.want {
			t.Errorf("%+v: got %v, want %s", c.q, got, c.want)
		}
	}
}

// What is drawn of a view are worlds of its record: each with its values, and so where
// the proposition says so; the box of the picture is that of the search.
func TestPointsAreWorldsOfTheRecord(t *testing.T) {
	m := load(t)
	r := run(t, m, study.Plan{Worlds: 700})
	q := inquiry.Question{Where: "war[nothing] > 0.5"}
	for _, v := range discover(t, r, q).Views {
		if v.Points == nil {
			continue
		}
		table, err := inquiry.Table(r, v.View)
		if err != nil {
			t.Fatal(err)
		}
		p, err := inquiry.NewProposition("--where", q.Where, table)
		if err != nil {
			t.Fatal(err)
		}
		holds, err := p.Holds(table)
		if err != nil {
			t.Fatal(err)
		}
		x := v.Points
		if x.Of.All() != 700 || x.Of.So != v.Found.In || x.Of.Not != v.Found.Out || x.Drawn.All() != len(x.Worlds) || len(x.Worlds) > 334 {
			t.Errorf("%s: %+v of %+v, %d", v.View, x.Drawn, x.Of, len(x.Worlds))
		}
		for _, w := range x.Worlds {
			if so := holds[w.World] == 1; *w.So != so {
				t.Fatalf("%s, world %d: so is %v", v.View, w.World, *w.So)
			}
			for i, a := range x.Axes {
				if got := table.Column(a.Input).Numbers[w.World]; got != float64(w.Values[i]) {
					t.Fatalf("%s, world %d: %s is %v, drawn at %v", v.View, w.World, a.Input, got, w.Values[i])
				}
			}
		}
		for i, a := range x.Axes {
			l, _ := v.Found.Box().Input(a.Input)
			if l.Below != (a.Lower != nil) || l.Above != (a.Upper != nil) {
				t.Errorf("%s: the box limits %s otherwise than is drawn", v.View, a.Input)
			}
			if i > 0 && a.Lower == nil && a.Upper == nil {
				continue
			}
			if i > 0 && x.Axes[i-1].Lower == nil && x.Axes[i-1].Upper == nil {
				t.Errorf("%s: %s, which the box limits, comes after one that it does not", v.View, a.Input)
			}
		}
	}
}
