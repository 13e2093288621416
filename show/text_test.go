package show_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/catalog"
	"casus/lang/source"
	"casus/show"
	"casus/worlds/study"
)

var update = flag.Bool("update", false, "write what is printed into testdata")

// tiny is the record of the small case of package study, with edits made to its
// text, cancelled after so many tasks (0: run to its end).
func tiny(t *testing.T, p study.Plan, tasks int, edits ...string) *study.Record {
	t.Helper()
	files, err := catalog.Read("../worlds/study/testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		files[i] = source.New(f.Name, []byte(strings.NewReplacer(edits...).Replace(string(f.Text))))
	}
	m, problems := catalog.Files(files)
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p.Seed, p.Workers, p.Worlds = study.DefaultSeed, 1, 64
	r, err := study.Run(ctx, m, m.Case("tiny"), p, func(done, _ int) {
		if done == tasks {
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func text(t *testing.T, r *study.Record, width int) string {
	t.Helper()
	var b bytes.Buffer
	if err := show.Text(&b, r, show.Layout{Width: width}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// manyViews edits the tiny case to have six views.
func manyViews() []string {
	views, names := "", ""
	for _, name := range []string{"owl", "wren", "a_bird_of_a_long_name"} {
		views += fmt.Sprintf("view %s %q {\n  union of dove, hawk\n}\n", name, name)
		names += ", " + name
	}
	return []string{"view either ", views + "view either ", "view     dove, hawk, either\n  against", "view     dove, hawk, either" + names + "\n  against"}
}

// Every report that is kept in testdata, at its width.
func reports(t *testing.T) map[string]string {
	whole := tiny(t, study.Plan{}, 0)
	return map[string]string{
		"whole":       text(t, whole, 80),
		"whole_60":    text(t, whole, 60),
		"whole_200":   text(t, whole, 200),
		"partial":     text(t, tiny(t, study.Plan{}, 10), 80),
		"no_baseline": text(t, tiny(t, study.Plan{Options: []string{"pledge"}, Views: []string{"hawk"}}, 0), 80),
		"views_60":    text(t, tiny(t, study.Plan{}, 0, manyViews()...), 60),
		"long_names": text(t, tiny(t, study.Plan{}, 0, "option nothing ", "option nothing_at_all_is_promised_to_anyone_by_anyone_at_all ",
			"option   nothing,", "option   nothing_at_all_is_promised_to_anyone_by_anyone_at_all,", "baseline nothing", "baseline nothing_at_all_is_promised_to_anyone_by_anyone_at_all"), 60),
		"bare": text(t, bare(whole), 80),
	}
}

// bare is the record of a case that has no key event, no chain and no record.
func bare(r *study.Record) *study.Record {
	out := *r
	out.Legal, out.History, out.Weights, out.ChainTo, out.Warnings = nil, nil, nil, "", nil
	return &out
}

// asKept holds what was printed against the file it is kept in, word for word.
func asKept(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("it differs from %s (-update writes it):\n%s", file, got)
	}
}

func TestReports(t *testing.T) {
	for name, got := range reports(t) {
		asKept(t, filepath.Join("testdata", name+".txt"), got)
	}
}

// No report has a number that is none, a blank at the end of a line, or a line
// wider than its page, other than a word that cannot be broken.
func TestLines(t *testing.T) {
	bad := regexp.MustCompile(`NaN|Inf\b|%!|<nil>|0x[0-9a-f]{6}`)
	widths := []int{40, 41, 50, 60, 61, 72, 80, 97, 120, 200}
	for name, r := range map[string]*study.Record{"whole": tiny(t, study.Plan{}, 0), "partial": tiny(t, study.Plan{}, 10), "views": tiny(t, study.Plan{}, 0, manyViews()...)} {
		for _, width := range widths {
			for i, line := range strings.Split(text(t, r, width), "\n") {
				if n := utf8.RuneCountInString(line); n > width && strings.ContainsAny(strings.TrimLeft(line, " "), " ") {
					t.Errorf("%s at %d, line %d is %d wide: %s", name, width, i+1, n, line)
				}
				if strings.TrimRight(line, " ") != line {
					t.Errorf("%s at %d, line %d ends in blanks: %q", name, width, i+1, line)
				}
				if bad.MatchString(line) {
					t.Errorf("%s at %d, line %d: %s", name, width, i+1, line)
				}
			}
		}
	}
}

// A width below 40 is 40, none is 80.
func TestWidths(t *testing.T) {
	r := tiny(t, study.Plan{}, 0)
	if text(t, r, 20) != text(t, r, 40) || text(t, r, -5) != text(t, r, 40) {
		t.Error("a page is at least 40 wide")
	}
	if text(t, r, 0) != text(t, r, 80) {
		t.Error("a page is 80 wide unless it is said how wide")
	}
}

// The cells of every table begin in the columns of its head.
func TestColumnsLineUp(t *testing.T) {
	for name, out := range reports(t) {
		tables := 0
		lines := strings.Split(out, "\n")
		for i, line := range lines {
			if first, _, _ := strings.Cut(strings.TrimLeft(line, " "), " "); !slices.Contains([]string{"dove", "record", "unweighted"}, first) || !strings.HasPrefix(line, " ") {
				continue
			}
			tables++
			starts := columns(line)
			for _, row := range lines[i+1:] {
				if row == "" || strings.HasPrefix(row, " ") { // the end, or the head of the columns that did not fit
					break
				}
				cells := []rune(row)
				for _, at := range starts {
					if at >= len(cells) || cells[at] == ' ' || string(cells[at-2:at]) != "  " {
						t.Errorf("%s: column %d:\n%s\n%s", name, at, line, row)
					}
				}
			}
		}
		if tables < 5 && name != "no_baseline" {
			t.Errorf("%s: %d tables", name, tables)
		}
	}
}

// columns are the places, in characters, where words begin.
func columns(line string) []int {
	var out []int
	cells := []rune(line)
	for i, c := range cells {
		if c != ' ' && (i == 0 || cells[i-1] == ' ') {
			out = append(out, i)
		}
	}
	return out
}

// words are those of a report, one blank apart.
func words(report string) string { return strings.Join(strings.Fields(report), " ") }

// A mark of comparison stands where the run can compare, and the text says
// which marks there are.
func TestMarks(t *testing.T) {
	alone := text(t, tiny(t, study.Plan{Options: []string{"pledge"}}, 0), 80)
	if strings.ContainsAny(alone, "▲▼·*") || !strings.Contains(words(alone), "The baseline nothing was not run: nothing is compared with it.") {
		t.Errorf("an option alone is compared:\n%s", alone)
	}
	twin := []string{"option pledge ", "option twin \"Twin\" {\n  adopt PLEDGE\n  deploy FRA 800 at MDA\n}\noption pledge ", "nothing, pledge", "pledge, twin", "baseline nothing", "baseline pledge"}
	for _, line := range strings.Split(text(t, tiny(t, study.Plan{}, 0, twin...), 80), "\n") {
		if strings.HasPrefix(line, "twin  ") && strings.Contains(line, "%") && strings.ContainsAny(line, "▲▼") {
			t.Errorf("of two equal options one is better: %s", line)
		}
	}
	whole := text(t, tiny(t, study.Plan{}, 0), 80)
	if !strings.Contains(words(whole), "▲ better, ▼ worse than nothing in") || !strings.Contains(words(whole), "– not defined") || strings.Contains(words(whole), "! not defined") {
		t.Error("the marks are not explained")
	}
}

// An option that is undefined in some worlds is marked and the mark explained.
func TestUndefinedInSomeWorlds(t *testing.T) {
	r := tiny(t, study.Plan{}, 0)
	r.Results[1].Views[0].Summary[0].Undefined = 3
	out := text(t, r, 200)
	if !strings.Contains(words(out), "! not defined in some of the worlds, which are left out.") || !regexp.MustCompile(`\npledge +.* \S+ \(\S+\)! `).MatchString(out) {
		t.Error(out)
	}
}

// Two records of one case are two tables.
func TestTwoRecords(t *testing.T) {
	r := tiny(t, study.Plan{}, 0, "  record ", "  record \"another count\" { measure war_a_pair; per \"try\"; events 3; trials 4; source S81 }\n  record ")
	out := words(text(t, r, 80))
	for _, want := range []string{"What happened: another count: 3 in 4 (S81); 95 % upper bound 99 % a try.", "What happened: years of quarrels", "view implied a try", "view implied a pair of years"} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q:\n%s", want, out)
		}
	}
}

// Each case says in words what it holds against the record: none where the
// measure is never defined.
func TestImpliedUndefined(t *testing.T) {
	r := tiny(t, study.Plan{}, 0, "probability = P(war)\n  measure war_a_year", "probability = P(war and hit and not war) / P(war and not war)\n  measure war_a_year")
	c := r.History[0].Checks[0]
	if c.Implied != nil || c.ImpliedLow != nil || c.Unlikely {
		t.Errorf("%+v", c)
	}
	if err := r.Write(filepath.Join(t.TempDir(), "record")); err != nil {
		t.Error(err)
	}
	if out := text(t, r, 80); !regexp.MustCompile(`\ndove +– +\S+ % +100 %`).MatchString(strings.ReplaceAll(out, "\u00a0", " ")) {
		t.Error(out)
	}
}

// A manifest comes from outside: what it says is never obeyed by a terminal.
func TestNoControlCharacters(t *testing.T) {
	r := *tiny(t, study.Plan{}, 0)
	r.Title, r.Question = "a\x1b[2Jb", "c\ad\r?"
	got := text(t, &r, 80)
	if strings.ContainsFunc(got, func(c rune) bool { return c < ' ' && c != '\n' }) {
		t.Errorf("control characters in %q", got[:200])
	}
	if !strings.Contains(got, "a[2Jb") {
		t.Error("the title is gone")
	}
}
