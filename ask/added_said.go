package ask

import (
	"fmt"

	"casus/data"
	"casus/finding"
	"casus/past/history"
)

// Lines say how the rows fared, what they became, and on what terms they may be used;
// before that, if it is asked for, which obligations are owed one way only.
func (x *Added) Lines(oneWay bool) []string {
	if x.ATOP == nil {
		return x.bordersSaid()
	}
	var out []string
	if oneWay {
		out = oneWays(x.ATOP.OneWay)
	}
	return append(out, x.alliancesSaid()...)
}

func oneWays(ws []history.OneWay) []string {
	var out []string
	for _, o := range ws {
		until := "in force at the end"
		if o.Until != data.Forever {
			until = "until " + o.Until.String()
		}
		out = append(out, fmt.Sprintf("%s.%s  %s owes %s, from %s, %s", o.Instrument, o.Obligation, o.Debtor, o.Creditor, o.From, until))
	}
	return out
}

func (x *Added) alliancesSaid() []string {
	a, many := x.ATOP, finding.CountThousands
	return []string{
		fmt.Sprintf("%s read: %s used, %s left out", many(a.Rows, "row"), finding.Thousands(a.Used), finding.Thousands(a.LeftOut)),
		fmt.Sprintf("%s assumed; %s taken for that of another day, being no state on the day of entry", many(a.Dates, "date"), many(a.Codes, "code")),
		fmt.Sprintf("%s as %s with %s", many(a.Alliances, "alliance"), many(a.Instruments, "instrument"), many(a.Articles, "article")),
		many(len(a.OneWay), "obligation") + " owed one way only, not in return",
		fmt.Sprintf("added: %s, to %s, in %s", x.Cited(), x.Coverage, x.Place),
		"cite: " + x.Citation,
	}
}

func (x *Added) bordersSaid() []string {
	b, many := x.Borders, finding.CountThousands
	return []string{
		fmt.Sprintf("%s read: %s used, %s left out, %s of these for having no Gleditsch-Ward number", many(b.Rows, "row"), finding.Thousands(b.Used), finding.Thousands(b.LeftOut), finding.Thousands(b.Uncoded)),
		fmt.Sprintf("%s, %s of %s kept: no border lies more than %g degrees off", many(b.Polygons, "polygon"), finding.Thousands(b.Kept), many(b.Points, "point"), history.Tolerance),
		fmt.Sprintf("added: %s, %s to %s, in %s", x.Cited(), x.From, x.Dataset.Coverage, x.Place),
		"sha256 of the file: " + x.Input.SHA256,
		fmt.Sprintf("licence: %s: name the makers, no commercial use, share alike; a page with these borders is under it too", x.Licence),
		"cite: " + x.Citation,
	}
}

// Lines say what was added, set by set, or that nothing was.
func (x *AddedSets) Lines() []string {
	if len(x.Sets) == 0 {
		return []string{"nothing was added (casus data add atop FILE, or cshapes FILE)"}
	}
	var out []string
	for _, d := range x.Sets {
		out = append(out, d.Lines()...)
	}
	return out
}

// Lines say what was added: from which file, what became of it, where it stands, and how
// it is cited.
func (d AddedSet) Lines() []string {
	many := finding.CountThousands
	days, made := "to "+d.Coverage, many(d.Counts.Instruments, "instrument")
	if !d.IsLaw() {
		days, made = d.From+" to "+d.Coverage, many(d.Counts.Polygons, "polygon")
	}
	out := []string{
		fmt.Sprintf("%s  %s, %s", d.Name, d.Cited(), days),
		fmt.Sprintf("  from %s: %s, %s used, %s", d.Input.Name, many(d.Counts.Rows, "row"), finding.Thousands(d.Counts.Used), made),
		"  " + d.Place,
	}
	if d.Licence != "" {
		out = append(out, "  licence: "+d.Licence)
	}
	return append(out, "  cite: "+d.Citation)
}
