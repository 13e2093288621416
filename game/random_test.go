package game

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"casus/game/tape"
)

// sketch is a game as it is drawn at random, before it is drafted: so that the
// same can be drafted with its players or actions in another order.
type sketch struct {
	players, counted int
	shares           [][]float64 // by share, by player
	nodes            []sketched  // children before parents; node 0 is the end
	years            []int       // where each year starts
	start            []float64   // what the start pays, by account
	discount         float64     // 0: the game ends
}

type sketched struct {
	player  int
	actions []sketchedAction
	nest    int // so many of the first actions are one
	scale   float64
}

type sketchedAction struct {
	odds float64
	pays []float64       // by account
	to   int             // a node, or −1 − a year
	as   *sketchedAction // what it is weighed by; nil: itself
}

// weighed is the action by which one is weighed.
func (a sketchedAction) weighed() sketchedAction {
	if a.as != nil {
		return *a.as
	}
	return a
}

func (s *sketch) accounts() int { return s.players + s.counted + len(s.shares) }

// sketches draws games: what ends, or what goes on.
func sketches(goesOn bool) *rapid.Generator[*sketch] {
	return rapid.Custom(func(t *rapid.T) *sketch {
		s := &sketch{players: rapid.IntRange(1, 3).Draw(t, "players"), counted: rapid.IntRange(0, 2).Draw(t, "counted")}
		number := rapid.Float64Range(-2, 2)
		for range rapid.IntRange(0, 2).Draw(t, "shares") {
			s.shares = append(s.shares, rapid.SliceOfN(number, s.players, s.players).Draw(t, "worth"))
		}
		years := 0
		if goesOn {
			s.discount = rapid.Float64Range(0.1, 0.8).Draw(t, "discount")
			years = rapid.IntRange(1, 3).Draw(t, "years")
		}
		s.nodes = make([]sketched, 1)
		for range rapid.IntRange(1, 8).Draw(t, "nodes") {
			s.nodes = append(s.nodes, s.node(t, years))
		}
		for range years {
			s.years = append(s.years, rapid.IntRange(0, len(s.nodes)-1).Draw(t, "entry"))
		}
		s.start = rapid.SliceOfN(number, s.accounts(), s.accounts()).Draw(t, "start")
		return s
	})
}

func (s *sketch) node(t *rapid.T, years int) sketched {
	n := sketched{player: rapid.IntRange(Nature, s.players-1).Draw(t, "player"), scale: rapid.Float64Range(0.2, 1).Draw(t, "scale")}
	for range rapid.IntRange(1, 4).Draw(t, "actions") {
		a := s.action(t, years)
		a.odds = rapid.SampledFrom([]float64{1, 1, 0.3, 2}).Draw(t, "odds")
		if n.player != Nature && rapid.IntRange(0, 3).Draw(t, "weighed") == 0 {
			as := s.action(t, years)
			a.as = &as
		}
		n.actions = append(n.actions, a)
	}
	if n.player != Nature {
		if k := rapid.IntRange(0, len(n.actions)).Draw(t, "nest"); k > 1 {
			n.nest = k
		}
		return n
	}
	sum := 0.0
	for _, a := range n.actions {
		sum += a.odds
	}
	for i := range n.actions {
		n.actions[i].odds /= sum
	}
	return n
}

func (s *sketch) action(t *rapid.T, years int) sketchedAction {
	a := sketchedAction{to: rapid.IntRange(-years, len(s.nodes)-1).Draw(t, "to"), pays: make([]float64, s.accounts())}
	for i := range a.pays {
		if rapid.Bool().Draw(t, "pays") {
			a.pays[i] = rapid.Float64Range(-2, 2).Draw(t, "amount")
		}
	}
	return a
}

