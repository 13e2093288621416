package lsp

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"casus/catalog"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// completions are the words that may stand at an offset. At the start of a line
// they are those of its block. Elsewhere the loader is asked: a word that it cannot
// know is put there, and its complaint says what it looked for.
func (r *reading) completions(file string, offset int) []completion {
	f := r.trees[file].File
	from := offset
	for from > 0 && inWord(f.Text[from-1]) {
		from--
	}
	to := offset
	for to < len(f.Text) && inWord(f.Text[to]) {
		to++
	}
	asked, err := read(replaced(r.files, file, from, to, unknownWord))
	if err != nil {
		return nil
	}
	token, stmt := asked.at(file, from)
	if token.Kind == syntax.Comment || token.Kind == syntax.String {
		return nil
	}
	if stmt != nil && stmt.Pos().Offset == from {
		return keywords(asked.Model.Words(stmt.Parent))
	}
	for _, p := range asked.Problems {
		if !p.Pos.IsZero() && p.Pos.File.Name == file && p.Pos.Offset == from {
			return asked.wanted(p.Msg, p.Hint)
		}
	}
	return asked.names(func(model.Name) bool { return true }, true)
}

// unknownWord is a word that no file has.
const unknownWord = "zqzqz"

func inWord(c byte) bool {
	return c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func replaced(files []*source.File, file string, from, to int, by string) []*source.File {
	out := slices.Clone(files)
	for i, f := range files {
		if f.Name == file {
			out[i] = source.New(f.Name, slices.Concat(f.Text[:from], []byte(by), f.Text[to:]))
		}
	}
	return out
}

var (
	unknownThing = regexp.MustCompile(`^(?:unknown|expected) (?:the |an? )?([a-z ]+?)(?: "|, found|$)`)
	listedWords  = regexp.MustCompile(`^expected ([a-z ,]+?)(?:, found.*)?$`)
)

// kindsOf are the kinds of name that stand for what a message says was looked for.
var kindsOf = map[string][]string{
	"role": {"role"}, "actor": {"role"}, "instrument": {"instrument"}, "option": {"option"},
	"kind of event": {"event"}, "question": {"question"}, "place": {"place", "area"}, "case": {"case"}, "view": {"view"},
	"source": {"source"}, "class of duty": {"duty"}, "assumption": {"assumption"}, "article": {"article"},
	"measure": {"measure"}, "crisis": {"crisis"}, "set of states": {"group"}, "fact of law": {"fact"}, "fact": {"fact"},
	"instrument or article": {"instrument", "article"}, "article or question": {"article", "question"},
}

// wanted are the names of what a message says was looked for, or the words that it
// or its hint lists; where they say neither, all names.
func (r *reading) wanted(msg, hint string) []completion {
	if strings.HasPrefix(msg, "nothing shipped is called ") {
		return keywords(catalog.Usable())
	}
	if _, list, ok := strings.Cut(hint, "one of "); ok {
		return keywords(strings.Split(list, ", "))
	}
	if m := listedWords.FindStringSubmatch(msg); m != nil && strings.Contains(m[1], " or ") {
		var out []string
		for _, w := range strings.Split(strings.Replace(m[1], " or ", ", ", 1), ", ") {
			if len(strings.Fields(w)) <= 2 {
				out = append(out, strings.TrimSpace(w))
			}
		}
		return keywords(out)
	}
	if m := unknownThing.FindStringSubmatch(msg); m != nil {
		if m[1] == "state" {
			return r.names(func(model.Name) bool { return false }, true)
		}
		if kinds := kindsOf[m[1]]; kinds != nil {
			return r.names(func(n model.Name) bool { return slices.Contains(kinds, kindOf(n)) }, false)
		}
	}
	return r.names(func(model.Name) bool { return true }, true)
}

// kindOf says what a name is of in the words of the language: the statement that
// gives it where the loader notes only that it is a name.
func kindOf(n model.Name) string {
	if n.Kind == "name" && n.Parent != nil {
		return n.Parent.Word()
	}
	return n.Kind
}

func keywords(words []string) []completion {
	out := []completion{}
	for _, w := range words {
		out = append(out, completion{Label: w, Kind: keywordItem})
	}
	return out
}

// names are the names that pass, each spelling once, and the states.
func (r *reading) names(pass func(model.Name) bool, states bool) []completion {
	found := map[string]completion{}
	for _, n := range r.Model.Names() {
		if pass(n) {
			found[n.Name] = completion{Label: n.Name, Kind: itemOf(n), Detail: strings.TrimSpace(kindOf(n) + " " + titleOf(n))}
		}
	}
	if states {
		for _, s := range r.Model.States.All() {
			found[s.ID] = completion{Label: s.ID, Kind: constantItem, Detail: r.Model.States.Name(s.ID, r.Model.LastText())}
		}
	}
	out := []completion{}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[name])
	}
	return out
}

// titleOf is the title that a statement gives with a name.
func titleOf(n model.Name) string {
	if n.Parent == nil {
		return ""
	}
	for _, t := range n.Parent.Head {
		if t.Kind == syntax.String && t.Pos != n.Token.Pos {
			return t.Value
		}
	}
	return ""
}

func itemOf(n model.Name) int {
	switch kindOf(n) {
	case "instrument", "crisis", "case", "group":
		return classItem
	case "article", "claim":
		return methodItem
	case "assumption", "fact", "measure":
		return variableItem
	}
	return valueItem
}
