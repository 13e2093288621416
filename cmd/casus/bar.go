package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/terminal"
)

// bar is a progress bar on a terminal, for what takes over a second. Elsewhere one
// line says how long it will take, where that is long.
type bar struct {
	w     io.Writer // nil: no terminal
	log   io.Writer
	from  time.Time
	shown bool
	said  bool
	last  time.Time
	done  int
}

// newBar is the bar of a verb. Whatever the verb writes wipes it away first.
func newBar(c *cobra.Command) *bar {
	b := &bar{log: c.ErrOrStderr(), from: time.Now()}
	f := terminalOf(c.ErrOrStderr())
	if f == nil {
		return b
	}
	b.w = f
	for _, w := range []io.Writer{c.OutOrStdout(), c.ErrOrStderr()} {
		if t, ok := w.(*terminal.Writer); ok {
			if p, ok := t.Under().(*pipe); ok {
				p.before = b.clear
			}
		}
	}
	return b
}

// worthALine is how long a run must still take for a line about it.
const worthALine = 2 * time.Minute

func (b *bar) tell(done, total int) {
	now := time.Now()
	if done < b.done { // another piece of work has begun
		b.from = now
	}
	b.done = done
	if b.w == nil {
		b.line(now, done, total)
		return
	}
	if now.Sub(b.from) < time.Second || now.Sub(b.last) < 100*time.Millisecond {
		return
	}
	b.last, b.shown = now, true
	const wide = 40
	full := wide * done / max(total, 1)
	fmt.Fprintf(b.w, "\r%s%s %3d %%%-14s", strings.Repeat("█", full), strings.Repeat("░", wide-full), 100*done/max(total, 1), b.left(now, done, total))
}

// line says once, where there is no terminal, that a run is a long one.
func (b *bar) line(now time.Time, done, total int) {
	if b.said || !tellable(now.Sub(b.from), done) {
		return
	}
	b.said = true
	if left := remaining(now.Sub(b.from), done, total); left > worthALine {
		fmt.Fprintf(b.log, "this takes about%s still\n", strings.TrimSuffix(strings.TrimPrefix(b.left(now, done, total), ","), " left"))
	}
}

// left says how long it will take still, once that can be told.
func (b *bar) left(now time.Time, done, total int) string {
	if !tellable(now.Sub(b.from), done) {
		return ""
	}
	left := remaining(now.Sub(b.from), done, total)
	switch {
	case left > time.Hour:
		return fmt.Sprintf(", %.1f h left", left.Hours())
	case left > time.Minute:
		return fmt.Sprintf(", %.0f min left", left.Minutes())
	}
	return ""
}

// tellable says whether what is done tells how long the rest takes: a few seconds
// of it do, however long that may be.
func tellable(gone time.Duration, done int) bool { return done > 0 && gone > 2*time.Second }

// remaining is how long the rest takes if it goes on as it went.
func remaining(gone time.Duration, done, total int) time.Duration {
	if done == 0 {
		return 0
	}
	return time.Duration(float64(gone) * float64(total-done) / float64(done))
}

func (b *bar) clear() {
	if b.shown {
		b.shown = false
		fmt.Fprintf(b.w, "\r%s\r", strings.Repeat(" ", 64))
	}
}
