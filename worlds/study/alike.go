package study

import (
	"math"
	"slices"

	"casus/finding"
	"casus/game/crisis"
	"casus/model"
)

// AlikePair are two options that differ by less than what matters in 95 % of the
// worlds, whichever headline measure is looked at: in those of all schools by the
// record or, where no record weighs, in those of every school. Apart says what
// they have in common in play, in the central world of each school.
type AlikePair struct {
	Share Float `json:"worlds_alike"` // the least over headline measures
	Apart
}

func (r *Record) findAlike() {
	r.Alike = []AlikePair{}
	var reached []ReachedOption
	for _, x := range r.Results {
		reached = append(reached, ReachedOption{x.Option, x.Title, x.Reach})
	}
	sheets := r.answering()
	for i := range r.Results {
		for j := i + 1; j < len(r.Results); j++ {
			share := r.alike(sheets, i, j)
			if share < settledShare || r.calledOff() {
				continue
			}
			if p, err := Between(&reached[i], &reached[j]); err == nil {
				r.Alike = append(r.Alike, AlikePair{Float(share), p})
			}
		}
	}
}

// answering are the worlds that answer.
func (r *Record) answering() []sheet {
	if r.sums != nil {
		return r.answeringSums()
	}
	if r.pool != nil && !r.pool.impossible() {
		return []sheet{r.over(r.pooledColumns(), r.pool.weights)}
	}
	var out []sheet
	for _, v := range r.schools() {
		out = append(out, r.over(r.of(v), nil))
	}
	return out
}

// alike is the share of the worlds in which two options differ by less than what
// matters, the least over headline measures that say what is better; 0 where none
// is defined under both, or one under one of them alone.
func (r *Record) alike(sheets []sheet, i, j int) float64 {
	least, seen := 1.0, false
	for _, name := range r.Headline() {
		k := r.measure(name)
		if r.Measures[k].Better == "" {
			continue
		}
		for _, w := range sheets {
			better, worse := w.against(i, j, k)
			switch {
			case !math.IsNaN(better):
				least, seen = min(least, 1-better-worse), true
			case w.defined(i, k) != w.defined(j, k):
				return 0
			}
		}
	}
	if !seen {
		return 0
	}
	return least
}

// defined reports whether a measure of an option is, in any world.
func (w sheet) defined(i, k int) bool {
	if w.mix != nil {
		return w.mix.defined(i, k)
	}
	for _, x := range w.column(i, k) {
		if !math.IsNaN(x) {
			return true
		}
	}
	return false
}

// warnEqual says of options that do different things and come out the same to the last bit,
// by every measure in every world: what sets them apart is read by nothing here.
func (r *Record) warnEqual() {
	if r.c == nil || r.sums != nil || r.calledOff() {
		return
	}
	told := map[int]bool{}
	for i := range r.Results {
		for j := i + 1; j < len(r.Results); j++ {
			if told[j] || !r.equal(i, j) {
				continue
			}
			a, b := r.option(i), r.option(j)
			if a == nil || b == nil {
				continue
			}
			if parts := a.Parts(b); len(parts) > 0 {
				told[j] = true
				if e := (crisis.Equal{A: a, B: b, Parts: parts}).Says(); slices.ContainsFunc(r.Warnings, func(w finding.Warning) bool { return w.Text == e }) {
					continue // as check says
				}
				r.warnOf(finding.Constant, r.Case, "options %s and %s come out the same in every world, to the last bit, though they differ: nothing that is counted here reads %s", a.Name, b.Name, finding.And(parts))
			}
		}
	}
}

func (r *Record) option(i int) *model.Option {
	for _, o := range r.c.Options {
		if o.Name == r.Results[i].Option {
			return o
		}
	}
	return nil
}

// equal reports whether two options have the same bits in every measure, view and world.
func (r *Record) equal(i, j int) bool {
	worlds := 0
	for v := range r.Results[i].Views {
		x, y := r.Results[i].Views[v].Values, r.Results[j].Views[v].Values
		for k := range x {
			worlds += len(x[k])
			if !slices.EqualFunc(x[k], y[k], func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }) {
				return false
			}
		}
	}
	return worlds > 0
}
