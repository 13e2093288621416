package show

import (
	"slices"

	"casus/worlds/study"
)

// heldFirst reports whether some school has something first.
func heldFirst(h study.HeldBy) bool {
	return slices.ContainsFunc(h.Views, func(v study.SchoolLead) bool { return len(v.Best) > 0 })
}

// schoolsPart reports whether two schools have no option first, or tied, in common; of a school
// under which nothing is defined nothing is said.
func schoolsPart(h study.HeldBy) bool {
	for i, v := range h.Views {
		for _, w := range h.Views[:i] {
			if len(v.Best) > 0 && len(w.Best) > 0 && !shareFirst(v, w) {
				return true
			}
		}
	}
	return false
}

func shareFirst(v, w study.SchoolLead) bool {
	return slices.ContainsFunc(v.Best, func(o string) bool { return slices.Contains(w.Best, o) })
}

// loner is the school that shares its first with no other, where all others have one in
// common; empty where there are fewer than two others.
func loner(h study.HeldBy) string {
	groups := cover(h.Views)
	if len(groups) != 2 {
		return ""
	}
	a, b := groups[0].views, groups[1].views
	switch {
	case len(a) == 1 && len(b) > 1 && !slices.Contains(b, a[0]):
		return a[0]
	case len(b) == 1 && len(a) > 1 && !slices.Contains(a, b[0]):
		return b[0]
	}
	return ""
}

// firsts are options that the same schools have first, or tied.
type firsts struct{ options, views []string }

// cover names options with all the schools that have them first until every school, and
// every two that share one, stand under one; the option that joins most comes first.
func cover(views []study.SchoolLead) []firsts {
	all := groups(views)
	met := map[[2]string]bool{}
	var out []firsts
	for {
		best, most := -1, 0
		for i, g := range all {
			if n := len(unmet(g.views, met)); n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			return out
		}
		for _, p := range unmet(all[best].views, met) {
			met[p] = true
		}
		out = append(out, all[best])
	}
}

// oneEach names one option for each school that has any first: the one that most of those
// have who are not named yet.
func oneEach(views []study.SchoolLead) []firsts {
	var out []firsts
	left := views
	for {
		most := firsts{}
		for _, g := range groups(left) {
			if len(g.views) > len(most.views) {
				most = firsts{g.options[:1], g.views}
			}
		}
		if most.options == nil {
			return out
		}
		out = append(out, most)
		left = slices.DeleteFunc(slices.Clone(left), func(v study.SchoolLead) bool { return slices.Contains(most.views, v.View) })
	}
}

// groups are all options that some school has first, those of the same schools together.
func groups(views []study.SchoolLead) []firsts {
	var out []firsts
	seen := map[string]bool{}
	for _, v := range views {
		for _, o := range v.Best {
			if seen[o] {
				continue
			}
			seen[o] = true
			who := having(views, o)
			at := slices.IndexFunc(out, func(f firsts) bool { return slices.Equal(f.views, who) })
			if at < 0 {
				out = append(out, firsts{views: who})
				at = len(out) - 1
			}
			out[at].options = append(out[at].options, o)
		}
	}
	return out
}

func having(views []study.SchoolLead, option string) []string {
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
