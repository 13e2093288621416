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
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// wire frames as a browser does: masked.
func wire(head byte, payload []byte) []byte {
	out := []byte{head, 0x80 | byte(len(payload))}
	switch n := len(payload); {
	case n >= 1<<16:
		out = binary.BigEndian.AppendUint64([]byte{head, 0x80 | 127}, uint64(n))
	case n > 125:
		out = binary.BigEndian.AppendUint16([]byte{head, 0x80 | 126}, uint16(n))
	}
	mask := []byte{1, 2, 3, 4}
	out = append(out, mask...)
	for i, b := range payload {
		out = append(out, b^mask[i%4])
	}
	return out
}

// heardBy sends bytes into a conversation and gives the texts it heard and its answer.
func heardBy(t testing.TB, sent []byte) (texts []string, answered []byte, err error) {
	t.Helper()
	here, there := net.Pipe()
	s := &socket{conn: here, in: bufio.NewReader(here)}
	go func() {
		there.SetDeadline(time.Now().Add(10 * time.Second))
		there.Write(sent)
		there.Close()
	}()
	back := &bytes.Buffer{}
	s.conn = answering{here, back}
	for {
		text, err := s.Recv()
		if err != nil {
			return texts, back.Bytes(), err
		}
		texts = append(texts, string(text))
	}
}

// answering keeps what is written.
type answering struct {
	net.Conn
	to io.Writer
}

func (a answering) SetWriteDeadline(time.Time) error { return nil }

func (a answering) Write(b []byte) (int, error) { return a.to.Write(b) }

// Frames as RFC 6455 has them, and what it forbids: what is heard, and with which
// number the conversation ends.
func TestFrames(t *testing.T) {
	long := strings.Repeat("é", 40_000)
	cat := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	for name, c := range map[string]struct {
		sent  []byte
		heard []string
		ends  int // 0: the other side leaves
	}{
		"a text":                     {wire(0x81, []byte("Hello")), []string{"Hello"}, 0},
		"two":                        {cat(wire(0x81, []byte("a")), wire(0x81, nil)), []string{"a", ""}, 0},
		"in parts":                   {cat(wire(0x01, []byte("Hel")), wire(0x89, []byte("?")), wire(0x80, []byte("lo"))), []string{"Hello"}, 0},
		"a character in two parts":   {cat(wire(0x01, []byte("\xc3")), wire(0x80, []byte("\xa9"))), []string{"é"}, 0},
		"of middle length":           {wire(0x81, []byte(long[:200])), []string{long[:200]}, 0},
		"long":                       {wire(0x81, []byte(long)), []string{long}, 0},
		"leaving":                    {cat(wire(0x88, []byte{3, 232}), wire(0x81, []byte("never"))), nil, closeGoing},
		"cut off":                    {wire(0x81, []byte("Hello"))[:8], nil, closeGoing},
		"not masked":                 {[]byte{0x81, 1, 'a'}, nil, closeProtocol},
		"of an extension":            {wire(0xC1, []byte("a")), nil, closeProtocol},
		"binary":                     {wire(0x82, []byte("a")), nil, closeKind},
		"of no kind":                 {wire(0x83, []byte("a")), nil, closeKind},
		"a part of nothing":          {wire(0x80, []byte("a")), nil, closeProtocol},
		"a text within a text":       {cat(wire(0x01, []byte("a")), wire(0x81, []byte("b"))), nil, closeProtocol},
		"a long ping":                {wire(0x89, bytes.Repeat([]byte{1}, 126)), nil, closeProtocol},
		"a ping in parts":            {wire(0x09, []byte("a")), nil, closeProtocol},
		"no UTF-8":                   {wire(0x81, []byte("\xff")), nil, closeText},
		"claims 8 EiB":               {binary.BigEndian.AppendUint64([]byte{0x81, 0xFF}, 1<<63), nil, closeLarge},
		"claims too much":            {binary.BigEndian.AppendUint64([]byte{0x81, 0xFF}, mostMessage+1), nil, closeLarge},
		"too much in parts":          {cat(wire(0x01, make([]byte, mostMessage)), wire(0x80, []byte("a"))), nil, closeLarge},
		"claims 8 MiB, sends little": {append(binary.BigEndian.AppendUint64([]byte{0x81, 0xFF}, mostMessage), 1, 2, 3, 4, 5), nil, closeGoing},
	} {
		heard, answered, err := heardBy(t, c.sent)
		if strings.Join(heard, "|") != strings.Join(c.heard, "|") || err == nil {
			t.Errorf("%s: heard %.40q, %v", name, heard, err)
		}
		if c.ends == 0 {
			continue
		}
		if n := len(answered); n < 4 || answered[n-4] != 0x88 || int(binary.BigEndian.Uint16(answered[n-2:])) != c.ends {
			t.Errorf("%s: ended with % x, want %d", name, answered[max(0, n-4):], c.ends)
		}
	}
	if _, answered, _ := heardBy(t, wire(0x89, []byte("there?"))); !bytes.HasPrefix(answered, append([]byte{0x8A, 6}, "there?"...)) {
		t.Errorf("a ping is answered by % x", answered)
	}
}

// Whatever is sent, what is heard is valid, bounded, and made of what was sent.
func FuzzFrames(f *testing.F) {
	f.Add(wire(0x81, []byte("Hello")))
	f.Add(append(wire(0x01, []byte("Hel")), wire(0x80, []byte("lo"))...))
	f.Add([]byte{0x81, 0xFF, 0xFF})
	f.Fuzz(func(t *testing.T, sent []byte) {
		texts, _, err := heardBy(t, sent)
		if err == nil {
			t.Fatal("it never ends")
		}
		n := 0
		for _, text := range texts {
			n += len(text)
		}
		if n > len(sent) {
			t.Fatalf("%d bytes were heard of %d", n, len(sent))
		}
	})
}

