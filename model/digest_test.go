package model

import (
	"testing"

	"casus/lang/syntax"
)

// A model of which one file could not be digested has no shorter list for who asks next.
func TestDigestsBreak(t *testing.T) {
	m := &Model{Trees: []*syntax.Tree{nil}}
	for range 2 {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no fault is heard")
				}
			}()
			t.Errorf("digests: %v", m.Digests())
		}()
	}
}
