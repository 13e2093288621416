package show_test

import (
	"bytes"
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"casus/show"
	"casus/worlds/study"
)

// found is an answer drawn by hand: three options, one probability and years,
// given an accord.
func found() *study.Answer {
	f := func(x float64) *study.Float { v := study.Float(x); return &v }
	cell := func(m string, mid, low, high float64) study.Summary {
		return study.Summary{Measure: m, N: 256, Median: f(mid), Mean: f(mid), P05: f(low), P95: f(high)}
	}
	return &study.Answer{Case: "isle", Title: "A pledge to an island", Question: "Does a pledge keep the peace?", Date: "2025-03-10", Horizon: 5,
		Basis: "record", Worlds: 256, Schools: 2, Effective: 300, Judged: 3, Of: 9, Mixed: 1,
		Given: &study.Head{Measure: "taken", Title: "the accord is taken", Headline: "taken", Unit: "probability", Better: "higher"},
		Heads: []study.Head{
			{Measure: "peace", Title: "years of peace", Headline: "peace", Unit: "years", Better: "higher", Matters: 0.1},
			{Measure: "war", Title: "a war of guarantors", Headline: "war", Unit: "probability", Better: "lower", Matters: 0.01}},
		Rows: []study.AnswerRow{
			{Option: "none", Label: "none", Given: f(0), Cells: []study.Summary{{}, {}}},
			{Option: "watch", Label: "watchers", Given: f(0.4), Cells: []study.Summary{cell("peace", 4, 3, 4.5), cell("war", 0.0004, 0.00002, 0.002)}},
			{Option: "pledge", Label: "a pledge", Given: f(0.1), Cells: []study.Summary{cell("peace", 4.05, 3, 4.6), cell("war", 0.2, 0.1, 0.4)}}},
		Leads: []study.Lead{
			{Measure: "peace", Best: []string{"pledge", "watch"}, Worst: []string{"watch", "pledge"}, Tie: true, Never: []string{"none"}},
			{Measure: "war", Best: []string{"watch"}, Worst: []string{"pledge"}, Never: []string{"none"}, Sure: f(0.8)}},
		Accepted: &study.Lead{Measure: "taken", Best: []string{"watch"}, Worst: []string{"pledge"}, Never: []string{"none"}},
		Outright: []study.Outright{{Of: "war", Measure: "any_war", Cells: []study.Summary{cell("any_war", 0.5, 0.3, 0.7), cell("any_war", 0.1, 0.05, 0.2), cell("any_war", 0.21, 0.1, 0.3)},
			Lead: study.Lead{Measure: "any_war", Best: []string{"watch"}, Worst: []string{"none"}}, Next: &study.Next{Options: []string{"none"}, Value: 0.21}}},
		Held: []study.HeldBy{
			{Measure: "war", Agreed: []string{"watch"}},
			{Measure: "peace", Views: []study.SchoolLead{{View: "hawk", Best: []string{"pledge"}}, {View: "dove", Best: []string{"watch"}}}}},
		Parting: &study.Parting{Measure: "war", Option: "pledge", Low: "hawk", High: "dove", LowValue: 0.05, HighValue: 0.3, Turns: &study.Turn{Assumption: "word", Title: "what a word costs", Closes: 0.4}},
		Record: study.RecordVerdict{For: "hawk", Against: "dove", Factor: f(1.1), Error: f(0.1),
			Refuted: []study.RefutedView{{View: "dove", Records: []string{"wars that came"}}}},
	}
}

