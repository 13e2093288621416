package show_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/claim"
	"casus/finding"
	"casus/show"
)

// sayings is a made-up ledger with every kind of claim and reading in it.
func sayings() *claim.Ledger {
	nan := claim.Number(math.NaN())
	none := []string{}
	head := finding.New("claims", nil, finding.Basis{Case: "strait", Title: "A strait", Date: "2025-03-10",
		Views:  []finding.View{{Name: "calm"}, {Name: "alarm"}, {Name: "both", Union: true}},
		Played: &finding.Played{Horizon: 2, Concept: "agent logit quantal response equilibrium", Seed: 1, Design: "sobol", Worlds: 200}})
	head.Warnings = []finding.Warning{{Text: "view calm: 3 of 4 assumptions rest on judgement alone"}}
	return &claim.Ledger{Head: head, Flipped: true,
		Claims: []claim.Entry{
			{ID: "C1", Says: "A convoy <calms> & keeps the strait open", By: "a minister", Finding: "open", For: []string{"one", "two"}, Against: []string{"three"}, Sources: []string{"S1"}, Notes: []string{"a note"},
				Judgement: "0.5: half is a choice", Unscored: "what ought to be",
				Readings: []claim.Reading{
					{Kind: claim.Worlds, Says: "war is less likely with it than without any convoy at all, in the strait and near it", Expression: "war[convoy] < war[none]", Shown: none, Rests: none, Warnings: []finding.Warning{{Text: "the views disagree: it holds in most worlds of one and in few of another"}},
						Views: []claim.Share{
							{View: "calm", Holds: 199, Worlds: 200, Share: 0.995, Lo: 0.972, Hi: 0.9991, Margin: &claim.Margin{Unit: "probability", Median: 0.031, P05: -0.00002, P95: 0.12},
								Decider: &claim.Decider{Assumption: "nerve", Title: "how steady they are", Index: 0.41, Lo: -0.1, Hi: 0.6, Of: "whether it holds", Toward: "low", Next: "stake[DNK]"},
								Flip:    &claim.Flip{Holds: true, Found: true, Assumption: "nerve", Unit: "payoff", From: 12, To: 31.5, Quantile: 0.962, Kind: "root", Others: 2, Steps: 8}},
							{View: "alarm", Holds: 0, Worlds: 190, Undefined: 10, Share: 0, Lo: 0, Hi: 0.0198, Slight: 150, Within: 0.79, Margin: &claim.Margin{Unit: "probability", Median: -0.0004, P05: -0.001, P95: 0},
								Decider: &claim.Decider{Assumption: "nerve", Title: "how steady they are", Index: 0.41, Lo: 0.3, Hi: 0.6, Of: "the margin", Toward: "high", Settled: true},
								Flip:    &claim.Flip{Steps: 8}},
							{View: "both", Undefined: 200, Share: nan, Lo: nan, Hi: nan, Margin: &claim.Margin{Unit: "probability", Median: nan, P05: nan, P95: nan}, Why: "too few worlds in which it is defined"},
						}},
					{Kind: claim.Law, Says: "it is owed", Expression: "STRAIT.2 owed, of armed attack on DNK on 2025-03-10", Verdict: "contested", Shown: []string{"SWE: STRAIT.2 contested"}, Views: []claim.Share{}, Rests: none, Warnings: []finding.Warning{}},
					{Kind: claim.Worlds, Says: "escort pays", Expression: "peace[escort] > peace[none]", Views: []claim.Share{}, Shown: none, Rests: none, Warnings: []finding.Warning{{Text: "not scored: option escort was not run"}}},
				}},
			{ID: "C2", Says: "It is a \x1b[31mnaval\x07 circus", By: "a journalist", Label: "a name, not a quantity", For: []string{"x"}, Against: []string{"y"}},
			{ID: "C3", Says: "Spending doubled", For: []string{"x"}, Against: []string{"y"}, Readings: []claim.Reading{
				{Kind: claim.Figures, Expression: "level[DNK, 2024] > 2 * level[DNK, 2019]", Verdict: "not known", Shown: []string{"? > 2 * 4.5"}, Rests: []string{"level DNK 2019: 4.5 USD bn; S40"}, Views: []claim.Share{}, Warnings: []finding.Warning{}}}},
			{ID: "C4", Says: "They always said so", Unscored: "statements are not in the model", For: []string{"x"}, Against: []string{"y"}},
			{ID: "C5", Says: "Nobody was there", For: []string{"x"}, Against: []string{"y"}, Readings: []claim.Reading{
				{Kind: claim.Facts, Expression: "not any(x in littoral: x is party(NAT)) on 1989-01-01", Verdict: "does not hold", Shown: []string{"on that day of DNK"}, Rests: none, Views: []claim.Share{}, Warnings: []finding.Warning{}}}},
		},
		Sources: []finding.Source{{ID: "S1", Grade: "B", Title: "A gazette", Address: "example.org"}}}
}

// The ledger at three widths is the text beside it; no line is wider, and no
// control character reaches the terminal.
func TestClaimsText(t *testing.T) {
	for _, width := range []int{40, 60, 0, 200} {
		var b bytes.Buffer
		if err := show.Claims(&b, sayings(), show.Layout{Width: width}); err != nil {
			t.Fatal(err)
		}
		golden(t, fmt.Sprintf("claims_%d.txt", width), b.Bytes())
		for _, line := range strings.Split(b.String(), "\n") {
			if n := utf8.RuneCountInString(line); n > max(width, 80) || width == 60 && n > 60 {
				t.Errorf("%d runes at width %d: %s", n, width, line)
			}
			if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' }) {
				t.Errorf("a control character in %q", line)
			}
		}
	}
}

// The picture is well-formed, is the one beside it, and shows no control
// character.
func TestClaimsPicture(t *testing.T) {
	var b bytes.Buffer
	if err := show.ClaimsPicture(&b, sayings()); err != nil {
		t.Fatal(err)
	}
	golden(t, "claims.svg", b.Bytes())
	d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if bytes.ContainsAny(b.Bytes(), "\x1b\x07") || bytes.Contains(b.Bytes(), []byte("NaN")) {
		t.Error("a control character or NaN in the picture")
	}
}

// The JSON has every claim, with null where a number is not defined.
func TestClaimsJSON(t *testing.T) {
	var b bytes.Buffer
	if err := finding.Write(&b, sayings()); err != nil {
		t.Fatal(err)
	}
	var l struct {
		Version int
		Claims  []struct {
			ID       string
			Readings []struct {
				Views []struct{ Share *float64 }
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &l); err != nil {
		t.Fatal(err)
	}
	if views := l.Claims[0].Readings[0].Views; len(l.Claims) != 5 || l.Version != finding.Version || *views[0].Share != 0.995 || views[2].Share != nil {
		t.Errorf("%+v", l)
	}
}

// golden compares with a file in testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s", name, got)
	}
}

// Of few worlds no reading is said to hold under every school, or to fail.
func TestClaimsOfFewWorlds(t *testing.T) {
	for worlds, want := range map[int]string{
		200: "held against the worlds",
		63:  "63 worlds for each view are too few to say of ",
		1:   "1 world for each view is too few to say of ",
	} {
		l := sayings()
		l.Played.Worlds = worlds
		var b bytes.Buffer
		if err := show.Claims(&b, l, show.Layout{Width: 400}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) || worlds < 64 && strings.Contains(b.String(), "held against the worlds, ") {
			t.Errorf("%d worlds: no %q in\n%s", worlds, want, b.String())
		}
	}
}
