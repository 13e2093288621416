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

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/handler"

	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// Channel carries whole messages both ways.
type Channel interface {
	Send(message []byte) error
	Recv() ([]byte, error)
	Close() error
}

// ErrNoShutdown says that an editor left without saying so before.
var ErrNoShutdown = errors.New("the editor left without a shutdown")

// Serve speaks the Language Server Protocol over a channel until the editor leaves
// or the channel ends. The error is that of a channel that broke, or ErrNoShutdown.
func Serve(ctx context.Context, ch Channel) error {
	s := &server{desk: newDesk(), said: map[string]bool{}, left: make(chan struct{})}
	s.rpc = jrpc2.NewServer(s.methods(), &jrpc2.ServerOptions{AllowPush: true, Concurrency: 1}).Start(ch)
	go func() {
		select {
		case <-ctx.Done():
		case <-s.left:
		}
		s.rpc.Stop()
	}()
	err := s.rpc.Wait()
	s.leave()
	if err == nil && ctx.Err() == nil && s.exited && !s.shut {
		return ErrNoShutdown
	}
	return err
}

// server answers one editor. Messages are taken one at a time, in their order.
type server struct {
	rpc          *jrpc2.Server
	desk         *desk
	said         map[string]bool // files of which something was said
	shut, exited bool
	left         chan struct{}
}

func (s *server) leave() {
	select {
	case <-s.left:
	default:
		close(s.left)
	}
}

func (s *server) methods() handler.Map {
	return handler.Map{
		"initialize":                       handler.New(s.initialize),
		"initialized":                      handler.New(func(context.Context) error { return nil }),
		"shutdown":                         handler.New(func(context.Context) (any, error) { s.shut = true; return nil, nil }),
		"exit":                             handler.New(func(context.Context) error { s.exited = true; s.leave(); return nil }),
		"textDocument/didOpen":             handler.New(s.didOpen),
		"textDocument/didChange":           handler.New(s.didChange),
		"textDocument/didClose":            handler.New(s.didClose),
		"textDocument/didSave":             handler.New(func(ctx context.Context, p ofDocument) error { return s.tell(ctx, p.TextDocument.URI) }),
		"textDocument/hover":               handler.New(s.hover),
		"textDocument/definition":          handler.New(s.definition),
		"textDocument/references":          handler.New(s.references),
		"textDocument/prepareRename":       handler.New(s.prepareRename),
		"textDocument/rename":              handler.New(s.rename),
		"textDocument/completion":          handler.New(s.complete),
		"textDocument/formatting":          handler.New(s.format),
		"textDocument/documentSymbol":      handler.New(s.symbols),
		"textDocument/semanticTokens/full": handler.New(s.colours),
		"workspace/textDocumentContent":    handler.New(s.content),
		"$/cancelRequest":                  handler.New(func(context.Context, any) error { return nil }), // each is answered before the next is read
		"$/setTrace":                       handler.New(func(context.Context, any) error { return nil }),
	}
}

func (s *server) initialize(_ context.Context, p initializing) (any, error) {
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

func (s *server) didOpen(ctx context.Context, p opened) error {
	file, err := fileOf(p.TextDocument.URI)
	if err != nil {
		return err
	}
	s.desk.put(file, p.TextDocument.Text)
	return s.tell(ctx, p.TextDocument.URI)
}

func (s *server) didChange(ctx context.Context, p changed) error {
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
	return s.tell(ctx, p.TextDocument.URI)
}

func (s *server) didClose(ctx context.Context, p ofDocument) error {
	file, err := fileOf(p.TextDocument.URI)
	if err != nil {
		return err
	}
	s.desk.drop(file)
	return s.rpc.Notify(ctx, "textDocument/publishDiagnostics", published{URI: p.TextDocument.URI, Diagnostics: []finding{}})
}

// tell sends what is wrong in the files of a project, and takes back what was said
// of those that are right now.
func (s *server) tell(ctx context.Context, uri string) error {
	file, err := fileOf(uri)
	if err != nil {
		return err
	}
	r, err := s.desk.reading(file)
	if err != nil {
		return s.rpc.Notify(ctx, "window/showMessage", map[string]any{"type": 1, "message": err.Error()})
	}
	wrong := map[string][]finding{}
	for _, p := range r.problems {
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
		if err := s.rpc.Notify(ctx, "textDocument/publishDiagnostics", published{URI: addressOf(f.Name), Diagnostics: list}); err != nil {
			return err
		}
	}
	return nil
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

func (s *server) hover(_ context.Context, p atPosition) (*hovered, error) {
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

func (s *server) definition(_ context.Context, p atPosition) (*location, error) {
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

func (s *server) references(_ context.Context, p atPosition) ([]location, error) {
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

func (s *server) prepareRename(_ context.Context, p atPosition) (*Range, error) {
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

func (s *server) rename(_ context.Context, p renaming) (*workspaceEdit, error) {
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

func (s *server) complete(_ context.Context, p atPosition) ([]completion, error) {
	r, file, err := s.of(p.TextDocument.URI)
	if err != nil {
		return []completion{}, err
	}
	return append([]completion{}, r.completions(file, offsetOf(r.trees[file].File.Text, p.Position))...), nil
}

func (s *server) format(_ context.Context, p ofDocument) ([]textEdit, error) {
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

func (s *server) symbols(_ context.Context, p ofDocument) ([]symbol, error) {
	r, file, err := s.of(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	return outline(r.trees[file].Stmts), nil
}

func (s *server) colours(_ context.Context, p ofDocument) (tokens, error) {
	r, file, err := s.of(p.TextDocument.URI)
	if err != nil {
		return tokens{[]uint32{}}, err
	}
	return tokens{r.colours(file)}, nil
}

// content is the text of a file that ships.
func (s *server) content(_ context.Context, p struct {
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
