package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/law"
)

// lawFlags are the flags that say which law is asked, and what is known.
func (q *question) lawFlags(f *pflag.FlagSet) {
	f.StringVar(&q.date, "date", "", "the day, as in 2026-02-01")
	f.StringVar(&q.from, "case", "", "take date, facts and readings from a case: its name, file or folder")
	f.StringArrayVar(&q.facts, "fact", nil, "what is known: requested=yes,provoked=no,at_war(RUS,GBR)=yes")
	f.StringArrayVar(&q.readings, "reading", nil, "how an article is read: KENSINGTON.1=letter")
	f.StringSliceVar(&q.options, "option", nil, "a package that changes the law")
	f.StringSliceVar(&q.files, "files", nil, "your own files or folders, beside what ships")
	f.StringSliceVar(&q.law, "law", nil, lawUsage)
}

// lawOfDay loads the law and resolves the day, the facts, readings and options
// of a question that has no event of its own.
func (q *question) lawOfDay(c *cobra.Command) (*resolving, error) {
	m, problems, err := q.load()
	if err != nil {
		return nil, err
	}
	if err := refuse(c, problems.Errors()); err != nil {
		return nil, err
	}
	r := &resolving{m: m, event: law.Event{Facts: map[string]law.Tri{}, Readings: map[string]string{}}}
	for _, step := range []func(*question) error{r.fromCase, r.date, r.facts, r.readings, r.options, r.instruments, r.coverage} {
		if err := step(q); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// book is the law of the day as the options change it.
func (r *resolving) book() *law.Book { return law.Compile(r.m, r.day, r.acts).Only(r.only...) }
