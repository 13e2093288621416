package lsp

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/cockroachdb/datadriven"
	"pgregory.net/rapid"

	"casus/lang/syntax"
)

var update = flag.Bool("update", false, "write what was found into testdata")

// Each drawing is a conversation with an editor. A file is put, with marks ‸ at
// places to ask about; what is wrong with it is the answer. Then, of a mark:
//
//	hover     what is shown of the word
//	find      where its name is given
//	uses      every place where that name stands
//	rename    the file after the name is spelled otherwise
//	complete  what may stand there: the first of it, and how many
//	layout    the file as the house lays it out
//	outline   its statements
//	colours   each word with its kind
func TestDrawings(t *testing.T) {
	if *update {
		if err := flag.Set("rewrite", "true"); err != nil {
			t.Fatal(err)
		}
	}
	datadriven.Walk(t, "testdata/drawings", func(t *testing.T, path string) {
		talk := &conversation{desk: newDesk()}
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string { return talk.answer(t, d) })
	})
}

// conversation holds the marks of the file that was put last.
type conversation struct {
	desk  *desk
	file  string
	marks []int
}

func (c *conversation) answer(t *testing.T, d *datadriven.TestData) string {
	if d.Cmd == "put" {
		c.put(d)
	}
	r, err := c.desk.reading(c.file)
	if err != nil {
		t.Fatal(err)
	}
	tree, offset := r.trees[c.file], 0
	if d.HasArg("mark") {
		var n int
		d.ScanArgs(t, "mark", &n)
		offset = c.marks[n-1]
	}
	token, _ := r.at(c.file, offset)
	switch d.Cmd {
	case "put":
		return r.wrong().Error()
	case "hover":
		return r.hover(token)
	case "find":
		n, ok := r.resolve(token)
		return fmt.Sprintf("%s %s %v", kindOf(n), n.Token.Pos, ok)
	case "uses":
		n, _ := r.resolve(token)
		u := r.uses(n)
		return fmt.Sprint(n.Name, inLine(u.at), " whole: ", u.whole)
	case "rename":
		var to string
		d.ScanArgs(t, "to", &to)
		return renamed(r, token, to)
	case "complete":
		return offered(r.completions(c.file, offset))
	case "layout":
		return syntax.Format(tree)
	case "outline":
		return indented(outline(tree.Stmts), "")
	case "colours":
		return coloured(tree.File.Text, r.colours(c.file))
	}
	t.Fatalf("unknown command %s", d.Cmd)
	return ""
}

func (c *conversation) put(d *datadriven.TestData) {
	parts := strings.Split(d.Input+"\n", "‸")
	c.file, c.marks = "/inmemory/"+d.CmdArgs[0].Key, nil
	at := 0
	for _, p := range parts[:len(parts)-1] {
		at += len(p)
		c.marks = append(c.marks, at)
	}
	c.desk.put(c.file, strings.Join(parts, ""))
}

func inLine(list []syntax.Token) string {
	var b strings.Builder
	for _, t := range list {
		fmt.Fprintf(&b, " %d:%d", t.Pos.Line(), t.Pos.Col())
	}
	return b.String()
}

func renamed(r *reading, t syntax.Token, to string) string {
	edits, err := r.rename(t, to)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, file := range slices.Sorted(maps.Keys(edits)) {
		fmt.Fprintf(&b, "%s\n%s", file, edited(r.trees[file].File.Text, edits[file]))
	}
	return b.String()
}

// edited makes the changes as an editor does.
func edited(text []byte, edits []textEdit) string {
	slices.SortFunc(edits, func(a, b textEdit) int {
		return offsetOf(text, b.Range.Start) - offsetOf(text, a.Range.Start)
	})
	for _, e := range edits {
		text = slices.Concat(text[:offsetOf(text, e.Range.Start)], []byte(e.NewText), text[offsetOf(text, e.Range.End):])
	}
	return string(text)
}

func offered(list []completion) string {
	var b strings.Builder
	for i, c := range list {
		if i == 12 {
			break
		}
		fmt.Fprintf(&b, "%s\n", strings.TrimSpace(c.Label+"  "+c.Detail))
	}
	if len(list) > 100 { // the catalogue grows
		return b.String() + "more than 100 in all\n"
	}
	fmt.Fprintf(&b, "%d in all\n", len(list))
	return b.String()
}

func indented(list []symbol, by string) string {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "%s%s %s %d–%d\n%s", by, s.Detail, s.Name, s.Range.Start.Line, s.Range.End.Line, indented(s.Children, by+"  "))
	}
	return b.String()
}

func coloured(text []byte, packed []uint32) string {
	var b strings.Builder
	names := []string{"keyword", "string", "number", "comment", "operator", "class", "variable", "constant"}
	at := Position{}
	for p := range slices.Chunk(packed, 5) {
		if p[0] > 0 {
			at.Character = 0
			b.WriteString("\n")
		}
		at.Line, at.Character = at.Line+p[0], at.Character+p[1]
		end := Position{at.Line, at.Character + p[2]}
		fmt.Fprintf(&b, "%s:%s%s ", text[offsetOf(text, at):offsetOf(text, end)], names[p[3]], strings.Repeat("*", int(p[4])))
	}
	return b.String()
}

