package discovery

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The definition of PRIM, in the values of the inputs: every step filters all
// rows and sorts what is left anew.
type slowPRIM struct {
	inputs  []Input
	outcome []float64
	options Options
	box     map[string]Limit // limits in force
	report  []string
	qps     []float64
}

func (s *slowPRIM) holds(box map[string]Limit, i int) bool {
	for _, in := range s.inputs {
		l, ok := box[in.Name]
		if !ok {
			continue
		}
		if in.Labels != nil && slices.Contains(l.Excluded, in.Labels[i]) {
			return false
		}
		if in.Labels == nil && (l.Below && in.Numbers[i] < l.Lower || l.Above && in.Numbers[i] > l.Upper) {
			return false
		}
	}
	return true
}

func (s *slowPRIM) rows(box map[string]Limit) (rows []int) {
	for i := range s.outcome {
		if s.holds(box, i) {
			rows = append(rows, i)
		}
	}
	return rows
}

func (s *slowPRIM) hits(rows []int) (k int) {
	for _, i := range rows {
		k += int(s.outcome[i])
	}
	return k
}

// with copies a box and changes one limit in it. A limit that limits nothing is
// no limit.
func with(box map[string]Limit, l Limit) map[string]Limit {
	next := map[string]Limit{}
	for name, old := range box {
		next[name] = old
	}
	next[l.Input] = l
	if !l.Below && !l.Above && len(l.Excluded) == 0 {
		delete(next, l.Input)
	}
	return next
}

func (s *slowPRIM) values(in Input, rows []int) []float64 {
	var xs []float64
	for _, i := range rows {
		xs = append(xs, in.Numbers[i])
	}
	slices.Sort(xs)
	return xs
}

// halfway is the limit between two neighbouring values.
func halfway(in Input, lo, hi float64, upper bool) float64 {
	mid := (lo + hi) / 2
	switch {
	case upper && (in.Integer || mid >= hi):
		return lo
	case !upper && (in.Integer || mid <= lo):
		return hi
	}
	return mid
}

func (s *slowPRIM) peels() (boxes []map[string]Limit) {
	rows := s.rows(s.box)
	for _, in := range s.inputs {
		l := s.box[in.Name]
		l.Input = in.Name
		if in.Labels != nil {
			for _, label := range distinct(in.Labels) {
				x := l
				x.Excluded = append(slices.Clone(l.Excluded), label)
				if !slices.Contains(l.Excluded, label) {
					boxes = append(boxes, with(s.box, x))
				}
			}
			continue
		}
		xs := s.values(in, rows)
		n := len(xs)
		hi := int(math.Ceil(float64(n-1) * (1 - s.options.Peel)))
		if lo := below(xs, xs[hi]); lo >= 0 {
			x := l
			x.Above, x.Upper = true, halfway(in, xs[lo], xs[lo+1], true)
			boxes = append(boxes, with(s.box, x))
		}
		lo := int(math.Floor(float64(n-1) * s.options.Peel))
		if hi := above(xs, xs[lo]); hi < n {
			x := l
			x.Below, x.Lower = true, halfway(in, xs[hi-1], xs[hi], false)
			boxes = append(boxes, with(s.box, x))
		}
	}
	return boxes
}

// below is the last index of a value less than x, above the first of a greater.
func below(xs []float64, x float64) int {
	i, _ := slices.BinarySearch(xs, x)
	return i - 1
}

func above(xs []float64, x float64) int {
	for i, y := range xs {
		if y > x {
			return i
		}
	}
	return len(xs)
}

func distinct(labels []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(labels)))
}

func (s *slowPRIM) pastes() (boxes []map[string]Limit) {
	for _, in := range s.inputs {
		l, ok := s.box[in.Name]
		if !ok {
			continue
		}
		if in.Labels != nil {
			for _, label := range distinct(in.Labels) {
				if k := slices.Index(l.Excluded, label); k >= 0 {
					x := l
					x.Excluded = slices.Delete(slices.Clone(l.Excluded), k, k+1)
					boxes = append(boxes, with(s.box, x))
				}
			}
			continue
		}
		if l.Above {
			free := l
			free.Above = false
			xs := s.values(in, s.outside(with(s.box, free)))
			if len(xs) > 0 {
				at := above(xs, xs[int(math.Floor(float64(len(xs)-1)*s.options.Paste))])
				if at < len(xs) {
					free.Above, free.Upper = true, halfway(in, xs[at-1], xs[at], true)
				}
				boxes = append(boxes, with(s.box, free))
			}
		}
		if l.Below {
			free := l
			free.Below = false
			xs := s.values(in, s.outside(with(s.box, free)))
			if len(xs) > 0 {
				at := below(xs, xs[int(math.Ceil(float64(len(xs)-1)*(1-s.options.Paste)))])
				if at >= 0 {
					free.Below, free.Lower = true, halfway(in, xs[at], xs[at+1], false)
				}
				boxes = append(boxes, with(s.box, free))
			}
		}
	}
	return boxes
}

// outside is what a wider box holds more.
func (s *slowPRIM) outside(wider map[string]Limit) (rows []int) {
	for _, i := range s.rows(wider) {
		if !s.holds(s.box, i) {
			rows = append(rows, i)
		}
	}
	return rows
}

// worth is the objective as published.
func (s *slowPRIM) worth(old, now []int) *big.Rat {
	mean := func(rows []int) *big.Rat { return big.NewRat(int64(s.hits(rows)), int64(len(rows))) }
	gain := new(big.Rat).Sub(mean(now), mean(old))
	lost := big.NewRat(1, int64(max(len(old)-len(now), len(now)-len(old))))
	switch s.options.Objective {
	case Original:
		return mean(now)
	case Lenient2:
		gain.Mul(gain, big.NewRat(int64(len(now)), 1))
	}
	return gain.Mul(gain, lost)
}

