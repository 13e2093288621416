package discovery

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casus/worlds/draw"
	"pgregory.net/rapid"
)

// everything runs all searches on a table and writes what they found.
func everything(t *rapid.T, inputs []Input, outcome []float64, o Options) string {
	table, err := New(inputs, outcome)
	if err != nil {
		return err.Error()
	}
	ctx := context.Background()
	covering, err1 := Cover(ctx, table, o, 3)
	tree, err2 := CART(table, TreeOptions{Leaf: 2})
	scores, err3 := Scores(ctx, table, Forest{Trees: 5})
	stack, err4 := Stack(ctx, table, StackOptions{Levels: 1, Forest: Forest{Trees: 3}})
	text, err := json.Marshal([]any{table.Basis(), covering, tree, scores, stack, fmt.Sprint(err1, err2, err3, err4)})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func reorder[T any](xs []T, order []int) []T {
	if xs == nil {
		return nil
	}
	out := make([]T, len(xs))
	for i, k := range order {
		out[i] = xs[k]
	}
	return out
}

func numbers(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// The order of rows changes nothing, to the byte.
func TestRowsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		if rapid.Bool().Draw(t, "regression") {
			for i := range outcome {
				outcome[i] += rapid.Float64Range(-1, 1).Draw(t, "noise")
			}
		}
		o := options(t)
		want := everything(t, inputs, outcome, o)
		order := rapid.Permutation(numbers(len(outcome))).Draw(t, "order")
		for j := range inputs {
			inputs[j].Numbers = reorder(inputs[j].Numbers, order)
			inputs[j].Labels = reorder(inputs[j].Labels, order)
		}
		if got := everything(t, inputs, reorder(outcome, order), o); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// Where no step had equals to choose from, the order of inputs only reorders the
// limits.
func TestInputsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		o := options(t)
		find := func(inputs []Input) *Trajectory {
			table, err := New(inputs, outcome)
			if err != nil {
				t.Fatal(err)
			}
			tr, err := PRIM(table, o)
			if err != nil {
				t.Fatal(err)
			}
			return tr
		}
		tr := find(inputs)
		for _, b := range tr.Boxes {
			if b.Ties > 0 {
				return
			}
		}
		order := rapid.Permutation(numbers(len(inputs))).Draw(t, "order")
		for i := range tr.Boxes {
			tr.Boxes[i].Limits = reorder(tr.Boxes[i].Limits, order)
		}
		if got := find(reorder(inputs, order)); !reflect.DeepEqual(got, tr) {
			t.Fatalf("got %+v, want %+v", got, tr)
		}
	})
}

// Stretching an input moves its limits and not the rows that boxes hold: the
// limit stays between the same two values.
func TestLimitsFollowTheScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		o := options(t)
		o.NoPaste = true // pasting looks at rows that a limit parts elsewhere
		stretched := slices.Clone(inputs)
		for j := range stretched {
			stretched[j].Integer = false
			stretched[j].Numbers = slices.Clone(inputs[j].Numbers)
			for i, x := range stretched[j].Numbers {
				stretched[j].Numbers[i] = x*x*x + 2*x
			}
		}
		a, b := steady(t, inputs, outcome, o), steady(t, stretched, outcome, o)
		if len(a.Boxes) != len(b.Boxes) {
			t.Fatalf("%d boxes and stretched %d", len(a.Boxes), len(b.Boxes))
		}
		for i := range a.Boxes {
			if a.Boxes[i].Density != b.Boxes[i].Density {
				t.Fatalf("box %d: %+v and stretched %+v", i, a.Boxes[i].Density, b.Boxes[i].Density)
			}
			rows := inside(inputs, a.Boxes[i])
			if !slices.Equal(rows, inside(stretched, b.Boxes[i])) {
				t.Fatalf("box %d holds other rows when stretched", i)
			}
		}
	})
}

