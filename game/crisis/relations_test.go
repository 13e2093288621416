package crisis

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/model"
)

// What has no oracle has relations: what must not matter, or must matter in a
// known way.

// relate solves random games beside a changed version of each. world maps the
// name of an assumption of the changed game to a number, given those of the
// first.
func relate(t *testing.T, games int, change func(text string) string, world func(map[string]float64, string) float64, check func(a, b *drawn) error) {
	t.Helper()
	for seed := range uint64(games) {
		text := generate(seeded(seed))
		changed := change(text)
		a, err := ready(text, "deal")
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if a == nil {
			continue
		}
		b, err := ready(changed, "deal")
		if err != nil || b == nil {
			t.Fatalf("seed %d, changed: %v\n%s", seed, err, changed)
		}
		err = compare(a, b, seed, world)
		if err == nil && check != nil {
			err = check(a, b)
		}
		if err != nil {
			t.Fatalf("seed %d: %v\n%s\nchanged to\n%s", seed, err, text, changed)
		}
	}
}

func compare(a, b *drawn, seed uint64, change func(map[string]float64, string) float64) error {
	const worlds = 3
	in := draws(a.game(), worlds, seed)
	other := empty(len(b.game().Inputs), worlds)
	for j := range worlds {
		numbers := world(a.game(), in, j)
		for i, x := range b.game().Inputs {
			other[i][j] = change(numbers, x.Name)
		}
	}
	out, err := a.solve(in)
	if err != nil {
		return err
	}
	again, err := b.solve(other)
	if err != nil {
		return err
	}
	for i, ms := range a.s.Measures {
		for j := range worlds {
			if by := apart(out[i][j], again[i][j], 1); !(by <= 1e-12) {
				return fmt.Errorf("measure %s in world %d was %v, is %v", ms.Name, j, out[i][j], again[i][j])
			}
		}
	}
	return nil
}

func unchanged(numbers map[string]float64, name string) float64 { return numbers[name] }

// Two actors change names, everywhere in the file: nothing changes.
func TestRenamingActors(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	swap := func(text string) string {
		return strings.NewReplacer("FRA", "GBR", "GBR", "FRA").Replace(text)
	}
	relate(t, 120, swap, func(numbers map[string]float64, name string) float64 { return numbers[swap(name)] }, nil)
}

// Twice the payoffs with half the precision are the same game.
func TestDoublingPayoffs(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	double := func(text string) string {
		return colons(text, func(head, amount string) string { return head + ": 2 * (" + amount + ")" })
	}
	relate(t, 120, double, func(numbers map[string]float64, name string) float64 {
		if name == "lambda" {
			return numbers[name] / 2
		}
		return numbers[name]
	}, nil)
}

// colons rewrites the lines of payoffs: head up to the colon before the amount,
// which is the last outside brackets.
func colons(text string, rewrite func(head, amount string) string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "  payoff ") {
			continue
		}
		depth := 0
		for at, c := range line {
			switch {
			case c == '(':
				depth++
			case c == ')':
				depth--
			case c == ':' && depth == 0:
				lines[i] = rewrite(line[:at], line[at+1:])
			}
		}
	}
	return strings.Join(lines, "\n")
}

// The order in which payoffs are declared does not matter.
func TestOrderOfPayoffs(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	reverse := func(text string) string {
		lines := strings.Split(text, "\n")
		var at []int
		for i, line := range lines {
			if strings.HasPrefix(line, "  payoff ") || strings.HasPrefix(line, "  tally ") {
				at = append(at, i)
			}
		}
		for i, j := 0, len(at)-1; i < j; i, j = i+1, j-1 {
			lines[at[i]], lines[at[j]] = lines[at[j]], lines[at[i]]
		}
		return strings.Join(lines, "\n")
	}
	relate(t, 120, reverse, unchanged, nil)
}

// sameSize says that two games have the same graph.
func sameSize(a, b *drawn) error {
	x, y := a.s.Graph.Size(), b.s.Graph.Size()
	if x.States != y.States || x.Decisions != y.Decisions || x.Chances != y.Chances || x.Edges != y.Edges {
		return fmt.Errorf("the graph had %+v, has %+v", x, y)
	}
	return nil
}

// Facts that are set and never read change neither a value nor the graph.
func TestUnreadFacts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	choice := regexp.MustCompile(`(?m)^      (x\d|rest)\b.*\{$`)
	add := func(text string) string {
		text = strings.Replace(text, "  precision lambda", "  fact unread up to 3\n  fact unseen(band)\n  fact unheard for the year\n  precision lambda", 1)
		return choice.ReplaceAllString(text, "$0\n        raise unread\n        set unseen(h) for h in band\n        set unheard")
	}
	relate(t, 120, add, unchanged, sameSize)
}

