package studio

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"

	"casus/ask"
	"casus/finding"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// supposeWords hold nothing yet: of the two options whose order is least settled.
func supposeWords(on subject) ask.Words {
	if on.Record == "" || on.Contest[0] == "" {
		return nil
	}
	return on.withCase(ask.Words{"case": {on.Record}, "measure": {on.Contest[0]}, "between": {on.Contest[1] + "," + on.Contest[2]}})
}

// supposing is the view of assumptions that are held at values.
type supposing struct {
	Hidden   [][2]string
	Picks    []pick
	Set      string
	Live     bool // there is somebody to ask
	Refine   string
	Answers  supposeAnswers
	First    []slider // those whose flips were looked for
	Rest     []slider
	Steps    int
	Fixed    int
	Decides  string // the address of what decides over all worlds
	Nothing  string // the address with nothing held
	ByRecord bool
}

// supposeAnswers are the part that changes while a slider is moved.
type supposeAnswers struct {
	Says   string
	Worlds int
	Names  [2]string
	Titles [2]string
	Held   bool
	Rows   []supposeRow
}

type supposeRow struct {
	Title, Name, Better string
	Unit                string // empty where each number has it
	A, B                supposeCell
}

type supposeCell struct {
	Stated, Central, Mean, Range string
	Moved                        bool
}

// slider is one assumption. Places are in thousandths of its track.
type slider struct {
	Name, Title, Unit string
	Min, Max, Value   float64
	Held              bool
	Says              string // where it turns the ranking round
	Ground            string
	Range             string // what the view believes, in words
	Record            string // what the record makes of it, in words
	Track             track
	Bar               bar
}

// track draws the bands and marks under a slider.
type track struct {
	View, Record *span
	Median       int
	Flips        []int
}

type span struct{ From, Width int }

// bar is one line of the tornado.
type bar struct {
	Span          *span
	Zero, Centre  int
	Crosses       bool
	Low, High     string // the difference at the two ends
	LowAt, HighAt string
}

func setSuppose(x *setting) (any, error) {
	r := x.found.(*inquiry.Supposed)
	x.page.Title, x.page.Heading = "Assumptions", show.SupposeQuestion(r)
	words := x.q.Words()
	v := &supposing{Set: strings.Join(words["set"], ","), Live: x.links.live, Answers: answersOf(r), Steps: r.Steps, Fixed: r.Fixed}
	for _, name := range []string{"case", "case_of_record", "seed", "design", "follow"} {
		for _, w := range words[name] {
			v.Hidden = append(v.Hidden, [2]string{name, w})
		}
	}
	v.Refine = "/refine" + x.links.to("suppose", with(words, "set"))
	v.Nothing = x.links.to("suppose", with(words, "set"))
	v.Decides = x.links.to("sense", ask.Words{"case": words["case"], "measures": {r.Measure.Name}, "options": {r.A.Name}})
	v.sliders(r)
	measures, err := x.measures()
	if err != nil {
		return nil, err
	}
	options, err := x.listed("options")
	if err != nil {
		return nil, err
	}
	var views [][2]string
	list, err := x.listed("views")
	for _, w := range list {
		if w[0] == r.View || !x.union(w[0]) {
			views = append(views, w)
		}
	}
	v.Picks = []pick{picked("measure", "Measure", measures, []string{r.Measure.Name}), picked("between", "Option", options, []string{r.A.Name}), picked("between", "Held against", options, []string{r.B.Name}), picked("view", "School", views, []string{r.View})}
	return v, err
}

// union reports whether a view of the record has no central world.
func (x *setting) union(view string) bool {
	q, err := ask.PutWords("report", ask.Words{"record": {x.on.Record}})
	if err != nil || x.on.Record == "" {
		return false
	}
	f, err := x.studio.answer(x.ctx, q, ask.Told{})
	if err != nil {
		return false
	}
	return slices.ContainsFunc(f.Opening().Views, func(v finding.View) bool { return v.Name == view && v.Union })
}