// greet opens a conversation as a program does.
func greet(t *testing.T, address string, header http.Header) (*socket, *http.Response) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	r, err := http.NewRequest("GET", "http://"+address+"/editor", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Connection": "keep-alive, Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="} {
		r.Header.Set(name, value)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	if err := r.Write(conn); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	reply, err := http.ReadResponse(in, r)
	if err != nil {
		t.Fatal(err)
	}
	return &socket{conn: conn, in: in}, reply
}

// Who has the token speaks to the language server; nobody else, no other page, and
// nothing that is no WebSocket. The end of the page ends the conversation.
func TestEditorIsGuarded(t *testing.T) {
	s := New("estonia")
	at, stop := served(t, s)
	bearing := "Bearer " + s.token
	for name, c := range map[string]struct {
		header http.Header
		code   int
	}{
		"nobody":               {http.Header{"Origin": {"http://" + at}}, 401},
		"another page":         {http.Header{"Authorization": {bearing}, "Origin": {"http://evil.example"}}, 403},
		"a cookie, no origin":  {http.Header{"Cookie": {"casus_" + at[strings.LastIndexByte(at, ':')+1:] + "=" + s.token}}, 403},
		"no key":               {http.Header{"Authorization": {bearing}, "Sec-Websocket-Key": {"x"}}, 400},
		"an old version":       {http.Header{"Authorization": {bearing}, "Sec-Websocket-Version": {"8"}}, 400},
		"no upgrade":           {http.Header{"Authorization": {bearing}, "Upgrade": {"h2c"}}, 400},
		"a cookie, our origin": {http.Header{"Origin": {"http://" + at}, "Cookie": {"casus_" + at[strings.LastIndexByte(at, ':')+1:] + "=" + s.token}}, 101},
	} {
		if _, reply := greet(t, at, c.header); reply.StatusCode != c.code {
			t.Errorf("%s: %s, want %d", name, reply.Status, c.code)
		}
	}
	c, reply := greet(t, at, http.Header{"Authorization": {bearing}})
	if got := reply.Header.Get("Sec-WebSocket-Accept"); got != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" { // the example of RFC 6455, 1.3
		t.Fatalf("accepted with %q", got)
	}
	if _, err := c.conn.Write(wire(0x81, []byte(`{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}`))); err != nil {
		t.Fatal(err)
	}
	c.conn.SetDeadline(time.Now().Add(30 * time.Second))
	head := make([]byte, 4)
	if _, err := io.ReadFull(c.in, head); err != nil || head[0] != 0x81 || head[1] != 126 {
		t.Fatalf("% x, %v", head, err)
	}
	text := make([]byte, binary.BigEndian.Uint16(head[2:]))
	if _, err := io.ReadFull(c.in, text); err != nil || !json.Valid(text) || !bytes.Contains(text, []byte(`"hoverProvider"`)) {
		t.Fatalf("%.80s, %v", text, err)
	}
	stop()
	if _, err := io.Copy(io.Discard, c.in); err != nil && !errors.Is(err, net.ErrClosed) {
		t.Errorf("the conversation outlives the page: %v", err)
	}
}

// Only a file of the folder that the page is about is written, by who has the token,
// and only over what was read.
func TestSaving(t *testing.T) {
	files := ownCase(t)
	f := files[0]
	if err := os.WriteFile("other.casus", []byte("# another\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := New("./mycase")
	send := func(s *Studio, x saving) (int, string) {
		text, _ := json.Marshal(x)
		return post(t, s, "/text", string(text))
	}
	for name, c := range map[string]struct {
		s    *Studio
		x    saving
		code int
		says string
	}{
		"another file":           {s, saving{"other.casus", "x", digest([]byte("# another\n"))}, 409, "is no file of ./mycase"},
		"a way out":              {s, saving{"mycase/../other.casus", "x", digest([]byte("# another\n"))}, 409, "is no file of ./mycase"},
		"a new file":             {s, saving{"mycase/new.casus", "x", ""}, 409, "is no file of ./mycase"},
		"what was not read":      {s, saving{f.Name, "x", digest([]byte("y"))}, 409, "was changed meanwhile"},
		"zero bytes":             {s, saving{f.Name, "a\x00", digest(f.Text)}, 409, "no zero bytes"},
		"of a shipped case":      {New("estonia"), saving{f.Name, "x", digest(f.Text)}, 409, "no folder of your own"},
		"nothing that is a text": {s, saving{}, 409, "is no file"},
	} {
		if code, says := send(c.s, c.x); code != c.code || !strings.Contains(says, c.says) {
			t.Errorf("%s: %d %s", name, code, says)
		}
	}
	if code, says := send(s, saving{f.Name, "# changed\n", digest(f.Text)}); code != 200 || !strings.Contains(says, digest([]byte("# changed\n"))) {
		t.Errorf("%d %s", code, says)
	}
	if text, err := os.ReadFile(f.Name); err != nil || string(text) != "# changed\n" {
		t.Errorf("%q %v", text, err)
	}
	if text, _ := os.ReadFile("other.casus"); string(text) != "# another\n" {
		t.Errorf("another file holds %q", text)
	}
	entries, err := os.ReadDir("mycase")
	if err != nil || len(entries) != len(files) {
		t.Errorf("%v, %v", entries, err)
	}
}

func post(t *testing.T, s *Studio, path, body string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	r, err := http.NewRequest("POST", path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	s.Handler().ServeHTTP(w, r)
	return w.Code, fmt.Sprint(w.Body)
}
