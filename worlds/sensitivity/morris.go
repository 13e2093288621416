package sensitivity

import (
	"fmt"
	"math"

	"casus/worlds/draw"
)

// Walks is Morris's design (Morris 1991): trajectories through a grid of the
// unit cube, each of which moves every input once, in random order, by Step.
// Trajectory t is points t·(d+1) … t·(d+1)+d; it depends on the seed and t
// alone, so more trajectories keep the earlier ones.
type Walks struct {
	Inputs       []string `json:"inputs"`
	Trajectories int      `json:"trajectories"`
	Levels       int      `json:"levels"` // even
	// Ends puts the levels at 0, 1/(p−1), …, 1 as in Morris's paper; otherwise
	// they are ½/p, 1½/p, …, the middles of p equally probable cells, so that an
	// unbounded distribution has a quantile at each.
	Ends bool   `json:"ends"`
	Seed uint64 `json:"seed"`
}

// Morris makes the design; levels 0 means 4. It is an error to name no input or
// one twice, to have fewer than 2 trajectories, and an odd number of levels or
// fewer than 2.
func Morris(inputs []string, trajectories, levels int, seed uint64) (Walks, error) {
	if levels == 0 {
		levels = 4
	}
	if err := distinct(inputs); err != nil {
		return Walks{}, err
	}
	if trajectories < 2 || trajectories > maxRows/(len(inputs)+1) {
		return Walks{}, fmt.Errorf("morris wants 2 trajectories or more, got %d; 10 to 50 are usual", trajectories)
	}
	if levels < 2 || levels%2 != 0 || levels > 1<<20 {
		return Walks{}, fmt.Errorf("morris wants an even number of levels, got %d; 4 is usual", levels)
	}
	return Walks{Inputs: inputs, Trajectories: trajectories, Levels: levels, Seed: seed}, nil
}

// Step is how far an input moves, in units of probability: half the levels.
func (m Walks) Step() float64 { return float64(m.Levels/2) / m.cells() }

func (m Walks) cells() float64 {
	if m.Ends {
		return float64(m.Levels - 1)
	}
	return float64(m.Levels)
}

func (m Walks) at(level int) float64 {
	if m.Ends {
		return float64(level) / m.cells()
	}
	return (float64(level) + 0.5) / m.cells()
}

// Len is the number of points.
func (m Walks) Len() int { return m.Trajectories * (len(m.Inputs) + 1) }

// walk is a trajectory: where it starts and the order in which inputs move. An
// input that starts in the lower half moves up, one in the upper half down, so
// every level and both directions are equally likely.
func (m Walks) walk(t int) (start, order []int) {
	d := len(m.Inputs)
	s := draw.NewStream(m.Seed, "sensitivity: morris")
	at := uint64(t) * uint64(2*d)
	for j := range d {
		start = append(start, s.Index(at+uint64(j), m.Levels))
		order = append(order, j)
	}
	for k := d - 1; k > 0; k-- {
		j := s.Index(at+uint64(d+k), k+1)
		order[k], order[j] = order[j], order[k]
	}
	return start, order
}

// up says which way an input moves that starts at a level.
func (m Walks) up(level int) bool { return level < m.Levels/2 }

// Points gives a column of Len numbers for each input, in (0, 1), or in [0, 1]
// with Ends.
func (m Walks) Points() [][]float64 {
	points := make([][]float64, len(m.Inputs))
	for t := range m.Trajectories {
		level, order := m.walk(t)
		for k := 0; ; k++ {
			for j := range points {
				points[j] = append(points[j], m.at(level[j]))
			}
			if k == len(order) {
				break
			}
			if j := order[k]; m.up(level[j]) {
				level[j] += m.Levels / 2
			} else {
				level[j] -= m.Levels / 2
			}
		}
	}
	return points
}

// Elementary holds elementary effects.
type Elementary struct {
	Basis                         // N counts trajectories that are whole
	Evaluations int               `json:"evaluations"`
	Inputs      []ElementaryInput `json:"inputs"`
}

