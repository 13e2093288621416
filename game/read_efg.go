package game

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/game/tape"
)

// Bounds on what is read of a file.
const (
	mostRead    = 200_000 // nodes
	mostActions = 1000    // at one node
)

// ReadEFG reads a game from a file in Gambit's format for extensive games,
// version 2, as far as it says players, moves, chances and payoffs. The game has
// one input, the precision with which everybody chooses. Actions without a name,
// or with that of another, are called by their place. Errors tell where in the
// file they are.
func ReadEFG(file string, text []byte) (g *Game, err error) {
	r := &efgReader{file: file, text: text, line: 1, col: 1, sets: map[string]*efgSet{}, outcomes: map[int][]float64{}}
	defer func() {
		if p := recover(); p != nil {
			bad, ok := p.(efgError)
			if !ok {
				panic(p)
			}
			g, err = nil, bad.err
		}
	}()
	r.head()
	root := r.node()
	if r.next(); r.kind != 0 {
		r.fail("the tree is complete before this: every action leads to one node, every end to none")
	}
	return r.game(root)
}

// efgError carries an error out of the recursion.
type efgError struct{ err error }

// efgReader reads a file word by word.
type efgReader struct {
	file      string
	text      []byte
	at        int
	line, col int
	peeked    bool
	kind      byte   // of the word: "a for a name in quotes, w for a word, { and }, 0 at the end
	word      string // in quotes: what is between them
	wordLine  int
	wordCol   int

	players  []string
	sets     map[string]*efgSet
	outcomes map[int][]float64
	nodes    int
}

// efgSet is an information set, or what is said of a chance.
type efgSet struct {
	name    string
	actions []string
	probs   []float64
	nodes   int
}

// efgNode is a node of the tree as written.
type efgNode struct {
	player   int // Nature for a chance
	name     string
	set      string // its key in sets; empty: an end
	paid     []float64
	children []*efgNode
}

func (r *efgReader) fail(format string, args ...any) {
	panic(efgError{fmt.Errorf("%s:%d:%d: %s", r.file, r.wordLine, r.wordCol, fmt.Sprintf(format, args...))})
}

// next reads a word.
func (r *efgReader) next() {
	if r.peeked {
		r.peeked = false
		return
	}
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n,", r.text[r.at]) >= 0 {
		r.step()
	}
	r.wordLine, r.wordCol, r.word, r.kind = r.line, r.col, "", 0
	if r.at == len(r.text) {
		return
	}
	switch c := r.text[r.at]; c {
	case '{', '}':
		r.kind, r.word = c, string(c)
		r.step()
	case '"':
		r.kind = '"'
		r.name()
	default:
		r.kind = 'w'
		from := r.at
		for r.at < len(r.text) && strings.IndexByte(" \t\r\n,{}\"", r.text[r.at]) < 0 {
			r.step()
		}
		r.word = string(r.text[from:r.at])
	}
}

// peek looks at the next word without taking it.
func (r *efgReader) peek() byte {
	r.next()
	r.peeked = true
	return r.kind
}

func (r *efgReader) step() {
	r.col++
	if r.text[r.at] == '\n' {
		r.line, r.col = r.line+1, 1
	}
	r.at++
}

// name reads what stands in quotes; a backslash takes what follows as it is.
func (r *efgReader) name() {
	var out []byte
	for r.step(); r.at < len(r.text) && r.text[r.at] != '"'; r.step() {
		if r.text[r.at] == '\\' && r.at+1 < len(r.text) {
			r.step()
		}
		out = append(out, r.text[r.at])
	}
	if r.at == len(r.text) {
		r.fail("quotes are opened and not closed")
	}
	r.step()
	if r.word = string(out); !utf8.ValidString(r.word) {
		r.fail("a name is not UTF-8 text")
	}
}

func (r *efgReader) expect(kind byte, what string) string {
	if r.next(); r.kind != kind {
		r.fail("%s is missing here", what)
	}
	return r.word
}

func (r *efgReader) whole(what string) int {
	n, err := strconv.Atoi(r.expect('w', what))
	if err != nil || n < 0 {
		r.fail("%q is not %s, a whole number", r.word, what)
	}
	return n
}

// number reads a decimal number or a fraction.
func (r *efgReader) number(what string) float64 {
	top, bottom, fraction := strings.Cut(r.expect('w', what), "/")
	x, err := strconv.ParseFloat(top, 64)
	if fraction && err == nil {
		var y float64
		y, err = strconv.ParseFloat(bottom, 64)
		x /= y
	}
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		r.fail("%q is not %s, a number", r.word, what)
	}
	return x
}

func (r *efgReader) head() {
	if r.expect('w', "EFG 2 R") != "EFG" || r.whole("the version of the format") != 2 {
		r.fail("not a file of Gambit's extensive games, version 2: it begins EFG 2 R")
	}
	if w := r.expect('w', "R or D"); w != "R" && w != "D" {
		r.fail("the numbers are of kind R or D, not %q", w)
	}
	r.expect('"', "a title in quotes")
	r.expect('{', "{ and the players")
	for r.peek() == '"' {
		r.next()
		r.players = append(r.players, r.word)
	}
	r.expect('}', "} after the players")
	if r.peek() == '"' { // a comment
		r.next()
	}
}

