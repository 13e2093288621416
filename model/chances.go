package model

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"casus/lang/source"
	"casus/lang/syntax"
)

// chancesWithin reports chances that lie outside 0 to 1, that add to more, and base odds
// that are not above 0, with every assumption at its median under a view of the case, and
// warns of those that can come to it within its range. What depends on forces or duties
// only a run can tell.
func (l *loader) chancesWithin(k *Case) {
	bounds := k.Crisis.bounds()
	for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
		bounds = append(bounds, st.bounds()...)
	}
	for _, b := range bounds {
		options := k.differing(b)
		for _, v := range k.schools(l.m) {
			for _, o := range options {
				l.keeps(b, k, v, o)
			}
		}
	}
}

// differing are options of a case with none left out under which a bound reads other
// settings than under those before it.
func (k *Case) differing(b bound) []*Option {
	var read []string
	for _, e := range b.parts {
		e.Walk(func(x *syntax.Expr) {
			if slices.ContainsFunc(k.Crisis.Settings, func(s Setting) bool { return s.Name == x.Op }) {
				read = append(read, x.Op)
			}
		})
	}
	var out []*Option
	for _, o := range k.compared() {
		alike := func(other *Option) bool {
			return !slices.ContainsFunc(read, func(name string) bool {
				x, given := o.Settings[name]
				y, too := other.Settings[name]
				return x != y || given != too
			})
		}
		if !slices.ContainsFunc(out, alike) {
			out = append(out, o)
		}
	}
	return out
}

