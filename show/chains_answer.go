package show

import (
	"fmt"
	"strings"

	"casus/finding"
	"casus/law/counsel"
)

// inShort says of the chains listed what a reader asks first: through what all of
// them pass, and whether any runs without a choice that is left open.
func (o *chains) inShort() string {
	in, all := o.InShort(), len(o.Chains.Chains)
	if in == nil {
		return ""
	}
	who := "All of them"
	switch {
	case all < o.Found:
		who = "All that are listed"
	case all == 1:
		who = "It"
	}
	out := []string{"The shortest has " + finding.Count(in.Shortest, "link") + "."}
	if len(in.Through) > 0 {
		verb := " pass through "
		if who == "It" {
			verb = " passes through "
		}
		out = append(out, who+verb+finding.And(in.Through)+".")
	}
	return strings.Join(append(out, leftOpen(in, all)), " ")
}

// leftOpen says in how many chains nobody has a choice that its duty leaves open,
// and in how many the attacker must strike again.
func leftOpen(in *counsel.InShort, all int) string {
	out := fmt.Sprintf("In %s of %d every duty binds; in the others a choice is left open.", numberOf(in.Bound), all)
	switch in.Bound {
	case 0:
		out = "None is bound all the way: each needs a choice that is left open."
	case all:
		out = "Every duty on the way binds; whether it is honoured is another matter."
	}
	switch in.Again {
	case 0:
	case all:
		out += " Each needs a further strike."
	default:
		out += fmt.Sprintf(" %s of %d need a further strike.", capital(numberOf(in.Again)), all)
	}
	return out
}

func numberOf(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}
