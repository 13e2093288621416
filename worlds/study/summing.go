package study

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path/filepath"
	"sync"

	"casus/crew"
	"casus/finding"
	"casus/lang/source"
	"casus/special"
	"casus/worlds/draw"
	"casus/worlds/tally"
)

// MaxSummed bounds the worlds of a run that keeps sums in the place of rows.
const MaxSummed = 1 << 30

// Stretches divides a run that keeps sums into pieces of at most so many worlds: all
// options of a view together, because they are compared in the same worlds.
func (w *Work) Stretches(worlds int) ([]Piece, error) {
	if err := w.summable(); err != nil {
		return nil, err
	}
	var out []Piece
	for _, v := range w.r.Views {
		for from := 0; from < w.r.design.N; from += worlds {
			out = append(out, Piece{"", v.Name, from, min(from+worlds, w.r.design.N)})
		}
	}
	return out, nil
}

func (w *Work) summable() error {
	switch {
	case w.r.Until != nil:
		return errors.New("a run that adds worlds until it is precise enough cannot be divided")
	case w.r.design.Kind == draw.LatinHypercube:
		return source.Misused("under lhs every block would draw all worlds; use sobol or mc")
	case w.r.design.Kind == GivenDesign:
		return source.Misused("worlds that a file gives are kept as rows")
	}
	return nil
}

// Adder sums up stretches of worlds. It is safe for concurrent use; the games of all
// options are made once.
type Adder struct {
	w     *Work
	shape *sumShape
	once  crew.Once
	err   error
	jobs  []*job
	refs  []float64 // by view
	spare sync.Pool // of *tally.Scratch
}

// Adder gives one that sums up stretches of the run.
func (w *Work) Adder() *Adder {
	return &Adder{w: w, shape: w.r.shapeOfSums(), spare: sync.Pool{New: func() any { return tally.NewScratch() }}}
}

// batch is how many worlds are in memory at once.
const batch = 32 * Block

// Do solves the worlds of a stretch and sums them up.
func (a *Adder) Do(ctx context.Context, p Piece) (*Sums, error) {
	v, err := a.w.stretch(p)
	if err != nil {
		return nil, err
	}
	if a.once.Do(func() { a.err = a.begin(ctx) }); a.err != nil {
		return nil, a.err
	}
	x := a.shape.empty()
	x.ref = a.refs[v]
	scratch := a.spare.Get().(*tally.Scratch)
	defer a.spare.Put(scratch)
	for from := p.From; from < p.To; {
		to := min(from/batch*batch+batch, p.To)
		values, err := a.solve(ctx, a.jobs, v, Piece{p.Option, p.View, from, to})
		if err != nil {
			return nil, err
		}
		x.add(scratch, from, values)
		from = to
	}
	return x, nil
}

func (a *Adder) solve(ctx context.Context, jobs []*job, v int, p Piece) ([][][]float64, error) {
	var values [][][]float64
	for _, j := range jobs {
		columns, err := j.worlds(v, p)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		values = append(values, columns)
	}
	return values, nil
}

// begin makes the games, and finds for each view the log-likelihood that worlds are
// weighed against: the highest of a few worlds.
func (a *Adder) begin(ctx context.Context) error {
	for _, j := range a.w.jobs {
		own := j.alone(a.w.r.design)
		if err := own.first(ctx); err != nil {
			return fmt.Errorf("option %s: %w", j.name, err)
		}
		a.jobs = append(a.jobs, own)
	}
	a.refs = make([]float64, len(a.w.r.Views))
	if !a.shape.weighs {
		return nil
	}
	n := min(Block, a.w.r.design.N)
	for v, view := range a.w.r.Views {
		values, err := a.solve(ctx, a.jobs[:a.shape.held], v, Piece{"", view.Name, 0, n})
		if err != nil {
			return err
		}
		top := math.Inf(-1)
		var silent uint64
		for _, l := range a.shape.logs(values, n, &silent) {
			top = max(top, l)
		}
		if !math.IsInf(top, 0) {
			a.refs[v] = top
		}
	}
	return nil
}

// stretch is the place of the view of a stretch.
func (w *Work) stretch(p Piece) (int, error) {
	for v, view := range w.r.Views {
		if view.Name == p.View && p.Option == "" && p.From >= 0 && p.From < p.To && p.To <= w.r.design.N {
			return v, nil
		}
	}
	return 0, fmt.Errorf("worlds %d to %d of view %.60q are no part of this run", p.From, p.To, p.View)
}

