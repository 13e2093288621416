package sweep_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casus/worlds/study"
	"casus/worlds/sweep"
)

// summed is a sweep of the small case that keeps sums.
func summed(t testing.TB, worlds, block int) *sweep.Sweep {
	t.Helper()
	s, err := sweep.New(t.Context(), filepath.Join(t.TempDir(), "sweep"), "tiny", texts(t), study.Plan{Worlds: worlds, Seed: 5, Summed: true}, block)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mergedSums(t testing.TB, folder string) map[string]string {
	t.Helper()
	s, err := sweep.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.MergeSums(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "record")
	if err := r.Write(to); err != nil {
		t.Fatal(err)
	}
	if again, err := study.Read(to); err != nil || again.NeedRows("a test") == nil {
		t.Fatalf("read again: %v", err)
	}
	out := map[string]string{}
	for _, name := range []string{"manifest.json", "summaries.bin"} {
		text, err := os.ReadFile(filepath.Join(to, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	return out
}

// Sums have the same bytes in blocks of any size, done in any order, and twice.
func TestSumsOfBlocks(t *testing.T) {
	var want map[string]string
	for _, size := range []int{900, 128, 57} {
		s := summed(t, 900, size)
		blocks := s.Missing(nil)
		rand.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
		if err := s.Run(t.Context(), blocks[:len(blocks)/2], 2, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := s.MergeSums(t.Context()); !errors.As(err, new(*sweep.Incomplete)) && len(blocks) > 1 {
			t.Errorf("half of the blocks are merged: %v", err)
		}
		if err := s.Run(t.Context(), append(blocks, blocks...), 3, nil); err != nil {
			t.Fatal(err)
		}
		got := mergedSums(t, s.Folder())
		if want == nil {
			want = got
		}
		if !maps.Equal(got, want) {
			t.Errorf("in blocks of %d worlds the record has other bytes", size)
		}
	}
}

// A block of sums that is damaged, or of other worlds, is named among the missing.
func TestUnsoundSums(t *testing.T) {
	s := summed(t, 300, 100)
	if err := s.Run(t.Context(), s.Missing(nil), 1, nil); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(s.Folder(), "blocks", "000001.block")
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(good); at += len(good) / 50 {
		for what, bad := range map[string][]byte{"cut off": good[:at], "changed": flipped(good, at)} {
			if err := os.WriteFile(name, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			var lacks *sweep.Incomplete
			if _, err := s.MergeSums(t.Context()); !errors.As(err, &lacks) || !slices.Equal(lacks.Missing, []int{1}) {
				t.Errorf("%s at byte %d: %v", what, at, err)
			}
		}
	}
}

func flipped(b []byte, at int) []byte {
	out := slices.Clone(b)
	out[at] ^= 16
	return out
}

// A record of sums whose bytes are not those that its manifest tells of is refused.
func TestSumsAreHeldAgainstTheManifest(t *testing.T) {
	s := summed(t, 200, 200)
	if err := s.Run(t.Context(), s.Missing(nil), 1, nil); err != nil {
		t.Fatal(err)
	}
	r, err := s.MergeSums(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(filepath.Join(folder, "summaries.bin"))
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func() error{
		"missing": func() error { return os.Remove(filepath.Join(folder, "summaries.bin")) },
		"cut off": func() error { return os.WriteFile(filepath.Join(folder, "summaries.bin"), other[:len(other)-9], 0o600) },
		"damaged": func() error {
			return os.WriteFile(filepath.Join(folder, "summaries.bin"), flipped(other, len(other)/2), 0o600)
		},
		"manifest": edit2(folder, `"worlds_per_view": 200`, `"worlds_per_view": 201`),
		"numbers":  edit2(folder, `"worlds": 200`, `"worlds": 199`),
	} {
		if err := r.Write(folder); err != nil {
			t.Fatal(err)
		}
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if _, err := study.Read(folder); err == nil {
			t.Errorf("%s, and read", what)
		}
	}
}

func edit2(folder, from, to string) func() error {
	return func() error { return edit("manifest.json", from, to)(folder) }
}

// Far more worlds can be planned than rows would allow; each block draws its own.
func TestManyWorlds(t *testing.T) {
	s := summed(t, 1<<30, 1<<20)
	if len(s.Blocks) != 3*1024 {
		t.Fatalf("%d blocks", len(s.Blocks))
	}
	if _, err := sweep.New(t.Context(), filepath.Join(t.TempDir(), "s"), "tiny", texts(t), study.Plan{Worlds: 1 << 30}, 1<<20); err == nil {
		t.Error("a thousand million rows are planned")
	}
	last := s.Blocks[len(s.Blocks)-1]
	last.From = last.To - 100
	x, err := s.Work().Adder().Do(t.Context(), last)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Bytes()) > 1<<20 {
		t.Error(fmt.Sprint(len(x.Bytes()), " bytes of sums"))
	}
}
