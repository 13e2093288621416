package study

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// memory is a file system that forgets, on a loss of power, what was not made
// safe: the bytes of a file since its last Sync, the names in a folder since the
// last Sync of that folder.
type memory struct {
	mu    sync.Mutex
	root  *entry
	calls int
	fails func(call int) error                  // nil: the call succeeds
	short bool                                  // a write that fails has written half
	after func(m *memory, of *entry, fresh int) // each change; fresh are the bytes a write added
}

type entry struct {
	name     string // of the call that made it, for messages
	isDir    bool
	data     []byte
	safe     int
	children map[string]*entry
	kept     map[string]*entry // the names that are safe
}

func newMemory() *memory { return &memory{root: folderEntry("/")} }

func folderEntry(name string) *entry {
	return &entry{name: name, isDir: true, children: map[string]*entry{}, kept: map[string]*entry{}}
}

// call counts a call that changes something, and says whether it fails.
func (m *memory) call() error {
	m.calls++
	if m.fails == nil {
		return nil
	}
	return m.fails(m.calls)
}

func (m *memory) changed(e *entry, fresh int) {
	if m.after != nil {
		m.after(m, e, fresh)
	}
}

func namesIn(name string) []string {
	var out []string
	for s := range strings.SplitSeq(filepath.ToSlash(filepath.Clean(name)), "/") {
		if s != "" && s != "." {
			out = append(out, s)
		}
	}
	return out
}

func (m *memory) find(name string) *entry {
	at := m.root
	for _, s := range namesIn(name) {
		if at == nil || !at.isDir {
			return nil
		}
		at = at.children[s]
	}
	return at
}

func gone(op, name string) error { return &fs.PathError{Op: op, Path: name, Err: syscall.ENOENT} }

// change does something to the folder a name stands in.
func (m *memory) change(op, name string, do func(in *entry, base string) (*entry, error)) error {
	if err := m.call(); err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	in := m.find(filepath.Dir(name))
	if in == nil || !in.isDir {
		return gone(op, name)
	}
	e, err := do(in, filepath.Base(name))
	if err == nil {
		m.changed(e, 0)
	}
	return err
}

func (m *memory) Create(name string) (file, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var made *entry
	err := m.change("create", name, func(in *entry, base string) (*entry, error) {
		made = &entry{name: name}
		in.children[base] = made
		return made, nil
	})
	return &memoryFile{m, made}, err
}

func (m *memory) Mkdir(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mkdir(name)
}

func (m *memory) mkdir(name string) error {
	return m.change("mkdir", name, func(in *entry, base string) (*entry, error) {
		if in.children[base] != nil {
			return nil, &fs.PathError{Op: "mkdir", Path: name, Err: syscall.EEXIST}
		}
		in.children[base] = folderEntry(name)
		return in.children[base], nil
	})
}

