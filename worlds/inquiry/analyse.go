package inquiry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/special"
	"casus/worlds/discovery"
	"casus/worlds/sensitivity"
	"casus/worlds/study"
)

// The methods of an analysis.
const (
	GivenData = "given"    // first-order indices
	DeltaOf   = "delta"    // moment-independent importance
	Regional  = "regional" // what sets rows of interest apart, input by input
	PRIM      = "prim"
	CART      = "cart"
	Stacking  = "stack"
)

// Methods lists them in the order of a report.
func Methods() []string { return []string{GivenData, DeltaOf, Regional, PRIM, CART, Stacking} }

// MostInputs bounds the inputs of an analysis that nobody has named.
const MostInputs = 500

// AnalysisPlan says what to analyse in a table. The zero value of a field is
// its default.
type AnalysisPlan struct {
	Outputs  []string // the last column
	Inputs   []string // all columns but the outputs and those of Interest
	Methods  []string // all that the table allows
	Interest string   // a proposition; an output of truths, or of 0 and 1, is one
	Search   SearchPlan
}

// SearchPlan says how to search for the conditions of interest, and how
// intervals are made.
type SearchPlan struct {
	PRIM discovery.Options
	// Box is the number of the box to describe, from 0; negative: the one with
	// most coverage of density PRIM.Threshold.
	Box int
	// QP gives up limits of the box described whose quasi-p-value is above it;
	// 0 keeps all.
	QP      float64
	Leaf    int // least rows in a leaf of the tree
	Bins    int // of an input in stacking
	Seed    uint64
	Workers int
}

// Analysis holds everything that a report on a table shows.
type Analysis struct {
	finding.Head
	File    string           `json:"file"`
	Rows    int              `json:"rows"`
	Unread  int              `json:"rows_not_read"` // of the file: they do not parse
	Seed    uint64           `json:"seed"`
	Methods []string         `json:"methods"`
	Inputs  []AnalysedColumn `json:"inputs"`
	Outputs []AnalysedColumn `json:"outputs"`
	Dropped []DroppedColumn  `json:"left_out"`
	Shares  []Importance     `json:"sensitivity"` // by output
	Found   *Findings        `json:"discovery"`   // nil where nothing is of interest
	Notes   []string         `json:"notes"`
}

// AnalysedColumn says what a column is.
type AnalysedColumn struct {
	Name    string          `json:"name"`
	Title   string          `json:"title,omitempty"`
	Unit    string          `json:"unit,omitempty"`
	Kind    data.ColumnKind `json:"kind"`
	Missing int             `json:"missing"`
	// NotFinite counts the infinite numbers: compared where a condition asks, left
	// out elsewhere.
	NotFinite int          `json:"not_finite,omitempty"`
	Min       *study.Float `json:"min"` // of the finite numbers; nil of text
	Max       *study.Float `json:"max"`
	Values    int          `json:"values,omitempty"` // different texts
}

// DroppedColumn is a column that takes no part, and why.
type DroppedColumn struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// Importance says how much each input matters to one output.
type Importance struct {
	Output string              `json:"output"`
	First  *sensitivity.Ratios `json:"first_order"`
	Delta  *sensitivity.Deltas `json:"delta"`
}

// analyser is an analysis at work.
type analyser struct {
	ctx     context.Context
	t       *data.Columns // rows in an order of their own, see settle
	at      []int         // which row of the file each is
	plan    AnalysisPlan
	inputs  []*data.Column
	outputs []*data.Column
	roles   map[string]study.ColumnRole // of a table of a record, see rolesOf
	out     *Analysis
}

// Analyse says which inputs of a table drive its outputs and under what
// conditions rows are of interest. Unread counts rows of the file that the table
// lacks. It fails when a column is unknown or of no kind, when nothing is left to
// explain, when a method that was asked for cannot be used, or when ctx is done.
//
// Rows are put into an order of their own first, by their values, so that their
// order in the file changes nothing; the number of workers does not either.
func Analyse(ctx context.Context, t *data.Columns, unread int, plan AnalysisPlan) (*Analysis, error) {
	a := &analyser{ctx: ctx, t: t, plan: plan, out: &Analysis{Head: finding.New("analyse", []finding.File{{Name: t.File, SHA256: t.SHA256}}, finding.Basis{}), File: t.File, Rows: t.Rows, Unread: unread,
		Seed: plan.Search.Seed, Methods: []string{}, Dropped: []DroppedColumn{}, Shares: []Importance{}, Notes: []string{}}}
	for _, m := range plan.Methods {
		if !slices.Contains(Methods(), m) {
			return nil, source.Hint(source.Misused("unknown method %q", m), source.Among(m, Methods()))
		}
	}
	if t.Rows == 0 {
		return nil, fmt.Errorf("%s: the table has no rows", t.File)
	}
	a.out.Notes = append(a.out.Notes, t.Said...)
	interest, err := a.choose()
	if err != nil {
		return nil, err
	}
	if err := a.importance(); err != nil {
		return nil, err
	}
	if interest != nil {
		if err := a.find(interest); err != nil {
			return nil, err
		}
	}
	return a.out, a.ctx.Err()
}

