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
			q.Question.Where = "war[pledge] > war[nothing]"
			_, err := q.Answer(ctx, Told{})
			return err
		},
		"elicit": func(ctx context.Context) error { _, err := Elicit{stated}.Answer(ctx, Told{}); return err },
		"ladder": func(ctx context.Context) error { _, err := Ladder{w}.Answer(ctx, Told{}); return err },
	}
}

var ofWhich = regexp.MustCompile(`would take about ([0-9.]+) (KB|MB|GB) of memory`)

// What a question takes is estimated as it is: no less than what lives at once, but for
// the catalogue and its games, and no more than several times that. Where it does not
// fit it is refused before any work.
func TestMemoryIsForetold(t *testing.T) {
	const n = 1 << 13
	const beside = 24 << 20 // of the catalogue and games
	answered := ofMemory(n, 0)
	for name, refused := range ofMemory(n, LeastMemory+1) {
		if testing.Short() && name != "suppose" && name != "ladder" && name != "record" {
			continue
		}
		err := refused(t.Context())
		said := ofWhich.FindStringSubmatch(errorText(err))
		if said == nil || Code(err) != WrongUse {
			t.Errorf("%s: within no memory: %v", name, err)
			continue
		}
		told, _ := strconv.ParseFloat(said[1], 64)
		told *= map[string]float64{"KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}[said[2]]
		took := peak(func() { err = answered[name](t.Context()) })
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%s: estimated %.1f MB, took %.1f", name, told/(1<<20), float64(took)/(1<<20))
		if float64(took) > told+beside || told > 4*float64(took+beside) {
			t.Errorf("%s: estimated at %.0f MB, it took %.0f", name, told/(1<<20), float64(took)/(1<<20))
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
