package ask

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"casus/lang/source"
	"casus/worlds/study"
)

// Keep says where the record of a run goes: into the folder that is named, else
// into one of the case. No record of another plan, and none that was not
// finished, is replaced unless that is asked for.
type Keep struct {
	Record  string
	Replace bool
}

// ownFolder takes the records that nobody has named a folder for.
const ownFolder = "casus-records"

// own is the nth folder for the records of a case.
func own(name string, n int) string {
	folder := filepath.Join(ownFolder, name)
	if n == 1 {
		return folder
	}
	return fmt.Sprintf("%s-%d", folder, n)
}

// mostOwn bounds the folders looked through.
const mostOwn = 10000

// place finds the folder for the record of a run. What is passed over is said.
func (k *Keep) place(w *study.Work, name string, to Told) (string, error) {
	if k.Record != "" {
		if err := MayMake(k.Record); err != nil {
			return "", err
		}
		taken, err := k.taken(w, k.Record)
		if err == nil && taken != "" {
			err = fmt.Errorf("%s holds %s; --replace writes over it, or name another folder", k.Record, taken)
		}
		return k.Record, err
	}
	if err := usable(ownFolder); err != nil {
		return otherPlace(name, err, to)
	}
	var first string
	for n := 1; n < mostOwn; n++ {
		folder := own(name, n)
		taken, err := k.taken(w, folder)
		if err != nil {
			taken = "something else: " + err.Error()
		}
		if taken == "" {
			if n > 1 {
				to.say("%s holds %s; this one is written to %s", own(name, 1), first, folder)
			}
			return folder, nil
		}
		if n == 1 {
			first = taken
		}
	}
	return "", errors.New("casus-records is full of other records: name a folder with --record")
}

// usable says why no record could be written into the folder of records, or why the
// folder could not be made.
func usable(folder string) error {
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		folder = filepath.Dir(folder)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is a file, not a folder", folder)
	}
	return cause(source.MayCreate(folder))
}

// cause takes the name of a file that nobody knows out of an error of the system.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// otherPlace makes a folder for the record of a run whose own cannot be written:
// among the temporary files, so that nobody who has named no folder goes without a
// report.
func otherPlace(name string, why error, to Told) (string, error) {
	parent, err := os.MkdirTemp("", "casus-records-")
	if err != nil {
		return "", fmt.Errorf("no record can be written here (%w), nor among the temporary files (%w): name a folder with --record", why, cause(err))
	}
	folder := filepath.Join(parent, name)
	to.say("no record can be written here (%v): this one goes to %s; --record names another place", why, folder)
	return folder, nil
}

// taken says what stands in a folder that must not be replaced; empty where
// nothing does. What can never be replaced is an error.
func (k *Keep) taken(w *study.Work, folder string) (string, error) {
	if err := study.Tidy(folder); err != nil {
		return "", err
	}
	if err := study.MayWrite(folder); err != nil {
		return "", err
	}
	s, err := study.Stands(folder)
	switch {
	case s != nil && s.Busy && !w.Holds():
		return "", fmt.Errorf("%s: %w", folder, study.ErrBusy)
	case k.Replace:
		return "", nil
	case err != nil:
		return "", err
	case s.Record == nil:
		return "", nil
	}
	differs := w.Differs(s.Record)
	switch {
	case len(differs) > 0:
		return "the record of another plan (" + strings.Join(differs, "; ") + ")", nil
	case !s.Whole:
		return "this run, stopped before its end (--resume goes on with it)", nil
	}
	return "", nil
}

// newest is the record of a case that a bare --resume means: the one last
// written of those that are not whole, else of all.
func newest(name string) string {
	return cmp.Or(best(name, func(s, of *study.Standing) bool {
		return !s.Busy && (of == nil || !s.Whole && of.Whole || s.Whole == of.Whole && s.Changed.After(of.Changed))
	}), own(name, 1))
}

// best is the folder of the record of a case before which the others stand back, of
// those that casus keeps; empty where none does. The one so far is nil at first.
func best(name string, before func(s, sofar *study.Standing) bool) string {
	folder := ""
	var of *study.Standing
	for n := 1; n < mostOwn; n++ {
		s, err := study.Stands(own(name, n))
		if err != nil {
			continue
		}
		if s.Record == nil {
			break
		}
		if s.Record.Case == name && before(s, of) {
			folder, of = own(name, n), s
		}
	}
	return folder
}

// finish runs what was begun, keeping what is done in the folder as it is done,
// and writes the record there. Whatever becomes of the record, the run is given
// back; lost then says where the record is instead. Of a run that is called off the
// record is partial, or where the whole alone is wanted, or only the summing up was left,
// there is an error that says where what was done is kept.
func finish(ctx context.Context, to Told, w *study.Work, folder string, whole bool) (r *study.Record, lost, err error) {
	if err := w.Keep(folder); err != nil {
		return nil, nil, fmt.Errorf("no record can be written: %w", err)
	}
	defer func() { err = errors.Join(err, w.Release()) }()
	w.Begins = to.Begins
	do := w.Run
	if whole {
		do = w.RunWhole
	}
	if r, err = do(ctx, to.progress); err != nil {
		return nil, nil, givenUp(to, w, folder, err)
	}
	if err := w.Close(); err != nil {
		to.say("what was done could not be kept on the way: %v", err)
	}
	if r.Partial && !r.Begun() {
		to.say("no option was finished; no record is written")
		return nil, nil, errors.Join(context.Canceled, w.Forget())
	}
	err = r.WriteWithin(ctx, folder)
	if errors.Is(err, context.Canceled) {
		return nil, nil, BrokenOff{folder}
	}
	if err != nil {
		return r, elsewhere(r, folder, err), nil
	}
	return r, nil, nil
}

// givenUp ends a run that gave no record. What one had done that was called off is kept
// in its journal, for a run that goes on.
func givenUp(to Told, w *study.Work, folder string, err error) error {
	if errors.Is(err, context.Canceled) && w.Begun() {
		return cmp.Or(w.Close(), error(BrokenOff{folder}))
	}
	if errors.Is(err, context.Canceled) {
		to.say("no world was finished; no record is written")
	}
	return errors.Join(err, w.Forget())
}

// elsewhere tries to write a record among the temporary files when its own folder
// fails, and says what came of it.
func elsewhere(r *study.Record, folder string, err error) error {
	parent, bad := os.MkdirTemp("", "casus-records-")
	if bad == nil {
		other := filepath.Join(parent, r.Case)
		if bad = r.Write(other); bad == nil {
			return fmt.Errorf("the record could not be written to %s (%w); it is in %s", folder, err, other)
		}
		os.RemoveAll(parent)
	}
	return fmt.Errorf("the record could not be written to %s (%w), nor elsewhere (%w); where %s can be read, --resume %s with --record FOLDER writes it without running again", folder, err, bad, folder, folder)
}

// Latest is the folder of the last record of a case that casus keeps and that is
// whole; empty where there is none.
func Latest(name string) string {
	return best(name, func(s, of *study.Standing) bool { return s.Whole && (of == nil || s.Changed.After(of.Changed)) })
}
