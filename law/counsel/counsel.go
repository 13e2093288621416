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
// Nothing here is printed: package report does that.
package counsel

import (
	"slices"
	"strings"
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
