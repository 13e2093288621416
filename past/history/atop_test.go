package history_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/google/go-cmp/cmp"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/law"
	"casus/model"
	"casus/past/history"
)

var update = flag.Bool("update", false, "write what was found into the page")

// columns of the tables drawn in the tests: those that are read, and one that is
// not.
var columns = strings.Fields(`atopid member phase yrent moent dayent yrexit moexit dayexit ineffect asymm wartime
	defense offense neutral nonagg consul defcon offcon neucon concon
	defcoadv defcoloc defcocon defconum defcodem defconpr offcoadv offcoloc offcocon offconum offcodem
	neucoadv neucoloc neucocon neuconum neucodem neuconpr neucoatt concoadv concoloc concocon concoreq version`)

// table makes a table of lines such as
//
//	1005 200 1815-01-03 1815-02-08 defense defcoadv dayexit=-9
//
// alliance, member, entry, exit (open: in effect), the columns that are 1, and
// those that are something else.
func table(t testing.TB, lines string) string {
	var b strings.Builder
	fmt.Fprintln(&b, strings.Join(columns, ","))
	for line := range strings.Lines(lines) {
		fields := strings.Fields(line)
		if len(fields) < 4 {
			t.Fatalf("not a row: %q", line)
		}
		row := map[string]string{"atopid": fields[0], "member": fields[1], "version": "5.1", "ineffect": "0"}
		put := func(which, date string) {
			parts := strings.Split(date, "-")
			for i, c := range []string{"yr", "mo", "day"} {
				row[c+which] = "0"
				if i < len(parts) {
					row[c+which] = strings.TrimLeft(parts[i], "0")
				}
			}
		}
		put("ent", fields[2])
		if fields[3] == "open" {
			put("exit", "0000-0-0")
			row["yrexit"], row["moexit"], row["dayexit"], row["ineffect"] = "0", "0", "0", "1"
		} else {
			put("exit", fields[3])
		}
		for _, f := range fields[4:] {
			name, value, given := strings.Cut(f, "=")
			if !given {
				value = "1"
			}
			row[name] = value
			if p, _, ok := strings.Cut(name, "co"); ok && len(p) == 3 && value == "1" && p != "con" {
				row[p+"con"] = "1"
			}
		}
		for i, c := range columns {
			v, ok := row[c]
			if !ok {
				v = "0"
			}
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(v)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func read(text string) *history.ATOP {
	return history.ReadATOP("drawn.csv", strings.NewReader(text), catalog.States())
}

// body is the instruments, without the head that all tables share.
func body(a *history.ATOP) string {
	if i := strings.Index(a.Text, "\ninstrument "); i >= 0 {
		return a.Text[i+1:]
	}
	return ""
}

// Each drawing is a table and what becomes of it: the warnings, with the row and
// the column they are on; the instruments; who owes one way.
func TestDrawings(t *testing.T) {
	datadriven.RunTest(t, "testdata/atop.txt", func(t *testing.T, d *datadriven.TestData) string {
		text := table(t, d.Input)
		a := read(text)
		var out strings.Builder
		for _, p := range a.Problems {
			fmt.Fprintf(&out, "row %d, %s: %s\n", p.Line-1, columnAt(text, p), p.Msg)
		}
		if !d.HasArg("warnings") {
			out.WriteString(body(a))
			for _, o := range a.OneWay {
				fmt.Fprintf(&out, "one way: %s.%s %s owes %s from %s until %s\n", o.Instrument, o.Obligation, o.Debtor, o.Creditor, o.From, o.Until)
			}
		}
		fmt.Fprintf(&out, "%d rows: %d used, %d left out, %d dates, %d codes; %d instruments, %d articles\n",
			a.Rows, a.Used, a.LeftOut, a.Dates, a.Codes, a.Instruments, a.Articles)
		load(t, a)
		return out.String()
	})
}

func columnAt(text string, p data.Problem) string {
	line := strings.Split(text, "\n")[p.Line-1]
	return columns[strings.Count(line[:p.Col-1], ",")]
}

// load reads what was written as law; it may have no mistake and no warning.
func load(t testing.TB, a *history.ATOP) *model.Model {
	t.Helper()
	m, problems := catalog.Files([]*source.File{source.New("atop.casus", []byte(a.Text))})
	if len(problems) > 0 {
		t.Fatalf("what was written does not read: %v", problems)
	}
	return m
}

var lineNotes = regexp.MustCompile(`lines? [0-9][0-9, -]*`)

// The text that the page on data shows is what is written for its two rows.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```casus\n")
	shown, after, found := strings.Cut(rest, "```\n")
	want := read(table(t, `9001 200 1900-01-01 1910-06-01 defense consul
9001 220 1900-01-01 1910-06-01 defense defcoadv consul
`)).Text
	if *update && found {
		text := strings.Replace(string(page), shown+"```\n"+after, want+"```\n"+after, 1)
		if err := os.WriteFile("../../docs/data.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("docs/data.md shows another text:\n%s", diff)
	}
}

const mixed = `1000 200 1900-01-01 1910-06-01 defense consul
1000 220 1900-01-01 1905-01-01 defense consul defcoadv
1000 220 1905-01-01 1910-06-01 phase=2 defense
1000 365 1903-03-03 1910-06-01 defense asymm
1100 2 1950-01-01 open defense nonagg
1100 20 1950-01-01 1960 defense nonagg
1100 70 1955-01-01 open nonagg neutral neucoatt
1100 70 1955-05-01 open consul
1200 200 1900-01-01 1900-01-01 defense
1200 9999 1900-01-01 1901-01-01 defense
1300 93 1888-11-24 1889-01-01 defense consul=-9
1300 90 1888-11-24 1889-01-01 offense offcodem
`

// The order of the rows changes nothing but the lines that are named.
func TestOrderOfRows(t *testing.T) {
	want := read(table(t, mixed))
	rows := strings.Split(strings.TrimSpace(mixed), "\n")
	for seed := range uint64(20) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		got := read(table(t, strings.Join(rows, "\n")+"\n"))
		if diff := cmp.Diff(lineNotes.ReplaceAllString(want.Text, "L"), lineNotes.ReplaceAllString(got.Text, "L")); diff != "" {
			t.Fatalf("another order (seed %d) writes another text:\n%s", seed, diff)
		}
		if got.Counts != want.Counts || len(got.Problems) != len(want.Problems) || !slices.Equal(got.OneWay, want.OneWay) {
			t.Fatalf("another order counts %v with %d problems, not %v with %d", got.Counts, len(got.Problems), want.Counts, len(want.Problems))
		}
	}
}

// On the day a member leaves or joins, what changes is what it owes and is owed,
// and nothing else.
func TestOneDayOfMembership(t *testing.T) {
	a := read(table(t, strings.ReplaceAll(mixed, " asymm", "")))
	m := load(t, a)
	for _, c := range []struct{ day, changes string }{
		{"1903-03-03", "RUS"}, {"1955-01-01", "MEX"}, {"1960-01-01", "CAN"},
	} {
		day, err := data.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		before, after := without(pledges(m, day-1), c.changes), without(pledges(m, day), c.changes)
		if len(before) == 0 {
			t.Fatalf("%s: no pledge is left to compare", c.day)
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("%s changes more than %s:\n%s", c.day, c.changes, diff)
		}
		if len(pledges(m, day-1)) == len(pledges(m, day)) {
			t.Errorf("%s changes nothing", c.day)
		}
	}
}

func pledges(m *model.Model, day data.Day) []string {
	var out []string
	for _, p := range law.Compile(m, day, nil).Pledges(law.Standing{}) {
		out = append(out, p.Article.Instrument.ID+"."+obligationOf(p.Article.Address)+" "+p.Debtor+" "+p.Creditor+" "+p.Binding.String())
	}
	return out
}

func without(list []string, state string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return strings.Contains(s, " "+state) })
}

