package lsp

import (
	"slices"
	"strings"

	"casus/lang/syntax"
	"casus/model"
)

// kinds of token, in the order of the legend.
const (
	keywordToken = iota
	stringToken
	numberToken
	commentToken
	operatorToken
	classToken
	variableToken
	constantToken
)

// what is added to a token, as bits in the order of the legend.
const (
	givesName = 1 << iota
	ships
)

// colours are the tokens of a file as the protocol packs them: for each, lines and
// characters since the one before, its length, its kind, what is added.
func (r *reading) colours(file string) []uint32 {
	tree := r.trees[file]
	heads := map[int]bool{}
	starts(tree.Stmts, heads)
	names := map[string]model.Name{}
	for _, n := range r.Model.Names() {
		names[n.Name] = n
	}
	out := []uint32{}
	var last Position
	for _, t := range tree.Tokens {
		kind, added, ok := r.colour(t, heads[t.Pos.Offset], names)
		if !ok || strings.ContainsRune(t.Text, '\n') {
			continue
		}
		p := positionOf(t.Pos.File.Text, t.Pos.Offset)
		character := p.Character
		if p.Line == last.Line {
			character -= last.Character
		}
		out = append(out, p.Line-last.Line, character, uint32(units([]byte(t.Text))), kind, added)
		last = p
	}
	return out
}

// starts notes where statements begin.
func starts(list []*syntax.Stmt, at map[int]bool) {
	for _, s := range list {
		at[s.Pos().Offset] = true
		starts(s.Body, at)
	}
}

func (r *reading) colour(t syntax.Token, head bool, names map[string]model.Name) (kind, added uint32, ok bool) {
	switch t.Kind {
	case syntax.String:
		return stringToken, 0, true
	case syntax.Number, syntax.Date:
		return numberToken, 0, true
	case syntax.Comment:
		return commentToken, 0, true
	case syntax.Punct:
		return operatorToken, 0, !slices.Contains([]string{"{", "}", ",", ";", "(", ")", "[", "]"}, t.Text)
	case syntax.Name:
		if head {
			return keywordToken, 0, true
		}
		if _, state := r.Model.States.ByID(t.Text); state {
			return constantToken, ships, true
		}
		n, known := names[t.Value]
		if !known {
			return keywordToken, 0, t.Text == strings.ToLower(t.Text)
		}
		if n.Token.Pos == t.Pos {
			added |= givesName
		}
		if !own(n.Token.Pos) {
			added |= ships
		}
		if itemOf(n) == classItem || itemOf(n) == methodItem {
			return classToken, added, true
		}
		return variableToken, added, true
	}
	return 0, 0, false
}

// outline lists the statements of a file that have a block.
func outline(list []*syntax.Stmt) []symbol {
	out := []symbol{}
	for _, s := range list {
		if !s.HasEnd || len(s.Head) < 2 {
			continue
		}
		end := s.Close.End()
		if s.Close.Pos.IsZero() {
			end = len(s.Pos().File.Text)
		}
		kind := 5 // a class
		if s.Parent != nil {
			kind = 6 // a method
		}
		name := s.Head[1].Value
		if name == "" {
			name = s.Word()
		}
		out = append(out, symbol{Name: name, Detail: s.Word(), Kind: kind, Range: rangeOf(s.Pos().File.Text, s.Pos().Offset, end), SelectionRange: rangeOfToken(s.Head[1]), Children: outline(s.Body)})
	}
	return out
}