func screenOf(t *testing.T, a *study.Answer, width int) string {
	t.Helper()
	var b bytes.Buffer
	a.Folder = "casus-records/isle"
	if err := show.Answer(&b, a, show.Layout{Width: width}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// words are the sentences of a screen without its line breaks.
func wordsOf(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "\u00a0", " ")
}

// Screens that are kept in testdata: drawn by hand, and of the small case.
func TestScreens(t *testing.T) {
	one := tiny(t, study.Plan{Options: []string{"pledge"}, Views: []string{"hawk"}}, 0)
	for name, got := range map[string]string{
		"screen_found":    screenOf(t, found(), 80),
		"screen_found_40": screenOf(t, found(), 40),
		"screen_tiny":     screenOf(t, tiny(t, study.Plan{}, 0).Answer(), 80),
		"screen_partial":  screenOf(t, tiny(t, study.Plan{}, 10).Answer(), 80),
		"screen_one":      screenOf(t, one.Answer(), 80),
	} {
		asKept(t, filepath.Join("testdata", name+".txt"), got)
		if n := strings.Count(got, "\n"); n > 40 && !strings.HasSuffix(name, "_40") {
			t.Errorf("%s has %d lines", name, n)
		}
	}
}

// A number that changes changes the sentence that tells it, and the table.
func TestScreenFollowsTheNumbers(t *testing.T) {
	before := wordsOf(screenOf(t, found(), 80))
	a := found()
	*a.Rows[2].Cells[1].Median = 0.35
	after := wordsOf(screenOf(t, a, 80))
	if !strings.Contains(before, "likeliest under a pledge (20 %)") || !strings.Contains(after, "likeliest under a pledge (35 %)") || strings.Contains(after, "20 %") {
		t.Errorf("the sentence does not follow:\n%s\n%s", before, after)
	}
	a = found()
	a.Leads[1].Best, a.Leads[1].Worst = a.Leads[1].Worst, a.Leads[1].Best
	if got := wordsOf(screenOf(t, a, 80)); !strings.Contains(got, "War: least likely under a pledge (20 %), likeliest under watchers (1 in 2500)") {
		t.Errorf("the order does not follow:\n%s", got)
	}
}

func TestScreenSays(t *testing.T) {
	f := func(x float64) *study.Float { v := study.Float(x); return &v }
	for _, c := range []struct {
		what   string
		change func(*study.Answer)
		want   []string
		not    []string
	}{
		{"a tie is a tie", func(*study.Answer) {}, []string{"Peace: no difference that matters between the options under which it is defined (4 years)."}, []string{"Peace: most"}},
		{"what is not settled", func(*study.Answer) {}, []string{"; by 1 point or more in only 80 % of the worlds"}, nil},
		{"what is settled", func(a *study.Answer) { a.Leads[1].Sure = f(0.99) }, nil, []string{"in only"}},
		{"by how many criteria", func(a *study.Answer) {
			a.Leads[0].Tie = false
			a.Criteria = []study.ByCriteria{{Measure: "peace", Criteria: 9, Apart: 7}, {Measure: "war", Criteria: 9, First: []study.FirstBy{{Option: "watch", Criteria: 9}}}}
		}, []string{"Of the 9 criteria of casus robust (mean, worst case, regret …) 7 say the same of peace, all of war."}, nil},
		{"that none does", func(a *study.Answer) {
			a.Criteria = []study.ByCriteria{{Measure: "war", Criteria: 9}}
		}, []string{"none say the same of war"}, nil},
		{"schools and chance", func(a *study.Answer) { a.Against = study.AgainstChance{Numbers: 4, Schools: 3} }, []string{"in 3 of 4 numbers the schools lie further apart than chance"}, nil},
		{"that numbers are medians", func(*study.Answer) {}, []string{"; numbers are medians over worlds."}, nil},
		{"what never comes to the condition", func(*study.Answer) {}, []string{"Taken or not, none does worst on war (50 %, elsewhere 21 % at most).", "none never – 50"}, []string{"worst on peace"}},
		{"nothing said of it where the model has no such number", func(a *study.Answer) { a.Outright = nil }, []string{"none never – –"}, []string{"Taken or not", "taken or not"}},
		{"what a refuting record weighs", func(a *study.Answer) { a.Record.Refuted[0].HeldOut = 1 }, []string{"Held out, so without weight, 1 record refutes dove (under 1 % likely: “wars that came”)."}, nil},
		{"of several records", func(a *study.Answer) {
			a.Record.Doubted = []study.RefutedView{{View: "hawk", Records: []string{"x", "y"}, HeldOut: 1}}
		}, []string{"Of the records 1 refutes dove (under 1 % likely: “wars that came”), 2 contradict hawk (each under 5 %: “x” and 1 more); 1 of these held out, without weight."}, nil},
		{"of one record that refutes several", func(a *study.Answer) {
			a.Record.Refuted = []study.RefutedView{{View: "dove", Records: []string{"x"}}, {View: "owl", Records: []string{"y"}}, {View: "hawk", Records: []string{"x"}}}
		}, []string{"Of the records 1 refutes dove and hawk (each under 1 % likely: “x”), 1 refutes owl (under 1 % likely: “y”)."}, nil},
		{"one option in few worlds", func(a *study.Answer) {
			a.Rows, a.Leads[1].Best, a.Leads[1].Worst = a.Rows[2:], []string{"pledge"}, []string{"pledge"}
			a.Outright, a.Accepted, a.Worlds = nil, nil, 2
		}, []string{"A pledge, over 5 years: peace 4 years and war 20 %."}, []string{"range", "–4.6"}},
		{"few worlds and a parting", func(a *study.Answer) { a.Worlds = 8 }, []string{"8 worlds a view are few", "so few worlds cannot tell"}, []string{"what a word costs"}},
		{"what moves though the first stays first", func(a *study.Answer) {
			a.Firm = []study.Firmness{{Measure: "war", Rows: []study.Other{{Years: 5, Times: 3, Holds: true}}}}
			a.Moved = &study.Moved{Measure: "war", Option: "pledge", Times: 3, As: 0.28, Then: 0.089}
		}, []string{"At least one of those first stays first with sharper choices. Numbers move: with sharper choices war under a pledge is 0.3 times what it is here."}, nil},
		{"one option", func(a *study.Answer) {
			a.Rows, a.Leads[1].Best, a.Leads[1].Worst = a.Rows[2:], []string{"pledge"}, []string{"pledge"}
			a.Outright, a.Accepted = nil, nil
		}, []string{"A pledge, over 5 years: peace 4 years (3–4.6) and war 20 % (10–40)."}, []string{"likeliest", "tied if"}},
		{"what check warns of", func(a *study.Answer) { a.Idle = []string{"forces at okinawa change nothing", "x"} }, []string{"Check warns: forces at okinawa change nothing; and of 1 line more (--part warnings)."}, nil},
		{"what cannot be", func(a *study.Answer) {
			a.Untold = []study.Head{{Headline: "a friend at war", Never: "war comes about under no option in 1 year, whatever is done"}, {Headline: "cost"}}
		}, []string{"Not defined under any option: cost. Not possible here, whatever is done: a friend at war."}, nil},
		{"what is not defined at all", func(a *study.Answer) { a.Untold = []study.Head{{Headline: "a friend at war"}} }, []string{"Not defined under any option: a friend at war."}, nil},
		{"thresholds", func(*study.Answer) {}, []string{"(tied below) 0 0.1 1"}, nil},
		{"a small number", func(*study.Answer) {}, []string{"watchers (1 in 2500)"}, nil},
		{"a number below the floor", func(a *study.Answer) { *a.Rows[1].Cells[1].Median = 0.00003 }, []string{"watchers (<0.01 %)"}, []string{"1 in 33333", "watchers (0"}},
		{"what is not defined", func(*study.Answer) {}, []string{"never under none"}, []string{"none 0"}},
		{"a refuted view", func(*study.Answer) {}, []string{"1 refutes dove (under 1 % likely: “wars that came”)."}, nil},
		{"no view refuted", func(a *study.Answer) { a.Record.Refuted = nil }, nil, []string{"refutes"}},
		{"the record's weight", func(a *study.Answer) { a.Record.Factor = f(0.1) }, []string{"hardly apart"}, []string{"speaks most"}},
		{"no record", func(a *study.Answer) { a.Basis, a.Record = "schools", study.RecordVerdict{} }, []string{"no record weighs them"}, []string{"Bayes", "The record"}},
		{"one world", func(a *study.Answer) { a.Worlds = 1 }, []string{"1 world a view is few"}, []string{"range", "3–4.5"}},
	} {
		a := found()
		c.change(a)
		got := wordsOf(screenOf(t, a, 80))
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is missing in\n%s", c.what, w, got)
			}
		}
		for _, w := range c.not {
			if strings.Contains(got, w) {
				t.Errorf("%s: %q is said in\n%s", c.what, w, got)
			}
		}
	}
}

