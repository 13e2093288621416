package data

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// Codes of a state through the years. A column is a day, a cell the code on it,
// "-" no code. Every code that is drawn resolves back to the state.
func TestCodesThroughTheYears(t *testing.T) {
	s := catalogue(t)
	for id, drawing := range map[string]string{
		// Prussia, the Reich, occupation, the Federal Republic, unity.
		"DEU": `
		         1820-01-01 1914-08-01 1945-05-08 1945-05-09 1950-01-01 1955-05-05 1990-10-02 1990-10-03 2016-12-31
		cow      255        255        255        -          -          260        260        255        255
		gw       255        255        -          -          260        260        260        260        260
		gwabb    GMY        GMY        -          -          GFR        GFR        GFR        GFR        GFR
		iso3     -          -          -          -          -          -          DEU        DEU        DEU
		name     Prussia    Germany    Germany    Germany    West_Germany West_Germany West_Germany Germany Germany`,
		// One COW number; three ISO codes; GW gives Serbia and Yugoslavia one each.
		"SRB": `
		         1900-01-01 1920-01-01 1942-01-01 1975-01-01 2003-07-22 2003-07-23 2006-06-04 2006-06-05
		cow      345        345        -          345        345        345        345        345
		gw       340        345        345        345        345        345        345        340
		iso3     -          -          -          YUG        YUG        SCG        SCG        SRB`,
		// ISO's VNM was South Vietnam before it was Vietnam.
		"RVN": `
		         1954-06-03 1954-06-04 1975-04-30 1975-05-01
		cow      -          817        817        -
		gw       817        817        817        -
		iso3     -          -          VNM        -`,
		"VNM": `
		         1975-04-30 1976-12-31 1977-01-01
		cow      816        816        816
		iso3     VDR        VDR        VNM
		name     North_Vietnam Vietnam Vietnam`,
		"YEM": `
		         1990-05-21 1990-05-22
		cow      678        679
		gw       678        678
		cowabb   YAR        YEM`,
		"RUS": `
		         1914-08-01 1991-12-25 1991-12-26
		cow      365        365        365
		iso3     -          SUN        RUS
		name     Russia     Soviet_Union Russia`,
		"TUR": `
		         1914-08-01 1952-02-18
		cow      640        640
		name     Ottoman_Empire Turkey`,
		// The number 970 is one state in COW and another in GW.
		"NRU": `
		         2000-01-01
		cow      970
		gw       971`,
		"KIR": `
		         2000-01-01
		cow      946
		gw       970`,
	} {
		lines := strings.Split(strings.TrimSpace(drawing), "\n")
		days := strings.Fields(lines[0])
		for _, line := range lines[1:] {
			cells := strings.Fields(line)
			for i, day := range days {
				checkCode(t, s, id, cells[0], must(t, day), strings.ReplaceAll(cells[i+1], "_", " "))
			}
		}
	}
}

func checkCode(t *testing.T, s *States, id, scheme string, on Day, want string) {
	t.Helper()
	got, err := s.Code(id, scheme, on)
	if err != nil {
		got = "-"
	}
	if got != want {
		t.Errorf("%s %s on %s is %q, want %q (%v)", id, scheme, on, got, want, err)
	}
	if want == "-" {
		return
	}
	if back, err := s.Resolve(scheme, want, on); back != id {
		t.Errorf("%s %s on %s is %s, want %s (%v)", scheme, want, on, back, id, err)
	}
}

// Who was a member: a column is a year's first day, # in, . out.
func TestMembershipHasGaps(t *testing.T) {
	s := catalogue(t)
	days := []string{"1815-01-01", "1830-01-01", "1914-08-01", "1920-01-01", "1935-01-01", "1940-06-20", "1943-01-01", "1950-01-01", "1960-01-01", "1992-01-01", "2016-01-01", "2026-01-01"}
	for id, want := range map[string]string{
		"GBR": ".###########",
		"HTI": "..#.########", // occupied 1915 to 1934
		"FRA": ".#####.#####",
		"POL": "...##..#####",
		"EST": "...##....###",
		"AUH": ".##.........",
		"AUT": "...##...####",
		"DDR": "........#...",
		"DEU": ".######.####",
		"UKR": ".........###",
		"XXX": "............",
	} {
		got := ""
		for _, day := range days {
			if s.Member(id, must(t, day)) {
				got += "#"
			} else {
				got += "."
			}
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", id, got, want)
		}
	}
	// Microstates are in GW's numbers, not in its list of members.
	on := must(t, "1900-01-01")
	if _, err := s.Code("MCO", GW, on); err != nil || s.In(GWMember, "MCO", on) {
		t.Errorf("Monaco 1900: %v, member %v", err, s.In(GWMember, "MCO", on))
	}
}

