package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// UnmarshalWithin decodes JSON that holds at most so many values, nested so deep, and
// texts of so many bytes. What holds more is refused before anything is decoded.
func UnmarshalWithin(text []byte, into any, values, depth, longest int) error {
	if err := JSONWithin(text, values, depth, longest); err != nil {
		return err
	}
	err := json.Unmarshal(text, into)
	if bad := new(json.UnmarshalTypeError); errors.As(err, &bad) { // in words of the file, not of the program
		if bad.Field == "" {
			return fmt.Errorf("JSON that is no object but of kind %s", bad.Value)
		}
		return fmt.Errorf("%s cannot be a %s", bad.Field[strings.LastIndexByte(bad.Field, '.')+1:], bad.Value)
	}
	return err
}

// JSONWithin is the error of JSON that holds more values than so many, nests them
// deeper, or has a longer text (in bytes). It only counts, once over the text, so that it can be asked before
// anything is decoded: a value takes a byte or two there and may take hundreds in
// memory. Whether the text is JSON at all is the decoder's to say.
func JSONWithin(text []byte, values, depth, longest int) error {
	n, at, from, quoted, escaped := 1, 0, 0, false, false
	for i, c := range text {
		switch {
		case quoted && i-from > longest:
			return fmt.Errorf("JSON with a text of more than %d bytes", longest)
		case quoted:
			quoted = escaped || c != '"'
			escaped = c == '\\' && !escaped
		case c == '"':
			quoted, from = true, i
		case c == '[' || c == '{':
			n++
			if at++; at > depth {
				return fmt.Errorf("JSON nested more than %d deep", depth)
			}
		case c == ']' || c == '}':
			at--
		case c == ',':
			n++
		}
		if n > values {
			return fmt.Errorf("JSON of more than %d values", values)
		}
	}
	return nil
}