// No sentence about what does best names a number that the table does not show.
func TestScreenSaysWhatItShows(t *testing.T) {
	r := tiny(t, study.Plan{}, 0)
	for name, a := range map[string]*study.Answer{"found": found(), "tiny": r.Answer()} {
		got := strings.ReplaceAll(screenOf(t, a, 80), "\u00a0", " ")
		words, table := tableOf(got)
		if table == "" {
			t.Fatalf("%s: no table in\n%s", name, got)
		}
		for _, m := range regexp.MustCompile(`under [a-z ]+ \(([^),]+)`).FindAllStringSubmatch(strings.Join(strings.Fields(words), " "), -1) {
			number := strings.TrimSuffix(strings.TrimSuffix(m[1], " %"), " years")
			if !regexp.MustCompile(`(^|\s)` + regexp.QuoteMeta(number) + `(\s|$)`).MatchString(table) {
				t.Errorf("%s: %s is said and not shown:\n%s", name, number, got)
			}
		}
	}
}

// tableOf parts a screen into its sentences and its table, which comes last.
func tableOf(screen string) (words, table string) {
	at := strings.LastIndex(screen, "\n\n")
	if at < 0 {
		return screen, ""
	}
	return screen[:at], screen[at:]
}

// drawnAnswer is an answer over a drawn table, its leads found by their definition.
func drawnAnswer(t *rapid.T) (*study.Answer, [][]float64) {
	heads := []study.Head{
		{Measure: "peace", Title: "years of peace", Headline: "peace", Unit: "years", Better: "higher", Matters: 0.1},
		{Measure: "war", Title: "a war", Headline: "war", Unit: "probability", Better: "lower", Matters: 0.01}}
	draws := [][]float64{{3, 3.05, 3.1, 3.2, 4, 4.96}, {0, 0.00004, 0.004, 0.009, 0.0195, 0.02, 0.3}}
	a := &study.Answer{Title: "Drawn", Date: "2025-03-10", Horizon: 5, Basis: "schools", Worlds: 256, Schools: 2, Heads: heads}
	var table [][]float64
	for i := range rapid.IntRange(1, 6).Draw(t, "options") {
		name, row := fmt.Sprintf("o%d", i), []float64{}
		r := study.AnswerRow{Option: name, Label: "option " + string(rune('a'+i))}
		for k, h := range heads {
			v := study.Float(rapid.SampledFrom(draws[k]).Draw(t, name+" "+h.Measure))
			row = append(row, float64(v))
			r.Cells = append(r.Cells, study.Summary{Measure: h.Measure, N: 256, Median: &v, Mean: &v, P05: &v, P95: &v})
		}
		a.Rows, table = append(a.Rows, r), append(table, row)
	}
	for k, h := range heads {
		a.Leads = append(a.Leads, leadOf(a.Rows, table, k, h))
	}
	return a, table
}

