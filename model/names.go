package model

import (
	"slices"
	"strings"

	"casus/lang/syntax"
)

// Name is a name that a file gives to something.
type Name struct {
	Kind   string // view, role, article …; name, of what a condition of law or a crisis may name
	In     string // the crisis it belongs to; empty: it is known everywhere
	Name   string // NAT.5 of the article that is written 5
	Token  syntax.Token
	Parent *syntax.Stmt // the statement that gives it
}

// named makes a name of what the loader notes: a kind, which within a crisis
// begins with that crisis.
func named(kind, name string, t syntax.Token, by *syntax.Stmt) Name {
	n := Name{Kind: kind, Name: name, Token: t, Parent: by}
	if in, own, ok := strings.Cut(kind, ": "); ok {
		n.In, n.Kind = in, own
	}
	return n
}

// Words lists the words that a line may begin with, in order: in the block of a
// statement, or outside of all blocks where that is nil. It knows the blocks of
// files that do not ship; of others, and of a block that nothing read, it is nil.
func (m *Model) Words(block *syntax.Stmt) []string {
	if block == nil {
		return slices.Sorted(slices.Values(keys(topLevel)))
	}
	return slices.Sorted(slices.Values(m.words[block]))
}

// yours reports whether a statement stands in a file that does not ship.
func yours(s *syntax.Stmt) bool { return !shipsWith(s.Pos().File) }

// Names lists all that the files give a name to, in the order of reading.
func (m *Model) Names() []Name { return m.names }
