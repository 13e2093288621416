package crisis

import (
	"fmt"
	"strings"
)

// dice gives a number from 0 to n−1.
type dice func(n int) int

func (d dice) chance(percent int) bool { return d(100) < percent }

func pick[T any](d dice, xs ...T) T { return xs[d(len(xs))] }

// generator writes a small case as text of the language: every statement of a
// crisis, every lifetime of a fact, law that an option changes, guards,
// chances, and amounts over facts and assumptions.
type generator struct {
	dice
	b strings.Builder

	many    []string // roles played by many
	single  []string // roles played by one
	facts   []genFact
	assumed map[string]bool
	vars    []string // variables in scope, each with its role
	lasting bool     // the game goes on: discount, base odds, nests, what is given
	moves   []string // moves with their choices, for chosen and asked
}

type genFact struct {
	name, over string
	max        int
}

func (g *generator) line(format string, args ...any) { fmt.Fprintf(&g.b, format+"\n", args...) }

// generate writes a case `k` with options `deal` and `none`.
func generate(d dice) string { return (&generator{dice: d}).write() }

// generateLasting writes one that goes on beyond the years shown.
func generateLasting(d dice) string { return (&generator{dice: d, lasting: true}).write() }

func (g *generator) write() string {
	g.assumed, g.single = map[string]bool{}, []string{"challenger", "protege"}
	crisis := g.crisis()
	g.b.Reset()
	g.line("view v \"v\" { note \"drawn\" }")
	g.instruments()
	for _, name := range []string{"pa", "pb", "pc"} {
		g.line("assume %s \"a payoff\" payoff ~ uniform(-8, 8) judgement \"drawn\"", name)
	}
	g.line("assume pd[FRA, GBR, POL, RUS, UKR, BAL, DEU, ITA] \"a payoff\" payoff ~ uniform(-8, 8) judgement \"drawn\"")
	g.line("assume na \"a number\" number ~ uniform(-2, 2) judgement \"drawn\"")
	g.line("assume nb[FRA, GBR, POL, RUS, UKR, BAL, DEU, ITA] \"a number\" number ~ uniform(0.5, 2) judgement \"drawn\"")
	g.line("assume sa \"a share\" share ~ uniform(0, 1) judgement \"drawn\"")
	g.line("assume sb[FRA, GBR, POL, RUS, UKR, BAL, DEU, ITA] \"a share\" share ~ uniform(0, 1) judgement \"drawn\"")
	g.line("assume lambda \"precision\" per payoff ~ uniform(0, 0.6) judgement \"drawn\"")
	if g.lasting {
		g.line("assume delta \"discount\" number ~ uniform(0.3, 0.8) judgement \"drawn\"")
	}
	g.line("assume money \"outlay\" USD bn a year ~ uniform(1, 4) judgement \"drawn\"")
	g.b.WriteString(crisis)
	g.theCase()
	return g.b.String()
}

func (g *generator) instruments() {
	g.line("instrument OLD \"An old pact\" {\n  kind treaty\n  in force 2000-01-01\n  party FRA, GBR, POL, %s from 2000-01-01", pick(g.dice, "UKR", "EST", "DEU"))
	g.line("  article 1 {\n    when armed attack on P, P is party%s\n    then every other party owes P %s\n  }\n}", pick(g.dice, "", ", requested", ", not ceasefire"), g.class())
	g.line("instrument NEW \"A new guarantee\" {\n  kind draft\n  %s\n  party FRA, GBR, EST, LVA, LTU, UKR from 2000-01-01", pick(g.dice, "binding", "political"))
	g.line("  article 1 {\n    when armed attack on UKR by RUS, place within territory(UKR)\n    then every other party owes UKR %s\n  }", g.class())
	g.line("  article 2 {\n    when armed attack on P, P is party, object is forces%s\n    then every other party owes P %s\n  }\n}", pick(g.dice, "", ", ceasefire"), g.class())
}

func (g *generator) class() string {
	return pick(g.dice, "CONSULT", "SUPPORT", "ASSIST_AS_DEEMED", "ASSIST_INCL_MILITARY")
}

