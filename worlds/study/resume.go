package study

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"casus/lang/source"
	"casus/model"
	"casus/worlds/draw"
)

// Rest stands for the rows of worlds that a stopped run had solved beyond what
// its record shows: the blocks of options that were not finished.
type Rest struct {
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Plan is the plan a record was made by, as far as it shows in the record.
func (r *Record) Plan() Plan {
	p := Plan{Options: r.Asked, Worlds: r.Worlds, First: r.First, Seed: r.Seed, Design: r.Design, Horizon: r.Horizon, Date: r.Date, Baseline: r.Baseline}
	for _, v := range r.Views {
		p.Views = append(p.Views, v.Name)
	}
	if !slices.Contains(r.Asked, r.Baseline) { // one that is not run cannot be asked for
		p.Baseline = ""
	}
	if u := r.Until; u != nil {
		p.Worlds, p.Until, p.Measures, p.MostWorlds = u.First, u.HalfWidth, u.Measures, u.Most
	}
	return p
}

// continues says why a new run cannot go on from this record.
func (r *Record) continues(x *Record) error {
	if len(r.Asked) == 0 {
		return errors.New("the record does not say what was asked for, so it cannot be resumed: it is of an older program")
	}
	if r.Keep != "" {
		return source.Hint(errors.New("the record keeps sums in the place of rows, which only its sweep goes on with"), "casus sweep run FOLDER")
	}
	words := r.otherwise(x)
	if r.Design == draw.LatinHypercube || x.Until == nil && x.Worlds < r.Worlds {
		words = append(words, changed("worlds", r.Worlds, x.Worlds)...)
	}
	if len(words) > 0 {
		return fmt.Errorf("the record was made otherwise and cannot be resumed (%s): ask for the same, or run without --resume", strings.Join(words, "; "))
	}
	return nil
}

// changed says in words that something is not as it was.
func changed(what string, was, is any) []string {
	a, b := fmt.Sprint(was), fmt.Sprint(is)
	if a == b {
		return nil
	}
	return []string{fmt.Sprintf("%s %s in the record, now %s", what, cmp.Or(a, "unknown"), cmp.Or(b, "unknown"))}
}

// otherwise says in what, but for the number of worlds and the precision, the
// plan of another record is not that of this one.
func (r *Record) otherwise(x *Record) []string {
	var words []string
	differ := func(what string, was, is any) { words = append(words, changed(what, was, is)...) }
	differ("program", r.Program, x.Program)
	differ("case", r.Case, x.Case)
	differ("date", r.Date, x.Date)
	differ("horizon", r.Horizon, x.Horizon)
	differ("first world", r.First, x.First)
	differ("what is kept", cmp.Or(r.Keep, "rows"), cmp.Or(x.Keep, "rows"))
	differ("seed", r.Seed, x.Seed)
	differ("design", r.Design, x.Design)
	differ("baseline", r.Baseline, x.Baseline)
	differ("options", strings.Join(r.Asked, ","), strings.Join(x.Asked, ","))
	differ("views", strings.Join(r.ViewNames(), ","), strings.Join(x.ViewNames(), ","))
	differ("measures", strings.Join(r.MeasureNames(), ","), strings.Join(x.MeasureNames(), ","))
	return append(words, changedFiles(r.Files, x.Files)...)
}

// Differs says in what the plan of a record is not that of the run; nothing when
// both end in the same bytes.
func (w *Work) Differs(before *Record) []string {
	words := before.otherwise(w.r)
	was, is := before.Plan(), w.r.Plan()
	words = append(words, changed("worlds", was.Worlds, is.Worlds)...)
	words = append(words, changed("precision", was.Until, is.Until)...)
	if was.Until != 0 && is.Until != 0 {
		words = append(words, changed("measures of the precision", was.Measures, is.Measures)...)
		words = append(words, changed("most worlds", was.MostWorlds, is.MostWorlds)...)
	}
	return words
}

// changedFiles says which files are not as they were.
func changedFiles(was, is []File) []string {
	var out []string
	for _, d := range was {
		switch i := slices.IndexFunc(is, func(x File) bool { return x.Name == d.Name }); {
		case i < 0:
			out = append(out, d.Name+" is no longer used")
		case is[i].SHA256 != d.SHA256:
			out = append(out, d.Name+" has changed")
		}
	}
	for _, d := range is {
		if !slices.ContainsFunc(was, func(x File) bool { return x.Name == d.Name }) {
			out = append(out, d.Name+" was not used")
		}
	}
	return out
}

// give hands the worlds of a record to the jobs they are of.
func (r *Record) give(jobs []*job) error {
	made := map[string]*Result{}
	for i := range r.Results {
		made[r.Results[i].Option] = &r.Results[i]
	}
	for _, h := range r.History {
		made[h.Case+"/"+h.Option] = &h.Result
	}
	rest, err := r.readRest()
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if x := made[j.name]; x != nil {
			j.made = &Result{Option: j.o.Name, Title: j.o.Title, Size: x.Size, Ops: x.Ops, Slots: x.Slots, Chains: x.Chains, Otherwise: x.Otherwise, Reach: x.Reach}
			for v := range j.views {
				j.take(v, 0, x.Views[v].Values)
			}
		}
		for _, p := range rest {
			v := slices.IndexFunc(j.views, func(v *model.View) bool { return v.Name == p.texts[1] })
			if p.texts[0] == j.name && v >= 0 {
				j.take(v, p.from, p.columns)
			}
		}
	}
	return nil
}

