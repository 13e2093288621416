package source

import (
	"fmt"
	"io"
	"os"
)

// Open opens a regular file and gives its size in bytes. Anything else is refused
// before it is opened: opening a named pipe waits for somebody to write to it.
func Open(name string) (*os.File, int64, error) {
	if err := regular(os.Stat(name)); err != nil {
		return nil, 0, named(name, err)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err = regular(info, err); err != nil {
		f.Close()
		return nil, 0, named(name, err)
	}
	return f, info.Size(), nil
}

// errIrregular is of what is no file with an end.
type errIrregular struct{}

func (errIrregular) Error() string { return "not a regular file (a pipe or a device)" }

// errFolder is of a folder where a file is wanted.
type errFolder struct{}

func (errFolder) Error() string { return "it is a folder (name a file in it)" }

func regular(info os.FileInfo, err error) error {
	if err == nil && info.IsDir() {
		return errFolder{}
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errIrregular{}
	}
	return err
}

// named puts the name before what has none yet.
func named(name string, err error) error {
	switch err.(type) {
	case errIrregular, errFolder:
		return fmt.Errorf("%s: %w", name, err)
	}
	return err
}

// ReadFile reads a regular file of at most so many bytes.
func ReadFile(name string, most int64) ([]byte, error) {
	f, size, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	tooLarge := fmt.Errorf("%s: file is larger than %d MiB", name, most>>20)
	if size > most {
		return nil, tooLarge
	}
	text := make([]byte, 0, size+1)
	for { // it may grow while it is read
		n, err := f.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		switch {
		case int64(len(text)) > most:
			return nil, tooLarge
		case err == io.EOF:
			return text, nil
		case err != nil:
			return nil, err
		case len(text) == cap(text):
			text = append(text, 0)[:len(text)]
		}
	}
}
