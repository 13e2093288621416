// Package serve answers questions that arrive as lines of JSON, one after another
// in one process: for the packages for Python and R, and for anything else that
// would rather not start a program for each question.
//
//  1. Lines are read as they come, each of bounded length; docs/serve.md has their
//     form. A cancellation takes effect at once; all else waits for its turn, so
//     that the same requests have the same answers in the same order.
//  2. The question is filled in by its name (ask.Put) and answered.
//  3. What is said on the way, how far it has come, and at last the finding or the
//     error go out as lines of JSON that carry the id of the question.
package serve

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"casus/worlds/study"
)

// Bounds on what is read and kept.
const (
	maxLine    = 1 << 20 // bytes of a request
	maxWaiting = 100     // requests that wait for their turn; more are not read
	maxID      = 200     // bytes of an id
)

// Lines answers the requests on in, in their order, until it ends and all that was
// asked is answered; or until ctx is called off, and then what is being answered
// and what waits is answered by an error. Where in the program a fault of casus itself
// is goes to errs; its question is answered by an error, and the next one is taken. The
// error returned is one of reading or writing.
func Lines(ctx context.Context, in io.Reader, out, errs io.Writer) error {
	return lines(ctx, in, out, errs, put)
}

// lines is Lines with the questions that can be asked.
func lines(ctx context.Context, in io.Reader, out, errs io.Writer, put putter) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &server{put: put, stop: stop, out: out, errs: errs, asked: make(chan *request, maxWaiting)}
	read := make(chan error, 1)
	go func() {
		read <- s.read(ctx, in)
		close(s.asked)
	}()
	for r := range s.turns(ctx) {
		s.answer(r)
	}
	if s.failed != nil {
		return fmt.Errorf("writing the output: %w", s.failed)
	}
	select {
	case err := <-read:
		return err
	default: // called off while a line was awaited, which may never come
		return ctx.Err()
	}
}

// server holds the questions that have no answer yet.
type server struct {
	records study.Shelf
	solvers study.Solvers
	put     putter
	stop    func() // calls everything off
	asked   chan *request

	mu   sync.Mutex
	open []*request

	writing sync.Mutex
	out     io.Writer
	errs    io.Writer
	failed  error // of writing; nothing is written after it
}

// turns gives the requests in their order. Once everything is called off it gives
// those that wait, to be answered so, and ends.
func (s *server) turns(ctx context.Context) func(func(*request) bool) {
	return func(yield func(*request) bool) {
		for {
			select {
			case <-ctx.Done():
				s.rest(yield)
				return
			case r, more := <-s.asked:
				if !more || !yield(r) {
					return
				}
			}
		}
	}
}

func (s *server) rest(yield func(*request) bool) {
	for {
		select {
		case r, more := <-s.asked:
			if !more || !yield(r) {
				return
			}
		default:
			return
		}
	}
}

// take lets a request wait for its turn.
func (s *server) take(ctx context.Context, r *request) {
	r.ctx, r.cancel = context.WithCancel(ctx)
	s.mu.Lock()
	s.open = append(s.open, r)
	s.mu.Unlock()
	select {
	case s.asked <- r:
	case <-ctx.Done():
	}
}

// cancel calls a question off: all of that id, where there are several. One that is
// answered, or was never asked, is not there to be called off.
func (s *server) cancel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.open {
		if r.id == id {
			r.cancel()
		}
	}
}

// done forgets a question and writes its answer.
func (s *server) done(r *request, answer any) {
	s.mu.Lock()
	s.open = slices.DeleteFunc(s.open, func(x *request) bool { return x == r })
	s.mu.Unlock()
	r.cancel()
	s.write(answer)
}

// write writes one line. When nobody reads any more, everything is called off.
func (s *server) write(v any) {
	line, err := oneLine(v)
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.failed != nil {
		return
	}
	if err == nil {
		_, err = s.out.Write(line)
	}
	if s.failed = err; err != nil {
		s.stop()
	}
}
