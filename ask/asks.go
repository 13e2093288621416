package ask

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/worlds/decision"
	"casus/worlds/discovery"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Ask is a question that can be put by name, in words that arrive as JSON: a
// server, a page and the packages for Python and R ask so. Asks lists them.
type Ask struct {
	Name  string
	words string       // the settings it takes, as in names
	begin func() asker // the question with the defaults of its verb
}

// asker is a question with the way to its answer. Given reports whether a setting
// was named, by its name on the command line.
type asker struct {
	question any // a pointer to a struct of words
	answer   func(ctx context.Context, to Told, given func(string) bool) (finding.Finding, error)
}

// Asks are all questions that can be put by name, each under that of its verb.
func Asks() []Ask {
	return slices.Concat(ofLaw(), ofWorlds(), ofGames(), ofNames(), []Ask{
		{"asks", "", func() asker { return short(&Questions{}, Questions.Answer) }},
	})
}

func ofLaw() []Ask {
	return []Ask{
		{"why", eventWords + lawWords + " full reasons footnotes", func() asker {
			return long(&Why{Question: Question{Kind: "armed attack"}}, Why.Answer)
		}},
		{"why_not", "article debtor size " + eventWords + lawWords, func() asker {
			return long(&WhyNot{Question: Question{Kind: "armed attack"}, Size: 3}, WhyNot.Answer)
		}},
		{"owed", "state all " + lawWords, func() asker { return short(&Owed{}, Owed.Answer) }},
		{"conflicts", "state between object at " + lawWords, func() asker { return long(&Conflicts{}, Conflicts.Answer) }},
		{"chains", chainWords, func() asker { return long(chainsAsk(), Chains.found) }},
		{"cut", chainWords + " only", func() asker {
			q := chainsAsk()
			q.Cuts, q.Only = true, []string{"article", "declaration", "deployment"}
			return long(q, Chains.Answer)
		}},
		{"diff", "a b events end links " + lawWords, func() asker { return long(&Diff{Links: 9}, Diff.Answer) }},
		{"matrix", "state from to every " + lawWords, func() asker {
			q := &Matrix{}
			return asker{q, func(ctx context.Context, to Told, given func(string) bool) (finding.Finding, error) {
				q.Yearly = given("from") || given("to")
				return found(q.Answer(ctx, to))
			}}
		}},
		{"cite", "addresses case date files", func() asker { return short(&Cite{}, Cite.Answer) }},
		{"resting", "status files", func() asker { return short(&Resting{}, Resting.Answer) }},
	}
}

