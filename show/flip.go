package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/special"
	"casus/worlds/decision"
	"casus/worlds/discovery"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Flips writes what reverses the ranking of two options, folded to a width in
// characters (at least 60; 0 is 80).
func Flips(w io.Writer, r *inquiry.Flips, l Layout) error {
	t := &flips{text: newText(l), r: r, percent: percentage(r.Measure.Unit), told: map[string]bool{}}
	t.para("", 0, r.Title)
	t.para("", 0, "Which change reverses the ranking of "+finding.And(each([]string{r.A.Name, r.B.Name}, labelled(r.Head.Options)))+", by "+r.Measure.Title+"?")
	t.line("")
	t.answer()
	t.head()
	for _, v := range r.Views {
		t.view(&v)
	}
	t.clauses()
	return t.print(w)
}

type flips struct {
	*text
	r       *inquiry.Flips
	percent bool
	told    map[string]bool // by view and assumption: what it rests on was told in full
}

func (t *flips) head() {
	r := t.r
	t.para("measure   ", 10, fmt.Sprintf("%s: %s (%s%s)", r.Measure.Name, r.Measure.Title, unitShown(r.Measure.Unit), betterWords(r.Measure.Better)))
	t.para("option    ", 10, r.A.Name+": "+r.A.Title)
	t.para("option    ", 10, r.B.Name+": "+r.B.Title)
	t.para("date      ", 10, fmt.Sprintf("%s, %s ahead", r.Date, years(r.Horizon)))
	t.para("concept   ", 10, r.Concept)
	t.para("worlds    ", 10, fmt.Sprintf("%d for each view, design %s, seed %d; the same worlds for both options", r.Worlds, design(r.Design), r.Seed))
	t.weightedLine(r.Weighted)
	t.givenLine(r.Measure)
	t.para("looked    ", 10, fmt.Sprintf("from the %s to the %s quantile of each assumption. What lies beyond is hardly believed by whoever gave the distribution.", quantile(decision.LowestQuantile), quantile(decision.HighestQuantile)))
}

func betterWords(better string) string {
	if better == "" {
		return ""
	}
	return ", " + better + " is better"
}

// view sets what was found under one view.
func (t *flips) view(v *inquiry.FlipView) {
	t.heading("View " + v.View)
	clear(t.told)
	t.ranking(v)
	t.single(v)
	t.inTheMeans(v)
	t.pairs(v)
	t.region(v)
}

// ahead says which option a difference of first less second puts first.
func (t *flips) ahead(d decision.Number) string { return t.sideWords(t.r.Ahead(d)) }

func (t *flips) sideWords(side inquiry.Side) string {
	first := t.r.A.Name
	switch side {
	case inquiry.NotCompared:
		return "the difference is not defined"
	case inquiry.NeitherAhead:
		return "the two are level"
	case inquiry.SecondAhead:
		first = t.r.B.Name
	}
	if t.r.Measure.Better == "" {
		return first + " is greater"
	}
	return first + " is better"
}

// asStated says that a record moves worlds and not medians, where it moves worlds.
func (t *flips) asStated() string {
	if t.r.Weighted == "" {
		return ""
	}
	return " as stated, whatever the records say"
}

