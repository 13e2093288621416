package sensitivity

import (
	"encoding/json"
	"fmt"
	"math"

	"casus/finding"
	"casus/special"
)

// Estimate is a number with its interval. Value is NaN where the number is not
// defined (an output that never changes), Lo and Hi where there is no interval.
// In JSON a NaN is null.
type Estimate struct{ Value, Lo, Hi float64 }

// Number is null in JSON when it is not finite.
type Number = finding.Number

var none = Number(math.NaN())

type estimateJSON struct {
	Value *float64 `json:"value"`
	Lo    *float64 `json:"lo"`
	Hi    *float64 `json:"hi"`
}

// MarshalJSON writes {"value": …, "lo": …, "hi": …}.
func (e Estimate) MarshalJSON() ([]byte, error) {
	return json.Marshal(estimateJSON{finite(e.Value), finite(e.Lo), finite(e.Hi)})
}

// UnmarshalJSON reads what MarshalJSON writes; null and absence are NaN.
func (e *Estimate) UnmarshalJSON(text []byte) error {
	var j estimateJSON
	if err := json.Unmarshal(text, &j); err != nil {
		return err
	}
	*e = Estimate{known(j.Value), known(j.Lo), known(j.Hi)}
	return nil
}

func finite(x float64) *float64 {
	if !isFinite(x) {
		return nil
	}
	return &x
}

func known(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

func isFinite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// Width is Hi − Lo.
func (e Estimate) Width() float64 { return e.Hi - e.Lo }

// around is value ± half.
func around(value, half float64) Estimate {
	half = float64(half) // rounded before it is added; see package special
	return Estimate{value, value - half, value + half}
}

// Kind and Warning are those of every finding; a warning is about an input, or
// about the whole.
type (
	Kind    = finding.Kind
	Warning = finding.Warning
)

// The kinds of warning that are given here.
const (
	LeftOut      = finding.LeftOut
	Constant     = finding.Constant
	NotConverged = finding.NotConverged
	Biased       = finding.Biased
	Dependent    = finding.Dependent
	NotShown     = finding.NotShown
	Heavy        = finding.Heavy
)

// Basis tells what a result rests on.
type Basis struct {
	N        int       `json:"n"`        // rows (or trajectories, worlds) used
	Left     int       `json:"left_out"` // rows left out: some number in them is not finite
	Interval string    `json:"interval"` // how the intervals were made, in words
	Warnings []Warning `json:"warnings"`
}

func newBasis(n, left int, interval string) Basis {
	return Basis{n, left, interval, []Warning{}} // in JSON a list, if an empty one
}

func (b *Basis) warn(kind Kind, input, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if input != "" {
		text = input + ": " + text
	}
	b.Warnings = append(b.Warnings, Warning{Kind: kind, About: input, Text: text})
}

// warnLeft says that rows were left out.
func (b *Basis) warnLeft(input, rows string, left, all int) {
	if left > 0 {
		b.warn(LeftOut, input, "%d of %d %s left out because a number in them is missing or not finite; "+
			"the result describes only the others", left, all, rows)
	}
}

// wide is the width from which an interval of an index between 0 and 1 counts
// as not converged (Sarrazin, Pianosi and Wagener 2016).
const wide = 0.05

// widths collects intervals of indices between 0 and 1 for one warning.
type widths struct {
	all, over int
	widest    float64
	name      string
}

func (w *widths) add(name string, e Estimate) {
	w.all++
	if e.Width() > wide {
		w.over++
	}
	if e.Width() > w.widest {
		w.widest, w.name = e.Width(), name
	}
}

func (b *Basis) warnWide(w widths) {
	if w.over > 0 {
		b.warn(NotConverged, "", "%d of %d intervals are wider than %g (the widest: %s, %.2g); take more rows before reading small differences",
			w.over, w.all, wide, w.name, w.widest)
	}
}

// normalAt is how many standard errors an interval of this level goes to
// either side.
func normalAt(level float64) float64 { return special.NormalQuantile(0.5 + float64(level/2)) }
