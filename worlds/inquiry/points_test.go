package inquiry

import (
	"testing"

	"pgregory.net/rapid"
)

// However worlds are parted: no more are drawn than there is room for, none that is not
// there, all where there is room, and of a kind that is rare enough to be seen.
func TestSharesOfWhatIsDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(0, 5000)
		of := Kinds{count.Draw(t, "so"), count.Draw(t, "not"), count.Draw(t, "unknown")}
		most := rapid.IntRange(20, 1000).Draw(t, "most")
		got := shared(of, most)
		if of.All() <= most && got != of {
			t.Fatalf("%+v of %+v with room for %d", got, of, most)
		}
		if got.All() > most || got.So > of.So || got.Not > of.Not || got.Unknown > of.Unknown {
			t.Fatalf("%+v of %+v, at most %d", got, of, most)
		}
		for _, k := range [][2]int{{got.So, of.So}, {got.Not, of.Not}, {got.Unknown, of.Unknown}} {
			if k[0] < min(k[1], leastOfKind, most/4) {
				t.Fatalf("%+v of %+v, at most %d: too few of one kind", got, of, most)
			}
		}
	})
}