func (t *flips) ranking(v *inquiry.FlipView) {
	w := v.Worlds
	words := "In no world is the difference defined."
	if w.N > 0 {
		words = fmt.Sprintf("Means over %s: %s. %s less %s: %s %s%s.", finding.Count(w.N, "world"), t.ahead(w.Mean), t.r.A.Name, t.r.B.Name, t.points(w.Mean), t.differenceUnit(), t.student(w))
		words += fmt.Sprintf(" World by world: %s in %s of worlds, %s in %s", t.sideWords(inquiry.FirstAhead), part(float64(w.Better.Value)), t.sideWords(inquiry.SecondAhead), part(float64(w.Worse.Value)))
		if w.Tied.Value > 0 {
			words += ", level in " + part(float64(w.Tied.Value))
		}
		words += "."
	}
	if n := t.r.NotDefined(v); n > 0 {
		words += fmt.Sprintf(" Not defined in %d of %s, which are left out.", n, finding.Count(t.r.Worlds, "world"))
	}
	t.para("", 2, words)
	if v.Centre.Why != "" {
		t.para("", 2, "No central world: "+v.Centre.Why+". So only what is averaged over worlds is searched.")
		return
	}
	t.para("", 2, fmt.Sprintf("Central world (every assumption at its median"+t.asStated()+"): %s %s, %s %s; %s.", t.r.A.Name, t.value(v.Centre.A), t.r.B.Name, t.value(v.Centre.B), t.ahead(v.Centre.Difference)))
	if v.Opposed() {
		t.para("! ", 2, "The central world and the means rank the two in opposite ways.")
	}
}

// single tells the flips of one assumption from the central world.
func (t *flips) single(v *inquiry.FlipView) {
	if side := t.r.Ahead(v.Centre.Difference); v.Union || side == inquiry.NotCompared || side == inquiry.NeitherAhead {
		return
	}
	t.line("")
	t.para("", 0, "One assumption, from the central world, all others at their medians")
	turning := v.Turning()
	for _, s := range turning {
		t.flipped(s)
	}
	level, undefined, same := v.Still()
	if same > 0 {
		t.para("  ", 2, fmt.Sprintf("No flip within the distribution, and the same ranking at both ends: %s%s.", finding.Count(same, "assumption"), beside(len(turning))))
	}
	t.named("No flip, but the two are level at an end: ", level)
	t.named("No flip seen; the difference is not defined at some values: ", undefined)
	if v.Fixed > 0 {
		t.para("  ", 2, fmt.Sprintf("Cannot move, having one value: %s.", finding.Count(v.Fixed, "assumption")))
	}
	if len(v.Singles) > 0 {
		c := v.Singles[0].Centre.Search
		t.para("  ", 2, fmt.Sprintf("Searched on a grid of %d steps equal in quantiles, each crossing then refined to %g of a quantile; two crossings within one step are not seen.", c.Steps, c.Tolerance))
	}
}

func beside(n int) string {
	if n == 0 {
		return ", that is all"
	}
	return ""
}

func (t *flips) named(first string, names []string) {
	if len(names) > 0 {
		t.para("  ", 4, first+someOf(names, 12, "assumptions")+".")
	}
}

func someOf(names []string, most int, what string) string {
	if len(names) > most {
		return fmt.Sprintf("%s and %d more %s", strings.Join(names[:most], ", "), len(names)-most, what)
	}
	return strings.Join(names, ", ")
}

// flipped is one assumption with a flip: its places, nearest first, and what it
// rests on.
func (t *flips) flipped(s inquiry.FlipSingle) {
	f := s.Centre
	t.para("■ ", 4, fmt.Sprintf("%s: %s → %s, %s", s.Assumption, sig(f.Centre), sig(f.Nearest.Value), s.Title))
	t.para("    ", 6, crossingWords(*f.Nearest, s.Unit))
	for _, c := range f.Crossings {
		if c != *f.Nearest {
			t.para("    also at ", 6, sig(c.Value)+": "+crossingWords(c, s.Unit))
		}
	}
	t.rests(s)
}

// rests tells in full what an assumption rests on, once under each view.
func (t *flips) rests(s inquiry.FlipSingle) {
	if t.told[s.Assumption] {
		t.para("    ", 6, "rests on "+ground(s.Rests))
		return
	}
	t.told[s.Assumption] = true
	t.para("    ", 6, restsWords(s.Rests))
}

