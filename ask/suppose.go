package ask

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Suppose asks what follows where some assumptions are held at values.
type Suppose struct {
	Of        Named    // a case, or a record, which is asked too what it makes of the values
	Case      string   // of a record: the case, its file or folder; empty: the shipped case of that name
	View      string   // empty: the first that is no union
	Measure   string   // on which the two options are ranked
	Between   []string // the two options
	Set       []string // NAME=VALUE
	Worlds    int      // 0: the central world alone
	Seed      uint64
	Design    string
	Workers   int
	MaxStates int
	Memory    int64 // bytes that may be used; 0: what the machine has
	Follow    int   // assumptions whose flips are looked for; 0: none

	Given func(setting string) bool // nil: nothing was
}

// Answer solves the case anew, with the values held.
func (q Suppose) Answer(ctx context.Context, to Told) (*inquiry.Supposed, error) {
	p := inquiry.SupposePlan{Plan: study.Plan{Worlds: q.Worlds, Seed: q.Seed, Design: q.Design, Workers: q.Workers, MaxStates: q.MaxStates},
		View: q.View, Measure: q.Measure, Follow: q.Follow, Solvers: to.Solvers}
	m, k, r, err := q.load(to)
	if err == nil {
		err = q.refuse()
	}
	if err == nil {
		s := lexiconOf(m, k).heard(to)
		err = Together(s.options.lists(&q.Between), s.views.words(&p.View), s.measures.words(&p.Measure))
	}
	if err != nil {
		return nil, err
	}
	p.Record, p.Between = r, [2]string(q.Between)
	if p.Set, err = settings(q.Set); err != nil {
		return nil, err
	}
	if err := extentOf(m, k, 2, 1).supposed().afford(to, q.Memory, q.Worlds); err != nil {
		return nil, err
	}
	out, err := heard(ctx, func() (*inquiry.Supposed, error) { return inquiry.Suppose(ctx, m, k, p) })
	err = source.AtName("--set", q.Set, err)
	if err == nil && r != nil && !slices.Equal(r.Files, m.Digests()) {
		out.Warnings = append(out.Warnings, finding.Warn(finding.Reworded, "", "the files of the case are not those from which the record was made: what it says of values may be of another wording"))
	}
	return out, err
}

// load is the case, and the record where one is named.
func (q *Suppose) load(to Told) (*model.Model, *model.Case, *study.Record, error) {
	if !NamesRecord(q.Of.Path) {
		m, k, err := q.Of.crisis(to)
		return m, k, nil, err
	}
	r, err := q.Of.record(to, true)
	if err != nil {
		return nil, nil, nil, err
	}
	m, k, err := caseBehind(to, r, q.Of.Path, q.Case, "the games of")
	return m, k, r, err
}

// refuse is the error of words that make no sense.
func (q *Suppose) refuse() error {
	switch {
	case q.Case != "" && !NamesRecord(q.Of.Path):
		return Usage("--case is for a record", q.Of.Path+" is a case itself")
	case q.Measure == "":
		return Usage("on which measure are they ranked?", "--measure us_war")
	case inquiry.TwoOptions(q.Between) != nil:
		return inquiry.TwoOptions(q.Between)
	}
	if err := CountOf("follow", q.Follow, 0, 0, "0: none"); err != nil {
		return err
	}
	if err := CountOf("worlds", q.Worlds, 0, study.MaxWorlds, "0: the central world alone"); err != nil {
		return err
	}
	given := func(name string) bool { return q.Given != nil && q.Given(name) }
	if err := Together(countOfWorkers(q.Workers, given("workers")), sizeOfMemory(q.Memory, given("memory"))); err != nil {
		return err
	}
	return countOfStates(q.MaxStates)
}

// typedNumber reads a number as people type it: 0.3, 3e-1, 30% or 30 %.
func typedNumber(word string) (float64, error) {
	word, percent := strings.CutSuffix(strings.TrimSpace(word), "%")
	x, err := strconv.ParseFloat(strings.TrimSpace(word), 64)
	if percent {
		x /= 100
	}
	return x, err
}

// settings read NAME=VALUE, one or several apart by commas that stand in no
// brackets.
func settings(words []string) ([]inquiry.Setting, error) {
	var out []inquiry.Setting
	var wrong []error
	for _, w := range words {
		for _, one := range apart(w) {
			name, value, found := strings.Cut(one, "=")
			x, err := typedNumber(value)
			if !found || err != nil || strings.TrimSpace(name) == "" {
				wrong = append(wrong, source.AtWords("--set", strings.TrimSpace(one), Usage(fmt.Sprintf("cannot read %q", strings.TrimSpace(one)), "an assumption is held by NAME=VALUE, as in --set provokes=0.3")))
				continue
			}
			out = append(out, inquiry.Setting{Assumption: strings.TrimSpace(name), Value: decision.Number(x)})
		}
	}
	return out, Together(wrong...)
}

// apart parts words at the commas that stand in no brackets.
func apart(words string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range words {
		switch {
		case r == '[' || r == '(':
			depth++
		case r == ']' || r == ')':
			depth--
		case r == ',' && depth == 0:
			out = append(out, words[from:i])
			from = i + 1
		}
	}
	return append(out, words[from:])
}
