package terminal

import "strings"

// Quoted joins the words of a command line as a shell reads them.
func Quoted(words ...string) string {
	out := make([]string, len(words))
	for i, s := range words {
		out[i] = forShell(s)
	}
	return strings.Join(out, " ")
}

// forShell puts quotes about what a shell would take apart: double ones where
// they do, for all shells read them alike.
func forShell(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./,:=+@%", r)
	}
	switch {
	case s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0:
		return s
	case !strings.ContainsAny(s, "\"$`\\!"):
		return `"` + s + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
