package study_test

import (
	"context"
	"fmt"
	"testing"

	"casus/catalog"
	"casus/study"
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
				if _, err := r.WhatItIsWorth(context.Background(), study.ValueAsk{Measure: "nato_war"}, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
