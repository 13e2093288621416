package study

import (
	"fmt"
	"strings"

	"casus/finding"
	"casus/worlds/draw"
)

// mostOf is how much more than its part of all weight a school has of a conditional
// column before it is said that the column is mostly that school's.
const mostOf = 1.5

// warnOneSchool names the options whose column by the record is mostly of one school: in
// a conditional measure a world counts by how likely the condition is in it, so a school
// that agrees more often than the others speaks for them.
func (r *Record) warnOneSchool() {
	if r.pool == nil || r.pool.impossible() || len(r.pool.schools) < 2 {
		return
	}
	for g, m := range r.Measures {
		if m.Record || !r.conditions(g) {
			continue
		}
		for s := range r.pool.schools {
			if under := r.mostlyOf(s, g); len(under) > 0 {
				r.warnOf(finding.OneSchool, m.Name, "given that %s, the column by the record speaks mostly for %s, which has that come about most often (a world counts by how likely it is): its part is %s; read the schools beside it", m.Title, r.Views[r.pool.schools[s]].Name, strings.Join(under, ", "))
			}
		}
	}
}

// mostlyOf are the options under which the column given a condition is mostly of one
// school, each with its part.
func (r *Record) mostlyOf(s, g int) []string {
	var out []string
	for i, x := range r.Results {
		if of, part := r.leaning(i, g); of == s && r.most(of, part) {
			out = append(out, fmt.Sprintf("%.0f %% under %s", 100*part, x.Option))
		}
	}
	return out
}

// most reports whether a part of a conditional column makes it one school's.
func (r *Record) most(school int, part float64) bool {
	return part > 0.5 && part > mostOf*r.pool.shares[school]
}

// oneSchool gives the school that has most of what stands under an option given a
// condition, with its part; null where none speaks for the others.
func (r *Record) oneSchool(i, g int) *SchoolWeight {
	if r.pool == nil || r.pool.impossible() || len(r.pool.schools) < 2 {
		return nil
	}
	school, part := r.leaning(i, g)
	if !r.most(school, part) {
		return nil
	}
	return &SchoolWeight{View: r.Views[r.pool.schools[school]].Name, Share: Float(part)}
}

// leaning is the school that has the largest part of a conditional column under an
// option, by its place in the pool, and that part.
func (r *Record) leaning(i, g int) (school int, part float64) {
	weights := times(r.pool.weights, r.pooled(i, g))
	n := len(r.pool.schools)
	sums, all := make([]float64, n), float64(len(weights))*draw.Mean(weights)
	for w, x := range weights {
		sums[w%n] += x
	}
	for s, x := range sums {
		if all > 0 && x/all > part {
			school, part = s, x/all
		}
	}
	return school, part
}
