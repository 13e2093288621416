package ask

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/law"
	"casus/model"
)

// facts reads what is known: requested=yes, at_war(RUS, GBR)=no, a bare requested for
// yes and not requested for no, apart by commas or joined by and.
func (r *resolving) facts(q *Question) error {
	given := map[string]bool{}
	var wrong []error
	for _, words := range q.Facts {
		s, e, err := r.factsSaid(words)
		wrong = append(wrong, err)
		if e == nil {
			continue
		}
		for _, x := range conjuncts(e) {
			key, v, err := r.fact(x)
			switch {
			case err == nil && given[key] && r.event.Facts[key] != v:
				err = Usage("fact "+key+" is given twice, and not the same", "")
			case err == nil:
				given[key], r.event.Facts[key] = true, v
				r.typed = append(r.typed, key)
			}
			wrong = append(wrong, s.placed(x, err))
		}
	}
	return Together(wrong...)
}

// factsSaid reads the words of facts as one expression. Nil where they cannot be read.
func (r *resolving) factsSaid(words string) (*said, *syntax.Expr, error) {
	return exprSaid("--fact", words, func(c clause, others []string) (string, error) { return r.factWord(c, words, others) })
}

// exprSaid reads what is said with a flag as one expression, with the names in its
// brackets replaced by those of the model, as named gives them: it is told those that
// were there before. Nil where it cannot be read.
func exprSaid(flag, words string, named func(c clause, others []string) (string, error)) (*said, *syntax.Expr, error) {
	s := &said{file: source.Typed(flag, words)}
	var wrong []error
	var states []string
	at := 0
	for _, c := range inBrackets(words) {
		name, err := named(c, states)
		states = append(states, name)
		if err != nil {
			wrong = append(wrong, s.atClause(c, err))
		}
		s.text += words[at:c.from] + name
		s.replaced = append(s.replaced, replacement{c.from, c.to, len(name)})
		at = c.to
	}
	s.text += words[at:]
	e, problems := syntax.ParseExpr(flag, s.text)
	for _, p := range problems {
		s.add(p)
	}
	if e == nil {
		wrong = append(wrong, source.Misuse{Err: syntax.Typed(s.problems)})
	}
	return s, e, Together(wrong...)
}

// inBrackets finds in the words of a flag what a model file writes otherwise: a comma
// between two facts, and the names of states in the brackets of one.
func inBrackets(words string) []clause {
	var out []clause
	depth, from, fact := 0, 0, ""
	for i, c := range words {
		switch {
		case c == '(':
			if depth++; depth == 1 {
				from, fact = i+1, lastWord(words[:i])
			}
		case c == ')' && depth > 0:
			if depth--; depth == 0 {
				out = append(out, clause{fact, from, i})
			}
		case c == ',' && depth == 1:
			out = append(out, clause{fact, from, i})
			from = i + 1
		case c == ',' && depth == 0:
			out = append(out, clause{",", i, i + 1})
		}
	}
	return out
}

func lastWord(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndexAny(s, " ,")+1:]
}

// factWord is what takes the place of a word. What no fact, or one of an instrument,
// has in its brackets stays as it is; for a state that nobody knows stands another, so
// that the rest is looked at too.
func (r *resolving) factWord(c clause, words string, others []string) (string, error) {
	if c.word == "," {
		return " and ", nil
	}
	name := words[c.from:c.to]
	f := r.m.Facts[c.word]
	if f == nil || f.PerInstrument || f.Arity == 0 {
		return name, nil
	}
	id, err := r.state(name)
	if err != nil {
		return r.someState(others), Usage(fmt.Sprintf("fact %s: %v", f.Name, err), "")
	}
	return id, nil
}

// placed adds to an error where what it is of was typed.
func (s *said) placed(x *syntax.Expr, err error) error {
	var p source.Placed
	if err == nil || !errors.As(x.At(err), &p) {
		return err
	}
	s.problems = nil
	s.add(source.Problem{Pos: p.Pos})
	return source.At(s.problems[0].Pos, p.Len, err)
}

// atClause adds to an error where a name in brackets was typed.
func (s *said) atClause(c clause, err error) error {
	words := string(s.file.Text[c.from:c.to])
	name := strings.TrimSpace(words)
	return source.At(source.Pos{File: s.file, Offset: c.from + strings.Index(words, name)}, utf8.RuneCountInString(name), err)
}

// conjuncts are the parts that "and" joins.
func conjuncts(e *syntax.Expr) []*syntax.Expr {
	if e.Kind != syntax.BinaryExpr || e.Op != "and" {
		return []*syntax.Expr{e}
	}
	return append(conjuncts(e.Args[0]), conjuncts(e.Args[1])...)
}

var truths = map[string]law.Tri{"yes": law.Yes, "true": law.Yes, "no": law.No, "false": law.No, "unknown": law.Unknown}

// fact reads one.
func (r *resolving) fact(x *syntax.Expr) (string, law.Tri, error) {
	of, v := x, law.Yes
	switch {
	case x.Kind == syntax.UnaryExpr && x.Op == "not":
		key, v, err := r.fact(x.Args[0])
		return key, v.Not(), err
	case x.Kind == syntax.BinaryExpr && x.Op == "=":
		var known bool
		of = x.Args[0]
		if v, known = truths[strings.ToLower(x.Args[1].String())]; !known {
			return "", 0, Usage(fmt.Sprintf("fact %s cannot be %q", of, x.Args[1].String()), "it is yes, no or unknown")
		}
	}
	if of.Kind != syntax.NameExpr && of.Kind != syntax.CallExpr {
		return "", 0, Usage(fmt.Sprintf("%q is no fact", x.String()), "write FACT=yes, not FACT, or FACT(STATE, STATE)=yes")
	}
	f := r.m.Facts[of.Op]
	switch {
	case f == nil:
		return "", 0, Unknown("fact", of.Op, names(r.m.Facts))
	case f.PerInstrument:
		return r.factOfInstrument(f, of, v)
	}
	key, err := factOfStates(f, of)
	return key, v, err
}

// factOfStates is at_war(RUS, GBR), its states in the order of its key.
func factOfStates(f *model.LegalFact, of *syntax.Expr) (string, error) {
	args := make([]string, len(of.Args))
	for i, a := range of.Args {
		args[i] = a.Op
	}
	switch {
	case len(args) != f.Arity:
		return "", Usage(fmt.Sprintf("fact %s is about %s, not %d, as in %s", f.Name, finding.Count(f.Arity, "state"), len(args), law.FactKey(f.Name, []string{"RUS", "GBR"}[:f.Arity]...)), "")
	case len(args) == 2 && args[0] == args[1]:
		return "", Usage(fmt.Sprintf("fact %s relates two states, and %s is one: name another", f.Name, args[0]), "")
	}
	return law.FactKey(f.Name, f.Ordered(args)...), nil
}

// factOfInstrument is adversary_named(ATOP1565), or bare for every instrument.
func (r *resolving) factOfInstrument(f *model.LegalFact, of *syntax.Expr, v law.Tri) (string, law.Tri, error) {
	if of.Kind == syntax.NameExpr {
		return f.Name, v, nil
	}
	if len(of.Args) != 1 || r.m.Instrument(of.Args[0].Op) == nil {
		id := strings.TrimSuffix(strings.TrimPrefix(of.String(), f.Name+"("), ")")
		return "", 0, Unknown("instrument", id, instrumentNames(r.m))
	}
	return law.FactKey(f.Name, of.Args[0].Op), v, nil
}
