package study

import (
	"math"
	"slices"

	"casus/special"
)

// Settled is the share of the worlds in which a thing must hold to be said without more.
const Settled = settledShare

const (
	fewWorlds = 64 // of a view, below which a range says little
	fewSpeak  = 30 // effective worlds, below which nothing settled can be said
)

// Few reports whether there are so few worlds that a range says little, and nothing
// on which assumption a gap turns.
func (a *Answer) Few() bool { return a.Worlds < fewWorlds }

// Weighed gives how many worlds the record weighs, and how many of equal weight they are
// worth; ok where that is fewer, in whole worlds too.
func (a *Answer) Weighed() (worlds, worth float64, few, ok bool) {
	worlds, worth = float64(a.Worlds*a.Schools), float64(a.Effective)
	return worlds, worth, worth < fewSpeak, a.Basis == "record" && worth <= 0.995*worlds && math.Round(worth) != math.Round(worlds)
}

// Compared is the number of options that can be compared by a measure.
func (a *Answer) Compared(measure string) int {
	for _, l := range a.Leads {
		if l.Measure == measure {
			return a.of(l)
		}
	}
	return len(a.Rows)
}

// LeadOf finds where a measure is best and worst; nil where no option has it.
func (a *Answer) LeadOf(measure string) *Lead {
	for i := range a.Leads {
		if a.Leads[i].Measure == measure && len(a.Leads[i].Best) > 0 {
			return &a.Leads[i]
		}
	}
	return nil
}

// FirstOf is of the options that every school has first the one that leads, or else the
// first.
func (a *Answer) FirstOf(h HeldBy) string {
	if l := a.LeadOf(h.Measure); l != nil && slices.Contains(h.Agreed, l.Best[0]) {
		return l.Best[0]
	}
	return h.Agreed[0]
}

// of is the number of options that a lead is of.
func (a *Answer) of(l Lead) int { return len(a.Rows) - len(l.Never) }

// Alone reports whether a measure is defined under one option only.
func (a *Answer) Alone(l *Lead) bool { return a.of(*l) == 1 }

// NearlyAll reports whether three in four of the options tie for the best, or more, and
// few enough are told apart that a table tells them.
func (a *Answer) NearlyAll(l *Lead) bool {
	n := a.of(*l)
	return n >= 8 && 4*len(l.Best) >= 3*n
}

// Unsure reports whether the first of the best is ahead of the first of the worst by
// what matters in so few worlds that it must be said.
func (l *Lead) Unsure() bool { return l.Sure != nil && *l.Sure < Settled }

// Lone is the only option of which anything can be said; nil where there is none, or
// more than one.
func (a *Answer) Lone() *AnswerRow {
	var on *AnswerRow
	for i, r := range a.Rows {
		if !slices.ContainsFunc(r.Cells, func(s Summary) bool { return s.Median != nil }) {
			continue
		}
		if on != nil {
			return nil
		}
		on = &a.Rows[i]
	}
	return on
}

// Yearly is the chance in one year that comes to p over the years ahead where each year
// is like the others, 1−(1−p)^(1/n); nil of what is no risk of years.
func (a *Answer) Yearly(h Head, p Float) *Float {
	if a.Horizon < 2 || a.Given != nil || !IsShare(h.Unit) || h.Better != "lower" || p <= 0 || p >= 1 {
		return nil
	}
	return FloatOf(1 - special.Pow(1-float64(p), 1/float64(a.Horizon)))
}

// Unlikely reports whether the condition has less than even odds under every option.
func (a *Answer) Unlikely() bool {
	return !slices.ContainsFunc(a.Rows, func(r AnswerRow) bool { return r.Given != nil && *r.Given >= 0.5 })
}

// Farthest is the pair of options that changes places by the most, counted in what
// matters, and the measure by which it does; nil where none does.
func (a *Answer) Farthest() (measure string, pair *Turned) {
	most := 0.0
	for _, f := range a.Firm {
		x := f.Turned
		if x == nil {
			continue
		}
		by := min(math.Abs(float64(x.As[0]-x.As[1])), math.Abs(float64(x.Then[0]-x.Then[1])))
		if m := a.head(f.Measure).Matters; m > 0 {
			by /= m
		}
		if pair == nil || by > most {
			measure, pair, most = f.Measure, x, by
		}
	}
	return measure, pair
}

