package study_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"reflect"
	"sync/atomic"
	"testing"

	"casus/worlds/study"
)

// countdown is a context that ends when it is looked at for the nth time.
type countdown struct {
	context.Context
	stop context.CancelFunc
	left atomic.Int64
}

func countingDown(t *testing.T, n int64) *countdown {
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	c := &countdown{Context: ctx, stop: stop}
	c.left.Store(n)
	return c
}

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		c.stop()
	}
	return c.Context.Err()
}

// offAt are the looks at which the runs of a test are called off: every one at first,
// then fewer, up to more than a run has.
func offAt(yield func(int64) bool) {
	for n := int64(0); yield(n); n += 1 + n/4 {
	}
}

// A run may be called off at any of its looks, while it solves, sums up, weighs, writes
// or answers. It gives the whole record, or part of one, or the error; never a fault,
// and never numbers that lack something.
func TestCalledOffAnywhere(t *testing.T) {
	m := load(t)
	p := study.Plan{Worlds: tinyWorlds, Seed: study.DefaultSeed, Workers: 1}
	whole := run(t, m, p)
	want, answer := written(t, whole), whole.Answer()
	partial, ends := 0, 0
	for n := range offAt {
		ctx := countingDown(t, n)
		r, err := study.Run(ctx, m, m.Case("tiny"), p, nil)
		switch {
		case errors.Is(err, context.Canceled):
			ends++
			continue
		case err != nil:
			t.Fatalf("called off at look %d: %v", n, err)
		case r.Partial:
			partial++
			continue
		}
		a, err := r.AnswerWithin(ctx)
		if err == nil && !reflect.DeepEqual(a, answer) {
			t.Fatalf("called off at look %d the answer is another", n)
		}
		folder := filepath.Join(t.TempDir(), "record")
		bad := r.WriteWithin(ctx, folder)
		if left := study.MayWrite(folder); left != nil {
			t.Fatal(left)
		}
		if err == nil && bad == nil && maps.Equal(want, written(t, r)) {
			break // it was never called off
		}
		if !errors.Is(errors.Join(err, bad), context.Canceled) {
			t.Fatalf("called off at look %d: %v, %v", n, err, bad)
		}
		ends++
		if got := written(t, r); !maps.Equal(got, want) { // what was summed up before stays
			t.Fatalf("called off at look %d the record is another", n)
		}
	}
	if partial == 0 || ends < 10 {
		t.Errorf("%d runs gave a part, %d the error: the summing up was not looked at", partial, ends)
	}
}
