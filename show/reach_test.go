package show_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/finding"
	"casus/game/crisis"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// A play made up: what is rare is 1 in N, what is never come to is said once,
// and the table fits a narrow page.
func TestReachFits(t *testing.T) {
	step := func(name, actor string, asked, p float64) crisis.Reach {
		return crisis.Reach{Step: name, Actor: actor, Asked: asked, Choices: []crisis.ReachChoice{{Choice: "stand_aside", P: 1 - p}, {Choice: "fight", P: p}}}
	}
	views := func(asked, p float64) []study.ReachedView {
		var out []study.ReachedView
		for _, v := range []string{"entrapment", "abandonment", "deterrence"} {
			out = append(out, study.ReachedView{View: v, Steps: []crisis.Reach{
				step("respond", "FRA", 1.25, 0.5), step("respond", "USA", asked, p), step("rally", "FRA", 0, 0), step("rally", "USA", 0, 0),
			}})
		}
		return out
	}
	r := &inquiry.Reached{Head: finding.New("reach", nil, finding.Basis{Title: "Made up", Played: &finding.Played{Horizon: 1}}), Views: []string{"entrapment", "abandonment", "deterrence"},
		Options: []study.ReachedOption{{Option: "a", Title: "A", Views: views(0.004, 0.00002)}, {Option: "b", Title: "B", Views: views(0.004, 0.3)}},
		Alike:   [][]string{{"a"}, {"b"}}}
	for _, width := range []int{40, 80} {
		var b bytes.Buffer
		if err := show.Reach(&b, r, show.Layout{Width: width}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if utf8.RuneCountInString(line) > width {
				t.Errorf("wider than %d: %s", width, line)
			}
		}
		flat := strings.Join(strings.Fields(b.String()), " ")
		for _, want := range []string{"respond · USA 1 in 250", "fight <0.01 %", "Never reached: rally (FRA, USA).", "a and b first part at respond · USA: fight <0.01 % against 30 % (entrapment); come to as often with the same shares: respond (FRA); never reached under either: rally (FRA, USA)."} {
			if !strings.Contains(flat, want) {
				t.Errorf("width %d: no %q in\n%s", width, want, b.String())
			}
		}
	}
}
