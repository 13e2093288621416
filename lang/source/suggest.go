package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// DidYouMean is a hint naming the nearest of the known names, or empty when there
// is none.
func DidYouMean(word string, known []string) string {
	near := Nearest(word, known)
	if near == "" {
		return ""
	}
	return "did you mean " + near + "?"
}

// MostNamed bounds the names that a hint lists in full.
const MostNamed = 30

// Among is the hint for a name that is none of the known ones: the nearest, or which
// there are, of very many the first.
func Among(word string, known []string) string {
	if near := DidYouMean(word, known); near != "" {
		return near
	}
	switch len(known) {
	case 0:
		return "there are none"
	case 1:
		return "the only one is " + known[0]
	}
	return "there are " + Few(known)
}

// Few lists names, of very many the first.
func Few(names []string) string {
	if n := len(names); n > MostNamed {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:MostNamed/2], ", "), n-MostNamed/2)
	}
	return strings.Join(names, ", ")
}

// Nearest is the nearest of the known names, or empty when none is within two
// edits (Levenshtein 1966); of a word of up to four letters within one, or two
// where letters changed places or stand behind. Ties go to the name that sorts first, so it is the
// same every time.
//
// Very long words and very long lists have none: the hint is a kindness, and must
// not take longer than the reading.
func Nearest(word string, known []string) string {
	if len(word) > 100 || len(known) > 10_000 {
		return ""
	}
	best, dist := "", 3
	n := utf8.RuneCountInString(word)
	for _, k := range sorted(known) {
		if abs(utf8.RuneCountInString(k)-n) > 2 || n < 2 {
			continue
		}
		d := editDistance(strings.ToLower(word), strings.ToLower(k))
		if d < dist && d < n && (d < 2 || n > 4 || kindred(word, k)) {
			best, dist = k, d
		}
	}
	return best
}

// kindred reports whether one word begins with the other, or both are made of the
// same letters.
func kindred(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
		return true
	}
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// OneSlip reports whether a word is likely another mistyped: one letter wrong, missing
// or too many, or two of them changed about, in a longer word two; and it begins alike,
// or only its first letter is wrong. So Tiran is no Iran, and Trent no TRNC.
func OneSlip(word, name string) bool {
	word, name = strings.ToLower(word), strings.ToLower(name)
	n, d := utf8.RuneCountInString(word), editDistance(word, name)
	begin, _ := utf8.DecodeRuneInString(word)
	first, _ := utf8.DecodeRuneInString(name)
	if begin != first {
		return d == 1 && n == utf8.RuneCountInString(name)
	}
	return d < 2 || d == 2 && (n > 5 || kindred(word, name))
}

func sorted(names []string) []string {
	out := slices.Clone(names)
	slices.Sort(out)
	return out
}

func abs(x int) int { return max(x, -x) }

func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diag := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			diag, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diag+cost)
		}
	}
	return row[len(y)]
}
