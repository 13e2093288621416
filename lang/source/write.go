package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Overwrite puts a text in the place of a file that a user named, or makes it, whole or
// not at all. Permissions stay; a link stays a link, also one to a file that is yet to be
// made; a device is written to. The error names the file as the user did.
func Overwrite(name, text string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		var to string
		if to, err = Linked(name); err == nil {
			err = ReplaceText(to, []byte(text))
		}
	case err == nil && !info.Mode().IsRegular():
		err = poured(name, info.Mode(), text)
	case err == nil:
		var to string
		if to, err = filepath.EvalSymlinks(name); err == nil {
			err = ReplaceText(to, []byte(text))
		}
	}
	return Unwritten(name, err)
}

// Linked is where a name leads by its links, whether a file stands there or not. Links
// that go round are an error.
func Linked(name string) (string, error) {
	for range 40 {
		to, err := os.Readlink(name)
		if err != nil { // no link
			return name, nil
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(name), to)
		}
		name = to
	}
	return "", errors.New("it is a link that leads to itself")
}

// poured writes into what is no regular file. A pipe that nobody reads would be
// waited for, for ever, and is an error.
func poured(name string, mode fs.FileMode, text string) error {
	how := os.O_WRONLY
	if mode&fs.ModeNamedPipe != 0 {
		how |= syscall.O_NONBLOCK
	}
	f, err := os.OpenFile(name, how, 0)
	if errors.Is(err, syscall.ENXIO) {
		return errors.New("nobody reads this pipe")
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, text)
	return errors.Join(err, f.Close())
}

// Unwritten says that a file could not be written, by the name that was given: the
// file that was to be renamed to it is nobody's business. Nil for no error.
func Unwritten(name string, err error) error {
	if err == nil {
		return nil
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	folder := filepath.Dir(name)
	if file := MayBeFolder(folder); file != nil {
		return fmt.Errorf("writing %s: %w", name, file)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("writing %s: there is no folder %s (make it first, or name another)", name, folder)
	}
	return fmt.Errorf("writing %s: %w", name, err)
}

// MayBeFolder says why no folder can stand under a name: there is a file, or it would
// stand in one. A folder, or nothing, may be there.
func MayBeFolder(name string) error {
	for at := filepath.Clean(name); ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		switch {
		case errors.Is(err, syscall.ENAMETOOLONG):
			return tooLong(at)
		case err == nil && !info.IsDir():
			return fmt.Errorf("%s is a file: choose another folder", at)
		case err == nil || at == filepath.Dir(at):
			return nil
		}
	}
}

// tooLong is the error of a name that no file system takes.
func tooLong(name string) error {
	return fmt.Errorf("the name %s is too long: choose a shorter one", Cut(filepath.Base(name), 40))
}

// MayWrite says why a file of this name could not be made, or written over.
func MayWrite(name string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, syscall.ENAMETOOLONG):
		return tooLong(name)
	case err == nil && info.IsDir():
		return fmt.Errorf("writing %s: it is a folder (name a file in it)", name)
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("writing %s: it is a pipe or a device (name a file)", name)
	}
	return Unwritten(name, MayCreate(filepath.Dir(name)))
}