// wants reports whether a method is to be used, and asked whether it was named.
func (a *analyser) wants(method string) bool { return len(a.plan.Methods) == 0 || a.asked(method) }
func (a *analyser) asked(method string) bool { return slices.Contains(a.plan.Methods, method) }

func (a *analyser) note(format string, args ...any) {
	a.out.Notes = append(a.out.Notes, fmt.Sprintf(format, args...))
}

// choose settles which columns take part, and puts the rows in order.
func (a *analyser) choose() (*Proposition, error) {
	outputs, err := a.named()
	if err != nil {
		return nil, err
	}
	interest, err := a.interest(outputs)
	if err != nil {
		return nil, err
	}
	inputs := a.plan.Inputs
	if len(inputs) == 0 {
		for i := range a.t.List {
			c := &a.t.List[i]
			if slices.Contains(outputs, c.Name) || interest != nil && slices.Contains(interest.Columns, c.Name) || a.unfit(c) || a.notToExplain(c) || a.numbersRows(c) {
				continue
			}
			inputs = append(inputs, c.Name)
		}
		if len(inputs) > MostInputs {
			return nil, source.Misused("%s: %d columns could be inputs, and %d at most are taken unasked; name the inputs", a.t.File, len(inputs), MostInputs)
		}
	}
	if a.outputs, err = a.columns("output", outputs); err != nil {
		return nil, err
	}
	if a.inputs, err = a.columns("input", inputs); err != nil {
		return nil, err
	}
	for _, c := range a.inputs {
		if slices.Contains(outputs, c.Name) {
			return nil, source.Misused("column %q is an input and an output; name it once", c.Name)
		}
		if interest != nil && slices.Contains(interest.Columns, c.Name) {
			a.note("what is of interest is said of the input %s itself: limits on it tell nothing new", c.Name)
		}
	}
	a.settle()
	a.drop()
	if len(a.inputs) == 0 {
		return nil, fmt.Errorf("%s: no input is left%s", a.t.File, a.dropped())
	}
	a.correlations()
	return interest, a.describe(interest)
}

// named are the outputs asked for; where there are none, one is chosen and said.
func (a *analyser) named() ([]string, error) {
	a.roles = rolesOf(a.t)
	if len(a.plan.Outputs) > 0 {
		a.drawnOutputs(a.plan.Outputs)
		return a.plan.Outputs, nil
	}
	if a.roles != nil {
		last, err := a.lastOutcome()
		return []string{last}, err
	}
	last, passed := a.lastColumn()
	a.note("no output was named: the last column%s, %s, is taken for it", passed, last)
	return []string{last}, nil
}

// lastColumn is the last column that can be read as numbers and says more of a row
// than which it is; passed says that another stands behind it.
func (a *analyser) lastColumn() (name, passed string) {
	for i, c := range slices.Backward(a.t.List) {
		switch {
		case c.Unfit != nil || c.Kind == data.Words:
			passed = " of numbers"
		case rowNumbers(&c):
			passed = " that does not number the rows"
		default:
			return a.t.List[i].Name, passed
		}
	}
	return a.t.List[len(a.t.List)-1].Name, ""
}

// numbersRows leaves out a column that nobody asked for and that only says which
// row is which: whatever an order of rows goes with, it would explain.
func (a *analyser) numbersRows(c *data.Column) bool {
	if !rowNumbers(c) {
		return false
	}
	a.out.Dropped = append(a.out.Dropped, DroppedColumn{c.Name, "it numbers the rows; name it as an input to take it"})
	return true
}

// fewestNumbered is how many rows a column numbers at least: among fewer, a
// counter may be a design.
const fewestNumbered = 16

