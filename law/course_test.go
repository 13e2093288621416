package law_test

import (
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

var update = flag.Bool("update", false, "write what was found into testdata")

// load reads model text as a user's file, which must have no mistake.
func load(t testing.TB, name, text string) *model.Model {
	t.Helper()
	m, problems := catalog.Files([]*source.File{source.New(name, []byte(text))})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// shippedCourse is the judged course of a shipped case; each is judged once.
func shippedCourse(t testing.TB, name string) *law.Ledger {
	t.Helper()
	l, err := shippedCourses[name]()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var shippedCourses = map[string]func() (*law.Ledger, error){"1914": judged("1914"), "1939": judged("1939")}

func judged(name string) func() (*law.Ledger, error) {
	return sync.OnceValues(func() (*law.Ledger, error) {
		m, problems, err := catalog.Case(name)
		if err == nil && len(problems) > 0 {
			err = problems
		}
		if err != nil {
			return nil, err
		}
		return law.JudgeCourse(m, m.Case(name)), nil
	})
}

// Every file in testdata/course is a small course. What casus finds stands as a
// comment on the line of each entry: the finding and what is true beside it,
// the articles that decide, the day since which it was due, what is open, and
// "!" where the record is not met. Below stand the wars that duties lead to.
func TestCourses(t *testing.T) {
	files, err := filepath.Glob("testdata/course/*.casus")
	if err != nil || len(files) < 3 {
		t.Fatal("no courses", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".casus"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := drawn(t, name, string(text))
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(text) {
				t.Errorf("found\n%s", got)
			}
		})
	}
}

// drawn is the text of a course with what is found written into it.
func drawn(t *testing.T, name, text string) string {
	m := load(t, name, text)
	l := law.JudgeCourse(m, m.Cases[0])
	found := map[int]string{}
	for _, line := range l.Lines {
		found[line.Entry.Pos.Line()] = judgedWords(line)
	}
	var out []string
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "# →") {
			continue
		}
		if f := found[i+1]; f != "" {
			line, _, _ = strings.Cut(line, "   # ")
			line += "   # " + f
		}
		out = append(out, line)
	}
	text = strings.TrimRight(strings.Join(out, "\n"), "\n") + "\n"
	for _, x := range l.Alone.Bound {
		text += "# → alone " + war(x) + "\n"
	}
	for _, x := range l.Alone.May {
		text += "# → alone, if it chooses force " + war(x) + "\n"
	}
	for _, x := range l.Alone.Open {
		text += "# → alone, open " + war(x) + " " + x.Why + "\n"
	}
	for _, s := range l.Stages {
		for _, x := range s.Before {
			text += "# → by " + s.Line.Entry.Event.Date.String() + " " + war(x) + "\n"
		}
		for _, x := range s.Made {
			text += "# → after " + s.Line.Entry.Title + " " + war(x) + "\n"
		}
		if s.Bound {
			text += "# → bound " + s.Line.Entry.Title + "\n"
		}
	}
	return text
}

func war(x law.Entrance) string {
	return x.State + " on " + x.Against + " for " + x.For + " by " + x.Article
}

// judgedWords is a judged line in short.
func judgedWords(l law.Line) string {
	s := string(l.Finding)
	for _, f := range l.Also {
		s += " + " + string(f)
	}
	if len(l.Articles) > 0 {
		s += " | " + strings.Join(l.Articles, ", ")
	}
	if !l.Due.IsZero() {
		s += fmt.Sprintf(" | since %s, %d days", l.Due, l.Days)
	}
	for _, o := range l.Open {
		s += " | open " + o
	}
	if l.Agreement == law.Mismatch {
		s += " !"
	} else if l.Agreement == law.Differs {
		s += " ≠"
	}
	return s
}

