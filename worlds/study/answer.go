package study

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/worlds/draw"
)

// AnswerVersion is the version of the JSON form of Answer.
const AnswerVersion = 1

// Answer holds what a run of a case found, as a person asks for it first: which
// option does best by each headline measure and by how much, where the schools
// agree and where they part, what the record says of them, and how sure this is.
// Every list may be empty, none is null. It is computed here and nowhere printed.
type Answer struct {
	Version  int    `json:"version"`
	Case     string `json:"case"`
	Title    string `json:"title"`
	Question string `json:"question"`
	Date     string `json:"date"`
	Horizon  int    `json:"horizon_years"`
	Partial  bool   `json:"partial"`
	Basis    string `json:"basis"` // record, schools, or the name of the only view
	Worlds   int    `json:"worlds"`
	Schools  int    `json:"schools"`
	// PartOf are the views that answer, where the case has schools that were not run.
	PartOf []string `json:"part_of_the_schools"`
	// Effective is how many equally weighted worlds the weighted ones are worth.
	Effective Float         `json:"effective_worlds"`
	Given     *Head         `json:"given"` // the condition that the heads share; null: none
	Heads     []Head        `json:"heads"`
	Untold    []Head        `json:"not_defined"` // measures to lead with that no option defines
	Rows      []AnswerRow   `json:"rows"`
	Leads     []Lead        `json:"leads"` // one for each head
	Accepted  *Lead         `json:"accepted"`
	Outright  []Outright    `json:"whether_or_not"` // the heads that can be asked without the condition
	Alike     [][]string    `json:"alike"`          // options that differ neither in the condition nor in any head by what matters
	Held      []HeldBy      `json:"schools_hold"`
	Criteria  []ByCriteria  `json:"by_criteria"` // of the heads that say which way is better
	Against   AgainstChance `json:"against_chance"`
	Parting   *Parting      `json:"parting"`
	Firm      []Firmness    `json:"firm"`  // of the heads that were played otherwise
	Moved     *Moved        `json:"moved"` // null: nothing moves by what matters, or nothing was played otherwise
	Record    RecordVerdict `json:"record"`
	Judged    int           `json:"rest_on_judgement_alone"` // at most, over the schools
	Of        int           `json:"assumptions"`
	Restated  int           `json:"restated"`
	Borrowed  []BorrowedOf  `json:"made_for_another_case"`
	Odd       []string      `json:"odd_day"`      // what is odd about asking this of this day
	Idle      []string      `json:"says_nothing"` // lines of the model that check warns of
	Unsettled int           `json:"cells_not_converged"`
	Sketched  Float         `json:"sketched_error,omitempty"` // by how much medians and ranges are off at most, as a share of the value of their rank; 0: nothing is sketched
	Mixed     int           `json:"articles_of_mixed_readings"`
	Warnings  int           `json:"warnings"`
	// Folder is that of the record, for the commands that show more; empty where
	// there is none.
	Folder string `json:"record_folder"`
}

// BorrowedOf counts the assumptions that were chosen for another case.
type BorrowedOf struct {
	Case        string `json:"case"`
	Assumptions int    `json:"assumptions"`
}

// Head is a measure that the answer leads with.
type Head struct {
	Measure  string  `json:"measure"`
	Title    string  `json:"title"`
	Headline string  `json:"headline"` // in a few words
	Unit     string  `json:"unit"`
	Better   string  `json:"better"`
	Matters  float64 `json:"matters"`
	Never    string  `json:"not_possible,omitempty"` // why no play comes to it, under any option
}

// AnswerRow is an option: how likely the condition is under it, and each head.
type AnswerRow struct {
	Option string `json:"option"`
	Label  string `json:"label"`
	Title  string `json:"title"`
	Given  *Float `json:"given"` // the mean probability of the condition
	// Mostly is the school that has most of what stands in the cells, since it agrees
	// most often; null where none speaks for the others.
	Mostly *SchoolWeight `json:"mostly"`
	Cells  []Summary     `json:"cells"`
}

