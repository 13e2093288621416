package decision

// Regret is the table of regrets (Savage 1951): how much worse an option is
// than the best of the compared options in the same world, in the measure's
// unit, never negative.
type Regret struct {
	Measure string     `json:"measure"`
	Unit    string     `json:"unit"`
	Options []string   `json:"options"`
	Worlds  []int      `json:"numbers"` // of the worlds compared, ascending
	Values  [][]Number `json:"regret"`  // by option, then as Worlds
	Count
}

// NewRegret is the table of regrets of a measure. Regret depends on which
// options are compared: adding one can reverse two others (Chernoff 1954).
func NewRegret(t *Table) (*Regret, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	kept, c := complete(t.Values, t.Weights, t.worlds())
	out := &Regret{Measure: t.Measure, Unit: t.Unit, Options: t.Options, Worlds: append([]int{}, kept...), Count: c}
	for _, row := range regrets(t, kept) {
		numbers := make([]Number, len(row))
		for i, x := range row {
			numbers[i] = Number(x)
		}
		out.Values = append(out.Values, numbers)
	}
	return out, nil
}

// regrets are the regrets by option, then world of kept.
func regrets(t *Table, kept []int) [][]float64 {
	sign := t.Better.sign()
	out := make([][]float64, len(t.Options))
	for o := range out {
		out[o] = make([]float64, len(kept))
	}
	for i, w := range kept {
		top := sign * t.Values[0][w]
		for o := range t.Options {
			top = max(top, sign*t.Values[o][w])
		}
		for o := range t.Options {
			out[o][i] = top - float64(sign*t.Values[o][w])
		}
	}
	return out
}
