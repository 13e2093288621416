package main

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// wheel is the package for Python with the program of one machine in it, in the form
// of the binary distribution format (PEP 427, with the platform tags of PEP 600).
type wheel struct {
	version string
	target  target
	program []byte
	python  []packed // the modules, README.md and LICENSE
}

// platforms are the tags of the machines. A program of Go without cgo asks for no C
// library, so one for Linux runs under any; Go 1.26 asks for macOS 12.
var platforms = map[target][]string{
	{"linux", "amd64"}:   {"manylinux_2_17_x86_64", "manylinux2014_x86_64", "musllinux_1_1_x86_64"},
	{"linux", "arm64"}:   {"manylinux_2_17_aarch64", "manylinux2014_aarch64", "musllinux_1_1_aarch64"},
	{"darwin", "amd64"}:  {"macosx_12_0_x86_64"},
	{"darwin", "arm64"}:  {"macosx_12_0_arm64"},
	{"windows", "amd64"}: {"win_amd64"},
	{"windows", "arm64"}: {"win_arm64"},
}

func (w wheel) name() string {
	return fmt.Sprintf("casus_lab-%s-py3-none-%s.whl", w.version, strings.Join(platforms[w.target], "."))
}

// bytes is the wheel. The list of files comes last, as the format advises.
func (w wheel) bytes() ([]byte, error) {
	info := fmt.Sprintf("casus_lab-%s.dist-info/", w.version)
	var files []packed
	var readme, licence []byte
	for _, f := range w.python {
		switch f.name {
		case "README.md":
			readme = f.text
		case "LICENSE":
			licence = f.text
		default:
			files = append(files, f)
		}
	}
	if readme == nil || licence == nil {
		return nil, errors.New("a wheel wants README.md and LICENSE")
	}
	files = append(files,
		packed{fmt.Sprintf("casus_lab-%s.data/scripts/%s", w.version, w.target.program()), w.program, true},
		packed{info + "METADATA", w.metadata(readme), false},
		packed{info + "WHEEL", w.tags(), false},
		packed{info + "licenses/LICENSE", licence, false},
	)
	files = append(files, packed{info + "RECORD", record(files, info), false})
	return zipped("", files)
}

func (w wheel) metadata(readme []byte) []byte {
	head := []string{
		"Metadata-Version: 2.4", "Name: casus-lab", "Version: " + w.version,
		"Summary: A security guarantee put to the test: who owes what to whom and why, and what the parties then do",
		"Keywords: alliances,treaties,international relations,conflict,scenario discovery",
		"Classifier: Intended Audience :: Science/Research", "Classifier: Programming Language :: Python :: 3 :: Only",
		"Classifier: Topic :: Scientific/Engineering", "Classifier: Topic :: Sociology", "Classifier: Typing :: Typed",
		"License-Expression: Apache-2.0", "License-File: LICENSE", "Requires-Python: >=3.10",
		"Provides-Extra: pandas", "Requires-Dist: pandas>=2; extra == 'pandas'", "Requires-Dist: pyarrow>=14; extra == 'pandas'",
		"Provides-Extra: polars", "Requires-Dist: polars>=1; extra == 'polars'",
		"Description-Content-Type: text/markdown",
	}
	return []byte(strings.Join(head, "\n") + "\n\n" + string(readme))
}

func (w wheel) tags() []byte {
	var b strings.Builder
	b.WriteString("Wheel-Version: 1.0\nGenerator: casus cmd/release\nRoot-Is-Purelib: false\n")
	for _, p := range platforms[w.target] {
		b.WriteString("Tag: py3-none-" + p + "\n")
	}
	return []byte(b.String())
}

// record lists every file with its digest and size, and itself without.
func record(files []packed, info string) []byte {
	var b strings.Builder
	for _, f := range files {
		sum := sha256.Sum256(f.text)
		fmt.Fprintf(&b, "%s,sha256=%s,%d\n", f.name, base64.RawURLEncoding.EncodeToString(sum[:]), len(f.text))
	}
	b.WriteString(info + "RECORD,,\n")
	return []byte(b.String())
}

// pythonFiles reads what of the package goes into a wheel, in the order of names.
func pythonFiles(root string) ([]packed, error) {
	var out []packed
	src := filepath.Join(root, "src")
	err := filepath.WalkDir(src, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".py" && d.Name() != "py.typed" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(src, name)
		out = append(out, packed{filepath.ToSlash(inside), text, false})
		return err
	})
	if err != nil {
		return nil, err
	}
	for as, name := range map[string]string{"README.md": filepath.Join(root, "README.md"), "LICENSE": filepath.Join(root, "..", "LICENSE")} {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, packed{as, text, false})
	}
	slices.SortFunc(out, func(a, b packed) int { return strings.Compare(a.name, b.name) })
	return out, nil
}