func (g *generator) theCase() {
	g.line("option deal \"the deal\" {")
	if g.chance(70) {
		g.line("  adopt NEW")
	}
	if g.chance(30) {
		g.line("  end OLD")
	}
	if g.chance(60) {
		g.line("  deploy %s %d at %s", pick(g.dice, "FRA", "GBR", "BAL"), 500+g.dice(9000), pick(g.dice, "UKR", "kyiv", "EST"))
	}
	if g.chance(60) {
		g.line("  set s%s", pick(g.dice, "", " = 2", " = no"))
	}
	if g.chance(60) {
		g.line("  spend FRA: money%s", pick(g.dice, "", " / 2"))
	}
	g.line("}\noption none \"nothing new\" {\n  spend GBR: money\n}")
	g.line("case k \"drawn\" {\n  question \"none\"\n  date 2025-01-01\n  crisis c\n  role challenger = RUS\n  role protege = UKR\n  horizon %d years", 1+g.dice(4))
	for _, r := range g.single[2:] {
		g.line("  role %s = %s", r, pick(g.dice, "DEU", "ITA"))
	}
	for _, r := range g.many {
		g.line("  role %s = %s", r, pick(g.dice, "FRA, GBR", "GBR, BAL", "FRA, GBR, POL", "BAL", "none", "POL"))
	}
	if g.chance(30) {
		g.line("  set s = %d", g.dice(3))
	}
	if g.chance(30) {
		g.line("  spend POL: money")
	}
	g.line("  option deal, none\n  view v")
	if g.chance(70) {
		g.line("  baseline none")
	}
	g.line("}")
}

func (g *generator) crisis() string {
	for range g.dice(2) {
		g.single = append(g.single, "friend")
	}
	for i := range 1 + g.dice(2) {
		g.many = append(g.many, []string{"band", "crowd"}[i])
	}
	g.line("crisis c \"drawn\" {")
	for _, r := range g.single {
		g.line("  role %s", r)
	}
	for _, r := range g.many {
		g.line("  role %s many", r)
	}
	waits := ""
	if g.lasting {
		waits = pick(g.dice, "", " waits")
	}
	g.line("  setting s \"a setting\" default %d%s", g.dice(2), waits)
	g.declareFacts()
	if g.lasting {
		g.line("  fact z \"set and never cleared\"%s", pick(g.dice, "", "", "", " from the start when yes"))
		g.line("  fact zz \"the same\"\n  discount delta\n  let twice(g) = 2 * nb[g]")
		if waits != "" { // what waits cannot decide the effect
			g.line("  effect when z")
		}
	}
	if waits == "" && g.chance(60) {
		g.line("  effect when %s", g.plain())
	}
	if g.chance(60) {
		g.line("  law ceasefire = %s", g.cond(1))
	}
	if g.chance(60) {
		g.line("  law requested = %s", g.cond(0))
	}
	g.line("  precision lambda")
	steps := 3 + g.dice(4)
	first := g.dice(3)
	if first > 0 {
		g.line("  first {")
		for i := range first {
			g.step(i)
		}
		g.line("  }")
	}
	g.line("  each year {")
	for i := range max(steps-first, 1) {
		g.step(first + i)
	}
	g.line("  }")
	g.payments()
	g.line("}")
	return g.b.String()
}

func (g *generator) declareFacts() {
	names := []string{"a", "b", "c", "d", "e", "f"}
	for _, name := range names[:3+g.dice(4)] {
		f := genFact{name: name, max: 1}
		if g.chance(35) {
			f.over = pick(g.dice, g.many...)
		}
		words := ""
		if g.chance(25) {
			f.max = 2 + g.dice(2)
			words += fmt.Sprintf(" up to %d", f.max)
		}
		switch g.dice(5) {
		case 0:
			words += " for the year"
		case 1:
			words += " for the step"
		default:
			if g.chance(20) {
				words += " final"
			}
			if g.chance(20) {
				words += " from the start" + pick(g.dice, " when s", " when not s", " when yes")
			}
		}
		over := ""
		if f.over != "" {
			over = "(" + f.over + ")"
		}
		g.line("  fact %s%s%s", f.name, over, words)
		g.facts = append(g.facts, f)
	}
}

// plain is a condition over facts that have no actor: what an option's taking
// effect may rest on.
func (g *generator) plain() string {
	var names []string
	for _, f := range g.facts {
		if f.over == "" {
			names = append(names, f.name)
		}
	}
	if len(names) == 0 {
		return pick(g.dice, "s", "not s")
	}
	return pick(g.dice, "", "not ") + pick(g.dice, names...) + pick(g.dice, "", " or s = 1")
}

