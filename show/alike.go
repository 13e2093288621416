package show

import "casus/finding"

// alike says of each pair of options that hardly differ what they have in common
// in play, and where they part.
func (t *text) alike() {
	if len(t.r.Alike) == 0 {
		return
	}
	t.heading("Why some options come out alike")
	t.para("", 0, "Pairs that differ by less than what matters (=) in at least 95\u00a0% of the worlds, whichever of these is looked at: "+finding.And(t.comparedBy())+". What is said of moves holds in the central world of each school (every assumption at its median); casus graph "+t.r.Case+" --reach has all of it.")
	for _, p := range t.r.Alike {
		t.line("")
		t.para("■ ", 2, p.A+" and "+p.B+": alike in "+figure(float64(p.Share), true)+"\u00a0% of the worlds or more")
		t.para("  ", 2, WhyAlike(p.Apart))
	}
}

// comparedBy are the words of the measures by which options are said to be alike.
func (t *text) comparedBy() []string {
	var out []string
	for _, name := range t.r.Headline() {
		if k := t.r.MeasureAt(name); t.r.Measures[k].Better != "" {
			out = append(out, t.r.Words(k))
		}
	}
	return out
}