func answersOf(r *inquiry.Supposed) supposeAnswers {
	a := supposeAnswers{Says: show.SupposeAnswer(r), Names: [2]string{r.A.Name, r.B.Name}, Titles: [2]string{r.A.Title, r.B.Title}, Held: len(r.Set) > 0, Worlds: r.Worlds}
	for _, o := range r.Head.Options {
		for i, name := range a.Names {
			if o.Name == name {
				a.Names[i] = cmp.Or(o.Label, name)
			}
		}
	}
	for i, m := range r.Measures {
		unit := show.UnitShown(m.Unit)
		if unit == "%" {
			unit = ""
		}
		a.Rows = append(a.Rows, supposeRow{shortOf(r.Measures, m), m.Name, m.Better, unit, cellOf(r.A.Values[i], m.Unit), cellOf(r.B.Values[i], m.Unit)})
	}
	return a
}

// shortOf is the word by which tables call a measure; its whole title where it has none,
// or others are called so too.
func shortOf(all []study.Measure, m study.Measure) string {
	n := 0
	for _, x := range all {
		if x.Headline == m.Headline {
			n++
		}
	}
	if n > 1 {
		return m.Title
	}
	return cmp.Or(m.Headline, m.Title)
}

func cellOf(v inquiry.SupposedValue, unit string) supposeCell {
	c := supposeCell{Stated: show.Amount(v.Stated, unit), Central: show.Amount(v.Central, unit), Mean: "…", Range: ""}
	c.Moved = c.Stated != c.Central
	if v.Worlds > 0 {
		c.Mean, c.Range = show.Amount(v.Mean, unit), "one world gives no range"
	}
	if v.Worlds > 1 {
		c.Range = show.Amount(v.P05, unit) + " to " + show.Amount(v.P95, unit)
	}
	return c
}

// sliders are the assumptions that can be moved, those that were followed first.
func (v *supposing) sliders(r *inquiry.Supposed) {
	most := math.Abs(r.Difference())
	for _, x := range r.Assumptions {
		most = max(most, finite(x.AtP05), finite(x.AtP95))
	}
	for i, x := range r.Assumptions {
		s := sliderOf(x, r, most)
		v.ByRecord = v.ByRecord || s.Record != ""
		if x.Held || x.Followed || i < inquiry.SupposeFollow {
			v.First = append(v.First, s)
		} else {
			v.Rest = append(v.Rest, s)
		}
	}
	slices.SortStableFunc(v.First, func(a, b slider) int { // what is held comes first
		switch {
		case a.Held == b.Held:
			return 0
		case a.Held:
			return -1
		}
		return 1
	})
}

func finite(x finding.Number) float64 {
	if x := math.Abs(float64(x)); !math.IsNaN(x) && !math.IsInf(x, 0) {
		return x
	}
	return 0
}

func sliderOf(x inquiry.SupposedNumber, r *inquiry.Supposed, most float64) slider {
	lo, hi := float64(x.Lowest), float64(x.Highest)
	s := slider{Name: x.Assumption, Title: x.Title, Unit: x.Unit, Min: min(lo, float64(x.Value)), Max: max(hi, float64(x.Value)), Value: float64(x.Value), Held: x.Held,
		Says: show.FlipsAt(x), Ground: show.GroundWords(x), Range: show.Number(x.Median) + " (" + show.Number(x.P05) + " to " + show.Number(x.P95) + ")"}
	at := func(v float64) int { return int(min(max(1000*(v-s.Min)/(s.Max-s.Min), 0), 1000) + 0.5) }
	between := func(a, b float64) *span { return &span{at(a), max(at(b)-at(a), 3)} }
	s.Track.View, s.Track.Median = between(float64(x.P05), float64(x.P95)), at(float64(x.Median))
	if p := x.Record; p != nil {
		s.Record = show.Number(p.Median)
		if !math.IsNaN(float64(p.P05)) { // one world has no range
			s.Track.Record = between(float64(p.P05), float64(p.P95))
			s.Record += " (" + show.Number(p.P05) + " to " + show.Number(p.P95) + ")"
		}
	}
	for _, f := range x.Flips {
		s.Track.Flips = append(s.Track.Flips, at(float64(f)))
	}
	s.Bar = barOf(x, r, most)
	return s
}

