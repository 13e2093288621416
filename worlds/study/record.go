package study

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/law"
	"casus/model"
	"casus/special"
	"casus/worlds/draw"
)

// Version is that of the record's form. A reader refuses another.
const Version = 1

// Concept names the solution concept of every result of a crisis.
func Concept(c *model.Crisis) string {
	const of = "agent logit quantal response equilibrium (McKelvey & Palfrey 1998), "
	if c.Discount != nil {
		return of + "stationary: the game goes on beyond the years shown"
	}
	return of + "by backward induction"
}

// Record holds everything that a report of a run shows.
type Record struct {
	Version   int                    `json:"version"`
	Program   string                 `json:"program"`
	Case      string                 `json:"case"`
	Title     string                 `json:"title"`
	Question  string                 `json:"question"`
	Date      string                 `json:"date"`
	Horizon   int                    `json:"horizon_years"`
	Concept   string                 `json:"solution_concept"`
	Precision string                 `json:"precision"`
	Seed      uint64                 `json:"seed"`
	Design    string                 `json:"design"`
	Worlds    int                    `json:"worlds_per_view"`
	First     int                    `json:"first_world,omitempty"`
	Baseline  string                 `json:"baseline"`
	Asked     []string               `json:"options"`        // of which the finished ones are in Results
	Keep      string                 `json:"keep,omitempty"` // summaries: there are no rows
	Until     *Until                 `json:"until"`          // null: no precision was asked for
	Partial   bool                   `json:"partial"`
	Files     []File                 `json:"files"`
	Views     []View                 `json:"views"`
	LeftOut   []string               `json:"schools_left_out,omitempty"` // schools of the case that the run was not asked for
	Labels    map[string]string      `json:"labels,omitempty"`           // of options, in a few words
	Measures  []Measure              `json:"measures"`
	Numbers   []Assumption           `json:"assumptions"`
	Legal     []LegalPicture         `json:"legal"`
	ChainTo   string                 `json:"chains_to"`
	Results   []Result               `json:"results"`
	Alike     []AlikePair            `json:"alike"`   // pairs of options that differ in no headline measure by what matters
	Records   []Recorded             `json:"records"` // what the views are held against
	Weights   *Weights               `json:"weights"` // of worlds by the records; null: none weighs
	History   []*History             `json:"history"`
	Warnings  []finding.Warning      `json:"warnings"`
	Draws     map[string][][]float64 `json:"-"` // by view: a column for each of Numbers

	Rest *Rest `json:"unfinished,omitempty"`

	Summed *Summed `json:"summed,omitempty"` // it has sums in the place of rows

	Found *Answer `json:"answer,omitempty"` // in what is printed, not in a manifest: it follows from the rest

	Weighted string `json:"-"` // how worlds were picked by the records; empty: they count alike

	whole       []Whole // by view, of a record of picked worlds; how it is said, and of how many
	wholeWords  string
	wholeWorlds int
	c           *model.Case // nil in a record that was read
	weights     [][]float64 // by view and world, 1 in the mean; nil: no record weighs
	says        []evidence  // by view: what the records say of each world
	pool        *pool       // the schools together
	design      draw.Design
	stated      *Given // the worlds, where they were not drawn
	rests       []finding.Warning
	stopped     bool
	sums        []*Sums           // by view, of a record without rows
	held        int               // plays of the past that the views are held against
	fitting     []string          // cases it could be held against
	unread      []string          // cases that ship with a record of its crisis and that its files do not use
	rest        []part            // rows of what was begun and not finished
	folder      string            // it was read from
	tables      map[string]string // digests of the tables beside its manifest
	altered     bool              // its manifest is not as it was written
	recovered   bool              // from the journal of a run that was cut off
	pace        *pace             // who is told how far the run is; nil: it was read
	ctx         context.Context   // of what is being worked out, see within; nil: nothing calls it off
}

// File, View, Option and Correlation are those of every finding.
type (
	File        = finding.File
	View        = finding.View
	Option      = finding.Option
	Correlation = finding.Correlation
)

// Measure says what a column of results is.
type Measure struct {
	Name     string  `json:"name"`
	Title    string  `json:"title"`
	Unit     string  `json:"unit"`
	Better   string  `json:"better"`                 // lower, higher, or empty
	Matters  float64 `json:"matters"`                // the least difference that counts; 0: any
	Given    string  `json:"given"`                  // the measure of the condition; empty: unconditional
	Headline string  `json:"headline,omitempty"`     // in a few words, where a report leads with it
	Record   bool    `json:"for_the_record"`         // serves only to be held against history
	Never    string  `json:"not_possible,omitempty"` // why no play of the case comes to it, under any option: it has no value
}

