package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"casus/finding"
	"casus/model"
)

// Check compares what a view implies with what happened.
type Check struct {
	ID         string   `json:"id"`
	View       string   `json:"view"`
	Record     string   `json:"record"`
	Role       Role     `json:"role"`
	Per        string   `json:"per"`
	Events     int      `json:"events"`
	EventsHigh int      `json:"events_high"`
	Trials     int      `json:"trials"`
	TrialsHigh int      `json:"trials_high"`
	Years      float64  `json:"years"`
	Effective  float64  `json:"effective"`
	Implied    *Float   `json:"implied_median"`
	ImpliedLow *Float   `json:"implied_p05"`
	ImpliedHi  *Float   `json:"implied_p95"`
	Yearly     *Float   `json:"implied_yearly_median"`
	Lower      Float    `json:"observed_lower_95"` // two-sided, of what was counted
	Higher     Float    `json:"observed_higher_95"`
	Upper      Float    `json:"observed_upper_95"`     // one-sided
	Likelihood Float    `json:"probability_of_record"` // of so few (or so many) events, over the worlds
	Unlikely   bool     `json:"unlikely"`
	Refuted    bool     `json:"refuted"`
	Sources    []string `json:"sources"`

	After *Predicted `json:"weighted"` // by the records that weigh; null: none does
}

// Predicted holds what the weighted worlds of a view imply of a record. Of one that
// is held out, it is a prediction.
type Predicted struct {
	Implied    *Float `json:"implied_median"`
	ImpliedLow *Float `json:"implied_p05"`
	ImpliedHi  *Float `json:"implied_p95"`
	Likelihood Float  `json:"probability_of_record"`
	Outside    bool   `json:"outside"` // so few, or so many, have a probability below 2.5 %
}

// outsideBelow is the probability in one tail below which what happened lies
// outside the central 95 % of what is predicted.
const outsideBelow = 0.025

// unlikelyBelow is the probability of a record below which a view is said to
// contradict it.
const unlikelyBelow = 0.05

// holdAgainst holds every view against every record, and against what others
// have estimated.
func (r *Record) holdAgainst() {
	for _, h := range r.History {
		h.Checks = []Check{}
		for i := range r.Records {
			x := &r.Records[i]
			if x.Case != h.Case || x.Option != h.Option || r.measure(x.Measure) < 0 {
				continue
			}
			for v := range r.Views {
				h.Checks = append(h.Checks, r.check(h, x, v))
			}
		}
		r.beside(h)
	}
	for v := range r.Views {
		r.noteRefuted(v)
	}
}

// check holds a view against a record.
func (r *Record) check(h *History, x *Recorded, v int) Check {
	k := r.measure(x.Measure)
	s, like := h.Result.Views[v].Summary[k], counted(x)
	c := Check{ID: x.ID, View: r.Views[v].Name, Record: x.Title, Role: x.Role, Per: x.per(), Events: x.Events, EventsHigh: x.EventsHigh, Trials: x.Trials, TrialsHigh: x.TrialsHigh, Years: x.Years,
		Effective: x.Effective, Implied: s.Median, ImpliedLow: s.P05, ImpliedHi: s.P95, Sources: x.Sources}
	lo, hi, upper := x.interval()
	c.Lower, c.Higher, c.Upper = Float(lo), Float(hi), Float(upper)
	c.Likelihood = Float(r.tail(h, x, like, v, alike))
	c.Unlikely, c.Refuted = c.Likelihood < unlikelyBelow, c.Likelihood < refutedBelow
	if y := r.measure(x.Yearly); y >= 0 {
		c.Yearly = h.Result.Views[v].Summary[y].Median
	}
	if r.Weights != nil {
		after := r.afterRecord(h, v, k)
		p := Predicted{after.Median, after.P05, after.P95, Float(r.tail(h, x, like, v, byRecord)), false}
		p.Outside = p.Likelihood < outsideBelow
		c.After = &p
	}
	return c
}

// afterRecord sums up a measure of a play of the past in the weighted worlds of a view.
func (r *Record) afterRecord(h *History, v, k int) Summary {
	if r.sums != nil {
		return r.mixOf(v, byRecord).plain(slices.Index(r.History, h), k)
	}
	values := h.Result.Views[v].Values
	return sheet{r: r, weights: r.weights[v]}.plain(r.Measures[k], values[k], func(g int) []float64 { return values[g] })
}

// tail is how likely so few events are, or so many, over the worlds of a view.
func (r *Record) tail(h *History, x *Recorded, like count, v, mode int) float64 {
	if r.sums != nil {
		return r.tailSums(x, v, mode)
	}
	rates := h.Result.Views[v].Values[r.measure(x.Measure)]
	if r.calledOff() {
		return 1
	}
	if mode == alike {
		return like.tail(rates, nil)
	}
	return like.tail(rates, r.weights[v])
}

func (x *Recorded) per() string {
	switch {
	case x.Per != "":
		return x.Per
	case x.Trials == 0:
		return "year"
	}
	return "trial"
}

// interval is the 95 % interval of what was counted, by the independent trials
// that it is worth, and the one-sided upper bound: exact in trials (Clopper and
// Pearson 1934) and over years (Garwood 1936).
func (x *Recorded) interval() (lo, hi, upper float64) {
	c := counted(x)
	bound := func(low bool, alpha float64) float64 { return c.bound(c.defs[0], low, alpha) }
	return bound(true, 0.025), bound(false, 0.025), bound(false, 0.05)
}