func (a *Answer) head(measure string) Head {
	for _, h := range a.Heads {
		if h.Measure == measure {
			return h
		}
	}
	return Head{}
}

// By gives a cell in multiples of its value as run; ok where that can be told.
func (m *Moved) By() (times float64, ok bool) {
	if m == nil || m.As <= 0 {
		return 0, false
	}
	return float64(m.Then / m.As), true
}

// hardlyApart is the Bayes factor below which the record tells two schools hardly apart:
// less is not worth more than a bare mention (Kass & Raftery 1995).
const hardlyApart = 3

// Times compares the school that gives the record most with the one that gives it
// least, as a ratio; apart where that is enough to tell them by.
func (r *RecordVerdict) Times() (times float64, apart bool) {
	if r.Factor == nil {
		return 1, false
	}
	times = special.Exp(float64(*r.Factor))
	return times, times >= hardlyApart
}

// Near are the schools that the record tells hardly apart from one of its two ends, this
// first. One that is as near to the other end stands at neither.
func (r *RecordVerdict) Near(end string) []string {
	share := map[string]float64{}
	for _, s := range r.Shares {
		share[s.View] = float64(s.Share)
	}
	near := func(v, w string) bool {
		return max(share[v], share[w]) < hardlyApart*min(share[v], share[w])
	}
	out := []string{end}
	for _, s := range r.Shares {
		if s.View != r.For && s.View != r.Against && near(s.View, end) && near(s.View, r.For) != near(s.View, r.Against) {
			out = append(out, s.View)
		}
	}
	return out
}

// Speaking counts the records that speak against a school, and those among them that
// are held out and carry no weight; one that speaks against two counts twice.
func (r *RecordVerdict) Speaking() (records, heldOut int) {
	for _, v := range slices.Concat(r.Refuted, r.Doubted) {
		records, heldOut = records+len(v.Records), heldOut+v.HeldOut
	}
	return records, heldOut
}

// Stands compares an option with the baseline: better, worse, alike, open, or empty
// where the measure does not say which way is better.
func (s *Summary) Stands(m Measure) string {
	switch {
	case m.Better == "":
		return ""
	case s.Better != nil && *s.Better >= Settled:
		return "better"
	case s.Worse != nil && *s.Worse >= Settled:
		return "worse"
	case m.Matters > 0 && s.Better != nil && s.Worse != nil && 1-*s.Better-*s.Worse >= Settled:
		return "alike"
	}
	return "open"
}

// Most is the step at which options that part in a choice do so most.
func (p *Apart) Most() Split {
	most := p.Differ[0]
	for _, s := range p.Differ[1:] {
		if math.Abs(s.A-s.B) > math.Abs(most.A-most.B) {
			most = s
		}
	}
	return most
}

// beyond says where a number lies to a range: 1 above, -1 below, 0 within it, or where
// there is none.
func beyond(x *Float, low, high float64) int {
	switch {
	case x == nil:
		return 0
	case float64(*x) > high:
		return 1
	case float64(*x) < low:
		return -1
	}
	return 0
}

// Beyond says whether the median that a view implies lies above (1) or below (-1) the
// 95 % interval of what happened.
func (c *Check) Beyond() int { return beyond(c.Implied, float64(c.Lower), float64(c.Higher)) }

// Beyond says whether the median that a view implies lies above (1) or below (-1) what
// others say.
func (b *Beside) Beyond(v Implied) int { return beyond(v.Prior.Median, b.Low, b.High) }

// Stronger is the school that gives what happened better than the other, and how many
// times as well.
func (f *Factor) Stronger() (view, than string, times float64) {
	if log := float64(*f.Log); log < 0 {
		return f.Against, f.View, special.Exp(-log)
	}
	return f.View, f.Against, special.Exp(float64(*f.Log))
}
