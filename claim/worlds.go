package claim

import (
	"math"
	"slices"

	"casus/finding"
	"casus/lang/syntax"
	"casus/model"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// confident is the normal quantile of 95 %.
const confident = 1.959963984540054

// proposition holds the comparison that a reading makes over worlds.
type proposition struct {
	expr *syntax.Expr
	unit model.Unit // of the margin of a single comparison
}

// single reports whether a proposition is one comparison, which has a margin.
func (p *proposition) single() bool { return isComparison(p.expr) }

func isComparison(e *syntax.Expr) bool {
	return e.Kind == syntax.BinaryExpr && slices.Contains([]string{"<", "<=", ">", ">=", "=", "!="}, e.Op)
}

// reads reports whether an expression asks for a measure under an option.
func reads(e *syntax.Expr, option string) bool {
	found := false
	e.Walk(func(x *syntax.Expr) {
		found = found || x.Kind == syntax.IndexExpr && x.Args[0].Op == option
	})
	return found
}

// optionsOf are the options that an expression asks for, in the order met.
func optionsOf(e *syntax.Expr) []string {
	var out []string
	e.Walk(func(x *syntax.Expr) {
		if x.Kind == syntax.IndexExpr && !slices.Contains(out, x.Args[0].Op) {
			out = append(out, x.Args[0].Op)
		}
	})
	return out
}

// at is the value of a measure under an option in the world asked about; NaN
// where it is not defined.
type at func(measure, option string) float64

// margin is by how much a proposition holds: above 0 it holds, below it does
// not, at 0 it is on the edge, NaN is not defined. Of "and" it is the least, of
// "or" the largest of the two (so of mixed units only its sign says anything).
// Differences in the thirteenth digit are none.
func margin(e *syntax.Expr, v at) float64 {
	switch {
	case e.Kind == syntax.UnaryExpr: // not
		return -margin(e.Args[0], v)
	case e.Op == "and":
		return junction(margin(e.Args[0], v), margin(e.Args[1], v), math.Min, false)
	case e.Op == "or":
		return junction(margin(e.Args[0], v), margin(e.Args[1], v), math.Max, true)
	}
	x, y := value(e.Args[0], v), value(e.Args[1], v)
	d := x - y
	if math.Abs(d) <= 1e-12*max(math.Abs(x), math.Abs(y)) {
		d = 0
	}
	switch e.Op {
	case "<", "<=":
		return 0 - d
	case "=":
		return 0 - math.Abs(d)
	case "!=":
		return math.Abs(d)
	}
	return d
}

// junction joins margins by Kleene's logic: what one side decides needs no
// other.
func junction(a, b float64, join func(a, b float64) float64, decides bool) float64 {
	for _, x := range [][2]float64{{a, b}, {b, a}} {
		if math.IsNaN(x[1]) && !math.IsNaN(x[0]) && x[0] != 0 && (x[0] > 0) == decides {
			return x[0]
		}
	}
	return join(a, b)
}

// The values of truth over worlds.
const (
	no, yes = 0.0, 1.0
)

// truth is whether a proposition holds: 1, 0 or NaN. It differs from the sign of
// the margin on the edge: <= holds there, < does not.
func truth(e *syntax.Expr, v at) float64 { return e.Holds(v.lookup) }

func value(e *syntax.Expr, v at) float64 { return e.Number(v.lookup) }

// lookup finds MEASURE[OPTION].
func (v at) lookup(e *syntax.Expr) float64 { return v(e.Op, e.Args[0].Op) }

// column works a proposition out in every world of a view.
func column(r *study.Record, view int, e *syntax.Expr, of func(*syntax.Expr, at) float64) []float64 {
	columns := map[[2]string][]float64{}
	e.Walk(func(x *syntax.Expr) {
		if x.Kind == syntax.IndexExpr {
			columns[[2]string{x.Op, x.Args[0].Op}] = values(r, view, x.Op, x.Args[0].Op)
		}
	})
	out := make([]float64, r.Worlds)
	for i := range out {
		out[i] = of(e, func(measure, option string) float64 { return columns[[2]string{measure, option}][i] })
	}
	return out
}

// values are a measure under an option in every world of a view; nil where the
// record does not have them.
func values(r *study.Record, view int, measure, option string) []float64 {
	k := slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == measure })
	o := slices.IndexFunc(r.Results, func(x study.Result) bool { return x.Option == option })
	if k < 0 || o < 0 {
		return nil
	}
	return r.Results[o].Views[view].Values[k]
}

