package inquiry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/data"
	"casus/worlds/inquiry"
)

// tableOf makes a table of columns of numbers, the rows drawn from a seed.
func tableOf(n int, names []string, row func(u *rand.Rand) []float64) *data.Columns {
	t := &data.Columns{File: "t", Rows: n}
	for _, name := range names {
		t.List = append(t.List, data.Column{Name: name, Kind: data.Numbers})
	}
	u := rand.New(rand.NewPCG(1, 2))
	for range n {
		for j, x := range row(u) {
			t.List[j].Numbers = append(t.List[j].Numbers, x)
		}
	}
	return t
}

// ishigami is the function of Ishigami and Homma (1990), a = 7, b = 0.1, with an
// input that it does not use.
func ishigami(n int) *data.Columns {
	return tableOf(n, []string{"a", "b", "c", "idle", "y"}, func(u *rand.Rand) []float64 {
		x := make([]float64, 4)
		for i := range x {
			x[i] = math.Pi * (2*u.Float64() - 1)
		}
		return append(x, math.Sin(x[0])+7*math.Pow(math.Sin(x[1]), 2)+0.1*math.Pow(x[2], 4)*math.Sin(x[0]))
	})
}

func analyse(t testing.TB, table *data.Columns, p inquiry.AnalysisPlan) *inquiry.Analysis {
	t.Helper()
	if p.Search.Box == 0 {
		p.Search.Box = -1
	}
	a, err := inquiry.Analyse(context.Background(), table, 0, p)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// What a run has drawn is no outcome: of the table of worlds of a record nothing is
// explained unasked, be it that file or a copy as text without its metadata; asked for,
// it is said what it is.
func TestAnalyseWorldsOfARecord(t *testing.T) {
	drawn := recordOf([]string{"drawn", "also"}, false)
	_, err := inquiry.Analyse(context.Background(), drawn, 0, inquiry.AnalysisPlan{Search: inquiry.SearchPlan{Box: -1}})
	if err == nil || !strings.Contains(err.Error(), "nothing in it is an outcome") {
		t.Errorf("the worlds are explained: %v", err)
	}
	a := analyse(t, drawn, inquiry.AnalysisPlan{Outputs: []string{"also"}})
	if !slices.ContainsFunc(a.Notes, func(s string) bool { return strings.HasPrefix(s, "also was drawn") }) {
		t.Errorf("notes %q", a.Notes)
	}
}

// Of the table of measures an outcome is explained by the option, the view and what was
// drawn, and never by another outcome; the file's own word goes first.
func TestAnalyseMeasuresOfARecord(t *testing.T) {
	joined := recordOf([]string{"drawn", "peace", "war"}, true)
	a := analyse(t, joined, inquiry.AnalysisPlan{})
	if got := inputs(a); got != "option view drawn" || a.Outputs[0].Name != "war" {
		t.Errorf("%s explain %s", got, a.Outputs[0].Name)
	}
	joined.About = map[string]string{"casus.columns": `{"drawn":{"role":"outcome"},"war":{"role":"input"},"gone":{"role":"input"}}`}
	a = analyse(t, joined, inquiry.AnalysisPlan{})
	if a.Outputs[0].Name != "drawn" || strings.Contains(inputs(a), "drawn") || !strings.Contains(inputs(a), "war") {
		t.Errorf("%s explain %s", inputs(a), a.Outputs[0].Name)
	}
	joined.About["casus.columns"] = `[1`
	if got := inputs(analyse(t, joined, inquiry.AnalysisPlan{})); got != "option view drawn" {
		t.Errorf("with somebody else's metadata: %s", got)
	}
}

func inputs(a *inquiry.Analysis) string {
	var names []string
	for _, c := range a.Inputs {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}

// recordOf is a table as records have them: two views of 20 worlds, where there are
// options two of these; the column drawn is the same for both.
func recordOf(names []string, options bool) *data.Columns {
	t := &data.Columns{File: "worlds.csv"}
	option, view, world := data.Column{Name: "option", Kind: data.Words}, data.Column{Name: "view", Kind: data.Words}, data.Column{Name: "world", Kind: data.Numbers}
	u := rand.New(rand.NewPCG(3, 4))
	columns := make([]data.Column, len(names))
	for j, n := range names {
		columns[j] = data.Column{Name: n, Kind: data.Numbers}
	}
	for _, o := range []string{"a", "b"} {
		for i := range 40 {
			option.Texts = append(option.Texts, o)
			view.Texts = append(view.Texts, []string{"one", "two"}[i/20])
			world.Numbers = append(world.Numbers, float64(i%20))
			for j, n := range names {
				x := u.Float64()
				if n == "drawn" && len(columns[j].Numbers) >= 40 {
					x = columns[j].Numbers[i]
				}
				columns[j].Numbers = append(columns[j].Numbers, x)
			}
			t.Rows++
		}
		if !options {
			t.List = append([]data.Column{view, world}, columns...)
			return t
		}
	}
	t.List = append([]data.Column{option, view, world}, columns...)
	return t
}

// A column that numbers the rows explains nothing and is not to be explained; one that
// counts by design, or is asked for, takes part.
func TestAnalyseLeavesOutRowNumbers(t *testing.T) {
	of := func(names []string, row func(i int) []float64) *data.Columns {
		i := -1
		return tableOf(64, names, func(*rand.Rand) []float64 { i++; return row(i) })
	}
	wave := func(i int) float64 { return math.Sin(float64(7 * i)) }
	for _, c := range []struct {
		what    string
		table   *data.Columns
		inputs  []string
		left    bool
		outputs string
	}{
		{"a count of all rows", of([]string{"n", "a", "y"}, func(i int) []float64 { return []float64{float64(i), wave(i), wave(i + 1)} }), nil, true, "y"},
		{"the last column", of([]string{"a", "y", "n"}, func(i int) []float64 { return []float64{wave(i), wave(i + 1), float64(i + 1)} }), nil, true, "y"},
		{"world by world, part by part", of([]string{"world", "a", "y"}, func(i int) []float64 { return []float64{float64(i % 16), wave(i), wave(i + 1)} }), nil, true, "y"},
		{"row numbers out of order", of([]string{"id", "a", "y"}, func(i int) []float64 { return []float64{float64(29 * i % 64), wave(i), wave(i + 1)} }), nil, true, "y"},
		{"asked for", of([]string{"n", "a", "y"}, func(i int) []float64 { return []float64{float64(i), wave(i), wave(i + 1)} }), []string{"n", "a"}, false, "y"},
		{"a full design", of([]string{"n", "a", "y"}, func(i int) []float64 { return []float64{float64(i % 8), float64(i / 8), wave(i)} }), nil, false, "y"},
		{"years", of([]string{"n", "a", "y"}, func(i int) []float64 { return []float64{float64(1950 + i), wave(i), wave(i + 1)} }), nil, false, "y"},
	} {
		a := analyse(t, c.table, inquiry.AnalysisPlan{Inputs: c.inputs, Methods: []string{inquiry.GivenData}})
		if left := len(a.Dropped) > 0 || len(a.Inputs) < 2; left != c.left || a.Outputs[0].Name != c.outputs {
			t.Errorf("%s: left out %v, explained %s", c.what, a.Dropped, a.Outputs[0].Name)
		}
	}
}

// Inputs that are drawn apart go together in the rows that an output explains,
// where an output is missing because of how they stand to each other.
func TestAnalyseLooksAtRowsUsed(t *testing.T) {
	table := tableOf(1000, []string{"a", "b", "y"}, func(u *rand.Rand) []float64 {
		a, b := u.Float64(), u.Float64()
		if a > b {
			return []float64{a, b, math.NaN()}
		}
		return []float64{a, b, a + b}
	})
	y := table.Column("y")
	for _, v := range y.Numbers {
		if math.IsNaN(v) {
			y.Missing++
		}
	}
	notes := strings.Join(analyse(t, table, inquiry.AnalysisPlan{Outputs: []string{"y"}, Methods: []string{"given"}}).Notes, "\n")
	if !strings.HasPrefix(notes, fmt.Sprintf("in the %d rows that have y: inputs that go together: a and b (ρ 0.5", 1000-y.Missing)) && !strings.HasPrefix(notes, fmt.Sprintf("in the %d rows that have y: inputs that go together: a and b (ρ 0.4", 1000-y.Missing)) {
		t.Errorf("notes: %s", notes)
	}
}

// The first-order indices are known in closed form: 0.3139, 0.4424, 0, 0.
func TestAnalyseIshigami(t *testing.T) {
	a := analyse(t, ishigami(4000), inquiry.AnalysisPlan{})
	if len(a.Shares) != 1 || a.Found != nil || !strings.Contains(a.Notes[0], "the last column, y") {
		t.Fatalf("got %+v", a)
	}
	for i, want := range []float64{0.3139, 0.4424, 0, 0} {
		got := a.Shares[0].First.Inputs[i].S1
		if se := got.Width() / 2 / 1.96; math.Abs(got.Value-want) > 4*se+0.01 {
			t.Errorf("%s: %v, want %v", a.Inputs[i].Name, got, want)
		}
	}
	delta := a.Shares[0].Delta.Inputs
	if !(delta[1].Delta.Value > delta[0].Delta.Value && delta[2].Delta.Value > delta[3].Delta.Lo && delta[0].Delta.Lo > delta[3].Delta.Hi) {
		t.Errorf("deltas %+v", delta)
	}
}

// critical is the loading from which a shallow lake tips (Carpenter, Ludwig and
// Brock 1999): where recycling first keeps up with loss, x^q/(1+x^q) = b·x.
func critical(b, q float64) float64 {
	lo, hi := 0.01, 1.5
	net := func(x float64) float64 { return math.Pow(x, q)/(1+math.Pow(x, q)) - b*x }
	for range 60 {
		if mid := (lo + hi) / 2; net(mid) < 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// The first-order indices of the lake are worked out by the definition, the
// variance of means over a fine grid.
func TestAnalyseLake(t *testing.T) {
	at := func(u, lo, hi float64) float64 { return lo + u*(hi-lo) }
	table := tableOf(2000, []string{"b", "q", "tips at"}, func(u *rand.Rand) []float64 {
		b, q := at(u.Float64(), 0.1, 0.45), at(u.Float64(), 2, 4.5)
		return []float64{b, q, critical(b, q)}
	})
	const n = 200
	var byB, byQ [n]float64
	grand, squares := 0.0, 0.0
	for i := range n {
		for k := range n {
			y := critical(at((float64(i)+0.5)/n, 0.1, 0.45), at((float64(k)+0.5)/n, 2, 4.5))
			byB[i] += y / n
			byQ[k] += y / n
			grand += y / n / n
			squares += y * y / n / n
		}
	}
	a := analyse(t, table, inquiry.AnalysisPlan{Methods: []string{inquiry.GivenData}})
	for j, means := range [][n]float64{byB, byQ} {
		want := -grand * grand
		for _, m := range means {
			want += m * m / n
		}
		want /= squares - grand*grand
		got := a.Shares[0].First.Inputs[j].S1
		if math.Abs(got.Value-want) > 2*got.Width() {
			t.Errorf("%s: %v, want %.3f", a.Inputs[j].Name, got, want)
		}
	}
}

// boxed is a table of which a known box is of interest: a below 0.4 and the place
// by the sea.
func boxed(n int) *data.Columns {
	t := tableOf(n, []string{"a", "b", "y"}, func(u *rand.Rand) []float64 { return []float64{u.Float64(), u.Float64(), 0} })
	u := rand.New(rand.NewPCG(3, 4))
	place := data.Column{Name: "place", Kind: data.Words}
	for i := range n {
		place.Texts = append(place.Texts, []string{"sea", "hill", "town"}[u.IntN(3)])
		if t.List[0].Numbers[i] < 0.4 && place.Texts[i] == "sea" {
			t.List[2].Numbers[i] = 1
		}
	}
	t.List = append(t.List, place)
	return t
}

func TestAnalyseFindsTheBox(t *testing.T) {
	a := analyse(t, boxed(900), inquiry.AnalysisPlan{Outputs: []string{"y"}})
	b := a.Found.Box()
	if b.Coverage.Value < 0.95 || b.Density.Value < 0.9 || b.Restricted != 2 {
		t.Fatalf("box %+v", b)
	}
	l, _ := b.Input("a")
	if l.Below || math.Abs(l.Upper-0.4) > 0.03 {
		t.Errorf("limit on a: %+v", l)
	}
	if l, _ := b.Input("place"); !slices.Equal(l.Categories, []string{"sea"}) {
		t.Errorf("limit on place: %+v", l)
	}
	which, err := a.Which()
	if err != nil {
		t.Fatal(err)
	}
	table := boxed(900)
	for i, w := range which {
		if in := table.List[0].Numbers[i] <= l.Upper && table.Column("place").Texts[i] == "sea"; w.In != in || !w.Known || w.Leaf < 0 {
			t.Fatalf("row %d: %+v, want %v", i, w, in)
		}
	}
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The order of rows changes nothing but which row is which; the number of workers
// changes nothing at all.
func TestAnalyseOrderOfRows(t *testing.T) {
	plan := inquiry.AnalysisPlan{Outputs: []string{"y"}, Search: inquiry.SearchPlan{Box: -1, Seed: 5, Workers: 1}}
	table := boxed(300)
	first := analyse(t, table, plan)
	at := rand.New(rand.NewPCG(7, 8)).Perm(300)
	other := &data.Columns{File: "t", Rows: 300}
	for _, c := range table.List {
		d := data.Column{Name: c.Name, Kind: c.Kind}
		for _, i := range at {
			if c.Kind == data.Words {
				d.Texts = append(d.Texts, c.Texts[i])
			} else {
				d.Numbers = append(d.Numbers, c.Numbers[i])
			}
		}
		other.List = append(other.List, d)
	}
	plan.Search.Workers = 3
	second := analyse(t, other, plan)
	if a, b := asJSON(t, first), asJSON(t, second); a != b {
		t.Errorf("got\n%s\nand\n%s", a, b)
	}
	which, _ := first.Which()
	moved, _ := second.Which()
	for k, i := range at {
		if which[i] != moved[k] {
			t.Fatalf("row %d is now row %d and lies elsewhere", i, k)
		}
	}
}

// Renaming columns renames the answer, of all that draws no thresholds by name.
func TestAnalyseRenamed(t *testing.T) {
	methods := []string{inquiry.GivenData, inquiry.DeltaOf, inquiry.Regional, inquiry.PRIM, inquiry.CART}
	table := boxed(300)
	first := asJSON(t, analyse(t, table, inquiry.AnalysisPlan{Outputs: []string{"y"}, Methods: methods}))
	table = boxed(300)
	for i := range table.List {
		table.List[i].Name = map[string]string{"a": "«1»", "b": "«2»", "y": "«3»", "place": "«4»"}[table.List[i].Name]
	}
	second := asJSON(t, analyse(t, table, inquiry.AnalysisPlan{Outputs: []string{"«3»"}, Methods: methods}))
	second = strings.NewReplacer(`«1»`, `a`, `«2»`, `b`, `«3»`, `y`, `«4»`, `place`).Replace(second)
	if first != second {
		t.Errorf("got\n%s\nand\n%s", first, second)
	}
}

// What is missing is left out of what needs it and counted, never zero.
func TestAnalyseMissing(t *testing.T) {
	table := ishigami(400)
	for i := range 100 {
		table.List[0].Numbers[i] = math.NaN()
		table.List[0].Missing++
	}
	a := analyse(t, table, inquiry.AnalysisPlan{Outputs: []string{"y"}, Interest: "y > 5"})
	in := a.Shares[0].First.Inputs
	if in[0].N != 300 || in[0].Left != 100 || in[1].N != 400 {
		t.Errorf("%d and %d rows", in[0].N, in[1].N)
	}
	if f := a.Found; f.Base.Used != 300 || f.In+f.Out != 400 || f.Unknown != 0 {
		t.Errorf("%+v", f.Base)
	}
	for i := range 50 {
		table.List[4].Numbers[399-i] = math.NaN()
	}
	a = analyse(t, table, inquiry.AnalysisPlan{Outputs: []string{"y"}, Interest: "y > 5"})
	if f := a.Found; f.Unknown != 50 || f.Base.Used != 250 {
		t.Errorf("%+v", f)
	}
	which, _ := a.Which()
	unknown := 0
	for _, w := range which {
		if !w.Known {
			unknown++
		}
	}
	if unknown != 150 {
		t.Errorf("%d rows lie nowhere", unknown)
	}
}

// Columns that tell nothing are said and left out.
func TestAnalyseLeavesOut(t *testing.T) {
	table := ishigami(100)
	add := func(name string, text func(i int) string) {
		c := data.Column{Name: name, Kind: data.Words}
		for i := range 100 {
			c.Texts = append(c.Texts, text(i))
		}
		table.List = slices.Insert(table.List, 0, c)
	}
	add("id", func(i int) string { return fmt.Sprint("row ", i) })
	add("same", func(int) string { return "one" })
	add("none", func(int) string { return "" })
	for i := range table.List[6].Numbers {
		table.List[6].Numbers[i] = 3
	}
	table.List = slices.Insert(table.List, 0, data.Column{Name: "day", Unfit: &data.Problem{File: "t", Msg: "it holds dates"}})
	got := ""
	for _, d := range analyse(t, table, inquiry.AnalysisPlan{}).Dropped {
		got += d.Name + ": " + d.Why + "\n"
	}
	if want := "day: it holds dates\nnone: no cell has a value\nsame: the same in all rows: \"one\"\nid: text with 100 different values in 100 rows\nidle: the same in all rows: 3\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// A plan that does not fit the table, and what is said of it.
func TestAnalyseRefuses(t *testing.T) {
	one := tableOf(1, []string{"a", "y"}, func(*rand.Rand) []float64 { return []float64{1, 2} })
	none := tableOf(0, []string{"a", "y"}, nil)
	wide := tableOf(2, strings.Split(strings.Repeat("c,", 600)+"y", ","), func(u *rand.Rand) []float64 {
		row := make([]float64, 601)
		row[600] = u.Float64()
		return row
	})
	for i := range wide.List {
		wide.List[i].Name = fmt.Sprint("c", i)
	}
	blank := tableOf(100, []string{"a", "y"}, func(u *rand.Rand) []float64 {
		a := u.Float64()
		return []float64{a, a}
	})
	blank.List = append(blank.List, data.Column{Name: "k", Kind: data.Words, Texts: make([]string, 100)})
	hits := 0
	for i, y := range blank.Column("y").Numbers {
		if blank.List[2].Texts[i] = string(rune('p' + i%2)); y > 0.5 {
			blank.List[2].Texts[i], hits = "", hits+1
		}
	}
	blank.List[2].Missing = hits
	for _, c := range []struct {
		table *data.Columns
		plan  inquiry.AnalysisPlan
		want  string
	}{
		{blank, inquiry.AnalysisPlan{Outputs: []string{"y"}, Inputs: []string{"a", "k"}, Interest: "y > 0.5"}, fmt.Sprintf(`--interest "y > 0.5": none of the %d complete rows is of interest: input "k" is missing in %d that are; fill it in, or leave the input out`, 100-hits, hits)},
		{none, inquiry.AnalysisPlan{}, "t: the table has no rows"},
		{one, inquiry.AnalysisPlan{}, "t: no input is left (a: the same in all rows: 1)"},
		{wide, inquiry.AnalysisPlan{}, "t: 600 columns could be inputs, and 500 at most are taken unasked; name the inputs"},
		{ishigami(30), inquiry.AnalysisPlan{Outputs: []string{"Y"}}, `t: no column "Y" (there are a, b, c, idle, y)`},
		{ishigami(30), inquiry.AnalysisPlan{Outputs: []string{"idel"}}, `t: no column "idel" (did you mean idle?)`},
		{ishigami(30), inquiry.AnalysisPlan{Inputs: []string{"a", "a"}}, `input "a" is named twice`},
		{ishigami(30), inquiry.AnalysisPlan{Inputs: []string{"a", "y"}}, `column "y" is an input and an output; name it once`},
		{ishigami(30), inquiry.AnalysisPlan{Methods: []string{"prin"}}, `unknown method "prin" (did you mean prim?)`},
		{ishigami(30), inquiry.AnalysisPlan{Interest: "y > 1000"}, `--interest "y > 1000": none of 30 rows is of interest; there is nothing to find, so widen what is of interest`},
		{ishigami(30), inquiry.AnalysisPlan{Interest: "y"}, `--interest, at character 1: y is neither true nor false; compare it with something, as in: y > 0.5`},
		{ishigami(30), inquiry.AnalysisPlan{Interest: "y > 1", Search: inquiry.SearchPlan{Box: 99}}, `--interest "y > 1": there is no box 99: PRIM found boxes 0 to`},
	} {
		if c.plan.Search.Box == 0 {
			c.plan.Search.Box = -1
		}
		if _, err := inquiry.Analyse(context.Background(), c.table, 0, c.plan); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	odd := ishigami(30)
	odd.List[0].Unfit = &data.Problem{File: "t", Line: 3, Col: 2, Msg: "a word"}
	if _, err := inquiry.Analyse(context.Background(), odd, 0, inquiry.AnalysisPlan{}); err == nil || err.Error() != "t:3:2: a word" {
		t.Errorf("a cell at fault: %v", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := inquiry.Analyse(ctx, boxed(50), 0, inquiry.AnalysisPlan{Outputs: []string{"y"}}); err == nil {
		t.Error("a context that is done: no error")
	}
}

// Fewer rows than a method needs are said, and the others are used.
func TestAnalyseFewRows(t *testing.T) {
	a := analyse(t, ishigami(20), inquiry.AnalysisPlan{})
	if a.Shares[0].First == nil || a.Shares[0].Delta != nil || !bytes.Contains([]byte(strings.Join(a.Notes, "\n")), []byte("no delta of a, b, c, idle")) {
		t.Errorf("%+v", a.Notes)
	}
}
