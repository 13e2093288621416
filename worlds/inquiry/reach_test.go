package inquiry_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"casus/show"
	"casus/worlds/inquiry"
)

func reached(t *testing.T, options, views []string, edits ...string) *inquiry.Reached {
	t.Helper()
	m := load(t, edits...)
	r, err := inquiry.Reach(context.Background(), m, m.Case("tiny"), options, views, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The first move of a year is come to once, and again in the next year where
// there was no war.
func TestReachAddsUp(t *testing.T) {
	r := reached(t, nil, nil)
	for _, o := range r.Options {
		for _, v := range o.Views {
			war, total := 0.0, 0.0
			act, luck := v.Steps[0], v.Steps[1]
			for _, c := range act.Choices {
				total += c.P
				if strings.HasPrefix(c.Choice, "attack") {
					war += c.P
				}
			}
			if math.Abs(total-1) > 1e-12 {
				t.Errorf("%s, %s: the shares at act add to %v", o.Option, v.View, total)
			}
			if quarrels := act.Asked * act.Choices[1].P; math.Abs(luck.Asked-quarrels) > 1e-12 {
				t.Errorf("%s, %s: luck is come to %v times, after %v quarrels", o.Option, v.View, luck.Asked, quarrels)
			}
			if act.Asked <= 1 || act.Asked >= 2 {
				t.Errorf("%s, %s: act is come to %v times in two years that a war ends", o.Option, v.View, act.Asked)
			}
		}
	}
	if !slices.Equal(r.LeftOut, []string{"either"}) || !slices.Equal(r.Views, []string{"dove", "hawk"}) {
		t.Errorf("views %v, left out %v", r.Views, r.LeftOut)
	}
}

// An option that changes nothing is alike in every row, and the words say so;
// one that changes what is owed parts where it is owed.
func TestOptionsApart(t *testing.T) {
	same := reached(t, nil, nil, `option pledge "A pledge with a force" {
  adopt PLEDGE
  deploy FRA 800 at MDA
}`, `option pledge "A pledge in words" { }`)
	if len(same.Alike) != 1 || !slices.Equal(same.Alike[0], []string{"nothing", "pledge"}) {
		t.Fatalf("alike: %v", same.Alike)
	}
	p, err := same.Between("nothing", "pledge")
	if err != nil {
		t.Fatal(err)
	}
	if words := show.WhyAlike(p); words != "nothing and pledge differ in no move: each is come to as often, with the same shares." {
		t.Error(words)
	}
	other := reached(t, nil, nil)
	if len(other.Alike) != 2 {
		t.Errorf("alike: %v", other.Alike)
	}
	p, err = other.Between("nothing", "pledge")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Differ) == 0 || p.Differ[0].Step != "act" || len(p.Never)+len(p.Same) > 0 {
		t.Errorf("%+v", p)
	}
	if words := show.WhyAlike(p); !strings.HasPrefix(words, "nothing and pledge first part at act · RUS: ") {
		t.Error(words)
	}
}

// Swapping the two options swaps what is said of them.
func TestApartIsSymmetric(t *testing.T) {
	r := reached(t, nil, nil)
	p, _ := r.Between("nothing", "pledge")
	q, _ := r.Between("pledge", "nothing")
	for i := range p.Differ {
		a, b := p.Differ[i], q.Differ[i]
		if a.Where != b.Where || a.A != b.B || a.B != b.A || a.View != b.View {
			t.Errorf("%+v and %+v", a, b)
		}
	}
}

func TestReachOfUnion(t *testing.T) {
	m := load(t)
	_, err := inquiry.Reach(context.Background(), m, m.Case("tiny"), nil, []string{"either"}, 0)
	if err == nil || !strings.Contains(err.Error(), "view either is a union, which has no central world (name one of dove, hawk)") {
		t.Error(err)
	}
}
