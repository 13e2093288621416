package study

import "slices"

// Some reports whether a school puts something first.
func (h HeldBy) Some() bool {
	return slices.ContainsFunc(h.Views, func(v SchoolLead) bool { return len(v.Best) > 0 })
}

// Part reports whether two schools have no option first, or tied, in common; of a school
// under which nothing is defined nothing is said.
func (h HeldBy) Part() bool {
	for i, v := range h.Views {
		for _, w := range h.Views[:i] {
			if len(v.Best) > 0 && len(w.Best) > 0 && !v.shares(w) {
				return true
			}
		}
	}
	return false
}

func (v SchoolLead) shares(w SchoolLead) bool {
	return slices.ContainsFunc(v.Best, func(o string) bool { return slices.Contains(w.Best, o) })
}

// Loner is the school that shares its first with no other, where all others have one in
// common; empty where there are fewer than two others.
func (h HeldBy) Loner() string {
	groups := h.Cover()
	if len(groups) != 2 {
		return ""
	}
	a, b := groups[0].Views, groups[1].Views
	switch {
	case len(a) == 1 && len(b) > 1 && !slices.Contains(b, a[0]):
		return a[0]
	case len(b) == 1 && len(a) > 1 && !slices.Contains(a, b[0]):
		return b[0]
	}
	return ""
}

// Firsts are options that the same schools have first, or tied.
type Firsts struct{ Options, Views []string }

// Cover names options with all the schools that have them first until every school, and
// every two that share one, stand under one; the option that joins most comes first.
func (h HeldBy) Cover() []Firsts {
	all := firstsOf(h.Views)
	met := map[[2]string]bool{}
	var out []Firsts
	for {
		best, most := -1, 0
		for i, g := range all {
			if n := len(unmet(g.Views, met)); n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			return h.withFirsts(out, all)
		}
		for _, p := range unmet(all[best].Views, met) {
			met[p] = true
		}
		out = append(out, all[best])
	}
}

// withFirsts adds what a school puts first of all where only what it has as good is named.
func (h HeldBy) withFirsts(out, all []Firsts) []Firsts {
	for _, v := range h.Views {
		if len(v.Best) == 0 || slices.ContainsFunc(out, func(f Firsts) bool {
			return slices.Contains(f.Views, v.View) && slices.Contains(f.Options, v.Best[0])
		}) {
			continue
		}
		for _, f := range all {
			if slices.Contains(f.Options, v.Best[0]) {
				out = append(out, f)
			}
		}
	}
	return out
}

// Amounts are the least and the most that the options have under the schools that have
// them first; nil where no number is known.
func (h HeldBy) Amounts(f Firsts) (low, high *Float) {
	for _, v := range h.Views {
		for i, o := range v.Best {
			if i >= len(v.Values) || v.Values[i] == nil || !slices.Contains(f.Options, o) || !slices.Contains(f.Views, v.View) {
				continue
			}
			x := v.Values[i]
			if low == nil || *x < *low {
				low = x
			}
			if high == nil || *x > *high {
				high = x
			}
		}
	}
	return low, high
}

// OneEach names one option for each school that has any first: the one that most of those
// have who are not named yet.
func (h HeldBy) OneEach() []Firsts {
	var out []Firsts
	left := h.Views
	for {
		most := Firsts{}
		for _, g := range firstsOf(left) {
			if len(g.Views) > len(most.Views) {
				most = Firsts{g.Options[:1], g.Views}
			}
		}
		if most.Options == nil {
			return out
		}
		out = append(out, most)
		left = slices.DeleteFunc(slices.Clone(left), func(v SchoolLead) bool { return slices.Contains(most.Views, v.View) })
	}
}

// firstsOf are all options that some school has first, those of the same schools together.
func firstsOf(views []SchoolLead) []Firsts {
	var out []Firsts
	seen := map[string]bool{}
	for _, v := range views {
		for _, o := range v.Best {
			if seen[o] {
				continue
			}
			seen[o] = true
			who := having(views, o)
			at := slices.IndexFunc(out, func(f Firsts) bool { return slices.Equal(f.Views, who) })
			if at < 0 {
				out = append(out, Firsts{Views: who})
				at = len(out) - 1
			}
			out[at].Options = append(out[at].Options, o)
		}
	}
	return out
}

func having(views []SchoolLead, option string) []string {
	var out []string
	for _, v := range views {
		if slices.Contains(v.Best, option) {
			out = append(out, v.View)
		}
	}
	return out
}

// unmet are the schools, and pairs of them, that stand under no option yet.
func unmet(views []string, met map[[2]string]bool) [][2]string {
	var out [][2]string
	for i, v := range views {
		for _, w := range views[:i+1] {
			if p := [2]string{w, v}; !met[p] {
				out = append(out, p)
			}
		}
	}
	return out
}
