package finding

import (
	"fmt"
	"strings"
)

// Count is a number with its noun: 1 file, 2 files; a noun in capitals has its plural in
// capitals.
func Count(n int, noun string) string {
	if noun != "" && noun == strings.ToUpper(noun) {
		return CountOf(n, noun, noun+"S")
	}
	return CountOf(n, noun, noun+"s")
}

// CountOf is a number with one of two words: 1 entry, 2 entries.
func CountOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Thousands is a number with commas: 2,510.
func Thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// CountThousands is Count of a number with commas: 1 row, 2,510 rows.
func CountThousands(n int, noun string) string {
	if n == 1 {
		return Count(1, noun)
	}
	return Thousands(n) + " " + noun + "s"
}

// And joins words as a person would: A, B and C.
func And(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}
