package sensitivity

import (
	"math"
	"slices"
	"strings"
	"testing"

	"casus/special"
	"casus/worlds/draw"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// weighing is a way to weigh worlds: by what of them, and which rows are of one world.
type weighing struct {
	name    string
	weights func(x [][]float64, extra []float64) []float64 // extra: a normal that nothing else reads
	copies  bool                                           // instead of weights: worlds picked, some several times
	schools int                                            // so many rows to a world, with the same idle inputs
	heavy   bool                                           // tails of the output
}

var weighings = []weighing{
	{name: "alike"},
	{name: "apart", weights: func(x [][]float64, extra []float64) []float64 { return exps(extra, 1) }},
	{name: "active", weights: func(x [][]float64, extra []float64) []float64 { return exps(x[0], 1) }},
	{name: "both", weights: func(x [][]float64, extra []float64) []float64 { return exps(sum(x[0], x[1], extra), 0.7) }},
	{name: "heavy", weights: func(x [][]float64, extra []float64) []float64 { return exps(sum(x[0], extra), 1) }, heavy: true},
	{name: "rare", weights: func(x [][]float64, extra []float64) []float64 { return exps(extra, 1.3) }, heavy: true},
	{name: "copies", weights: func(x [][]float64, extra []float64) []float64 { return exps(sum(x[0], extra), 0.7) }, copies: true},
	{name: "schools", weights: func(x [][]float64, extra []float64) []float64 { return exps(x[0], 0.5) }, schools: 3},
}

func exps(x []float64, by float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = special.Exp(by * v)
	}
	return out
}

func sum(columns ...[]float64) []float64 {
	out := make([]float64, len(columns[0]))
	for _, c := range columns {
		for i, v := range c {
			out[i] += v
		}
	}
	return out
}

// table is n worlds of two inputs that act and idle ones, weighed in a way.
func (k weighing) table(n, idle int, seed uint64) Sample {
	x := gaussians(idle+3, n, seed)
	y := linear(x, []float64{1, 0.5})
	for i := range y {
		if y[i] += x[0][i] * x[1][i] / 2; k.heavy {
			y[i] = special.Exp(y[i])
		}
	}
	t := Sample{Inputs: names(idle + 2), X: x[:idle+2], Y: y}
	if k.weights != nil {
		t.Weights = k.weights(x, x[idle+2])
	}
	switch {
	case k.copies:
		picked := draw.Resample(t.Weights, int(draw.Effective(t.Weights)))
		t.Weights = nil
		t = t.at(picked)
	case k.schools > 0:
		t = t.bySchools(k.schools)
	}
	return t
}

// bySchools has each world under several schools: what acts has other ranges, and with
// them another output, what is idle has the same.
func (t Sample) bySchools(n int) Sample {
	var rows, worlds []int
	for i := range t.Y {
		for range n {
			rows, worlds = append(rows, i), append(worlds, i)
		}
	}
	out := t.at(rows)
	out.Worlds = worlds
	for r := range rows {
		s := float64(r % n)
		out.X[0][r] = out.X[0][r]/2 + s
		out.Y[r] += s
	}
	return out
}

// Of idle inputs, in worlds weighed in any way, S1 is 0 in the mean and delta and KS are
// told apart from chance no more often than is said; the shares of independent inputs add
// up to one at most. The bounds are four standard errors of what is counted.
func TestIdleInputsOfWeighedWorlds(t *testing.T) {
	tables, ways := 6, weighings
	if testing.Short() {
		tables, ways = 1, []weighing{weighings[3], weighings[7]}
	}
	for _, k := range ways {
		s1, total := []float64{}, []float64{}
		named, shifted, apart, all := 0.0, 0.0, 0.0, 0.0
		for seed := range uint64(tables) {
			table := k.table(512, 30, seed)
			r := must[Ratios](t)(FirstOrder(table, Bootstrap{Seed: seed, Resamples: 50}))
			d := must[Deltas](t)(Delta(Sample{Inputs: table.Inputs[2:12], X: table.X[2:12], Y: table.Y, Weights: table.Weights, Worlds: table.Worlds}, Bootstrap{Seed: seed}))
			sum := r.Inputs[0].S1.Value + r.Inputs[1].S1.Value
			for _, in := range r.Inputs[2:] {
				s1 = append(s1, in.S1.Value)
				sum += in.S1.Value
				named += count(in.S1.Lo > 0)
				all++
			}
			total = append(total, sum)
			for _, in := range d.Inputs {
				shifted += count(in.Delta.Lo > 0)
			}
			if !k.copies { // its callers name the worlds
				g := must[Regions](t)(Regional(table, highest(table.Y), Bootstrap{Seed: seed, Resamples: 2}))
				apart += count(slices.ContainsFunc(g.Inputs[2:], func(x Region) bool { return x.PHolm < 0.05 }))
			}
		}
		rows := make([][]float64, len(s1))
		for i, v := range s1 {
			rows[i] = []float64{v}
		}
		se := deviation(rows, 0) / math.Sqrt(all)
		t.Logf("%s: idle S1 %.4f (error %.4f), sum %.2f, named %.3f, delta %.3f, KS in %v of %d", k.name, draw.Mean(s1), se, draw.Mean(total), named/all, shifted*3/all, apart, tables)
		if math.Abs(draw.Mean(s1)) > 4*se {
			t.Errorf("%s: S1 of idle inputs is %.4f in the mean, with an error of %.4f", k.name, draw.Mean(s1), se)
		}
		if named/all > 0.025+4*math.Sqrt(0.025*0.975/all) {
			t.Errorf("%s: %v of %v idle inputs are named", k.name, named, all)
		}
		if n := all / 3; shifted/n > 0.025+4*math.Sqrt(0.025*0.975/n) {
			t.Errorf("%s: delta tells %v of %v idle inputs apart from 0", k.name, shifted, n)
		}
		if apart > 0.05*float64(tables)+4*math.Sqrt(0.05*0.95*float64(tables)) {
			t.Errorf("%s: KS tells some idle input apart in %v of %d tables", k.name, apart, tables)
		}
		if draw.Mean(total) > 1+4*se*math.Sqrt(30/float64(tables))*math.Sqrt(all/30) {
			t.Errorf("%s: shares of independent inputs add up to %.2f", k.name, draw.Mean(total))
		}
	}
}

