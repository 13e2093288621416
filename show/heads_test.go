package show

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"casus/finding"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// What is first by every criterion under every school is told from what is nearly so; a
// union of schools does not count, and a school that picks nothing is not passed over.
func TestRobustAnswer(t *testing.T) {
	measure := func(title string, picks ...[][]string) inquiry.RobustMeasure {
		m := inquiry.RobustMeasure{Measure: study.Measure{Name: title, Title: title}, Views: []inquiry.RobustView{{View: "hawk"}, {View: "dove"}, {View: "both"}}}
		for i, p := range picks {
			m.Agreed = append(m.Agreed, inquiry.Agreement{Criterion: []string{"median", "worst case"}[i], Picks: p})
		}
		return m
	}
	head := finding.New("robust", nil, finding.Basis{Played: &finding.Played{Worlds: study.FewWorlds}, Options: []finding.Option{{Name: "a"}, {Name: "b", Label: "a plan"}}, Views: []finding.View{{Name: "hawk"}, {Name: "dove"}, {Name: "both", Union: true}}})
	r := &inquiry.Robust{Head: head, Measures: []inquiry.RobustMeasure{
		measure("war", [][]string{{"a"}, {"a", "b"}, {"b"}}, [][]string{{"a"}, {"a"}, {"b"}}),
		measure("peace", [][]string{{"b"}, {"b"}, {"a"}}, [][]string{{"b"}, {}, {"a"}}),
		measure("toll", [][]string{{"a", "b"}, {"b", "a"}, {"a"}}, [][]string{{"b", "a"}, {"a", "b"}, {"a"}}),
		measure("help", [][]string{{}, {}, {}}, [][]string{{}, {}, {}}),
	}}
	want := "First, or tied for it, by every criterion and under every school: war: a; toll: a and a plan. Nearest to it, with the pairs of criterion and school that say so: peace: a plan (3 of 4). The criteria: median and worst case. Two options against each other, world by world: --between a,b."
	if got := (&robustText{newText(Layout{Width: 80}), r}).firm(); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestPickedBy(t *testing.T) {
	every := inquiry.RobustView{View: "hawk", Picked: []inquiry.PickedBy{{Option: "a", Criteria: []string{"x", "y"}}}, Every: []string{"a"}}
	same, tied, split := every, every, every
	same.View, tied.View, split.View = "dove", "owl", "wren"
	tied.Every = []string{"a", "b"}
	split.Every, split.Picked = nil, []inquiry.PickedBy{{Option: "a", Criteria: []string{"x"}}, {Option: "b", Criteria: []string{"y"}}}
	beside := every
	beside.View, beside.Picked = "lark", []inquiry.PickedBy{{Option: "a", Criteria: []string{"x", "y"}}, {Option: "b", Criteria: []string{"y"}}}
	for _, c := range []struct {
		views []inquiry.RobustView
		want  []string
	}{
		{[]inquiry.RobustView{every, same}, []string{"every view has a first by every criterion"}},
		{[]inquiry.RobustView{every, tied}, []string{"hawk has a first by every criterion", "owl has a and a plan first, or tied for it, by every criterion"}},
		{[]inquiry.RobustView{every, same, tied}, []string{"hawk and dove have a first by every criterion", "owl has a and a plan first, or tied for it, by every criterion"}},
		{[]inquiry.RobustView{split}, []string{"wren has a first by 1 criterion and a plan first by 1 criterion"}},
		{[]inquiry.RobustView{beside}, []string{"lark has a first by every criterion, tied with a plan by 1 of them"}},
		{[]inquiry.RobustView{{View: "mute"}}, nil},
	} {
		if got := pickedBy(c.views, labelled([]finding.Option{{Name: "b", Label: "a plan"}})); !slices.Equal(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Whatever the criteria pick: an option is said to be picked by as many as pick it, and
// none that is picked goes unsaid but behind "more".
func TestPickedByNamesEveryTie(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		criteria := rapid.IntRange(1, 5).Draw(t, "criteria")
		v := inquiry.RobustView{View: "hawk"}
		for i := range rapid.IntRange(1, 6).Draw(t, "options") {
			if n := rapid.IntRange(0, criteria).Draw(t, "picks"); n > 0 {
				v.Picked = append(v.Picked, inquiry.PickedBy{Option: string(rune('a' + i)), Criteria: make([]string, n)})
				if n == criteria {
					v.Every = append(v.Every, string(rune('a'+i)))
				}
			}
		}
		slices.SortStableFunc(v.Picked, func(a, b inquiry.PickedBy) int { return len(b.Criteria) - len(a.Criteria) })
		words := strings.Join(pickedBy([]inquiry.RobustView{v}, func(o string) string { return "plan_" + o }), "; ")
		unsaid := 0
		for _, p := range v.Picked {
			name := "plan_" + p.Option
			by := regexp.MustCompile(name + ` (?:first )?by (\d+) (?:of them|criteri)`).FindStringSubmatch(words)
			switch {
			case !strings.Contains(words, name):
				unsaid++
			case slices.Contains(v.Every, p.Option) != (by == nil), by != nil && by[1] != strconv.Itoa(len(p.Criteria)):
				t.Fatalf("%s is picked by %d of %d: %q", name, len(p.Criteria), criteria, words)
			}
		}
		if m := regexp.MustCompile(`(\d+) more`).FindStringSubmatch(words); unsaid > 0 && (m == nil || m[1] != strconv.Itoa(unsaid)) {
			t.Fatalf("%d go unsaid: %q", unsaid, words)
		}
	})
}

func TestFlipLead(t *testing.T) {
	f := &flips{r: &inquiry.Flips{A: inquiry.FlipOption{Name: "a"}, B: inquiry.FlipOption{Name: "b"}, Measure: study.Measure{Better: "lower", Matters: 0.5}}}
	centre := func(a, b float64) inquiry.FlipView {
		return inquiry.FlipView{View: "hawk", Centre: inquiry.FlipCentre{A: decision.Number(a), B: decision.Number(b), Difference: decision.Number(a - b)}}
	}
	turned := centre(1, 2)
	turned.Singles = []inquiry.FlipSingle{{Title: "what a word costs", Centre: &decision.Flip{Found: true}}}
	paired := centre(1, 2)
	paired.Singles = []inquiry.FlipSingle{{Assumption: "x", Title: "what peace is worth"}}
	paired.Paired.Searched = 2
	alone := paired
	paired.Pairs = []inquiry.FlipPair{{FlipOfTwo: decision.FlipOfTwo{Inputs: [2]string{"y", "z"}}}, {FlipOfTwo: decision.FlipOfTwo{Inputs: [2]string{"x", "y"}, Found: true}}}
	for _, c := range []struct {
		v    inquiry.FlipView
		want string
	}{
		{paired, "a does better than b in the central world; no assumption alone turns that round; two together do, nearest “what peace is worth” with “y”."},
		{alone, "a does better than b in the central world; no assumption alone turns that round, and no two together that were searched."},
		{centre(1, 2), "a does better than b in the central world; no assumption alone turns that round."},
		{centre(2, 1), "b does better than a in the central world; no assumption alone turns that round."},
		{centre(1, 1.4), "the two differ by less than matters in the central world."},
		{centre(1, 1), "the two are level in the central world."},
		{centre(math.NaN(), 1), "the two cannot be compared in the central world."},
		{turned, "a does better than b in the central world; nearest to turning it round: “what a word costs”."},
	} {
		if got := f.lead(&c.v); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// A clause that reverses the ranking is named before the details, and with it whether
// that is sure; one that does so under another view, or levels the two, is not.
func TestFlipLeadByClause(t *testing.T) {
	change := func(words string, mean, clear bool) inquiry.FlipClause {
		return inquiry.FlipClause{Option: "a", Words: words, Views: []inquiry.ClauseView{{View: "hawk", ByMean: mean, Certain: clear}, {View: "dove"}}}
	}
	for _, c := range []struct {
		clauses    []inquiry.FlipClause
		hawk, dove string
	}{
		{nil, "", ""},
		{[]inquiry.FlipClause{change("without help", false, true)}, " No change tried of one clause reverses the means over worlds.", " No change tried of one clause reverses the means over worlds."},
		{[]inquiry.FlipClause{change("set watch = 1", true, false)}, " One clause changed reverses the means over worlds: a, set watch = 1, though the interval holds zero.", " No change tried of one clause reverses the means over worlds."},
		{[]inquiry.FlipClause{change("set watch = 1", true, false), change("without help", true, true)}, " One clause changed reverses the means over worlds: a, without help (2 changes can).", " No change tried of one clause reverses the means over worlds."},
	} {
		f := &flips{r: &inquiry.Flips{Clauses: c.clauses}}
		if got := f.byClause(&inquiry.FlipView{View: "hawk"}); got != c.hawk {
			t.Errorf("hawk: %q, want %q", got, c.hawk)
		}
		if got := f.byClause(&inquiry.FlipView{View: "dove"}); got != c.dove {
			t.Errorf("dove: %q, want %q", got, c.dove)
		}
	}
}