// overWorlds scores a proposition in the worlds of each view.
func overWorlds(k *model.Case, r *study.Record, p model.Proposition) Reading {
	out := Reading{Kind: Worlds, Says: p.Title, Expression: p.Expr.String(), Views: []Share{}, Shown: []string{}, Rests: []string{}, Warnings: []finding.Warning{}}
	if r == nil {
		out.warnOf(finding.NotScored, "", "not run")
		return out
	}
	if missing := lacking(r, p.Expr); missing != "" {
		out.warnOf(finding.NotScored, "", "not scored: %s", missing)
		return out
	}
	out.expr = &proposition{expr: p.Expr, unit: unitOf(k, p.Expr)}
	for v := range r.Views {
		out.Views = append(out.Views, share(r, v, out.expr))
	}
	return out
}

// lacking says what an expression asks for that the record does not have.
func lacking(r *study.Record, e *syntax.Expr) string {
	out := ""
	e.Walk(func(x *syntax.Expr) {
		if x.Kind != syntax.IndexExpr || out != "" {
			return
		}
		switch {
		case !slices.ContainsFunc(r.Results, func(res study.Result) bool { return res.Option == x.Args[0].Op }):
			out = "option " + x.Args[0].Op + " was not run"
		case !slices.ContainsFunc(r.Measures, func(m study.Measure) bool { return m.Name == x.Op }):
			out = "measure " + x.Op + " is not in the record"
		}
	})
	return out
}

func share(r *study.Record, view int, p *proposition) Share {
	s := Share{View: r.Views[view].Name}
	for _, t := range column(r, view, p.expr, truth) {
		switch {
		case math.IsNaN(t):
			s.Undefined++
		case t == yes:
			s.Holds++
			s.Worlds++
		default:
			s.Worlds++
		}
	}
	s.Share = Number(math.NaN())
	if s.Worlds > 0 {
		s.Share = Number(float64(s.Holds) / float64(s.Worlds))
	}
	lo, hi := draw.Wilson(s.Holds, s.Worlds, confident)
	s.Lo, s.Hi = Number(lo), Number(hi)
	if p.single() {
		margins := column(r, view, p.expr, margin)
		sides := column(r, view, p.expr, larger)
		for i, d := range margins {
			if p.slight(d, sides[i]) {
				s.Slight++
			}
		}
		m := draw.Summarise(margins)
		s.Margin = &Margin{p.unit.String(), Number(m.Median), Number(m.P05), Number(m.P95)}
	}
	return s
}

// Hardly is below what difference two sides hardly differ: a tenth of a point of
// a probability or share, a thousandth of the larger side of anything else. It
// is a choice of ours.
const Hardly = 0.001

// slight reports whether a margin beside the larger side is hardly a difference.
func (p *proposition) slight(d, side float64) bool {
	if p.unit.Kind == model.Probability || p.unit.Kind == model.Share || p.unit == (model.Unit{Year: -1}) {
		side = 1
	}
	return math.Abs(d) < Hardly*side || d == 0
}

// least says in words below what two sides hardly differ.
func (p *proposition) least() string {
	if p.slight(Hardly/2, math.Inf(1)) && !p.slight(2*Hardly, math.Inf(1)) {
		return "tenth of a point"
	}
	return "thousandth of the larger"
}

// larger is the larger of the two sides of a comparison, without its sign.
func larger(e *syntax.Expr, v at) float64 {
	return max(math.Abs(value(e.Args[0], v)), math.Abs(value(e.Args[1], v)))
}

