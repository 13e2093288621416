package study

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"casus/crisis"
	"casus/draw"
	"casus/model"
	"casus/tape"
)

// block is how many worlds one task solves.
const block = 128

// Progress is told how much of a run is done; it may be nil.
type Progress func(done, total int)

// Run runs a case. When the context ends early, the record holds what was
// finished and is marked partial; err is then nil. Errors are the author's
// (a plan that does not fit the case, a graph too large, a chance out of
// range).
func Run(ctx context.Context, m *model.Model, k *model.Case, p Plan, tell Progress) (*Record, error) {
	c, design, err := p.settle(m, k)
	if err != nil {
		return nil, err
	}
	r := newRecord(m, c, design)
	if err := r.draw(m); err != nil {
		return nil, err
	}
	f := &floor{ctx: ctx, tell: tell, total: r.tasks(m)}
	f.cond = sync.NewCond(&f.mu)
	if err := r.runAll(m, f, p); err != nil {
		return nil, err
	}
	r.finish()
	return r, nil
}

// tasks counts what a run does, for the progress bar: a compilation and the
// blocks of each option and view, of the case and of those it is held against.
func (r *Record) tasks(m *model.Model) int {
	n := 0
	blocks := len(r.Views) * ((r.Worlds + block - 1) / block)
	n += len(r.c.Options) * (1 + blocks)
	for _, name := range r.past() {
		n += len(m.Case(name).Options) * (1 + blocks)
	}
	return n
}

// past names the cases that this one is held against: itself too, if it has a
// record of its own.
func (r *Record) past() []string {
	if len(r.c.Records) == 0 || slices.Contains(r.c.Against, r.c.Name) {
		return r.c.Against
	}
	return append([]string{r.c.Name}, r.c.Against...)
}

// runAll runs the cases that this one is held against, so that no record, not
// even a partial one, goes without; then its own options.
func (r *Record) runAll(m *model.Model, f *floor, p Plan) error {
	var jobs []*job
	for _, name := range r.past() {
		past := *m.Case(name)
		past.Views = r.c.Views
		for _, o := range past.Options {
			h := &History{Case: name, Title: past.Title, Option: o.Name, c: &past}
			r.History = append(r.History, h)
			jobs = append(jobs, &job{c: &past, o: o, result: &h.Result})
		}
	}
	for i, o := range r.c.Options {
		jobs = append(jobs, &job{c: r.c, o: o, result: &r.Results[i], chain: true, draws: r.Draws})
	}
	for i, j := range jobs {
		j.m, j.views, j.design, j.most, j.at = m, r.c.Views, r.design, p.MaxStates, i
		f.push(task{order{i, 0}, j.compile})
	}
	f.work(p.Workers)
	return f.err
}

// job is one option of one case, over all views.
type job struct {
	m      *model.Model
	c      *model.Case
	o      *model.Option
	views  []*model.View
	design draw.Design
	draws  map[string][][]float64 // by view, where they are known: a column for each input
	most   int
	chain  bool
	at     int // its place among the jobs
	result *Result

	solver *crisis.Solver
	left   int
}

// compile grounds, builds and lowers an option, finds its chains, and puts its
// blocks of worlds on the floor.
func (j *job) compile(f *floor) error {
	g, err := crisis.Ground(j.m, j.c, j.o)
	if err != nil {
		return err
	}
	gr, err := crisis.Build(f.ctx, g, j.most)
	if err != nil {
		return err
	}
	r := &Result{Option: j.o.Name, Title: j.o.Title, Size: gr.Size()}
	if j.chain && j.c.Chain != nil {
		if err := j.chains(gr, g, r); err != nil {
			return err
		}
	}
	j.solver = crisis.Lower(gr)
	r.Ops, r.Slots = j.solver.Ops(), j.solver.Slots()
	gr.Forget()
	ins := make([][][]float64, len(j.views))
	for i, v := range j.views {
		if ins[i] = j.draws[v.Name]; ins[i] == nil { // a case of the past has assumptions of its own
			if ins[i], err = Draws(g.Inputs, v, j.design); err != nil {
				return err
			}
		}
		r.Views = append(r.Views, newViewResult(v.Name, len(j.c.Crisis.Measures), j.design.N))
	}
	j.lay(f, r, ins)
	return nil
}

