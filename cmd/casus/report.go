package main

import (
	"bytes"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/studio"
	"casus/worlds/inquiry"
)

// newReport prints the report of a record again, without running.
func newReport() *cobra.Command {
	var picture string
	var choice inquiry.Choice
	var convergence, asJSON, asHTML bool
	var tell extent
	c := &cobra.Command{
		Use:   "report RECORD",
		Short: "Print the answer, or the report, of a record again, without running",
		Example: `  casus report casus-records/ukraine
  casus report casus-records/ukraine --full
  casus report casus-records/ukraine --picture ukraine.svg --measure peace,nato_war
  casus report casus-records/ukraine --format html > ukraine.html
  casus report casus-records/ukraine --convergence --option europe --measure peace`,
		Args: takes("one record, the folder that a run left", 1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := tell.check(c); err != nil {
				return err
			}
			if err := chosenFor(choice, convergence, picture); err != nil {
				return err
			}
			if asHTML {
				if asJSON || convergence || tell.asked() {
					return usage("--format html is the whole report on one page", "leave out --json, --convergence, --full and --part")
				}
				return reportHTML(c, args[0], picture, choice.Measures)
			}
			if convergence {
				return showConvergence(c, ask.Convergence{Record: args[0], Choice: choice}, picture, asJSON)
			}
			r, err := ask.Report{Record: args[0], Turns: tell.answers(), Choice: choice}.Answer(told(c))
			if err != nil {
				return err
			}
			if err := drawRecord(c, picture, r, choice.Measures); err != nil {
				return err
			}
			return tell.tell(c, r, args[0], asJSON)
		},
	}
	c.Flags().StringVar(&picture, "picture", "", "also draw options and measures, or the convergence, into this SVG file")
	c.Flags().BoolVar(&convergence, "convergence", false, "show how the means settled as worlds were added, with their 95 % intervals")
	c.Flags().StringSliceVar(&choice.Measures, "measure", nil, "measures to draw, or to follow (default: the first of the case)")
	c.Flags().StringSliceVar(&choice.Options, "option", nil, "options to follow (default: all)")
	c.Flags().StringSliceVar(&choice.Views, "view", nil, "views to follow (default: all)")
	c.Flags().BoolVar(&asJSON, "json", false, "print the answer, or the convergence, as JSON")
	c.Flags().BoolVar(&asHTML, "html", false, "print one web page that needs nothing else")
	tell.flags(c.Flags())
	return c
}

// chosenFor is the error of a choice that nothing would heed: a report shows all that
// its record has.
func chosenFor(choice inquiry.Choice, convergence bool, picture string) error {
	switch {
	case convergence:
		return nil
	case len(choice.Options)+len(choice.Views) > 0:
		return usage("--option and --view belong to --convergence", "a report shows all of them")
	case len(choice.Measures) > 0 && picture == "":
		return usage("--measure belongs to --picture and --convergence", "a report shows all of them")
	}
	return nil
}

// reportHTML writes the report of a record as one page, and its picture where one is named.
func reportHTML(c *cobra.Command, record, picture string, measures []string) error {
	var b bytes.Buffer // nothing is written of what fails half-way
	if err := studio.Report(c.Context(), record, &b); err != nil {
		return err
	}
	if picture != "" {
		r, err := ask.Report{Record: record, Choice: inquiry.Choice{Measures: measures}}.Answer(told(c))
		if err == nil {
			err = drawRecord(c, picture, r, measures)
		}
		if err != nil {
			return err
		}
	}
	_, err := b.WriteTo(c.OutOrStdout()) // cleaned: a page is shown on terminals too
	return err
}

// showConvergence shows how the means of a record settled.
func showConvergence(c *cobra.Command, q ask.Convergence, picture string, asJSON bool) error {
	points := 0
	if picture != "" {
		points = show.PathPoints
	}
	f, drawn, err := q.Answer(points, told(c))
	if err == nil && drawn != nil {
		err = draw(picture, drawn, show.ConvergencePicture)
	}
	return answered(c, f, err, show.Convergence, asJSON)
}
