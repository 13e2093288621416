// Package lsp is the language server of casus: it tells an editor what is wrong
// with model files while they are typed, what a word stands for and where it is
// given and used, what may stand at a place, and how a file is laid out.
//
// It knows nothing of the language itself. What is wrong the loader says; where a
// name is used, and what may stand at a place, is found by asking it about a text
// that differs in one word.
package lsp

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"casus/crew"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// server answers one editor.
type server struct {
	talk *talk
	desk *desk
	said map[string]bool // files of which something was said
	read map[string]*int // the version of each open text, as the editor counts
	shut bool            // the editor said that it will leave
}

// Serve speaks the Language Server Protocol over a channel until the editor leaves
// or the channel ends. The error is that of a channel that broke, ErrNoShutdown, or
// the cause of the context's end.
func Serve(ctx context.Context, ch Channel) error {
	s := &server{talk: &talk{ch: ch}, desk: newDesk(), said: map[string]bool{}, read: map[string]*int{}}
	var talk crew.Crew
	var err error
	ended := make(chan struct{})
	talk.Go(func() {
		defer close(ended)
		err = s.talk.run(s.methods())
	})
	select {
	case <-ended:
		talk.Wait()
		if errors.Is(err, errLeft) {
			if err = nil; !s.shut {
				err = ErrNoShutdown
			}
		}
		return err
	case <-ctx.Done(): // a channel that waits for a message is left to itself
		return context.Cause(ctx)
	}
}

// ErrNoShutdown says that an editor left without saying so before.
var ErrNoShutdown = errors.New("the editor left without a shutdown")

func (s *server) methods() map[string]method {
	nothing := takes(func(struct{}) (any, error) { return nil, nil })
	return map[string]method{
		"initialize":                       takes(s.initialize),
		"initialized":                      nothing,
		"shutdown":                         takes(func(struct{}) (any, error) { s.shut = true; return nil, nil }),
		"exit":                             takes(func(struct{}) (any, error) { return nil, errLeft }),
		"textDocument/didOpen":             hears(s.didOpen),
		"textDocument/didChange":           hears(s.didChange),
		"textDocument/didClose":            hears(s.didClose),
		"textDocument/didSave":             hears(func(p ofDocument) error { return s.tell(p.TextDocument.URI) }),
		"textDocument/hover":               takes(s.hover),
		"textDocument/definition":          takes(s.definition),
		"textDocument/references":          takes(s.references),
		"textDocument/prepareRename":       takes(s.prepareRename),
		"textDocument/rename":              takes(s.rename),
		"textDocument/completion":          takes(s.complete),
		"textDocument/formatting":          takes(s.format),
		"textDocument/documentSymbol":      takes(s.symbols),
		"textDocument/semanticTokens/full": takes(s.colours),
		"workspace/textDocumentContent":    takes(s.content),
		"$/cancelRequest":                  nothing, // each is answered before the next is read
		"$/setTrace":                       nothing,
	}
}

func (s *server) initialize(p initializing) (any, error) {
	roots := []string{p.RootURI}
	for _, f := range p.WorkspaceFolders {
		roots = append(roots, f.URI)
	}
	for _, uri := range roots {
		if folder, err := fileOf(uri); err == nil && filepath.IsAbs(folder) && !slices.Contains(s.desk.roots, folder) {
			s.desk.roots = append(s.desk.roots, filepath.Clean(folder))
		}
	}
	return map[string]any{"capabilities": capabilities, "serverInfo": map[string]string{"name": "casus"}}, nil
}

func (s *server) didOpen(p opened) error {
	file, err := fileOf(p.TextDocument.URI)
	if err != nil {
		return err
	}
	s.desk.put(file, p.TextDocument.Text)
	s.read[file] = p.TextDocument.Version
	return s.tell(p.TextDocument.URI)
}

func (s *server) didChange(p changed) error {
	file, err := fileOf(p.TextDocument.URI)
	if err != nil {
		return err
	}
	text := []byte(s.desk.open[file])
	for _, c := range p.ContentChanges {
		from, to := 0, len(text)
		if c.Range != nil {
			from = offsetOf(text, c.Range.Start)
			to = max(from, offsetOf(text, c.Range.End))
		}
		text = slices.Concat(text[:from], []byte(c.Text), text[to:])
	}
	if len(text) > source.MaxSize {
		return errors.New("the file is larger than 16 MiB")
	}
	s.desk.put(file, string(text))
	s.read[file] = p.TextDocument.Version
	return s.tell(p.TextDocument.URI)
}

func (s *server) didClose(p ofDocument) error {
	file, err := fileOf(p.TextDocument.URI)
	if err != nil {
		return err
	}
	s.desk.drop(file)
	delete(s.read, file)
	return s.talk.notify("textDocument/publishDiagnostics", published{URI: p.TextDocument.URI, Diagnostics: []finding{}})
}

// tell sends what is wrong in the files of a project, and takes back what was said
// of those that are right now.
func (s *server) tell(uri string) error {
	file, err := fileOf(uri)
	if err != nil {
		return err
	}
	r, err := s.desk.reading(file)
	if err != nil {
		return s.talk.notify("window/showMessage", map[string]any{"type": 1, "message": err.Error()})
	}
	wrong := map[string][]finding{}
	for _, p := range r.wrong() {
		if own(p.Pos) {
			wrong[p.Pos.File.Name] = append(wrong[p.Pos.File.Name], findingOf(p))
		}
	}
	for _, f := range r.files {
		if len(wrong[f.Name]) == 0 && !s.said[f.Name] && f.Name != file {
			continue
		}
		s.said[f.Name] = len(wrong[f.Name]) > 0
		list := append([]finding{}, wrong[f.Name]...)
		if err := s.talk.notify("textDocument/publishDiagnostics", s.published(f.Name, list)); err != nil {
			return err
		}
	}
	return nil
}

