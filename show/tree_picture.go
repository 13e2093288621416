package show

import (
	"fmt"
	"io"
	"strings"

	"casus/worlds/discovery"
	"casus/worlds/inquiry"
)

// The layout of a tree, in pixels.
const (
	treeStep  = 214
	treeBox   = 186
	treeRow   = 56
	treeDepth = 3 // splits shown below the root
)

// TreePicture draws the tree that parts the worlds of a view, from left to right down
// to treeDepth splits; what is parted further is counted. The picture is SVG and takes
// its colours from the page.
func TreePicture(out io.Writer, v inquiry.ViewDiscovered) error {
	p := &findPicture{titles: titlesOf(v)}
	p.tree(v.Found)
	return p.print(out)
}

// tree draws a classification tree; without a split there is nothing to draw.
func (p *findPicture) tree(f *inquiry.Findings) {
	if f == nil || f.Tree == nil || len(f.Tree.Nodes) < 3 || f.Tree.Nodes[0].Interest == nil {
		return
	}
	p.y += 14
	p.say(12, "bold", "A tree: each split parts the worlds where so and not so differ most; of each part its worlds and the share in which it is so")
	t := &treeDrawn{findPicture: p, of: f.Tree, top: p.y + 14}
	t.node(0, [2]string{"all worlds"})
	p.y = t.top + t.rows*treeRow + 6
}

// treeDrawn is a tree on its way: rows are those of leaves that were drawn.
type treeDrawn struct {
	*findPicture
	of   *discovery.Tree
	top  int
	rows int
}

// node draws a node with all below it, and gives the middle of its height.
func (t *treeDrawn) node(i int, condition [2]string) int {
	n := t.of.Nodes[i]
	left := 12 + n.Depth*treeStep
	if n.Leaf || n.Depth == treeDepth {
		y := t.top + t.rows*treeRow + treeRow/2
		t.rows++
		t.box(n, left, y, condition, t.leaves(i))
		return y
	}
	a := t.node(n.Children[0], t.sideWords(n, true))
	b := t.node(n.Children[1], t.sideWords(n, false))
	y := (a + b) / 2
	for _, to := range []int{a, b} {
		t.add(`<path fill="none" stroke="#8a8a8a" d="M%d %dC%d %d %d %d %d %d"/>`, left+treeBox, y, left+treeBox+14, y, left+treeBox+14, to, left+treeStep, to)
	}
	t.box(n, left, y, condition, 0)
	return y
}

// leaves counts the parts that stand below a node that is drawn as one.
func (t *treeDrawn) leaves(i int) int {
	n := t.of.Nodes[i]
	if n.Leaf {
		return 0
	}
	sum := 0
	for _, c := range n.Children {
		sum += max(t.leaves(c), 1)
	}
	return sum
}

// box is a node: its condition, its worlds, and the share of interest as a bar.
func (t *treeDrawn) box(n discovery.Node, x, y int, condition [2]string, more int) {
	words := fmt.Sprintf("%s of %d", percent(n.Mean), n.Rows)
	if more > 0 {
		words += fmt.Sprintf(", %d parts", more)
	}
	t.add(`<g><title>%s</title><rect x="%d" y="%d" width="%d" height="48" rx="4" class="band" stroke="#8a8a8a"/>`, escape(strings.TrimSpace(strings.Join(condition[:], " "))), x, y-24, treeBox)
	t.add(`<rect x="%d" y="%d" width="%d" height="5" fill="#8a8a8a" fill-opacity="0.35"/><rect x="%d" y="%d" width="%.1f" height="5" fill="%s"/>`, x+7, y+16, treeBox-14, x+7, y+16, float64(treeBox-14)*n.Mean, boxColour)
	t.text(x+7, y-11, 10, "start", "bold", cut(condition[0], 33))
	t.text(x+7, y+1, 10, "start", "bold", cut(condition[1], 33))
	t.text(x+7, y+12, 10, "start", "normal", words)
	t.add("</g>")
}

// sideWords is the condition of one side of a split: of what, and which part.
func (t *treeDrawn) sideWords(n discovery.Node, left bool) [2]string {
	of := t.named(n.Input, 60)
	if n.Threshold == nil {
		return [2]string{of, map[bool]string{true: "in ", false: "not in "}[left] + strings.Join(n.Left, ", ")}
	}
	return [2]string{of, map[bool]string{true: "≤ ", false: "> "}[left] + short(*n.Threshold)}
}