func crossingWords(c decision.Crossing, unit string) string {
	out := fmt.Sprintf("%s %s; quantile %s, %s normal scores away", withSign(float64(c.Change)), unit, quantile(float64(c.Quantile)), withSign(float64(c.Standardised)))
	switch c.Kind {
	case decision.Jump:
		out += "; it jumps there"
	case decision.Gap:
		out += "; not defined just before"
	}
	return out
}

// restsWords say in full what the distribution of an assumption rests on.
func restsWords(bs []study.Belief) string {
	var out []string
	for _, b := range bs {
		words := b.Dist + " rests on " + grounds(b)
		if b.Judgement != "" {
			words += ": " + b.Judgement
		}
		if len(bs) > 1 {
			words = b.View + " " + words
		}
		out = append(out, words)
	}
	return strings.Join(out, "; ")
}

// grounds are the sources of a belief, and judgement.
func grounds(b study.Belief) string {
	words := strings.Join(b.Sources, ", ")
	switch {
	case b.Judgement == "":
		return words
	case words == "":
		return "judgement"
	}
	return words + " and judgement"
}

// ground is the same in short over the views of a union.
func ground(bs []study.Belief) string {
	var out []string
	for _, b := range bs {
		words := grounds(b)
		if len(bs) > 1 {
			words = b.View + ": " + words
		}
		out = append(out, words)
	}
	return strings.Join(out, "; ")
}

// inTheMeans tells the flips of one assumption held at a value in every world.
func (t *flips) inTheMeans(v *inquiry.FlipView) {
	followed, moves, still := v.InTheMeans()
	if v.Worlds.N == 0 || len(followed) == 0 && moves == 0 {
		return
	}
	t.line("")
	t.para("", 0, "One assumption held at a value in every world, all others as drawn: the means")
	var none []string
	for _, s := range followed {
		f := s.Mean.Flip
		if !f.Found {
			none = append(none, s.Assumption)
			continue
		}
		t.para("■ ", 4, fmt.Sprintf("%s: the means change order at %s %s, %s", s.Assumption, sig(f.Nearest.Value), s.Unit, s.Title))
		for i, c := range f.Crossings {
			t.para("    ", 6, fmt.Sprintf("at %s, quantile %s; %s", sig(c.Value), quantile(float64(c.Quantile)), flipPlaceWords(s.Mean.Places[i])))
		}
		t.rests(s)
	}
	t.named("Followed from end to end, no flip within the distribution: ", none)
	if moves > 0 {
		t.para("  ", 4, fmt.Sprintf("Not followed: %s that, held at either end in the first %s, bring the means less near to another order.", finding.Count(moves, "assumption"), finding.Count(v.Singles[0].Mean.Low.N+v.Singles[0].Mean.Low.Undefined, "world")))
	}
	if still > 0 {
		t.para("  ", 4, fmt.Sprintf("Move the means not at all: %s.", finding.Count(still, "assumption")))
	}
	if len(followed) > 0 {
		c := followed[0].Mean.Flip.Search
		t.para("  ", 4, fmt.Sprintf("Grid of %d steps, refined to %g of a quantile; over %s, so a place has an interval.", c.Steps, c.Tolerance, finding.Count(t.r.Fewer, "world")))
	}
}

func flipPlaceWords(p inquiry.Place) string {
	from, to := quantile(float64(p.From))+" ("+sig(p.FromValue)+")", quantile(float64(p.To))+" ("+sig(p.ToValue)+")"
	switch {
	case p.OpenBelow && p.OpenAbove:
		return "no value at which the 95 % interval of the mean difference leaves out zero"
	case p.OpenBelow:
		return "95 %: anywhere up to quantile " + to
	case p.OpenAbove:
		return "95 %: anywhere from quantile " + from
	}
	return "95 %: quantile " + from + " to " + to
}

