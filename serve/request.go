package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/ask"
	"casus/finding"
	"casus/lang/source"
)

// request is a question as it was asked, or a line that is none.
type request struct {
	id       string // as JSON
	wrong    error  // why the line is no question
	line     int    // of the input, from 1
	column   int    // where it is wrong, from 1; 0: as a whole
	ask      string
	with     map[string]json.RawMessage
	also     []string
	progress bool

	ctx    context.Context
	cancel context.CancelFunc
}

// wire is a line that is read.
type wire struct {
	ID       json.RawMessage            `json:"id"`
	Ask      string                     `json:"ask"`
	With     map[string]json.RawMessage `json:"with"`
	Also     []string                   `json:"also"`
	Progress bool                       `json:"progress"`
	Cancel   bool                       `json:"cancel"`
}

var wireNames = []string{"id", "ask", "with", "also", "progress", "cancel"}

// question is one that was filled in: an ask.Asked, or one of a test.
type question interface {
	Answer(context.Context, ask.Told) (finding.Finding, error)
	Spoken(string) string
}

// putter fills in a question of a name. With an error it may still give one, for the
// names of its settings.
type putter func(name string, with map[string]json.RawMessage) (question, error)

func put(name string, with map[string]json.RawMessage) (question, error) {
	q, err := ask.Put(name, with)
	if q == nil {
		return nil, err
	}
	return q, err
}

// read reads requests to the end.
func (s *server) read(ctx context.Context, in io.Reader) error {
	lines := bufio.NewReaderSize(in, 1<<16)
	for n := 1; ctx.Err() == nil; n++ {
		line, err := nextLine(lines)
		if errors.Is(err, errLong) {
			s.take(ctx, &request{id: "null", line: n, wrong: ask.Usage(fmt.Sprintf("a request of more than %d bytes", maxLine), "put what is long into a file and name it")})
			continue
		}
		if len(bytes.TrimSpace(line)) > 0 {
			s.request(ctx, line, n)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading requests: %w", err)
		}
	}
	return nil
}

var errLong = errors.New("a line is too long")

// nextLine reads a line without its end. One that is too long is read to its end and
// not kept.
func nextLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, more, err := in.ReadLine()
		if err != nil {
			return line, err
		}
		if long = long || len(line)+len(part) > maxLine; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		if !more && long {
			return nil, errLong
		}
		if !more {
			return line, nil
		}
	}
}

// request takes up what one line asks for.
func (s *server) request(ctx context.Context, line []byte, n int) {
	w, column, err := parse(line)
	r := &request{id: "null", wrong: err, line: n, column: column}
	if w != nil && idOf(w.ID) == nil {
		r.id = string(w.ID)
	}
	if err == nil && w.Cancel {
		s.cancel(r.id)
		return
	}
	if err == nil {
		r.ask, r.with, r.also, r.progress = w.Ask, w.With, w.Also, w.Progress
	}
	s.take(ctx, r)
}

// parse reads a request. The column, from 1, says where it cannot be read; 0: as a
// whole.
func parse(line []byte) (*wire, int, error) {
	var loose map[string]json.RawMessage
	if err := json.Unmarshal(line, &loose); err != nil {
		return nil, columnOf(line, err), ask.Usage("no request: "+inWords(err), `as in {"id": 1, "ask": "cases", "with": {}}`)
	}
	if loose == nil {
		return nil, 1, ask.Usage("no request: null", `as in {"id": 1, "ask": "cases", "with": {}}`)
	}
	w := &wire{ID: loose["id"]}
	err := ask.Together(unknownNames(loose), w.fill(loose), idOf(w.ID))
	if err == nil {
		err = w.lacks(loose)
	}
	return w, 0, err
}

func unknownNames(loose map[string]json.RawMessage) error {
	var wrong []error
	for name := range loose {
		if !slices.Contains(wireNames, name) {
			hint := source.DidYouMean(name, wireNames)
			if hint == "" {
				hint = "it has " + strings.Join(wireNames, ", ") + "; the words of a question stand in with"
			}
			wrong = append(wrong, ask.Usage(fmt.Sprintf("a request has no %q", name), hint))
		}
	}
	slices.SortFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return ask.Together(wrong...)
}

// fill reads each part of a request.
func (w *wire) fill(loose map[string]json.RawMessage) error {
	var wrong []error
	for _, part := range []struct {
		name  string
		to    any
		takes string
	}{
		{"ask", &w.Ask, "a text"}, {"with", &w.With, "an object"}, {"also", &w.Also, "a list of texts"},
		{"progress", &w.Progress, "true or false"}, {"cancel", &w.Cancel, "true or false"},
	} {
		if text := loose[part.name]; text != nil && json.Unmarshal(text, part.to) != nil {
			wrong = append(wrong, ask.Usage("a request cannot have this "+part.name, "it is "+part.takes))
		}
	}
	return ask.Together(wrong...)
}

// lacks is the error of a request that asks for nothing, or for too much.
func (w *wire) lacks(loose map[string]json.RawMessage) error {
	var wrong []error
	for _, form := range w.Also {
		if !slices.Contains(forms, form) {
			wrong = append(wrong, ask.Unknown("form", form, forms))
		}
	}
	switch {
	case w.Cancel && len(loose) > 2:
		wrong = append(wrong, ask.Usage("a cancellation has an id and nothing else", ""))
	case !w.Cancel && w.Ask == "":
		wrong = append(wrong, ask.Usage("what is asked?", `as in "ask": "why"`))
	}
	return ask.Together(wrong...)
}

// idOf is the error of an id that is neither a text nor a whole number.
func idOf(text json.RawMessage) error {
	var words string
	_, notWhole := strconv.ParseInt(string(text), 10, 64)
	switch {
	case text == nil:
		return ask.Usage("a request without an id", "give every question an id of its own")
	case len(text) > maxID:
		return ask.Usage(fmt.Sprintf("an id of more than %d bytes", maxID), "a number will do")
	case notWhole != nil && (text[0] != '"' || json.Unmarshal(text, &words) != nil):
		return ask.Usage("an id is a whole number or a text", "a number will do")
	}
	return nil
}

// columnOf is where a line stops being JSON, in characters.
func columnOf(line []byte, err error) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := min(max(int(syntax.Offset)-1, 0), len(line))
		return len([]rune(string(line[:at]))) + 1
	}
	return 1
}

// inWords says what is wrong with JSON, without the words of the reader.
func inWords(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Error()
	}
	return "it is not an object"
}
