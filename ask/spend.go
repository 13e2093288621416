package ask

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"casus/catalog"
	"casus/data"
	"casus/model"
	"casus/past/spend"
)

// Spending asks what is spent on arms, or works out a check or a claim about it.
type Spending struct {
	Query   spend.Query
	Check   string   // work out a check instead
	Claim   string   // work out a claim instead
	Figures []string // the user's own figures, in CSV

	Given func(name string) bool // as in Worlds
}

// Spent is the answer; one of its pointers is set.
type Spent struct {
	Series *spend.Series
	Check  *spend.Check
	Claim  *spend.Claim
}

// Answer reads the figures and works out what is asked for.
func (q Spending) Answer(to Told) (out *Spent, err error) {
	if err := q.refused(); err != nil {
		return nil, err
	}
	if q.Given != nil {
		if err := years(q.Given, q.Query.From, q.Query.To, 1800, 2200); err != nil {
			return nil, err
		}
	}
	b, err := q.book(to)
	if err != nil {
		return nil, err
	}
	r := &resolving{m: &model.Model{States: catalog.States()}}
	q.Query.Units = slices.Clone(q.Query.Units)
	var wrong []error
	for i, unit := range q.Query.Units {
		q.Query.Units[i], err = r.unit(b, unit)
		wrong = append(wrong, err)
	}
	if q.Query.Burden != "" {
		if _, year := strconv.Atoi(q.Query.Burden); year != nil {
			q.Query.Burden, err = r.unit(b, q.Query.Burden)
			wrong = append(wrong, err)
		}
	}
	if err := Together(wrong...); err != nil {
		return nil, err
	}
	out = &Spent{}
	switch {
	case q.Check != "":
		out.Check, err = b.Check(q.Check)
	case q.Claim != "":
		out.Claim, err = b.Claim(q.Claim)
	default:
		if out.Series, err = b.Series(q.Query); err != nil {
			return nil, err
		}
		for _, w := range r.warnings {
			out.Series.Warnings, out.Series.Notes = append(out.Series.Warnings, w), append(out.Series.Notes, w.Text)
		}
	}
	return out, err
}

// refused is the mistake of settings that do not go together, or nil.
func (q Spending) refused() error {
	of := q.Query
	switch {
	case q.Check != "" && q.Claim != "":
		return Usage("--check and --claim at once", "choose one")
	case (q.Check != "" || q.Claim != "") && (of.From != 0 || of.To != 0 || of.Measure != "" || of.Constant || of.Burden != "" || len(of.Units) > 0):
		return Usage("a check or claim has its own states and years", "leave out the rest")
	case of.Constant && (of.Measure == spend.Share || of.Burden != ""):
		return Usage("--constant is about amounts, not shares of GDP", "leave out one")
	}
	return emptyNames(of.Units, "name a state, such as DEU, or a group")
}

// unit is the unit of a book that a word names: a state in any way in which states are
// named, or a group.
func (r *resolving) unit(b *spend.Book, word string) (string, error) {
	unit, unknown := b.Resolve(word)
	if unknown == nil {
		return unit, nil
	}
	for _, name := range b.Units() {
		if strings.EqualFold(name, word) {
			return name, nil
		}
	}
	id, err := r.state(word)
	switch {
	case err == nil:
		return id, nil
	case strings.Contains(word, ":"):
		return "", misused(err)
	}
	return "", unknown
}

// book reads the book with the user's own figures. A row that makes no sense is
// told on standard error and left out; a file of which nothing is left is an
// error.
func (q *Spending) book(to Told) (*spend.Book, error) {
	var own []*data.Table
	var problems []data.Problem
	for _, name := range q.Figures {
		text, err := ReadTable(name)
		if err != nil {
			return nil, err
		}
		t, ps := data.ReadCSV(filepath.ToSlash(name), bytes.NewReader(text))
		own, problems = append(own, t), append(problems, ps...)
	}
	b, ps := spend.Load(own...)
	problems = append(problems, ps...)
	for _, p := range problems {
		to.say("%s", p.Error())
	}
	for _, t := range own {
		if !slices.ContainsFunc(b.Figures, func(x spend.Figure) bool { return x.File == t.File }) {
			return nil, fmt.Errorf("%s: no figure in it can be used", t.File)
		}
	}
	return b, nil
}
