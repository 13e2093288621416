package model

import (
	"fmt"
	"slices"
	"strconv"

	"casus/lang/source"
	"casus/lang/syntax"
)

// Record counts what happened: so many events in so many trials or, without
// trials, in so many years. Measure is the crisis measure that gives the
// probability of the event in one trial, or its rate a year. A record weighs
// the worlds of every case that is held against the case it stands in, unless
// it is held out or opposed.
type Record struct {
	Name, Title string // Name may be empty
	Measure     string
	Option      string // under which it happened; empty: the baseline
	Events      int
	EventsHigh  int // a second count, by another definition; 0 when none
	Trials      int // 0: a count over Years
	TrialsHigh  int
	Per         string  // what a trial is: "dispute"
	Yearly      string  // the measure for one year; empty when not given
	Years       float64 // years observed
	Effective   float64 // independent trials that the dependent ones are worth; 0: all
	Clustered   Range   // the 95 % interval of the rate with cases clustered; zero: none
	Temper      float64 // how much of its likelihood counts, in (0, 1]
	From, Until int     // the years it is of; 0: not said
	Definition  string
	HeldOut     string // why it is predicted and does not weigh; empty: it weighs
	Opposed     string // why opposed views may not be weighed by it; empty: they may
	SameEvents  []string
	Cite
	Pos source.Pos
}

// Range is from Low to High.
type Range struct{ Low, High float64 }

// Weighs reports whether a record enters the likelihood of a world.
func (r *Record) Weighs() bool { return r.HeldOut == "" && r.Opposed == "" }

// Rate reports whether a record counts over years rather than in trials.
func (r *Record) Rate() bool { return r.Trials == 0 }

// Estimate is a number that others have published of what a measure gives, or of
// something near it that no measure gives. It stands beside the views and never
// weighs them.
type Estimate struct {
	Title      string
	Asked      string // when, in words
	Horizon    string // of which time or case
	Measure    string // empty: nothing of the crisis asks the same
	Unlike     string // why not; empty where a measure does
	Option     string // under which it is made; empty: the baseline
	Low, High  float64
	Says, Mean string // in their words; what it does and does not mean here
	Cite
	Pos     source.Pos
	valueAt source.Pos
}

// record reads what happened: `record NAME "title" { measure M; events 0; trials
// 60..63; temper 0.5; source S81 }`. The name may be missing.
func (l *loader) record(c *syntax.Cursor, k *Case) {
	r := Record{Temper: 1, Pos: c.Peek().Pos}
	at := c.Peek()
	if c.Peek().Kind == syntax.Name {
		n := c.Next()
		if !l.declare(c, "record", n, n.Text) {
			return
		}
		r.Name = n.Text
		at = n
	}
	t, ok := c.String("its title in quotes")
	if !ok {
		return
	}
	r.Title = t.Value
	readers := l.citing(&r.Cite)
	l.ofMeasure(readers, &r.Measure, &r.Option, k)
	readers["yearly"] = func(c *syntax.Cursor) { n, _ := c.Name("a measure"); r.Yearly = n.Text }
	readers["per"] = func(c *syntax.Cursor) { r.Per = text(c) }
	readers["events"] = func(c *syntax.Cursor) { counts(c, &r.Events, &r.EventsHigh) }
	readers["trials"] = func(c *syntax.Cursor) { counts(c, &r.Trials, &r.TrialsHigh) }
	readers["years"] = func(c *syntax.Cursor) { r.Years = above(c, "a number of years") }
	readers["effective"] = func(c *syntax.Cursor) { r.Effective = above(c, "how many independent trials they are worth") }
	readers["clustered"] = func(c *syntax.Cursor) { r.Clustered = readRange(c) }
	readers["temper"] = func(c *syntax.Cursor) { temper(c, &r.Temper) }
	readers["era"] = func(c *syntax.Cursor) { era(c, &r) }
	readers["definition"] = func(c *syntax.Cursor) { r.Definition = text(c) }
	readers["held"] = func(c *syntax.Cursor) {
		if c.Expect("out") {
			r.HeldOut = text(c)
		}
	}
	readers["opposed"] = func(c *syntax.Cursor) { r.Opposed = text(c) }
	readers["same"] = func(c *syntax.Cursor) { l.sameEvents(c, &r) }
	l.lines(c.Stmt, readers)
	if msg, hint := r.wrong(); msg != "" {
		l.fail(at, c.Stmt, msg, hint)
	} else if len(r.Sources) == 0 && !says(c.Stmt, "source") {
		l.fail(at, c.Stmt, "a record is of what somebody counted: it has no source", "add source …")
	}
	k.Records = append(k.Records, r)
}

