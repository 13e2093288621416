package lsp

import (
	"strings"
	"testing"
)

// A file that ships can be read in an editor: its words are coloured and known, and
// nothing is said against it.
func TestShippedFile(t *testing.T) {
	d := newDesk()
	d.put("catalog/cases/estonia.casus", "what the editor has of it")
	for _, file := range []string{"catalog/cases/ukraine/ukraine.casus", "catalog/instruments/nato.casus"} {
		r, err := d.reading(file)
		if err != nil {
			t.Fatal(err)
		}
		if r.trees[file] == nil {
			t.Fatalf("%s was not read", file)
		}
		if bad := r.wrong(); len(bad) > 0 {
			t.Errorf("%s: %v", file, bad)
		}
		if len(r.colours(file)) < 500 {
			t.Errorf("%s has hardly any colours", file)
		}
	}
	r, err := d.reading("catalog/cases/ukraine/ukraine.casus")
	if err != nil {
		t.Fatal(err)
	}
	text := string(r.trees["catalog/cases/ukraine/ukraine.casus"].File.Text)
	word, _ := r.at("catalog/cases/ukraine/ukraine.casus", strings.Index(text, "extended_deterrence\n"))
	if said := r.hover(word); said == "" {
		t.Errorf("nothing is known of %q", word.Text)
	}
}
