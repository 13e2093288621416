package main

import (
	"io"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/inquiry"
)

type valueFlags struct {
	inWorlds
	q   ask.Value
	top int
}

// newValue says what it would be worth to know before choosing.
func newValue() *cobra.Command {
	var f valueFlags
	c := &cobra.Command{
		Use:   "value CASE|RECORD",
		Short: "Say what it would be worth to know an assumption before choosing",
		Long: `Say what it would be worth, by the expected value of one measure, to know
everything, one assumption, or a group of them before an option is chosen; and
which option would be chosen now, and in what share of worlds it is not the best.
Every view is answered apart. A case is run; a record is read and nothing is run.`,
		Example: `  casus value ukraine --measure peace
  casus value casus-records/ukraine --measure nato_war --top 20
  casus value casus-records/ukraine --group 'word=limited_word,lapse_rate' --picture worth.svg`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error { return f.answer(c, args) },
	}
	f.flags(c, &f.q.Worlds)
	fs := c.Flags()
	fs.StringVar(&f.q.Measure, "measure", "", "measure to choose by (default: the first of the case that says which way is better)")
	fs.StringArrayVar(&f.q.Groups, "group", nil, "assumptions that would be learned together: NAME=ASSUMPTION,ASSUMPTION")
	fs.IntVar(&f.top, "top", 10, "assumptions to show in each view; 0 shows all")
	return c
}

func (f *valueFlags) answer(c *cobra.Command, args []string) error {
	if f.top < 0 {
		return ask.CountOf("top", f.top, 0, 0, "0: all")
	}
	if f.picture == "" { // which has the same assumptions
		if err := wordsOnly(c, "top"); err != nil {
			return err
		}
	}
	f.about(c, &f.q.Worlds, args)
	a, err := f.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	l := layout(c)
	l.Most = f.top
	if err := draw(f.picture, a, func(w io.Writer, v *inquiry.Value) error { return show.ValuePicture(w, v, l) }); err != nil {
		return err
	}
	return tellIn(c, a, show.Value, l, f.json)
}
