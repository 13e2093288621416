package ask

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"casus/catalog"
	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/law"
	"casus/model"
	"casus/past/history"
)

// load loads every instrument that ships and the user's own files; shipped
// cases with their options are added when they are asked for.
func (q *Question) load() (*model.Model, source.Problems, error) {
	names := slices.Clone(q.Files)
	uses := slices.Clone(q.also)
	if of := ParseNamed(q.Case).Path; Shipped(of) {
		uses = append(uses, of)
	} else if of != "" {
		names = append(names, of)
	}
	own, err := ReadOwn(names)
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
	m, problems := q.withOptions(uses, func(uses []string) (*model.Model, source.Problems) { return instruments(own, uses) })
	return m, problems, nil
}

// withOptions loads a model, with the cases that ship where an option is none of its own.
// Where they cannot be read beside the user's files, which may define the same names, it
// stays as it was without them.
func (q *Question) withOptions(uses []string, load func(uses []string) (*model.Model, source.Problems)) (*model.Model, source.Problems) {
	m, problems := load(uses)
	if !slices.ContainsFunc(q.Options, func(o string) bool { return m.Option(o) == nil }) {
		return m, problems
	}
	all, more := load(append(slices.Clone(uses), catalog.Cases()...))
	if q.apart = len(more.Errors()) > 0; q.apart {
		return m, problems
	}
	return all, more
}

// instruments loads what ships with the user's own files. What ships alone is the
// same whenever it is asked for, and is kept: a server asks often.
func instruments(own []*source.File, uses []string) (*model.Model, source.Problems) {
	if len(own) > 0 {
		return catalog.Instruments(append(own, Using(uses)...)...)
	}
	kept, _ := shipped.LoadOrStore(strings.Join(uses, " "), sync.OnceValue(func() loaded {
		m, problems := catalog.Instruments(Using(uses)...)
		return loaded{m, problems}
	}))
	l := kept.(func() loaded)()
	return l.m, l.problems
}

// shipped has the models of what ships, by the further names they use; no question
// changes a model.
var shipped sync.Map

type loaded struct {
	m        *model.Model
	problems source.Problems
}

// Using is a file that says no more than use.
func Using(names []string) []*source.File {
	if len(names) == 0 {
		return nil
	}
	return []*source.File{source.New("<command line>", []byte("use "+strings.Join(quoted(names), ", ")+"\n"))}
}

// resolving turns the words of a question into an event of law.
type resolving struct {
	m        *model.Model
	day      data.Day
	of       *model.Case // the case of which day, facts and readings are; nil: none
	event    law.Event
	acts     []model.Act
	only     []string // the instruments that are read; none: all
	added    []history.Dataset
	warnings []finding.Warning
	typed    []string // the facts that the question gives, not its case
}

// all resolves every word of a question. The error names all that mean nothing,
// beside what the question was found to lack.
func (r *resolving) all(q *Question, lacks error) error {
	err := Together(lacks, r.each(q, r.fromCase, r.date))
	if err == nil {
		err = r.each(q, r.fromCourse)
	}
	err = Together(err, r.each(q, r.states, r.kind, r.object, r.place, r.facts))
	if r.day != 0 {
		err = Together(err, r.each(q, r.earlier))
	}
	if err = Together(err, r.each(q, r.readings, r.options, r.instruments)); err != nil {
		return err
	}
	return r.each(q, r.coverage, r.whoBegan, r.possible)
}

