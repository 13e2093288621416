package inquiry

import (
	"slices"

	"casus/finding"
	"casus/lang/source"
	"casus/worlds/study"
)

// Past holds what the views imply beside what happened.
type Past struct {
	finding.Head
	Views    []string         `json:"views"`
	Records  []study.Recorded `json:"records"`
	Measures []study.Measure  `json:"measures"`
	Cases    []PastCase       `json:"cases"`
	Weights  *study.Weights   `json:"weights"` // null: no record weighs
}

// PastCase is one case whose outcome is known.
type PastCase struct {
	Case      string         `json:"case"`
	Title     string         `json:"title"`
	Option    string         `json:"option"`
	Checks    []study.Check  `json:"checks"`
	Estimates []study.Beside `json:"estimates"`
}

// PastOf reads what a record says of the past. One that was held against nothing is
// an error.
func PastOf(rec *study.Record) (*Past, error) {
	r := record{rec}
	if len(r.History) == 0 {
		return nil, source.Lacking("the views of case %s are held against no record", r.Case)
	}
	p := &Past{Head: r.head("record", nil, all(len(r.Views))), Views: r.ViewNames(),
		Records: append([]study.Recorded{}, r.Records...), Measures: []study.Measure{}, Weights: ofThePast(r.Weights)}
	for _, m := range r.Measures {
		if m.Record || r.ofThePast(m.Name) {
			p.Measures = append(p.Measures, m)
		}
	}
	for _, h := range r.History {
		p.Cases = append(p.Cases, PastCase{h.Case, h.Title, h.Option, h.Checks, append([]study.Beside{}, h.Estimates...)})
	}
	return p, nil
}

// ofThePast are weights without what they do to the options of a case.
func ofThePast(w *study.Weights) *study.Weights {
	if w == nil {
		return nil
	}
	out := *w
	out.By = slices.Clone(w.By)
	for i := range out.By {
		out.By[i].Shift = nil
	}
	return &out
}

// ofThePast reports whether a record or an estimate is of a measure.
func (r record) ofThePast(measure string) bool {
	for _, x := range r.Records {
		if x.Measure == measure || x.Yearly == measure {
			return true
		}
	}
	for _, h := range r.History {
		for _, b := range h.Estimates {
			if b.Measure == measure {
				return true
			}
		}
	}
	return false
}
