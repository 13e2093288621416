package ask

import (
	"context"

	"casus/data"
	"casus/finding"
	"casus/worlds/inquiry"
)

// Analyse asks what drives the outputs of a table of anybody's, and when rows are
// of interest.
type Analyse struct {
	Table string   // CSV or Parquet
	Text  []string // columns of numbers that are names of categories
	Plan  inquiry.AnalysisPlan
	Given func(name string) bool // as in Worlds
}

// Analysed is the answer, with the table it is about.
type Analysed struct {
	*inquiry.Analysis
	Columns *data.Columns
}

// Answer reads the table and analyses it.
func (q Analyse) Answer(ctx context.Context, to Told) (*Analysed, error) {
	s := Search{q.Plan.Search, q.Given}
	if err := s.check(); err != nil {
		return nil, err
	}
	if q.Table == "" {
		return nil, Usage("which table?", "a file in CSV or Parquet")
	}
	t, problems, err := data.ReadColumns(q.Table, q.Text)
	if err != nil {
		return nil, unreadableTable(err)
	}
	to.odd(problems)
	found, err := heard(ctx, func() (*inquiry.Analysis, error) { return inquiry.Analyse(ctx, t, len(problems), q.Plan) })
	if err != nil {
		return nil, err
	}
	return &Analysed{found, t}, nil
}

// odd says what was wrong with a table and did not stop the reading; of
// many problems the first.
func (t Told) odd(problems []data.Problem) {
	const most = 10
	for _, p := range problems[:min(most, len(problems))] {
		t.say("%s", p.Error())
	}
	if len(problems) > most {
		t.say("… and %s more", finding.Count(len(problems)-most, "problem"))
	}
}
