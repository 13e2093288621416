package sweep

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"casus/lang/source"
	"casus/worlds/study"
)

// Worker does blocks for who has no folder in common with the sweep: it gives the
// bytes of a block's file, which Put takes. It is safe for concurrent use.
func (s *Sweep) Worker(ctx context.Context) func(n int) ([]byte, error) {
	do := s.worker(ctx)
	return func(n int) ([]byte, error) {
		if n < 0 || n >= len(s.Blocks) {
			return nil, fmt.Errorf("no block %d in this sweep", n)
		}
		content, err := do(s.Blocks[n])
		if err != nil {
			return nil, err
		}
		return s.sealed(n, content), nil
	}
}

// Put gives a block its place if its bytes are sound, of this sweep, and such as its
// worlds have.
func (s *Sweep) Put(n int, text []byte) error {
	if n < 0 || n >= len(s.Blocks) {
		return fmt.Errorf("no block %d in this sweep", n)
	}
	content, err := s.unsealed(n, text)
	if err == nil {
		err = s.fits(n, content)
	}
	if err != nil {
		return &Unsound{n, err}
	}
	return source.ReplaceText(s.blockFile(n), text)
}

// Has reports whether a block is done and sound.
func (s *Sweep) Has(n int) bool {
	_, err := s.opened(n)
	return err == nil
}

// Unsound is a block whose bytes cannot be used.
type Unsound struct {
	Block int
	Err   error
}

func (e *Unsound) Error() string { return fmt.Sprintf("block %d is %v", e.Block, e.Err) }

func (e *Unsound) Unwrap() error { return e.Err }

// fits is the error of a block's content that is not such as its worlds have.
func (s *Sweep) fits(n int, content []byte) error {
	if s.Keep == "" {
		return s.work.Check(s.Blocks[n], content)
	}
	_, err := s.work.Adder().ReadSums(s.Blocks[n], content)
	return err
}

// Parcel is a sweep without its blocks, to be sent to a worker.
type Parcel struct {
	Manifest []byte            `json:"manifest"`
	Model    map[string][]byte `json:"model"` // by name of the copy
}

// MostParcel bounds a parcel, in bytes.
const MostParcel = 512 << 20

// Pack makes a parcel of the sweep.
func (s *Sweep) Pack() ([]byte, error) {
	text, err := source.ReadFile(filepath.Join(s.folder, manifestFile), maxManifest)
	if err != nil {
		return nil, err
	}
	p := Parcel{text, map[string][]byte{}}
	for _, o := range s.Own {
		if p.Model[o.Copy], err = source.ReadFile(filepath.Join(s.folder, modelFolder, o.Copy), source.MaxSize); err != nil {
			return nil, err
		}
	}
	return json.Marshal(p)
}

// copied is the name of a file of the model in a sweep.
var copied = regexp.MustCompile(`^[0-9]{3,6}\.casus$`)

// Unpack puts a parcel into a folder that is empty, and opens the sweep, which must
// have this digest.
func Unpack(ctx context.Context, parcel []byte, folder, digest string) (*Sweep, error) {
	var p Parcel
	if err := json.NewDecoder(bytes.NewReader(parcel)).Decode(&p); err != nil {
		return nil, fmt.Errorf("not a sweep: %w", err)
	}
	for _, name := range []string{modelFolder, blocksFolder} {
		if err := os.MkdirAll(filepath.Join(folder, name), 0o777); err != nil {
			return nil, err
		}
	}
	for name, text := range p.Model {
		if !copied.MatchString(name) {
			return nil, fmt.Errorf("%.60q cannot be a file of a sweep", name)
		}
		if err := source.ReplaceText(filepath.Join(folder, modelFolder, name), text); err != nil {
			return nil, err
		}
	}
	if err := source.ReplaceText(filepath.Join(folder, manifestFile), p.Manifest); err != nil {
		return nil, err
	}
	s, err := Open(ctx, folder)
	if err == nil && s.Digest() != digest {
		err = errors.New("another sweep than was asked for")
	}
	return s, err
}

// Same reports whether the first worlds of a block that came from elsewhere are those
// that this machine makes of them: what checksums cannot tell of a machine that is
// not sound. Sums cannot be asked.
func (s *Sweep) Same(ctx context.Context, n int, text []byte) (bool, error) {
	if s.Keep != "" {
		return true, nil
	}
	content, err := s.unsealed(n, text)
	if err != nil {
		return false, err
	}
	p := s.Blocks[n]
	p.To = min(p.To, p.From+study.Block)
	own, err := s.spotter().Do(ctx, p)
	if err != nil {
		return false, err
	}
	return s.work.SameStart(p, own, s.Blocks[n], content)
}

// spotter is one hand for all that is done again here.
func (s *Sweep) spotter() *study.Hand {
	s.spot.Do(func() { s.hand = s.work.Hand() })
	return s.hand
}
