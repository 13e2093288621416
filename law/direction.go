package law

import (
	"slices"

	"casus/model"
)

// Direction says which way the duty of a clause runs by its words alone: mutual,
// answered in the same article by another rule, or one way. It is empty for what
// is no duty.
func Direction(a *model.Article, r *model.Rule, t *model.Then) string {
	switch {
	case t.Verb != model.Owes:
		return ""
	case mutual(r, t):
		return "mutual"
	}
	for i := range a.Rules {
		for j := range a.Rules[i].Thens {
			u := &a.Rules[i].Thens[j]
			if u != t && u.Verb == model.Owes && mayBe(u.Debtors, t.Creditor) && mayBe(t.Debtors, u.Creditor) {
				return "answered in the same article"
			}
		}
	}
	return "one way"
}

// mayBe reports whether a set may hold the state that a term stands for: one
// that is not named may be any.
func mayBe(s model.Set, t model.Term) bool {
	return t.Kind != model.Literal || s.Kind != model.ListSet || slices.Contains(s.List, t.Name)
}