// rowNames lists the usual names of columns of row numbers. A year or a size may count
// up too; of such names nothing is left out that does not count all rows.
var rowNames = []string{"", "case", "experiment", "experiment_id", "id", "idx", "index", "no", "nr", "number", "obs", "row", "row_id", "rowid", "run", "run_id", "sample", "sample_id", "scenario", "scenario_id", "unnamed: 0", "world"}

// rowNumbers reports whether a column says only which row is which: it counts the
// rows from 0 or 1, or is called so and counts, again from its first number in each
// part of the file, or never says a number twice.
func rowNumbers(c *data.Column) bool {
	if c.Unfit != nil || c.Kind != data.Numbers || len(c.Numbers) < fewestNumbered {
		return false
	}
	first := c.Numbers[0]
	whole, counts, again := true, true, true
	for i, x := range c.Numbers {
		whole = whole && x == math.Trunc(x)
		counts = counts && x == first+float64(i)
		again = again && (x == first || i > 0 && x == c.Numbers[i-1]+1)
	}
	fromStart := first == 0 || first == 1
	called := slices.Contains(rowNames, strings.ToLower(strings.TrimSpace(c.Name)))
	return whole && (counts && fromStart || called && (again && c.Distinct(3) > 2 || c.Distinct(len(c.Numbers)+1) == len(c.Numbers)))
}

// unfit leaves out a column that nobody asked for and whose type cannot be used,
// such as one of dates. A cell at fault has a place, and is a mistake instead.
func (a *analyser) unfit(c *data.Column) bool {
	if c.Unfit == nil || c.Unfit.Line > 0 {
		return false
	}
	a.out.Dropped = append(a.out.Dropped, DroppedColumn{c.Name, c.Unfit.Msg})
	return true
}

// interest is the proposition asked for, or an output that is one already.
func (a *analyser) interest(outputs []string) (*Proposition, error) {
	text := a.plan.Interest
	if text == "" {
		for _, name := range outputs {
			if c := a.t.Column(name); text == "" && c != nil && isTruth(c) {
				text = name
			}
		}
		if text == "" {
			return nil, nil
		}
		a.note("%s is 1 or 0 in every row: 1 is of interest", text)
	}
	return NewProposition("--interest", text, a.t)
}

func isTruth(c *data.Column) bool {
	if c.Kind == data.Truths {
		return true
	}
	return c.Kind == data.Numbers && c.Distinct(3) == 2 && !slices.ContainsFunc(c.Compared(), func(x float64) bool { return x != 0 && x != 1 && !math.IsNaN(x) })
}

// columns finds columns by name, each once.
func (a *analyser) columns(what string, names []string) ([]*data.Column, error) {
	var out []*data.Column
	for i, name := range names {
		c := a.t.Column(name)
		switch {
		case c == nil:
			return nil, source.Hint(source.Misused("%s: no column %q", a.t.File, name), source.Among(name, a.t.Names()))
		case slices.Contains(names[:i], name):
			return nil, source.Misused("%s %q is named twice", what, name)
		case c.Unfit != nil:
			return nil, *c.Unfit
		}
		out = append(out, c)
	}
	return out, nil
}

// settle orders the rows by the values of the columns that take part, so that
// methods that draw rows by their place do not depend on the file's order. Rows
// that are equal in all of them are the same to every method.
func (a *analyser) settle() {
	a.at = make([]int, a.t.Rows)
	for i := range a.at {
		a.at[i] = i
	}
	used := slices.Concat(a.inputs, a.outputs)
	slices.SortStableFunc(a.at, func(i, k int) int {
		for _, c := range used {
			if c.Kind == data.Words {
				if d := strings.Compare(c.Texts[i], c.Texts[k]); d != 0 {
					return d
				}
				continue
			}
			xs := c.Compared()
			if d := cmp.Compare(xs[i], xs[k]); d != 0 { // NaN first
				return d
			}
		}
		return 0
	})
	own := &data.Columns{File: a.t.File, Rows: a.t.Rows}
	for _, c := range a.t.List {
		own.List = append(own.List, c.Rearranged(a.at))
	}
	a.t = own
	for i := range a.inputs {
		a.inputs[i] = own.Column(a.inputs[i].Name)
	}
	for i := range a.outputs {
		a.outputs[i] = own.Column(a.outputs[i].Name)
	}
}

// drop leaves out the inputs that can tell nothing, and says why.
func (a *analyser) drop() {
	var dropped []DroppedColumn
	a.inputs, dropped = telling(a.inputs, a.t.Rows)
	a.out.Dropped = append(a.out.Dropped, dropped...)
}