// Assumption is one that the worlds draw, and what each view holds of it.
type Assumption struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Unit    string   `json:"unit"`
	Beliefs []Belief `json:"beliefs"`
	Solved  bool     `json:"solved,omitempty"` // an offset at which a stated rate holds: nobody holds it, it follows

	MadeFor  string    `json:"made_for,omitempty"` // the case that its numbers were chosen for
	Restated *Restated `json:"restated,omitempty"` // a file put its own in the place of those
}

// Restated tells where an assumption was stated anew, and what was put in the
// place of what.
type Restated struct {
	At   string `json:"at"`    // FILE:LINE
	Was  string `json:"first"` // FILE:LINE of what it replaces
	Says string `json:"says"`  // by view, the distribution and the one it replaces
}

// Belief is a distribution with what it rests on.
type Belief struct {
	View      string   `json:"view"`
	Dist      string   `json:"distribution"`
	Sources   []string `json:"sources"`
	Judgement string   `json:"judgement"`
}

// Result is one option over all views.
type Result struct {
	Option string       `json:"option"`
	Title  string       `json:"title"`
	Done   bool         `json:"done"`
	Size   crisis.Size  `json:"graph"`
	Ops    int          `json:"operations"`
	Slots  int          `json:"slots"`
	Views  []ViewResult `json:"views"`
	Chains []ViewChains `json:"chains"`
	Union  *Together    `json:"union"` // null: no record weighs

	Otherwise *Otherwise    `json:"otherwise,omitempty"` // of an option of the case
	Reach     []ReachedView `json:"reach,omitempty"`     // likewise, by school
}

// Together is an option over the worlds of all schools, each with the same
// prior weight, before and after the records weigh them.
type Together struct {
	Before []Summary `json:"before"`
	After  []Summary `json:"after"`
}

// ViewResult holds, for one view, each measure in each world; in the manifest,
// its summary.
type ViewResult struct {
	View     string      `json:"view"`
	Values   [][]float64 `json:"-"`
	Summary  []Summary   `json:"summary"`
	Weighted []Summary   `json:"weighted"` // by the records; null: none weighs
}

// Summary is a measure over worlds. Not defined in a world (a share of what
// never happens) is counted, not averaged. A conditional measure counts each
// world by the probability of its condition: its mean is a ratio of means.
// P05 and P95 are null where it is defined in fewer than two worlds.
// Better and Worse say in what share of the same worlds it differs from the
// baseline by at least what matters.
type Summary struct {
	Measure     string   `json:"measure"`
	N           int      `json:"worlds"`
	Undefined   int      `json:"undefined"`
	Mean        *Float   `json:"mean"`
	Median      *Float   `json:"median"`
	P05         *Float   `json:"p05"`
	P95         *Float   `json:"p95"`
	Better      *Float   `json:"better_than_baseline"`
	Worse       *Float   `json:"worse_than_baseline"`
	BeatenBy    []string `json:"beaten_by"`             // options better in at least 95 % of the worlds
	Halves      *Float   `json:"drift"`                 // distance of the medians of the two halves of the worlds
	HalvesError *Float   `json:"drift_error,omitempty"` // by how much drift may be off, where sums were kept in the place of rows
	Condition   *Float   `json:"condition"`             // the mean probability of the condition; null: none
}

// Float is a number that JSON can always hold.
type Float float64

// FloatOf is the number, or nil where it is not finite.
func FloatOf(x float64) *Float {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	f := Float(x)
	return &f
}

// ViewChains are the most probable chains under a view, in its central world
// (every assumption at its median), and the probability of the end by any way.
type ViewChains struct {
	View   string         `json:"view"`
	P      float64        `json:"probability"`
	Chains []crisis.Chain `json:"chains"`
	Given  *GivenChains   `json:"given"` // null: no measure has this end given anything
}

// GivenChains are the same from the step on which a condition comes true, over as
// many years as are looked at, given that it does within as many.
type GivenChains struct {
	Measure string         `json:"measure"` // that of the condition
	Likely  Float          `json:"likely"`
	P       *Float         `json:"probability"` // null where the condition never comes true
	Chains  []crisis.Chain `json:"chains"`
}

// Ways are the chains to an end that are worth telling, the most probable first, and
// the share of its probability that they make up; nil where it cannot come about.
type Ways struct {
	Chains []crisis.Chain
	Share  *Float
}

