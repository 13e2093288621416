package show

import (
	"fmt"
	"io"
	"strings"

	"casus/law/counsel"
)

// The sizes of a network of chains, in pixels.
const (
	netBox   = 190
	netGap   = 46
	netRow   = 14
	netAbove = 64
)

// NetworkPicture draws the steps of all chains once each, in layers from the first
// event to the end, which is the last of them; a line leads from a step to the next of a chain, the wider the
// more chains go that way. Each step carries its article, where it has one, as
// data-article; one whose link to knows an address for is a link there. The picture is SVG and takes its colours from the page: chart, ink, soft and
// rule are its classes.
func NetworkPicture(w io.Writer, f *counsel.Chains, to func(link string) string) error {
	n := newNetwork(f)
	n.to = to
	n.draw()
	_, err := io.WriteString(w, n.out.String())
	return err
}

// network is the steps of chains, each once.
type network struct {
	picture
	steps []counsel.StoryStep
	edges [][2]int
	many  map[[2]int]int // chains along an edge
	grid  *layered
	end   int                      // the step at which all chains end
	to    func(link string) string // nil: nothing is a link
	high  []int                    // of a step
}

func newNetwork(f *counsel.Chains) *network {
	n := &network{many: map[[2]int]int{}, end: -1}
	at := map[string]int{}
	for _, c := range f.Chains {
		before := -1
		for _, s := range c.Story {
			key := s.Words + "|" + s.Then + "|" + s.Class
			k, seen := at[key]
			if !seen {
				k = len(n.steps)
				at[key] = k
				n.steps = append(n.steps, s)
				n.high = append(n.high, len(netLines(s))*netRow+14)
			}
			if before >= 0 && before != k {
				e := [2]int{before, k}
				if n.many[e] == 0 {
					n.edges = append(n.edges, e)
				}
				n.many[e]++
			}
			before = k
		}
		n.ends(f.To, before)
	}
	n.grid = lay(len(n.steps), n.edges)
	return n
}

// ends leads from the last step of a chain to the end that was asked for.
func (n *network) ends(to string, from int) {
	if from < 0 {
		return
	}
	if n.end < 0 {
		n.end = len(n.steps)
		s := counsel.StoryStep{Words: upperFirst(to)}
		n.steps = append(n.steps, s)
		n.high = append(n.high, len(netLines(s))*netRow+14)
	}
	e := [2]int{from, n.end}
	if n.many[e] == 0 {
		n.edges = append(n.edges, e)
	}
	n.many[e]++
}

func netLines(s counsel.StoryStep) []string {
	words := s.Words
	if s.Then != "" {
		words += "; so " + s.Then
	}
	lines := strings.Split(strings.TrimSuffix(fold(words, 27, 0), "\n"), "\n")
	if s.Class != "" {
		lines = append(lines, "["+s.Class+"]")
	}
	return lines
}

func (n *network) draw() {
	tall := 0
	for _, layer := range n.grid.layers {
		h := 0
		for _, v := range layer {
			h += n.high[v] + netRow
		}
		tall = max(tall, h)
	}
	width := max(760, len(n.grid.layers)*(netBox+netGap)-netGap+16)
	height := netAbove + tall + 12
	n.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="11">`, width, height, width, height)
	n.add(`<g class="ink">`)
	n.key(width)
	x, y := make([]int, len(n.steps)), make([]int, len(n.steps))
	for i, layer := range n.grid.layers {
		free := tall
		for _, v := range layer {
			free -= n.high[v] + netRow
		}
		top := netAbove + free/2
		for _, v := range layer {
			x[v], y[v] = 8+i*(netBox+netGap), top
			top += n.high[v] + netRow
		}
	}
	for _, e := range n.edges {
		x1, y1, x2, y2 := x[e[0]]+netBox, y[e[0]]+n.high[e[0]]/2, x[e[1]], y[e[1]]+n.high[e[1]]/2
		n.add(`<path class="link" fill="none" stroke-width="%.1f" d="M%d %dC%d %d %d %d %d %d"/>`, 1+min(float64(n.many[e]), 12)/3, x1, y1, x1+netGap/2, y1, x2-netGap/2, y2, x2, y2)
	}
	for v, s := range n.steps {
		n.step(v, s, x[v], y[v])
	}
	n.add("</g>")
	n.add("</svg>")
}

// key is the legend of classes.
func (n *network) key(width int) {
	x, y := 8, 16
	for _, c := range stepColours {
		needed := 26 + 6*len(c.gloss)
		if x+needed > width {
			x, y = 8, y+18
		}
		n.add(`<rect x="%d" y="%d" width="14" height="11" rx="2" fill="%s"/>`, x, y-10, c.colour)
		n.text(x+19, y, 11, "start", "normal", c.gloss)
		x += needed
	}
}

func (n *network) step(v int, s counsel.StoryStep, x, y int) {
	colour := stepColours[0].colour
	for _, c := range stepColours {
		if c.class == s.Class {
			colour = c.colour
		}
	}
	if v == n.end {
		n.last(s, x, y)
		return
	}
	if address, link := n.leads(s); address != "" {
		n.add(`<a href="%s" data-cut="%s">`, escape(address), escape(link))
		defer n.add(`</a>`)
	}
	n.add(`<g data-article="%s"><rect class="step-box" x="%d" y="%d" width="%d" height="%d" rx="5" stroke="%s" stroke-width="1.6"/><rect x="%d" y="%d" width="5" height="%d" rx="2" fill="%s"/>`, escape(s.Article), x, y, netBox, n.high[v], colour, x, y, n.high[v], colour)
	for i, line := range netLines(s) {
		n.text(x+12, y+17+i*netRow, 11, "start", "normal", line)
	}
	n.add(fmt.Sprintf("<title>%s</title></g>", escape(strings.Join(netLines(s), " "))))
}

// last is the end of all chains: heavier than a step, and no link.
func (n *network) last(s counsel.StoryStep, x, y int) {
	high := n.high[n.end]
	n.add(`<g class="end-of-chains"><rect class="step-box edge" x="%d" y="%d" width="%d" height="%d" rx="5" stroke-width="2.6"/>`, x, y, netBox, high)
	for i, line := range netLines(s) {
		n.text(x+12, y+17+i*netRow, 11, "start", "bold", line)
	}
	n.add(`<title>The end: %s</title></g>`, escape(s.Words))
}

// leads is where a step leads: by its article, or where it has none by itself.
func (n *network) leads(s counsel.StoryStep) (address, link string) {
	if n.to == nil {
		return "", ""
	}
	if to := n.to(s.Article); to != "" {
		return to, s.Article
	}
	return n.to(s.Words), s.Words
}
