package ask

import (
	"fmt"
	"slices"
	"strings"

	"casus/catalog"
	"casus/claim"
	"casus/finding"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// Check asks whether model files are sound and their examples come out.
type Check struct {
	Names []string // files, folders and cases; none: all that ships
}

// Answer shows every mistake and warning, and runs the examples. An expectation
// that is not met is no error here: the answer counts it. Beside the error of files
// with mistakes it lists them.
func (q Check) Answer(to Told) (*Checked, error) {
	models, problems, err := loadAll(q.Names)
	if err != nil {
		return nil, err
	}
	if err := to.Refuse(problems); err != nil {
		to.readAlone(q.Names...)
		return unsound(models, problems), err
	}
	more := figures(models)
	problems = append(problems, more...).Sort()
	if err := to.Refuse(more); err != nil {
		return unsound(models, problems), err
	}
	if err := ground(models); err != nil {
		return nil, err
	}
	idle, err := unmoved(models)
	if err != nil {
		return nil, err
	}
	if err := to.Refuse(idle); err != nil {
		return nil, err
	}
	problems = append(problems, idle...).Sort()
	out := runExamples(models)
	out.Problems = wrongs(problems)
	return out, nil
}

// unsound is the answer about files with mistakes, of which nothing was run.
func unsound(models []*model.Model, problems source.Problems) *Checked {
	out := &Checked{Head: finding.New("check", digests(models), finding.Basis{}), NotMet: []NotMet{}, Restated: []Restated{}, Problems: wrongs(problems)}
	files := map[string]bool{}
	for _, m := range models {
		for _, f := range m.Files {
			files[f.Name] = true
		}
	}
	out.Read = len(files)
	return out
}

// digests lists the files that were read, each once.
func digests(models []*model.Model) []finding.File {
	var out []finding.File
	for _, m := range models {
		for _, d := range m.Digests() {
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	return out
}

// Wrong is a mistake in a file, or a warning of one, and where it stands; line and
// column count from 1, and are 0 where it stands nowhere.
type Wrong struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Heading string `json:"heading"` // in which article or case
	Text    string `json:"text"`
	Hint    string `json:"hint"`
	Warning bool   `json:"warning"` // it can be run all the same
}

func wrongs(problems source.Problems) []Wrong {
	out := []Wrong{}
	for _, p := range problems {
		w := Wrong{Heading: p.Heading, Text: p.Msg, Hint: p.Hint, Warning: p.Warning}
		if !p.Pos.IsZero() {
			w.File, w.Line, w.Column = p.Pos.File.Name, p.Pos.Line(), p.Pos.Col()
		}
		out = append(out, w)
	}
	return out
}

// figures are the mistakes in what claims reckon from figures of spending.
func figures(models []*model.Model) source.Problems {
	var out source.Problems
	for _, m := range models {
		out = append(out, claim.Check(m)...)
	}
	return out.Sort()
}

// loadAll loads the whole catalogue, or the cases named and, as one model, the
// files and folders named.
func loadAll(names []string) ([]*model.Model, source.Problems, error) {
	if len(names) == 0 {
		m, problems := catalog.All()
		return []*model.Model{m}, problems, nil
	}
	var models []*model.Model
	var problems source.Problems
	var own []string
	for _, name := range names {
		if !Shipped(name) {
			own = append(own, name)
			continue
		}
		m, ps, err := catalog.Case(name)
		if err != nil {
			return nil, nil, err
		}
		models, problems = append(models, m), append(problems, ps...)
	}
	if len(own) > 0 {
		files, err := ReadOwn(own)
		if err != nil {
			return nil, nil, err
		}
		added, err := AddedFor(files)
		if err != nil {
			return nil, nil, err
		}
		m, ps := withLaw(files, added)
		models, problems = append(models, m), append(problems, ps...)
	}
	return models, problems.Sort(), nil
}

// ground tries every case with every option: what cannot be grounded cannot be
// run.
func ground(models []*model.Model) error {
	for _, m := range models {
		for _, k := range m.Cases {
			if k.Crisis == nil {
				continue
			}
			for _, o := range k.Options {
				if _, err := crisis.Ground(m, k, o); err != nil {
					return fmt.Errorf("case %s, option %s: %w", k.Name, o.Name, err)
				}
			}
		}
	}
	return nil
}

// unmoved are warnings of acts of law that change what nobody cast owes, and of chains
// and parts of a crisis that count on what no play comes to.
func unmoved(models []*model.Model) (source.Problems, error) {
	var out source.Problems
	for _, m := range models {
		for _, k := range m.Cases {
			if k.Crisis == nil {
				continue
			}
			out = append(out, impossible(m, k)...)
			acts, err := crisis.UnmovedActs(m, k)
			if err != nil {
				return nil, fmt.Errorf("case %s: %w", k.Name, err)
			}
			for _, u := range acts {
				out = append(out, source.Problem{Pos: u.Act.Pos, Len: u.Len(), Msg: u.Says(k), Heading: "option " + u.Option.Name, Warning: true})
			}
			spends, err := crisis.UnreadSpends(m, k)
			if err != nil {
				return nil, fmt.Errorf("case %s: %w", k.Name, err)
			}
			for _, u := range spends {
				out = append(out, source.Problem{Pos: u.Spend.Pos, Len: len(u.Spend.Actor), Msg: u.Says(k), Hint: "let a tally or a payoff read outlay(" + u.Spend.Actor + "), or leave the line out", Heading: u.Of, Warning: true})
			}
			n, err := crisis.ChainNowhere(m, k)
			if err != nil {
				return nil, fmt.Errorf("case %s: %w", k.Name, err)
			}
			if n != nil {
				at, length := n.At()
				out = append(out, source.Problem{Pos: at, Len: length, Msg: n.Says(k), Hint: "let its end be what a choice can bring about", Heading: "case " + k.Name, Warning: true})
			}
			parts, err := crisis.IdleParts(m, k)
			if err != nil {
				return nil, fmt.Errorf("case %s: %w", k.Name, err)
			}
			for _, p := range parts {
				out = append(out, source.Problem{Pos: p.Pos, Len: p.Len, Msg: p.Text, Hint: p.Hint, Heading: p.Heading, Warning: true})
			}
			if len(parts) > 0 || len(k.SetsAmiss()) > 0 {
				continue // what never comes about reads nothing
			}
			said := func(at source.Pos) bool {
				return k.Doubted(at) || slices.ContainsFunc(out, func(p source.Problem) bool { return p.Pos == at })
			}
			clauses := crisis.UnmovedClauses(m, k, said)
			for _, c := range clauses {
				out = append(out, source.Problem{Pos: c.Pos, Len: c.Len, Msg: c.Says(k), Hint: "let the crisis read what it changes, or leave the line out", Heading: "option " + c.Option.Name, Warning: true})
			}
			for _, e := range crisis.EqualOptions(m, k, said) {
				out = append(out, source.Problem{Pos: e.B.Pos, Len: len(e.B.Name), Msg: e.Says(), Heading: "option " + e.B.Name, Warning: true})
			}
		}
	}
	return out.Sort(), nil
}

// impossible are warnings of key events of which the map or the list of states says that
// they cannot be on the day of the case.
func impossible(m *model.Model, k *model.Case) source.Problems {
	var out source.Problems
	for _, e := range k.KeyEvents {
		for _, words := range law.Compile(m, k.Date, nil).Impossible(law.EventOf(e.Event)) {
			out = append(out, source.Problem{Pos: e.Pos, Len: 1, Msg: "key event “" + e.Title + "” cannot be: " + strings.ReplaceAll(words, "--object ", "object "), Heading: "case " + k.Name, Warning: true})
		}
	}
	return out
}

// Checked counts what was read and run, each once.
type Checked struct {
	finding.Head
	Read         int             `json:"files_read"`
	Instruments  int             `json:"instruments"`
	Articles     int             `json:"articles"`
	Examples     int             `json:"examples"`
	Own          int             `json:"examples_of_your_files"`
	Courses      int             `json:"courses"`
	Restated     []Restated      `json:"restated"` // assumptions that a file states anew
	Unmet        source.Problems `json:"-"`        // expectations that did not come out
	Expectations int             `json:"expectations_not_met"`
	NotMet       []NotMet        `json:"not_met"`
	Problems     []Wrong         `json:"mistakes"` // and warnings; where there is one that is no warning nothing is run

	yours bool // a file of the user's was read
}

// Restated is an assumption for which a file puts numbers of its own.
type Restated struct {
	Assumption string `json:"assumption"`
	File       string `json:"file"`
	Line       int    `json:"line"`
	Says       string `json:"says"`
}

// String says what is restated, at its place.
func (r Restated) String() string {
	return fmt.Sprintf("%s:%d: %s restated: %s", r.File, r.Line, r.Assumption, r.Says)
}

// restatedIn lists what the models restate, each once.
func restatedIn(models []*model.Model) []Restated {
	out := []Restated{}
	for _, m := range models {
		for _, a := range m.Restated() {
			p := a.Restated.Pos
			if x := (Restated{a.Name, p.File.Name, p.Line(), a.Restated.String(a)}); !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	return out
}

// NotMet is an example, or an entry of a course, that did not come out.
type NotMet struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// String counts in words.
func (c *Checked) String() string {
	out := fmt.Sprintf("%s, %s, %s, %s", finding.Count(c.Read, "file"), finding.Count(c.Instruments, "instrument"), finding.Count(c.Articles, "article"), finding.Count(c.Examples, "example"))
	if c.Own > 0 || c.Examples > 0 && c.yours {
		out += fmt.Sprintf(" (%d yours)", c.Own)
	}
	if n := len(c.Restated); n > 0 {
		out += ", " + finding.Count(n, "assumption") + " restated"
	}
	if c.Courses > 0 {
		out += ", " + finding.Count(c.Courses, "course")
	}
	return out
}

// Lines say what was restated and what did not come out, and end with one on all that
// was read.
func (c *Checked) Lines() []finding.Titled {
	var out []finding.Titled
	say := func(format string, args ...any) {
		out = append(out, finding.Titled{Title: fmt.Sprintf(format, args...)})
	}
	for _, r := range c.Restated {
		say("%s", r)
	}
	for _, x := range c.NotMet {
		say("%s:%d: %s", x.File, x.Line, x.Message)
	}
	say("%s: %s", c, c.Outcome())
	return out
}

// Outcome says in words whether all that was expected came out.
func (c *Checked) Outcome() string {
	if c.Expectations > 0 {
		return finding.Count(c.Expectations, "expectation") + " not met"
	}
	return "all as expected"
}

// runExamples runs each example once and judges each course.
func runExamples(models []*model.Model) *Checked {
	files, instruments, examples, courses := map[string]bool{}, map[string]int{}, map[source.Pos]bool{}, map[source.Pos]bool{}
	yours := map[source.Pos]bool{}
	var failed source.Problems
	for _, m := range models {
		for _, f := range m.Files {
			files[f.Name] = true
		}
		for _, in := range m.Instruments {
			instruments[in.ID] = len(in.Articles)
		}
		m.Examples = concerned(m)
		for _, ex := range m.Examples {
			examples[ex.Pos] = true
			if yourOwn(ex.Pos) {
				yours[ex.Pos] = true
			}
		}
		failed = append(failed, law.CheckExamples(m)...)
		for _, k := range m.Cases {
			if k.Course != nil {
				courses[k.Course.Pos] = true
			}
		}
		failed = append(failed, law.CheckCourses(m)...)
	}
	out := &Checked{Head: finding.New("check", digests(models), finding.Basis{}), NotMet: []NotMet{}, Problems: []Wrong{}, Read: len(files), Instruments: len(instruments), Examples: len(examples), Own: len(yours), Courses: len(courses), Restated: restatedIn(models), Unmet: failed.Sort(), Expectations: len(failed)}
	for _, p := range out.Unmet {
		out.NotMet = append(out.NotMet, NotMet{p.Pos.File.Name, p.Pos.Line(), p.Msg})
	}
	for _, n := range instruments {
		out.Articles += n
	}
	out.yours = slices.ContainsFunc(models, func(m *model.Model) bool {
		return slices.ContainsFunc(m.Files, func(f *source.File) bool { return !shippedFile(f) })
	})
	return out
}

// yourOwn reports whether something stands in a file of the user's.
func yourOwn(p source.Pos) bool { return p.File != nil && !shippedFile(p.File) }

// concerned are the examples that the files read can change: those that stand in
// them, and all of them where a file of the user's makes an exception to an
// article that ships, or ships with casus alone.
func concerned(m *model.Model) []*model.Example {
	var mine []*model.Example
	for _, ex := range m.Examples {
		if yourOwn(ex.Pos) {
			mine = append(mine, ex)
		}
	}
	if touches(m) || !slices.ContainsFunc(m.Files, func(f *source.File) bool { return !shippedFile(f) }) {
		return m.Examples
	}
	return mine
}

// touches reports whether a file of the user's makes an exception to an article
// that ships, or speaks about one.
func touches(m *model.Model) bool {
	ships := func(address string) bool {
		a := m.Article(address)
		return a != nil && !yourOwn(a.Pos)
	}
	for _, in := range m.Instruments {
		for _, a := range in.Articles {
			if !yourOwn(a.Pos) {
				continue
			}
			if len(a.Prevails)+len(a.Yields)+len(a.Readings) > 0 ||
				slices.ContainsFunc(a.Exceptions, func(e model.Exception) bool { return ships(e.Target) }) ||
				slices.ContainsFunc(a.Provides, func(p model.Provision) bool { return ships(p.About) }) {
				return true
			}
		}
	}
	return false
}
