package study

import "casus/finding"

// Ran is a record as a finding: its manifest under a head.
type Ran struct {
	finding.Head
	Record *Record `json:"record"` // as manifest.json has it, see record.md
}

// Ran makes a finding of a record.
func (r *Record) Ran() *Ran { return &Ran{Head: r.Head("run"), Record: r} }
