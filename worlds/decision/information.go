package decision

import (
	"fmt"
	"math"
	"slices"

	"casus/worlds/draw"
)

// Information is the value of knowing before choosing, in the measure's unit,
// for a chooser who goes by expected values (Raiffa & Schlaifer 1961). It is the
// expected gain over the option that is best without knowing.
type Information struct {
	Inputs []string `json:"inputs"` // what would be known; empty: everything
	Unit   string   `json:"unit"`
	Count
	Without  []string `json:"best_without"` // the options of the best expected value, all that tie
	Value    Number   `json:"value"`
	Interval Interval `json:"interval"`
	Method   string   `json:"method"`
	Bias     string   `json:"bias"` // which way the estimate errs, in words

	// Of inputs only, NaN for everything.
	InSample Number `json:"in_sample"` // the same worlds learn and judge: errs upwards
	Null     Number `json:"null"`      // what InSample gives, on average, for an input that matters not at all
	NullHigh Number `json:"null_high"` // and its 95 % quantile: below it InSample is no evidence
	HeldOut  Number `json:"held_out"`  // other worlds learn than judge: errs downwards, may be negative
	Learner  string `json:"learner"`
}

// InformationSettings say how information is estimated.
type InformationSettings struct {
	Confidence   float64
	Resamples    int    // for the interval
	Seed         uint64 // of resampling, folds and the null
	Parts        int    // of a single input's range; 0 is 2·n^(1/3)
	Folds        int
	Permutations int // for the null
}

// InformationDefaults are 95 %, 1000 resamples, seed 0, 10 folds, 39 permutations.
func InformationDefaults() InformationSettings {
	return InformationSettings{Confidence: 0.95, Resamples: 1000, Folds: 10, Permutations: 39}
}

func (s InformationSettings) check() error {
	switch {
	case s.Resamples < 1:
		return fmt.Errorf("%d resamples; use 1 or more", s.Resamples)
	case s.Folds < 2:
		return fmt.Errorf("%d folds; held-out worlds want 2 or more", s.Folds)
	case s.Parts < 0 || s.Permutations < 1:
		return fmt.Errorf("%d parts and %d permutations; use 0 or more and 1 or more", s.Parts, s.Permutations)
	}
	return checkConfidence(s.Confidence)
}

// Input is one assumption as drawn: its value in each world, as the table
// numbers them. NaN leaves the world out.
type Input struct {
	Name   string
	Values []float64
}

// PerfectInformation estimates the value of knowing everything (EVPI): the mean
// over worlds of the best option's value in that world, less the best option's
// mean. It is the mean regret of the option that is best without knowing. The
// interval is a percentile bootstrap over worlds, in which the best option is
// chosen anew; where two options are close to tied it is only rough.
func PerfectInformation(t *Table, s InformationSettings) (*Information, error) {
	p, err := newProblem(t, nil, s)
	if err != nil {
		return nil, err
	}
	nan := Number(math.NaN())
	out := p.answer(nil)
	out.InSample, out.Null, out.NullHigh, out.HeldOut = nan, nan, nan, nan
	out.Method = "mean over worlds of the best value less the best mean"
	out.Bias = "slightly downwards: the best of several estimated means is somewhat too good"
	if p.n() == 0 {
		return out, nil
	}
	best := make([]float64, p.n())
	for i := range best {
		best[i] = p.gains[0][i]
		for _, g := range p.gains {
			best[i] = max(best[i], g[i])
		}
	}
	out.Value = Number(p.over(best, p.ws))
	out.Interval = p.interval(best)
	return out, nil
}

// InputInformation estimates the value of knowing the named inputs together,
// and nothing else (EVPPI), from the worlds already drawn.
//
// A rule "choose this option when the inputs lie so" is learned from the worlds:
// for a single input by the conditional means in Parts parts of equal count
// (Strong & Oakley 2013), for a group by least squares on the inputs' normal
// scores, their squares and products (as Strong, Oakley & Brennan 2014, with a
// polynomial in place of splines). What the rule earns in the worlds it was
// learned from, InSample, errs upwards, because the best of several noisy
// numbers is too good; Null says by how much when there is nothing to learn.
// What it earns in worlds held out, HeldOut, errs downwards, because no rule
// learned from fewer worlds beats the best rule. Value is HeldOut, at least 0.
//
// The interval is a percentile bootstrap over worlds with the learned rule kept;
// it is not about what other worlds would have taught. The value of a group is
// not below that of its members in truth, but may be in estimates: another
// learner sees other shapes. Inputs that depend on one another tell of each
// other here.
//
// It is an error to ask with fewer worlds than the learner wants.
func InputInformation(t *Table, inputs []Input, s InformationSettings) (*Information, error) {
	if len(inputs) == 0 {
		return nil, fmt.Errorf("no input to know; PerfectInformation is about knowing everything")
	}
	p, err := newProblem(t, inputs, s)
	if err != nil {
		return nil, err
	}
	l, err := p.learner()
	if err != nil {
		return nil, err
	}
	all := make([]int, p.n())
	for i := range all {
		all[i] = i
	}
	out := p.answer(inputs)
	out.Method = "given data: a rule learned in some worlds and judged in others"
	out.Bias = "downwards: the rule is learned from finitely many worlds; in_sample errs upwards"
	out.Learner = l.name
	out.InSample = Number(p.over(p.earned(l, p.gains, all, all, p.ws), p.ws))
	null := p.null(l, all)
	out.Null, out.NullHigh = Number(draw.Mean(null)), Number(draw.Quantile(null, 0.95))
	held := p.heldOut(l)
	out.HeldOut = Number(p.over(held, p.ws))
	out.Value = max(out.HeldOut, 0)
	out.Interval = p.interval(held)
	out.Interval.Method += ", the rule kept"
	return out, nil
}

