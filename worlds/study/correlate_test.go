package study_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

const (
	hawkNote = `note "Quarrels are large; a promise counts."`
	tied     = hawkNote + `
  correlate quarrel, word 0.7 judgement "a large quarrel is a matter of honour"`
)

// A view that correlates two assumptions draws them together, each from its own
// distribution; nothing else moves, in this view or in others.
func TestAStatedCorrelationMovesOnlyItsOwn(t *testing.T) {
	const worlds = 2048
	plain, with := run(t, load(t), study.Plan{Worlds: worlds}), run(t, load(t, hawkNote, tied), study.Plan{Worlds: worlds})
	for _, v := range plain.Views {
		for j, n := range plain.Numbers {
			a, b := plain.Draws[v.Name][j], with.Draws[v.Name][j]
			moved := !slices.Equal(a, b)
			if moved != (v.Name == "hawk" && n.Name == "word") { // the first of a pair keeps its draws
				t.Errorf("view %s, %s: moved is %v", v.Name, n.Name, moved)
			}
			if lo, hi := slices.Min(b), slices.Max(b); n.Name == "word" && v.Name == "hawk" && !(20 <= lo && lo < 22 && 49 < hi && hi <= 50) {
				t.Errorf("word is drawn from %g to %g, not from 20 to 50", lo, hi)
			}
		}
	}
	at := func(name string) []float64 {
		return with.Draws["hawk"][slices.IndexFunc(with.Numbers, func(n study.Assumption) bool { return n.Name == name })]
	}
	// the standard error of a rank correlation of 0.7 from 2048 worlds is about (1 − 0.7²)/√2048
	if r := rankCorrelation(at("quarrel"), at("word")); math.Abs(r-0.7) > 4*(1-0.49)/math.Sqrt(worlds) {
		t.Errorf("rank correlation %.3f, want 0.7", r)
	}
}

// rankCorrelation is 1 − 6Σd²/(n³ − n), for values that all differ.
func rankCorrelation(x, y []float64) float64 {
	place := func(xs []float64) []float64 {
		sorted := slices.Sorted(slices.Values(xs))
		out := make([]float64, len(xs))
		for i, v := range xs {
			k, _ := slices.BinarySearch(sorted, v)
			out[i] = float64(k)
		}
		return out
	}
	a, b := place(x), place(y)
	sum, n := 0.0, float64(len(x))
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return 1 - 6*sum/(n*n*n-n)
}

// A record carries the correlation, its report says so, and says that the union
// of the views does without.
func TestARecordCarriesItsCorrelations(t *testing.T) {
	r := run(t, load(t, hawkNote, tied), study.Plan{})
	folder := t.TempDir() + "/record"
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	got, err := study.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range got.Views {
		if n := len(v.Correlations); n > 1 || (n == 1) != (v.Name == "hawk") {
			t.Errorf("view %s carries %v", v.Name, v.Correlations)
		}
	}
	var b strings.Builder
	if err := show.Text(&b, got, show.Layout{Width: 200}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"quarrel and word are drawn together, rank correlation 0.7 (judgement: a large quarrel is a matter of honour)",
		"view either: a union draws quarrel and word independently, which its views correlate",
	} {
		if text := strings.Join(strings.Fields(b.String()), " "); !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, b.String())
		}
	}
	if err := got.ReadDraws(folder); err != nil {
		t.Fatal(err)
	}
	s, err := inquiry.SenseQuery{Views: []string{"hawk", "dove"}}.Of(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range s.Views {
		if dependent := v.Outcomes[0].Results[0].Dependent; dependent != (v.View == "hawk") {
			t.Errorf("view %s: dependent is %v", v.View, dependent)
		}
	}
	got.Views[1].Correlations[0].Rank = 7
	if _, err := (inquiry.SenseQuery{}).Of(got); err == nil || !strings.Contains(err.Error(), "corrupt record") {
		t.Errorf("a record with a correlation of 7: %v", err)
	}
}

// Without a correlation the manifest has no word of it.
func TestNoCorrelationNoWord(t *testing.T) {
	if m := written(t, run(t, load(t), study.Plan{}))["manifest.json"]; strings.Contains(m, "correlation") {
		t.Error("a manifest speaks of correlations where none is stated")
	}
}

// More worlds keep the earlier ones, correlated or not; a run that adds worlds
// until it knows enough is the run of as many.
func TestCorrelatedWorldsAreExtended(t *testing.T) {
	m := load(t, hawkNote, tied)
	few, many := run(t, m, study.Plan{Worlds: 100}), run(t, m, study.Plan{Worlds: 800})
	until := run(t, m, study.Plan{Worlds: 100, Until: 1e-9, MostWorlds: 800})
	for _, v := range few.Views {
		if !equal(few.Draws[v.Name], head(many.Draws[v.Name], 100)) {
			t.Errorf("view %s: more worlds are other worlds", v.Name)
		}
		if !equal(until.Draws[v.Name], many.Draws[v.Name]) {
			t.Errorf("view %s: worlds that were added differ", v.Name)
		}
	}
}
