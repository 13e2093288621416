package model_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// shipped reads every model file of the catalogue, in order of name.
func shipped(t testing.TB) []*source.File {
	t.Helper()
	files, err := catalog.Read("../catalog")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// mistaken reads every file of testdata/mistakes.
func mistaken(t testing.TB) []*source.File {
	t.Helper()
	files, err := catalog.Read("testdata/mistakes")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func parse(files []*source.File) []*syntax.Tree {
	trees := make([]*syntax.Tree, len(files))
	for i, f := range files {
		trees[i], _ = syntax.Parse(f)
	}
	return trees
}

// sameMeaning compares models but for places in files and for the order of
// what stands at the top level, and says how they differ.
func sameMeaning(a, b *model.Model) string {
	return cmp.Diff(described(a), described(b))
}

// described is everything a model says, a line for each thing at the top level,
// sorted.
func described(m *model.Model) []string {
	var out []string
	v := reflect.ValueOf(m).Elem()
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Name
		switch {
		case !v.Type().Field(i).IsExported() || skipped[f.Type()]:
		case f.Kind() == reflect.Map:
			for _, k := range f.MapKeys() {
				out = append(out, name+" "+k.String()+" "+describe(f.MapIndex(k).Elem()))
			}
		default:
			for j := range f.Len() {
				out = append(out, name+" "+describe(f.Index(j).Elem()))
			}
		}
	}
	slices.Sort(out)
	return out
}

var skipped = map[reflect.Type]bool{
	reflect.TypeFor[source.Pos](): true, reflect.TypeFor[syntax.Token](): true, reflect.TypeFor[*data.States](): true,
	reflect.TypeFor[[]*source.File](): true, reflect.TypeFor[[]*syntax.Tree](): true,
}

// describe prints a value without places; what stands at the top level itself
// is named only.
func describe(v reflect.Value) string {
	if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return "-"
	}
	switch x := v.Interface().(type) {
	case *model.Instrument:
		return x.ID
	case *model.Crisis:
		return x.Name
	case *model.Option:
		return x.Name
	case *model.View:
		return x.Name
	case *model.Duty:
		return x.Name
	case fmt.Stringer:
		return x.String()
	case model.Area:
		slices.SortFunc(x.In, func(a, b model.Held) int { return strings.Compare(a.In, b.In) }) // in the order in which they were found
	}
	var parts []string
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return describe(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			switch f := v.Type().Field(i); {
			case !f.IsExported() || skipped[f.Type]:
			case f.Type == reflect.TypeFor[*model.Article](): // the article it stands in
				parts = append(parts, "in "+v.Field(i).Interface().(*model.Article).Address)
			default:
				parts = append(parts, f.Name+":"+describe(v.Field(i)))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			parts = append(parts, describe(v.Index(i)))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			parts = append(parts, fmt.Sprint(k.Interface())+"="+describe(v.MapIndex(k)))
		}
		slices.Sort(parts)
	default:
		return fmt.Sprint(v.Interface())
	}
	return "{" + strings.Join(parts, " ") + "}"
}

// heard are problems as lines of text, sorted.
func heard(ps source.Problems) []string {
	var out []string
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%s %d %s (%s) in %s %t", p.Pos, p.Len, p.Msg, p.Hint, p.Heading, p.Warning))
	}
	slices.Sort(out)
	return out
}

// sources are those of the catalogue as statements, so that what is cited is known
// and the mistakes stay below the number of which all are told.
func sources() *source.File {
	table, _ := catalog.Table("sources.csv")
	var b strings.Builder
	for _, r := range table.Rows {
		fmt.Fprintf(&b, "source %q \"a source\" { grade A; status verified; address \"\" }\n", r.Text("id"))
	}
	return source.New("sources.casus", []byte(b.String()))
}

// The order in which files are read changes nothing.
func TestOrderOfFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	trees := append(parse(shipped(t)), parse([]*source.File{sources()})...)
	first, want := model.Load(trees, catalog.States(), nil)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2 {
		rng.Shuffle(len(trees), func(i, j int) { trees[i], trees[j] = trees[j], trees[i] })
		m, got := model.Load(trees, catalog.States(), nil)
		if diff := cmp.Diff(heard(want), heard(got)); diff != "" {
			t.Fatal(diff)
		}
		if diff := sameMeaning(first, m); diff != "" {
			t.Fatal(diff)
		}
	}
}

