package ask

import (
	"context"
	"errors"
	"fmt"

	"casus/crew"
	"casus/lang/source"
)

// heard has what takes long give way at once when its question is called off: what is
// still being worked out then looks at the context itself, and ends as it comes to do
// so, with nobody waiting. A fault of casus is one of the caller's.
func heard[F any](ctx context.Context, do func() (F, error)) (F, error) {
	type answer struct {
		f   F
		err error
	}
	var a, none answer
	var work crew.Crew
	over := make(chan struct{})
	work.Go(func() {
		defer close(over)
		a.f, a.err = do()
	})
	select {
	case <-over:
		work.Wait()
		return a.f, a.err
	case <-ctx.Done():
		return none.f, ctx.Err()
	}
}

// Sound does as do does, but that a fault of casus, which would end the program, is an
// error of code Broken: one question that cannot be answered does not take the others
// along. Stack is where in the program the fault is; nil without one.
func Sound[F any](do func() (F, error)) (f F, stack []byte, err error) {
	defer func() {
		if what := recover(); what != nil {
			fault := crew.FaultOf(what)
			stack = fault.Stack
			err = Failure{Broken, source.Hint(fmt.Errorf("casus itself is at fault: %v", fault.What), "please report it, with what was asked")}
		}
	}()
	f, err = do()
	return f, nil, err
}

// IsFault reports whether an error is a fault of casus itself.
func IsFault(err error) bool {
	var f Failure
	return errors.As(err, &f) && f.Code == Broken
}