// A place survives the way into units of UTF-16 and back, in any text.
func TestPositions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.StringOf(rapid.RuneFrom([]rune("aé€𝄞\n\t "))).Draw(t, "text"))
		letters := []int{len(text)}
		for i := range string(text) {
			letters = append(letters, i)
		}
		at := rapid.SampledFrom(letters).Draw(t, "offset")
		p := positionOf(text, at)
		if got := offsetOf(text, p); got != at {
			t.Fatalf("offset %d is %v, and that is offset %d", at, p, got)
		}
		line := string(text[bytes.LastIndexByte(text[:at], '\n')+1 : at])
		if want := len(utf16.Encode([]rune(line))); int(p.Character) != want {
			t.Fatalf("%q has %d units of UTF-16, not %d", line, want, p.Character)
		}
	})
}

// said writes a message as an editor does.
func said(id int, method string, params any) string {
	m := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
	if id > 0 {
		m["id"] = id
	}
	text, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(text), text)
}

const small = "view dove \"Dove\" { note \"n\" }\nassume a \"a\" payoff ~ uniform(0, 1) judgement \"j\"\n"

// An editor opens a file, changes a part of it, asks and leaves.
func TestSession(t *testing.T) {
	doc := map[string]any{"uri": "untitled:one"}
	in := said(1, "initialize", map[string]any{"rootUri": nil, "capabilities": map[string]any{}}) +
		said(0, "initialized", map[string]any{}) +
		said(0, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "untitled:one", "languageId": "casus", "version": 1, "text": small}}) +
		said(0, "textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": "untitled:one", "version": 2}, "contentChanges": []any{map[string]any{"range": Range{Position{1, 7}, Position{1, 8}}, "text": "b \"é\" {"}}}) +
		said(0, "textDocument/didChange", map[string]any{"textDocument": doc, "contentChanges": []any{map[string]any{"text": small}}}) +
		said(2, "textDocument/hover", map[string]any{"textDocument": doc, "position": Position{1, 7}}) +
		said(3, "textDocument/nonsense", nil) +
		said(4, "textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": "untitled:two"}, "position": Position{}}) +
		said(5, "shutdown", nil) + said(0, "exit", nil)
	var out bytes.Buffer
	if err := Serve(t.Context(), Stream(strings.NewReader(in), &out)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"serverInfo":{"name":"casus"}`,
		`"uri":"untitled:one","version":1,"diagnostics":[]`,
		`"uri":"untitled:one","version":2,"diagnostics":[{`,
		`"uri":"untitled:one","diagnostics":[]`, // of a change without a version
		`a unit is missing`,                     // after the first change
		`"id":2,"jsonrpc":"2.0","result":{"contents":{"kind":"markdown","value":"**a** assumption a`,
		`{"error":{"code":-32601`,
		`"id":4`,
		`"id":5,"jsonrpc":"2.0","result":null`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the server did not say %s:\n%s", want, out.String())
		}
	}
}

// An editor that goes away is noticed, however it goes.
func TestLeaving(t *testing.T) {
	hello := said(1, "initialize", map[string]any{})
	for in, want := range map[string]error{
		hello:                                   nil, // the stream ended
		hello + said(0, "exit", nil):            ErrNoShutdown,
		"Content-Length: 999999999999\r\n\r\n":  errAny,
		"Content-Length: 10\r\n\r\n{}":          io.ErrUnexpectedEOF,
		"Content-Length: -1\r\n\r\n":            errAny,
		strings.Repeat("x", 1<<16) + "\r\n\r\n": errAny,
		"X: 1\r\n\r\n":                          errAny,
	} {
		err := Serve(t.Context(), Stream(strings.NewReader(in), io.Discard))
		if want == errAny && err == nil || want != errAny && !errors.Is(err, want) {
			t.Errorf("%.60q: %v", in, err)
		}
	}
}

var errAny = errors.New("some error")

// FuzzSession plays an editor that says anything.
func FuzzSession(f *testing.F) {
	f.Add(small, "textDocument/hover", 1, 7, 1, 9, "b")
	f.Add("view dove {\n", "textDocument/completion", 0, 5, 0, 5, "}\n")
	f.Add("instrument A \"A\" { article 5 { } }\n", "textDocument/rename", 0, 11, 0, 12, "é𝄞")
	f.Fuzz(func(t *testing.T, text, method string, line, character, endLine, endCharacter int, word string) {
		doc := map[string]any{"uri": "untitled:one"}
		from, to := map[string]any{"line": line, "character": character}, map[string]any{"line": endLine, "character": endCharacter}
		in := said(1, "initialize", map[string]any{}) +
			said(0, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "untitled:one", "text": text}}) +
			said(0, "textDocument/didChange", map[string]any{"textDocument": doc, "contentChanges": []any{map[string]any{"range": map[string]any{"start": from, "end": to}, "text": word}}}) +
			said(2, method, map[string]any{"textDocument": doc, "position": from, "newName": word}) +
			said(3, "textDocument/semanticTokens/full", map[string]any{"textDocument": doc}) +
			said(4, "textDocument/documentSymbol", map[string]any{"textDocument": doc}) +
			said(5, "shutdown", nil)
		var out bytes.Buffer
		if err := Serve(t.Context(), Stream(strings.NewReader(in), &out)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), `"id":5,"jsonrpc":"2.0","result":null`) {
			t.Fatalf("no answer to the last question:\n%.2000s", out.String())
		}
	})
}
