package sensitivity

import (
	"fmt"

	"casus/worlds/draw"
)

// Method names an estimator.
type Method string

// The estimators.
const (
	MethodSaltelli   Method = "Sobol' indices from Saltelli's design"
	MethodMorris     Method = "elementary effects"
	MethodDGSM       Method = "derivative-based bounds"
	MethodKucherenko Method = "indices for dependent inputs"
	MethodFirstOrder Method = "first-order indices from given worlds"
	MethodDelta      Method = "Borgonovo's delta"
	MethodRegional   Method = "regional sensitivity"
)

// Doubt is the warning that a method needs under a copula, and whether it
// needs one. Saltelli's design, elementary effects and derivative-based bounds
// assume independent inputs; the others do not, but share out what dependent
// inputs have in common.
func Doubt(c draw.Copula, m Method) (Warning, bool) {
	if c.Independent() {
		return Warning{}, false
	}
	switch m {
	case MethodSaltelli, MethodMorris, MethodDGSM:
		return Warning{Kind: Dependent, Text: fmt.Sprintf("%s assume independent inputs, but these depend on each other: "+
			"the result is not valid; use %s, %s or %s", m, MethodKucherenko, MethodFirstOrder, MethodDelta)}, true
	default:
		return Warning{Kind: Dependent, Text: fmt.Sprintf("inputs depend on each other: %s count for each input also what it shares with others", m)}, true
	}
}
