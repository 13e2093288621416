package show

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The numbers at the lines of an axis are told apart, and each says where its line
// stands: of every way an axis is laid out, whatever it has to hold.
func TestAxesSayWhereTheirLinesStand(t *testing.T) {
	for _, x := range []struct {
		ticks   []float64
		percent bool
		want    string
	}{
		{[]float64{2.9, 2.95, 3}, false, "2.9 2.95 3"},
		{[]float64{0.99, 0.995, 1}, true, "99 99.5 100"},
		{[]float64{0.0001, 0.001, 0.01, 0.1, 1}, true, "0.01 0.1 1 10 100"},
		{[]float64{0, 0.5, 1}, false, "0 0.5 1"},
		{[]float64{-0.02, 0}, true, "−2 0"},
	} {
		if got := strings.Join(axisLabels(x.ticks, x.percent), " "); got != x.want {
			t.Errorf("%v: %s, not %s", x.ticks, got, x.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		x := &optionsPanel{percent: rapid.Bool().Draw(t, "percent")}
		least := rapid.Float64Range(0, 1).Draw(t, "least")
		most := least + float64((1-least)*rapid.Float64Range(1e-4, 1).Draw(t, "wide"))
		if most <= least {
			return
		}
		if !x.percent {
			by := math.Pow(10, float64(rapid.IntRange(-2, 3).Draw(t, "scale")))
			least, most = least*by, most*by
		}
		switch rapid.IntRange(0, 2).Draw(t, "layout") {
		case 0:
			x.narrow(least, most)
		case 1:
			x.fromZero(most)
		case 2:
			x.logarithmic(math.Min(least, 1), math.Min(most, 1))
		}
		labels := axisLabels(x.ticks, x.percent)
		for i, label := range labels {
			if i == 0 {
				continue
			}
			if label == labels[i-1] {
				t.Fatalf("%v: %v", x.ticks, labels)
			}
			is, err := strconv.ParseFloat(strings.Replace(label, "−", "-", 1), 64)
			if x.percent {
				is /= 100
			}
			if gap := x.ticks[i] - x.ticks[i-1]; err != nil || math.Abs(is-x.ticks[i]) > gap/10 {
				t.Fatalf("%v: %v", x.ticks, labels)
			}
		}
	})
}
