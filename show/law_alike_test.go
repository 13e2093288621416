package show

import (
	"strings"
	"testing"

	"casus/worlds/study"
)

// Many articles that ask the same of one state each stand in one line; fewer, and what
// is asked of several, stand alone.
func TestAlikeInLaw(t *testing.T) {
	owes := func(article string, debtors ...string) study.LegalLine {
		return study.LegalLine{Status: "owed", Article: article, Class: "CONSULT", Gloss: "consult together", Debtors: debtors, Caveats: []string{"in force assumed"}}
	}
	lines := []study.LegalLine{owes("BOTH.1", "GBR", "USA"), owes("UA_GBR.8", "GBR"), owes("UA_DEU.8", "DEU"), owes("UA_FRA.8", "FRA"), owes("UA_DNK.8", "DNK"), owes("UA_CAN.8", "CAN")}
	text := func(lines []study.LegalLine) string {
		set := newText(Layout{Width: 200})
		set.answers(lines)
		return set.out.String()
	}
	if got, want := text(lines), `    owed      BOTH.1 CONSULT (consult together) by GBR, USA [in force assumed]
    owed      CONSULT (consult together) by GBR, DEU, FRA, DNK, CAN [in force assumed], each by its own
              article (UA_GBR.8, UA_DEU.8 and 3 more)
`; got != want {
		t.Errorf("told as\n%s", got)
	}
	if got := text(lines[:4]); strings.Count(got, "\n") != 4 {
		t.Errorf("three alike are told as\n%s", got)
	}
}