func (g *generator) step(i int) {
	name := fmt.Sprintf("step%d", i)
	guard := ""
	chance := g.chance(30)
	if !chance {
		if g.chance(40) {
			g.vars = []string{"g"}
			defer func() { g.vars = nil }()
			if g.chance(50) {
				guard = " when " + g.cond(1)
			}
			g.line("    move %s by g for g in %s%s {", name, pick(g.dice, g.many...), guard)
		} else {
			if g.chance(50) {
				guard = " when " + g.cond(1)
			}
			g.line("    move %s by %s%s {", name, pick(g.dice, g.single...), guard)
		}
		g.moves = append(g.moves, name)
		nests, consents := g.lasting && g.chance(30), g.lasting && g.chance(40)
		for j := range 1 + g.dice(3) {
			odds := g.oddsOf(nests)
			if j > 0 && !strings.Contains(odds, "base") && g.lasting && g.chance(15) {
				odds = " copy of x0" + odds
			}
			if j > 0 && consents {
				odds, consents = odds+" consents", false
			}
			g.choice(fmt.Sprintf("x%d", j), odds)
		}
	} else {
		if g.chance(50) {
			guard = " when " + g.cond(1)
		}
		g.line("    chance %s%s {", name, guard)
		n := 1 + g.dice(2)
		for j := range n {
			g.choice(fmt.Sprintf("x%d", j), " with "+g.probability(n))
		}
		g.choice("rest", " otherwise")
	}
	g.line("    }")
}

func (g *generator) probability(n int) string {
	p := pick(g.dice, "sa", "sb[challenger]", "1 / (1 + nb[protege] ^ na)", "if("+g.cond(1)+", sa, 0.3)", "0.25", "min(1, nb[challenger] / 2) * sa")
	if n == 1 {
		return p
	}
	return fmt.Sprintf("(%s) / %d", p, n)
}

func (g *generator) choice(name, how string) {
	g.line("      %s%s {", name, how)
	if g.chance(25) && how != " otherwise" {
		g.line("        when %s", g.cond(1))
	}
	if g.chance(25) {
		g.event()
	}
	for range g.dice(3) {
		g.effect()
	}
	if g.lasting && g.chance(20) {
		g.line("        set %s", pick(g.dice, "z", "zz", "z, zz", "zz if z"))
	}
	g.line("      }")
}

// oddsOf is what a choice starts from.
func (g *generator) oddsOf(nests bool) string {
	out := ""
	if g.lasting && g.chance(50) {
		out = " base " + pick(g.dice, "0.5", "odds(0.1 + 0.8 * sa)", "nb[challenger]", "if("+g.cond(1)+", 3, sa + 0.01)", "exp(precision * pa)", "exp(na)", "twice(protege)")
	}
	if nests && g.chance(70) {
		out += " nest n scale 0.2 + 0.8 * sb[protege]"
	}
	return out
}

func (g *generator) event() {
	on := pick(g.dice, append([]string{"protege"}, g.actors()...)...)
	if g.chance(40) && !g.inScope("h") {
		g.vars = append(g.vars, "h")
		on = fmt.Sprintf("h for h in %s", pick(g.dice, g.many...))
		if g.chance(60) {
			on += " if " + g.cond(0)
		}
		g.vars = g.vars[:len(g.vars)-1]
	}
	by := ""
	if g.chance(40) {
		by = " by " + pick(g.dice, g.actors()...)
	}
	g.line("        event armed attack on %s%s, object %s%s", on, by, pick(g.dice, "territory", "forces"), pick(g.dice, "", ", at home", ", at protege", ", at kyiv"))
}

func (g *generator) inScope(v string) bool {
	for _, x := range g.vars {
		if x == v {
			return true
		}
	}
	return false
}