// leadOf are the options within what matters of the best, and of the worst.
func leadOf(rows []study.AnswerRow, table [][]float64, k int, h study.Head) study.Lead {
	worth := func(i int) float64 {
		if h.Better == "lower" {
			return -table[i][k]
		}
		return table[i][k]
	}
	best, worst := 0, 0
	for i := range table {
		if worth(i) > worth(best) {
			best = i
		}
		if worth(i) < worth(worst) {
			worst = i
		}
	}
	l := study.Lead{Measure: h.Measure, Best: []string{rows[best].Option}, Worst: []string{rows[worst].Option}, Tie: worth(best)-worth(worst) < h.Matters-1e-9}
	for i, r := range rows {
		if i != best && worth(best)-worth(i) < h.Matters-1e-9 {
			l.Best = append(l.Best, r.Option)
		}
		if i != worst && worth(i)-worth(worst) < h.Matters-1e-9 {
			l.Worst = append(l.Worst, r.Option)
		}
	}
	return l
}

var superlative = regexp.MustCompile(`(Peace|War): (?:most|least likely) under option ([a-z]) \(([^,)]+)(?:, tied with (\d+))?\), (?:least|likeliest) under option ([a-z]) \(([^,)]+)(?:, tied with (\d+))?\)`)

// Whatever the table, no sentence claims what it denies: who is called first or
// last is, by more than matters of whoever is not said to tie; what is said of it
// is its cell; and where nothing matters nobody is called first.
func TestScreenNeverDeniesItsTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, table := drawnAnswer(t)
		var b bytes.Buffer
		if err := show.Answer(&b, a, show.Layout{Width: 80}); err != nil {
			t.Fatal(err)
		}
		_, shown := tableOf(b.String())
		if shown == "" {
			t.Fatalf("no table in\n%s", b.String())
		}
		said := map[string]bool{}
		for _, m := range superlative.FindAllStringSubmatch(wordsOf(b.String()), -1) {
			k := slices.Index([]string{"Peace", "War"}, m[1])
			said[a.Heads[k].Measure] = true
			for _, end := range []struct {
				option, cell, ties string
				last               bool
			}{{m[2], m[3], m[4], false}, {m[5], m[6], m[7], true}} {
				holdsInTable(t, a.Heads[k], table, k, int(end.option[0]-'a'), end.ties, end.last)
				number := strings.TrimSuffix(strings.TrimSuffix(end.cell, " %"), " years")
				if !regexp.MustCompile(`(?m)option ` + end.option + ` .*` + regexp.QuoteMeta(number)).MatchString(shown) {
					t.Fatalf("%s is said of option %s and not shown:\n%s", end.cell, end.option, b.String())
				}
			}
		}
		for _, l := range a.Leads {
			if said[l.Measure] == (l.Tie || len(table) == 1) {
				t.Fatalf("%s: a tie is a tie, and what is none is told:\n%s", l.Measure, b.String())
			}
		}
	})
}

