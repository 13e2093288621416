package study

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"

	"casus/lang/source"
)

// disk is the file system that a record is written to and read from. The tests
// have another, which loses power, fills up and fails at any call.
type disk interface {
	// Create makes a file, or empties the one that is there.
	Create(name string) (file, error)
	Open(name string) (input, error)
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	Readlink(name string) (string, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	// Mkdir makes one folder, which must not be there; MkdirAll all on the way
	// to it.
	Mkdir(name string) error
	MkdirAll(name string) error
	Rename(from, to string) error
	Remove(name string) error // a file, or an empty folder
	RemoveAll(name string) error
	// Sync returns when the names in a folder are safe from a loss of power.
	Sync(folder string) error
}

// file is one that is being written. Its bytes are safe from a loss of power
// once Sync has returned.
type file interface {
	io.Writer
	Sync() error
	Close() error
}

// input is a file that is being read.
type input interface {
	io.Reader
	io.ReaderAt
	io.Closer
	Size() int64
}

// here is the file system of this machine.
type here struct{}

func (here) Create(name string) (file, error)           { return os.Create(name) }
func (here) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (here) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (here) Readlink(name string) (string, error)       { return os.Readlink(name) }
func (here) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (here) Mkdir(name string) error                    { return os.Mkdir(name, 0o755) }
func (here) MkdirAll(name string) error                 { return os.MkdirAll(name, 0o755) }
func (here) Rename(from, to string) error               { return os.Rename(from, to) }
func (here) Remove(name string) error                   { return os.Remove(name) }
func (here) RemoveAll(name string) error                { return os.RemoveAll(name) }

// Open refuses what is no regular file: a pipe would be waited for, for ever.
func (here) Open(name string) (input, error) {
	f, size, err := source.Open(name)
	if err != nil {
		return nil, err
	}
	return sized{f, size}, nil
}

type sized struct {
	*os.File
	size int64
}

func (s sized) Size() int64 { return s.size }

func (here) Sync(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	err = f.Sync()
	if runtime.GOOS == "windows" { // a folder cannot be synced there, and need not be
		err = nil
	}
	return errors.Join(err, f.Close())
}