// Ways tells those of a view.
func (v *ViewChains) Ways() Ways { return waysTo(v.P, v.Chains) }

// Ways tells those from the condition on; none where it never comes true.
func (g *GivenChains) Ways() Ways {
	if g.P == nil {
		return Ways{}
	}
	return waysTo(float64(*g.P), g.Chains)
}

// negligible is the probability below which a second chain is not told.
const negligible = 0.0001

func waysTo(p float64, chains []crisis.Chain) Ways {
	w := Ways{Chains: chains}
	if i := slices.IndexFunc(chains, func(c crisis.Chain) bool { return c.P < negligible }); i >= 0 {
		w.Chains = chains[:max(i, 1)]
	}
	sum := 0.0
	for _, c := range w.Chains {
		sum += c.P
	}
	if p > 0 && len(chains) > 0 {
		w.Share = FloatOf(min(sum/p, 1))
	}
	return w
}

// LegalPicture tells what the law says of a key event, and the options under
// which it says so.
type LegalPicture struct {
	Event   string      `json:"event"`
	Options []string    `json:"options"`
	Answers []LegalLine `json:"answers"`
}

// LegalLine is the answer of one article, with all debtors it holds for.
type LegalLine struct {
	Article string   `json:"article"`
	Title   string   `json:"title"`
	Class   string   `json:"class"`
	Gloss   string   `json:"gloss"`
	Status  string   `json:"status"`
	Debtors []string `json:"debtors"`
	Because []string `json:"because"`
	Why     string   `json:"why"`
	Caveats []string `json:"caveats"`
}

// History is a case that is played to hold the views against the record.
type History struct {
	Case      string   `json:"case"`
	Title     string   `json:"title"`
	Option    string   `json:"option"`
	Checks    []Check  `json:"checks"`
	Estimates []Beside `json:"estimates"`
	Result    Result   `json:"result"`
}

func newRecord(m *model.Model, c *model.Case, d draw.Design) *Record {
	r := &Record{Version: Version, Program: finding.Program(), Case: c.Name, Title: c.Title, Question: c.Question, Date: c.Date.String(),
		Horizon: c.Horizon, Concept: Concept(c.Crisis), Seed: d.Seed, Design: d.Kind, Worlds: d.N, First: d.First, Baseline: c.Baseline.Name, c: c, design: d,
		Precision: c.Crisis.Precision.String(), History: []*History{}, Warnings: []finding.Warning{}, Draws: map[string][][]float64{}}
	r.Files = m.Digests()
	for _, o := range c.Options {
		r.Asked = append(r.Asked, o.Name)
		r.Results = append(r.Results, Result{Option: o.Name, Title: o.Title})
		if o.Short != "" {
			if r.Labels == nil {
				r.Labels = map[string]string{}
			}
			r.Labels[o.Name] = o.Short
		}
	}
	r.LeftOut = leftOut(m.Case(c.Name), c)
	r.Measures = Measures(m, c)
	r.Records = nonNil(recorded(m, c))
	if c.Chain != nil {
		r.ChainTo = c.Chain.Title
	}
	r.describe(m)
	r.warnDay(m, c)
	r.warnUnread(m, c)
	r.warnIdle(m, c)
	r.warnNever(c)
	r.warnNumbers()
	r.Legal = legal(m, c)
	return r
}

// leftOut are the schools of a case that are not among those chosen of it.
func leftOut(of, chosen *model.Case) []string {
	if of == nil {
		return nil
	}
	var out []string
	for _, v := range of.Views {
		if len(v.Union) == 0 && !slices.ContainsFunc(chosen.Views, func(o *model.View) bool { return o.Name == v.Name }) {
			out = append(out, v.Name)
		}
	}
	return out
}

// Measures are the columns of results that a case with a crisis gives.
func Measures(m *model.Model, c *model.Case) []Measure {
	var out []Measure
	for _, ms := range c.Crisis.Measures {
		out = append(out, Measure{Name: ms.Name, Title: m.Cast(c, ms.Title), Headline: m.CastShort(c, ms.Headline), Unit: ms.Unit.String(), Better: [...]string{"", "lower", "higher"}[ms.Better], Matters: ms.Matters, Given: ms.Given, Record: forRecord(m, c, &ms), Never: c.Impossible[ms.Name]})
	}
	return out
}

