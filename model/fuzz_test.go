package model_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/lang/syntax"
)

// loads states what holds for any text: no panic, and every problem has a
// place, words, and a rendering.
func loads(t *testing.T, text []byte) {
	m, problems := catalog.Files([]*source.File{source.New("fuzz.casus", text)})
	if m == nil {
		t.Fatal("no model")
	}
	for _, p := range problems {
		if p.Msg == "" || p.Pos.IsZero() || p.Pos.Offset > len(p.Pos.File.Text) {
			t.Fatalf("a problem without a place or words: %+v", p)
		}
	}
	_ = problems.Error()
}

func FuzzLoad(f *testing.F) {
	for _, file := range mistaken(f) {
		f.Add(file.Text)
	}
	for _, s := range []string{
		"event a is a", "place x in x", "place kyiv.home of kyiv.home", "instrument A like A", "fact a(b)", "group G { member FRA until 2000-01-01 }",
		"crisis c { let a = a; effect when a }", "assume a[FRA] payoff ~ a[1]", "case c { crisis c }", "option o { set a = 1 }", "example \"x\" { event armed attack on }",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(loads)
}

// FuzzShipped changes shipped files word by word.
func FuzzShipped(f *testing.F) {
	files := shipped(f)
	for i := range files {
		f.Add(uint8(i), uint64(i), uint8(1+i%5))
	}
	f.Fuzz(func(t *testing.T, which uint8, seed uint64, changes uint8) {
		loads(t, mutated(files, which, seed, changes))
	})
}

// mutated changes some words of one shipped file: left out, doubled, swapped,
// or taken from another file.
func mutated(files []*source.File, which uint8, seed uint64, changes uint8) []byte {
	rng := rand.New(rand.NewPCG(seed, 0))
	words := wordsOf(files[int(which)%len(files)])
	other := wordsOf(files[rng.IntN(len(files))])
	for range 1 + int(changes)%8 {
		i, j := rng.IntN(len(words)), rng.IntN(len(words))
		switch rng.IntN(5) {
		case 0:
			words[i] = ""
		case 1:
			words[i] += words[i]
		case 2:
			words[i], words[j] = words[j], words[i]
		case 3:
			words[i] = other[rng.IntN(len(other))]
		case 4:
			words[i] = []string{"{", "}", "(", ")", "[", "]", ",", ";", ":", "=", "~", "-", "\"", "0", "-1", "1e300", "2026-02-30", "not", "and", "P", "party", "\n"}[rng.IntN(22)]
		}
	}
	return []byte(strings.Join(words, ""))
}

// wordsOf splits a file into its words, each with the blanks before it.
func wordsOf(f *source.File) []string {
	tree, _ := syntax.Parse(f)
	var out []string
	at := 0
	for _, t := range tree.Tokens {
		out = append(out, string(f.Text[at:t.End()]))
		at = t.End()
	}
	return out
}

// A round of changed files in every test run.
func TestChangedFiles(t *testing.T) {
	files := shipped(t)
	rounds := 120
	if testing.Short() {
		rounds = 30
	}
	for seed := range rounds {
		loads(t, mutated(files, uint8(seed), uint64(seed), uint8(seed)))
	}
}

// FuzzParseEvent: any words are an event or mistakes with places, never both
// nothing and never a panic.
func FuzzParseEvent(f *testing.F) {
	m, problems := catalog.Instruments()
	if len(problems.Errors()) > 0 {
		f.Fatal(problems)
	}
	for _, s := range []string{
		"armed attack by RUS on UKR, object territory, at kyiv", "armed attack", "declaration of war by AUH on SRB, on 1914-07-28", "armed attack by by RUS",
		"armed attack on UKR { }", "armed attack on UKR; armed attack on POL", "armed attack by RUS on UKR at nowhere", "attack", "", "{", "armed attack on UKR,\n at kyiv", "armed attack on \"UKR\"",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		ev, problems := m.ParseEvent(source.New("words", []byte("event "+words+"\n")))
		for _, p := range problems {
			if p.Msg == "" {
				t.Fatalf("a problem without words: %+v", p)
			}
		}
		if len(problems.Errors()) == 0 && m.Events[ev.Kind] == nil {
			t.Fatalf("%q is no event and no mistake", words)
		}
		_ = problems.Error()
	})
}
