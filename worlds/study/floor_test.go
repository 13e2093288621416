package study

import (
	"context"
	"strings"
	"testing"

	"casus/crew"
)

func breaks(i int) { panic(i) }

// A fault in a task, or in who is told of progress, is heard by who waits for the run,
// however many workers there are: of several that of the first task.
func TestFloorHearsFaults(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 5} {
		for _, at := range []string{"task", "stopped", "progress"} {
			ctx, stop := context.WithCancel(t.Context())
			f := func() (f *crew.Fault) {
				defer func() { f, _ = recover().(*crew.Fault) }()
				tell := func(done, total int) {
					if at == "progress" && done == 3 {
						breaks(3)
					}
				}
				Each(ctx, 40, workers, tell, func(i int) error {
					if at != "progress" && (i == 3 || i == 4) {
						if at == "stopped" {
							stop()
						}
						breaks(i)
					}
					return nil
				})
				return nil
			}()
			stop()
			if f == nil || f.What != 3 && at != "stopped" || !strings.Contains(string(f.Stack), "study.breaks") {
				t.Errorf("%d workers, %s: heard %v", workers, at, f)
			}
		}
	}
}
