package study_test

import (
	"context"
	"fmt"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// BenchmarkUkraine is the main job: 13 options and the case they are held
// against, three views. Worlds and workers vary: doubling the worlds should
// about double what they cost, two workers should nearly halve the time.
func BenchmarkUkraine(b *testing.B) {
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems.Errors()) > 0 {
		b.Fatal(err, problems)
	}
	for _, worlds := range []int{512, 1024} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("worlds=%d/workers=%d", worlds, workers), func(b *testing.B) {
				for b.Loop() {
					p := study.Plan{Worlds: worlds, Workers: workers, Seed: study.DefaultSeed}
					if _, err := study.Run(context.Background(), m, m.Case("ukraine"), p, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkValue asks what each of 106 assumptions is worth among 13 options, in
// one view.
func BenchmarkValue(b *testing.B) {
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems.Errors()) > 0 {
		b.Fatal(err, problems)
	}
	for _, worlds := range []int{512, 2048} {
		p := study.Plan{Worlds: worlds, Views: []string{"deterrence"}, Horizon: 1, Seed: study.DefaultSeed}
		r, err := study.Run(context.Background(), m, m.Case("ukraine"), p, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("worlds=%d", worlds), func(b *testing.B) {
			for b.Loop() {
				if _, err := (inquiry.ValueAsk{Measure: "nato_war"}).Of(context.Background(), r, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// empty is a crisis of one move, so that what is measured is all around it.
const empty = `view only "Only" { note "n" }
assume sharp "λ" per payoff ~ uniform(0.1, 0.2) judgement "a guess"
assume gain "a gain" payoff ~ uniform(1, 5) judgement "a guess"
crisis one {
  role mover
  fact war final
  precision sharp
  each year { move act by mover { hold; attack { set war } } }
  payoff "gain" to mover when war: gain
  measure war "war" probability, lower is better = P(war)
}
option nothing "Nothing" { }
case one "One move" { date 2025-01-01; crisis one; role mover = RUS; horizon 1; option nothing; view only }
`

// BenchmarkEmpty runs a crisis of one move in many worlds, from the draws to
// the summaries, on one worker: runs of the model a second.
func BenchmarkEmpty(b *testing.B) {
	m, problems := catalog.Files([]*source.File{source.New("one.casus", []byte(empty))})
	if len(problems.Errors()) > 0 {
		b.Fatal(problems)
	}
	const worlds = 1 << 16
	for b.Loop() {
		if _, err := study.Run(context.Background(), m, m.Case("one"), study.Plan{Worlds: worlds, Workers: 1}, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(worlds)*float64(b.N)/b.Elapsed().Seconds(), "worlds/s")
}

// BenchmarkResume goes on from the whole record of a case: what is left
// is the law of the key events, the draws and the summaries.
func BenchmarkResume(b *testing.B) {
	m, problems, err := catalog.Case("estonia")
	if err != nil || len(problems.Errors()) > 0 {
		b.Fatal(err, problems)
	}
	p := study.Plan{Worlds: 512, Seed: study.DefaultSeed, Horizon: 1}
	r, err := study.Run(context.Background(), m, m.Case("estonia"), p, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := study.Resume(context.Background(), m, m.Case("estonia"), p, r, nil); err != nil {
			b.Fatal(err)
		}
	}
}