// schools are the views of a case that are no unions, and the members of those that are.
func (k *Case) schools(m *Model) []*View {
	var out []*View
	add := func(v *View) {
		if v != nil && len(v.Union) == 0 && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	for _, v := range k.Views {
		add(v)
		for _, name := range v.Union {
			add(m.views[name])
		}
	}
	return out
}

// compared are the options of a case, the baseline with them.
func (k *Case) compared() []*Option {
	if k.Baseline == nil || slices.Contains(k.Options, k.Baseline) {
		return k.Options
	}
	return append(slices.Clone(k.Options), k.Baseline)
}

// bound is a sum of numbers that must lie within something.
type bound struct {
	parts    []*syntax.Expr
	by       []string // the ways whose chances the parts are
	rule     string
	low      float64
	high     float64
	open     bool // low itself is too low
	whens    bool // some parts wait for conditions, which may never hold together
	mendedBy string
}

// alone is the bound of one number; none where it is not given or is a plain number, of
// which the crisis knows already.
func alone(e *syntax.Expr, low, high float64, open bool, rule, mendedBy string) []bound {
	if e == nil || bare(e) {
		return nil
	}
	return []bound{{parts: []*syntax.Expr{e}, rule: rule, low: low, high: high, open: open, mendedBy: mendedBy}}
}

const (
	keptWithin = "keep it there with min(…, 1) and max(…, 0), or narrow the ranges"
	keptAbove  = "keep it there with max(…, 0.001), or narrow the ranges"
)

// bounds limits the numbers that a crisis has once.
func (c *Crisis) bounds() []bound {
	return append(alone(c.Precision, 0, math.MaxFloat64, true, "how sharply choice follows advantage is above 0", keptAbove),
		alone(c.Discount, 0, 1, true, "a discount lies between 0 and 1", keptWithin)...)
}

// bounds limits a step: each chance by itself, and those that can be open together
// by their sum.
func (st *Step) bounds() []bound {
	var out []bound
	for _, ch := range st.Choices {
		out = append(out, alone(ch.Prob, 0, 1, false, "a probability lies between 0 and 1", keptWithin)...)
		out = append(out, alone(ch.Base, 0, math.MaxFloat64, true, "base odds are above 0", keptAbove)...)
		out = append(out, alone(ch.Scale, 0, 1, true, "the scale of a nest is above 0 and at most 1", keptWithin)...)
	}
	for _, open := range st.openTogether() {
		b := bound{rule: "the chances of " + st.Name + " add to at most 1", high: 1, mendedBy: "let one be a share of what the others leave, such as with (1 - p) * q, or narrow the ranges"}
		for _, ch := range open {
			b.parts, b.by, b.whens = append(b.parts, ch.Prob), append(b.by, ch.Name), b.whens || ch.When != nil
		}
		if slices.ContainsFunc(b.parts, func(e *syntax.Expr) bool { return !bare(e) }) {
			out = append(out, b)
		}
	}
	return out
}

// openTogether are the ways of a chance, beside the rest, that can be open at once as far
// as their conditions say: of ways that deny each other one is taken at a time.
func (st *Step) openTogether() [][]Choice {
	var ways []Choice
	for _, ch := range st.Choices {
		if ch.Prob != nil {
			ways = append(ways, ch)
		}
	}
	var out [][]Choice
	var seen []string
	for i := range ways {
		open, names := []Choice{}, ""
		for j := range ways {
			way := ways[(i+j)%len(ways)]
			if !slices.ContainsFunc(open, func(o Choice) bool { return apart(o.When, way.When) }) {
				open = append(open, way)
			}
		}
		slices.SortFunc(open, func(a, b Choice) int { return source.Compare(a.Pos, b.Pos) })
		for _, ch := range open {
			names += ch.Name + " "
		}
		if len(open) > 1 && !slices.Contains(seen, names) {
			out, seen = append(out, open), append(seen, names)
		}
	}
	return out
}

// apart reports whether two conditions cannot hold together, as far as they say so.
func apart(a, b *syntax.Expr) bool {
	return a != nil && b != nil && slices.ContainsFunc(conjuncts(a), func(x *syntax.Expr) bool {
		return slices.ContainsFunc(conjuncts(b), func(y *syntax.Expr) bool { return denies(x, y) || denies(y, x) })
	})
}

// bare reports whether an expression names nothing.
func bare(e *syntax.Expr) bool { return !hasKind(e, syntax.NameExpr, syntax.IndexExpr) }

// hasKind reports whether some part of an expression is of such a kind.
func hasKind(e *syntax.Expr, kinds ...syntax.ExprKind) bool {
	found := false
	e.Walk(func(x *syntax.Expr) { found = found || slices.Contains(kinds, x.Kind) })
	return found
}

// plainSums reports chances of numbers alone that add to more than one, whoever plays.
func (l *loader) plainSums(st Step, heading string) {
	for _, open := range st.openTogether() {
		var by []string
		sum, whens := 0.0, false
		for _, ch := range open {
			p := point{}.of(ch.Prob) // NaN where it names anything
			sum, by, whens = sum+p, append(by, ch.Name+" "+short(p)), whens || ch.When != nil
		}
		at, rule := open[len(open)-1].Prob.Pos(), "the chances of "+st.Name+" add to at most 1: they "
		switch told := fmt.Sprintf("add to %s (%s)", short(sum), strings.Join(by, ", ")); {
		case sum <= 1+slack || math.IsNaN(sum):
		case whens:
			l.warnAt(at, 1, heading, rule+told+" where all of these are open", "if that cannot be, let the conditions say so, such as when not …; otherwise takes what they leave")
		default:
			l.at(at, 1, heading, rule+told, "otherwise takes what they leave")
		}
	}
}

// strays says what has been said of a bound: nothing, that it can be broken, that it is.
type strays uint8

const (
	never strays = iota
	sometimes
	always
)

// slack forgives chances that pass their bounds by rounding.
const slack = 1e-9

// keeps says at most once of a bound that it is broken at the medians, and that it can be.
func (l *loader) keeps(b bound, k *Case, v *View, o *Option) {
	at := b.parts[len(b.parts)-1].Pos()
	if l.strayed[at] == always {
		return
	}
	g, ok := l.grid(b.parts, k, v, o)
	if !ok {
		return
	}
	heading := "crisis " + k.Crisis.Name
	worst, middle := g.search(b)
	switch {
	case middle != nil && !b.whens:
		l.strayed[at] = always
		l.at(at, 1, heading, b.says(middle, "is", "add to")+g.where(middle, v, o)+g.medians(), b.mendedBy)
	case worst != nil && l.strayed[at] == never:
		l.strayed[at] = sometimes
		l.warnAt(at, 1, heading, b.says(worst, "can be", "can add to")+g.where(worst, v, o), "a run that draws such a world is refused: "+b.mendedBy)
	}
}

// says tells by how much a bound is broken.
func (b bound) says(p point, is, adds string) string {
	if len(b.parts) == 1 {
		return fmt.Sprintf("%s: %s %s %s", b.rule, b.parts[0], is, short(b.sum(p)))
	}
	var each []string
	for i, e := range b.parts {
		each = append(each, b.by[i]+" "+short(p.of(e)))
	}
	return fmt.Sprintf("%s: they %s %s (%s)", b.rule, adds, short(b.sum(p)), strings.Join(each, ", "))
}

func short(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }

func (b bound) sum(p point) float64 {
	out := 0.0
	for _, e := range b.parts {
		out += p.of(e)
	}
	return out
}

// past measures how far a point lies outside a bound, negative within it.
func (b bound) past(p point) float64 { return max(b.sum(p)-b.high, b.low-b.sum(p)) }

// broken reports whether a bound does not hold at a point; what is not known does.
func (b bound) broken(p point) bool {
	x := b.sum(p)
	return x < b.low-slack || x > b.high+slack || b.open && x <= b.low
}

// point gives names, and conditions by their text, a value; a truth is 1 or 0.
type point map[string]float64

// of is an expression at a point, NaN where it reads what has no value there.
func (p point) of(e *syntax.Expr) float64 {
	switch e.Kind {
	case syntax.NumberExpr:
		return e.Num
	case syntax.UnaryExpr:
		if e.Op == "-" {
			return -p.of(e.Args[0])
		}
	case syntax.BinaryExpr:
		if f := syntax.Arithmetic(e.Op); f != nil {
			return f(p.of(e.Args[0]), p.of(e.Args[1]))
		}
	case syntax.CallExpr:
		if x, ok := p.called(e); ok {
			return x
		}
	}
	if x, ok := p[e.String()]; ok {
		return x
	}
	return math.NaN()
}

func (p point) called(e *syntax.Expr) (float64, bool) {
	switch {
	case e.Op == "if" && len(e.Args) == 3:
		switch p.holds(e.Args[0]) {
		case 1:
			return p.of(e.Args[1]), true
		case 0:
			return p.of(e.Args[2]), true
		}
		return math.NaN(), true
	case len(e.Args) > 0 && (e.Op == "min" || e.Op == "max"):
		out := p.of(e.Args[0])
		for _, a := range e.Args[1:] {
			if e.Op == "min" {
				out = math.Min(out, p.of(a))
			} else {
				out = math.Max(out, p.of(a))
			}
		}
		return out, true
	case len(e.Args) == 1 && e.Op == "abs":
		return math.Abs(p.of(e.Args[0])), true
	}
	return 0, false // odds, exp and the like are left to the run
}

// holds is a condition at a point: 1, 0, or NaN where that is not known.
func (p point) holds(e *syntax.Expr) float64 {
	if x, ok := p[e.String()]; ok {
		return min(x, 1)
	}
	switch {
	case e.Op == "not":
		return 1 - p.holds(e.Args[0])
	case e.Op == "and" || e.Op == "or":
		return e.Joined(p.holds(e.Args[0]), p.holds(e.Args[1]))
	case e.Kind == syntax.BinaryExpr:
		return syntax.Compare(e.Op, p.of(e.Args[0]), p.of(e.Args[1]))
	}
	return math.NaN()
}

// grid holds values of the names of some expressions: of an assumption its median first,
// then its ends and what lies between.
type grid struct {
	names  []string
	drawn  map[string]bool // assumptions; the others are facts, settings, conditions
	set    bool            // a setting that an option changes is among them
	values map[string][]float64
}

// grid lays out what some expressions read in a case, under a view and an option; false
// where they read what has no range.
func (l *loader) grid(es []*syntax.Expr, k *Case, v *View, o *Option) (*grid, bool) {
	g := &grid{drawn: map[string]bool{}, values: map[string][]float64{}}
	ok := true
	for _, e := range es {
		ok = ok && l.lay(g, e, k, v, o)
	}
	slices.Sort(g.names)
	return g, ok
}

func (g *grid) add(name string, drawn bool, values ...float64) bool {
	if _, known := g.values[name]; !known {
		g.names, g.drawn[name], g.values[name] = append(g.names, name), drawn, values
	}
	return true
}

// lay adds what one expression reads.
func (l *loader) lay(g *grid, e *syntax.Expr, k *Case, v *View, o *Option) bool {
	all := func(es []*syntax.Expr) bool {
		return !slices.ContainsFunc(es, func(x *syntax.Expr) bool { return !l.lay(g, x, k, v, o) })
	}
	switch e.Kind {
	case syntax.NumberExpr:
		return true
	case syntax.NameExpr, syntax.IndexExpr:
		return l.layName(g, e, k, v, o)
	case syntax.UnaryExpr:
		return e.Op == "-" && all(e.Args)
	case syntax.BinaryExpr:
		return syntax.Arithmetic(e.Op) != nil && all(e.Args)
	case syntax.CallExpr:
		switch {
		case e.Op == "if" && len(e.Args) == 3:
			l.layCondition(g, e.Args[0], k, v, o)
			return all(e.Args[1:])
		case e.Op == "min" || e.Op == "max" || e.Op == "abs":
			return all(e.Args)
		}
		return layFact(g, e, k)
	case syntax.QuantExpr:
		var counts []float64
		for n := range len(k.Roles[e.Args[0].Op]) + 1 {
			counts = append(counts, float64(n))
		}
		return e.Op == "count" && g.add(e.String(), false, counts...)
	}
	return false
}

// layCondition adds what decides a condition: facts and settings, or, where it asks for
// more than these, the condition itself.
func (l *loader) layCondition(g *grid, e *syntax.Expr, k *Case, v *View, o *Option) {
	inner := &grid{drawn: map[string]bool{}, values: map[string][]float64{}}
	if !l.layDecider(inner, e, k, v, o) {
		g.add(e.String(), false, 0, 1)
		return
	}
	g.set = g.set || inner.set
	for _, name := range inner.names {
		g.add(name, false, inner.values[name]...)
	}
}

func (l *loader) layDecider(g *grid, e *syntax.Expr, k *Case, v *View, o *Option) bool {
	if e.Op == "not" || e.Op == "and" || e.Op == "or" || e.Kind == syntax.BinaryExpr && syntax.Arithmetic(e.Op) == nil {
		return !slices.ContainsFunc(e.Args, func(x *syntax.Expr) bool { return !l.layDecider(g, x, k, v, o) })
	}
	return l.lay(g, e, k, v, o)
}

// layFact adds the levels of a fact.
func layFact(g *grid, e *syntax.Expr, k *Case) bool {
	f := k.Crisis.Fact(e.Op)
	if f == nil || f.Max > 8 {
		return false
	}
	var levels []float64
	for level := range f.Max + 1 {
		levels = append(levels, float64(level))
	}
	return g.add(e.String(), false, levels...)
}

func (l *loader) layName(g *grid, e *syntax.Expr, k *Case, v *View, o *Option) bool {
	if e.Kind == syntax.NameExpr && k.Crisis.Fact(e.Op) != nil {
		return layFact(g, e, k)
	}
	for _, s := range k.Crisis.Settings {
		if e.Kind == syntax.NameExpr && s.Name == e.Op {
			_, own := o.Settings[s.Name]
			g.set = g.set || own
			return g.add(e.Op, false, k.setUnder(s, o)...)
		}
	}
	a := l.assumed(e, k)
	if a == nil || a.Belief(v.Name) == nil || a.Belief(v.Name).Dist == nil {
		return false
	}
	d := a.Belief(v.Name).Dist
	low, high := d.Support()
	if math.IsInf(low, 0) {
		low = d.Quantile(0.001)
	}
	if math.IsInf(high, 0) {
		high = d.Quantile(0.999)
	}
	return g.add(e.String(), true, d.Quantile(0.5), low, high, d.Quantile(0.25), d.Quantile(0.75))
}

// assumed is the assumption that a name or NAME[actor] stands for in a case.
func (l *loader) assumed(e *syntax.Expr, k *Case) *Assumption {
	if e.Kind != syntax.IndexExpr {
		return l.m.assumptions[e.Op]
	}
	if len(e.Args) != 1 {
		return nil
	}
	if who := k.standsFor(e.Args[0].Op); len(who) == 1 {
		if a := l.m.assumptions[e.Op+"["+who[0]+"]"]; a != nil {
			return a
		}
	}
	return l.m.assumptions[e.Op]
}

// setUnder are the values of a setting under an option: two where it waits.
func (k *Case) setUnder(s Setting, o *Option) []float64 {
	before, given := k.Settings[s.Name]
	if !given {
		before = s.Default
	}
	own, set := o.Settings[s.Name]
	switch {
	case !set || own == before:
		return []float64{before}
	case s.Waits:
		return []float64{own, before}
	}
	return []float64{own}
}

// mostPoints bounds how many points of a grid are looked at.
const mostPoints = 625

// search looks for a point at which a bound is broken furthest, and for one with every
// assumption at its median, where it is broken there whatever the facts are.
func (g *grid) search(b bound) (worst, middle point) {
	deep := 5
	for deep > 3 && g.points(deep) > mostPoints {
		deep--
	}
	if g.points(deep) > mostPoints {
		return g.climb(b)
	}
	whatever := true
	far := math.Inf(-1)
	g.each(deep, func(p point, medians bool) {
		broken := b.broken(p)
		if medians && broken && middle == nil {
			middle = p.copied()
		}
		whatever = whatever && (!medians || broken)
		if x := b.past(p); broken && x > far {
			worst, far = p.copied(), x
		}
	})
	if !whatever {
		middle = nil
	}
	return worst, middle
}

// climb looks where there are too many points to look at all: from the medians it moves
// one name at a time to where the bound is passed furthest.
func (g *grid) climb(b bound) (worst, middle point) {
	p := point{}
	free := false
	for _, name := range g.names {
		p[name] = g.values[name][0]
		free = free || !g.drawn[name]
	}
	if b.broken(p) && !free {
		return nil, p
	}
	for range 2 {
		for _, name := range g.names {
			best := p[name]
			far := b.past(p)
			for _, x := range g.values[name] {
				if p[name] = x; b.past(p) > far {
					best, far = x, b.past(p)
				}
			}
			p[name] = best
		}
	}
	if b.broken(p) {
		return p, nil
	}
	return nil, nil
}

func (p point) copied() point {
	return maps.Clone(p)
}

// points counts the points with so many values of each assumption.
func (g *grid) points(deep int) int {
	n := 1
	for _, name := range g.names {
		if n *= min(len(g.values[name]), g.deep(name, deep)); n > 1<<20 {
			return n
		}
	}
	return n
}

func (g *grid) deep(name string, deep int) int {
	if g.drawn[name] {
		return deep
	}
	return len(g.values[name])
}

// each visits the points with so many values of each assumption, 3 being its median and
// its ends.
func (g *grid) each(deep int, f func(p point, medians bool)) {
	p := point{}
	var walk func(i int, medians bool)
	walk = func(i int, medians bool) {
		if i == len(g.names) {
			f(p, medians)
			return
		}
		name := g.names[i]
		values := g.values[name]
		for j, x := range values[:min(len(values), g.deep(name, deep))] {
			p[name] = x
			walk(i+1, medians && (j == 0 || !g.drawn[name]))
		}
	}
	walk(0, true)
}

// where tells a point: what each name is there, under which view, and under which option
// where that matters.
func (g *grid) where(p point, v *View, o *Option) string {
	var out []string
	drawn := false
	for _, name := range g.names {
		out, drawn = append(out, g.told(name, p[name])), drawn || g.drawn[name]
	}
	words := " with " + strings.Join(out, ", ")
	if drawn {
		words += " under view " + v.Name
	}
	if g.set {
		words += " under option " + o.Name
	}
	return words
}

// told is one name and its value, of what is true or not in the words of a condition.
func (g *grid) told(name string, x float64) string {
	switch two := !g.drawn[name] && slices.Equal(g.values[name], []float64{0, 1}); {
	case two && x == 1:
		return name
	case two && strings.Contains(name, " "):
		return "not (" + name + ")"
	case two:
		return "not " + name
	}
	return name + " " + short(x)
}

// medians says that the values told of assumptions are such.
func (g *grid) medians() string {
	switch drawn := slices.DeleteFunc(slices.Clone(g.names), func(name string) bool { return !g.drawn[name] }); len(drawn) {
	case 0:
		return ""
	case 1:
		return ", the median"
	}
	return ", the medians"
}