func (g *generator) effect() {
	f := pick(g.dice, g.facts...)
	verb := pick(g.dice, "set", "set", "raise", "clear")
	over, arg := "", ""
	if f.over != "" {
		if g.chance(40) && !g.inScope("h") {
			g.vars = append(g.vars, "h")
			defer func() { g.vars = g.vars[:len(g.vars)-1] }()
			over, arg = " for h in "+pick(g.dice, g.many...), "(h)"
		} else {
			arg = "(" + pick(g.dice, g.actors()...) + ")"
		}
	}
	level, cond := "", ""
	if verb == "set" && f.max > 1 && g.chance(50) {
		level = fmt.Sprintf(" = %d", 1+g.dice(f.max))
	}
	if g.chance(40) {
		cond = " if " + g.cond(1)
	}
	g.line("        %s %s%s%s%s%s", verb, f.name, arg, level, over, cond)
}

// actors are what may stand for one actor here.
func (g *generator) actors() []string { return append(append([]string{}, g.vars...), g.single...) }

func (g *generator) atom() string {
	f := pick(g.dice, g.facts...)
	name := f.name
	if f.over != "" {
		name += "(" + pick(g.dice, g.actors()...) + ")"
	}
	who := pick(g.dice, g.actors()...)
	switch g.dice(9) {
	case 0, 1, 2:
		return name
	case 3:
		return fmt.Sprintf("%s %s %d", name, pick(g.dice, ">=", "=", "<", "!=", ">", "<="), g.dice(f.max+1))
	case 4:
		return fmt.Sprintf("duty(%s) %s %s", who, pick(g.dice, ">=", "=", "<"), pick(g.dice, "consult", "soft", "deems", "must"))
	case 5:
		return pick(g.dice, "deployed("+who+")", "party("+who+", NEW)", "party_before("+who+", OLD)", "accedes("+who+", NEW)", "accedes("+who+", OLD)", "party("+who+", OLD)", "troops("+who+") > 2", "pledged("+who+") >= deems", "deploys("+who+")", "deployed("+who+", kyiv)", "troops("+who+", UKR) > 1", "deploys("+who+", "+pick(g.dice, g.actors()...)+")")
	case 6:
		return fmt.Sprintf("%s %s %s", who, pick(g.dice, "=", "!="), pick(g.dice, g.actors()...))
	case 7:
		return pick(g.dice, "s", "s = 1", "yes", "s + "+name+" > 1", "-1 < "+name, g.shown(), name+" * 2 - s >= 0", "if("+name+", s, 1)", "max("+name+", s) = 1", "min("+name+", 1) < s")
	}
	return name
}

// shown is a condition over the years shown; where the game goes on nobody in it
// knows them.
func (g *generator) shown() string {
	if g.lasting {
		return "z"
	}
	return "horizon > 2"
}

// cond is a condition over facts.
func (g *generator) cond(depth int) string {
	if depth <= 0 {
		return g.atom()
	}
	switch g.dice(7) {
	case 0:
		return "not (" + g.cond(depth-1) + ")"
	case 1:
		return "(" + g.cond(depth-1) + " and " + g.cond(depth-1) + ")"
	case 2:
		return "(" + g.cond(depth-1) + " or " + g.cond(depth-1) + ")"
	case 3:
		return g.over(pick(g.dice, "any", "every", "count", "sum"), depth, g.cond)
	}
	return g.atom()
}

// over binds a variable of its own.
func (g *generator) over(fold string, depth int, body func(int) string) string {
	v := []string{"i", "j", "l", "m"}[min(len(g.vars), 3)]
	role := pick(g.dice, g.many...)
	g.vars = append(g.vars, v)
	defer func() { g.vars = g.vars[:len(g.vars)-1] }()
	cond := ""
	if g.chance(50) {
		cond = " if " + g.cond(0)
	}
	return fmt.Sprintf("%s(%s in %s%s: %s)", fold, v, role, cond, body(depth-1))
}

// pay is an amount in payoff.
func (g *generator) pay(depth int) string {
	if depth <= 0 {
		return pick(g.dice, "pa", "pb", "pc", "pd["+pick(g.dice, g.actors()...)+"]", "-pa", "2 * pb", "-pc / 4")
	}
	switch g.dice(9) {
	case 0:
		return g.pay(depth-1) + " + " + g.pay(depth-1)
	case 1:
		return g.pay(depth-1) + " - (" + g.pay(depth-1) + ")"
	case 2, 3:
		return "(" + g.pay(depth-1) + ") * " + g.num(depth-1)
	case 4:
		return "if(" + g.cond(1) + ", " + g.pay(depth-1) + ", " + g.pay(depth-1) + ")"
	case 5:
		return pick(g.dice, "min", "max") + "(" + g.pay(depth-1) + ", " + g.pay(depth-1) + ")"
	case 6:
		return "abs(" + g.pay(depth-1) + ")"
	case 7:
		return g.over(pick(g.dice, "sum", "greatest"), depth, g.pay)
	}
	return "(" + g.pay(depth-1) + ") / nb[" + pick(g.dice, g.actors()...) + "]"
}

