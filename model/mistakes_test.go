package model_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
)

var update = flag.Bool("update", false, "write what was found into testdata")

// Every file in testdata/mistakes is a small model with mistakes in it. What
// must be reported stands as a comment on the guilty line, with its column:
//
//	except 5b when place within kyiv   # want@12: unknown article "5b" (did you mean 5?)
//
// A warning is `warn@12:`. A line that cannot carry a comment, because a quote
// is open on it, has it on the next line, as `want-1@12:`. All problems are
// compared, both ways: what is missing and what is too much.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/mistakes/*.casus")
	if err != nil || len(files) == 0 {
		t.Fatal("no files with mistakes", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".casus"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				text = expectFound(name, text)
				if err := os.WriteFile(name, text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, got := expected(t, text), found(name, text)
			for _, w := range want {
				if !slices.Contains(got, w) {
					t.Errorf("%s:%s\n  not reported", name, w)
				}
			}
			for _, g := range got {
				if !slices.Contains(want, g) {
					t.Errorf("%s:%s\n  not expected", name, g)
				}
			}
		})
	}
}

var wanted = regexp.MustCompile(`# (want|warn)(-1)?@(\d+): (.*?)\s*$`)

// expected are the mistakes that the comments of a file announce, each as
// "line:col: message (hint)".
func expected(t *testing.T, text []byte) []string {
	var out []string
	for i, line := range strings.Split(string(text), "\n") {
		first := wanted.FindStringIndex(line)
		if first == nil {
			continue
		}
		for _, note := range strings.Split(line[first[0]:], "   # ") {
			m := wanted.FindStringSubmatch("# " + strings.TrimPrefix(note, "# "))
			if m == nil {
				t.Fatalf("line %d: cannot read %q", i+1, note)
			}
			number := i + 1
			if m[2] != "" {
				number--
			}
			kind := ""
			if m[1] == "warn" {
				kind = "warning: "
			}
			out = append(out, fmt.Sprintf("%d:%s: %s%s", number, m[3], kind, m[4]))
		}
	}
	return out
}

// load reads a text as a file of a user's, with the vocabulary and what it
// uses, and returns what is wrong in it.
func load(name string, text []byte) source.Problems {
	_, problems := catalog.Files([]*source.File{source.New(name, text)})
	return problems
}

func found(name string, text []byte) []string {
	var out []string
	for _, p := range load(name, text) {
		out = append(out, fmt.Sprintf("%d:%d: %s", p.Pos.Line(), p.Pos.Col(), said(name, p)))
	}
	return out
}

// said is a problem in words; the folder of the file is left out.
func said(name string, p source.Problem) string {
	msg := p.Msg
	if p.Warning {
		msg = "warning: " + msg
	}
	if p.Hint != "" {
		msg += " (" + p.Hint + ")"
	}
	return strings.ReplaceAll(msg, name, filepath.Base(name))
}

// expectFound replaces the expectations of a file by what is found in it.
func expectFound(name string, text []byte) []byte {
	var lines []string
	for _, line := range strings.Split(string(text), "\n") {
		if at := wanted.FindStringIndex(line); at != nil {
			if line = strings.TrimRight(line[:at[0]], " "); line == "" {
				continue
			}
		}
		lines = append(lines, line)
	}
	clean := strings.Join(lines, "\n")
	notes := map[int][]string{}
	for _, p := range load(name, []byte(clean)) {
		kind := "want"
		if p.Warning {
			kind = "warn"
			p.Warning = false
		}
		notes[p.Pos.Line()] = append(notes[p.Pos.Line()], kind+"@"+strconv.Itoa(p.Pos.Col())+": "+said(name, p))
	}
	var out []string
	for i, line := range lines {
		own := notes[i+1]
		if strings.Count(line, `"`)%2 == 1 {
			out = append(out, line)
			for _, n := range own {
				out = append(out, "# "+strings.Replace(n, "@", "-1@", 1))
			}
			continue
		}
		for _, n := range own {
			line += "   # " + n
		}
		out = append(out, line)
	}
	return []byte(strings.Join(out, "\n"))
}
