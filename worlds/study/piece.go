package study

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"sync"

	"casus/crew"
	"casus/model"
	"casus/worlds/draw"
)

// Piece is a part of a run that can be done by itself, on any machine: some worlds
// of one option under one view.
type Piece struct {
	Option string `json:"option"` // CASE/OPTION of a case that the run is held against
	View   string `json:"view"`
	From   int    `json:"from"` // the first world
	To     int    `json:"to"`   // the first one after it
}

// Worlds counts its worlds.
func (p Piece) Worlds() int { return p.To - p.From }

// Pieces divides a run into pieces of at most so many worlds: option by option, view
// by view, in the order of the worlds. A run that adds worlds until it is precise
// enough cannot be divided.
func (w *Work) Pieces(worlds int) ([]Piece, error) {
	if w.r.Until != nil {
		return nil, errors.New("a run that adds worlds until it is precise enough cannot be divided")
	}
	var out []Piece
	for _, j := range w.jobs {
		for _, v := range j.views {
			for from := 0; from < w.r.design.N; from += worlds {
				out = append(out, Piece{j.name, v.Name, from, min(from+worlds, w.r.design.N)})
			}
		}
	}
	return out, nil
}

// Cuts counts the pieces that a run would be divided into, without making any, and
// tells how many worlds a piece has at least for there to be at most so many.
func (w *Work) Cuts(worlds int, summed bool) (pieces int, least func(most int) int) {
	rows := len(w.r.Views)
	if !summed {
		rows *= len(w.jobs)
	}
	n := w.r.design.N
	return rows * up(n, worlds), func(most int) int { return up(n, max(most/max(rows, 1), 1)) }
}

// up divides and rounds up.
func up(a, b int) int { return (a + b - 1) / b }

// Hand does pieces of a run. It is safe for concurrent use; the game of an option is
// made once, and let go when a piece of another is done.
type Hand struct {
	w  *Work
	mu sync.Mutex
	at *held
}

// held is the option at hand.
type held struct {
	job  *job
	once crew.Once
	err  error
}

// Hand gives one that does pieces of the run.
func (w *Work) Hand() *Hand { return &Hand{w: w} }

// Do solves the worlds of a piece. What it gives is a journal of them: with what is
// known of the option, and with checksums.
func (h *Hand) Do(ctx context.Context, p Piece) ([]byte, error) {
	j, v, err := h.w.find(p)
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	if h.at == nil || h.at.job.name != j.name {
		h.at = &held{job: j.alone(h.w.r.design)}
	}
	at := h.at
	h.mu.Unlock()
	at.once.Do(func() { at.err = at.job.first(ctx) })
	if at.err != nil {
		return nil, fmt.Errorf("option %s: %w", j.name, at.err)
	}
	values, err := at.job.worlds(v, p)
	if err != nil {
		return nil, err
	}
	return journalOf(at.job, v, p, values)
}

// find is the job of a piece and the place of its view.
func (w *Work) find(p Piece) (*job, int, error) {
	i := slices.IndexFunc(w.jobs, func(j *job) bool { return j.name == p.Option })
	if i < 0 {
		return nil, 0, fmt.Errorf("no option %s in this run", p.Option)
	}
	j := w.jobs[i]
	v := slices.IndexFunc(j.views, func(v *model.View) bool { return v.Name == p.View })
	if v < 0 {
		return nil, 0, fmt.Errorf("no view %s in this run", p.View)
	}
	if p.From < 0 || p.To <= p.From || p.To > w.r.design.N {
		return nil, 0, fmt.Errorf("worlds %d to %d of %d", p.From, p.To, w.r.design.N)
	}
	return j, v, nil
}

// alone is the job without anything that was done of it.
func (j *job) alone(d draw.Design) *job {
	return &job{name: j.name, m: j.m, c: j.c, o: j.o, own: j.own, views: j.views, most: j.most, at: j.at, few: j.few, design: d, draws: make([][][]float64, len(j.views))}
}

// first prepares a job by itself: with the first worlds, which are played otherwise.
func (j *job) first(ctx context.Context) error {
	for v, view := range j.views {
		if !j.own {
			break
		}
		var err error
		if j.draws[v], err = drawsOf(ctx, nil, j.m.Uses(j.c), view, j.design, 0, j.few, view.Correlations); err != nil {
			return err
		}
	}
	return j.prepare(ctx)
}

// worlds solves those of a piece, block by block as a run does.
func (j *job) worlds(v int, p Piece) ([][]float64, error) {
	as := j.solver.Graph.Game.Inputs
	if j.own {
		as = j.m.Uses(j.c)
	}
	view := j.views[v]
	draws, err := drawsOf(context.Background(), nil, as, view, j.design, p.From, p.To, view.Correlations)
	if err != nil {
		return nil, err
	}
	values := make([][]float64, len(j.c.Crisis.Measures))
	for k := range values {
		values[k] = make([]float64, p.Worlds())
	}
	scratch := j.solver.NewScratch()
	for from := 0; from < p.Worlds(); {
		to := min((p.From+from)/Block*Block+Block-p.From, p.Worlds())
		if err := j.solver.Solve(scratch, Cut(draws, from, to), Cut(values, from, to)); err != nil {
			return nil, astray(err, p.View, p.From+from, j.design.N)
		}
		from = to
	}
	return values, nil
}

