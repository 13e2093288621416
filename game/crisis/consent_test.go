package crisis

import (
	"slices"
	"testing"

	"casus/model"
)

// A text that needs everybody's yes is answered alike in whatever order they are asked:
// nobody agrees because somebody asked after him will refuse.
func TestConsentHasNoOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, k := shipped(t, "ukraine")
	first := slices.IndexFunc(k.Crisis.Year, func(st model.Step) bool { return st.Name == "sign" })
	for _, order := range [][]string{{"offer", "consent", "sign"}, {"consent", "sign", "offer"}} {
		cr := *k.Crisis
		cr.Year = slices.Clone(k.Crisis.Year)
		for i, name := range order {
			cr.Year[first+i] = *k.Crisis.Move(name)
		}
		other := *k
		other.Crisis = &cr
		for _, option := range []string{"europe_backstop", "membership"} {
			for _, view := range []string{"entrapment", "deterrence"} {
				want, got := compared(someWorlds(t, m, k, m.Option(option), view), &cr), someWorlds(t, m, &other, m.Option(option), view)
				if by := differing(want, got); by > 1e-9 {
					t.Errorf("%s under %s, asked in the order %v: answers move by %g", option, view, order, by)
				}
			}
		}
	}
}

// compared leaves out the rates, which count how often somebody is asked.
func compared(answers map[string][]float64, cr *model.Crisis) map[string][]float64 {
	for _, ms := range cr.Measures {
		if ms.Rate {
			delete(answers, ms.Name)
		}
	}
	return answers
}

// The challenger's yes does not hang on how likely others are to refuse, be they asked or
// members that may hold out. It did: a yes was free to one who counted on a refusal.
func TestNobodyAgreesForOthersWillRefuse(t *testing.T) {
	m, k := shipped(t, "ukraine")
	g, err := Ground(m, k, m.Option("membership"))
	if err != nil {
		t.Fatal(err)
	}
	s := Lower(build2(t, g))
	accepts := func(rate string, as float64) float64 {
		var in []float64
		for i, c := range columns(g, "entrapment", 1) {
			if g.Inputs[i].Name == rate {
				c[0] = as
			}
			in = append(in, c[0])
		}
		asked, accepted := 0.0, 0.0
		for _, r := range s.Play(in).Reach() {
			if r.Step == "offer" {
				asked, accepted = r.Asked, r.Choices[1].P
			}
		}
		if asked == 0 {
			t.Fatal("nobody asks the challenger")
		}
		return accepted
	}
	if rarely, often := accepts("sign_rate[USA]", 0.01), accepts("sign_rate[USA]", 0.5); rarely > often*1.02 || rarely < often/1.2 {
		t.Errorf("the challenger accepts %.3g %% where the patron signs rarely, %.3g %% where it often does", 100*rarely, 100*often)
	}
	if rarely, often := accepts("holdout_rate", 0.9), accepts("holdout_rate", 0.05); rarely > often*1.02 || rarely < often/1.2 {
		t.Errorf("the challenger accepts %.3g %% where a member mostly holds out, %.3g %% where it hardly does", 100*rarely, 100*often)
	}
}
