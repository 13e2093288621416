package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// elsewhere are the examples that need what a test has not, with what that is.
var elsewhere = map[string]string{
	"casus studio": "a page that stays open", "casus data add": "the file of another", "casus matrix --from 1815": "the data set atop",
	"--engine": "a cluster", "casus analyse worlds.parquet": "a table that is made by other programs", "--file worlds.parquet": "worlds of one's own",
	"casus sweep": "machines", "casus serve": "a shell", "--resume": "a run that was broken off", "casus new mycase": "the folder not to be there",
	"casus elicit ./mycase": "a case that states rates", "html >": "a shell", " >game": "a shell",
}

// The examples of the verbs that read tables and names do what they are examples of: they
// end with 0.
func TestExamplesOfHelp(t *testing.T) {
	t.Chdir(t.TempDir())
	begin := [][]string{{"new", "mycase"}}
	for _, args := range begin {
		if code, _, errs := exampleOf(args); code != 0 {
			t.Fatalf("%v: exit %d\n%s", args, code, errs)
		}
	}
	table := "a,b,c,y1,y2\n"
	for i := range 64 {
		a, b, c := i%8, i/8, i*5%9
		table += fmt.Sprintf("%d,%d,%d,%g,%d\n", a, b, c, float64(a+b)/16, b*c)
	}
	if err := os.WriteFile("worlds.csv", []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	tried := 0
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			each(sub)
		}
		for line := range strings.Lines(c.Example) {
			line = strings.TrimSpace(line)
			if args := cheap(t, line); args != nil {
				tried++
				if code, out, errs := exampleOf(args); code != 0 || out == "" {
					t.Errorf("%s: exit %d, %d bytes\n%s", line, code, len(out), errs)
				}
			}
		}
	}
	each(newRoot())
	if tried < 10 {
		t.Errorf("only %d examples were tried", tried)
	}
}

// cheap is an example as it is tried; nil where it is not.
func cheap(t *testing.T, line string) []string {
	for words := range elsewhere {
		if strings.Contains(line, words) {
			return nil
		}
	}
	args := exampleWords(line)[1:]
	verb, _, err := newRoot().Find(args)
	if err != nil {
		t.Errorf("%s: %v", line, err)
		return nil
	}
	ofRecord := strings.Contains(line, "casus-records/")
	runs := verb.Flags().Lookup("worlds") != nil && !slices.Contains([]string{"chains", "cut"}, verb.Name())
	switch {
	case !slices.Contains([]string{"states", "spend", "list", "analyse"}, verb.Name()):
		return nil
	case ofRecord, !runs:
		return args
	}
	for i, a := range args {
		if a == "--worlds" && args[i+1] != "137..137" || a == "--until" {
			args = slices.Delete(args, i, i+2)
			break
		}
	}
	if !slices.Contains(args, "--worlds") {
		args = append(args, "--worlds", "2")
	}
	if verb.Flags().Lookup("horizon") != nil {
		args = append(args, "--horizon", "1")
	}
	if verb.Flags().Lookup("record") != nil && verb.Name() == "run" {
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