// problem is a table made ready: gains by option and complete world, higher
// being better.
type problem struct {
	t      *Table
	s      InformationSettings
	count  Count
	kept   []int
	ws     []float64
	gains  [][]float64
	inputs [][]float64 // by input, then world
	names  []string
	kin    draw.Kin // rows by world
	base   float64  // the best option's mean; of no worlds, NaN
}

func newProblem(t *Table, inputs []Input, s InformationSettings) (*problem, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	columns := slices.Clone(t.Values)
	p := &problem{t: t, s: s}
	for _, in := range inputs {
		if len(in.Values) != t.worlds() {
			return nil, fmt.Errorf("input %q has %d worlds, measure %q has %d", in.Name, len(in.Values), t.Measure, t.worlds())
		}
		for w, x := range in.Values {
			if math.IsInf(x, 0) {
				return nil, fmt.Errorf("input %q is infinite in world %d", in.Name, w)
			}
		}
		columns = append(columns, in.Values)
		p.names = append(p.names, in.Name)
	}
	p.kept, p.count = complete(columns, t.Weights, t.worlds())
	p.ws = at(t.Weights, p.kept)
	p.kin = draw.KinOf(worldsAt(t.Worlds, p.kept), p.n())
	if !p.kin.Alone() {
		p.count.Effective = Number(effective(p.kin.Sums(p.ws)))
	}
	for _, column := range t.Values {
		gains := at(column, p.kept)
		for i := range gains {
			gains[i] *= t.Better.sign()
		}
		p.gains = append(p.gains, gains)
	}
	for _, in := range inputs {
		p.inputs = append(p.inputs, at(in.Values, p.kept))
	}
	p.base = slices.Max(p.means(p.ws))
	return p, nil
}

func (p *problem) n() int { return len(p.kept) }

// worldsAt are the worlds of some rows; of none, none.
func worldsAt(worlds, rows []int) []int {
	if worlds == nil {
		return nil
	}
	out := make([]int, len(rows))
	for i, row := range rows {
		out[i] = worlds[row]
	}
	return out
}

func (p *problem) answer(inputs []Input) *Information {
	nan := Number(math.NaN())
	out := &Information{Inputs: []string{}, Unit: p.t.Unit, Count: p.count, Without: []string{}, Value: nan,
		Interval: Interval{Lo: nan, Hi: nan, Confidence: p.s.Confidence}}
	for _, in := range inputs {
		out.Inputs = append(out.Inputs, in.Name)
	}
	if p.n() == 0 {
		return out
	}
	means := p.means(p.ws)
	for o, m := range means {
		if top := slices.Max(means); m >= top-float64(digits*math.Abs(top)) {
			out.Without = append(out.Without, p.t.Options[o])
		}
	}
	return out
}

func (p *problem) means(ws []float64) []float64 {
	out := make([]float64, len(p.gains))
	for o, g := range p.gains {
		out[o] = newSample(g, ws).mean()
	}
	return out
}

// over is the weighted mean of what was earned, less the best option's mean. The
// weights may be those of the worlds in another order.
func (p *problem) over(earned, ws []float64) float64 {
	return newSample(earned, ws).mean() - p.base
}

// interval resamples whole worlds, the best option chosen anew in each resample.
func (p *problem) interval(earned []float64) Interval {
	out := Interval{Lo: Number(math.NaN()), Hi: Number(math.NaN()), Confidence: p.s.Confidence, Method: fmt.Sprintf("percentile bootstrap, %d resamples", p.s.Resamples)}
	if p.n() < 2 {
		return out
	}
	from := draw.NewStream(p.s.Seed, "value of information")
	values := make([]float64, p.s.Resamples)
	rows, options := p.contenders()
	for r := range values {
		sum, weights, means := 0.0, 0.0, make([]float64, options)
		for _, i := range p.kin.Rows(resample(from, r, p.kin.Len())) {
			sum += float64(earned[i] * p.ws[i])
			weights += p.ws[i]
			for o, x := range rows[i*options : (i+1)*options] {
				means[o] += x
			}
		}
		values[r] = max((sum-slices.Max(means))/weights, 0)
	}
	slices.Sort(values)
	out.Lo = Number(draw.Quantile(values, (1-p.s.Confidence)/2))
	out.Hi = Number(draw.Quantile(values, (1+p.s.Confidence)/2))
	return out
}

// contenders are the weighted gains, world by world, of the options that can be
// best in some resample: those that no other is as good as in every world. An
// option that is nowhere better cannot have the larger sum, in rounded numbers
// too, where both are added in one order.
func (p *problem) contenders() (rows []float64, options int) {
	var in []int
	for o := range p.gains {
		if !slices.ContainsFunc(in, func(a int) bool { return covers(p.gains[a], p.gains[o]) }) {
			in = slices.DeleteFunc(in, func(a int) bool { return covers(p.gains[o], p.gains[a]) })
			in = append(in, o)
		}
	}
	rows = make([]float64, 0, len(in)*p.n())
	for i := range p.n() {
		for _, o := range in {
			rows = append(rows, p.gains[o][i]*p.ws[i])
		}
	}
	return rows, len(in)
}

// covers reports whether a is at least b in every world.
func covers(a, b []float64) bool {
	for i := range a {
		if a[i] < b[i] {
			return false
		}
	}
	return true
}
