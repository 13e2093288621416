package claim

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"casus/lang/syntax"
	"casus/worlds/study"
)

func flipped(t *testing.T, claims string, workers int) *Ledger {
	t.Helper()
	m, k := loaded(t, claims)
	r, err := study.Run(t.Context(), m, k, study.Plan{Worlds: 64, Workers: workers}, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := New(t.Context(), m, k, r, m.ClaimsOf(k))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Flips(t.Context(), m, k, study.Plan{Workers: workers}, nil); err != nil {
		t.Fatal(err)
	}
	return l
}

// A warning helps where it makes a war dearer: where louder is above 1, from a
// median of 1.75. The union of views has no central world.
func TestFlip(t *testing.T) {
	l := flipped(t, `claim C1 "x" { for "x"; against "y"; judgement "z"
  holds war[warn] < war[now]
  holds not war[warn] < war[now]
  holds war[warn] < war[now] and at_war[now] >= 0
  holds war[warn] >= 0
  holds war[now] = war[now]
}`, 1)
	for i, holds := range []bool{true, false, true} {
		for _, s := range l.Claims[0].Readings[i].Views[:2] {
			f := s.Flip
			if f == nil || !f.Found || f.Holds != holds || f.Assumption != "louder" || math.Abs(float64(f.To)-1) > 0.01 || math.Abs(float64(f.From)-1.75) > 1e-9 || math.Abs(float64(f.Quantile)-0.2) > 0.005 || f.Others != 0 {
				t.Errorf("reading %d under %s: %+v", i, s.View, f)
			}
		}
	}
	if f := l.Claims[0].Readings[3].Views[0].Flip; f.Found || !f.Holds {
		t.Errorf("what always holds turns: %+v", f)
	}
	if f := l.Claims[0].Readings[4].Views[0].Flip; !f.Undefined {
		t.Errorf("what is on the edge: %+v", f)
	}
	if s := l.Claims[0].Readings[0].Views[2]; s.View != "both" || s.Flip != nil {
		t.Errorf("a union has a flip: %+v", s)
	}
}

// One worker or three: the same bytes.
func TestWorkers(t *testing.T) {
	const claims = `claim C1 "x" { for "x"; against "y"; holds war[warn] < war[now] }`
	one, err1 := json.Marshal(flipped(t, claims, 1))
	three, err3 := json.Marshal(flipped(t, claims, 3))
	if err1 != nil || err3 != nil || string(one) != string(three) {
		t.Errorf("%v %v\n%s\n%s", err1, err3, one, three)
	}
}

// A cancelled search is the context's error.
func TestFlipCancelled(t *testing.T) {
	m, k := loaded(t, `claim C1 "x" { for "x"; against "y"; holds war[warn] < war[now] }`)
	l, err := New(t.Context(), m, k, worlds(t, 32, 0.5), m.ClaimsOf(k))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := l.Flips(ctx, m, k, study.Plan{Workers: 1}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// The sign of a margin is the truth, wherever the margin is not 0.
func TestMarginIsTruth(t *testing.T) {
	number := rapid.SampledFrom([]float64{0, 1, 2, 3, math.NaN()})
	rapid.Check(t, func(t *rapid.T) {
		values := map[string]float64{"a": number.Draw(t, "a"), "b": number.Draw(t, "b"), "c": number.Draw(t, "c")}
		e := proposal(t, 3)
		v := func(measure, _ string) float64 { return values[measure] }
		d, holds := margin(e, v), truth(e, v)
		switch {
		case d > 0 && holds != yes, d < 0 && holds != no, math.IsNaN(d) && holds == yes && !someEdge(e, v), math.IsNaN(d) && holds == no && !someEdge(e, v):
			t.Fatalf("%s with %v: margin %v, truth %v", e, values, d, holds)
		case math.IsNaN(holds) && !math.IsNaN(d) && d != 0:
			t.Fatalf("%s with %v: margin %v of what is not defined", e, values, d)
		}
	})
}

// someEdge reports whether a part of a proposition is on its edge, where the
// margin is 0 and only the sign of the comparison tells.
func someEdge(e *syntax.Expr, v at) bool {
	found := false
	e.Walk(func(x *syntax.Expr) { found = found || isComparison(x) && margin(x, v) == 0 })
	return found
}

func proposal(t *rapid.T, depth int) *syntax.Expr {
	binary := func(op string, a, b *syntax.Expr) *syntax.Expr {
		return &syntax.Expr{Kind: syntax.BinaryExpr, Op: op, Args: []*syntax.Expr{a, b}}
	}
	measure := func() *syntax.Expr {
		name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "measure")
		return &syntax.Expr{Kind: syntax.IndexExpr, Op: name, Args: []*syntax.Expr{{Kind: syntax.NameExpr, Op: "o"}}}
	}
	ops := []string{"<", "<=", ">", ">=", "=", "!=", "not", "and", "or"}
	if depth == 0 {
		ops = ops[:6]
	}
	switch op := rapid.SampledFrom(ops).Draw(t, "op"); op {
	case "not":
		return &syntax.Expr{Kind: syntax.UnaryExpr, Op: op, Args: []*syntax.Expr{proposal(t, depth-1)}}
	case "and", "or":
		return binary(op, proposal(t, depth-1), proposal(t, depth-1))
	default:
		return binary(op, measure(), measure())
	}
}