func (s *slowPRIM) step(boxes []map[string]Limit, pasting bool) bool {
	old := s.rows(s.box)
	var best map[string]Limit
	var most *big.Rat
	for _, box := range boxes {
		now := s.rows(box)
		if len(now) == len(old) || float64(len(now))/float64(len(s.outcome)) < s.options.MassMin {
			continue
		}
		if pasting && s.hits(now)*len(old) <= s.hits(old)*len(now) {
			continue
		}
		w := s.worth(old, now)
		if w.Sign() <= 0 {
			continue
		}
		if most == nil || w.Cmp(most) > 0 || w.Cmp(most) == 0 && len(box) < len(best) {
			best, most = box, w
		}
	}
	if most == nil {
		return false
	}
	s.box = best
	return true
}

func (s *slowPRIM) note(step string) {
	rows := s.rows(s.box)
	text := fmt.Sprintf("%s %d/%d", step, s.hits(rows), len(rows))
	for _, in := range s.inputs {
		l, ok := s.box[in.Name]
		if !ok {
			continue
		}
		text += " " + in.Name + limitText(l)
		wide := with(s.box, Limit{Input: in.Name})
		s.qps = append(s.qps, tail(s.hits(rows), len(rows), s.hits(s.rows(wide)), len(s.rows(wide))))
	}
	s.report = append(s.report, text)
}

func limitText(l Limit) string {
	text := ""
	if l.Below {
		text += fmt.Sprintf("≥%v", l.Lower)
	}
	if l.Above {
		text += fmt.Sprintf("≤%v", l.Upper)
	}
	if len(l.Excluded) > 0 {
		text += "≠" + strings.Join(slices.Sorted(slices.Values(l.Excluded)), "≠")
	}
	return text
}

// tail sums the binomial chances of k and more among n.
func tail(k, n, ofK, ofN int) float64 {
	p := float64(ofK) / float64(ofN)
	sum := 0.0
	for i := k; i <= n; i++ {
		chance := 1.0
		for j := range i {
			chance *= float64(n-j) / float64(i-j) * p
		}
		sum += chance * math.Pow(1-p, float64(n-i))
	}
	return min(sum, 1)
}

func (s *slowPRIM) run() []string {
	s.note(Start)
	for s.step(s.peels(), false) {
		s.note(Peel)
	}
	for s.step(s.pastes(), true) {
		s.note(Paste)
	}
	return s.report
}

// fast notes a trajectory as the definition does.
func fast(tr *Trajectory) (report []string, qps []float64) {
	for _, b := range tr.Boxes {
		text := fmt.Sprintf("%s %d/%d", b.Step, b.Density.Count, b.Density.Of)
		for _, l := range b.Limits {
			if l.Restricted {
				text += " " + l.Input + limitText(l)
				qps = append(qps, *l.QP)
			}
		}
		report = append(report, text)
	}
	return report, qps
}

// table draws small tables full of ties, constants and pure corners.
func table(t *rapid.T) ([]Input, []float64) {
	n := rapid.IntRange(2, 40).Draw(t, "rows")
	var inputs []Input
	for j := range rapid.IntRange(1, 4).Draw(t, "inputs") {
		in := Input{Name: string(rune('a' + j))}
		top := rapid.SampledFrom([]int{0, 1, 3, 12, 1000}).Draw(t, "top")
		whole := rapid.SliceOfN(rapid.IntRange(-top, top), n, n).Draw(t, in.Name)
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			in.Integer = true
			fallthrough
		case 1:
			for _, x := range whole {
				in.Numbers = append(in.Numbers, float64(x)/map[bool]float64{true: 1, false: 8}[in.Integer])
			}
		default:
			for _, x := range whole {
				in.Labels = append(in.Labels, string(rune('p'+(x%4+4)%4)))
			}
		}
		inputs = append(inputs, in)
	}
	outcome := make([]float64, n)
	for i, u := range rapid.SliceOfN(rapid.IntRange(0, 9), n, n).Draw(t, "outcome") {
		corner := inputs[0].Numbers != nil && inputs[0].Numbers[i] > 0
		if corner && u > 1 || u > 7 {
			outcome[i] = 1
		}
	}
	outcome[0], outcome[1] = 0, 1
	return inputs, outcome
}

func options(t *rapid.T) Options {
	return Options{
		Peel:      rapid.SampledFrom([]float64{0.05, 0.1, 0.3, 0.45}).Draw(t, "peel"),
		Paste:     rapid.SampledFrom([]float64{0.05, 0.2, 0.45}).Draw(t, "paste"),
		MassMin:   rapid.SampledFrom([]float64{0.01, 0.05, 0.3}).Draw(t, "mass"),
		Objective: rapid.SampledFrom(Objectives()).Draw(t, "objective"),
	}
}

func TestPRIMIsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		o := options(t)
		table, err := New(inputs, outcome)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := PRIM(table, o)
		if err != nil {
			t.Fatal(err)
		}
		slow := &slowPRIM{inputs: inputs, outcome: outcome, options: tr.Options, box: map[string]Limit{}}
		want := slow.run()
		got, qps := fast(tr)
		if !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for i, qp := range qps {
			if math.Abs(qp-slow.qps[i]) > 1e-11*slow.qps[i]+1e-300 {
				t.Fatalf("quasi-p-value %v, want %v", qp, slow.qps[i])
			}
		}
	})
}