// telling parts the columns that can tell rows apart from the others, with why
// these cannot.
func telling(columns []*data.Column, rows int) (kept []*data.Column, dropped []DroppedColumn) {
	for _, c := range columns {
		why := ""
		switch n := c.Distinct(rows + 1); {
		case n == 0:
			why = "no cell has a value"
			if c.NotFinite > 0 {
				why = "no cell has a finite value"
			}
		case n == 1:
			why = "the same in all rows: " + shownValue(c)
		case c.Kind == data.Words && (n > discovery.MaxCategories || 2*n > rows && n > 2):
			why = fmt.Sprintf("text with %s in %s", finding.Count(n, "different value"), finding.Count(rows-c.Missing, "row"))
		}
		if why == "" {
			kept = append(kept, c)
		} else {
			dropped = append(dropped, DroppedColumn{c.Name, why})
		}
	}
	return kept, dropped
}

func shownValue(c *data.Column) string {
	for i := range max(len(c.Numbers), len(c.Texts)) {
		switch {
		case c.Kind == data.Words && c.Texts[i] != "":
			return fmt.Sprintf("%q", c.Texts[i])
		case c.Kind != data.Words && !math.IsNaN(c.Numbers[i]):
			return fmt.Sprint(c.Numbers[i])
		}
	}
	return "nothing"
}

// dropped is the first reason for which inputs were left out.
func (a *analyser) dropped() string {
	if len(a.out.Dropped) == 0 {
		return ""
	}
	d := a.out.Dropped[0]
	if strings.TrimSpace(d.Name) == "" { // why it is left out quotes it
		return " (" + d.Why + ")"
	}
	return fmt.Sprintf(" (%s: %s)", d.Name, d.Why)
}

// describe says what the columns are, and fails when no output changes.
func (a *analyser) describe(interest *Proposition) error {
	for _, c := range a.inputs {
		a.out.Inputs = append(a.out.Inputs, described(c))
	}
	explain := interest != nil
	for _, c := range a.outputs {
		a.out.Outputs = append(a.out.Outputs, described(c))
		if n := c.Distinct(2); n < 2 {
			a.note("output %s is the same in all rows (%s): nothing drives it", c.Name, shownValue(c))
		} else if c.Kind == data.Words {
			a.note("output %s is text: it has no sensitivities; an interest such as %s = %q can be explained", c.Name, c.Name, firstText(c))
		} else {
			explain = true
		}
	}
	if !explain {
		return fmt.Errorf("%s: %s", a.t.File, a.out.Notes[len(a.out.Notes)-1])
	}
	return nil
}

func firstText(c *data.Column) string {
	return c.Texts[slices.IndexFunc(c.Texts, func(s string) bool { return s != "" })]
}

