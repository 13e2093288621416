package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/catalog"
	"casus/data"
	"casus/history"
	"casus/law"
	"casus/model"
	"casus/report"
	"casus/source"
)

// question is what the flags of why say, word for word.
type question struct {
	by, on, kind, object, at, date, from string
	facts, readings, options, files      []string
	after                                []string // what happened before
	full, json, html, footnotes          bool
	not, debtor                          string
	also                                 []string // what else of the catalogue is asked for
	size                                 int
	law                                  []string          // which law is read; none: all
	instruments                          []string          // those of law that are no data: instruments, by name
	onlyShipped                          bool              // none: what ships
	added                                []history.Dataset // the added data that are read
}

func newWhy() *cobra.Command {
	q := &question{}
	c := &cobra.Command{
		Use:   "why --on STATE --date DATE [flags]",
		Short: "Say who owes what to whom after an event, and why or why not",
		Long: `why asks the law of a day about an event: which article makes whom owe what to
the victim, which does not and why, and what turns on facts that were not given.
What is not given counts as not known, never as no.`,
		Example: `  casus why --by RUS --on GBR --object forces --at kyiv --date 2026-02-01
  casus why --by Russia --on France --object territory --at toulon --date 2026-07-01 --fact joint_finding=no
  casus why --not NAT.5 --by RUS --on FRA --object forces --at kyiv --date 2026-07-01
  casus why --case ukraine --option membership --by RUS --on UKR --object territory --at kyiv`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return q.answer(c) },
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&q.by, "by", "", `the attacker: a code or a name (RUS, Russia), several (RUS,BLR), or "no state: NAME"`)
	f.StringVar(&q.on, "on", "", "the victim, or several")
	f.StringVar(&q.kind, "kind", "armed attack", "the kind of event")
	f.StringVar(&q.object, "object", "", "what it falls on: "+strings.Join(model.Objects(), ", ")+"; also public vessel, private vessel")
	f.StringVar(&q.at, "at", "", "the place: a name in the catalogue, a state, or STATE.home")
	f.StringVar(&q.date, "date", "", "the day, as in 2026-02-01")
	f.StringVar(&q.from, "case", "", "take date, facts and readings from a case: its name, file or folder")
	f.StringArrayVar(&q.facts, "fact", nil, "what is known: requested=yes,provoked=no,at_war(RUS,GBR)=yes")
	f.StringArrayVar(&q.after, "after", nil, `what happened before: "armed attack by RUS on UKR, on 2022-02-24"`)
	f.StringArrayVar(&q.readings, "reading", nil, "how an article, or what is in doubt, is read: KENSINGTON.1=letter, crimea=ukrainian")
	f.StringSliceVar(&q.options, "option", nil, "a package that changes the law")
	f.StringSliceVar(&q.files, "files", nil, "your own files or folders, beside what ships")
	f.StringSliceVar(&q.law, "law", nil, lawUsage)
	f.BoolVar(&q.full, "full", false, "also articles that do not speak of the victim, and the trace of each answer")
	f.BoolVar(&q.footnotes, "footnotes", false, "a footnote to paste for each article")
	f.StringVar(&q.not, "not", "", "an article: what would make it bind whom it does not, or free whom it binds")
	f.StringVar(&q.debtor, "by-state", "", "with --not: the one debtor to ask about")
	f.IntVar(&q.size, "size", 3, "with --not: how many changes to try together, 1 to 4")
	f.BoolVar(&q.json, "json", false, "print JSON")
	f.BoolVar(&q.html, "html", false, "print a web page that needs nothing else")
	return c
}

func (q *question) answer(c *cobra.Command) error {
	if err := q.complete(); err != nil {
		return err
	}
	m, problems, err := q.load()
	if err != nil {
		return err
	}
	if err := refuse(c, problems.Errors()); err != nil {
		return err
	}
	r := &resolving{m: m, event: law.Event{Facts: map[string]law.Tri{}, Readings: map[string]string{}}}
	if err := r.all(q); err != nil {
		return err
	}
	book := r.book()
	if q.not != "" {
		return q.whyNot(c, r, book)
	}
	w := report.NewWhy(book, r.event, q.options, q.full)
	w.Warnings, w.Notes = append(w.Warnings, r.warnings...), append(w.Notes, r.notes()...)
	if q.footnotes {
		if err := w.Footnote(m); err != nil {
			return err
		}
	}
	switch {
	case q.json:
		return w.JSON(c.OutOrStdout())
	case q.html:
		return w.HTML(whole(c))
	}
	width, colour := screen(c.OutOrStdout())
	return w.Text(c.OutOrStdout(), report.Layout{Width: width, Colour: colour})
}

