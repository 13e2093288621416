package decision

import (
	"fmt"
	"math"
	"slices"
)

// Settings are the numbers that a comparison asks for. Defaults gives the usual
// ones; a zero here means zero.
type Settings struct {
	Tail       float64   // quantile of loss that counts as the tail: 0.9
	Optimism   float64   // α of Hurwicz, the weight of the best world
	Confidence float64   // of intervals: 0.95
	Threshold  *float64  // what is good enough, in the measure's unit; nil asks for no satisficing
	Distances  []float64 // of each world from a centre, in any unit; nil asks for no horizon
}

// Defaults are tail 0.9, α 0.5, confidence 0.95, no threshold.
func Defaults() Settings { return Settings{Tail: 0.9, Optimism: 0.5, Confidence: 0.95} }

func (s Settings) check(worlds int) error {
	if !(s.Tail >= 0 && s.Tail <= 1) {
		return fmt.Errorf("tail %v is not a quantile from 0 to 1", s.Tail)
	}
	if !(s.Optimism >= 0 && s.Optimism <= 1) {
		return fmt.Errorf("optimism %v is not from 0 to 1", s.Optimism)
	}
	if s.Threshold != nil && math.IsNaN(*s.Threshold) {
		return fmt.Errorf("the threshold is no number")
	}
	if s.Distances != nil {
		if s.Threshold == nil {
			return fmt.Errorf("distances are given, but no threshold; a horizon wants both")
		}
		if len(s.Distances) != worlds {
			return fmt.Errorf("%d distances for %d worlds", len(s.Distances), worlds)
		}
		for w, d := range s.Distances {
			if !(d >= 0) {
				return fmt.Errorf("distance %v of world %d; a distance is a number from 0 up", d, w)
			}
		}
	}
	return checkConfidence(s.Confidence)
}

// Comparison is one measure under every option, by every criterion. All values
// are in the measure's unit; regrets are how much worse, never negative.
type Comparison struct {
	Measure string    `json:"measure"`
	Unit    string    `json:"unit"`
	Better  Direction `json:"better"`
	Count
	Tail      float64     `json:"tail"`
	Optimism  float64     `json:"optimism"`
	Threshold *float64    `json:"threshold"`
	Matters   float64     `json:"matters"` // the least difference that counts; 0: any
	Options   []Scores    `json:"options"`
	Criteria  []Criterion `json:"criteria"`
	Hurwicz   []Stretch   `json:"hurwicz"`
}

// Scores are the numbers of one option. Worlds are named by their number; of
// several that attain the same, the first is named and all are counted.
type Scores struct {
	Option     string  `json:"option"`
	Undefined  int     `json:"undefined"`   // worlds in which this option itself is not defined
	Expected   Number  `json:"expected"`    // weighted mean
	Laplace    Number  `json:"laplace"`     // mean with every world alike, weights unread
	Median     Number  `json:"median"`      // weighted
	Worst      Number  `json:"worst"`       // maximin
	WorstIn    Attains `json:"worst_in"`    // the worlds of the worst value
	Best       Number  `json:"best"`        // maximax
	Tail       Number  `json:"tail_value"`  // only 1 − tail of the worlds are worse
	Hurwicz    Number  `json:"hurwicz"`     // α·best + (1−α)·worst
	MaxRegret  Number  `json:"max_regret"`  // Savage
	RegretIn   Attains `json:"regret_in"`   // the worlds of the largest regret
	TailRegret Number  `json:"tail_regret"` // the tail quantile of regret
	MeanRegret Number  `json:"mean_regret"` // what perfect information would save this option on average
	Alone      Share   `json:"best_alone"`  // worlds in which it alone is best, by as much as matters
	Shared     Share   `json:"best_shared"` // worlds in which it is best with others
	Domain     Number  `json:"domain"`      // share of worlds won, a tie split evenly: sums to 1 over the options
	Satisfices *Share  `json:"satisfices"`  // worlds at or better than the threshold
	Horizon    *Number `json:"horizon"`     // distance of the nearest world that fails; null: none does
}

// Attains names the worlds in which something is attained.
type Attains struct {
	First int `json:"first"` // number of the world; -1 for none
	Count int `json:"worlds"`
}

// Criterion is one rule of choice and the options it picks, all that tie, in
// the order of the table. Of what is in the measure's unit, options tie with the
// best that fall short of it by less than what matters. It picks none where no
// world can be compared. Value is that of the best.
type Criterion struct {
	Name   string   `json:"name"`
	Means  string   `json:"means"`
	Source string   `json:"source"`
	Picks  []string `json:"picks"`
	Value  Number   `json:"value"`
}

// Stretch is a range of α over which Hurwicz's rule picks the same options. At
// the α between two stretches the options of both tie.
type Stretch struct {
	From  Number   `json:"from"`
	To    Number   `json:"to"`
	Picks []string `json:"picks"`
}