// ReadSums reads the sums of a stretch, as Sums.Bytes wrote them.
func (a *Adder) ReadSums(p Piece, text []byte) (*Sums, error) {
	if _, err := a.w.stretch(p); err != nil {
		return nil, err
	}
	x, rest, err := a.shape.read(text, p.Worlds())
	if err == nil && len(rest) > 0 {
		err = errors.New("longer than the sums of its worlds")
	}
	return x, err
}

// Record makes the record of a run of the sums of its views, in their order.
func (a *Adder) Record(ctx context.Context, views []*Sums) (*Record, error) {
	if a.once.Do(func() { a.err = a.begin(ctx) }); a.err != nil {
		return nil, a.err
	}
	r := a.w.r
	for v, x := range views {
		if x == nil || x.worlds != uint64(r.design.N) || x.ref != a.refs[v] {
			return nil, fmt.Errorf("view %s: not the sums of all its worlds", r.Views[v].Name)
		}
	}
	for i, j := range a.jobs {
		result := *j.made
		result.Done = true
		for _, v := range r.Views {
			result.Views = append(result.Views, ViewResult{View: v.Name})
		}
		if i < len(r.History) {
			r.History[i].Result = result
		} else {
			r.Results[i-len(r.History)] = result
		}
	}
	r.sums = views
	r.Summed = r.summed()
	return r, r.within(ctx, r.finish)
}

// Summed tells of a record without rows what its numbers are.
type Summed struct {
	Exact    []string `json:"exact"`
	Sketched []string `json:"sketched"`
	Error    Float    `json:"relative_error"` // at most, of a sketched quantile, against the value of its rank: the least that at least such a share of the weight does not exceed; of drift each cell has its own
	LeftOut  []string `json:"left_out"`
	Ends     []EndsOf `json:"ends"`
}

// EndsOf names the worlds in which a headline measure of an option is least and most:
// casus run CASE --worlds N..N plays one again.
type EndsOf struct {
	View    string `json:"view"`
	Option  string `json:"option"`
	Measure string `json:"measure"`
	Low     End    `json:"low"`
	High    End    `json:"high"`
}

// End is a world and what the measure is in it.
type End struct {
	World uint64 `json:"world"`
	Value *Float `json:"value"`
}

func (r *Record) summed() *Summed {
	out := &Summed{
		Exact:    []string{"worlds", "undefined", "mean", "condition", "better_than_baseline", "worse_than_baseline", "beaten_by", "log_evidence", "effective_worlds", "probability_of_record", "ends"},
		Sketched: []string{"median", "p05", "p95", "drift"},
		Error:    Float(tally.Error),
		LeftOut:  []string{"what each record did by itself", "what a parting turns on", "rows"},
		Ends:     []EndsOf{},
	}
	for i, x := range r.Results {
		for v, view := range r.Views {
			for _, name := range headline(r.Measures) {
				c := &r.sums[v].cells[len(r.History)+i][r.measure(name)][alike]
				if c.n > 0 {
					out.Ends = append(out.Ends, EndsOf{view.Name, x.Option, name, End{c.low.world, FloatOf(c.low.value)}, End{c.high.world, FloatOf(c.high.value)}})
				}
			}
		}
	}
	return out
}

// mix are the sums of one view, or of several together, each with the factor that its
// weights are to be multiplied with.
type mix struct {
	r     *Record
	of    []*Sums
	scale []float64
	mode  int
}

func (r *Record) mixOf(v, mode int) mix { return mix{r, r.sums[v : v+1], []float64{1}, mode} }

// mixAll are the sums of all schools, each with the same prior weight.
func (r *Record) mixAll(mode int) mix {
	m := mix{r: r, mode: mode}
	top := r.topRef()
	for _, v := range r.schools() {
		scale := 1.0
		if mode == byRecord {
			scale = special.Exp(r.sums[v].ref - top)
		}
		m.of, m.scale = append(m.of, r.sums[v]), append(m.scale, scale)
	}
	return m
}

// topRef is the highest of the log-likelihoods that schools are weighed against.
func (r *Record) topRef() float64 {
	top := math.Inf(-1)
	for _, v := range r.schools() {
		top = max(top, r.sums[v].ref)
	}
	return top
}

// total adds up a sum over the parts.
func (m mix) total(of func(*Sums) *tally.Sum) float64 {
	if len(m.of) == 1 {
		return of(m.of[0]).Value() * m.scale[0]
	}
	if m.mode == alike {
		var all tally.Sum
		for _, x := range m.of {
			all.Merge(of(x))
		}
		return all.Value()
	}
	out := 0.0
	for i, x := range m.of {
		out += float64(of(x).Value() * m.scale[i])
	}
	return out
}

