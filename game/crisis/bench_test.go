package crisis

import (
	"context"
	"slices"
	"testing"

	"casus/model"
)

// benchmarked are options of the main case from the smallest graph to the
// largest.
var benchmarked = []string{"no_settlement", "europe", "membership"}

func eachOption(b *testing.B, do func(b *testing.B, g func() *Game)) {
	m, k := shipped(b, "ukraine")
	for _, name := range benchmarked {
		b.Run(name, func(b *testing.B) {
			do(b, func() *Game {
				g, err := Ground(m, k, m.Option(name))
				if err != nil {
					b.Fatal(err)
				}
				return g
			})
		})
	}
}

func build(b *testing.B, g *Game) *Graph {
	gr, err := Build(context.Background(), g, 0)
	if err != nil {
		b.Fatal(err)
	}
	return gr
}

// BenchmarkGround settles roles, moves and the law of the day.
func BenchmarkGround(b *testing.B) {
	eachOption(b, func(b *testing.B, ground func() *Game) {
		b.ReportAllocs()
		for b.Loop() {
			ground()
		}
	})
}

// BenchmarkBuild explores the state graph; law is asked here.
func BenchmarkBuild(b *testing.B) {
	eachOption(b, func(b *testing.B, ground func() *Game) {
		b.ReportAllocs()
		var gr *Graph
		for b.Loop() {
			b.StopTimer()
			g := ground()
			b.StartTimer()
			gr = build(b, g)
		}
		size := gr.Size()
		b.ReportMetric(float64(size.States), "states")
		b.ReportMetric(float64(size.Decisions), "decisions")
		b.ReportMetric(float64(size.States)*float64(b.N)/b.Elapsed().Seconds(), "states/s")
	})
}

// BenchmarkLower writes the program and compiles it.
func BenchmarkLower(b *testing.B) {
	eachOption(b, func(b *testing.B, ground func() *Game) {
		b.ReportAllocs()
		var s *Solver
		for b.Loop() {
			b.StopTimer()
			gr := build(b, ground())
			b.StartTimer()
			s = Lower(gr)
		}
		b.ReportMetric(float64(s.Ops()), "ops")
		b.ReportMetric(float64(s.Slots()), "slots")
		b.ReportMetric(float64(s.Ops())*float64(b.N)/b.Elapsed().Seconds(), "ops/s")
	})
}

// BenchmarkSolve solves 512 worlds on one core: a solve is one decision node of
// one world.
func BenchmarkSolve(b *testing.B) {
	const worlds = 512
	eachOption(b, func(b *testing.B, ground func() *Game) {
		s := Lower(build(b, ground()))
		size := s.Graph.Size()
		in, out := columns(s.Graph.Game, "entrapment", worlds), empty(len(s.Measures), worlds)
		scratch := s.NewScratch()
		for b.Loop() {
			if err := s.Solve(scratch, in, out); err != nil {
				b.Fatal(err)
			}
		}
		perSecond := float64(b.N) * worlds / b.Elapsed().Seconds()
		b.ReportMetric(float64(size.Decisions)*perSecond, "solves/s")
		b.ReportMetric(float64(s.Ops())*perSecond, "ops/s")
		b.ReportMetric(float64(size.Decisions), "decisions")
		b.ReportMetric(float64(size.States), "states")
		b.ReportMetric(float64(s.Ops()), "ops")
		b.ReportMetric(float64(s.Slots()), "slots")
	})
}

// BenchmarkGradient takes one measure by every assumption in 32 worlds.
func BenchmarkGradient(b *testing.B) {
	const worlds = 32
	eachOption(b, func(b *testing.B, ground func() *Game) {
		s := Lower(build(b, ground()))
		in, out := columns(s.Graph.Game, "entrapment", worlds), empty(len(s.Measures), worlds)
		grad, scratch := empty(len(in), worlds), s.NewScratch()
		war := slices.IndexFunc(s.Measures, func(m model.Measure) bool { return m.Name == "nato_war" })
		for b.Loop() {
			s.Gradient(scratch, in, out, war, grad)
		}
		b.ReportMetric(float64(s.Graph.Size().Decisions)*float64(b.N)*worlds/b.Elapsed().Seconds(), "solves/s")
		b.ReportMetric(float64(len(in)), "assumptions")
	})
}
