package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"casus/ask"
	"casus/terminal"
)

// hostile is a text that turns the terminal red, its title, and the direction of
// writing.
const hostile = "\x1b[31mred\x1b]0;x\x07\u202eover\u2066\u009b2J\r\x9b1m"

// hostileFiles are files in which every name that may be is hostile.
func hostileFiles(t *testing.T) (dir string, file func(string) string) {
	dir = t.TempDir()
	for name, text := range map[string]string{
		"own.casus": `fact f "` + hostile + `"
source "S" "` + hostile + `" { grade A; status coded; address "` + hostile + `" }
instrument PACT "` + hostile + `" {
  kind treaty
  source "S"
  note "` + hostile + `"
  in force 2024-09-01
  party FIN, SWE from 2024-09-01
  article 1 "` + hostile + `" {
    when armed attack on P, P is party, f
    then every other party owes P AID
    text "` + hostile + `"
  }
}
example "` + hostile + `" {
  event armed attack by RUS on SWE, object territory, at SWE, on 2026-02-01
  expect PACT.1 by FIN owed
}
`,
		"bad" + strings.ReplaceAll(hostile, "/", "") + ".casus": "instrument " + hostile + " {\n  party " + hostile + "\n",
		"t.csv":       "a,\"" + hostile + "\",b\n1,x\u202e,3\n2,y\x1b[1m,4\n3,x\u202e,5\n4,y\x1b[1m,1\n",
		"figures.csv": "state,year,value\nFRA,2024,\"" + hostile + "\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, func(name string) string { return filepath.Join(dir, name) }
}

// No verb hands to a terminal what a file would have it obey: not in answers, not
// in errors, not in names of files.
func TestNothingIsObeyed(t *testing.T) {
	dir, file := hostileFiles(t)
	for _, args := range [][]string{
		{"check", file("own.casus")}, {"check", dir},
		{"check", file("bad" + hostile + ".casus")}, {"check", file("none" + hostile)}, {hostile}, {"why", "--" + hostile}, {"why", "--on", hostile, "--date", hostile},
		{"why", "--files", file("own.casus"), "--by", "RUS", "--on", "SWE", "--date", "2026-02-01", "--full"},
		{"why", "--files", file("own.casus"), "--by", "RUS", "--on", "SWE", "--date", "2026-02-01", "--json"},
		{"why", "--files", file("own.casus"), "--not", "PACT.1", "--by", "RUS", "--on", "SWE", "--date", "2026-02-01"},
		{"owed", "--files", file("own.casus"), "--state", "FIN", "--date", "2026-02-01"},
		{"cite", "--files", file("own.casus"), "PACT"}, {"cite", "--files", file("own.casus"), "PACT.1", "--json"}, {"cite", "--files", file("own.casus"), "PACT", "--footnotes"},
		{"conflicts", "--files", file("own.casus"), "--date", "2026-02-01"},
		{"analyse", file("t.csv")}, {"analyse", file("t.csv"), "--outputs", hostile}, {"analyse", file("t.csv"), "--outputs", "b", "--json"},
		{"spend", "--figures", file("figures.csv")}, {"data", "add", "atop", file("figures.csv"), "--to", dir}, {"fmt", file("bad" + hostile + ".casus")},
		{"run", file("own.casus")}, {"report", dir}, {"list", hostile}, {"claims", hostile},
	} {
		var out, errs bytes.Buffer
		run(args, strings.NewReader(""), &out, &errs)
		for _, s := range []string{out.String(), errs.String()} {
			if strings.ContainsFunc(s, terminal.Obeyed) || strings.Contains(s, "\x9b") {
				t.Errorf("%q: %q", args, s)
			}
		}
		if out.Len()+errs.Len() == 0 {
			t.Errorf("%q says nothing", args)
		}
	}
}

// A named pipe where a file should be is refused at once; nobody waits for it.
func TestNamedPipes(t *testing.T) {
	dir := t.TempDir()
	pipe, record := filepath.Join(dir, "pipe"), filepath.Join(dir, "record")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip("no named pipes here")
	}
	if err := os.Mkdir(record, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(record, "manifest.json"), 0o644); err != nil {
		t.Fatal(err)
	}
	stopped := filepath.Join(dir, "stopped")
	if err := errors.Join(os.Mkdir(stopped, 0o755), syscall.Mkfifo(filepath.Join(stopped, "run.journal"), 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"report", stopped}, {"run", "--resume", stopped}, {"run", "estonia", "--resume=" + stopped},
		{"analyse", pipe}, {"check", pipe}, {"fmt", pipe}, {"spend", "--figures", pipe}, {"data", "add", "atop", pipe, "--to", dir},
		{"report", record}, {"report", filepath.Join(record, "manifest.json")}, {"robust", record}, {"why", "--files", pipe, "--on", "FRA", "--date", "2026-01-01"},
	} {
		var out, errs bytes.Buffer
		if code := run(args, strings.NewReader(""), &out, &errs); code != ask.AtFault || !strings.Contains(errs.String(), "not a regular file") {
			t.Errorf("%q: exit %d, %s", args, code, errs.String())
		}
	}
}

// A zero byte is no text wherever it stands.
func TestZeroBytes(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"far.casus": strings.Repeat("# a\n", 5000) + "\x00", "figures.csv": "state,year\n" + strings.Repeat("FRA,2024\n", 2000) + "\x00\n"} {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"check", name}, {"spend", "--figures", name}, {"data", "add", "atop", name, "--to", dir}, {"analyse", name}, {"fmt", name}} {
			var out, errs bytes.Buffer
			if code := run(args, strings.NewReader(""), &out, &errs); code != ask.AtFault || !strings.Contains(errs.String(), "not a text file") && !strings.Contains(errs.String(), "a zero byte") {
				t.Errorf("%q: exit %d, %s", args, code, errs.String())
			}
		}
	}
}
