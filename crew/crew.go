// Package crew has work done side by side. A fault of the program in one worker is
// raised again where the work is waited for, so that who asked for it hears of it and
// the rest of the program goes on: everything that computes on more than one goroutine
// starts them here.
package crew

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Fault is a panic, kept with the stack of the goroutine in which it arose.
type Fault struct {
	What  any
	Stack []byte
}

// FaultOf keeps what recover gave, with the stack as it is now; what was kept before
// keeps its own.
func FaultOf(what any) *Fault {
	if f, is := what.(*Fault); is {
		return f
	}
	return &Fault{what, debug.Stack()}
}

// Error gives the stack too: it is what the runtime prints of a panic.
func (f *Fault) Error() string { return fmt.Sprintf("%v\n%s", f.What, f.Stack) }

// Crew is a number of workers that are waited for together. The zero value has none.
type Crew struct {
	group sync.WaitGroup
	fault atomic.Pointer[Fault]
}

// Go starts a worker.
func (c *Crew) Go(do func()) {
	c.group.Go(func() {
		defer func() {
			if what := recover(); what != nil {
				c.fault.CompareAndSwap(nil, FaultOf(what))
			}
		}()
		do()
	})
}

// Wait returns once every worker has ended. If one of them panicked, it panics with the
// *Fault of the first that did.
func (c *Crew) Wait() {
	c.group.Wait()
	if f := c.fault.Load(); f != nil {
		panic(f)
	}
}

// Once has something done once for all who ask for it. If it panics, everybody who asks
// gets the *Fault: after a sync.Once the second would go on with what is half made.
type Once struct {
	once  sync.Once
	fault *Fault
}

// Do calls do if it is the first to be called, and returns once that call has ended.
func (o *Once) Do(do func()) {
	o.once.Do(func() {
		defer func() {
			if what := recover(); what != nil {
				o.fault = FaultOf(what)
			}
		}()
		do()
	})
	if o.fault != nil {
		panic(o.fault)
	}
}

// Each calls do for 0 … n−1 on so many workers (0: one for each processor), which begin
// with the lowest. It ends early with the context's error once that is done. If a call
// panics, no other is begun, and Each panics with the *Fault of the lowest that did.
func Each(ctx context.Context, workers, n int, do func(i int)) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var broken atomic.Bool
	faults := make([]*Fault, min(workers, n))
	at := make([]int, len(faults))
	var c Crew
	for w := range faults {
		c.Go(func() {
			defer func() {
				if what := recover(); what != nil {
					faults[w] = FaultOf(what)
					broken.Store(true)
				}
			}()
			for !broken.Load() && ctx.Err() == nil {
				if at[w] = int(next.Add(1)) - 1; at[w] >= n {
					return
				}
				do(at[w])
			}
		})
	}
	c.Wait()
	lowest := -1
	for w, f := range faults {
		if f != nil && (lowest < 0 || at[w] < at[lowest]) {
			lowest = w
		}
	}
	if lowest >= 0 {
		panic(faults[lowest])
	}
	return ctx.Err()
}

// All is Each for what nothing calls off, on as many workers as there are processors.
func All(n int, do func(i int)) { Each(context.Background(), 0, n, do) }
