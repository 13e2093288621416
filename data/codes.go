package data

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"casus/finding"
)

// Codes lists the codes of states in every system of codes, of one day or of all.
type Codes struct {
	finding.Head
	States  []CodedState `json:"states"`
	Systems []CodeSystem `json:"systems"`
	Notes   []string     `json:"notes"`
}

// CodedState is one state with its codes, by system and first day.
type CodedState struct {
	State string      `json:"state"`
	Name  string      `json:"name"` // on the day, or the last
	Codes []DatedCode `json:"codes"`
}

// DatedCode is a code, or a name or membership, which have none.
type DatedCode struct {
	System string `json:"system"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	From   string `json:"from"`  // the first day
	Until  string `json:"until"` // the last day; empty: none yet
	Source string `json:"source"`
}

// CodeSystem is a system of codes and the days of which it speaks.
type CodeSystem struct {
	System string `json:"system"`
	Title  string `json:"title"`
	From   string `json:"from"`
	Until  string `json:"until"`
}

// CodesOf lists the codes of some states on a day; on day 0 all, with their days.
// What a system does not cover is noted: it is not "no code".
func (s *States) CodesOf(ids []string, on Day) *Codes {
	out := &Codes{Head: finding.New("states", []finding.File{s.Digest()}, finding.Basis{}), States: []CodedState{}, Systems: []CodeSystem{}, Notes: []string{}}
	if on != 0 {
		out.Date = on.String()
	}
	for _, id := range ids {
		out.States = append(out.States, s.coded(id, on))
	}
	for _, system := range s.Schemes() {
		c, _ := s.Coverage(system)
		out.Systems = append(out.Systems, CodeSystem{system, c.Title, dayOrNone(c.From), dayOrNone(c.Until)})
		if on != 0 && !c.Contains(on) {
			w := finding.Warn(finding.Outside, system, "%s covers %s; what it would say of %s is not known", system, c.Span, on)
			out.Warnings, out.Notes = append(out.Warnings, w), append(out.Notes, w.Text)
		}
	}
	return out
}

func (s *States) coded(id string, on Day) CodedState {
	last := on
	if on == 0 {
		last = Forever
	}
	out := CodedState{State: id, Name: s.Name(id, last), Codes: []DatedCode{}}
	st, _ := s.ByID(id)
	for _, sp := range st.Spells {
		c, _ := s.Coverage(sp.Scheme)
		if on == 0 || sp.Contains(on) && c.Contains(on) {
			out.Codes = append(out.Codes, DatedCode{sp.Scheme, sp.Code, sp.Name, dayOrNone(sp.From), dayOrNone(sp.Until), sp.Source})
		}
	}
	return out
}

// dayOrNone writes a day; one that is not there is empty.
func dayOrNone(d Day) string {
	if d == 0 || d == Forever {
		return ""
	}
	return d.String()
}

// Digest stands for the table of states among the files that a finding was made
// from.
func (s *States) Digest() finding.File {
	sum := sha256.Sum256(fmt.Append(nil, s.All()))
	return finding.File{Name: "states", SHA256: hex.EncodeToString(sum[:])}
}