// plain sums up a measure of a job.
func (m mix) plain(job, k int) Summary {
	ms := m.r.Measures[k]
	s := Summary{Measure: ms.Name, BeatenBy: []string{}}
	weighted := m.mode == byRecord || ms.Given != ""
	for _, x := range m.of {
		c := &x.cells[job][k][m.mode]
		s.N += int(c.n)
		s.Undefined += int(c.nan)
	}
	den := float64(s.N)
	if weighted {
		den = m.total(func(x *Sums) *tally.Sum { return &x.cells[job][k][m.mode].den })
	}
	if den > 0 {
		s.Mean = FloatOf(m.total(func(x *Sums) *tally.Sum { return &x.cells[job][k][m.mode].num }) / den)
	}
	both := m.quantiles(job, k, 0, 1)
	s.Median = FloatOf(both(0.5))
	if s.N > 1 { // one world has no range
		s.P05, s.P95 = FloatOf(both(0.05)), FloatOf(both(0.95))
	}
	a, b := m.quantiles(job, k, 0)(0.5), m.quantiles(job, k, 1)(0.5)
	s.Halves, s.HalvesError = FloatOf(math.Abs(a-b)), driftError(a, b)
	if g := m.r.given(k); g >= 0 {
		s.Condition = m.plain(job, g).Mean
	}
	return s
}

// driftError is by how much the distance of two sketched medians may be off; each is
// off by at most Error of the value that it stands for.
func driftError(a, b float64) *Float {
	return FloatOf((math.Abs(a) + math.Abs(b)) * tally.Error / (1 - tally.Error))
}

// summary is plain with how an option compares.
func (m mix) summary(i, k int) Summary {
	return m.r.compared(m.plain(len(m.r.History)+i, k), i, k, m.against)
}

func (m mix) summaries(i int) []Summary {
	out := []Summary{}
	for k := range m.r.Measures {
		out = append(out, m.summary(i, k))
	}
	return out
}

func (m mix) plainSummaries(job int) []Summary {
	out := []Summary{}
	for k := range m.r.Measures {
		out = append(out, m.plain(job, k))
	}
	return out
}

// against is sheet.against.
func (m mix) against(i, j, k int) (better, worse float64) {
	kind := 0
	if m.r.given(k) >= 0 {
		kind = 1
	}
	return m.versus(i, j, k, kind, m.r.Measures[k].Better == "higher")
}

// versus says in what share of the worlds one option is better than another by what
// matters, and worse.
func (m mix) versus(i, j, k, kind int, higher bool) (better, worse float64) {
	if i == j {
		return m.itself(i, k)
	}
	if j < i {
		worse, better = m.versus(j, i, k, kind, higher)
		return better, worse
	}
	at := -1
	for n, c := range m.of[0].shape.compared {
		if c == k {
			at = n
		}
	}
	if at < 0 {
		return math.NaN(), math.NaN()
	}
	sum := func(way int) float64 {
		return m.total(func(x *Sums) *tally.Sum { return &x.pairs[x.shape.pair(i, j, at)][m.mode][kind][way] })
	}
	all := sum(inAll)
	if all == 0 {
		return math.NaN(), math.NaN()
	}
	if higher {
		return sum(inMore) / all, sum(inLess) / all
	}
	return sum(inLess) / all, sum(inMore) / all
}

// itself compares an option with itself: where it is defined, it is neither better
// nor worse.
func (m mix) itself(i, k int) (better, worse float64) {
	for _, x := range m.of {
		if x.cells[len(m.r.History)+i][k][m.mode].n > 0 {
			return 0, 0
		}
	}
	return math.NaN(), math.NaN()
}

// defined reports whether a measure of an option is, in any world.
func (m mix) defined(i, k int) bool {
	for _, x := range m.of {
		if x.cells[len(m.r.History)+i][k][alike].nan < x.worlds {
			return true
		}
	}
	return false
}

