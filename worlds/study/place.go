package study

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// Standing tells what is found under the name of a record.
type Standing struct {
	Folder  string    // links followed
	Record  *Record   // its plan; nil: nothing is there
	Whole   bool      // a record that is finished
	Busy    bool      // another process is writing it
	Changed time.Time // when something was last written
}

// ErrBusy says that another process is writing a record.
var ErrBusy = errors.New("another run is writing its record there: wait for it, or name another folder")

// Stands says what stands under a name, or why no record can be written there. It
// reads the beginning of what it finds, and no rows. Whether it is busy is said beside
// an error too.
func Stands(name string) (*Standing, error) {
	d := here{}
	folder, err := pointed(d, name)
	if err != nil {
		return nil, err
	}
	journal := filepath.Join(folder, journalFile)
	s := &Standing{Folder: folder, Busy: locked(folder) || locked(journal)}
	if err := mayWrite(d, folder); err != nil {
		return s, err
	}
	r, err := readManifest(d, filepath.Join(folder, manifestFile))
	if err == nil {
		s.Record, s.Whole = r, !r.Partial
		s.Changed = changedAt(d, filepath.Join(folder, manifestFile))
	} else if !missing(d, filepath.Join(folder, manifestFile)) {
		return s, err // of another version
	}
	if missing(d, journal) {
		return s, nil
	}
	b, err := readJournal(d, journal)
	if err != nil {
		return s, nil
	}
	defer b.in.Close()
	if o, err := b.opening(journal); err == nil {
		s.Record, s.Whole, s.Changed = o.Record, false, changedAt(d, journal)
	}
	return s, nil
}