// ElementaryInput describes the effects of one input: the change of the output
// for each unit of its probability, one effect from each trajectory. MuStar is
// the mean of their sizes (Campolongo, Cariboni and Saltelli 2007), Mu their
// mean, Sigma their standard deviation: large against MuStar where the input
// acts in a curve or together with others (Morris 1991).
type ElementaryInput struct {
	Input  string   `json:"input"`
	MuStar Estimate `json:"mu_star"`
	Mu     Estimate `json:"mu"`
	Sigma  Estimate `json:"sigma"`
	N      int      `json:"n"` // effects used
}

// Effects estimates from the outputs of all points, in their order. An effect
// with an output that is not finite is left out, the others of its trajectory
// are not. Intervals resample the effects of each input. Valid only for inputs
// that are independent: the walk moves one and holds the others.
func (m Walks) Effects(y []float64, b Bootstrap) (Elementary, error) {
	b, err := b.settle()
	if err != nil {
		return Elementary{}, err
	}
	if len(y) != m.Len() {
		return Elementary{}, fmt.Errorf("the design has %d points (%d trajectories), got %d outputs", m.Len(), m.Trajectories, len(y))
	}
	result := Elementary{Basis: newBasis(0, 0, b.String()), Evaluations: m.Len()}
	effects := m.effects(y)
	for t := range m.Trajectories {
		if allFinite(y[t*(len(m.Inputs)+1):][:len(m.Inputs)+1]) {
			result.N++
		}
	}
	result.Left = m.Trajectories - result.N
	for j, name := range m.Inputs {
		if len(effects[j]) < 2 {
			return Elementary{}, fmt.Errorf("input %q: fewer than 2 effects are finite; nothing can be estimated", name)
		}
		result.Inputs = append(result.Inputs, elementary(name, effects[j], b))
		result.warnLeft(name, "effects", m.Trajectories-len(effects[j]), m.Trajectories)
	}
	result.doubt()
	return result, nil
}

func allFinite(xs []float64) bool {
	for _, x := range xs {
		if !isFinite(x) {
			return false
		}
	}
	return true
}

// effects gives the finite elementary effects of each input.
func (m Walks) effects(y []float64) [][]float64 {
	d := len(m.Inputs)
	effects := make([][]float64, d)
	for t := range m.Trajectories {
		start, order := m.walk(t)
		for k, j := range order {
			at := t*(d+1) + k
			effect := (y[at+1] - y[at]) / m.Step()
			if !m.up(start[j]) {
				effect = -effect
			}
			if isFinite(effect) {
				effects[j] = append(effects[j], effect)
			}
		}
	}
	return effects
}

func elementary(name string, effects []float64, b Bootstrap) ElementaryInput {
	unit := 0.0
	for _, e := range effects {
		unit = max(unit, math.Abs(e))
	}
	if unit == 0 {
		none := Estimate{}
		return ElementaryInput{name, none, none, none, len(effects)}
	}
	rows := b.sums(len(effects), 3, func(k, from int, dst []float64) {
		for i := range dst {
			e := effects[from+i] / unit
			dst[i] = [3]float64{math.Abs(e), e, e * e}[k]
		}
	})
	for _, sums := range rows {
		n := sums[3]
		sizes, mean, squares := sums[0]/n, sums[1]/n, sums[2]/n
		sums[0], sums[1] = sizes*unit, mean*unit
		sums[2] = math.Sqrt(max(squares-float64(mean*mean), 0)*n/(n-1)) * unit
	}
	es := b.estimates(rows)
	return ElementaryInput{name, es[0], es[1], es[2], len(effects)}
}

func (r *Elementary) doubt() {
	largest := 0.0
	for _, in := range r.Inputs {
		largest = max(largest, in.MuStar.Value)
	}
	for _, in := range r.Inputs {
		if w := in.MuStar.Width(); w > largest/2 {
			r.warn(NotConverged, in.Input, "the interval of mu* is %.0f %% of the largest mu* wide; take more trajectories before ranking", 100*w/largest)
		}
	}
}
