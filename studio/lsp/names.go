package lsp

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// at is the token that an offset of a file touches, and the statement whose words
// or whose block it stands among; the statement is nil outside of all.
func (r *reading) at(file string, offset int) (syntax.Token, *syntax.Stmt) {
	tree := r.trees[file]
	if tree == nil {
		return syntax.Token{}, nil
	}
	var token syntax.Token
	for _, t := range tree.Tokens {
		if t.Pos.Offset <= offset && offset <= t.End() && t.Kind != syntax.Newline && t.Kind != syntax.EOF {
			if token = t; offset < t.End() || t.Kind == syntax.Name {
				break // where two meet, the one that begins there, or the name that ends
			}
		}
	}
	return token, enclosing(tree.Stmts, offset)
}

// enclosing is the deepest statement whose words or block an offset lies in.
func enclosing(list []*syntax.Stmt, offset int) *syntax.Stmt {
	for _, s := range list {
		end := s.Head[len(s.Head)-1].End()
		if s.HasEnd {
			end = max(end, s.Close.End())
			if s.Close.Pos.IsZero() { // the brace is still to be typed
				end = len(s.Pos().File.Text)
			}
		}
		if s.Pos().Offset <= offset && offset <= end {
			if inner := enclosing(s.Body, offset); inner != nil {
				return inner
			}
			return s
		}
	}
	return nil
}

// meant are the names that a word may stand for, by its spelling alone: NAT.5 for
// the article and, where the cursor is on its first part, the treaty.
func (r *reading) meant(t syntax.Token) []model.Name {
	var out []model.Name
	for _, n := range r.Model.Names() {
		if n.Name == t.Value || n.Token.Pos == t.Pos {
			out = append(out, n)
		}
	}
	if treaty, _, ok := strings.Cut(t.Value, "."); ok && len(out) == 0 {
		return slices.DeleteFunc(slices.Clone(r.Model.Names()), func(n model.Name) bool { return n.Name != treaty })
	}
	return out
}

// resolve is the name that a word stands for. Where several are spelled so, the
// loader decides: the one whose loss makes it complain of this word.
func (r *reading) resolve(t syntax.Token) (model.Name, bool) {
	list := r.meant(t)
	if i := slices.IndexFunc(list, func(n model.Name) bool { return n.Token.Pos == t.Pos }); i >= 0 {
		return list[i], true
	}
	if len(list) == 1 {
		return list[0], true
	}
	for _, n := range list {
		if own(n.Token.Pos) && slices.ContainsFunc(r.uses(n).at, func(u syntax.Token) bool { return u.Pos == t.Pos }) {
			return n, true
		}
	}
	return model.Name{}, false
}

// own reports whether a place is in a file of the user's.
func own(p source.Pos) bool { return p.File != nil && !strings.HasPrefix(p.File.Name, "catalog/") }

// used holds the places where a name stands, the one that gives it first.
type used struct {
	at    []syntax.Token
	whole bool // nothing else needs it
}

// uses finds where a name of the user's files is used, by asking the loader: the
// name is spelled otherwise where it is given, and what the loader then misses are
// its uses. Those are spelled otherwise too, until nothing is missed.
func (r *reading) uses(n model.Name) used {
	out := used{at: []syntax.Token{n.Token}}
	other, ok := r.unlike(n.Token.Text)
	if !ok {
		return out
	}
	before := places(r.wrong())
	for range 64 {
		now, err := read(respelled(r.files, n, other, out.at))
		if err != nil {
			return out
		}
		missed := r.missed(n, now.wrong(), before, out.at)
		if len(missed) == 0 {
			out.whole = fewer(places(now.wrong()), before)
			return out
		}
		out.at = append(out.at, missed...)
	}
	return out
}

// missed are the words spelled like a name of which the loader complains anew.
func (r *reading) missed(n model.Name, problems source.Problems, before map[place]bool, found []syntax.Token) []syntax.Token {
	anew := map[place]bool{}
	for p := range places(problems) {
		if !before[p] {
			anew[p] = true
		}
	}
	var out []syntax.Token
	for _, f := range r.files {
		for _, t := range r.trees[f.Name].Tokens {
			if anew[place{f.Name, t.Pos.Offset}] && spells(t, n) && !slices.ContainsFunc(found, func(u syntax.Token) bool { return u.Pos == t.Pos }) {
				out = append(out, t)
			}
		}
	}
	return out
}

