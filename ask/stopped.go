package ask

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus/catalog"
	"casus/worlds/study"
)

// Stopped is the run that --resume goes on with where no case is named: that of the
// record, or of all in casus-records the one last written that is not whole. A case
// of the user's own is looked for where its files were.
func Stopped(record string) (of Named, folder string, err error) {
	if record != "" {
		r, err := unfinished(record)
		if err != nil {
			return Named{}, "", err
		}
		of, err = whereOf(r)
		return of, record, err
	}
	entries, _ := os.ReadDir(ownFolder)
	var last *study.Standing
	for _, e := range entries {
		name := filepath.Join(ownFolder, e.Name())
		s, err := study.Stands(name)
		if err != nil || s.Record == nil || s.Whole || s.Busy {
			continue
		}
		if last == nil || s.Changed.After(last.Changed) {
			last, folder = s, name
		}
	}
	if last == nil {
		return Named{}, "", Usage("there is no stopped run in "+ownFolder+" to go on with", "name the case, or its record after --resume")
	}
	of, err = whereOf(last.Record)
	return of, folder, err
}

// whereOf names the case of a record as one would on the command line.
func whereOf(r *study.Record) (Named, error) {
	if slices.Contains(catalog.Cases(), r.Case) {
		return Named{Path: r.Case}, nil
	}
	folder, only, own := "", "", 0
	for _, f := range r.Files {
		if !strings.HasSuffix(f.Name, ".casus") || strings.HasPrefix(f.Name, "catalog/") {
			continue
		}
		only = filepath.FromSlash(f.Name)
		own++
		dir := filepath.Dir(only)
		if folder == "" {
			folder = dir
		}
		for folder != "." && folder != dir && !strings.HasPrefix(dir, folder+string(filepath.Separator)) {
			folder = filepath.Dir(folder)
		}
	}
	if own == 1 && Exists(only) { // others may lie beside it by now, or did and were not read
		return Named{Path: only, Name: r.Case}, nil
	}
	if folder == "" || !Exists(folder) {
		return Named{}, Usage(fmt.Sprintf("the files of case %s are not where they were", r.Case), "name the folder of the case before --resume")
	}
	return Named{Path: folder, Name: r.Case}, nil
}
