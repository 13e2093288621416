package draw

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"casus/finding"
)

// Dist is a distribution of one number. Distributions are immutable and safe to
// share. Arguments that make no sense give NaN: u outside [0, 1], x NaN.
//
// The interface is closed: truncation and mixture need to know of atoms and of
// partial means. New, Truncate, Mixture and Tabulate make all there are.
type Dist interface {
	// Quantile is the smallest x with CDF(x) ≥ u; Quantile(0) and Quantile(1)
	// are the ends of the support. It does not decrease in u.
	Quantile(u float64) float64
	// CDF is the probability of a value of at most x.
	CDF(x float64) float64
	// Mean is the expectation.
	Mean() float64
	// Support is the smallest closed interval that holds every value, ends
	// infinite where there is none.
	Support() (lo, hi float64)
	// String is the distribution as an author writes it: "pert(5, 12, 25)".
	String() string

	under(x float64) float64 // probability of less than x
	upto(x float64) float64  // partial mean: expectation of X·[X ≤ x]
}

// KindInfo describes one kind of distribution to an author.
type KindInfo struct {
	Name  string   // as New takes it
	Args  []string // their names, in order, options at the end
	Least int      // how many must be given; the others have defaults
	Pairs bool     // Args may be repeated as a whole, any number of times
	About string   // one line
}

// Usage is the kind as a call: "pert(lo, mode, hi[, shape])".
func (k KindInfo) Usage() string {
	usage := k.Name + "(" + strings.Join(k.Args[:k.Least], ", ")
	if k.Pairs {
		return usage + ", …)"
	}
	if options := k.Args[k.Least:]; len(options) > 0 {
		usage += "[, " + strings.Join(options, ", ") + "]"
	}
	return usage + ")"
}

func (k KindInfo) accepts(n int) bool {
	if k.Pairs {
		return n > 0 && n%len(k.Args) == 0
	}
	return k.Least <= n && n <= len(k.Args)
}

type kind struct {
	KindInfo
	make func(args []float64) (Dist, error)
}

func kinds() []kind {
	return []kind{
		{KindInfo{"uniform", []string{"lo", "hi"}, 2, false, "every value between lo and hi alike"}, newUniform},
		{KindInfo{"triangular", []string{"lo", "mode", "hi"}, 3, false, "density rises straight from lo to mode and falls straight to hi"}, newTriangular},
		{KindInfo{"pert", []string{"lo", "mode", "hi", "shape"}, 3, false, "smooth between lo and hi around mode; shape (default 4) is the weight of the mode"}, newPERT},
		{KindInfo{"normal", []string{"mean", "sd"}, 2, false, "bell curve with mean and standard deviation"}, newNormal},
		{KindInfo{"lognormal", []string{"median", "gsd"}, 2, false, "two thirds of the values between median/gsd and median·gsd; gsd is the geometric standard deviation, above 1"}, newLognormal},
		{KindInfo{"beta", []string{"a", "b", "lo", "hi"}, 2, false, "share with a − 1 successes and b − 1 failures seen, stretched to lo … hi (default 0 … 1)"}, newBeta},
		{KindInfo{"discrete", []string{"value", "weight"}, 2, true, "the values given, in proportion to their weights"}, newDiscrete},
		{KindInfo{"fixed", []string{"value"}, 1, false, "always the value"}, newFixed},
	}
}

// Kinds lists the kinds that New knows, in a fixed order.
func Kinds() []KindInfo {
	var infos []KindInfo
	for _, k := range kinds() {
		infos = append(infos, k.KindInfo)
	}
	return infos
}

// New makes a distribution of the named kind (see Kinds). Errors are plain
// sentences for the author of a model. A uniform, triangular, PERT or stretched
// beta distribution whose lo, hi (and mode) coincide is a fixed value.
//
// Formulas: lognormal is median·gsd^Z with Z standard normal (Limpert, Stahel
// and Abbt 2001). PERT with shape s is the beta distribution of a = 1 + s·(mode −
// lo)/(hi − lo), b = 1 + s·(hi − mode)/(hi − lo) on lo … hi (Malcolm, Roseboom,
// Clark and Fazar 1959; shape: Vose 2000), so its mean is (lo + s·mode + hi)/(s + 2).
func New(name string, args []float64) (Dist, error) {
	all := kinds()
	at := slices.IndexFunc(all, func(k kind) bool { return k.Name == name })
	if at < 0 {
		return nil, fmt.Errorf("unknown distribution %q; use one of %s", name, kindNames())
	}
	k := all[at]
	if !k.accepts(len(args)) {
		return nil, fmt.Errorf("%s wants %s, got %s", name, k.Usage(), finding.Count(len(args), "argument"))
	}
	if err := readable(name, args); err != nil {
		return nil, err
	}
	return k.make(args)
}

func kindNames() string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}

// largest bounds arguments so that no sum or square of them overflows.
const largest = 1e100

func readable(name string, args []float64) error {
	for _, x := range args {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("%s wants finite numbers, got %s", name, list(args))
		}
		if math.Abs(x) > largest {
			return fmt.Errorf("%s wants numbers below 1e100 in size, got %s; choose another unit", name, number(x))
		}
	}
	return nil
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func list(xs []float64) string {
	words := make([]string, len(xs))
	for i, x := range xs {
		words[i] = number(x)
	}
	return strings.Join(words, ", ")
}

func call(name string, args ...float64) string { return name + "(" + list(args) + ")" }

// span is an interval lo … hi with lo < hi, and the way between it and 0 … 1.
type span struct{ lo, hi float64 }

func (s span) Support() (lo, hi float64) { return s.lo, s.hi }

// at stretches t in [0, 1] to the interval; the product is rounded before the
// sum so that all machines agree.
func (s span) at(t float64) float64 {
	return min(max(s.lo+float64(t*(s.hi-s.lo)), s.lo), s.hi)
}

// of gives the share of the interval below x, in [0, 1].
func (s span) of(x float64) float64 {
	return min(max((x-s.lo)/(s.hi-s.lo), 0), 1)
}

// stretch turns the partial mean m and the probability p of a part of a
// distribution on 0 … 1 into the partial mean on the interval.
func (s span) stretch(m, p float64) float64 {
	return float64(s.lo*p) + float64((s.hi-s.lo)*m)
}

func isProbability(u float64) bool { return 0 <= u && u <= 1 }

var errWeights = errors.New("weights must be positive or zero, and not all zero")

// shares scales weights to sum 1.
func shares(weights []float64) ([]float64, error) {
	sum := 0.0
	for _, w := range weights {
		if !(w >= 0) || w > largest {
			return nil, errWeights
		}
		sum += w
	}
	if sum == 0 {
		return nil, errWeights
	}
	scaled := make([]float64, len(weights))
	for i, w := range weights {
		scaled[i] = w / sum
	}
	return scaled, nil
}