// pairs tells the joint changes of two assumptions.
func (t *flips) pairs(v *inquiry.FlipView) {
	if v.Union || v.Paired.Of == 0 {
		return
	}
	t.line("")
	t.para("", 0, "Two assumptions together, from the central world")
	var none []string
	for _, p := range v.Pairs {
		if !p.Found {
			none = append(none, p.Inputs[0]+" with "+p.Inputs[1])
			continue
		}
		t.para("■ ", 4, fmt.Sprintf("%s: %s → %s %s, and %s: %s → %s %s", p.Inputs[0], sig(p.Centre[0]), sig(p.Values[0]), p.Units[0], p.Inputs[1], sig(p.Centre[1]), sig(p.Values[1]), p.Units[1]))
		t.para("    ", 6, fmt.Sprintf("distance %s, refined; on the grid %s; alone %s and %s; quantiles %s and %s", places(p.Distance), places(p.OnGrid), aloneWords(p.Alone[0]), aloneWords(p.Alone[1]), quantile(float64(p.Quantiles[0])), quantile(float64(p.Quantiles[1]))))
		t.para("    ", 6, fmt.Sprintf("rest on %s, and on %s", ground(p.Rests[0]), ground(p.Rests[1])))
	}
	t.named("No flip found together: ", none)
	words := fmt.Sprintf("Pairs of assumptions that move the central world: %d; foreseen to reverse the ranking sooner together than either alone, were they not to interact: %d; searched: %d.", v.Paired.Of, v.Paired.Promising, v.Paired.Searched)
	if len(v.Pairs) > 0 {
		s := v.Pairs[0].Search
		words += fmt.Sprintf(" Distance is Euclid's in normal scores: 1 is as far as one assumption from its median to its 84 %% quantile. %d directions of %d steps, then the best is turned and refined to %g; a reversed region thinner than the grid is not seen.", s.Directions, s.Steps, s.Tolerance)
	}
	t.para("  ", 2, words)
}

func places(x decision.Number) string {
	if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
		return "none"
	}
	return fmt.Sprintf("%.3f", float64(x))
}

func aloneWords(x decision.Number) string {
	if math.IsNaN(float64(x)) {
		return "never"
	}
	return fmt.Sprintf("%.3f", float64(x))
}

// region tells in which worlds the ranking is the reverse of that of the means.
func (t *flips) region(v *inquiry.FlipView) {
	r := v.Region
	t.line("")
	t.para("", 0, "Worlds in which the ranking is the reverse of that of the means")
	if r.Reversed != nil {
		words := shareWords(*r.Reversed)
		if r.Tied > 0 {
			words += fmt.Sprintf("; level in %d more", r.Tied)
		}
		if r.Undefined > 0 {
			words += fmt.Sprintf("; not defined in %d", r.Undefined)
		}
		if r.Fresh != nil {
			words += fmt.Sprintf("; in fresh worlds (seed %d) %s", r.FreshSeed, shareWords(*r.Fresh))
		}
		t.para("  ", 2, words+".")
	}
	if r.Why != "" {
		t.para("  ", 2, "No region is described: "+r.Why+".")
		return
	}
	if r.Box == nil {
		return
	}
	t.para("  ", 2, fmt.Sprintf("Boxes among the assumptions that tell most of it: %s. PRIM, a density of %s asked:", strings.Join(r.Among, ", "), part(r.Threshold)))
	t.box(*r.Box, r.Threshold)
	if len(r.Leaves) == 0 {
		t.para("  ", 2, "CART, at most three splits: no leaf in which they are more than half.")
		return
	}
	t.para("  ", 2, "CART, at most three splits: the leaves in which they are more than half:")
	for _, b := range r.Leaves {
		t.box(b, 0)
	}
}

