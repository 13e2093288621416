package study

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"casus/worlds/draw"
)

// chunk is a run of worlds as a journal has it.
type chunk struct {
	from    int
	columns [][]float64
}

func (c chunk) to() int { return c.from + len(c.columns[0]) }

// salvage collects what the blocks of a journal hold, by job and view.
type salvage struct {
	opening *opening
	names   []string // of the jobs
	made    map[int]*made
	worlds  map[[2]int][]chunk
	draws   map[int][]chunk
}

// recovered is the record of a run that was cut off, as far as its journal goes:
// what the run would have written, had it been stopped there.
func recovered(d disk, folder string) (*Record, error) {
	name := filepath.Join(folder, journalFile)
	b, err := readJournal(d, name)
	if err != nil {
		return nil, err
	}
	defer b.in.Close()
	o, err := b.opening(name)
	if err != nil {
		return nil, err
	}
	s := &salvage{opening: o, made: map[int]*made{}, worlds: map[[2]int][]chunk{}, draws: map[int][]chunk{}}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("%s: corrupt journal: %w", name, err)
	}
	for {
		kind, content, ok := b.next()
		if !ok {
			break
		}
		if err := s.take(kind, content); err != nil {
			return nil, fmt.Errorf("%s: corrupt journal: %w", name, err)
		}
	}
	r := s.record()
	r.folder = folder
	return r, nil
}

// check holds the first block to what a run writes there, so that nothing later
// has to.
func (s *salvage) check() error {
	r := s.opening.Record
	if r.Worlds < 1 || r.Worlds > MaxWorlds {
		return fmt.Errorf("%d worlds", r.Worlds)
	}
	if r.First < 0 || r.First > MaxNumber-r.Worlds {
		return fmt.Errorf("worlds from %d", r.First)
	}
	if len(r.Results) != len(r.Asked) || len(r.Views) == 0 || len(r.Measures) == 0 {
		return errors.New("its options, views and measures do not fit each other")
	}
	if err := r.named(); err != nil {
		return err
	}
	if err := r.recordsFit(); err != nil {
		return err
	}
	for _, h := range r.History {
		if h == nil {
			return errors.New("an empty entry in history")
		}
		if len(h.Result.Views) > 0 || h.Result.Done {
			return errors.New("results before anything was solved")
		}
		s.names = append(s.names, h.Case+"/"+h.Option)
	}
	for i, x := range r.Results {
		if x.Option != r.Asked[i] || len(x.Views) > 0 || x.Done {
			return errors.New("results before anything was solved")
		}
		s.names = append(s.names, x.Option)
	}
	return nil
}

// take puts one block where it belongs. A block is sound when it comes here, so
// one that does not fit is another program's.
func (s *salvage) take(kind byte, content []byte) error {
	r := s.opening.Record
	switch kind {
	case blockMade:
		m, err := madeOf(content)
		if err != nil || m.Job < 0 || m.Job >= len(s.names) {
			return errors.New("an option that is not of this run")
		}
		s.made[m.Job] = m
	case blockDraws:
		head, content, ok := ints(content, 4) // view, from, rows, columns
		if !ok || head[0] >= len(r.Views) || head[1] > MaxWorlds || head[3] != len(r.Numbers) || head[3] == 0 {
			return errors.New("draws that are not of this run")
		}
		columns, ok := columnsOf(content, head[2], head[3])
		if !ok {
			return errors.New("draws that are not of this run")
		}
		s.draws[head[0]] = append(s.draws[head[0]], chunk{head[1], columns})
	case blockWorlds:
		head, content, ok := ints(content, 5) // job, view, from, rows, columns
		if !ok || head[0] >= len(s.names) || head[1] >= len(r.Views) || head[2] > MaxWorlds || head[4] != len(r.Measures) {
			return errors.New("worlds that are not of this run")
		}
		columns, ok := columnsOf(content, head[3], head[4])
		if !ok {
			return errors.New("worlds that are not of this run")
		}
		at := [2]int{head[0], head[1]}
		s.worlds[at] = append(s.worlds[at], chunk{head[2], columns})
	default:
		return fmt.Errorf("a block of kind %q", kind)
	}
	return nil
}

// joined are chunks in the order of their worlds, each world once, those that
// follow each other in one.
func joined(chunks []chunk) []chunk {
	slices.SortStableFunc(chunks, func(a, b chunk) int { return a.from - b.from })
	var out []chunk
	for _, c := range chunks {
		last := len(out) - 1
		if last < 0 || c.from > out[last].to() {
			own := make([][]float64, len(c.columns))
			for k := range own {
				own[k] = slices.Clone(c.columns[k])
			}
			out = append(out, chunk{c.from, own})
			continue
		}
		known := out[last].to() - c.from
		if known >= len(c.columns[0]) {
			continue
		}
		for k := range c.columns {
			out[last].columns[k] = append(out[last].columns[k], c.columns[k][known:]...)
		}
	}
	return out
}

// from0 are the first n worlds, nil where they are not all there.
func from0(chunks []chunk, n int) [][]float64 {
	if len(chunks) == 0 || chunks[0].from > 0 || chunks[0].to() < n {
		return nil
	}
	return Cut(chunks[0].columns, 0, n)
}

// record puts together what was solved, as a run does that is stopped.
func (s *salvage) record() *Record {
	r := s.opening.Record
	r.design = draw.Design{Kind: r.Design, Seed: r.Seed, N: r.Worlds, First: r.First}
	r.stopped, r.recovered, r.held = true, true, len(r.History)
	r.Draws = map[string][][]float64{}
	for v, view := range r.Views {
		if cols := from0(joined(s.draws[v]), r.Worlds); cols != nil {
			r.Draws[view.Name] = cols
		}
	}
	for i, name := range s.names {
		result := s.result(i, name)
		if i < len(r.History) {
			r.History[i].Result = result
		} else {
			r.Results[i-len(r.History)] = result
		}
	}
	r.finish()
	return r
}

// result is that of one job; what it has beyond the worlds of the record, or
// without being finished, is kept for the run that goes on.
func (s *salvage) result(i int, name string) Result {
	r := s.opening.Record
	out := Result{Option: name}
	if i < len(r.History) {
		out.Option = r.History[i].Option
	} else {
		out.Title = r.Results[i-len(r.History)].Title
	}
	chunks := make([][]chunk, len(r.Views))
	done := s.made[i] != nil
	for v := range r.Views {
		chunks[v] = joined(s.worlds[[2]int{i, v}])
		done = done && from0(chunks[v], r.Worlds) != nil
	}
	shown := 0
	if m := s.made[i]; done {
		shown = r.Worlds
		out.Done, out.Title, out.Size, out.Ops, out.Slots, out.Chains, out.Otherwise, out.Reach = true, m.Title, m.Size, m.Ops, m.Slots, m.Chains, m.Otherwise, m.Reach
	}
	for v, view := range r.Views {
		if done {
			out.Views = append(out.Views, ViewResult{View: view.Name, Values: from0(chunks[v], r.Worlds)})
		}
		for _, c := range chunks[v] {
			from := max(c.from, shown)
			if from < c.to() {
				r.rest = append(r.rest, part{texts: []string{name, view.Name}, columns: Cut(c.columns, from-c.from, c.to()-c.from), rows: c.to() - from, from: from})
			}
		}
	}
	return out
}