func steady(t *rapid.T, inputs []Input, outcome []float64, o Options) *Trajectory {
	table, err := New(inputs, outcome)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := PRIM(table, o)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// inside reads the limits of a box by themselves.
func inside(inputs []Input, b Box) (rows []int) {
	s := slowPRIM{inputs: inputs, outcome: make([]float64, inputs[0].rows())}
	box := map[string]Limit{}
	for _, l := range b.Limits {
		box[l.Input] = l
	}
	return s.rows(box)
}

// A box that was written and read again holds the same rows, with the same
// quasi-p-values.
func TestBoxesAreReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		whole, err := New(inputs, outcome)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(steady(t, inputs, outcome, options(t)))
		if err != nil {
			t.Fatal(err)
		}
		var tr Trajectory
		if err := json.Unmarshal(text, &tr); err != nil {
			t.Fatal(err)
		}
		for i, want := range tr.Boxes {
			got, err := Measure(whole, want.Limits)
			if err != nil {
				t.Fatal(err)
			}
			got.Step, got.Ties = want.Step, want.Ties
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("box %d: got %+v, want %+v", i, got, want)
			}
		}
	})
}

// A search of some inputs is a search of a table that has no others.
func TestOnlySomeInputs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		o := options(t)
		some := inputs[:rapid.IntRange(1, len(inputs)).Draw(t, "some")]
		want, _ := fast(steady(t, some, outcome, o))
		for _, in := range some {
			o.Only = append(o.Only, in.Name)
		}
		if got, _ := fast(steady(t, inputs, outcome, o)); !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// A second search is a first search of what the first box left.
func TestSecondSearchIsFirstOfTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		o := options(t)
		first := steady(t, inputs, outcome, o)
		box := first.Boxes[rapid.IntRange(1, max(len(first.Boxes)-1, 1)).Draw(t, "box")%len(first.Boxes)]
		whole, err := New(inputs, outcome)
		if err != nil {
			t.Fatal(err)
		}
		where, err := Where(whole, box)
		if err != nil {
			t.Fatal(err)
		}
		var rest []int
		for i, at := range where {
			if at == NoBox {
				rest = append(rest, i)
			}
		}
		left := slices.Clone(inputs)
		for j := range left {
			if left[j].Labels == nil {
				left[j].Numbers = reorder(left[j].Numbers, rest)[:len(rest)]
			} else {
				left[j].Labels = reorder(left[j].Labels, rest)[:len(rest)]
			}
		}
		of := make([]float64, 0)
		for _, i := range rest {
			of = append(of, outcome[i])
		}
		o.MassMin = 1.0 / float64(2*len(outcome)) // any row will do in both
		second, err := PRIM(whole, o, box)
		if !slices.Contains(of, 1) {
			if err == nil {
				t.Fatal("no error though nothing is left to find")
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(of, 0) {
			return
		}
		alone := steady(t, left, of, o)
		got, _ := fast(second)
		want, _ := fast(alone)
		if !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// The box of a planted problem is found: its limits lie where they were planted,
// inputs that do not matter are not limited in the box chosen, and the tree and
// the scores name the same three inputs.
func TestPlantedBoxIsFound(t *testing.T) {
	inputs, outcome := planted(20_000, 8)
	table, err := New(inputs, outcome)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := PRIM(table, Options{})
	if err != nil {
		t.Fatal(err)
	}
	i := tr.Choose(0.9)
	if i < 0 {
		t.Fatal("no box of density 0.9")
	}
	box := tr.Boxes[i]
	t.Log(i, box.numbers())
	for _, l := range box.Limits {
		want := map[string]Limit{"x0": {Above: true, Upper: 0.4}, "x1": {Below: true, Lower: 0.5}, "x2": {Below: true, Lower: 0.25, Above: true, Upper: 0.75}}[l.Input]
		if l.Below != want.Below || l.Above != want.Above ||
			l.Below && math.Abs(l.Lower-want.Lower) > 0.02 || l.Above && math.Abs(l.Upper-want.Upper) > 0.02 {
			t.Errorf("%s %s, planted %s", l.Input, limitText(l), limitText(want))
		}
		if l.Restricted && *l.QP > 1e-6 {
			t.Errorf("%s: quasi-p-value %v of a limit that matters", l.Input, *l.QP)
		}
	}
	scores, err := Scores(context.Background(), table, Forest{Trees: 20})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range scores[:3] {
		names = append(names, s.Input)
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"x0", "x1", "x2"}) || !(scores[2].Score > 3*scores[3].Score) {
		t.Errorf("scores %+v", scores)
	}
	again, err := Resample(context.Background(), table, tr, i, Resampling{})
	if err != nil {
		t.Fatal(err)
	}
	for j, in := range again.Inputs {
		if matters := j < 3; in.Restricted != matters || (in.SameDensity.Value > 0.8) != matters {
			t.Errorf("%s: restricted in %+v", in.Input, in.SameDensity)
		}
	}
	if again.Fresh.Runs != DefaultRuns || math.Abs(again.Fresh.Mean-box.Density.Value) > 0.05 {
		t.Errorf("density %v, on fresh rows %+v", box.Density.Value, again.Fresh)
	}
}

// Any number of workers gives the same bytes, and another seed other ones.
func TestWorkersDoNotShow(t *testing.T) {
	inputs, outcome := planted(500, 4)
	table, err := New(inputs, outcome)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := PRIM(table, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	run := func(workers int, seed uint64) string {
		a, err1 := Resample(ctx, table, tr, 5, Resampling{Workers: workers, Seed: seed})
		b, err2 := Scores(ctx, table, Forest{Trees: 20, Workers: workers, Seed: seed})
		text, err := json.Marshal([]any{a.Inputs, a.Fresh, b})
		if err1 != nil || err2 != nil || err != nil {
			t.Fatal(err1, err2, err)
		}
		return string(text)
	}
	want := run(1, 0)
	for workers := range 5 {
		if got := run(workers, 0); got != want {
			t.Errorf("%d workers: got %s, want %s", workers, got, want)
		}
	}
	if run(1, 1) == want {
		t.Error("another seed gives the same result")
	}
}

// All rows drawn in every run is the search itself.
func TestResamplingEverythingReproduces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		tr := steady(t, inputs, outcome, options(t))
		whole, err := New(inputs, outcome)
		if err != nil {
			t.Fatal(err)
		}
		i := rapid.IntRange(0, len(tr.Boxes)-1).Draw(t, "box")
		got, err := Resample(context.Background(), whole, tr, i, Resampling{Part: 1, Runs: 2})
		if err != nil || got.Failed > 0 || got.Fresh != nil {
			t.Fatal(got, err)
		}
		first := slices.IndexFunc(tr.Boxes, func(b Box) bool { return b.Density.Value == tr.Boxes[i].Density.Value })
		for j, in := range got.Inputs {
			if want := 2 * one(tr.Boxes[first].Limits[j].Restricted); in.SameDensity.Count != want || in.SameDensity.Of != 2 {
				t.Fatalf("%s: restricted in %+v, want %d of 2", in.Input, in.SameDensity, want)
			}
		}
	})
}

// Every row is in one cell, and no cell without rows has a share.
func TestStackHoldsEveryRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		whole, err := New(inputs, outcome)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Stack(context.Background(), whole, StackOptions{Bins: rapid.IntRange(1, 4).Draw(t, "bins"), EqualCount: rapid.Bool().Draw(t, "equal"), Levels: rapid.IntRange(1, 2).Draw(t, "levels"), Forest: Forest{Trees: 2}})
		if err != nil {
			t.Fatal(err)
		}
		n, k := 0, 0
		for a, row := range s.Cells {
			for b, c := range row {
				n, k = n+c.Rows, k+c.Interest
				want := held(inputs, outcome, slices.Concat(s.Rows, s.Columns), slices.Concat(Key(s.Rows, a), Key(s.Columns, b)))
				if (c.Share == nil) != (c.Rows == 0) || want != [2]int{c.Rows, c.Interest} {
					t.Fatalf("cell %d %d: %+v, want %v", a, b, c, want)
				}
			}
		}
		if n != whole.basis.Used || k != whole.interest {
			t.Fatalf("the cells hold %d of %d", k, n)
		}
	})
}

