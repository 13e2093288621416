package finding_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const pythonFile = "../python/src/casus_lab/_findings.py"

// The classes of the package for Python are those of the schema.
func TestPythonIsOfTheTypes(t *testing.T) {
	text := newPython(made()).module()
	if *update {
		if err := os.WriteFile(pythonFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(pythonFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != text {
		t.Error(pythonFile + " is not that of the types (-update writes it)")
	}
}

// python writes a schema of ours as classes.
type python struct {
	defs  object
	names map[string]string // class by definition
	tops  map[string]string // definition by kind of finding
}

// inBase are the definitions that the base of the package has itself: those of the
// head of a finding.
var inBase = map[string]string{"finding.File": "File", "finding.Warning": "Caution", "finding.Option": "Option", "finding.View": "View", "finding.Correlation": "Correlation"}

func newPython(schema object) *python {
	p := &python{defs: schema["$defs"].(object), names: map[string]string{}, tops: map[string]string{}}
	for _, c := range schema["allOf"].([]any) {
		is := c.(object)["if"].(object)["properties"].(object)["kind"].(object)["const"].(string)
		p.tops[is] = strings.TrimPrefix(c.(object)["then"].(object)["$ref"].(string), "#/$defs/")
	}
	shared := map[string]int{"Finding": 2, "Part": 2, "Warning": 2} // names of the base, or of Python
	for def, name := range inBase {
		p.names[def] = name
		shared[name] = 1
	}
	for def := range p.defs {
		if inBase[def] != "" {
			continue
		}
		_, name, _ := strings.Cut(def, ".")
		shared[name]++
	}
	for def := range p.defs {
		if inBase[def] != "" {
			continue
		}
		pkg, name, _ := strings.Cut(def, ".")
		if shared[name] > 1 {
			name = strings.ToUpper(pkg[:1]) + pkg[1:] + name
		}
		p.names[def] = strings.ToUpper(name[:1]) + name[1:]
	}
	return p
}

func (p *python) module() string {
	var b strings.Builder
	b.WriteString(`"""The findings of casus as classes.

Made by "go test ./finding -update" from the types that docs/findings.schema.json is
made of. What is not defined is None; a list is never None.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ._base import Caution, Correlation, Estimate, File, Finding, Option, Part, View

`)
	for _, def := range slices.Sorted(maps.Keys(p.defs)) {
		if inBase[def] == "" {
			b.WriteString(p.class(def))
		}
	}
	b.WriteString("\nKINDS: dict[str, type[Finding]] = {\n")
	for _, kind := range slices.Sorted(maps.Keys(p.tops)) {
		fmt.Fprintf(&b, "    %q: %s,\n", kind, p.names[p.tops[kind]])
	}
	b.WriteString("}\n\"\"\"The class of each kind of finding.\"\"\"\n")
	return b.String()
}

// headFields are those of every finding, which the base has.
var headFields = []string{"kind", "version", "program", "files", "basis", "warnings"}

func (p *python) class(def string) string {
	is := p.defs[def].(object)
	top := slices.Contains(slices.Collect(maps.Values(p.tops)), def)
	base := "Part"
	if top {
		base = "Finding"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n@dataclass(frozen=True, repr=False, kw_only=True)\nclass %s(%s):\n", p.names[def], base)
	said, _ := is["description"].(string)
	fmt.Fprintf(&b, "    \"\"\"%s\"\"\"\n", prose(said, "A part of a finding."))
	required, _ := is["required"].([]string)
	properties := is["properties"].(object)
	for _, name := range inOrder(required, properties) {
		if top && slices.Contains(headFields, name) {
			continue
		}
		b.WriteString(p.field(name, properties[name].(object), slices.Contains(required, name)))
	}
	return b.String() + "\n"
}

// inOrder lists fields as they are declared, those that may be absent last.
func inOrder(required []string, properties object) []string {
	out := slices.Clone(required)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

func (p *python) field(name string, is object, required bool) string {
	kind := p.typeOf(is)
	if !required && !strings.HasSuffix(kind, " | None") && !strings.HasPrefix(kind, "list[") && !strings.HasPrefix(kind, "dict[") {
		kind += " | None"
	}
	otherwise := ""
	switch {
	case strings.HasPrefix(kind, "list["):
		otherwise = "default_factory=list"
	case strings.HasPrefix(kind, "dict["):
		otherwise = "default_factory=dict"
	case strings.HasSuffix(kind, " | None"):
		otherwise = "default=None"
	}
	called := identifier(name)
	var b strings.Builder
	switch {
	case called != name && otherwise != "":
		fmt.Fprintf(&b, "    %s: %s = field(%s, metadata={\"json\": %q})\n", called, kind, otherwise, name)
	case called != name:
		fmt.Fprintf(&b, "    %s: %s = field(metadata={\"json\": %q})\n", called, kind, name)
	case otherwise == "default=None":
		fmt.Fprintf(&b, "    %s: %s = None\n", called, kind)
	case otherwise != "":
		fmt.Fprintf(&b, "    %s: %s = field(%s)\n", called, kind, otherwise)
	default:
		fmt.Fprintf(&b, "    %s: %s\n", called, kind)
	}
	if said, _ := is["description"].(string); said != "" {
		fmt.Fprintf(&b, "    \"\"\"%s\"\"\"\n", prose(said, ""))
	}
	return b.String()
}

// typeOf is a type of the schema as Python writes it.
func (p *python) typeOf(is object) string {
	if ref, ok := is["$ref"].(string); ok {
		return p.names[strings.TrimPrefix(ref, "#/$defs/")]
	}
	if any, ok := is["anyOf"].([]any); ok {
		kind := p.typeOf(any[0].(object))
		if strings.HasPrefix(kind, "list[") || strings.HasSuffix(kind, " | None") {
			return kind
		}
		return kind + " | None"
	}
	switch kind := is["type"].(type) {
	case []string: // one that may be null
		return p.plain(kind[0], is) + " | None"
	case string:
		return p.plain(kind, is)
	}
	if values, ok := is["enum"].([]any); ok {
		if _, number := values[0].(int); number {
			return "int"
		}
		return "str"
	}
	return "int" // const: the version
}

func (p *python) plain(kind string, is object) string {
	switch kind {
	case "array":
		return "list[" + p.typeOf(is["items"].(object)) + "]"
	case "object":
		if of, ok := is["additionalProperties"].(object); ok {
			return "dict[str, " + p.typeOf(of) + "]"
		}
		return "Estimate"
	}
	return map[string]string{"string": "str", "boolean": "bool", "number": "float", "integer": "int"}[kind]
}

var notOfIdentifiers = regexp.MustCompile(`\W`)

var reserved = []string{"and", "as", "class", "def", "del", "for", "from", "if", "in", "is", "not", "or", "with", "list", "dict", "field"}

// identifier is a name of a field as Python can write it.
func identifier(name string) string {
	name = notOfIdentifiers.ReplaceAllString(name, "_")
	if slices.Contains(reserved, name) {
		return name + "_"
	}
	return name
}

func prose(said, otherwise string) string {
	if said == "" {
		said = otherwise
	}
	said = strings.ReplaceAll(strings.ReplaceAll(said, `\`, `\\`), `"""`, `'''`)
	if strings.HasSuffix(said, `"`) {
		said += " "
	}
	return said
}
