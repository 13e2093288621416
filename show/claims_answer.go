package show

import (
	"fmt"
	"slices"
	"strings"

	"casus/claim"
	"casus/finding"
)

// holding is how much of the worlds of a school a reading holds in, to count as
// settled there: nearly all, or nearly none.
const holding = 0.95

// inShort says how the claims came out, before how it was reckoned: how many
// readings hold and fail under every school, which depend on the school, and what
// was settled without worlds.
func (t *ledger) inShort() string {
	var always, never, parted, open, yes, no, unsure int
	var turns []string
	slight := 0
	for _, e := range t.l.Claims {
		for i, r := range e.Readings {
			switch {
			case r.Kind != claim.Worlds && r.Verdict == "holds":
				yes++
			case r.Kind != claim.Worlds && r.Verdict == "does not hold":
				no++
			case r.Kind != claim.Worlds:
				unsure++
			case len(r.Views) > 0:
				switch holds, fails := t.underSchools(r); {
				case holds && fails:
					parted++
					turns = append(turns, numbered(e, i))
				case holds:
					always++
					if t.slightUnderAll(r) {
						slight++
					}
				case fails:
					never++
				default:
					open++
				}
			}
		}
	}
	var out []string
	if all := always + never + parted + open; all > 0 {
		s := fmt.Sprintf("Of %s held against the worlds, %s under every school, in 95\u00a0%% of its worlds or more; %s under every school.", many(all, "reading"), soMany(always, "holds", "hold"), soMany(never, "fails", "fail"))
		if slight > 0 {
			s += fmt.Sprintf(" Of those that hold %s by less than what matters (≈ under every school).", soMany(slight, "does so", "do so"))
		}
		if parted > 0 {
			s += fmt.Sprintf(" %s under one school and %s under another: %s.", soMany(parted, "holds", "hold"), map[bool]string{true: "fails", false: "fail"}[parted == 1], and(turns))
		}
		if open > 0 {
			s += " " + capital(soMany(open, "is", "are")) + " open under some school."
		}
		out = append(out, s)
	}
	if yes+no+unsure > 0 {
		s := fmt.Sprintf("By law, figures and dates %s and %s not", soMany(yes, "holds", "hold"), soMany(no, "does", "do"))
		if unsure > 0 {
			s += "; " + soMany(unsure, "is", "are") + " open (dependent, contested or not known)"
		}
		out = append(out, s+".")
	}
	return strings.Join(out, " ")
}

// underSchools reports whether a reading is settled: holds alone, that it does
// under every school, fails alone, that it does not under any; both, that the
// schools part; neither, that some school leaves it open.
func (t *ledger) underSchools(r claim.Reading) (holds, fails bool) {
	n, yes, no := 0, 0, 0
	for _, s := range r.Views {
		if t.union(s.View) {
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
func (t *ledger) slightUnderAll(r claim.Reading) bool {
	return !slices.ContainsFunc(r.Views, func(s claim.Share) bool { return !t.union(s.View) && !s.Mostly() })
}

func (t *ledger) union(view string) bool {
	return len(t.l.Views) > 1 && slices.ContainsFunc(t.l.Views, func(v finding.View) bool { return v.Name == view && v.Union })
}

// soMany is a number with its verb: none holds, 1 holds, 2 hold.
func soMany(n int, one, many string) string {
	switch n {
	case 0:
		return "none " + one
	case 1:
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
