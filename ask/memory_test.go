package ask

import (
	"context"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"sync/atomic"
	"testing"
)

// peak is the most that lives at once, in bytes, while something is done: it is looked
// at each time the collector has been.
func peak(do func()) int64 {
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	runtime.GC()
	var most atomic.Int64
	var done atomic.Bool
	var watch func(*[64]byte)
	watch = func(*[64]byte) {
		most.Store(max(most.Load(), living()))
		if !done.Load() {
			runtime.SetFinalizer(new([64]byte), watch)
		}
	}
	before := living()
	runtime.SetFinalizer(new([64]byte), watch)
	do()
	done.Store(true)
	return most.Load() - before
}

func living() int64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64())
}

// ofMemory are all questions that make worlds, of so many worlds and within so much
// memory.
func ofMemory(n int, memory int64) map[string]func(context.Context) error {
	w := inWorlds(n)
	w.Of, w.Memory = Named{Path: "../worlds/study/testdata/tiny"}, memory
	stated := w
	stated.Of = Named{Path: "truce"}
	const measure = "war_a_year"
	between := []string{"pledge", "nothing"}
	sense := func(methods ...string) func(context.Context) error {
		return func(ctx context.Context) error {
			q := Sense{Worlds: w}
			q.Query.Rows, q.Query.Trajectories, q.Query.Bootstrap.Resamples, q.Query.Methods = n/8, n/64, 2, methods
			_, err := q.Answer(ctx, Told{})
			return err
		}
	}
	return map[string]func(context.Context) error{
		"robust": func(ctx context.Context) error {
			_, err := Robust{Worlds: w, Alpha: 0.5, By: "expected"}.Answer(ctx, Told{})
			return err
		},
		"value":                   func(ctx context.Context) error { _, err := Value{Worlds: w}.Answer(ctx, Told{}); return err },
		"record":                  func(ctx context.Context) error { _, err := Past{w}.Answer(ctx, Told{}); return err },
		"sense, sobol and morris": sense("sobol", "morris"),
		"sense, of given worlds":  sense("given", "delta", "regional"),
		"sense, dgsm":             sense("dgsm"),
		"flip": func(ctx context.Context) error {
			_, err := Flip{Worlds: w, Measure: measure, Between: between, Means: 2}.Answer(ctx, Told{})
			return err
		},
		"suppose": func(ctx context.Context) error {
			_, err := Suppose{Of: w.Of, Worlds: n, Memory: memory, Design: "sobol", Measure: measure, Between: between}.Answer(ctx, Told{})
			return err
		},
		"discover": func(ctx context.Context) error {
			q := Discover{Worlds: w}
			searchAsk(&q.Search.PRIM, &q.Search.Box, &q.Search.Bins)
			q.Question.Where = "war[pledge] > 20%"
			_, err := q.Answer(ctx, Told{})
			return err
		},
		"elicit": func(ctx context.Context) error { _, err := Elicit{stated}.Answer(ctx, Told{}); return err },
		"ladder": func(ctx context.Context) error { _, err := Ladder{w}.Answer(ctx, Told{}); return err },
	}
}

var ofWhich = regexp.MustCompile(`would take about ([0-9.]+) (KB|MB|GB) of memory`)

// What a question takes grows with its worlds as the estimate does: no faster, and not
// several times slower. The catalogue and the games, which are there however few the
// worlds, fall out of the difference. Where a question does not fit it is refused before
// any work.
func TestMemoryIsForetold(t *testing.T) {
	const few, many = 1 << 12, 1 << 15
	const wavering = 3 << 20 // by how much a peak differs when all is done again
	for name := range ofMemory(few, 0) {
		if testing.Short() && name != "suppose" && name != "ladder" && name != "record" {
			continue
		}
		told := toldOf(t, name, many) - toldOf(t, name, few)
		least, most := tookBy(t, name, few), tookBy(t, name, many)
		for again := 0; again < 3 && most-least > told+wavering; again++ { // what is let go while the collector marks, on a busy machine for long, counts as living
			least, most = min(least, tookBy(t, name, few)), min(most, tookBy(t, name, many))
		}
		took := most - least
		t.Logf("%s: estimated to grow by %.1f MB, grew by %.1f", name, told/(1<<20), took/(1<<20))
		if took > told+wavering || told > 8*(took+wavering) {
			t.Errorf("%s: estimated to grow by %.1f MB, it grew by %.1f", name, told/(1<<20), took/(1<<20))
		}
	}
}

// toldOf is what a question of so many worlds is said to take, in bytes, where it may
// take nothing.
func toldOf(t *testing.T, name string, n int) float64 {
	t.Helper()
	err := ofMemory(n, LeastMemory+1)[name](t.Context())
	said := ofWhich.FindStringSubmatch(errorText(err))
	if said == nil || Code(err) != WrongUse {
		t.Fatalf("%s: within no memory: %v", name, err)
	}
	told, _ := strconv.ParseFloat(said[1], 64)
	return told * map[string]float64{"KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}[said[2]]
}

// tookBy is what lives at most while a question of so many worlds is answered, in bytes.
func tookBy(t *testing.T, name string, n int) float64 {
	t.Helper()
	var err error
	took := peak(func() { err = ofMemory(n, 0)[name](t.Context()) })
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return float64(took)
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
