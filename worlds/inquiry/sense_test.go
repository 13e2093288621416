package inquiry_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"casus/catalog"
	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/sensitivity"
	"casus/worlds/study"
)

// senseModel is the case of testdata/sense: measures that are known functions
// of independent assumptions.
func senseModel(t testing.TB) *model.Model {
	t.Helper()
	own, err := catalog.Read("testdata/sense")
	if err != nil {
		t.Fatal(err)
	}
	m, problems := catalog.Files(own)
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	return m
}

func sense(t testing.TB, p study.Plan, q inquiry.SenseQuery) *inquiry.Sensitivity {
	t.Helper()
	m := senseModel(t)
	p.Seed = 1
	s, err := inquiry.Sense(context.Background(), m, m.Case("sense"), p, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// inside says where an estimate does not hold a number known in closed form:
// beyond twice its interval, which by chance happens once in ten thousand.
func inside(t *testing.T, what string, e sensitivity.Estimate, want float64) {
	t.Helper()
	if half := math.Max(e.Hi-e.Value, 1e-9); !(math.Abs(e.Value-want) <= 2*half) {
		t.Errorf("%s is %.4f (%.4f to %.4f), in closed form %.4f", what, e.Value, e.Lo, e.Hi, want)
	}
}

// The indices of known functions are those of theory, alone and in all.
func TestSobolIndicesOfKnownFunctions(t *testing.T) {
	s := sense(t, study.Plan{}, inquiry.SenseQuery{Views: []string{"plain"}, Measures: []string{"product", "sum", "alike"}, Rows: 1024, Second: true})
	for _, c := range []struct {
		measure, input string
		first, total   float64
	}{
		// p·q, both uniform: variances 1/48 of each alone, 7/144 in all
		{"product", "p", 3. / 7, 4. / 7},
		{"product", "q", 3. / 7, 4. / 7},
		{"product", "x", 0, 0},
		// 3x + 4y, standard deviations 2 and 1: variances 36 and 16
		{"sum", "x", 36. / 52, 36. / 52},
		{"sum", "y", 16. / 52, 16. / 52},
		{"sum", "p", 0, 0},
		{"alike", "z[FRA]", 0.5, 0.5},
		{"alike", "z[ROU]", 0.5, 0.5},
	} {
		x := sobolOf(t, s, c.measure, c.input)
		inside(t, "S1 of "+c.input+" in "+c.measure, x.S1, c.first)
		inside(t, "ST of "+c.input+" in "+c.measure, x.ST, c.total)
	}
	for _, pair := range s.Views[0].Outcomes[0].Results[0].Sobol.Pairs {
		want := 0.0
		if pair.First == "p" && pair.Other == "q" {
			want = 1. / 7
		}
		inside(t, "S2 of "+pair.First+" and "+pair.Other, pair.S2, want)
	}
}

func outcome(t testing.TB, s *inquiry.Sensitivity, measure string) inquiry.SenseOutcome {
	t.Helper()
	for _, o := range s.Views[0].Outcomes {
		if o.Measure == measure {
			return o
		}
	}
	t.Fatalf("no outcome %s", measure)
	return inquiry.SenseOutcome{}
}

func sobolOf(t testing.TB, s *inquiry.Sensitivity, measure, input string) sensitivity.SobolInput {
	t.Helper()
	for _, x := range outcome(t, s, measure).Results[0].Sobol.Inputs {
		if x.Input == input {
			return x
		}
	}
	t.Fatalf("no index of %s in %s", input, measure)
	return sensitivity.SobolInput{}
}

// What has one value under a view is named with it, and what no option asked
// about reads is named apart; neither is in the design.
func TestSenseNamesWhatIsFixedAndUnread(t *testing.T) {
	s := sense(t, study.Plan{}, inquiry.SenseQuery{Rows: 16, Measures: []string{"product", "alike"}})
	for i, want := range []string{
		"plain: p q z[FRA] z[ROU]; sharp = 1; idle unread x y",
		"still: q z[FRA] z[ROU]; p = 0.5, sharp = 1; idle unread x y",
		"both: p q z[FRA] z[ROU]; sharp = 1; idle unread x y",
	} {
		v := s.Views[i]
		var varied, fixed []string
		for _, x := range v.Varied {
			varied = append(varied, x.Name)
		}
		for _, x := range v.Fixed {
			fixed = append(fixed, fmt.Sprintf("%s = %g", x.Name, x.Value))
		}
		if got := v.View + ": " + strings.Join(varied, " ") + "; " + strings.Join(fixed, ", ") + "; " + strings.Join(v.Unread, " "); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if n, want := v.Outcomes[0].Results[0].Sobol.Evaluations, 16*(len(varied)+2); n != want {
			t.Errorf("view %s: %d worlds, want %d", v.View, n, want)
		}
	}
}

// The difference of two options varies by what moves it, not by what moves
// both: option given gives 2·z[FRA] more.
func TestSenseOfADifference(t *testing.T) {
	s := sense(t, study.Plan{}, inquiry.SenseQuery{Views: []string{"plain"}, Between: []string{"given", "bare"}, Measures: []string{"gift", "alike"}, Rows: 256})
	inside(t, "ST of z[FRA]", sobolOf(t, s, "gift", "z[FRA]").ST, 1)
	inside(t, "ST of z[ROU]", sobolOf(t, s, "gift", "z[ROU]").ST, 0)
	if o := outcome(t, s, "gift"); math.Abs(float64(*o.Mean)-3) > 0.05 {
		t.Errorf("the difference is %g in the mean, want 3", *o.Mean)
	}
	if o := outcome(t, s, "alike"); *o.SD != 0 || *o.First != 0 || *o.Second != 0 {
		t.Errorf("both options have the same sum: standard deviation %g, better %g and %g", *o.SD, *o.First, *o.Second)
	}
}

// A group has the total effect of its members together, and nothing is left
// for the pair that it holds.
func TestSenseOfGroups(t *testing.T) {
	s := sense(t, study.Plan{}, inquiry.SenseQuery{Views: []string{"plain"}, Measures: []string{"product", "alike", "sum"}, Rows: 512,
		Groups: []sensitivity.Group{{Name: "chances", Inputs: []string{"p", "q"}}, {Name: "summands", Inputs: []string{"z"}}}})
	inside(t, "S1 of p and q", sobolOf(t, s, "product", "chances").S1, 1)
	inside(t, "ST of p and q", sobolOf(t, s, "product", "chances").ST, 1)
	inside(t, "S1 of both z", sobolOf(t, s, "alike", "summands").S1, 1)
	if n := len(outcome(t, s, "alike").Results[0].Sobol.Inputs); n != 5 {
		t.Errorf("%d indices, want those of chances, summands, x, y and idle", n)
	}
}

// Of correlated assumptions the indices are those of Kucherenko: for a sum of
// normals of variances v and w with correlation r, the first alone tells
// (√v + r√w)² and, when the other is known, decides v(1 − r²).
func TestSenseOfCorrelated(t *testing.T) {
	const rank = 0.6
	r := 2 * math.Sin(math.Pi*rank/6)
	s := sense(t, study.Plan{Worlds: 4096}, inquiry.SenseQuery{Views: []string{"plain"}, Measures: []string{"sum"}, Rows: 1024,
		Methods: []string{inquiry.MethodSobol, inquiry.MethodGiven, inquiry.MethodDelta}, Correlations: []study.Correlation{{A: "x", B: "y", Rank: rank}}})
	all := 36 + 16 + 2*r*6*4
	for _, c := range []struct {
		input        string
		first, total float64
	}{
		{"x", (6 + r*4) * (6 + r*4) / all, 36 * (1 - r*r) / all},
		{"y", (4 + r*6) * (4 + r*6) / all, 16 * (1 - r*r) / all},
		{"p", 0, 0},
	} {
		x := sobolOf(t, s, "sum", c.input)
		inside(t, "S1 of "+c.input, x.S1, c.first)
		inside(t, "ST of "+c.input, x.ST, c.total)
		for _, g := range outcome(t, s, "sum").Results[1].Given.Inputs {
			if g.Input == c.input {
				inside(t, "S1 given of "+c.input, g.S1, c.first)
			}
		}
	}
	for _, result := range outcome(t, s, "sum").Results {
		if !result.Dependent {
			t.Errorf("%s does not say that assumptions depend on each other", result.Method)
		}
	}
	for _, b := range []sensitivity.Basis{outcome(t, s, "sum").Results[0].Sobol.Basis, outcome(t, s, "sum").Results[1].Given.Basis, outcome(t, s, "sum").Results[2].Delta.Basis} {
		if len(b.Warnings) == 0 || b.Warnings[0].Kind != sensitivity.Dependent {
			t.Errorf("no warning of dependence comes first: %v", b.Warnings)
		}
	}
}

// A correlation moves only the assumptions it names.
func TestACorrelationMovesOnlyItsOwn(t *testing.T) {
	with := sense(t, study.Plan{Worlds: 256}, inquiry.SenseQuery{Views: []string{"plain"}, Methods: []string{inquiry.MethodGiven}, Measures: []string{"product", "sum"},
		Correlations: []study.Correlation{{A: "x", B: "y", Rank: 0.6}}})
	without := sense(t, study.Plan{Worlds: 256}, inquiry.SenseQuery{Views: []string{"plain"}, Methods: []string{inquiry.MethodGiven}, Measures: []string{"product", "sum"}})
	if a, b := outcome(t, with, "product"), outcome(t, without, "product"); *a.Mean != *b.Mean || *a.SD != *b.SD {
		t.Error("the product of p and q moved though x and y are correlated")
	}
	if a, b := outcome(t, with, "sum"), outcome(t, without, "sum"); !(*a.SD > *b.SD) {
		t.Errorf("the sum of correlated x and y varies by %g, of independent by %g", *a.SD, *b.SD)
	}
}

// Worlds that are given tell what a Sobol' design tells, and a record tells
// what the same worlds run for it tell, to the bit.
func TestGivenWorldsAgreeWithTheDesignAndTheRecord(t *testing.T) {
	q := inquiry.SenseQuery{Views: []string{"plain"}, Measures: []string{"product", "sum"}, Methods: []string{inquiry.MethodGiven, inquiry.MethodDelta, inquiry.MethodRegional}}
	s := sense(t, study.Plan{Worlds: 2048}, q)
	for _, c := range []struct {
		measure, input string
		want           float64
	}{{"product", "p", 3. / 7}, {"product", "q", 3. / 7}, {"sum", "x", 36. / 52}, {"sum", "y", 16. / 52}, {"sum", "idle", 0}} {
		for _, x := range outcome(t, s, c.measure).Results[0].Given.Inputs {
			if x.Input == c.input {
				inside(t, "S1 given of "+c.input, x.S1, c.want)
			}
		}
	}
	m := senseModel(t)
	r, err := study.Run(context.Background(), m, m.Case("sense"), study.Plan{Worlds: 2048, Seed: 1, Views: []string{"plain"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir() + "/record"
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	r, err = study.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.ReadDraws(folder); err != nil {
		t.Fatal(err)
	}
	of, err := q.Of(r)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range of.Views[0].Outcomes { // the record does not know that one assumption is not read
		for k, want := range s.Views[0].Outcomes[i].Results {
			if a, b := rowsOf(t, o.Results[k], "x"), rowsOf(t, want, "x"); a != b {
				t.Errorf("%s of the record: %s, of the same worlds run anew: %s", o.Measure, a, b)
			}
		}
	}
}

// rowsOf is what a result says of one input, but for what depends on how many
// inputs there are.
func rowsOf(t *testing.T, r inquiry.SenseResult, input string) string {
	t.Helper()
	var x any
	switch {
	case r.Given != nil:
		for _, in := range r.Given.Inputs {
			if in.Input == input {
				x = in
			}
		}
	case r.Delta != nil:
		for _, in := range r.Delta.Inputs {
			if in.Input == input {
				x = in
			}
		}
	case r.Regional != nil:
		for _, in := range r.Regional.Inputs {
			if in.PHolm = 0; in.Input == input {
				x = in
			}
		}
	}
	text, err := json.Marshal(x)
	if err != nil || x == nil {
		t.Fatal(err, x)
	}
	return string(text)
}

// Of a linear measure the bound of a uniform assumption is 12/π² times its
// total index, that of a normal one the index itself (Chernoff 1981); and an
// elementary effect is the same everywhere.
func TestBoundsAndEffectsOfALinearMeasure(t *testing.T) {
	s := sense(t, study.Plan{Worlds: 1024}, inquiry.SenseQuery{Views: []string{"plain"}, Measures: []string{"sum", "alike"}, Methods: []string{inquiry.MethodDGSM, inquiry.MethodMorris}})
	bounds := map[string]float64{"x": 36. / 52, "y": 16. / 52, "p": 0}
	for _, x := range outcome(t, s, "sum").Results[0].DGSM.Inputs {
		if want, has := bounds[x.Input]; has && math.Abs(x.Bound.Value-want) > 0.02 {
			t.Errorf("ST of %s in the sum is below %.4f, want %.4f", x.Input, x.Bound.Value, want)
		}
	}
	for _, x := range outcome(t, s, "alike").Results[0].DGSM.Inputs {
		if want := 6 / math.Pi / math.Pi; strings.HasPrefix(x.Input, "z") && math.Abs(x.Bound.Value-want) > 0.02 {
			t.Errorf("ST of %s is below %.4f, want %.4f", x.Input, x.Bound.Value, want)
		}
	}
	for _, x := range outcome(t, s, "alike").Results[1].Morris.Inputs {
		want := 0.0
		if strings.HasPrefix(x.Input, "z") {
			want = 3
		}
		if math.Abs(x.MuStar.Value-want) > 1e-9 || x.Sigma.Value > 1e-6 {
			t.Errorf("elementary effects of %s: mu* %g, sigma %g, want %g and 0", x.Input, x.MuStar.Value, x.Sigma.Value, want)
		}
	}
}

// Only where the first came is the second decided by q alone; the worst tenth
// of a chance are the worlds in which it is highest.
func TestSenseWhereSomethingHolds(t *testing.T) {
	s := sense(t, study.Plan{Worlds: 1024}, inquiry.SenseQuery{Views: []string{"plain"}, Measures: []string{"sum"}, Where: "product >= 0.25", Methods: []string{inquiry.MethodGiven, inquiry.MethodRegional}})
	o := outcome(t, s, "sum")
	c := o.Results[0].Class
	if share := float64(c.In) / float64(c.In+c.Out); math.Abs(share-(1-0.25+0.25*math.Log(0.25))) > 0.05 || c.In+c.Out != 1024 {
		t.Errorf("p·q is at least ¼ in %d of %d worlds, want about 40 %%", c.In, c.In+c.Out)
	}
	if o.Results[0].Given.N != c.In {
		t.Errorf("the indices use %d worlds of %d", o.Results[0].Given.N, c.In)
	}
	for _, x := range o.Results[1].Regional.Inputs {
		told := x.PHolm < 0.05
		if wants := x.Input == "p" || x.Input == "q"; told != wants || wants && x.Lower {
			t.Errorf("%s: told apart %v (D %.2f), low %v", x.Input, told, x.D.Value, x.Lower)
		}
	}
	s = sense(t, study.Plan{Worlds: 1000}, inquiry.SenseQuery{Views: []string{"still"}, Measures: []string{"product", "alike"}, Methods: []string{inquiry.MethodRegional}})
	for _, x := range outcome(t, s, "product").Results[0].Regional.Inputs {
		if x.Input == "q" && (x.D.Value != 1 || x.Lower) {
			t.Errorf("the worst tenth of q/2 are the highest q: distance %g, low %v", x.D.Value, x.Lower)
		}
	}
	if c := outcome(t, s, "alike").Results[0].Class; c.In != 100 || c.Words != "the worst (lowest) tenth" {
		t.Errorf("the worst tenth of what is better higher: %+v", c)
	}
}

// A measure that never changes has no indices, and one that a class cannot be
// made of says so; neither stops the others.
func TestSenseOfWhatNeverChanges(t *testing.T) {
	s := sense(t, study.Plan{Worlds: 64}, inquiry.SenseQuery{Views: []string{"plain"}, Measures: []string{"nothing", "product"}, Methods: []string{inquiry.MethodGiven, inquiry.MethodRegional}})
	o := outcome(t, s, "nothing")
	if !math.IsNaN(o.Results[0].Given.Inputs[0].S1.Value) || o.Results[1].Unanswered == "" || o.Results[1].Regional != nil {
		t.Errorf("of what never changes: %+v", o.Results)
	}
	if outcome(t, s, "product").Results[1].Regional == nil {
		t.Error("the other measure has no answer")
	}
	if text, err := json.Marshal(s); err != nil || strings.Contains(string(text), "NaN") {
		t.Errorf("as JSON: %v", err)
	}
}

// The number of workers changes no byte.
func TestSenseDoesNotDependOnWorkers(t *testing.T) {
	var first []byte
	for _, workers := range []int{1, 4} {
		p := study.Plan{Worlds: 300, Workers: workers}
		s := sense(t, p, inquiry.SenseQuery{Rows: 100, Methods: inquiry.SenseMethods(), Measures: []string{"product", "sum"}})
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		} else if string(first) != string(text) {
			t.Errorf("%d workers write other bytes than one", workers)
		}
	}
}

// What cannot be asked is said at once.
func TestSenseRefuses(t *testing.T) {
	m := senseModel(t)
	xy := []study.Correlation{{A: "x", B: "y", Rank: 0.5}}
	for _, c := range []struct {
		q    inquiry.SenseQuery
		want string
	}{
		{inquiry.SenseQuery{Options: []string{"bear"}}, `no option "bear" in this case (did you mean bare?)`},
		{inquiry.SenseQuery{Measures: []string{"prodct"}}, "did you mean product?"},
		{inquiry.SenseQuery{Views: []string{"plane"}}, "did you mean plain?"},
		{inquiry.SenseQuery{Methods: []string{"sobl"}}, "did you mean sobol?"},
		{inquiry.SenseQuery{Between: []string{"bare"}}, "two different options are held against each other, got bare (name"},
		{inquiry.SenseQuery{Between: []string{"bare", "bare"}}, "two different options are held against each other, got bare, bare"},
		{inquiry.SenseQuery{Where: "product>=0.5", Methods: []string{"sobol"}}, "only given, delta and regional"},
		{inquiry.SenseQuery{Where: "product ~ 0.5"}, "at character 9: unexpected ~"},
		{inquiry.SenseQuery{Where: "product"}, "at character 1: product is no comparison of a measure"},
		{inquiry.SenseQuery{Where: "not (sum > 1 and \"a\" = 2)"}, "at character 18"},
		{inquiry.SenseQuery{Where: "product >= nan"}, `no measure "nan"`},
		{inquiry.SenseQuery{Where: "sum > 1 and x > 0.5"}, "--where, at character 13: x is an assumption, and a measure is wanted here (casus discover --where takes both)"},
		{inquiry.SenseQuery{Where: "produkt >= 0.5"}, "did you mean product?"},
		{inquiry.SenseQuery{Where: "product[giver] >= 0.5"}, "did you mean given?"},
		{inquiry.SenseQuery{Rows: 1}, "2 to 262144 rows, got 1"},
		{inquiry.SenseQuery{Rows: 1 << 30}, "2 to 262144 rows"},
		{inquiry.SenseQuery{Trajectories: 1 << 30}, "2 to 4096 trajectories"},
		{inquiry.SenseQuery{Bootstrap: sensitivity.Bootstrap{Resamples: 1}}, "2 to 10000 resamples"},
		{inquiry.SenseQuery{Second: true, Methods: []string{"delta"}}, "pairs and groups are for the method sobol"},
		{inquiry.SenseQuery{Groups: []sensitivity.Group{{Name: "g", Inputs: []string{"zz"}}}}, `group g: no assumption "zz"`},
		{inquiry.SenseQuery{Groups: []sensitivity.Group{{Name: "g", Inputs: []string{"x"}}, {Name: "h", Inputs: []string{"x"}}}}, "x is in group g and again in h"},
		{inquiry.SenseQuery{Groups: []sensitivity.Group{{Name: "g", Inputs: []string{"x"}}, {Name: "g", Inputs: []string{"y"}}}}, "group g is given twice"},
		{inquiry.SenseQuery{Groups: []sensitivity.Group{{Name: "x", Inputs: []string{"x", "y"}}}}, "group x has the name of an assumption"},
		{inquiry.SenseQuery{Correlations: xy, Methods: []string{"morris"}}, "morris assumes independent assumptions"},
		{inquiry.SenseQuery{Correlations: xy, Methods: []string{"dgsm"}}, "dgsm assumes independent assumptions"},
		{inquiry.SenseQuery{Correlations: xy, Second: true}, "pairs and groups assume independent assumptions"},
		{inquiry.SenseQuery{Correlations: []study.Correlation{{A: "x", B: "z", Rank: 0.5}}}, `no assumption "z"`},
		{inquiry.SenseQuery{Correlations: []study.Correlation{{A: "x", B: "x", Rank: 0.5}}}, "name two assumptions"},
		{inquiry.SenseQuery{Correlations: append(xy, study.Correlation{A: "y", B: "x", Rank: 0.1})}, "given twice"},
		{inquiry.SenseQuery{Correlations: []study.Correlation{{A: "x", B: "y", Rank: 0.9}, {A: "y", B: "p", Rank: 0.9}, {A: "x", B: "p", Rank: -0.9}}, Views: []string{"plain"}}, "not positive definite"},
	} {
		_, err := inquiry.Sense(context.Background(), m, m.Case("sense"), study.Plan{}, c.q, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %s", c.q, err, c.want)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := inquiry.Sense(ctx, m, m.Case("sense"), study.Plan{}, inquiry.SenseQuery{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("after Ctrl-C: %v", err)
	}
}

// BenchmarkSense is Saltelli's design on the main case for one option: 83
// samples of 256 rows for each view. Solving the worlds bounds it.
func BenchmarkSense(b *testing.B) {
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems.Errors()) > 0 {
		b.Fatal(err, problems)
	}
	for b.Loop() {
		q := inquiry.SenseQuery{Options: []string{"europe"}, Measures: []string{"peace"}, Views: []string{"entrapment"}, Rows: 256}
		if _, err := inquiry.Sense(context.Background(), m, m.Case("ukraine"), study.Plan{Seed: 1, Workers: 1}, q, nil); err != nil {
			b.Fatal(err)
		}
	}
}
