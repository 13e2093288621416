package crisis

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"casus/catalog"
	"casus/lang/source"
	"casus/model"
)

// read loads a case from text, with the vocabulary of the catalogue.
func read(text string) (*model.Model, *model.Case, error) {
	m, problems := catalog.Files([]*source.File{source.New("drawn.casus", []byte(text))})
	if bad := problems.Errors(); len(bad) > 0 {
		return nil, nil, bad
	}
	return m, m.Cases[len(m.Cases)-1], nil
}

func seeded(seed uint64) dice { return rand.New(rand.NewPCG(seed, 5)).IntN }

// draws gives n worlds of an assumption each from its support.
func draws(g *Game, n int, seed uint64) [][]float64 {
	r := rand.New(rand.NewPCG(seed, 6))
	in := empty(len(g.Inputs), n)
	for i, a := range g.Inputs {
		for j := range in[i] {
			in[i][j] = a.Belief("v").Dist.Quantile(r.Float64())
		}
	}
	return in
}

// drawn is a random game ready to be solved.
type drawn struct {
	m *model.Model
	k *model.Case
	o *model.Option
	s *Solver
}

// ready loads a case and lowers it under an option; nil where its graph is too
// large for a test.
func ready(text, option string) (*drawn, error) {
	m, k, err := read(text)
	if err != nil {
		return nil, fmt.Errorf("does not load: %w", err)
	}
	o := m.Option(option)
	s, err := Compile(context.Background(), m, k, o, 5000)
	if large := (*TooLarge)(nil); errors.As(err, &large) {
		return nil, nil
	}
	return &drawn{m, k, o, s}, err
}

func (d *drawn) game() *Game { return d.s.Graph.Game }

func (d *drawn) solve(in [][]float64) ([][]float64, error) {
	out := empty(len(d.s.Measures), len(in[0]))
	return out, d.s.Solve(d.s.NewScratch(), in, out)
}

// againstDefinition solves a case under each option in a few worlds, by the
// program, node by node, and by the definition.
func againstDefinition(text string, seed uint64) error {
	for _, option := range []string{"deal", "none"} {
		d, err := ready(text, option)
		if d == nil || err != nil {
			return err
		}
		in := draws(d.game(), 3, seed)
		out, err := d.solve(in)
		if err != nil {
			return err
		}
		for j := range in[0] {
			def := define(d.m, d.k, d.o, world(d.game(), in, j), nil)
			if err := differ(d.s, out, j, def.measures(), 1); err != nil {
				return fmt.Errorf("option %s: %w", option, err)
			}
			if err := samePlay(d.s.Graph, in, j, def); err != nil {
				return fmt.Errorf("option %s: %w", option, err)
			}
		}
	}
	return nil
}

// samePlay holds what Play says each actor may expect to the definition.
func samePlay(gr *Graph, in [][]float64, j int, def *definition) error {
	var one []float64
	for _, column := range in {
		one = append(one, column[j])
	}
	got, want := gr.Play(one).Value, def.fromStart()
	for i, a := range gr.Game.Actors {
		if by := apart(got[i], want[i], 1); !(by <= 1e-12) {
			return fmt.Errorf("%s may expect %v in world %d, by the definition %v", a, got[i], j, want[i])
		}
	}
	return nil
}

// Games drawn from kept seeds are what the definition says.
func TestRandomGames(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	for seed := range uint64(400) {
		text := generate(seeded(seed))
		if err := againstDefinition(text, seed); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
	}
}

// So are games that go on beyond the years shown.
func TestRandomGamesThatGoOn(t *testing.T) {
	seeds := uint64(150)
	if testing.Short() {
		seeds = 10
	}
	for seed := range seeds {
		text := generateLasting(seeded(seed))
		if err := againstDefinition(text, seed); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
	}
}

// With λ = 0 every open choice is as likely as any other; with a large λ movers
// play the subgame-perfect equilibrium, and share what is tied in equal parts.
// Games in which some advantage is too small for that λ are passed over.
func TestEndsOfPrecision(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	const large, least = 2000, 0.02
	for _, end := range []struct {
		lambda  float64
		respond func(close *bool) response
	}{
		{0, func(*bool) response { return uniform }},
		{large, func(close *bool) response { return best(least, close) }},
	} {
		tried := 0
		for seed := range uint64(150) {
			text := generate(seeded(seed))
			d, err := ready(text, "deal")
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if d == nil {
				continue
			}
			in := draws(d.game(), 1, seed)
			for i, a := range d.game().Inputs {
				if a.Name == "lambda" {
					in[i][0] = end.lambda
				}
			}
			out, err := d.solve(in)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			tooClose := false
			want := define(d.m, d.k, d.o, world(d.game(), in, 0), end.respond(&tooClose)).measures()
			if tooClose {
				continue
			}
			tried++
			if err := differ(d.s, out, 0, want, 1); err != nil {
				t.Fatalf("λ = %g, seed %d: %v\n%s", end.lambda, seed, err, text)
			}
		}
		if tried < 50 {
			t.Errorf("λ = %g: only %d games tried", end.lambda, tried)
		}
	}
}

func uniform(q []float64) []float64 {
	p := make([]float64, len(q))
	for i := range p {
		p[i] = 1 / float64(len(q))
	}
	return p
}

// best takes the best choices in equal parts. It notes when another comes
// closer than least.
func best(least float64, close *bool) response {
	return func(q []float64) []float64 {
		top, n := slices.Max(q), 0.0
		p := make([]float64, len(q))
		for i, x := range q {
			switch by := top - x; {
			case by == 0:
				p[i] = 1
				n++
			case by < least:
				*close = true
			}
		}
		for i := range p {
			p[i] /= n
		}
		return p
	}
}

// So are games drawn anew, each made small if it fails: more of them with
// -rapid.checks.
func TestNewRandomGames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := generate(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "d") })
		if err := againstDefinition(text, 1); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}
