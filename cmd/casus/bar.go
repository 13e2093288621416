package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/terminal"
)

// bar is a progress bar on a terminal, for what takes over a second. Elsewhere a
// line says how long it will take, where that is long, and one every few minutes how
// far it is.
type bar struct {
	w      io.Writer // nil: no terminal
	log    io.Writer
	from   time.Time
	shown  bool
	judged time.Time // when it was last judged whether the run is a long one
	said   time.Time // when a line was last said, where there is no terminal
	last   time.Time
	done   int
	what   string // what is at hand; empty: the worlds
	doing  string // what the whole verb does, said once where there is no terminal; empty: nothing is
	broad  int    // how broad what stands beside the bar is

	pace     time.Time // since when pieces are counted
	paceDone int       // what was done then
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

// A log is left alone for betweenLines; a run that seemed a short one is judged again
// after betweenJudgements, for a machine may have got more to do.
const (
	betweenLines      = 5 * time.Minute
	betweenJudgements = time.Minute
)

func (b *bar) tell(done, total int) {
	now := time.Now()
	if done < b.done { // another piece of work has begun
		b.from, b.pace, b.what = now, time.Time{}, ""
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
	b.broad = 14
	if b.what != "" {
		b.broad = 32
	}
	fmt.Fprintf(b.w, "\r%s%s %3d %%%-*s", strings.Repeat("█", full), strings.Repeat("░", wide-full), 100*done/max(total, 1), b.broad, b.left(now, done, total)+b.at())
}

// begins is told what is at hand from now on: it has a pace of its own.
func (b *bar) begins(what string) {
	b.what, b.pace, b.paceDone, b.judged = what, time.Now(), b.done, time.Time{}
}

// at says what is at hand, after a figure.
func (b *bar) at() string {
	if b.what == "" {
		return ""
	}
	return " (" + b.what + ")"
}

// line says, where there is no terminal, that a run is a long one, and from then on
// now and again how far it is.
func (b *bar) line(now time.Time, done, total int) {
	if b.doing != "" && now.Sub(b.from) > time.Second {
		fmt.Fprintln(b.log, b.doing)
		b.doing = ""
	}
	left, known := b.remaining(now, done, total)
	first := b.said.IsZero()
	if !known || first && now.Sub(b.judged) < betweenJudgements || now.Sub(b.said) < betweenLines {
		return
	}
	b.judged = now
	if first && left <= worthALine {
		return
	}
	if first {
		fmt.Fprintf(b.log, "this takes about%s still%s\n", strings.TrimSuffix(strings.TrimPrefix(b.left(now, done, total), ","), " left"), b.at())
	} else {
		fmt.Fprintf(b.log, "%d of %d done%s%s\n", done, total, b.left(now, done, total), b.at())
	}
	b.said = now
}

// left says how long it will take still, once that can be told.
func (b *bar) left(now time.Time, done, total int) string {
	left, known := b.remaining(now, done, total)
	switch {
	case known && left > time.Hour:
		return fmt.Sprintf(", %.1f h left", left.Hours())
	case known && left > time.Minute:
		return fmt.Sprintf(", %.0f min left", left.Minutes())
	}
	return ""
}

// What is done first, the drawing of worlds and the making of games, says little of
// the rest. So the pace is that of the pieces since the fourth second, and told when
// there are enough of them.
const (
	startOfPace   = 4 * time.Second
	lengthOfPace  = 6 * time.Second
	enoughForPace = 24
)

// remaining is how long the rest takes if it goes on at its pace; whether that can
// be told yet.
func (b *bar) remaining(now time.Time, done, total int) (time.Duration, bool) {
	gone := now.Sub(b.from)
	if b.pace.IsZero() && gone >= startOfPace {
		b.pace, b.paceDone = now, done
	}
	since, pieces := now.Sub(b.pace), done-b.paceDone
	if b.pace.IsZero() || since < lengthOfPace || pieces < enoughForPace {
		return 0, false
	}
	return time.Duration(float64(since) * float64(total-done) / float64(pieces)), true
}

func (b *bar) clear() {
	if b.shown {
		b.shown = false
		fmt.Fprintf(b.w, "\r%s\r", strings.Repeat(" ", 46+b.broad))
	}
}