// forRecord reports whether a measure is there to be held against what happened:
// a rate, or what a case counts that this one is held against.
func forRecord(m *model.Model, c *model.Case, ms *model.Measure) bool {
	if ms.Rate {
		return true
	}
	for _, k := range c.Against {
		for _, r := range m.Case(k).Records {
			if r.Measure == ms.Name || r.Yearly == ms.Name {
				return true
			}
		}
	}
	return false
}

func (r *Record) describe(m *model.Model) {
	used := m.Uses(r.c)
	for _, a := range used {
		n := Assumption{Name: a.Name, Title: m.Cast(r.c, a.Title), Unit: a.Unit.String(), Solved: m.SolvedFor(a), MadeFor: a.MadeFor}
		if x := a.Restated; x != nil {
			n.Restated = &Restated{At: lineOf(x.Pos), Was: lineOf(x.At), Says: x.String(a)}
		}
		for _, v := range r.c.Views {
			if b := a.Belief(v.Name); b != nil && len(v.Union) == 0 {
				n.Beliefs = append(n.Beliefs, Belief{v.Name, b.Words, nonNil(b.Sources), b.Judgement})
			}
		}
		r.Numbers = append(r.Numbers, n)
	}
	for _, v := range r.c.Views {
		view := viewOf(m, v, used)
		for _, x := range v.Correlations {
			if slices.Contains(used, x.A) && slices.Contains(used, x.B) {
				view.Correlations = append(view.Correlations, Stated(x))
			}
		}
		r.Views = append(r.Views, view)
	}
	r.warnUnions(m, used)
	r.rests = r.restingOn(used)
}

// restingOn warns of the assumptions that their author says decide a measure, where they
// are judgement alone, and of those that no school disputes.
func (r *Record) restingOn(used []*model.Assumption) (out []finding.Warning) {
	about, titles := map[string]string{}, map[string][]string{}
	var order []string
	for i, ms := range r.c.Crisis.Measures {
		words := r.restsOn(used, ms.RestsOn)
		if words == "" {
			continue
		}
		if titles[words] == nil {
			about[words], order = ms.Name, append(order, words)
		}
		titles[words] = append(titles[words], "“"+r.Measures[i].Title+"”")
	}
	for _, words := range order {
		verb := map[bool]string{true: " rest on ", false: " rests on "}[len(titles[words]) > 1]
		out = append(out, finding.Warn(finding.Judgement, about[words], "%s%s%s", finding.And(titles[words]), verb, words))
	}
	return out
}

// restsOn says which of some assumptions are judgement alone; empty where none is.
func (r *Record) restsOn(used []*model.Assumption, names []string) string {
	var judged, undisputed []string
	for _, a := range used {
		if !slices.Contains(names, a.Base) || slices.Contains(judged, a.Base) || slices.ContainsFunc(r.c.Views, func(v *model.View) bool { return !OnlyJudged(a, v) }) {
			continue
		}
		judged = append(judged, a.Base)
		if r.undisputed(a) {
			undisputed = append(undisputed, a.Base)
		}
	}
	out := finding.And(judged) + ", judgement alone"
	switch {
	case len(judged) == 0:
		return ""
	case len(undisputed) == len(judged) && len(judged) > 1:
		out += ": one range each for every school, so that no column shows a dispute"
	case len(undisputed) > 0:
		out += ": one range of " + finding.And(undisputed) + " for every school, so that no column shows a dispute"
	}
	return out
}

// undisputed reports whether several schools state one range.
func (r *Record) undisputed(a *model.Assumption) bool {
	ranges, schools := map[string]bool{}, 0
	for _, v := range r.c.Views {
		if b := a.Belief(v.Name); b != nil && len(v.Union) == 0 {
			ranges[b.Words], schools = true, schools+1
		}
	}
	return schools > 1 && len(ranges) == 1
}

// viewOf is a view with how many of the assumptions that are used it holds on
// judgement alone; what is solved for is no assumption of anybody's.
func viewOf(m *model.Model, v *model.View, used []*model.Assumption) View {
	out := View{Name: v.Name, Title: v.Title, Notes: nonNil(v.Notes), Union: len(v.Union) > 0, Warnings: []finding.Warning{}}
	for _, a := range used {
		if m.SolvedFor(a) {
			continue
		}
		if out.Of++; OnlyJudged(a, v) {
			out.Judged++
		}
	}
	return out
}

// judged is the warning of a view that holds assumptions on judgement alone; false
// where it holds none so.
func judged(v View) (finding.Warning, bool) {
	return finding.Warn(finding.Judgement, v.Name, "view %s: %d of %d assumptions rest on judgement alone", v.Name, v.Judged, v.Of), v.Judged > 0
}

