package main

import (
	"strings"
	"testing"
	"time"
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
