package study

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"casus/crew"
	"casus/finding"
	"casus/model"
	"casus/special"
	"casus/worlds/draw"
)

// Recorded is a record as the views are held against it.
type Recorded struct {
	ID         string   `json:"id"` // case.name, or case.number where it has no name
	Case       string   `json:"case"`
	Option     string   `json:"option"` // under which it happened
	Title      string   `json:"title"`
	Measure    string   `json:"measure"`
	Yearly     string   `json:"yearly"`
	Per        string   `json:"per"`
	Events     int      `json:"events"`
	EventsHigh int      `json:"events_high"`
	Trials     int      `json:"trials"` // 0: a count over years
	TrialsHigh int      `json:"trials_high"`
	Years      float64  `json:"years"`
	Effective  float64  `json:"effective"` // independent trials, or years, it is worth
	Temper     float64  `json:"temper"`
	From       int      `json:"from"`
	Until      int      `json:"until"`
	Role       Role     `json:"role"`
	Why        string   `json:"why"` // it does not weigh
	Same       []string `json:"same_events_as"`
	Definition string   `json:"definition"`
	Sources    []string `json:"sources"`
	Status     string   `json:"status"`
}

// Role says what a record does.
type Role string

// The roles of a record.
const (
	Weighs  Role = "weighs"
	HeldOut Role = "held out" // predicted
	Opposed Role = "opposed"  // shown; it may not weigh opposed views
)

// Weights say what the records do to the worlds of each view.
type Weights struct {
	Views   []ViewWeights `json:"views"`
	Union   *UnionWeights `json:"union"` // of the schools; null where no world of any has weight
	Factors []Factor      `json:"bayes_factors"`
	By      []Effect      `json:"by_record"` // what each record did, to the union
}

// ViewWeights weigh the worlds of a view. Evidence is the logarithm of its marginal
// likelihood: the mean over its worlds of the likelihood of the records. Its
// error takes worlds for independent, which with a stratified design is safe.
type ViewWeights struct {
	View      string   `json:"view"`
	School    bool     `json:"school"` // part of the union
	Evidence  *Float   `json:"log_evidence"`
	Error     *Float   `json:"log_evidence_error"`
	Effective Float    `json:"effective_worlds"`
	Share     *Float   `json:"share_of_union"` // of a school: prior shares are equal
	Refuted   []string `json:"refuted_by"`     // records of a probability below 1 %
	Silent    int      `json:"silent_worlds"`  // in which a record's measure is not defined: it leaves their weight alone
	By        []Effect `json:"by_record"`
}

// UnionWeights weigh the worlds of all schools together.
type UnionWeights struct {
	Schools   []string `json:"schools"`
	Evidence  *Float   `json:"log_evidence"`
	Worlds    int      `json:"worlds"`
	Effective Float    `json:"effective_worlds"`
}

// Factor is the Bayes factor of a school against another, and the standard
// error of its logarithm over worlds.
type Factor struct {
	View    string `json:"view"`
	Against string `json:"against"`
	Log     *Float `json:"log_factor"`
	Error   *Float `json:"log_factor_error"`
}

// Effect tells what one record did, by what would stand without it.
type Effect struct {
	Record    string        `json:"record"`
	Effective Float         `json:"effective_worlds_without"`
	Moved     Float         `json:"weight_moved"` // the share of the weight it moved to other worlds
	Shares    []SchoolShare `json:"shares_without,omitempty"`
	Shift     *Shift        `json:"largest_shift,omitempty"`
}

// SchoolShare is the share of a school in the union.
type SchoolShare struct {
	View  string `json:"view"`
	Share Float  `json:"share"`
}

// Shift is the headline number that a record moved most, in ranges of the
// unweighted union: its mean without the record and with it.
type Shift struct {
	Option  string `json:"option"`
	Measure string `json:"measure"`
	Without Float  `json:"mean_without"`
	With    Float  `json:"mean_with"`
}

// mostCounted bounds the events, trials and years of a record of the past.
const mostCounted = 1 << 24

