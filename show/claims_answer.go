package show

import (
	"fmt"
	"strings"

	"casus/claim"
	"casus/finding"
	"casus/worlds/study"
)

// inShort says how the claims came out, before how it was reckoned: how many
// readings hold and fail under every school, which depend on the school, and what
// was settled without worlds.
func (t *ledger) inShort() string {
	n := t.l.Tally()
	return strings.TrimSpace(t.overWorlds(n) + " " + withoutWorlds(n))
}

func (t *ledger) overWorlds(n claim.Tally) string {
	if n.OverWorlds() == 0 {
		return ""
	}
	if t.l.Worlds < study.FewWorlds {
		return fmt.Sprintf("%s too few to say of %s which hold under every school: %d are wanted.", finding.CountOf(t.l.Worlds, "world for each view is", "worlds for each view are"), finding.Count(n.OverWorlds(), "reading"), study.FewWorlds)
	}
	s := fmt.Sprintf("Of %s held against the worlds, %s under every school, in 95\u00a0%% of its worlds or more; %s under every school.", finding.Count(n.OverWorlds(), "reading"), soMany(n.Always, "holds", "hold"), soMany(n.Never, "fails", "fail"))
	if n.Slight > 0 {
		s += fmt.Sprintf(" Of those that hold %s by less than what matters (≈ under every school).", soMany(n.Slight, "does so", "do so"))
	}
	if parted := len(n.Parted); parted > 0 {
		var turns []string
		for _, at := range n.Parted {
			turns = append(turns, numbered(t.l.Claims[at.Claim], at.Reading))
		}
		s += fmt.Sprintf(" %s under one school and %s under another: %s.", soMany(parted, "holds", "hold"), map[bool]string{true: "fails", false: "fail"}[parted == 1], finding.And(turns))
	}
	if n.Open > 0 {
		s += " " + capital(soMany(n.Open, "is", "are")) + " open under some school."
	}
	return s
}

func withoutWorlds(n claim.Tally) string {
	if n.Settled() == 0 {
		return ""
	}
	s := fmt.Sprintf("By law, figures and dates %s and %s not", soMany(n.Holds, "holds", "hold"), soMany(n.Fails, "does", "do"))
	if n.Unsettled > 0 {
		s += "; " + soMany(n.Unsettled, "is", "are") + " open (dependent, contested or not known)"
	}
	return s + "."
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
