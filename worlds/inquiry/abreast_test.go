package inquiry

import (
	"strings"
	"testing"

	"casus/crew"
)

func breaks() { panic("no bed") }

// A fault in one search, or in the answering, is heard where the searches were begun,
// and the others, which wait for answers, end.
func TestAbreastHearsFaults(t *testing.T) {
	for _, at := range []string{"search", "late", "answer"} {
		over := make(chan bool, 3)
		f := func() (f *crew.Fault) {
			defer func() {
				if what := recover(); what != nil {
					f = crew.FaultOf(what)
				}
			}()
			abreast(3, func(i int, ask func(int) int) {
				defer func() { over <- true }()
				for n := range 4 {
					if i == 1 && (at == "search" || at == "late" && n == 2) {
						breaks()
					}
					ask(n)
				}
			}, func(q []int) []int {
				if at == "answer" {
					breaks()
				}
				return q
			})
			return nil
		}()
		if f == nil || f.What != "no bed" || !strings.Contains(string(f.Stack), "inquiry.breaks") {
			t.Errorf("in %s: heard %v", at, f)
		}
		for range 3 {
			<-over
		}
	}
}
