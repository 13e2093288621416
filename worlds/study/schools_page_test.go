package study

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/model"
)

// What docs/schools.md says of the pledges kept is what comes out: how likely each
// count is under each school, and what the count of the case would weigh.
func TestSchoolsPageHasThePledgesKept(t *testing.T) {
	page, err := os.ReadFile("../../docs/schools.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "<a id=\"pledges-kept\"></a>")
	section, _, _ = strings.Cut(section, "\n## ")
	r := boundWith(t, 512, func(text string) string { return text })
	for _, h := range r.History {
		for _, c := range h.Checks {
			if c.View == "wide" {
				continue
			}
			row := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(strings.ReplaceAll(c.Counted(), " to ", "–")) + ` .*$`).FindString(section)
			cells := strings.Split(row, "|")
			if len(cells) < 7 {
				t.Errorf("the page has no row for %s", c.Counted())
				continue
			}
			said := cells[3+map[string]int{"entrapment": 0, "abandonment": 1, "deterrence": 2}[c.View]]
			if x, err := strconv.ParseFloat(strings.Fields(said)[0], 64); err != nil || math.Abs(x-100*float64(c.Likelihood)) > 0.05*100*float64(c.Likelihood) {
				t.Errorf("%s under %s: the page has %s, it comes out at %.3g", c.Counted(), c.View, said, 100*float64(c.Likelihood))
			}
		}
	}
	weighed := boundWith(t, 256, func(text string) string {
		return regexp.MustCompile(`held out +"[^"]*"`).ReplaceAllString(text, "temper 0.5")
	})
	said := regexp.MustCompile(`abandonment over deterrence by (\d+\.?\d*) and for entrapment over deterrence by (\d+\.?\d*)`).FindStringSubmatch(section)
	if len(said) < 3 {
		t.Fatal("the page does not say what the count would weigh")
	}
	evidence := map[string]float64{}
	for _, v := range weighed.Weights.Views {
		evidence[v.View] = float64(*v.Evidence)
	}
	for i, school := range []string{"abandonment", "entrapment"} {
		factor := math.Exp(evidence[school] - evidence["deterrence"])
		if x, err := strconv.ParseFloat(said[1+i], 64); err != nil || math.Abs(x-factor) > 0.02*factor {
			t.Errorf("%s over deterrence: the page has %s, it comes out at %.3g", school, said[1+i], factor)
		}
	}
}

// boundWith runs the shipped case bound with its text changed.
func boundWith(t *testing.T, worlds int, changed func(string) string) *Record {
	t.Helper()
	files, err := catalog.Copy("bound")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		files[i] = source.New(f.Name, []byte(changed(string(f.Text))))
	}
	m, problems := catalog.Files(files)
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	var k *model.Case
	for _, c := range m.Cases {
		if c.Title == "Bound outside the Alliance" {
			k = c
		}
	}
	r, err := Run(t.Context(), m, k, Plan{Worlds: worlds, Seed: DefaultSeed, PastOnly: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