// drawnRow is a row of a table made at random.
type drawnRow struct {
	alliance, phase int
	id              string
	from, until     data.Day
	on              map[string][]string // by obligation, its conditions as facts
}

var randomStates = map[string]string{"200": "GBR", "220": "FRA", "365": "RUS", "300": "AUH", "325": "ITA"}

var randomDuties = []struct{ column, name, facts string }{
	{"defense", "defense", "defcoadv=adversary_named defcoloc=location_named defconpr=not-provoked"},
	{"offense", "offense", "offcodem=demands_refused"},
	{"neutral", "neutrality", "neucocon=conflict_named"},
	{"nonagg", "nonaggression", ""},
	{"consul", "consultation", "concoreq=requested"},
}

// randomTable makes rows of members that come, go and change phase; a member is
// once in each phase.
func randomTable(r *rand.Rand, alliances int) ([]drawnRow, string) {
	var rows []drawnRow
	var lines strings.Builder
	first, _ := data.Date(1900, 1, 1)
	for a := range alliances {
		for phase := 1; phase <= 1+r.IntN(3); phase++ {
			for _, cow := range []string{"200", "220", "365", "300", "325"} {
				if r.IntN(3) == 0 {
					continue
				}
				row := drawnRow{alliance: 1000 + a, phase: phase, id: randomStates[cow], on: map[string][]string{}}
				row.from = first + data.Day(100*r.IntN(8))
				row.until = row.from + data.Day(100*(1+r.IntN(8)))
				fmt.Fprintf(&lines, "%d %s %s %s phase=%d", row.alliance, cow, row.from, row.until, phase)
				for _, d := range randomDuties {
					if r.IntN(2) == 0 {
						continue
					}
					fmt.Fprintf(&lines, " %s", d.column)
					row.on[d.name] = []string{}
					for _, f := range strings.Fields(d.facts) {
						if r.IntN(3) == 0 {
							column, fact, _ := strings.Cut(f, "=")
							fmt.Fprintf(&lines, " %s", column)
							row.on[d.name] = append(row.on[d.name], strings.ReplaceAll(fact, "-", " "))
						}
					}
				}
				lines.WriteByte('\n')
				rows = append(rows, row)
			}
		}
	}
	return rows, lines.String()
}