// holdsInTable checks that an option is first, or last, by a measure, and ties with
// as many as is said.
func holdsInTable(t *rapid.T, h study.Head, table [][]float64, k, i int, ties string, last bool) {
	sign := 1.0
	if (h.Better == "lower") != last {
		sign = -1
	}
	tied := 0
	for j := range table {
		behind := sign * (table[i][k] - table[j][k])
		if behind < 0 {
			t.Fatalf("%s: option %d is not the one: %v", h.Measure, i, table)
		}
		if j != i && behind < h.Matters-1e-9 {
			tied++
		}
	}
	if ties != "" && ties != fmt.Sprint(tied) || ties == "" && tied > 0 {
		t.Fatalf("%s: option %d ties with %d, said %q: %v", h.Measure, i, tied, ties, table)
	}
}

var inOne = regexp.MustCompile(`(peace|war), option ([a-z]) \(([^,)]+)(?:, (\d+) tied)?\) and option ([a-z]) \(([^,)]+)(?:, (\d+) tied)?\)`)

// Where a screen has no room the same is said of all measures in one breath, and is as
// true of the table; nothing is cut that a screen is asked for.
func TestScreenInOneBreathNeverDeniesItsTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, table := drawnAnswer(t)
		a.Question = strings.Repeat("Does it keep the peace? ", 130)
		var b bytes.Buffer
		if err := show.Answer(&b, a, show.Layout{Width: 80}); err != nil {
			t.Fatal(err)
		}
		said := map[string]bool{}
		for _, m := range inOne.FindAllStringSubmatch(wordsOf(b.String()), -1) {
			k := slices.Index([]string{"peace", "war"}, m[1])
			said[m[1]] = true
			holdsInTable(t, a.Heads[k], table, k, int(m[2][0]-'a'), m[4], false)
			holdsInTable(t, a.Heads[k], table, k, int(m[5][0]-'a'), m[7], true)
			if first := strings.TrimSuffix(strings.TrimSuffix(m[3], " %"), " years"); !regexp.MustCompile(`(?m)option ` + m[2] + ` .*` + regexp.QuoteMeta(first)).MatchString(b.String()) {
				t.Fatalf("%s is said of option %s and not shown:\n%s", m[3], m[2], b.String())
			}
		}
		for _, l := range a.Leads {
			tied := strings.Contains(wordsOf(b.String()), l.Measure+", all tied")
			if len(table) > 1 && (said[l.Measure] == l.Tie || tied != l.Tie) {
				t.Fatalf("%s: a tie is a tie, and what is none is told:\n%s", l.Measure, b.String())
			}
		}
	})
}

var listedRow = regexp.MustCompile(`(?m)^(peace|war|raid) +option ([a-z]) (\S+(?: %| years)?)(?:, (\d+) tied)? +option ([a-z]) (\S+(?: %)?)(?:, (\d+) tied)?$`)