// unitOf is the unit of an amount, or of the two sides of a comparison; a bare
// number where there is none.
func unitOf(k *model.Case, e *syntax.Expr) model.Unit {
	switch {
	case e.Kind == syntax.IndexExpr:
		for _, m := range k.Crisis.Measures {
			if m.Name == e.Op {
				return m.Unit
			}
		}
	case e.Kind == syntax.UnaryExpr:
		return unitOf(k, e.Args[0])
	case e.Kind == syntax.BinaryExpr && e.Op == "*":
		return unitOf(k, e.Args[0]).Times(unitOf(k, e.Args[1]))
	case e.Kind == syntax.BinaryExpr && e.Op == "/":
		return unitOf(k, e.Args[0]).Over(unitOf(k, e.Args[1]))
	case e.Kind == syntax.BinaryExpr:
		if u := unitOf(k, e.Args[0]); u.Kind != model.Bare {
			return u
		}
		return unitOf(k, e.Args[1])
	}
	return model.Unit{Kind: model.Bare}
}

// The widest interval that a share is read from without a warning, and the
// share about which views differ.
const (
	tooWide = 0.1
	half    = 0.5
)

// warn says of each reading, and of the ledger, what must be known.
func (l *Ledger) warn(r *study.Record) {
	for i := range l.Claims {
		for j := range l.Claims[i].Readings {
			l.Claims[i].Readings[j].warn(r)
		}
	}
}

// warnOf adds a warning to a reading.
func (rd *Reading) warnOf(kind finding.Kind, about, format string, args ...any) {
	rd.Warnings = append(rd.Warnings, finding.Warn(kind, about, format, args...))
}

func (rd *Reading) warn(r *study.Record) {
	most, least := 0, 0
	for _, s := range rd.Views {
		switch {
		case s.Worlds == 0:
			rd.warnOf(finding.Undefined, s.View, "undefined in every world of %s", s.View)
		case float64(s.Hi-s.Lo) > tooWide:
			rd.warnOf(finding.NotConverged, s.View, "not converged under %s: the interval is %.0f points wide; use more worlds", s.View, 100*float64(s.Hi-s.Lo))
		}
		if s.Worlds > 0 && s.Undefined > 0 {
			rd.warnOf(finding.Undefined, s.View, "undefined in %d of %d worlds of %s, which are left out", s.Undefined, s.Worlds+s.Undefined, s.View)
		}
		if s.Slight > 0 && 2*s.Slight >= s.Worlds {
			rd.warnOf(finding.Slight, s.View, "hardly a difference under %s: in %d of %d worlds the two sides differ by less than a %s", s.View, s.Slight, s.Worlds, rd.expr.least())
		}
		switch {
		case s.Lo > half:
			most++
		case s.Hi < half:
			least++
		}
		rd.warnJudged(r, s)
	}
	if most > 0 && least > 0 {
		rd.warnOf(finding.Disagree, "", "the views disagree: it holds in most worlds of one and in few of another")
	}
}

// warnJudged says where the assumption that decides rests on judgement alone.
func (rd *Reading) warnJudged(r *study.Record, s Share) {
	if s.Decider == nil {
		return
	}
	n := slices.IndexFunc(r.Numbers, func(n study.Number) bool { return n.Name == s.Decider.Assumption })
	if n < 0 {
		return
	}
	judged, views := true, 0
	for _, b := range r.Numbers[n].Beliefs {
		if union(r, s.View) || b.View == s.View {
			judged = judged && len(b.Sources) == 0
			views++
		}
	}
	if judged && views > 0 {
		s.Decider.Judged = true
		rd.warnOf(finding.Judgement, s.Decider.Assumption, "what it goes most with under %s, %s, rests on judgement alone", s.View, s.Decider.Assumption)
	}
}

func union(r *study.Record, view string) bool {
	return slices.ContainsFunc(r.Views, func(v study.View) bool { return v.Name == view && v.Union })
}