func (t *flips) box(b inquiry.FlipBox, asked float64) {
	for i, l := range b.Limits {
		mark := "      "
		if i == 0 {
			mark = "    ■ "
		}
		t.para(mark, 8, limitWords(l)+", rests on "+ground(l.Rests)+byChance(l))
	}
	words := fmt.Sprintf("%d limited; coverage %s, density %s, of all worlds %s", len(b.Limits), shareWords(b.Coverage), shareWords(b.Density), part(b.Mass.Value))
	switch {
	case b.Fresh != nil:
		words += fmt.Sprintf("; on fresh worlds coverage %s, density %s", shareWords(b.Fresh.Coverage), shareWords(b.Fresh.Density))
	default:
		words += "; on fresh worlds it holds none"
	}
	t.para("      ", 8, words+".")
	if b.Short(asked) {
		t.para("    ! ", 6, "No box is as dense as asked: this one trades coverage for density.")
	}
	if b.Thinner() {
		t.para("    ! ", 6, "It is less dense on fresh worlds, as a box chosen for its density will be: trust those.")
	}
}

// byChance warns of a limit that may be there by chance.
func byChance(l inquiry.FlipLimit) string {
	if !l.MayBeChance() {
		return ""
	}
	return fmt.Sprintf(" (may be chance: quasi-p %s)", plainSig(*l.QP))
}

func limitWords(l inquiry.FlipLimit) string {
	lo, hi := plainSig(l.Lower), plainSig(l.Upper)
	switch {
	case l.Below && l.Above:
		return fmt.Sprintf("%s from %s to %s %s", l.Input, lo, hi, l.Unit)
	case l.Below:
		return fmt.Sprintf("%s at least %s %s", l.Input, lo, l.Unit)
	}
	return fmt.Sprintf("%s at most %s %s", l.Input, hi, l.Unit)
}

func shareWords(s discovery.Share) string {
	return counted(part(s.Value), s.Count, s.Of, ends(part(s.Lo), " to ", part(s.Hi)))
}

// clauses tells what one changed clause makes of the ranking.
func (t *flips) clauses() {
	if len(t.r.Clauses) == 0 && len(t.r.Untried) == 0 {
		return
	}
	t.heading("One clause")
	t.para("", 0, fmt.Sprintf("One clause of one option is changed, the law asked again, the game built and solved again in the first %s. %s less %s in %s, means over worlds with half the width of the 95 %% interval.", finding.Count(t.r.Fewer, "world"), t.r.A.Name, t.r.B.Name, t.differenceUnit()))
	t.line("")
	reverse := slices.DeleteFunc(slices.Clone(t.r.Clauses), func(c inquiry.FlipClause) bool { return !c.Reverses() })
	for _, c := range reverse {
		t.reversing(c)
	}
	if len(reverse) == 0 && len(t.r.Clauses) > 0 {
		t.para("", 0, "No change tried reverses the ranking of the means or of the medians under any view.")
	}
	t.others(len(reverse))
	if len(t.r.Untried) > 0 {
		t.line("")
		t.line("Not tried")
		for _, u := range t.r.Untried {
			t.para("  ", 4, u.Option+" "+u.Words+": "+u.Why)
		}
	}
}

func (t *flips) reversing(c inquiry.FlipClause) {
	t.para("■ ", 4, c.Option+" "+c.Words)
	for _, v := range c.Views {
		words := fmt.Sprintf("%s: %s → %s; median %s → %s; %s in %s of worlds", v.View, t.mean(v.Before), t.mean(v.After), t.difference(v.Medians[0]), t.difference(v.Medians[1]), t.ahead(1), part(float64(v.Share)))
		var by []string
		if v.ByMean {
			by = append(by, "means")
		}
		if v.ByMedian {
			by = append(by, "medians")
		}
		switch {
		case len(by) == 0:
			words += "; the ranking stays"
		default:
			words += "; REVERSES the ranking of the " + strings.Join(by, " and ")
			if v.ByMean && !v.Certain {
				words += ", though the interval holds zero"
			}
		}
		t.para("    ", 6, words+undefinedWords(v.After))
	}
}

func undefinedWords(m inquiry.Mean) string {
	if m.Undefined == 0 {
		return "."
	}
	return fmt.Sprintf("; not defined in %s.", finding.Count(m.Undefined, "world"))
}

