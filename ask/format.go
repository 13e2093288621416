package ask

import (
	"casus/catalog"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// Format asks for the text of a model file in the house layout.
type Format struct{ File *source.File }

// Formatted is the answer.
type Formatted struct {
	Name    string
	Text    string
	Changed bool // the file is laid out otherwise
}

// Answer lays it out. A file with mistakes in its grammar, or with statements that the
// language does not have, is no model file and has no layout; they are told, and that is
// the error.
func (q Format) Answer(to Told) (*Formatted, error) {
	tree, problems := syntax.Parse(q.File)
	if len(problems.Errors()) == 0 {
		problems = append(problems, model.Strange(tree)...)
	}
	if to.Problems != nil {
		to.Problems(problems)
	}
	if len(problems.Errors()) > 0 {
		return nil, catalog.ErrProblems
	}
	text := syntax.Format(tree)
	return &Formatted{q.File.Name, text, text != string(q.File.Text)}, nil
}

// Typed is a text that was typed, or came down a pipe, as a file; what says what it is.
func Typed(name, what string, text []byte) (*source.File, error) {
	if Binary(text) {
		return nil, NotText(what)
	}
	return source.New(name, text), nil
}