// journalOf is the journal of a piece.
func journalOf(j *job, v int, p Piece, values [][]float64) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(journalMagic)
	log := &Journal{f: inMemory{&b}}
	log.made(j)
	for at := 0; at < p.Worlds(); at += journalRows {
		to := min(at+journalRows, p.Worlds())
		log.numbers(blockWorlds, Cut(values, at, to), to-at, j.at, v, p.From+at)
	}
	return b.Bytes(), log.err
}

// inMemory is a file that needs no disk.
type inMemory struct{ io.Writer }

func (inMemory) Sync() error  { return nil }
func (inMemory) Close() error { return nil }

// Take hands in the journal of a piece: Run does not do it again. A journal that is
// damaged, or is not of this piece and this program, is refused.
func (w *Work) Take(p Piece, journal []byte) error {
	return w.read(p, journal, (*job).accept, (*job).take)
}

// Check is the error of a journal that Take would refuse; nothing is taken.
func (w *Work) Check(p Piece, journal []byte) error {
	return w.read(p, journal, func(*job, *made) error { return nil }, func(*job, int, int, [][]float64) {})
}

// read reads the journal of a piece: what is known of its option, then its worlds.
func (w *Work) read(p Piece, journal []byte, accept func(*job, *made) error, take func(j *job, view, from int, columns [][]float64)) error {
	j, v, err := w.find(p)
	if err != nil {
		return err
	}
	text, ok := bytes.CutPrefix(journal, []byte(journalMagic))
	if !ok {
		return errors.New("not the journal of a piece")
	}
	b := &reader{in: inBytes{bytes.NewReader(text)}, left: int64(len(text))}
	kind, content, ok := b.next()
	if !ok || kind != blockMade {
		return errors.New("cut off or damaged")
	}
	m, err := madeOf(content)
	if err != nil || m.Job != j.at {
		return errors.New("of another option")
	}
	if err := accept(j, m); err != nil {
		return err
	}
	at := p.From
	for at < p.To {
		kind, content, ok := b.next()
		if !ok || kind != blockWorlds {
			return fmt.Errorf("cut off or damaged after world %d", at-1)
		}
		head, content, ok := ints(content, 5) // job, view, from, rows, columns
		if !ok || head[0] != j.at || head[1] != v || head[2] != at || head[4] != len(j.c.Crisis.Measures) || at+head[3] > p.To {
			return errors.New("of other worlds")
		}
		columns, ok := columnsOf(content, head[3], head[4])
		if !ok {
			return errors.New("of other worlds")
		}
		take(j, v, at, columns)
		at += head[3]
	}
	if b.left > 0 {
		return errors.New("longer than its worlds")
	}
	return nil
}

// SameStart reports whether the journal of a piece has the worlds with which that of
// a longer one begins, to the bit.
func (w *Work) SameStart(p Piece, journal []byte, longer Piece, other []byte) (bool, error) {
	a, err := w.columns(p, journal)
	if err != nil {
		return false, err
	}
	b, err := w.columns(longer, other)
	if err != nil {
		return false, err
	}
	for k := range a {
		for i, x := range a[k] {
			if y := b[k][i]; math.Float64bits(sameNaN(x)) != math.Float64bits(sameNaN(y)) {
				return false, nil
			}
		}
	}
	return true, nil
}

// columns are the worlds of a piece, as its journal has them.
func (w *Work) columns(p Piece, journal []byte) ([][]float64, error) {
	var out [][]float64
	err := w.read(p, journal, func(*job, *made) error { return nil }, func(_ *job, _, _ int, columns [][]float64) {
		if out == nil {
			out = make([][]float64, len(columns))
		}
		for k := range columns {
			out[k] = append(out[k], columns[k]...)
		}
	})
	return out, err
}

// accept takes over what is known of an option, which must be what other pieces
// know of it.
func (j *job) accept(m *made) error {
	x := &Result{Option: j.o.Name, Title: j.o.Title, Size: m.Size, Ops: m.Ops, Slots: m.Slots, Chains: m.Chains, Otherwise: m.Otherwise, Reach: m.Reach}
	if j.made != nil && (!reflect.DeepEqual(j.made.Size, x.Size) || j.made.Ops != x.Ops || j.made.Slots != x.Slots) {
		return fmt.Errorf("another piece of option %s made another game of it", j.name)
	}
	j.made = x
	return nil
}

// inBytes reads bytes as a file is read.
type inBytes struct{ *bytes.Reader }

func (inBytes) Close() error { return nil }

// Plan gives the settings of the run, every default filled in.
func (w *Work) Plan() Plan { return w.r.Plan() }

// Columns counts the measures of a world.
func (w *Work) Columns() int { return len(w.r.Measures) }
