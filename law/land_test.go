package law_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// neighbours binds every state that held or may have held a place: what is owed of
// an attack on one's territory then tells what is known of whose it was.
func neighbours(m *model.Model) string {
	states := []string{"CHE"}
	for _, a := range m.Areas {
		for _, s := range heads(a) {
			if !slices.Contains(states, s) {
				states = append(states, s)
			}
		}
	}
	slices.Sort(states)
	return `instrument LAND "Whose land" {
  kind treaty; signed 1816-01-01; in force 1816-01-01
  party ` + strings.Join(states, ", ") + ` from 1816-01-01
  article 1 "A" {
    when armed attack on P, P is party, place within territory(P)
    then CHE owes P CONSULT
  }
}
`
}

// heads are the states that a place's own lines or its readings name.
func heads(a *model.Area) []string {
	var out []string
	up := make([]string, 0, len(a.In))
	for _, h := range a.In {
		up = append(up, h.In)
	}
	if a.Question != nil {
		for _, s := range a.Question.Readings {
			up = append(up, s.In...)
		}
	}
	for _, name := range up {
		if code := strings.TrimSuffix(name, ".home"); len(code) == 3 && strings.ToUpper(code) == code {
			out = append(out, code)
		}
	}
	return out
}

// holders are the states in whose land a place lay on a day by lines that say so of
// that day, in the slow way; known is false where some line leads on to land of
// which nothing is said, or where the place is contested on the day.
func holders(m *model.Model, place string, day data.Day) (out []string, known bool) {
	known = true
	ever, apart := false, false
	var up func(name string, depth int)
	up = func(name string, depth int) {
		code := strings.TrimSuffix(name, ".home")
		st, state := m.States.ByID(code)
		a := m.Areas[name]
		if depth > 20 {
			return
		}
		if a != nil && a.Question != nil && a.Question.On(day) {
			known = false
			return
		}
		if a != nil && !(state && m.States.Member(code, day)) {
			for i := range a.Apart {
				if p := &a.Apart[i]; p.On(day) { // in nobody's land; not known of those who have to do with it
					apart = true
					out = append(out, p.States()...)
					return
				}
			}
		}
		if state {
			ever = true
			if n := len(out); a != nil && !m.States.Member(code, day) {
				for _, h := range a.In {
					if h.On(day) {
						up(h.In, depth+1)
					}
				}
				if len(out) > n || !known || apart {
					return
				}
			}
			known = known && (m.States.Member(code, day) || slices.ContainsFunc(st.Spells, func(sp data.Spell) bool {
				return sp.Scheme == data.Name && sp.From <= day && (sp.Open() || day <= sp.Until)
			}))
			out = append(out, code)
			return
		}
		if a == nil {
			return
		}
		for _, h := range a.In {
			ever = ever || m.IsLand(h.In)
			if h.On(day) {
				up(h.In, depth+1)
			}
		}
		ever = ever || len(heads(a)) > 0
	}
	up(place, 0)
	return out, known && (len(out) > 0 || apart || !ever)
}

// An attack on a state's territory is said to be impossible at a place, and help
// against it not owed, only where the lines of the catalogue say of that very day
// that the place lay elsewhere.
func TestNoLandIsDeniedThatNobodyDated(t *testing.T) {
	plain, _ := catalog.Instruments()
	m, problems := catalog.Instruments(source.New("land.casus", []byte(neighbours(plain))))
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	var days []data.Day
	for year := 1820; year <= 2026; year += 31 {
		days = append(days, on(t, fmt.Sprintf("%d-%02d-%02d", year, 1+year%12, 1+year%28)))
	}
	denied := 0
	for _, day := range append(days, on(t, "1912-10-30"), on(t, "1919-01-01"), on(t, "1945-06-01")) {
		b := law.Compile(m, day, nil).Only("LAND")
		for name, a := range m.Areas {
			if m.IsLand(name) {
				continue
			}
			hosts, known := holders(m, name, day)
			for _, on := range append(heads(a), "FRA", "BRA", "RUS") {
				if !b.Party(on, "LAND") {
					continue
				}
				ev := law.Event{Kind: "armed attack", On: on, By: "CHL", Object: "territory", Place: name}
				no := len(b.Impossible(ev)) > 0
				for _, ans := range b.Answers(ev, false) {
					no = no || ans.Status == law.NotOwed
				}
				switch {
				case no && slices.Contains(hosts, on):
					t.Fatalf("%s on %s: denied to %s, and a line puts it there", name, day, on)
				case no && !known && !(a.Question != nil && a.Question.On(day) && !slices.Contains(heads(a), on)) && !contestedAbove(m, name, day):
					t.Fatalf("%s on %s: denied to %s, and no line says whose it was", name, day, on)
				case no:
					denied++
				}
			}
		}
	}
	if denied == 0 {
		t.Error("nothing was denied")
	}
}

