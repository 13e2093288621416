// Package working has functions that work out what they say, as they once stood in
// show, and, with a comment that begins "says", others that do not.
package working

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

type share float64

type option struct {
	name  string
	value *share
}

type school struct {
	view  string
	share share
	best  []string
}

type answer struct{ years int }

type chain struct {
	links   []string
	classes map[string]int
}

// the options whose value is no further from the best than what matters
func bestAs(options []option, matters float64) []string {
	best := math.Inf(1)
	for _, o := range options {
		if o.value != nil {
			best = min(best, float64(*o.value))
		}
	}
	var out []string
	for _, o := range options {
		if o.value != nil && float64(*o.value)-best < matters {
			out = append(out, o.name)
		}
	}
	return out
}

// whether something holds under every school, or under none
func underSchools(schools []school) (holds, fails bool) {
	n, yes, no := 0, 0, 0
	for _, s := range schools {
		n++
		switch {
		case s.share >= 0.95:
			yes++
		case s.share <= 0.05:
			no++
		}
	}
	return yes == n, no == n
}

// what stands in every chain
func passThrough(all []chain) []string {
	var out []string
	for _, l := range all[0].links {
		if !slices.ContainsFunc(all, func(c chain) bool { return !slices.Contains(c.links, l) }) {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return out
}

// in how many chains nothing is left open
func leftOpen(all []chain) string {
	bound := 0
	for _, c := range all {
		open := false
		for class, n := range c.classes {
			open = open || n > 0 && class != "bound"
		}
		if !open {
			bound++
		}
	}
	return fmt.Sprintf("in %d of %d every duty binds", bound, len(all))
}

// the chance in one year
func (a *answer) aYear(p share) string {
	return fmt.Sprint(1 - math.Pow(1-float64(p), 1/float64(a.years)))
}

// the schools that most share a first
func oneEach(schools []school) school {
	most := school{}
	for _, s := range schools {
		if len(s.best) > len(most.best) {
			most = s
		}
	}
	return most
}

// the option that is farthest off
func farthest(options []option) (far option) {
	most := 0.0
	for _, o := range options {
		if by := float64(*o.value); by > most {
			far, most = o, by
		}
	}
	return far
}

// the schools hardly apart from the end
func nearly(schools []school, end school) []string {
	var out []string
	for _, s := range schools {
		if max(s.share, end.share) < 3*min(s.share, end.share) {
			out = append(out, s.view)
		}
	}
	return out
}

// how many links the shortest has
func shortest(all []chain) int {
	n := len(all[0].links)
	for _, c := range all {
		if len(c.links) < n {
			n = len(c.links)
		}
	}
	return n
}

// says which schools there are, and of whom nothing is said
func named(schools []school) string {
	var out []string
	for _, s := range schools {
		if s.share > 0 {
			out = append(out, s.view)
		}
	}
	if len(out) < len(schools) {
		out = append(out, fmt.Sprintf("%d more", len(schools)-len(out)))
	}
	return strings.Join(out, ", ")
}

// says what an option comes to
func value(o option) string {
	if o.value == nil || math.IsNaN(float64(*o.value)) {
		return "–"
	}
	return fmt.Sprintf("%.3g", float64(*o.value))
}

// says how much that is
func digits(x float64, percent bool) string {
	if percent {
		x *= 100
	}
	if math.Abs(x) < 0.01 {
		return "≈0"
	}
	return fmt.Sprintf("%.2f", x)
}

type record struct{ found *answer }

// says nothing but what there is
func (r *record) Answer() *answer { return r.found }

// says what was found, but has it worked out first
func drawn(r *record) int { return r.Answer().years }