// recordsFit says what is wrong with the records of a manifest.
func (r *Record) recordsFit() error {
	for _, x := range r.Records {
		size := float64(x.Trials)
		if x.Trials == 0 {
			size = x.Years
		}
		switch most := max(x.Events, x.EventsHigh); {
		case r.measure(x.Measure) < 0:
			return fmt.Errorf("no measure %q", x.Measure)
		case min(x.Events, x.Trials) < 0 || x.Trials > 0 && most > x.Trials || max(most, x.Trials, x.TrialsHigh) > mostCounted || x.Trials == 0 && (x.Years <= 0 || x.Years > mostCounted):
			return fmt.Errorf("record %q: %d of %d events", x.ID, x.Events, x.Trials)
		case x.Temper <= 0 || x.Temper > 1 || x.Effective < 0 || x.Effective > size || x.Effective > 0 && x.Effective < 1:
			return fmt.Errorf("record %q: temper %g, effective %g", x.ID, x.Temper, x.Effective)
		}
	}
	return nil
}

// recorded are the records that a case is held against, in order.
func recorded(m *model.Model, c *model.Case) []Recorded {
	var out []Recorded
	for _, name := range c.Past() {
		k := m.Case(name)
		for i := range k.Records {
			out = append(out, recordedOf(k, &k.Records[i], i))
		}
	}
	return out
}

func recordedOf(k *model.Case, r *model.Record, i int) Recorded {
	h := Recorded{ID: k.Name + "." + cmp.Or(r.Name, strconv.Itoa(i+1)), Case: k.Name, Option: cmp.Or(r.Option, usual(k)), Title: r.Title, Measure: r.Measure, Yearly: r.Yearly,
		Per: r.Per, Events: r.Events, EventsHigh: r.EventsHigh, Trials: r.Trials, TrialsHigh: r.TrialsHigh, Years: r.Years, Effective: effective(r),
		Temper: r.Temper, From: r.From, Until: r.Until, Role: Weighs, Why: cmp.Or(r.HeldOut, r.Opposed), Same: nonNil(r.SameEvents), Definition: r.Definition, Sources: nonNil(r.Sources), Status: r.Status}
	switch {
	case r.HeldOut != "":
		h.Role = HeldOut
	case r.Opposed != "":
		h.Role = Opposed
	}
	return h
}

// usual is the option under which things happened where a record does not say.
func usual(k *model.Case) string {
	if k.Baseline != nil {
		return k.Baseline.Name
	}
	return k.Options[0].Name
}

// rates gives the rate that a view implies of a record in each world; nil where its case
// was not played.
func (r *Record) rates(h *Recorded, view int) []float64 {
	k := slices.IndexFunc(r.Measures, func(m Measure) bool { return m.Name == h.Measure })
	i := slices.IndexFunc(r.History, func(x *History) bool { return x.Case == h.Case && x.Option == h.Option })
	if k < 0 || i < 0 || view >= len(r.History[i].Result.Views) {
		return nil
	}
	return r.History[i].Result.Views[view].Values[k]
}

// evidence are the log-likelihoods of the worlds of a view: a column for each
// record that weighs.
type evidence struct {
	columns [][]float64
	total   []float64
	silent  int
}

// likelihoods gives the likelihood of each record in the worlds of a view; ok is false where a record's case was not
// played.
func (r *Record) likelihoods(view int) (e evidence, ok bool) {
	e.total = make([]float64, r.Worlds)
	for i := range r.Records {
		h := &r.Records[i]
		if h.Role != Weighs {
			continue
		}
		ps := r.rates(h, view)
		if ps == nil || r.calledOff() {
			return e, false
		}
		column, silent := worldByWorld(counted(h), ps)
		e.silent += silent
		for w, l := range column {
			e.total[w] += l
		}
		e.columns = append(e.columns, column)
	}
	return e, true
}

