package finding_test

import (
	"encoding"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casus/ask"
	"casus/claim"
	"casus/data"
	"casus/finding"
	"casus/law/counsel"
	"casus/past/spend"
	"casus/terminal"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

var update = flag.Bool("update", false, "write the schema into the documents")

const schemaFile = "../docs/findings.schema.json"

// kinds are all findings that a verb prints.
var kinds = []struct {
	name string
	of   finding.Finding
}{
	{"why", &counsel.Why{}}, {"why not", &counsel.WhyNot{}}, {"owed", &counsel.Owed{}}, {"conflicts", &counsel.Conflicts{}}, {"chains", &counsel.Chains{}},
	{"diff", &counsel.Diff{}}, {"course", &counsel.Course{}}, {"cite", &counsel.Citation{}}, {"resting", &counsel.Resting{}},
	{"run", &study.Ran{}}, {"robust", &inquiry.Robust{}}, {"value", &inquiry.Value{}}, {"sense", &inquiry.Sensitivity{}}, {"discover", &inquiry.Discovered{}}, {"flip", &inquiry.Flips{}}, {"suppose", &inquiry.Supposed{}},
	{"record", &inquiry.Past{}}, {"convergence", &inquiry.Convergence{}}, {"elicit", &inquiry.Elicited{}}, {"reach", &inquiry.Reached{}}, {"walk", &inquiry.Walked{}}, {"ladder", &inquiry.Ladder{}}, {"graph", &inquiry.Sizes{}},
	{"analyse", &inquiry.Analysis{}}, {"claims", &claim.Ledger{}}, {"list", &finding.Listing{}}, {"cases", &finding.ShippedCases{}}, {"asks", &ask.Askable{}}, {"check", &ask.Checked{}}, {"matrix", &counsel.MatrixForm{}}, {"states", &data.Codes{}}, {"data", &ask.AddedSets{}},
	{"spending", &spend.Series{}}, {"spending check", &spend.Check{}}, {"spending claim", &spend.Claim{}},
}

// words narrow what a field may hold beyond its type in Go.
var words = map[string]any{
	"law.Node.value":                enum("yes", "no", "unknown"),
	"law.Node.kind":                 enum("duty", "in force", "rule", "condition", "exception", "extension", "reading"),
	"law.Decider.then":              enum("owed", "not owed", "dormant", "depends", "contested", "right", "breached", "not breached", "either way"),
	"law.Node.position":             object{"type": "string", "pattern": "^.+:[1-9][0-9]*:[1-9][0-9]*$"},
	"counsel.LegalAnswer.verb":      enum("owes", "may", "reserves", "breaches"),
	"counsel.LegalAnswer.status":    enum("owed", "not owed", "dormant", "depends", "contested", "right", "breached"),
	"counsel.LegalAnswer.direction": enum("mutual", "one way", "not known"),
	"counsel.LegalAnswer.closeness": enum(0, 1, 2),
	"counsel.LegalCase.says":        enum("yes", "no"),
	"finding.Law.facts":             object{"type": "object", "additionalProperties": enum("yes", "no")},
	"finding.Head.version":          object{"const": finding.Version},
	"finding.File.sha256":           object{"type": "string", "pattern": "^[0-9a-f]{64}$"},
	"finding.Basis.date":            object{"type": "string", "pattern": "^(-?[0-9]{4,}-[0-9]{2}-[0-9]{2})?$"},
}

// nullable are the packages whose lists may be null where there is nothing to
// list; those of others never are.
var nullable = []string{"study", "inquiry", "crisis", "decision", "discovery", "sensitivity"}

type object = map[string]any

func enum(values ...any) object { return object{"enum": values} }

// schema is being made from the types that findings are written from; what the
// fields mean is taken from their comments.
type schema struct {
	defs     object
	comments map[string]map[string]string // by type and field; "" is the type itself
	read     map[string]bool              // packages
}

// made is the schema of the types.
func made() object {
	s := &schema{defs: object{}, comments: map[string]map[string]string{}, read: map[string]bool{}}
	var names []any
	var cases []any
	for _, k := range kinds {
		names = append(names, k.name)
		cases = append(cases, object{"if": object{"properties": object{"kind": object{"const": k.name}}}, "then": s.of(reflect.TypeOf(k.of).Elem())})
	}
	return object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": fmt.Sprintf("https://casus.example/findings-%d.schema.json", finding.Version),
		"title": fmt.Sprintf("What the verbs of casus print with --json, version %d", finding.Version), "description": "Fields may be added under one version; none is taken away, and none changes its meaning. See findings.md.",
		"type": "object", "required": []string{"kind"}, "properties": object{"kind": object{"enum": names}}, "allOf": cases, "$defs": s.defs,
	}
}

// The schema in the documents is that of the types.
func TestSchemaIsOfTheTypes(t *testing.T) {
	made := made()
	var b strings.Builder
	if err := terminal.JSON(&b, made); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != b.String() {
		t.Error("docs/findings.schema.json is not that of the types (-update writes it)")
	}
}

// The page on findings tells of every kind of finding and of every kind of warning.
func TestKindsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	warnings := made()["$defs"].(object)["finding.Warning"].(object)["properties"].(object)["kind"].(object)["enum"].([]any)
	if len(warnings) < 30 {
		t.Fatalf("%d kinds of warning", len(warnings))
	}
	for _, k := range kinds {
		warnings = append(warnings, k.name)
	}
	for _, kind := range warnings {
		if kind != "" && !strings.Contains(string(page), fmt.Sprintf("`%s`", kind)) {
			t.Errorf("docs/findings.md says nothing of the kind %q", kind)
		}
	}
}

