package discovery

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// The objectives of peeling: what the best next box has most of. A peel takes a
// box of n rows, k of interest, to one of n′ and k′.
const (
	Lenient1 = "lenient1" // (k′/n′ − k/n) / (n − n′): gain in mean for each row lost (Kwakkel and Jaxa-Rozen 2016)
	Lenient2 = "lenient2" // n′·(k′/n′ − k/n) / (n − n′) (Friedman and Fisher 1999, section 14.6)
	Original = "original" // k′/n′ (Friedman and Fisher 1999)
)

// Objectives lists them, the default first.
func Objectives() []string { return []string{Lenient1, Lenient2, Original} }

// Defaults of Options.
const (
	DefaultPeel      = 0.05
	DefaultPaste     = 0.05
	DefaultMassMin   = 0.05
	DefaultThreshold = 0.8
)

// leastShare bounds the number of steps: a trajectory of as many boxes as rows
// serves nobody.
const leastShare = 0.001

// Options says how PRIM goes about it. The zero value of a field is its
// default.
type Options struct {
	Peel      float64 `json:"peel"`      // share of a box peeled in one step, below 1/2; larger is less patient
	Paste     float64 `json:"paste"`     // share of the rows outside a limit that are pasted in one step, below 1/2
	NoPaste   bool    `json:"no_paste"`  // peel only
	MassMin   float64 `json:"mass_min"`  // least mass of a box, as a share of all used rows
	Threshold float64 `json:"threshold"` // density that a chosen box must reach
	Objective string  `json:"objective"`
	// Only names the inputs that may be limited; empty: all of them. A search for
	// each subset gives the boxes of constrained PRIM (Kwakkel 2019).
	Only []string `json:"only,omitempty"`
	// Relabel keeps the rows of earlier boxes, no longer of interest (Guivarch,
	// Rozenberg and Schweizer 2016), where otherwise they are taken away.
	Relabel bool `json:"relabel"`
}

func (o Options) settle() (Options, error) {
	for _, d := range []struct {
		field *float64
		value float64
	}{{&o.Peel, DefaultPeel}, {&o.Paste, DefaultPaste}, {&o.MassMin, DefaultMassMin}, {&o.Threshold, DefaultThreshold}} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	if o.Objective == "" {
		o.Objective = Lenient1
	}
	switch {
	case !(o.Peel >= leastShare && o.Peel < 0.5):
		return o, fmt.Errorf("the share to peel is from %v to below 0.5, got %v", leastShare, o.Peel)
	case !(o.Paste >= leastShare && o.Paste < 0.5):
		return o, fmt.Errorf("the share to paste is from %v to below 0.5, got %v", leastShare, o.Paste)
	case !(o.MassMin > 0 && o.MassMin <= 1):
		return o, fmt.Errorf("the least mass is above 0 and at most 1, got %v", o.MassMin)
	case !(o.Threshold > 0 && o.Threshold <= 1):
		return o, fmt.Errorf("the threshold is above 0 and at most 1, got %v", o.Threshold)
	case !slices.Contains(Objectives(), o.Objective):
		return o, fmt.Errorf("unknown objective %q; use one of lenient1, lenient2, original", o.Objective)
	}
	return o, nil
}

// Trajectory is the way of PRIM from all rows to the last box, Boxes[0] being
// the start. Coverage falls and density mostly rises along it: which box to
// take is a choice.
type Trajectory struct {
	Basis   Basis   `json:"basis"`
	Options Options `json:"options"` // as used, with defaults filled in
	Earlier int     `json:"earlier"` // boxes whose rows were taken away, or relabelled, before
	Boxes   []Box   `json:"boxes"`
	Ended   string  `json:"ended"` // why peeling ended
}

// PRIM searches a box by patient rule induction (Friedman and Fisher 1999) in
// the form used for scenario discovery (Bryant and Lempert 2010; Kwakkel and
// Jaxa-Rozen 2016). It peels, one side of one input at a time, about the share
// o.Peel of the rows of the box, then pastes.
//
//   - Equal values are never split: a peel of an ordered input takes all rows at
//     or beyond the value at the quantile ⌊(n−1)·o.Peel⌋, so it may take more
//     than its share.
//   - A peel of a categorical input takes one category.
//   - The best peel is the one that leaves at least o.MassMin and has most of
//     the objective; peeling ends when none raises the mean (for Original: when
//     none leaves enough). Of equal peels the one with fewer inputs restricted is
//     taken, then the one of the first input; Box.Ties says where that mattered.
//
// Rows that earlier boxes hold do not take part; coverage and mass are still of
// all used rows. PRIM fails when the outcome does not classify, when all or no
// rows are of interest, or when earlier boxes leave no row of interest.
func PRIM(t *Sample, o Options, earlier ...Box) (*Trajectory, error) {
	o, err := o.settle()
	if err != nil {
		return nil, err
	}
	if err := t.classified(); err != nil {
		return nil, err
	}
	s, err := t.search(earlier, o.Relabel)
	if err != nil {
		return nil, err
	}
	if s.k == 0 {
		return nil, fmt.Errorf("the %d earlier boxes hold all %d rows of interest; there is nothing left to find", len(earlier), t.interest)
	}
	for _, name := range o.Only {
		if _, err := t.input(name); err != nil {
			return nil, err
		}
	}
	o.Only = slices.Clone(o.Only)
	tr := &Trajectory{Basis: t.Basis(), Options: o, Earlier: len(earlier)}
	tr.Ended = s.run(o, func(step string) { tr.Boxes = append(tr.Boxes, s.box(step)) })
	return tr, nil
}

