package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"casus/ask"
	"casus/finding"
	"casus/terminal"
)

// Every setting of a question that can be asked by name is a flag of its verb, with
// the same default and of the same kind, or has a place on the command line.
func TestSettingsAreFlags(t *testing.T) {
	otherwise := []string{"run resume", "spend share"} // a flag of another form
	for _, of := range ask.Asks() {
		if of.Name == "asks" { // no verb: it lists the questions
			continue
		}
		q, err := ask.PutWords(of.Name, nil)
		if err != nil {
			t.Fatal(err)
		}
		verb, _, err := newRoot().Find(q.Command())
		if err != nil || verb == verb.Root() {
			t.Errorf("%s: no verb begins %q", of.Name, q.Command())
			continue
		}
		for _, s := range q.Flags() {
			switch f := verb.Flags().Lookup(s.Name); {
			case slices.Contains(otherwise, of.Name+" "+s.Name), s.Name == "memory" && f != nil: // a size has a form of its own
			case f == nil:
				t.Errorf("%s: casus %s has no flag --%s", of.Name, verb.Name(), s.Name)
			case plainDefault(f) != s.Default:
				t.Errorf("%s: --%s is %q by default, and the setting %q", of.Name, s.Name, plainDefault(f), s.Default)
			case s.Apart != (f.Value.Type() == "stringArray"):
				t.Errorf("%s: --%s is a %s", of.Name, s.Name, f.Value.Type())
			}
		}
	}
}

// plainDefault is the default of a flag without the brackets about a list.
func plainDefault(f *pflag.Flag) string { return strings.Trim(f.DefValue, "[]") }

// asked is a question that is put in words and as the command line it says, and
// the answers are the same bytes.
var asked = []struct {
	name  string
	words [][]string // a word and its values
}{
	{"why", [][]string{{"by", "RUS"}, {"on", "GBR"}, {"object", "forces"}, {"at", "kyiv"}, {"date", "2026-02-01"}, {"facts", "requested=yes", "at_war(RUS,GBR)=yes"}}},
	{"why", [][]string{{"by", "RUS"}, {"on", "UKR"}, {"at", "kyiv"}, {"case", "ukraine"}, {"options", "membership"}, {"after", "armed attack by RUS on UKR, on 2022-02-24"}, {"full", "true"}}},
	{"why_not", [][]string{{"by", "RUS"}, {"on", "FRA"}, {"object", "forces"}, {"at", "kyiv"}, {"date", "2026-07-01"}, {"article", "NAT.5"}, {"size", "2"}}},
	{"owed", [][]string{{"state", "FIN"}, {"date", "2026-02-01"}}},
	{"cite", [][]string{{"addresses", "NAT.5", "S01"}, {"date", "1950-01-01"}}},
	{"conflicts", [][]string{{"state", "USA"}, {"between", "ARG,GBR"}, {"date", "1982-04-02"}}},
	{"chains", [][]string{{"case", "ukraine"}, {"options", "europe"}, {"event", "armed attack by RUS on UKR, object territory, at kyiv"}, {"end", "fights(USA, RUS)"}, {"links", "7"}}},
	{"cut", [][]string{{"law", "NAT"}, {"date", "2026-02-01"}, {"event", "armed attack by RUS on EST"}, {"end", "drawn(USA)"}, {"only", "deployment", "choice"}}},
	{"chains", [][]string{{"case", "ukraine"}, {"options", "europe"}, {"event", "armed attack by RUS on UKR, object territory, at kyiv"}, {"end", "fights(USA, RUS)"}, {"links", "7"}, {"without", "EUR_GUARANTEE.1", "RUS strikes FRA at home"}}},
	{"cases", nil},
	{"list", [][]string{{"kind", "options"}, {"case", "estonia"}}},
	{"states", [][]string{{"states", "GMY", "Russia"}, {"date", "1914-07-28"}}},
	{"graph", [][]string{{"case", "estonia"}}},
	{"robust", [][]string{{"case", "ukraine"}, {"worlds", "4"}, {"options", "europe", "monitors"}, {"views", "deterrence"}, {"thresholds", "nato_war<=5%"}, {"alpha", "0.25"}}},
	{"robust", [][]string{{"case", "a record"}, {"measures", "peace", "nato_war"}}},
	{"sense", [][]string{{"case", "a record"}, {"methods", "given"}}},
	{"record", [][]string{{"case", "a record"}}},
	{"report", [][]string{{"record", "a record"}}},
	{"claims", [][]string{{"case", "ukraine"}, {"worlds", "8"}, {"no_flips", "true"}, {"claims", "C09"}}},
}

// The command line that a question gives asks the same.
func TestCommandsAskTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	if code := run([]string{"run", "ukraine", "--worlds", "8", "--option", "europe,monitors", "--record", "a record"}, strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}); code != 0 {
		t.Fatalf("no record: exit code %d", code)
	}
	for _, x := range asked {
		words := ask.Words{}
		for _, w := range x.words {
			words[w[0]] = w[1:]
		}
		q, err := ask.PutWords(x.name, words)
		if err != nil {
			t.Fatal(err)
		}
		f, err := q.Answer(context.Background(), ask.Told{})
		if err != nil {
			t.Errorf("%s: %v", terminal.Quoted(q.Command()...), err)
			continue
		}
		var want, out, errs bytes.Buffer
		if err := finding.Write(&want, f); err != nil {
			t.Fatal(err)
		}
		code := run(append(q.Command(), "--json"), strings.NewReader(""), &out, &errs)
		if code != 0 || out.String() != want.String() {
			t.Errorf("casus %s --json: exit code %d %s; other bytes than the question", terminal.Quoted(q.Command()...), code, errs.String())
		}
		again, err := ask.PutWords(x.name, q.Words())
		if err != nil || terminal.Quoted(again.Command()...) != terminal.Quoted(q.Command()...) {
			t.Errorf("%s: its own words say %v, %v", terminal.Quoted(q.Command()...), again, err)
		}
	}
}
