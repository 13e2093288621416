package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Where there is no terminal a short run says nothing, and a long one what it takes
// and then, now and again, how far it is.
func TestLinesOfALog(t *testing.T) {
	for _, c := range []struct {
		each  time.Duration // of a piece
		total int
		want  string
	}{
		{time.Second, 60, ""},
		{10 * time.Second, 100, "this takes about 12 min still\n55 of 100 done, 8 min left\n85 of 100 done, 2 min left\n"},
	} {
		var log strings.Builder
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		b := &bar{log: &log, from: start}
		for done := range c.total + 1 {
			b.line(start.Add(time.Duration(done)*c.each), done, c.total)
		}
		if log.String() != c.want {
			t.Errorf("pieces of %v: %q, not %q", c.each, log.String(), c.want)
		}
	}
}

// What a verb does is said once in a log, after a second.
func TestALogHearsWhatIsDone(t *testing.T) {
	var log strings.Builder
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	b := &bar{log: &log, from: start, doing: "claims are weighed"}
	b.line(start.Add(time.Second/2), 1, 100)
	if log.String() != "" {
		t.Errorf("in half a second: %q", log.String())
	}
	for done := range 20 {
		b.line(start.Add(time.Duration(done)*time.Second), done, 100)
	}
	if log.String() != "claims are weighed\n" {
		t.Errorf("%q", log.String())
	}
}

// On a terminal the bar says what is at hand once the worlds are solved, and is wiped
// away whole; a run that seemed a short one says so when it has become long.
func TestBarSaysWhatIsAtHand(t *testing.T) {
	var screen strings.Builder
	b := &bar{w: &screen, from: time.Now().Add(-time.Minute)}
	b.tell(70, 100)
	b.begins("writing the record")
	b.last = time.Time{}
	b.tell(85, 100)
	if !strings.Contains(screen.String(), " 85 % (writing the record)") {
		t.Errorf("%q", screen.String())
	}
	longest := 0
	for line := range strings.SplitSeq(screen.String(), "\r") {
		longest = max(longest, utf8.RuneCountInString(line))
	}
	screen.Reset()
	b.clear()
	if wiped := strings.Count(screen.String(), " "); wiped < longest || longest > 79 {
		t.Errorf("%d characters are wiped of %d", wiped, longest)
	}

	start := time.Now()
	b = &bar{log: &screen, from: start}
	screen.Reset()
	for done := range 100 { // the first forty take a second each, the others ten
		at := time.Duration(done) * time.Second
		if done > 40 {
			at += time.Duration(done-40) * 9 * time.Second
		}
		b.line(start.Add(at), done, 100)
	}
	if want := "this takes about 3 min still\n"; !strings.HasPrefix(screen.String(), want) {
		t.Errorf("%q", screen.String())
	}
}
