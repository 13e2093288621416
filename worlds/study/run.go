package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"sync"

	"casus/crew"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/draw"
)

// Block is how many worlds one task solves.
const Block = 128

// Progress is told how much of a run is done; it may be nil.
type Progress func(done, total int)

// Run runs a case. When the context ends early, the record holds what was
// finished and is marked partial, and GoOn can go on from it; err is then
// nil, or that of the context where every world is solved. Other errors are the author's (a plan that does not fit the case, a graph too
// large, a chance out of range).
func Run(ctx context.Context, m *model.Model, k *model.Case, p Plan, tell Progress) (*Record, error) {
	w, err := Begin(m, k, p)
	if err != nil {
		return nil, err
	}
	return w.Run(ctx, tell)
}

// Work is a run that is settled and has not begun: what it will do, what it goes
// on from, where it keeps what is done.
type Work struct {
	m       *model.Model
	r       *Record
	jobs    []*job
	workers int
	journal *Journal
	forget  func() error // undoes Keep
	held    io.Closer    // the folder that Keep took; nil: none
	spill   *spill       // the file in which the worlds are to lie; nil: memory holds them
	free    func(folder string) (bytes uint64, known bool)
	after   after  // as Foretell has tried it
	tried   *tried // by Foretell; nil: nothing was

	// Begins is told what the run is at when its worlds are solved; it may be nil.
	Begins func(what string)
}

// Begin settles a plan. Its errors are those of a plan that does not fit the
// case.
func Begin(m *model.Model, k *model.Case, p Plan) (*Work, error) {
	c, design, err := p.Settle(m, k)
	if err != nil {
		return nil, err
	}
	if p.PastOnly {
		if len(c.Past()) == 0 {
			return nil, source.Hint(source.Lacking("case %s has no record and is held against no case that has one", c.Name), "write record \"…\" { … } in it, or against CASE")
		}
		c.Options = nil
	}
	if p.Given != nil {
		if c, design, err = p.Given.settle(m, c, design); err != nil {
			return nil, err
		}
	}
	if !p.PastOnly {
		if c, err = Told(m, c); err != nil {
			return nil, err
		}
	}
	r := newRecord(m, c, design)
	r.fitting, r.unread = fitting(m, c), unread(m, c)
	p.Given.tell(m, r)
	if p.Summed {
		r.Keep = KeepsSums
	}
	if r.Until, err = p.until(r); err != nil {
		return nil, err
	}
	return &Work{m: m, r: r, jobs: r.jobs(m, p), workers: p.Workers, free: free}, nil
}

// GoOn takes over what a record has, or says why it cannot.
func (w *Work) GoOn(before *Record) error {
	if err := before.continues(w.r); err != nil {
		return err
	}
	return before.give(w.jobs)
}

// Run does the work. See the function Run for what it gives; called off once every
// world is solved, it gives the error of ctx.
func (w *Work) Run(ctx context.Context, tell Progress) (*Record, error) {
	if err := w.solve(ctx, tell); err != nil {
		return nil, err
	}
	if w.r.stopped {
		w.r.finish()
		return w.r, nil
	}
	w.r.pace.summing()
	return w.r, w.r.within(ctx, w.r.finish)
}

// RunWhole does all of the work, or gives the error of ctx: what was done then, the
// journal alone has.
func (w *Work) RunWhole(ctx context.Context, tell Progress) (*Record, error) {
	if err := w.solve(ctx, tell); err != nil {
		return nil, err
	}
	if w.r.stopped {
		return nil, ctx.Err()
	}
	w.r.pace.summing()
	return w.r, w.r.within(ctx, w.r.finish)
}

func (w *Work) solve(ctx context.Context, tell Progress) error {
	if err := w.layOut(ctx); err != nil {
		return err
	}
	w.r.pace = &pace{tell: tell, begins: w.Begins, after: w.after}
	f := &floor{ctx: ctx, tell: w.r.pace.solving}
	f.cond = sync.NewCond(&f.mu)
	return w.r.runAll(w.m, f, w.jobs, w.workers, w.journal)
}

// Begun reports whether any world is solved.
func (w *Work) Begun() bool {
	return slices.ContainsFunc(w.jobs, func(j *job) bool {
		return slices.ContainsFunc(j.seen, func(seen []bool) bool { return slices.Contains(seen, true) })
	})
}

