package main

import (
	"maps"
	"testing"
	"testing/fstest"
)

// The digest of the source changes with what answers are made of, and with nothing
// else: not with tests, pages, records, or the other programs.
func TestSource(t *testing.T) {
	tree := fstest.MapFS{"go.mod": {Data: []byte("module casus")}, "law/judge.go": {Data: []byte("package law")}, "catalog/cases/ukraine/case.casus": {Data: []byte("case")}, "docs/law.md": {Data: []byte("law")}}
	was, err := source(tree)
	if err != nil {
		t.Fatal(err)
	}
	for name, counts := range map[string]bool{
		"law/judge.go": true, "law/more.go": true, "go.sum": true, "catalog/cases/ukraine/case.casus": true, "worlds/docs/x.go": true,
		"law/judge_test.go": false, "law/testdata/x.txt": false, "docs/law.md": false, "README.md": false, "cmd/casus/main.go": false, "python/x.py": false, ".git/HEAD": false, "casus-records/x/manifest.json": false,
	} {
		other := maps.Clone(tree)
		other[name] = &fstest.MapFile{Data: []byte("another")}
		if is, err := source(other); err != nil || (is != was) != counts {
			t.Errorf("%s changed: the digest is another: %v, and should be: %v (%v)", name, is != was, counts, err)
		}
	}
}
