package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"casus/ask"
)

// askOf are the asks of a verb that is not alone its own.
var askOf = map[string][]string{
	"why": {"why", "why_not"}, "graph": {"graph", "reach", "walk", "ladder"}, "report": {"report", "convergence"},
	"cite": {"cite", "resting"}, "list": {"list", "cases"},
}

// calledOtherwise are the settings of flags that are neither called like them nor in
// the plural.
var calledOtherwise = map[string]string{"not": "article", "by-state": "debtor", "every-duty": "every", "share": "measure"}

// ofTheForm are flags that say how an answer is told, or which of the asks of a verb
// is meant.
var ofTheForm = []string{"help", "json", "html", "csv", "format", "picture", "part", "top", "which", "footnote", "out", "check", "write", "reach", "ladder", "convergence"}

// behindTheVerb are settings that a command line says without a flag.
var behindTheVerb = []string{"case", "a", "b", "table", "names", "addresses", "states", "kind", "record", "from", "case_of_record"}

// What can be asked by name is what the verbs can be asked: each flag is a setting
// of the same default, each setting a flag.
func TestSettingsAreThoseOfTheVerbs(t *testing.T) {
	settings := map[string]map[string]string{} // default by ask and setting
	answered, err := ask.Questions{}.Answer(ask.Told{})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answered.Asks {
		settings[a.Ask] = map[string]string{}
		for _, s := range a.Settings {
			settings[a.Ask][s.Name] = s.Default
		}
	}
	delete(settings, "asks")
	for _, c := range newRoot().Commands() {
		asks := askOf[c.Name()]
		if asks == nil {
			asks = []string{c.Name()}
		}
		if settings[asks[0]] == nil {
			continue // no question: new, data, fmt, serve
		}
		found := map[string]bool{}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			matched := matches(t, settings, asks, f)
			if len(matched) == 0 && !slices.Contains(ofTheForm, f.Name) && !f.Hidden && !(f.Name == "full" && settings[asks[0]]["full"] == "") {
				t.Errorf("%s: no setting for --%s", c.Name(), f.Name)
			}
			for _, m := range matched {
				found[m] = true
			}
		})
		for _, a := range asks {
			for name := range settings[a] {
				if !found[a+" "+name] && !slices.Contains(behindTheVerb, name) {
					t.Errorf("%s: no flag for the setting %s of %s", c.Name(), name, a)
				}
			}
		}
		for _, a := range asks {
			delete(settings, a)
		}
	}
	for a := range settings {
		t.Errorf("no verb asks %s", a)
	}
}

// matches finds the settings of a flag, and holds their defaults together.
func matches(t *testing.T, settings map[string]map[string]string, asks []string, f *pflag.Flag) []string {
	var out []string
	name := strings.ReplaceAll(f.Name, "-", "_")
	for _, a := range asks {
		for _, called := range []string{name, name + "s", calledOtherwise[f.Name]} {
			is, ok := settings[a][called]
			if !ok {
				continue
			}
			if want := asJSON(t, f); is != want && f.Name != "resume" && f.Name != "memory" && f.Name != "share" {
				t.Errorf("%s: --%s is %s unless told otherwise, and the setting %s is %s", a, f.Name, want, called, is)
			}
			out = append(out, a+" "+called)
		}
	}
	return out
}

// asJSON is the default of a flag as JSON.
func asJSON(t *testing.T, f *pflag.Flag) string {
	var v any = f.DefValue
	switch f.Value.Type() {
	case "bool", "int", "uint64", "float64", "float", stretchType:
		v = json.RawMessage(f.DefValue)
	case "stringSlice", "stringArray":
		list := f.Value.(pflag.SliceValue).GetSlice()
		v = append([]string{}, list...)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("--%s: %v", f.Name, err)
	}
	return string(text)
}

// Every exchange in docs/serve.md is had, in order, in one folder, and goes as it
// stands there; "…" is cut.
func TestServeIsDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "serve.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	blocks := regexp.MustCompile("(?ms)^```json\n(.*?)```$").FindAllStringSubmatch(string(page), -1)
	if len(blocks) < 4 {
		t.Fatalf("docs/serve.md has %d exchanges", len(blocks))
	}
	for _, b := range blocks {
		var asked, want []string
		for line := range strings.Lines(b[1]) {
			if request, ok := strings.CutPrefix(line, "→ "); ok {
				asked = append(asked, request)
			} else if reply, ok := strings.CutPrefix(line, "← "); ok {
				want = append(want, strings.TrimSpace(reply))
			}
		}
		got := exchange(t, strings.Join(asked, ""))
		if len(got) != len(want) {
			t.Errorf("%s%d lines come back, not %d:\n%s", b[1], len(got), len(want), strings.Join(got, "\n"))
			continue
		}
		for i := range want {
			if !likeCut(got[i], want[i]) {
				t.Errorf("%scomes back as\n%.600s\nand not\n%s", b[1], got[i], want[i])
			}
		}
	}
}

func exchange(t *testing.T, asked string) []string {
	t.Helper()
	var out, errs strings.Builder
	if code := run([]string{"serve"}, strings.NewReader(asked), &out, &errs); code != 0 || errs.Len() > 0 {
		t.Errorf("casus serve ends with %d: %s", code, errs.String())
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// likeCut reports whether a text is another from which parts were cut.
func likeCut(text, cut string) bool {
	parts := strings.Split(cut, "…")
	if !strings.HasPrefix(text, parts[0]) || !strings.HasSuffix(text, parts[len(parts)-1]) {
		return false
	}
	for _, p := range parts {
		at := strings.Index(text, p)
		if at < 0 {
			return false
		}
		text = text[at+len(p):]
	}
	return true
}
