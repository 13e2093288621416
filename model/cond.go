package model

import (
	"strconv"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// objects lists what an event may fall on.
var objects = []string{"territory", "forces", "vessel", "aircraft"}

// Objects lists what an event may fall on.
func Objects() []string { return objects }

// cond reads a condition of law.
func (l *loader) cond(c *syntax.Cursor, in *Instrument, vars []string) *Cond {
	e := c.Expr()
	if e == nil {
		return nil
	}
	parts := 0
	e.Walk(func(*syntax.Expr) { parts++ })
	if parts > maxCondition {
		l.fail(e.Tok, c.Stmt, "a condition of "+strconv.Itoa(parts)+" parts; "+strconv.Itoa(maxCondition)+" are the most", "part it at the and with commas, or give some of it a name as a fact")
		return nil
	}
	l.words = e.Spelled()
	return l.condOf(e, c.Stmt, in)
}

// maxCondition bounds the parts of a condition: its trace shows one within the
// other, and each with its way from the top.
const maxCondition = 500

// wordsOf prints an expression; a part of the condition being read was printed with
// the whole.
func (l *loader) wordsOf(e *syntax.Expr) string {
	if words, ok := l.words[e]; ok {
		return words
	}
	return e.String()
}

// condOf resolves an expression as a condition of law. Variables need no
// declaration here: a letter that the rule does not bind is caught by check.
func (l *loader) condOf(e *syntax.Expr, at *syntax.Stmt, in *Instrument) *Cond {
	out := &Cond{Words: l.wordsOf(e), Pos: e.Pos()}
	bad := func(msg, hint string) *Cond {
		l.fail(e.Tok, at, msg, hint)
		return nil
	}
	switch e.Kind {
	case syntax.UnaryExpr:
		if e.Op != "not" {
			return bad("expected a condition, found "+e.String(), "such as place within nat_area, or a declared fact")
		}
		x := l.condOf(e.Args[0], at, in)
		if x == nil {
			return nil
		}
		out.Op, out.Args = CondNot, []*Cond{x}
		return out
	case syntax.NameExpr:
		switch e.Op {
		case "yes", "always":
			out.Op, out.N = CondKnown, 1
			return out
		case "never":
			out.Op = CondKnown
			return out
		}
		return l.factCond(e, at, in, out)
	case syntax.CallExpr:
		return l.factCond(e, at, in, out)
	case syntax.QuantExpr:
		return l.countCond(e, at, in, out, 1)
	case syntax.BinaryExpr:
		return l.binaryCond(e, at, in, out)
	}
	return bad("expected a condition, found "+e.String(), "such as place within nat_area, or a declared fact")
}

func (l *loader) binaryCond(e *syntax.Expr, at *syntax.Stmt, in *Instrument, out *Cond) *Cond {
	left, right := e.Args[0], e.Args[1]
	switch e.Op {
	case "and", "or":
		a, b := l.condOf(left, at, in), l.condOf(right, at, in)
		if a == nil || b == nil {
			return nil
		}
		out.Op = CondAnd
		if e.Op == "or" {
			out.Op = CondOr
		}
		out.Args = []*Cond{a, b}
		return out
	case "within":
		return l.withinCond(left, right, at, in, out)
	case "is", "in":
		return l.isCond(left, right, at, in, out)
	case ">=":
		if left.Kind == syntax.QuantExpr && right.Kind == syntax.NumberExpr {
			if right.Num < 1 || right.Num != float64(int(right.Num)) {
				l.fail(right.Tok, at, "a count is compared with a whole number from 1, found "+right.Tok.Text, "")
				return nil
			}
			return l.countCond(left, at, in, out, int(right.Num))
		}
		if left.Op == "date" && right.Kind == syntax.DateExpr {
			d, err := data.ParseDay(right.Op)
			if err != nil {
				l.fail(right.Tok, at, err.Error(), "")
				return nil
			}
			out.Op, out.Day = CondAfter, d
			return out
		}
	case "<":
		if left.Op == "date" && right.Kind == syntax.DateExpr {
			after := *e
			after.Op = ">="
			x := l.binaryCond(&after, at, in, &Cond{Words: "not " + e.String(), Pos: e.Pos()})
			if x == nil {
				return nil
			}
			out.Op, out.Args = CondNot, []*Cond{x}
			return out
		}
	}
	l.fail(e.Tok, at, "a condition of law cannot be "+strconv.Quote(e.String()), "use and, or, not, is, within, a fact, date >= YYYY-MM-DD, or count(…) >= n")
	return nil
}

func (l *loader) factCond(e *syntax.Expr, at *syntax.Stmt, in *Instrument, out *Cond) *Cond {
	f := l.m.Facts[e.Op]
	if f == nil {
		l.fail(e.Tok, at, "unknown fact "+strconv.Quote(e.Op), near(l, e.Op, l.m.Facts))
		return nil
	}
	if f.PerInstrument {
		return l.factOfInstrument(e, at, in, out)
	}
	if len(e.Args) != f.Arity {
		l.fail(e.Tok, at, "fact "+f.Name+" relates "+finding.Count(f.Arity, "state")+", not "+strconv.Itoa(len(e.Args)), "")
		return nil
	}
	out.Op, out.Name, out.Question = CondFact, f.Name, f.Question
	for _, a := range e.Args {
		t, ok := l.term(a, at)
		if !ok {
			return nil
		}
		out.Terms = append(out.Terms, t)
	}
	return out
}

// factOfInstrument reads a fact that is a different one for each instrument:
// adversary_named is that of the instrument it stands in, adversary_named(NAT)
// that of another.
func (l *loader) factOfInstrument(e *syntax.Expr, at *syntax.Stmt, in *Instrument, out *Cond) *Cond {
	out.Op, out.Name = CondFact, e.Op
	switch {
	case len(e.Args) == 0 && in != nil:
		out.About = in.ID
		return out
	case len(e.Args) != 1:
		l.fail(e.Tok, at, "fact "+e.Op+" is about 1 instrument, not "+strconv.Itoa(len(e.Args)), "")
		return nil
	}
	out.About = e.Args[0].Op
	l.laterInstrument(e.Args[0], at)
	return out
}

// laterInstrument checks that a name is an instrument, once all are known.
func (l *loader) laterInstrument(id *syntax.Expr, at *syntax.Stmt) {
	l.later = append(l.later, func() {
		if l.m.instruments[id.Op] == nil {
			l.fail(id.Tok, at, "unknown instrument "+strconv.Quote(id.Op), near(l, id.Op, l.m.instruments))
		}
	})
}

// term reads a state; sets are the names of sets that could stand in its place.
func (l *loader) term(e *syntax.Expr, at *syntax.Stmt, sets ...string) (Term, bool) {
	if e.Kind != syntax.NameExpr {
		l.fail(e.Tok, at, "expected a state, found "+e.String(), "")
		return Term{}, false
	}
	switch {
	case e.Op == "victim" || e.Op == "attacked":
		return Term{Kind: Victim}, true
	case e.Op == "attacker":
		return Term{Kind: Attacker}, true
	case e.Op == "host":
		return Term{Kind: Host}, true
	case isVariable(e.Op) || len(e.Op) == 1:
		return Term{Kind: Variable, Name: e.Op}, true
	}
	l.stateOr(e.Tok, at, sets...)
	return Term{Kind: Literal, Name: e.Op}, true
}

func (l *loader) withinCond(left, right *syntax.Expr, at *syntax.Stmt, in *Instrument, out *Cond) *Cond {
	if left.Op != "place" {
		l.fail(left.Tok, at, "only the place can lie within an area", "write place within …")
		return nil
	}
	if right.Kind == syntax.CallExpr && (right.Op == "territory" || right.Op == "home") && len(right.Args) == 1 {
		t, ok := l.term(right.Args[0], at)
		out.Op, out.Home, out.Terms = CondWithinOf, right.Op == "home", []Term{t}
		if in != nil {
			out.About = in.ID
		}
		if !ok {
			return nil
		}
		return out
	}
	if right.Kind != syntax.NameExpr {
		l.fail(right.Tok, at, "expected an area, found "+right.String(), "")
		return nil
	}
	l.knownArea(right.Tok, at)
	out.Op, out.Area = CondWithin, right.Op
	return out
}

func (l *loader) isCond(left, right *syntax.Expr, at *syntax.Stmt, in *Instrument, out *Cond) *Cond {
	if left.Op == "object" {
		if !contains(objects, right.Op) {
			l.fail(right.Tok, at, "unknown object "+strconv.Quote(right.Op), "one of "+strings.Join(objects, ", "))
			return nil
		}
		out.Op, out.Name = CondObject, right.Op
		return out
	}
	t, ok := l.term(left, at)
	if !ok {
		return nil
	}
	out.Terms = []Term{t}
	switch {
	case right.Op == "party" && right.Kind == syntax.NameExpr && in != nil:
		out.Op, out.Set = CondIn, Set{Kind: PartySet, Instrument: in.ID, Words: "party"}
	case right.Op == "party" && right.Kind == syntax.CallExpr && len(right.Args) == 1:
		id := right.Args[0]
		out.Op, out.Set = CondIn, Set{Kind: PartySet, Instrument: id.Op, Words: right.String()}
		l.laterInstrument(id, at)
	case right.Op == "state" && right.Kind == syntax.NameExpr:
		out.Op, out.Set = CondIn, Set{Kind: AllStates, Words: "state"}
	case right.Kind == syntax.NameExpr && l.m.Groups[right.Op] != nil:
		out.Op, out.Set = CondIn, Set{Kind: GroupSet, Group: right.Op, Words: right.Op}
	default:
		u, ok := l.term(right, at, l.setsOfStates(in)...)
		if !ok {
			return nil
		}
		out.Op, out.Terms = CondSame, []Term{t, u}
	}
	return out
}

// setsOfStates are the names of the sets that a condition may count in.
func (l *loader) setsOfStates(in *Instrument) []string {
	out := append(keys(l.m.Groups), "state")
	if in != nil {
		out = append(out, "party")
	}
	return out
}

// countCond reads any(x in SET: cond) and count(x in SET: cond) >= n.
func (l *loader) countCond(e *syntax.Expr, at *syntax.Stmt, in *Instrument, out *Cond, n int) *Cond {
	if e.Op != "any" && e.Op != "count" || len(e.Var.Text) != 1 {
		l.fail(e.Tok, at, "a condition of law counts with any(x in …) or count(x in …) >= n", "use one letter for the state")
		return nil
	}
	body := e.Args[2]
	if e.Args[1] != nil {
		body = &syntax.Expr{Kind: syntax.BinaryExpr, Op: "and", Args: []*syntax.Expr{e.Args[1], e.Args[2]}, Tok: e.Tok}
	}
	x := l.condOf(body, at, in)
	set := e.Args[0]
	out.Op, out.Args, out.N, out.Name = CondCount, []*Cond{x}, n, e.Var.Text
	switch {
	case set.Op == "party" && in != nil:
		out.Set = Set{Kind: PartySet, Instrument: in.ID, Words: "party"}
	case set.Op == "state":
		out.Set = Set{Kind: AllStates, Words: "state"}
	case l.m.Groups[set.Op] != nil:
		out.Set = Set{Kind: GroupSet, Group: set.Op, Words: set.Op}
	default:
		l.fail(set.Tok, at, "unknown set of states "+strconv.Quote(set.Op), source.DidYouMean(set.Op, l.setsOfStates(in)))
		return nil
	}
	if x == nil {
		return nil
	}
	return out
}
