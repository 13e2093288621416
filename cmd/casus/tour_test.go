package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// cutShort stands in a page for lines that are left out.
const cutShort = "[…]"

// Every block of the tour and of the page on the schools is run, in order, in one
// folder, and prints what stands there. -update writes it anew, cut where it was cut.
func TestTour(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	for _, page := range []string{"tour", "schools"} {
		t.Run(page, func(t *testing.T) { printsWhatStands(t, "../../docs/"+page+".md") })
	}
}

// What the README shows of a verb of law is what the verb prints, as far as it is shown.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```console\n\\$ casus (cut .*?[^\\\\])\n(.*?)```$").FindAllStringSubmatch(string(text), -1)
	if len(blocks) != 1 {
		t.Fatalf("the README shows what cut prints %d times, not once", len(blocks))
	}
	t.Chdir(t.TempDir())
	for _, b := range blocks {
		if got := printedBy(t, quotedWords(b[1])); !showsParts(b[2], got) {
			t.Errorf("casus %s prints, not as the README shows it:\n%s", b[1], got)
		}
	}
}

// The screen of the main job in the README is what it prints, byte for byte.
func TestReadmeShowsTheScreen(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```console\n\\$ go run ./cmd/casus run ukraine\n(.*?)```$").FindAllStringSubmatch(string(text), -1)
	if len(blocks) != 1 {
		t.Fatalf("the README shows the screen %d times, not once", len(blocks))
	}
	t.Setenv("COLUMNS", "80")
	t.Chdir(t.TempDir())
	if got := printedBy(t, []string{"run", "ukraine"}); got != blocks[0][1] {
		t.Errorf("casus run ukraine prints, not as the README shows it:\n%s", got)
	}
}

// quotedWords are the words of a command over several lines, as a shell reads them.
func quotedWords(command string) []string {
	var out []string
	for _, w := range regexp.MustCompile(`"[^"]*"|[^\s"\\]+`).FindAllString(command, -1) {
		out = append(out, strings.Trim(w, `"`))
	}
	return out
}

// showsParts reports whether what stands between the cuts of a block is printed, line
// by line and in that order.
func showsParts(block, out string) bool {
	rest := "\n" + out
	for part := range strings.SplitSeq(block, cutShort+"\n") {
		_, after, found := strings.Cut(rest, "\n"+part)
		if !found {
			return false
		}
		rest = "\n" + after
	}
	return true
}

func printsWhatStands(t *testing.T, page string) {
	t.Helper()
	name, err := filepath.Abs(page)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	got := regexp.MustCompile("(?ms)^```console\n\\$ (casus [^\n]*)\n(.*?)```$").ReplaceAllStringFunc(string(text), func(block string) string {
		head, rest, _ := strings.Cut(block, "\n")
		command, want, _ := strings.Cut(rest, "\n")
		want = strings.TrimSuffix(want, "```")
		return head + "\n" + command + "\n" + shownAs(want, printed(t, strings.TrimPrefix(command, "$ casus "))) + "```"
	})
	if got == string(text) {
		return
	}
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the page prints something else (-update writes it):\n%s", got)
}

// printed runs a command and returns what it prints, errors after the rest.
func printed(t *testing.T, words string) string {
	t.Helper()
	return printedBy(t, strings.Fields(words))
}

func printedBy(t *testing.T, words []string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(words, strings.NewReader(""), &out, &errs); code != 0 {
		t.Errorf("casus %s ends with %d:\n%s", words, code, errs.String())
	}
	lines := strings.Split(strings.TrimRight(out.String()+errs.String(), "\n"), "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "this takes about ") }) // a slow machine says so
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// shownAs cuts an output where another was cut.
func shownAs(like, out string) string {
	shown, lines := strings.Split(strings.TrimSuffix(like, "\n"), "\n"), strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	at := slices.Index(shown, cutShort)
	if at < 0 || len(lines) <= len(shown)-1 {
		return out
	}
	tail := len(shown) - at - 1
	return strings.Join(slices.Concat(lines[:at], []string{cutShort}, lines[len(lines)-tail:]), "\n") + "\n"
}

// The table of the page on the schools that says what the record says of them is that of
// the main job at its defaults.
func TestSchoolsPageHasTheRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	page, err := os.ReadFile("../../docs/schools.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	var found struct {
		Weights struct {
			Views []struct {
				View      string  `json:"view"`
				Evidence  float64 `json:"log_evidence"`
				Effective float64 `json:"effective_worlds"`
				Share     float64 `json:"share_of_union"`
			} `json:"views"`
		} `json:"weights"`
	}
	if err := json.Unmarshal([]byte(printed(t, "record ukraine --worlds 512 --json")), &found); err != nil {
		t.Fatal(err)
	}
	evidence, share, effective := "| log evidence |", "| share of the column by the record, from equal shares |", "| effective worlds of 512 |"
	for _, v := range found.Weights.Views[:3] {
		evidence += strings.Replace(fmt.Sprintf(" %.2f |", v.Evidence), "-", "−", 1)
		share += fmt.Sprintf(" %.0f %% |", 100*v.Share)
		effective += fmt.Sprintf(" %.0f |", v.Effective)
	}
	for _, row := range []string{evidence, share, effective} {
		if !strings.Contains(string(page), row+"\n") {
			t.Errorf("docs/schools.md has no row %s", row)
		}
	}
}
