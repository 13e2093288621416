package inquiry

import (
	"context"
	"fmt"
	"math"
	"slices"

	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/decision"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// Elicited holds the rates that a case states against what comes out in the
// cases they are stated for, with the offsets that make them hold, by view.
type Elicited struct {
	finding.Head
	LeftOut []string       `json:"left_out_views"` // unions: a mixture has no central world
	Views   []ElicitedView `json:"views"`
}

// ElicitedView is one view: its rates in the order in which they are stated,
// and whether offsets were found under which all of them hold at once.
type ElicitedView struct {
	View      string          `json:"view"`
	Converged bool            `json:"converged"`
	Steps     int             `json:"steps"`
	Left      decision.Number `json:"largest_gap_left"` // in log odds, of all rates
	Rates     []ElicitedRate  `json:"rates"`
	Beside    []BesideRate    `json:"beside"` // stated on a condition that no measure looks at
}

// ElicitedRate is one line: a rate, the measure that should come out as it
// says, and the offset that is solved for. Gaps and offsets are in log odds.
type ElicitedRate struct {
	Case    string `json:"case"` // in which the rate should hold
	Option  string `json:"option"`
	Measure string `json:"measure"`
	Rate    string `json:"rate"`
	Title   string `json:"rate_title"`
	Offset  string `json:"offset"`

	Stated    Band            `json:"stated"`
	Given     Band            `json:"given"` // over worlds, with the offset in force
	Undefined int             `json:"undefined_worlds"`
	Central   decision.Number `json:"given_in_central_world"`
	Gap       decision.Number `json:"gap"` // stated less given, in the central world
	InForce   decision.Number `json:"offset_in_force"`
	Closes    decision.Number `json:"offset_that_closes"` // null where none was found
	Left      decision.Number `json:"gap_left"`
	LogOdds   Band            `json:"log_odds_that_follow"` // logit of the rate and the offset that makes it hold, along the stated range
	Why       string          `json:"not_closed_because"`   // empty where it is closed
}

// BesideRate is a rate that is stated on a condition, beside what comes out over
// all that its measure counts. Nothing is solved for.
type BesideRate struct {
	Case      string `json:"case"`
	Option    string `json:"option"`
	Measure   string `json:"measure"`
	Rate      string `json:"rate"`
	Title     string `json:"rate_title"`
	Condition string `json:"stated_given"` // in words
	Stated    Band   `json:"stated"`
	Given     Band   `json:"given"` // over worlds
	Undefined int    `json:"undefined_worlds"`
	Outside   int    `json:"outside"` // 1, -1: the median given lies above or below the 5–95 % range stated
	// Unchecked: the rate is stated for a reference case; this is what becomes of it
	// in the case asked about.
	Unchecked bool `json:"unchecked,omitempty"`
}

// Band is the median and the 5 and 95 % points.
type Band struct {
	Median decision.Number `json:"median"`
	P05    decision.Number `json:"p05"`
	P95    decision.Number `json:"p95"`
}

// Stale is how far an offset in force may be from the one that closes the gap
// before it is called stale: a factor of 1.02 in odds.
const Stale = 0.02

// Stale reports whether a rate does not hold with the offset in force.
func (r ElicitedRate) Stale() bool {
	return r.Why != "" || !(math.Abs(float64(r.Off())) <= Stale)
}

// Off measures the way from the offset in force to the one that closes the gap, in log
// odds.
func (r ElicitedRate) Off() decision.Number { return r.Closes - r.InForce }

// Elicit solves a case and those it is held against for the offsets of the
// rates they state. Of the plan it reads Views, Worlds, Seed, Design, Workers,
// MaxStates.
func Elicit(ctx context.Context, m *model.Model, k *model.Case, p study.Plan) (*Elicited, error) {
	d := draw.Design{Kind: p.Design, Seed: p.Seed, N: p.Worlds}
	if d.Kind == "" {
		d.Kind = draw.Nested
	}
	if d.N == 0 {
		d.N = study.DefaultWorlds
	}
	if d.N < 0 || d.N > study.MaxWorlds {
		return nil, source.Misused("worlds must be from 1 to %d, got %d", study.MaxWorlds, d.N)
	}
	if err := d.Check(); err != nil {
		return nil, source.Misuse{Err: err}
	}
	views, err := schools(k, p.Views)
	if err != nil {
		return nil, err
	}
	e := &eliciting{ctx: ctx, workers: p.Workers}
	if err := e.compile(m, k, p.MaxStates); err != nil {
		return nil, err
	}
	out := &Elicited{Head: study.HeadOf("elicit", m, k, nil, views, d), LeftOut: unions(k, p.Views)}
	for _, v := range views {
		x, err := e.view(v, d)
		if err != nil {
			return nil, fmt.Errorf("view %s: %w", v.Name, err)
		}
		out.Views = append(out.Views, *x)
	}
	return out, nil
}

// eliciting holds what all views share: the lines, and a program for each case and
// option that they speak of.
type eliciting struct {
	ctx     context.Context
	workers int
	lines   []elicitLine
	beside  []elicitLine
	games   []*elicitGame
	solving int // so many of them are of lines
}

type elicitLine struct {
	model.Elicit
	c    *model.Case
	game *elicitGame
	out  int // the measure among the answers

	unchecked bool
}

type elicitGame struct {
	c      *model.Case
	o      *model.Option
	solver *study.Solver
}

func (e *eliciting) compile(m *model.Model, k *model.Case, most int) error {
	read := func(of func(*model.Case) []model.Elicit) (out []elicitLine, err error) {
		for _, c := range m.References(k) {
			for _, x := range of(c) {
				g, err := e.game(m, c, x.Option, most)
				if err != nil {
					return nil, err
				}
				at := slices.IndexFunc(c.Crisis.Measures, func(ms model.Measure) bool { return ms.Name == x.Measure })
				out = append(out, elicitLine{Elicit: x, c: c, game: g, out: at})
			}
		}
		return out, nil
	}
	var err error
	if e.lines, err = read(func(c *model.Case) []model.Elicit { return c.Elicits }); err != nil {
		return err
	}
	e.solving = len(e.games)
	if e.beside, err = read(func(c *model.Case) []model.Elicit { return c.Beside }); err != nil {
		return err
	}
	for i, l := range e.beside {
		e.beside[i].unchecked = l.c == k && slices.ContainsFunc(e.beside, func(o elicitLine) bool { return o.c != k && o.Rate == l.Rate })
	}
	if len(e.lines) == 0 {
		return source.Hint(fmt.Errorf("case %s states no rate to solve for, nor does any it is held against", k.Name), "write elicit MEASURE[OPTION] as RATE by OFFSET")
	}
	return nil
}

func (e *eliciting) game(m *model.Model, c *model.Case, o *model.Option, most int) (*elicitGame, error) {
	for _, g := range e.games {
		if g.c == c && g.o == o {
			return g, nil
		}
	}
	s, err := study.NewSolver(e.ctx, m, c, o, most)
	if err != nil {
		return nil, err
	}
	g := &elicitGame{c, o, s}
	e.games = append(e.games, g)
	return g, nil
}

// elicitView is one view: the central world of each game.
type elicitView struct {
	*eliciting
	v       *model.View
	central map[*elicitGame][]float64
	stated  []float64 // medians
	force   []float64 // offsets as they stand
}

func (e *eliciting) view(v *model.View, d draw.Design) (*ElicitedView, error) {
	x := &elicitView{eliciting: e, v: v, central: map[*elicitGame][]float64{}}
	for _, g := range e.games {
		in, err := study.Medians(g.solver.Inputs, v)
		if err != nil {
			return nil, err
		}
		x.central[g] = in
	}
	for _, l := range e.lines {
		both, err := study.Medians([]*model.Assumption{l.Rate, l.Offset}, v)
		if err != nil {
			return nil, err
		}
		if !(both[0] > 0 && both[0] < 1) {
			return nil, fmt.Errorf("%s is stated as %g: odds need a rate above 0 and below 1", l.Rate.Name, both[0])
		}
		x.stated, x.force = append(x.stated, both[0]), append(x.force, both[1])
	}
	return x.answer(d)
}

// at gives the measure of each line at each point: an offset for each line and,
// where rate is not nil, a rate for one of them.
func (x *elicitView) at(points [][]float64, rate func(point int) (line int, p float64)) ([][]float64, error) {
	out := make([][]float64, len(x.lines))
	for _, g := range x.games[:x.solving] {
		answers, err := g.solver.Solve(x.ctx, x.columns(g, points, rate), x.workers)
		if err != nil {
			return nil, err
		}
		for i, l := range x.lines {
			if l.game == g {
				out[i] = answers[l.out]
			}
		}
	}
	return out, nil
}

// columns are the central world of a game, once for each point.
func (x *elicitView) columns(g *elicitGame, points [][]float64, rate func(point int) (int, float64)) [][]float64 {
	in := make([][]float64, len(g.solver.Inputs))
	for i, a := range g.solver.Inputs {
		in[i] = make([]float64, len(points))
		for p := range points {
			in[i][p] = x.central[g][i]
			for j, l := range x.lines {
				if l.Offset == a {
					in[i][p] = points[p][j]
				}
			}
			if rate != nil {
				if j, r := rate(p); x.lines[j].Rate == a {
					in[i][p] = r
				}
			}
		}
	}
	return in
}

// gaps gives the gap left of each line, by point.
func (x *elicitView) gaps(points [][]float64) ([][]float64, error) {
	ps, err := x.at(points, nil)
	if err != nil {
		return nil, err
	}
	out := make([][]float64, len(points))
	for p := range points {
		for i := range x.lines {
			out[p] = append(out[p], gap(x.stated[i], ps[i][p]))
		}
	}
	return out, nil
}

// gap is how many log odds are missing; where an answer is 0 or 1 to the last
// bit, as many as bits can tell.
func gap(stated, given float64) float64 { return logit(stated) - bounded(logit(given)) }

func bounded(x float64) float64 {
	if math.IsNaN(x) {
		return x
	}
	return min(max(x, -2*widest), 2*widest)
}

// answer solves the lines of a view together.
func (x *elicitView) answer(d draw.Design) (*ElicitedView, error) {
	start, err := x.gaps([][]float64{x.force})
	if err != nil {
		return nil, err
	}
	c := &closing{gaps: x.gaps, x: slices.Clone(x.force), left: start[0]}
	why, err := x.reachable(c.x)
	if err != nil {
		return nil, err
	}
	for _, w := range why {
		c.open = append(c.open, w == "")
	}
	if err := c.close(); err != nil {
		return nil, err
	}
	out := &ElicitedView{View: x.v.Name, Converged: true, Steps: c.steps}
	for i, l := range x.lines {
		r := ElicitedRate{Case: l.c.Name, Option: l.Option.Name, Measure: l.Measure, Rate: l.Rate.Name, Title: l.Rate.Title, Offset: l.Offset.Name,
			Central: decision.Number(expit(logit(x.stated[i]) - start[0][i])), Gap: decision.Number(start[0][i]),
			InForce: decision.Number(x.force[i]), Closes: decision.Number(c.x[i]), Left: decision.Number(c.left[i]), Why: why[i]}
		if r.Why == "" && !(math.Abs(c.left[i]) < closedAt) {
			r.Why = fmt.Sprintf("no step of %d brought it nearer: within reach alone, but not beside the others", c.steps)
		}
		if r.Why != "" {
			r.Closes, out.Converged = decision.Number(math.NaN()), false
		}
		out.Left = max(out.Left, decision.Number(math.Abs(c.left[i]))) // NaN stays
		out.Rates = append(out.Rates, r)
	}
	if err := x.follow(out, c.x); err != nil {
		return nil, err
	}
	return out, x.spread(out, d)
}

// reachable says for each line why no value of its own offset can make it hold,
// the other offsets as they are; empty where one can.
func (x *elicitView) reachable(at []float64) ([]string, error) {
	var points [][]float64
	const each = 31
	for i := range x.lines {
		for n := range each {
			p := slices.Clone(at)
			p[i] = -widest + 2*widest*float64(n)/(each-1)
			points = append(points, p)
		}
	}
	ps, err := x.at(append(points, at), nil)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(x.lines))
	for i := range x.lines {
		own := ps[i][i*each : (i+1)*each]
		lo, hi := slices.Min(own), slices.Max(own)
		switch now := ps[i][len(points)]; {
		case slices.ContainsFunc(own, math.IsNaN) || math.IsNaN(now):
			out[i] = "the measure is not defined in the central world: what it counts never comes about there"
		case lo == hi:
			out[i] = fmt.Sprintf("%s moves nothing here: the crisis does not read it where this measure looks", x.lines[i].Offset.Name)
		case x.stated[i] >= hi:
			out[i] = fmt.Sprintf("whatever the offset, the case gives at most %.3g", hi)
		case x.stated[i] <= lo:
			out[i] = fmt.Sprintf("whatever the offset, the case gives at least %.3g", lo)
		}
	}
	return out, nil
}

