// Release makes all that a version is handed out as: the program for six machines, a
// wheel for Python for each, pages of the manual and completions, a bill of materials
// for each program, and the sums of all of it.
//
//		go run ./cmd/release [--out dist] [--target linux/amd64,windows/arm64]
//
//	 1. Each program is built without cgo, stripped, without the path of the tree
//	    (build.go); one of more than 30 MB is refused.
//	 2. What goes with it is packed with fixed times, owners and order (pack.go), and
//	    the wheels are written by hand, for no tool is wanted here (wheel.go).
//	 3. SHA256SUMS lists every file.
//
// The same tree and the same Go give the same bytes, whatever the folder, the day or
// the machine. The version is that of python/pyproject.toml.
package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// maxProgram is the most that a program may have, in bytes.
const maxProgram = 30 << 20

// target is a machine that a program is for.
type target struct{ os, arch string }

var targets = []target{{"darwin", "amd64"}, {"darwin", "arm64"}, {"linux", "amd64"}, {"linux", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"}}

func (t target) String() string { return t.os + "/" + t.arch }

// program is the name of the main program there.
func (t target) program() string { return t.named("casus") }

// named gives a program's file name on the target.
func (t target) named(program string) string {
	if t.os == "windows" {
		return program + ".exe"
	}
	return program
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := answer(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func answer(ctx context.Context, args []string, to io.Writer) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	out := flags.String("out", "dist", "the folder to write into; it must be empty or new")
	only := flags.String("target", "", "only these machines, as in linux/amd64,windows/arm64 (default: all)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	wanted, err := chosen(*only)
	if err != nil {
		return err
	}
	if left, err := os.ReadDir(*out); err == nil && len(left) > 0 {
		return fmt.Errorf("%s is not empty: name another folder with --out", *out)
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	version, err := versionOf("python/pyproject.toml")
	if err != nil {
		return fmt.Errorf("%w (run it in the folder of the tree)", err)
	}
	source, err := sourceHere()
	if err != nil {
		return err
	}
	r := &release{ctx: ctx, version: version, source: source, out: *out, to: to}
	return r.make(wanted)
}

func chosen(words string) ([]target, error) {
	if words == "" {
		return targets, nil
	}
	var out []target
	for _, word := range strings.Split(words, ",") {
		at := slices.IndexFunc(targets, func(t target) bool { return t.String() == word })
		if at < 0 {
			return nil, fmt.Errorf("no program is made for %q (there are %v)", word, targets)
		}
		out = append(out, targets[at])
	}
	return out, nil
}

var versionLine = regexp.MustCompile(`(?m)^version = "([0-9]+\.[0-9]+\.[0-9]+)"$`)

func versionOf(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	found := versionLine.FindSubmatch(text)
	if found == nil {
		return "", errors.New(file + ": no line version = \"1.2.3\"")
	}
	return string(found[1]), nil
}

// release is one that is being made.
type release struct {
	ctx     context.Context
	version string
	source  string // its digest
	out     string
	to      io.Writer
}

func (r *release) make(wanted []target) error {
	common, err := r.common()
	if err != nil {
		return err
	}
	python, err := pythonFiles("python")
	if err != nil {
		return err
	}
	for _, t := range wanted {
		if err := r.target(t, common, python); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		if err := r.queue(t); err != nil {
			return fmt.Errorf("%s: casus-nats: %w", t, err)
		}
	}
	return r.sums()
}

// target makes what is for one machine.
func (r *release) target(t target, common, python []packed) error {
	program, bill, err := r.build(t, "casus")
	if err != nil {
		return err
	}
	if len(program) > maxProgram {
		return fmt.Errorf("the program has %.1f MB, and at most %d are allowed", float64(len(program))/(1<<20), maxProgram>>20)
	}
	name := fmt.Sprintf("casus-%s-%s-%s", r.version, t.os, t.arch)
	files := append([]packed{{t.program(), program, true}}, common...)
	whole, suffix, err := t.pack(name, files)
	if err != nil {
		return err
	}
	w := wheel{version: r.version, target: t, program: program, python: python}
	made, err := w.bytes()
	if err != nil {
		return err
	}
	fmt.Fprintf(r.to, "%-14s program %5.1f MB, packed %4.1f, wheel %4.1f\n", t, mb(program), mb(whole), mb(made))
	return r.write(packed{name + suffix, whole, false}, packed{w.name(), made, false}, packed{name + ".cdx.json", bill, false})
}

// queue makes the program that hands a sweep out over the network. It must be of the
// same release as casus: a plan is done by the program that made it, or refused.
func (r *release) queue(t target) error {
	program, bill, err := r.build(t, "casus-nats")
	if err != nil {
		return err
	}
	licence, err := os.ReadFile("LICENSE")
	if err != nil {
		return err
	}
	parts, err := r.output(".", target{}, "go", "run", "./cmd/thirdparty", folderOf("casus-nats"))
	if err != nil {
		return err
	}
	name := fmt.Sprintf("casus-nats-%s-%s-%s", r.version, t.os, t.arch)
	whole, suffix, err := t.pack(name, []packed{{t.named("casus-nats"), program, true}, {"LICENSE", licence, false}, {"THIRD_PARTY.md", parts, false}})
	if err != nil {
		return err
	}
	fmt.Fprintf(r.to, "%-14s casus-nats %2.1f MB, packed %4.1f\n", t, mb(program), mb(whole))
	return r.write(packed{name + suffix, whole, false}, packed{name + ".cdx.json", bill, false})
}

// pack puts files into an archive of the kind that is usual there.
func (t target) pack(name string, files []packed) (whole []byte, suffix string, err error) {
	if t.os == "windows" {
		whole, err = zipped(name, files)
		return whole, ".zip", err
	}
	whole, err = tarball(name, files)
	return whole, ".tar.gz", err
}

func (r *release) write(files ...packed) error {
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(r.out, f.name), f.text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func mb(b []byte) float64 { return float64(len(b)) / (1 << 20) }

// sums writes the digests of all files, as sha256sum -c reads them.
func (r *release) sums() error {
	entries, err := os.ReadDir(r.out)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, e := range entries { // in the order of names
		text, err := os.ReadFile(filepath.Join(r.out, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(text), e.Name())
	}
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), []byte(b.String()), 0o644)
}