// quantiles read a measure of a job off its bins, in these halves of the worlds.
func (m mix) quantiles(job, k int, halves ...int) func(p float64) float64 {
	mass := map[int32]float64{}
	var all tally.Bins
	low, high := math.Inf(1), math.Inf(-1)
	for i, x := range m.of {
		c := &x.cells[job][k][m.mode]
		low, high = min(low, c.low.value), max(high, c.high.value)
		for _, h := range halves {
			if m.mode == alike {
				all.Merge(&c.half[h])
				continue
			}
			for _, key := range c.half[h].Keys() {
				mass[key] += float64(c.half[h].At(key).Value() * m.scale[i])
				all.Add(key, tally.Weight{Whole: 1})
			}
		}
	}
	q := &quantiles{keys: all.Keys(), low: low, high: high}
	for _, key := range q.keys {
		w := mass[key]
		if m.mode == alike {
			w = all.At(key).Value()
		}
		q.total += w
		q.upTo = append(q.upTo, q.total)
	}
	return q.at
}

// quantiles are those of bins in order.
type quantiles struct {
	keys      []int32
	upTo      []float64 // the weight of a bin and all before it
	total     float64
	low, high float64 // no value lies beyond
}

// at is the middle of the bin of the p-quantile: of the least value that at least the
// share p of the weight does not exceed (type 1 of Hyndman and Fan 1996 where all
// count alike). The rows of a run have type 7, which lies between two values; so far
// apart as those are, a sketch may be from it.
func (q *quantiles) at(p float64) float64 {
	if len(q.keys) == 0 || q.total == 0 {
		return math.NaN()
	}
	i := 0
	for i < len(q.keys)-1 && q.upTo[i] < float64(p*q.total) {
		i++
	}
	return min(max(tally.Middle(q.keys[i]), q.low), q.high)
}

// sumUpSums is sumUp and sumUpWeighted of a record without rows.
func (r *Record) sumUpSums() {
	weighs := r.sums[0].shape.weighs && r.weighSums()
	for v := range r.Views {
		for i := range r.Results {
			r.Results[i].Views[v].Summary = r.mixOf(v, alike).summaries(i)
			if weighs {
				r.Results[i].Views[v].Weighted = r.mixOf(v, byRecord).summaries(i)
			}
		}
		for at, h := range r.History {
			h.Result.Views[v].Summary = r.mixOf(v, alike).plainSummaries(at)
		}
	}
	if weighs && r.Weights.Union != nil {
		for i := range r.Results {
			r.Results[i].Union = &Together{r.mixAll(alike).summaries(i), r.mixAll(byRecord).summaries(i)}
		}
	}
}

// weighSums is weigh; false where some world has no weight because a record says
// nothing of it.
func (r *Record) weighSums() bool {
	r.Weights = nil
	for _, x := range r.sums {
		if x.silent > 0 {
			return false
		}
	}
	r.Weights = &Weights{Factors: []Factor{}, By: []Effect{}}
	for v, x := range r.sums {
		r.Weights.Views = append(r.Weights.Views, r.viewSums(v, x))
	}
	r.unionSums()
	r.factors()
	return true
}

// warnSums says what a reader must know of a record without rows.
func (r *Record) warnSums() {
	if r.sums == nil {
		return
	}
	r.warnOf(finding.LeftOut, "", "sums were kept in the place of rows: medians and ranges are within %.1f %% of the value of their rank, drift within its own error, all else is exact; what each record did by itself, and what a parting turns on, need rows", 100*tally.Error)
	for v, x := range r.sums {
		if x.silent > 0 {
			r.warnOf(finding.Undefined, r.Views[v].Name, "view %s: in %d worlds a record's measure is not defined; what they weigh needs rows, so no world is weighed", r.Views[v].Name, x.silent)
		}
	}
}

// NeedRows is the error of asking of a record what its rows alone can say.
func (r *Record) NeedRows(what string) error {
	if r.Keep == "" {
		return nil
	}
	err := fmt.Errorf("%s needs the rows of every world, and this record keeps sums in their place", what)
	return source.Hint(err, "run fewer worlds with rows: casus run CASE --worlds 65536; or plan the sweep with rows: casus sweep plan CASE --keep rows")
}

// KeepsSums in Keep marks a record without rows.
const KeepsSums = "summaries"

// sumsFile holds the sums of a record without rows: a line that names the form, then
// the sums of each view, then a digest.
const (
	sumsFile  = "summaries.bin"
	sumsMagic = "casus sums 1\n"
	mostSums  = 1 << 30 // bytes
)

