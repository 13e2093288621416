package crisis

import (
	"context"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

var token = regexp.MustCompile(`\s*([A-Za-z_][A-Za-z_0-9]*|[0-9.]+|"[^"]*"|.)`)

// FuzzCompile changes drawn games word by word. What still loads is compiled and
// solved, or refused in words; what is solved has no infinite value.
func FuzzCompile(f *testing.F) {
	for seed := range uint64(12) {
		f.Add(seed, seed%2 == 0, seed, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, game uint64, lasts bool, seed uint64, changes uint8) {
		draw := generate
		if lasts {
			draw = generateLasting
		}
		rng := rand.New(rand.NewPCG(seed, 1))
		parts := token.FindAllString(draw(seeded(game)), -1)
		for range int(changes) % 6 {
			i, j := rng.IntN(len(parts)), rng.IntN(len(parts))
			switch rng.IntN(3) {
			case 0:
				parts[i] = ""
			case 1:
				parts[i] = parts[j]
			case 2:
				parts[i], parts[j] = parts[j], parts[i]
			}
		}
		m, k, err := read(strings.Join(parts, ""))
		if err != nil || k.Crisis == nil {
			return
		}
		for _, o := range k.Options {
			s, err := Compile(context.Background(), m, k, o, 500)
			if err != nil {
				if err.Error() == "" {
					t.Fatal("an error without words")
				}
				continue
			}
			solved(t, s, seed)
		}
	})
}

func solved(t *testing.T, s *Solver, seed uint64) {
	in := empty(len(s.Graph.Game.Inputs), 1)
	for i, a := range s.Graph.Game.Inputs {
		b := a.Belief("v")
		if b == nil || b.Dist == nil {
			return // an assumption that the view lost
		}
		in[i][0] = b.Dist.Quantile(rand.New(rand.NewPCG(seed, uint64(i))).Float64())
	}
	out := empty(len(s.Measures), 1)
	if s.Solve(s.NewScratch(), in, out) != nil {
		return
	}
	for i, m := range s.Measures {
		if math.IsInf(out[i][0], 0) {
			t.Fatalf("measure %s is %v", m.Name, out[i][0])
		}
	}
}
