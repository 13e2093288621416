package claim

import (
	"strings"
	"testing"

	"casus/catalog"
	"casus/finding"
	"casus/lang/source"
	"casus/worlds/study"
)

// parley is a crisis in which dear terms are agreed to far less often than cheap
// ones, and fair ones as often as cheap: a war after an agreement is half as likely
// under dear terms, and over all plays it is likelier, since so few are agreed.
const parley = `
use NAT
view calm "Calm" { note "for the test" }
assume often "agreed, by terms" probability ~ uniform(0.3, 0.5) judgement "for the test"
assume idle  "nothing at all"   number ~ uniform(0, 1) judgement "for the test"
crisis parley "Terms" {
  role challenger
  role protege
  setting dear "on dear terms"
  setting fair "on fair terms"
  fact settled "terms are agreed"
  fact war "war" final
  precision 1
  discount  0.9
  each year {
    chance deal when not settled {
      agreed with if(dear, often / 10, if(fair, often * 0.9, often)) { set settled }
      refused otherwise
    }
    chance go {
      comes with if(settled, if(dear, 0.02, if(fair, 0.03, 0.04)), 0.2) { set war }
      passes otherwise
    }
  }
  measure agreed   "terms are agreed"      probability, higher is better, matters 2% = P(settled)
  measure war      "war"                   probability, lower is better = P(war)
  measure war_then "war after the terms"   probability, lower is better = P(war | settled)
  measure span     "years without war"     years, higher is better = years(not war)
}
option cheap  "Cheap terms"
option fair   "Fair terms" { set fair }
option dear   "Dear terms" { set dear }
case narva "Terms for Estonia" {
  question "Which terms?"
  date     2025-03-10
  crisis   parley
  role challenger = RUS
  role protege    = EST
  horizon  3
  option   cheap, fair, dear
  view     calm
}
`

// A reading says whether its measures are given something or count in any case, and
// of options that are compared in any case it is said when one hardly comes about.
func TestConditionIsSaid(t *testing.T) {
	for _, c := range []struct{ holds, condition, warns string }{
		{"war_then[dear] < war_then[cheap]", "given: terms are agreed", ""},
		{"war[dear] < war[cheap]", "in any case, whether or not: terms are agreed", "compares by war whether or not terms are agreed, and so by how likely that is, too: in 9.4\u00a0% under dear, in 68\u00a0% under cheap (calm); war_then tells what follows from it"},
		{"war[fair] < war[cheap]", "in any case, whether or not: terms are agreed", ""},
		{"war_then[dear] < war[cheap]", "war_then given: terms are agreed; war in any case", ""},
		{"agreed[dear] < agreed[cheap]", "", ""},
		{"span[dear] < span[cheap]", "", ""},
		{"war[dear] < 0.5 and war[cheap] < 0.5", "in any case, whether or not: terms are agreed", ""},
	} {
		m, problems := catalog.Files([]*source.File{source.New("parley.casus", []byte(parley+`claim C1 "x" { for "x"; against "y"; source M; judgement "for the test"; holds `+c.holds+` }`))})
		if errs := problems.Errors(); len(errs) > 0 {
			t.Fatal(errs)
		}
		k := m.Case("narva")
		r, err := study.Run(t.Context(), m, k, study.Plan{Worlds: 64}, nil)
		if err != nil {
			t.Fatal(err)
		}
		l, err := New(t.Context(), m, k, r, m.ClaimsOf(k))
		if err != nil {
			t.Fatal(err)
		}
		rd := l.Claims[0].Readings[0]
		said := ""
		for _, w := range rd.Warnings {
			if w.Kind == finding.AnyCase {
				said = w.Text
			}
		}
		if rd.Condition != c.condition || said != c.warns {
			t.Errorf("%s:\n  condition %q, warned of %q\n  expected  %q, %q", c.holds, rd.Condition, said, c.condition, c.warns)
		}
		if holds := rd.Views[0].Share == yes; strings.HasPrefix(c.holds, "war_then[dear] < war_then") && !holds || strings.HasPrefix(c.holds, "war[dear] < war[cheap]") && holds {
			t.Errorf("%s: holds %v; what follows and what comes in any case part here", c.holds, holds)
		}
	}
}
