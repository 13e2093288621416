package ask

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Stretch reads how many worlds are run, in words: so many, or FROM..TO, both ends of
// which are run. From is -1 where no stretch was named.
func Stretch(text string) (from, n int, err error) {
	a, b, both := strings.Cut(text, "..")
	if !both {
		n, err = strconv.Atoi(text)
		return -1, n, err
	}
	first, bad := strconv.Atoi(a)
	last, err := strconv.Atoi(b)
	switch {
	case bad != nil:
		return -1, 0, bad
	case err != nil:
		return -1, 0, err
	}
	return stretchOf(first, last)
}

func stretchOf(first, last int) (from, n int, err error) {
	if first < 0 || last < first {
		return -1, 0, fmt.Errorf("%d..%d", first, last)
	}
	return first, last - first + 1, nil
}

// stretchTakes says what --worlds takes where it may be a stretch, as it is sent.
const stretchTakes = `a whole number, or a stretch of worlds, both ends included: "100..199" or [100, 199]`

// stretch takes a stretch of worlds as it is sent: in words, or as its ends. It reports
// whether there was one; so many worlds, and all else, are left to set.
func (f *field) stretch(text json.RawMessage) bool {
	if !f.first.IsValid() {
		return false
	}
	from, n := -1, 0
	var words string
	var ends []int
	if strictly(text, &words) == nil {
		from, n, _ = Stretch(words)
	} else if strictly(text, &ends) == nil && len(ends) == 2 {
		from, n, _ = stretchOf(ends[0], ends[1])
	}
	if from < 0 {
		return false
	}
	f.value.SetInt(int64(n))
	f.first.SetInt(int64(from))
	return true
}