// ofMeasure are the readers of what a record or an estimate is of.
func (l *loader) ofMeasure(readers map[string]func(*syntax.Cursor), measure, option *string, k *Case) {
	readers["measure"] = func(c *syntax.Cursor) { n, _ := c.Name("a measure"); *measure = n.Text }
	readers["option"] = func(c *syntax.Cursor) {
		n, _ := c.Name("an option")
		*option = n.Text
		l.later = append(l.later, func() { l.later = append(l.later, func() { l.ofCase(k, n, c.Stmt) }) })
	}
}

func (l *loader) ofCase(k *Case, n syntax.Token, at *syntax.Stmt) {
	var known []string
	for _, o := range k.Options {
		known = append(known, o.Name)
	}
	if !slices.Contains(known, n.Text) {
		l.fail(n, at, "case "+k.Name+" has no option "+strconv.Quote(n.Text), source.DidYouMean(n.Text, known))
	}
}

// counts reads `60` or `60..63`, the ends of what several definitions count.
func counts(c *syntax.Cursor, low, high *int) {
	for _, to := range []*int{low, high} {
		at := c.Peek()
		v, ok := c.Number("a count")
		if ok && (v < 0 || v != float64(int(v)) || v > maxCount) {
			c.Fail(at, "a count is a whole number, at most a million", "")
		}
		*to = int(min(max(v, -1), maxCount))
		if !c.Take("..") {
			return
		}
	}
}

// maxCount bounds the trials of a record, for its probability is computed trial
// by trial.
const maxCount = 1_000_000

func above(c *syntax.Cursor, what string) float64 {
	at := c.Peek()
	v, ok := c.Number(what)
	if ok && v <= 0 {
		c.Fail(at, "expected "+what+" above 0", "")
	}
	return v
}

func readRange(c *syntax.Cursor) Range {
	lo, _ := c.Number("the lower end")
	c.Expect("..")
	hi, _ := c.Number("the upper end")
	return Range{lo, hi}
}

func temper(c *syntax.Cursor, to *float64) {
	at := c.Peek()
	v, ok := c.Number("a share of the likelihood")
	if ok && (v <= 0 || v > 1) {
		c.Fail(at, "temper is above 0 and at most 1: the share of its likelihood that a record counts with", "a record that shall not weigh is held out \"…\"")
	}
	*to = v
}

func era(c *syntax.Cursor, r *Record) {
	at := c.Peek()
	years := readRange(c)
	if !c.Failed() && (years.Low != float64(int(years.Low)) || years.High != float64(int(years.High)) || years.Low > years.High) {
		c.Fail(at, "an era is from one year to another", "era 1949..2014")
	}
	r.From, r.Until = int(years.Low), int(years.High)
}

// sameEvents reads `same events as NAME, NAME`.
func (l *loader) sameEvents(c *syntax.Cursor, r *Record) {
	c.Expect("events")
	c.Expect("as")
	for _, n := range c.Names("the name of a record") {
		r.SameEvents = append(r.SameEvents, n.Text)
		own := r.Name
		l.later = append(l.later, func() {
			var known []string
			for _, k := range l.m.Cases {
				for _, x := range k.Records {
					known = append(known, x.Name)
				}
			}
			if n.Text == own || !slices.Contains(known, n.Text) {
				l.fail(n, c.Stmt, "no other record is called "+strconv.Quote(n.Text), source.DidYouMean(n.Text, known))
			}
		})
	}
}

