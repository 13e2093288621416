package show

import (
	"fmt"
	"io"
	"strconv"

	"casus/worlds/inquiry"
)

// Sizes writes how large the graph of each option is, a line an option where the page is
// wide enough.
func Sizes(w io.Writer, f *inquiry.Sizes, l Layout) error {
	t := newText(l)
	rows := [][]string{{"option", "states", "decisions", "chances", "edges", "multiplied most by", "largest step"}}
	for _, s := range f.Sizes {
		top := s.Largest()
		rows = append(rows, []string{s.Option, strconv.Itoa(s.States), strconv.Itoa(s.Decisions), strconv.Itoa(s.Chances), strconv.Itoa(s.Edges),
			fmt.Sprintf("%s (times %.3g)", s.Multiplies, s.Times), fmt.Sprintf("%s (%d)", top.Step, top.States)})
	}
	widths := widest(rows)
	for i, row := range rows {
		for k := 1; k <= 4; k++ {
			rows[i][k] = fmt.Sprintf("%*s", widths[k], row[k])
		}
	}
	t.grid(widths, rows)
	return t.print(w)
}
