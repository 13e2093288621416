package study

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"casus/finding"
	"casus/model"
)

// A full disk is an error of each kind of file.
func TestFullDevice(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full here")
	}
	if err := writeFile(here{}, "/dev/full", []byte("words")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a manifest: %v", err)
	}
	rows := table{texts: []string{"view"}, number: "world", floats: []string{"x"}, parts: []part{{texts: []string{"v"}, columns: [][]float64{{1, 2, 3}}, rows: 3}}}
	if err := writeTable(here{}, "/dev/full", rows); !errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), "\n") {
		t.Errorf("rows: %v", err)
	}
}

// A disk that fills up while a record is written keeps the record it had, and
// nothing else.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=64k"); err != nil {
		t.Skip("no small disk can be mounted here: ", err)
	}
	defer syscall.Unmount(disk, 0)
	folder := filepath.Join(disk, "record")
	if err := filled(10).Write(folder); err != nil {
		t.Fatal(err)
	}
	before := files(t, disk)
	if err := filled(50_000).Write(folder); !errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), "\n") {
		t.Errorf("a record larger than the disk: %v", err)
	}
	if !maps.Equal(files(t, disk), before) {
		t.Errorf("left on the disk: %v", slices.Sorted(maps.Keys(files(t, disk))))
	}
	if r, err := Read(folder); err != nil || r.Worlds != 10 {
		t.Errorf("the record that was there: %v", err)
	}
}

// filled is a record of one measure in n worlds that do not compress.
func filled(n int) *Record {
	r := summarised([]string{"lower"}, map[string][][]float64{"a": {column(n, func(i int) float64 { return 1 / float64(i+3) })}})
	r.Version, r.Program, r.Case, r.Concept = Version, finding.Program(), "c", Concept(&model.Crisis{})
	r.Draws = map[string][][]float64{"v": {}}
	return r
}

func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.Walk(folder, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		out[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
