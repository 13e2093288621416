package studio

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"casus/ask"
)

// This is the server's side of the WebSocket protocol (RFC 6455), no more of it than
// an editor on our own page needs: texts both ways, no extensions. What a browser
// does not send is refused, and ends the conversation.

// Bounds of a conversation.
const (
	mostMessage = 8 << 20 // bytes of a message, in however many frames
	mostControl = 125     // bytes of a ping or a close, as the protocol says
	sendWithin  = 30 * time.Second
)

// Kinds of frame.
const (
	frameGoesOn = 0x0
	frameText   = 0x1
	frameClose  = 0x8
	framePing   = 0x9
	framePong   = 0xA
)

// Why a conversation ends, as the protocol numbers it.
const (
	closeGoing    = 1001
	closeProtocol = 1002
	closeKind     = 1003
	closeText     = 1007
	closeLarge    = 1009
	closeFull     = 1013
)

// socket is one conversation. It is a lsp.Channel.
type socket struct {
	conn net.Conn
	in   *bufio.Reader

	mu    sync.Mutex // of writing
	ended bool
}

// badFrame refuses a frame that the other side must not send, with the code to close by.
type badFrame struct {
	code int
	says string
}

func (b badFrame) Error() string { return b.says }

// accept answers the opening of a conversation. The connection is then its own: it
// ends with the context, and with nothing else of the server.
func accept(ctx context.Context, w http.ResponseWriter, r *http.Request) (*socket, error) {
	if err := opens(r); err != nil {
		w.Header().Set("Sec-WebSocket-Version", "13")
		return nil, err
	}
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Time{}); err != nil {
		conn.Close()
		return nil, err
	}
	s := &socket{conn: conn, in: rw.Reader}
	_, err = fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", acceptance(r.Header.Get("Sec-WebSocket-Key")))
	if err != nil {
		conn.Close()
		return nil, err
	}
	context.AfterFunc(ctx, func() { s.leave(closeGoing) })
	return s, nil
}

// opens says what is wrong with the opening of a conversation.
func opens(r *http.Request) error {
	key, err := base64.StdEncoding.DecodeString(r.Header.Get("Sec-WebSocket-Key"))
	switch {
	case !listed(r.Header, "Connection", "upgrade") || !listed(r.Header, "Upgrade", "websocket"):
		return ask.Usage("an editor speaks here, over a WebSocket", "open the page of a text")
	case r.Header.Get("Sec-WebSocket-Version") != "13":
		return ask.Usage("only version 13 of the WebSocket protocol is spoken", "")
	case err != nil || len(key) != 16:
		return ask.Usage("the Sec-WebSocket-Key is none", "")
	}
	return nil
}

// listed reports whether a header lists a word.
func listed(h http.Header, name, word string) bool {
	return slices.ContainsFunc(h.Values(name), func(line string) bool {
		return slices.ContainsFunc(strings.Split(line, ","), func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), word) })
	})
}

// acceptance shows that the opening was understood (RFC 6455, 4.2.2).
func acceptance(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// Send sends a text.
func (s *socket) Send(message []byte) error { return s.write(frameText, message) }

func (s *socket) write(kind byte, message []byte) error {
	head := []byte{0x80 | kind, byte(len(message))}
	switch n := len(message); {
	case n >= 1<<16:
		head = binary.BigEndian.AppendUint64([]byte{head[0], 127}, uint64(n))
	case n > mostControl:
		head = binary.BigEndian.AppendUint16([]byte{head[0], 126}, uint16(n))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return net.ErrClosed
	}
	if err := s.conn.SetWriteDeadline(time.Now().Add(sendWithin)); err != nil {
		return err
	}
	_, err := (&net.Buffers{head, message}).WriteTo(s.conn)
	return err
}

// leave says why the conversation ends, and ends it.
func (s *socket) leave(code int) { s.leaveFor(code, "") }

// leaveFor is leave with a reason for people, of at most 123 bytes.
func (s *socket) leaveFor(code int, why string) {
	s.write(frameClose, append(binary.BigEndian.AppendUint16(nil, uint16(code)), why...)) // the other side may be gone already
	s.mu.Lock()
	s.ended = true
	s.mu.Unlock()
	s.conn.Close()
}

// Recv gives the next text; io.EOF where the other side has left.
func (s *socket) Recv() ([]byte, error) {
	text, err := s.message()
	var bad badFrame
	switch {
	case errors.As(err, &bad):
		s.leave(bad.code)
	case err != nil:
		s.leave(closeGoing)
		if errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = io.EOF
		}
	}
	return text, err
}

// message puts the frames of a text together, and answers what comes between them.
func (s *socket) message() ([]byte, error) {
	var text []byte
	for begun := false; ; {
		f, err := s.frame(mostMessage - len(text))
		if err != nil {
			return nil, err
		}
		switch {
		case f.kind == framePing:
			if err := s.write(framePong, f.payload); err != nil {
				return nil, err
			}
			continue
		case f.kind == framePong:
			continue
		case f.kind == frameClose:
			return nil, io.EOF
		case f.kind == frameGoesOn != begun:
			return nil, badFrame{closeProtocol, "a part of a message that is out of order"}
		}
		begun = true
		if text = append(text, f.payload...); !f.last {
			continue
		}
		if !utf8.Valid(text) {
			return nil, badFrame{closeText, "a text that is not UTF-8"}
		}
		return text, nil
	}
}

type frame struct {
	kind    byte
	last    bool
	payload []byte
}

// frame reads one frame, of at most so many bytes.
func (s *socket) frame(most int) (*frame, error) {
	var head [2]byte
	if _, err := io.ReadFull(s.in, head[:]); err != nil {
		return nil, err
	}
	f := &frame{kind: head[0] & 0x0F, last: head[0]&0x80 != 0}
	control := f.kind >= frameClose
	switch {
	case head[0]&0x70 != 0:
		return nil, badFrame{closeProtocol, "a frame of an extension that was not agreed on"}
	case !slices.Contains([]byte{frameGoesOn, frameText, frameClose, framePing, framePong}, f.kind):
		return nil, badFrame{closeKind, "a frame of a kind that is not spoken here"}
	case head[1]&0x80 == 0:
		return nil, badFrame{closeProtocol, "a frame that is not masked"}
	case control && (!f.last || head[1]&0x7F > mostControl):
		return nil, badFrame{closeProtocol, "a long or broken control frame"}
	}
	n, err := s.length(head[1] & 0x7F)
	if err != nil {
		return nil, err
	}
	if n > uint64(most) {
		return nil, badFrame{closeLarge, fmt.Sprintf("a message of more than %d bytes", mostMessage)}
	}
	var mask [4]byte
	if _, err := io.ReadFull(s.in, mask[:]); err != nil {
		return nil, err
	}
	f.payload, err = io.ReadAll(io.LimitReader(s.in, int64(n))) // grows with what comes, not with what is claimed
	if err == nil && len(f.payload) < int(n) {
		err = io.ErrUnexpectedEOF
	}
	for i := range f.payload {
		f.payload[i] ^= mask[i%4]
	}
	return f, err
}

// length is that of a frame, as its second byte says or the bytes after it.
func (s *socket) length(short byte) (uint64, error) {
	var b [8]byte
	switch short {
	case 126:
		_, err := io.ReadFull(s.in, b[6:])
		return binary.BigEndian.Uint64(b[:]), err
	case 127:
		_, err := io.ReadFull(s.in, b[:])
		return binary.BigEndian.Uint64(b[:]), err
	}
	return uint64(short), nil
}
