package data

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ReadStates reads a table of states with the columns id, name, scheme, code,
// from, until and source (the package comment says what they mean). A row that
// makes no sense, or says about a day what another row says otherwise, is left
// out with a Problem at its line, and reading goes on. The answer is never nil
// and does not depend on the order of the rows.
func ReadStates(name string, r io.Reader) (*States, []Problem) {
	table, problems := ReadCSV(name, r)
	b := &builder{problems: problems, coverage: map[string]Coverage{}}
	if lacks := table.Lacks("id", "name", "scheme", "code", "from", "until", "source"); len(lacks) > 0 {
		if len(table.Columns) > 0 {
			b.problems = append(b.problems, lacks...)
		}
		return b.states(), b.problems
	}
	for _, row := range table.Rows {
		b.row(row)
	}
	b.dropOverlaps(name)
	b.checkSchemes(name)
	slices.SortStableFunc(b.problems, func(p, q Problem) int {
		return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
	})
	return b.states(), b.problems
}

type builder struct {
	spells   []*Spell // sorted thrice: what is moved is small
	coverage map[string]Coverage
	problems []Problem
}

// row takes one row as a spell, or as the coverage of a scheme if its id is "*".
func (b *builder) row(r Row) {
	sp := Spell{
		ID: r.Text("id"), Name: r.Text("name"), Scheme: r.Text("scheme"), Code: plainCode(r.Text("code")),
		Source: r.Text("source"), Line: r.Line(),
	}
	var bad []Problem
	sp.Span, bad = span(r.Field("from"), r.Field("until"))
	bad = append(bad, wrongWords(r, sp)...)
	if len(bad) > 0 {
		for _, p := range bad {
			p.Msg += "; row left out"
			b.problems = append(b.problems, p)
		}
		return
	}
	if sp.ID == "*" {
		b.cover(r, sp)
		return
	}
	b.spells = append(b.spells, &sp)
}

func (b *builder) cover(r Row, sp Spell) {
	if _, ok := b.coverage[sp.Scheme]; ok {
		b.problems = append(b.problems, r.Field("scheme").Problem("second row for what %s covers; row left out", quote(sp.Scheme)))
		return
	}
	b.coverage[sp.Scheme] = Coverage{sp.Span, sp.Name, sp.Source}
}