// Three measures and more have a line each in place of the one breath, as true of the
// table, on every width in the same order.
func TestScreenListNeverDeniesItsTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, table := drawnAnswer(t)
		a.Question = strings.Repeat("Does it keep the peace? ", 130)
		raid := a.Heads[1]
		raid.Measure, raid.Headline = "raid", "raid"
		a.Heads = append(a.Heads, raid)
		for i := range a.Rows {
			a.Rows[i].Cells, table[i] = append(a.Rows[i].Cells, a.Rows[i].Cells[1]), append(table[i], table[i][1])
		}
		a.Leads = append(a.Leads, leadOf(a.Rows, table, 2, raid))
		var wide, narrow bytes.Buffer
		for b, width := range map[*bytes.Buffer]int{&wide: 80, &narrow: 40} {
			if err := show.Answer(b, a, show.Layout{Width: width}); err != nil {
				t.Fatal(err)
			}
		}
		got := strings.ReplaceAll(wide.String(), "\u00a0", " ")
		said := map[string]bool{}
		for _, m := range listedRow.FindAllStringSubmatch(got, -1) {
			k := slices.Index([]string{"peace", "war", "raid"}, m[1])
			said[m[1]] = true
			holdsInTable(t, a.Heads[k], table, k, int(m[2][0]-'a'), m[4], false)
			holdsInTable(t, a.Heads[k], table, k, int(m[5][0]-'a'), m[7], true)
			if !regexp.MustCompile(m[1] + ":? option " + m[2] + " " + regexp.QuoteMeta(m[3])).MatchString(wordsOf(narrow.String())) {
				t.Fatalf("%s is told otherwise at 40:\n%s", m[1], narrow.String())
			}
		}
		for _, l := range a.Leads {
			if len(said) > 0 && said[l.Measure] == l.Tie {
				t.Fatalf("%s: what is no tie has a line:\n%s", l.Measure, got)
			}
		}
	})
}

// heldOver are the options that each of some schools puts first, or as good, in a
// drawn table, and those that all do.
func heldOver(t *rapid.T, a *study.Answer, n int) (tables []map[string][]float64) {
	draws := [][]float64{{3, 3.05, 3.1, 3.2, 4}, {0, 0.004, 0.009, 0.0195, 0.3}}
	for v := range rapid.IntRange(2, 3).Draw(t, "schools") {
		of := map[string][]float64{}
		for k, h := range a.Heads {
			for i := range n {
				of[h.Measure] = append(of[h.Measure], rapid.SampledFrom(draws[k]).Draw(t, fmt.Sprint("school ", v, " option ", i, h.Measure)))
			}
		}
		tables = append(tables, of)
	}
	for _, h := range a.Heads {
		held := study.HeldBy{Measure: h.Measure}
		for i, r := range a.Rows {
			if firstInAll(tables, h, i) {
				held.Agreed = append(held.Agreed, r.Option)
			}
		}
		for v := range tables {
			lead := study.SchoolLead{View: fmt.Sprint("school ", v)}
			for i, r := range a.Rows {
				if firstInAll(tables[v:v+1], h, i) {
					lead.Best = append(lead.Best, r.Option)
				}
			}
			held.Views = append(held.Views, lead)
		}
		a.Held = append(a.Held, held)
	}
	return tables
}

// firstInAll reports whether in every school's table no option does better than
// this by what matters.
func firstInAll(tables []map[string][]float64, h study.Head, i int) bool {
	for _, of := range tables {
		column := of[h.Measure]
		best := slices.Max(column)
		if h.Better == "lower" {
			best = slices.Min(column)
		}
		if math.Abs(best-column[i]) >= h.Matters-1e-9 {
			return false
		}
	}
	return true
}

var (
	named   = `option [a-z](?:(?: and |, )option [a-z])*(?: and \d+ more options)?`
	common  = regexp.MustCompile(`On ((?:peace|war)(?: and war)?) every school has (` + named + `) first, or tied for it`)
	apiece  = regexp.MustCompile(`(peace|war) \((` + named + `)\)`)
	evenly  = regexp.MustCompile(`each alone has first, or tied for it, ([^.]*)\.`)
	oneOf   = regexp.MustCompile(`(` + named + `) on (peace|war)`)
	level   = regexp.MustCompile(`On ((?:peace|war)(?: and war)?) no school sees a difference that matters`)
	apart   = regexp.MustCompile(`[Oo]n ((?:peace|war)(?: and war)?) (?:they|the schools) part`)
	inPairs = regexp.MustCompile(`On ((?:peace|war)(?: and war)?) any two schools share a first`)
)

// twoPart reports whether two schools have no option first, or as good, in common.
func twoPart(tables []map[string][]float64, h study.Head, n int) bool {
	for v := range tables {
		for w := range v {
			two, share := []map[string][]float64{tables[v], tables[w]}, false
			for i := range n {
				share = share || firstInAll(two, h, i)
			}
			if !share {
				return true
			}
		}
	}
	return false
}