func ofWorlds() []Ask {
	return []Ask{
		{"run", "case:Of worlds:Plan.Worlds..Plan.First first:Plan.First " + planWords + optionWords + recordWords + " file baseline until measures:Plan.Measures most_worlds resume from", func() asker {
			return long(&Run{Worlds: inWorlds(study.DefaultWorlds)}, Run.found)
		}},
		{"report", "record", func() asker { return long(&Report{Turns: true}, Report.found) }},
		{"convergence", "record measures options views", func() asker { return short(&Convergence{}, Convergence.found) }},
		{"record", caseWords + " views:Plan.Views", func() asker { return long(&Past{inWorlds(study.DefaultWorlds)}, Past.Answer) }},
		{"robust", caseWords + optionWords + recordWords + " weighted measures thresholds between alpha by", func() asker {
			q := &Robust{Worlds: inWorlds(study.DefaultWorlds), Alpha: decision.Defaults().Optimism, By: string(decision.Expected)}
			return long(q, Robust.Answer)
		}},
		{"value", caseWords + optionWords + recordWords + " weighted measure groups", func() asker {
			return long(&Value{Worlds: inWorlds(study.DefaultWorlds)}, Value.Answer)
		}},
		{"sense", caseWords + " weighted methods options:Query.Options between measures:Query.Measures views:Query.Views where rows trajectories second groups correlate resamples", func() asker {
			q := &Sense{Worlds: inWorlds(study.DefaultWorlds)}
			q.Query.Rows, q.Query.Trajectories, q.Query.Bootstrap.Resamples = inquiry.DefaultRows, inquiry.DefaultTrajectories, 100
			return long(q, Sense.Answer)
		}},
		{"flip", caseWords + " weighted views:Plan.Views measure between means pairs clauses", func() asker {
			return long(&Flip{Worlds: inWorlds(inquiry.FlipWorlds), Means: inquiry.DefaultMeans, Pairs: inquiry.DefaultPairs, Clauses: inquiry.DefaultClauses}, Flip.Answer)
		}},
		{"suppose", "case:Of case_of_record:Case view measure between set worlds seed design workers max_states memory follow", func() asker {
			return long(&Suppose{Worlds: inquiry.SupposeWorlds, Seed: study.DefaultSeed, Design: "sobol", Follow: inquiry.SupposeFollow}, Suppose.Answer)
		}},
		{"claims", caseWords + optionWords + " case_of_record:Case weighted claims:Only no_flips", func() asker {
			return long(&Claims{Worlds: inWorlds(study.DefaultWorlds)}, Claims.Answer)
		}},
		{"discover", caseWords + optionWords + " where regret_above:Question.Regret of:Question.Of measure" + searchWords, func() asker {
			q := &Discover{Worlds: inWorlds(study.DefaultWorlds)}
			searchAsk(&q.Search.PRIM, &q.Search.Box, &q.Search.Bins)
			q.Search.QP = 0.05
			return long(q, Discover.Answer)
		}},
		{"analyse", "table outputs inputs text methods interest seed workers" + searchWords, func() asker {
			q := &Analyse{}
			s := &q.Plan.Search
			searchAsk(&s.PRIM, &s.Box, &s.Bins)
			s.Seed = study.DefaultSeed
			return long(q, Analyse.found)
		}},
	}
}

func ofGames() []Ask {
	return []Ask{
		{"elicit", "case:Of views:Plan.Views worlds:Plan.Worlds seed:Plan.Seed design workers max_states memory", func() asker {
			return long(&Elicit{inWorlds(256)}, Elicit.found)
		}},
		{"graph", "case:Of options max_states", func() asker { return long(&Graph{MaxStates: crisis.MaxStates}, Graph.Answer) }},
		{"reach", "case:Of options views max_states", func() asker { return long(&Reach{MaxStates: crisis.MaxStates}, Reach.Answer) }},
		{"walk", "case:Of at options views max_states", func() asker { return long(&Walk{MaxStates: crisis.MaxStates}, Walk.Answer) }},
		{"ladder", "case:Of options:Plan.Options views:Plan.Views worlds:Plan.Worlds seed:Plan.Seed design workers:Plan.Workers max_states memory", func() asker {
			q := &Ladder{inWorlds(inquiry.LadderWorlds)}
			q.Plan.MaxStates = crisis.MaxStates
			return long(q, Ladder.Answer)
		}},
	}
}

// ofNames ask what there is, and what is wrong with it.
func ofNames() []Ask {
	return []Ask{
		{"list", "kind case", func() asker { return short(&Names{}, Names.Answer) }},
		{"cases", "", func() asker { return short(&Cases{}, Cases.Answer) }},
		{"states", "states:Words date", func() asker {
			return short(&States{}, func(q States, _ Told) (*data.Codes, error) { return q.Answer() })
		}},
		{"check", "names", func() asker { return short(&Check{}, Check.Answer) }},
		{"spend", "states:Query.Units from to measure constant burden check claim figures", func() asker {
			return short(&Spending{}, Spending.found)
		}},
	}
}

// What several questions take. A setting is called as its field is, or stands as
// NAME:FIELD where that would be ambiguous, or is another word on the command line;
// NAME:FIELD..FIRST counts worlds, or is a stretch of them.
const (
	lawWords    = "date case facts readings options files law"
	eventWords  = "by on kind object at after "
	chainWords  = "event:Start end between without own deployed chances views links most worlds seed memory after " + lawWords
	caseWords   = "case:Of worlds:Plan.Worlds " + planWords
	planWords   = "seed:Plan.Seed design horizon date:Plan.Date workers:Plan.Workers max_states memory"
	optionWords = " options:Plan.Options views:Plan.Views"
	recordWords = " record replace"
	searchWords = " box density:PRIM.Threshold peel mass:PRIM.MassMin objective qp leaf bins"
)