// jobs list the work of a run: first the cases that this one is held against, so
// that no record, not even a partial one, goes without; then its own options.
func (r *Record) jobs(m *model.Model, p Plan) []*job {
	var jobs []*job
	for _, name := range r.c.Past() {
		past := *m.Case(name)
		past.Views = r.c.Views
		for _, o := range heldOptions(&past) {
			r.History = append(r.History, &History{Case: name, Title: past.Title, Option: o.Name, Checks: []Check{}, Estimates: estimatesOf(&past, o.Name)})
			jobs = append(jobs, &job{name: name + "/" + o.Name, c: &past, o: o})
		}
	}
	for _, o := range r.c.Options {
		jobs = append(jobs, &job{name: o.Name, c: r.c, o: o, own: true})
	}
	r.held = len(r.History)
	for i, j := range jobs {
		j.m, j.views, j.most, j.at, j.keep, j.few = m, r.c.Views, p.MaxStates, i, r.Until != nil, min(otherWorlds, r.design.N)
		j.values, j.seen, j.draws = make([][][]float64, len(j.views)), make([][]bool, len(j.views)), make([][][]float64, len(j.views))
		for v := range j.values {
			j.values[v] = make([][]float64, len(j.c.Crisis.Measures))
		}
	}
	return jobs
}

// heldOptions are the options of a case that its records and estimates are of;
// all, where it has none.
func heldOptions(k *model.Case) []*model.Option {
	names := map[string]bool{}
	for _, r := range k.Records {
		names[cmp.Or(r.Option, usual(k))] = true
	}
	for _, e := range k.Estimates {
		names[cmp.Or(e.Option, usual(k))] = true
	}
	if len(names) == 0 {
		return k.Options
	}
	return slices.DeleteFunc(slices.Clone(k.Options), func(o *model.Option) bool { return !names[o.Name] })
}

// runAll solves every world of every job; where a precision is asked for, in
// rounds of twice as many worlds, until it is reached. A round that was not
// finished counts for nothing in the record but can be resumed.
func (r *Record) runAll(m *model.Model, f *floor, jobs []*job, workers int, log *Journal) error {
	for round, drawn := 0, 0; ; round, drawn = round+1, r.Worlds {
		if err := r.draw(f.ctx, m, r.design); err != nil {
			return err
		}
		log.draws(r, drawn)
		for _, j := range jobs {
			f.total += j.begin(f, r.design, r.Draws)
		}
		f.work(workers)
		if f.err != nil {
			return f.err
		}
		whole := !slices.ContainsFunc(jobs, func(j *job) bool { return !j.solved(r.design.N) })
		if whole || round == 0 {
			r.Worlds = r.design.N
		}
		r.handIn(jobs)
		if !whole {
			r.stopped = true
			r.rest = leftOver(jobs, r.Worlds)
			return nil
		}
		if r.Until == nil || r.Until.look(r) || r.Worlds >= r.Until.Most {
			return nil
		}
		r.design.N = min(2*r.Worlds, r.Until.Most)
	}
}

// handIn puts what the jobs have solved into the record.
func (r *Record) handIn(jobs []*job) {
	for i, j := range jobs {
		result := Result{Option: j.o.Name, Title: j.o.Title}
		if j.solved(r.Worlds) {
			result = *j.made
			for v, view := range j.views {
				result.Views = append(result.Views, ViewResult{View: view.Name, Values: Cut(j.values[v], 0, r.Worlds)})
			}
			result.Done = true
		}
		if i < len(r.History) {
			r.History[i].Result = result
		} else {
			r.Results[i-len(r.History)] = result
		}
	}
	for name, cols := range r.Draws {
		r.Draws[name] = Cut(cols, 0, r.Worlds)
	}
}

// job is one option of one case, over all views.
type job struct {
	name  string // that of its rows
	m     *model.Model
	c     *model.Case
	o     *model.Option
	own   bool // of the case that is run
	views []*model.View
	most  int
	at    int  // its place among the jobs
	keep  bool // the solver is wanted again
	few   int  // worlds of each school that are played otherwise
	log   *Journal

	made   *Result // what is known once it is compiled; nil before
	solver *crisis.Solver
	pool   sync.Pool
	design draw.Design
	draws  [][][]float64 // by view: a column for each input
	values [][][]float64 // by view: a column for each measure
	seen   [][]bool      // by view and world: solved
	mu     sync.Mutex
	left   int // blocks to do
}

