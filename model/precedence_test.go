package model_test

import (
	"testing"

	"casus/catalog"
	"casus/lang/source"
)

// Which article says that one duty comes before another. FIRST speaks for the
// whole of itself, over treaties; MID.1 for itself alone, and gives way to one
// article of LAST; LAST.9 and MID.2 each claim to come first.
func TestPrevailing(t *testing.T) {
	text := `
instrument FIRST "First" { kind treaty; party FRA, GBR from 1990-01-01
  article 1 "Help" { when threat on P, P is party; then every other party owes P AID }
  article 9 "First of all" { prevails over every other treaty, agreement }
}
instrument MID "Middle" { kind treaty; party FRA, GBR from 1990-01-01
  article 1 "Help" { when threat on P, P is party; then every other party owes P AID; yields to LAST.1 }
  article 2 "Talk" { when threat on P, P is party; then every other party owes P CONSULT; prevails over LAST }
}
instrument LAST "Last" { kind declaration; party FRA, GBR from 1990-01-01
  article 1 "Help" { when threat on P, P is party; then every other party owes P AID }
  article 9 "Before the middle" { prevails over MID }
}
instrument COPY "Like the middle" like MID { kind declaration; party FRA, GBR from 1990-01-01 }
`
	m, problems := catalog.Files([]*source.File{source.New("x", []byte(text))})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range []struct{ over, under, by string }{
		{"FIRST.1", "MID.1", "FIRST.9"},
		{"FIRST.1", "LAST.1", ""}, // a declaration is none of the kinds named
		{"FIRST.1", "FIRST.9", ""},
		{"MID.1", "FIRST.1", ""},
		{"LAST.1", "MID.1", "LAST.9"}, // its own claim, before what the other concedes
		{"MID.2", "LAST.1", "MID.2"},
		{"LAST.1", "MID.2", "LAST.9"}, // both claim it
		{"MID.1", "LAST.1", ""},       // MID.2 speaks for itself alone
		{"LAST.1", "COPY.1", "COPY.1"},
		{"COPY.2", "LAST.9", "COPY.2"},
		{"LAST.9", "COPY.1", ""}, // COPY.1 gives way to LAST.1 alone
	} {
		by := ""
		if a := m.Prevailing(m.Article(c.over), m.Article(c.under)); a != nil {
			by = a.Address
		}
		if by != c.by {
			t.Errorf("%s over %s by %q, want %q", c.over, c.under, by, c.by)
		}
	}
}

// A duty is softened from its first day to the last before the end.
func TestQualifiedOn(t *testing.T) {
	m, problems := catalog.Files([]*source.File{source.New("x", []byte(`
instrument X "X" { kind treaty; signed 2000-01-02; in force 2000-01-03; party FRA, GBR from 1990-01-01
  article 1 "Help" { when threat on P, P is party; then every other party owes P AID
    qualify FRA "a while" from 2000-01-02 until 2000-01-03
    qualify GBR "always"
  }
}`))})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	x := m.Instrument("X")
	a, b := x.Articles[0].Qualified[0], x.Articles[0].Qualified[1]
	if a.On(x.Signed-1) || !a.On(x.Signed) || a.On(x.InForce) || !b.On(0) || !b.On(x.InForce) {
		t.Errorf("%+v %+v", a, b)
	}
}
