package draw

// Kin groups the rows of a sample by the world that each comes of: copies of one
// world are no more worlds, and the same draws under several ranges go together.
type Kin struct {
	of   []int   // the world of each row, numbered as they first come
	rows [][]int // of each world, ascending
}

// KinOf groups n rows by the number of their world; of no numbers, each row is one.
func KinOf(world []int, n int) Kin {
	k := Kin{of: make([]int, n)}
	number := make(map[int]int, n)
	for i := range n {
		name := i
		if world != nil {
			name = world[i]
		}
		at, had := number[name]
		if !had {
			at = len(k.rows)
			number[name], k.rows = at, append(k.rows, nil)
		}
		k.of[i], k.rows[at] = at, append(k.rows[at], i)
	}
	return k
}

// Len is the number of worlds.
func (k Kin) Len() int { return len(k.rows) }

// Of is the number of a row's world, from 0.
func (k Kin) Of(row int) int { return k.of[row] }

// Alone reports whether every row is a world of its own.
func (k Kin) Alone() bool { return len(k.rows) == len(k.of) }

// Rows lists the rows of some worlds, world by world.
func (k Kin) Rows(worlds []int) []int {
	out := make([]int, 0, len(worlds))
	for _, w := range worlds {
		out = append(out, k.rows[w]...)
	}
	return out
}

// Sums adds up a column over the rows of each world; no column is a 1 for each row.
func (k Kin) Sums(column []float64) []float64 {
	out := make([]float64, len(k.rows))
	for i, w := range k.of {
		if column == nil {
			out[w]++
		} else {
			out[w] += column[i]
		}
	}
	return out
}

// Deal gives for each row the row whose place it takes when whole worlds change
// places in a random order of them: a world with one of as many rows.
func (k Kin) Deal(order []int) []int {
	next := map[int][]int{} // worlds by the number of their rows, as dealt
	for _, w := range order {
		size := len(k.rows[w])
		next[size] = append(next[size], w)
	}
	out := make([]int, len(k.of))
	for _, own := range k.rows {
		size := len(own)
		from := k.rows[next[size][0]]
		next[size] = next[size][1:]
		for i, row := range own {
			out[row] = from[i]
		}
	}
	return out
}

// Turned is a deal in which the rows of each world are moved on by some places among
// themselves: world k by k and as many more as turns says.
func (k Kin) Turned(deal []int, turns int) []int {
	out := make([]int, len(deal))
	for w, own := range k.rows {
		for i, row := range own {
			out[row] = deal[own[(i+w+turns)%len(own)]]
		}
	}
	return out
}