func (m *memory) MkdirAll(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := "/"
	for _, s := range namesIn(name) {
		if at = filepath.Join(at, s); m.find(at) == nil {
			if err := m.mkdir(at); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *memory) Rename(from, to string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.change("rename", to, func(in *entry, base string) (*entry, error) {
		e, was := m.find(from), m.find(filepath.Dir(from))
		if e == nil {
			return nil, gone("rename", from)
		}
		if old := in.children[base]; old != nil && old.isDir && len(old.children) > 0 {
			return nil, &fs.PathError{Op: "rename", Path: to, Err: syscall.ENOTEMPTY}
		}
		delete(was.children, filepath.Base(from))
		in.children[base] = e
		return e, nil
	})
}

func (m *memory) Remove(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.change("remove", name, func(in *entry, base string) (*entry, error) {
		if e := in.children[base]; e == nil {
			return nil, gone("remove", name)
		} else if len(e.children) > 0 {
			return nil, &fs.PathError{Op: "remove", Path: name, Err: syscall.ENOTEMPTY}
		}
		delete(in.children, base)
		return in, nil
	})
}

func (m *memory) RemoveAll(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.find(name) == nil {
		return nil
	}
	return m.change("remove", name, func(in *entry, base string) (*entry, error) {
		delete(in.children, base)
		return in, nil
	})
}

func (m *memory) Sync(folder string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.call(); err != nil {
		return err
	}
	e := m.find(folder)
	if e == nil {
		return gone("sync", folder)
	}
	e.kept = maps.Clone(e.children)
	m.changed(e, 0)
	return nil
}

func (m *memory) Open(name string) (input, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.find(name)
	if e == nil || e.isDir {
		return nil, gone("open", name)
	}
	return memoryInput{bytes.NewReader(e.data)}, nil
}

func (m *memory) Stat(name string) (fs.FileInfo, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.find(name)
	if e == nil {
		return nil, gone("stat", name)
	}
	return memoryInfo{filepath.Base(name), e}, nil
}

func (m *memory) Lstat(name string) (fs.FileInfo, error) { return m.Stat(name) }

func (m *memory) Readlink(name string) (string, error) {
	return "", &fs.PathError{Op: "readlink", Path: name, Err: syscall.EINVAL}
}

func (m *memory) ReadDir(name string) ([]fs.DirEntry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.find(name)
	if e == nil || !e.isDir {
		return nil, gone("open", name)
	}
	var out []fs.DirEntry
	for _, child := range sortedKeys(e.children) {
		out = append(out, fs.FileInfoToDirEntry(memoryInfo{child, e.children[child]}))
	}
	return out, nil
}

type memoryFile struct {
	m *memory
	e *entry
}

func (f *memoryFile) Write(b []byte) (int, error) {
	f.m.mu.Lock()
	defer f.m.mu.Unlock()
	if err := f.m.call(); err != nil {
		n := 0
		if f.m.short {
			n = len(b) / 2
			f.e.data = append(f.e.data, b[:n]...)
		}
		return n, err
	}
	f.e.data = append(f.e.data, b...)
	f.m.changed(f.e, len(b))
	return len(b), nil
}

func (f *memoryFile) Sync() error {
	f.m.mu.Lock()
	defer f.m.mu.Unlock()
	if err := f.m.call(); err != nil {
		return err
	}
	f.e.safe = len(f.e.data)
	f.m.changed(f.e, 0)
	return nil
}

func (f *memoryFile) Close() error {
	f.m.mu.Lock()
	defer f.m.mu.Unlock()
	return f.m.call()
}

type memoryInput struct{ *bytes.Reader }

func (memoryInput) Close() error { return nil }

type memoryInfo struct {
	name string
	e    *entry
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return int64(len(i.e.data)) }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return i.e.isDir }
func (i memoryInfo) Sys() any           { return nil }
func (i memoryInfo) Mode() fs.FileMode {
	if i.e.isDir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

// lost is the file system after a loss of power: of what was not safe, nothing is
// there, or all of it but the last bytes of one file.
func (m *memory) lost(all bool, cut *entry, bytes int) *memory {
	return &memory{root: m.root.lost(all, cut, bytes)}
}

func (e *entry) lost(all bool, cut *entry, bytes int) *entry {
	if !e.isDir {
		end := e.safe
		if all {
			end = len(e.data)
		}
		if e == cut {
			end -= bytes
		}
		return &entry{name: e.name, data: e.data[:end:end], safe: end}
	}
	names := e.kept
	if all {
		names = e.children
	}
	out := folderEntry(e.name)
	for n, c := range names {
		out.children[n] = c.lost(all, cut, bytes)
	}
	out.kept = maps.Clone(out.children)
	return out
}

// String lists every file with its length.
func (m *memory) String() string {
	var b strings.Builder
	var walk func(path string, e *entry)
	walk = func(path string, e *entry) {
		if !e.isDir {
			fmt.Fprintf(&b, "%s %d\n", path, len(e.data))
		}
		for _, n := range sortedKeys(e.children) {
			walk(path+"/"+n, e.children[n])
		}
	}
	walk("", m.root)
	return b.String()
}
