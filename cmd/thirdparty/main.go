// Thirdparty writes what casus is built of: THIRD_PARTY.md, with versions and
// licences; or, of a program that was built, a bill of materials (CycloneDX).
//
//	go run ./cmd/thirdparty > THIRD_PARTY.md
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
		return write(to)
	case len(args) == 2 && args[0] == "--sbom":
		return writeBOM(to, args[1])
	}
	return errors.New("usage: thirdparty, or thirdparty --sbom PROGRAM")
}

func write(to io.Writer) error {
	modules, err := built("./cmd/casus")
	if err != nil {
		return err
	}
	fmt.Fprintln(to, "# What casus is built of")
	fmt.Fprintln(to, "\nMade by `go run ./cmd/thirdparty > THIRD_PARTY.md`, from what the program imports.")
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

// built lists the modules whose packages a program imports, by path, without the
// program's own and the standard library.
func built(program string) ([]module, error) {
	c := exec.Command("go", "list", "-deps", "-json=Module", program)
	c.Stderr = os.Stderr
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
		if p.Module != nil && !p.Module.Main && !slices.Contains(list, p.Module.module) {
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