// Compare asks every criterion of one table. The error is the caller's mistake:
// a table or setting that makes no sense. A comparison without a world has NaN
// for every value and picks nothing. Values that are equal to twelve digits tie,
// and so do those that differ by less than what matters.
func Compare(t *Table, s Settings) (*Comparison, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if err := s.check(t.worlds()); err != nil {
		return nil, err
	}
	kept, c := complete(t.Values, t.Weights, t.worlds())
	out := &Comparison{Measure: t.Measure, Unit: t.Unit, Better: t.Better, Count: c, Tail: s.Tail, Optimism: s.Optimism,
		Threshold: s.Threshold, Matters: t.Matters, Hurwicz: []Stretch{}}
	r := regrets(t, kept)
	ws := weigh(t.Weights, kept)
	for o := range t.Options {
		out.Options = append(out.Options, scores(t, s, kept, ws, r, o))
	}
	out.Criteria = out.criteria()
	if c.N > 0 {
		out.Hurwicz = out.stretches()
	}
	return out, nil
}

func scores(t *Table, s Settings, kept []int, ws []float64, r [][]float64, o int) Scores {
	xs := at(t.Values[o], kept)
	in, regret := newSample(xs, ws), newSample(r[o], ws)
	out := Scores{Option: t.Options[o], Undefined: countNaN(t.Values[o]),
		Expected: Number(in.mean()), Median: Number(in.quantile(0.5)),
		Worst: Number(in.end(t.Better == Lower)), Best: Number(in.end(t.Better == Higher)),
		Tail:      Number(in.quantile(tailOf(t.Better, s.Tail))),
		MaxRegret: Number(regret.end(true)), TailRegret: Number(regret.quantile(s.Tail)), MeanRegret: Number(regret.mean()),
	}
	out.Laplace = out.Expected
	if !in.alike() {
		out.Laplace = Number(newSample(xs, at(nil, kept)).mean())
	}
	out.Hurwicz = Number(float64(s.Optimism*float64(out.Best)) + float64((1-s.Optimism)*float64(out.Worst)))
	out.WorstIn = attains(xs, kept, float64(out.Worst))
	out.RegretIn = attains(r[o], kept, float64(out.MaxRegret))
	out.domain(r, o, t.Matters, ws, s.Confidence)
	if s.Threshold != nil {
		out.satisfice(t, s, xs, kept, ws)
	}
	return out
}

func countNaN(xs []float64) int {
	n := 0
	for _, x := range xs {
		if math.IsNaN(x) {
			n++
		}
	}
	return n
}

// tailOf is the quantile of values that is the given quantile of loss.
func tailOf(d Direction, tail float64) float64 {
	if d == Higher {
		return 1 - tail
	}
	return tail
}

// end is the largest or smallest value, NaN of nothing.
func (s sample) end(largest bool) float64 {
	if len(s.xs) == 0 {
		return math.NaN()
	}
	if largest {
		return s.xs[len(s.xs)-1]
	}
	return s.xs[0]
}

func attains(xs []float64, worlds []int, x float64) Attains {
	a := Attains{First: -1}
	for i := range xs {
		if xs[i] == x {
			if a.Count == 0 {
				a.First = worlds[i]
			}
			a.Count++
		}
	}
	return a
}

// domain counts the worlds in which the option is best (Starr 1963). A regret
// that does not matter is being best.
func (out *Scores) domain(r [][]float64, o int, matters float64, ws []float64, confidence float64) {
	alone, shared := make([]bool, len(ws)), make([]bool, len(ws))
	byTies := make([][]float64, len(r)+1) // weights of the worlds won with so many, itself among them
	for i := range ws {
		if !ties(r[o][i], matters) {
			continue
		}
		best := 0
		for p := range r {
			if ties(r[p][i], matters) {
				best++
			}
		}
		alone[i], shared[i] = best == 1, best > 1
		byTies[best] = append(byTies[best], ws[i])
	}
	won := 0.0
	for best := 1; best <= len(r); best++ {
		slices.Sort(byTies[best])
		won += total(byTies[best]) / float64(best)
	}
	out.Alone, out.Shared = share(alone, ws, confidence), share(shared, ws, confidence)
	out.Domain = Number(won / total(slices.Sorted(slices.Values(ws))))
}

// satisfice counts the worlds that are good enough (Simon 1956), and finds the
// horizon: how far from the centre a world may lie before one fails (Ben-Haim
// 2006, over the worlds drawn; between them it is not looked).
func (out *Scores) satisfice(t *Table, s Settings, xs []float64, kept []int, ws []float64) {
	good := make([]bool, len(xs))
	nearest := math.NaN()
	for i, x := range xs {
		good[i] = t.Better.sign()*x >= t.Better.sign()**s.Threshold
		if !good[i] && s.Distances != nil && !(s.Distances[kept[i]] >= nearest) {
			nearest = s.Distances[kept[i]]
		}
	}
	sh := share(good, ws, s.Confidence)
	out.Satisfices = &sh
	if s.Distances != nil {
		h := Number(nearest)
		out.Horizon = &h
	}
}