func chainsAsk() *Chains {
	return &Chains{Worlds: study.DefaultWorlds, Seed: study.DefaultSeed, Links: 9, Most: 60}
}

func searchAsk(p *discovery.Options, box, bins *int) {
	p.Threshold, p.Peel, p.MassMin, p.Objective = 0.8, 0.05, 0.05, "lenient1"
	*box, *bins = -1, 3
}

func inWorlds(n int) Worlds {
	return Worlds{Plan: study.Plan{Worlds: n, Seed: study.DefaultSeed, Design: "sobol"}}
}

// short and long make an asker of a question and its method Answer, or one like it.
func short[Q any, F finding.Finding](q *Q, answer func(Q, Told) (F, error)) asker {
	return asker{q, func(_ context.Context, to Told, _ func(string) bool) (finding.Finding, error) {
		return found(answer(*q, to))
	}}
}

func long[Q any, F finding.Finding](q *Q, answer func(Q, context.Context, Told) (F, error)) asker {
	return asker{q, func(ctx context.Context, to Told, _ func(string) bool) (finding.Finding, error) {
		return found(answer(*q, ctx, to))
	}}
}

// found keeps a nil pointer from passing for a finding.
func found[F finding.Finding](f F, err error) (finding.Finding, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Asked is a question with its words filled in.
type Asked struct {
	asker
	given   func(string) bool
	names   []string // of its settings
	stretch bool     // worlds were named by their numbers
}

// Answer answers it.
func (a *Asked) Answer(ctx context.Context, to Told) (finding.Finding, error) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1)) // one question of many in a process
	return a.answer(ctx, to, a.given)
}

// Refuse is the error of settings that make no sense whatever the case holds; nothing
// is read for it. Nil: whether there is one only an answer tells.
func (a *Asked) Refuse() error {
	switch q := a.question.(type) {
	case interface{ refuse() error }:
		return q.refuse()
	case interface{ check() error }:
		return q.check()
	}
	return nil
}

// commandWords is a whole command line in a text, to the end of its clause.
var commandWords = regexp.MustCompile(`\bcasus [a-z]+(?:,?[^\s,;()]|[ \t])*`)

var flagWord = regexp.MustCompile(`(^|[^-\w])--([a-z]+(?:-[a-z]+)*)`)

// Spoken is a text in which settings are called as on the command line, with the
// names that they have here: --max-states is max_states, --option may be options.
// Whole command lines stay as they are, to be copied.
func (a *Asked) Spoken(text string) string {
	var b strings.Builder
	at := 0
	for _, command := range commandWords.FindAllStringIndex(text, -1) {
		b.WriteString(a.named(text[at:command[0]]) + text[command[0]:command[1]])
		at = command[1]
	}
	return b.String() + a.named(text[at:])
}

// named calls the settings of a text as they are called here.
func (a *Asked) named(text string) string {
	return flagWord.ReplaceAllStringFunc(text, func(found string) string {
		before, flag, _ := strings.Cut(found, "--")
		name := strings.ReplaceAll(flag, "-", "_")
		if !slices.Contains(a.names, name) && slices.Contains(a.names, name+"s") {
			name += "s"
		}
		return before + name
	})
}

// Put fills in the question of a name with settings in JSON; none may be nil. The
// error names every setting that the question does not have and every value that
// it cannot take.
func Put(name string, settings map[string]json.RawMessage) (*Asked, error) {
	var known []string
	for _, a := range Asks() {
		if a.Name == name {
			out := &Asked{asker: a.begin()}
			return out, out.fill(a, settings) // with an error, for its names
		}
		known = append(known, a.Name)
	}
	return nil, Unknown("ask", name, known)
}

