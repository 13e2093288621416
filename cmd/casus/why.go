package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/ask"
	"casus/model"
	"casus/show"
)

const lawUsage = "whose law is read: ships, data that you have added, or instruments by name, as in NAT,TEU (default: all of it)"

// lawFlags are the flags that say which law is asked, and what is known.
func lawFlags(f *pflag.FlagSet, q *ask.Question) {
	f.StringVar(&q.Date, "date", "", "the day, as in 2026-02-01")
	f.StringVar(&q.Case, "case", "", "take date, facts and readings from a case: its name, file or folder")
	f.StringArrayVar(&q.Facts, "fact", nil, "what is known: requested=yes,provoked=no,at_war(RUS,GBR)=yes")
	f.StringArrayVar(&q.Readings, "reading", nil, "how an article is read: KENSINGTON.1=letter")
	f.StringSliceVar(&q.Options, "option", nil, "a package that changes the law")
	f.StringSliceVar(&q.Files, "files", nil, "your own files or folders, beside what ships")
	f.StringSliceVar(&q.Law, "law", nil, lawUsage)
}

// shippedLaw says the default of verbs that follow ties from state to state.
func shippedLaw(f *pflag.FlagSet) {
	f.Lookup("law").Usage = "whose law is read: ships, data that you have added, or instruments by name, as in NAT,TEU (default: ships, since added data tell of the same pacts)"
}

type whyFlags struct {
	q           ask.Question
	full        bool
	reasons     bool
	footnotes   bool
	not, debtor string
	size        int
	json, html  bool
}

func newWhy() *cobra.Command {
	var f whyFlags
	q := &f.q
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
		RunE: func(c *cobra.Command, _ []string) error { return f.answer(c) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringVar(&q.By, "by", "", `the attacker: a code or a name (RUS, Russia), several (RUS,BLR), or "no state: NAME"`)
	fs.StringVar(&q.On, "on", "", "the victim, or several")
	fs.StringVar(&q.Kind, "kind", "armed attack", "the kind of event")
	fs.StringVar(&q.Object, "object", "", "what it falls on: "+strings.Join(model.Objects(), ", ")+"; also public vessel, private vessel")
	fs.StringVar(&q.At, "at", "", "the place: a name in the catalogue, a state, or STATE.home")
	fs.StringVar(&q.Date, "date", "", "the day, as in 2026-02-01")
	fs.StringVar(&q.Case, "case", "", "take date, facts and readings from a case: its name, file or folder")
	fs.StringArrayVar(&q.Facts, "fact", nil, "what is known: requested=yes,provoked=no,at_war(RUS,GBR)=yes")
	fs.StringArrayVar(&q.After, "after", nil, `what happened before: "armed attack by RUS on UKR, on 2022-02-24", "terrorist attack by no state: al-Qaeda on USA, on 2001-09-11"`)
	fs.StringArrayVar(&q.Readings, "reading", nil, "how an article, or what is in doubt, is read: KENSINGTON.1=letter, crimea=ukrainian")
	fs.StringSliceVar(&q.Options, "option", nil, "a package that changes the law")
	fs.StringSliceVar(&q.Files, "files", nil, "your own files or folders, beside what ships")
	fs.StringSliceVar(&q.Law, "law", nil, lawUsage)
	fs.BoolVar(&f.reasons, "reasons", false, "each article with its reason, who reads it how, precedents, notes and sources")
	fs.BoolVar(&f.full, "full", false, "that, also articles that do not speak of the victim, and the trace of each answer")
	fs.BoolVar(&f.footnotes, "footnotes", false, "a footnote to paste for each article")
	fs.StringVar(&f.not, "not", "", "an article: what would make it bind whom it does not, or free whom it binds")
	fs.StringVar(&f.debtor, "by-state", "", "with --not: the one debtor to ask about")
	fs.IntVar(&f.size, "size", 3, "with --not: how many changes to try together, 1 to 4")
	fs.BoolVar(&f.json, "json", false, "write JSON")
	fs.BoolVar(&f.html, "html", false, "print a web page that needs nothing else")
	return c
}

// refuse is the error of forms that do not go together.
func (f *whyFlags) refuse(c *cobra.Command) error {
	var wrong []error
	if f.json && f.html {
		wrong = append(wrong, usage("which form?", "one of --json and --html"))
	}
	if f.footnotes && (f.json || f.html || f.not != "") {
		wrong = append(wrong, usage("--footnotes stands below the text", "leave out --json, --html and --not; casus cite ADDRESS --json has each footnote"))
	}
	if f.html && f.not != "" {
		wrong = append(wrong, usage("--not has no page", "leave out --html"))
	}
	wrong = append(wrong, wordsOnly(c, "reasons"))
	for _, name := range []string{"by-state", "size"} {
		if f.not == "" && c.Flags().Changed(name) {
			wrong = append(wrong, ask.Belongs(name, "not", "leave it out, or name an article, as in --not NAT.5"))
		}
	}
	return ask.Together(wrong...)
}

func (f *whyFlags) answer(c *cobra.Command) error {
	forms := f.refuse(c)
	if f.not != "" {
		w, err := ask.WhyNot{Question: f.q, Article: f.not, Debtor: f.debtor, Size: f.size}.Answer(c.Context(), told(c))
		if err = ask.Together(forms, err); err != nil {
			return err
		}
		return tell(c, w, show.WhyNot, f.json)
	}
	w, err := ask.Why{Question: f.q, Full: f.full, Reasons: f.reasons, Footnotes: f.footnotes}.Answer(c.Context(), told(c))
	switch err = ask.Together(forms, err); {
	case err != nil:
		return err
	case f.html:
		return show.WhyHTML(c.OutOrStdout(), w) // cleaned, as all that may come to a terminal
	}
	return tell(c, w, show.Why, f.json)
}
