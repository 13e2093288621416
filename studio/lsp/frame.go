package lsp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// largest bounds a message, in bytes: a file of the language may have 16 MiB, and
// JSON writes a character in up to six.
const largest = 128 << 20

// stream frames messages as the protocol does on standard input and output: a
// header with the length, an empty line, the message.
type stream struct {
	in  *bufio.Reader
	out io.Writer
}

// Stream is a channel of messages over a pair of byte streams, such as standard
// input and output. A message that claims more than 128 MiB ends it.
func Stream(in io.Reader, out io.Writer) Channel { return &stream{bufio.NewReader(in), out} }

func (s *stream) Send(message []byte) error {
	_, err := fmt.Fprintf(s.out, "Content-Length: %d\r\n\r\n%s", len(message), message)
	return err
}

func (s *stream) Recv() ([]byte, error) {
	size := -1
	for {
		line, err := s.header()
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		if name, value, _ := strings.Cut(line, ":"); strings.EqualFold(name, "Content-Length") {
			if size, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || size < 0 || size > largest {
				return nil, fmt.Errorf("Content-Length is a number of bytes up to %d, got %.40q", largest, value)
			}
		}
	}
	if size < 0 {
		return nil, errors.New("a message without Content-Length")
	}
	message, err := io.ReadAll(io.LimitReader(s.in, int64(size))) // grows with what comes, not with what is claimed
	if err == nil && len(message) < size {
		err = io.ErrUnexpectedEOF
	}
	return message, err
}

// header reads one line of a header, which has at most as many bytes as the
// reader holds.
func (s *stream) header() (string, error) {
	line, err := s.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		err = fmt.Errorf("a line of %d bytes where the header of a message should be: it begins with Content-Length: BYTES, and an empty line", len(line))
	}
	if err == io.EOF && len(line) > 0 {
		err = io.ErrUnexpectedEOF
	}
	return strings.TrimRight(string(line), "\r\n"), err
}