// What is owed on a day is what the rows of the day say, by the definition: a
// member whose row has the obligation owes it each other member in the same
// phase, on the conditions of its own row.
func TestRowsByDefinition(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	owed := 0
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 7))
		rows, lines := randomTable(r, 30)
		a := read(table(t, lines))
		if a.Used != len(rows) {
			t.Fatalf("seed %d: %d rows used of %d: %v", seed, a.Used, len(rows), a.Problems)
		}
		m := load(t, a)
		for range 12 {
			d := rows[0].from - 50 + data.Day(50*r.IntN(40))
			want, got := map[string]string{}, map[string]string{}
			for _, x := range rows {
				for _, y := range rows {
					together := x.alliance == y.alliance && x.phase == y.phase && x.id != y.id
					if !together || d < max(x.from, y.from) || d >= min(x.until, y.until) {
						continue
					}
					for duty, facts := range x.on {
						if duty == "offense" {
							facts = append([]string{"offensive_case"}, facts...)
						}
						key := fmt.Sprintf("ATOP%d %s %s %s", x.alliance, duty, x.id, y.id)
						words := strings.Join(facts, "; ")
						if old, twice := want[key]; twice && (old == "" || len(old) < len(words) && words != "") {
							words = old // in two phases at once: compared only as owed
						}
						want[key] = words
					}
				}
			}
			for _, p := range law.Compile(m, d, nil).Pledges(law.Standing{}) {
				id, _, _ := strings.Cut(p.Article.Instrument.ID, "_")
				key := fmt.Sprintf("%s %s %s %s", id, obligationOf(p.Article.Address), p.Debtor, p.Creditor)
				words := strings.Join(p.Open, "; ")
				if old, twice := got[key]; twice && (old == "" || len(old) < len(words) && words != "") {
					words = old
				}
				got[key] = words
				if (p.Binding == law.Bound) != (len(p.Open) == 0) || p.Binding > law.Conditional {
					t.Errorf("seed %d, %s: %s is %s with %v", seed, d, key, p.Binding, p.Open)
				}
			}
			if diff := cmp.Diff(keysOf(want), keysOf(got)); diff != "" {
				t.Fatalf("seed %d, %s:\n%s\n%s", seed, d, diff, lines)
			}
			for key, words := range want {
				if owed++; got[key] != words {
					t.Errorf("seed %d, %s: %s turns on %q, want %q", seed, d, key, got[key], words)
				}
			}
		}
	}
	if owed < 1000 {
		t.Errorf("only %d obligations were compared", owed)
	}
}

