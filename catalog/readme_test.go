package catalog_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
)

// counting are the words for small numbers.
var counting = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}

// What the README and the open version of the changes count of the catalogue is what
// ships.
func TestReadmeCountsWhatShips(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := strings.Join(strings.Fields(string(text)), " ")
	m, problems := catalog.All()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var small, courses []string
	for _, k := range m.Cases {
		switch {
		case k.Course != nil:
			courses = append(courses, "`"+k.Name+"`")
		case k.Name != "ukraine":
			small = append(small, "`"+k.Name+"`")
		}
	}
	examples := map[source.Pos]bool{}
	for _, ex := range m.Examples {
		examples[ex.Pos] = true
	}
	first, last := "9999", ""
	for _, in := range m.Instruments {
		if in.HasSigned {
			year, _, _ := strings.Cut(in.Signed.String(), "-")
			first, last = min(first, year), max(last, year)
		}
	}
	for _, words := range []string{
		fmt.Sprintf("%d instruments from %s to %s,", len(m.Instruments), first, last),
		fmt.Sprintf("law: one event asked of %d instruments", len(m.Instruments)),
		counting[len(m.Crises)] + " crisis,",
		counting[len(small)] + " small cases",
		fmt.Sprintf("%d claims about Ukraine,", len(m.Claims)),
		fmt.Sprintf("%d examples stand beside the articles", len(examples)),
		"plays " + counting[len(m.Case("ukraine").Options)] + " packages for Ukraine",
		fmt.Sprintf("(%d options and the cases", len(m.Case("ukraine").Options)),
	} {
		if !strings.Contains(readme, words) {
			t.Errorf("the README does not say %q", words)
		}
	}
	changes, err := os.ReadFile("../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{
		fmt.Sprintf("%d instruments from %s to %s with", len(m.Instruments), first, last),
		fmt.Sprintf("%d examples that are run as tests", len(examples)),
		"`casus run ukraine` puts " + counting[len(m.Case("ukraine").Options)] + " packages",
	} {
		if !strings.Contains(string(changes), words) {
			t.Errorf("CHANGELOG.md does not say %q of the version that is not out yet", words)
		}
	}
	for _, name := range slices.Concat(small, courses) {
		if _, ships, _ := strings.Cut(readme, "## What ships"); !strings.Contains(ships, name) {
			t.Errorf("the README does not name %s among what ships", name)
		}
	}
}

// The picture of the README has a row for each option of the case and a mark for each
// of its schools, by their names of today.
func TestReadmePictureNamesTheCase(t *testing.T) {
	text, err := os.ReadFile("../docs/ukraine.svg")
	if err != nil {
		t.Fatal(err)
	}
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	k := m.Case("ukraine")
	names := []string{k.Title + ", " + k.Date.String()}
	for _, o := range k.Options {
		names = append(names, cmp.Or(o.Short, strings.ReplaceAll(o.Name, "_", " ")))
	}
	for _, v := range k.Views {
		if len(v.Union) == 0 {
			names = append(names, v.Name)
		}
	}
	for _, name := range names {
		if !regexp.MustCompile(`>“?` + regexp.QuoteMeta(name) + `”?</text>`).Match(text) {
			t.Errorf("docs/ukraine.svg does not show %q: casus report casus-records/ukraine --picture docs/ukraine.svg draws it anew", name)
		}
	}
}

// Every benchmark that the README measured with is there to be run.
func TestReadmeNamesBenchmarks(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile("go test (\\./[a-z/]+) [^`|]*-bench ([A-Za-z]+)").FindAllStringSubmatch(string(text), -1)
	if len(said) < 5 {
		t.Fatalf("%d benchmarks are named", len(said))
	}
	for _, s := range said {
		files, _ := filepath.Glob(filepath.Join("..", s[1], "*_test.go"))
		if !slices.ContainsFunc(files, func(name string) bool {
			code, err := os.ReadFile(name)
			return err == nil && strings.Contains(string(code), "func Benchmark"+s[2])
		}) {
			t.Errorf("%s has no benchmark %s", s[1], s[2])
		}
	}
}
