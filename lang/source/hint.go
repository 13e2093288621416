package source

import (
	"errors"
	"strings"
)

// Hinted is an error with what to do next, which is shown in brackets behind it and
// can be told apart from it.
type Hinted struct {
	Err  error
	Hint string
}

func (h Hinted) Error() string { return h.Err.Error() + " (" + h.Hint + ")" }

func (h Hinted) Unwrap() error { return h.Err }

// Hint adds to an error what to do next; an empty hint adds nothing.
func Hint(err error, hint string) error {
	if hint == "" {
		return err
	}
	return Hinted{err, hint}
}

// Apart parts an error from the hint that ends it, which may be empty.
func Apart(err error) (msg, hint string) {
	var h Hinted
	if errors.As(err, &h) {
		if msg, ends := strings.CutSuffix(err.Error(), " ("+h.Hint+")"); ends {
			return msg, h.Hint
		}
	}
	return err.Error(), ""
}
