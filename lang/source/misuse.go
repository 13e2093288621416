package source

import (
	"errors"
	"fmt"
)

// Misuse is the error of a question that cannot be asked: a name that nothing has,
// a number out of its range. Neither a model nor data are at fault.
type Misuse struct{ Err error }

func (m Misuse) Error() string { return m.Err.Error() }

func (m Misuse) Unwrap() error { return m.Err }

// Misused writes one, as fmt.Errorf does.
func Misused(format string, args ...any) error { return Misuse{fmt.Errorf(format, args...)} }

// IsMisuse reports whether an error, or one that it wraps, is a misuse.
func IsMisuse(err error) bool {
	var m Misuse
	return errors.As(err, &m)
}

// Missing is the error of a name that nothing has.
type Missing struct {
	Name string
	Err  error
}

func (m Missing) Error() string { return m.Err.Error() }

func (m Missing) Unwrap() error { return m.Err }

// Lack is the error of a model or record that has nothing of what is asked: no crisis
// to run, no past to hold a view against. Nothing is wrong with it, or with the question.
type Lack struct{ Err error }

func (l Lack) Error() string { return l.Err.Error() }

func (l Lack) Unwrap() error { return l.Err }

// Lacking writes one, as fmt.Errorf does.
func Lacking(format string, args ...any) error { return Lack{fmt.Errorf(format, args...)} }

// IsLack reports whether an error, or one that it wraps, is a lack.
func IsLack(err error) bool {
	var l Lack
	return errors.As(err, &l)
}