// counted writes a tally of how often a condition turns true, which P gives
// only for what cannot lapse.
func (g *generator) counted(i int, cond string) string {
	g.line("  tally n%d number when %s: 1", i, cond)
	return fmt.Sprintf("total(n%d)", i)
}

// num is a plain number.
func (g *generator) num(depth int) string {
	if depth <= 0 {
		return pick(g.dice, "na", "sa", "2", "nb["+pick(g.dice, g.actors()...)+"]", "("+g.atom()+")")
	}
	switch g.dice(8) {
	case 0:
		return "(" + g.num(depth-1) + " + " + g.num(depth-1) + ")"
	case 1:
		return "(1 - " + g.num(depth-1) + ")"
	case 2:
		return "exp(-abs(" + g.num(depth-1) + "))"
	case 3:
		return "sqrt(abs(" + g.num(depth-1) + "))"
	case 4:
		return "log(1 + abs(" + g.num(depth-1) + "))"
	case 5:
		return "nb[challenger] ^ " + pick(g.dice, "na", "sa", "2")
	case 6:
		fold := pick(g.dice, "product", "count")
		return g.over(fold, depth, func(d int) string {
			if fold == "product" && g.chance(50) {
				return "sb[" + g.vars[len(g.vars)-1] + "]"
			}
			return "(" + g.atom() + ")"
		})
	}
	return "if(" + g.cond(1) + ", " + g.num(depth-1) + ", 0.5)"
}

func (g *generator) payments() {
	for i := range 2 + g.dice(4) {
		to := pick(g.dice, g.single...)
		if g.chance(45) {
			g.vars = []string{"g"}
			to = "g for g in " + pick(g.dice, g.many...)
		}
		g.line("  payoff \"p%d\" to %s%s: %s", i, to, g.due(), g.pay(2))
		g.vars = nil
	}
	var measured []string
	for i := range g.dice(3) {
		over := ""
		if g.chance(50) {
			g.vars = []string{"g"}
			over = " for g in " + pick(g.dice, g.many...)
		}
		if g.chance(50) {
			g.line("  tally t%d payoff%s%s: %s", i, over, g.due(), g.pay(1))
			measured = append(measured, fmt.Sprintf("payoff = total(t%d)", i))
		} else {
			g.line("  tally t%d USD bn%s%s: outlay(%s) * year", i, over, g.due(), pick(g.dice, g.actors()...))
			measured = append(measured, fmt.Sprintf("USD bn a year = total(t%d) / years(yes)", i))
		}
		g.vars = nil
	}
	for i := range 1 + g.dice(3) {
		measured = append(measured, "number = "+g.counted(i, g.cond(2)))
	}
	measured = append(measured, "years = years("+g.cond(2)+")", "number = ("+g.counted(100, g.cond(1))+" + 1) / (1 + "+g.counted(101, g.cond(1))+")", "years = horizon - years("+g.cond(1)+")")
	if g.lasting {
		measured = append(measured, "probability = P(z)", "probability = P(zz | z)", "years = years("+g.cond(1)+" | z) * 2",
			"number = total(n100 | z) - 1", "number = "+g.rate())
	}
	for i, words := range measured {
		g.line("  measure m%d \"m\" %s", i, words)
	}
}

// rate is how often a choice of a move is made, of the times it is asked.
func (g *generator) rate() string {
	if len(g.moves) == 0 {
		return "years(yes) / horizon"
	}
	m := pick(g.dice, g.moves...)
	when := pick(g.dice, "", ", "+g.cond(0), ", z")
	return fmt.Sprintf("chosen(%s, x0%s) / (asked(%s%s) + 0.1)", m, when, m, when)
}

// due is when something is paid.
func (g *generator) due() string {
	out := pick(g.dice, "", "", " each year")
	if g.chance(85) {
		out += " when " + g.cond(2)
	}
	return out
}