// contestedAbove reports whether what holds a place is contested on a day: its
// readings then say who may be denied.
func contestedAbove(m *model.Model, place string, day data.Day) bool {
	return slices.ContainsFunc(m.Contests(place), func(q *model.Question) bool { return q.On(day) })
}

// Whose land places were, on days that readers of history will ask about: a state,
// "not known", or the readings.
func TestWhoseLand(t *testing.T) {
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	datadriven.RunTest(t, "testdata/whose_land.txt", func(t *testing.T, td *datadriven.TestData) string {
		var out strings.Builder
		for line := range strings.Lines(td.Input) {
			f := strings.Fields(line)
			out.WriteString(strings.Join(f, " ") + ": " + whose(m, f[0], on(t, f[1])) + "\n")
		}
		return out.String()
	})
}

func whose(m *model.Model, place string, day data.Day) string {
	if p := catalog.PlaceCalled(place); p.Place != "" {
		place = p.Place
	}
	var says []string
	for _, q := range m.Contests(place) {
		if q.On(day) {
			for _, s := range q.Readings {
				says = append(says, s.Name)
			}
		}
	}
	own := m.ApartOn(place, day)
	switch {
	case own != nil:
		return "apart: " + own.Words(func(s string) string { return s })
	case len(says) > 0:
		return "contested: " + strings.Join(says, ", ")
	case m.Unplaced(place, day) || m.Ownerless(place, day):
		return "not known"
	}
	return m.HostOf(place, day)
}

// No place is apart on a day on which something else that holds it says it is a
// state's, or apart in another way.
func TestNoPlaceIsApartAndAStates(t *testing.T) {
	m, _ := catalog.Instruments()
	for name, a := range m.Areas {
		for _, day := range m.Cuts(name) {
			if m.IsLand(name) && m.States.Member(strings.TrimSuffix(name, ".home"), day) {
				continue
			}
			var whose []string
			for i := range a.Apart {
				if p := &a.Apart[i]; p.On(day) {
					whose = append(whose, "apart "+p.Title)
				}
			}
			for _, h := range a.In {
				if !h.On(day) {
					continue
				}
				if p := m.ApartOn(h.In, day); p != nil {
					whose = append(whose, "apart "+p.Title)
				} else if host := m.HostOf(h.In, day); host != "" {
					whose = append(whose, host)
				}
			}
			apart := slices.ContainsFunc(whose, func(s string) bool { return strings.HasPrefix(s, "apart ") })
			if apart && len(whose) > 1 {
				t.Errorf("%s on %s: %s", name, day, strings.Join(whose, "; "))
			}
		}
	}
}

// A place in a state as old as the catalogue says since when it lay there; one in a
// younger state lay there since that state began, if nothing else is said.
func TestPlacesInOldStatesAreDated(t *testing.T) {
	m, _ := catalog.Instruments()
	begins := on(t, "1816-01-01")
	regions := []string{"bosporus", "dardanelles", "ottoman_asia", "russia_in_europe", "soviet_bessarabia", "sovereign_base_areas", "turkey_in_europe"}
	for name, a := range m.Areas {
		if m.IsLand(name) || slices.Contains(regions, name) {
			continue
		}
		for _, h := range a.In {
			st, state := m.States.ByID(strings.TrimSuffix(h.In, ".home"))
			if state && !h.HasFrom && slices.ContainsFunc(st.Spells, func(sp data.Spell) bool { return sp.Scheme == data.Name && sp.From <= begins }) {
				t.Errorf("%s: place %s lies in %s since no day that is said", a.Pos, name, h.In)
			}
		}
	}
}