// worldByWorld is the log-likelihood of each world. Of one in which the measure
// is not defined the record says nothing: it has the mean likelihood of the
// others, which leaves its weight alone.
func worldByWorld(c count, ps []float64) (column []float64, silent int) {
	column = make([]float64, len(ps))
	var spoken []float64
	for w, p := range ps {
		if column[w] = math.NaN(); !math.IsNaN(p) {
			column[w] = c.log(p)
			spoken = append(spoken, column[w])
		}
	}
	mean := 0.0
	if len(spoken) > 0 {
		mean = logMean(spoken)
	}
	for w := range column {
		if math.IsNaN(column[w]) {
			column[w] = mean
			silent++
		}
	}
	return column, silent
}

// logMean is the logarithm of the mean of exponentials, stable however small
// they are.
func logMean(logs []float64) float64 {
	top := slices.Max(logs)
	if math.IsInf(top, -1) {
		return top
	}
	return top + special.Log(draw.Mean(relative(logs, top)))
}

// relative are the exponentials of logarithms less the largest.
func relative(logs []float64, top float64) []float64 {
	out := make([]float64, len(logs))
	for i, l := range logs {
		out[i] = special.Exp(l - top)
	}
	return out
}

// weightsOf are the weights of worlds from their log-likelihoods, with a mean of
// one: a world of weight 1 counts as it would without a record. Where no world
// can give what happened all are 0.
func weightsOf(logs []float64) []float64 {
	mean := logMean(logs)
	if math.IsInf(mean, -1) {
		return make([]float64, len(logs))
	}
	return relative(logs, mean)
}

// weigh gives the worlds their weights by the records and sums up what these
// do. Without a record that weighs, or with one whose case was not played, all
// stays as it is.
func (r *Record) weigh() {
	r.Weights, r.weights, r.says, r.pool = nil, nil, nil, nil
	all := make([]evidence, len(r.Views))
	for v := range r.Views {
		var ok bool
		if all[v], ok = r.likelihoods(v); !ok || r.calledOff() || len(all[v].columns) == 0 {
			r.weights = nil
			return
		}
		r.weights = append(r.weights, weightsOf(all[v].total))
	}
	r.says = all
	r.Weights = &Weights{Factors: []Factor{}, By: []Effect{}}
	for v, e := range all {
		r.Weights.Views = append(r.Weights.Views, r.viewWeights(v, e))
	}
	r.pool = newPool(r, func(v int) []float64 { return all[v].total })
	r.union(all)
	r.factors()
}

func (r *Record) viewWeights(v int, e evidence) ViewWeights {
	w := r.weights[v]
	out := ViewWeights{View: r.Views[v].Name, School: slices.Contains(r.schools(), v), Evidence: FloatOf(logMean(e.total)), Effective: Float(draw.Effective(w)), Refuted: []string{}, Silent: e.silent, By: []Effect{}}
	if out.Effective > 0 {
		out.Error = FloatOf(math.Sqrt(max(float64(r.Worlds)/float64(out.Effective)-1, 0) / float64(r.Worlds)))
	}
	for i, id := range r.weighing() {
		without := weightsOf(leaveOut(e.total, e.columns[i], e.columns))
		out.By = append(out.By, Effect{Record: id, Effective: Float(draw.Effective(without)), Moved: Float(moved(w, without))})
	}
	return out
}

// leaveOut is a sum of log-likelihoods without one of them. It is added up anew
// where a term is infinite.
func leaveOut(total, column []float64, columns [][]float64) []float64 {
	out := make([]float64, len(total))
	for w := range total {
		if out[w] = total[w] - column[w]; !math.IsNaN(out[w]) {
			continue
		}
		out[w] = 0
		for _, c := range columns {
			if &c[0] != &column[0] {
				out[w] += c[w]
			}
		}
	}
	return out
}

// moved is the share of the weight that lies on other worlds: half the sum of
// the differences.
func moved(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += math.Abs(a[i] - b[i])
	}
	return sum / float64(2*len(a))
}

// weighing names the records that weigh.
func (r *Record) weighing() []string {
	var out []string
	for _, h := range r.Records {
		if h.Role == Weighs {
			out = append(out, h.ID)
		}
	}
	return out
}

// schools are the views that are no unions; where all are, all.
func (r *Record) schools() []int {
	var out []int
	for v, view := range r.Views {
		if !view.Union {
			out = append(out, v)
		}
	}
	if out == nil {
		for v := range r.Views {
			out = append(out, v)
		}
	}
	return out
}

