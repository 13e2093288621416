package claim

import (
	"slices"

	"casus/finding"
)

// holding is how much of the worlds of a school a reading holds in, to count as
// settled there: nearly all, or nearly none.
const holding = 0.95

// Tally counts how the readings of a ledger came out: those held against worlds, and
// those that law, figures and dates settle.
type Tally struct {
	Always int // they hold under every school
	Slight int // of these, by less than what matters under every school
	Never  int // they fail under every school
	Open   int // some school leaves them open
	Parted []ReadingAt

	Holds, Fails, Unsettled int // without worlds
}

// ReadingAt is the place of a reading in a ledger, counted from 0.
type ReadingAt struct{ Claim, Reading int }

// OverWorlds counts the readings that were held against worlds.
func (n *Tally) OverWorlds() int { return n.Always + n.Never + n.Open + len(n.Parted) }

// Settled counts the readings that law, figures and dates settle, or leave open.
func (n *Tally) Settled() int { return n.Holds + n.Fails + n.Unsettled }

// Tally counts them.
func (l *Ledger) Tally() Tally {
	var n Tally
	for c, e := range l.Claims {
		for i, r := range e.Readings {
			switch {
			case r.Kind != Worlds:
				n.settled(r.Verdict)
			case len(r.Views) > 0:
				l.tally(&n, r, ReadingAt{c, i})
			}
		}
	}
	return n
}

func (n *Tally) settled(verdict string) {
	switch verdict {
	case "holds":
		n.Holds++
	case "does not hold":
		n.Fails++
	default:
		n.Unsettled++
	}
}

func (l *Ledger) tally(n *Tally, r Reading, at ReadingAt) {
	switch holds, fails := l.underSchools(r); {
	case holds && fails:
		n.Parted = append(n.Parted, at)
	case holds:
		n.Always++
		if l.slightUnderAll(r) {
			n.Slight++
		}
	case fails:
		n.Never++
	default:
		n.Open++
	}
}

// underSchools reports whether a reading is settled: holds alone, that it does
// under every school, fails alone, that it does not under any; both, that the
// schools part; neither, that some school leaves it open.
func (l *Ledger) underSchools(r Reading) (holds, fails bool) {
	n, yes, no := 0, 0, 0
	for _, s := range r.Views {
		if l.union(s.View) {
			continue
		}
		n++
		switch {
		case s.Worlds == 0:
		case float64(s.Share) >= holding:
			yes++
		case float64(s.Share) <= 1-holding:
			no++
		}
	}
	return yes == n || yes > 0 && no > 0, no == n || yes > 0 && no > 0
}

// slightUnderAll reports whether a reading turns on less than what matters under
// every school.
func (l *Ledger) slightUnderAll(r Reading) bool {
	return !slices.ContainsFunc(r.Views, func(s Share) bool { return !l.union(s.View) && !s.Mostly() })
}

// union reports whether a view is a union of others, which counts only where it is alone.
func (l *Ledger) union(view string) bool {
	return len(l.Views) > 1 && slices.ContainsFunc(l.Views, func(v finding.View) bool { return v.Name == view && v.Union })
}