// others is the table of the changes that reverse nothing: by how much each
// moves the difference of the means.
func (t *flips) others(reverse int) {
	rest := slices.DeleteFunc(slices.Clone(t.r.Clauses), func(c inquiry.FlipClause) bool { return c.Reverses() })
	if len(rest) == 0 {
		return
	}
	if reverse > 0 {
		t.line("")
	}
	t.para("", 0, "Reverse nothing, and move the difference by:")
	for _, c := range rest {
		var parts []string
		for _, v := range c.Views {
			words := v.View + " " + t.difference(v.Change.Value)
			if v.After.Value == 0 {
				words += " (levels the two)"
			}
			parts = append(parts, words)
		}
		t.para("  ", 6, c.Option+" "+c.Words+": "+strings.Join(parts, ", "))
	}
}

func (t *flips) mean(m inquiry.Mean) string {
	if math.IsNaN(float64(m.Half)) {
		return t.difference(m.Value)
	}
	return t.difference(m.Value) + " ± " + strings.TrimPrefix(t.points(m.Half), "+")
}

// value is a value of the measure, in percent where it is a probability.
func (t *flips) value(x decision.Number) string {
	if math.IsNaN(float64(x)) {
		return "not defined"
	}
	if t.percent {
		return plainSig(100*float64(x)) + "\u00a0%"
	}
	return plainSig(float64(x))
}

// difference is a difference with its unit: of percents, points.
func (t *flips) difference(x decision.Number) string {
	if math.IsNaN(float64(x)) {
		return "not defined"
	}
	if t.percent {
		return t.points(x) + "\u00a0points"
	}
	return t.points(x)
}

// differenceUnit is the unit of a difference: of percents, points.
func (t *flips) differenceUnit() string {
	if t.percent {
		return "points"
	}
	return t.r.Measure.Unit
}

func (t *flips) points(x decision.Number) string {
	v := float64(x)
	if t.percent {
		v *= 100
	}
	return withSign(v)
}

func withSign(x float64) string {
	switch {
	case math.IsNaN(x):
		return "–"
	case x > 0:
		return "+" + plainSig(x)
	case x < 0:
		return "−" + plainSig(-x)
	}
	return "0"
}

func sig(x decision.Number) string { return plainSig(float64(x)) }

// plainSig is a number with three significant digits, whole digits kept.
func plainSig(x float64) string {
	a := math.Abs(x)
	switch {
	case x < 0:
		return "−" + plainSig(-x)
	case math.IsNaN(x):
		return "–"
	case x == 0:
		return "0"
	case a >= 100:
		return fmt.Sprintf("%.0f", x)
	case a < 1e-4 || a >= 1e9:
		return fmt.Sprintf("%.2g", x)
	}
	decimals := max(0, 2-special.Decade(a))
	return trimZeros(fmt.Sprintf("%.*f", decimals, x))
}

// quantile is a place in a distribution, in percent.
func quantile(u float64) string {
	if math.IsNaN(u) {
		return "–"
	}
	return trimZeros(fmt.Sprintf("%.1f", 100*u)) + "\u00a0%"
}

// part is a share in percent; none and all only where it is so.
func part(x float64) string {
	switch {
	case math.IsNaN(x):
		return "–"
	case x > 0 && x < 0.0005:
		return "<0.1\u00a0%"
	case x < 1 && x > 0.9995:
		return ">99.9\u00a0%"
	}
	return trimZeros(fmt.Sprintf("%.1f", 100*x)) + "\u00a0%"
}

// student is the 95 % interval of a mean difference, in brackets; nothing where there
// are too few worlds for one.
func (t *flips) student(w *decision.Pair) string {
	if math.IsNaN(float64(w.Student.Lo)) {
		return ""
	}
	return behind("", " (95 % ", ends(t.points(w.Student.Lo), " to ", t.points(w.Student.Hi)), ")")
}