// held counts the rows in one bin of each axis.
func held(inputs []Input, outcome []float64, axes []Axis, key []Bin) (counts [2]int) {
rows:
	for i, y := range outcome {
		for a, bin := range key {
			in := inputs[slices.IndexFunc(inputs, func(in Input) bool { return in.Name == axes[a].Input })]
			switch {
			case in.Labels != nil && in.Labels[i] == bin.Category:
			case in.Labels == nil && in.Numbers[i] <= bin.Upper && (in.Numbers[i] > bin.Lower || in.Numbers[i] == bin.Lower && bin == axes[a].Bins[0]):
			case in.Labels == nil && in.Numbers[i] == bin.Lower && bin.Lower == bin.Upper:
			default:
				continue rows
			}
		}
		counts[0]++
		counts[1] += int(y)
	}
	return counts
}

// What is missing is left out and counted, and changes nothing else.
func TestMissingRowsAreLeftOut(t *testing.T) {
	nan := math.NaN()
	inputs := []Input{
		{Name: "a", Numbers: []float64{1, 2, nan, 4, 5, math.Inf(1)}},
		{Name: "b", Labels: []string{"p", "q", "p", "", "q", ""}},
	}
	table, err := New(inputs, []float64{1, 0, 1, 1, nan, 0})
	if err != nil {
		t.Fatal(err)
	}
	want := Basis{Rows: 6, Used: 2, Interest: 1, Unknown: 1, Missing: []Missing{{"a", 2}, {"b", 2}}}
	if got := table.Basis(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	tr, err := PRIM(table, Options{})
	if err != nil {
		t.Fatal(err)
	}
	where, err := Where(table, tr.Boxes[len(tr.Boxes)-1])
	if err != nil || !slices.Equal(where, []int{0, NoBox, LeftOut, LeftOut, LeftOut, LeftOut}) {
		t.Errorf("rows are in %v, %v", where, err)
	}
}

func TestRefusals(t *testing.T) {
	names := make([]string, MaxCategories+1)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	ctx := context.Background()
	small := []Input{{Name: "a", Numbers: []float64{1, 2, 3, 4}}, {Name: "b", Labels: []string{"p", "q", "p", "q"}}}
	of := []float64{0, 1, 1, 0}
	table, err := New(small, of)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := PRIM(table, Options{})
	if err != nil {
		t.Fatal(err)
	}
	quantity, err := New(small, []float64{1, 2, 3, 4})
	if err != nil {
		t.Fatal(err)
	}
	large, err := New(small, []float64{1, 2, 3, -1e200})
	if err != nil {
		t.Fatal(err)
	}
	done, cancel := context.WithCancel(ctx)
	cancel()
	last := func(_ any, err error) error { return err }
	for _, c := range []struct {
		err  error
		want string
	}{
		{last(New(nil, of)), "a table needs at least one input"},
		{last(New([]Input{small[0], small[0]}, of)), `two inputs are named "a"; rename one`},
		{last(New(small, of[:3])), `input "a" has 4 rows and the outcome 3`},
		{last(New([]Input{{Name: "a", Numbers: of, Labels: []string{"", "", "", ""}}}, of)), `input "a" has numbers and labels; give one of them`},
		{last(New([]Input{{Name: "a", Numbers: []float64{1, 2.5}, Integer: true}}, of[:2])), `input "a" is said to be whole and has 2.5 in row 2`},
		{last(New([]Input{{Name: "a", Numbers: []float64{math.NaN()}}}, of[:1])), `no row of 1 has every input and an outcome ("a" is missing in 1); leave out the inputs that are missing`},
		{last(New([]Input{{Name: "a", Labels: names}}, make([]float64, len(names)))), `input "a" has 1001 categories and 1000 is the most; group them, or leave the input out`},
		{last(PRIM(quantity, Options{})), "the outcome is a quantity; say first which rows are of interest (1) and which are not (0)"},
		{last(PRIM(table, Options{}, tr.Boxes[0])), "the 1 earlier boxes hold all 2 rows of interest; there is nothing left to find"},
		{last(PRIM(table, Options{MassMin: 2})), "the least mass is above 0 and at most 1, got 2"},
		{last(PRIM(table, Options{Only: []string{"c"}})), `the table has no input "c"`},
		{last(PRIM(table, Options{Paste: -1})), "the share to paste is from 0.001 to below 0.5, got -1"},
		{last(PRIM(table, Options{}, Box{Limits: []Limit{{Input: "c"}}})), `box 0: the table has no input "c"`},
		{last(Measure(table, []Limit{{Input: "a", Excluded: []string{"p"}}})), `input "a" is a number; a limit on it has lower and upper`},
		{last(Measure(table, []Limit{{Input: "b", Below: true}})), `input "b" is categorical; a limit on it lists the categories left out`},
		{last(Measure(table, []Limit{{Input: "a", Below: true, Lower: math.NaN()}})), `a limit on input "a" is not a number`},
		{last(Measure(table, []Limit{{Input: "a", Below: true, Lower: 9}})), "the box holds none of 4 rows; widen its limits"},
		{last(Measure(table, []Limit{{Input: "a", Below: true, Lower: 3, Above: true, Upper: 2}})), "the box holds none of 4 rows; widen its limits"},
		{last(Drop(table, tr.Boxes[0], "c")), `the table has no input "c"`},
		{last(Cover(ctx, table, Options{}, 0)), "the number of boxes is at least 1, got 0"},
		{last(Cover(done, table, Options{}, 1)), "covering: context canceled"},
		{last(Resample(ctx, table, tr, 99, Resampling{})), fmt.Sprintf("the trajectory has boxes 0 to %d, not 99", len(tr.Boxes)-1)},
		{last(Resample(done, table, tr, 0, Resampling{})), "resampling: context canceled"},
		{last(Resample(ctx, table, tr, 0, Resampling{Part: 2})), "the part of the rows drawn is above 0 and at most 1, got 2"},
		{last(Resample(ctx, table, tr, 0, Resampling{Runs: -1})), "the number of runs is at least 1, got -1"},
		{last(CART(large, TreeOptions{})), "the outcome of row 4 is -1e+200; scale outcomes to within ±1e+150"},
		{last(CART(table, TreeOptions{Depth: -1})), "the depth is at least 1, or 0 for no limit, got -1"},
		{last(CART(table, TreeOptions{Prune: -1})), "the cost of a leaf is at least 0, got -1"},
		{last(Scores(done, table, Forest{})), "scoring inputs: context canceled"},
		{last(Scores(ctx, table, Forest{Trees: -1})), "the number of trees is at least 1, got -1"},
		{last(Stack(ctx, quantity, StackOptions{})), "the outcome is a quantity; say first which rows are of interest (1) and which are not (0)"},
		{last(Stack(ctx, table, StackOptions{Inputs: []string{"a", "a"}})), `input "a" is to be folded twice; name it once`},
		{last(Stack(ctx, table, StackOptions{Inputs: []string{"c"}})), `the table has no input "c"`},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
}

// Numbers as large as they come, next to each other, negative zero: a limit
// still parts them, and nothing panics.
func TestAwkwardNumbers(t *testing.T) {
	awkward(t, []float64{0, 1, 0, 1, 0, 1})
	awkward(t, []float64{1, 0, 1, 0, 1, 0})
}

func awkward(t *testing.T, outcome []float64) {
	big := math.MaxFloat64
	next := math.Nextafter(1, 2)
	after := math.Nextafter(next, 2)
	for _, xs := range [][]float64{
		{-big, big, -big, big, -big, big},
		{1, next, 1, next, 1, next},
		{next, after, next, after, next, after},
		{-next, -1, -next, -1, -next, -1},
		{math.Copysign(0, -1), 5e-324, 0, 5e-324, 0, 5e-324},
	} {
		table, err := New([]Input{{Name: "x", Numbers: xs}}, outcome)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := PRIM(table, Options{})
		if err != nil {
			t.Fatal(err)
		}
		tree, err := CART(table, TreeOptions{Leaf: 1})
		if err != nil {
			t.Fatal(err)
		}
		last := tr.Boxes[len(tr.Boxes)-1]
		leaf := tree.Nodes[tree.Leaves()[int(outcome[1])]].Box
		for _, b := range []*Box{&last, leaf} {
			got, err := Measure(table, b.Limits)
			if err != nil || got.Density.Count != 3 || got.Density.Of != 3 {
				t.Errorf("%v: %+v %v", xs, got.Density, err)
			}
		}
	}
}

// The quasi-p-value is the binomial tail, by exact sums.
func TestQuasiP(t *testing.T) {
	for _, c := range []struct{ k, n, ofK, ofN int }{{0, 5, 1, 9}, {5, 5, 5, 9}, {67, 87, 89, 200}, {3, 40, 9, 10}, {40, 40, 1, 1000}, {40, 40, 7, 7}} {
		p := big.NewRat(int64(c.ofK), int64(c.ofN))
		sum := new(big.Rat)
		for i := c.k; i <= c.n; i++ {
			term := new(big.Rat).SetInt(new(big.Int).Binomial(int64(c.n), int64(i)))
			for range i {
				term.Mul(term, p)
			}
			for range c.n - i {
				term.Mul(term, new(big.Rat).Sub(big.NewRat(1, 1), p))
			}
			sum.Add(sum, term)
		}
		want, _ := sum.Float64()
		if got := quasiP(c.k, c.n, float64(c.ofK)/float64(c.ofN)); math.Abs(got-want) > 1e-12*want {
			t.Errorf("%+v: got %v, want %v", c, got, want)
		}
	}
}

// A share carries its counts and the interval of draw.Wilson.
func TestShare(t *testing.T) {
	got := share(7, 8)
	lo, hi := draw.Wilson(7, 8, z95)
	if got != (Share{7, 8, 0.875, lo, hi}) {
		t.Errorf("got %+v", got)
	}
}

// Whatever is in a table, a search answers or says why not; what it answers can
// be written, and every box holds what it says.
func FuzzTable(f *testing.F) {
	f.Add([]byte("0123456789"), uint8(2))
	f.Add([]byte{0, 0, 0, 1, 1, 1, 255, 255, 255}, uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, columns uint8) {
		d := int(columns%4) + 1
		rows := min(len(data)/(d+1), 200)
		inputs, outcome := make([]Input, d), make([]float64, rows)
		for j := range inputs {
			in := Input{Name: string(rune('a' + j))}
			for i := range rows {
				b := data[i*(d+1)+j]
				if j%2 == 1 {
					in.Labels = append(in.Labels, []string{"", "p", "q", "r"}[b%4])
				} else {
					in.Numbers = append(in.Numbers, []float64{float64(b), float64(b) / 7, -math.MaxFloat64, math.NaN()}[b%4])
				}
			}
			inputs[j] = in
		}
		for i := range outcome {
			outcome[i] = []float64{0, 1, 0, 1, 1, 0, math.NaN()}[data[i*(d+1)+d]%7]
		}
		table, err := New(inputs, outcome)
		if err != nil {
			return
		}
		c, err := Cover(context.Background(), table, Options{Threshold: 0.5}, 3)
		if err != nil {
			return
		}
		for _, r := range c.Rounds {
			for i, b := range r.Trajectory.Boxes {
				if b.Density.Of < 1 || b.Density.Count > b.Density.Of || b.Restricted > d {
					t.Fatalf("box %d: %+v", i, b)
				}
			}
		}
		tree, err := CART(table, TreeOptions{Leaf: 1})
		if err != nil {
			t.Fatal(err)
		}
		s, err := Stack(context.Background(), table, StackOptions{Forest: Forest{Trees: 2}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal([]any{c, tree, s}); err != nil {
			t.Fatal(err)
		}
	})
}
