package inquiry

// abreast runs n searches side by side, each of which asks one question at a
// time and waits for the answer. When every search that has not ended waits,
// their questions are answered in one call, in the order of the searches: so
// searches made for one number at a time use a solver made for thousands.
// What a search is told does not depend on the others.
func abreast[Q, R any](n int, search func(i int, ask func(Q) R), answer func([]Q) []R) {
	type message struct {
		i     int
		q     Q
		ended bool
	}
	from, to := make(chan message), make([]chan R, n)
	for i := range n {
		to[i] = make(chan R)
		go func() {
			search(i, func(q Q) R {
				from <- message{i: i, q: q}
				return <-to[i]
			})
			from <- message{i: i, ended: true}
		}()
	}
	questions, waits := make([]Q, n), make([]bool, n)
	for live, waiting := n, 0; live > 0; {
		m := <-from
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