// A lookup that fails says what is known around the day.
func TestLookupErrors(t *testing.T) {
	s := catalogue(t)
	resolve := func(scheme, code, on string) string {
		id, err := s.Resolve(scheme, code, must(t, on))
		return fmt.Sprint(id, err)
	}
	code := func(id, scheme, on string) string {
		c, err := s.Code(id, scheme, must(t, on))
		return fmt.Sprint(c, err)
	}
	for _, c := range [][2]string{
		{resolve("cow", "255", "1950-01-01"), `cow "255" is no state on 1950-01-01; DEU (Germany) until 1945-05-08; DEU (Germany) from 1990-10-03`},
		{resolve("iso3", "VNM", "1976-01-01"), `iso3 "VNM" is no state on 1976-01-01; RVN (South Vietnam) until 1975-04-30; VNM (Vietnam) from 1977-01-01`},
		{resolve("cow", "365", "2026-02-01"), `2026-02-01 is outside what cow covers (1816-01-01 to 2016-12-31, Correlates of War Project 2017, State System Membership v2016); RUS (Russia) until 2016-12-31`},
		{resolve("iso3", "FRA", "1914-08-01"), `1914-08-01 is outside what iso3 covers (since 1974-01-01, ISO 3166 country codes alpha-3); FRA (France) from 1974-01-01`},
		{resolve("cow", "999", "1950-01-01"), `no cow code "999" on any day`},
		{resolve("cwo", "2", "1950-01-01"), `no scheme "cwo" (there are alias, cow, cowabb, gw, gwabb, gwmember, iso3, member, name)`},
		{resolve("member", "", "1950-01-01"), `scheme member has no codes`},
		{code("POL", "cow", "1943-01-01"), `POL has no cow code on 1943-01-01; 290 until 1939-09-27; 290 from 1945-06-28`},
		{code("ABK", "cow", "2010-01-01"), `ABK has no cow code on any day`},
		{code("FRN", "cow", "1950-01-01"), `no state "FRN" (did you mean FRA?)`},
	} {
		same(t, c[0], c[1])
	}
	var e *NotOnDay
	_, err := s.Resolve(COW, "365", must(t, "2026-02-01"))
	if !errors.As(err, &e) || !e.Outside || e.Before == nil || e.Before.ID != "RUS" {
		t.Errorf("outside the coverage: %+v", e)
	}
	day, moved := s.Clamp(COW, must(t, "2026-02-01"))
	if id, err := s.Resolve(COW, "0365", day); !moved || id != "RUS" || err != nil {
		t.Errorf("on the last day covered: %v %s %v", moved, id, err)
	}
}

func TestSuggest(t *testing.T) {
	s := catalogue(t)
	for word, want := range map[string]string{
		"UKG": "GBR", "yug": "SRB", "Prussia": "DEU", "Rusia": "RUS", "Germny": "DEU", "Ukriane": "UKR", "soviet union": "RUS",
		"Yugoslavai": "SRB", "AUS": "AUS AUT", "UKX": "UKR XKX", "": "", "Q": "", "Atlantis": "", strings.Repeat("x", 1<<20): "",
	} {
		if got := strings.Join(s.Suggest(word), " "); got != want {
			t.Errorf("Suggest(%.20q) = %s, want %s", word, got, want)
		}
	}
}

// A table with mistakes: each stands on its line, the rest is read.
func TestReadStatesGoesOn(t *testing.T) {
	file := strings.TrimSpace(`
id,name,scheme,code,from,until,source
*,Numbers,cow,,1816-01-01,2016-12-31,x
AAA,Aland,name,,1900-01-01,,x
AAA,Aland,cow,1,1900-01-01,1950-02-30,x
aaa,Aland,cow,1,1900-01-01,,x
AAA,Aland,cow,1,1950-01-01,1900-01-01,x
AAA,Aland,cow,1,1900,,x
AAA,Aland,cow,,1900-01-01,,x
AAA,Aland,member,1,1900-01-01,,x
AAA,,cow,1,1900-01-01,,x
AAA,Aland,cow,1,1900-01-01,1949-12-31,x
AAA,Aland,cow,2,1949-12-31,,x
BBB,Bland,name,,1900-01-01,,x
BBB,Bland,cow,001,1940-01-01,,x
BBB,Bland,cwo,3,1940-01-01,,x
*,Numbers again,cow,,1816-01-01,2016-12-31,x`)
	s, problems := ReadStates("s.csv", strings.NewReader(file))
	var said []string
	for _, p := range problems {
		said = append(said, p.Error())
	}
	same(t, strings.Join(said, "\n"), strings.Join([]string{
		`s.csv:4:28: date "1950-02-30" is impossible: 1950 has no 30 February; row left out`,
		`s.csv:5:1: id "aaa" is not three capital letters; row left out`,
		`s.csv:6:28: last day 1900-01-01 is before the first, 1950-01-01; row left out`,
		`s.csv:7:17: date "1900" needs a month and a day, as in 1900-01-01; row left out`,
		`s.csv:8:15: no code; row left out`,
		`s.csv:9:18: scheme "member" has no codes, yet here is "1"; row left out`,
		`s.csv:10:5: no name; row left out`,
		`s.csv:12:1: AAA cow "2" (since 1949-12-31) overlaps line 11, AAA "1" (1900-01-01 to 1949-12-31); row left out`,
		`s.csv:14:1: BBB cow "1" (since 1940-01-01) overlaps line 11, AAA "1" (1900-01-01 to 1949-12-31); row left out`,
		`s.csv:15:1: no row says what scheme "cwo" covers (id *); taken to cover all time`,
		`s.csv:16:17: second row for what "cow" covers; row left out`,
	}, "\n"))
	same(t, fmt.Sprint(s.All()[0].Spells[0].Span, len(s.All())), "1900-01-01 to 1949-12-31 2")
}

