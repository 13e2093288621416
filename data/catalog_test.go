package data

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// The catalogue says of every spell of Correlates of War exactly what the
// dataset says, and nothing more.
func TestCatalogueIsCOW(t *testing.T) {
	rows := dataset(t, "../../shared/data/cow_states/states2016.csv")
	var numbers, abbs, members []string
	for _, r := range rows {
		span := fmt.Sprintf("%s %s %s", ymd(r, "styear", "stmonth", "stday"), ymd(r, "endyear", "endmonth", "endday"), r.Text("statenme"))
		numbers = append(numbers, r.Text("ccode")+" "+span)
		abbs = append(abbs, r.Text("stateabb")+" "+span)
		members = append(members, span)
	}
	s := catalogue(t)
	sameSet(t, COW, spellsOf(s, COW), numbers)
	sameSet(t, COWAbb, spellsOf(s, COWAbb), abbs)
	sameSet(t, Member, spellsOf(s, Member), members)
}

// The same for Gleditsch and Ward; only microstates are no members.
func TestCatalogueIsGW(t *testing.T) {
	rows := dataset(t, "../../shared/data/gw_states/isard_gw_system.csv")
	var numbers, abbs, members []string
	for _, r := range rows {
		span := fmt.Sprintf("%s %s %s", r.Text("start"), r.Text("end"), r.Text("gw_name"))
		numbers = append(numbers, r.Text("gwcode")+" "+span)
		abbs = append(abbs, r.Text("gw_abb")+" "+span)
		if r.Text("microstate") == "0" {
			members = append(members, span)
		}
	}
	s := catalogue(t)
	sameSet(t, GW, spellsOf(s, GW), numbers)
	sameSet(t, GWAbb, spellsOf(s, GWAbb), abbs)
	sameSet(t, GWMember, spellsOf(s, GWMember), members)
}

// The state-years of COW, a file of its own, are the years in which a
// spell has a day.
func TestMembersAreCOWsStateYears(t *testing.T) {
	rows := dataset(t, "../../shared/data/cow_states/system2016.csv")
	var want, got []string
	for _, r := range rows {
		want = append(want, r.Text("ccode")+" "+r.Text("year"))
	}
	for _, st := range catalogue(t).All() {
		for _, sp := range st.in(COW) {
			for y := sp.From.Year(); y <= min(sp.Until, must(t, "2016-12-31")).Year(); y++ {
				got = append(got, fmt.Sprint(sp.Code, " ", y))
			}
		}
	}
	slices.Sort(got)
	sameSet(t, "state-years", slices.Compact(got), want)
}

// Where a crosswalk made by others joins a COW and a GW number in a year, both
// are one state here.
func TestCrosswalkAgrees(t *testing.T) {
	rows := dataset(t, "../../shared/data/gw_states/isard_cw_gw_panel.csv")
	owner := map[string]string{}
	for _, st := range catalogue(t).All() {
		for _, sp := range st.Spells {
			owner[sp.Scheme+" "+sp.Code] = st.ID
		}
	}
	said := map[string]bool{}
	for _, r := range rows {
		gw, cow := r.Text("gwcode"), r.Text("ccode")
		a, b := owner["gw "+gw], owner["cow "+cow]
		if strings.Trim(gw+cow, "0123456789") == "" && gw != "" && cow != "" && a != b && !said[gw+" "+cow] {
			said[gw+" "+cow] = true
			t.Errorf("line %d: GW %s is %s, COW %s is %s", r.Line(), gw, a, cow, b)
		}
	}
}

// Every state has a name on each day it has a code, every id that has an ISO code
// today is that code, and every source is in the list of sources.
func TestCatalogueHoldsTogether(t *testing.T) {
	sources := map[string]bool{"memory": true}
	for _, r := range dataset(t, "../catalog/sources.csv") {
		if sources[r.Text("id")] {
			t.Errorf("second source %s", r.Text("id"))
		}
		sources[r.Text("id")] = true
	}
	s := catalogue(t)
	for _, st := range s.All() {
		names := st.in(Name)
		for i, sp := range names {
			if i > 0 && names[i-1].Until+1 != sp.From {
				t.Errorf("%s has no name before %s", st.ID, sp.From)
			}
		}
		for _, sp := range st.Spells {
			if source, _, _ := strings.Cut(sp.Source, " ("); !sources[source] {
				t.Errorf("%s line %d: no source %q", st.ID, sp.Line, sp.Source)
			}
			if sp.Scheme == Alias { // people had a name for the land before it was a state
				continue
			}
			if sp.From < names[0].From || sp.Until > names[len(names)-1].Until {
				t.Errorf("%s %s (%s) has days without a name", st.ID, sp.Scheme, sp.Span)
			}
			if sp.Scheme == ISO3 && sp.Open() && sp.Code != st.ID {
				t.Errorf("%s has the ISO code %s", st.ID, sp.Code)
			}
		}
	}
}

// The sources that the facts cite are all here, with their grades.
func TestSourcesOfTheFacts(t *testing.T) {
	grade := map[string]string{}
	for _, r := range dataset(t, "../catalog/sources.csv") {
		grade[r.Text("id")] = r.Text("grade")
	}
	for _, r := range dataset(t, "../../shared/facts/facts_sources.csv") {
		if g, ok := grade[r.Text("id")]; !ok || g != r.Text("grade") {
			t.Errorf("source %s has grade %q, want %q", r.Text("id"), g, r.Text("grade"))
		}
	}
}

// dataset reads a file that may not be on this machine.
func dataset(t *testing.T, path string) []Row {
	t.Helper()
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("%s is not here; the comparison with it is left out", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, problems := ReadCSV(path, f)
	for _, p := range problems {
		t.Error(p)
	}
	return table.Rows
}

func ymd(r Row, year, month, day string) string {
	return fmt.Sprintf("%04s-%02s-%02s", r.Text(year), r.Text(month), r.Text(day))
}

// spellsOf is every spell of a scheme as the datasets write it: a spell that is
// still open ends on the last day covered.
func spellsOf(s *States, scheme string) []string {
	end := s.coverage[scheme].Until
	var out []string
	for _, st := range s.All() {
		for _, sp := range st.in(scheme) {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", sp.Code, sp.From, min(sp.Until, end), sp.Name)))
		}
	}
	return out
}

func sameSet(t *testing.T, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	for _, g := range got {
		if _, ok := slices.BinarySearch(want, g); !ok {
			t.Errorf("%s: only in the catalogue: %s", what, g)
		}
	}
	for _, w := range want {
		if _, ok := slices.BinarySearch(got, w); !ok {
			t.Errorf("%s: only in the dataset: %s", what, w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d in the catalogue, %d in the dataset", what, len(got), len(want))
	}
}
