package ask

import (
	"context"
	"fmt"
	"runtime/debug"
)

// heard has what takes long give way at once when its question is called off: what is
// still being worked out then looks at the context itself, and ends as it comes to do
// so, with nobody waiting. A fault of casus is one of the caller's.
func heard[F any](ctx context.Context, do func() (F, error)) (F, error) {
	type answer struct {
		f     F
		err   error
		fault any
	}
	to := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if fault := recover(); fault != nil {
				a.fault = fmt.Sprintf("%v\n%s", fault, debug.Stack())
			}
			to <- a
		}()
		a.f, a.err = do()
	}()
	var none F
	select {
	case a := <-to:
		if a.fault != nil {
			panic(a.fault)
		}
		return a.f, a.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}