// search is a box on its way. Every row counts the limits it breaks, so a row
// is in the box when it breaks none; peeling breaks each limit of each row once
// at most, and the whole way costs one visit for each row and input.
//
// What lost: sorting each input anew at each peel, as the definition has it, and
// filtering sorted lists of rows, which visits all rows of the box at each peel.
type search struct {
	t    *Sample
	hits []uint8
	rows int // that take part
	all  int // the n of mass
	goal int // the k of coverage

	bounds region
	n, k   int       // in the box
	seen   [][]tally // in the box, by column and level
	only   []tally   // rows that break one limit only, by side

	ties  int  // moves as good as the last one taken
	small bool // a good move was left aside for its mass

	broken []int32 // limits broken by a row; outsider takes no part
	which  []int32 // sum of the sides broken
}

type tally struct{ n, k int32 }

// outsider is more limits than any row can break.
const outsider = 1 << 30

// A side is 2j for the lower limit or the categories of column j, 2j+1 for its
// upper limit.
func lowerSide(j int) int32 { return int32(2 * j) }
func upperSide(j int) int32 { return int32(2*j + 1) }

// search starts with a box of all rows that earlier boxes leave.
func (t *Sample) search(earlier []Box, relabel bool) (*search, error) {
	taken, err := t.first(earlier)
	if err != nil {
		return nil, err
	}
	s := t.newSearch(t.hits)
	if relabel && len(earlier) > 0 {
		s.hits = slices.Clone(t.hits)
	}
	for r, b := range taken {
		switch {
		case b < 0:
		case relabel:
			s.hits[r] = 0
		default:
			s.broken[r] = outsider
		}
	}
	s.all, s.goal = len(t.used), t.interest
	s.fill()
	return s, nil
}

func (t *Sample) newSearch(hits []uint8) *search {
	s := &search{t: t, hits: hits, bounds: t.everything(), only: make([]tally, 2*len(t.columns))}
	s.broken, s.which = make([]int32, len(t.used)), make([]int32, len(t.used))
	for j := range t.columns {
		s.seen = append(s.seen, make([]tally, t.columns[j].size()))
	}
	return s
}

// fill counts the rows that take part into the box.
func (s *search) fill() {
	for r := range s.broken {
		if s.broken[r] == 0 {
			s.count(int32(r), 1)
		}
	}
	s.rows = s.n
}

// count puts a row into the box (by = 1) or takes it out (by = −1).
func (s *search) count(r, by int32) {
	k := by * int32(s.hits[r])
	s.n += int(by)
	s.k += int(k)
	d := len(s.seen)
	for j, code := range s.t.codes[int(r)*d:][:d] {
		cell := &s.seen[j][code]
		cell.n += by
		cell.k += k
	}
}

// breaks notes that a row now breaks the limit of a side, mends that it no
// longer does.
func (s *search) breaks(r, side int32) {
	k := int32(s.hits[r])
	switch s.broken[r] {
	case 0:
		s.count(r, -1)
		s.only[side].n++
		s.only[side].k += k
	case 1:
		s.only[s.which[r]].n--
		s.only[s.which[r]].k -= k
	}
	s.broken[r]++
	s.which[r] += side
}

func (s *search) mends(r, side int32) {
	k := int32(s.hits[r])
	s.broken[r]--
	s.which[r] -= side
	switch s.broken[r] {
	case 0:
		s.count(r, 1)
		s.only[side].n--
		s.only[side].k -= k
	case 1:
		s.only[s.which[r]].n++
		s.only[s.which[r]].k += k
	}
}

// levels applies change to the rows at levels from … to of column j.
func (s *search) levels(j int, from, to, side int32, change func(r, side int32)) {
	c := &s.t.columns[j]
	if from > to {
		return
	}
	for _, r := range c.order[c.start[from]:c.start[to+1]] {
		if s.broken[r] < outsider {
			change(r, side)
		}
	}
}

