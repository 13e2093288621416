package ask

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"casus/lang/source"
)

// PlainBlanks gives words with an ordinary blank for every other that a keyboard or a web
// page puts there (no-break, narrow, full-width), and with none at the ends. The name of
// a file that is there is left as it is.
func PlainBlanks(words string) string {
	plain := strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, words))
	if plain == words {
		return words
	}
	if _, err := os.Lstat(words); err == nil {
		return words
	}
	return plain
}

// Several are mistakes that are shown together.
type Several []error

func (s Several) Error() string { return errors.Join(s...).Error() }

// Together are the mistakes among some errors, of which any may be nil: none,
// the one or the many there are.
func Together(errs ...error) error {
	var out Several
	for _, err := range errs {
		var more Several
		switch {
		case errors.As(err, &more):
			out = append(out, more...)
		case err != nil:
			out = append(out, err)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return out
}

// emptyNames is the mistake of names of which one has no letter, or nil.
func emptyNames(names []string, hint string) error {
	return lack(slices.Contains(names, ""), "an empty name is typed", hint+", or leave it out")
}

// lack is an error of use where something is lacking, or nil.
func lack(lacking bool, msg, hint string) error {
	if !lacking {
		return nil
	}
	return Usage(msg, hint)
}

// optional resolves the one state of --state, which need not be given.
func optional(to *string, word string) func(*resolving) error {
	return func(r *resolving) (err error) {
		if word == "" {
			return nil
		}
		if *to, err = r.stateOnDay(word); err != nil && strings.Contains(word, ",") {
			if lacksName(word) {
				return emptyState("--state", word)
			}
			return source.AtWords("--state", word, Usage(fmt.Sprintf("one state is asked about, got %q", word), "name one, such as RUS or Russia"))
		}
		return err
	}
}

// lacksName reports whether nothing stands before, behind or between the commas of a list.
func lacksName(list string) bool {
	return slices.ContainsFunc(strings.Split(list, ","), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// emptyState is the error of a list behind a flag in which a state has no letter.
func emptyState(flag, list string) error {
	return source.AtWords(flag, list, Usage("an empty name is typed", "name a state, such as RUS or Russia, or leave the comma out"))
}

// opponents resolves the two states of --between, which need not be given.
func opponents(x, y *string, words string) func(*resolving) error {
	return func(r *resolving) error {
		if words == "" {
			return nil
		}
		first, second, ok := r.pair(words)
		if !ok {
			return twoStates(words)
		}
		if lacksName(words) {
			return emptyState("--between", words)
		}
		var wrong [2]error
		*x, wrong[0] = r.stateOnDay(first)
		*y, wrong[1] = r.stateOnDay(second)
		if err := Together(wrong[:]...); err != nil {
			return err
		}
		if *x == *y {
			return twoStates(words)
		}
		return nil
	}
}

// twoStates is the error of words that are not two states.
func twoStates(words string) error {
	return Usage("two different states fight, got "+words, "name them as --between ARG,GBR")
}

var between = regexp.MustCompile(`\s*[,/–-]\s*|\s+and\s+|\s+`)

// pair reads two states: DNK,USA or DNK USA, Trinidad and Tobago and Grenada. It
// takes the first place to part the words at which both sides are states.
func (r *resolving) pair(words string) (x, y string, ok bool) {
	words = strings.TrimSpace(words)
	if x, y, ok = strings.Cut(words, ","); ok {
		return x, y, true
	}
	for _, at := range between.FindAllStringIndex(words, -1) {
		if x, y = words[:at[0]], words[at[1]:]; r.isState(x) && r.isState(y) {
			return x, y, true
		}
	}
	return "", "", false
}

// isState reports whether a word stands for a state, and notes nothing.
func (r *resolving) isState(word string) bool {
	quiet := &resolving{m: r.m, day: r.day}
	_, err := quiet.state(word)
	return err == nil
}

// apart parts a list of states: at commas and, where what is between them is no
// state, at "and", and at blanks if each word then is one.
func (r *resolving) apart(words string) []string {
	var out []string
	for _, piece := range strings.Split(words, ",") {
		if joined := strings.Split(piece, " and "); len(joined) > 1 && !r.isState(piece) {
			out = append(out, joined...)
			continue
		}
		fields := slices.DeleteFunc(strings.Fields(piece), func(w string) bool { return w == "and" })
		if len(fields) < 2 || r.isState(piece) || slices.ContainsFunc(fields, func(w string) bool { return !r.isState(w) }) {
			fields = []string{piece}
		}
		out = append(out, fields...)
	}
	return out
}