// numbers compares those of findings, in which none is as good as none.
var numbers = cmp.Options{cmpopts.EquateNaNs(), cmp.Transformer("float", func(n Number) float64 { return float64(n) })}

func count(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func highest(y []float64) []bool {
	from := draw.Quantile(draw.Sorted(y), 0.8)
	in := make([]bool, len(y))
	for i, v := range y {
		in[i] = v > from
	}
	return in
}

// By hand: y = x1 + x2/2 + x1 x2/2 of standard normals has the variance 1.5, of which x1
// alone decides 1 and x2 1/4. Weights that have nothing to do with them change nothing but
// the noise, and intervals hold what they should.
func TestIntervalsOfWeighedWorldsHold(t *testing.T) {
	const tables = 40
	held := 0
	for seed := range uint64(tables) {
		r := must[Ratios](t)(FirstOrder(weighings[1].table(1024, 0, seed), Bootstrap{Seed: seed}))
		for j, want := range []float64{1 / 1.5, 0.25 / 1.5} {
			if s := r.Inputs[j].S1; s.Lo <= want && want <= s.Hi {
				held++
			}
		}
	}
	if share := float64(held) / (2 * tables); share < 0.9 {
		t.Errorf("%.2f of intervals of 95 %% hold the share", share)
	}
}

// Rows written twice are no more worlds: no index and no interval moves, whether the
// worlds are named or not; nor where the unit of the weights is another.
func TestRowsWrittenTwice(t *testing.T) {
	for _, k := range []weighing{weighings[0], weighings[1], weighings[7]} {
		once := k.table(400, 2, 5)
		var rows []int
		for i := range once.Y {
			rows = append(rows, i, i)
		}
		twice := once.at(rows)
		named := twice
		named.Worlds = rows
		if once.Worlds != nil {
			named.Worlds = twice.Worlds
		}
		heavier := once
		if once.Weights != nil {
			heavier.Weights = nil
			for _, w := range once.Weights {
				heavier.Weights = append(heavier.Weights, 7*w)
			}
		}
		for what, table := range map[string]Sample{"twice": twice, "twice, worlds named": named, "other unit": heavier} {
			alike := cmpopts.EquateApprox(0, 1e-9)
			left := cmp.Options{cmpopts.IgnoreFields(Basis{}, "Warnings"), numbers}
			want, got := must[Ratios](t)(FirstOrder(once, Bootstrap{})), must[Ratios](t)(FirstOrder(table, Bootstrap{}))
			if diff := cmp.Diff(want, got, alike, left); diff != "" {
				t.Errorf("%s, %s: S1 moves (-once +twice):\n%s", k.name, what, diff)
			}
			if want, got := must[Deltas](t)(Delta(once, Bootstrap{})), must[Deltas](t)(Delta(table, Bootstrap{})); cmp.Diff(want, got, alike, left) != "" {
				t.Errorf("%s, %s: delta moves", k.name, what)
			}
		}
	}
}

// Inputs of few values can well be alike in several worlds: these are not merged.
func TestWorldsAlikeByChance(t *testing.T) {
	x := []float64{0, 1, 0, 1, 0, 1}
	if n := len((Sample{Inputs: names(1), X: [][]float64{x}, Y: x}).settled().Y); n != len(x) {
		t.Errorf("%d of %d worlds are left", n, len(x))
	}
}

// What worlds of very different weight are worth may be too little to say anything.
func TestTooFewWorth(t *testing.T) {
	table := weighings[0].table(200, 1, 1)
	table.Weights = exps(table.X[0], 3)
	_, err := FirstOrder(table, Bootstrap{})
	if err == nil || !strings.Contains(err.Error(), "too few to tell anything; 30 are wanted") {
		t.Errorf("got %v", err)
	}
}

// With weights alike Spearman's correlation is the usual one, and its error about 1/√n.
func TestRankCorrelation(t *testing.T) {
	x := gaussians(2, 4000, 3)
	w := slices.Repeat([]float64{2}, 4000)
	if rank, _ := RankCorrelation(x[0], sum(x[0], x[1]), w, nil); math.Abs(rank-6/math.Pi*math.Asin(math.Sqrt(0.5)/2)) > 0.03 {
		t.Errorf("rank correlation %v", rank)
	}
	if rank, se := RankCorrelation(x[0], x[1], w, nil); math.Abs(rank) > 4*se || math.Abs(se*math.Sqrt(4000)-1) > 0.05 {
		t.Errorf("idle: %v with an error of %v", rank, se)
	}
}