func barOf(x inquiry.SupposedNumber, r *inquiry.Supposed, most float64) bar {
	at := func(v float64) int { return 500 + int(math.Round(480*v/most)) }
	a, b := float64(x.AtP05), float64(x.AtP95)
	out := bar{Zero: 500, Centre: 500, Low: show.Difference(x.AtP05, r.Measure.Unit), High: show.Difference(x.AtP95, r.Measure.Unit), LowAt: show.Number(x.P05), HighAt: show.Number(x.P95), Crosses: a*b < 0}
	if most == 0 || math.IsNaN(a) || math.IsNaN(b) || math.IsNaN(r.Difference()) {
		return out
	}
	from, to := at(min(a, b)), at(max(a, b))
	out.Span, out.Centre = &span{from, max(to-from, 3)}, at(r.Difference())
	return out
}

// refined goes to the page while a slider is moved.
type refined struct {
	Answers string            `json:"answers"`
	Command string            `json:"command"`
	Heading string            `json:"heading"`
	Worlds  int               `json:"worlds"`
	Rows    map[string]remade `json:"rows"` // by assumption; empty: as they were
}

type remade struct {
	Track string `json:"track"`
	Bar   string `json:"bar"`
	Says  string `json:"says"`
}

// stages are the worlds over which a supposition is looked at, one after the other;
// the first is the central world alone.
var stages = []int{0, 32, 128, 512}

// refine answers a supposition in the central world, and then in more and more
// worlds, each as it comes (server-sent events), until the page asks for another.
func (s *Studio) refine(w http.ResponseWriter, r *http.Request) {
	words := ask.Words(r.URL.Query())
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	for _, n := range stages {
		q, err := ask.PutWords("suppose", with(words, "worlds", fmt.Sprint(n)))
		var x *refined
		if err == nil {
			if n == 0 {
				q, err = ask.PutWords("suppose", with(with(words, "worlds", "0"), "follow", "0"))
			}
			if err == nil {
				x, err = s.refinedBy(r, q)
			}
		}
		if r.Context().Err() != nil {
			return
		}
		if err != nil {
			text, _ := json.Marshal(err.Error()) // of a text
			fmt.Fprintf(w, "event: failed\ndata: %s\n\n", text)
			out.Flush()
			return
		}
		text, err := json.Marshal(x)
		if err != nil {
			panic(err) // a struct of texts
		}
		if _, err := fmt.Fprintf(w, "event: answer\ndata: %s\n\n", text); err != nil || out.Flush() != nil {
			return
		}
	}
	fmt.Fprint(w, "event: end\ndata: \n\n")
	out.Flush()
}

// refinedBy answers one stage. Of what a slider passes over nothing is kept.
func (s *Studio) refinedBy(r *http.Request, q *ask.Written) (*refined, error) {
	f, err := sound(func() (finding.Finding, error) { return q.Answer(r.Context(), s.told(ask.Told{})) })
	if err != nil {
		return nil, err
	}
	found := f.(*inquiry.Supposed)
	x := &refined{Command: ask.CommandLine(q.Command()...), Heading: "What if: " + show.SupposeQuestion(found), Worlds: found.Worlds, Rows: map[string]remade{}}
	if x.Answers, err = part("suppose-answers", answersOf(found)); err != nil {
		return nil, err
	}
	v := &supposing{}
	v.sliders(found)
	for _, row := range append(v.First, v.Rest...) {
		m := remade{Says: row.Says}
		if m.Track, err = part("suppose-track", row.Track); err != nil {
			return nil, err
		}
		if m.Bar, err = part("suppose-bar", row.Bar); err != nil {
			return nil, err
		}
		x.Rows[row.Name] = m
	}
	return x, nil
}

// part is a piece of a view.
func part(name string, data any) (string, error) {
	var b bytes.Buffer
	err := layout.ExecuteTemplate(&b, name, data)
	return b.String(), err
}