// Lead says which options do best and which worst by a measure. Options within
// what matters of the best are as good. Empty lists: the measure is not defined
// under any option, or there is one option only.
type Lead struct {
	Measure string   `json:"measure"`
	Best    []string `json:"best"`
	Worst   []string `json:"worst"`
	Tie     bool     `json:"tie"`   // no two differ by what matters
	Never   []string `json:"never"` // options under which it is not defined
	// Sure is the share of the worlds in which the first of the best is better
	// than the first of the worst by at least what matters; null where they tie.
	Sure *Float `json:"sure"`
}

// HeldBy names the best option of each school by one measure, as each is stated.
type HeldBy struct {
	Measure string       `json:"measure"`
	Agreed  []string     `json:"agreed"` // best, or as good, under every school
	Views   []SchoolLead `json:"views"`
}

// SchoolLead names the best options of one school, and what each has there; Value is that
// of the first.
type SchoolLead struct {
	View   string   `json:"view"`
	Best   []string `json:"best"`
	Value  *Float   `json:"value"`
	Values []*Float `json:"values"` // of each of best
}

// Parting is where two schools part most: the measure of an option of which they
// say the most different things, in ranges (5–95 %) of the wider of the two.
type Parting struct {
	Measure   string `json:"measure"`
	Option    string `json:"option"`
	Low       string `json:"low_view"`
	High      string `json:"high_view"`
	LowValue  Float  `json:"low"`
	HighValue Float  `json:"high"`
	Turns     *Turn  `json:"turns_on"`    // null: no assumption alone closes much of it, or that could not be told
	Tried     bool   `json:"turns_known"` // whether it could: there are worlds that mix the schools
}

// RecordVerdict tells what the record says of the schools.
type RecordVerdict struct {
	For     string         `json:"speaks_for"` // the school it speaks for most; empty: none weighs
	Against string         `json:"over"`       // and the one for which it speaks least
	Factor  *Float         `json:"log_bayes_factor"`
	Error   *Float         `json:"log_bayes_factor_error"`
	Refuted []RefutedView  `json:"refuted"`
	Doubted []RefutedView  `json:"contradicted"` // on other records than those that refute it
	Shares  []SchoolWeight `json:"shares"`
}

// SchoolWeight is the weight that the record gives a school.
type SchoolWeight struct {
	View  string `json:"view"`
	Share Float  `json:"share"`
}

// RefutedView is a view and the records that refute, or contradict, it.
type RefutedView struct {
	View    string   `json:"view"`
	Records []string `json:"records"`
	HeldOut int      `json:"held_out"` // of the records, those that carry no weight
}

func (v *RefutedView) add(c Check) {
	v.Records = append(v.Records, c.Record)
	if c.Role != Weighs {
		v.HeldOut++
	}
}

// Answer computes the answer of a record. What a parting turns on needs the
// draws: see ReadDraws.
func (r *Record) Answer() *Answer {
	a := &Answer{Version: AnswerVersion, Case: r.Case, Title: r.Title, Question: r.Question, Date: r.Date, Horizon: r.Horizon, Partial: r.Partial,
		Worlds: r.Worlds, PartOf: []string{}, Heads: []Head{}, Rows: []AnswerRow{}, Leads: []Lead{}, Untold: []Head{}, Outright: []Outright{}, Alike: [][]string{}, Held: []HeldBy{}, Criteria: []ByCriteria{}, Firm: []Firmness{}, Borrowed: []BorrowedOf{}, Odd: []string{}, Idle: []string{}, Warnings: len(r.Warnings)}
	if r.Summed != nil {
		a.Sketched = r.Summed.Error
	}
	a.Record = r.verdict()
	a.doubts(r)
	if len(r.Results) == 0 || len(r.Views) == 0 {
		return a
	}
	b := r.answerBasis(a)
	ks := b.headlines()
	for _, k := range ks {
		a.Heads = append(a.Heads, head(r.Measures[k]))
	}
	a.Untold = b.untold(a.Heads)
	g := b.given(ks)
	if g >= 0 {
		h := head(r.Measures[g])
		a.Given = &h
	}
	a.rows(b, ks, g)
	for _, k := range ks {
		a.Leads = append(a.Leads, b.lead(k))
	}
	if g >= 0 {
		l := b.lead(g)
		a.Accepted = &l
		a.Outright = b.outright(ks, l.Never)
	}
	a.Alike = b.alike(columns(ks, g))
	r.schoolsHold(a, ks)
	a.Criteria = r.byCriteria(ks)
	a.Firm = r.firm(ks)
	a.Moved = r.moved(ks)
	return a
}