// whyNot prints what would change what an article answers.
func (q *question) whyNot(c *cobra.Command, r *resolving, book *law.Book) error {
	debtor := ""
	if q.debtor != "" {
		var err error
		if debtor, err = r.stateOnDay(q.debtor); err != nil {
			return err
		}
	}
	if r.m.Article(q.not) == nil {
		return unknown("article", q.not, addresses(r.m))
	}
	w, err := report.NewWhyNot(book, r.event, q.options, q.not, debtor, q.size)
	if err != nil {
		return err
	}
	w.Warnings, w.Notes = append(w.Warnings, r.warnings...), append(w.Notes, r.notes()...)
	return show(c, w, q.json)
}

func addresses(m *model.Model) []string {
	var out []string
	for _, in := range m.Instruments {
		for _, a := range in.Articles {
			out = append(out, a.Address)
		}
	}
	return out
}

// complete reports what the command line lacks.
func (q *question) complete() error {
	switch {
	case q.on == "":
		return usage("who is attacked?", "add --on STATE")
	case q.date == "" && q.from == "":
		return usage("on which day?", "add --date YYYY-MM-DD, or --case CASE to take its date")
	case q.json && q.html:
		return usage("which form?", "one of --json and --html")
	case q.footnotes && (q.json || q.html || q.not != ""):
		return usage("--footnotes stands below the text", "leave out --json, --html and --not; casus cite ADDRESS --json has each footnote")
	case q.html && q.not != "":
		return usage("--not has no page", "leave out --html")
	case q.not != "" && strings.Contains(q.by+q.on, ","):
		return usage("--not asks about one attacker and one victim", "ask for each")
	case q.not == "" && q.debtor != "":
		return usage("about which article?", "--by-state goes with --not ARTICLE")
	case q.size < 1 || q.size > 4:
		return usage(fmt.Sprintf("--size is 1 to 4, not %d", q.size), "")
	}
	return nil
}

// load loads every instrument that ships and the user's own files; shipped
// cases with their options are added when they are asked for.
func (q *question) load() (*model.Model, source.Problems, error) {
	names := slices.Clone(q.files)
	uses := slices.Clone(q.also)
	if shipped(q.from) {
		uses = append(uses, q.from)
	} else if q.from != "" {
		names = append(names, q.from)
	}
	own, err := readOwn(names)
	if err != nil {
		return nil, nil, err
	}
	ships, err := q.chooseLaw()
	if err != nil {
		return nil, nil, err
	}
	if !ships || len(q.added) > 0 {
		m, problems := q.loadWithAdded(ships, own, uses)
		return m, problems, nil
	}
	m, problems := catalog.Instruments(append(own, using(uses)...)...)
	if slices.ContainsFunc(q.options, func(o string) bool { return m.Option(o) == nil }) {
		m, problems = catalog.Instruments(append(own, using(catalog.Cases())...)...)
	}
	return m, problems, nil
}

// using is a file that says no more than use.
func using(names []string) []*source.File {
	if len(names) == 0 {
		return nil
	}
	return []*source.File{source.New("<command line>", []byte("use "+strings.Join(quoted(names), ", ")+"\n"))}
}

// resolving turns the words of a question into an event of law.
type resolving struct {
	m        *model.Model
	day      data.Day
	event    law.Event
	acts     []model.Act
	only     []string // the instruments that are read; none: all
	added    []history.Dataset
	warnings []string
}

// all resolves every word of a question; the first that means nothing is the
// error.
func (r *resolving) all(q *question) error {
	for _, step := range []func(*question) error{r.fromCase, r.date, r.fromCourse, r.states, r.kind, r.object, r.place, r.facts, r.earlier, r.readings, r.options, r.instruments, r.coverage, r.possible} {
		if err := step(q); err != nil {
			return err
		}
	}
	return nil
}

// fromCase takes over the date, facts and readings of a case.
func (r *resolving) fromCase(q *question) error {
	if q.from == "" {
		return nil
	}
	k, err := caseOf(r.m, q.from)
	if err != nil {
		return err
	}
	r.day = k.Date
	ev := law.EventOf(model.EventSpec{Facts: k.LegalFacts})
	for name, v := range ev.Facts {
		r.event.Facts[name] = v
	}
	for article, reading := range k.Readings {
		r.event.Readings[article] = reading
	}
	return nil
}

// fromCourse takes over what the course of a case has brought about by the day:
// the wars in being, and what the case says.
func (r *resolving) fromCourse(q *question) error {
	if q.from == "" {
		return nil
	}
	k, err := caseOf(r.m, q.from)
	if err != nil || k.Course == nil {
		return err
	}
	for name, v := range law.CourseFacts(r.m, k, r.day) {
		r.event.Facts[name] = v
	}
	return nil
}