// node reads a node and all that follows from it.
func (r *efgReader) node() *efgNode {
	if r.nodes++; r.nodes > mostRead {
		r.fail("more than %d nodes", mostRead)
	}
	n := &efgNode{player: Nature}
	kind := r.expect('w', "a node: p, c or t")
	switch kind {
	case "p", "c", "t":
	default:
		r.fail("%q is no kind of node: p for a player, c for chance, t for an end", kind)
	}
	n.name = r.expect('"', "the name of the node, in quotes")
	if kind == "p" {
		if n.player = r.whole("the number of a player") - 1; n.player < 0 || n.player >= len(r.players) {
			r.fail("there is no player %s", r.word)
		}
	}
	if kind != "t" {
		r.set(n)
	}
	n.paid = r.outcome()
	if kind != "t" {
		for range r.sets[n.set].actions {
			n.children = append(n.children, r.node())
		}
	}
	return n
}

// set reads the information set of a node. What can be done there may be left
// out where the set was named before.
func (r *efgReader) set(n *efgNode) {
	n.set = fmt.Sprintf("%d.%d", n.player+1, r.whole("the number of an information set"))
	s, known := r.sets[n.set]
	if !known {
		s = &efgSet{}
		r.sets[n.set] = s
	}
	s.nodes++
	if r.peek() == '"' {
		r.next()
		s.name = r.word
	}
	if r.peek() != '{' {
		if !known {
			r.fail("what can be done in information set %s is missing: { and the actions", n.set)
		}
		return
	}
	actions, probs := r.actions(n.player == Nature)
	if known && (!slices.Equal(actions, s.actions) || !slices.Equal(probs, s.probs)) {
		r.fail("other things can be done in information set %s here than before", n.set)
	}
	s.actions, s.probs = actions, probs
}

func (r *efgReader) actions(chance bool) (actions []string, probs []float64) {
	r.expect('{', "{ and the actions")
	seen := map[string]bool{}
	for r.peek() == '"' {
		r.next()
		label := r.word
		if label == "" || seen[label] {
			label = "#" + strconv.Itoa(len(actions)+1)
		}
		if seen[label] {
			r.fail("two actions are called %q", label)
		}
		if len(actions) == mostActions {
			r.fail("more than %d actions at one node", mostActions)
		}
		seen[label] = true
		actions = append(actions, label)
		if chance {
			probs = append(probs, r.number("a probability"))
		}
	}
	r.expect('}', "} after the actions")
	if len(actions) == 0 {
		r.fail("nothing can be done here: name an action")
	}
	return actions, probs
}

// outcome reads what is paid on coming to a node. It may be left out where an
// outcome was written out before.
func (r *efgReader) outcome() []float64 {
	n := r.whole("the number of an outcome")
	if n == 0 {
		return nil
	}
	if r.peek() == '"' {
		r.next()
	}
	if r.peek() != '{' {
		paid, known := r.outcomes[n]
		if !known {
			r.fail("outcome %d pays nothing yet: { and what each player gets", n)
		}
		return paid
	}
	r.next()
	paid := make([]float64, len(r.players))
	for i := range paid {
		paid[i] = r.number("what player " + strconv.Itoa(i+1) + " gets")
	}
	r.expect('}', "} after what the players get")
	r.outcomes[n] = paid
	return paid
}

// game drafts what was read.
func (r *efgReader) game(root *efgNode) (*Game, error) {
	b := tape.NewBuilder()
	d := NewDraft(b, 1, b.Input(0), nil)
	d.Accounts(r.players, nil, nil)
	d.Start(r.draft(d, b, root))
	g, err := d.Game()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.file, err)
	}
	if err := g.Check(g.Numbers([]float64{1})); err != nil {
		return nil, fmt.Errorf("%s: %w", r.file, err)
	}
	return g, nil
}

// draft adds a node after its children, and gives the way to it.
func (r *efgReader) draft(d *Draft, b *tape.Builder, n *efgNode) Way {
	w := Way{Next: End}
	for player, x := range n.paid {
		if x != 0 {
			w.Pays = append(w.Pays, Payoff{player, b.Const(x)})
		}
	}
	if n.set == "" {
		return w
	}
	s := r.sets[n.set]
	nd := Node{Player: n.player, Label: cmp.Or(n.name, s.name, "set "+n.set)}
	if n.player != Nature && s.nodes > 1 {
		nd.Set = n.set
	}
	for i, label := range s.actions {
		odds := 1.0
		if n.player == Nature {
			odds = s.probs[i]
		}
		nd.Actions = append(nd.Actions, Action{Label: label, Odds: b.Const(odds), Way: r.draft(d, b, n.children[i])})
	}
	w.Next = d.Add(nd)
	return w
}