func (j *job) chains(gr *crisis.Graph, g *crisis.Game, r *Result) error {
	for _, v := range j.views {
		if len(v.Union) > 0 { // a mixture has no central world
			continue
		}
		in, err := Medians(g.Inputs, v)
		if err != nil {
			return err
		}
		chains, total := gr.Play(in).Chains(j.c.Chain.To, mostChains)
		chains = slices.DeleteFunc(chains, func(c crisis.Chain) bool { return c.P == 0 }) // too improbable for a double
		r.Chains = append(r.Chains, ViewChains{View: v.Name, P: total, Chains: chains})
	}
	return nil
}

// mostChains is how many chains are kept for each option and view.
const mostChains = 2

// lay puts every block of every view on the floor; the last one done hands in
// the result.
func (j *job) lay(f *floor, r *Result, ins [][][]float64) {
	n := j.design.N
	j.left = len(ins) * ((n + block - 1) / block)
	var mu sync.Mutex
	solver := j.solver
	pool := sync.Pool{New: func() any { return solver.NewScratch() }}
	for v := range ins {
		for from := 0; from < n; from += block {
			to := min(from+block, n)
			f.first(task{order{j.at, 1 + v*n + from}, func(*floor) error {
				scratch := pool.Get().(*tape.Scratch)
				err := solver.Solve(scratch, cut(ins[v], from, to), cut(r.Views[v].Values, from, to))
				pool.Put(scratch)
				if err != nil {
					return fmt.Errorf("view %s, from world %d: %w", j.views[v].Name, from, err)
				}
				mu.Lock()
				defer mu.Unlock()
				if j.left--; j.left == 0 {
					r.Done = true
					*j.result = *r
					j.solver = nil
				}
				return nil
			}})
		}
	}
}

func cut(cols [][]float64, from, to int) [][]float64 {
	out := make([][]float64, len(cols))
	for i, c := range cols {
		out[i] = c[from:to]
	}
	return out
}

// floor is where workers find their next task. Blocks of worlds go before
// compilations, so that few options are in memory at once.
type floor struct {
	ctx         context.Context
	mu          sync.Mutex
	cond        *sync.Cond
	urgent      []task
	waiting     []task
	busy        int
	err         error
	errAt       order // of the task that failed
	tell        Progress
	done, total int
}

// task is a piece of work and its place in the order in which one worker would
// do all of it.
type task struct {
	at order
	do func(*floor) error
}

// order is the number of a job and, within it, of a task.
type order [2]int

func (a order) before(b order) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

func (f *floor) push(t task) { f.mu.Lock(); f.waiting = append(f.waiting, t); f.mu.Unlock() }

func (f *floor) first(t task) {
	f.mu.Lock()
	f.urgent = append(f.urgent, t)
	f.mu.Unlock()
	f.cond.Broadcast()
}

// work runs every task, and those they add, on n workers (0: one for each
// processor). After an error only tasks before it in order are still run, so
// that the error reported is the same for any number of workers.
func (f *floor) work(n int) {
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	stop := context.AfterFunc(f.ctx, f.cond.Broadcast)
	defer stop()
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f.worker()
		}()
	}
	wg.Wait()
}

func (f *floor) worker() {
	for {
		t, ok := f.next()
		if !ok {
			return
		}
		err := t.do(f)
		f.mu.Lock()
		f.busy--
		f.done++
		if err != nil && f.ctx.Err() == nil && f.wanted(t) {
			f.err, f.errAt = err, t.at
		}
		if f.tell != nil {
			f.tell(f.done, f.total)
		}
		f.mu.Unlock()
		f.cond.Broadcast()
	}
}

// wanted reports whether a task comes before any error.
func (f *floor) wanted(t task) bool { return f.err == nil || t.at.before(f.errAt) }

// next waits for a task; false when there will be none.
func (f *floor) next() (task, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for {
		if f.ctx.Err() != nil {
			return task{}, false
		}
		for _, queue := range []*[]task{&f.urgent, &f.waiting} {
			for len(*queue) > 0 {
				t := (*queue)[0]
				*queue = (*queue)[1:]
				if f.wanted(t) {
					f.busy++
					return t, true
				}
			}
		}
		if f.busy == 0 {
			return task{}, false
		}
		f.cond.Wait()
	}
}
