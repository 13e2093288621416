package ask

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"casus/worlds/study"
)

// LeastMemory is the memory casus needs before it holds any world, in bytes.
const LeastMemory = 128 << 20

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
	if err := w.Within(most, folder); err != nil {
		return err
	}
	if w.Spilled() {
		to.say("the worlds of this run take %s; they lie in a file in %s until it ends", w.Cost().Worlds(), folder)
	}
	return nil
}

// longWorlds is from how many worlds a view a run may be a long one, so that it is
// tried first how long.
const longWorlds = 2048

// worthWaiting is how long a run takes at least for a line about it.
const worthWaiting = 2 * time.Minute

// foretell says before a long run what it will take.
func foretell(ctx context.Context, w *study.Work, to Told) error {
	if w.Most() < longWorlds {
		return nil
	}
	t, err := w.Foretell(ctx)
	switch c := w.Cost(); {
	case err != nil && ctx.Err() == nil:
		return err
	case err == nil && t > worthWaiting:
		to.say("this run takes roughly %s, %v", roughly(t), c)
	case c.Memory > worthSaying:
		to.say("this run takes %v", c)
	}
	return nil
}

// roughly is a time as one would say it of something that is estimated.
func roughly(t time.Duration) string {
	switch {
	case t > 48*time.Hour:
		return fmt.Sprintf("%.0f days", t.Hours()/24)
	case t > 90*time.Minute:
		return fmt.Sprintf("%.0f hours", t.Hours())
	}
	return fmt.Sprintf("%.0f minutes", t.Minutes())
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