// draft makes the game. Input 0 is the precision, input 1 multiplies what is
// paid, so that the formulas hang on the world. order puts the players in
// another order; reversed, the actions.
func (s *sketch) draft(order []int, reversed bool) (*Game, error) {
	b := tape.NewBuilder()
	delta := b.Const(s.discount)
	d := NewDraft(b, 2, b.Input(0), nil)
	if s.discount > 0 {
		d = NewDraft(b, 2, b.Input(0), &delta)
	}
	account := func(i int) int {
		if i < s.players {
			return order[i]
		}
		return i
	}
	names, shares := make([]string, s.players), []Share(nil)
	for i := range names {
		names[order[i]] = fmt.Sprintf("P%d", i)
	}
	for i, worth := range s.shares {
		sh := Share{fmt.Sprintf("share %d", i), make([]tape.Node, s.players)}
		for j, w := range worth {
			sh.Worth[order[j]] = b.Const(w)
		}
		shares = append(shares, sh)
	}
	d.Accounts(names, []string{"c0", "c1"}[:s.counted], shares)
	way := func(pays []float64, to int) Way {
		w := Way{Next: to}
		for i, x := range pays {
			if x != 0 {
				w.Pays = append(w.Pays, Payoff{account(i), b.Mul(b.Const(x), b.Input(1))})
			}
		}
		return w
	}
	at := make([]int, len(s.nodes)) // sketched node → drafted
	var again []int
	for i := range s.years {
		again = append(again, d.AddYear("", i))
	}
	to := func(n int) int {
		if n < 0 {
			return again[-1-n]
		}
		return at[n]
	}
	for i := 1; i < len(s.nodes); i++ {
		n := s.nodes[i]
		nd := Node{Player: n.player, Label: fmt.Sprintf("n%d", i)}
		if n.player != Nature {
			nd.Player = order[n.player]
		}
		for j, a := range n.actions {
			drafted := Action{Label: fmt.Sprintf("a%d", j), Odds: b.Const(a.odds), Way: way(a.pays, to(a.to))}
			if a.as != nil {
				as := way(a.as.pays, to(a.as.to))
				drafted.Weighed = &as
			}
			nd.Actions = append(nd.Actions, drafted)
		}
		if n.nest > 0 {
			nest := Nest{Scale: b.Const(n.scale)}
			for j := range n.nest {
				nest.Actions = append(nest.Actions, j)
			}
			nd.Nests = []Nest{nest}
		}
		if reversed {
			slices.Reverse(nd.Actions)
			for k := range nd.Nests {
				for l, j := range nd.Nests[k].Actions {
					nd.Nests[k].Actions[l] = len(nd.Actions) - 1 - j
				}
			}
		}
		at[i] = d.Add(nd)
	}
	for i, n := range s.years {
		d.Enter(i, Way{Next: at[n]})
	}
	d.Start(way(s.start, at[len(at)-1]))
	return d.Game()
}

func (s *sketch) game(t *rapid.T) *Game {
	g, err := s.draft([]int{0, 1, 2}, false)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// history plays a game as its definition says, history by history: nothing is
// remembered of one when the next is played, and a nest is weighed in the words
// of McFadden (1978), Σ (b·exp(u)^(1/τ))^τ.
func (s *sketch) history(n int, world []float64) []float64 {
	out := make([]float64, s.accounts())
	nd := s.nodes[n]
	var along, weighed [][]float64
	for _, a := range nd.actions {
		along = append(along, s.taken(a, world))
		weighed = append(weighed, s.taken(a.weighed(), world))
	}
	for i, p := range s.weighed(nd, weighed, world[0]) {
		for j := range out {
			out[j] += p * along[i][j]
		}
	}
	return out
}

// taken gives what an action pays, and what follows.
func (s *sketch) taken(a sketchedAction, world []float64) []float64 {
	v := s.history(a.to, world)
	for i, x := range a.pays {
		v[i] += x * world[1]
	}
	return v
}

func (s *sketch) weighed(nd sketched, along [][]float64, lambda float64) []float64 {
	weight := make([]float64, len(nd.actions))
	for i, a := range nd.actions {
		weight[i] = a.odds
		if nd.player != Nature {
			weight[i] *= math.Exp(lambda * s.utility(along[i], nd.player))
		}
	}
	if nd.nest > 1 {
		bases, inside := 0.0, 0.0
		for i, a := range nd.actions[:nd.nest] {
			bases += a.odds
			weight[i] = a.odds * math.Exp(lambda*s.utility(along[i], nd.player)/nd.scale)
			inside += weight[i]
		}
		nest := bases * math.Pow(inside/bases, nd.scale)
		for i := range nd.nest {
			weight[i] *= nest / inside
		}
	}
	sum := 0.0
	for _, w := range weight {
		sum += w
	}
	for i := range weight {
		weight[i] /= sum
	}
	return weight
}

// utility is a player's own account and its part of the shared ones.
func (s *sketch) utility(v []float64, player int) float64 {
	out := v[player]
	for i, worth := range s.shares {
		out += worth[player] * v[s.players+s.counted+i]
	}
	return out
}

func worlds(t *rapid.T) []float64 {
	return []float64{rapid.Float64Range(0, 3).Draw(t, "precision"), rapid.Float64Range(-1, 1).Draw(t, "times")}
}

// close fails where two lists of numbers differ by more than a part of 1 + |x|.
func near(t *rapid.T, what string, got, want []float64, within float64) {
	t.Helper()
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= within*(1+math.Abs(want[i]))) {
			t.Fatalf("%s %d: %v, want %v", what, i, got, want)
		}
	}
}

// run evaluates formulas in one world.
func run(b *tape.Builder, outputs []tape.Node, in []float64) []float64 {
	p := b.Compile(outputs)
	out := columnsOf(len(outputs), 1)
	p.Run(p.NewScratch(), split(in), out)
	var flat []float64
	for _, c := range out {
		flat = append(flat, c[0])
	}
	return flat
}

func split(in []float64) [][]float64 {
	var out [][]float64
	for i := range in {
		out = append(out, in[i:i+1])
	}
	return out
}

