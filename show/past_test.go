package show_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// manyRecords edits the tiny case to be held against one record of every kind
// and an estimate.
func manyRecords() []string {
	return []string{"  record ", `  record some "attacks among quarrels, made up" { measure war_a_pair; per "pair of years"; events 3..4; trials 14; effective 6; temper 0.5; era 1950..2020; definition "one is doubtful"; source S81 }
  record later "the same later" { measure war_a_pair; events 12; trials 14; held out "to test the others"; source S81 }
  record sign "a disputed sign" { measure war_a_pair; events 14; trials 14; opposed "the sign is disputed"; source S81 }
  record years "wars over years" { measure war_a_year; events 1; years 9; source S81 }
  estimate "a survey" { measure war_a_pair; value 5%..20%; says "of 100 asked"; means "a wish more than a forecast"; source S81 }
  record `}
}

func heldAgainst(t *testing.T) *inquiry.Past {
	t.Helper()
	p, err := inquiry.PastOf(tiny(t, study.Plan{PastOnly: true}, 0, manyRecords()...))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// One line a rate, at two widths, and the picture.
func TestPast(t *testing.T) {
	p := heldAgainst(t)
	var narrow, wide, picture bytes.Buffer
	if err := errors.Join(show.Past(&narrow, p, show.Layout{Width: 80}), show.Past(&wide, p, show.Layout{Width: 140}), show.PastPicture(&picture, p)); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"past_80.txt": narrow.String(), "past_140.txt": wide.String(), "past.svg": picture.String()} {
		asKept(t, filepath.Join("testdata", name), got)
	}
	d := xml.NewDecoder(bytes.NewReader(picture.Bytes()))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the picture is no XML: %v", err)
		}
	}
}

// What is played for the past alone is what a run holds the views against.
func TestPastAlone(t *testing.T) {
	whole, err := inquiry.PastOf(tiny(t, study.Plan{}, 0, manyRecords()...))
	if err != nil {
		t.Fatal(err)
	}
	alone := heldAgainst(t)
	for i, c := range alone.Cases {
		for j, x := range c.Checks {
			if y := whole.Cases[i].Checks[j]; x.Likelihood != y.Likelihood || *x.Implied != *y.Implied || x.After.Likelihood != y.After.Likelihood {
				t.Errorf("%s, %s: %+v alone, %+v in a run", x.ID, x.View, x, y)
			}
		}
	}
}

// A record of every kind in the report of a run: its words say what each does.
func TestManyRecords(t *testing.T) {
	out := strings.Join(strings.Fields(text(t, tiny(t, study.Plan{}, 0, manyRecords()...), 100)), " ")
	for _, want := range []string{
		"3 to 4 in 14 (S81)", "are worth 6 independent ones.", "Held out: it weighs nothing and is predicted.", "Of opposed views: shown, it weighs nothing.",
		"1 in 9 years", "What others say: a survey: 5–20 % (S81). Of 100 asked. A wish more than a forecast. It weighs nothing.",
		"past.some", "past.years",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if strings.Contains(out, "past.sign 1") || strings.Contains(out, "past.later 1") {
		t.Error("a record that does not weigh is said to have done something")
	}
}
