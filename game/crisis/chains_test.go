package crisis

import (
	"context"
	"math"
	"testing"

	"casus/lang/source"
	"casus/lang/syntax"
)

// The chains to a condition have together the probability that it comes true,
// also where the game itself has forgotten a fact the condition reads.
func TestChainsAddUp(t *testing.T) {
	m, k, err := read(`view v "v" { note "drawn" }
option o "o" { }
crisis c "c" {
  role challenger
  fact x
  fact y
  precision 1
  first {
    move one by challenger { a { set x }; b }
    move two by challenger { a { set y }; b }
  }
  measure x "x" probability = P(x)
  measure y "y" probability = P(y)
}
case k "k" { question "q"; date 2025-01-01; crisis c; role challenger = RUS; option o; view v }
`)
	if err != nil {
		t.Fatal(err)
	}
	g, err := Ground(m, k, m.Option("o"))
	if err != nil {
		t.Fatal(err)
	}
	gr, err := Build(context.Background(), g, 0)
	if err != nil {
		t.Fatal(err)
	}
	for condition, want := range map[string]float64{"x": 0.5, "y": 0.5, "x and y": 0.25, "x or y": 0.75, "y and not x": 0.25} {
		_, total := gr.Play(nil).Chains(expression(t, condition), 10)
		if math.Abs(total-want) > 1e-12 {
			t.Errorf("chains to %s have probability %v, want %v", condition, total, want)
		}
	}
}

// In a shipped case too, for one actor's war, the trails that were dropped
// counted.
func TestChainsAddUpShipped(t *testing.T) {
	m, k := shipped(t, "ukraine")
	s := compile(t, m, within(few(k, []string{"FRA", "USA"}, nil), 2), m.Option("us_guarantor"))
	in := columns(s.Graph.Game, "deterrence", 1)
	numbers := make([]float64, len(in))
	for i := range in {
		numbers[i] = in[i][0]
	}
	play := s.Graph.Play(numbers)
	_, total := play.Chains(expression(t, "fights(patron) or answered"), 10)
	for i, ms := range s.Measures {
		if want := solve(t, s, in, 1)[i][0]; ms.Name == "us_war" && apart(total, want, 0) > 1e-9 {
			t.Errorf("chains to war with the United States have probability %v, the measure is %v", total, want)
		}
	}
}

// Given that the settlement is accepted, the chains have together what the measure
// has that is given it, and it is as likely; so it is where it stands from the
// start.
func TestChainsGivenAddUp(t *testing.T) {
	for _, name := range []string{"ukraine", "truce"} {
		m, k := shipped(t, name)
		small, o := within(few(k, []string{"FRA", "USA"}, nil), 3), k.Options[0]
		if name == "ukraine" {
			o = m.Option("us_guarantor")
		}
		s := compile(t, m, small, o)
		in := columns(s.Graph.Game, "deterrence", 1)
		numbers := make([]float64, len(in))
		for i := range in {
			numbers[i] = in[i][0]
		}
		want := map[string]float64{}
		for i, column := range solve(t, s, in, 1) {
			want[s.Measures[i].Name] = column[0]
		}
		play := s.Play(numbers)
		for _, c := range []struct{ to, measure string }{{"us_war", "us_then"}, {"resumed", "resumed_then"}, {"lost", ""}} {
			chains, total, likely := play.ChainsGiven(expression(t, c.to), expression(t, "settled"), 100)
			if apart(likely, want["accepted"], 0) > 1e-9 || c.measure != "" && apart(total, want[c.measure], 0) > 1e-9 {
				t.Errorf("%s: chains to %s have probability %v given what has %v; the measures are %v and %v", name, c.to, total, likely, want[c.measure], want["accepted"])
			}
			if c.measure == "" && apart(total, 1-want["keeps_then"], 0) > 1e-9 {
				t.Errorf("%s: chains to %s have probability %v, the measure is %v", name, c.to, total, 1-want["keeps_then"])
			}
			sum := 0.0
			for _, ch := range chains {
				sum += ch.P
			}
			if len(chains) == 0 || sum > total+1e-12 {
				t.Errorf("%s: %d chains to %s add to %v of %v", name, len(chains), c.to, sum, total)
			}
		}
	}
}

// What never comes true gives nothing.
func TestChainsGivenNothing(t *testing.T) {
	m, k := shipped(t, "ukraine")
	s := compile(t, m, within(few(k, []string{"FRA", "USA"}, nil), 2), m.Option("no_settlement"))
	in := columns(s.Graph.Game, "deterrence", 1)
	numbers := make([]float64, len(in))
	for i := range in {
		numbers[i] = in[i][0]
	}
	chains, _, likely := s.Play(numbers).ChainsGiven(expression(t, "us_war"), expression(t, "settled"), 10)
	if len(chains) > 0 || likely != 0 {
		t.Errorf("%d chains, given what has probability %v", len(chains), likely)
	}
}

func expression(t *testing.T, text string) *syntax.Expr {
	t.Helper()
	tree, problems := syntax.Parse(source.New("line", []byte("to "+text)))
	c := syntax.NewCursor(tree.Stmts[0], &problems)
	c.Next()
	e := c.Expr()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return e
}