func (c *Comparison) criteria() []Criterion {
	loss := fmt.Sprintf("%g quantile of loss", c.Tail)
	own := c.Matters // of what is in the measure's unit
	all := []Criterion{
		c.best("expected value", "the best weighted mean", "Bernoulli 1738", c.Better, own, func(s Scores) Number { return s.Expected }),
		c.best("Laplace", "the best mean with every world alike", "Laplace 1814", c.Better, own, func(s Scores) Number { return s.Laplace }),
		c.best("median", "the best median", "", c.Better, own, func(s Scores) Number { return s.Median }),
		c.best("worst case", "the best worst world (maximin)", "Wald 1950", c.Better, own, func(s Scores) Number { return s.Worst }),
		c.best("best case", "the best best world (maximax)", "", c.Better, own, func(s Scores) Number { return s.Best }),
		c.best("tail", "the best "+loss, "", c.Better, own, func(s Scores) Number { return s.Tail }),
		c.best("Hurwicz", fmt.Sprintf("the best mix of best (%g) and worst world", c.Optimism), "Hurwicz 1951", c.Better, own, func(s Scores) Number { return s.Hurwicz }),
		c.best("minimax regret", "the smallest largest regret", "Savage 1951", Lower, own, func(s Scores) Number { return s.MaxRegret }),
		c.best("tail regret", fmt.Sprintf("the smallest %g quantile of regret", c.Tail), "", Lower, own, func(s Scores) Number { return s.TailRegret }),
		c.best("domain", "best in the largest share of worlds, ties split evenly", "Starr 1963; Schneller & Sphicas 1983", Higher, 0, func(s Scores) Number { return s.Domain }),
	}
	if c.Threshold != nil {
		all = append(all, c.best("satisficing", "good enough in the largest share of worlds", "Simon 1956", Higher, 0, func(s Scores) Number { return s.Satisfices.Value }))
	}
	return all
}

func (c *Comparison) best(name, means, source string, better Direction, matters float64, of func(Scores) Number) Criterion {
	out := Criterion{Name: name, Means: means, Source: source, Value: Number(math.NaN())}
	values := make([]float64, len(c.Options))
	for o, s := range c.Options {
		values[o] = better.sign() * float64(of(s))
	}
	out.Picks = c.picks(values, matters)
	top := math.Inf(-1)
	for o, s := range c.Options {
		if slices.Contains(out.Picks, s.Option) && values[o] > top {
			top, out.Value = values[o], of(s)
		}
	}
	return out
}

// digits is how far apart two numbers may be, beside their size, and still tie:
// a difference in the thirteenth digit comes from rounding.
const digits = 1e-12

// picks are the options of the largest gain, all that tie.
func (c *Comparison) picks(gains []float64, matters float64) []string {
	out := []string{}
	top, size := math.Inf(-1), 0.0
	for _, g := range gains {
		if g > top {
			top = g
		}
		if math.Abs(g) > size {
			size = math.Abs(g)
		}
	}
	for o, g := range gains {
		if less := top - g; !math.IsInf(top, -1) && (less <= digits*size || ties(less, matters)) {
			out = append(out, c.Options[o].Option)
		}
	}
	return out
}

// stretches cuts α from 0 to 1 where Hurwicz's rule picks other options: the
// upper envelope of one straight line for each option, and where a line is as far
// below another as matters.
func (c *Comparison) stretches() []Stretch {
	sign := c.Better.sign()
	line := func(o int, α float64) float64 {
		best, worst := float64(α*float64(c.Options[o].Best)), float64((1-α)*float64(c.Options[o].Worst))
		return sign * float64(best+worst)
	}
	cuts := []float64{0, 1}
	for o := range c.Options {
		for p := range o {
			atZero, atOne := float64(sign*float64(c.Options[o].Worst-c.Options[p].Worst)), float64(sign*float64(c.Options[o].Best-c.Options[p].Best))
			for _, apart := range []float64{0, c.Matters, -c.Matters} {
				if α := (atZero - apart) / (atZero - atOne); α > 0 && α < 1 {
					cuts = append(cuts, α)
				}
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Stretch
	for i := range cuts[1:] {
		middle := float64((cuts[i] + cuts[i+1]) / 2)
		gains := make([]float64, len(c.Options))
		for o := range gains {
			gains[o] = line(o, middle)
		}
		picks := c.picks(gains, c.Matters)
		if n := len(out); n > 0 && slices.Equal(out[n-1].Picks, picks) {
			out[n-1].To = Number(cuts[i+1])
			continue
		}
		out = append(out, Stretch{Number(cuts[i]), Number(cuts[i+1]), picks})
	}
	return out
}