// Every word that a record may use agrees with some finding, and what differs
// from the record without a reason is said at its entry.
func TestRecordWords(t *testing.T) {
	findings := []law.Finding{law.FoundInitiator, law.FoundResponse, law.FoundBreached, law.FoundHonoured, law.FoundLate, law.FoundBeyond, law.FoundOwnChoice,
		law.FoundContested, law.FoundOpen, law.FoundNotOwed, law.FoundDenied, law.FoundNotInvoked, law.FoundDeferred, law.FoundExit, law.FoundFormerAlly}
	for _, w := range model.Findings {
		for _, f := range law.Agrees(w) {
			if !slices.Contains(findings, f) {
				t.Errorf("%q agrees with %q, which is no finding", w, f)
			}
		}
	}
	for _, f := range findings {
		if !slices.Contains(model.Findings, string(f)) {
			t.Errorf("a record cannot say %q", f)
		}
	}
	text := `case c "C" { date 1935-01-01; course "C" {
  deed "wrong"    { event armed attack by POL on DNK, on 1935-01-01; found honoured }
  deed "disputed" { event armed attack by POL on SWE, on 1935-01-01; found initiator; differs honoured "no" }
  deed "both"     { event armed attack by POL on NOR, on 1935-01-01; found honoured; differs late "no" }
  deed "said"     { event armed attack by POL on FIN, on 1935-01-01; found honoured; differs initiator "yes" }
} }`
	problems := law.CheckCourses(load(t, "c.casus", text))
	var got []string
	for _, p := range problems {
		msg, _, _ := strings.Cut(p.Msg, " (")
		got = append(got, fmt.Sprintf("%d:%d %s", p.Pos.Line(), p.Pos.Col(), msg))
	}
	want := []string{
		"2:8 expected honoured, found initiator",
		"3:8 expected honoured, not initiator, found initiator",
		"4:8 expected late, not honoured, found initiator",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// An unrelated treaty changes no finding; nor does the order of instruments.
func TestUnrelatedTreaty(t *testing.T) {
	for _, name := range courseFiles(t) {
		text := read(t, name)
		unrelated := "instrument FAR \"Far away\" { kind treaty; signed 1930-01-01; in force 1930-01-01; party BRA, ARG, CHL from 1930-01-01\n" +
			"article 1 \"Help\" { when armed attack on P by A, P is party; then every other party owes P AID } }\n"
		want := told(t, text, nil)
		for _, with := range []string{unrelated + text, text + unrelated} {
			if got := told(t, with, nil); got != want {
				t.Errorf("%s: with an unrelated treaty\n%s\nwithout\n%s", name, got, want)
			}
		}
	}
}

// Renaming states renames them in every finding and changes nothing else.
func TestRenamedStates(t *testing.T) {
	ring := []string{"DNK", "SWE", "POL", "DEU", "FRA", "NOR", "ROU", "EST", "LVA", "FIN", "NLD"}
	next := func(s string) string { return ring[(slices.Index(ring, s)+1)%len(ring)] }
	code := regexp.MustCompile(`\b(` + strings.Join(ring, "|") + `)\b`)
	renamed := func(s string) string { return code.ReplaceAllStringFunc(s, next) }
	for _, name := range courseFiles(t) {
		text := read(t, name)
		want, got := told(t, text, renamed), told(t, renamed(text), nil)
		if got != want {
			t.Errorf("%s: renamed\n%s\nwant\n%s", name, got, want)
		}
	}
}

// What a state did not do leaves the findings on the others alone.
func TestAbstentionsChangeNothingElse(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	l := shippedCourse(t, "1914")
	co := *l.Case.Course
	co.Entries = slices.DeleteFunc(slices.Clone(co.Entries), func(e *model.Entry) bool { return e.Kind != model.Deed })
	k := *l.Case
	k.Course = &co
	deeds := law.JudgeCourse(l.Model, &k).Lines
	i := 0
	for _, line := range l.Lines {
		if line.Entry.Kind != model.Deed {
			continue
		}
		if judgedWords(deeds[i]) != judgedWords(line) {
			t.Errorf("%s: %s, without abstentions %s", line.Entry.Title, judgedWords(line), judgedWords(deeds[i]))
		}
		i++
	}
}

// What is done later changes no earlier finding, but that what was put off is
// only denied as long as nothing has come of it.
func TestLaterDeedsChangeNothingBefore(t *testing.T) {
	for _, name := range courseFiles(t) {
		m := load(t, name, read(t, name))
		whole := law.JudgeCourse(m, m.Cases[0]).Lines
		for n := range whole {
			if n == 0 {
				continue
			}
			k, co := *m.Cases[0], *m.Cases[0].Course
			co.Entries = co.Entries[:n]
			k.Course = &co
			for i, line := range law.JudgeCourse(m, &k).Lines {
				want := judgedWords(whole[i])
				if whole[i].Finding == law.FoundDeferred && line.Finding == law.FoundDenied {
					want = judgedWords(line)
				}
				if judgedWords(line) != want {
					t.Errorf("%s, %d entries: %s is %s, in the whole course %s", name, n, line.Entry.Title, judgedWords(line), want)
				}
			}
		}
	}
}

func courseFiles(t *testing.T) []string {
	files, err := filepath.Glob("testdata/course/*.casus")
	if err != nil || len(files) == 0 {
		t.Fatal("no courses", err)
	}
	return files
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// told is all that is found of a course, without places in files. Lists of open
// duties are in the order of the catalogue, which a name does not change.
func told(t *testing.T, text string, as func(string) string) string {
	t.Helper()
	m := load(t, "c.casus", text)
	l := law.JudgeCourse(m, m.Cases[0])
	var b strings.Builder
	for _, line := range l.Lines {
		fmt.Fprintln(&b, line.Entry.Title, judgedWords(line), line.Reason, line.Trigger)
	}
	wars := func(what string, xs []law.Entrance) {
		all := make([]string, len(xs))
		for i, x := range xs {
			all[i] = what + " " + war(x) + " " + x.Why
		}
		if as != nil {
			for i := range all {
				all[i] = as(all[i])
			}
		}
		slices.Sort(all)
		fmt.Fprintln(&b, strings.Join(all, "\n"))
	}
	out := b.String()
	if as != nil {
		out = as(out)
	}
	b.Reset()
	wars("alone", l.Alone.Bound)
	wars("may", l.Alone.May)
	wars("open", l.Alone.Open)
	for _, s := range l.Stages {
		wars(s.Line.Entry.Title, slices.Concat(s.Before, s.Made))
	}
	return out + b.String()
}

// In 1914 no treaty demanded a war of anybody after the first deed. In 1939 two
// states were bound, and France owed help of its own choosing. The whole war
// is many times that.
func TestTreatiesAloneDoNotMakeTheWar(t *testing.T) {
	for _, c := range []struct {
		name             string
		bound, may, open []string
		states           int // in the war as it was, beside the first two
	}{
		{"1914", nil, nil, []string{"GRC on AUH for SRB by GR_SR1913.1"}, 14},
		{"1939", []string{"ITA on POL for DEU by STEEL1939.3", "GBR on DEU for POL by UK_PL1939.1", "ITA on GBR for DEU by STEEL1939.3"},
			[]string{"FRA on DEU for POL by FR_PL1921.3"}, []string{"FRA on DEU for POL by FR_PL1925.1", "ROU on DEU for POL by PL_RO1926.1", "ROU on DEU for POL by PL_RO1926.2"}, 7},
	} {
		l := shippedCourse(t, c.name)
		for _, part := range []struct {
			what string
			got  []law.Entrance
			want []string
		}{{"bound", l.Alone.Bound, c.bound}, {"may", l.Alone.May, c.may}, {"open", l.Alone.Open, c.open}} {
			var got []string
			for _, x := range part.got {
				got = append(got, war(x))
			}
			if !slices.Equal(got, part.want) {
				t.Errorf("%s, %s: %q, want %q", c.name, part.what, got, part.want)
			}
		}
		joined := map[string]bool{}
		for _, s := range l.Stages {
			if l.Model.IsKind(s.Line.Entry.Event.Kind, "opening of war") {
				joined[s.Line.Entry.Event.By], joined[s.Line.Entry.Event.On] = true, true
			}
		}
		delete(joined, l.Stages[0].Line.Entry.Event.By)
		delete(joined, l.Stages[0].Line.Entry.Event.On)
		if len(joined) != c.states {
			t.Errorf("%s: %d states joined, want %d", c.name, len(joined), c.states)
		}
	}
}

// The choices of 1914 bind who they bind: Germany's war on Russia makes France
// owe Russia a war, and no other deed of the whole course makes military help
// due. The other bonds are pacts made in the war, in order to enter it.
func TestChoicesBind(t *testing.T) {
	var got []string
	for _, s := range shippedCourse(t, "1914").Stages {
		for _, x := range s.Before {
			got = append(got, "by "+s.Line.Entry.Event.Date.String()+": "+war(x))
		}
		for _, x := range s.Made {
			got = append(got, s.Line.Entry.Title+": "+war(x))
		}
	}
	want := []string{
		"Germany declares war on Russia: FRA on DEU for RUS by FR_RU.1",
		"by 1914-08-02: TUR on RUS for DEU by DE_OT1914.2",
		"by 1915-05-23: ITA on DEU for RUS by LONDON1915.2",
		"by 1915-05-23: ITA on TUR for RUS by LONDON1915.2",
		"by 1915-05-23: ITA on AUH for RUS by LONDON1915.2",
		"by 1915-10-14: BGR on SRB for DEU by BG1915.1",
		"by 1916-08-27: ROU on AUH for RUS by BUCHAREST1916.1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// recordRow is a row of the historians' record of 1914 and 1939.
type recordRow struct{ name, date, actors, target, claimed, status, finding string }

// wholeRecord reads the record, or skips where it is not beside the project.
func wholeRecord(t *testing.T) []recordRow {
	f, err := os.Open("../../shared/facts/facts_war_chains_1914_1939.csv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the record of 1914 and 1939 is not beside the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 43 {
		t.Fatal(len(rows), err)
	}
	var out []recordRow
	for _, r := range rows[1:] {
		out = append(out, recordRow{r[0], r[1], r[2], r[3], r[5], r[7], r[8]})
	}
	return out
}

// codes of the states that the record names.
var codes = map[string]string{
	"Australia": "AUS", "Austria-Hungary": "AUH", "Belgium": "BEL", "Bulgaria": "BGR", "Canada": "CAN", "France": "FRA", "Germany": "DEU", "Greece": "GRC",
	"Italy": "ITA", "Japan": "JPN", "Luxembourg": "LUX", "Montenegro": "MNE", "New Zealand": "NZL", "Ottoman Empire": "TUR", "Poland": "POL", "Portugal": "PRT",
	"Romania": "ROU", "Russia": "RUS", "Serbia": "SRB", "South Africa": "ZAF", "USSR": "RUS", "United Kingdom": "GBR", "United States": "USA",
}

// Every row of the record is an entry of the course, of the same day, actor and
// target, that cites the articles it cites; and what casus finds agrees with the
// status of the row, but for what the case says. Rows without a status are not
// compared.
func TestCoursesAgainstTheRecord(t *testing.T) {
	ledgers := map[string]*law.Ledger{"1914": shippedCourse(t, "1914"), "1939": shippedCourse(t, "1939")}
	rows := map[law.Agreement]int{}
	var apart []string
	for _, r := range wholeRecord(t) {
		as := law.Silent
		for _, actor := range strings.Split(r.actors, ", ") {
			line := r.entry(ledgers[r.name], codes[actor])
			if line == nil {
				if !noted(ledgers[r.name], actor, r) {
					t.Errorf("%s %s: %s has no entry", r.date, actor, r.target)
				}
				continue
			}
			r.cites(t, ledgers[r.name].Model, line)
			if got := plain(line.Entry.Found); got != r.status {
				t.Errorf("%s %s: the record says %q, the case %q", r.date, line.Entry.Title, r.status, line.Entry.Found)
			}
			if as = r.compare(line); as == law.Mismatch {
				t.Errorf("%s %s: the record says %q, casus finds %s", r.date, line.Entry.Title, r.status, judgedWords(*line))
			}
		}
		rows[as]++
		if as == law.Differs {
			apart = append(apart, r.date+" "+r.actors+" on "+r.target)
		}
	}
	t.Logf("of 42 rows %d agree, %d differ as the cases say, %d have no status", rows[law.Same], rows[law.Differs], rows[law.Silent])
	want := []string{
		"1914-08-06 Austria-Hungary on Russia",                // late: nothing was due
		"1914-11-05 United Kingdom, France on Ottoman Empire", // honoured: the pact asks for no war
		"1939-09-06 Romania on ",                              // not owed: the text of 1926 names no frontier
	}
	if !slices.Equal(apart, want) {
		t.Errorf("apart from the record: %q, want %q", apart, want)
	}
}

// plain is a word of a case without what it adds to the record's.
func plain(found string) string {
	for _, more := range []string{" as not owed", " as contested", " though owed"} {
		found = strings.TrimSuffix(found, more)
	}
	return found
}

// compare holds what casus finds against the status of a row.
func (r recordRow) compare(l *law.Line) law.Agreement {
	switch {
	case r.status == "":
		return law.Silent
	case slices.ContainsFunc(law.Agrees(r.status), func(f law.Finding) bool { return slices.Contains(l.Found(), f) }):
		return law.Same
	case l.Agreement == law.Differs:
		return law.Differs
	}
	return law.Mismatch
}

// entry is the line of a course that a row speaks of: against its target, or for
// the sake of it.
func (r recordRow) entry(l *law.Ledger, actor string) *law.Line {
	for i := range l.Lines {
		e := l.Lines[i].Entry
		if e.Event.By == actor && (r.target == "" || e.Event.On == codes[r.target] || slices.Contains(e.Toward, codes[r.target])) && r.on(e.Event.Date.String()) {
			return &l.Lines[i]
		}
	}
	return nil
}

// on reports whether a day is the row's: a day, a month, or a span such as
// 1914-07-30..08-01.
func (r recordRow) on(day string) bool {
	from, until, span := strings.Cut(r.date, "..")
	if !span {
		return strings.HasPrefix(day, from)
	}
	return from <= day && day <= from[:len(from)-len(until)]+until
}

// address finds the articles that a row names.
var address = regexp.MustCompile(`\b[A-Z][A-Z_0-9]+\.[A-Z]?[0-9]+\b`)

// cites checks that the entry names the articles that the row names.
func (r recordRow) cites(t *testing.T, m *model.Model, l *law.Line) {
	for _, a := range address.FindAllString(r.claimed, -1) {
		breach := strings.HasPrefix(r.claimed, "breach of")
		if breach && slices.Contains(l.Articles, a+"_breach") || slices.Contains(l.Entry.Claimed, a) {
			continue
		}
		t.Errorf("%s %s: the record names %s, the entry %v and %v", r.date, l.Entry.Title, a, l.Entry.Claimed, l.Articles)
	}
}

// noted reports whether a state that was no member of the state system stands
// in the note of another's entry of the same row.
func noted(l *law.Ledger, actor string, r recordRow) bool {
	return slices.ContainsFunc(l.Lines, func(x law.Line) bool {
		return r.on(x.Entry.Event.Date.String()) && strings.Contains(strings.Join(x.Entry.Notes, " "), actor)
	})
}

// BenchmarkJudgeCourse judges the course of 1914.
func BenchmarkJudgeCourse(b *testing.B) {
	l := shippedCourse(b, "1914")
	for b.Loop() {
		law.JudgeCourse(l.Model, l.Case)
	}
}