// pool is the schools together, each with the same prior weight: their worlds
// side by side, and the weight of each (Bayesian model averaging: Hoeting et
// al. 1999). World w of school s stands at w·schools + s, so that the first half
// of the pool is the first half of each.
type pool struct {
	schools  []int
	logs     []float64
	weights  []float64
	shares   []float64 // of each school
	evidence float64
}

func newPool(r *Record, logs func(view int) []float64) *pool {
	p := &pool{schools: r.schools()}
	p.logs = p.column(r.Worlds, logs)
	p.weights = weightsOf(p.logs)
	p.evidence = logMean(p.logs)
	p.shares = make([]float64, len(p.schools))
	for i, w := range p.weights {
		p.shares[i%len(p.schools)] += w / float64(len(p.weights))
	}
	return p
}

// column puts the columns of the schools into one.
func (p *pool) column(worlds int, of func(view int) []float64) []float64 {
	out := make([]float64, worlds*len(p.schools))
	for s, v := range p.schools {
		for w, x := range of(v) {
			out[w*len(p.schools)+s] = x
		}
	}
	return out
}

// impossible reports that no world of any school can give what happened.
func (p *pool) impossible() bool { return math.IsInf(p.evidence, -1) }

// union sums up the pool and what each record did to it.
func (r *Record) union(all []evidence) {
	p := r.pool
	if p.impossible() {
		return
	}
	u := &UnionWeights{Evidence: FloatOf(p.evidence), Worlds: len(p.weights), Effective: Float(draw.Effective(p.weights))}
	for s, v := range p.schools {
		u.Schools = append(u.Schools, r.Views[v].Name)
		r.Weights.Views[v].Share = FloatOf(p.shares[s])
	}
	r.Weights.Union = u
	ids := r.weighing()
	r.Weights.By = make([]Effect, len(ids))
	crew.All(len(ids), func(i int) {
		without := newPool(r, func(v int) []float64 { return leaveOut(all[v].total, all[v].columns[i], all[v].columns) })
		e := Effect{Record: ids[i], Effective: Float(draw.Effective(without.weights)), Moved: Float(moved(p.weights, without.weights)), Shift: r.shift(without)}
		for s, v := range p.schools {
			e.Shares = append(e.Shares, SchoolShare{r.Views[v].Name, Float(without.shares[s])})
		}
		r.Weights.By[i] = e
	})
}

// shift finds the headline number that moves most between two weightings of the
// pool, in ranges of the unweighted one; nil where nothing moves.
func (r *Record) shift(without *pool) *Shift {
	var out *Shift
	most := 0.0
	for _, name := range r.Choosable() {
		k := slices.IndexFunc(r.Measures, func(m Measure) bool { return m.Name == name })
		for i := range r.Results {
			if r.calledOff() {
				return nil
			}
			xs := r.pooled(i, k)
			before := draw.Summarise(xs)
			a, b := draw.SummariseWeighted(xs, r.condition(i, k, without.weights)).Mean, draw.SummariseWeighted(xs, r.condition(i, k, r.pool.weights)).Mean
			if by := math.Abs(a-b) / (before.P95 - before.P05); by > most && !math.IsInf(by, 0) {
				most, out = by, &Shift{r.Results[i].Option, name, Float(a), Float(b)}
			}
		}
	}
	return out
}

// pooled is a measure of an option in the worlds of the pool.
func (r *Record) pooled(i, k int) []float64 {
	return r.pool.column(r.Worlds, func(v int) []float64 { return r.Results[i].Views[v].Values[k] })
}

// condition weighs the worlds of the pool by the condition of a measure too.
func (r *Record) condition(i, k int, weights []float64) []float64 {
	g := r.given(k)
	if g < 0 {
		return weights
	}
	return times(weights, r.pooled(i, g))
}

// given is the measure of the condition of a conditional one, or -1.
func (r *Record) given(k int) int {
	if r.Measures[k].Given == "" {
		return -1
	}
	return slices.IndexFunc(r.Measures, func(m Measure) bool { return m.Name == r.Measures[k].Given })
}