// fromCase takes over the date, facts and readings of a case.
func (r *resolving) fromCase(q *Question) error {
	if q.Case == "" {
		return nil
	}
	k, err := ParseNamed(q.Case).Of(r.m)
	if err != nil {
		return err
	}
	r.day, r.of = k.Date, k
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
func (r *resolving) fromCourse(q *Question) error {
	if q.Case == "" {
		return nil
	}
	k, err := ParseNamed(q.Case).Of(r.m)
	if err != nil || k.Course == nil {
		return err
	}
	for name, v := range law.CourseFacts(r.m, k, r.day) {
		r.event.Facts[name] = v
	}
	return nil
}

func (r *resolving) date(q *Question) error {
	if q.Date == "" {
		return nil
	}
	day, err := dayTyped(q.Date)
	if err != nil {
		return err
	}
	switch last := r.m.LastText(); {
	case last.IsZero() || day <= last+generation:
	case day > last+4*generation:
		return fmt.Errorf("%s lies more than a century after the last text that was read, of %s: its law is not known to anybody", day, last)
	default:
		r.warnings = append(r.warnings, finding.Warn(finding.Outside, "", "the last text that was read is of %s: the law of %s is taken to be as it stood then", last, day))
	}
	r.day = day
	return nil
}

// dayTyped reads what stands behind --date; the error shows it.
func dayTyped(text string) (data.Day, error) {
	day, err := data.ParseDay(text)
	return day, source.AtWords("--date", text, err)
}

// generation is how long after the last text its law is taken to stand without a
// word, in days: some thirty years. After four of them nobody can know it.
const generation = 30 * 366

// stateOnDay resolves a state and warns when it was no member of the state
// system on the day. Before the list of states begins nobody knows.
func (r *resolving) stateOnDay(word string) (string, error) {
	id, err := r.state(word)
	if err == nil && r.noMember(id) {
		r.warnings = append(r.warnings, finding.Warn(finding.Odd, id, "%s (%s) was no member of the state system on %s; %s", r.m.States.Name(id, r.day), id, r.day, r.spells(id)))
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

func (r *resolving) kind(q *Question) error {
	r.event.Kind = strings.ToLower(strings.Join(strings.Fields(q.Kind), " "))
	if r.m.Events[r.event.Kind] == nil {
		return r.unknownKind(q.Kind)
	}
	return nil
}

func (r *resolving) object(q *Question) error {
	r.event.Object = strings.Join(strings.Fields(strings.ToLower(q.Object)), " ")
	for words, public := range map[string]law.Tri{"public vessel": law.Yes, "private vessel": law.No} {
		if r.event.Object == words {
			r.event.Object, r.event.Facts[model.PublicVessel] = "vessel", public
		}
	}
	if q.Object != "" && !slices.Contains(model.Objects(), r.event.Object) {
		return Unknown("object", q.Object, model.Objects())
	}
	return nil
}

// place resolves where it happened. A state that has parts overseas, named as a
// whole, is taken for its home: an attack on France is one in Europe unless a
// place elsewhere is named.
func (r *resolving) place(q *Question) error {
	word := strings.TrimSpace(q.At)
	if word == "" {
		return nil
	}
	if err := r.placeCalled(word); err != nil {
		return err
	}
	if home := r.event.Place + ".home"; r.m.Areas[home] != nil { // told apart from the rest of its land
		r.note("--at " + r.event.Place + " is taken for " + home + "; of a part overseas give the place")
		r.event.Place = home
	}
	return nil
}

// placeCalled resolves a place by its name in the catalogue or, capitals aside,
// its title; a state's territory by the state.
func (r *resolving) placeCalled(word string) error {
	for _, name := range []string{word, strings.ToLower(word), strings.ToUpper(word), homeOf(word), strings.ReplaceAll(strings.ToLower(word), " ", "_")} {
		if r.m.IsArea(name) {
			r.event.Place = name
			r.notedPart(word, name)
			return nil
		}
	}
	if called := catalog.PlaceCalled(word); r.m.IsArea(called.Place) {
		r.event.Place = called.Place
		if !called.Days.Contains(r.day) && r.day != 0 {
			r.note(nameOf(word, called.Days) + "; it is taken for " + r.m.Areas[called.Place].Title)
		}
		if state := strings.TrimSuffix(called.Place, ".home"); len(state) == 3 && state == strings.ToUpper(state) {
			r.note(word + " is no place of its own here; it is taken for the land it lies in, " + r.m.States.Name(state, r.day) + " (" + called.Place + ")")
		}
		return nil
	}
	if state, is := strings.CutSuffix(strings.ToLower(word), homeLand); is { // gw:369.home, Ukraine.home
		id, err := r.state(word[:len(state)])
		if err != nil {
			return err
		}
		if r.m.IsArea(id + homeLand) {
			r.event.Place = id + homeLand
			return nil
		}
	}
	known := names(r.m.Areas)
	for _, name := range known {
		if title := r.m.Areas[name].Title; strings.EqualFold(title, word) || strings.EqualFold(strings.TrimPrefix(title, "the "), word) {
			r.event.Place = name
			return nil
		}
	}
	id, err := r.state(word)
	switch {
	case err == nil:
		r.event.Place = id
		return nil
	case len(r.m.States.Called(word, r.day)) > 1: // Vietnam: say which
		return err
	}
	return r.placeBegun(word, known)
}

// notedPart says which part of a land is meant where a word that names the whole,
// such as Kashmir, is here the name of one part of it.
func (r *resolving) notedPart(word, place string) {
	area := r.m.Areas[place]
	if area == nil { // of a state there may be no more than its code
		return
	}
	_, part, is := strings.Cut(area.Title, ", the part ")
	if !is {
		return
	}
	var others []string
	for _, name := range names(r.m.Areas) {
		if whole, _, is := strings.Cut(r.m.Areas[name].Title, ", the part "); is && name != place && strings.Contains(strings.ToLower(whole), strings.ToLower(word)) {
			others = append(others, name)
		}
	}
	if len(others) > 0 {
		r.note(word + " is taken for the part " + part + " (" + place + "); there is " + strings.Join(others, ", ") + " too")
	}
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

func (r *resolving) readings(q *Question) error {
	var wrong []error
	for _, flag := range q.Readings {
		for _, word := range strings.Split(flag, ",") {
			address, name, ok := strings.Cut(strings.TrimSpace(word), "=")
			if !ok {
				wrong = append(wrong, source.AtWords("--reading", strings.TrimSpace(word), Usage("a reading is written ARTICLE=NAME, as in KENSINGTON.1=letter", "")))
				continue
			}
			at := 0
			if _, known := r.m.ReadingsOf(address); known {
				at = len(address) + len("=")
			}
			word = strings.TrimSpace(word)
			long := utf8.RuneCountInString(address)
			if at > 0 {
				long = utf8.RuneCountInString(name)
			}
			wrong = append(wrong, source.At(source.Pos{File: source.Typed("--reading", word), Offset: at}, long, r.reading(address, name)))
		}
	}
	return Together(wrong...)
}

func (r *resolving) reading(address, name string) error {
	known, ok := r.m.ReadingsOf(address)
	switch {
	case !ok:
		return Unknown("article or question", address, r.readable())
	case len(known) == 0:
		return fmt.Errorf("%s has one reading only", address)
	case !slices.Contains(known, name):
		return Unknown("reading of "+address, name, known)
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
		hint = near + " " + hint
	}
	return source.Hint(fmt.Errorf("unknown kind of event %q", word), hint)
}

// option is the name of the option that a word stands for: of the case first, if one is
// named, and then of all.
func (r *resolving) option(word string) (string, error) {
	if r.m.Option(word) != nil {
		return word, nil
	}
	if r.of != nil {
		if name, err := lexiconOf(r.m, r.of).options.named(word); err != nil || name != word {
			return name, err
		}
	}
	return kind{what: "option", names: optionsListed(r.m, nil)}.named(word)
}

// options takes over what the options of a question do, and puts their names in the
// place of what they are called otherwise.
func (r *resolving) options(q *Question) error {
	q.Options = slices.Clone(q.Options)
	for i, word := range q.Options {
		name, err := r.option(word)
		if err != nil {
			return err
		}
		o := r.m.Option(name)
		if o == nil {
			if all, _ := allShipped(); q.apart && all.Option(name) != nil {
				return Usage(fmt.Sprintf("option %s is of a case that ships, and that cannot be read beside your own files: both define the same names", name), "leave out your own, or write the option in them")
			}
			known := make([]string, len(r.m.Options))
			for i, o := range r.m.Options {
				known[i] = o.Name
			}
			return Unknown("option", name, known)
		}
		q.Options[i] = name
		r.acts = append(r.acts, o.Acts...)
	}
	return nil
}

// notes say what the list of states rests on.
func (r *resolving) notes() []string {
	out := notesOn(r.added)
	if w, is := r.uncovered(); is {
		out = append(out, w.Text)
	}
	return out
}

// uncovered is the warning of a day that the list of states does not reach; false of
// any other. It is about the list, so that text can tell it once, as a note.
func (r *resolving) uncovered() (finding.Warning, bool) {
	last, moved := r.m.States.Clamp(data.Member, r.day)
	return finding.Warn(finding.Outside, data.Member, "which states there are is known for %s, not for %s: those of the nearest day are taken", last, r.day), moved
}

// tell puts what was found on the way into the head and the notes of an answer.
func (r *resolving) tell(h *finding.Head, notes *[]string) {
	h.Warnings = append(h.Warnings, r.warnings...)
	if w, is := r.uncovered(); is {
		h.Warnings = append(h.Warnings, w)
	}
	*notes = append(*notes, r.notes()...)
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
