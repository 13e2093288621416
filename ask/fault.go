// Package ask puts questions to casus in the words in which people write them,
// and knows of no flags and no terminal: the command line, a page and a server
// all ask here.
//
//  1. A question is a struct of words, as typed: Why, Owed, Chains, Worlds …
//  2. Its Answer method reads the models and data it rests on, resolves each
//     word, has the rooms below work the answer out, and gives it back. Nothing
//     is printed; what is said on the way goes to Told.
//  3. An error knows whose fault it is: Code tells with what a program ends.
package ask

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"casus/catalog"
	"casus/finding"
	"casus/lang/source"
	"casus/worlds/study"
)

// The exit codes of a program that asks.
const (
	AtFault     = 1 // the model or the data
	WrongUse    = 2 // the question
	Unexpected  = 3 // an expectation failed
	Interrupted = 130
	Broken      = 134 // casus itself, as of a program that SIGABRT ends
)

// Failure is an error with a code of its own. Its Err is nil when all there is to
// say was said before.
type Failure struct {
	Code int
	Err  error
}

func (f Failure) Error() string {
	if f.Err == nil {
		return fmt.Sprintf("exit code %d", f.Code)
	}
	return f.Err.Error()
}

func (f Failure) Unwrap() error { return f.Err }

// Usage is the error of a question that makes no sense; hint may be empty.
func Usage(msg, hint string) error {
	return Failure{WrongUse, source.Hint(errors.New(msg), hint)}
}

// Shown is the error of what was said already.
func Shown(code int) error { return Failure{Code: code} }

// Code gives the exit code of a program after an error: 0 without one, 1 where
// nothing else is known.
func Code(err error) int {
	var f Failure
	var several Several
	switch {
	case err == nil:
		return 0
	case errors.As(err, &several):
		code := 0
		for _, one := range several {
			code = max(code, Code(one))
		}
		return code
	case errors.Is(err, context.Canceled):
		return Interrupted
	case errors.As(err, &f) && f.Code != 0:
		return f.Code
	case source.IsMisuse(err):
		return WrongUse
	}
	return AtFault
}

// Unknown is the error of a name that is none of the known ones.
func Unknown(what, name string, known []string) error {
	hint := source.Among(name, known)
	if len(known) > source.MostNamed && source.Nearest(name, known) == "" {
		hint = whereListed(what + "s")
	}
	return Usage(fmt.Sprintf("unknown %s %q", what, name), hint)
}

// whereListed says where the names of a kind are listed; empty where they are not.
func whereListed(kind string) string {
	if !slices.Contains(Kinds, kind) {
		return ""
	}
	return "casus list " + kind + " shows them"
}

// misused makes an error one of the question, unless it knows better.
func misused(err error) error {
	var f Failure
	var several Several
	if errors.As(err, &several) {
		several = slices.Clone(several)
		for i := range several {
			several[i] = misused(several[i])
		}
		return several
	}
	if err == nil || errors.As(err, &f) || errors.Is(err, context.Canceled) {
		return err
	}
	return source.Misuse{Err: err}
}

// Told hears what is said on the way to an answer. What is nil is not heard.
type Told struct {
	Problems func(source.Problems)
	Say      func(string)
	Progress func(done, total int)
	Begins   func(what string) // what is at hand from now on, when the worlds are solved

	// Records keep what was read, for who asks more than once of a record, and Solvers
	// what was made of a case, for who moves its numbers; nil: each question does so
	// anew.
	Records *study.Shelf
	Solvers *study.Solvers
}

func (t Told) say(format string, args ...any) {
	if t.Say != nil {
		t.Say(fmt.Sprintf(format, args...))
	}
}

func (t Told) progress(done, total int) {
	if t.Progress != nil {
		t.Progress(done, total)
	}
}

// Refuse tells the problems of a model, and is an error when one of them is a
// mistake.
func (t Told) Refuse(problems source.Problems) error {
	if t.Problems != nil {
		t.Problems(problems)
	}
	if n := len(problems.Errors()); n > 0 {
		t.say("%s", finding.Count(n, "mistake"))
		return catalog.ErrProblems
	}
	return nil
}
