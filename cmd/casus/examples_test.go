package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// elsewhere are the examples that need what a test has not, with what that is.
var elsewhere = map[string]string{
	"casus studio": "a page that stays open", "casus data ": "the file of another", " atop": "the data set atop", "1815": "the data set atop",
	"casus sweep": "machines, and a script of its own", "casus serve": "a shell", "--resume": "a run that was broken off",
	"worlds.parquet": "a table that other programs make", "my_treaties": "a folder that another test makes", "my_estonia": "a folder that is told of",
	"pact.casus": "a file that another test makes", "./narva": "a folder that another test makes", "casus-records/mine": "a record that is told of",
	"mine.csv": "figures of one's own", "ATOP": "the data set atop", "adversary_named": "the data set atop", "1905-01-01": "the data set atop",
	"elicit ./mycase": "a case that states rates", "elicit mycase": "a case that states rates", "new mycase": "the folder not to be there",
}

// lasting are examples that take seconds, which are tried without -short.
var lasting = regexp.MustCompile(`^casus (run|robust|value|sense|discover|flip|claims|suppose|record|report|elicit|graph|cut|diff|chains|list|check) .*(ukraine|estonia|1914)|^casus check$|^casus run|^casus robust ukraine`)

// quick are those of them that are tried with it too: one of each verb.
var quick = []string{
	"casus run ./mycase", "casus claims ./mycase", "casus graph ./mycase", "casus robust casus-records/ukraine --between", "casus value casus-records/ukraine --measure nato_war --top",
	"casus sense casus-records/ukraine --option monitors --where", "casus discover casus-records/ukraine", "casus report casus-records/ukraine --full",
	"casus suppose ukraine --measure us_war --between europe,monitors --set provokes=0.3", "casus graph ukraine --at start", "casus chains --date 1914", "casus record casus-records/ukraine",
}

// pages are those whose commands are tried; the tour and the schools are printed by tests
// of their own.
var pages = []string{"docs/analysis.md", "docs/data.md", "docs/law.md", "docs/spending.md", "docs/language.md", "docs/adding.md", "docs/record.md", "docs/findings.md", "README.md"}

// Every example of every help, and every command of the pages, does what it is an example
// of: it ends with 0. What runs worlds runs few.
func TestExamples(t *testing.T) {
	var all []string
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			each(sub)
		}
		for line := range strings.Lines(c.Example) {
			all = append(all, strings.TrimSpace(line))
		}
	}
	each(newRoot())
	ofHelp := len(all)
	for _, page := range pages {
		all = append(all, commandsOf(t, "../../"+page)...)
	}
	ofPages := len(all) - ofHelp
	slices.Sort(all)
	folderOfExamples(t)
	tried := map[string]bool{}
	for _, line := range slices.Compact(all) {
		if args := cheap(t, line); args != nil {
			tried[args[0]] = true
			if code, out, errs := exampleOf(args); code != 0 || out == "" && !slices.Contains(args, "--out") {
				t.Errorf("%s: exit %d, %d bytes\n%s\n(as %q)", line, code, len(out), errs, args)
			}
		}
	}
	if ofHelp < 90 || ofPages < 60 || len(tried) < 22 {
		t.Errorf("%d examples of help, %d of pages, and only the verbs %q were tried", ofHelp, ofPages, slices.Sorted(maps.Keys(tried)))
	}
}

