package study

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"path/filepath"
	"sync"
	"time"

	"casus/crew"
	"casus/game/crisis"
)

// A journal holds what a run has done, from its first second: it stands in the
// folder of the record to be, and goes when the record is whole. It is a line
// that names the form and then blocks, each with its kind, its length and a
// checksum that takes in all blocks before it. A block that was cut off, or
// changed, ends what is read; all before it is believed.
//
// The first block is the record as far as it is known before anything is solved.
// Then come, in any order, the draws of a view, what is known of an option once
// it is compiled, and blocks of solved worlds.
const (
	journalFile  = "run.journal"
	journalMagic = "casus journal 1\n"
)

// The kinds of block.
const (
	blockOpening = 'O' // JSON
	blockDraws   = 'D' // view, first world, worlds, columns, then the columns
	blockMade    = 'M' // JSON
	blockWorlds  = 'W' // job, view, first world, worlds, columns, then the columns
)

// syncEvery is how often the bytes of a journal are made safe from a loss of
// power. What was done since the last time may be lost with it.
const syncEvery = time.Second

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// opening is the first block of a journal.
type opening struct {
	Record *Record `json:"record"`
}

// made holds what is known of a job once its option is compiled.
type made struct {
	Job    int          `json:"job"`
	Title  string       `json:"title"`
	Size   crisis.Size  `json:"graph"`
	Ops    int          `json:"operations"`
	Slots  int          `json:"slots"`
	Chains []ViewChains `json:"chains"`

	Otherwise *Otherwise    `json:"otherwise,omitempty"`
	Reach     []ReachedView `json:"reach,omitempty"`
}

// Journal keeps what a run has done, as it does it. A nil Journal keeps nothing. It is safe for
// concurrent use. The first error ends it, and the run goes on without.
type Journal struct {
	mu     sync.Mutex
	f      file
	sum    uint32
	buf    []byte
	err    error
	dirty  bool
	ticker *time.Ticker
	over   chan struct{}
	gone   crew.Crew
}

// openJournal makes the journal of a run in the folder of its record, with what
// is known so far. It gets its name when that is safe on the disk, so that what
// stood under the name is there until then.
func openJournal(d disk, folder string, write func(*Journal)) (*Journal, error) {
	name := filepath.Join(folder, journalFile)
	f, err := d.Create(name + newSuffix)
	if err != nil {
		return nil, err
	}
	j := &Journal{f: f, over: make(chan struct{})}
	sole(f)
	_, j.err = io.WriteString(f, journalMagic)
	write(j)
	err = j.err
	for _, step := range []func() error{f.Sync, func() error { return d.Rename(name+newSuffix, name) }, func() error { return d.Sync(folder) }, func() error { return d.Sync(filepath.Dir(folder)) }} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		f.Close()
		d.RemoveAll(name + newSuffix)
		return nil, err
	}
	j.ticker = time.NewTicker(syncEvery)
	j.gone.Go(j.keepSafe)
	return j, nil
}

// keepSafe syncs at intervals what was written, without holding up the writers.
func (j *Journal) keepSafe() {
	for {
		select {
		case <-j.over:
			return
		case <-j.ticker.C:
			j.mu.Lock()
			due := j.dirty && j.err == nil
			j.dirty = false
			j.mu.Unlock()
			if due {
				j.fail(j.f.Sync())
			}
		}
	}
}

func (j *Journal) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.err = err
	}
}

// Close ends the journal and says what went wrong with it, if anything did.
func (j *Journal) Close() error {
	if j == nil {
		return nil
	}
	j.ticker.Stop()
	close(j.over)
	j.gone.Wait()
	err := j.err
	if err == nil {
		err = j.f.Sync()
	}
	return errors.Join(err, j.f.Close())
}

// block adds one block: kind, length, content, checksum.
func (j *Journal) block(kind byte, fill func(b []byte) []byte) {
	if j == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return
	}
	b := append(j.buf[:0], kind, 0, 0, 0, 0)
	b = fill(b)
	binary.LittleEndian.PutUint32(b[1:], uint32(len(b)-blockHead))
	j.sum = crc32.Update(j.sum, castagnoli, b)
	b = binary.LittleEndian.AppendUint32(b, j.sum)
	_, j.err = j.f.Write(b)
	j.buf, j.dirty = b, true
}

// blockHead is how many bytes stand before the content of a block.
const blockHead = 5

func (j *Journal) json(kind byte, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		j.fail(err)
		return
	}
	j.block(kind, func(b []byte) []byte { return append(b, text...) })
}

// numbers adds a block of columns; head says of what.
func (j *Journal) numbers(kind byte, columns [][]float64, rows int, head ...int) {
	if rows == 0 {
		return
	}
	j.block(kind, func(b []byte) []byte {
		for _, n := range append(head, rows, len(columns)) {
			b = binary.LittleEndian.AppendUint32(b, uint32(n))
		}
		for _, c := range columns {
			for _, x := range c[:rows] {
				b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
			}
		}
		return b
	})
}

