package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/catalog"
	"casus/claim"
	"casus/crisis"
	"casus/law"
	"casus/model"
	"casus/source"
)

func newCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE|FOLDER|CASE…]",
		Short: "Check model files and run the examples in them",
		Long: `check reads model files with all they use, shows every mistake and warning in
them, runs their examples and judges their courses. Without arguments it checks
all that ships with casus. It exits with 1 when there is a mistake, with 3 when
an example or an entry of a course does not come out as expected.`,
		RunE: func(c *cobra.Command, args []string) error {
			models, problems, err := loadAll(args)
			if err != nil {
				return err
			}
			if err := refuse(c, problems); err != nil {
				return err
			}
			if err := refuse(c, figures(models)); err != nil {
				return err
			}
			if err := ground(models); err != nil {
				return err
			}
			return runExamples(c, models)
		},
	}
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
		if !ask.Shipped(name) {
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
		files, err := ask.ReadOwn(own)
		if err != nil {
			return nil, nil, err
		}
		added, err := ask.AddedFor(files)
		if err != nil {
			return nil, nil, err
		}
		m, ps := catalog.Files(files, added...)
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

// runExamples runs each example once, judges each course, and ends with one line on all that was
// read.
func runExamples(c *cobra.Command, models []*model.Model) error {
	files, instruments, examples, courses := map[string]bool{}, map[string]int{}, map[source.Pos]bool{}, map[source.Pos]bool{}
	var failed source.Problems
	for _, m := range models {
		for _, f := range m.Files {
			files[f.Name] = true
		}
		for _, in := range m.Instruments {
			instruments[in.ID] = len(in.Articles)
		}
		for _, ex := range m.Examples {
			examples[ex.Pos] = true
		}
		failed = append(failed, law.CheckExamples(m)...)
		for _, k := range m.Cases {
			if k.Course != nil {
				courses[k.Course.Pos] = true
			}
		}
		failed = append(failed, law.CheckCourses(m)...)
	}
	failed = failed.Sort()
	failed.Render(c.ErrOrStderr())
	articles := 0
	for _, n := range instruments {
		articles += n
	}
	read := fmt.Sprintf("%s, %s, %s, %s", ask.Count(len(files), "file"), ask.Count(len(instruments), "instrument"), ask.Count(articles, "article"), ask.Count(len(examples), "example"))
	if len(courses) > 0 {
		read += ", " + ask.Count(len(courses), "course")
	}
	if len(failed) > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "%s: %s\n", read, ask.Count(len(failed), "expectation")+" not met")
		return shown(ask.Unexpected)
	}
	fmt.Fprintf(c.OutOrStdout(), "%s: all as expected\n", read)
	return nil
}
