// Package claim holds what is said against what follows.
//
//  1. New takes the claims about a case, one entry for each, and scores every
//     way to read them: over the worlds of a record (worlds.go), by the figures
//     of spending, by law and by dated facts (settled.go).
//  2. For each view it names the assumption that decides a reading over worlds:
//     first-order sensitivity of the worlds already drawn (decide.go).
//  3. Flips adds the smallest change of one assumption at which a reading turns
//     round in the central world of a view (flip.go).
//
// A characterisation is shown with its label and never scored. What the
// readings of one claim say is not added up: they are different sentences.
package claim

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/past/spend"
	"casus/worlds/study"
)

// Ledger is every claim about a case and how it fares.
type Ledger struct {
	finding.Head
	Claims  []Entry          `json:"claims"`
	Sources []finding.Source `json:"sources"`
	Flipped bool             `json:"flips_looked_for"`
}

// Entry is one claim.
type Entry struct {
	ID        string    `json:"id"`
	Says      string    `json:"says"`
	By        string    `json:"by"`
	Label     string    `json:"label"`    // why it is a characterisation; such a claim has no readings
	Unscored  string    `json:"unscored"` // what of it is no quantity of the model, and why
	Readings  []Reading `json:"readings"`
	Judgement string    `json:"judgement"` // why the numbers in its readings are what they are
	Finding   string    `json:"finding"`
	For       []string  `json:"for"`
	Against   []string  `json:"against"`
	Sources   []string  `json:"sources"`
	Status    string    `json:"status"`
	Notes     []string  `json:"notes"`
}

// The kinds of Reading: what settles it.
const (
	Worlds  = "worlds"  // the game, in many worlds
	Figures = "figures" // arithmetic over figures of spending
	Law     = "law"     // the law of a day
	Chains  = "chains"  // ways from an event to a war
	Facts   = "record"  // memberships and dates
)

// Reading is one way to read a claim.
type Reading struct {
	Kind       string            `json:"kind"`
	Says       string            `json:"says"` // empty when it is the only one
	Expression string            `json:"expression"`
	Condition  string            `json:"condition"` // what its measures are given, or that they count in any case; empty: neither is a question
	Views      []Share           `json:"views"`     // over worlds; empty otherwise
	Verdict    string            `json:"verdict"`   // of the others: holds, does not hold, depends, contested, not known; empty over worlds
	Shown      []string          `json:"shown"`     // how the verdict comes about
	Rests      []string          `json:"rests_on"`
	Warnings   []finding.Warning `json:"warnings"`

	expr *proposition
	line int // of the file, so that readings stand in the author's order
}

// Share says in how many worlds of a view a reading holds.
type Share struct {
	View      string   `json:"view"`
	Holds     int      `json:"holds"`
	Worlds    int      `json:"worlds"`    // in which it is defined
	Undefined int      `json:"undefined"` // it compares what never happens there
	Share     Number   `json:"share"`     // of the worlds in which it is defined, each by how likely what its measures are given is there
	Lo        Number   `json:"lo"`        // Wilson 1927, 95 %
	Hi        Number   `json:"hi"`
	Margin    *Margin  `json:"margin"`              // of a single comparison
	Slight    int      `json:"slight"`              // worlds in which the two sides of a single comparison differ by less than what matters, or hardly at all
	Within    Number   `json:"within_what_matters"` // their share, weighed as Share is; null of a compound reading
	Effective Number   `json:"effective_worlds"`    // that Share rests on, where measures are given something and weigh the worlds; 0: each counts alike
	Decider   *Decider `json:"decider"`             // nil: no single assumption is shown to matter
	Why       string   `json:"no_decider"`
	Flip      *Flip    `json:"flip"` // nil: not looked for
}

// Margin is by how much a comparison holds: positive in its favour.
type Margin struct {
	Unit   string `json:"unit"`
	Median Number `json:"median"`
	P05    Number `json:"p05"`
	P95    Number `json:"p95"`
}

// Number is null in JSON when it is not finite.
type Number = finding.Number

// Options lists those that some claims compare, in the case's order.
func Options(k *model.Case, claims []*model.Claim) []string {
	var out []string
	for _, o := range k.Options {
		for _, cl := range claims {
			for _, p := range cl.Holds {
				if reads(p.Expr, o.Name) && !slices.Contains(out, o.Name) {
					out = append(out, o.Name)
				}
			}
		}
	}
	return out
}

