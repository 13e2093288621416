package studio

import (
	"context"
	"fmt"
	"testing"

	"casus/ask"
)

// BenchmarkCentralWorld answers what a slider asks at first: the central world, with
// one assumption moved each time, of a case that the page knows already.
func BenchmarkCentralWorld(b *testing.B) {
	s := New("ukraine")
	for i := 0; b.Loop(); i++ {
		q, err := ask.PutWords("suppose", ask.Words{"case": {"ukraine"}, "measure": {"us_war"}, "between": {"europe,monitors"}, "worlds": {"0"}, "follow": {"0"}, "set": {fmt.Sprintf("provokes=%.4f", 0.1+float64(i%800)/1000)}})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := q.Answer(context.Background(), s.told(ask.Told{})); err != nil {
			b.Fatal(err)
		}
	}
}