// draw gives every assumption its values under every view, once for all
// options. Worlds that were drawn stay as they are.
func (r *Record) draw(ctx context.Context, m *model.Model, d draw.Design) (err error) {
	used := m.Uses(r.c)
	for _, v := range r.c.Views {
		if r.stated != nil {
			r.Draws[v.Name], err = r.stated.draws(used, v, 0, d.N)
		} else {
			r.Draws[v.Name], err = extend(ctx, r.Draws[v.Name], used, v, d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// OnlyJudged reports whether a view, or of a union each of its members, holds an
// assumption on judgement alone.
func OnlyJudged(a *model.Assumption, v *model.View) bool {
	names := v.Union
	if len(names) == 0 {
		names = []string{v.Name}
	}
	for _, n := range names {
		if b := a.Belief(n); b != nil && len(b.Sources) > 0 {
			return false
		}
	}
	return true
}

// Stated is a correlation as its author wrote it.
func Stated(x model.Correlation) Correlation {
	return Correlation{A: x.A.Name, B: x.B.Name, Rank: x.Rank, Sources: x.Sources, Judgement: x.Judgement}
}

func nonNil[T any](xs []T) []T {
	if xs == nil {
		return []T{}
	}
	return xs
}

// legal asks the law of each option about each key event, and puts options
// with the same picture together.
func legal(m *model.Model, c *model.Case) []LegalPicture {
	out := []LegalPicture{}
	for _, ke := range c.KeyEvents {
		var pictures []LegalPicture
		for _, o := range c.Options {
			lines := legalLines(m, c, o, ke.Event)
			i := slices.IndexFunc(pictures, func(p LegalPicture) bool { return sameLines(p.Answers, lines) })
			if i < 0 {
				pictures = append(pictures, LegalPicture{Event: ke.Title, Answers: lines})
				i = len(pictures) - 1
			}
			pictures[i].Options = append(pictures[i].Options, o.Name)
		}
		out = append(out, pictures...)
	}
	return out
}

func sameLines(a, b []LegalLine) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

func legalLines(m *model.Model, c *model.Case, o *model.Option, spec model.EventSpec) []LegalLine {
	spec.Facts = slices.Concat(c.LegalFacts, spec.Facts, o.LegalFacts)
	spec.Readings = c.Readings
	ev := law.EventOf(spec)
	var out []LegalLine
	for _, a := range law.Compile(m, c.Date, o.Acts).Answers(ev, false) {
		if a.Verb != model.Owes || a.Status == law.Dormant && !awake(a.Article.Instrument) {
			continue
		}
		l := LegalLine{Article: a.Article.Address, Title: cmp.Or(a.Article.Title, a.Article.Instrument.Title), Class: a.Class.Name, Gloss: a.Class.Title, Status: a.Status.String(),
			Because: nonNil(a.Because), Why: reason(a), Caveats: nonNil(a.Caveats())}
		i := slices.IndexFunc(out, func(x LegalLine) bool {
			return x.Article == l.Article && x.Class == l.Class && x.Status == l.Status && x.Why == l.Why && slices.Equal(x.Because, l.Because) && slices.Equal(x.Caveats, l.Caveats)
		})
		if i < 0 {
			out = append(out, l)
			i = len(out) - 1
		}
		out[i].Debtors = append(out[i].Debtors, a.Debtor)
	}
	return out
}

// reason says why an answer is what it is; of an open one, what would settle
// it, and of a contested one, how it is read.
func reason(a law.Answer) string {
	if a.Why != "" {
		return a.Why
	}
	var words []string
	for _, d := range a.Deciders() {
		if d.Then == "either way" {
			words = append(words, "turns on "+strings.Join(d.Facts, ", "))
		} else {
			words = append(words, d.Then+" if "+strings.Join(d.Facts, " and "))
		}
	}
	return strings.Join(append(words, a.Readings...), "; ")
}

// awake reports whether an instrument could be in force: neither ended nor a
// text that no option has adopted.
func awake(in *model.Instrument) bool {
	return !in.HasEnded && in.Kind != "draft" && in.Kind != "offer"
}

// finish sums up what was run and says what must be known about it.
func (r *Record) finish() {
	r.Results = slices.DeleteFunc(r.Results, func(x Result) bool { return !x.Done })
	r.Partial = r.stopped
	all := len(r.History)
	r.History = slices.DeleteFunc(r.History, func(h *History) bool { return !h.Result.Done })
	if len(r.History) < all {
		r.Partial = true
		r.warnOf(finding.Partial, "", "the run was stopped before the views were held against the record")
	}
	r.keepLegal()
	r.summarise()
	r.findAlike()
	r.holdAgainst()
	r.warn()
}

// keepLegal drops the options that were not finished from the legal pictures.
func (r *Record) keepLegal() {
	for i := range r.Legal {
		r.Legal[i].Options = slices.DeleteFunc(r.Legal[i].Options, func(o string) bool {
			return !slices.ContainsFunc(r.Results, func(x Result) bool { return x.Option == o })
		})
	}
	r.Legal = slices.DeleteFunc(r.Legal, func(p LegalPicture) bool { return len(p.Options) == 0 })
}

// settledShare is the share of the same worlds in which an option must be
// better for it to count as better.
const settledShare = 0.95

// summarise sums up every view and, where records weigh the worlds, the views
// by them and all schools together.
func (r *Record) summarise() {
	if r.sums != nil {
		r.sumUpSums()
		return
	}
	r.sumUp()
	r.weigh()
	r.sumUpWeighted()
}

// upper is the rate at which so few events have a probability of alpha, by
// bisection.
func upper(events, trials int, alpha float64) float64 {
	if events >= trials {
		return 1
	}
	lo, hi := 0.0, 1.0
	for range 60 {
		mid := (lo + hi) / 2
		if special.BinomialCDF(events, trials, mid) > alpha {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

// warn gathers what a reader must know.
func (r *Record) warn() {
	switch {
	case r.stopped && len(r.Results) == len(r.Asked):
		r.warnOf(finding.Partial, "", "partial: stopped after %s, before all that was asked for was done", finding.Count(r.Worlds, "world"))
	case r.stopped:
		r.warnOf(finding.Partial, "", "partial: stopped after %d of %d options", len(r.Results), len(r.Asked))
	}
	if r.Worlds < FewWorlds {
		r.warnOf(finding.FewWorlds, "", "few worlds: %d for each view; below %d a range says little, and of one there is none", r.Worlds, FewWorlds)
	}
	r.warnWorlds()
	r.warnSums()
	r.warnEqual()
	if r.held == 0 && r.Design != GivenDesign {
		r.warnOf(finding.NoRecord, "", "the views are held against no record of the past: %s", r.heldHow())
	}
	for i := range r.Views {
		r.warnView(&r.Views[i])
	}
	r.Warnings = append(r.Warnings, r.rests...)
	r.warnWeights()
	r.warnOneSchool()
	r.warnReadings()
	r.warnDrift()
	r.warnUntil()
}

// heldHow says how a case without a record gets one.
func (r *Record) heldHow() string {
	if len(r.fitting) > 0 {
		return "name a case that plays the same crisis, such as " + r.fitting[0] + ", with against"
	}
	if len(r.unread) > 0 {
		return "use a shipped case that plays the same crisis and has one, and name it with against: " + firstOf(r.unread, 5, "cases")
	}
	return "write one in the case, record \"…\" { … }, since no other case with a record plays its crisis"
}

// warnOf adds a warning to the record.
func (r *Record) warnOf(kind finding.Kind, about, format string, args ...any) {
	r.Warnings = append(r.Warnings, finding.Warn(kind, about, format, args...))
}

func (r *Record) warnView(v *View) {
	if w, is := judged(*v); is {
		r.warnOf(w.Kind, w.About, "%s", w.Text)
	}
	r.warnChecks(v)
}

// warnUnions names the unions that do not take over what their views state of
// two assumptions: a mixture has no correlation but its own.
func (r *Record) warnUnions(m *model.Model, used []*model.Assumption) {
	for _, v := range r.c.Views {
		var left []string
		for _, name := range v.Union {
			for _, x := range m.View(name).Correlations {
				pair := x.A.Name + " and " + x.B.Name
				if slices.Contains(used, x.A) && slices.Contains(used, x.B) && !slices.ContainsFunc(v.Correlations, func(y model.Correlation) bool { return x.A == y.A && x.B == y.B || x.A == y.B && x.B == y.A }) && !slices.Contains(left, pair) {
					left = append(left, pair)
				}
			}
		}
		if len(left) > 0 {
			r.warnOf(finding.Uncorrelated, v.Name, "view %s: a union draws %s independently, which its views correlate; state the correlation in the union to have it", v.Name, strings.Join(left, ", "))
		}
	}
}

func percent(p float64) string {
	if p < 0.001 {
		return "less than 0.1 %"
	}
	return fmt.Sprintf("%.1f %%", 100*p)
}

// warnReadings names the articles whose readings differ or whose facts are
// open in a key event: the game counts them as soft promises.
func (r *Record) warnReadings() {
	open := r.mixedReadings()
	var words []string
	for a, s := range open {
		words = append(words, a+" ("+s+")")
	}
	sort.Strings(words)
	if len(words) > 0 {
		r.warnOf(finding.Mixed, "", "readings of law are mixed: %s count as soft promises in the game; choose a reading, or state the fact, in the case to settle them", strings.Join(words, ", "))
	}
}

// mixedReadings are the articles whose status in a key event is open, by address.
func (r *Record) mixedReadings() map[string]string {
	open := map[string]string{}
	for _, p := range r.Legal {
		for _, l := range p.Answers {
			if l.Status == "contested" || l.Status == "depends" {
				open[l.Article] = l.Status
			}
		}
	}
	return open
}

// warnDrift names the measures whose median moves by more than a tenth of its
// range between the two halves of the worlds.
func (r *Record) warnDrift() {
	words := r.drifting()
	if len(words) > 0 {
		r.warnOf(finding.NotConverged, "", "not converged: in %s the median differs between the two halves of the worlds by more than a tenth of the range (%s); use more worlds", finding.Count(len(words), "cell"), strings.Join(words[:min(len(words), 3)], ", "))
	}
}

// drifting names the cells whose median is not settled.
func (r *Record) drifting() []string {
	var words []string
	for _, res := range r.Results {
		for _, v := range res.Views {
			for _, s := range v.Summary {
				if s.Halves != nil && s.P05 != nil && *s.P95 > *s.P05 && s.drift() > 0.1*float64(*s.P95-*s.P05) {
					words = append(words, fmt.Sprintf("%s of %s under %s", s.Measure, res.Option, v.View))
				}
			}
		}
	}
	return words
}

// drift is at least how far the medians of the two halves lie apart.
func (s *Summary) drift() float64 {
	if s.HalvesError == nil {
		return float64(*s.Halves)
	}
	return float64(*s.Halves - *s.HalvesError)
}

// warnDay says which actors were no states on the day of the case, that a day long after
// every text of the model is judged by the law of the last of them and, of a day that is not
// the case's own, which texts hold no more, or not yet.
func (r *Record) warnDay(m *model.Model, c *model.Case) {
	if absent, _ := m.Absent(c, c.Date); len(absent) > 0 {
		r.warnOf(finding.Odd, "", "%s", model.Ungoverned(absent, c.Date))
	}
	const long = 2 * 366
	if last := m.LastText(); !last.IsZero() && c.Date > last+long {
		r.warnOf(finding.Outside, "", "no text of the model is of later than %s: the law of %s is taken to be as it stood then", last, c.Date)
	}
	if c.Moved.IsZero() {
		return
	}
	for _, off := range m.AdoptedOff(c) {
		r.warnOf(finding.Idle, c.Name, "%s", off)
	}
	now := binding(m, c, c.Date)
	gone := slices.DeleteFunc(binding(m, c, c.Moved), func(id string) bool { return slices.Contains(now, id) })
	if len(gone) == 0 {
		return
	}
	const most = 6
	names := strings.Join(gone[:min(most, len(gone))], ", ")
	if more := len(gone) - most; more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	how := "no longer bind"
	if c.Date < c.Moved {
		how = "did not bind yet"
	}
	r.warnOf(finding.Odd, "", "of the texts that bind those cast on the case's own day, %s, some %s on %s, %d in all: %s", c.Moved, how, c.Date, len(gone), names)
}

// binding are the texts of which somebody cast is a party on a day, in force then.
func binding(m *model.Model, c *model.Case, on data.Day) []string {
	book, states := law.Compile(m, on, nil), m.StatesCast(c)
	var out []string
	for _, in := range m.Instruments {
		if book.InForce(in.ID) && !in.Political && slices.ContainsFunc(states, func(s string) bool { return book.Party(s, in.ID) }) {
			out = append(out, in.ID)
		}
	}
	return out
}

// warnIdle repeats what check warns of in the case: whoever reads the record did not
// run it.
func (r *Record) warnIdle(m *model.Model, c *model.Case) {
	for _, d := range c.Doubts {
		r.warnOf(finding.Idle, c.Name, "%s", d)
	}
	acts, _ := crisis.UnmovedActs(m, c) // what cannot be made a game of is told when it is run
	for _, u := range acts {
		r.warnOf(finding.Idle, c.Name, "option %s: %s", u.Option.Name, u.Says(c))
	}
	spends, _ := crisis.UnreadSpends(m, c)
	for _, u := range spends {
		r.warnOf(finding.Idle, c.Name, "%s: %s", u.Of, u.Says(c))
	}
	if n, _ := crisis.ChainNowhere(m, c); n != nil {
		r.warnOf(finding.Idle, c.Name, "%s", n.Says(c))
	}
	parts, _ := crisis.IdleParts(m, c)
	for _, p := range parts {
		r.warnOf(finding.Idle, c.Name, "%s", p.Text)
	}
	if len(parts) > 0 {
		return // what never comes about reads nothing
	}
	said := func(at source.Pos) bool {
		return c.Doubted(at) || slices.ContainsFunc(acts, func(u crisis.Unmoved) bool { return u.Act.Pos == at }) ||
			slices.ContainsFunc(spends, func(u crisis.Unread) bool { return u.Spend.Pos == at })
	}
	clauses := crisis.UnmovedClauses(m, c, said)
	for _, x := range clauses {
		r.warnOf(finding.Idle, c.Name, "option %s: %s", x.Option.Name, x.Says(c))
	}
	for _, e := range crisis.EqualOptions(m, c, func(at source.Pos) bool {
		return said(at) || slices.ContainsFunc(clauses, func(x crisis.Clause) bool { return x.Pos == at })
	}) {
		r.warnOf(finding.Idle, c.Name, "%s", e.Says())
	}
}

// warnNever names the measures that no play of the case comes to, each under what it lacks;
// those of a crisis beside its case check has warned of.
func (r *Record) warnNever(c *model.Case) {
	if model.Beside(c) {
		return
	}
	var order []string
	of, why := map[string][]string{}, map[string]string{}
	for _, m := range r.Measures {
		if m.Never == "" || m.Record {
			continue
		}
		cause, _, _ := strings.Cut(m.Never, " comes about")
		if of[cause] == nil {
			order = append(order, cause)
		}
		if why[cause] == "" || len(m.Never) < len(why[cause]) {
			why[cause] = m.Never
		}
		of[cause] = append(of[cause], m.Name)
	}
	for _, cause := range order {
		names := of[cause]
		r.warnOf(finding.Undefined, names[0], "not possible in case %s, and not 0: %s; %s", c.Name, finding.And(names), why[cause])
	}
}

// warnUnread names what an option says in words that nothing in the game reads.
func (r *Record) warnUnread(m *model.Model, c *model.Case) {
	for _, o := range c.Options {
		for _, act := range o.Acts {
			if m.Unread(act) {
				r.warnOf(finding.Constant, o.Name, "option %s: %s %s changes no number, for the text has no rule; the law shows it (casus why), and in the game the settings beside it act", o.Name, act.Verb, act.Instrument)
			}
		}
	}
}

// warnNumbers names the numbers that a file restates, and counts those that were
// chosen with another case in mind.
func (r *Record) warnNumbers() {
	var restated []string
	borrowed, all := map[string][]string{}, 0
	for _, n := range r.Numbers {
		if !n.Solved {
			all++
		}
		if n.Restated != nil {
			restated = append(restated, fmt.Sprintf("%s (%s: %s)", n.Name, n.Restated.At, n.Restated.Says))
		}
		if n.borrowed(r.Case) {
			borrowed[n.MadeFor] = append(borrowed[n.MadeFor], n.Name)
		}
	}
	if len(restated) > 0 {
		r.warnOf(finding.Restated, "", "restated for this run: %s", firstOf(restated, 5, "assumptions"))
	}
	for _, k := range slices.Sorted(maps.Keys(borrowed)) {
		r.warnOf(finding.Borrowed, k, "%d of %d assumptions were made for case %s: %s; restate those that differ here", len(borrowed[k]), all, k, firstOf(borrowed[k], 4, "assumptions"))
	}
}

// lineOf is where something stands, as FILE:LINE.
func lineOf(p source.Pos) string { return fmt.Sprintf("%s:%d", p.File.Name, p.Line()) }

// borrowed reports whether a number was chosen for another case than this.
func (n *Assumption) borrowed(by string) bool { return n.MadeFor != "" && n.MadeFor != by && !n.Solved }

// firstOf joins the first names and counts the others as what they are.
func firstOf(names []string, most int, what string) string {
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more %s", strings.Join(names[:most], ", "), len(names)-most, what)
}
