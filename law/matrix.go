package law

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"casus/data"
	"casus/model"
)

// Tie is one line of a directed matrix: what one state owes another, by which
// articles.
type Tie struct {
	Debtor     string // a state, or Every
	Creditor   string // a state, Every, or empty where nobody is named
	Against    string // ids of states with a blank between, AnyAttacker or Unnamed
	Event      string // the kind of event that it waits for; empty: none
	Verb       model.Verb
	Class      *model.Duty
	Binding    Binding
	Conditions []string // what it turns on, as conditions of law
	Articles   []string // in the order of the catalogue
	First      data.Day // the first day of those asked for on which it stands
}

// What Tie.Against says where it names no state.
const (
	AnyAttacker = "any"     // whoever attacks
	Unnamed     = "unnamed" // the treaty names the adversary, the model does not
)

// namedAdversary is the fact with which a model says that there is a named
// adversary and not who it is.
const namedAdversary = "adversary_named"

// stretch is a time in which the pledges of one instrument do not change.
type stretch struct {
	data.Span
	lines []line
}

// line is one pledge: the tie it makes, and the claim of its article, which is
// the same on other days though it may stand more or less firmly then.
type line struct{ tie, claim int32 }

// Timeline is the pledges of every day in a span. It does not change after
// NewTimeline.
type Timeline struct {
	stretches []stretch // by instrument, in the order of the catalogue, then by day
	ties      []Tie     // in order, without articles
	articles  []string  // by claim
}

// NewTimeline asks for the pledges of every day in a span, as the acts of an
// option change them, under the facts and readings of a question. Each instrument is asked once for each stretch of days
// in which its law stands still. The error is that of the context.
func NewTimeline(ctx context.Context, m *model.Model, over data.Span, acts []model.Act, q Standing) (*Timeline, error) {
	asks := stretchesOf(m, over)
	days := make([]data.Day, 0, len(asks))
	for d := range asks {
		days = append(days, d)
	}
	slices.Sort(days)
	t := &tying{ties: map[tieKey]int32{}, claims: map[tieKey]int32{}}
	byInstrument := make([][]stretch, len(m.Instruments))
	for _, d := range days {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b := Compile(m, d, acts)
		for _, a := range asks[d] {
			if ps := b.PledgesOf(m.Instruments[a.instrument], q); len(ps) > 0 {
				byInstrument[a.instrument] = append(byInstrument[a.instrument], stretch{a.Span, t.lines(ps)})
			}
		}
	}
	t.out.stretches = slices.Concat(byInstrument...)
	t.sort()
	return &t.out, nil
}

// ask is an instrument and days on which its law stands still.
type ask struct {
	instrument int
	data.Span
}

// stretchesOf cuts a span for each instrument, by first day.
func stretchesOf(m *model.Model, over data.Span) map[data.Day][]ask {
	out := map[data.Day][]ask{}
	changes := changesOf(m)
	for i, in := range m.Instruments {
		from := over.From
		for _, d := range append(changes(in), over.Until+1) {
			if d > from && d <= over.Until+1 {
				out[from] = append(out[from], ask{i, data.Span{From: from, Until: d - 1}})
				from = d
			}
		}
	}
	return out
}

// tying turns pledges into lines, each tie and claim kept once.
type tying struct {
	out    Timeline
	ties   map[tieKey]int32
	claims map[tieKey]int32
}

func (t *tying) lines(ps []Pledge) []line {
	out := make([]line, len(ps))
	for i := range ps {
		tie := tieOf(&ps[i])
		k := tieKey{debtor: tie.Debtor, creditor: tie.Creditor, against: tie.Against, event: tie.Event, class: tie.Class.Name, verb: tie.Verb, article: ps[i].Article.Address}
		claim, met := t.claims[k]
		if !met {
			claim = int32(len(t.out.articles))
			t.claims[k] = claim
			t.out.articles = append(t.out.articles, k.article)
		}
		k.article, k.binding, k.conditions = "", tie.Binding, strings.Join(tie.Conditions, "; ")
		n, met := t.ties[k]
		if !met {
			n = int32(len(t.out.ties))
			t.ties[k] = n
			t.out.ties = append(t.out.ties, tie)
		}
		out[i] = line{n, claim}
	}
	return out
}

