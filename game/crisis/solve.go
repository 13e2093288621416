package crisis

import (
	"context"
	"math"
	"slices"

	"casus/game"
	"casus/game/tape"
	"casus/lang/syntax"
	"casus/model"
)

// Solver is a graph lowered to a program: assumptions in, measures out. It
// holds no values and may be used by many workers at once.
type Solver struct {
	Graph    *Graph
	Measures []model.Measure
	program  *tape.Program
	checks   []int              // outputs that must not be negative: the lowest chance or base odds of a step
	again    *game.Continuation // nil where the game ends with its horizon
	sharper  float64            // how many times as sharp as stated choices are
	outside  *tape.Program      // gives the limits in each world
	limits   []limit
}

// Lower writes the solution of a graph as a program.
func Lower(gr *Graph) *Solver {
	s := &Solver{Graph: gr, Measures: gr.Game.Crisis.Measures, sharper: 1}
	if gr.Game.goesOn() {
		var err error
		if s.again, gr.shown, err = game.LowerYear(gr.Form); err != nil {
			panic(err) // every set of a crisis is one node
		}
		s.finish(gr.shown.Builder, gr.sums(gr.Game.Case.Horizon, gr.Game.Sums))
		return s
	}
	accounts := make([]int, len(gr.Game.Sums))
	for i := range accounts {
		accounts[i] = len(gr.Game.Actors) + i
	}
	f, err := game.Lower(gr.Form, accounts)
	if err != nil {
		panic(err) // the same
	}
	sums := make([]tape.Node, len(accounts))
	for i, account := range accounts {
		sums[i] = f.Expected(account)
	}
	s.finish(f.Builder, sums)
	return s
}

// sums gives what so many years add to each sum of the measures, or to those
// wanted of them. What is given a condition runs over as many years from the one
// in which it comes true, is weighed by how likely each way to it is within the
// years, and is divided by that.
func (gr *Graph) sums(years int, wanted []Sum) []tape.Node {
	g := gr.Game
	out := make([]tape.Node, len(g.Sums))
	for i, s := range g.Sums {
		account := len(g.Actors) + i
		switch {
		case !slices.ContainsFunc(wanted, func(w Sum) bool { return w.Text == s.Text }):
		case s.given == nil:
			out[i] = gr.shown.Expected(account, years)
		default:
			holds := (&compiler{g: g}).cond(s.given)
			out[i] = gr.shown.Given(account, g.reached(s.given), years, func(year int) bool { return holds.holds(gr.starts[year]) })
		}
	}
	return out
}

// reached is the sum of how likely a condition is to come true.
func (g *Game) reached(e *syntax.Expr) int {
	for i, s := range g.Sums {
		if s.Kind == "P" && s.given == nil && s.expr.String() == e.String() {
			return len(g.Actors) + i
		}
	}
	panic("crisis: nothing tells how likely " + e.String() + " is, though it passed the check")
}

// finish compiles the measures over the sums, and what must be checked.
func (s *Solver) finish(b *tape.Builder, sums []tape.Node) {
	var outputs []tape.Node
	for _, m := range s.Measures {
		outputs = append(outputs, s.Graph.told(b, m, sums, s.Graph.Game.Case.Horizon))
	}
	for _, step := range s.Graph.steps() {
		for _, odds := range []bool{false, true} {
			if nodes := s.Graph.bounded(step, odds); len(nodes) > 0 {
				s.checks = append(s.checks, len(outputs))
				outputs = append(outputs, least(b, nodes))
			}
		}
	}
	s.program = b.Compile(outputs)
	s.limited(b)
}

// steps lists the names of the steps, in order of play.
func (gr *Graph) steps() []string {
	var out []string
	for _, p := range gr.Game.steps {
		if !slices.Contains(out, p.step.Name) {
			out = append(out, p.step.Name)
		}
	}
	return out
}

// bounded lists the probabilities of the chances of a step, given and left
// over, or its base odds: none may be negative. None below zero means no
// probability above one.
func (gr *Graph) bounded(step string, odds bool) []tape.Node {
	if odds {
		return bounded(gr.bases, step)
	}
	out := append(bounded(gr.given, step), bounded(gr.rests, step)...)
	slices.Sort(out)
	return slices.Compact(out)
}

