package claim

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

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
	expr    *syntax.Expr
	unit    model.Unit // of the margin of a single comparison
	matters float64    // the least difference that counts, in that unit; 0: its measures do not say
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
	out.expr = &proposition{expr: p.Expr, unit: unitOf(k, p.Expr), matters: mattersTo(k, p.Expr)}
	out.Condition = condition(k, r, p.Expr)
	out.warnOffered(k, r)
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
	weights := weightsFor(r, view, p.expr)
	truths := column(r, view, p.expr, truth)
	for _, t := range truths {
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
	s.count(truths, weights)
	if p.single() {
		margins := column(r, view, p.expr, margin)
		sides := column(r, view, p.expr, larger)
		slight := make([]float64, len(margins))
		for i, d := range margins {
			if slight[i] = math.NaN(); !math.IsNaN(d) {
				slight[i] = no
				if p.slight(d, sides[i]) {
					slight[i] = yes
					s.Slight++
				}
			}
		}
		s.Within = Number(draw.SummariseWeighted(slight, weights).Mean)
		m := draw.SummariseWeighted(margins, weights)
		s.Margin = &Margin{p.unit.String(), Number(m.Median), Number(m.P05), Number(m.P95)}
	}
	return s
}

// count gives the share of the weight in which a reading holds, and its interval
// from as many trials as the weights are worth.
func (s *Share) count(truths, weights []float64) {
	s.Share = Number(draw.SummariseWeighted(truths, weights).Mean)
	lo, hi := draw.Wilson(s.Holds, s.Worlds, confident)
	if weights != nil {
		told := slices.Clone(weights)
		for i, t := range truths {
			if math.IsNaN(t) {
				told[i] = 0
			}
		}
		s.Effective = Number(draw.Effective(told))
		lo, hi = draw.WilsonOf(float64(s.Share), float64(s.Effective), confident)
	}
	s.Lo, s.Hi = Number(lo), Number(hi)
}

// weightsFor weigh the worlds by how likely what a reading's measures are given
// is in them, in the mean over the options that it names; nil where they are
// given nothing, or not all the same: then each world counts alike.
func weightsFor(r *study.Record, view int, e *syntax.Expr) []float64 {
	given, same := "", true
	e.Walk(func(x *syntax.Expr) {
		if x.Kind != syntax.IndexExpr {
			return
		}
		of := r.Measures[slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == x.Op })].Given
		same = same && (given == "" || of == "" || of == given)
		given = cmp.Or(given, of)
	})
	if !same || given == "" {
		return nil
	}
	var options []int
	for _, o := range optionsOf(e) {
		options = append(options, slices.IndexFunc(r.Results, func(x study.Result) bool { return x.Option == o }))
	}
	return r.Likelihood(given, options, view)
}

// Hardly is below what difference two sides hardly differ whose measures do not
// say what matters: a tenth of a point of a probability or share, a thousandth of
// the larger side of anything else. It is a choice of ours.
const Hardly = 0.001

// slight reports whether a margin beside the larger side is less than what
// matters, or else hardly a difference.
func (p *proposition) slight(d, side float64) bool {
	if p.matters > 0 {
		return math.Abs(d) < p.matters*(1-1e-9)
	}
	if p.points() {
		side = 1
	}
	return math.Abs(d) < Hardly*side || d == 0
}

// points reports whether a margin is one of probabilities or shares.
func (p *proposition) points() bool {
	return p.unit.Kind == model.Probability || p.unit.Kind == model.Share || p.unit == (model.Unit{Year: -1})
}

// least says in words below what two sides count as no different.
func (p *proposition) least() string {
	switch {
	case p.matters > 0 && p.points():
		return strings.TrimSuffix(fmt.Sprintf("%.4g point", 100*p.matters)+"s", map[bool]string{true: "s"}[p.matters == 0.01])
	case p.matters > 0:
		return fmt.Sprintf("%.4g %s", p.matters, p.unit)
	case p.points():
		return "a tenth of a point"
	}
	return "a thousandth of the larger"
}

// mattersTo is the least difference that counts in a comparison: the smallest
// that its measures state in the unit of its margin; 0 where they state none.
func mattersTo(k *model.Case, e *syntax.Expr) float64 {
	if !isComparison(e) {
		return 0
	}
	least, unit := 0.0, unitOf(k, e)
	e.Walk(func(x *syntax.Expr) {
		for _, m := range k.Crisis.Measures {
			if x.Kind == syntax.IndexExpr && m.Name == x.Op && m.Unit == unit && m.Matters > 0 && (least == 0 || m.Matters < least) {
				least = m.Matters
			}
		}
	})
	return least
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
			rd.warnOf(finding.Undefined, s.View, "undefined in %d of %s of %s, which are left out", s.Undefined, finding.Count(s.Worlds+s.Undefined, "world"), s.View)
		}
		if s.Mostly() {
			rd.warnOf(finding.Slight, s.View, "%s", rd.slightly(s))
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

// Mostly reports whether the two sides differ by less than what matters in most
// of the worlds.
func (s Share) Mostly() bool { return s.Slight > 0 && s.Within >= half }

// slightly says that a reading comes out as it does by less than what matters.
func (rd *Reading) slightly(s Share) string {
	out := "hardly a difference"
	if rd.expr.matters > 0 {
		out = "turns on less than what matters"
		switch {
		case s.Lo > half:
			out = "holds by less than what matters"
		case s.Hi < half:
			out = "fails by less than what matters"
		}
	}
	return fmt.Sprintf("%s under %s: in %d of %s the two sides differ by less than %s", out, s.View, s.Slight, finding.Count(s.Worlds, "world"), rd.expr.least())
}

// warnJudged says where the assumption that decides rests on judgement alone.
func (rd *Reading) warnJudged(r *study.Record, s Share) {
	if s.Decider == nil {
		return
	}
	n := slices.IndexFunc(r.Numbers, func(n study.Assumption) bool { return n.Name == s.Decider.Assumption })
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
