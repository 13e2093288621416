package main

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// texts are lines that print text for a person, one or more for every verb that does.
var texts = `run small.casus --worlds 16 --record rec
run small.casus --worlds 16 --full
report rec
report rec --full
report rec --convergence
robust rec --between none,more --threshold war<5% --full
value rec
sense rec --between none,more
flip small.casus --worlds 16 --measure war --between none,more
suppose small.casus --measure war --between none,more --set gain=3
discover rec --where war[more]>0.8
claims rec --case small.casus
record estonia --worlds 16
elicit estonia --worlds 16
graph estonia
graph estonia --reach
graph estonia --ladder --worlds 8
graph small.casus --at start --view dove --option more
check small.casus
list
list options ukraine
list assumptions ukraine
list articles
states DEU
states DEU --date 1950-01-01
spend RUS USA
cite NAT.5
why --by RUS --on EST --object territory --at EST --date 2026-02-01
why --by RUS --on EST --object territory --at EST --date 2026-02-01 --reasons
why --by RUS --on EST --object territory --at EST --date 2026-02-01 --not NAT.5
owed --state EST --date 2026-02-01
conflicts --state GBR --date 1982-05-01
chains --event armed_attack_by_RUS_on_FIN --end drawn(SWE) --date 2026-01-01
cut --event armed_attack_by_RUS_on_FIN --end drawn(SWE) --date 2026-01-01
diff ISTANBUL2022 PARIS2026 --date 2026-01-01
run 1914
data list`

// No line is wider than the page, on a narrow one and on a usual one. What cannot be
// broken may stand out: a word that alone is as wide as what is left to it.
func TestNothingIsWiderThanThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	writeSlips(t)
	t.Setenv("CASUS_DATA", t.TempDir())
	for line := range strings.Lines(texts) {
		var args []string
		for _, w := range strings.Fields(line) {
			if strings.HasPrefix(w, "armed_attack") {
				w = strings.ReplaceAll(w, "_", " ")
			}
			args = append(args, w)
		}
		for _, width := range []int{40, 80} {
			t.Setenv("COLUMNS", strconv.Itoa(width))
			var out, errs bytes.Buffer
			if code := run(args, strings.NewReader(""), &out, &errs); code != 0 && code != 3 {
				t.Errorf("%s: exit %d: %s", strings.TrimSpace(line), code, errs.String())
				continue
			}
			for _, said := range strings.Split(out.String(), "\n") {
				if n := utf8.RuneCountInString(said); n > width && breaks(said, width) {
					t.Errorf("%s: %d characters at %d: %s", strings.TrimSpace(line), n, width, said)
					break
				}
			}
		}
	}
}

// breaks reports whether a line could have been broken so that it fits: its last word
// would fit on a line of its own, half of the page away from the margin.
func breaks(line string, width int) bool {
	words := strings.Fields(line)
	return len(words) > 1 && utf8.RuneCountInString(words[len(words)-1]) <= width/2
}
