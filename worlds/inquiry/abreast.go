package inquiry

import (
	"runtime"

	"casus/crew"
)

// abreast runs n searches side by side, each of which asks one question at a
// time and waits for the answer. When every search that has not ended waits,
// their questions are answered in one call, in the order of the searches: so
// searches made for one number at a time use a solver made for thousands.
// What a search is told does not depend on the others. A fault in a search, or in the
// answering, ends the others where they wait.
func abreast[Q, R any](n int, search func(i int, ask func(Q) R), answer func([]Q) []R) {
	type message struct {
		i             int
		q             Q
		ended, broken bool
	}
	var searches crew.Crew
	from, to, off := make(chan message), make([]chan R, n), make(chan struct{})
	defer searches.Wait()
	defer close(off)
	for i := range n {
		to[i] = make(chan R)
		searches.Go(func() {
			end := message{i: i, ended: true, broken: true}
			defer func() {
				select {
				case from <- end:
				case <-off:
				}
			}()
			search(i, func(q Q) (r R) {
				select {
				case from <- message{i: i, q: q}:
				case <-off:
					runtime.Goexit()
				}
				select {
				case r = <-to[i]:
				case <-off:
					runtime.Goexit()
				}
				return r
			})
			end.broken = false
		})
	}
	questions, waits := make([]Q, n), make([]bool, n)
	for live, waiting := n, 0; live > 0; {
		m := <-from
		if m.broken {
			return
		}
		if m.ended {
			live--
		} else {
			questions[m.i], waits[m.i] = m.q, true
			waiting++
		}
		if waiting < live || live == 0 {
			continue
		}
		var qs []Q
		var who []int
		for i, w := range waits {
			if w {
				qs, who = append(qs, questions[i]), append(who, i)
			}
		}
		for k, r := range answer(qs) {
			waits[who[k]] = false
			to[who[k]] <- r
		}
		waiting = 0
	}
}
