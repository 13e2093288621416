package sensitivity

import "math"

// RankCorrelation is Spearman's of two columns over the rows in which both are
// defined; of a column that does not vary it is 0.
func RankCorrelation(x, y []float64) float64 {
	var a, b []float64
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			a, b = append(a, x[i]), append(b, y[i])
		}
	}
	a, b = ranks(a), ranks(b)
	ab, aa, bb := 0.0, 0.0, 0.0
	for i := range a {
		dx, dy := a[i]-0.5, b[i]-0.5
		ab, aa, bb = ab+float64(dx*dy), aa+float64(dx*dx), bb+float64(dy*dy)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
