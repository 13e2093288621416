package inquiry

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/special"
	"casus/worlds/decision"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// ValueAsk says what knowledge is asked to be worth. The zero value of a field
// is its default.
type ValueAsk struct {
	Options []string // empty: all
	Views   []string // empty: all
	Measure string   // empty: the first of Choosable
	Groups  []Group  // beside every assumption alone
	Workers int      // 0: one for each processor; changes no byte
}

// Group is assumptions that would be learned together. The name of a family
// (price for price[FRA], price[GBR]) stands for all of it.
type Group struct {
	Name        string   `json:"group"`
	Assumptions []string `json:"assumptions"`
}

// ParseGroup reads "name=a,b" or "name=price[FRA],price[GBR]"; a comma within
// brackets parts no names.
func ParseGroup(s string) (Group, error) {
	name, list, ok := strings.Cut(s, "=")
	g := Group{Name: strings.TrimSpace(name)}
	depth, from := 0, 0
	for i, c := range list + "," {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == ',' && depth <= 0:
			if a := strings.TrimSpace(list[from:i]); a != "" {
				g.Assumptions = append(g.Assumptions, a)
			}
			from = i + 1
		}
	}
	if !ok || g.Name == "" || len(g.Assumptions) == 0 {
		return Group{}, source.AtWords("--group", s, source.Hint(source.Misused("cannot read the group %q", s), "write --group NAME=a,b,c"))
	}
	return g, nil
}

// Check says what of the question does not fit a case of these measures, options
// and assumptions, or nil.
func (a ValueAsk) Check(measures []study.Measure, options, assumptions []string) error {
	if _, err := choice(a.Options, options); err != nil {
		return err
	}
	if a.Measure != "" {
		if _, err := MeasureFor(measures, a.Measure); err != nil {
			return err
		}
	}
	for i, g := range a.Groups {
		if slices.ContainsFunc(a.Groups[:i], func(x Group) bool { return x.Name == g.Name }) {
			return source.Misused("two groups are called %q", g.Name)
		}
		if _, err := g.members(assumptions); err != nil {
			return err
		}
	}
	return nil
}

