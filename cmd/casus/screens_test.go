package main

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/ask"
	"casus/catalog"
	"casus/show"
	"casus/worlds/study"
)

// Whatever case ships, however many worlds it is played in and however wide the screen
// is: it has forty lines of eighty characters at most and none wider than it is; every
// number that a sentence tells stands in the table or in the whole report; no sentence has
// a gap; and what differs by less than matters is nowhere told as a difference.
func TestEveryScreen(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range played(t) {
		for _, worlds := range []int{12, 64, 512} {
			t.Run(fmt.Sprint(name, " ", worlds), func(t *testing.T) {
				if worlds == 64 && name == "ukraine" {
					t.Skip("the great case is played in few worlds and in many")
				}
				if testing.Short() && (worlds > 12 || !slices.Contains(quickToRun, name)) {
					t.Skip("takes long; ./test --all runs it")
				}
				record := fmt.Sprintf("%s-%d", name, worlds)
				full := printed(t, fmt.Sprintf("run %s --worlds %d --record %s --full", name, worlds, record))
				r, err := ask.Report{Record: record}.Answer(ask.Told{})
				if err != nil {
					t.Fatal(err)
				}
				if err := r.ReadDraws(record); err != nil {
					t.Fatal(err)
				}
				a := r.Answer()
				a.Folder = record
				for _, width := range []int{80, 40} {
					var b bytes.Buffer
					if err := show.Answer(&b, a, show.Layout{Width: width}); err != nil {
						t.Fatal(err)
					}
					screenHolds(t, b.String(), full, width, a)
				}
			})
		}
	}
}

// played are the cases that ship and play a crisis.
func played(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, name := range catalog.Cases() {
		m, problems, err := catalog.Case(name)
		switch {
		case err != nil || len(problems) > 0:
			t.Fatal(name, err, problems)
		case m.Case(name).Crisis != nil:
			out = append(out, name)
		}
	}
	return out
}

var (
	screenNumber = regexp.MustCompile(`\d+(?:\.\d+)?`)
	sentenceGap  = regexp.MustCompile(`\(\)|\( |[.,:;] ?[.,:;]|under [.,;)]|: *$|“”|\bNaN\b|%!`)
)

func screenHolds(t *testing.T, screen, full string, width int, a *study.Answer) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(screen, "\n"), "\n")
	if width == 80 && len(lines) > 40 {
		t.Errorf("%d lines:\n%s", len(lines), screen)
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line) > width && strings.Contains(strings.TrimSpace(line), " ") {
			t.Errorf("wider than %d: %s", width, line)
		}
	}
	sentences, table := parted(screen, a)
	known := screenNumber.FindAllString(table+full, -1)
	for _, n := range screenNumber.FindAllString(sentences, -1) {
		if !slices.Contains(known, n) {
			t.Errorf("%s stands in a sentence, and neither in the table nor in the report:\n%s", n, screen)
		}
	}
	if m := sentenceGap.FindString(sentences); m != "" {
		t.Errorf("a sentence has a gap, %q:\n%s", m, screen)
	}
	for k, h := range a.Heads {
		if tiesAll(a, k) && regexp.MustCompile(`(?i)\b`+regexp.QuoteMeta(h.Headline)+`(: (most|least|likel)|, [^;.]*\) and )`).MatchString(sentences) {
			t.Errorf("%s: a tie is told as a difference:\n%s", h.Headline, screen)
		}
	}
}

// parted are the sentences of a screen in one line, and its table with what stands below.
func parted(screen string, a *study.Answer) (sentences, table string) {
	text := strings.ReplaceAll(screen, "\u00a0", " ")
	_, text, _ = strings.Cut(text, "\n") // the title has the day
	if a.Question != "" {
		question := regexp.MustCompile(`(?s)` + strings.Join(strings.Fields(regexp.QuoteMeta(a.Question)), `\s+`))
		text = question.ReplaceAllString(text, "")
	}
	at := strings.LastIndex(text, "\n\n")
	if len(a.Rows) == 0 || at < 0 {
		return strings.Join(strings.Fields(text), " "), ""
	}
	if first := strings.Index(text, "\n"+a.Rows[0].Label+" "); first >= 0 {
		at = strings.LastIndex(text[:first], "\n\n")
	}
	return strings.Join(strings.Fields(text[:at]), " "), text[at:]
}

// tiesAll reports whether no two options differ by as much as matters by a head.
func tiesAll(a *study.Answer, k int) bool {
	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range a.Rows {
		if m := r.Cells[k].Median; m != nil {
			low, high = min(low, float64(*m)), max(high, float64(*m))
		}
	}
	return high-low < a.Heads[k].Matters*(1-1e-9)
}
