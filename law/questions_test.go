package law_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"casus/catalog"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// Questions of law as people in the field ask them, with the answers: what is
// disputed is contested, and says who says what; what is not known is depends;
// nobody owes the attacker or a stranger. Each block is an event in the words of
// the language. Below the line stand the answers of the articles asked about
// (none named: all that are relevant), with the number of debtors, the readings,
// the facts that decide, the precedents, and what of the event cannot be.
func TestQuestions(t *testing.T) {
	const path = "testdata/questions.txt"
	var text strings.Builder
	n := 0
	each := func(f func(d *datadriven.TestData, n int) string) {
		n = 0
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			n++
			return f(d, n)
		})
	}
	each(func(d *datadriven.TestData, n int) string {
		fmt.Fprintf(&text, "example %q {\n%s\n  expect NAT.5 owed\n}\n", "q"+strconv.Itoa(n), d.Input) // what is expected stands below the line
		return d.Expected
	})
	m, problems := catalog.Instruments(source.New("questions.casus", []byte(text.String())))
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	asked := map[string]*model.Example{}
	for _, ex := range m.Examples {
		if ex.Pos.File.Name == "questions.casus" {
			asked[ex.Title] = ex
		}
	}
	each(func(d *datadriven.TestData, n int) string {
		return drawAnswers(m, asked["q"+strconv.Itoa(n)], d)
	})
}

func drawAnswers(m *model.Model, ex *model.Example, d *datadriven.TestData) string {
	var only []string
	for _, arg := range d.CmdArgs {
		only = append(only, arg.Key)
	}
	book := law.Compile(m, ex.Event.Date, nil)
	ev := law.Recall(m, ex.Event.Earlier, law.EventOf(ex.Event))
	var out strings.Builder
	for _, w := range book.Impossible(ev) {
		fmt.Fprintf(&out, "warning: %s\n", w)
	}
	var order []string
	debtors := map[string][]string{}
	for _, a := range book.Answers(ev, len(only) > 0) {
		if len(only) > 0 && !slices.Contains(only, a.Article.Address) || len(only) == 0 && (!a.Relevant || a.Status == law.NotOwed || a.Status == law.Dormant) {
			continue
		}
		key := drawAnswer(a)
		if debtors[key] == nil {
			order = append(order, key)
		}
		debtors[key] = append(debtors[key], a.Debtor)
	}
	for _, key := range order {
		who := strings.Join(debtors[key], " ")
		if n := len(debtors[key]); n > 6 {
			who = strconv.Itoa(n) + " states"
		}
		out.WriteString(strings.Replace(key, "WHO", who, 1))
	}
	if out.Len() == 0 {
		return "nothing\n"
	}
	return out.String()
}

func drawAnswer(a law.Answer) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s, WHO", a.Article.Address, a.Said())
	if a.Verb != model.Breaches {
		fmt.Fprintf(&out, " to %s", a.Creditor)
	}
	if a.Against != "" {
		fmt.Fprintf(&out, " against %s", a.Against)
	}
	if a.Why != "" && a.Status != law.Contested {
		fmt.Fprintf(&out, ": %s", a.Why)
	}
	out.WriteByte('\n')
	for _, v := range a.Views {
		by := v.By
		if by == "" {
			by = "holder not named"
		}
		then := v.Then
		if v.On != "" {
			then += " by " + v.On
		}
		fmt.Fprintf(&out, "  %s (%s): %s\n", strings.TrimSpace(v.Question+" "+v.Reading), by, then)
	}
	for _, x := range a.Deciders() {
		if len(x.Facts) > 0 {
			as := ""
			if x.Reading != "" {
				as = "read as " + x.Reading + ", "
			}
			fmt.Fprintf(&out, "  %sif %s: %s\n", as, strings.Join(x.Facts, ", "), x.Then)
		}
	}
	for _, p := range a.Practice {
		if p.Decides {
			fmt.Fprintf(&out, "  on record: %s %s\n", p.Precedent.Day, p.Precedent.By)
		}
	}
	return out.String()
}