func described(c *data.Column) AnalysedColumn {
	d := AnalysedColumn{Name: c.Name, Kind: c.Kind, Missing: c.Missing, NotFinite: c.NotFinite}
	if c.Kind == data.Words {
		d.Values = c.Distinct(len(c.Texts) + 1)
		return d
	}
	lo, hi := math.NaN(), math.NaN()
	for _, x := range c.Numbers {
		if !math.IsNaN(x) {
			if math.IsNaN(lo) {
				lo, hi = x, x
			}
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	d.Min, d.Max = study.FloatOf(lo), study.FloatOf(hi)
	return d
}

// correlated is from where on two inputs are said to go together.
const correlated = 0.3

// correlations says which inputs go together, in all rows and in those that an
// output explains: rows may be missing because of how the inputs stand to each other.
func (a *analyser) correlations() {
	a.out.Notes = append(a.out.Notes, together(a.inputs)...)
	for _, y := range a.outputs {
		lacking := y.Missing + y.NotFinite
		if lacking == 0 || lacking == a.t.Rows {
			continue
		}
		for _, note := range together(where(a.inputs, y)) {
			a.note("in the %s %s: %s", finding.CountOf(a.t.Rows-lacking, "row that has", "rows that have"), y.Name, note)
		}
	}
}

// where picks what columns hold in the rows in which another has a value.
func where(columns []*data.Column, y *data.Column) []*data.Column {
	var at []int
	for i := range max(len(y.Numbers), len(y.Texts)) {
		if y.Kind == data.Words && y.Texts[i] != "" || y.Kind != data.Words && !math.IsNaN(y.Numbers[i]) {
			at = append(at, i)
		}
	}
	out := make([]*data.Column, len(columns))
	for i, c := range columns {
		some := c.Rearranged(at)
		out[i] = &some
	}
	return out
}

// together says which inputs go together (Spearman 1904), because a limit on one
// may then stand for the other: those whose ranks correlate by more than chance
// explains in so many rows. Hundreds of inputs are not asked.
func together(inputs []*data.Column) []string {
	const most = 200
	var ranked []*data.Column
	var complete [][]float64 // the ranks of a column in which nothing is missing
	for _, c := range inputs {
		if c.Kind == data.Words {
			continue
		}
		ranked = append(ranked, c)
		complete = append(complete, nil)
		if !slices.ContainsFunc(c.Numbers, math.IsNaN) {
			complete[len(complete)-1] = ranks(c.Numbers)
		}
	}
	if len(ranked) > most {
		return []string{fmt.Sprintf("%d inputs: whether they go together in pairs was not looked at", len(ranked))}
	}
	var pairs []string
	for i, x := range ranked {
		for k, y := range ranked[:i] {
			rho := 0.0
			if p, q := complete[i], complete[k]; p != nil && q != nil {
				rho = rankCorrelation(p, q)
			} else {
				rho = spearman(x.Numbers, y.Numbers)
			}
			if math.Abs(rho) >= max(correlated, 5/math.Sqrt(float64(len(x.Numbers)))) {
				pairs = append(pairs, fmt.Sprintf("%s and %s (ρ %.2f)", y.Name, x.Name, rho))
			}
		}
	}
	if len(pairs) > 12 {
		pairs = append(pairs[:12], fmt.Sprintf("and %d pairs more", len(pairs)-12))
	}
	if len(pairs) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("inputs that go together: %s; what is said of one may be due to the other", strings.Join(pairs, ", "))}
}

// spearman is the correlation of ranks over the rows in which both are known,
// equal values sharing the mean of their ranks; NaN where one is constant.
func spearman(x, y []float64) float64 {
	var xs, ys []float64
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			xs, ys = append(xs, x[i]), append(ys, y[i])
		}
	}
	return rankCorrelation(ranks(xs), ranks(ys))
}

func rankCorrelation(p, q []float64) float64 {
	mean := float64(float64(len(p)+1) / 2)
	xy, xx, yy := 0.0, 0.0, 0.0
	for i := range p {
		xy += float64((p[i] - mean) * (q[i] - mean))
		xx += float64((p[i] - mean) * (p[i] - mean))
		yy += float64((q[i] - mean) * (q[i] - mean))
	}
	return xy / math.Sqrt(xx*yy)
}

