package ask

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"casus/lang/source"
)

// heard has what takes long give way at once when its question is called off: what is
// still being worked out then looks at the context itself, and ends as it comes to do
// so, with nobody waiting. A fault of casus is one of the caller's.
func heard[F any](ctx context.Context, do func() (F, error)) (F, error) {
	type answer struct {
		f     F
		err   error
		fault *fault
	}
	to := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if what := recover(); what != nil {
				a.fault = faultOf(what)
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

// fault is what casus itself did wrong, and where in the program.
type fault struct {
	what  any
	stack []byte
}

// faultOf keeps the stack of a panic, unless it comes with one.
func faultOf(what any) *fault {
	if f, is := what.(*fault); is {
		return f
	}
	return &fault{what, debug.Stack()}
}

// Error gives the stack too: it is what the runtime prints of a panic.
func (f *fault) Error() string { return fmt.Sprintf("%v\n%s", f.what, f.stack) }

// Sound does as do does, but that a fault of casus, which would end the program, is an
// error of code Broken: one question that cannot be answered does not take the others
// along. Stack is where in the program the fault is; nil without one.
func Sound[F any](do func() (F, error)) (f F, stack []byte, err error) {
	defer func() {
		if what := recover(); what != nil {
			fault := faultOf(what)
			stack = fault.stack
			err = Failure{Broken, source.Hint(fmt.Errorf("casus itself is at fault: %v", fault.what), "please report it, with what was asked")}
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