// spells reports whether a word may stand for a name: it is spelled like it, or is
// an address of which it is the treaty.
func spells(t syntax.Token, n model.Name) bool {
	return t.Value == n.Name || t.Text == n.Token.Text || strings.HasPrefix(t.Value, n.Name+".")
}

// place is where a problem is.
type place struct {
	file   string
	offset int
}

// places are the places of mistakes, and of warnings.
func places(problems source.Problems) map[place]bool {
	out := map[place]bool{}
	for _, p := range problems {
		if !p.Pos.IsZero() {
			out[place{p.Pos.File.Name, p.Pos.Offset}] = true
		}
	}
	return out
}

func fewer(now, before map[place]bool) bool {
	for p := range now {
		if !before[p] {
			return false
		}
	}
	return true
}

// part is what of a word is the name itself: NAT in NAT.5 where that is the
// treaty's, 5 where it is the article's.
func part(t syntax.Token, n model.Name) (from, to int) {
	from, to = t.Pos.Offset, t.End()
	switch {
	case t.Text == n.Token.Text: // also in quotes
	case n.Kind == "article" && t.Value == n.Name:
		from = to - len(n.Token.Text)
	case strings.HasPrefix(t.Value, n.Name+"."):
		to = from + len(n.Token.Text)
	}
	return from, to
}

// respelled are the files with a name spelled otherwise at some places.
func respelled(files []*source.File, n model.Name, other string, at []syntax.Token) []*source.File {
	out := slices.Clone(files)
	for i, f := range files {
		var b strings.Builder
		last := 0
		for _, t := range inOrder(at, f.Name) {
			from, to := part(t, n)
			b.Write(f.Text[last:from])
			b.WriteString(other)
			last = to
		}
		if last > 0 {
			b.Write(f.Text[last:])
			out[i] = source.New(f.Name, []byte(b.String()))
		}
	}
	return out
}

func inOrder(at []syntax.Token, file string) []syntax.Token {
	out := slices.DeleteFunc(slices.Clone(at), func(t syntax.Token) bool { return t.Pos.File.Name != file })
	slices.SortFunc(out, func(a, b syntax.Token) int { return a.Pos.Offset - b.Pos.Offset })
	return out
}

// unlike is a word as long as another that stands nowhere, so that nothing moves.
// Where the first is a number or in quotes, so is it.
func (r *reading) unlike(word string) (string, bool) {
	taken := map[string]bool{}
	for _, f := range r.files {
		for _, t := range r.trees[f.Name].Tokens {
			taken[t.Text] = true
		}
	}
	for _, n := range r.Model.Names() {
		taken[n.Name], taken[n.Token.Text] = true, true
	}
	for _, letter := range "qzxjwkvyQZXJWKVY7935" {
		other := strings.Map(func(c rune) rune {
			switch {
			case c == '"' || c == '.' || c == '_':
				return c
			case c >= '0' && c <= '9':
				return '7'
			case c > 0x7f: // as many bytes
				return c
			}
			return letter
		}, word)
		if _, state := r.Model.States.ByID(other); !state && !taken[other] && other != word {
			return other, true
		}
	}
	return "", false
}

// rename is what changes when a name is spelled otherwise: by file, the places. It
// is refused where the files would no longer be as sound as they are.
func (r *reading) rename(t syntax.Token, to string) (map[string][]textEdit, error) {
	n, ok := r.resolve(t)
	switch {
	case !ok:
		return nil, fmt.Errorf("%q is no name that the files give", t.Text)
	case !own(n.Token.Pos):
		return nil, fmt.Errorf("%s ships with casus and keeps its name", n.Name)
	}
	u := r.uses(n)
	if !u.whole {
		return nil, errors.New("not every place that needs " + n.Name + " can be told apart: change it by hand")
	}
	now, err := read(respelled(r.files, n, to, u.at))
	if err != nil {
		return nil, err
	}
	if len(now.wrong()) > len(r.wrong()) {
		return nil, fmt.Errorf("%s cannot be called %s: %s", n.Name, to, anew(now.wrong(), r.wrong()))
	}
	out := map[string][]textEdit{}
	for _, t := range u.at {
		from, end := part(t, n)
		file := t.Pos.File.Name
		out[file] = append(out[file], textEdit{rangeOf(t.Pos.File.Text, from, end), to})
	}
	return out, nil
}

// anew is the first message that is new.
func anew(now, before source.Problems) string {
	for _, p := range now {
		if !slices.ContainsFunc(before, func(q source.Problem) bool { return q.Msg == p.Msg }) {
			return p.Msg
		}
	}
	return "it has mistakes then"
}
