package sensitivity

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mathext"

	"casus/worlds/draw"
)

// Models with known answers, and their closed forms.

// ishigami is Ishigami and Homma's function (1990) with a = 7, b = 0.1.
func ishigami(x []float64) float64 {
	s := math.Sin(x[1])
	return math.Sin(x[0]) + 7*s*s + 0.1*x[2]*x[2]*x[2]*x[2]*math.Sin(x[0])
}

// ishigamiShares gives S1 and ST of each input and S2 of the first and third,
// and the variance.
func ishigamiShares() (s1, st [3]float64, s2, variance float64) {
	const a, b = 7, 0.1
	pi4 := math.Pow(math.Pi, 4)
	v1 := square(1+b*pi4/5) / 2
	v2 := a * a / 8.0
	v13 := b * b * pi4 * pi4 * (1.0/18 - 1.0/50)
	variance = v1 + v2 + v13
	s1 = [3]float64{v1 / variance, v2 / variance, 0}
	st = [3]float64{(v1 + v13) / variance, v2 / variance, v13 / variance}
	return s1, st, v13 / variance, variance
}

// turns are uniform quantiles between −π and π.
func turns(n int) []func(float64) float64 {
	q := make([]func(float64) float64, n)
	for j := range q {
		q[j] = func(u float64) float64 { return math.Pi * (2*u - 1) }
	}
	return q
}

// sobolG is Sobol's product function (Saltelli and Sobol' 1995).
func sobolG(a []float64) func([]float64) float64 {
	return func(x []float64) float64 {
		y := 1.0
		for j, u := range x {
			y *= (math.Abs(4*u-2) + a[j]) / (1 + a[j])
		}
		return y
	}
}

func sobolGShares(a []float64) (s1, st []float64, variance float64) {
	variance = 1
	var parts []float64
	for _, v := range a {
		parts = append(parts, 1.0/3/square(1+v))
		variance *= 1 + parts[len(parts)-1]
	}
	all := variance
	variance--
	for _, p := range parts {
		s1, st = append(s1, p/variance), append(st, p*all/(1+p)/variance)
	}
	return s1, st, variance
}

// gaussians are independent standard normal columns.
func gaussians(d, n int, seed uint64) [][]float64 {
	x := make([][]float64, d)
	for j := range x {
		s := draw.NewStream(seed, fmt.Sprint("x", j))
		x[j] = make([]float64, n)
		for i := range x[j] {
			x[j][i] = mathext.NormalQuantile(s.Uniform(uint64(i)))
		}
	}
	return x
}

func linear(x [][]float64, coefficients []float64) []float64 {
	y := make([]float64, len(x[0]))
	for j, c := range coefficients {
		addTimes(y, x[j], c)
	}
	return y
}

// linearDelta is the exact delta of each input of Σ c·X, X standard normal: the
// output is normal with variance V, and with variance V − c² around c·x when
// the input is known.
func linearDelta(coefficients []float64) []float64 {
	variance := 0.0
	for _, c := range coefficients {
		variance += c * c
	}
	phi := func(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
	var deltas []float64
	for _, c := range coefficients {
		sd, rest := math.Sqrt(variance), math.Sqrt(variance-c*c)
		distance := func(x float64) float64 {
			return quad.Fixed(func(y float64) float64 {
				return math.Abs(phi(y/sd)/sd - phi((y-c*x)/rest)/rest)
			}, -9*sd, 9*sd, 800, nil, 0) / 2
		}
		deltas = append(deltas, quad.Fixed(func(x float64) float64 { return phi(x) * distance(x) }, -8, 8, 100, nil, 0))
	}
	return deltas
}

func names(d int) []string {
	var ns []string
	for j := range d {
		ns = append(ns, fmt.Sprint("x", j+1))
	}
	return ns
}

// blocks is a design that gives its points sample by sample.
type blocks interface {
	Blocks() int
	Block(k int) [][]float64
}

// run evaluates f at all points of a design.
func run(d blocks, f func([]float64) float64) []float64 {
	var y []float64
	for k := range d.Blocks() {
		y = append(y, through(d.Block(k), f)...)
	}
	return y
}

func through(columns [][]float64, f func([]float64) float64) []float64 {
	y, x := make([]float64, len(columns[0])), make([]float64, len(columns))
	for i := range y {
		for j := range x {
			x[j] = columns[j][i]
		}
		y[i] = f(x)
	}
	return y
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// within wants an estimate no further off than four standard errors of its
// 95 % interval, and off.
func within(t *testing.T, what string, e Estimate, want, off float64) {
	t.Helper()
	if se := e.Width() / 2 / 1.96; !(math.Abs(e.Value-want) <= 4*se+off) {
		t.Errorf("%s: got %.4f, standard error %.4f; want %.4f", what, e.Value, se, want)
	}
}

func has(warnings []Warning, kind Kind, input string) bool {
	for _, w := range warnings {
		if w.Kind == kind && w.About == input {
			return true
		}
	}
	return false
}

// The closed forms above against those written down elsewhere.
func TestKnownAnswers(t *testing.T) {
	text, err := os.ReadFile("../../../shared/bench/analysis/known_answers.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the known answers are not here")
	}
	var all map[string]struct {
		S1, ST, Delta, Coef, A []float64
		Variance               float64
		Total                  float64 `json:"total_variance"`
	}
	if err := errors.Join(err, json.Unmarshal(text, &all)); err != nil {
		t.Fatal(err)
	}
	same := func(what string, got, want []float64, tolerance float64) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
		}
		for j := range got {
			if math.Abs(got[j]-want[j]) > tolerance {
				t.Errorf("%s, input %d: got %v, want %v", what, j+1, got[j], want[j])
			}
		}
	}
	s1, st, _, variance := ishigamiShares()
	known := all["ishigami_a7_b0.1"]
	same("ishigami S1", s1[:], known.S1, 1e-12)
	same("ishigami ST", st[:], known.ST, 1e-12)
	same("ishigami variance", []float64{variance}, []float64{known.Variance}, 1e-12)
	for _, name := range []string{"sobolG_saltelli8", "sobolG_test6"} {
		s1, st, variance := sobolGShares(all[name].A)
		same(name+" S1", s1, all[name].S1, 1e-12)
		same(name+" ST", st, all[name].ST, 1e-12)
		same(name+" variance", []float64{variance}, []float64{all[name].Total}, 1e-12)
	}
	for _, name := range []string{"1_1", "1_2_3", "1.0_0.5_0.25_0.1"} {
		known := all["borgonovo_delta_linear_gaussian_"+name]
		same("delta "+name, linearDelta(known.Coef), known.Delta, 1e-4)
	}
}
