package source

import (
	"encoding/json"
	"testing"
)

// A sealed object is one still, with what it had; and no other bytes pass for it.
func TestSeal(t *testing.T) {
	for _, text := range []string{`{"a": 1}`, "{\n  \"a\": [1, 2],\n  \"b\": {}\n}\n", `{"seal": "x"}`} {
		sealed := Seal([]byte(text))
		var was, is map[string]any
		if json.Unmarshal([]byte(text), &was) != nil || json.Unmarshal(sealed, &is) != nil || len(is) < len(was) || !Sealed(sealed) {
			t.Errorf("%s is sealed as %s", text, sealed)
		}
		for i := range sealed {
			for _, bit := range []byte{1, 4, 32} {
				sealed[i] ^= bit
				if Sealed(sealed) {
					t.Errorf("with byte %d changed %s passes", i, sealed)
				}
				sealed[i] ^= bit
			}
			if Sealed(sealed[:i]) || Sealed(sealed[i+1:]) {
				t.Errorf("%s passes cut at %d", sealed, i)
			}
		}
	}
	for _, text := range []string{"", "{", "[1]", "{}", " ", "x}", "{ }\n"} {
		if got := Seal([]byte(text)); string(got) != text || Sealed(got) {
			t.Errorf("%q is sealed as %q", text, got)
		}
	}
}
