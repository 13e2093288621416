package crisis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/game/tape"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// Strayed is a world in which a number of a step lies where it cannot: chances that add
// to more than one, one below zero, base odds that are not above zero. As an error it is a
// problem of the author's, at the step.
type Strayed struct {
	Step   *model.Step
	Option string
	View   string // empty where the worlds are nobody's
	World  int    // from 0, among those that were solved
	Worlds int    // how many were drawn; 0 where that is not known
	What   string // "the chances of luck add to 1.4"
	Values []string
}

// Unwrap gives the problem with its place, as the mistakes of a file are told.
func (e *Strayed) Unwrap() error {
	where := fmt.Sprintf("%s, in world %d", e.What, e.World)
	if e.Worlds > 0 {
		where += fmt.Sprintf(" of %d", e.Worlds)
	}
	if e.View != "" {
		where += " of view " + e.View
	}
	where += " under option " + e.Option
	if len(e.Values) > 0 {
		where += ", where " + strings.Join(e.Values, ", ")
	}
	return source.Problems{{Pos: e.Step.Pos, Len: len(e.Step.Name), Msg: where, Hint: "narrow the ranges, or bound the number with min(…, 1) and max(…, 0)"}}
}

// Error says the same in one line.
func (e *Strayed) Error() string {
	p := e.Unwrap().(source.Problems)[0]
	return p.Pos.String() + ": " + p.Msg + " (" + p.Hint + ")"
}

// limit is a number of a step, the lowest of its kind in any state, which a program
// gives as one of its outputs.
type limit struct {
	step *model.Step
	kind limitKind
}

type limitKind uint8

const (
	chanceGiven limitKind = iota // after with
	chanceLeft                   // for otherwise
	oddsBase
	nestScale
	nestPast // what a scale leaves to 1
)

// limited compiles what must not be negative into a program of its own, which is small
// beside the game's: worlds can be looked through before any is solved.
func (s *Solver) limited(b *tape.Builder) {
	var outputs []tape.Node
	for _, p := range s.Graph.Game.steps {
		if slices.ContainsFunc(s.limits, func(x limit) bool { return x.step == p.step }) {
			continue
		}
		note := func(kind limitKind, nodes []tape.Node) {
			if len(nodes) > 0 {
				s.limits = append(s.limits, limit{p.step, kind})
				outputs = append(outputs, least(b, nodes))
			}
		}
		note(chanceGiven, bounded(s.Graph.given, p.step.Name))
		note(chanceLeft, bounded(s.Graph.rests, p.step.Name))
		note(oddsBase, bounded(s.Graph.bases, p.step.Name))
		scales := bounded(s.Graph.scales, p.step.Name)
		note(nestScale, scales)
		var past []tape.Node
		for _, n := range scales {
			past = append(past, b.Sub(b.Const(1), n))
		}
		note(nestPast, past)
	}
	s.outside = b.Compile(outputs)
}

// Within looks through n worlds for one in which a number of a step lies where it
// cannot, and gives the first, as a *Strayed.
func (s *Solver) Within(in [][]float64, n int) error {
	if len(s.limits) == 0 {
		return nil
	}
	scratch, at := s.outside.NewScratch(), columnsOf(len(s.limits), min(n, aheadBlock))
	for from := 0; from < n; from += aheadBlock {
		to := min(from+aheadBlock, n)
		some := make([][]float64, len(in))
		for i := range in {
			some[i] = in[i][from:to]
		}
		for i := range at {
			at[i] = at[i][:to-from]
		}
		s.outside.Run(scratch, s.Graph.Game.inputs(some, s.sharper, to-from), at)
		if e := s.strayed(some, at); e != nil {
			e.World += from
			return e
		}
	}
	return nil
}

// aheadBlock bounds the worlds that are looked through at a time.
const aheadBlock = 1024

func (s *Solver) strayed(in, at [][]float64) *Strayed {
	for w := range width(at) {
		for i, b := range s.limits {
			if x := at[i][w]; !(x >= -1e-9) {
				return &Strayed{Step: b.step, Option: s.Graph.Game.Option.Name, World: w, What: b.says(x), Values: s.readBy(b.step, in, w)}
			}
		}
	}
	return nil
}

func (b limit) says(x float64) string {
	switch {
	case math.IsNaN(x):
		return "a number of " + b.step.Name + " is not defined"
	case b.kind == oddsBase:
		return fmt.Sprintf("base odds of %s are %.4g and must be above 0", b.step.Name, x)
	case b.kind == nestScale:
		return fmt.Sprintf("the scale of a nest of %s is %.4g and must be above 0", b.step.Name, x)
	case b.kind == nestPast:
		return fmt.Sprintf("the scale of a nest of %s is %.4g and cannot pass 1", b.step.Name, 1-x)
	case b.kind == chanceGiven:
		return fmt.Sprintf("a chance of %s is %.4g and cannot be negative", b.step.Name, x)
	case len(b.step.Choices) > 2:
		return fmt.Sprintf("the chances of %s add to %.4g and cannot pass 1", b.step.Name, 1-x)
	}
	return fmt.Sprintf("a chance of %s is %.4g and cannot pass 1", b.step.Name, 1-x)
}

// readBy says what the assumptions that a step's numbers name are in a world.
func (s *Solver) readBy(st *model.Step, in [][]float64, w int) []string {
	read := map[string]bool{}
	for _, ch := range st.Choices {
		for _, e := range []*syntax.Expr{ch.Prob, ch.Base, ch.Scale} {
			e.Walk(func(x *syntax.Expr) { read[x.Op] = true })
		}
	}
	var out []string
	for i, a := range s.Graph.Game.Inputs {
		if read[a.Base] && i < len(in) {
			out = append(out, fmt.Sprintf("%s is %.4g", a.Name, in[i][w]))
		}
	}
	return out
}