// Whatever the schools' tables: an option that every school is said to have first
// does as well as any in each, as many are counted as there are; the schools are said
// to part where no option does, and to see no difference where all do.
func TestScreenNeverDeniesItsSchools(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, table := drawnAnswer(t)
		tables := heldOver(t, a, len(table))
		var b bytes.Buffer
		if err := show.Answer(&b, a, show.Layout{Width: 80}); err != nil {
			t.Fatal(err)
		}
		got := wordsOf(b.String())
		agreed := map[string][]string{}
		for _, m := range common.FindAllStringSubmatch(got, -1) {
			for _, h := range strings.Split(m[1], " and ") {
				agreed[h] = append(agreed[h], m[2])
			}
		}
		for _, m := range apiece.FindAllStringSubmatch(got, -1) {
			agreed[m[1]] = append(agreed[m[1]], m[2])
		}
		for _, m := range evenly.FindAllStringSubmatch(got, -1) {
			for _, on := range oneOf.FindAllStringSubmatch(m[1], -1) {
				agreed[on[2]] = append(agreed[on[2]], on[1])
			}
		}
		said := func(about *regexp.Regexp, head string) bool {
			return slices.ContainsFunc(about.FindAllStringSubmatch(got, -1), func(m []string) bool { return slices.Contains(strings.Split(m[1], " and "), head) })
		}
		for _, h := range a.Heads {
			var first []int
			for i := range table {
				if firstInAll(tables, h, i) {
					first = append(first, i)
				}
			}
			all, one := len(first) == len(table), len(table) == 1
			part := twoPart(tables, h, len(table))
			if len(agreed[h.Measure]) > 0 != (len(first) > 0 && !all) || said(level, h.Measure) != (all && !one) || said(apart, h.Measure) != part || said(inPairs, h.Measure) != (len(first) == 0 && !part) {
				t.Fatalf("%s: first in all are %v of %d\n%s", h.Measure, first, len(table), got)
			}
			for _, words := range agreed[h.Measure] {
				for _, m := range regexp.MustCompile(`option ([a-z])`).FindAllStringSubmatch(words, -1) {
					if !slices.Contains(first, int(m[1][0]-'a')) {
						t.Fatalf("%s: %s is not first in all, but %v are\n%s", h.Measure, m[0], first, got)
					}
				}
			}
		}
	})
}

// On a full screen of 80 characters what gave way is counted, and all of it stands in
// the whole answer; the schools' agreement and parting stand on both.
func TestScreenTellsWhatItCuts(t *testing.T) {
	a := found()
	for i := range 16 {
		a.Rows = append(a.Rows, study.AnswerRow{Option: fmt.Sprint("x", i), Label: fmt.Sprint("plan ", i), Given: a.Rows[1].Given, Cells: a.Rows[1].Cells})
	}
	for i := range a.Outright {
		for range 16 {
			a.Outright[i].Cells = append(a.Outright[i].Cells, a.Outright[i].Cells[1])
		}
	}
	a.Firm = []study.Firmness{{Measure: "war", Rows: []study.Other{{Years: 5, Times: 3, Holds: true}}}}
	a.Alike = [][]string{{"watch", "x0", "x1", "x2", "x3", "x4", "x5"}}
	short := screenOf(t, a, 80)
	if n := strings.Count(short, "\n"); n > 40 {
		t.Errorf("%d lines", n)
	}
	if !regexp.MustCompile(`(\d+ sentences? more|In full): casus report casus-records/isle --part answer`).MatchString(wordsOf(short)) {
		t.Fatalf("nothing is said to be cut:\n%s", short)
	}
	var b bytes.Buffer
	if err := show.WholeAnswer(&b, a, show.Layout{Width: 80}); err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"Alike in every column", "At least one of those first", "First on peace: a pledge for hawk; watchers for dove."} {
		if !strings.Contains(wordsOf(b.String()), w) {
			t.Errorf("%q is missing in the whole answer", w)
		}
	}
	for _, w := range []string{"Best and worst by the median: war, watchers (1 in 2500) and a pledge (20 %); peace, all tied.", "On war every school has watchers first, or tied for it; on peace they part. First on peace: a pledge for hawk; watchers for dove.", "Gap that matters most: war under a pledge, 30 % for dove, 5 % for hawk; about 40 % of it", "Bayes factor 3", "1 refutes dove", "How sure: "} {
		if !strings.Contains(wordsOf(short), w) {
			t.Errorf("%q gave way:\n%s", w, short)
		}
	}
}

