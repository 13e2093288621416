package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func aWheel(t *testing.T, of target, program []byte) wheel {
	t.Helper()
	python, err := pythonFiles(filepath.Join("..", "..", "python"))
	if err != nil {
		t.Fatal(err)
	}
	return wheel{version: "1.2.3", target: of, program: program, python: python}
}

func unzipped(t *testing.T, made []byte) map[string]*zip.File {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(made), int64(len(made)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*zip.File{}
	for _, f := range z.File {
		out[f.Name] = f
	}
	return out
}

func textOf(t *testing.T, f *zip.File) string {
	t.Helper()
	if f == nil {
		t.Fatal("a file is not in the wheel")
	}
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A wheel of every machine: its list of files is right, its tags are those of its
// name, its program can be run, and made again it has the same bytes.
func TestWheels(t *testing.T) {
	for _, of := range targets {
		w := aWheel(t, of, []byte("a program for "+of.String()))
		made, err := w.bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.bytes()
		if err != nil || !bytes.Equal(made, again) {
			t.Errorf("%s: made again it differs (%v)", of, err)
		}
		files := unzipped(t, made)
		recorded(t, files, "casus_lab-1.2.3.dist-info/RECORD")
		program := files["casus_lab-1.2.3.data/scripts/"+of.program()]
		if textOf(t, program) != "a program for "+of.String() || program.Mode().Perm() != 0o755 {
			t.Errorf("%s: the program has mode %v", of, program.Mode())
		}
		tags := textOf(t, files["casus_lab-1.2.3.dist-info/WHEEL"])
		for _, p := range platforms[of] {
			if !strings.Contains(tags, "Tag: py3-none-"+p+"\n") || !strings.Contains(w.name(), p) {
				t.Errorf("%s: %s is not tagged", of, p)
			}
		}
		for _, name := range []string{"casus_lab/__init__.py", "casus_lab/_findings.py", "casus_lab/py.typed", "casus_lab-1.2.3.dist-info/licenses/LICENSE"} {
			textOf(t, files[name])
		}
	}
}

// recorded holds the list of files against the files.
func recorded(t *testing.T, files map[string]*zip.File, list string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(textOf(t, files[list]))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(files) {
		t.Errorf("%d files, %d recorded", len(files), len(rows))
	}
	for _, r := range rows {
		if r[0] == list {
			continue
		}
		text := textOf(t, files[r[0]])
		sum := sha256.Sum256([]byte(text))
		if r[1] != "sha256="+base64.RawURLEncoding.EncodeToString(sum[:]) || r[2] != strconv.Itoa(len(text)) {
			t.Errorf("%s is not as recorded", r[0])
		}
	}
}

// The wheel says of the package what pyproject.toml says.
func TestMetadataIsThatOfTheProject(t *testing.T) {
	project, err := os.ReadFile(filepath.Join("..", "..", "python", "pyproject.toml"))
	if err != nil {
		t.Fatal(err)
	}
	said := string(aWheel(t, targets[0], nil).metadata(nil))
	for _, line := range strings.Split(said, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "Summary", "Classifier", "License-Expression", "Requires-Python":
			if !strings.Contains(string(project), `"`+value+`"`) {
				t.Errorf("pyproject.toml does not say %q", line)
			}
		case "Requires-Dist":
			if what, _, _ := strings.Cut(value, ";"); !strings.Contains(string(project), `"`+what+`"`) {
				t.Errorf("pyproject.toml does not require %q", what)
			}
		}
	}
}

// What is asked for and cannot be made is refused before anything is built.
func TestRefused(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "x"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		`no program is made for "plan9/amd64"`: {"--target", "plan9/amd64"},
		"is not empty":                         {"--out", full},
		"run it in the folder of the tree":     {"--out", filepath.Join(t.TempDir(), "new")},
	} {
		if err := answer(t.Context(), args, io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", args, err, want)
		}
	}
}

// The program built in two folders has the same bytes: nothing of the folder, or of
// the history, is in it.
func TestTheSameInEveryFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	var made [2][]byte
	for i := range made {
		tree := copied(t)
		out := filepath.Join(t.TempDir(), "casus")
		c := exec.Command("go", goBuild("1.2.3", "abc", out, "./cmd/casus")...)
		c.Dir = tree
		c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOOS=windows", "GOARCH=arm64")
		if said, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		var err error
		if made[i], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(made[i], []byte(tree)) {
			t.Error("the folder of the tree is in the program")
		}
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("the programs of two folders differ")
	}
	if len(made[0]) > maxProgram {
		t.Errorf("the program has %.1f MB", mb(made[0]))
	}
}

// copied is a copy of the tree in a folder of its own, without its history.
func copied(t *testing.T) string {
	t.Helper()
	to := t.TempDir()
	root := os.DirFS(filepath.Join("..", ".."))
	for _, name := range sources(t) {
		text, err := readIn(root, name)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(to, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// A wheel of this machine is installed by pip wherever it may be, and finds its
// program there.
func TestInstalled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	python, err := exec.LookPath("python3")
	if err != nil || exec.Command(python, "-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))").Run() != nil {
		t.Skip("there is no Python from 3.10 on with venv here")
	}
	work := t.TempDir()
	of := thisMachine(t)
	program := filepath.Join(work, of.program())
	if said, err := exec.Command("go", goBuild("1.2.3", "abc", program, "casus/cmd/casus")...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	w := aWheel(t, of, text)
	made, err := w.bytes()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(work, w.name())
	if err := os.WriteFile(file, made, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, how := range []struct {
		name    string
		install []string // of pip
		site    string   // PYTHONPATH
		venv    []string
	}{
		{"venv", nil, "", nil},
		{"venv that sees the system", nil, "", []string{"--system-site-packages"}},
		{"target", []string{"--target", filepath.Join(work, "target")}, filepath.Join(work, "target"), nil},
		{"user", []string{"--user"}, "", []string{"--system-site-packages"}},
	} {
		t.Run(how.name, func(t *testing.T) {
			home := t.TempDir()
			run := func(env []string, args ...string) string {
				c := exec.Command(args[0], args[1:]...)
				c.Dir = home
				c.Env = append(append(os.Environ(), "CASUS_BINARY=", "PYTHONPATH=", "PATH=/usr/bin:/bin", "PIP_USER=0", "PYTHONUSERBASE="+filepath.Join(home, "user")), env...)
				said, err := c.CombinedOutput()
				if err != nil {
					t.Fatalf("%v: %v\n%s", args, err, said)
				}
				return strings.TrimSpace(string(said))
			}
			in := filepath.Join(home, "venv")
			run(nil, append([]string{python, "-m", "venv", in}, how.venv...)...)
			interpreter := filepath.Join(in, "bin", "python")
			if how.name == "user" { // a venv has no user's folder; the interpreter itself has
				interpreter = python
				how.install = append(how.install, "--break-system-packages")
			}
			run(nil, append([]string{interpreter, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-index", "--no-deps", file}, how.install...)...)
			said := run([]string{"PYTHONPATH=" + how.site}, interpreter, "-c", "import casus_lab as c; print(c.program()); print(c.states('FRA').program)")
			where, version, _ := strings.Cut(said, "\n")
			if !strings.HasPrefix(where, home) && !strings.HasPrefix(where, work) || version != "casus 1.2.3" {
				t.Errorf("found %s, which is %s", where, version)
			}
		})
	}
}
