package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Replace writes a file that is there whole or not at all, under its name or over
// what was there: it is written beside its place, made to last, and renamed. A link
// is replaced, not followed, so nothing elsewhere is touched; a file that was there
// keeps its mode; anything else, a folder, a pipe or a device, is refused. The error
// is that of write, or of the system; nothing of the attempt is left then.
func Replace(name string, write func(io.Writer) error) (err error) {
	mode := fs.FileMode(0o644)
	switch info, err := os.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case info.Mode().IsRegular():
		mode = info.Mode().Perm()
	case info.Mode()&fs.ModeSymlink == 0:
		return &fs.PathError{Op: "replace", Path: name, Err: errIrregular{}}
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".casus-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	if err := errors.Join(write(tmp), tmp.Chmod(mode), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), name); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	folder.Sync() // not every file system can; the name is then as safe as it makes it
	return folder.Close()
}

// ReplaceText is Replace of what is at hand.
func ReplaceText(name string, text []byte) error {
	return Replace(name, func(w io.Writer) error { _, err := w.Write(text); return err })
}

// MayCreate writes so many bytes: on a full disk a file can often be made
// and holds nothing.
const tried = 64 << 10

// MayCreate says why no file could be made in a folder, by making a small one.
func MayCreate(folder string) error {
	f, err := os.CreateTemp(folder, ".casus-*")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, tried))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