// run goes the whole way, reports every box and says why peeling ended.
func (s *search) run(o Options, report func(step string)) string {
	report(Start)
	for s.step(s.peels, o) {
		report(Peel)
	}
	ended := "no peel raises the density"
	if s.small {
		ended = "a peel that raises the density would leave less than the least mass"
	}
	for !o.NoPaste && s.step(s.pastes, o) {
		report(Paste)
	}
	return ended
}

// move is a candidate for the next box.
type move struct {
	column, side int // side: 0 upper, 1 lower (or categories), in the order of preference
	category     int32
	cut          int32 // the first or last level kept
	limit        float64
	free         bool // the limit is given up
	n, k         int  // of the new box
	worth        fraction
	restricted   int
}

// step takes the best move, or says that there is none.
func (s *search) step(moves func(Options, func(move)), o Options) bool {
	var best move
	found := false
	restricted := s.bounds.restricted()
	s.small = false
	moves(o, func(m move) {
		m.worth = worth(o.Objective, s.n, s.k, m.n, m.k)
		if m.worth.num <= 0 {
			return
		}
		if float64(m.n)/float64(s.all) < o.MassMin {
			s.small = true
			return
		}
		m.restricted = restricted + s.adds(m)
		switch c := m.against(best); {
		case c > 0:
			best, found = m, true
			s.ties = 0
		case c == 0:
			s.ties++
		}
	})
	if found {
		s.take(best)
	}
	return found
}

// against prefers more of the objective, then fewer restricted inputs.
func (m move) against(best move) int {
	if best.worth.den == 0 {
		return 1 // none yet
	}
	if c := m.worth.compare(best.worth); c != 0 {
		return c
	}
	return best.restricted - m.restricted
}

// adds says by how many inputs a move changes the number restricted.
func (s *search) adds(m move) int {
	b := s.bounds[m.column]
	before := b.restricted()
	s.t.apply(&b, m)
	switch {
	case b.restricted() == before:
		return 0
	case before:
		return -1
	}
	return 1
}

// peels offers, input by input, the upper then the lower peel, or each
// category.
func (s *search) peels(o Options, offer func(move)) {
	for j := range s.t.columns {
		if len(o.Only) > 0 && !slices.Contains(o.Only, s.t.columns[j].name) {
			continue
		}
		if s.bounds[j].out != nil {
			s.peelCategories(j, offer)
			continue
		}
		s.peelUpper(j, s.n-1-int(math.Ceil(float64(s.n-1)*(1-o.Peel))), offer)
		s.peelLower(j, int(math.Floor(float64(s.n-1)*o.Peel)), offer)
	}
}

// peelLower takes the levels up to the one that holds the row at rank at.
func (s *search) peelLower(j, at int, offer func(move)) {
	seen, c := s.seen[j], s.bounds[j].lo
	var cum tally
	for ; ; c++ {
		cum.n += seen[c].n
		cum.k += seen[c].k
		if int(cum.n) > at {
			break
		}
	}
	if int(cum.n) == s.n {
		return // nothing would be left
	}
	next := c + 1
	for seen[next].n == 0 {
		next++
	}
	limit, cut := s.t.columns[j].between(c, next, false)
	offer(move{column: j, side: 1, cut: cut, limit: limit, n: s.n - int(cum.n), k: s.k - int(cum.k)})
}

// peelUpper is peelLower from above.
func (s *search) peelUpper(j, at int, offer func(move)) {
	seen, c := s.seen[j], s.bounds[j].hi
	var cum tally
	for ; ; c-- {
		cum.n += seen[c].n
		cum.k += seen[c].k
		if int(cum.n) > at {
			break
		}
	}
	if int(cum.n) == s.n {
		return
	}
	next := c - 1
	for seen[next].n == 0 {
		next--
	}
	limit, cut := s.t.columns[j].between(next, c, true)
	offer(move{column: j, side: 0, cut: cut, limit: limit, n: s.n - int(cum.n), k: s.k - int(cum.k)})
}

func (s *search) peelCategories(j int, offer func(move)) {
	for c, cell := range s.seen[j] {
		if cell.n > 0 && int(cell.n) < s.n {
			offer(move{column: j, side: 1, category: int32(c), n: s.n - int(cell.n), k: s.k - int(cell.k)})
		}
	}
}

