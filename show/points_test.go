package show

import (
	"strings"
	"testing"

	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// The legend names the box where the pairs show one, and else does not.
func TestLegendOfPoints(t *testing.T) {
	limit := study.Float(0.4)
	for _, limited := range []bool{false, true} {
		x := &inquiry.Points{Axes: []inquiry.PointsAxis{{Input: "a", Highest: 1}, {Input: "b", Highest: 1}}}
		if limited {
			x.Axes[1].Upper = &limit
		}
		var b strings.Builder
		if err := PointsPicture(&b, inquiry.ViewDiscovered{Points: x}); err != nil {
			t.Fatal(err)
		}
		if drawn := strings.Contains(b.String(), "the box"); drawn != limited || strings.Count(b.String(), `stroke-dasharray="5 2"`) > 0 != limited {
			t.Errorf("limited: %v; the legend names a box: %v", limited, drawn)
		}
	}
}