func (r *resolving) date(q *question) error {
	if q.date == "" {
		return nil
	}
	var err error
	r.day, err = data.ParseDay(q.date)
	return err
}

// stateOnDay resolves a state and warns when it was no member of the state
// system on the day. Before the list of states begins nobody knows.
func (r *resolving) stateOnDay(word string) (string, error) {
	id, err := r.state(word)
	if err == nil && r.noMember(id) {
		r.warnings = append(r.warnings, r.m.States.Name(id, r.day)+" ("+id+") was no member of the state system on "+r.day.String()+"; "+r.spells(id))
	}
	return id, err
}

// noMember reports whether it is known that a state was no member of the state
// system on the day.
func (r *resolving) noMember(id string) bool {
	c, ok := r.m.States.Coverage(data.Member)
	return ok && r.day >= c.From && !r.m.States.Member(id, r.day)
}

// spells says when a state was a member, as far as the data go.
func (r *resolving) spells(id string) string {
	st, _ := r.m.States.ByID(id)
	var out []string
	for _, sp := range st.Spells {
		if sp.Scheme == data.Member {
			out = append(out, sp.Span.String())
		}
	}
	if len(out) == 0 {
		return "the data list it on no day"
	}
	return "membership in the data: " + strings.Join(out, ", ")
}

func (r *resolving) withNames(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id + " " + r.m.States.Name(id, r.day)
	}
	return out
}

func (r *resolving) kind(q *question) error {
	r.event.Kind = strings.ToLower(strings.Join(strings.Fields(q.kind), " "))
	if r.m.Events[r.event.Kind] == nil {
		return r.unknownKind(q.kind)
	}
	return nil
}

func (r *resolving) object(q *question) error {
	r.event.Object = strings.Join(strings.Fields(strings.ToLower(q.object)), " ")
	for words, public := range map[string]law.Tri{"public vessel": law.Yes, "private vessel": law.No} {
		if r.event.Object == words {
			r.event.Object, r.event.Facts[model.PublicVessel] = "vessel", public
		}
	}
	if q.object != "" && !slices.Contains(model.Objects(), r.event.Object) {
		return unknown("object", q.object, model.Objects())
	}
	return nil
}

// place resolves a place by its name in the catalogue or, capitals aside, its
// title; a state's territory by the state.
func (r *resolving) place(q *question) error {
	word := strings.TrimSpace(q.at)
	if word == "" {
		return nil
	}
	for _, name := range []string{word, strings.ToLower(word), strings.ToUpper(word), homeOf(word), catalog.PlaceCalled(word)} {
		if r.m.IsArea(name) {
			r.event.Place = name
			return nil
		}
	}
	known := names(r.m.Areas)
	for _, name := range known {
		if strings.EqualFold(r.m.Areas[name].Title, word) {
			r.event.Place = name
			return nil
		}
	}
	if id, err := r.state(word); err == nil {
		r.event.Place = id
		return nil
	}
	return r.placeBegun(word, known)
}

// homeOf writes fra.home as FRA.home.
func homeOf(word string) string {
	state, ok := strings.CutSuffix(strings.ToLower(word), ".home")
	if !ok {
		return ""
	}
	return strings.ToUpper(state) + ".home"
}