// New makes the ledger of claims about a case from a record of it. A nil record
// scores nothing over worlds; one without draws names no assumption that
// decides. The context ends the search for chains.
func New(ctx context.Context, m *model.Model, k *model.Case, r *study.Record, claims []*model.Claim) (*Ledger, error) {
	l := &Ledger{Claims: []Entry{}, Sources: []finding.Source{}}
	if r != nil {
		l.Head = r.Head("claims")
	} else {
		l.Head = finding.New("claims", m.Digests(), finding.Basis{Case: k.Name, Title: k.Title, Date: k.Date.String(), Played: &finding.Played{Horizon: k.Horizon}})
	}
	book, problems := spend.Load()
	if len(problems) > 0 {
		return nil, fmt.Errorf("the shipped figures: %s", problems[0])
	}
	for _, cl := range claims {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e, err := entry(ctx, m, k, r, book, cl)
		if err != nil {
			return nil, err
		}
		l.Claims = append(l.Claims, e)
		l.cite(m, cl)
	}
	if r != nil {
		l.decide(r)
		l.warn(r)
	}
	return l, nil
}

// Chosen are the claims about a case, or some of them, by id. It is an error to
// ask for one that there is not.
func Chosen(m *model.Model, k *model.Case, only []string) ([]*model.Claim, error) {
	all := m.ClaimsOf(k)
	if len(only) == 0 {
		return all, nil
	}
	var known []string
	for _, cl := range all {
		known = append(known, cl.ID)
	}
	for _, id := range only {
		if !slices.Contains(known, id) {
			return nil, source.Hint(source.Misused("no claim %q about this case", id), source.Among(id, known))
		}
	}
	return slices.DeleteFunc(all, func(cl *model.Claim) bool { return !slices.Contains(only, cl.ID) }), nil
}

func entry(ctx context.Context, m *model.Model, k *model.Case, r *study.Record, book *spend.Book, cl *model.Claim) (Entry, error) {
	e := Entry{ID: cl.ID, Says: cl.Title, By: cl.By, Label: cl.Label, Unscored: cl.Unscored, Readings: []Reading{}, Judgement: cl.Judgement,
		Finding: cl.Finding, For: nonNil(cl.For), Against: nonNil(cl.Against), Sources: nonNil(cl.Sources), Status: cl.Status, Notes: nonNil(cl.Notes)}
	for _, p := range cl.Holds {
		e.add(p.Pos, overWorlds(k, r, p))
	}
	for _, p := range cl.Figures {
		readings, err := byFigures(book, p)
		if err != nil {
			return e, fmt.Errorf("claim %s: %w", cl.ID, err)
		}
		e.add(p.Pos, readings...)
	}
	for _, ex := range cl.Law {
		e.add(ex.Pos, byLaw(m, ex))
	}
	for _, sp := range cl.Chains {
		rd, err := byChains(ctx, m, sp)
		if err != nil {
			return e, fmt.Errorf("claim %s: %w", cl.ID, err)
		}
		e.add(sp.Pos, rd)
	}
	for _, rec := range cl.Recorded {
		e.add(rec.Pos, byRecord(m, rec))
	}
	slices.SortStableFunc(e.Readings, func(a, b Reading) int { return cmp.Compare(a.line, b.line) })
	return e, nil
}

func (e *Entry) add(at source.Pos, readings ...Reading) {
	for _, r := range readings {
		r.line = at.Line()
		e.Readings = append(e.Readings, r)
	}
}

// cite adds the sources that a claim names, once each, in the order met.
func (l *Ledger) cite(m *model.Model, cl *model.Claim) {
	for _, id := range cl.Sources {
		s := m.Sources[id]
		if s == nil || slices.ContainsFunc(l.Sources, func(c finding.Source) bool { return c.ID == id }) {
			continue
		}
		l.Sources = append(l.Sources, finding.Source{ID: s.ID, Title: s.Title, Grade: s.Grade, Status: s.Status, Address: s.Address})
	}
}

func nonNil(xs []string) []string {
	if xs == nil {
		return []string{}
	}
	return xs
}