// The order of the rows, line ends and a byte order mark change no answer.
func TestOrderOfRowsChangesNothing(t *testing.T) {
	text := string(catalogueText(t))
	want := answers(catalogue(t))
	head, rows, _ := strings.Cut(text, "\n")
	lines := strings.SplitAfter(strings.TrimSuffix(rows, "\n"), "\n")
	lines[len(lines)-1] += "\n"
	rng := rand.New(rand.NewPCG(0, 0))
	rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	shuffled := head + "\n" + strings.Join(lines, "")
	for name, text := range map[string]string{
		"shuffled": shuffled,
		"CRLF":     strings.ReplaceAll(text, "\n", "\r\n"),
		"mark":     "\ufeff" + text,
	} {
		s, problems := ReadStates(name, strings.NewReader(text))
		if len(problems) > 0 || answers(s) != want {
			t.Errorf("%s: answers differ (%v)", name, problems)
		}
	}
}

// A state that has nothing to do with the others changes no answer about them,
// and another id for a state changes that id in the answers and nothing else.
func TestStrangersAndNewIDs(t *testing.T) {
	text := string(catalogueText(t))
	want := answers(catalogue(t))
	more, problems := ReadStates("more", strings.NewReader(text+"ZZZ,Zedland,name,,1850-01-01,,x\nZZZ,Zedland,cow,9999,1850-01-01,,x\n"))
	var rest []string
	for _, line := range strings.Split(answers(more), "\n") {
		if !strings.HasPrefix(line, "ZZZ") {
			rest = append(rest, line)
		}
	}
	if len(problems) > 0 || strings.Join(rest, "\n") != want {
		t.Errorf("a stranger changes the answers (%v)", problems)
	}
	renamed, problems := ReadStates("renamed", strings.NewReader(strings.ReplaceAll(text, "\nDEU,", "\nDEX,")))
	if got := strings.ReplaceAll(answers(renamed), "DEX:", "DEU:"); len(problems) > 0 || got != want {
		t.Errorf("a new id changes the answers (%v)", problems)
	}
}

// answers is what a table says about every state on days through two centuries.
func answers(s *States) string {
	var b strings.Builder
	for _, st := range s.All() {
		for d := Day(662900); d < 740500; d += 4001 {
			fmt.Fprintf(&b, "%s: %d %s %v", st.ID, d, s.Name(st.ID, d), s.Member(st.ID, d))
			for _, scheme := range []string{ISO3, COW, GWAbb} {
				code, err := s.Code(st.ID, scheme, d)
				back, _ := s.Resolve(scheme, code, d)
				fmt.Fprint(&b, " ", code, err == nil && back == st.ID)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func TestNoStates(t *testing.T) {
	var s *States
	if s.All() != nil || s.Member("DEU", 1) || s.Name("DEU", 1) != "" || s.Suggest("DEU") != nil || s.Schemes() != nil {
		t.Error("no states answer something")
	}
	if _, err := s.Resolve(COW, "2", 1); err == nil {
		t.Error("no states resolve a code")
	}
}

func FuzzReadStates(f *testing.F) {
	head := "id,name,scheme,code,from,until,source\n"
	f.Add(head + "*,N,cow,,1816-01-01,2016-12-31,x\nAAA,A,cow,1,1900-01-01,,x\nBBB,B,cow,1,1950-01-01,,x\n")
	f.Add(head + "AAA,\"A,name,,1900-01-01,,x\nAAA,A,name,,1900-01-01,0001-01-01,x\n")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		s, problems := ReadStates("f", strings.NewReader(text))
		again, same := ReadStates("f", strings.NewReader(text))
		if !slices.Equal(problems, same) || answers(s) != answers(again) {
			t.Fatal("two readings differ")
		}
		for _, st := range s.All() {
			for i, sp := range st.Spells {
				if sp.Empty() || i > 0 && st.Spells[i-1].Scheme == sp.Scheme && st.Spells[i-1].Overlaps(sp.Span) {
					t.Fatalf("spell %+v", sp)
				}
			}
			s.Suggest(st.ID)
		}
	})
}

func catalogueText(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("../catalog/states.csv")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func catalogue(t testing.TB) *States {
	t.Helper()
	s, problems := ReadStates("states.csv", bytes.NewReader(catalogueText(t)))
	for _, p := range problems {
		t.Error(p)
	}
	return s
}
