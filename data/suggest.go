package data

import (
	"cmp"
	"slices"
	"strings"
)

// mostSuggested is how many ids Suggest gives at most.
const mostSuggested = 5

// Suggest is the ids of the states that a word may have meant, best first, at
// most five. If it is an id, a name or a code on some day (capitals aside), they
// are the states it was. Otherwise they are those with an id or a display name no
// more than two edits away (Damerau 1964: a letter put in, left out, changed, or
// two swapped), the nearest first; a word allows one edit for every three
// letters. Nothing near gives nil.
func (s *States) Suggest(word string) []string {
	const longest = 64 // no name of a state is longer; a hostile word costs nothing
	word = strings.TrimSpace(word)
	if word == "" || len(word) > longest {
		return nil
	}
	type near struct {
		id       string
		distance int
	}
	var all []near
	for _, st := range s.All() {
		if d := st.distance(strings.ToLower(word)); d <= 2 {
			all = append(all, near{st.ID, d})
		}
	}
	slices.SortFunc(all, func(a, b near) int { return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.id, b.id)) })
	exact := len(all) > 0 && all[0].distance == 0
	var out []string
	for _, n := range all[:min(len(all), mostSuggested)] {
		if exact && n.distance > 0 {
			break
		}
		out = append(out, n.id)
	}
	return out
}

// distance is how far a word in small letters is from the state: 0 if it is one
// of its words, otherwise the edits to its id or a display name; 3 is far.
func (st State) distance(word string) int {
	allowed := min(2, len([]rune(word))/3)
	best := 3
	try := func(name string, allowed int) {
		if d := edits(word, strings.ToLower(name), allowed); d <= allowed {
			best = min(best, d)
		}
	}
	allowedAlias := allowed
	if len([]rune(word)) < 5 { // short aliases are abbreviations: UKX is not nearly UK
		allowedAlias = 0
	}
	if strings.Trim(word, word[:1]) != "" { // XXX stands for no state, and is not nearly XKX
		try(st.ID, allowed)
	}
	for _, sp := range st.Spells {
		try(sp.Name, 0)
		if sp.Scheme == Name {
			try(sp.Name, allowed)
		} else if sp.Scheme == Alias {
			try(sp.Name, allowedAlias)
		} else if sp.Code != "" {
			try(sp.Code, 0)
		}
	}
	return best
}

// edits is the number of edits from a to b (optimal string alignment); more than
// most is not counted out and may come back as any number above it.
func edits(a, b string, most int) int {
	if a == b {
		return 0
	}
	x, y := []rune(a), []rune(b)
	if most == 0 || len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	before, above, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range above {
		above[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			row[j+1] = min(row[j], above[j+1]) + 1
			if x[i] == y[j] {
				row[j+1] = min(row[j+1], above[j])
			} else {
				row[j+1] = min(row[j+1], above[j]+1)
			}
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(y)]
}

func didYouMean(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " (did you mean " + strings.Join(ids, ", ") + "?)"
}
