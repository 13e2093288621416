package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/lang/source"
)

// mutants changes a tree of JSON at one node after another, which is dropped, stands
// twice, is null, or is of another kind: each change is made in place, shown, and undone. Of
// lists that are long the first and the last few are changed.
func mutants(at any, path string, set func(any), show func(what string)) {
	change := func(what string, to any, back any) {
		set(to)
		show(path + " " + what)
		set(back)
	}
	change("null", nil, at)
	for _, other := range []any{[]any{}, map[string]any{}, "x", -1.0, 1e300} {
		change(fmt.Sprintf("%T %v", other, other), other, at)
	}
	switch x := at.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(x)) {
			was := x[name]
			delete(x, name)
			show(path + "/" + name + " dropped")
			x[name] = was
			mutants(was, path+"/"+name, func(v any) { x[name] = v }, show)
		}
	case []any:
		for i, was := range x {
			if i >= 2 && i < len(x)-1 {
				continue
			}
			change(fmt.Sprintf("%d dropped", i), slices.Delete(slices.Clone(x), i, i+1), x)
			change(fmt.Sprintf("%d twice", i), slices.Insert(slices.Clone(x), i, was), x)
			mutants(was, fmt.Sprintf("%s/%d", path, i), func(v any) { x[i] = v }, show)
		}
	}
}

var mutant = flag.Int("mutant", 13, "one of so many altered manifests is shown (1: each, which takes a quarter of an hour)")

// Whatever one node of a record's manifest becomes, the record is read or refused in
// words; nothing that reads it dies.
func TestMutatedManifest(t *testing.T) {
	dir := t.TempDir()
	tiny, record := filepath.Join("..", "..", "worlds", "study", "testdata", "tiny"), filepath.Join(dir, "record")
	var out, errs bytes.Buffer
	if code := run([]string{"run", tiny, "--worlds", "3", "--record", record}, strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatal(errs.String())
	}
	name := filepath.Join(record, "manifest.json")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var whole any
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	every := *mutant
	if testing.Short() {
		every = 61
	}
	n, died := 0, 0
	mutants(whole, "", func(any) {}, func(what string) {
		if n++; n%every != 0 || died > 10 {
			return
		}
		changed, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, source.Seal(changed), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"report", record, "--full"}, {"report", record}, {"robust", record}, {"claims", record, "--case", tiny}, {"sense", record}} {
			func() {
				var errs bytes.Buffer
				defer func() {
					if bad := recover(); bad != nil {
						died++
						t.Errorf("%s: %q dies: %v", what, args, bad)
					}
				}()
				if code := run(args, strings.NewReader(""), &bytes.Buffer{}, &errs); code != 0 && errs.Len() == 0 {
					t.Errorf("%s: %q ends with %d and says nothing", what, args, code)
				}
			}()
		}
	})
	if n < 1000 {
		t.Errorf("only %d manifests were tried", n)
	}
}