func keysOf(m map[string]string) []string {
	return slices.Sorted(maps.Keys(m))
}

// A treaty of which the data end is open afterwards, and not ended.
func TestAfterTheCoverage(t *testing.T) {
	m := load(t, read(table(t, "1100 2 1950-01-01 open defense\n1100 20 1950-01-01 open defense\n")))
	for _, c := range []struct {
		day   string
		facts map[string]law.Tri
		want  law.Status
	}{
		{"2018-12-31", nil, law.Owed},
		{"2019-01-01", nil, law.Depends},
		{"2019-01-01", map[string]law.Tri{"still_in_force(ATOP1100)": law.Yes}, law.Owed},
		{"2019-01-01", map[string]law.Tri{"still_in_force": law.No}, law.Dormant},
		{"2019-01-01", map[string]law.Tri{"still_in_force": law.No, "still_in_force(ATOP1100)": law.Yes}, law.Owed},
	} {
		day, _ := data.ParseDay(c.day)
		answers := law.Compile(m, day, nil).Answers(law.Event{Kind: "armed attack", On: "CAN", Facts: c.facts}, false)
		i := slices.IndexFunc(answers, func(a law.Answer) bool { return a.Article.Address == "ATOP1100.defense" && a.Debtor == "USA" })
		if i < 0 || answers[i].Status != c.want {
			t.Errorf("%s with %v: %v, want %s", c.day, c.facts, answers, c.want)
		}
	}
}

const shared = "../../../shared/data/atop/"