// However little room there is, the screen says what is worst whether or not the
// condition comes about: few worlds of a large case have long sentences.
func TestScreenKeepsWhatIsOutright(t *testing.T) {
	a := found()
	a.Worlds, a.Effective = 2, 3
	for i := range a.Rows {
		a.Rows[i].Label += " of a name that takes up much room"
	}
	for i := range 17 {
		a.Rows = append(a.Rows, study.AnswerRow{Option: fmt.Sprint("x", i), Label: fmt.Sprint("plan ", i), Given: a.Rows[1].Given, Cells: a.Rows[1].Cells})
		a.Outright[0].Cells = append(a.Outright[0].Cells, a.Outright[0].Cells[1])
	}
	for _, school := range []string{"the school of those who fear", "the school of those who hope", "the school of those who wait"} {
		a.Record.Refuted = append(a.Record.Refuted, study.RefutedView{View: school, Records: []string{"wars that came"}})
		a.Held[1].Views = append(a.Held[1].Views, study.SchoolLead{View: school, Best: []string{"x1"}})
	}
	for n := 0; n < 20; n++ {
		a.Question += " And what if it is longer still?"
		if screen := screenOf(t, a, 80); !strings.Contains(wordsOf(screen), "Taken or not") {
			t.Fatalf("a question of %d letters takes it from the screen:\n%s", len(a.Question), screen)
		}
	}
}

// The record is said to speak for a school only where none that it tells hardly
// apart from it goes unnamed.
func TestScreenNamesSchoolsHardlyApart(t *testing.T) {
	share := func(v string, x float64) study.SchoolWeight {
		return study.SchoolWeight{View: v, Share: study.Float(x)}
	}
	for want, shares := range map[string][]study.SchoolWeight{
		"speaks most for hawk, least for dove (":         {share("hawk", 0.75), share("owl", 0.2), share("dove", 0.05)},
		"speaks most for hawk and owl, least for dove (": {share("hawk", 0.48), share("owl", 0.4), share("dove", 0.12)},
		"speaks most for hawk, least for dove and owl (": {share("hawk", 0.7), share("owl", 0.16), share("dove", 0.14)},
	} {
		a := found()
		f := study.Float(1.1)
		a.Record = study.RecordVerdict{For: "hawk", Against: "dove", Factor: &f, Shares: shares}
		if got := wordsOf(screenOf(t, a, 80)); !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func ExampleAnswer() {
	var b bytes.Buffer
	if err := show.Answer(&b, &study.Answer{Title: "Nothing yet", Date: "2025-03-10", Horizon: 1}, show.Layout{}); err != nil {
		fmt.Println(err)
	}
	fmt.Print(b.String())
	// Output:
	// Nothing yet                                             2025-03-10, 1 year ahead
	//
	// No option was finished: there is nothing to say yet.
	// How sure: 0 worlds a view are few.
}

// What ties over all schools is not first under every one of them without a word of that.
func TestATieOverAllSchoolsIsNoFirst(t *testing.T) {
	a := found()
	a.Held[1].Agreed = []string{"pledge"}
	for i := range a.Held[1].Views {
		a.Held[1].Views[i].Best = []string{"pledge"}
	}
	got := wordsOf(screenOf(t, a, 80))
	for _, want := range []string{"Peace: no difference that matters between the options", "On peace the options tie over all schools; each alone has first, or tied for it, a pledge on peace."} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %s\n%s", want, got)
		}
	}
	if strings.Contains(got, "Every school has these first") || strings.Contains(got, "On war and peace every school") {
		t.Errorf("a tie passes for a first:\n%s", got)
	}
}

// A screen of part of the schools of a case says whose it is, and does not speak of all.
func TestScreenOfPartOfTheSchoolsNamesThem(t *testing.T) {
	for _, x := range []struct {
		basis string
		part  []string
		want  string
	}{
		{"record", []string{"hawk"}, "By hawk alone, weighed by the record"},
		{"record", []string{"hawk", "dove"}, "By hawk and dove alone, weighed by the record"},
		{"schools", []string{"hawk", "dove"}, "By hawk and dove alone, with equal weight: no record weighs them"},
		{"hawk", []string{"hawk"}, "By hawk alone; no record weighs it"},
	} {
		a := found()
		a.Basis, a.PartOf, a.Schools = x.basis, x.part, len(x.part)
		got := wordsOf(screenOf(t, a, 80))
		if !strings.Contains(got, x.want) {
			t.Errorf("%v by %s: no %q in\n%s", x.part, x.basis, x.want, got)
		}
		for _, all := range []string{"All schools", "all schools", "very school", "no school"} {
			if strings.Contains(got, all) {
				t.Errorf("%v by %s: says %q", x.part, x.basis, all)
			}
		}
	}
}
