package study_test

import (
	"context"
	"errors"
	"maps"
	"testing"

	"casus/worlds/study"
)

// To foretell how long a run takes changes nothing of it, and ends with its context.
func TestForetell(t *testing.T) {
	m := load(t)
	plain := run(t, m, study.Plan{})
	w, err := study.Begin(m, m.Case("tiny"), study.Plan{Worlds: tinyWorlds, Seed: study.DefaultSeed})
	if err != nil {
		t.Fatal(err)
	}
	if d, err := w.Foretell(t.Context()); err != nil || d <= 0 {
		t.Fatalf("%v, %v", d, err)
	}
	over, stop := context.WithCancel(t.Context())
	stop()
	if _, err := w.Foretell(over); !errors.Is(err, context.Canceled) {
		t.Errorf("of a run that was stopped: %v", err)
	}
	after, err := w.Run(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(written(t, plain), written(t, after)) {
		t.Error("the record has other bytes")
	}
}
