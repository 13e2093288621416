package claim

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"casus/worlds/study"
)

// Every field of the JSON form stands in the page.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/analysis.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "\n## claims\n")
	if !found {
		t.Fatal("the page has no section on claims")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	opening, err := os.ReadFile("../docs/findings.md") // what all findings open with
	if err != nil {
		t.Fatal(err)
	}
	section += string(opening)
	m, k := loaded(t, `claim C1 "x" { for "x"; against "y"; source M; holds war[warn] < war[now] }`)
	r, err := study.Run(t.Context(), m, k, study.Plan{Worlds: 64}, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := New(t.Context(), m, k, r, m.ClaimsOf(k))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Flips(t.Context(), m, k, study.Plan{Workers: 1}, nil); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	if l.Claims[0].Readings[0].Views[0].Decider == nil {
		t.Fatal("the case has no decider to document")
	}
	eachKey(v, func(key string) {
		if !strings.Contains(section, "`"+key+"`") {
			t.Errorf("the page says nothing of %q", key)
		}
	})
}

func eachKey(v any, visit func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			visit(k)
			eachKey(x, visit)
		}
	case []any:
		for _, x := range v {
			eachKey(x, visit)
		}
	}
}
