package studio

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"runtime/metrics"
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
	until(t, "all sit", func() bool { return len(s.editors.seats) == mostEditors }) // a greeting is answered before
	more, _ := greet(t, at, header)
	if said, _ := io.ReadAll(more.in); !bytes.Contains(said, append([]byte{1013 >> 8, 1013 & 0xff}, "8 editors are open"...)) {
		t.Errorf("one more than all is told %q", said)
	}
	first.conn.Close()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		c, _ := greet(t, at, header)
		c.conn.Write(wire(0x81, []byte(`{"jsonrpc": "2.0", "id": 1, "method": "nothing"}`)))
		if head, _ := c.in.Peek(1); len(head) == 1 && head[0] == 0x81 { // a text, and no farewell
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

// sentBack is the next frame that a studio sends.
func sentBack(t testing.TB, in *bufio.Reader) []byte {
	t.Helper()
	head := make([]byte, 2, 10)
	_, err := io.ReadFull(in, head)
	long := int(head[1])
	if n := map[int]int{126: 2, 127: 8}[long]; err == nil && n > 0 {
		more := make([]byte, 8)
		_, err = io.ReadFull(in, more[8-n:])
		long = int(binary.BigEndian.Uint64(more))
	}
	text := make([]byte, long)
	if err == nil {
		_, err = io.ReadFull(in, text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// All editors together, each with as much text open as it may have, stay below the
// memory that is promised: what lives is looked at while they are spoken with.
func TestEditorsStayBelowAGigabyte(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	s := New("estonia")
	at, _ := served(t, s)
	var text strings.Builder
	text.WriteString("use NAT\n")
	for n := 0; text.Len() < mostTexts-200; n++ {
		fmt.Fprintf(&text, "# %d\nassume a%d \"An assumption\" 0..1 { view v ~ uniform(0, 1), judgement \"of a test\" }\n", n, n)
	}
	var most uint64
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for n := range mostEditors {
		c, _ := greet(t, at, http.Header{"Authorization": {"Bearer " + s.token}})
		for _, m := range []map[string]any{
			{"id": 1, "method": "initialize", "params": map[string]any{"capabilities": map[string]any{}}},
			{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{"uri": fmt.Sprintf("untitled:%d", n), "languageId": "casus", "version": 1, "text": text.String()}}},
		} {
			m["jsonrpc"] = "2.0"
			sent, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			c.conn.Write(wire(0x81, sent))
		}
		for {
			if bytes.Contains(sentBack(t, c.in), []byte("publishDiagnostics")) {
				break
			}
		}
		runtime.GC()
		metrics.Read(live)
		most = max(most, live[0].Value.Uint64())
		t.Logf("%d editors: %d MB live", n+1, live[0].Value.Uint64()>>20)
	}
	if most >= 1<<30 || most < 8*mostTexts {
		t.Errorf("%d MB live", most>>20)
	}
}
