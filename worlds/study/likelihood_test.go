package study

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"casus/model"
)

// logBetaBinomial is the definition: the binomial averaged over a beta (Skellam
// 1948), by the gamma function. Slow and, for large counts, less exact.
func logBetaBinomial(k, n int, p, rho float64) float64 {
	size := (1 - rho) / rho
	a, b := p*size, (1-p)*size
	return logChoose(n, k) + lbeta(a+float64(k), b+float64(n-k)) - lbeta(a, b)
}

func lbeta(a, b float64) float64 {
	x, _ := math.Lgamma(a)
	y, _ := math.Lgamma(b)
	z, _ := math.Lgamma(a + b)
	return x + y - z
}

func TestLikelihoodIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 300).Draw(t, "trials")
		k := rapid.IntRange(0, n).Draw(t, "events")
		p := rapid.Float64Range(1e-4, 1-1e-4).Draw(t, "rate")
		worth := rapid.Float64Range(1.5, float64(n)).Draw(t, "effective")
		temper := rapid.Float64Range(0.1, 1).Draw(t, "temper")
		c := counted(&Recorded{Events: k, Trials: n, Effective: worth, Temper: temper})
		rho := (float64(n)/worth - 1) / float64(n-1)
		want := distuv.Binomial{N: float64(n), P: p}.LogProb(float64(k))
		if rho > 1e-6 {
			want = logBetaBinomial(k, n, p, rho)
		}
		if got := c.log(p); math.Abs(got-temper*want) > 1e-5*(1+math.Abs(want)) {
			t.Errorf("%d of %d at %g, worth %g: %v, want %v", k, n, p, worth, got, temper*want)
		}
	})
}

// The beta-binomial is what its name says: a binomial averaged over a beta, here
// by quadrature.
func TestBetaBinomialByQuadrature(t *testing.T) {
	c := counted(&Recorded{Events: 6, Trials: 31, Effective: 8, Temper: 1})
	rho := (31.0/8 - 1) / 30
	size := (1 - rho) / rho
	for _, p := range []float64{0.2, 0.35, 0.6} {
		beta := distuv.Beta{Alpha: p * size, Beta: (1 - p) * size}
		want := quad.Fixed(func(x float64) float64 {
			return beta.Prob(x) * distuv.Binomial{N: 31, P: x}.Prob(6)
		}, 0, 1, 400, nil, 0)
		if got := math.Exp(c.log(p)); math.Abs(got-want) > 1e-6 {
			t.Errorf("at %g: %v, want %v", p, got, want)
		}
	}
}

// Probabilities of all counts add up to one, and the design effect is the one
// asked for.
func TestMassesAddUp(t *testing.T) {
	for _, r := range []Recorded{
		{Trials: 40, Temper: 1}, {Trials: 40, Effective: 9.5, Temper: 1}, {Trials: 40, Effective: 1, Temper: 1},
		{Years: 23, Temper: 1}, {Years: 23, Effective: 6, Temper: 1},
	} {
		c := counted(&r)
		const p = 0.07
		n, most := float64(r.Trials), r.Trials
		if r.Trials == 0 {
			n, most = r.Years, 400
		}
		sum, mean, square := 0.0, 0.0, 0.0
		for k := 0; k <= most; k++ {
			mass := math.Exp(c.logMass(definition{k, n}, p))
			sum += mass
			mean += float64(k) * mass
			square += float64(k) * float64(k) * mass
		}
		variance := n * p / c.effective
		if r.Trials > 0 {
			variance *= 1 - p
		}
		if math.Abs(sum-1) > 1e-9 || math.Abs(mean-n*p) > 1e-8 || math.Abs(square-mean*mean-variance) > 1e-6 {
			t.Errorf("%+v: sum %v, mean %v of %v, variance %v of %v", r, sum, mean, n*p, square-mean*mean, variance)
		}
	}
}

// Where definitions differ each counts for the same, and the ends of certainty
// are met without NaN.
func TestLikelihoodByHand(t *testing.T) {
	at := func(r Recorded, p float64) float64 {
		r.Temper = max(r.Temper, 1e-9)
		c := counted(&r)
		return c.log(p)
	}
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"none of 60", at(Recorded{Trials: 60, Temper: 1}, 0.05), 60 * math.Log(0.95)},
		{"half of it", at(Recorded{Trials: 60, Temper: 0.5}, 0.05), 30 * math.Log(0.95)},
		{"60 or 63", at(Recorded{Trials: 60, TrialsHigh: 63, Temper: 1}, 0.05), math.Log((math.Pow(0.95, 60) + math.Pow(0.95, 63)) / 2)},
		{"1 or 0 of 2", at(Recorded{Events: 0, EventsHigh: 1, Trials: 2, Temper: 1}, 0.3), math.Log((0.49 + 0.42) / 2)},
		{"all or none", at(Recorded{Events: 4, Trials: 4, Effective: 1, Temper: 1}, 0.8), math.Log(0.8)},
		{"cannot happen", at(Recorded{Events: 1, Trials: 4, Temper: 1}, 0), math.Inf(-1)},
		{"must happen", at(Recorded{Events: 4, Trials: 4, Temper: 1}, 1), 0},
		{"one in 23 years", at(Recorded{Events: 1, Years: 23, Temper: 1}, 0.1), math.Log(2.3) - 2.3},
		{"none in a year", at(Recorded{Events: 0, Years: 1, Temper: 1}, 0), 0},
	} {
		if !(math.Abs(c.got-c.want) < 1e-12 || c.got == c.want) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

// A clustered interval says how many independent trials the cases are worth.
func TestEffectiveFromClustered(t *testing.T) {
	r := &model.Record{Events: 6, Trials: 31, Clustered: model.Range{Low: 0.03, High: 0.77}}
	if got := effective(r); math.Abs(got-5.102) > 0.001 { // exact: 7.45 to 37.47 %
		t.Errorf("6 of 31 with 3 to 77 %%: worth %v", got)
	}
	r.Clustered = model.Range{Low: 0.18, High: 0.20}
	if got := effective(r); got != 31 {
		t.Errorf("an interval narrower than the exact one: worth %v of 31", got)
	}
}

// The tails are sums of the masses.
func TestTailsAreSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Recorded{Temper: 1, Events: rapid.IntRange(0, 30).Draw(t, "events"), Years: 30}
		most := 2000
		if rapid.Bool().Draw(t, "trials") {
			r.Trials = rapid.IntRange(max(r.Events, 1), 60).Draw(t, "of")
			most = r.Trials
		}
		r.Effective = rapid.Float64Range(1, 30).Draw(t, "effective")
		c, p := counted(&r), rapid.Float64Range(0, 1).Draw(t, "rate")
		few, many := 0.0, 0.0
		for k := 0; k <= most; k++ {
			mass := math.Exp(c.logMass(definition{k, c.defs[0].size}, p))
			if k <= r.Events {
				few += mass
			}
			if k >= r.Events {
				many += mass
			}
		}
		if a, b := c.tails(p); math.Abs(a-few) > 1e-7 || math.Abs(b-many) > 1e-7 {
			t.Errorf("%+v at %g: %v and %v, want %v and %v", r, p, a, b, few, many)
		}
	})
}
