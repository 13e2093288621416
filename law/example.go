package law

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casus/crew"
	"casus/lang/source"
	"casus/model"
)

// CheckExamples runs every example of a model and returns what did not come
// out as expected, each at its line.
func CheckExamples(m *model.Model) source.Problems {
	return sideBySide(m.Examples, func(ex *model.Example) source.Problems { return checkExample(m, ex) }).Sort()
}

// sideBySide checks every one of some things, on all cores, and joins what it
// finds in their order.
func sideBySide[T any](things []T, check func(T) source.Problems) source.Problems {
	found := make([]source.Problems, len(things))
	crew.All(len(things), func(i int) { found[i] = check(things[i]) })
	return slices.Concat(found...)
}

func checkExample(m *model.Model, ex *model.Example) source.Problems {
	book, answers := answersTo(m, ex)
	var out source.Problems
	for _, want := range ex.Expects {
		if msg := unmet(want, answers, book); msg != "" {
			out = append(out, source.Problem{Pos: want.Pos, Len: len("expect"), Msg: msg, Heading: ex.Title})
		}
	}
	return out
}

func answersTo(m *model.Model, ex *model.Example) (*Book, []Answer) {
	var acts []model.Act
	for _, name := range ex.Options {
		acts = append(acts, m.Option(name).Acts...)
	}
	book := Compile(m, ex.Event.Date, acts)
	var asked []*model.Article
	for _, want := range ex.Expects {
		if a := m.Article(want.Address); a != nil && !slices.Contains(asked, a) {
			asked = append(asked, a)
		}
	}
	answers, err := book.answers(context.Background(), asked, Recall(m, ex.Event.Earlier, EventOf(ex.Event)), true)
	if err != nil {
		panic(err) // nobody ends the background
	}
	return book, answers
}

// Put holds what the law answers to an expectation that somebody puts to it: it
// may be met or not, and neither is a mistake.
type Put struct {
	Expect  model.Expect
	Met     bool
	Answers []Answer // those it is about; of a class that the article does not owe, those of the article
}

// PutTo puts the expectations of an example to the law of its day, as its
// options change it.
func PutTo(m *model.Model, ex *model.Example) []Put {
	book, answers := answersTo(m, ex)
	var out []Put
	for _, want := range ex.Expects {
		p := Put{Expect: want, Met: unmet(want, answers, book) == "", Answers: meant(want, answers)}
		if len(p.Answers) == 0 {
			any := want
			any.Class = ""
			p.Answers = meant(any, answers)
		}
		out = append(out, p)
	}
	return out
}

// unmet says how the answers differ from what was expected; "" when they agree.
func unmet(want model.Expect, answers []Answer, book *Book) string {
	mine := meant(want, answers)
	if len(mine) == 0 {
		if want.Status == "not owed" || want.Status == "not breached" { // it does not speak of the victim at all
			return ""
		}
		if msg := otherClass(want, answers); msg != "" {
			return msg
		}
		return "expected " + want.Address + " " + want.Status + ", but it answers nothing"
	}
	for _, d := range want.By {
		if !slices.ContainsFunc(mine, func(a Answer) bool { return a.Debtor == d }) && want.Status != "not owed" {
			return "expected " + want.Address + " by " + d + " " + want.Status + ", but it names no duty of " + d
		}
	}
	for _, a := range mine {
		if msg := differs(want, a); msg != "" {
			return msg
		}
	}
	return ""
}

// otherClass says what an article answers where it does not answer in the class
// that was expected.
func otherClass(want model.Expect, answers []Answer) string {
	if want.Class == "" {
		return ""
	}
	any := want
	any.Class = ""
	for _, a := range meant(any, answers) {
		if a.Class != nil {
			return fmt.Sprintf("expected %s %s as %s, but it answers %s as %s", want.Address, want.Status, want.Class, a.Status, a.Class.Name)
		}
	}
	return ""
}

// meant are the answers that an expectation is about, of its debtors if it names
// any: those that bear on the event or, where none does, all of them.
func meant(want model.Expect, answers []Answer) []Answer {
	var mine, idle []Answer
	for _, a := range answers {
		switch {
		case a.Article.Address != want.Address || want.Class != "" && (a.Class == nil || a.Class.Name != want.Class):
		case len(want.By) > 0 && !slices.Contains(want.By, a.Debtor):
		case a.Relevant:
			mine = append(mine, a)
		default:
			idle = append(idle, a)
		}
	}
	if len(mine) == 0 {
		return idle
	}
	return mine
}

func differs(want model.Expect, a Answer) string {
	got := a.Said()
	if got != want.Status && a.Status.String() != want.Status {
		return fmt.Sprintf("expected %s %s, found %s for %s%s", want.Address, want.Status, got, a.Debtor, reason(a))
	}
	for _, b := range want.Because {
		if !slices.Contains(a.Because, b) {
			return fmt.Sprintf("expected %s %s because of %s, found because of %s", want.Address, got, b, strings.Join(a.Because, ", "))
		}
	}
	for _, f := range want.Depends {
		if !slices.ContainsFunc(a.Deciders(), func(d Decider) bool {
			return slices.ContainsFunc(d.Facts, func(s string) bool { return strings.HasPrefix(s, f) })
		}) {
			return fmt.Sprintf("expected %s to depend on %s, found %v", want.Address, f, a.Deciders())
		}
	}
	return ""
}

func reason(a Answer) string {
	if a.Why == "" {
		return ""
	}
	return " (" + a.Why + ")"
}