// bounded lists the nodes that are of a step, in the order they were made.
func bounded(from map[tape.Node]string, step string) []tape.Node {
	var out []tape.Node
	for n, of := range from {
		if of == step {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// least is the lowest of some values and zero.
func least(b *tape.Builder, of []tape.Node) tape.Node {
	out := b.Const(0)
	for _, n := range of {
		out = b.Min(n, out)
	}
	return out
}

// told writes a measure over the sums of so many years: NaN where it turns on a role
// that nobody plays.
func (gr *Graph) told(b *tape.Builder, m model.Measure, sums []tape.Node, years int) tape.Node {
	if gr.Game.Case.Undefined(m) {
		return b.Const(math.NaN())
	}
	return gr.measure(b, m.Expr, sums, years)
}

// measure writes an expression over the sums of so many years.
func (gr *Graph) measure(b *tape.Builder, e *syntax.Expr, sums []tape.Node, years int) tape.Node {
	switch e.Kind {
	case syntax.NumberExpr:
		return b.Const(e.Num)
	case syntax.NameExpr:
		return b.Const(float64(years))
	case syntax.UnaryExpr:
		return b.Neg(gr.measure(b, e.Args[0], sums, years))
	case syntax.BinaryExpr:
		return operations[e.Op](b, gr.measure(b, e.Args[0], sums, years), gr.measure(b, e.Args[1], sums, years))
	}
	for i, s := range gr.Game.Sums {
		if s.Text == e.String() {
			return sums[i]
		}
	}
	panic("crisis: " + e.String() + " passed the check as a measure")
}

// Ops is the number of operations of the program, Slots its live width. Where
// the game goes on, one year's, which runs several times, and that of the
// measures.
func (s *Solver) Ops() int {
	if s.again != nil {
		return s.program.Ops() + s.again.Ops()
	}
	return s.program.Ops()
}

// Slots is the number of values the program keeps alive at once, per world.
func (s *Solver) Slots() int { return s.program.Slots() }

// Reads tells for each of Graph.Game.Inputs whether the program reads it. One
// that is not read changes no measure, whatever its value.
func (s *Solver) Reads(inputs int) []bool {
	reads := append(s.program.Reads(), make([]bool, inputs)...)[:inputs]
	if s.again != nil {
		for i, r := range s.again.Reads(inputs) {
			reads[i] = reads[i] || r
		}
	}
	return reads
}

// Scratch is the memory one worker needs.
type Scratch struct {
	last *tape.Scratch  // of the program of measures
	year *game.Settling // of one year, where the game goes on
}

// NewScratch makes the memory one worker needs.
func (s *Solver) NewScratch() *Scratch {
	out := &Scratch{last: s.program.NewScratch()}
	if s.again != nil {
		out.year = s.again.NewScratch()
	}
	return out
}

// Solve computes every measure in every world. in has one column for each of
// Graph.Game.Inputs; out, one for each measure, is filled. All columns have
// one length. A chance whose probabilities leave [0, 1] in some world, or base
// odds that are not above 0, are an error that names the step. In a world in
// which a game that goes on does not settle every measure is NaN.
func (s *Solver) Solve(scratch *Scratch, in, out [][]float64) error {
	all, given := s.withChecks(in, out), in
	in = s.Graph.Game.inputs(in, s.sharper, width(all))
	if s.again == nil {
		s.program.Run(scratch.last, in, all)
	} else {
		carried, settled := s.again.Settle(scratch.year, in, width(all))
		s.program.Run(scratch.last, slices.Concat(in, carried), all)
		unsettled(all[:len(out)], settled)
	}
	return s.checked(given, all)
}

// withChecks are the output columns, with room for what is checked.
func (s *Solver) withChecks(in, out [][]float64) [][]float64 {
	n := width(slices.Concat(in, out))
	all := slices.Clone(out)
	for range s.checks {
		all = append(all, make([]float64, n))
	}
	return all
}

// width is how many worlds columns hold.
func width(columns [][]float64) int {
	if len(columns) == 0 {
		return 0
	}
	return len(columns[0])
}

// checked says which world strayed, where one did.
func (s *Solver) checked(in, all [][]float64) error {
	for _, c := range s.checks {
		if slices.ContainsFunc(all[c], func(x float64) bool { return !(x >= -1e-9) }) {
			return s.Within(in, width(all))
		}
	}
	return nil
}

// Gradient computes a measure and its derivative in every assumption, world by
// world: grad has one column for each of Graph.Game.Inputs.
func (s *Solver) Gradient(scratch *Scratch, in, out [][]float64, measure int, grad [][]float64) {
	all := s.withChecks(in, out)
	in = s.Graph.Game.inputs(in, s.sharper, width(all))
	if s.again == nil {
		s.program.Gradient(scratch.last, in, all, measure, append(slices.Clip(grad), make([]float64, width(all))))
		return
	}
	settled := s.again.Gradient(s.program, scratch.last, scratch.year, in, all, measure, grad)
	unsettled(all[:len(s.Measures)], settled)
	unsettled(grad, settled)
}

// unsettled makes the measures of worlds that did not settle undefined.
func unsettled(out [][]float64, settled []bool) {
	for j, ok := range settled {
		if !ok {
			for _, c := range out {
				c[j] = math.NaN()
			}
		}
	}
}

// columnsOf makes k columns for n worlds.
func columnsOf(k, n int) [][]float64 {
	out := make([][]float64, k)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}

// Play is the solution of a graph in one world: the game's, which holds the
// value of each actor and sum and what is done at each node.
type Play struct {
	*game.Play
	Graph *Graph
}

// Play solves one world: in holds a value for each of Game.Inputs. Where the
// game goes on, Value holds what the actors expect for good, and of the sums of
// the measures what the first year adds.
func (gr *Graph) Play(in []float64) *Play { return gr.play(gr.Form.Play(gr.Game.world(in))) }

func (gr *Graph) play(p *game.Play) *Play {
	p.Value = p.Value[:len(gr.Game.Actors)+len(gr.Game.Sums)]
	return &Play{p, gr}
}

// world is the inputs of one world, with choices as sharp as stated.
func (g *Game) world(in []float64) []float64 { return append(slices.Clip(in), 1) }

// Play is that of the graph, which a game that goes on comes to much sooner
// from the values that the program has settled than from the world's end.
func (s *Solver) Play(in []float64) *Play {
	if s.again == nil {
		return s.Graph.Play(in)
	}
	world := s.Graph.Game.world(in)
	return s.Graph.play(s.Graph.Form.PlayFrom(world, s.again.Worth(world)))
}

// Compile grounds, builds and lowers in one go.
func Compile(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, most int) (*Solver, error) {
	g, err := Ground(m, k, o)
	if err != nil {
		return nil, err
	}
	gr, err := Build(ctx, g, most)
	if err != nil {
		return nil, err
	}
	return Lower(gr), nil
}
