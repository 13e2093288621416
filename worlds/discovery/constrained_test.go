package discovery

import (
	"context"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// What a constrained search keeps is significant, found by some search, beaten
// by none of its own, and beats or equals every significant box of the plain
// search.
func TestConstrainedKeepsTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		o := options(t)
		whole, err := New(inputs, outcome)
		if err != nil {
			t.Fatal(err)
		}
		c := Constraint{QP: rapid.SampledFrom([]float64{0.01, 0.1, 0.5}).Draw(t, "qp")}
		got, err := Constrained(context.Background(), whole, o, c)
		if err != nil {
			t.Fatal(err)
		}
		if got.Searches != 1<<len(got.Inputs) {
			t.Fatalf("%d searches for %d inputs", got.Searches, len(got.Inputs))
		}
		for i := range got.Boxes {
			b := &got.Boxes[i]
			for _, l := range b.Limits {
				for _, qp := range []*float64{l.QPLower, l.QPUpper} {
					if qp != nil && *qp > c.QP {
						t.Fatalf("box %d: %s has quasi-p-value %v", i, l.Input, *qp)
					}
				}
			}
			for k := range got.Boxes {
				if k != i && got.Boxes[k].atLeast(b) {
					t.Fatalf("box %d is beaten by box %d", i, k)
				}
			}
		}
		for _, b := range steady(t, inputs, outcome, o).Boxes {
			if !b.significant(c.QP) {
				continue
			}
			beaten := false
			for k := range got.Boxes {
				beaten = beaten || got.Boxes[k].atLeast(&b)
			}
			if !beaten {
				t.Fatalf("%s of the plain search is better than all kept", b.numbers())
			}
		}
	})
}

func TestConstrainedWorkersDoNotShow(t *testing.T) {
	inputs, outcome := planted(1000, 5)
	table, err := New(inputs, outcome)
	if err != nil {
		t.Fatal(err)
	}
	one, err := Constrained(context.Background(), table, Options{}, Constraint{Workers: 1, Most: 2})
	if err != nil {
		t.Fatal(err)
	}
	four, err := Constrained(context.Background(), table, Options{}, Constraint{Workers: 4, Most: 2})
	if err != nil {
		t.Fatal(err)
	}
	one.Constraint.Workers = four.Constraint.Workers
	if !reflect.DeepEqual(one, four) {
		t.Error("four workers find other boxes than one")
	}
	for _, b := range one.Boxes {
		if b.Restricted > 2 {
			t.Errorf("%s though two inputs were the most", b.numbers())
		}
	}
}