// published makes the notice of a file's mistakes, with the version of its text that
// was read where the editor has it open.
func (s *server) published(file string, list []finding) published {
	return published{URI: addressOf(file), Version: s.read[filepath.FromSlash(file)], Diagnostics: list}
}

func findingOf(p source.Problem) finding {
	out := finding{Range: rangeOfProblem(p), Severity: 1, Source: "casus", Message: p.Msg}
	if p.Warning {
		out.Severity = 2
	}
	if p.Hint != "" {
		out.Message += " (" + p.Hint + ")"
	}
	return out
}

// word is the word at a position, with its project.
func (s *server) word(p atPosition) (*reading, syntax.Token, error) {
	r, file, err := s.of(p.TextDocument.URI)
	if err != nil {
		return nil, syntax.Token{}, err
	}
	t, _ := r.at(file, offsetOf(r.trees[file].File.Text, p.Position))
	return r, t, nil
}

// of is the project of a file, which must be among what was read.
func (s *server) of(uri string) (*reading, string, error) {
	file, err := fileOf(uri)
	if err != nil {
		return nil, "", err
	}
	r, err := s.desk.reading(file)
	if err == nil && r.trees[file] == nil {
		err = errors.New("the file is not open")
	}
	return r, file, err
}

func (s *server) hover(p atPosition) (*hovered, error) {
	r, t, err := s.word(p)
	if err != nil || t.Text == "" {
		return nil, err
	}
	text := r.hover(t)
	if text == "" {
		return nil, nil
	}
	return &hovered{markup{"markdown", text}, rangeOfToken(t)}, nil
}

func (s *server) definition(p atPosition) (*location, error) {
	r, t, err := s.word(p)
	if err != nil || t.Text == "" {
		return nil, err
	}
	n, ok := r.resolve(t)
	if !ok {
		return nil, nil
	}
	return &location{addressOf(n.Token.Pos.File.Name), rangeOfToken(n.Token)}, nil
}

func (s *server) references(p atPosition) ([]location, error) {
	r, t, err := s.word(p)
	if err != nil || t.Text == "" {
		return []location{}, err
	}
	n, ok := r.resolve(t)
	if !ok {
		return []location{}, nil
	}
	list := []syntax.Token{n.Token}
	if own(n.Token.Pos) {
		list = r.uses(n).at
	} else {
		list = append(list, r.spelledLike(n)...)
	}
	out := []location{}
	for _, t := range list {
		out = append(out, location{addressOf(t.Pos.File.Name), rangeOfToken(t)})
	}
	return out, nil
}

// spelledLike are the words of the user's files that are spelled like a name that
// ships.
func (r *reading) spelledLike(n model.Name) []syntax.Token {
	var out []syntax.Token
	for _, f := range r.files {
		for _, t := range r.trees[f.Name].Tokens {
			if t.Kind == syntax.Name && t.Value == n.Name {
				out = append(out, t)
			}
		}
	}
	return out
}

func (s *server) prepareRename(p atPosition) (*Range, error) {
	r, t, err := s.word(p)
	if err != nil || t.Text == "" {
		return nil, err
	}
	n, ok := r.resolve(t)
	if !ok || !own(n.Token.Pos) {
		return nil, nil
	}
	from, to := part(t, n)
	at := rangeOf(t.Pos.File.Text, from, to)
	return &at, nil
}

func (s *server) rename(p renaming) (*workspaceEdit, error) {
	r, t, err := s.word(p.atPosition)
	if err != nil {
		return nil, err
	}
	edits, err := r.rename(t, p.NewName)
	if err != nil {
		return nil, err
	}
	out := &workspaceEdit{map[string][]textEdit{}}
	for file, list := range edits {
		out.Changes[addressOf(file)] = list
	}
	return out, nil
}

func (s *server) complete(p atPosition) ([]completion, error) {
	r, file, err := s.of(p.TextDocument.URI)
	if err != nil {
		return []completion{}, err
	}
	return append([]completion{}, r.completions(file, offsetOf(r.trees[file].File.Text, p.Position))...), nil
}

func (s *server) format(p ofDocument) ([]textEdit, error) {
	r, file, err := s.of(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	tree, problems := syntax.Parse(r.trees[file].File)
	if len(problems.Errors()) > 0 {
		return nil, errors.New("a file with mistakes in its grammar is left as it is")
	}
	text := tree.File.Text
	if now := syntax.Format(tree); now != string(text) {
		return []textEdit{{rangeOf(text, 0, len(text)), now}}, nil
	}
	return []textEdit{}, nil
}

func (s *server) symbols(p ofDocument) ([]symbol, error) {
	r, file, err := s.of(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	return outline(r.trees[file].Stmts), nil
}

func (s *server) colours(p ofDocument) (tokens, error) {
	r, file, err := s.of(p.TextDocument.URI)
	if err != nil {
		return tokens{[]uint32{}}, err
	}
	return tokens{r.colours(file)}, nil
}

// content is the text of a file that ships.
func (s *server) content(p struct {
	URI string `json:"uri"`
}) (map[string]string, error) {
	file, err := fileOf(p.URI)
	if err != nil {
		return nil, err
	}
	for _, r := range s.desk.read {
		if t := r.trees[file]; t != nil {
			return map[string]string{"text": string(t.File.Text)}, nil
		}
	}
	return nil, errors.New("no shipped file of that name is used by what is open")
}
