package sweep

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"casus/lang/source"
	"casus/worlds/study"
)

// A block's file is a line that names the form, the digest of the manifest, the
// number of the block, the journal of its worlds, and a digest of all that.
const blockMagic = "casus block 1\n"

func (s *Sweep) blockFile(n int) string {
	return filepath.Join(s.folder, blocksFolder, fmt.Sprintf("%06d.block", n))
}

// sealed is the file of a block.
func (s *Sweep) sealed(n int, journal []byte) []byte {
	b := append([]byte(blockMagic), s.digest[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	b = append(b, journal...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// mostSums bounds the file of a block that keeps sums, in bytes.
const mostSums = 256 << 20

// errMissing says that a block was not done.
var errMissing = errors.New("missing")

// opened is the journal in the file of a block, if that is sound and of this sweep.
func (s *Sweep) opened(n int) ([]byte, error) {
	p := s.Blocks[n]
	most := int64(p.Worlds())*int64(s.work.Columns())*16 + 64<<20 // its worlds, and what is known of its option
	if s.Keep != "" {
		most = mostSums
	}
	b, err := source.ReadFile(s.blockFile(n), most)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errMissing
	}
	if err != nil && s.Barred(n) != nil {
		return nil, errors.New("a folder, to be taken away first")
	}
	if err != nil {
		return nil, err
	}
	return s.unsealed(n, b)
}

// unsealed is the content of the file of a block.
func (s *Sweep) unsealed(n int, b []byte) ([]byte, error) {
	head := len(blockMagic) + sha256.Size + 4
	if len(b) < head+sha256.Size || !bytes.HasPrefix(b, []byte(blockMagic)) {
		return nil, errors.New("cut off, or not a block")
	}
	body, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if is := sha256.Sum256(body); !bytes.Equal(is[:], sum) {
		return nil, errors.New("damaged: its bytes are not those that were written")
	}
	if !bytes.Equal(body[len(blockMagic):head-4], s.digest[:]) {
		return nil, errors.New("a block of another sweep")
	}
	if got := binary.LittleEndian.Uint32(body[head-4 : head]); got != uint32(n) {
		return nil, fmt.Errorf("block %d under another number", got)
	}
	return body[head:], nil
}

// Missing lists the blocks that were not done, with those whose files are unsound;
// what is wrong with these is put into wrong, which may be nil.
func (s *Sweep) Missing(wrong Faults) []int {
	var out []int
	for n := range s.Blocks {
		_, err := s.opened(n)
		if err == nil {
			continue
		}
		out = append(out, n)
		if wrong != nil && !errors.Is(err, errMissing) {
			wrong[n] = err
		}
	}
	return out
}

// Run does blocks on so many workers of this machine (0: one for each processor),
// those that are whole excepted. It may be stopped at any time: what has a name is
// whole.
func (s *Sweep) Run(ctx context.Context, blocks []int, workers int, tell study.Progress) error {
	for _, n := range blocks {
		if n < 0 || n >= len(s.Blocks) {
			return source.Misused("no block %d in this sweep, whose blocks are 0 to %d", n, len(s.Blocks)-1)
		}
	}
	var barred []error
	free := slices.DeleteFunc(slices.Clone(blocks), func(n int) bool {
		err := s.Barred(n)
		if err != nil {
			barred = append(barred, err)
		}
		return err != nil
	})
	return errors.Join(s.run(ctx, free, workers, tell), Few(barred))
}

// Few joins errors that are alike, not too many of them.
func Few(errs []error) error {
	if n := len(errs) - mostFaults; n > 1 {
		return errors.Join(append(slices.Clone(errs[:mostFaults]), fmt.Errorf("… and %d more such blocks", n))...)
	}
	return errors.Join(errs...)
}

// Left says what blocks hold that are still to be done.
type Left struct {
	Options int   // of which there are worlds
	Worlds  int   // each counted for each option and view
	Bytes   int64 // that the files of the blocks take at most
}

// Disk is the room that the files take, for people.
func (l Left) Disk() string { return study.Bytes(l.Bytes) }

// sumsTake bounds what the sums of one measure of one option take, in bytes, as
// far as was seen.
const sumsTake = 64 << 10

// Left counts what some blocks hold that have no file yet.
func (s *Sweep) Left(blocks []int) Left {
	var out Left
	options := map[string]bool{}
	for _, n := range blocks {
		if n < 0 || n >= len(s.Blocks) {
			continue
		}
		if _, err := os.Stat(s.blockFile(n)); err == nil {
			continue
		}
		p, names := s.Blocks[n], []string{s.Blocks[n].Option}
		if s.Keep != "" {
			names = s.Plan.Options
			out.Bytes += sumsTake * int64(len(names)) * int64(s.work.Columns())
		} else {
			out.Bytes += 8 * int64(p.Worlds()) * int64(s.work.Columns())
		}
		for _, name := range names {
			options[name] = true
			out.Worlds += p.Worlds()
		}
	}
	out.Options = len(options)
	return out
}

func (s *Sweep) run(ctx context.Context, blocks []int, workers int, tell study.Progress) error {
	do := s.worker(ctx)
	return study.Each(ctx, len(blocks), workers, tell, func(i int) error {
		n := blocks[i]
		if _, err := s.opened(n); err == nil {
			return nil
		}
		journal, err := do(s.Blocks[n])
		if err == nil {
			err = source.ReplaceText(s.blockFile(n), s.sealed(n, journal))
		}
		if err != nil && !s.Has(n) { // another may have done it, and cleared ours away
			return fmt.Errorf("block %d: %w", n, err)
		}
		return nil
	})
}

// Barred is the error of a block whose name something has that is no file, so that it
// cannot be done.
func (s *Sweep) Barred(n int) error {
	info, err := os.Stat(s.blockFile(n))
	if err != nil || !info.IsDir() {
		return nil
	}
	return fmt.Errorf("block %d: %s is a folder; take it away and run again", n, s.blockFile(n))
}

// Tidy clears away what writers that were killed left among the blocks, if it is of
// before a time.
func (s *Sweep) Tidy(before time.Time) error {
	folder := filepath.Join(s.folder, blocksFolder)
	list, err := os.ReadDir(folder)
	for _, e := range list {
		info, bad := e.Info()
		if bad != nil || !strings.HasPrefix(e.Name(), ".casus-") || !info.Mode().IsRegular() || !info.ModTime().Before(before) {
			continue
		}
		if bad := os.Remove(filepath.Join(folder, e.Name())); !errors.Is(bad, fs.ErrNotExist) {
			err = errors.Join(err, bad)
		}
	}
	return err
}

// worker gives a function that does a block and returns its content.
func (s *Sweep) worker(ctx context.Context) func(study.Piece) ([]byte, error) {
	if s.Keep == "" {
		hand := s.work.Hand()
		return func(p study.Piece) ([]byte, error) { return hand.Do(ctx, p) }
	}
	adder := s.work.Adder()
	return func(p study.Piece) ([]byte, error) {
		x, err := adder.Do(ctx, p)
		if err != nil {
			return nil, err
		}
		return x.Bytes(), nil
	}
}

// Incomplete says which blocks a record lacks.
type Incomplete struct {
	Missing []int
	Of      int
	Unsound Faults // of the missing, those that have a file
}

func (e *Incomplete) Error() string {
	out := fmt.Sprintf("%d of %d blocks are missing: %s", len(e.Missing), e.Of, Ranges(e.Missing))
	if len(e.Unsound) > 0 {
		out += "; " + strings.Join(e.Unsound.Lines(), "; ")
	}
	return out
}

// Faults are blocks whose files cannot be used, and why.
type Faults map[int]error

// mostFaults bounds the reasons that are listed.
const mostFaults = 8

// Lines says which blocks they are, those of one reason together and in the order of
// the blocks; not too many of them.
func (f Faults) Lines() []string {
	of, reasons := map[string][]int{}, []string{}
	for _, n := range slices.Sorted(maps.Keys(f)) {
		why := f[n].Error()
		if of[why] == nil {
			reasons = append(reasons, why)
		}
		of[why] = append(of[why], n)
	}
	var out []string
	for i, why := range reasons {
		blocks := of[why]
		switch {
		case i == mostFaults && len(reasons) > mostFaults+1:
			return append(out, fmt.Sprintf("… and %d more that cannot be used", len(f)-told(of, reasons[:i])))
		case len(blocks) == 1:
			out = append(out, fmt.Sprintf("block %d is %s", blocks[0], why))
		default:
			out = append(out, fmt.Sprintf("each of the blocks %s is %s", Ranges(blocks), why))
		}
	}
	return out
}

// told counts the blocks of some reasons.
func told(of map[string][]int, reasons []string) int {
	n := 0
	for _, why := range reasons {
		n += len(of[why])
	}
	return n
}

// Merge joins the blocks to a run that has only to be finished. Where some are
// missing the error is *Incomplete.
func (s *Sweep) Merge(ctx context.Context) (*study.Work, error) {
	lacks := &Incomplete{Of: len(s.Blocks), Unsound: Faults{}}
	for n, p := range s.Blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		journal, err := s.opened(n)
		if err == nil {
			err = s.work.Take(p, journal)
		}
		if err == nil {
			continue
		}
		lacks.Missing = append(lacks.Missing, n)
		if !errors.Is(err, errMissing) {
			lacks.Unsound[n] = err
		}
	}
	if len(lacks.Missing) > 0 {
		return nil, lacks
	}
	return s.work, nil
}

// MergeSums joins the blocks of a sweep that keeps sums to a record, in the memory
// that the sums of its views take. Where some are missing the error is *Incomplete.
func (s *Sweep) MergeSums(ctx context.Context) (*study.Record, error) {
	lacks, adder := &Incomplete{Of: len(s.Blocks), Unsound: Faults{}}, s.work.Adder()
	all := make([]*study.Sums, len(s.Plan.Views))
	for n, p := range s.Blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, err := s.opened(n)
		var x *study.Sums
		if err == nil {
			x, err = adder.ReadSums(p, text)
		}
		switch v := slices.Index(s.Plan.Views, p.View); {
		case err != nil:
			lacks.Missing = append(lacks.Missing, n)
			if !errors.Is(err, errMissing) {
				lacks.Unsound[n] = err
			}
		case all[v] == nil:
			all[v] = x
		default:
			all[v].Merge(x)
		}
	}
	if len(lacks.Missing) > 0 {
		return nil, lacks
	}
	return adder.Record(ctx, all)
}

// Work is the run that the sweep divides.
func (s *Sweep) Work() *study.Work { return s.work }

// mostRanges bounds what is listed of missing blocks.
const mostRanges = 12

// Ranges writes numbers in order as 3, 7–12.
func Ranges(list []int) string {
	var out []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		words := strconv.Itoa(list[i])
		if j > i {
			words += "–" + strconv.Itoa(list[j])
		}
		if out = append(out, words); len(out) == mostRanges && j+1 < len(list) {
			return strings.Join(out, ", ") + fmt.Sprintf(" and %d more", len(list)-j-1)
		}
		i = j + 1
	}
	return strings.Join(out, ", ")
}