func ranks(xs []float64) []float64 {
	at := make([]int, len(xs))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(i, k int) int { return cmp.Compare(xs[i], xs[k]) })
	out := make([]float64, len(xs))
	for from := 0; from < len(at); {
		to := from
		for to < len(at) && xs[at[to]] == xs[at[from]] {
			to++
		}
		for _, i := range at[from:to] {
			out[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return out
}

// fewCategories is how many different texts delta keeps apart.
const fewCategories = 24

// numbersOf gives inputs as columns of numbers: categories are numbered in the
// order of the alphabet.
func numbersOf(inputs []*data.Column) (names []string, columns [][]float64) {
	for _, c := range inputs {
		names = append(names, c.Name)
		if c.Kind != data.Words {
			columns = append(columns, c.Numbers)
			continue
		}
		labels := slices.Sorted(slices.Values(c.Texts))
		labels = slices.DeleteFunc(slices.Compact(labels), func(s string) bool { return s == "" })
		codes := make([]float64, len(c.Texts))
		for i, s := range c.Texts {
			k, ok := slices.BinarySearch(labels, s)
			if codes[i] = float64(k); !ok {
				codes[i] = math.NaN()
			}
		}
		columns = append(columns, codes)
	}
	return names, columns
}

// importance works out the sensitivities of every output that has any.
func (a *analyser) importance() error {
	for _, m := range []string{GivenData, DeltaOf} {
		if a.wants(m) {
			a.out.Methods = append(a.out.Methods, m)
		}
	}
	if len(a.out.Methods) == 0 {
		return nil
	}
	for _, y := range a.outputs {
		if y.Kind == data.Words || y.Distinct(2) < 2 {
			continue
		}
		im := Importance{Output: y.Name}
		var err error
		if a.wants(GivenData) {
			if im.First, err = driven(a, y, "first-order index", a.inputs, sensitivity.FirstOrder); err != nil {
				return err
			}
		}
		if a.wants(DeltaOf) {
			if im.Delta, err = driven(a, y, "delta", a.fewCategories(), sensitivity.Delta); err != nil {
				return err
			}
		}
		if im.First != nil || im.Delta != nil {
			a.out.Shares = append(a.out.Shares, im)
		}
		if err := a.ctx.Err(); err != nil {
			return err
		}
	}
	for _, c := range a.inputs {
		if a.wants(DeltaOf) && c.Kind == data.Words && c.Distinct(fewCategories+1) > fewCategories {
			a.note("input %s has more than %d categories: no delta", c.Name, fewCategories)
		}
	}
	a.smallCategories()
	return nil
}

// fewCategories are the inputs but those with more categories than delta keeps
// apart.
func (a *analyser) fewCategories() []*data.Column {
	return slices.DeleteFunc(slices.Clone(a.inputs), func(c *data.Column) bool {
		return c.Kind == data.Words && c.Distinct(fewCategories+1) > fewCategories
	})
}

// driven applies a method to an output and those inputs that it can take; of the
// others it says why. It is nil when there are none.
func driven[R any](a *analyser, y *data.Column, what string, inputs []*data.Column, method func(sensitivity.Sample, sensitivity.Bootstrap) (R, error)) (*R, error) {
	names, columns := numbersOf(inputs)
	how := sensitivity.Bootstrap{Seed: a.plan.Search.Seed, Workers: a.plan.Search.Workers}
	if len(names) == 0 {
		return nil, nil
	}
	r, err := method(sensitivity.Sample{Inputs: names, X: columns, Y: y.Numbers}, how)
	if err == nil {
		return &r, nil
	}
	some := sensitivity.Sample{Y: y.Numbers}
	var without []string
	for j, name := range names {
		if _, e := method(sensitivity.Sample{Inputs: names[j : j+1], X: columns[j : j+1], Y: y.Numbers}, sensitivity.Bootstrap{Resamples: 2}); e != nil {
			without = append(without, name)
			continue
		}
		some.Inputs, some.X = append(some.Inputs, name), append(some.X, columns[j])
	}
	a.note("output %s: no %s of %s (%v)", y.Name, what, source.Few(without), err)
	if len(some.Inputs) == 0 {
		return nil, nil
	}
	if r, err = method(some, how); err != nil {
		return nil, fmt.Errorf("output %s: %w", y.Name, err)
	}
	return &r, nil
}

// smallCategories says where categories are too few in number to stand alone.
func (a *analyser) smallCategories() {
	if !a.wants(GivenData) {
		return
	}
	for _, c := range a.inputs {
		if c.Kind != data.Words {
			continue
		}
		counts := map[string]int{}
		for _, s := range c.Texts {
			counts[s]++
		}
		size, small := special.Pow(float64(a.t.Rows-c.Missing-c.NotFinite), 0.4), 0
		for s, n := range counts {
			if s != "" && float64(n) < size {
				small++
			}
		}
		if small > 0 {
			a.note("input %s: %s with fewer than %.0f rows share a bin with the next in the alphabet; its first-order index is rather too small", c.Name, finding.Count(small, "text"), math.Ceil(size))
		}
	}
}

// find searches the conditions under which rows are of interest.
func (a *analyser) find(p *Proposition) error {
	holds, err := p.Holds(a.t)
	if err != nil {
		return err
	}
	methods := []string{}
	for _, m := range []string{Regional, PRIM, CART, Stacking} {
		if a.wants(m) {
			methods = append(methods, m)
		}
	}
	if len(methods) == 0 {
		return nil
	}
	f, err := findings(a.ctx, p.Text, a.inputs, holds, methods, a.plan.Search)
	switch {
	case err != nil && a.ctx.Err() != nil:
		return err
	case err != nil && a.plan.Interest == "" && len(a.plan.Methods) == 0: // nobody asked
		a.note("no conditions were sought: %v", err)
		return nil
	case err != nil:
		return source.Misused("--interest %q: %w", p.Text, err)
	}
	a.out.Methods = append(a.out.Methods, methods...)
	f.rows = a.at
	a.out.Found = f
	return nil
}

// Which says of every row of the file which box and leaf hold it.
type Which struct {
	Known bool // false: something is missing in the row
	In    bool // the box described
	Leaf  int  // number of the leaf, from 0, from left to right; −1 where there is no tree
}

// Which tells the rows of the file apart by the box described and by the leaves.
func (a *Analysis) Which() ([]Which, error) {
	if a.Found == nil {
		return nil, errors.New("no conditions were sought, so no row lies in a box; say what is of interest")
	}
	return a.Found.which()
}
