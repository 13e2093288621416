package study

import "context"

// within has what do works out of a record end soon when ctx ends, and then gives the
// error of ctx. The steps that are left pass quickly, because numbers are not defined
// from then on, as they may be anywhere; what was made of them is thrown away.
func (r *Record) within(ctx context.Context, do func()) error {
	r.ctx = ctx
	defer func() { r.ctx = nil }()
	do()
	return ctx.Err()
}

// calledOff reports whether what is being worked out is wanted no more.
func (r *Record) calledOff() bool { return r.off() != nil }

// off is the error of calledOff.
func (r *Record) off() error {
	if r.ctx == nil {
		return nil
	}
	return r.ctx.Err()
}

// AnswerWithin is Answer, unless ctx ends before. Of a run that was stopped, with its
// context, what there is is told.
func (r *Record) AnswerWithin(ctx context.Context) (a *Answer, err error) {
	if r.Partial {
		return r.Answer(), nil
	}
	err = r.within(ctx, func() { a = r.Answer() })
	return a, err
}

// WriteWithin is Write, unless ctx ends before; then nothing was written. Of a run that
// was stopped, with its context, what there is is written.
func (r *Record) WriteWithin(ctx context.Context, folder string) (err error) {
	if r.Partial {
		return r.Write(folder)
	}
	r.ctx = ctx
	defer func() { r.ctx = nil }()
	return r.Write(folder)
}
