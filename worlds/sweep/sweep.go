// Package sweep does one run on several machines that share a folder, or hand
// files to each other.
//
//  1. Plan writes the folder: a manifest with digests of all that the run depends
//     on, the model's own files, and the list of blocks.
//  2. Run does blocks, each into a file of its own, which gets its name when it is
//     whole. A block that was done is not done again; one done twice is the same.
//  3. Merge joins them, in whatever order they were done, to the record that one
//     machine would have made, to the byte. It names what is missing and refuses
//     what does not match.
//
// The manifest is the truth; what hands out the blocks (a processor, an array of
// batch jobs) is an Engine and may forget or repeat.
package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus/catalog"
	"casus/crew"
	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/study"
)

// The files of a sweep.
const (
	manifestFile = "sweep.json"
	modelFolder  = "model"
	blocksFolder = "blocks"
)

// version is that of the folder's form.
const version = 2

// MostBlocks bounds the blocks of a sweep.
const MostBlocks = 1 << 20

// Manifest says what is to be done.
type Manifest struct {
	Version int            `json:"version"`
	Program string         `json:"program"`
	Build   string         `json:"build"`           // of that program (finding.Build)
	Trial   string         `json:"trial,omitempty"` // what it makes of a few worlds, where its source is not known
	Case    string         `json:"case"`
	Plan    Plan           `json:"plan"`
	Keep    string         `json:"keep,omitempty"` // summaries: sums in the place of rows
	Files   []finding.File `json:"files"`          // that the model was read from
	Own     []Own          `json:"own"`            // of these, those that do not ship
	Worlds  int            `json:"worlds_per_block"`
	Blocks  []study.Piece  `json:"blocks"`
}

// Plan holds the settings that the result depends on.
type Plan struct {
	Options   []string `json:"options"`
	Views     []string `json:"views"`
	Worlds    int      `json:"worlds"`
	Seed      uint64   `json:"seed"`
	Design    string   `json:"design"`
	Horizon   int      `json:"horizon_years"`
	Date      string   `json:"date"`
	Baseline  string   `json:"baseline"`
	MaxStates int      `json:"max_states"`
}

// Own is a file of the user's: a copy stands in the folder, under a number.
type Own struct {
	Name  string `json:"name"`
	Added string `json:"added"` // the name by which files use it; empty: it is one of the case
	Copy  string `json:"copy"`
}

// Sweep is a folder with its manifest, its model and its run.
type Sweep struct {
	Manifest
	folder string
	digest [sha256.Size]byte // of the manifest
	work   *study.Work
	spot   crew.Once
	hand   *study.Hand // that does again what came from elsewhere
}

// Texts are the files of a case that do not ship.
type Texts struct {
	Own   []*source.File
	Added []catalog.Added
}

// New writes the folder of a sweep, which must not be there or be empty, and opens
// it. A block has so many worlds, but for the last of each option and view.
func New(ctx context.Context, folder, name string, texts Texts, p study.Plan, worlds int) (*Sweep, error) {
	if err := empty(folder); err != nil {
		return nil, err
	}
	m, err := load(name, texts)
	if err != nil {
		return nil, err
	}
	w, err := study.Begin(m, m.Case(name), p)
	if err != nil {
		return nil, err
	}
	is := w.Plan()
	x := Manifest{Version: version, Program: finding.Program(), Build: finding.Build(), Case: name, Files: m.Digests(), Own: []Own{}, Worlds: worlds,
		Plan: Plan{is.Options, is.Views, is.Worlds, is.Seed, is.Design, is.Horizon, is.Date, is.Baseline, p.MaxStates}}
	if p.Summed {
		x.Keep = study.KeepsSums
	}
	if x.Blocks, err = x.pieces(w); err != nil {
		return nil, err
	}
	if !finding.BySource(x.Build) {
		if x.Trial, err = (&Sweep{Manifest: x, work: w}).trial(ctx); err != nil {
			return nil, err
		}
	}
	if err := x.write(folder, texts); err != nil {
		return nil, err
	}
	return Open(ctx, folder)
}