// members are the places of a group's assumptions among those known, each once.
func (g Group) members(known []string) ([]int, error) {
	var out []int
	for _, name := range g.Assumptions {
		found := false
		for i, k := range known {
			if family, _, _ := strings.Cut(k, "["); k != name && family != name {
				continue
			}
			found = true
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
		if !found {
			return nil, source.Misused("group %s: %w", g.Name, study.NoneCalled("assumption", name, known))
		}
	}
	slices.Sort(out)
	return out, nil
}

// Value says what it would be worth to know before choosing, for a chooser who
// goes by the expected value of one measure: for each view apart.
type Value struct {
	finding.Head
	Measure study.Measure `json:"measure"`
	Views   []ViewValue   `json:"views"`
	Common  []string      `json:"worth_learning_under_every_school"`
}

// Slight reports whether a worth is less than the least difference that matters, as the
// measure says; nothing is where it says none.
func (v *Value) Slight(worth decision.Number) bool { return float64(worth) < v.Measure.Matters }

// ViewValue is the value of knowing under one view.
type ViewValue struct {
	View        string                `json:"view"`
	LeftOut     []string              `json:"left_out"`         // options under which the measure is never defined
	Chosen      []Chosen              `json:"chosen"`           // what is chosen without knowing, all that tie
	Perfect     *decision.Information `json:"perfect"`          // knowing everything; null with fewer than two options left
	Assumptions []Learned             `json:"assumptions"`      // worth most first
	Groups      []Learned             `json:"groups"`           // as asked
	Fixed       []string              `json:"fixed"`            // assumptions that the view takes for known
	Nothing     bool                  `json:"nothing_to_learn"` // in every world what is chosen now is best: no knowledge changes the choice
	Doubt       string                `json:"doubt"`            // why nothing could be learned, or empty
}

// Chosen is an option chosen without knowing, and in what share of the worlds it
// is not the best.
type Chosen struct {
	Option   string            `json:"option"`
	Expected decision.Number   `json:"expected"`
	Interval decision.Interval `json:"interval"`
	NotBest  decision.Share    `json:"not_best"`
}

// Learned is an assumption, or a group of them, and what it would be worth to
// know.
type Learned struct {
	Name     string                `json:"name"`
	Title    string                `json:"title"`
	Worth    *decision.Information `json:"worth"`          // null where it cannot be estimated
	Share    decision.Number       `json:"share_of_evpi"`  // of the value of knowing everything
	Evidence bool                  `json:"worth_learning"` // told from nothing: see Value
	Rests    string                `json:"rests_on"`       // judgement, sources, or empty where the record does not say
	Doubt    string                `json:"doubt"`
}

// Of answers from a record. An assumption counts as worth learning where the worth
// judged in worlds not learned from is above zero with its whole interval, and
// the worth in the same worlds is above what 95 % of assumptions without
// influence give. Errors are the caller's, or that of the context.
//
// The record must have its draws: see ReadDraws.
func (a ValueAsk) Of(ctx context.Context, rec *study.Record, tell study.Progress) (*Value, error) {
	r := record{rec}
	if err := a.Check(r.Measures, r.OptionNames(), r.assumptionNames()); err != nil {
		return nil, err
	}
	options, views, err := r.among(a.Options, a.Views)
	if err != nil {
		return nil, err
	}
	measure := a.Measure
	if measure == "" {
		names := r.Choosable()
		if len(names) == 0 {
			return nil, fmt.Errorf("no measure of this case is defined under every option and says which way is better; name one with --measure")
		}
		measure = names[0]
	}
	k, err := MeasureFor(r.Measures, measure)
	if err != nil {
		return nil, err
	}
	l := &learning{r: r, ask: a, s: decision.InformationDefaults()}
	l.s.Seed = r.Seed
	out := &Value{Head: r.head("value", options, views), Measure: r.Measures[k], Views: make([]ViewValue, len(views))}
	r.warnFew(&out.Head)
	r.SayWhole(&out.Head)
	for i, v := range views {
		if err := l.view(&out.Views[i], k, options, v); err != nil {
			return nil, fmt.Errorf("view %s: %w", r.Views[v].Name, err)
		}
	}
	if err := study.Each(ctx, len(l.todo), a.Workers, tell, func(i int) error { l.todo[i](); return nil }); err != nil {
		return nil, err
	}
	for _, v := range out.Views {
		slices.SortStableFunc(v.Assumptions, byWorth)
	}
	out.Common = r.worthUnderAll(out.Views, views)
	return out, nil
}

func (r record) assumptionNames() []string {
	var out []string
	for _, n := range r.Numbers {
		out = append(out, n.Name)
	}
	return out
}

// learning is a question being answered.
type learning struct {
	r   record
	ask ValueAsk
	s   decision.InformationSettings

	todo []func() // what takes long, in the order of views and of what is asked
}

// view answers what is quick and leaves the rest to do.
func (l *learning) view(out *ViewValue, k int, options []int, view int) error {
	r := l.r
	in, leftOut := r.EverDefined([]int{k}, options, view)
	*out = ViewValue{View: r.Views[view].Name, LeftOut: leftOut, Chosen: []Chosen{}, Assumptions: []Learned{}, Groups: []Learned{}, Fixed: []string{}}
	if len(in) < 2 {
		out.Doubt = "the measure is defined under fewer than two options"
		return nil
	}
	t := r.WholeTable(k, in, view)
	var err error
	if out.Perfect, err = decision.PerfectInformation(t, l.s); err != nil {
		return err
	}
	if out.Chosen, err = chosen(t, out.Perfect, l.s.Confidence); err != nil {
		return err
	}
	least := 4 * l.s.Folds
	switch {
	case out.Perfect.N < least:
		out.Doubt = fmt.Sprintf("%s too few to learn from, of those in which all options are defined; %d are wanted", finding.CountOf(out.Perfect.N, "world is", "worlds are"), least)
	case out.Perfect.Effective < decision.Number(least):
		out.Doubt = fmt.Sprintf("%d worlds, each by %s, are worth %.0f: too few to learn from; %d are wanted", out.Perfect.N, countsBy(r.Measures[k].Given, r.Whole(view) != nil), math.Floor(float64(out.Perfect.Effective)), least)
	case out.Perfect.Value == 0:
		out.Nothing = true
	default:
		return l.learn(out, t, view)
	}
	return nil
}

// countsBy says what worlds count by that do not count alike.
func countsBy(given string, weighed bool) string {
	switch likely := "how likely " + given + " is in it"; {
	case !weighed:
		return likely
	case given == "":
		return "how well it gives what happened"
	default:
		return "how well it gives what happened and " + likely
	}
}

// chosen are the options of the best expected value and how often each is not
// the best.
func chosen(t *decision.Table, p *decision.Information, confidence float64) ([]Chosen, error) {
	regret, err := decision.NewRegret(t)
	if err != nil {
		return nil, err
	}
	out := []Chosen{}
	z := special.NormalQuantile((1 + confidence) / 2)
	for _, name := range p.Without {
		o := slices.Index(t.Options, name)
		var xs, ws []float64
		beaten, total := 0.0, 0.0
		for i, w := range regret.Worlds {
			weight := 1.0
			if t.Weights != nil {
				weight = t.Weights[w]
			}
			xs, ws, total = append(xs, t.Values[o][w]), append(ws, weight), total+weight
			if regret.Values[o][i] > 0 {
				beaten += weight
			}
		}
		c := Chosen{Option: name, Expected: decision.Number(draw.SummariseWeighted(xs, ws).Mean)}
		counted := make([]float64, 0, len(xs))
		for _, i := range countedWorlds(t, regret) {
			counted = append(counted, xs[i])
		}
		if c.Interval, err = interval(counted, decision.MeanOf(), confidence); err != nil {
			return nil, err
		}
		lo, hi := draw.WilsonOf(beaten/total, float64(regret.Effective), z)
		c.NotBest = decision.Share{Value: decision.Number(beaten / total), N: len(xs),
			Interval: decision.Interval{Lo: decision.Number(lo), Hi: decision.Number(hi), Confidence: confidence, Method: "Wilson"}}
		out = append(out, c)
	}
	return out, nil
}

// learn asks of every assumption that is not fixed, and of every group.
func (l *learning) learn(out *ViewValue, t *decision.Table, view int) error {
	r := l.r
	draws := r.WholeDraws(view)
	if len(draws) != len(r.Numbers) {
		return fmt.Errorf("the record was read without its draws")
	}
	var asks []Learned
	var inputs [][]int
	for i, n := range r.Numbers {
		if slices.Min(draws[i]) == slices.Max(draws[i]) {
			out.Fixed = append(out.Fixed, n.Name)
			continue
		}
		asks = append(asks, Learned{Name: n.Name, Title: n.Title, Rests: restsOn(n, r.Views[view])})
		inputs = append(inputs, []int{i})
	}
	alone := len(asks)
	for _, g := range l.ask.Groups {
		at, err := g.members(r.assumptionNames())
		if err != nil {
			return err
		}
		asks = append(asks, Learned{Name: g.Name, Title: strings.Join(namesAt(r.Numbers, at), ", ")})
		inputs = append(inputs, at)
	}
	for i := range asks {
		l.todo = append(l.todo, func() { l.one(&asks[i], out.Perfect, t, draws, inputs[i]) })
	}
	out.Assumptions, out.Groups = asks[:alone:alone], asks[alone:]
	return nil
}

func namesAt(numbers []study.Assumption, at []int) []string {
	var out []string
	for _, i := range at {
		out = append(out, numbers[i].Name)
	}
	return out
}

// restsOn says what stands behind a number in a view: judgement alone, or sources;
// for a union, in the views that the record has. It is empty where none speaks.
func restsOn(n study.Assumption, v study.View) string {
	out := ""
	for _, b := range n.Beliefs {
		switch {
		case !v.Union && b.View != v.Name:
		case len(b.Sources) > 0:
			return "sources"
		default:
			out = "judgement"
		}
	}
	return out
}

// one says what it would be worth to know some inputs together. What the learner
// refuses (too few worlds for so many inputs) is a doubt about this answer alone.
func (l *learning) one(x *Learned, perfect *decision.Information, t *decision.Table, draws [][]float64, at []int) {
	var inputs []decision.Input
	for _, i := range at {
		inputs = append(inputs, decision.Input{Name: l.r.Numbers[i].Name, Values: draws[i]})
	}
	info, err := decision.InputInformation(t, inputs, l.s)
	x.Share = decision.Number(math.NaN())
	if err != nil {
		x.Doubt = err.Error()
		return
	}
	x.Worth = info
	if perfect.Value > 0 {
		x.Share = info.Value / perfect.Value
	}
	x.Evidence = info.Interval.Lo > 0 && info.InSample > info.NullHigh
}

// byWorth orders what is worth most first; ties by what the same worlds give,
// then as the case has them.
func byWorth(a, b Learned) int {
	if a.Worth == nil || b.Worth == nil {
		return cmp.Compare(known(b.Worth), known(a.Worth))
	}
	return cmp.Or(cmp.Compare(b.Worth.Value, a.Worth.Value), cmp.Compare(b.Worth.InSample, a.Worth.InSample))
}

func known(i *decision.Information) int {
	if i == nil {
		return 0
	}
	return 1
}

// worthUnderAll names the assumptions worth learning under every school of
// thought; a union of them does not count.
func (r record) worthUnderAll(of []ViewValue, views []int) []string {
	out := []string{}
	for _, n := range r.Numbers {
		schools, yes := 0, 0
		for i, v := range of {
			if r.Views[views[i]].Union {
				continue
			}
			schools++
			if slices.ContainsFunc(v.Assumptions, func(x Learned) bool { return x.Name == n.Name && x.Evidence }) {
				yes++
			}
		}
		if schools > 1 && yes == schools {
			out = append(out, n.Name)
		}
	}
	return out
}