// What is written for many worlds, what is played in one, and what the
// definition says history by history are the same.
func TestThreeWaysAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sketches(false).Draw(t, "game")
		g, world := s.game(t), worlds(t)
		if err := g.Check(g.Numbers(world)); err != nil {
			t.Fatal(err)
		}
		want := s.history(len(s.nodes)-1, world)
		for i, x := range s.start {
			want[i] += x * world[1]
		}
		p := g.Play(world)
		var accounts []int
		for i := range g.Accounts() {
			accounts = append(accounts, i)
		}
		f, err := Lower(g, accounts)
		if err != nil {
			t.Fatal(err)
		}
		var outputs []tape.Node
		for i := range g.Accounts() {
			outputs = append(outputs, f.Expected(i))
		}
		near(t, "written, account", run(f.Builder, outputs, world), want, 1e-12)
		for player := range s.players {
			want[player] = s.utility(want, player)
		}
		near(t, "played, account", p.Value, want, 1e-12)
		for n := range g.Walk() {
			near(t, "choices at node", run(f.Builder, f.l.policy[n], world), p.Policy[n], 1e-12)
		}
	})
}

// Who comes first, and which action is named first, changes nothing but the order.
func TestOrderMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sketches(rapid.Bool().Draw(t, "goes on")).Draw(t, "game")
		order := rapid.Permutation([]int{0, 1, 2}[:s.players]).Draw(t, "order")
		g, err := s.draft(order, true)
		if err != nil {
			t.Fatal(err)
		}
		world := worlds(t)
		want, got := s.game(t).Play(world).Value, g.Play(world).Value
		for i := range want {
			j := i
			if i < s.players {
				j = order[i]
			}
			near(t, "account", got[j:j+1], want[i:i+1], 1e-9)
		}
	})
}

// A game that goes on: what repeats itself in the continuation is what many years
// played one after the other come to, and so many years add to what is counted
// what is paid on the way times how often one comes there.
func TestYearsRepeat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sketches(true).Draw(t, "game")
		g, world := s.game(t), worlds(t)
		world[0] /= 3 // so that there is one solution
		p := g.Play(world)
		c, y, err := LowerYear(g)
		if err != nil {
			t.Fatal(err)
		}
		x, settled := c.Settle(c.NewScratch(), split(world), 1)
		if !settled[0] {
			t.Skip("not settled")
		}
		near(t, "from what is settled, account", g.PlayFrom(world, c.Worth(world)).Value, p.Value, 1e-9)
		years := rapid.IntRange(1, 4).Draw(t, "so many years")
		visits := p.Visits(years)
		in := slices.Clone(world)
		for _, col := range x {
			in = append(in, col[0])
		}
		numbers := g.Numbers(world)
		for i := range s.counted {
			account := s.players + i
			want := s.start[account] * world[1]
			for n, nd := range g.Nodes() {
				for j, a := range nd.Actions {
					for _, pay := range a.Pays {
						if pay.To == account {
							want += visits[n] * p.Policy[n][j] * numbers[pay.Amount]
						}
					}
				}
			}
			near(t, "counted", run(y.Builder, []tape.Node{y.Expected(account, years)}, in), []float64{want}, 1e-9)
		}
	})
}

// Written in Gambit's format and read again, a game without base odds and nests
// is worth the same to everybody.
func TestWrittenAndReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sketches(false).Draw(t, "game")
		for i := range s.nodes {
			if n := &s.nodes[i]; n.player != Nature {
				n.nest = 0
				for j := range n.actions {
					n.actions[j].odds, n.actions[j].as = 1, nil
				}
			}
		}
		g, world := s.game(t), worlds(t)
		if g.opened() > 2000 {
			t.Skip("a large tree")
		}
		var out strings.Builder
		if err := g.WriteEFG(&out, "drawn", g.Numbers(world)); err != nil {
			t.Fatal(err)
		}
		again, err := ReadEFG("drawn.efg", []byte(out.String()))
		if err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
		near(t, "player", again.Play(world[:1]).Value, g.Play(world).Value[:s.players], 1e-9)
	})
}

// The picture of a game shows neither nodes that cannot be come to nor the order
// in which it was drafted.
func TestPictureIsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sketches(rapid.Bool().Draw(t, "goes on")).Draw(t, "game")
		world := worlds(t)
		g := s.game(t)
		want := g.Text(g.Numbers(world))
		more := *s
		lonely := sketched{actions: []sketchedAction{{odds: 1, pays: make([]float64, s.accounts())}}}
		more.nodes = slices.Insert(slices.Clone(s.nodes), len(s.nodes)-1, lonely)
		last := len(s.nodes) - 1
		for i := range more.years {
			if more.years[i] == last {
				more.years = slices.Clone(more.years)
				more.years[i]++
			}
		}
		h := more.game(t)
		got := h.Text(h.Numbers(world))
		if got = strings.ReplaceAll(got, fmt.Sprintf("n%d\n", last+1), fmt.Sprintf("n%d\n", last)); unlabelled(got) != unlabelled(want) {
			t.Fatalf("drawn as\n%s\nand, with a node nobody comes to, as\n%s", want, got)
		}
	})
}

// unlabelled leaves out the labels of nodes, which the sketch numbers.
func unlabelled(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		if head, _, ok := strings.Cut(line, ": n"); ok {
			line = head
		}
		out = append(out, strings.TrimSpace(line))
	}
	return strings.Join(out, "\n")
}
