package crew

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

// heard gives the fault that do raises.
func heard(do func()) (f *Fault) {
	defer func() { f, _ = recover().(*Fault) }()
	do()
	return nil
}

func breaks(what any) { panic(what) }

// Who waits hears of a worker's fault, with what it was and where in the worker it arose.
func TestWaitHears(t *testing.T) {
	cause := errors.New("no bed")
	f := heard(func() {
		var c Crew
		c.Go(func() {})
		c.Go(func() { breaks(cause) })
		c.Wait()
	})
	if f == nil || f.What != cause || !strings.Contains(string(f.Stack), "crew.breaks") || !strings.HasPrefix(f.Error(), "no bed\n") {
		t.Errorf("heard %v", f)
	}
	through := heard(func() {
		var c Crew
		c.Go(func() { c := Crew{}; c.Go(func() { breaks(cause) }); c.Wait() })
		c.Wait()
	})
	if through == nil || through.What != cause || !strings.Contains(string(through.Stack), "crew.breaks") {
		t.Errorf("through two crews: %v", through)
	}
}

// Of several faults that of the lowest call is heard, and calls behind it are not begun.
func TestEachHears(t *testing.T) {
	for _, workers := range []int{0, 1, 3, 100} {
		var begun atomic.Int64
		f := heard(func() {
			Each(t.Context(), workers, 1000, func(i int) {
				if begun.Add(1); i == 5 || i == 7 {
					breaks(i)
				}
			})
		})
		if f == nil || f.What != 5 || !strings.Contains(string(f.Stack), "crew.breaks") {
			t.Errorf("%d workers: heard %v", workers, f)
		}
		if workers == 1 && begun.Load() != 6 {
			t.Errorf("one worker began %d calls", begun.Load())
		}
	}
}

// What broke off is not done for who asks next: the same fault is heard by everybody.
func TestOnceHears(t *testing.T) {
	var o Once
	calls := 0
	for range 3 {
		if f := heard(func() { o.Do(func() { calls++; breaks("no bed") }) }); f == nil || f.What != "no bed" || !strings.Contains(string(f.Stack), "crew.breaks") {
			t.Errorf("heard %v", f)
		}
	}
	var sound Once
	for range 3 {
		sound.Do(func() { calls++ })
	}
	if calls != 2 {
		t.Errorf("%d calls for two things to do once", calls)
	}
}

// Every call is made once; none where there is nothing to do or the context is done.
func TestEach(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	for _, n := range []int{0, 1, 50} {
		made := make([]int, n)
		if err := Each(ctx, 4, n, func(i int) { made[i]++ }); err != nil {
			t.Error(err)
		}
		for i, times := range made {
			if times != 1 {
				t.Errorf("of %d, call %d is made %d times", n, i, times)
			}
		}
	}
	stop()
	if err := Each(ctx, 4, 3, func(int) { t.Error("begun") }); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}