// wrong says what in a record cannot be, and what to write.
func (r *Record) wrong() (msg, hint string) {
	most, least := max(r.Events, r.EventsHigh), r.Trials
	rate := 0.0
	if r.Trials > 0 {
		rate = float64(r.Events) / float64(r.Trials)
	}
	switch {
	case r.Rate() && r.Years == 0, !r.Rate() && most > least, r.Events < 0:
		return "a record counts events among at least one trial", "events 0; trials 60"
	case r.EventsHigh != 0 && r.EventsHigh < r.Events, r.TrialsHigh != 0 && r.TrialsHigh < r.Trials:
		return "a range of counts rises", "trials 60..63"
	case r.Effective != 0 && r.Clustered != (Range{}):
		return "effective and clustered say the same: how far the cases depend on each other", "keep one"
	case r.Effective != 0 && r.Effective < 1:
		return "dependent cases are worth at least one independent trial", "effective 1"
	case r.Effective > r.size():
		return fmt.Sprintf("effective is at most what was counted, %g", r.size()), "leave it out where cases are independent"
	case !r.Rate() && r.Effective == 1 && r.Events != 0 && r.Events != r.Trials:
		return "of cases worth one trial all happened or none", "effective above 1"
	case r.Clustered != (Range{}) && (r.Rate() || r.Clustered.Low < 0 || r.Clustered.High > 1 || r.Clustered.Low > rate || r.Clustered.High < rate):
		return "clustered is the 95 % interval of the share of trials with the event, and holds that share", "clustered 3%..77%"
	case r.HeldOut != "" && r.Opposed != "":
		return "a record is held out or opposed, not both", "opposed ones never weigh"
	}
	return "", ""
}

// size is how much was counted: trials or, of a rate, years.
func (r *Record) size() float64 {
	if r.Rate() {
		return r.Years
	}
	return float64(r.Trials)
}

// estimate reads what others say: `estimate "title" { asked "May 2025"; horizon "a
// year"; measure M; value 0.2..0.6; says "…"; means "…"; source S217 }`, with
// `unlike "…"` where no measure asks the same.
func (l *loader) estimate(c *syntax.Cursor, k *Case) {
	t, ok := c.String("its title in quotes")
	if !ok {
		return
	}
	e := Estimate{Title: t.Value, Pos: t.Pos}
	given := false
	readers := l.citing(&e.Cite)
	l.ofMeasure(readers, &e.Measure, &e.Option, k)
	readers["value"] = func(c *syntax.Cursor) {
		at := c.Peek()
		e.valueAt = at.Pos
		e.Low, _ = c.Number("a number")
		e.High, given = e.Low, true
		if c.Take("..") {
			e.High, _ = c.Number("the upper end")
		}
		if !c.Failed() && e.High < e.Low {
			c.Fail(at, "a range rises", "")
		}
	}
	readers["asked"] = func(c *syntax.Cursor) { e.Asked = text(c) }
	readers["horizon"] = func(c *syntax.Cursor) { e.Horizon = text(c) }
	readers["unlike"] = func(c *syntax.Cursor) { e.Unlike = text(c) }
	readers["says"] = func(c *syntax.Cursor) { e.Says = text(c) }
	readers["means"] = func(c *syntax.Cursor) { e.Mean = text(c) }
	l.lines(c.Stmt, readers)
	switch {
	case !given:
		l.fail(t, c.Stmt, "an estimate has no value", "add value 0.2..0.6")
	case len(e.Sources) == 0 && !says(c.Stmt, "source"):
		l.fail(t, c.Stmt, "an estimate is somebody's: it has no source", "add source …")
	}
	k.Estimates = append(k.Estimates, e)
}

// caseRecords checks the records and estimates of a case against its crisis, and
// that those that weigh it count no event twice.
func (l *loader) caseRecords(k *Case, s *syntax.Stmt) {
	for _, r := range k.Records {
		if r.Measure == "" {
			l.at(r.Pos, 1, s.Heading(), "record names no measure", "add measure NAME: the chance of the event in one trial")
		}
		l.knownMeasure(k, r.Measure, r.Pos, s, "record")
		l.knownMeasure(k, r.Yearly, r.Pos, s, "record")
		l.recordUnit(k, &r, s)
	}
	for _, e := range k.Estimates {
		switch {
		case e.Measure == "" && e.Unlike == "":
			l.at(e.Pos, 1, s.Heading(), "estimate names no measure", "add measure NAME; or unlike \"…\", which says why no measure asks the same")
		case e.Measure != "" && e.Unlike != "":
			l.at(e.Pos, 1, s.Heading(), "estimate names a measure and is said to be unlike any", "leave one of the two out; what the two do not share goes into means \"…\"")
		}
		l.knownMeasure(k, e.Measure, e.Pos, s, "estimate")
		l.estimateWithin(k, &e, s)
	}
	l.countedTwice(k, s)
}