// pieces are the blocks of a run, which are counted before they are made.
func (x *Manifest) pieces(w *study.Work) ([]study.Piece, error) {
	each, least := w.Cuts(x.Worlds, x.Keep == study.KeepsSums)
	if each > MostBlocks {
		return nil, source.Hint(source.Misused("%d blocks of %d worlds; %d are the most", each, x.Worlds, MostBlocks), fmt.Sprintf("give each at least %d worlds: --block", least(MostBlocks)))
	}
	if x.Keep == study.KeepsSums {
		return w.Stretches(x.Worlds)
	}
	return w.Pieces(x.Worlds)
}

// load loads the model of a case.
func load(name string, texts Texts) (*model.Model, error) {
	m, problems := catalog.Files(texts.Own, texts.Added...)
	if len(texts.Own) == 0 {
		var err error
		if m, problems, err = catalog.Case(name); err != nil {
			return nil, err
		}
	}
	if bad := problems.Errors(); len(bad) > 0 {
		return nil, bad
	}
	if m.Case(name) == nil {
		return nil, fmt.Errorf("the model has no case %s", name)
	}
	return m, nil
}

// empty is the error of a folder that holds something.
func empty(folder string) error {
	if err := source.MayBeFolder(folder); err != nil {
		return err
	}
	list, err := os.ReadDir(folder)
	if err == nil && len(list) > 0 {
		return fmt.Errorf("%s is not empty: name another folder for the sweep", folder)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (x *Manifest) write(folder string, texts Texts) error {
	if err := os.MkdirAll(filepath.Join(folder, blocksFolder), 0o777); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(folder, modelFolder), 0o777); err != nil {
		return err
	}
	copied := func(f *source.File, added string) error {
		o := Own{f.Name, added, fmt.Sprintf("%03d.casus", len(x.Own))}
		x.Own = append(x.Own, o)
		return source.ReplaceText(filepath.Join(folder, modelFolder, o.Copy), f.Text)
	}
	for _, f := range texts.Own {
		if err := copied(f, ""); err != nil {
			return err
		}
	}
	for _, a := range texts.Added {
		if err := copied(a.File, a.Name); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(x, "", "  ")
	if err != nil {
		return err
	}
	return source.ReplaceText(filepath.Join(folder, manifestFile), source.Seal(text))
}

// What a manifest may hold, in bytes, values, nesting and bytes of one text.
const (
	maxManifest = 256 << 20
	maxValues   = 16 * MostBlocks
	maxNesting  = 8
	maxText     = 1 << 16
)

// Open reads the folder of a sweep and holds the program and the model against its
// digests.
func Open(ctx context.Context, folder string) (*Sweep, error) {
	name := filepath.Join(folder, manifestFile)
	text, err := source.ReadFile(name, maxManifest)
	if errors.Is(err, fs.ErrNotExist) || source.MayBeFolder(folder) != nil {
		return nil, source.Hint(fmt.Errorf("%s: no sweep here", folder), "a sweep is a folder with "+manifestFile+"; casus sweep plan makes one")
	}
	if err != nil {
		return nil, err
	}
	s := &Sweep{folder: folder, digest: sha256.Sum256(text)}
	if err := source.UnmarshalWithin(text, &s.Manifest, maxValues, maxNesting, maxText); err != nil {
		return nil, fmt.Errorf("%s: not the manifest of a sweep: %w", name, err)
	}
	if s.Version != version {
		return nil, fmt.Errorf("%s: a sweep of version %d; this program knows version %d", name, s.Version, version)
	}
	if err = s.otherProgram(); err == nil {
		err = s.begin()
	}
	if err == nil {
		err = s.tryOut(ctx)
	}
	switch {
	case !source.Sealed(text) && err != nil:
		return nil, fmt.Errorf("%s: not as casus wrote it, changed or damaged: %v", name, err)
	case !source.Sealed(text):
		return nil, fmt.Errorf("%s: not as casus wrote it, changed or damaged: plan the sweep again", name)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// begin loads the model and settles the run, which must be the one that was planned.
func (s *Sweep) begin() error {
	texts, err := s.texts()
	if err != nil {
		return err
	}
	m, err := load(s.Case, texts)
	if err != nil {
		return err
	}
	if err := sameFiles(s.Files, m.Digests()); err != nil {
		return err
	}
	if err := s.check(); err != nil {
		return err
	}
	p := s.Plan
	s.work, err = study.Begin(m, m.Case(s.Case), study.Plan{Options: p.Options, Views: p.Views, Worlds: p.Worlds, Seed: p.Seed, Design: p.Design, Horizon: p.Horizon, Date: p.Date, Baseline: p.Baseline, MaxStates: p.MaxStates, Summed: s.Keep == study.KeepsSums})
	if err != nil {
		return err
	}
	if wrong := s.unlike(s.work.Plan()); wrong != "" {
		return fmt.Errorf("%s of its plan are not as plan writes them: plan the sweep again", wrong)
	}
	pieces, err := s.pieces(s.work)
	if err == nil && !slices.Equal(pieces, s.Blocks) {
		err = errors.New("its blocks are not those of its plan")
	}
	return err
}

// check is the error of numbers that no plan has.
func (s *Sweep) check() error {
	switch {
	case s.Worlds < 1 || s.Worlds > study.MaxWorlds:
		return fmt.Errorf("%d worlds in a block", s.Worlds)
	case s.Keep != "" && s.Keep != study.KeepsSums:
		return fmt.Errorf("it keeps %.20q", s.Keep)
	case s.Plan.MaxStates < 0:
		return fmt.Errorf("at most %d states", s.Plan.MaxStates)
	}
	return nil
}

// unlike names the settings of the plan that are not those of the run made from
// them: every default is filled in there, and nothing stands twice.
func (s *Sweep) unlike(is study.Plan) string {
	p := s.Plan
	var out []string
	for _, x := range []struct {
		name string
		same bool
	}{
		{"options", slices.Equal(p.Options, is.Options)}, {"views", slices.Equal(p.Views, is.Views)}, {"worlds", p.Worlds == is.Worlds},
		{"seed", p.Seed == is.Seed}, {"design", p.Design == is.Design}, {"horizon_years", p.Horizon == is.Horizon}, {"date", p.Date == is.Date}, {"baseline", p.Baseline == is.Baseline},
	} {
		if !x.same {
			out = append(out, x.name)
		}
	}
	return strings.Join(out, ", ")
}

func (s *Sweep) texts() (Texts, error) {
	var out Texts
	for _, o := range s.Own {
		if o.Copy != filepath.Base(o.Copy) || strings.HasPrefix(o.Name, "catalog/") {
			return out, fmt.Errorf("%.60q cannot be a file of the sweep", o.Copy)
		}
		text, err := source.ReadFile(filepath.Join(s.folder, modelFolder, o.Copy), source.MaxSize)
		if err != nil {
			return out, err
		}
		f := source.New(o.Name, text)
		if o.Added == "" {
			out.Own = append(out.Own, f)
		} else {
			out.Added = append(out.Added, catalog.Added{Name: o.Added, File: f})
		}
	}
	return out, nil
}

// sameFiles is the error of a model that was read from other files.
func sameFiles(was, is []finding.File) error {
	for _, f := range was {
		i := slices.IndexFunc(is, func(x finding.File) bool { return x.Name == f.Name })
		if i < 0 || is[i].SHA256 != f.SHA256 {
			return fmt.Errorf("%s is not as it was when the sweep was planned", f.Name)
		}
	}
	if len(is) > len(was) {
		return errors.New("the model has more files than when the sweep was planned")
	}
	if !slices.Equal(is, was) {
		return errors.New("its files are not listed as plan lists them: plan the sweep again")
	}
	return nil
}

// Digest names the sweep.
func (s *Sweep) Digest() string { return hex.EncodeToString(s.digest[:]) }

// Folder is where it stands.
func (s *Sweep) Folder() string { return s.folder }