// An instrument between others changes nothing; nor does an assumption and a
// group nobody asks for.
func TestUnrelatedInstrument(t *testing.T) {
	add := func(text string) string { return text + unrelated }
	relate(t, 60, add, unchanged, sameSize)
}

const unrelated = `
instrument ELSEWHERE "A treaty elsewhere" {
  kind treaty
  in force 1990-01-01
  party CHN, JPN, BRA from 1990-01-01
  article 1 {
    when armed attack on P, P is party
    then every other party owes P ASSIST_INCL_MILITARY
  }
}
`

// The same for a shipped case, to the bit.
func TestUnrelatedInstrumentShipped(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, k := shipped(t, "ukraine")
	n, problems := catalog.Files([]*source.File{source.New("own.casus", []byte("use ukraine\n"+unrelated))})
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	for _, option := range []string{"europe", "membership"} {
		a := &drawn{s: compile(t, m, k, m.Option(option))}
		b := &drawn{s: compile(t, n, n.Case("ukraine"), n.Option(option))}
		if err := sameSize(a, b); err != nil {
			t.Error(option, err)
		}
		in := columns(a.game(), "entrapment", 5)
		sameBits(t, option, solve(t, a.s, in, 5), solve(t, b.s, in, 5))
	}
}

func sameBits(t *testing.T, what string, a, b [][]float64) {
	t.Helper()
	for i := range a {
		for j := range a[i] {
			if math.Float64bits(a[i][j]) != math.Float64bits(b[i][j]) {
				t.Errorf("%s: output %d in world %d was %v, is %v", what, i, j, a[i][j], b[i][j])
			}
		}
	}
}

// Unread facts change nothing in a shipped case, to the bit.
func TestUnreadFactsShipped(t *testing.T) {
	m, k := shipped(t, "ukraine")
	o := m.Option("europe")
	a, b := &drawn{s: compile(t, m, k, o)}, &drawn{s: compile(t, m, withUnread(k), o)}
	if err := sameSize(a, b); err != nil {
		t.Error(err)
	}
	in := columns(a.game(), "deterrence", 5)
	sameBits(t, "europe", solve(t, a.s, in, 5), solve(t, b.s, in, 5))
}

// withUnread is the case with a fact that every responder sets by what it does
// and nobody reads.
func withUnread(k *model.Case) *model.Case {
	out, cr := *k, *k.Crisis
	out.Crisis = &cr
	cr.Facts = append(slices.Clone(cr.Facts), model.GameFact{Name: "unread", Max: 3})
	cr.Year = slices.Clone(cr.Year)
	for i := range cr.Year {
		st := &cr.Year[i]
		st.Choices = slices.Clone(st.Choices)
		for j := range st.Choices {
			st.Choices[j].Effects = append(slices.Clone(st.Choices[j].Effects), model.Effect{Fact: "unread", Value: 1, Raise: true})
		}
	}
	return &out
}

// A world's numbers do not depend on the worlds beside it, nor on who solves
// it: any split into batches gives the same bytes.
func TestSplittingWorlds(t *testing.T) {
	m, k := shipped(t, "ukraine")
	s := compile(t, m, few(k, []string{"FRA", "POL", "USA"}, []string{"BLR", "PRK"}), m.Option("europe_backstop"))
	const worlds = 301
	in := columns(s.Graph.Game, "entrapment", worlds)
	whole := solve(t, s, in, worlds)
	for _, size := range []int{1, 7, 64, 150} {
		split := empty(len(whole), worlds)
		scratch := s.NewScratch()
		for from := 0; from < worlds; from += size {
			to := min(from+size, worlds)
			if err := s.Solve(scratch, part(in, from, to), part(split, from, to)); err != nil {
				t.Fatal(err)
			}
		}
		sameBits(t, fmt.Sprintf("batches of %d", size), whole, split)
	}
}

func part(columns [][]float64, from, to int) [][]float64 {
	out := make([][]float64, len(columns))
	for i := range columns {
		out[i] = columns[i][from:to]
	}
	return out
}

// The same case compiled twice is the same program, to the bit.
func TestCompilingTwice(t *testing.T) {
	m, k := shipped(t, "ukraine")
	o := m.Option("europe")
	a, b := compile(t, m, k, o), compile(t, m, k, o)
	if a.Ops() != b.Ops() || a.Slots() != b.Slots() {
		t.Errorf("%d operations in %d slots, then %d in %d", a.Ops(), a.Slots(), b.Ops(), b.Slots())
	}
	in := columns(a.Graph.Game, "deterrence", 9)
	sameBits(t, "again", solve(t, a, in, 9), solve(t, b, in, 9))
}
