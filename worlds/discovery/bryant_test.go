package discovery

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"
)

// bryant reads the cases of Bryant and Lempert (2010): nine inputs, and whether
// costs are in the highest tenth.
func bryant(t testing.TB) *Sample {
	t.Helper()
	file, err := os.Open("../../../shared/bench/analysis/bryant_lempert_2010.csv")
	if err != nil {
		t.Skip("the cases of Bryant and Lempert are not here")
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := func(j int) []float64 {
		var xs []float64
		for _, row := range rows[1:] {
			x, err := strconv.ParseFloat(row[j], 64)
			if err != nil {
				t.Fatal(err)
			}
			xs = append(xs, x)
		}
		return xs
	}
	var inputs []Input
	for j := 2; j <= 10; j++ {
		inputs = append(inputs, Input{Name: rows[0][j], Numbers: column(j)})
	}
	table, err := New(inputs, column(15))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func (b *Box) numbers() string {
	return fmt.Sprintf("coverage %.4f density %.4f mass %.4f restricted %d", b.Coverage.Value, b.Density.Value, b.Mass.Value, b.Restricted)
}

// The trajectory that the EMA Workbench publishes for these cases (tutorial on
// scenario discovery): 27 peels, of which box 21 is the one of the article.
func TestBryantAndLempert(t *testing.T) {
	table := bryant(t)
	tr, err := PRIM(table, Options{Peel: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	if tr.Basis.Used != 882 || tr.Basis.Interest != 89 || len(tr.Boxes) != 28 {
		t.Fatalf("%d boxes of %+v, want 28 of 882 rows, 89 of interest", len(tr.Boxes), tr.Basis)
	}
	for i, b := range tr.Boxes {
		t.Log(i, b.Step, b.numbers())
	}
	for i, want := range map[int]string{
		0:  "coverage 1.0000 density 0.1009 mass 1.0000 restricted 0",
		21: "coverage 0.7528 density 0.7701 mass 0.0986 restricted 4",
		27: "coverage 0.5056 density 1.0000 mass 0.0510 restricted 6",
	} {
		if got := tr.Boxes[i].numbers(); got != want {
			t.Errorf("box %d: got %s, want %s", i, got, want)
		}
	}
	type row struct{ lower, upper, qpLower, qpUpper float64 }
	nan := math.NaN()
	want := map[string]row{
		"Total biomass":          {450, 755.799988, nan, 4.716968553178765e-06},
		"Demand elasticity":      {-0.422, -0.202, 1.1849299115762218e-16, nan},
		"Biomass backstop price": {150.049995, 199.600006, 3.515112530263049e-11, nan},
		"Cellulosic cost":        {72.650002, 133.699997, 0.15741333528927348, nan},
	}
	for _, l := range tr.Boxes[21].Limits {
		w, ok := want[l.Input]
		if ok != l.Restricted {
			t.Errorf("%s: restricted is %v", l.Input, l.Restricted)
		}
		if !ok {
			continue
		}
		if math.Abs(l.Lower-w.lower) > 1e-6 || math.Abs(l.Upper-w.upper) > 1e-6 || !same(l.QPLower, w.qpLower) || !same(l.QPUpper, w.qpUpper) {
			t.Errorf("%s: got %v … %v, quasi-p %v and %v, want %+v", l.Input, l.Lower, l.Upper, shown(l.QPLower), shown(l.QPUpper), w)
		}
	}
}

func same(got *float64, want float64) bool {
	if got == nil || math.IsNaN(want) {
		return got == nil && math.IsNaN(want)
	}
	return math.Abs(*got-want) <= 1e-9*want
}

func shown(x *float64) string {
	if x == nil {
		return "none"
	}
	return strconv.FormatFloat(*x, 'g', -1, 64)
}

// After box 21 without its limit on cost, which has a quasi-p-value of 0.16, the
// workbench has three restricted inputs and finds a second box of density 17/48.
func TestBryantAndLempertSecondBox(t *testing.T) {
	table := bryant(t)
	tr, err := PRIM(table, Options{Peel: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Drop(table, tr.Boxes[21], "Cellulosic cost")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := b.numbers(), "coverage 0.7640 density 0.7158 mass 0.1077 restricted 3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	second, err := PRIM(table, Options{Peel: 0.1}, b)
	if err != nil {
		t.Fatal(err)
	}
	start, last := second.Boxes[0], second.Boxes[len(second.Boxes)-1]
	if start.Density.Of != 787 || start.Density.Count != 21 {
		t.Errorf("left are %+v, want 21 of 787", start.Density)
	}
	for i, b := range second.Boxes {
		t.Log(i, b.Step, b.Density.Count, b.Density.Of)
	}
	if last.Density.Count != 17 || last.Density.Of != 48 {
		t.Errorf("second box has %+v, want 17 of 48", last.Density)
	}
}
