package studio

import (
	"context"
	"encoding/json"
	"io"
	"sync"
)

// What the editors of the page may take, all together. A text that is checked takes
// up to some fifty times its bytes, one is checked at a time, and what was made of the
// last one stays with its editor: below a gigabyte in any case.
const (
	mostEditors = 8       // conversations at a time
	mostTexts   = 2 << 20 // bytes of the texts that one has open
	mostOpen    = 16      // texts that one has open
	mostQueued  = 64      // messages of one that wait
)

// editors bounds what the conversations with editors take together.
type editors struct {
	seats chan struct{} // one for each conversation
	desk  chan struct{} // held by the one whose message is answered
}

func newEditors() *editors {
	return &editors{make(chan struct{}, mostEditors), make(chan struct{}, 1)}
}

// enter takes a seat; false where none is free.
func (e *editors) enter() bool {
	select {
	case e.seats <- struct{}{}:
		return true
	default:
		return false
	}
}

func (e *editors) leave() { <-e.seats }

// speaker is an editor's end of a conversation: messages wait here for their turn, of
// a text that changes faster than it is checked only the newest, and none is answered
// for an editor that has left. It is a lsp.Channel.
type speaker struct {
	*socket
	all   *editors
	ctx   context.Context
	holds bool

	mu    sync.Mutex
	queue []spoken
	err   error         // why nothing more comes
	news  chan struct{} // one is there when something changed
	open  map[string]int
}

// spoken is a message, and the text that it puts in the place of another; empty where
// it does more than that, or less.
type spoken struct {
	text []byte
	of   string
}

// listen gives an editor's end, whose messages are read until it leaves.
func (e *editors) listen(ctx context.Context, s *socket) *speaker {
	x := &speaker{socket: s, all: e, ctx: ctx, news: make(chan struct{}, 1), open: map[string]int{}}
	go x.hear()
	return x
}

func (x *speaker) hear() {
	for {
		text, err := x.socket.Recv()
		x.mu.Lock()
		if err == nil && !x.put(text) {
			err = io.EOF
		}
		if err != nil { // who has left waits for no answer
			x.queue, x.err = nil, err
		}
		x.mu.Unlock()
		select {
		case x.news <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// note holds the parts of a message that are looked at.
type note struct {
	Method string `json:"method"`
	Params struct {
		TextDocument struct {
			URI  string `json:"uri"`
			Text string `json:"text"`
		} `json:"textDocument"`
		Changes []struct {
			Range json.RawMessage `json:"range"`
			Text  string          `json:"text"`
		} `json:"contentChanges"`
	} `json:"params"`
}

// put lets a message wait; false where the editor asks for more than it may have.
func (x *speaker) put(text []byte) bool {
	var n note
	m := spoken{text: text}
	json.Unmarshal(text, &n) // what cannot be read is answered as that
	uri, last := n.Params.TextDocument.URI, len(x.queue)-1
	switch n.Method {
	case "textDocument/didOpen":
		x.open[uri] = len(n.Params.TextDocument.Text)
	case "textDocument/didClose":
		delete(x.open, uri)
	case "textDocument/didChange":
		whole := len(n.Params.Changes) == 1 && n.Params.Changes[0].Range == nil
		if whole {
			x.open[uri], m.of = 0, uri
		}
		for _, c := range n.Params.Changes {
			x.open[uri] += len(c.Text)
		}
		if whole && last >= 0 && x.queue[last].of == uri {
			x.queue[last] = m
			return x.within()
		}
	}
	x.queue = append(x.queue, m)
	return x.within()
}

// within ends a conversation that takes more than it may.
func (x *speaker) within() bool {
	total, waiting := 0, 0
	for _, n := range x.open {
		total += n
	}
	for _, m := range x.queue {
		waiting += len(m.text)
	}
	if total <= mostTexts && len(x.open) <= mostOpen && len(x.queue) <= mostQueued && waiting <= 2*mostMessage {
		return true
	}
	go x.socket.leave(closeLarge)
	return false
}

// Recv gives the next message once it is this editor's turn, which ends when it asks
// for one more.
func (x *speaker) Recv() ([]byte, error) {
	x.done()
	for {
		x.mu.Lock()
		waits, err := len(x.queue) > 0, x.err
		x.mu.Unlock()
		switch {
		case err != nil:
			return nil, err
		case waits:
			select {
			case x.all.desk <- struct{}{}:
				x.mu.Lock()
				x.holds = true
				x.mu.Unlock()
			case <-x.ctx.Done():
				return nil, io.EOF
			}
			if m, there := x.take(); there {
				return m, nil
			}
			x.done()
			continue
		}
		select {
		case <-x.news:
		case <-x.ctx.Done():
			return nil, io.EOF
		}
	}
}

// take takes the first message that waits; while a turn was waited for it may have
// gone with its editor.
func (x *speaker) take() ([]byte, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.queue) == 0 {
		return nil, false
	}
	m := x.queue[0]
	x.queue = x.queue[1:]
	return m.text, true
}

// done lets the next have its turn.
func (x *speaker) done() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.holds {
		x.holds = false
		<-x.all.desk
	}
}