// begin puts what is to be done for the worlds of a design on the floor, and
// says how many tasks that is.
func (j *job) begin(f *floor, d draw.Design, draws map[string][][]float64) int {
	j.design = d
	for v, view := range j.views {
		for k := range j.values[v] {
			j.values[v][k] = longer(j.values[v][k], d.N)
		}
		j.seen[v] = longer(j.seen[v], d.N)
		if j.own {
			j.draws[v] = draws[view.Name]
		}
	}
	n := len(j.missing())
	switch {
	case j.made != nil && n == 0:
		return 0
	case j.solver != nil:
		f.push(task{order{j.at, 0}, j.lay})
	default:
		f.push(task{order{j.at, 0}, j.compile})
	}
	return 1 + n
}

// longer is xs with room for n.
func longer[T any](xs []T, n int) []T {
	if len(xs) >= n {
		return xs
	}
	return append(slices.Grow(xs, n-len(xs)), make([]T, n-len(xs))...)
}

// span are worlds from ≤ i < to of a view.
type span struct{ view, from, to int }

// missing are the worlds still to be solved, block by block.
func (j *job) missing() []span {
	var out []span
	for v := range j.views {
		for from := 0; from < j.design.N; from += Block {
			seen := j.seen[v][from:min(from+Block, j.design.N)]
			if first := slices.Index(seen, false); first >= 0 {
				out = append(out, span{v, from + first, from + len(seen)})
			}
		}
	}
	return out
}

// solved reports whether the first n worlds of every view are.
func (j *job) solved(n int) bool {
	return j.made != nil && !slices.ContainsFunc(j.seen, func(seen []bool) bool { return slices.Contains(seen[:n], false) })
}

// compile prepares an option and puts its blocks of worlds on the floor.
func (j *job) compile(f *floor) error {
	if err := j.prepare(f.ctx); err != nil {
		return err
	}
	return j.lay(f)
}

// prepare grounds, builds and lowers an option, and plays its central worlds.
func (j *job) prepare(ctx context.Context) error {
	g, err := crisis.Ground(j.m, j.c, j.o)
	if err != nil {
		return err
	}
	gr, err := crisis.Build(ctx, g, j.most)
	if err != nil {
		return err
	}
	r := &Result{Option: j.o.Name, Title: j.o.Title, Size: gr.Size()}
	j.solver = crisis.Lower(gr)
	if j.own {
		if err := j.within(); err != nil {
			return err
		}
	}
	if err := j.central(g, r); err != nil {
		return err
	}
	if err := j.otherwise(ctx, r); err != nil {
		return err
	}
	r.Ops, r.Slots = j.solver.Ops(), j.solver.Slots()
	gr.Forget()
	if j.made != nil && (!reflect.DeepEqual(j.made.Size, r.Size) || j.made.Ops != r.Ops || j.made.Slots != r.Slots) {
		return fmt.Errorf("option %s: this program makes another game of it than the one that wrote the record; run without --resume", j.o.Name)
	}
	first := j.made == nil
	if j.made = r; first {
		j.log.made(j)
	}
	return nil
}

// central plays the central world of each school: how often each move is come to,
// and the chains.
func (j *job) central(g *crisis.Game, r *Result) error {
	if j.made != nil && j.made.Reach != nil || !j.own {
		if j.made != nil {
			r.Chains, r.Reach = j.made.Chains, j.made.Reach
		}
		return nil
	}
	for _, v := range j.views {
		if len(v.Union) > 0 { // a mixture has no central world
			continue
		}
		in, err := Medians(g.Inputs, v)
		if err != nil {
			return err
		}
		play := j.solver.Play(in)
		r.Reach = append(r.Reach, ReachedView{View: v.Name, Steps: play.Reach(), Given: ReachedGiven{Steps: []crisis.Reach{}}})
		if j.c.Chain != nil {
			r.Chains = append(r.Chains, j.chainsOf(play, v))
		}
	}
	return nil
}

func (j *job) chainsOf(play *crisis.Play, v *model.View) ViewChains {
	to := j.c.Chain.To
	chains, total := play.Chains(to, mostChains)
	out := ViewChains{View: v.Name, P: total, Chains: possible(chains)}
	if given, measure := play.Graph.Game.GivenOf(to); given != nil {
		chains, total, likely := play.ChainsGiven(to, given, mostGiven)
		out.Given = &GivenChains{Measure: measure, Likely: Float(likely), P: FloatOf(total), Chains: possible(chains)}
	}
	return out
}

