package ask

import (
	"casus/law"
	"casus/past/history"
)

// Question holds the words of a question of law: the law of a day, what is known,
// and an event. Each question below says which of them it reads.
type Question struct {
	Date     string   // the day, as in 2026-02-01
	Case     string   // take date, facts and readings from a case: its name, file or folder
	Facts    []string // what is known: requested=yes,at_war(RUS,GBR)=yes
	Readings []string // how an article is read: KENSINGTON.1=letter
	Options  []string // packages that change the law
	Files    []string // the user's own files and folders, beside what ships
	Law      []string // whose law is read: ships, added data or instruments by name; none: all

	By, On, Kind, Object, At string
	After                    []string // what happened before, as events

	also        []string          // what else of the catalogue is loaded
	instruments []string          // those of Law that are no data: instruments, by name
	onlyShipped bool              // Law empty means what ships, without added data
	added       []history.Dataset // the added data that are read
	apart       bool              // the cases that ship cannot be read beside the user's files
}

// onTheDay is the error of a question of law without a day.
func (q *Question) onTheDay() error {
	return lack(q.Date == "" && q.Case == "", "on which day?", "add --date YYYY-MM-DD, or --case CASE to take its date")
}

// read loads the law that a question asks for.
func (q *Question) read(to Told) (*resolving, error) {
	m, problems, err := q.load()
	if err != nil {
		return nil, err
	}
	if err := to.Refuse(problems.Errors()); err != nil {
		return nil, err
	}
	return &resolving{m: m, event: law.Event{Facts: map[string]law.Tri{}, Readings: map[string]string{}}}, nil
}

// lawOfDay loads the law and resolves the day, the facts, readings and options
// of a question that has no event of its own, and what more is asked for. The
// error names all that means nothing, beside what the question lacks.
func (q *Question) lawOfDay(to Told, lacks error, more ...func(*resolving) error) (*resolving, error) {
	r, err := q.read(to)
	if err != nil {
		return nil, Together(lacks, err)
	}
	err = Together(lacks, r.each(q, r.fromCase, r.date, r.facts, r.readings, r.options, r.instruments))
	for _, resolve := range more {
		err = Together(err, misused(resolve(r)))
	}
	if err != nil {
		return nil, err
	}
	return r, r.each(q, r.coverage)
}

// each takes every step and joins what went wrong: a word that means nothing is
// the asker's fault.
func (r *resolving) each(q *Question, steps ...func(*Question) error) error {
	errs := make([]error, len(steps))
	for i, step := range steps {
		errs[i] = misused(step(q))
	}
	return Together(errs...)
}

// book is the law of the day as the options change it.
func (r *resolving) book() *law.Book { return law.Compile(r.m, r.day, r.acts).Only(r.only...) }
