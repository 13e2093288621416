package study

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
)

// mostShelved bounds the numbers that a shelf keeps beside the record read last:
// 32 M of them are 256 MB.
const mostShelved = 32 << 20

// Shelf keeps the records read last, each by what its files hold, so that a server
// reads and checks a record once and not for every question of it. The zero value
// is empty; it is safe for concurrent use, and readings wait for each other. A nil
// shelf keeps nothing.
type Shelf struct {
	mu   sync.Mutex
	held []*shelved // the one used last comes last
}

type shelved struct {
	digest [sha256.Size]byte
	r      *Record
}

// Read gives the record of a name as Read and, where draws are wanted, ReadDraws
// do. What it gives shares its rows with what others were given: nobody may write
// to them.
func (s *Shelf) Read(name string, draws bool) (*Record, error) {
	if s == nil {
		return readWith(name, draws)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	digest, err := digestOf(here{}, name)
	if err != nil {
		return readWith(name, draws) // which says what is wrong, and with which file
	}
	x, err := s.taken(name, digest)
	if err != nil {
		return nil, err
	}
	if draws && x.r.Draws == nil {
		if err := x.r.ReadDraws(name); err != nil {
			return nil, err
		}
	}
	if now, err := digestOf(here{}, name); err == nil && now == digest {
		s.keep(x)
	} // else it was written anew while it was read, and this is the one before
	out := *x.r
	out.folder, out.Warnings = folderOf(here{}, name), slices.Clip(out.Warnings)
	return &out, nil
}

func readWith(name string, draws bool) (*Record, error) {
	r, err := Read(name)
	if err != nil || !draws {
		return r, err
	}
	return r, r.ReadDraws(name)
}

// taken is the record off the shelf, or read; it is on the shelf no more.
func (s *Shelf) taken(name string, digest [sha256.Size]byte) (*shelved, error) {
	if i := slices.IndexFunc(s.held, func(x *shelved) bool { return x.digest == digest }); i >= 0 {
		x := s.held[i]
		s.held = slices.Delete(s.held, i, i+1)
		return x, nil
	}
	r, err := Read(name)
	return &shelved{digest, r}, err
}

// keep puts a record onto the shelf, and takes off what has been there longest
// while there is too much on it.
func (s *Shelf) keep(x *shelved) {
	s.held = append(s.held, x)
	for len(s.held) > 1 && s.size() > mostShelved {
		s.held = slices.Delete(s.held, 0, 1)
	}
}

// sizeOfSums is taken for what the sums of a record take beside rows.
const sizeOfSums = 4 << 20

func (s *Shelf) size() int {
	n := 0
	for _, x := range s.held {
		if x.r.Keep != "" {
			n += sizeOfSums
			continue
		}
		n += x.r.rows()*len(x.r.Measures) + len(x.r.Draws)*len(x.r.Numbers)*x.r.Worlds
	}
	return n
}

// digestOf is a digest of all that a record is read from. A file that is not there
// is told from an empty one.
func digestOf(d disk, name string) (out [sha256.Size]byte, err error) {
	h, folder := sha256.New(), folderOf(d, name)
	for _, file := range []string{manifestFile, measuresFile, worldsFile, sumsFile, journalFile} {
		one, err := digestOfFile(d, filepath.Join(folder, file))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return out, err
		}
		h.Write(one) // of a fixed length, or nothing
		io.WriteString(h, file)
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

func digestOfFile(d disk, name string) ([]byte, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}
