package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// build gives a program for a machine and its bill of materials.
func (r *release) build(t target, name string) (program, bill []byte, err error) {
	work, err := os.MkdirTemp("", "casus-release-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(work)
	made := filepath.Join(work, t.named(name))
	if err := r.runIn(folderOf(name), t, "go", goBuild(r.version, r.source, made, ".")...); err != nil {
		return nil, nil, err
	}
	if program, err = os.ReadFile(made); err != nil {
		return nil, nil, err
	}
	lister := filepath.Join(work, "thirdparty") // of this machine, asked about the other
	if err := r.run(target{}, "go", "build", "-o", lister, "./cmd/thirdparty"); err != nil {
		return nil, nil, err
	}
	bill, err = r.output(".", t, lister, "--sbom", made)
	return program, bill, err
}

// folderOf gives the folder with a program's source, which may be a module of its own.
func folderOf(program string) string { return "cmd/" + program }

// goBuild are the words that build a program so that nothing of the tree's folder, its
// history or the day is in it.
func goBuild(version, source, out, what string) []string {
	return []string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid= -X casus/finding.Release=" + version + " -X casus/finding.SourceDigest=" + source, "-o", out, what}
}

// common are the files that go with every program: licence, pages of the manual and
// completions.
func (r *release) common() ([]packed, error) {
	work, err := os.MkdirTemp("", "casus-release-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	here := filepath.Join(work, "casus")
	if err := r.run(target{}, "go", "build", "-tags", "man", "-o", here, "./cmd/casus"); err != nil {
		return nil, err
	}
	man := filepath.Join(work, "man")
	if err := os.Mkdir(man, 0o755); err != nil {
		return nil, err
	}
	if err := r.run(target{}, here, "man", man); err != nil {
		return nil, err
	}
	out, err := folder(man, "man/man1")
	if err != nil {
		return nil, err
	}
	plain := filepath.Join(work, "plain", "casus") // completions call the program by its name
	if err := r.run(target{}, "go", "build", "-o", plain, "./cmd/casus"); err != nil {
		return nil, err
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		text, err := r.output(".", target{}, plain, "completion", shell)
		if err != nil {
			return nil, err
		}
		out = append(out, packed{"completions/casus." + shell, text, false})
	}
	for _, name := range []string{"LICENSE", "THIRD_PARTY.md", "CITATION.cff"} {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, packed{name, text, false})
	}
	return out, nil
}

// folder reads the files of a folder, to be packed under a name.
func folder(name, as string) ([]packed, error) {
	entries, err := os.ReadDir(name)
	if err != nil {
		return nil, err
	}
	var out []packed
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(name, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, packed{as + "/" + e.Name(), text, false})
	}
	return out, nil
}

// run runs a program for a target; the zero target is this machine.
func (r *release) run(t target, name string, args ...string) error {
	return r.runIn(".", t, name, args...)
}

func (r *release) runIn(folder string, t target, name string, args ...string) error {
	_, err := r.output(folder, t, name, args...)
	return err
}

func (r *release) output(folder string, t target, name string, args ...string) ([]byte, error) {
	c := exec.CommandContext(r.ctx, name, args...)
	c.Dir = folder
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0")
	if t != (target{}) {
		c.Env = append(c.Env, "GOOS="+t.os, "GOARCH="+t.arch)
	}
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(append([]string{name}, args...), " "), err, errs.String())
	}
	return out, nil
}