// estimateWithin reports a value that no measure of its kind can take: what stands beside
// nothing is a chance.
func (l *loader) estimateWithin(k *Case, e *Estimate, s *syntax.Stmt) {
	m := k.Crisis.Measure(e.Measure)
	if e.valueAt.IsZero() || m == nil && e.Measure != "" || m != nil && l.faulty[e.Measure] {
		return
	}
	switch chance := m == nil || m.Unit.Kind == Probability || m.Unit.Kind == Share; {
	case chance && (e.Low < 0 || e.High > 1):
		between := fmt.Sprintf("between %g and %g", e.Low, e.High)
		if e.Low == e.High {
			between = fmt.Sprintf("at %g", e.Low)
		}
		l.at(e.valueAt, 1, s.Heading(), "an estimate of a chance lies between 0 and 1, and this one "+between, "20 to 60 percent is 20%..60%")
	case !chance && m.Rate && e.Low < 0:
		l.at(e.valueAt, 1, s.Heading(), fmt.Sprintf("an estimate of a rate is 0 or more, and this one is %g", e.Low), "")
	}
}

func (l *loader) knownMeasure(k *Case, name string, at source.Pos, s *syntax.Stmt, what string) {
	if name != "" && k.Crisis.Measure(name) == nil && !l.faulty[name] {
		l.at(at, 1, s.Heading(), what+" names the unknown measure "+strconv.Quote(name), source.DidYouMean(name, k.Crisis.measureNames()))
	}
}

// recordUnit checks that trials are held against a probability and years
// against a rate.
func (l *loader) recordUnit(k *Case, r *Record, s *syntax.Stmt) {
	m := k.Crisis.Measure(r.Measure)
	if m == nil {
		return
	}
	yearly := m.Unit == Unit{Year: -1}
	switch {
	case r.Rate() && !yearly && r.Years > 0:
		l.at(r.Pos, 1, s.Heading(), "a count over years is held against a rate a year, and "+m.Name+" is in "+m.Unit.String(), "add trials …, or name a measure in number a year")
	case !r.Rate() && !yearly && m.Unit.Kind != Probability && m.Unit.Kind != Share:
		l.at(r.Pos, 1, s.Heading(), "events in trials are held against a probability, and "+m.Name+" is in "+m.Unit.String(), "")
	}
}

// Weighing are the records that weigh the worlds of a case: its own and those of
// the cases it is held against.
func (m *Model) Weighing(k *Case) []Record {
	var out []Record
	for _, name := range k.Past() {
		past := m.Case(name)
		if past == nil {
			continue
		}
		for _, r := range past.Records {
			if r.Weighs() {
				out = append(out, r)
			}
		}
	}
	return out
}

// Past names the cases that a case is held against: itself too, if it has
// records or estimates of its own.
func (k *Case) Past() []string {
	if len(k.Records)+len(k.Estimates) == 0 || slices.Contains(k.Against, k.Name) {
		return k.Against
	}
	return append([]string{k.Name}, k.Against...)
}

// countedTwice reports two records of the same events that both weigh a case
// and would count for more than the events once.
func (l *loader) countedTwice(k *Case, s *syntax.Stmt) {
	weighing := l.m.Weighing(k)
	for i, a := range weighing {
		for _, b := range weighing[:i] {
			if !slices.Contains(a.SameEvents, b.Name) && !slices.Contains(b.SameEvents, a.Name) || a.Temper+b.Temper <= 1 {
				continue
			}
			l.at(k.Pos, len(k.Name), s.Heading(), fmt.Sprintf("records %s and %s are of the same events and weigh case %s as if they were two", b.title(), a.title(), k.Name),
				fmt.Sprintf("hold one out, or temper them so that they add up to at most 1 (now %g and %g)", b.Temper, a.Temper))
		}
	}
}

func (r *Record) title() string {
	if r.Name != "" {
		return r.Name
	}
	return strconv.Quote(r.Title)
}