// follow finds which log odds make each rate hold at the ends of its stated
// range, the other rates at their medians. Where what acts on a choice mixes
// (by types, moods, incidents) it is not the logit of the rate plus one number.
func (x *elicitView) follow(out *ElicitedView, at []float64) error {
	ends := []float64{0.05, 0.5, 0.95}
	var line []int
	var rates []float64
	for i, l := range x.lines {
		q, err := study.Quantiles([]*model.Assumption{l.Rate}, x.v)
		if err != nil {
			return err
		}
		for _, u := range ends {
			line, rates = append(line, i), append(rates, q[0](u))
		}
		out.Rates[i].Stated = Band{Median: decision.Number(x.stated[i]), P05: decision.Number(q[0](ends[0])), P95: decision.Number(q[0](ends[2]))}
	}
	offsets, err := x.secant(at, line, rates)
	if err != nil {
		return err
	}
	for i := range x.lines {
		odds := func(n int) decision.Number {
			if out.Rates[i].Why != "" {
				return decision.Number(math.NaN())
			}
			return decision.Number(logit(rates[3*i+n]) + offsets[3*i+n])
		}
		out.Rates[i].LogOdds = Band{Median: odds(1), P05: odds(0), P95: odds(2)}
	}
	return nil
}

// secant finds, for each pair of a line and a rate, the offset of the line at
// which the rate holds, all pairs abreast; NaN where none is found.
func (x *elicitView) secant(at []float64, line []int, rates []float64) ([]float64, error) {
	n := len(line)
	now, before, gapBefore := make([]float64, n), make([]float64, n), make([]float64, n)
	out := make([]float64, n)
	for p, i := range line {
		now[p], out[p] = at[i], math.NaN()
	}
	for step := range mostTries {
		points := make([][]float64, n)
		for p, i := range line {
			points[p] = slices.Clone(at)
			points[p][i] = now[p]
		}
		ps, err := x.at(points, func(p int) (int, float64) { return line[p], rates[p] })
		if err != nil {
			return nil, err
		}
		left := 0
		for p, i := range line {
			g := gap(rates[p], ps[i][p])
			if math.Abs(g) < closedAt {
				out[p] = now[p]
				continue
			}
			left++
			move := g
			if slope := -(now[p] - before[p]) / (g - gapBefore[p]); step > 0 && slope > 0.1 && slope < 10 {
				move *= slope
			}
			before[p], gapBefore[p] = now[p], g
			now[p] = min(max(now[p]+move, -widest), widest)
		}
		if left == 0 {
			break
		}
	}
	return out, nil
}

