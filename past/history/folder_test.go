package history_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/past/history"
)

func drawn(t *testing.T, lines string) history.Dataset {
	t.Helper()
	text := table(t, lines)
	return read(text).Dataset("folder/drawn.csv", []byte(text))
}

const (
	firstPact  = "9001 200 1900-01-01 1910-06-01 defense\n9001 220 1900-01-01 1910-06-01 defense\n"
	secondPact = "9002 2 1990-01-01 open defense\n9002 20 1990-01-01 open defense\n"
)

// What was added is read as it was; adding again replaces it and leaves nothing
// behind; what is taken away is gone.
func TestFolder(t *testing.T) {
	f := history.Folder(filepath.Join(t.TempDir(), "not", "there", "yet"))
	if sets, err := f.List(); err != nil || len(sets) != 0 {
		t.Fatalf("an empty folder lists %v, %v", sets, err)
	}
	for _, lines := range []string{firstPact, secondPact, secondPact, firstPact} {
		want := drawn(t, lines)
		if err := f.Add(want); err != nil {
			t.Fatal(err)
		}
		got, err := f.Read("atop")
		if err != nil {
			t.Fatal(err)
		}
		want.File = got.File
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("read back:\n%s", diff)
		}
		if names := filesIn(t, f.Of("atop")); len(names) != 2 {
			t.Errorf("the folder holds %v", names)
		}
	}
	if sets, err := f.List(); err != nil || len(sets) != 1 || sets[0].Input.Name != "drawn.csv" || sets[0].Text != "" {
		t.Errorf("lists %v, %v", sets, err)
	}
	if err := f.Remove("atop"); err != nil {
		t.Fatal(err)
	}
	if sets, err := f.List(); err != nil || len(sets) != 0 {
		t.Errorf("after removing: %v, %v", sets, err)
	}
	if err := f.Remove("atop"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removing what is not there: %v", err)
	}
}

func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// An Add that was cut off anywhere leaves what was there before.
func TestFolderCutOff(t *testing.T) {
	f := history.Folder(t.TempDir())
	first, second := drawn(t, firstPact), drawn(t, secondPact)
	if err := f.Add(first); err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{"atop-000000000000.casus", ".casus-12345"} { // the new text is there, the manifest is not
		if err := os.WriteFile(filepath.Join(f.Of("atop"), left), []byte(second.Text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := f.Read("atop"); err != nil || got.Text != first.Text {
		t.Errorf("cut off, it reads %v", err)
	}
	if err := f.Add(second); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Read("atop"); err != nil || got.Text != second.Text || len(filesIn(t, f.Of("atop"))) != 2 {
		t.Errorf("added again: %v, %v", err, filesIn(t, f.Of("atop")))
	}
	empty := history.Folder(t.TempDir()) // cut off at the first time: nothing was added
	if err := os.MkdirAll(empty.Of("atop"), 0o755); err != nil {
		t.Fatal(err)
	}
	if sets, err := empty.List(); err != nil || len(sets) != 0 {
		t.Errorf("cut off at the first time: %v, %v", sets, err)
	}
}

// What is damaged, or changed by hand, is refused with what to do.
func TestFolderDamaged(t *testing.T) {
	for name, damage := range map[string]struct {
		file string
		do   func(string) string
		want string
	}{
		"text changed":     {"atop-*.casus", func(s string) string { return s + " " }, "is not as it was added"},
		"manifest cut":     {"manifest.json", func(s string) string { return s[:len(s)/2] }, "no manifest of added data"},
		"another version":  {"manifest.json", func(s string) string { return strings.Replace(s, `"format": 1`, `"format": 2`, 1) }, "not a manifest that this casus can read"},
		"a way out":        {"manifest.json", func(s string) string { return strings.Replace(s, `"file": "`, `"file": "../`, 1) }, "not a manifest that this casus can read"},
		"a digest too few": {"manifest.json", func(s string) string { return strings.Replace(s, `"sha256": "`, `"sha256": "00`, 1) }, "not a manifest that this casus can read"},
	} {
		t.Run(name, func(t *testing.T) {
			f := history.Folder(t.TempDir())
			if err := f.Add(drawn(t, firstPact)); err != nil {
				t.Fatal(err)
			}
			found, err := filepath.Glob(filepath.Join(f.Of("atop"), damage.file))
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			text, err := os.ReadFile(found[0])
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(found[0], []byte(damage.do(string(text))), 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := f.Read("atop"); err == nil || !strings.Contains(err.Error(), damage.want) || !strings.Contains(err.Error(), "casus data remove atop") {
				t.Errorf("%v", err)
			}
			if err := f.Add(drawn(t, secondPact)); err != nil {
				t.Errorf("it cannot be added again: %v", err)
			}
			if err := f.Remove("atop"); err != nil {
				t.Errorf("it cannot be removed: %v", err)
			}
		})
	}
}
