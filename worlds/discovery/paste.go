package discovery

import "math"

// pastes offers, input by input, to move the upper then the lower limit
// outward, or to let a category in again. Candidates are the rows that break
// this limit and no other; a paste takes those up to the quantile o.Paste of
// them. Where no such row remains beyond, the limit is given up.
//
// Only a box whose mean rises is worth a paste (Friedman and Fisher 1999).
func (s *search) pastes(o Options, offer func(move)) {
	rising := func(m move) {
		if int64(m.k)*int64(s.n) > int64(s.k)*int64(m.n) {
			offer(m)
		}
	}
	for j := range s.t.columns {
		b := &s.bounds[j]
		switch {
		case !b.restricted():
		case b.out != nil:
			s.pasteCategories(j, rising)
		default:
			s.pasteUpper(j, o.Paste, rising)
			s.pasteLower(j, o.Paste, rising)
		}
	}
}

// single counts the rows at a level left out that break no other limit.
func (s *search) single(j int, level int32) tally {
	c := &s.t.columns[j]
	var sum tally
	for _, r := range c.order[c.start[level]:c.start[level+1]] {
		if s.broken[r] == 1 {
			sum.n++
			sum.k += int32(s.hits[r])
		}
	}
	return sum
}

func (s *search) pasteCategories(j int, offer func(move)) {
	for c, out := range s.bounds[j].out {
		if !out {
			continue
		}
		if in := s.single(j, int32(c)); in.n > 0 {
			offer(move{column: j, side: 1, category: int32(c), n: s.n + int(in.n), k: s.k + int(in.k)})
		}
	}
}

func (s *search) pasteUpper(j int, share float64, offer func(move)) {
	beyond := s.only[upperSide(j)]
	if beyond.n == 0 {
		return
	}
	at := int32(math.Floor(float64(beyond.n-1) * share))
	var in tally
	c := s.bounds[j].hi
	for in.n <= at {
		c++
		one := s.single(j, c)
		in.n, in.k = in.n+one.n, in.k+one.k
	}
	m := move{column: j, side: 0, n: s.n + int(in.n), k: s.k + int(in.k), free: in.n == beyond.n}
	if !m.free {
		next := c + 1
		for s.single(j, next).n == 0 {
			next++
		}
		m.limit, m.cut = s.t.columns[j].between(c, next, true)
	}
	offer(m)
}

func (s *search) pasteLower(j int, share float64, offer func(move)) {
	beyond := s.only[lowerSide(j)]
	if beyond.n == 0 {
		return
	}
	at := beyond.n - 1 - int32(math.Ceil(float64(beyond.n-1)*(1-share)))
	var in tally
	c := s.bounds[j].lo
	for in.n <= at {
		c--
		one := s.single(j, c)
		in.n, in.k = in.n+one.n, in.k+one.k
	}
	m := move{column: j, side: 1, n: s.n + int(in.n), k: s.k + int(in.k), free: in.n == beyond.n}
	if !m.free {
		next := c - 1
		for s.single(j, next).n == 0 {
			next--
		}
		m.limit, m.cut = s.t.columns[j].between(next, c, false)
	}
	offer(m)
}