// spread shows what comes out over worlds with the offsets in force. A measure
// that is given something is weighed by how likely that is.
func (x *elicitView) spread(out *ElicitedView, d draw.Design) error {
	if err := x.conditional(out); err != nil {
		return err
	}
	for _, g := range x.games {
		in, err := study.DrawsUntil(x.ctx, g.solver.Inputs, x.v, d)
		if err != nil {
			return err
		}
		answers, err := g.solver.Solve(x.ctx, in, x.workers)
		if err != nil {
			return err
		}
		for i, l := range x.lines {
			if l.game == g {
				out.Rates[i].Given, out.Rates[i].Undefined = over(g, l.out, answers)
			}
		}
		for i, l := range x.beside {
			if r := &out.Beside[i]; l.game == g {
				r.Given, r.Undefined = over(g, l.out, answers)
				r.Outside = outside(r.Given.Median, r.Stated)
			}
		}
	}
	return nil
}

// over is one measure of a game over worlds.
func over(g *elicitGame, at int, answers [][]float64) (Band, int) {
	s := draw.SummariseWeighted(answers[at], weightOf(g.solver.Measures, at, answers))
	return Band{Median: decision.Number(s.Median), P05: decision.Number(s.P05), P95: decision.Number(s.P95)}, s.NaN
}

