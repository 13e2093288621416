package show

import (
	"strings"

	"casus/claim"
	"casus/worlds/discovery"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// What follows gives other pages the words that stand in the tables of this room.

// ShareWords is in what share of the worlds of a view a reading of a claim holds:
// 83 % [80–86]. It ends in ≈ where the two sides hardly differ in most of them, and
// in ! where it is undefined in some.
func ShareWords(s claim.Share) string { return shareShown(s) }

// DecidedBy says what decides a reading under a view; empty where nothing is shown
// to.
func DecidedBy(s claim.Share) string {
	switch {
	case s.Decider != nil:
		return deciding(s.Decider)
	case s.Why != "" && s.Worlds > 0:
		return "decided by: " + s.Why
	}
	return ""
}

// FlipWords say at what change of one assumption a reading turns round; empty where
// that was not looked for.
func FlipWords(s claim.Share) string {
	if s.Flip == nil {
		return ""
	}
	return flipping(s.Flip)
}

// SettledBy names what settles a reading that needs no worlds.
func SettledBy(r claim.Reading) string { return settledBy(r.Kind) }

// PastRows are the rates of a record of the past: the name, how often it happened,
// its interval, and what each view implies, in the words of the table of Past.
func PastRows(p *inquiry.Past) (heads []string, rows [][]string) {
	t := &past{newText(Layout{}), p}
	for _, k := range p.Cases {
		for i := 0; i < len(k.Checks); i += len(p.Views) {
			rows = append(rows, t.row(k.Checks[i:min(i+len(p.Views), len(k.Checks))]))
		}
	}
	return append([]string{"record", "happened", "95 %"}, p.Views...), rows
}

// RecordWords say what a record counts and what it rests on.
func RecordWords(x study.Recorded) string { return recordWords(x) }

// PercentOf is a share in percent, with its sign.
func PercentOf(x float64) string { return percent(x) }

// LimitWords is the range of a limit of a box.
func LimitWords(l discovery.Limit) string { return limit(l) }

// Played is one step of a crisis under an option: how often each view comes to it,
// and the shares of its choices.
type Played struct {
	Step    string
	Asked   []string // by view
	Choices []PlayedChoice
}

// PlayedChoice is a choice with its share under each view.
type PlayedChoice struct {
	Choice string
	Shares []string
}

// PlayedUnder are the steps that are come to under an option, in the order of play,
// and the names of those that never are.
func PlayedUnder(r *inquiry.Reached, option string) (steps []Played, never string) {
	t := &reachText{newText(Layout{}), r}
	o := t.of(option)
	var not []study.Where
	for i := range o.Views[0].Steps {
		at, block := t.block(o, i)
		if block == nil {
			not = append(not, at)
			continue
		}
		p := Played{Step: block[0][0], Asked: block[0][1:]}
		for _, c := range block[1:] {
			p.Choices = append(p.Choices, PlayedChoice{c[0], c[1:]})
		}
		steps = append(steps, p)
	}
	return steps, wheres(not)
}

// Spread is a mean over worlds, with the median and the range in which nine in ten of
// them lie: 4.4, 4.5 (4.2–4.7). Both are – where nothing is defined.
func Spread(s study.Summary, unit string) (mean, middle string) {
	pc := percentage(unit)
	middle = number(s.Median, pc)
	if s.Median != nil && s.P05 != nil && s.P95 != nil {
		middle += strings.Replace(inBounds(s.P05, s.P95, pc), " ", "\u00a0", 1)
	}
	return number(s.Mean, pc), middle
}

// Regret is a regret in the unit of its measure, differences of shares in percentage
// points.
func Regret(x float64, unit string) string { return figure(x, percentage(unit)) }

// GainUnit is the unit of a difference of a measure: of shares, percentage points.
func GainUnit(unit string) string { return gainUnit(unit) }

// UnitShown is a unit as it stands beside a number.
func UnitShown(unit string) string { return unitShown(unit) }

// DominanceBy says what is compared where one option is said to dominate another.
func DominanceBy(r *inquiry.Robust) string { return summaryWords(r.By) }
