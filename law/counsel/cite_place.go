package counsel

import (
	"cmp"
	"slices"

	"casus/data"
	"casus/model"
)

// PlaceSpell says whose a place was on some days: a state's, apart or contested.
type PlaceSpell struct {
	Whose   string   `json:"whose"` // in DEU; apart: a Free City; protected by the League of Nations; contested: Whose was Danzig?
	From    string   `json:"from"`
	Until   string   `json:"until"` // the first day on which it is so no more; empty: to this day
	By      string   `json:"by"`    // the text that made it so
	Sources []string `json:"sources"`
	Status  string   `json:"status"`
}

// Words are the spell as one line says it.
func (s PlaceSpell) Words() string {
	words := s.Whose
	if days := Days(s.From, s.Until); days != "" {
		words = days + ": " + words
	}
	rests := slices.DeleteFunc(append([]string{s.By}, s.Sources...), func(x string) bool { return x == "" })
	return words + InBrackets(append(rests, s.Status)...)
}

// historyOf tells in order of time whose a place was. Lines without a day are left
// out where the place has others, and so are regions.
func historyOf(m *model.Model, a *model.Area) []PlaceSpell {
	type dated struct {
		from data.Day
		PlaceSpell
	}
	var all []dated
	add := func(whose string, h model.Held) {
		s := PlaceSpell{Whose: whose, By: h.By, Sources: append([]string{}, h.Sources...), Status: cmp.Or(h.Status, "memory")}
		if h.HasFrom {
			s.From = h.From.String()
		}
		if h.HasUntil {
			s.Until = h.Until.String()
		}
		all = append(all, dated{h.From, s})
	}
	for _, h := range a.In {
		if m.IsLand(h.In) && (h.HasFrom || h.HasUntil) {
			add("in "+h.In, h)
		}
	}
	for i := range a.Apart {
		p := &a.Apart[i]
		add("apart: "+p.Words(func(s string) string { return s }), model.Held{From: p.From, HasFrom: p.HasFrom, Until: p.Until, HasUntil: p.HasUntil, By: p.By, Cite: p.Cite})
	}
	if q := a.Question; q != nil {
		add("contested: "+q.Asks(), model.Held{From: q.From, HasFrom: q.HasFrom, Until: q.Until, HasUntil: q.HasUntil, Cite: model.Cite{Status: cmp.Or(q.Status, "memory")}})
	}
	slices.SortStableFunc(all, func(x, y dated) int { return cmp.Compare(x.from, y.from) })
	out := make([]PlaceSpell, len(all))
	for i, s := range all {
		out[i] = s.PlaceSpell
	}
	return out
}
