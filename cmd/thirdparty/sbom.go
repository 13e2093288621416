package main

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"runtime/debug"
	"strings"
)

// bom is a bill of materials in CycloneDX 1.6, as far as it is used here.
type bom struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	About      about       `json:"metadata"`
	Components []component `json:"components"`
}

type about struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	Purl       string     `json:"purl,omitempty"`
	Licences   []licensed `json:"licenses,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type licensed struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// writeBOM says what a program is built of, from what its maker wrote into it.
func writeBOM(to io.Writer, program string) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return fmt.Errorf("%s: %w (name a program that go build made)", program, err)
	}
	licences := map[string]string{"std": "BSD-3-Clause"}
	modules, err := built(strings.TrimPrefix(info.Path, tree+"/"))
	if err != nil {
		return err
	}
	for _, m := range modules {
		if licences[m.Path], err = licence(m.Dir); err != nil {
			return fmt.Errorf("%s: %w", m.Path, err)
		}
	}
	out := json.NewEncoder(to)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(materials(info, licences))
}

// materials lists the modules of a program and the standard library, each with its
// licence where that is known.
func materials(info *debug.BuildInfo, licences map[string]string) bom {
	b := bom{Format: "CycloneDX", Spec: "1.6", Version: 1,
		About: about{component{Type: "application", Ref: info.Path, Name: path.Base(info.Path), Version: strings.Trim(info.Main.Version, "()")}}}
	add := func(name, version, sum string) {
		c := component{Type: "library", Ref: name + "@" + version, Name: name, Version: version, Purl: "pkg:golang/" + name + "@" + version}
		if id := licences[name]; id != "" {
			var l licensed
			l.License.ID = id
			c.Licences = []licensed{l}
		}
		if sum != "" {
			c.Properties = []property{{"go:sum", sum}}
		}
		b.Components = append(b.Components, c)
	}
	add("std", strings.TrimPrefix(info.GoVersion, "go"), "")
	for _, d := range info.Deps {
		if d.Path == tree {
			continue
		}
		if d.Replace != nil {
			d = d.Replace
		}
		add(d.Path, d.Version, d.Sum)
	}
	return b
}
