package crisis

import (
	"fmt"
	"slices"

	"casus/lang/syntax"
	"casus/model"
)

// Impossible names the measures of a case of which everything they count is what no play of
// it comes to, under any of its options, and says why: a 0 would not tell that. Where there
// are more plays than can be looked through nothing is named, nor what is counted to be held
// against a record, for which never is an answer.
func Impossible(m *model.Model, k *model.Case) (map[string]string, error) {
	whole := *k
	if c := m.Case(k.Name); c != nil && c.Crisis == k.Crisis {
		whole.Options = slices.Clip(c.Options)
	}
	for _, o := range k.Options {
		if !slices.Contains(whole.Options, o) {
			whole.Options = append(whole.Options, o)
		}
	}
	var measures []model.Measure
	wanted := map[string]bool{} // what they count and nothing has come to yet
	for _, ms := range k.Crisis.Measures {
		if !ms.Rate && !held(k, ms.Name) && !k.Unplayed(ms) {
			measures = append(measures, ms)
			ms.Expr.Walk(func(e *syntax.Expr) {
				if s := sumOf(e); s != nil {
					wanted[s.Text] = true
				}
			})
		}
	}
	for _, late := range []bool{false, true} {
		if late && k.Crisis.Discount == nil {
			break
		}
		if known, err := comeTo(m, &whole, wanted, late); err != nil || !known {
			return nil, err
		}
	}
	out := map[string]string{}
	for _, ms := range measures {
		if why := neverCounts(k, ms, wanted); why != "" {
			out[ms.Name] = why
		}
	}
	return out, nil
}

// comeTo strikes out of the sums that are wanted those that come into play under some option;
// false where there are too many plays to tell. A game that goes on counts what is given
// something over as many years from the one in which that comes true, which are looked at
// late.
func comeTo(m *model.Model, k *model.Case, wanted map[string]bool, late bool) (known bool, err error) {
	if late {
		longer := *k
		longer.Horizon = 2*k.Horizon - 1
		k = &longer
	}
	for _, o := range k.Options {
		if len(wanted) == 0 {
			break
		}
		g, err := Ground(m, k, o)
		if err != nil {
			return false, err
		}
		x := watchFor(g, map[any]bool{}, func(s Sum) bool {
			return wanted[s.Text] && (!late || s.given != nil && !(&compiler{g: g}).cond(s.given).holds(g.begin))
		})
		if !x.walk() {
			return false, nil
		}
		for _, s := range x.sums {
			if x.alive[s.Text] {
				delete(wanted, s.Text)
			}
		}
	}
	return true, nil
}

// held reports whether a record of a case counts what a measure does.
func held(k *model.Case, measure string) bool {
	return slices.ContainsFunc(k.Records, func(r model.Record) bool { return r.Measure == measure || r.Yearly == measure })
}

// neverCounts says why all that a measure counts is never come to; empty where some is,
// and where it counts nothing at all.
func neverCounts(k *model.Case, ms model.Measure, never map[string]bool) string {
	why, some := "", false
	ms.Expr.Walk(func(e *syntax.Expr) {
		s := sumOf(e)
		switch {
		case s == nil:
		case !never[s.Text]:
			some = true
		case why == "":
			why = fmt.Sprintf("%s %s", s.never(), whatever(k))
		}
	})
	if some {
		return ""
	}
	return why
}

// never begins the sentence that says that a sum counts nothing.
func (s *Sum) never() string {
	switch {
	case s.Kind != "P" && s.Kind != "years":
		return s.Text + " counts nothing"
	case s.given != nil:
		return s.expr.String() + " comes about where " + s.given.String()
	}
	return s.expr.String() + " comes about"
}
