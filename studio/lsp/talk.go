package lsp

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"casus/lang/source"
)

// Channel carries whole messages both ways.
type Channel interface {
	Send(message []byte) error
	Recv() ([]byte, error) // io.EOF: the other side has ended
}

// talk is a conversation in JSON-RPC 2.0. Messages are answered one at a time, in
// the order in which they come: what is asked after a change is asked of the text
// that has it.
type talk struct{ ch Channel }

// method answers a message of its name.
type method func(params json.RawMessage) (any, error)

// takes reads the parameters of a question.
func takes[P, R any](answer func(P) (R, error)) method {
	return func(params json.RawMessage) (any, error) {
		var p P
		if len(params) > 0 {
			if err := json.Unmarshal(params, &p); err != nil {
				return nil, rpcError{invalidParams, err.Error()}
			}
		}
		return answer(p)
	}
}

// hears reads the parameters of what needs no answer.
func hears[P any](hear func(P) error) method {
	return takes(func(p P) (any, error) { return nil, hear(p) })
}

// errLeft ends a conversation.
var errLeft = errors.New("the editor has left")

// rpcError is an error as the protocol writes it.
type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e rpcError) Error() string { return e.Message }

// Codes of JSON-RPC and of the protocol.
const (
	parseError     = -32700
	invalidRequest = -32600
	noSuchMethod   = -32601
	invalidParams  = -32602
	requestFailed  = -32803
)

type incoming struct {
	ID     json.RawMessage `json:"id"` // a number or a text; none: no answer is waited for
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// deepest bounds the nesting of a message, and most the values in it.
const (
	deepest = 64
	most    = 1 << 20
)

// run answers messages until the channel ends, which is no error, or breaks.
func (t *talk) run(methods map[string]method) error {
	for {
		text, err := t.ch.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := t.answer(text, methods); err != nil {
			return err
		}
	}
}

func (t *talk) answer(text []byte, methods map[string]method) error {
	var in incoming
	if err := source.UnmarshalWithin(text, &in, most, deepest, largest); err != nil {
		return t.reply(json.RawMessage("null"), nil, rpcError{parseError, err.Error()})
	}
	if in.Method == "" {
		if in.ID == nil {
			return t.reply(json.RawMessage("null"), nil, rpcError{invalidRequest, "a message without a method"})
		}
		return nil // an answer to what was not asked
	}
	do := methods[in.Method]
	if do == nil {
		do = func(json.RawMessage) (any, error) {
			return nil, rpcError{noSuchMethod, fmt.Sprintf("no method is called %.80q", in.Method)}
		}
	}
	result, err := do(in.Params)
	if errors.Is(err, errLeft) {
		return err
	}
	if in.ID == nil {
		return nil
	}
	return t.reply(in.ID, result, err)
}

func (t *talk) reply(id json.RawMessage, result any, err error) error {
	out := map[string]any{"jsonrpc": "2.0", "id": id}
	var e rpcError
	switch {
	case err == nil:
		out["result"] = result
	case errors.As(err, &e):
		out["error"] = e
	default:
		out["error"] = rpcError{requestFailed, err.Error()}
	}
	return t.send(out)
}

func (t *talk) notify(method string, params any) error {
	return t.send(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
}

func (t *talk) send(message any) error {
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	return t.ch.Send(text)
}