// sort puts the ties in order and the lines on their new numbers.
func (t *tying) sort() {
	by := make([]int32, len(t.out.ties))
	for i := range by {
		by[i] = int32(i)
	}
	slices.SortFunc(by, func(a, b int32) int { return t.out.ties[a].compare(t.out.ties[b]) })
	sorted, now := make([]Tie, len(by)), make([]int32, len(by))
	for i, old := range by {
		sorted[i], now[old] = t.out.ties[old], int32(i)
	}
	t.out.ties = sorted
	for i := range t.out.stretches {
		for j := range t.out.stretches[i].lines {
			l := &t.out.stretches[i].lines[j]
			l.tie = now[l.tie]
		}
	}
}

// Ties lists who owes what to whom in a span of the timeline: what stands on any
// day of it. Of one article that says the same on several days, more and less
// firmly, the firmest counts. Articles that make the same tie stand together.
// With onlyHelp it lists only duties of help that call for armed force or may.
// The order is by debtor, creditor, strength of the class (the strongest first),
// and then by all else.
func (t *Timeline) Ties(over data.Span, onlyHelp bool) []Tie {
	type standing struct {
		tie   int32
		first data.Day
	}
	at := make([]int32, len(t.articles)) // where a claim is found in the list below, from 1
	var claims []int32
	var found []standing
	for i := range t.stretches {
		s := &t.stretches[i]
		if !s.Overlaps(over) {
			continue
		}
		for _, l := range s.lines {
			if onlyHelp && !t.ties[l.tie].helps() {
				continue
			}
			n := at[l.claim]
			if n == 0 {
				found, claims = append(found, standing{l.tie, max(s.From, over.From)}), append(claims, l.claim)
				at[l.claim] = int32(len(found))
			} else if t.ties[l.tie].Binding < t.ties[found[n-1].tie].Binding {
				found[n-1].tie = l.tie
			}
		}
	}
	order := make([]int32, len(found))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(found[a].tie, found[b].tie), cmp.Compare(a, b)) })
	var out []Tie
	for i, n := range order {
		if f := found[n]; i == 0 || found[order[i-1]].tie != f.tie {
			tie := t.ties[f.tie]
			tie.Articles, tie.First = []string{t.articles[claims[n]]}, f.first
			out = append(out, tie)
			continue
		}
		last := &out[len(out)-1]
		last.Articles = append(last.Articles, t.articles[claims[n]])
		last.First = min(last.First, found[n].first)
	}
	return out
}

// States is every state that stands in a tie of the timeline, in order; Every and
// "" are among them where they stand in one.
func (t *Timeline) States(onlyHelp bool) []string {
	seen := map[string]bool{}
	for _, tie := range t.ties {
		if !onlyHelp || tie.helps() {
			seen[tie.Debtor], seen[tie.Creditor] = true, true
		}
	}
	out := make([]string, 0, len(seen))
	for s := range seen {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func (t Tie) helps() bool { return t.Verb == model.Owes && t.Class.Force != model.NoForce }

// tieKey tells two ties, or two claims, apart.
type tieKey struct {
	debtor, creditor, against, event, class, conditions, article string
	verb                                                         model.Verb
	binding                                                      Binding
}

func tieOf(p *Pledge) Tie {
	t := Tie{Debtor: p.Debtor, Creditor: p.Creditor, Against: AnyAttacker, Event: p.Event, Verb: p.Verb, Class: p.Class, Binding: p.Binding}
	if p.Binding == Conditional {
		t.Conditions = slices.Concat(p.Open, p.Excludes)
	}
	switch {
	case len(p.Against) > 0:
		t.Against = strings.Join(p.Against, " ")
	case slices.Contains(p.Open, namedAdversary):
		t.Against = Unnamed
	}
	return t
}

func (t Tie) compare(u Tie) int {
	return cmp.Or(cmp.Compare(t.Debtor, u.Debtor), cmp.Compare(t.Creditor, u.Creditor), cmp.Compare(u.Class.Strength, t.Class.Strength),
		cmp.Compare(t.Class.Name, u.Class.Name), cmp.Compare(t.Verb, u.Verb), cmp.Compare(t.Binding, u.Binding), cmp.Compare(t.Against, u.Against),
		cmp.Compare(t.Event, u.Event), slices.Compare(t.Conditions, u.Conditions))
}
