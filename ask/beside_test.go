package ask

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every picture that casus draws is known for one, and may go over an earlier one.
func TestPicturesAreKnown(t *testing.T) {
	files, err := filepath.Glob("../show/*.go")
	if err != nil {
		t.Fatal(err)
	}
	root := regexp.MustCompile("`(<svg xmlns=.*)")
	n := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range root.FindAllStringSubmatch(string(text), -1) {
			n++
			if drawn := strings.ReplaceAll(m[1], "%d", "12"); !pictures.MatchString(drawn) {
				t.Errorf("%s: %s is not taken for a picture of casus", f, drawn)
			}
		}
	}
	if n < 5 {
		t.Errorf("%d pictures begin in ../show", n)
	}
}