// possible leaves out chains too improbable for a double.
func possible(chains []crisis.Chain) []crisis.Chain {
	return slices.DeleteFunc(chains, func(c crisis.Chain) bool { return c.P == 0 })
}

// mostChains is how many chains are kept for each option and view, mostGiven how
// many of those that are given something: they are the more, and the less alike.
const mostChains, mostGiven = 2, 3

// lay puts every block of worlds still to be solved on the floor; the last one
// done lets the solver go, unless more worlds may be asked for.
func (j *job) lay(f *floor) error {
	for v, view := range j.views {
		if j.own { // a case of the past has assumptions of its own
			continue
		}
		var err error
		if j.draws[v], err = extend(f.ctx, j.draws[v], j.solver.Graph.Game.Inputs, view, j.design); err != nil {
			return err
		}
	}
	if err := j.within(); err != nil {
		return err
	}
	todo, solver := j.missing(), j.solver
	j.left = len(todo)
	j.pool.New = func() any { return solver.NewScratch() }
	for _, s := range todo {
		f.first(task{order{j.at, 1 + s.view*j.design.N + s.from}, func(*floor) error { return j.solve(solver, s) }})
	}
	return nil
}

// within looks through the worlds drawn so far for one that would stop the run, before any
// of them is solved.
func (j *job) within() error {
	for v, view := range j.views {
		if err := j.solver.Within(j.draws[v], min(worlds(j.draws[v]), j.design.N)); err != nil {
			return astray(err, view.Name, 0, j.design.N)
		}
	}
	return nil
}

// astray says of which view a world is that strayed, and which it is among those drawn.
func astray(err error, view string, from, drawn int) error {
	var e *crisis.Strayed
	if errors.As(err, &e) {
		e.View, e.World, e.Worlds = view, e.World+from, drawn
		return e
	}
	return fmt.Errorf("view %s, from world %d: %w", view, from, err)
}

func (j *job) solve(solver *crisis.Solver, s span) error {
	scratch := j.pool.Get().(*crisis.Scratch)
	err := solver.Solve(scratch, Cut(j.draws[s.view], s.from, s.to), Cut(j.values[s.view], s.from, s.to))
	j.pool.Put(scratch)
	if err != nil {
		return astray(err, j.views[s.view].Name, s.from, j.design.N)
	}
	j.log.worlds(j, s)
	j.mu.Lock()
	defer j.mu.Unlock()
	for i := s.from; i < s.to; i++ {
		j.seen[s.view][i] = true
	}
	if j.left--; j.left == 0 && !j.keep {
		j.solver, j.pool = nil, sync.Pool{}
	}
	return nil
}

// Cut gives the worlds from ≤ i < to of columns, without copying them.
func Cut(cols [][]float64, from, to int) [][]float64 {
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

// Each does n pieces of work that do not touch each other, on so many workers (0:
// one for each processor). Of several errors it gives that of the first piece in
// order; pieces after one that failed may be left out. When the context ends, its
// error is given.
func Each(ctx context.Context, n, workers int, tell Progress, do func(i int) error) error {
	f := &floor{ctx: ctx, tell: tell, total: n}
	f.cond = sync.NewCond(&f.mu)
	for i := range n {
		f.push(task{order{i, 0}, func(*floor) error { return do(i) }})
	}
	f.work(workers)
	if f.err != nil {
		return f.err
	}
	return ctx.Err()
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
	stop := context.AfterFunc(f.ctx, f.cond.Broadcast)
	defer stop()
	var c crew.Crew
	for range atOnce(n) {
		c.Go(f.worker)
	}
	c.Wait()
	if fault, is := f.err.(*crew.Fault); is {
		panic(fault)
	}
}

func (f *floor) worker() {
	for {
		t, ok := f.next()
		if !ok {
			return
		}
		err := f.sound(t)
		f.ended(t, err)
	}
}

func (f *floor) ended(t task, err error) {
	defer f.cond.Broadcast()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.busy--
	f.done++
	_, fault := err.(*crew.Fault)
	if err != nil && (fault || f.ctx.Err() == nil) && f.wanted(t) {
		f.err, f.errAt = err, t.at
	}
	if f.tell != nil {
		f.tell(f.done, f.total)
	}
}

// sound does a task; a fault of the program is its error, for work to raise again once
// the others have ended.
func (f *floor) sound(t task) (err error) {
	defer func() {
		if what := recover(); what != nil {
			err = crew.FaultOf(what)
		}
	}()
	return t.do(f)
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
