package show_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/finding"
	"casus/law/counsel"
	"casus/model"
	"casus/show"
)

// league is a model in which everything that a citation may show stands once.
func league(t *testing.T) *model.Model {
	t.Helper()
	files, err := catalog.Read("testdata/cite/league.casus")
	if err != nil {
		t.Fatal(err)
	}
	m, problems := catalog.Files(files)
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	return m
}

func day(t *testing.T, s string) data.Day {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := data.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Each citation that is kept in testdata: what was asked, and on which day.
func TestCitations(t *testing.T) {
	m := league(t)
	for name, asked := range map[string]struct{ addresses, day string }{
		"instrument":         {"LEAGUE", ""},
		"instrument_in_1993": {"LEAGUE", "1993-01-01"},
		"articles":           {"league.5 LEAGUE.6 OTHER.1", ""},
		"article_in_2001":    {"LEAGUE.5", "2001-01-01"},
		"article_in_1999":    {"LEAGUE.5_2000", "1999-01-01"},
		"class":              {"HELP BARE", ""},
		"source":             {"Nobody", ""},
		"json":               {"LEAGUE.5 HELP Nobody", "1993-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			cited, err := counsel.NewCitation(m, strings.Fields(asked.addresses), day(t, asked.day))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if name == "json" {
				cited.Files = []finding.File{} // their digests change with the table of states
				err = finding.Write(&b, cited)
			} else {
				err = show.Citation(&b, cited, show.Layout{})
			}
			if err != nil {
				t.Fatal(err)
			}
			golden := "testdata/cite/" + name + ".txt"
			if *update {
				if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("%s differs:\n%s", golden, b.String())
			}
		})
	}
}

// A footnote is one line for each address, whatever is in it.
func TestFootnotes(t *testing.T) {
	cited, err := counsel.NewCitation(league(t), []string{"LEAGUE.5", "LEAGUE.7", "Nobody"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := show.Footnotes(&b, cited); err != nil {
		t.Fatal(err)
	}
	want := `Denmark, Norway and Sweden, League of the north, 1 January 1990, art. 5 (Help): The gazette, gazette.example/1990 [Gazette 1990, grade A].
Denmark, Norway and Sweden, League of the north, 1 January 1990, art. 7 (Always help): The gazette, gazette.example/1990 [Gazette 1990, grade A]; A reader, by way of the gazette, gazette.example/1990 [Reader 1999, grade C, seen in part: V(title) memory(text)]; partly verified.
nobody [Nobody, not checked].
`
	if b.String() != want {
		t.Errorf("found\n%s", b.String())
	}

	bare, err := counsel.NewCitation(league(t), []string{"LEAGUE.5", "OTHER"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if err := show.Footnotes(&b, bare); err == nil || b.Len() > 0 || !strings.Contains(err.Error(), "OTHER names no source") {
		t.Errorf("an address without a source: %v, %q", err, b.String())
	}
}

// Every address of the catalogue can be cited, on any day, in every form; the
// JSON form has no null in it, and is the same twice.
func TestEveryAddressCanBeCited(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, problems := catalog.All()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var addresses []string
	for _, in := range m.Instruments {
		addresses = append(addresses, in.ID)
		for _, a := range in.Articles {
			addresses = append(addresses, a.Address)
		}
	}
	for id := range m.Sources {
		addresses = append(addresses, id)
	}
	for _, on := range []string{"", "1914-08-04", "2026-07-01"} {
		for _, address := range addresses {
			cited, err := counsel.NewCitation(m, []string{address}, day(t, on))
			if err != nil {
				t.Fatal(address, err)
			}
			var text, first, second bytes.Buffer
			if show.Citation(&text, cited, show.Layout{Width: 40}) != nil || finding.Write(&first, cited) != nil || finding.Write(&second, cited) != nil {
				t.Fatal(address)
			}
			if strings.Contains(first.String(), ": null") || first.String() != second.String() || !json.Valid(first.Bytes()) {
				t.Errorf("%s on %q: %s", address, on, first.String())
			}
			if cited.Cited[0].Address != address && cited.Cited[0].Asked != address {
				t.Errorf("%s is cited as %s", address, cited.Cited[0].Address)
			}
		}
	}
}

// An address that means nothing says what was near.
func TestCitingNothing(t *testing.T) {
	m := league(t)
	for address, want := range map[string]string{
		"LEAGU":     `nothing is called "LEAGU" (did you mean LEAGUE?)`,
		"LEAGUE.55": `nothing is called "LEAGUE.55" (did you mean LEAGUE.5?)`,
		"":          `nothing is called "" (an instrument such as NAT, an article such as NAT.5, a class of duty or a source, or what casus list tells)`,
	} {
		if _, err := counsel.NewCitation(m, []string{"LEAGUE", address}, 0); err == nil || err.Error() != want {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// Every field of the JSON form is in its documentation.
func TestCitationIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	section := string(page)
	text, err := os.ReadFile("testdata/cite/json.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range regexp.MustCompile(`"(\w+)": `).FindAllStringSubmatch(string(text), -1) {
		if !strings.Contains(section, "`"+field[1]+"`") {
			t.Errorf("field %s is not documented", field[1])
		}
	}
}
