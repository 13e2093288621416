package ask

import (
	"context"
	"fmt"
	"slices"

	"casus/claim"
	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/study"
)

// Claims asks how what is said about a case fares.
type Claims struct {
	Worlds
	Case    string   // of a record: the case, its file or folder; empty: the shipped case of that name
	Only    []string // only these claims, by id; none: all
	NoFlips bool     // do not look for flips
}

// Answer runs the case in the options that its claims compare; of a record
// nothing is run, and flips are left out.
func (q Claims) Answer(ctx context.Context, to Told) (*claim.Ledger, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	if NamesRecord(q.Of.Path) {
		return q.fromRecord(ctx, to)
	}
	if q.Case != "" {
		return nil, Usage("--case is for a record", q.Of.Path+" is a case itself")
	}
	m, k, err := q.Of.Load(to)
	if err != nil {
		return nil, err
	}
	claims, err := q.claims(to, m, k)
	if err == nil {
		err = q.named(lexiconOf(m, k))
	}
	if err != nil {
		return nil, err
	}
	if len(q.Plan.Options) == 0 {
		q.Plan.Options = claim.Options(k, claims)
	}
	if k.Crisis == nil || len(q.Plan.Options) == 0 { // only law, figures and dates speak
		return claim.New(ctx, m, k, nil, claims)
	}
	return q.overWorlds(ctx, to, m, k, claims)
}

func (q *Claims) overWorlds(ctx context.Context, to Told, m *model.Model, k *model.Case, claims []*model.Claim) (*claim.Ledger, error) {
	r, err := q.run(ctx, to, m, k, asksOfRows)
	if err != nil {
		return nil, err
	}
	if q.Weighted {
		if r, err = heard(ctx, r.ByRecord); err != nil {
			return nil, err
		}
	}
	l, err := heard(ctx, func() (*claim.Ledger, error) { return claim.New(ctx, m, k, r, claims) })
	if err != nil || q.NoFlips || q.Weighted { // flips start from the central world of a view as it is stated
		return l, err
	}
	return l, l.Flips(ctx, m, k, q.Plan, to.progress)
}

// claims picks the claims asked for; a case of which nobody claims anything has none
// to ask for.
func (q *Claims) claims(to Told, m *model.Model, k *model.Case) ([]*model.Claim, error) {
	if err := to.Refuse(claim.Check(m)); err != nil {
		return nil, err
	}
	if len(m.ClaimsOf(k)) == 0 {
		return nil, source.Hint(fmt.Errorf("nobody claims anything about case %s", k.Name), "write claim ID \"…\" { … } beside it")
	}
	return claim.Chosen(m, k, q.Only)
}

// fromRecord takes the worlds of a record, and the claims of the case as it
// stands.
func (q *Claims) fromRecord(ctx context.Context, to Told) (*claim.Ledger, error) {
	if err := q.ofRecord("option", "view", "workers", "no-flips"); err != nil {
		return nil, err
	}
	r, err := q.Of.record(to, false)
	if err == nil {
		err = r.NeedRows("scoring claims")
	}
	if err != nil {
		return nil, err
	}
	m, k, err := q.caseOf(to, r)
	if err != nil {
		return nil, err
	}
	claims, err := q.claims(to, m, k)
	if err != nil {
		return nil, err
	}
	if err := r.ReadDraws(q.Of.Path); err != nil {
		return nil, err
	}
	files := r.Files
	if q.Weighted {
		if r, err = heard(ctx, r.ByRecord); err != nil {
			return nil, err
		}
	}
	l, err := heard(ctx, func() (*claim.Ledger, error) { return claim.New(ctx, m, k, r, claims) })
	if err == nil && !slices.Equal(files, m.Digests()) {
		l.Warnings = append(l.Warnings, finding.Warn(finding.Reworded, "", "the files of the case are not those from which the record was made: its numbers may be of another wording"))
	}
	return l, err
}

// caseOf is the case of a record as it stands now.
func (q *Claims) caseOf(to Told, r *study.Record) (*model.Model, *model.Case, error) {
	return caseBehind(to, r, q.Of.Path, q.Case, "the claims about")
}

// caseBehind finds the case of a record, in a folder that is named or among those that
// ship; what says what of the case is not in the record.
func caseBehind(to Told, r *study.Record, record, named, what string) (*model.Model, *model.Case, error) {
	of := ParseNamed(named)
	if named == "" {
		if of.Path = r.Case; !Shipped(r.Case) {
			return nil, nil, Usage(what+" case "+r.Case+" are not in its record", "say where the case is: --case FOLDER")
		}
	}
	m, k, err := of.Load(to)
	if of.Name == "" && m != nil && m.Case(r.Case) != nil {
		k, err = m.Case(r.Case), nil
	}
	if err == nil && k.Name != r.Case {
		err = Usage(fmt.Sprintf("%s is a record of case %s, and %s is case %s", record, r.Case, of.Path, k.Name), "")
	}
	return m, k, err
}