func head(m Measure) Head {
	return Head{m.Name, m.Title, cmp.Or(m.Headline, m.Title), m.Unit, m.Better, m.Matters, m.Never}
}

// Praised are the options that come first by some measure by which not nearly all tie,
// each once, in the order of the measures.
func (a *Answer) Praised() []AnswerRow {
	var out []AnswerRow
	for i := range a.Leads {
		l := &a.Leads[i]
		if len(l.Best) == 0 || l.Tie || a.NearlyAll(l) || a.Alone(l) {
			continue
		}
		for _, r := range a.Rows {
			if r.Option == l.Best[0] && !slices.ContainsFunc(out, func(x AnswerRow) bool { return x.Option == r.Option }) {
				out = append(out, r)
			}
		}
	}
	return out
}

// Next is the number to ask next: that of which the schools say the most different
// things, or of the first measure under the best option. Both are empty where
// nothing was found, and where there are no rows to ask.
func (a *Answer) Next() (measure, option string) {
	if a.Sketched > 0 {
		return "", ""
	}
	if p := a.Parting; p != nil {
		return p.Measure, p.Option
	}
	for _, l := range a.Leads {
		if len(l.Best) > 0 {
			return l.Measure, l.Best[0]
		}
	}
	return "", ""
}

// Unsure is the condition, as --where writes it, under which the order of the best
// and the worst option turns round, by the first measure of which that order is not
// settled in all worlds; empty where there is none.
func (a *Answer) Unsure() string {
	i := a.unsettled()
	if i < 0 {
		return ""
	}
	op, l := " > ", a.Leads[i]
	if a.Heads[i].Better == "lower" {
		op = " < "
	}
	return l.Measure + "[" + l.Worst[0] + "]" + op + l.Measure + "[" + l.Best[0] + "]"
}

// unsettled is the first measure by which the order of the best and the worst option
// is not the same in all worlds; -1 where there is none.
func (a *Answer) unsettled() int {
	return slices.IndexFunc(a.Leads, func(l Lead) bool { return l.Sure != nil && *l.Sure != 1 && len(l.Best) > 0 && len(l.Worst) > 0 })
}

// Contest is a measure with the best and the worst option by it: that of Unsure, or
// the first of which there are two. All are empty where there is none.
func (a *Answer) Contest() (measure, best, worst string) {
	i := a.unsettled()
	if i < 0 {
		i = slices.IndexFunc(a.Leads, func(l Lead) bool { return len(l.Best) > 0 && len(l.Worst) > 0 && l.Best[0] != l.Worst[0] })
	}
	if i < 0 {
		return "", "", ""
	}
	return a.Leads[i].Measure, a.Leads[i].Best[0], a.Leads[i].Worst[0]
}

// answerBasis are the worlds that answer: those of all schools together by the
// record, or with equal shares where no record weighs, or of the only view.
type answerBasis struct {
	sheet
	cells [][]Summary // by option and measure
}