func (a *Asked) fill(of Ask, settings map[string]json.RawMessage) error {
	fields := of.fields(a.question)
	for _, f := range fields {
		a.names = append(a.names, f.name)
	}
	var wrong []error
	for _, name := range names(settings) {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if at < 0 {
			wrong = append(wrong, of.unknown(name, fields))
			continue
		}
		stretch := fields[at].stretch(settings[name])
		if a.stretch = a.stretch || stretch; !stretch {
			wrong = append(wrong, fields[at].set(settings[name]))
		}
	}
	if settings["first"] != nil && a.stretch {
		wrong = append(wrong, Usage("first and worlds FROM..TO exclude each other", "leave first out"))
	}
	a.given = func(flag string) bool {
		name := strings.ReplaceAll(flag, "-", "_")
		if name == "first" && a.stretch {
			return true
		}
		_, one := settings[name]
		_, many := settings[name+"s"]
		return one || many
	}
	tellGiven(a.question, a.given)
	return Together(wrong...)
}

func (a Ask) unknown(name string, fields []field) error {
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.name
	}
	if slices.Contains(known, name+"s") {
		return Usage(fmt.Sprintf("%s takes no %q", a.Name, name), "it is "+name+"s")
	}
	hint := cmp.Or(source.DidYouMean(name, known), "it takes "+strings.Join(known, ", "))
	if len(known) == 0 {
		hint = "it takes nothing"
	}
	return Usage(fmt.Sprintf("%s takes no %q", a.Name, name), hint)
}

// found is the record with its answer, or the ledger. A record that could not be
// written to its folder is told of; a run that was stopped is no answer, and it is said
// where what it had done is kept.
func (q Run) found(ctx context.Context, to Told) (finding.Finding, error) {
	q.whole = true
	x, err := q.Answer(ctx, to)
	var a *study.Answer
	if err == nil && x.Course == nil {
		if a, err = x.Record.AnswerWithin(ctx); err != nil && x.Lost == nil {
			err = BrokenOff{x.Folder}
		}
	}
	var stopped BrokenOff
	if errors.As(err, &stopped) {
		to.say("%v", stopped)
	}
	switch {
	case err != nil:
		return nil, err
	case x.Course != nil:
		return x.Course, nil
	case x.Lost != nil:
		to.say("%v", x.Lost)
	default:
		a.Folder = x.Folder
	}
	return answered(x.Record, a), nil
}

// answered is a record as a finding, with the answer that it gives.
func answered(r *study.Record, a *study.Answer) *study.Ran {
	out := *r
	out.Found = a
	return out.Ran()
}

// found reads the record with its draws, of which one sentence of the answer is made.
func (q Report) found(ctx context.Context, to Told) (*study.Ran, error) {
	r, err := q.Answer(to)
	if err != nil {
		return nil, err
	}
	a, err := r.AnswerWithin(ctx)
	if err != nil {
		return nil, err
	}
	a.Folder = q.Record
	return answered(r, a), nil
}

// found follows the means in eighths of the worlds.
func (q Convergence) found(to Told) (*inquiry.Convergence, error) {
	r, err := q.record(to)
	if err != nil {
		return nil, err
	}
	return q.Choice.Of(r, inquiry.Eighths(r))
}

func (q Analyse) found(ctx context.Context, to Told) (finding.Finding, error) {
	x, err := q.Answer(ctx, to)
	if err != nil {
		return nil, err
	}
	return x.Analysis, nil
}

func (q Elicit) found(ctx context.Context, to Told) (finding.Finding, error) {
	x, err := q.Answer(ctx, to)
	if err != nil {
		return nil, err
	}
	return x.Elicited, nil
}

// found is the answer of the three that there is.
func (q Spending) found(to Told) (finding.Finding, error) {
	x, err := q.Answer(to)
	switch {
	case err != nil:
		return nil, err
	case x.Check != nil:
		return x.Check, nil
	case x.Claim != nil:
		return x.Claim, nil
	}
	return x.Series, nil
}