func wrongWords(r Row, sp Spell) []Problem {
	var out []Problem
	wrong := func(column, format string, args ...any) {
		out = append(out, r.Field(column).Problem(format, args...))
	}
	codeless := sp.Scheme == Name || sp.Scheme == Alias || isMembership(sp.Scheme)
	switch {
	case sp.ID != "*" && !isID(sp.ID):
		wrong("id", "id %s is not three capital letters", quote(sp.ID))
	case sp.Name == "":
		wrong("name", "no name")
	case strings.Trim(sp.Scheme, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || sp.Scheme == "":
		wrong("scheme", "scheme %s is not a word of small letters", quote(sp.Scheme))
	case sp.ID == "*" && sp.Code != "":
		wrong("code", "a row on a whole scheme has no code")
	case sp.ID != "*" && codeless && sp.Code != "":
		wrong("code", "scheme %s has no codes, yet here is %s", quote(sp.Scheme), quote(sp.Code))
	case sp.ID != "*" && !codeless && sp.Code == "":
		wrong("code", "no code")
	}
	return out
}

func isID(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// span reads the first and the last day; a last day left empty is Forever.
func span(from, until Field) (Span, []Problem) {
	var bad []Problem
	read := func(f Field) Day {
		d, err := ParseDay(f.Text)
		if err != nil {
			bad = append(bad, f.Problem("%v", err))
		}
		return d
	}
	s := Span{From: read(from), Until: Forever}
	if until.Text != "" {
		s.Until = read(until)
	}
	if len(bad) == 0 && s.Empty() {
		bad = append(bad, until.Problem("last day %s is before the first, %s", s.Until, s.From))
	}
	return s, bad
}

// dropOverlaps leaves out a spell that another contradicts: one state with two
// codes in a scheme on a day, or one code with two states. The spell that began
// first stays. Of aliases a state may have several, and two states may share one.
func (b *builder) dropOverlaps(file string) {
	b.sweep(file, func(s *Spell) spellKey {
		if s.Scheme == Alias {
			return spellKey{s.ID, s.Scheme, s.Name}
		}
		return spellKey{s.ID, s.Scheme}
	})
	b.sweep(file, func(s *Spell) spellKey {
		switch {
		case isMembership(s.Scheme):
			return spellKey{s.Scheme, s.ID}
		case s.Scheme == Alias:
			return spellKey{s.Scheme, s.Name, s.ID}
		}
		return spellKey{s.Scheme, s.value()}
	})
	b.sortBy(func(s *Spell) spellKey { return spellKey{s.ID, s.Scheme} })
}

// spellKey orders spells before anything else does.
type spellKey [3]string

// sortBy orders the spells by a key, first day, and then by all else, so that the
// order of the rows does not count.
func (b *builder) sortBy(key func(*Spell) spellKey) {
	slices.SortFunc(b.spells, func(s, t *Spell) int {
		j, k := key(s), key(t)
		for i := range j {
			if c := strings.Compare(j[i], k[i]); c != 0 {
				return c
			}
		}
		if c := cmp.Compare(s.From, t.From); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(s.Until, t.Until),
			cmp.Compare(s.ID, t.ID), cmp.Compare(s.Code, t.Code), cmp.Compare(s.Name, t.Name), cmp.Compare(s.Source, t.Source),
			cmp.Compare(s.Line, t.Line))
	})
}

func (b *builder) sweep(file string, key func(*Spell) spellKey) {
	b.sortBy(key)
	var kept []*Spell
	for _, s := range b.spells {
		if n := len(kept); n > 0 && key(kept[n-1]) == key(s) && kept[n-1].Overlaps(s.Span) {
			k := kept[n-1]
			b.problems = append(b.problems, Problem{file, s.Line, 1, fmt.Sprintf(
				"%s %s %s (%s) overlaps line %d, %s %s (%s); row left out",
				s.ID, s.Scheme, quote(s.value()), s.Span, k.Line, k.ID, quote(k.value()), k.Span)})
			continue
		}
		kept = append(kept, s)
	}
	b.spells = kept
}

// checkSchemes asks that every scheme say what it covers. Names need not; a
// scheme that does not is taken to cover all time.
func (b *builder) checkSchemes(file string) {
	for _, s := range b.spells {
		if _, ok := b.coverage[s.Scheme]; ok {
			continue
		}
		b.coverage[s.Scheme] = Coverage{Span: Span{1, Forever}, Title: "coverage not stated"}
		if s.Scheme != Name && s.Scheme != Alias {
			b.problems = append(b.problems, Problem{file, s.Line, 1, fmt.Sprintf(
				"no row says what scheme %s covers (id *); taken to cover all time", quote(s.Scheme))})
		}
	}
}

func (b *builder) states() *States {
	s := &States{byCode: map[schemeCode][]Spell{}, coverage: b.coverage}
	for _, sp := range b.spells {
		if n := len(s.list); n == 0 || s.list[n-1].ID != sp.ID {
			s.list = append(s.list, State{ID: sp.ID})
		}
		st := &s.list[len(s.list)-1]
		st.Spells = append(st.Spells, *sp)
		if !isMembership(sp.Scheme) {
			k := schemeCode{sp.Scheme, sp.value()}
			s.byCode[k] = append(s.byCode[k], *sp)
		}
	}
	for _, spells := range s.byCode {
		slices.SortFunc(spells, func(a, b Spell) int { return cmp.Compare(a.From, b.From) })
	}
	return s
}
