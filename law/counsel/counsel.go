// Package counsel answers questions of law in a form that can be shown, quoted
// and read by programs. It asks a book of law and puts what the judge finds into
// plain values: strings, days, lists that are never null.
//
//  1. Why answers for one event, WhyNot says what would change one article's
//     answer.
//  2. Owed, Matrix, Conflicts and Diff answer for a day, before anything happens.
//  3. Chains tells by which chains an event draws a state into a war.
//  4. Course judges what happened, entry by entry.
//  5. Cite and Resting say what the model says of an address, or of a status, and
//     what it rests on.
//
// Nothing here is printed: package show does that.
package counsel

import (
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/model"
)

// InBrackets sets the words that are not empty behind a name: (title; who says
// so). Without any it is empty.
func InBrackets(words ...string) string {
	words = slices.DeleteFunc(words, func(s string) bool { return s == "" })
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, "; ") + ")"
}

// HeadOf opens a finding of a day's law, under options and given facts and
// readings.
func HeadOf(kind string, b *law.Book, options []string, facts map[string]law.Tri, readings map[string]string) finding.Head {
	given := &finding.Law{Facts: map[string]string{}, Readings: map[string]string{}}
	for name, v := range facts {
		if v != law.Unknown {
			given.Facts[name] = v.String()
		}
	}
	for article, reading := range readings {
		given.Readings[article] = reading
	}
	basis := finding.Basis{Date: b.Day.String(), Law: given}
	for _, name := range options {
		title := ""
		if o := b.Model.Option(name); o != nil {
			title = o.Title
		}
		basis.Options = append(basis.Options, finding.Option{Name: name, Title: title})
	}
	return finding.New(kind, b.Model.Digests(), basis)
}

// modelHead opens a finding of what a model says, of a day or of none.
func modelHead(kind string, m *model.Model, day string) finding.Head {
	return finding.New(kind, m.Digests(), finding.Basis{Date: day})
}
