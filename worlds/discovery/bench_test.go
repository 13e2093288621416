package discovery

import (
	"context"
	"fmt"
	"testing"

	"casus/worlds/draw"
)

// planted makes rows of d uniform inputs, of interest where the first three are
// low, high and in the middle, and a few elsewhere.
func planted(rows, d int) ([]Input, []float64) {
	var inputs []Input
	for j := range d {
		name := fmt.Sprintf("x%d", j)
		inputs = append(inputs, Input{Name: name, Numbers: draw.Design{Kind: draw.MonteCarlo, Seed: 1, N: rows}.Column(name)})
	}
	noise := draw.NewStream(1, "noise")
	of := make([]bool, rows)
	for i := range of {
		a, b, c := inputs[0].Numbers[i], inputs[1].Numbers[i], inputs[2].Numbers[i]
		of[i] = (a < 0.4 && b > 0.5 && c > 0.25 && c < 0.75) != (noise.Uniform(uint64(i)) < 0.05)
	}
	return inputs, interest(of)
}

// The table of 100,000 rows and ten inputs on which the EMA Workbench takes
// 7.7 s. New sorts; PRIM peels and pastes.
func BenchmarkPRIM(b *testing.B) {
	inputs, outcome := planted(100_000, 10)
	table, err := New(inputs, outcome)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(inputs, outcome); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			if _, err := PRIM(table, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// What else is done with such a table.
func BenchmarkRest(b *testing.B) {
	inputs, outcome := planted(100_000, 10)
	table, err := New(inputs, outcome)
	if err != nil {
		b.Fatal(err)
	}
	tr, err := PRIM(table, Options{})
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	for _, job := range []struct {
		name string
		do   func() error
	}{
		{"tree", func() error { _, err := CART(table, TreeOptions{}); return err }},
		{"scores", func() error { _, err := Scores(ctx, table, Forest{}); return err }},
		{"resample", func() error { _, err := Resample(ctx, table, tr, 10, Resampling{}); return err }},
		{"stack", func() error {
			_, err := Stack(ctx, table, StackOptions{Inputs: []string{"x0", "x1", "x2", "x3", "x4", "x5"}})
			return err
		}},
	} {
		b.Run(job.name, func(b *testing.B) {
			for b.Loop() {
				if err := job.do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
