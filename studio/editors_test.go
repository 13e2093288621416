package studio

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// No more editors are spoken with than there are seats; a seat that is left is free.
func TestEditorsAreFew(t *testing.T) {
	s := New("estonia")
	at, _ := served(t, s)
	header := http.Header{"Authorization": {"Bearer " + s.token}}
	var first *socket
	for range mostEditors {
		c, reply := greet(t, at, header)
		if reply.StatusCode != 101 {
			t.Fatal(reply.Status)
		}
		first = c
	}
	if _, reply := greet(t, at, header); reply.StatusCode != 503 {
		t.Errorf("one more than all: %s", reply.Status)
	}
	first.conn.Close()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if _, reply := greet(t, at, header); reply.StatusCode == 101 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the seat of one who left stays taken")
		}
	}
}

func changing(uri string, n int) []byte {
	return fmt.Appendf(nil, `{"method": "textDocument/didChange", "params": {"textDocument": {"uri": %q, "version": %d}, "contentChanges": [{"text": "%d"}]}}`, uri, n, n)
}

// Of a text that changes while it waits, the newest alone is kept; what was asked in
// between is asked of what it was then; and who has left is not answered.
func TestNewestTextOnly(t *testing.T) {
	here, there := net.Pipe()
	all := newEditors()
	all.desk <- struct{}{} // another has its turn
	x := all.listen(t.Context(), &socket{conn: here, in: bufio.NewReader(here)})
	for i := range 100 {
		there.Write(wire(0x81, changing("file:///a.casus", i)))
	}
	there.Write(wire(0x81, []byte(`{"id": 1, "method": "textDocument/hover"}`)))
	there.Write(wire(0x81, changing("file:///a.casus", 100)))
	until(t, "all is read", func() bool { x.mu.Lock(); defer x.mu.Unlock(); return len(x.queue) == 3 })
	<-all.desk
	for _, want := range []string{`"99"`, "hover", `"100"`} {
		text, err := x.Recv()
		if err != nil || !strings.Contains(string(text), want) {
			t.Fatalf("%s, %v; want %s", text, err, want)
		}
	}
	there.Write(wire(0x81, changing("file:///a.casus", 101)))
	there.Close()
	until(t, "it is noticed that the editor left", func() bool { x.mu.Lock(); defer x.mu.Unlock(); return x.err != nil })
	if text, err := x.Recv(); !errors.Is(err, io.EOF) {
		t.Errorf("answered for one who left: %s, %v", text, err)
	}
	if len(all.desk) > 0 {
		t.Error("the turn is not given back")
	}
}

// An editor that opens more than it may, in texts or in bytes, is sent away.
func TestEditorTakesTooMuch(t *testing.T) {
	for name, open := range map[string]func(i int) string{
		"texts": func(i int) string { return fmt.Sprintf(`{"textDocument": {"uri": "file:///%d.casus", "text": ""}}`, i) },
		"bytes": func(i int) string {
			return fmt.Sprintf(`{"textDocument": {"uri": "file:///%d.casus", "text": %q}}`, i, strings.Repeat("#", mostTexts/3))
		},
	} {
		here, there := net.Pipe()
		go io.Copy(io.Discard, there)
		x := newEditors().listen(t.Context(), &socket{conn: here, in: bufio.NewReader(here)})
		go func() {
			for i := range mostOpen + 2 {
				there.Write(wire(0x81, []byte(`{"method": "textDocument/didOpen", "params": `+open(i)+`}`)))
			}
		}()
		for {
			if _, err := x.Recv(); err != nil {
				break
			}
			x.mu.Lock()
			n := len(x.open)
			x.mu.Unlock()
			if n > mostOpen+1 {
				t.Fatalf("%s: %d texts are open", name, n)
			}
		}
		there.Close()
	}
}
