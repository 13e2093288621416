package ask

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"casus/finding"
	"casus/worlds/study"
)

// LeastMemory is the memory casus needs before it holds any world, in bytes, and
// LeastLimit the least that it can be kept to: the games that two processors solve at
// once and what is being written take up to that.
const (
	LeastMemory = 128 << 20
	LeastLimit  = 256 << 20
)

// ofWorker is about what the game that a worker solves takes, in bytes.
const ofWorker = 96 << 20

// games is about what casus and the games that so many workers solve at once take, in
// bytes, beside the worlds.
func games(workers int) int64 { return LeastLimit + ofWorker*int64(workers-2) }

// fewer has as many workers as the memory that may be used is enough for, where nobody
// has said how many.
func (q *Worlds) fewer() {
	if q.Memory > 0 && q.Plan.Workers == 0 {
		q.Plan.Workers = max(min(runtime.GOMAXPROCS(0), int((q.Memory-ofWorker/2)/ofWorker)), 1)
	}
}

// least is the memory, in bytes, that a run can be kept to: worlds can lie in a file,
// but not those that a record brings when it is gone on with, nor the columns that are
// sorted at the end.
func (q *Run) least(w *study.Work) int64 {
	least := LeastLimit*3/4 + 24*int64(w.Most())
	if q.Resume {
		least += LeastLimit/4 + w.Cost().Memory
	}
	return max((least+1<<20-1)>>20<<20, LeastLimit)
}

// afford keeps a run within its memory: worlds that do not fit lie in a file beside
// the records, or the run is refused before it begins. Of a large one it says what
// it takes.
func (q *Run) afford(w *study.Work, to Told) error {
	most := q.Memory
	if most > 0 {
		debug.SetMemoryLimit(most)
		most -= LeastMemory
	} else {
		most = machine() / 10 * 9
	}
	folder := standing(filepath.Dir(cmp.Or(q.Keep.Record, own("", 1))))
	if least := q.least(w); q.Memory > 0 && q.Memory < least {
		return Usage(fmt.Sprintf("--memory is too little for this run, which would take more: its games, and columns of %s", finding.Count(w.Most(), "world")), fmt.Sprintf("give it %dMiB, or ask for fewer worlds", least>>20))
	}
	if err := w.Within(most, folder, true); err != nil {
		return misused(err)
	}
	if w.Spilled() {
		to.say("the worlds of this run take %s; they lie in a file in %s until it ends", w.Cost().Worlds(), folder)
	}
	return nil
}

// longWorlds is from how many worlds a view a run may be a long one, so that it is
// tried first how long.
const longWorlds = 1024

// worthWaiting is how long a run takes at least for a line about it.
const worthWaiting = time.Minute

// foretell says before many worlds are drawn what that will take: how long, and what room
// in words.
func foretell(ctx context.Context, w *study.Work, to Told, room func(*study.Work) string) error {
	if w.Most() < longWorlds {
		return nil
	}
	t, err := w.Foretell(ctx)
	c := cost(w)
	switch {
	case err != nil && ctx.Err() == nil:
		return err
	case err == nil && t > worthWaiting:
		to.say("this run takes roughly %s, %s", roughly(t), room(w))
	case c.Memory > worthSaying:
		to.say("this run takes %s", room(w))
	}
	return nil
}

// roomOfRun says what room a recorded run takes.
func roomOfRun(w *study.Work) string {
	if w.Spilled() {
		return w.Cost().Room()
	}
	return cost(w).String()
}

// cost adds up a run: its worlds, casus, and the games solved at once.
func cost(w *study.Work) study.Cost { return w.Cost().With(games(w.Workers())) }

// roughly is a time as one would say it of something that is estimated.
func roughly(t time.Duration) string {
	switch {
	case t > 48*time.Hour:
		return fmt.Sprintf("%.0f days", t.Hours()/24)
	case t > 90*time.Minute:
		return fmt.Sprintf("%.0f hours", t.Hours())
	}
	return finding.Count(max(int(t.Minutes()+0.5), 1), "minute")
}

// standing is a folder, or the first above it that is there.
func standing(folder string) string {
	for !Exists(folder) && folder != filepath.Dir(folder) {
		folder = filepath.Dir(folder)
	}
	return folder
}

// worthSaying is the memory from which a run says what it takes.
const worthSaying = 512 << 20

// machine is the memory of this machine, as far as the process may have it; 0 where
// the system does not say.
func machine() int64 {
	total := int64(0)
	text, _ := os.ReadFile("/proc/meminfo")
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "MemTotal:" {
			n, _ := strconv.ParseInt(f[1], 10, 64)
			total = n << 10
		}
	}
	group, _ := os.ReadFile("/sys/fs/cgroup/memory.max")
	if n, err := strconv.ParseInt(strings.TrimSpace(string(group)), 10, 64); err == nil && (total == 0 || n < total) {
		total = n
	}
	return total
}
