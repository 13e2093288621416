package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/lang/source"
	"casus/model"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

type elicitFlags struct {
	q                  ask.Elicit
	of                 string
	json, check, write bool
}

// newElicit holds stated rates against what comes out where they are stated
// for.
func newElicit() *cobra.Command {
	var f elicitFlags
	c := &cobra.Command{
		Use:   "elicit CASE|FOLDER",
		Short: "Solve for what stated rates already hold, so that they come out where they are stated for",
		Long: `elicit reads the rates that a case states, and those of the cases it is held
against (elicit MEASURE[OPTION] as RATE by OFFSET, or given "a condition" for one that is
stated for less than its measure looks at): how often something happens in
a situation that people can judge. It shows, view by view, what comes out there
beside what is stated, and solves for the offsets under which all of them hold at
once in the central world, every assumption at its median.`,
		Example: `  casus elicit ukraine
  casus elicit ukraine --view deterrence --json
  casus elicit ./mycase --write >> mycase/offsets.casus
  casus elicit ./mycase --check`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error { return f.answer(c, args) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	caseFlag(fs, &f.of)
	fs.StringSliceVar(&f.q.Plan.Views, "view", nil, "only these views")
	fs.BoolVar(&f.check, "check", false, fmt.Sprintf("exit 3 when an offset in force is more than %g log odds from the one that closes its gap, or a rate that is stated on a condition comes out beyond its range", inquiry.Stale))
	fs.BoolVar(&f.write, "write", false, "print the assume lines of the offsets that close, instead")
	fs.BoolVar(&f.json, "json", false, "print JSON")
	fs.IntVar(&f.q.Plan.Worlds, "worlds", 256, "worlds for each view, for the ranges")
	fs.Uint64Var(&f.q.Plan.Seed, "seed", study.DefaultSeed, "seed of the draws")
	fs.StringVar(&f.q.Plan.Design, "design", "sobol", "how worlds are laid out: sobol, lhs or mc")
	fs.IntVar(&f.q.Plan.Workers, "workers", 0, "workers (default: one for each processor)")
	fs.IntVar(&f.q.Plan.MaxStates, "max-states", 0, "bound on the states of one option's graph (default 400000)")
	return c
}

func (f *elicitFlags) answer(c *cobra.Command, args []string) error {
	if f.json && f.write {
		return usage("--json and --write at once", "choose one")
	}
	f.q.Of, f.q.Given = named(args, f.of), c.Flags().Changed
	a, err := f.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	e := a.Elicited
	if f.write {
		writeOffsets(c.OutOrStdout(), a.Model, a.Case, e)
	} else if err := tell(c, e, show.Elicited, f.json); err != nil {
		return err
	}
	if f.check {
		return stale(c, e)
	}
	return nil
}

// stale names on standard error every rate that does not hold, and every one that
// is stated on a condition and comes out beyond its range; exit code 3.
func stale(c *cobra.Command, e *inquiry.Elicited) error {
	n, beyond := 0, 0
	for _, v := range e.Views {
		for _, r := range v.Beside {
			if r.Outside != 0 && !r.Unchecked {
				beyond++
				fmt.Fprintf(c.ErrOrStderr(), "%s, view %s: %s gives %.3g in the median, stated from %.3g to %.3g\n", r.Rate, v.View, r.Measure, float64(r.Given.Median), float64(r.Stated.P05), float64(r.Stated.P95))
			}
		}
		for _, r := range v.Rates {
			if !r.Stale() {
				continue
			}
			n++
			why := r.Why
			if why == "" {
				why = fmt.Sprintf("%s is %.4g, and %.4g would make it hold", r.Offset, float64(r.InForce), float64(r.Closes))
			}
			fmt.Fprintf(c.ErrOrStderr(), "%s, view %s: %s\n", r.Rate, v.View, why)
		}
	}
	if n > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "%s not hold (casus elicit --write prints the offsets)\n", does(n))
	}
	if n+beyond == 0 {
		return nil
	}
	return shown(ask.Unexpected)
}

func does(n int) string {
	if n == 1 {
		return "1 rate does"
	}
	return strconv.Itoa(n) + " rates do"
}

// writeOffsets prints the offsets as statements that can take the place of those
// that stand: what other views hold is kept, and so is what no offset closes.
func writeOffsets(w io.Writer, m *model.Model, k *model.Case, e *inquiry.Elicited) {
	for i := range e.Views[0].Rates {
		r := e.Views[0].Rates[i]
		a := m.Assumption(r.Offset)
		fmt.Fprintf(w, "%s {\n", opening(a, m))
		ground := fmt.Sprintf("judgement %s", strconv.Quote(fmt.Sprintf("solved for: %s holds in %s under %s (casus elicit %s)", r.Rate, r.Case, r.Option, k.Name)))
		for _, v := range m.Views {
			if at := solvedIn(e, v.Name, i); !math.IsNaN(at) {
				fmt.Fprintf(w, "  view %s ~ %s %s\n", v.Name, plain(at), ground)
			} else if b := a.Belief(v.Name); b != nil && len(v.Union) == 0 {
				fmt.Fprintf(w, "  view %s ~ %s%s\n", v.Name, b.Words, rests(b))
			}
		}
		fmt.Fprintln(w, "}")
	}
}

// opening begins the statement of an offset. One that ships is restated where files
// of the user's are read.
func opening(a *model.Assumption, m *model.Model) string {
	own := slices.ContainsFunc(m.Files, func(f *source.File) bool { return !shipped(f) })
	if own && shipped(a.Pos.File) {
		return "restate " + a.Name
	}
	return fmt.Sprintf("assume %s %s %s", a.Name, strconv.Quote(a.Title), a.Unit)
}

func shipped(f *source.File) bool { return strings.HasPrefix(f.Name, "catalog/") }

// solvedIn is the offset that closes a line under a view, if there is one.
func solvedIn(e *inquiry.Elicited, view string, line int) float64 {
	for _, v := range e.Views {
		if v.View == view {
			return float64(v.Rates[line].Closes)
		}
	}
	return math.NaN()
}

// plain is a number with four places: a hundredth of what counts as stale.
func plain(x float64) string {
	s := strings.TrimRight(strconv.FormatFloat(x, 'f', 4, 64), "0")
	if s = strings.TrimSuffix(s, "."); s == "-0" {
		return "0"
	}
	return s
}

func rests(b *model.Belief) string {
	out := ""
	if len(b.Sources) > 0 {
		out += " source " + strings.Join(b.Sources, ", ")
	}
	if b.Judgement != "" {
		out += " judgement " + strconv.Quote(b.Judgement)
	}
	return out
}
