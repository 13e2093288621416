package game

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/game/tape"
)

// end is a way that pays nothing and ends.
var end = Way{Next: End}

// A draft that is no game is refused, with all that is wrong.
func TestDraftsThatAreNoGames(t *testing.T) {
	for name, test := range map[string]struct {
		fill func(d *Draft, b *tape.Builder)
		want string
	}{
		"nobody": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Next: d.Add(Node{Player: 7, Label: "x", Actions: []Action{{Label: "a", Odds: b.Const(1), Way: end}}})})
		}, "node 1 (x): there is no player 7"},
		"nothing to do": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Next: d.Add(Node{Label: "x"})})
		}, "node 1 (x): nothing can be done"},
		"a circle": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Next: d.Add(Node{Label: "x", Actions: []Action{{Label: "a", Odds: b.Const(1), Way: Way{Next: 1}}}})})
		}, "node 1 (x), a: leads to node 1, which is not there yet: add children before their parents"},
		"twice the same": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Next: d.Add(Node{Label: "x", Actions: []Action{{Label: "a", Odds: b.Const(1), Way: end}, {Label: "a", Odds: b.Const(1), Way: end}}})})
		}, `node 1 (x): two actions are called "a"`},
		"a chance without probability": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Next: d.Add(Node{Player: Nature, Label: "x", Actions: []Action{{Label: "a", Odds: -1, Way: end}}})})
		}, "node 1 (x), a: no odds are given"},
		"no such account": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Pays: []Payoff{{9, b.Const(1)}}})
		}, "the start: pays into account 9 of 2"},
		"two minds in one set": {func(d *Draft, b *tape.Builder) {
			one := d.Add(Node{Player: 0, Label: "x", Set: "s", Actions: []Action{{Label: "a", Odds: b.Const(1), Way: end}}})
			two := d.Add(Node{Player: 1, Label: "y", Set: "s", Actions: []Action{{Label: "b", Odds: b.Const(1), Way: end}}})
			d.Start(Way{Next: d.Add(Node{Player: Nature, Label: "z", Actions: []Action{{Label: "a", Odds: b.Const(0.5), Way: Way{Next: one}}, {Label: "b", Odds: b.Const(0.5), Way: Way{Next: two}}}})})
		}, "node 2 (y): information set s is of two players\nnode 2 (y): other things can be done here than elsewhere in information set s"},
		"a nest of one": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Next: d.Add(Node{Label: "x", Actions: []Action{{Label: "a", Odds: b.Const(1), Way: end}}, Nests: []Nest{{[]int{0}, b.Const(1)}}})})
		}, "node 1 (x): a nest is of two or more actions of a player"},
		"in two nests": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Next: d.Add(Node{Label: "x", Actions: []Action{{Label: "a", Odds: b.Const(1), Way: end}, {Label: "b", Odds: b.Const(1), Way: end}}, Nests: []Nest{{[]int{0, 1}, b.Const(1)}, {[]int{1, 2}, b.Const(1)}}})})
		}, "node 1 (x): a nest holds action 1, which is in another nest or is none\nnode 1 (x): a nest holds action 2, which is in another nest or is none"},
		"years without a discount": {func(d *Draft, b *tape.Builder) {
			d.Start(Way{Next: d.AddYear("calm", 0)})
			d.Enter(0, end)
		}, "years repeat, and nothing says what the next one counts: give a discount"},
		"a year like none": {func(d *Draft, b *tape.Builder) {
			delta := b.Const(0.5)
			d.g.discount = &delta
			d.Start(Way{Next: d.AddYear("calm", 3)})
		}, "year calm is said to be played like year 3, which is not the first of its kind"},
	} {
		t.Run(name, func(t *testing.T) {
			b := tape.NewBuilder()
			d := NewDraft(b, 1, b.Input(0), nil)
			d.Accounts([]string{"one", "two"}, nil, nil)
			test.fill(d, b)
			if _, err := d.Game(); err == nil || err.Error() != test.want {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
}

// Numbers of a world that are no game are named.
func TestWorldsThatAreNoGames(t *testing.T) {
	b := tape.NewBuilder()
	d := NewDraft(b, 2, b.Input(0), nil)
	d.Accounts([]string{"one"}, nil, nil)
	luck := d.Add(Node{Player: Nature, Label: "luck", Actions: []Action{{Label: "good", Odds: b.Input(1), Way: end}, {Label: "bad", Odds: b.Sub(b.Const(1), b.Input(1)), Way: Way{[]Payoff{{0, b.Log(b.Input(1))}}, End}}}})
	d.Start(Way{Next: d.Add(Node{Label: "go", Actions: []Action{{Label: "on", Odds: b.Input(1), Way: Way{Next: luck}}, {Label: "home", Odds: b.Const(1), Way: end}}})})
	g, err := d.Game()
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range map[float64]string{
		0.5: "<nil>",
		1.5: "node 1 (luck), bad: the odds are -0.5",
		0:   "node 1 (luck), bad: pays -Inf to one\nnode 2 (go), on: the odds are 0",
	} {
		if got := fmt.Sprint(g.Check(g.Numbers([]float64{1, x}))); got != want {
			t.Errorf("%g: %s\nwant %s", x, got, want)
		}
	}
}

// A game that goes on is no file of Gambit's, nor is one too large to be opened.
func TestWhatIsNotWritten(t *testing.T) {
	b := tape.NewBuilder()
	delta := b.Const(0.9)
	d := NewDraft(b, 1, b.Input(0), &delta)
	d.Accounts([]string{"one"}, nil, nil)
	again := d.AddYear("calm", 0)
	d.Enter(0, Way{Next: again})
	d.Start(Way{Next: again})
	g, err := d.Game()
	if err != nil {
		t.Fatal(err)
	}
	refused(t, g, "goes on year after year")
	refused(t, doubling(t, 25), "more than 1000000 nodes")
}

// doubling is a game in which one of two is chosen again and again, and it does
// not matter which: few nodes, and a tree of 2^times ends.
func doubling(t *testing.T, times int) *Game {
	b := tape.NewBuilder()
	d := NewDraft(b, 1, b.Input(0), nil)
	d.Accounts([]string{"one"}, nil, nil)
	next := end
	for i := range times {
		one := b.Const(1)
		next = Way{Next: d.Add(Node{Label: fmt.Sprint(i), Actions: []Action{{Label: "a", Odds: one, Way: next}, {Label: "b", Odds: one, Way: next}}})}
	}
	d.Start(next)
	g, err := d.Game()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func refused(t *testing.T, g *Game, why string) {
	t.Helper()
	var out strings.Builder
	err := g.WriteEFG(&out, "", g.Numbers([]float64{1}))
	if err == nil || !strings.Contains(err.Error(), why) || out.Len() > 0 {
		t.Errorf("written, %d bytes, error %v; want one of %q", out.Len(), err, why)
	}
}

// No control character of a title gets into a file that is shown on a terminal.
func TestEFGShowsNothingObeyed(t *testing.T) {
	g, err := ReadEFG("x.efg", []byte("EFG 2 R \"x\" { \"a\" }\nt \"\" 1 \"\" { 1 }\n"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := g.WriteEFG(&b, "red \x1b[31m \u202e\"quoted\"", g.Numbers([]float64{1})); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), `EFG 2 R "red [31m \"quoted\""`) {
		t.Error(b.String())
	}
}

// FuzzReadEFG: whatever the file, it is read or refused in words; what is read
// can be drawn, and solved if it can be.
func FuzzReadEFG(f *testing.F) {
	pages, _ := filepath.Glob("testdata/drawings/*.txt")
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split(string(text), "EFG 2 R")[1:] {
			file, _, _ := strings.Cut("EFG 2 R"+part, "----")
			f.Add([]byte(file))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		g, err := ReadEFG("x.efg", text)
		if err != nil {
			return
		}
		g.Text(g.Numbers([]float64{1}))
		if g.Perfect() == nil {
			g.Play([]float64{1})
		}
	})
}

const bench = "../../shared/bench/games"

// The games of books and articles that Gambit ships are read, and those of
// perfect information come to the same formulas and play.
func TestPublishedGames(t *testing.T) {
	var files []string
	for _, pattern := range []string{"catalog/*/*/*.efg", "catalog/*/*/*/*.efg", "test_games/*.efg"} {
		found, _ := filepath.Glob(filepath.Join(bench, pattern))
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("published games are not at hand (shared/bench/games)")
	}
	solved := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		g, err := ReadEFG(filepath.Base(file), text)
		if err != nil {
			t.Error(err)
			continue
		}
		if g.Perfect() != nil {
			continue
		}
		solved++
		bothWays(t, file, g)
	}
	if solved < 8 {
		t.Errorf("of %d files only %d are of perfect information", len(files), solved)
	}
}

func bothWays(t *testing.T, file string, g *Game) {
	f, err := Lower(g, everybody(g))
	if err != nil {
		t.Fatal(err)
	}
	var outputs []tape.Node
	for i := range g.Players() {
		outputs = append(outputs, f.Expected(i))
	}
	for _, precision := range []float64{0, 0.5, 3} {
		got, want := run(f.Builder, outputs, []float64{precision}), g.Play([]float64{precision}).Value
		for i := range want {
			if d := got[i] - want[i]; !(d*d <= 1e-20*(1+want[i]*want[i])) {
				t.Errorf("%s at %g: player %d gets %g and %g", file, precision, i+1, got[i], want[i])
			}
		}
	}
}

func everybody(g *Game) []int {
	var out []int
	for i := range g.Players() {
		out = append(out, i)
	}
	return out
}

// In two-player games of constant sum all equilibria are worth the same: what
// Gambit found is what choices that hardly err come to.
func TestConstantSumGamesComeToTheirValue(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(bench, "expected_equilibria.json"))
	if err != nil {
		t.Skip("published equilibria are not at hand (shared/bench/games)")
	}
	var all []struct {
		File, Solver string
		Expected     json.RawMessage
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, e := range all {
		if e.Solver != "lp_solve" || !strings.HasSuffix(e.File, ".efg") {
			continue
		}
		file, err := os.ReadFile(filepath.Join(bench, e.File))
		if err != nil {
			t.Fatal(err)
		}
		g, err := ReadEFG(e.File, file)
		if err != nil {
			t.Fatal(err)
		}
		var profiles [][][][]any // by equilibrium, player, information set, action
		if json.Unmarshal(e.Expected, &profiles) != nil || g.Perfect() != nil {
			continue
		}
		compared++
		got := g.Play([]float64{1000}).Value[0]
		if want := worthOf(t, g, profiles[0], g.Start()); got < want-0.01 || got > want+0.01 {
			t.Errorf("%s: worth %g, by Gambit %g", e.File, got, want)
		}
	}
	if compared < 3 {
		t.Errorf("only %d games compared", compared)
	}
}

// worthOf is what the first player may expect where everybody plays as listed.
func worthOf(t *testing.T, g *Game, profile [][][]any, w Way) float64 {
	numbers := g.Numbers([]float64{1})
	out := 0.0
	for _, p := range w.Pays {
		if p.To == 0 {
			out += numbers[p.Amount]
		}
	}
	if w.Next == End {
		return out
	}
	nd := g.Node(w.Next)
	for i, a := range nd.Actions {
		p := numbers[a.Odds]
		if nd.Player != Nature {
			var player, set int
			if _, err := fmt.Sscanf(nd.Label, "set %d.%d", &player, &set); err != nil {
				t.Fatalf("%s: %v", nd.Label, err)
			}
			r, ok := new(big.Rat).SetString(fmt.Sprint(profile[player-1][set-1][i]))
			if !ok {
				t.Fatalf("%v is no probability", profile[player-1][set-1][i])
			}
			p, _ = r.Float64()
		}
		out += p * worthOf(t, g, profile, a.Way)
	}
	return out
}

// Walk comes to every node that play can come to, and to no other, each once.
func TestWalk(t *testing.T) {
	g := doubling(t, 10)
	if got, want := slices.Collect(g.Walk()), []int{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("walked %v, want %v", got, want)
	}
}