func (r *Record) sumsBytes() []byte {
	b := []byte(sumsMagic)
	for _, x := range r.sums {
		b = append(b, x.Bytes()...)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// readSums puts the sums back into a record whose manifest was read, and holds that
// against them.
func (r *Record) readSums(d disk, folder string) error {
	name := filepath.Join(folder, sumsFile)
	f, err := d.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("it lacks %s", sumsFile)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostSums))
	if err != nil {
		return err
	}
	body, ok := bytes.CutPrefix(text, []byte(sumsMagic))
	if sum := sha256.Sum256(text[:max(0, len(text)-sha256.Size)]); !ok || len(body) < sha256.Size || !bytes.Equal(sum[:], text[len(text)-sha256.Size:]) {
		return fmt.Errorf("%s is cut off or damaged", sumsFile)
	}
	body = body[:len(body)-sha256.Size]
	shape, told := r.shapeOfSums(), []*Sums{}
	for range r.Views {
		var x *Sums
		if x, body, err = shape.read(body, r.Worlds); err != nil {
			return fmt.Errorf("%s: %w", sumsFile, err)
		}
		told = append(told, x)
	}
	if len(body) > 0 {
		return fmt.Errorf("%s is longer than its views", sumsFile)
	}
	return r.heldAgainst(told)
}

// heldAgainst takes sums, which must give the summaries of the manifest.
func (r *Record) heldAgainst(sums []*Sums) error {
	was, weights := r.numbersShown(), r.Weights
	r.sums = sums
	r.sumUpSums()
	for v := range r.Views {
		r.noteRefuted(v)
	}
	if !bytes.Equal(was, r.numbersShown()) || !r.Weights.like(weights) {
		return errors.New("its sums do not give the summaries of the manifest")
	}
	return nil
}

// numbersShown are the summaries as the manifest has them.
func (r *Record) numbersShown() []byte {
	var all []any
	for _, x := range r.Results {
		all = append(all, x.Views, x.Union)
	}
	for _, h := range r.History {
		all = append(all, h.Result.Views)
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err) // Float is what JSON can hold
	}
	return text
}

func (r *Record) viewSums(v int, x *Sums) ViewWeights {
	out := ViewWeights{View: r.Views[v].Name, Refuted: []string{}, By: []Effect{}}
	for _, s := range r.schools() {
		out.School = out.School || s == v
	}
	sum, squares := x.weight[0].Value(), x.weight[1].Value()
	out.Evidence = FloatOf(x.ref + special.Log(sum/float64(x.worlds)))
	if squares > 0 {
		out.Effective = Float(sum * sum / squares)
		out.Error = FloatOf(math.Sqrt(max(float64(x.worlds)/float64(out.Effective)-1, 0) / float64(x.worlds)))
	}
	return out
}

func (r *Record) unionSums() {
	m := r.mixAll(byRecord)
	sum := m.total(func(x *Sums) *tally.Sum { return &x.weight[0] })
	if sum == 0 {
		return
	}
	squares, worlds := 0.0, 0
	for i, x := range m.of {
		squares += float64(x.weight[1].Value() * m.scale[i] * m.scale[i])
		worlds += int(x.worlds)
	}
	u := &UnionWeights{Evidence: FloatOf(r.topRef() + special.Log(sum/float64(worlds))), Worlds: worlds, Effective: Float(sum * sum / squares)}
	for i, v := range r.schools() {
		u.Schools = append(u.Schools, r.Views[v].Name)
		r.Weights.Views[v].Share = FloatOf(m.of[i].weight[0].Value() * m.scale[i] / sum)
	}
	r.Weights.Union = u
}

// tailSums is count.tail.
func (r *Record) tailSums(x *Recorded, v, mode int) float64 {
	for i := range r.Records {
		if r.Records[i].ID == x.ID {
			t := &r.sums[v].tails[i][mode]
			if all := t[2].Value(); all > 0 {
				return min(t[0].Value(), t[1].Value()) / all
			}
		}
	}
	return 1
}

// answeringSums are the sums that answer.
func (r *Record) answeringSums() []sheet {
	if r.Weights != nil && r.Weights.Union != nil {
		m := r.mixAll(byRecord)
		return []sheet{{r: r, mix: &m}}
	}
	var out []sheet
	for _, v := range r.schools() {
		out = append(out, r.viewSheet(v))
	}
	return out
}

// basisOfSums is answerBasis.
func (r *Record) basisOfSums(a *Answer, schools []int) sheet {
	m := r.mixAll(alike)
	a.Basis, a.Effective = "schools", Float(r.Worlds*len(schools))
	if len(schools) == 1 {
		a.Basis = r.Views[schools[0]].Name
	}
	if w := r.Weights; w != nil && w.Union != nil {
		m = r.mixAll(byRecord)
		a.Basis, a.Effective = "record", w.Union.Effective
	}
	return sheet{r: r, mix: &m}
}