// take puts columns in, the first row being that of world from.
func (j *job) take(v, from int, cols [][]float64) {
	n := 0
	for k, c := range cols {
		n = len(c)
		j.values[v][k] = longer(j.values[v][k], from+n)
		copy(j.values[v][k][from:], c)
	}
	j.seen[v] = longer(j.seen[v], from+n)
	for i := range n {
		j.seen[v][from+i] = true
	}
}

// leftOver are the rows of worlds that are solved and not in the record: of a
// job that is in it, those beyond its worlds.
func leftOver(jobs []*job, worlds int) []part {
	var out []part
	for _, j := range jobs {
		shown := 0
		if j.solved(worlds) {
			shown = worlds
		}
		for v, view := range j.views {
			seen := j.seen[v]
			for from := shown; from < len(seen); {
				to := from
				for to < len(seen) && seen[to] {
					to++
				}
				if to > from {
					out = append(out, part{texts: []string{j.name, view.Name}, columns: Cut(j.values[v], from, to), rows: to - from, from: from})
				}
				from = to + 1
			}
		}
	}
	return out
}

// Begun reports whether there is anything in a record that is worth keeping:
// an option that was finished, or worlds of one that was not.
func (r *Record) Begun() bool { return len(r.Results)+len(r.History)+len(r.rest) > 0 }

// writeRest writes the rows of what was not finished, if there are any, and
// notes their digest in the manifest to be.
func (r *Record) writeRest(d disk, folder string) error {
	r.Rest = nil
	if len(r.rest) == 0 {
		return nil
	}
	t := r.measureTable()
	t.parts = r.rest
	sum := sha256.New()
	if err := writeTable(d, filepath.Join(folder, restFile), t, sum); err != nil {
		return err
	}
	r.Rest = &Rest{SHA256: hex.EncodeToString(sum.Sum(nil))}
	for _, p := range r.rest {
		r.Rest.Rows += p.rows
	}
	return nil
}

// readRest reads them again, as runs of worlds without a gap; those of a record
// that comes of a journal are there already.
func (r *Record) readRest() ([]part, error) {
	if r.Rest == nil {
		return r.rest, nil
	}
	name := filepath.Join(r.folder, restFile)
	text, err := source.ReadFile(name, maxTable)
	if err != nil {
		return nil, fmt.Errorf("%s: corrupt record: %w", r.folder, err)
	}
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != r.Rest.SHA256 {
		return nil, fmt.Errorf("%s: corrupt record: %s is not the one its manifest names; run without --resume", r.folder, restFile)
	}
	rows, err := readTable(here{}, name, r.Rest.Rows, keyed{option: true, gaps: true, first: r.First})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows.unbroken(r.Measures)
}