// folderOfExamples stands in a folder with all that the examples name.
func folderOfExamples(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("COLUMNS", "80")
	of := "europe,monitors,membership,monitors_us_treaty"
	for _, args := range [][]string{
		{"new", "mycase"},
		{"run", "ukraine", "--option", of, "--worlds", "64"},
	} {
		if code, _, errs := exampleOf(args); code != 0 {
			t.Fatalf("%v: exit %d\n%s", args, code, errs)
		}
	}
	table := "a,b,c,y1,y2,cost,failed,loss\n"
	for i := range 64 {
		a, b, c := i%8, i/8, i*5%9
		y := float64(a+b) / 16
		table += fmt.Sprintf("%d,%d,%d,%g,%d,%d,%v,%d\n", a, b, c, y, b*c, a*b, y > 0.6, a*c)
	}
	for _, name := range []string{"worlds.csv", "cases.csv"} {
		if err := os.WriteFile(name, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// commandsOf are the commands that a page shows as typed, each a line.
func commandsOf(t *testing.T, page string) []string {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^(?:\$ )?(?:go run \./cmd/)?(casus [a-z]+(?: (?:[^\\\n]|\\\n)*)?)$`).FindAllStringSubmatch(fenced(string(text)), -1) {
		line := strings.Join(strings.Fields(strings.ReplaceAll(m[1], "\\\n", " ")), " ")
		out = append(out, remark.ReplaceAllString(line, ""))
	}
	return out
}

// remark is what stands behind a command for people.
var remark = regexp.MustCompile(`\s+#.*$`)

// intoFile is what has a shell write to a file.
var intoFile = regexp.MustCompile(`\s>+\s?[a-z/]+\.[a-z]+$`)

// fenced is what stands in the blocks of a page.
func fenced(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 {
			b.WriteString(part)
		}
	}
	return b.String()
}

// cheap is an example as it is tried; nil where it is not.
func cheap(t *testing.T, line string) []string {
	for words := range elsewhere {
		if strings.Contains(line, words) {
			return nil
		}
	}
	if strings.Contains(line, " | ") || strings.Contains(line, "&&") {
		return nil
	}
	short := func(begin string) bool { return strings.HasPrefix(line, begin) }
	if testing.Short() && lasting.MatchString(line) && !slices.ContainsFunc(quick, short) {
		return nil
	}
	line = intoFile.ReplaceAllString(remark.ReplaceAllString(line, ""), "")
	args := exampleWords(line)[1:]
	verb, _, err := newRoot().Find(args)
	if err != nil {
		t.Errorf("%s: %v", line, err)
		return nil
	}
	return fewWorlds(verb, args)
}

// fewWorlds has an example that runs worlds run few, for one year.
func fewWorlds(verb *cobra.Command, args []string) []string {
	flags := verb.Flags()
	if len(args) > 1 && strings.HasPrefix(args[1], "casus-records/") || flags.Lookup("worlds") == nil || slices.Contains([]string{"chains", "cut", "graph", "elicit"}, verb.Name()) || slices.Contains(args, "1914") {
		return args
	}
	add := func(flag, value string) {
		if flags.Lookup(flag) != nil && !slices.Contains(args, "--"+flag) {
			args = append(args, "--"+flag, value)
		}
	}
	for _, many := range []string{"--worlds", "--most-worlds"} {
		if i := slices.Index(args, many); i >= 0 && args[i+1] != "137..137" {
			args = slices.Delete(args, i, i+2)
		}
	}
	until := slices.Index(args, "--until")
	switch {
	case until >= 0:
		args[until+1] = "0.5"
	case verb.Name() == "sense":
		add("rows", "8")
	case verb.Name() == "discover":
		add("worlds", "64")
	default:
		add("worlds", "2")
	}
	add("horizon", "1")
	ofUkraine := len(args) > 1 && args[1] == "ukraine"
	if ofUkraine && slices.Contains([]string{"robust", "value", "run", "discover"}, verb.Name()) {
		add("option", "europe,monitors")
	}
	if ofUkraine {
		add("claim", "C09")
	}
	if verb.Name() == "run" {
		add("record", "tried")
		args = append(args, "--replace")
	}
	return args
}

func exampleOf(args []string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// exampleWords are the words of an example as a shell reads them; a blank at which help
// must not be folded is one.
func exampleWords(line string) []string {
	var out []string
	for _, w := range regexp.MustCompile(`"[^"]*"|'[^']*'|[^\s"']+`).FindAllString(line, -1) {
		out = append(out, strings.ReplaceAll(strings.Trim(w, `"'`), "\u00a0", " "))
	}
	return out
}