// between puts a limit between two levels of an ordered input and says which
// level it keeps last: as an upper limit, or as a lower one.
func (c *column) between(below, above int32, upper bool) (limit float64, cut int32) {
	switch {
	case c.integer && upper:
		return c.levels[below], below
	case c.integer:
		return c.levels[above], above
	}
	limit = middle(c.levels[below], c.levels[above], upper)
	k, found := slices.BinarySearch(c.levels[below:above+1], limit)
	cut = below + int32(k)
	if upper && !found {
		cut--
	}
	return limit, cut
}

// middle is a number that parts lo from hi: below hi as an upper limit, above lo
// as a lower one.
func middle(lo, hi float64, upper bool) float64 {
	mid := (lo + hi) / 2
	if !finite(mid) {
		mid = float64(lo/2) + float64(hi/2)
	}
	switch {
	case upper && mid >= hi: // neighbouring numbers
		return lo
	case !upper && mid <= lo:
		return hi
	}
	return mid
}

// take moves a limit, and with it the rows between.
func (s *search) take(m move) {
	j, b := m.column, &s.bounds[m.column]
	old := *b
	old.out = slices.Clone(b.out)
	s.t.apply(b, m)
	switch {
	case b.out != nil && b.out[m.category]:
		s.levels(j, m.category, m.category, lowerSide(j), s.breaks)
	case b.out != nil:
		s.levels(j, m.category, m.category, lowerSide(j), s.mends)
	case m.side == 1:
		s.levels(j, old.lo, b.lo-1, lowerSide(j), s.breaks)
		s.levels(j, b.lo, old.lo-1, lowerSide(j), s.mends)
	default:
		s.levels(j, b.hi+1, old.hi, upperSide(j), s.breaks)
		s.levels(j, old.hi+1, b.hi, upperSide(j), s.mends)
	}
}

// apply moves the limit itself.
func (t *Sample) apply(b *bound, m move) {
	c := &t.columns[m.column]
	switch {
	case b.out != nil:
		b.out = slices.Clone(b.out)
		b.out[m.category] = !b.out[m.category]
		b.outs++
		if !b.out[m.category] {
			b.outs -= 2
		}
	case m.side == 1 && m.free:
		b.below, b.lo, b.lower = false, 0, c.levels[0]
	case m.side == 1:
		b.below, b.lo, b.lower = true, m.cut, m.limit
	case m.free:
		b.above, b.hi, b.upper = false, int32(c.size()-1), c.levels[c.size()-1]
	default:
		b.above, b.hi, b.upper = true, m.cut, m.limit
	}
}

// fraction is num/den with den > 0, compared without rounding.
type fraction struct{ num, den int64 }

func (a fraction) compare(b fraction) int {
	if a.num <= 0 || b.num <= 0 {
		panic(fmt.Sprintf("discovery: fractions %v and %v are not positive", a, b))
	}
	ah, al := bits.Mul64(uint64(a.num), uint64(b.den))
	bh, bl := bits.Mul64(uint64(b.num), uint64(a.den))
	switch {
	case ah > bh || ah == bh && al > bl:
		return 1
	case ah == bh && al == bl:
		return 0
	}
	return -1
}

// worth is the objective of going from n rows, k of interest, to m and l. The
// factor 1/n, the same for all candidates, is left out.
func worth(objective string, n, k, m, l int) fraction {
	lost := int64(n - m)
	if lost < 0 {
		lost = -lost
	}
	if m == 0 || lost == 0 {
		return fraction{0, 1}
	}
	gain := int64(l)*int64(n) - int64(k)*int64(m)
	switch objective {
	case Original:
		return fraction{int64(l), int64(m)}
	case Lenient2:
		return fraction{gain, lost}
	default:
		return fraction{gain, int64(m) * lost}
	}
}

// box reports where the search stands.
func (s *search) box(step string) Box {
	b := Box{
		Step:     step,
		Coverage: share(s.k, s.goal), Density: share(s.k, s.n), Mass: share(s.n, s.all),
		Restricted: s.bounds.restricted(), Ties: s.ties, Limits: s.t.limits(s.bounds),
	}
	for j := range b.Limits {
		s.quasi(&b.Limits[j], j)
	}
	return b
}

func (s *search) quasi(l *Limit, j int) {
	lower, upper := s.only[lowerSide(j)], s.only[upperSide(j)]
	if l.Restricted {
		l.QP = s.without(tally{lower.n + upper.n, lower.k + upper.k})
	}
	if l.Below {
		l.QPLower = s.without(lower)
	}
	if l.Above {
		l.QPUpper = s.without(upper)
	}
}

// without is the quasi-p-value of a limit that keeps out these rows.
func (s *search) without(out tally) *float64 {
	n, k := s.n+int(out.n), s.k+int(out.k)
	qp := quasiP(s.k, s.n, float64(k)/float64(n))
	return &qp
}