func (r *Record) answerBasis(a *Answer) answerBasis {
	b := answerBasis{}
	schools := r.schools()
	a.Schools = len(schools)
	if len(r.LeftOut) > 0 {
		for _, v := range schools {
			a.PartOf = append(a.PartOf, r.Views[v].Name)
		}
	}
	switch {
	case r.sums != nil:
		b.sheet = r.basisOfSums(a, schools)
	case r.pool != nil && !r.pool.impossible() && len(schools) > 1:
		a.Basis, a.Effective = "record", Float(draw.Effective(r.pool.weights))
		b.sheet = r.over(r.pooled, r.pool.weights)
	case r.weights != nil && len(schools) == 1 && draw.Effective(r.weights[schools[0]]) > 0:
		a.Basis, a.Effective = "record", Float(draw.Effective(r.weights[schools[0]]))
		b.sheet = r.over(r.of(schools[0]), r.weights[schools[0]])
	case len(schools) == 1:
		a.Basis, a.Effective = r.Views[schools[0]].Name, Float(r.Worlds)
		b.sheet = r.over(r.of(schools[0]), nil)
	default:
		p := &pool{schools: schools}
		a.Basis, a.Effective = "schools", Float(r.Worlds*len(schools))
		b.sheet = r.over(func(i, k int) []float64 {
			return p.column(r.Worlds, func(v int) []float64 { return r.Results[i].Views[v].Values[k] })
		}, nil)
	}
	for i := range r.Results {
		b.cells = append(b.cells, b.summaries(i))
	}
	return b
}

// screenHeads are how many measures a screen leads with.
const screenHeads = 5

// headlines are the measures to lead with: those that say so, or else the first
// that say which way is better; what is defined under no option is passed over.
// Where conditions differ, those of the first stay.
func (b answerBasis) headlines() []int {
	said, conditional, plain := []int{}, []int{}, []int{}
	for k, m := range b.r.Measures {
		switch {
		case m.Record || !b.defined(k) || b.r.conditions(k):
		case b.r.leads(k):
			said = append(said, k)
		case m.Better != "" && m.Given != "":
			conditional = append(conditional, k)
		case m.Given == "":
			plain = append(plain, k)
		}
	}
	for _, ks := range [][]int{said, conditional, plain} {
		if len(ks) > 0 {
			ks = slices.DeleteFunc(ks, func(k int) bool { return b.r.Measures[k].Given != b.r.Measures[ks[0]].Given })
			return ks[:min(len(ks), screenHeads)]
		}
	}
	return nil
}

// untold are the measures that say that they lead and are defined under no option;
// those that are led with under another condition are told.
func (b answerBasis) untold(heads []Head) []Head {
	out := []Head{}
	for k, m := range b.r.Measures {
		h := head(m)
		same := func(o Head) bool { return o.Headline == h.Headline }
		if m.Headline != "" && !m.Record && !b.defined(k) && !b.r.conditions(k) && !slices.ContainsFunc(heads, same) && !slices.ContainsFunc(out, same) {
			out = append(out, h)
		}
	}
	return out
}

func (b answerBasis) defined(k int) bool {
	return slices.ContainsFunc(b.cells, func(c []Summary) bool { return c[k].Median != nil })
}

// given is the condition of the headlines, or -1 where it is certain under every
// option, so that nothing is said by it.
func (b answerBasis) given(ks []int) int {
	if len(ks) == 0 {
		return -1
	}
	g := b.r.given(ks[0])
	if g < 0 || !slices.ContainsFunc(b.cells, func(c []Summary) bool { return c[g].Mean == nil || *c[g].Mean < 1 }) {
		return -1
	}
	return g
}

func (a *Answer) rows(b answerBasis, ks []int, g int) {
	for i, x := range b.r.Results {
		row := AnswerRow{Option: x.Option, Label: b.r.Label(x.Option), Title: x.Title}
		if g >= 0 {
			row.Given = b.cells[i][g].Mean
			if a.Basis == "record" {
				row.Mostly = b.r.oneSchool(i, g)
			}
		}
		for _, k := range ks {
			row.Cells = append(row.Cells, b.cells[i][k])
		}
		a.Rows = append(a.Rows, row)
	}
}

// Label names an option in a few plain words, in quotes where a sentence would read
// them as its own.
func (r *Record) Label(option string) string {
	return label(r.Labels[option], option)
}

