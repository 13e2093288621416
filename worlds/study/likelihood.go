package study

import (
	"math"

	"casus/model"
	"casus/special"
)

// count holds the count of a record, as a likelihood of the rate behind it.
//
// Trials that depend on each other are beta-binomial (Skellam 1948): the rate
// of a record is drawn from a beta about the rate p that a world implies, with
// the correlation ρ between trials that makes n of them worth as many
// independent ones as the record says, ρ = (n/effective − 1)/(n − 1) (the
// design effect: Kish 1965). Counts over years are Poisson or, where they
// depend, negative binomial with a variance of years/effective times the mean.
// With independent cases these are the binomial and the Poisson.
type count struct {
	defs      []definition
	rate      bool
	effective float64 // share of what was counted that is independent, in (0, 1]
	temper    float64
}

// definition is one way of counting: so many events in so many trials or years.
// Each counts for the same where definitions differ.
type definition struct {
	events int
	size   float64
}

// counted is the likelihood of a record.
func counted(r *Recorded) count {
	c := count{rate: r.Trials == 0, effective: 1, temper: r.Temper}
	sizes := []float64{float64(r.Trials)}
	if c.rate {
		sizes[0] = r.Years
	} else if r.TrialsHigh > r.Trials {
		sizes = append(sizes, float64(r.TrialsHigh))
	}
	events := []int{r.Events}
	if r.EventsHigh > r.Events {
		events = append(events, r.EventsHigh)
	}
	for _, n := range sizes {
		for _, k := range events {
			c.defs = append(c.defs, definition{k, n})
		}
	}
	if r.Effective > 0 {
		c.effective = min(r.Effective/sizes[0], 1)
	}
	return c
}

// effective is how many independent trials the cases of a record are worth, 0
// where it does not say: as it states, or by the squared ratio of the widths of
// the exact and the clustered interval.
func effective(r *model.Record) float64 {
	if r.Effective > 0 || r.Clustered == (model.Range{}) {
		return r.Effective
	}
	lo, hi := exact95(r.Events, r.Trials)
	ratio := (hi - lo) / (r.Clustered.High - r.Clustered.Low)
	return min(max(float64(r.Trials)*ratio*ratio, 1), float64(r.Trials))
}

// exact95 is the two-sided 95 % interval of a share (Clopper and Pearson 1934).
func exact95(events, trials int) (lo, hi float64) {
	return 1 - upper(trials-events, trials, 0.025), upper(events, trials, 0.025)
}

// Log is the tempered log-likelihood of a rate: that of a world counts as
// temper times as much evidence as it is. A rate under which what happened
// cannot happen has minus infinity.
func (c count) log(p float64) float64 {
	best, sum := math.Inf(-1), 0.0
	logs := make([]float64, len(c.defs))
	for i, d := range c.defs {
		logs[i] = c.logMass(d, p)
		best = max(best, logs[i])
	}
	if math.IsInf(best, -1) {
		return best
	}
	for _, l := range logs {
		sum += special.Exp(l - best)
	}
	return c.temper * (best + special.Log(sum/float64(len(logs))))
}

// logMass is the log-probability of exactly what one definition counted.
func (c count) logMass(d definition, p float64) float64 {
	if c.rate {
		return c.logMassYears(d, max(p, 0))
	}
	p = min(max(p, 0), 1)
	n := int(d.size)
	spread, whole := c.spread(d.size)
	switch {
	case whole && d.events != 0 && d.events != n:
		return math.Inf(-1)
	case whole && d.events == 0:
		return special.Log(1 - p)
	case whole:
		return special.Log(p)
	}
	return logChoose(n, d.events) + logRising(p, spread, d.events) + logRising(1-p, spread, n-d.events) - logRising(1, spread, n)
}

// spread is ρ/(1−ρ), the inverse of the beta's size; whole says that ρ is 1, so
// that all trials fall alike.
func (c count) spread(n float64) (spread float64, whole bool) {
	if c.effective >= 1 || n <= 1 {
		return 0, n <= 1 && c.effective < 1
	}
	rho := min((1/c.effective-1)/(n-1), 1)
	return rho / (1 - rho), rho == 1
}

// logMassYears is the same of a count over years at a yearly rate.
func (c count) logMassYears(d definition, p float64) float64 {
	mean, over := p*d.size, 1/c.effective-1
	decay := mean
	if over > 0 {
		decay = float64(mean*special.Log(1+over))/over + float64(float64(d.events)*special.Log(1+over))
	}
	return logRising(mean, over, d.events) - logRising(1, 1, d.events) - decay
}

// logRising is the logarithm of a(a+d)(a+2d)… over m factors, exact where d is
// 0 and where a is 0 (minus infinity, for m above 0). It multiplies while the
// product is of moderate size and takes few logarithms.
func logRising(a, d float64, m int) float64 {
	sum, product := 0.0, 1.0
	for i := range m {
		product *= a + float64(float64(i)*d)
		if product < 1e-200 || product > 1e200 {
			if product == 0 {
				return math.Inf(-1)
			}
			sum += special.Log(product)
			product = 1
		}
	}
	return sum + special.Log(product)
}

func logChoose(n, k int) float64 {
	k = min(k, n-k)
	return logRising(float64(n-k+1), 1, k) - logRising(1, 1, k)
}

// tails are the probabilities, at a rate, of so few events or fewer and of so
// many or more.
func (c count) tails(p float64) (few, many float64) {
	for _, d := range c.defs {
		a, b := c.tailsOf(d, p)
		few += a
		many += b
	}
	n := float64(len(c.defs))
	return few / n, many / n
}

// tailsOf adds up the shorter tail, from what was counted outward, away from the
// mean; the other is what is left.
func (c count) tailsOf(d definition, p float64) (few, many float64) {
	if _, whole := c.spread(d.size); whole && !c.rate { // all or none
		p = min(max(p, 0), 1)
		few, many = 1-p, p
		if d.events == 0 {
			many = 1
		}
		if d.events == int(d.size) {
			few = 1
		}
		return few, many
	}
	at, step, mean := special.Exp(c.logMass(d, p)), c.steps(d, p), p*d.size
	outward, tail := 1, at
	if float64(d.events) < mean {
		outward = -1
	}
	for k, mass := d.events, at; mass > 0; {
		if outward > 0 {
			mass *= step(k)
		} else if k > 0 {
			mass /= step(k - 1)
		}
		if k += outward; k < 0 || mass <= tail*1e-18 {
			break
		}
		tail += mass
	}
	tail = min(tail, 1)
	if outward > 0 {
		return min(1-tail+at, 1), tail
	}
	return tail, min(1-tail+at, 1)
}

// steps is the probability of one event more over that of so many.
func (c count) steps(d definition, p float64) func(events int) float64 {
	if c.rate {
		mean, over := p*d.size, 1/c.effective-1
		return func(k int) float64 { return (mean + float64(float64(k)*over)) / (float64(k+1) * (1 + over)) }
	}
	p = min(max(p, 0), 1)
	spread, _ := c.spread(d.size)
	return func(k int) float64 {
		left := d.size - float64(k)
		return left / float64(k+1) * (p + float64(float64(k)*spread)) / (1 - p + float64((left-1)*spread))
	}
}
