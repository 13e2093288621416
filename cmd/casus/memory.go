package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"casus/ask"
	"casus/study"
)

// size is the flag --memory: a number of bytes, as in 2GiB or 500MB.
type size int64

func (s *size) String() string {
	if *s == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*s), 10)
}

func (s *size) Type() string { return "SIZE" }

// leastMemory is what casus needs without a world.
const leastMemory = 128 << 20

func (s *size) Set(text string) error {
	units := []struct {
		name string
		of   float64
	}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}}
	for _, u := range units {
		if digits, ok := strings.CutSuffix(text, u.name); ok {
			x, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
			if bytes := x * u.of; err == nil && bytes >= leastMemory && bytes < math.MaxInt64 {
				*s = size(bytes)
				return nil
			}
		}
	}
	return fmt.Errorf("a size from 128MiB on, such as 2GiB or 500MB")
}

// afford keeps a run within its memory: worlds that do not fit lie in a file beside
// the records, or the run is refused before it begins. Of a large one it says what
// it takes.
func afford(w *study.Work, keep kept, stderr io.Writer) error {
	most := int64(keep.memory)
	if most > 0 {
		debug.SetMemoryLimit(most)
		most -= leastMemory
	} else {
		most = machine() / 10 * 9
	}
	folder := standing(filepath.Dir(cmp.Or(keep.record, own("", 1))))
	if err := w.Within(most, folder); err != nil {
		return err
	}
	switch c := w.Cost(); {
	case w.Spilled():
		fmt.Fprintf(stderr, "the worlds of this run take %s; they lie in a file in %s until it ends\n", c.Worlds(), folder)
	case c.Memory > worthSaying:
		fmt.Fprintf(stderr, "this run takes %v\n", c)
	}
	return nil
}

// standing is a folder, or the first above it that is there.
func standing(folder string) string {
	for !ask.Exists(folder) && folder != filepath.Dir(folder) {
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
