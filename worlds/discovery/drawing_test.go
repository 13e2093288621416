package discovery

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
)

// A picture is a table of two inputs, x to the right and y upwards from 0: # is a
// world of interest, . one that is not. In the answer a digit is a world of
// interest in the box of that number and a letter one that is not.
func TestDrawings(t *testing.T) {
	datadriven.RunTest(t, "testdata/drawings.txt", func(t *testing.T, d *datadriven.TestData) string {
		table, err := New(picture(d))
		if err != nil {
			return err.Error()
		}
		switch d.Cmd {
		case "cover":
			return covered(t, table, d)
		case "steps":
			return steps(t, table, d)
		case "tree":
			return leaves(t, table, d)
		case "stack":
			return stacked(t, table, d)
		}
		t.Fatalf("unknown command %s", d.Cmd)
		return ""
	})
}

// picture reads the worlds of a drawing row by row. With "letters" x is
// categorical, with "whole" both are integers.
func picture(d *datadriven.TestData) ([]Input, []float64) {
	x, y := Input{Name: "x", Integer: d.HasArg("whole")}, Input{Name: "y", Integer: d.HasArg("whole")}
	var of []bool
	lines := strings.Split(d.Input, "\n")
	for up, line := range lines {
		for right, world := range line {
			if world == ' ' {
				continue
			}
			of = append(of, world == '#')
			y.Numbers = append(y.Numbers, float64(len(lines)-1-up))
			if d.HasArg("letters") {
				x.Labels = append(x.Labels, string(rune('A'+right)))
			} else {
				x.Numbers = append(x.Numbers, float64(right))
			}
		}
	}
	return []Input{x, y}, interest(of)
}

func asked(t *testing.T, d *datadriven.TestData) (o Options) {
	d.MaybeScanArgs(t, "peel", &o.Peel)
	d.MaybeScanArgs(t, "mass", &o.MassMin)
	d.MaybeScanArgs(t, "threshold", &o.Threshold)
	d.MaybeScanArgs(t, "objective", &o.Objective)
	o.NoPaste = d.HasArg("nopaste")
	o.Relabel = d.HasArg("relabel")
	return o
}

func covered(t *testing.T, table *Sample, d *datadriven.TestData) string {
	most := 9
	d.MaybeScanArgs(t, "most", &most)
	c, err := Cover(context.Background(), table, asked(t, d), most)
	if err != nil {
		return err.Error()
	}
	boxes := c.Boxes()
	text := marked(t, table, d, boxes)
	for i := range boxes {
		text += fmt.Sprintf("%d: %s\n", i+1, line(&boxes[i]))
	}
	if u := c.Together; u != nil {
		text += fmt.Sprintf("together: coverage %d/%d density %d/%d\n", u.Coverage.Count, u.Coverage.Of, u.Density.Count, u.Density.Of)
	}
	return text + c.Ended + "\n"
}

func marked(t *testing.T, table *Sample, d *datadriven.TestData, boxes []Box) string {
	at, err := Where(table, boxes...)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	i := 0
	for _, world := range d.Input {
		if world != '.' && world != '#' {
			text.WriteRune(world)
			continue
		}
		switch box := at[i]; {
		case box < 0:
			text.WriteRune(world)
		case world == '#':
			text.WriteRune(rune('1' + box))
		default:
			text.WriteRune(rune('a' + box))
		}
		i++
	}
	return text.String() + "\n"
}

func line(b *Box) string {
	text := fmt.Sprintf("coverage %d/%d density %d/%d mass %d/%d;", b.Coverage.Count, b.Coverage.Of, b.Density.Count, b.Density.Of, b.Mass.Count, b.Mass.Of)
	for _, l := range b.Limits {
		if l.Restricted {
			text += " " + l.Input + limitText(l)
		}
	}
	return text
}

func steps(t *testing.T, table *Sample, d *datadriven.TestData) string {
	tr, err := PRIM(table, asked(t, d))
	if err != nil {
		return err.Error()
	}
	text := marked(t, table, d, tr.Boxes[len(tr.Boxes)-1:])
	for i := range tr.Boxes {
		text += fmt.Sprintf("%s: %s", tr.Boxes[i].Step, line(&tr.Boxes[i]))
		if n := tr.Boxes[i].Ties; n > 0 {
			text += fmt.Sprintf(" (%d as good)", n)
		}
		text += "\n"
	}
	return text + fmt.Sprintf("%s; front %v\n", tr.Ended, tr.Front())
}

func leaves(t *testing.T, table *Sample, d *datadriven.TestData) string {
	var o TreeOptions
	d.MaybeScanArgs(t, "leaf", &o.Leaf)
	d.MaybeScanArgs(t, "depth", &o.Depth)
	d.MaybeScanArgs(t, "prune", &o.Prune)
	tree, err := CART(table, o)
	if err != nil {
		return err.Error()
	}
	var boxes []Box
	text := ""
	for _, i := range tree.Leaves() {
		boxes = append(boxes, *tree.Nodes[i].Box)
		text += fmt.Sprintf("%d: %s\n", len(boxes), line(tree.Nodes[i].Box))
	}
	return marked(t, table, d, boxes) + text
}

// stacked draws a cell as interest/rows, and one without rows as a question.
func stacked(t *testing.T, table *Sample, d *datadriven.TestData) string {
	o := StackOptions{Inputs: []string{"y", "x"}}
	d.MaybeScanArgs(t, "bins", &o.Bins)
	o.EqualCount = d.HasArg("equal")
	s, err := Stack(context.Background(), table, o)
	if err != nil {
		return err.Error()
	}
	text := "       "
	for b := range s.Cells[0] {
		text += fmt.Sprintf("%8s", bins(Key(s.Columns, b)))
	}
	for a := len(s.Cells) - 1; a >= 0; a-- {
		text += fmt.Sprintf("\n%7s", bins(Key(s.Rows, a)))
		for _, c := range s.Cells[a] {
			cell := "?"
			if c.Share != nil {
				cell = fmt.Sprintf("%d/%d", c.Share.Count, c.Share.Of)
			}
			text += fmt.Sprintf("%8s", cell)
		}
	}
	return text + "\n"
}

func bins(key []Bin) (text string) {
	for _, b := range key {
		if b.Category != "" {
			text += b.Category
		} else {
			text += fmt.Sprintf("%.3g…%.3g", b.Lower, b.Upper)
		}
	}
	return text
}
