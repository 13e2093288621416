package ask

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"casus/lang/source"
)

// maxTable is the largest table read, in bytes.
const maxTable = 64 << 20

// maxShapes is the largest file of borders read, in bytes.
const maxShapes = 256 << 20

// ReadShapes reads a file of borders that is there to be added.
func ReadShapes(name string) ([]byte, error) { return readText(name, maxShapes) }

// ReadTable reads a file that is there to be added.
func ReadTable(name string) ([]byte, error) { return readText(name, maxTable) }

func readText(name string, most int64) ([]byte, error) {
	if name == "" {
		return nil, Usage("which file?", "the one that its makers give away, such as atop5_1m.csv")
	}
	text, err := source.ReadFile(name, most)
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nothingAt(name)
	case errors.As(err, &p):
		return nil, fmt.Errorf("%s: %w", name, p.Err)
	case err != nil:
		return nil, err
	case Binary(text) || bytes.IndexByte(text, 0) >= 0:
		return nil, NotText(name)
	}
	return text, nil
}