func names[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (r *resolving) facts(q *question) error {
	given := map[string]bool{}
	for _, flag := range q.facts {
		for _, word := range outsideBrackets(flag) {
			key, v, err := r.fact(word)
			if err != nil {
				return err
			}
			if given[key] && r.event.Facts[key] != v {
				return usage("fact "+key+" is given twice, and not the same", "")
			}
			given[key], r.event.Facts[key] = true, v
		}
	}
	return nil
}

// outsideBrackets splits at commas that stand in no bracket.
func outsideBrackets(s string) []string {
	var out []string
	depth, from := 0, 0
	for i, c := range s {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

var truths = map[string]law.Tri{"yes": law.Yes, "true": law.Yes, "no": law.No, "false": law.No, "unknown": law.Unknown}

// fact reads requested=yes, at_war(RUS, GBR)=no, or a bare requested for yes.
func (r *resolving) fact(word string) (string, law.Tri, error) {
	left, right, hasValue := strings.Cut(strings.TrimSpace(word), "=")
	v, ok := truths[strings.ToLower(strings.TrimSpace(right))]
	if hasValue && !ok {
		return "", 0, fmt.Errorf("fact %s cannot be %q (it is yes, no or unknown)", left, strings.TrimSpace(right))
	}
	if !hasValue {
		v = law.Yes
	}
	name, inside, hasArgs := strings.Cut(strings.TrimSpace(left), "(")
	f := r.m.Facts[strings.TrimSpace(name)]
	if f == nil {
		return "", 0, unknown("fact", name, names(r.m.Facts))
	}
	if f.PerInstrument {
		return r.factOfInstrument(f.Name, inside, hasArgs, v)
	}
	args := []string{}
	if hasArgs {
		list, closed := strings.CutSuffix(strings.TrimSpace(inside), ")")
		if !closed {
			return "", 0, fmt.Errorf("fact %s: a closing bracket is missing", word)
		}
		for _, a := range strings.Split(list, ",") {
			id, err := r.state(a)
			if err != nil {
				return "", 0, fmt.Errorf("fact %s: %w", f.Name, err)
			}
			args = append(args, id)
		}
	}
	if len(args) != f.Arity {
		return "", 0, fmt.Errorf("fact %s is about %s, not %d, as in %s", f.Name, count(f.Arity, "state"), len(args), law.FactKey(f.Name, []string{"RUS", "GBR"}[:f.Arity]...))
	}
	return law.FactKey(f.Name, f.Ordered(args)...), v, nil
}

// factOfInstrument is adversary_named(ATOP1565), or bare for every instrument.
func (r *resolving) factOfInstrument(name, inside string, hasArgs bool, v law.Tri) (string, law.Tri, error) {
	if !hasArgs {
		return name, v, nil
	}
	id, closed := strings.CutSuffix(strings.TrimSpace(inside), ")")
	if !closed {
		return "", 0, fmt.Errorf("fact %s(%s: a closing bracket is missing", name, inside)
	}
	if id = strings.TrimSpace(id); r.m.Instrument(id) == nil {
		known := make([]string, len(r.m.Instruments))
		for i, in := range r.m.Instruments {
			known[i] = in.ID
		}
		return "", 0, unknown("instrument", id, known)
	}
	return law.FactKey(name, id), v, nil
}

func (r *resolving) readings(q *question) error {
	for _, flag := range q.readings {
		for _, word := range strings.Split(flag, ",") {
			address, name, ok := strings.Cut(strings.TrimSpace(word), "=")
			if !ok {
				return usage("a reading is written ARTICLE=NAME, as in KENSINGTON.1=letter", "")
			}
			if err := r.reading(address, name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *resolving) reading(address, name string) error {
	known, ok := r.m.ReadingsOf(address)
	switch {
	case !ok:
		return unknown("article or question", address, r.readable())
	case len(known) == 0:
		return fmt.Errorf("%s has one reading only", address)
	case !slices.Contains(known, name):
		return unknown("reading of "+address, name, known)
	}
	r.event.Readings[address] = name
	return nil
}

// readable lists what can be read in more than one way.
func (r *resolving) readable() []string {
	var out []string
	for _, in := range r.m.Instruments {
		for _, a := range in.Articles {
			if len(a.Readings) > 0 {
				out = append(out, a.Address)
			}
		}
	}
	for _, name := range r.m.QuestionNames() {
		if len(r.m.Question(name).Readings) > 0 {
			out = append(out, name)
		}
	}
	return out
}

// unknownKind is the error about a word that is no kind of event: with the
// nearest, and all there are.
func (r *resolving) unknownKind(word string) error {
	known := names(r.m.Events)
	hint := "the kinds are " + strings.Join(known, ", ")
	if near := source.DidYouMean(word, known); near != "" {
		hint = near + ") (" + hint
	}
	return fmt.Errorf("unknown kind of event %q (%s)", word, hint)
}

func (r *resolving) options(q *question) error {
	for _, name := range q.options {
		o := r.m.Option(name)
		if o == nil {
			known := make([]string, len(r.m.Options))
			for i, o := range r.m.Options {
				known[i] = o.Name
			}
			return unknown("option", name, known)
		}
		r.acts = append(r.acts, o.Acts...)
	}
	return nil
}

// notes say what the list of states rests on.
func (r *resolving) notes() []string {
	out := notesOn(r.added)
	last, moved := r.m.States.Clamp(data.Member, r.day)
	if !moved {
		return out
	}
	return append(out, "which states there are is known for "+last.String()+", not for "+r.day.String()+": those of the nearest day are taken")
}

// quoted puts names with a slash in quotes, as the language asks.
func quoted(names []string) []string {
	out := slices.Clone(names)
	for i, n := range out {
		if strings.Contains(n, "/") {
			out[i] = `"` + n + `"`
		}
	}
	return out
}