// times multiplies weights, nil being all ones, by probabilities; one that is
// not defined has no weight.
func times(weights, ps []float64) []float64 {
	out := make([]float64, len(ps))
	for w, p := range ps {
		if !math.IsNaN(p) {
			out[w] = max(p, 0)
		}
		if weights != nil {
			out[w] *= weights[w]
		}
	}
	return out
}

// factors are the Bayes factors of the schools, each pair once.
func (r *Record) factors() {
	for i, a := range r.Weights.Views {
		for _, b := range r.Weights.Views[i+1:] {
			if !a.School || !b.School || a.Evidence == nil || b.Evidence == nil {
				continue
			}
			r.Weights.Factors = append(r.Weights.Factors, Factor{a.View, b.View, FloatOf(float64(*a.Evidence - *b.Evidence)), FloatOf(both(float64(*a.Error), float64(*b.Error)))})
		}
	}
}

// refutedBelow is the probability of a record under a view below which the
// record refutes it.
const refutedBelow = 0.01

// thin is the share of its worlds that a view is left with, below which its
// ranges lie off the record and must be stated anew.
const thin = 0.1

// warnWeights says what a reader of weighted numbers must know.
func (r *Record) warnWeights() {
	if r.Weights == nil {
		return
	}
	for v, w := range r.Weights.Views {
		var msg finding.Warning
		switch {
		case w.Evidence == nil:
			msg = finding.Warn(finding.Refuted, w.View, "view %s: in none of its worlds could the records come about; it must be stated anew", w.View)
		case float64(w.Effective) < thin*float64(r.Worlds):
			msg = finding.Warn(finding.Contradicted, w.View, "view %s: the records leave it %.0f of %d effective worlds; its ranges lie off the record and must be stated anew, not reweighted", w.View, w.Effective, r.Worlds)
		default:
			continue
		}
		r.Views[v].Warnings = append(r.Views[v].Warnings, msg)
		r.Warnings = append(r.Warnings, msg)
	}
}

// weightNames are the columns of worlds that records add: the tempered
// log-likelihood by each of them, and the weight.
func (r *Record) weightNames() []string {
	if r.weights == nil {
		return nil
	}
	var out []string
	for _, id := range r.weighing() {
		out = append(out, "record:"+id)
	}
	return append(out, "record:weight")
}

// weightTitle says what a column of weightNames holds.
func (r *Record) weightTitle(name string) string {
	for _, x := range r.Records {
		if name == "record:"+x.ID {
			return "log-likelihood, tempered, of the record: " + x.Title
		}
	}
	return "what the world counts for by the records: 1 in the mean of a view"
}

func (r *Record) weightColumns(view int) [][]float64 {
	if r.weights == nil {
		return nil
	}
	return append(slices.Clone(r.says[view].columns), r.weights[view])
}

// fillWeights gives the worlds of a record that was read their weights again,
// and checks that they are those its manifest tells of. The last bits of a
// logarithm may differ between processor families.
func (r *Record) fillWeights() error {
	told := r.Weights
	r.weigh()
	r.sumUpWeighted()
	for v := range r.Views {
		r.noteRefuted(v)
	}
	if !r.Weights.like(told) {
		return errors.New("its rows do not give the weights of the manifest")
	}
	return nil
}

// like reports whether two summaries of weights are of the same weights.
func (w *Weights) like(x *Weights) bool {
	if w == nil || x == nil {
		return w == nil && x == nil
	}
	return slices.EqualFunc(w.Views, x.Views, func(a, b ViewWeights) bool {
		return a.View == b.View && near(a.Evidence, b.Evidence) && near(&a.Effective, &b.Effective) && near(a.Share, b.Share)
	})
}

func near(a, b *Float) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return math.Abs(float64(*a-*b)) <= 1e-6*(1+math.Abs(float64(*b)))
}

// both is the standard error of a difference of two that do not go together. Not
// math.Hypot, whose last digit is another one on ARM.
func both(a, b float64) float64 { return math.Sqrt(float64(a*a) + float64(b*b)) }