func label(short, name string) string {
	words := cmp.Or(short, strings.ReplaceAll(name, "_", " "))
	first, _, _ := strings.Cut(strings.ToLower(words), " ")
	if slices.Contains(quantifiers, first) {
		return "“" + words + "”"
	}
	return words
}

// quantifiers begin names that a sentence would take for words of its own: neither
// "nothing does better" nor "no accord does worst" is said of an option so called.
var quantifiers = []string{"no", "nothing", "none", "nobody", "neither", "either", "both", "all", "any", "anything", "each", "every", "everything", "some", "something", "other", "others", "another", "it", "that", "these", "they"}

// middle gives the number options are ranked by: the median, or of a condition its mean,
// as the table shows it.
func (b answerBasis) middle(i, k int) *Float {
	if b.r.conditions(k) {
		return b.cells[i][k].Mean
	}
	return b.cells[i][k].Median
}

// lead finds the best and the worst options by a measure.
func (b answerBasis) lead(k int) Lead {
	ms := b.r.Measures[k]
	l := Lead{Measure: ms.Name, Best: []string{}, Worst: []string{}, Never: []string{}}
	var in []int
	for i, x := range b.r.Results {
		m := b.middle(i, k)
		if m == nil || b.r.conditions(k) && *m == 0 {
			l.Never = append(l.Never, x.Option)
			continue
		}
		in = append(in, i)
	}
	if len(in) == 0 {
		return l
	}
	value := func(i int) float64 { return float64(*b.middle(i, k)) }
	slices.SortStableFunc(in, func(x, y int) int { return cmp.Compare(ms.worth(value(y)), ms.worth(value(x))) })
	first, last := in[0], in[len(in)-1]
	for _, i := range in {
		if ms.same(value(i), value(first)) {
			l.Best = append(l.Best, b.r.Results[i].Option)
		}
	}
	for _, i := range slices.Backward(in) {
		if ms.same(value(i), value(last)) {
			l.Worst = append(l.Worst, b.r.Results[i].Option)
		}
	}
	if l.Tie = ms.same(value(first), value(last)); !l.Tie {
		l.Sure = FloatOf(b.ahead(first, last, k))
	}
	return l
}

// worth is a value with more being better. A measure that does not say which way
// is better is ranked from the most to the least.
func (m Measure) worth(x float64) float64 {
	if m.Better == "lower" {
		return -x
	}
	return x
}

// same reports whether two values differ by less than what matters.
func (m Measure) same(x, y float64) bool {
	return x == y || math.Abs(x-y) < m.Matters*(1-1e-9)
}

// columns lists the columns of the table: the condition, where there is one, and the
// heads.
func columns(ks []int, given int) []int {
	if given < 0 {
		return ks
	}
	return append([]int{given}, ks...)
}

// alike groups the options of which no two differ by what matters in any of the
// columns ks. A group of one is none.
func (b answerBasis) alike(ks []int) [][]string {
	groups := [][]int{}
	for i := range b.cells {
		at := slices.IndexFunc(groups, func(g []int) bool {
			return !slices.ContainsFunc(g, func(j int) bool { return !b.equal(j, i, ks) })
		})
		if at < 0 {
			groups = append(groups, []int{i})
		} else {
			groups[at] = append(groups[at], i)
		}
	}
	out := [][]string{}
	for _, g := range groups {
		if len(g) > 1 {
			var names []string
			for _, i := range g {
				names = append(names, b.r.Results[i].Option)
			}
			out = append(out, names)
		}
	}
	return out
}

func (b answerBasis) equal(i, j int, ks []int) bool {
	return !slices.ContainsFunc(ks, func(k int) bool {
		x, y := b.middle(i, k), b.middle(j, k)
		return x == nil || y == nil || !b.r.Measures[k].same(float64(*x), float64(*y))
	})
}

