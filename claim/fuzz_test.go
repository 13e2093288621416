package claim

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
)

const claimed = raid + `
claim C1 "A warning helps" { for "it costs"; against "it is cheap"; source M; holds war[warn] < war[now] and at_war[warn] <= 2 }
claim C2 "It never harms" { for "x"; against "y"; source M; holds war[warn] - war[now] <= 0.01 or not war[now] > 0.5 }
claim C3 "A share" { for "x"; against "y"; source M; holds war[now] / at_war[now] < 30 }
`

var token = regexp.MustCompile(`\s*([A-Za-z_][A-Za-z_0-9]*|[0-9.]+|"[^"]*"|.)`)

// FuzzClaims changes claims word by word: what still loads is checked, and decided
// on a record that is written down, or refused in words.
func FuzzClaims(f *testing.F) {
	for seed := range uint64(10) {
		f.Add(seed, uint8(seed))
	}
	whole := token.FindAllString(claimed, -1)
	begin := len(token.FindAllString(raid, -1))
	f.Fuzz(func(t *testing.T, seed uint64, changes uint8) {
		rng, parts := rand.New(rand.NewPCG(seed, 2)), append([]string{}, whole...)
		for range int(changes) % 8 {
			i, j := begin+rng.IntN(len(parts)-begin), rng.IntN(len(parts))
			if rng.IntN(3) == 0 {
				parts[i] = ""
			} else {
				parts[i] = parts[j]
			}
		}
		m, problems := catalog.Files([]*source.File{source.New("raid.casus", []byte(strings.Join(parts, "")))})
		for _, p := range Check(m) {
			if p.Msg == "" || p.Pos.IsZero() {
				t.Fatalf("a problem without a place or words: %+v", p)
			}
		}
		k := m.Case("narva")
		if len(problems.Errors()) > 0 || k == nil {
			return
		}
		l, err := New(t.Context(), m, k, drawn(t, six), m.ClaimsOf(k))
		if err != nil && err.Error() == "" || err == nil && l == nil {
			t.Fatal("neither an answer nor a reason")
		}
	})
}