// open writes what a run begins with.
func (j *Journal) open(r *Record) {
	j.json(blockOpening, opening{r})
}

// draws writes worlds from … of every view.
func (j *Journal) draws(r *Record, from int) {
	if j == nil {
		return
	}
	for v, view := range r.Views {
		for at := from; at < r.design.N; at += journalRows {
			to := min(at+journalRows, r.design.N)
			j.numbers(blockDraws, Cut(r.Draws[view.Name], at, to), to-at, v, at)
		}
	}
}

// journalRows bounds the worlds of one block.
const journalRows = 4096

// made writes what is known of a job once it is compiled.
func (j *Journal) made(x *job) {
	if j == nil {
		return
	}
	j.json(blockMade, made{x.at, x.made.Title, x.made.Size, x.made.Ops, x.made.Slots, x.made.Chains, x.made.Otherwise, x.made.Reach})
}

// worlds writes solved worlds of a job.
func (j *Journal) worlds(x *job, s span) {
	if j == nil {
		return
	}
	for at := s.from; at < s.to; at += journalRows {
		to := min(at+journalRows, s.to)
		j.numbers(blockWorlds, Cut(x.values[s.view], at, to), to-at, x.at, s.view, at)
	}
}

// given writes what a run that goes on was handed.
func (j *Journal) given(jobs []*job) {
	for _, x := range jobs {
		if x.made != nil {
			j.made(x)
		}
		for v, seen := range x.seen {
			for from := 0; from < len(seen); {
				to := from
				for to < len(seen) && seen[to] {
					to++
				}
				j.worlds(x, span{v, from, to})
				from = to + 1
			}
		}
	}
}

// reader reads the blocks of a journal one by one.
type reader struct {
	in   input
	left int64 // bytes of the file not yet read
	sum  uint32
}

func readJournal(d disk, name string) (*reader, error) {
	in, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	b := &reader{in: in, left: in.Size()}
	magic := make([]byte, len(journalMagic))
	if _, err := io.ReadFull(in, magic); err != nil || !bytes.Equal(magic, []byte(journalMagic)) {
		in.Close()
		return nil, fmt.Errorf("%s: not the journal of a run", name)
	}
	b.left -= int64(len(magic))
	return b, nil
}

// next is the next sound block; false where there is none, be it that the file
// ends, or that a block is cut off or changed.
func (b *reader) next() (kind byte, content []byte, ok bool) {
	var head [blockHead]byte
	if _, err := io.ReadFull(b.in, head[:]); err != nil {
		return 0, nil, false
	}
	n := int64(binary.LittleEndian.Uint32(head[1:]))
	if b.left -= blockHead + n + 4; b.left < 0 {
		return 0, nil, false
	}
	content = make([]byte, n+4)
	if _, err := io.ReadFull(b.in, content); err != nil {
		return 0, nil, false
	}
	content, tail := content[:n], content[n:]
	b.sum = crc32.Update(crc32.Update(b.sum, castagnoli, head[:]), castagnoli, content)
	return head[0], content, binary.LittleEndian.Uint32(tail) == b.sum
}

// opening reads the first block.
func (b *reader) opening(name string) (*opening, error) {
	kind, text, ok := b.next()
	if !ok || kind != blockOpening {
		return nil, fmt.Errorf("%s: nothing can be read of it: its first block is cut off or damaged", name)
	}
	o := &opening{}
	if err := json.Unmarshal(text, o); err != nil {
		return nil, fmt.Errorf("%s: not the journal of a run: %w", name, err)
	}
	if o.Record == nil {
		return nil, fmt.Errorf("%s: not the journal of a run: its first block is no record", name)
	}
	if o.Record.Version != Version {
		return nil, fmt.Errorf("%s: of a record of version %d; this program reads version %d", name, o.Record.Version, Version)
	}
	return o, nil
}

// ints takes n numbers from the front of a block.
func ints(content []byte, n int) ([]int, []byte, bool) {
	if len(content) < 4*n {
		return nil, nil, false
	}
	out := make([]int, n)
	for i := range out {
		out[i] = int(binary.LittleEndian.Uint32(content[4*i:]))
	}
	return out, content[4*n:], true
}

// columnsOf reads so many rows and columns, which must be the whole of what is
// left of a block.
func columnsOf(content []byte, rows, columns int) ([][]float64, bool) {
	if rows < 1 || rows > MaxWorlds || columns > len(content) || int64(len(content)) != 8*int64(rows)*int64(columns) {
		return nil, false
	}
	out := make([][]float64, columns)
	for k := range out {
		out[k] = make([]float64, rows)
		for i := range out[k] {
			out[k][i] = math.Float64frombits(binary.LittleEndian.Uint64(content))
			content = content[8:]
		}
	}
	return out, true
}

func madeOf(content []byte) (*made, error) {
	m := &made{}
	return m, json.Unmarshal(content, m)
}
