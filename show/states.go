package show

import (
	"io"
	"slices"
	"strings"

	"casus/data"
)

// States writes the codes of states: a line for each, by system, or where no day
// was asked for, each code with its days.
func States(out io.Writer, f *data.Codes, l Layout) error {
	p := newPage(l)
	for i, s := range f.States {
		if f.Date == "" && i > 0 {
			p.gap()
		}
		p.entry(0, 2, s.State+" "+s.Name, codesOnDay(f, s))
		if f.Date == "" {
			datedCodes(p, s)
		}
	}
	if len(f.Notes) > 0 {
		p.gap()
	}
	for _, n := range f.Notes {
		p.line(0, 2, n+".")
	}
	return p.print(out)
}

// codesOnDay lists the codes of a state on the day: cow 365, gw 365. Names are left
// out; where no day was asked for, so is all.
func codesOnDay(f *data.Codes, s data.CodedState) string {
	if f.Date == "" {
		return ""
	}
	var out []string
	for _, c := range s.Codes {
		switch {
		case c.Code != "":
			out = append(out, c.System+" "+c.Code)
		case strings.HasSuffix(c.System, data.Member):
			out = append(out, c.System)
		}
	}
	if len(out) == 0 {
		return "no code on the day"
	}
	return strings.Join(out, ", ")
}

// datedCodes is a line for each system with its codes and their days.
func datedCodes(p *page, s data.CodedState) {
	var systems []string
	lines := map[string][]string{}
	for _, c := range s.Codes {
		if !slices.Contains(systems, c.System) {
			systems = append(systems, c.System)
		}
		what := c.Code
		if what == "" && !strings.HasSuffix(c.System, data.Member) {
			what = c.Name
		}
		lines[c.System] = append(lines[c.System], strings.TrimSpace(what+" "+codeDays(c)))
	}
	for _, system := range systems {
		p.entry(2, 4, system, strings.Join(lines[system], "; "))
	}
}

func codeDays(c data.DatedCode) string {
	if c.Until == "" {
		return "since " + c.From
	}
	return c.From + " to " + c.Until
}
