package model_test

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/lang/steps"
)

// inputs of a kind, by size: each grows in one direction only.
var inputs = map[string]func(n int) string{
	"assumptions": func(n int) string { return each(n, "assume a%d \"a\" payoff ~ uniform(0, 1) judgement \"j\"\n") },
	"places":      func(n int) string { return each(n, "place p%d \"P\" in EST\n") },
	"members": func(n int) string {
		return "group G \"G\" {\n" + each(n, "  member FRA from 19%02[1]d-01-01 until 19%02[1]d-02-01\n") + "}\n"
	},
	"articles": func(n int) string {
		return "instrument I \"I\" {\n kind treaty\n in force 2000-01-01\n party FRA, GBR\n" + each(n, "  article %d { when armed attack on P, P is party then every other party owes P SUPPORT }\n") + "}\n"
	},
	"options": func(n int) string { return each(n, "option o%d \"O\" { }\n") },
	"views":   func(n int) string { return each(n, "view v%d \"V\" { note \"n\" }\n") },
	"sources": func(n int) string { return each(n, "source \"S %d\" \"T\" { grade C; status memory }\n") },
	"places in each other": func(n int) string {
		b := strings.Builder{}
		b.WriteString("place q0 \"Q\" in EST\n")
		for i := range n {
			fmt.Fprintf(&b, "place q%d \"Q\" in q%d\n", i+1, i)
		}
		return b.String()
	},
	"likes": func(n int) string {
		return "instrument J \"I\" {\n kind treaty\n in force 2000-01-01\n party FRA, GBR\n article 1 { when armed attack on P, P is party then every other party owes P SUPPORT }\n}\n" + each(n, "instrument J%d \"I\" like J { in force 2001-01-01 }\n")
	},
	"groups": func(n int) string { return each(n, "group H%d \"G\" { member FRA, GBR, POL from 1990-01-01 }\n") },
	"examples": func(n int) string {
		return "place qq \"Q\" in EST\n" + each(n, "example \"x%d\" { event armed attack on EST by RUS, at qq }\n")
	},
	"comments":   func(n int) string { return each(n, "# comment %d\n") },
	"a string":   func(n int) string { return "view v \"V\" { note \"" + strings.Repeat("word ", n) + "\" }\n" },
	"a sum":      func(n int) string { return "crisis c { role a; let x = 1" + strings.Repeat(" + 1", n) + " }\n" },
	"blank":      func(n int) string { return strings.Repeat(" \n", n) },
	"mistakes":   func(n int) string { return each(n, "nonsense %d\n") },
	"open":       func(n int) string { return strings.Repeat("view v { ", n) },
	"of no name": func(n int) string { return each(n, "place q%[1]d \"Q\" in place_that_is_not_%[1]d\n") },
}

func each(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestSteps loads one input, for TestLinear to count by.
func TestSteps(t *testing.T) {
	kind, n := steps.Asked(t)
	catalog.Files([]*source.File{source.New("big.casus", []byte(inputs[kind](n)))})
}

// The statements that reading a model executes grow as the model does, in
// whatever direction. The size is more than the mistakes that are shown.
func TestLinear(t *testing.T) {
	steps.Linear(t, slices.Sorted(maps.Keys(inputs)), 1500, "casus/lang/...", "casus/model", "casus/catalog", "casus/worlds/draw")
}

// lines are inputs of one line each, which grows in words.
var lines = map[string]func(n int) string{
	"words of a kind": func(n int) string { return "example \"x\" { event " + strings.Repeat("foo ", n) + "}\n" },
	"words of a when": func(n int) string { return article("when " + strings.Repeat("not ", n) + "requested") },
	"words of a fact": func(n int) string { return article("when requested, " + strings.Repeat("not ", n) + "P is party") },
	"conditions":      func(n int) string { return article("when requested" + strings.Repeat(", P is party", n)) },
	"conditions apart": func(n int) string {
		return article("when requested, " + strings.Repeat("P is party or ", n) + "P is party")
	},
	"exceptions": func(n int) string { return article("when requested, " + strings.Repeat("unless P is party ", n)) },
	"words of a manner": func(n int) string {
		return article("then every other party owes P AID by " + strings.Repeat("all ", n))
	},
	"states of a set": func(n int) string { return article("then FRA" + strings.Repeat(", GBR", n) + " owes P AID") },
	"parties": func(n int) string {
		return "instrument I \"I\" {\n kind treaty\n party FRA" + strings.Repeat(", GBR", n) + "\n}\n"
	},
	"words of a precedent": func(n int) string { return article("precedent 2001-01-01 " + strings.Repeat("word ", n) + "\"t\"") },
	"words of a name":      func(n int) string { return "event " + strings.Repeat("word ", n) + "\n" },
	"words of a place":     func(n int) string { return "place q \"Q\" in " + strings.Repeat("EST ", n) + "\n" },
	"words of nothing":     func(n int) string { return strings.Repeat("word ", n) + "\n" },
}

func article(line string) string {
	return "instrument I \"I\" {\n kind treaty\n in force 2000-01-01\n party FRA, GBR\n article 1 {\n  when armed attack on P\n  " + line + "\n }\n}\n"
}

// What is taken of memory to read one line grows as the line does: a text that is
// built up word by word, and looked up at each, would take the square of it.
func TestLinearLine(t *testing.T) {
	taken := func(text string) int64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		catalog.Files([]*source.File{source.New("big.casus", []byte(text))})
		runtime.ReadMemStats(&after)
		return int64(after.TotalAlloc - before.TotalAlloc)
	}
	const n = 8000
	taken("") // what is read once
	none := taken("")
	for kind, line := range lines {
		once, twice := taken(line(n))-none, taken(line(2*n))-none
		if once < n || float64(twice) > 2.6*float64(once) {
			t.Errorf("%s: %d bytes for %d words, %d for twice as many", kind, once, n, twice)
		}
	}
}

// Places lie one in the other up to a bound, and a long circle is seen as well.
func TestDeepPlaces(t *testing.T) {
	said := func(n int, top string) string {
		text := "place q0 \"Q\" in " + top + "\n"
		for i := range n {
			text += fmt.Sprintf("place q%d \"Q\" in q%d\n", i+1, i)
		}
		_, problems := catalog.Files([]*source.File{source.New("deep.casus", []byte(text))})
		return problems.Error()
	}
	if s := said(58, "EST"); strings.Contains(s, "more than") {
		t.Error(s)
	}
	if s := said(66, "EST"); strings.Count(s, "lies within more than 64 others, one in the other") != 1 {
		t.Error(s)
	}
	if s := said(100, "q100"); !strings.Contains(s, "place q0 lies in a circle of more than 64 places") {
		t.Error(s)
	}
	if s := said(3, "q3"); strings.Count(s, "would lie within itself") != 4 {
		t.Error(s)
	}
}