// ordered says that of two statements one is at fault, and which it is depends
// on the order: the second of two equal names, the link that closes a circle.
var ordered = regexp.MustCompile(`twice|circle|kind of itself|own articles|first at`)

// Nor does it change what is wrong: each statement of a file with mistakes is
// put into a file of its own.
func TestOrderOfMistakes(t *testing.T) {
	base := parse(slices.DeleteFunc(shipped(t), func(f *source.File) bool { return !strings.Contains(f.Name, "/base/") }))
	tried := 0
	for _, f := range mistaken(t) {
		tree, problems := syntax.Parse(f)
		if len(problems) > 0 || ordered.Match(f.Text) {
			continue
		}
		tried++
		trees := slices.Clone(base)
		for i, s := range tree.Stmts {
			end := len(f.Text)
			if i+1 < len(tree.Stmts) {
				end = tree.Stmts[i+1].Pos().Offset
			}
			part, _ := syntax.Parse(source.New(fmt.Sprintf("%s.%d", f.Name, i), f.Text[s.Pos().Offset:end]))
			trees = append(trees, part)
		}
		_, want := model.Load(trees, catalog.States(), nil)
		rng := rand.New(rand.NewPCG(3, 4))
		for range 5 {
			rng.Shuffle(len(trees), func(i, j int) { trees[i], trees[j] = trees[j], trees[i] })
			_, got := model.Load(trees, catalog.States(), nil)
			if diff := cmp.Diff(heard(want), heard(got)); diff != "" {
				t.Fatalf("%s: %s", f.Name, diff)
			}
		}
	}
	if tried < 3 {
		t.Errorf("only %d files tried", tried)
	}
}

// Another name for a file changes only where the problems are said to be.
func TestRenamedFile(t *testing.T) {
	for _, f := range mistaken(t) {
		_, a := catalog.Files([]*source.File{f})
		_, b := catalog.Files([]*source.File{source.New("A renamed.casus", f.Text)})
		want := strings.ReplaceAll(strings.Join(heard(a), "\n"), f.Name, "A renamed.casus")
		if diff := cmp.Diff(strings.Split(want, "\n"), heard(b)); diff != "" {
			t.Errorf("%s: %s", f.Name, diff)
		}
	}
}

// Line ends of another system change nothing, not even the columns.
func TestLineEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	dos := func(f *source.File) *source.File {
		return source.New(f.Name, bytes.ReplaceAll(f.Text, []byte("\n"), []byte("\r\n")))
	}
	for _, f := range mistaken(t) {
		_, a := catalog.Files([]*source.File{f})
		_, b := catalog.Files([]*source.File{dos(f)})
		if diff := cmp.Diff(heard(a), heard(b)); diff != "" {
			t.Errorf("%s: %s", f.Name, diff)
		}
	}
	var changed []*source.File
	for _, f := range shipped(t) {
		changed = append(changed, dos(f))
	}
	sameModel(t, changed)
}

// Formatting changes no meaning.
func TestFormattedFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	var changed []*source.File
	for _, f := range shipped(t) {
		tree, _ := syntax.Parse(f)
		changed = append(changed, source.New(f.Name, []byte(syntax.Format(tree))))
	}
	sameModel(t, changed)
	for _, f := range mistaken(t) {
		tree, _ := syntax.Parse(f)
		a, b := load(f.Name, f.Text), load(f.Name, []byte(syntax.Format(tree)))
		if diff := cmp.Diff(messages(a), messages(b)); diff != "" {
			t.Errorf("%s: %s", f.Name, diff)
		}
	}
}

// messages are problems without their places.
func messages(ps source.Problems) []string {
	var out []string
	for _, p := range ps {
		out = append(out, p.Msg+" in "+p.Heading)
	}
	slices.Sort(out)
	return out
}

// sameModel reports how changed files differ in meaning from those shipped.
func sameModel(t *testing.T, changed []*source.File) {
	t.Helper()
	a, want := model.Load(parse(shipped(t)), catalog.States(), nil)
	b, got := model.Load(parse(changed), catalog.States(), nil)
	if diff := cmp.Diff(messages(want), messages(got)); diff != "" {
		t.Fatal(diff)
	}
	if diff := sameMeaning(a, b); diff != "" {
		t.Fatal(diff)
	}
}