func changedAt(d disk, name string) time.Time {
	info, err := d.Stat(name)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// Keep makes the folder of the record and begins to write there what is done, as
// it is done, so that neither a kill nor a loss of power costs more than the last
// second. It says at once what would stop the record from being written in the
// end: a folder that cannot be, one that another run writes to, or too little room.
// The folder is this run's until Release, after Close and the record itself.
func (w *Work) Keep(name string) error { return w.keep(here{}, name) }

// Hold makes and takes the folder of a record that is written without a run, until
// Release; Forget gives it up.
func (w *Work) Hold(name string) error {
	_, err := w.hold(here{}, name)
	return err
}

// hold makes a folder and takes it.
func (w *Work) hold(d disk, name string) (string, error) {
	folder, err := pointed(d, name)
	if err != nil {
		return "", err
	}
	forget := forgets(d, folder)
	err = d.MkdirAll(folder)
	if err == nil {
		err = w.alone(d, folder)
	}
	if errors.Is(err, ErrBusy) { // nothing that is there is ours
		return "", fmt.Errorf("%s: %w", folder, err)
	}
	w.forget = forget
	if err != nil {
		return "", errors.Join(err, w.Forget())
	}
	return folder, nil
}

func (w *Work) keep(d disk, name string) error {
	folder, err := w.hold(d, name)
	if err != nil {
		return err
	}
	err = w.possible(d, folder)
	if err == nil {
		w.journal, err = openJournal(d, folder, func(j *Journal) {
			j.open(w.r)
			j.given(w.jobs)
		})
	}
	if err != nil {
		return errors.Join(err, w.Forget())
	}
	for _, j := range w.jobs {
		j.log = w.journal
	}
	return nil
}

// alone takes the folder for this run.
func (w *Work) alone(d disk, folder string) (err error) {
	if _, real := d.(here); !real { // a disk of the tests has one user
		return nil
	}
	if w.held, err = hold(folder); err == nil && locked(filepath.Join(folder, journalFile)) { // where folders cannot be held
		err = errors.Join(ErrBusy, w.Release())
	}
	return err
}

// Holds reports whether the run has taken the folder of its record.
func (w *Work) Holds() bool { return w.held != nil }

// Release lets others write to the folder that Keep took.
func (w *Work) Release() error {
	if w.held == nil {
		return nil
	}
	defer func() { w.held = nil }()
	return w.held.Close()
}

// forgets gives what takes away a journal and the folders made for it.
func forgets(d disk, folder string) func() error {
	var made []string
	for at := folder; missing(d, at); at = filepath.Dir(at) {
		made = append(made, at)
	}
	return func() error {
		err := d.RemoveAll(filepath.Join(folder, journalFile))
		for _, at := range made {
			d.Remove(at) // unless somebody put something there
		}
		return err
	}
}

// possible says what would stop the finished record from being written.
func (w *Work) possible(d disk, folder string) error {
	tmp, err := beside(d, folder)
	if err != nil {
		return err
	}
	if err := d.Remove(tmp); err != nil {
		return err
	}
	return w.room(folder)
}

// Close ends what Keep began and says what went wrong with it: what was written
// till then can be read, and the run itself is none the worse.
func (w *Work) Close() error {
	j := w.journal
	w.journal = nil
	return j.Close()
}

// Forget takes away what Keep wrote, of a run from which nothing is to be kept.
func (w *Work) Forget() error {
	if w.forget == nil {
		return nil
	}
	return errors.Join(w.Close(), w.forget(), w.Release())
}

// room says when there is too little of it on the disk.
func (w *Work) room(folder string) error {
	c := w.Cost()
	what := "the record needs"
	if c.Scratch > 0 {
		what = "the record and the file for the worlds need"
	}
	if have, known := w.free(folder); known && have < uint64(c.Disk+c.Scratch) {
		return fmt.Errorf("%s: %s up to %s and there are %s left: name another folder with --record, or ask for fewer worlds", folder, what, Bytes(c.Disk+c.Scratch), Bytes(int64(have)))
	}
	return nil
}

// Cost estimates what a run will take, in bytes.
type Cost struct {
	Memory  int64 // of the worlds alone; the graphs of options come on top
	Disk    int64 // of the record, at most: it and the journal stand side by side for a moment
	Scratch int64 // of the file for worlds that memory has no place for
}

// Cost estimates what the worlds of a plan take: of a run until a precision, if
// it takes all that it may.
func (w *Work) Cost() Cost {
	worlds := int64(w.Most())
	views := int64(len(w.r.Views))
	solved := views * worlds * 8 * int64(len(w.jobs)) * int64(len(w.r.Measures))
	drawn := views * worlds * 8 * int64(len(w.r.Numbers))
	c := Cost{
		Memory: solved + drawn + solved/8, // and which worlds are solved
		Disk:   2*(solved+drawn) + 4<<20,
	}
	if w.spill != nil {
		c.Scratch = 8 * int64(w.spill.cells)
	}
	return c
}

// Bytes is a number of bytes as people write it.
func Bytes(n int64) string {
	switch {
	case n >= 10<<30:
		return fmt.Sprintf("%d GB", n>>30)
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d KB", n>>10)
}

// Afford says when the worlds of a run take more memory than there is to take, in
// bytes, and how many would fit.
func (w *Work) Afford(memory int64) error {
	need := w.Cost().Memory
	if memory <= 0 || need <= memory {
		return nil
	}
	n := int64(w.Most())
	return fmt.Errorf("%d worlds take about %s of memory, and %s may be used: ask for at most %d, or for fewer options or views", n, Bytes(need), Bytes(memory), max(n*memory/need, 1))
}

// With is a cost with so many bytes of memory more.
func (c Cost) With(memory int64) Cost { c.Memory += memory; return c }

// Worlds says how much the worlds take, for people.
func (c Cost) Worlds() string { return Bytes(c.Memory) }

// Room says how much room on the disk a run takes, for people.
func (c Cost) Room() string { return fmt.Sprintf("up to %s of disk", Bytes(c.Disk+c.Scratch)) }

// String says what a run takes, for people.
func (c Cost) String() string {
	return fmt.Sprintf("about %s of memory and %s", Bytes(c.Memory), c.Room())
}
