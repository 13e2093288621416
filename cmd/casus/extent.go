package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/finding"
	"casus/lang/source"
	"casus/show"
	"casus/worlds/study"
)

// extent is how much of a report is printed: the answer on one screen, all of it,
// or some of its parts.
type extent struct {
	full  bool
	parts []string
}

func (t *extent) flags(f *pflag.FlagSet) {
	f.BoolVar(&t.full, "full", false, "print the whole report instead of the answer on one screen")
	f.StringSliceVar(&t.parts, "part", nil, "print these parts of the report: "+strings.Join(show.Parts, ", "))
}

// asked reports whether more than the answer is wanted.
func (t *extent) asked() bool { return t.full || len(t.parts) > 0 }

// words are the flags that ask for the same.
func (t *extent) words() string {
	if t.full {
		return " --full"
	}
	return " --part " + strings.Join(t.parts, ",")
}

// check says which part there is not, and that JSON has no parts.
func (t *extent) check(c *cobra.Command) error {
	if err := wordsOnly(c, "full", "part"); err != nil {
		return err
	}
	if t.full && len(t.parts) > 0 {
		return usage("--full holds every --part", "ask for one of them")
	}
	for _, p := range t.parts {
		if !slices.Contains(show.Parts, p) {
			return usage(fmt.Sprintf("a report has no part %q", p), source.Among(p, show.Parts))
		}
	}
	return nil
}

// tell prints a record, kept in a folder (empty: in none), as asked.
func (t *extent) tell(c *cobra.Command, r *study.Record, folder string, asJSON bool) error {
	switch {
	case asJSON:
		a, err := r.AnswerWithin(c.Context())
		if err != nil {
			return err
		}
		out := *r
		out.Found = a
		out.Found.Folder = folder
		return finding.Write(c.OutOrStdout(), out.Ran())
	case !t.asked():
		a, err := r.AnswerWithin(c.Context())
		if err != nil {
			return err
		}
		a.Folder = folder
		return show.Answer(c.OutOrStdout(), a, layout(c))
	case !t.answers():
		return show.Text(c.OutOrStdout(), r, layout(c), t.parts...)
	}
	a, err := r.AnswerWithin(c.Context())
	if err == nil {
		err = show.WholeAnswer(c.OutOrStdout(), a, layout(c))
	}
	if err != nil || len(t.parts) == 1 {
		return err
	}
	fmt.Fprintln(c.OutOrStdout())
	others := slices.DeleteFunc(slices.Clone(t.parts), func(p string) bool { return p == "answer" })
	return show.Text(c.OutOrStdout(), r, layout(c), others...)
}

// answers reports whether the answer is printed, in short or whole.
func (t *extent) answers() bool { return !t.asked() || t.full || slices.Contains(t.parts, "answer") }