// schoolsHold says what each school holds best by each head, and where two part
// most.
func (r *Record) schoolsHold(a *Answer, ks []int) {
	schools := r.schools()
	if len(schools) < 2 || len(r.Results) < 2 {
		return
	}
	for _, k := range ks {
		if r.Measures[k].Better == "" {
			continue
		}
		h := HeldBy{Measure: r.Measures[k].Name, Agreed: []string{}}
		for _, v := range schools {
			h.Views = append(h.Views, r.schoolLead(v, k))
		}
		for _, o := range h.Views[0].Best {
			if !slices.ContainsFunc(h.Views, func(x SchoolLead) bool { return !slices.Contains(x.Best, o) }) {
				h.Agreed = append(h.Agreed, o)
			}
		}
		a.Held = append(a.Held, h)
	}
	a.Against = r.againstChance(ks)
	a.Parting = r.parting(ks)
}

func (r *Record) schoolLead(v, k int) SchoolLead {
	b := answerBasis{sheet: r.viewSheet(v)}
	for _, x := range r.Results {
		b.cells = append(b.cells, x.Views[v].Summary)
	}
	l := b.lead(k)
	out := SchoolLead{View: r.Views[v].Name, Best: l.Best, Values: []*Float{}}
	for _, o := range l.Best {
		out.Values = append(out.Values, b.middle(slices.IndexFunc(r.Results, func(x Result) bool { return x.Option == o }), k))
	}
	if len(l.Best) > 0 {
		out.Value = out.Values[0]
	}
	return out
}

// AgainstChance holds the schools against chance: in how many of the numbers of the heads, one
// for each option under which every school has it, the medians of the schools lie
// further apart than those of the two halves of the worlds of any school. No number is
// counted where there are fewer than FewWorlds, whose halves tell nothing of chance, or
// where a half of a school has no median.
type AgainstChance struct {
	Numbers int `json:"numbers"`
	Schools int `json:"schools_further_apart"`
}

func (r *Record) againstChance(ks []int) AgainstChance {
	s := AgainstChance{}
	if r.Worlds < FewWorlds {
		return s
	}
	for _, k := range ks {
		for i, x := range r.Results {
			low, high := r.ends(i, k)
			chance, told := r.halvesApart(i, k)
			if low < 0 || !told {
				continue
			}
			s.Numbers++
			if float64(*x.Views[high].Summary[k].Median-*x.Views[low].Summary[k].Median) > chance {
				s.Schools++
			}
		}
	}
	return s
}

// halvesApart is how far the medians of the halves of a school's worlds lie apart in a
// cell, at most; not told where a school has no such halves.
func (r *Record) halvesApart(i, k int) (apart float64, told bool) {
	for _, v := range r.schools() {
		h := r.Results[i].Views[v].Summary[k].Halves
		if h == nil {
			return 0, false
		}
		apart = max(apart, float64(*h))
	}
	return apart, true
}

// parting finds the cell of which two schools say the most different things, by
// what matters of its measure; a difference that does not matter is none.
func (r *Record) parting(ks []int) *Parting {
	var out *Parting
	most := 0.0
	for _, k := range ks {
		for i, x := range r.Results {
			low, high := r.ends(i, k)
			if low < 0 || r.Measures[k].same(float64(*x.Views[low].Summary[k].Median), float64(*x.Views[high].Summary[k].Median)) {
				continue
			}
			lo, hi := *x.Views[low].Summary[k].Median, *x.Views[high].Summary[k].Median
			if by := r.gap(i, k, float64(lo), float64(hi)); by > most {
				most = by
				out = &Parting{Measure: r.Measures[k].Name, Option: x.Option, Low: r.Views[low].Name, High: r.Views[high].Name, LowValue: lo, HighValue: hi}
				out.Turns, out.Tried = r.turn(i, k, low, high)
			}
		}
	}
	return out
}

// ends are the schools with the least and the most of a cell; -1 where one has
// none.
func (r *Record) ends(i, k int) (low, high int) {
	schools := r.schools()
	low, high = schools[0], schools[0]
	for _, v := range schools {
		m := r.Results[i].Views[v].Summary[k].Median
		switch {
		case m == nil:
			return -1, -1
		case *m < *r.Results[i].Views[low].Summary[k].Median:
			low = v
		case *m > *r.Results[i].Views[high].Summary[k].Median:
			high = v
		}
	}
	return low, high
}

