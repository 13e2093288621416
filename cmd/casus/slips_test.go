package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// small is a case that is read at once.
const small = `view dove "Dove" { note "n" }
assume sharp "λ" per payoff ~ uniform(0.1, 0.2) judgement "a guess"
assume gain "a gain" payoff ~ uniform(1, 5) judgement "a guess"
option none "Nothing" { }
option more "More" { set ready = 1 }
crisis small {
  role mover
  fact war
  setting ready "an army stands ready"
  precision sharp
  each year {
    move act by mover { hold; attack { set war } }
  }
  payoff "gain" to mover when war: gain
  payoff "ease" to mover when war and ready: 1
  measure war "war" probability, lower is better = P(war)
}
case small "Small" {
  date 2025-01-01
  horizon 2
  crisis small
  role mover = RUS
  view dove
  option none, more
}
claim X1 "War is likelier with more" {
  by "nobody"
  holds war[more] > war[none]
  judgement "made up"
  for       "one"
  against   "nobody either"
}
`

// verbs that ask about a case, with what each cannot do without.
var asking = map[string][]string{
	"run": nil, "robust": nil, "value": nil, "claims": nil, "record": nil, "sense": nil, "graph": nil,
	"flip": {"--measure", "war", "--between", "none,more"}, "discover": {"--where", "war[more] > 0.1"}, "elicit": nil,
}

// verbs of law, likewise.
var judging = map[string][]string{
	"why": {"--on", "GBR", "--date", "2026-01-01"}, "owed": {"--date", "2026-01-01"}, "matrix": {"--date", "2026-01-01"},
	"conflicts": {"--date", "2026-01-01", "--state", "GBR"}, "diff": {"--date", "2026-01-01"},
	"chains": {"--date", "2026-01-01", "--event", "armed attack by RUS on FIN", "--end", "drawn(SWE)"},
	"cut":    {"--date", "2026-01-01", "--event", "armed attack by RUS on FIN", "--end", "drawn(SWE)"},
}

// others are the verbs that ask about neither, which take a slip as it is typed; a
// blank in a name is written -.
var others = []string{"analyse", "report", "spend", "states", "list", "cite", "check", "new", "data-add", "data-list", "data-remove", "sweep-merge", "sweep-plan", "sweep-run", "suppose", "studio"}

// withoutJSON are the verbs that print none.
var withoutJSON = map[string]bool{"new": true, "data-add": true, "data-remove": true, "sweep-plan": true, "sweep-run": true, "studio": true}

// The same slip has the same sentence and the same code in every verb: 2 where the
// question is wrong, 1 where a model or data are. testdata/slips.txt has a line for
// each: what is typed, the code, the verbs it is typed to, and the sentence, or its
// beginning before …
func TestSlips(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	writeSlips(t)
	cutDraws(t)
	text, err := os.ReadFile(filepath.Join(wherever, "testdata", "slips.txt"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		parts := strings.Split(strings.TrimSpace(line), " | ")
		if len(parts) != 4 {
			continue
		}
		code, err := strconv.Atoi(parts[1])
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		verbs := strings.Fields(parts[2])
		switch parts[2] {
		case "all":
			verbs = names(asking)
		case "law":
			verbs = names(judging)
		}
		same := func(says string) bool {
			begun, whole := strings.CutSuffix(parts[3], "…")
			return says == parts[3] || whole && strings.HasPrefix(says, begun)
		}
		for _, verb := range verbs {
			args := typed(verb, parts[0])
			if n++; n%2 == 0 && !withoutJSON[verb] { // half of them as a program asks
				args = append(args, "--json")
			}
			var out, errs bytes.Buffer
			got := run(args, strings.NewReader(""), &out, &errs)
			says, pointed := unquoted(strings.TrimPrefix(strings.TrimSpace(errs.String()), "casus: "))
			if !pointed {
				t.Errorf("%q: no caret under the place\n%s", args, &errs)
			}
			if got != code || !same(says) || out.Len() > 0 {
				t.Errorf("%q: exit %d, %q\nwant exit %d, %q; %.300s", args, got, says, code, parts[3], out.String())
			}
		}
	}
	if _, err := os.Stat("casus-records"); err == nil {
		t.Error("a slip has left a record")
	}
}

var atCharacter = regexp.MustCompile(`, at character (\d+): `)

// unquoted takes away the words that were typed from what is said of a place in them, and
// reports whether a caret stands under that place, where one is named.
func unquoted(says string) (string, bool) {
	at := atCharacter.FindStringSubmatch(says)
	lines := strings.Split(says, "\n")
	if at == nil || len(lines) < 3 {
		return says, at == nil
	}
	n, _ := strconv.Atoi(at[1])
	under := strings.TrimRight(lines[2], "^")
	return lines[0], under == strings.Repeat(" ", n+1) && len(lines[2]) > len(under)
}

// typed puts a slip where it belongs: options behind the case, anything else in its
// place. What the slip says replaces what the verb would have had.
func typed(verb, slip string) []string {
	words := strings.Fields(slip)
	for i := range words {
		words[i] = strings.ReplaceAll(words[i], "''", "")
	}
	if slices.Contains(others, verb) {
		return append(strings.Split(verb, "-"), words...)
	}
	args, needs := []string{verb, "small.casus"}, asking[verb]
	if _, law := judging[verb]; law {
		args, needs = args[:1], judging[verb]
	} else if !strings.HasPrefix(words[0], "--") {
		args[1], words = words[0], words[1:]
	}
	if verb == "diff" {
		args = append(args, "ISTANBUL2022", "PARIS2026")
	}
	for i := 0; i < len(needs); i += 2 {
		need := needs[i : i+2]
		instead := need[0] == "--where" && slices.Contains(words, "--regret-above") || need[0] == "--end" && slices.Contains(words, "--between")
		if !slices.Contains(words, need[0]) && !instead {
			args = append(args, need...)
		}
	}
	return append(args, words...)
}

func names[V any](m map[string]V) []string {
	var out []string
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// wherever is the folder of the tests, which a test may leave.
var wherever, _ = os.Getwd()

// cutDraws makes a record of which the draws were cut off.
func cutDraws(t *testing.T) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run([]string{"run", "small.casus", "--worlds", "8", "--record", "cut"}, strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, &errs)
	}
	if err := os.Truncate("cut/worlds.parquet", 100); err != nil {
		t.Fatal(err)
	}
}

func writeSlips(t *testing.T) {
	for name, text := range map[string]string{
		"small.casus":            small,
		"two/two.casus":          small + strings.ReplaceAll(small[strings.Index(small, "case small"):strings.Index(small, "claim")], "case small", "case other"),
		"broken/manifest.json":   "{",
		"empty/read.txt":         "",
		"t.csv":                  "a,b\n1,2\n",
		"u.csv":                  "a,b\n1,2\n2,3\n5,4\n",
		"foreign/manifest.json":  `{"name": "left-pad", "version": "7"}`,
		"bad/bad.casus":          "case bad {",
		"short/manifest.json":    "",
		"short/measures.parquet": "PAR1",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