// of is the schema of a type.
func (s *schema) of(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[finding.Number]():
		return object{"type": []string{"number", "null"}}
	case t == reflect.TypeFor[finding.Year]():
		return object{"type": []string{"integer", "null"}}
	case t.Name() == "Estimate" && t.Implements(reflect.TypeFor[json.Marshaler]()):
		number := object{"type": []string{"number", "null"}}
		return object{"type": "object", "properties": object{"value": number, "lo": number, "hi": number}, "required": []string{"value", "lo", "hi"}, "additionalProperties": false}
	case t.Kind() != reflect.Pointer && t.Implements(reflect.TypeFor[json.Marshaler]()):
		panic("how is " + t.String() + " written?")
	case t.Kind() != reflect.Pointer && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return object{"type": "string"}
	}
	switch t.Kind() {
	case reflect.String:
		return s.text(t)
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Pointer:
		return object{"anyOf": []any{s.of(t.Elem()), object{"type": "null"}}}
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Array:
		return object{"type": "array", "items": s.of(t.Elem()), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		return s.structure(t)
	}
	if t.ConvertibleTo(reflect.TypeFor[int]()) {
		return object{"type": "integer"}
	}
	panic("how is " + t.String() + " written?")
}

// text is a string; of a kind of warning one of the kinds.
func (s *schema) text(t reflect.Type) object {
	if t == reflect.TypeFor[finding.Kind]() {
		return object{"enum": append([]any{""}, constants("../finding", "Kind")...)}
	}
	return object{"type": "string"}
}

// structure is a named type, defined once.
func (s *schema) structure(t reflect.Type) object {
	name := typeName(t)
	ref := object{"$ref": "#/$defs/" + name}
	if s.defs[name] != nil {
		return ref
	}
	s.readComments(t)
	def := object{"type": "object", "additionalProperties": false}
	s.defs[name] = def // before its fields, which may be of the type
	if d := s.comments[name][""]; d != "" {
		def["description"] = d
	}
	properties, required := object{}, []string{}
	s.fields(t, properties, &required, true)
	def["properties"], def["required"] = properties, required
	return ref
}

// fields adds the fields of a type, and of those it embeds; what a nil pointer
// embeds may be absent.
func (s *schema) fields(t reflect.Type, into object, required *[]string, always bool) {
	s.readComments(t)
	for f := range fieldsOf(t) {
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case tag == "-":
		case f.Anonymous && tag == "" && f.Type.Kind() == reflect.Pointer:
			s.fields(f.Type.Elem(), into, required, false)
		case f.Anonymous && tag == "":
			s.fields(f.Type, into, required, always)
		case f.IsExported():
			name := tag
			if name == "" {
				name = f.Name
			}
			if into[name] = s.field(t, f, name); always && options == "" && !slices.Contains(*required, name) {
				*required = append(*required, name)
			}
		}
	}
}

func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

func (s *schema) field(t reflect.Type, f reflect.StructField, name string) object {
	out := object{}
	made, narrowed := words[typeName(t)+"."+name].(object)
	if !narrowed {
		made = s.of(f.Type)
	}
	if pkg, _, _ := strings.Cut(typeName(t), "."); f.Type.Kind() == reflect.Slice && slices.Contains(nullable, pkg) {
		made = object{"anyOf": []any{made, object{"type": "null"}}}
	}
	for k, v := range made {
		out[k] = v
	}
	if d := s.comments[typeName(t)][f.Name]; d != "" {
		out["description"] = d
	}
	return out
}

func typeName(t reflect.Type) string { return path.Base(t.PkgPath()) + "." + t.Name() }

// readComments reads what the comments of a package say of its types and fields.
func (s *schema) readComments(t reflect.Type) {
	if s.read[t.PkgPath()] {
		return
	}
	s.read[t.PkgPath()] = true
	for _, f := range files("../" + strings.TrimPrefix(t.PkgPath(), "casus/")) {
		ast.Inspect(f, func(n ast.Node) bool {
			d, ok := n.(*ast.GenDecl)
			if !ok || d.Tok != token.TYPE {
				return true
			}
			for _, spec := range d.Specs {
				s.readType(path.Base(t.PkgPath()), d, spec.(*ast.TypeSpec))
			}
			return false
		})
	}
}

func (s *schema) readType(pkg string, d *ast.GenDecl, t *ast.TypeSpec) {
	said := map[string]string{"": oneLine(d.Doc.Text())}
	if x, ok := t.Type.(*ast.StructType); ok {
		for _, f := range x.Fields.List {
			for _, n := range f.Names {
				said[n.Name] = oneLine(f.Comment.Text())
			}
		}
	}
	s.comments[pkg+"."+t.Name.Name] = said
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// files are the sources of a package, without its tests.
func files(folder string) []*ast.File {
	entries, err := os.ReadDir(folder)
	if err != nil {
		panic(err)
	}
	var out []*ast.File
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") {
			f, err := parser.ParseFile(token.NewFileSet(), path.Join(folder, e.Name()), nil, parser.ParseComments)
			if err != nil {
				panic(err)
			}
			out = append(out, f)
		}
	}
	return out
}

// constants are the values of a string type in a package, in their order.
func constants(folder, of string) []any {
	var out []any
	for _, f := range files(folder) {
		ast.Inspect(f, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok {
				if id, ok := v.Type.(*ast.Ident); ok && id.Name == of {
					value, _ := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
					out = append(out, value)
				}
			}
			return true
		})
	}
	return out
}
