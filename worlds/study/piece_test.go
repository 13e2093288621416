package study_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/worlds/study"
)

// Pieces done anywhere, in any order and some of them twice, make the record that
// one run makes, to the byte: whatever their size, under every design.
func TestPieces(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m := load(t)
	k := m.Case("tiny")
	for _, design := range []string{"sobol", "lhs", "mc"} {
		for _, size := range []int{1, 50, 128, 200, 1 << 20} {
			plan := study.Plan{Worlds: tinyWorlds, Seed: 3, Design: design}
			want := written(t, run(t, m, plan))
			order := rand.New(rand.NewPCG(1, uint64(size)))
			merge, err := study.Begin(m, k, plan)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range shuffled(t, merge, size, order) {
				other := load(t) // another machine
				elsewhere, err := study.Begin(other, other.Case("tiny"), plan)
				if err != nil {
					t.Fatal(err)
				}
				if size > 50 || order.IntN(20) > 0 { // most pieces of one machine follow each other
					elsewhere = merge
				}
				journal, err := elsewhere.Hand().Do(t.Context(), p)
				if err != nil {
					t.Fatal(err)
				}
				if err := merge.Take(p, journal); err != nil {
					t.Fatal(err)
				}
				if order.IntN(7) == 0 {
					if err := merge.Take(p, journal); err != nil {
						t.Fatal(err)
					}
				}
			}
			r, err := merge.Run(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			got := written(t, r)
			for name := range want {
				if got[name] != want[name] {
					t.Errorf("%s, pieces of %d: %s differs", design, size, name)
				}
			}
		}
	}
}

func shuffled(t *testing.T, w *study.Work, size int, order *rand.Rand) []study.Piece {
	pieces, err := w.Pieces(size)
	if err != nil {
		t.Fatal(err)
	}
	if size == 1 { // each costs the making of a game: a sample, the rest as one does them
		order.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
		return pieces[:20]
	}
	order.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
	return pieces
}

// What is damaged, or is of other worlds, is refused, and nothing of it counts.
func TestPiecesRefused(t *testing.T) {
	m := load(t)
	begin := func() *study.Work {
		w, err := study.Begin(m, m.Case("tiny"), study.Plan{Worlds: tinyWorlds, Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w := begin()
	pieces, err := w.Pieces(100)
	if err != nil {
		t.Fatal(err)
	}
	first, err := w.Hand().Do(t.Context(), pieces[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := begin().Take(pieces[0], first); err != nil {
		t.Fatal(err)
	}
	for _, p := range pieces[1:] {
		if err := begin().Take(p, first); err == nil {
			t.Errorf("worlds of %v were taken for those of %v", pieces[0], p)
		}
	}
	for i := 0; i < len(first); i += max(1, len(first)/400) {
		if err := begin().Take(pieces[0], first[:i]); err == nil {
			t.Errorf("cut off at byte %d of %d, and taken", i, len(first))
		}
		bad := bytes.Clone(first)
		bad[i] ^= 1
		if err := begin().Take(pieces[0], bad); err == nil {
			t.Errorf("a bit of byte %d flipped, and taken", i)
		}
	}
	if err := begin().Take(pieces[0], append(slices.Clone(first), 0)); err == nil {
		t.Error("a byte too many, and taken")
	}
	for _, p := range []study.Piece{{}, {Option: "pledge"}, {"pledge", "dove", 0, tinyWorlds + 1}, {"pledge", "dove", 5, 5}, {"pledge", "dove", -1, 5}} {
		if _, err := w.Hand().Do(t.Context(), p); err == nil {
			t.Errorf("%v is no piece of this run", p)
		}
	}
	precise, err := study.Begin(m, m.Case("tiny"), study.Plan{Until: 0.01})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := precise.Pieces(100); err == nil || !strings.Contains(err.Error(), "cannot be divided") {
		t.Error(err)
	}
}