// bound is the rate at which so few events (low: so many) as counted have a
// probability of alpha, by bisection.
func (c count) bound(d definition, low bool, alpha float64) float64 {
	from, to := 0.0, 1.0
	if c.rate {
		to = (float64(d.events) + 20) * 4 / d.size / c.effective
	}
	if low && d.events == 0 {
		return 0
	}
	if !low && !c.rate && d.events == int(d.size) {
		return 1
	}
	one := c
	one.defs = []definition{d}
	for range 60 {
		mid := (from + to) / 2
		few, many := one.tails(mid)
		if !low && few > alpha || low && many < alpha {
			from = mid
		} else {
			to = mid
		}
	}
	return (from + to) / 2
}

// tail is the probability, over the worlds, of a count as far out as the one
// observed: the smaller of "so few or fewer" and "so many or more". Worlds in
// which the rate is not defined are left out; without a world it is 1.
func (c count) tail(rates, weights []float64) float64 {
	few, many, total := 0.0, 0.0, 0.0
	for w, p := range rates {
		weight := 1.0
		if weights != nil {
			weight = weights[w]
		}
		if math.IsNaN(p) || weight == 0 {
			continue
		}
		a, b := c.tails(p)
		few += float64(weight * a)
		many += float64(weight * b)
		total += weight
	}
	if total == 0 {
		return 1
	}
	return min(few, many) / total
}

// noteRefuted names the records that refute a view.
func (r *Record) noteRefuted(v int) {
	if r.Weights == nil {
		return
	}
	w := &r.Weights.Views[v]
	for _, h := range r.History {
		for _, c := range h.Checks {
			if c.View == w.View && c.Refuted && c.Role != Opposed {
				w.Refuted = append(w.Refuted, c.ID)
			}
		}
	}
}

// warnChecks says which records a view contradicts or is refuted by.
func (r *Record) warnChecks(v *View) {
	for _, h := range r.History {
		for _, c := range h.Checks {
			if c.View != v.Name || !c.Unlikely || c.Role == Opposed {
				continue
			}
			kind, verb := finding.Contradicted, "contradicts the record"
			if c.Refuted {
				kind, verb = finding.Refuted, "is refuted by the record"
			}
			msg := finding.Warn(kind, v.Name, "view %s %s: it gives %s (%s) a probability of %s", v.Name, verb, c.Counted(), c.Record, percent(float64(c.Likelihood)))
			v.Warnings = append(v.Warnings, msg)
			r.Warnings = append(r.Warnings, msg)
		}
	}
}

// Counted says how much happened: 0 of 60, 4 to 6 of 18 to 25, or 1 in 23 years.
func (c *Check) Counted() string {
	events := countedTo(c.Events, c.EventsHigh)
	if c.Trials == 0 {
		return fmt.Sprintf("%s in %g years", events, c.Years)
	}
	return events + " of " + countedTo(c.Trials, c.TrialsHigh)
}

// countedTo is a count, or its ends where definitions differ.
func countedTo(low, high int) string {
	if high > low {
		return fmt.Sprintf("%d to %d", low, high)
	}
	return strconv.Itoa(low)
}

// Beside puts the estimates of others beside what a view implies, or says why
// nothing it implies is comparable. It weighs nothing.
type Beside struct {
	Title   string    `json:"title"`
	Asked   string    `json:"asked"`   // when, in words
	Horizon string    `json:"horizon"` // of which time or case
	Measure string    `json:"measure"` // empty: none asks the same
	Unlike  string    `json:"unlike"`  // why not
	Low     float64   `json:"low"`
	High    float64   `json:"high"`
	Says    string    `json:"says"`
	Means   string    `json:"means"` // what it does and does not say here
	Sources []string  `json:"sources"`
	Status  string    `json:"status"`
	Views   []Implied `json:"views"`
}

// Implied holds what a view implies of a number, before and after the records weigh
// its worlds.
type Implied struct {
	View  string  `json:"view"`
	Prior Spread  `json:"implied"`
	After *Spread `json:"weighted"`
}

// Spread is a median with its 5–95 % range over worlds; one world has no range.
type Spread struct {
	Median *Float `json:"median"`
	Low    *Float `json:"p05"`
	High   *Float `json:"p95"`
}

// estimatesOf picks the estimates of a case under an option, beside which nothing stands
// yet.
func estimatesOf(k *model.Case, option string) []Beside {
	out := []Beside{}
	for _, e := range k.Estimates {
		if cmp.Or(e.Option, usual(k)) == option {
			out = append(out, Beside{e.Title, e.Asked, e.Horizon, e.Measure, e.Unlike, e.Low, e.High, e.Says, e.Mean, nonNil(e.Sources), e.Status, []Implied{}})
		}
	}
	return out
}

// beside puts what the views imply beside the estimates of a case.
func (r *Record) beside(h *History) {
	for i := range h.Estimates {
		b := &h.Estimates[i]
		b.Views = []Implied{}
		k := r.measure(b.Measure)
		if k < 0 {
			continue
		}
		for v, x := range h.Result.Views {
			i := Implied{View: x.View, Prior: Spread{x.Summary[k].Median, x.Summary[k].P05, x.Summary[k].P95}}
			if r.Weights != nil {
				s := r.afterRecord(h, v, k)
				i.After = &Spread{s.Median, s.P05, s.P95}
			}
			b.Views = append(b.Views, i)
		}
	}
}
