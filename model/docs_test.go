package model_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/law"
	"casus/model"
	"casus/worlds/draw"
)

var pages = []string{"../docs/language.md", "../docs/adding.md", "../docs/data.md"}

// Every block of the language in the pages is read with the vocabulary, and its
// examples are run. The blocks under one heading are one file.
func TestDocs(t *testing.T) {
	for _, page := range pages {
		blocks := 0
		for heading, text := range sections(t, page) {
			blocks++
			m, problems := catalog.Files([]*source.File{source.New(page, []byte(text))})
			if len(problems) > 0 {
				t.Errorf("%s: %s\n%s", page, heading, problems)
				continue
			}
			m.Examples = slices.DeleteFunc(m.Examples, func(ex *model.Example) bool { return ex.Pos.File.Name != page })
			if failed := append(law.CheckExamples(m), law.CheckCourses(m)...); len(failed) > 0 {
				t.Errorf("%s: %s\n%s", page, heading, failed)
			}
		}
		if blocks < 3 {
			t.Errorf("%s has %d sections with examples", page, blocks)
		}
	}
}

// sections are the blocks of a page by heading of the second level, with blank
// lines in the place of the rest, so that mistakes are said at their line.
func sections(t *testing.T, page string) map[string]string {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	lines := strings.Split(string(text), "\n")
	heading, inside := "", false
	kept := make([]string, len(lines))
	end := func() {
		if strings.TrimSpace(strings.Join(kept, "")) != "" {
			out[heading] = strings.Join(kept, "\n")
		}
		kept = make([]string, len(lines))
	}
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "```"):
			inside = line == "```casus"
		case inside:
			kept[i] = line
		case strings.HasPrefix(line, "## "):
			end()
			heading = line
		}
	}
	end()
	return out
}

// row finds the first cell of a table, in code marks.
var row = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")

// rows are the first cells of the table whose head begins with a word.
func rows(t *testing.T, head string) []string {
	text, err := os.ReadFile(pages[0])
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "\n| "+head+" |")
	if !found {
		t.Fatalf("no table of %s", head)
	}
	table, _, _ = strings.Cut(table, "\n\n")
	var out []string
	for _, m := range row.FindAllStringSubmatch(table, -1) {
		out = append(out, m[1])
	}
	if len(out) < 3 {
		t.Fatalf("table of %s: %q", head, out)
	}
	return out
}

// Every row of the table of conditions is a condition.
func TestTableOfConditions(t *testing.T) {
	for _, cond := range rows(t, "condition") {
		loadsCleanly(t, cond, fmt.Sprintf(`use NAT
instrument X "X" {
  party FRA from 2000-01-01
  article 1 "Y" { when armed attack on P by A, %s; then A breaches NONAGGRESSION }
}`, cond))
	}
}

// Every row of the table of expressions is a condition of a crisis.
func TestTableOfExpressions(t *testing.T) {
	for _, e := range rows(t, "expression") {
		loadsCleanly(t, e, fmt.Sprintf(`use NAT
crisis x "X" {
  role challenger
  role protege
  role responder many
  setting arms
  fact war
  fact fights(responder)
  precision 1
  each year { move go by challenger when %s { stay; act set war } }
}`, e))
	}
}

// Every unit of the table is a unit, and there is no other.
func TestTableOfUnits(t *testing.T) {
	listed := rows(t, "unit")
	for _, u := range listed {
		loadsCleanly(t, u, fmt.Sprintf(`assume x "X" %s ~ 0.5 judgement "for the test"`, u))
	}
	known := model.Units()
	slices.Sort(listed)
	slices.Sort(known)
	if !slices.Equal(listed, known) {
		t.Errorf("the page lists %q\nthe language has %q", listed, known)
	}
}

// Every distribution of the table is written as the language takes it, and
// there is no other.
func TestTableOfDistributions(t *testing.T) {
	var known []string
	for _, k := range draw.Kinds() {
		known = append(known, k.Usage())
	}
	if listed := rows(t, "distribution"); !slices.Equal(listed, known) {
		t.Errorf("the page lists %q\nthe language has %q", listed, known)
	}
}

// The levels of duty stand in the page in their order.
func TestTableOfLevels(t *testing.T) {
	if listed := rows(t, "level"); !slices.Equal(listed, model.Levels) {
		t.Errorf("the page lists %q", listed)
	}
}

func loadsCleanly(t *testing.T, what, text string) {
	t.Helper()
	if problems := load("x", []byte(text)); len(problems) > 0 {
		t.Errorf("%s: %s", what, problems)
	}
}

// The mistake that the page shows reads as shown.
func TestShownMistake(t *testing.T) {
	text, err := os.ReadFile(pages[0])
	if err != nil {
		t.Fatal(err)
	}
	problems := load("nat.casus", []byte(strings.Repeat("\n", 14)+`instrument X "North Atlantic Treaty" {
  party FRA from 2000-01-01
  article 5 "Help" { when armed attack on P, P is party; then every party owes P AID }
  article 6 "Area" {
    except 5b when not place within nat_lands
  }
}`))
	if len(problems) == 0 || !strings.Contains(string(text), problems.Error()) {
		t.Errorf("the page does not show\n%s", problems)
	}
}
