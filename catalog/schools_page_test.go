package catalog_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casus/catalog"
)

// The ranges that docs/schools.md gives of what the schools dispute are those they play
// with: the ends of an assumption as they stand, in per cent, or as a multiple of odds.
func TestSchoolsPageHasTheRangesPlayed(t *testing.T) {
	text, err := os.ReadFile("../docs/schools.md")
	if err != nil {
		t.Fatal(err)
	}
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	percent, plain, odds := func(x float64) float64 { return 100 * x }, func(x float64) float64 { return x }, math.Exp
	for question, of := range map[string]struct {
		assumption string
		shown      func(float64) float64
	}{
		"does a presence or a binding pledge":              {"provokes", odds},
		"how far does a certain war":                       {"deters_patron", odds},
		"is military help given when it is owed?":          {"bound_rate", percent},
		"for a fellow member, by the first asked":          {"member_rate", percent},
		"do soldiers hit by incident":                      {"hit_rate", percent},
		"how far does the number of soldiers count":        {"force_size", plain},
		"does one that fights draw others with it?":        {"follows", odds},
		"does \"such action as it deems necessary\" bind?": {"deems_word", percent},
	} {
		row := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(question) + `.*$`).FindString(string(text))
		cells := strings.Split(row, "|")
		if len(cells) < 5 {
			t.Errorf("no row %q", question)
			continue
		}
		for i, school := range []string{"entrapment", "abandonment", "deterrence"} {
			said := regexp.MustCompile(`([\d.]+) to ([\d.]+)`).FindStringSubmatch(cells[2+i])
			low, high := m.Assumption(of.assumption).Dist[school].Dist.Support()
			for j, end := range []float64{low, high} {
				end = of.shown(end)
				if x, err := strconv.ParseFloat(append(said, "", "", "")[1+j], 64); err != nil || math.Abs(x-end) > 0.125*end {
					t.Errorf("%s of %s: the page has %q, it is played from %.3g to %.3g", of.assumption, school, cells[2+i], of.shown(low), of.shown(high))
				}
			}
		}
	}
}
