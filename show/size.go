package show

import (
	"fmt"
	"io"
	"strings"

	"casus/terminal"
	"casus/worlds/inquiry"
)

// Sizes writes how large the graph of each option is, a line an option.
func Sizes(w io.Writer, f *inquiry.Sizes, _ Layout) error {
	width := len("option")
	for _, s := range f.Sizes {
		width = max(width, len(s.Option))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-*s %9s %9s %9s %9s  %-24s %s\n", width, "option", "states", "decisions", "chances", "edges", "multiplied most by", "largest step")
	for _, s := range f.Sizes {
		top := s.Largest()
		fmt.Fprintf(&b, "%-*s %9d %9d %9d %9d  %-24s %s (%d)\n", width, s.Option, s.States, s.Decisions, s.Chances, s.Edges,
			fmt.Sprintf("%s (times %.3g)", s.Multiplies, s.Times), top.Step, top.States)
	}
	return terminal.Print(w, b.String())
}
