package main

import (
	"os"
	"runtime/debug"
	"strings"
	"testing"
)

// What the bill of materials lists is what was built in: no more, no less.
func TestMaterials(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.0", Path: "casus/cmd/casus", Main: debug.Module{Path: "casus", Version: "(devel)"},
		Deps: []*debug.Module{{Path: "casus", Version: "v0.0.0", Replace: &debug.Module{Path: "../.."}}, {Path: "example.org/a", Version: "v1.2.3", Sum: "h1:x"}, {Path: "example.org/b", Version: "v0.1.0", Replace: &debug.Module{Path: "example.org/c", Version: "v0.2.0"}}}}
	b := materials(info, map[string]string{"example.org/a": "MIT", "example.org/unused": "MIT"})
	var refs []string
	for _, c := range b.Components {
		refs = append(refs, c.Ref)
	}
	if got := strings.Join(refs, " "); got != "std@1.26.0 example.org/a@v1.2.3 example.org/c@v0.2.0" {
		t.Errorf("components %s", got)
	}
	if a := b.Components[1]; a.Purl != "pkg:golang/example.org/a@v1.2.3" || len(a.Licences) != 1 || a.Licences[0].License.ID != "MIT" || a.Properties[0].Value != "h1:x" {
		t.Errorf("%+v", a)
	}
	if b.About.Component.Name != "casus" || b.About.Component.Version != "devel" {
		t.Errorf("%+v", b.About.Component)
	}
}

// The list of licences in the tree is the one that the program makes.
func TestListIsCurrent(t *testing.T) {
	want, err := os.ReadFile("../../THIRD_PARTY.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../..")
	var got strings.Builder
	if err := write(&got, "cmd/casus"); err != nil {
		t.Skipf("skipped: the sources of the modules are not here (%v)", err)
	}
	if got.String() != string(want) {
		t.Error("THIRD_PARTY.md is not what is built in: go run ./cmd/thirdparty > THIRD_PARTY.md")
	}
}