// conditional lists the rates that are stated on a condition.
func (x *elicitView) conditional(out *ElicitedView) error {
	out.Beside = []BesideRate{}
	for _, l := range x.beside {
		q, err := study.Quantiles([]*model.Assumption{l.Rate}, x.v)
		if err != nil {
			return err
		}
		out.Beside = append(out.Beside, BesideRate{Case: l.c.Name, Option: l.Option.Name, Measure: l.Measure, Rate: l.Rate.Name, Title: l.Rate.Title, Condition: l.Elicit.Given, Unchecked: l.unchecked,
			Stated: Band{Median: decision.Number(q[0](0.5)), P05: decision.Number(q[0](0.05)), P95: decision.Number(q[0](0.95))}})
	}
	return nil
}

// outside says on which side of a band a number lies; 0: within, or unknown.
func outside(x decision.Number, b Band) int {
	switch {
	case x > b.P95:
		return 1
	case x < b.P05:
		return -1
	}
	return 0
}

// weightOf is the column by which a conditional measure is weighed; nil where
// it is given nothing.
func weightOf(ms []model.Measure, at int, answers [][]float64) []float64 {
	i := slices.IndexFunc(ms, func(m model.Measure) bool { return ms[at].Given != "" && m.Name == ms[at].Given })
	if i < 0 {
		return nil
	}
	return answers[i]
}
