package law_test

import (
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/law"
)

// A condition that stands alone is of members and parties on a day. An
// instrument has no parties before it is in force, and what needs an event is
// not known.
func TestHolds(t *testing.T) {
	for _, c := range []struct {
		condition, day string
		holds          law.Tri
		meets          string
	}{
		{"FIN is party(NAT)", "2023-04-03", law.No, ""},
		{"FIN is party(NAT)", "2023-04-04", law.Yes, ""},
		{"USA is party(NAT)", "1949-08-23", law.No, ""},
		{"USA is party(NAT)", "1949-08-24", law.Yes, ""},
		{"any(x in nordic: x is party(NAT))", "1949-08-23", law.No, ""},
		{"any(x in nordic: x is party(NAT))", "1949-08-24", law.Yes, "NOR DNK"},
		{"count(x in nordic: x is party(NAT)) >= 3", "2023-04-03", law.No, "NOR DNK"},
		{"count(x in nordic: x is party(NAT)) >= 3", "2023-04-04", law.Yes, "NOR DNK FIN"},
		{"place within europe", "2023-04-04", law.Unknown, ""},
		{"ceasefire or FIN is party(NAT)", "2023-04-04", law.Yes, ""},
		{"ceasefire and FIN is party(NAT)", "2023-04-04", law.Unknown, ""},
	} {
		m, problems := catalog.Files([]*source.File{source.New("x.casus", []byte(`use NAT
group nordic { member NOR, DNK, SWE, FIN from 1949-01-01 }
claim C1 "x" { for "x"; against "y"; recorded `+c.condition+" on "+c.day+" }\n"))})
		if errs := problems.Errors(); len(errs) > 0 {
			t.Fatal(errs)
		}
		r := m.Claims[0].Recorded[0]
		b := law.Compile(m, r.Day, nil)
		if v, meets := b.Holds(r.Cond), strings.Join(b.Meets(r.Cond), " "); v != c.holds || meets != c.meets {
			t.Errorf("%s on %s: %s, met by %q; want %s, %q", c.condition, c.day, v, meets, c.holds, c.meets)
		}
	}
}
