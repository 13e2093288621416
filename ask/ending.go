package ask

import (
	"fmt"
	"maps"
	"slices"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/law/chain"
)

// ending holds the states that --end names, and says it in words: one that is drawn
// in, or two at war. Nothing that was read can bring it about where, in a cascade, it
// is not reachable.
type ending struct {
	states    []string
	words     string
	lit       chain.Lit
	reachable bool
}

// ends lists the words of --end, each with how many states it is of.
var ends = map[string]int{"fights": 2, "at_war": 2, "drawn": 1}

// endForms is the hint of words that are no end.
const endForms = `it is "fights(USA, RUS)" or "drawn(USA)"`

// end reads the words of --end: one expression, as those of facts are. States may be
// called by all the names that --by and --on know.
func (r *resolving) end(words string) (ending, error) {
	s, x, err := exprSaid("--end", words, func(c clause, others []string) (string, error) { return r.endWord(c, words, others) })
	if err != nil {
		return ending{}, err
	}
	return s.endOf(x)
}

// endWord is the state that a name in the brackets of an end stands for.
func (r *resolving) endWord(c clause, words string, others []string) (string, error) {
	if c.word == "," {
		return " and ", nil
	}
	if _, is := ends[c.word]; !is {
		return words[c.from:c.to], nil
	}
	id, err := r.stateOnDay(words[c.from:c.to])
	if err != nil {
		return r.someState(others), err
	}
	return id, nil
}

// endOf is the end that an expression says.
func (s *said) endOf(x *syntax.Expr) (ending, error) {
	n, known := ends[x.Op]
	switch {
	case x.Kind == syntax.BinaryExpr && x.Op == "and":
		return ending{}, s.placed(x.Args[1], Usage("an end is one, not several", endForms))
	case x.Kind != syntax.CallExpr && x.Kind != syntax.NameExpr:
		return ending{}, s.placed(x, Usage(fmt.Sprintf("%q is no end", x.String()), endForms))
	case !known:
		return ending{}, s.placed(x, Usage(fmt.Sprintf("unknown end %q", x.Op), source.Among(x.Op, slices.Sorted(maps.Keys(ends)))))
	case len(x.Args) != n:
		return ending{}, s.placed(x, Usage(fmt.Sprintf("%s is of %s, got %d", x.Op, finding.Count(n, "state"), len(x.Args)), endForms))
	case n == 2 && x.Args[0].Op == x.Args[1].Op:
		return ending{}, s.placed(x.Args[1], Usage("two different states fight, got "+x.Args[0].Op+" twice", endForms))
	case n == 2:
		return ending{states: []string{x.Args[0].Op, x.Args[1].Op}, words: x.Args[0].Op + " and " + x.Args[1].Op + " at war"}, nil
	}
	return ending{states: []string{x.Args[0].Op}, words: x.Args[0].Op + " drawn into war"}, nil
}