// open opens a file of the shared data, or skips the test.
func open(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.FromSlash(shared + name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not here", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// Every row of the published table is used but one: code 8152 is no state of the
// Correlates of War.
func TestPublishedTable(t *testing.T) {
	a := history.ReadATOP("atop5_1m.csv", open(t, "atop5_1m.csv"), catalog.States())
	want := history.Counts{Rows: 2510, Used: 2509, LeftOut: 1, Dates: 36, Codes: 115, Alliances: 789, Instruments: 807, Articles: 1371}
	if a.Counts != want {
		t.Errorf("counts %+v, want %+v", a.Counts, want)
	}
	if a.Version != "5.1" || a.Coverage.String() != "2018-12-31" || len(a.OneWay) != 117 {
		t.Errorf("version %s to %s, %d one way", a.Version, a.Coverage, len(a.OneWay))
	}
	kinds := map[string]int{}
	for _, p := range a.Problems {
		if p.Line < 2 || p.Col < 1 {
			t.Errorf("%v has no place", p)
		}
		switch {
		case strings.Contains(p.Msg, "day is not known"):
			kinds["day"]++
		case strings.Contains(p.Msg, "taken for"):
			kinds["code"]++
		case strings.HasSuffix(p.Msg, "row left out"):
			kinds["left out"]++
		case strings.Contains(p.Msg, "only member"):
			kinds["alone"]++
		default:
			t.Errorf("unexpected: %v", p)
		}
	}
	if diff := cmp.Diff(map[string]int{"day": 36, "code": 115, "left out": 1, "alone": 1}, kinds); diff != "" {
		t.Errorf("warnings: %s", diff)
	}
	if len(load(t, a).Instruments) != want.Instruments {
		t.Error("not every instrument is read")
	}
}

// On a day on which memberships of the published table begin or end, and no
// phase, nothing changes between the others.
func TestDaysOfPublishedMemberships(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m := load(t, history.ReadATOP("atop5_1m.csv", open(t, "atop5_1m.csv"), catalog.States()))
	phases := map[data.Day]bool{}
	changing := map[data.Day][]string{}
	for _, in := range m.Instruments {
		for _, a := range in.Articles {
			phases[a.From], phases[a.Until] = true, true
		}
		for _, p := range in.Parties {
			changing[p.From] = append(changing[p.From], p.State)
			changing[p.Until] = append(changing[p.Until], p.State)
		}
	}
	var days []data.Day
	for d := range changing {
		if d != 0 && !phases[d] {
			days = append(days, d)
		}
	}
	slices.Sort(days)
	r := rand.New(rand.NewPCG(3, 4))
	for range 25 {
		d := days[r.IntN(len(days))]
		before, after := pledges(m, d-1), pledges(m, d)
		if slices.Equal(before, after) {
			continue // between members that owe each other nothing
		}
		for _, state := range changing[d] {
			before, after = without(before, state), without(after, state)
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("%s changes more than %v:\n%s", d, changing[d], diff)
		}
	}
}

// claim is one obligation of one year, whoever says so.
type claim struct {
	debtor, creditor string
	year             int
	obligation       string
}

// The directed dyad-years that ATOP itself publishes are those that the law of
// our instruments gives, but for what is counted here by its reason.
func TestAgainstPublishedDyads(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	a := history.ReadATOP("atop5_1m.csv", open(t, "atop5_1m.csv"), catalog.States())
	theirs := publishedDyads(t)
	m := load(t, a)
	tl := timeline(t, m, 1815, 2018)
	differ := map[string]int{}
	ours := map[claim]bool{}
	extra := map[claim]string{}
	for y := 1815; y <= 2018; y++ {
		for _, tie := range tl.Ties(year(y), false) {
			for _, address := range tie.Articles {
				c := claim{tie.Debtor, tie.Creditor, y, obligationOf(address)}
				ours[c] = true
				switch {
				case theirs[c]:
				case slices.Contains(tie.Conditions, "member_covered"):
					extra[c] = "ours alone: the row does not say toward whom"
				case phaseChanges(m, address, y):
					extra[c] = "ours alone: the phase changes in the year"
				default:
					extra[c] = "ours alone, and no reason is known: " + address
				}
			}
		}
	}
	for _, reason := range extra {
		differ[reason]++
	}
	exits := exitsOnNewYear(m)
	for c := range theirs {
		if !ours[c] {
			reason := "theirs alone, and no reason is known"
			if exits[c.year] {
				reason = "theirs alone: the exit is on 1 January, which is the first day out"
			}
			differ[reason]++
		}
	}
	t.Logf("%d claims of theirs, %d of ours; differences: %v", len(theirs), len(ours), differ)
	want := map[string]int{
		"ours alone: the row does not say toward whom":                       421,
		"ours alone: the phase changes in the year":                          15,
		"theirs alone: the exit is on 1 January, which is the first day out": 24,
	}
	if diff := cmp.Diff(want, differ); diff != "" || len(theirs) != 541503 {
		t.Errorf("differences:\n%s", diff)
	}
}

func obligationOf(address string) string {
	_, o, _ := strings.Cut(address, ".")
	o, _, _ = strings.Cut(o, "_")
	return o
}

// phaseChanges reports whether an article begins or ends within a year.
func phaseChanges(m *model.Model, address string, y int) bool {
	art := m.Article(address)
	return art.HasFrom && art.From.Year() == y || art.HasUntil && art.Until.Year() == y
}

// exitsOnNewYear are the years on whose first day some member leaves.
func exitsOnNewYear(m *model.Model) map[int]bool {
	out := map[int]bool{}
	for _, in := range m.Instruments {
		for _, p := range in.Parties {
			if p.HasUntil && p.Until.Month() == 1 && p.Until.DayOfMonth() == 1 {
				out[p.Until.Year()] = true
			}
		}
	}
	return out
}

func publishedDyads(t *testing.T) map[claim]bool {
	z, err := gzip.NewReader(open(t, "atop5_1ddyr_peacesciencer.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	tab, problems := data.ReadCSV("dyads", z)
	if len(problems) > 0 || len(tab.Rows) != 273296 {
		t.Fatal(len(tab.Rows), problems)
	}
	ids := map[string]string{}
	for _, st := range catalog.States().All() {
		for _, sp := range st.Spells {
			if sp.Scheme == data.COW {
				ids[sp.Code] = st.ID
			}
		}
	}
	out := map[claim]bool{}
	for _, r := range tab.Rows {
		y, err := strconv.Atoi(r.Text("year"))
		d, c := ids[r.Text("ccode1")], ids[r.Text("ccode2")]
		if err != nil || d == "" || c == "" {
			t.Fatalf("line %d: %s %s %s", r.Line(), r.Text("ccode1"), r.Text("ccode2"), r.Text("year"))
		}
		for column, o := range map[string]string{"atop_defense": "defense", "atop_offense": "offense", "atop_neutral": "neutrality", "atop_nonagg": "nonaggression", "atop_consul": "consultation"} {
			if r.Text(column) == "1" {
				out[claim{d, c, y, o}] = true
			}
		}
	}
	return out
}

func year(y int) data.Span {
	first, _ := data.Date(y, 1, 1)
	last, _ := data.Date(y, 12, 31)
	return data.Span{From: first, Until: last}
}

func timeline(t testing.TB, m *model.Model, from, to int) *law.Timeline {
	t.Helper()
	tl, err := law.NewTimeline(context.Background(), m, data.Span{From: year(from).From, Until: year(to).Until}, nil, law.Standing{})
	if err != nil {
		t.Fatal(err)
	}
	return tl
}

// No table makes the reader panic; every warning has a place; what it writes is
// law without a mistake.
func FuzzReadATOP(f *testing.F) {
	head := strings.Join(columns, ",") + "\n"
	f.Add([]byte(head))
	f.Add([]byte("atopid,member\n1,2\n"))
	f.Add([]byte(head + strings.Repeat("1,", len(columns)-1) + "5.1\n"))
	f.Add([]byte(table(f, mixed)))
	f.Add([]byte(head + "1005,200,0,1815,1,3,1815,2,8,0" + strings.Repeat(",1", len(columns)-11) + ",\"x\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		a := history.ReadATOP("a \"b\"\nc.csv", bytes.NewReader(text), catalog.States())
		for _, p := range a.Problems {
			if p.Line < 1 || p.Col < 1 || p.Msg == "" {
				t.Errorf("a warning without a place: %#v", p)
			}
		}
		if a.Used+a.LeftOut != a.Rows {
			t.Errorf("%d used and %d left out of %d", a.Used, a.LeftOut, a.Rows)
		}
		if a.Used > 0 {
			load(t, a)
		}
	})
}

// BenchmarkReadATOP reads the published table and writes its instruments.
func BenchmarkReadATOP(b *testing.B) {
	name := open(b, "atop5_1m.csv").Name()
	text, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	states := catalog.States()
	for b.Loop() {
		history.ReadATOP("atop5_1m.csv", bytes.NewReader(text), states)
	}
}

// BenchmarkLoadATOP parses and checks the instruments beside what ships.
func BenchmarkLoadATOP(b *testing.B) {
	a := history.ReadATOP("atop5_1m.csv", open(b, "atop5_1m.csv"), catalog.States())
	for b.Loop() {
		catalog.Instruments(source.New("atop.casus", []byte(a.Text)))
	}
}

// BenchmarkMatrix makes the matrix of every year from 1815 to 2018, of every
// duty.
func BenchmarkMatrix(b *testing.B) {
	a := history.ReadATOP("atop5_1m.csv", open(b, "atop5_1m.csv"), catalog.States())
	m := load(b, a)
	rows := 0
	for b.Loop() {
		tl := timeline(b, m, 1815, 2018)
		rows = 0
		for y := 1815; y <= 2018; y++ {
			rows += len(tl.Ties(year(y), false))
		}
	}
	b.ReportMetric(float64(rows), "rows")
}
