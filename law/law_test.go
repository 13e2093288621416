package law_test

import (
	"testing"

	"casus/catalog"
	"casus/law"
)

// Every example in the catalogue comes out as it says.
func TestExamplesOfTheCatalogue(t *testing.T) {
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	if len(m.Examples) == 0 {
		t.Fatal("the catalogue has no examples")
	}
	if failed := law.CheckExamples(m); len(failed) > 0 {
		t.Error(failed)
	}
	t.Logf("%d examples", len(m.Examples))
}