// A statement that nothing refers to changes nothing: neither the problems of
// the others nor what they mean.
func TestUnrelatedTreaty(t *testing.T) {
	files := shipped(t)
	a, want := model.Load(parse(files), catalog.States(), nil)
	more := source.New("zz.casus", []byte(`instrument UNRELATED "Unrelated" {
  party LUX, MCO from 2000-01-01
  article 1 "Talk" { when threat on P, P is party; then every other party owes P CONSULT }
}`))
	b, got := model.Load(parse(append(slices.Clone(files), more)), catalog.States(), nil)
	if diff := cmp.Diff(heard(want), heard(got)); diff != "" {
		t.Fatal(diff)
	}
	b.Instruments = slices.DeleteFunc(b.Instruments, func(in *model.Instrument) bool { return in.ID == "UNRELATED" })
	if diff := sameMeaning(a, b); diff != "" {
		t.Fatal(diff)
	}
}

// An instrument takes over the articles of its form, and of the form's form,
// with the parties and the addresses its own.
func TestLike(t *testing.T) {
	text := []string{`instrument A "A" like B { party FRA, GBR from 2000-01-01 }`, `instrument B "B" like C {
  party DEU, ITA from 2000-01-01
  article 2 "Own" { provides SCOPE }
}`, `instrument C "C" {
  party POL, ESP from 2000-01-01
  article 1 "Help" {
    when armed attack on P, P is party
    then every other party owes P AID
    reading narrow "narrow" { except when not place within territory(P) }
  }
  article 2 "Not taken over by B" { provides EXIT }
  article 3 "Area" { except 1 when provoked, contested with 4 }
  article 4 "Carve-in" { extend 1 when any(x in party: at_war(x, P)), over 3 }
}`}
	want := map[string]string{"A.1": "A", "A.2": "SCOPE", "A.3": "A.1 A.4", "A.4": "A.1 A.3 A"}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {0, 2, 1}} {
		var files []*source.File
		for i, n := range order {
			files = append(files, source.New(fmt.Sprintf("%d.casus", i), []byte(text[n])))
		}
		m, problems := catalog.Files(files)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got := map[string]string{}
		for _, a := range m.Instrument("A").Articles {
			var words []string
			for _, r := range a.Rules {
				words = append(words, r.Thens[0].Debtors.Instrument)
				if r.Cond.Set.Instrument != "A" || a.Readings[0].Except[0].Target != "A.1" || a.Readings[0].Except[0].Article != a {
					t.Errorf("A.1 is not A's own: %+v", a)
				}
			}
			for _, e := range a.Exceptions {
				words = append(append(append(words, e.Target), e.Over...), e.Contested...)
				if e.Cond.Op == model.CondCount {
					words = append(words, e.Cond.Set.Instrument)
				}
			}
			for _, p := range a.Provides {
				words = append(words, p.Class.Name)
			}
			got[a.Address] = strings.Join(words, " ")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order %v: %s", order, diff)
		}
	}
}

// Containment is found along every way, once, however the ways cross.
func TestWithinCrossingWays(t *testing.T) {
	var b strings.Builder
	for i := range 60 {
		fmt.Fprintf(&b, "place a%d in a%d, b%d\nplace b%d in a%d, b%d\n", i, i+1, i+1, i, i+1, i+1)
	}
	b.WriteString("place a60 in UKR\nplace b60 in UKR\n")
	m, problems := catalog.Files([]*source.File{source.New("x.casus", []byte(b.String()))})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if !m.Within("a0", "UKR", 0) || m.Within("a0", "RUS", 0) || m.HostOf("b0", 0) != "UKR" || !m.Within("a0", "b59", 0) || m.Within("a59", "b0", 0) {
		t.Error("places lie elsewhere")
	}
}

// A let that doubles again and again is refused before it fills the memory.
func TestGrowingLets(t *testing.T) {
	var b strings.Builder
	b.WriteString("crisis c \"C\" {\n  role a\n  fact war\n  precision 1\n  let x0 = war\n")
	for i := range 60 {
		fmt.Fprintf(&b, "  let x%d = x%d and x%d\n", i+1, i, i)
	}
	b.WriteString("  effect when x60\n}\n")
	problems := load("x.casus", []byte(b.String()))
	if len(problems) == 0 || !strings.Contains(problems[0].Msg, "grows too long when spelled out") {
		t.Error(problems)
	}
}

func TestMistakesAreNamedAfterTheirSubject(t *testing.T) {
	names, _ := filepath.Glob("testdata/mistakes/*")
	for _, n := range names {
		text, err := os.ReadFile(n)
		if err != nil || !bytes.HasPrefix(text, []byte("# ")) {
			t.Errorf("%s does not begin with a sentence", n)
		}
	}
}
