package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

// The end of a sealed text.
const (
	sealOpens  = ",\n  \"seal\": \""
	sealCloses = "\"\n}\n"
)

// Seal adds to the text of a JSON object a last member, the digest of all that stands
// before it, so that a reader can tell a text that was altered or damaged. What is no
// object, or an empty one, stays as it is.
func Seal(text []byte) []byte {
	body := bytes.TrimRight(text, " \t\r\n")
	if len(body) < 2 || body[0] != '{' || body[len(body)-1] != '}' {
		return text
	}
	body = bytes.TrimRight(body[:len(body)-1], " \t\r\n")
	if body[len(body)-1] == '{' {
		return text
	}
	sum := sha256.Sum256(body)
	out := append(bytes.Clone(body), sealOpens...)
	return append(append(out, hex.EncodeToString(sum[:])...), sealCloses...)
}

// Sealed reports whether a text ends with the digest of what stands before it.
func Sealed(text []byte) bool {
	at := len(text) - len(sealOpens) - hex.EncodedLen(sha256.Size) - len(sealCloses)
	return at > 0 && bytes.Equal(Seal(append(bytes.Clone(text[:at]), '}')), text)
}
