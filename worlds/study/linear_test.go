package study_test

import (
	"path/filepath"
	"testing"

	"casus/lang/steps"
	"casus/worlds/study"
)

// TestSteps runs, writes and reads one record, for TestLinear to count by.
func TestSteps(t *testing.T) {
	_, n := steps.Asked(t)
	folder := filepath.Join(t.TempDir(), "record")
	if err := run(t, load(t), study.Plan{Worlds: 128 + n, Workers: 1}).Write(folder); err != nil {
		t.Fatal(err)
	}
	r, err := study.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.ReadDraws(folder); err != nil {
		t.Fatal(err)
	}
}

// The statements that a run, writing its record and reading it again execute grow
// as its worlds do.
func TestLinear(t *testing.T) {
	steps.Linear(t, []string{"worlds"}, 512, "casus/worlds/study", "casus/worlds/draw", "casus/data/...", "casus/lang/...")
}
