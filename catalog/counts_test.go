package catalog_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"testing"
)

const sharedData = "../../shared/data/"

// rows reads some columns of a table of the shared data, by row; what is no number
// is NaN.
func rows(t *testing.T, name string, columns []string, each func(x []float64)) {
	t.Helper()
	f, err := os.Open(sharedData + name)
	if err != nil {
		t.Skip("skipped: no ../shared/data here")
	}
	defer f.Close()
	in := csv.NewReader(f)
	head, err := in.Read()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, h := range head {
		at[h] = i
	}
	x := make([]float64, len(columns))
	for {
		row, err := in.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range columns {
			if x[i], err = strconv.ParseFloat(row[at[c]], 64); err != nil {
				x[i] = math.NaN()
			}
		}
		each(x)
	}
}

// pairYear is a directed pair of states in a year: whether the first may begin
// something against the second.
type pairYear struct{ a, b, year int }

func (p pairYear) pair() [2]int { return [2]int{min(p.a, p.b), max(p.a, p.b)} }

// quarrels are the directed years of land neighbours that had a dispute in the ten
// years before, with how many doublings the second had more soldiers than the
// first a year earlier.
func quarrels(t *testing.T, disputes map[[2]int][]int, from, to int) map[pairYear]float64 {
	soldiers := map[[2]int]float64{}
	rows(t, "cow_nmc/NMC-60-abridged.csv", []string{"ccode", "year", "milper"}, func(x []float64) {
		if x[2] > 0 {
			soldiers[[2]int{int(x[0]), int(x[1])}] = x[2]
		}
	})
	out := map[pairYear]float64{}
	rows(t, "cow_contiguity/contdird.csv", []string{"state1no", "state2no", "year", "conttype"}, func(x []float64) {
		p := pairYear{int(x[0]), int(x[1]), int(x[2])}
		if x[3] != 1 || p.year < from || p.year > to {
			return
		}
		before := false
		for _, y := range disputes[p.pair()] {
			before = before || p.year-10 <= y && y < p.year
		}
		a, b := soldiers[[2]int{p.a, p.year - 1}], soldiers[[2]int{p.b, p.year - 1}]
		if now := soldiers[[2]int{p.a, p.year}] * soldiers[[2]int{p.b, p.year}]; before && a > 0 && b > 0 && now > 0 {
			out[p] = math.Log2(b / a)
		}
	})
	return out
}

// slope fits log odds that rise by a slope with x (Newton's steps), and gives its
// standard error with pairs as clusters (Liang & Zeger 1986).
func slope(x map[pairYear]float64, yes map[pairYear]bool) (at, err float64) {
	var b [2]float64
	for range 40 {
		var g, h [3]float64 // gradient; Hessian: 11, 1x, xx
		for p, v := range x {
			q := 1 / (1 + math.Exp(-b[0]-b[1]*v))
			r := -q
			if yes[p] {
				r++
			}
			g[0], g[1] = g[0]+r, g[1]+r*v
			h[0], h[1], h[2] = h[0]+q*(1-q), h[1]+q*(1-q)*v, h[2]+q*(1-q)*v*v
		}
		det := h[0]*h[2] - h[1]*h[1]
		b[0] += (h[2]*g[0] - h[1]*g[1]) / det
		b[1] += (h[0]*g[1] - h[1]*g[0]) / det
	}
	var h [3]float64
	scores := map[[2]int][2]float64{}
	for p, v := range x {
		q := 1 / (1 + math.Exp(-b[0]-b[1]*v))
		r := -q
		if yes[p] {
			r++
		}
		s := scores[p.pair()]
		scores[p.pair()] = [2]float64{s[0] + r, s[1] + r*v}
		h[0], h[1], h[2] = h[0]+q*(1-q), h[1]+q*(1-q)*v, h[2]+q*(1-q)*v*v
	}
	det, squares := h[0]*h[2]-h[1]*h[1], 0.0
	for _, s := range scores {
		d := (h[0]*s[1] - h[1]*s[0]) / det
		squares += d * d
	}
	return b[1], math.Sqrt(squares)
}

// The count that local_balance rests on comes out of the data sets it names.
func TestTheLocalBalanceIsCounted(t *testing.T) {
	disputes, force, war := map[[2]int][]int{}, map[pairYear]bool{}, map[pairYear]bool{}
	rows(t, "cow_mid/cow_mid_dirdisps_v5_peacesciencer.csv", []string{"ccode1", "ccode2", "year", "disponset", "sidea1", "orig1", "orig2", "hostlev1", "hostlev2"}, func(x []float64) {
		p := pairYear{int(x[0]), int(x[1]), int(x[2])}
		disputes[p.pair()] = append(disputes[p.pair()], p.year)
		if begun := x[3] == 1 && x[4] == 1 && x[5] == 1 && x[6] == 1; begun {
			force[p] = force[p] || x[7] >= 4
			war[p] = war[p] || x[7] == 5 || x[8] == 5
		}
	})
	x := quarrels(t, disputes, 1946, 2014)
	pairs := map[[2]int]bool{}
	for p := range x {
		pairs[p.pair()] = true
	}
	for _, c := range []struct {
		what string
		yes  map[pairYear]bool
		want string
	}{
		{"disputes begun with force", force, "540 in 9230 years of 205 pairs: −0.071 (−0.11 to −0.03)"},
		{"wars", war, "19 in 9230 years of 205 pairs: −0.044 (−0.20 to +0.11)"},
	} {
		n := 0
		for p := range x {
			if c.yes[p] {
				n++
			}
		}
		at, err := slope(x, c.yes)
		signed := func(v float64, digits int) string {
			return map[bool]string{true: "−", false: "+"}[v < 0] + strconv.FormatFloat(math.Abs(v), 'f', digits, 64)
		}
		got := fmt.Sprintf("%d in %d years of %d pairs: %s (%s to %s)", n, len(x), len(pairs), signed(at, 3), signed(at-1.96*err, 2), signed(at+1.96*err, 2))
		if got != c.want {
			t.Errorf("%s: %s, written %s", c.what, got, c.want)
		}
	}
	sum, squares, n := 0.0, 0.0, 0.0
	for p, v := range quarrels(t, disputes, 1900, 1980) {
		if force[p] {
			sum, squares, n = sum+v, squares+v*v, n+1
		}
	}
	if sd := math.Sqrt(squares/n - sum/n*sum/n); math.Abs(sd-2.12) > 0.005 {
		t.Errorf("forces in disputes begun with force, 1900-1980, have a standard deviation of %.3f doublings, written 2.12", sd)
	}
}