// gap is the distance of two schools in a cell, counted in what matters of the
// measure; of one that does not say, in twentieths of the wider range (5–95 %).
func (r *Record) gap(i, k int, lo, hi float64) float64 {
	if m := r.Measures[k].Matters; m > 0 {
		return (hi - lo) / float64(m)
	}
	wide := 0.0
	for _, v := range r.schools() {
		if s := r.Results[i].Views[v].Summary[k]; s.P05 != nil && s.P95 != nil {
			wide = max(wide, float64(*s.P95-*s.P05))
		}
	}
	if wide == 0 {
		return math.Inf(1)
	}
	return 20 * (hi - lo) / wide
}

// verdict tells what the record says of the schools.
func (r *Record) verdict() RecordVerdict {
	out := RecordVerdict{Refuted: []RefutedView{}, Doubted: []RefutedView{}, Shares: []SchoolWeight{}}
	for _, v := range r.schools() {
		refuted, doubted := RefutedView{View: r.Views[v].Name}, RefutedView{View: r.Views[v].Name}
		for _, h := range r.History {
			for _, c := range h.Checks {
				switch {
				case c.View != r.Views[v].Name || c.Role == Opposed || !c.Unlikely && !c.Refuted:
				case c.Refuted:
					refuted.add(c)
				default:
					doubted.add(c)
				}
			}
		}
		if len(refuted.Records) > 0 {
			out.Refuted = append(out.Refuted, refuted)
		}
		if len(doubted.Records) > 0 {
			out.Doubted = append(out.Doubted, doubted)
		}
	}
	if r.Weights == nil || r.Weights.Union == nil {
		return out
	}
	for _, w := range r.Weights.Views {
		if w.School && w.Share != nil {
			out.Shares = append(out.Shares, SchoolWeight{w.View, *w.Share})
		}
	}
	if len(out.Shares) < 2 {
		return out
	}
	out.For = slices.MaxFunc(out.Shares, func(x, y SchoolWeight) int { return cmp.Compare(x.Share, y.Share) }).View
	out.Against = slices.MinFunc(out.Shares, func(x, y SchoolWeight) int { return cmp.Compare(x.Share, y.Share) }).View
	for _, f := range r.Weights.Factors {
		switch {
		case f.Log == nil:
		case f.View == out.For && f.Against == out.Against:
			out.Factor, out.Error = f.Log, f.Error
		case f.View == out.Against && f.Against == out.For:
			out.Factor, out.Error = FloatOf(-float64(*f.Log)), f.Error
		}
	}
	return out
}

// doubts counts what the numbers rest on and how far they are settled.
func (a *Answer) doubts(r *Record) {
	for _, v := range r.schools() {
		if v < len(r.Views) && r.Views[v].Judged >= a.Judged {
			a.Judged, a.Of = r.Views[v].Judged, r.Views[v].Of
		}
	}
	a.numbers(r)
	for _, w := range r.Warnings {
		if w.About == "" && (w.Kind == finding.Odd || w.Kind == finding.Outside) {
			a.Odd = append(a.Odd, w.Text)
		}
		if w.Kind == finding.Idle {
			a.Idle = append(a.Idle, w.Text)
		}
	}
	a.Unsettled = len(r.drifting())
	a.Mixed = len(r.mixedReadings())
}

// numbers counts what was restated, and what was chosen for another case.
func (a *Answer) numbers(r *Record) {
	from := map[string]int{}
	for _, n := range r.Numbers {
		if n.Restated != nil {
			a.Restated++
		}
		if n.borrowed(r.Case) {
			from[n.MadeFor]++
		}
	}
	for _, k := range slices.Sorted(maps.Keys(from)) {
		a.Borrowed = append(a.Borrowed, BorrowedOf{k, from[k]})
	}
}
