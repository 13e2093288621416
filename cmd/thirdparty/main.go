// Thirdparty writes what casus is built of: THIRD_PARTY.md, with versions and
// licences; or, of a program that was built, a bill of materials (CycloneDX).
//
//	go run ./cmd/thirdparty > THIRD_PARTY.md
//	go run ./cmd/thirdparty cmd/casus-nats          # of another program of the tree
//	go build -o casus ./cmd/casus && go run ./cmd/thirdparty --sbom casus
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// tree is the module of the whole; a program with a module of its own requires it.
const tree = "casus"

type module struct{ Path, Version, Dir string }

func main() {
	if err := answer(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "thirdparty:", err)
		os.Exit(1)
	}
}

func answer(args []string, to io.Writer) error {
	switch {
	case len(args) == 0:
		return write(to, "cmd/casus")
	case len(args) == 2 && args[0] == "--sbom":
		return writeBOM(to, args[1])
	case len(args) == 1 && !strings.HasPrefix(args[0], "-"):
		return write(to, args[0])
	}
	return errors.New("usage: thirdparty [FOLDER], or thirdparty --sbom PROGRAM")
}

// write lists the modules of the program in a folder, with their licences.
func write(to io.Writer, folder string) error {
	modules, err := built(folder)
	if err != nil {
		return err
	}
	how := "go run ./cmd/thirdparty"
	if folder == "cmd/casus" {
		how += " > THIRD_PARTY.md"
	} else {
		how += " " + filepath.ToSlash(folder)
	}
	fmt.Fprintf(to, "# What %s is built of\n", filepath.Base(folder))
	fmt.Fprintf(to, "\nMade by `%s`, from what the program imports.\n", how)
	fmt.Fprintln(to, "\n| module | version | licence |\n|---|---|---|")
	for _, m := range modules {
		name, err := licence(m.Dir)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Path, err)
		}
		fmt.Fprintf(to, "| %s | %s | %s |\n", m.Path, m.Version, name)
	}
	return nil
}

// built lists the modules whose packages the program in a folder imports, by path,
// without those of the tree and the standard library.
func built(folder string) ([]module, error) {
	c := exec.Command("go", "list", "-deps", "-json=Module", ".")
	c.Dir, c.Stderr = folder, os.Stderr
	out, err := c.Output()
	if err != nil {
		return nil, err
	}
	var list []module
	in := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			Module *struct {
				module
				Main bool
			}
		}
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if p.Module != nil && !p.Module.Main && p.Module.Path != tree && !slices.Contains(list, p.Module.module) {
			list = append(list, p.Module.module)
		}
	}
	slices.SortFunc(list, func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	return list, nil
}

// licence names the licence in a folder by words that stand in it alone.
func licence(dir string) (string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "LICEN[CS]E*"))
	if err != nil || len(names) == 0 {
		return "", errors.New("no licence beside its source")
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		return "", err
	}
	words := strings.Join(strings.Fields(string(text)), " ")
	for _, l := range []struct{ says, name string }{
		{"Apache License Version 2.0", "Apache-2.0"},
		{"Neither the name", "BSD-3-Clause"},
		{"Redistribution and use in source and binary forms", "BSD-2-Clause"},
		{"Permission is hereby granted, free of charge", "MIT"},
	} {
		if strings.Contains(words, l.says) {
			return l.name, nil
		}
	}
	return "", errors.New("a licence that is not known here: read it")
}
