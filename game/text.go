package game

import (
	"fmt"
	"strconv"
	"strings"
)

// Text draws a game with the numbers of one world, always in the same form: the
// nodes in the order of Walk, numbered from 1, so that neither the order in
// which a draft was filled nor nodes that cannot be come to show.
//
//	players   France, Spain
//	precision 2
//	start     -> 1
//
//	1 France: act
//	  wait         -> end  France 1
//	  move  0.5    -> 2  France -0.5, Spain 3
//
//	2 chance: luck
//	  good  0.3    -> year 1
//	  bad   0.7    -> end
//
// Base odds other than 1 stand where a chance has its probability.
func (g *Game) Text(at Numbers) string {
	d := drawing{g: g, at: at, number: map[int]int{}}
	for n := range g.Walk() {
		if g.nodes[n].Year == 0 {
			d.number[n] = len(d.number) + 1
		}
	}
	d.head()
	for n := range g.Walk() {
		if g.nodes[n].Year == 0 {
			d.node(n)
		}
	}
	return d.out.String()
}

type drawing struct {
	g      *Game
	at     Numbers
	number map[int]int // node → as drawn
	out    strings.Builder
}

func (d *drawing) head() {
	g := d.g
	d.line("players", strings.Join(g.players, ", "))
	if len(g.counted) > 0 {
		d.line("counted", strings.Join(g.counted, ", "))
	}
	for _, s := range g.shares {
		var worth []string
		for i, w := range s.Worth {
			if d.at[w] != 0 {
				worth = append(worth, g.players[i]+" "+short(d.at[w]))
			}
		}
		d.line("shared", s.Label+": "+strings.Join(worth, ", "))
	}
	d.line("precision", short(d.at[g.precision]))
	if g.GoesOn() {
		d.line("discount", short(d.at[*g.discount]))
	}
	d.line("start", d.way(g.start))
	for i, y := range g.years {
		like := ""
		if y.Like != i {
			like = fmt.Sprintf("  played like %s", d.year(y.Like))
		}
		d.line("year", fmt.Sprintf("%s %s%s", d.year(i), d.way(y.Entry), like))
	}
}

func (d *drawing) line(name, text string) {
	fmt.Fprintf(&d.out, "%-9s %s\n", name, strings.TrimRight(text, " "))
}

// year is how a year is called: by its number and, in brackets, its label.
func (d *drawing) year(i int) string {
	if l := d.g.years[i].Label; l != "" {
		return fmt.Sprintf("%d (%s)", i+1, l)
	}
	return strconv.Itoa(i + 1)
}

func (d *drawing) node(n int) {
	nd := &d.g.nodes[n]
	who := "chance"
	if nd.Player != Nature {
		who = d.g.players[nd.Player]
	}
	fmt.Fprintf(&d.out, "\n%d %s: %s", d.number[n], who, nd.Label)
	if nd.Set != "" {
		fmt.Fprintf(&d.out, "  set %s", nd.Set)
	}
	for _, x := range nd.Nests {
		var in []string
		for _, i := range x.Actions {
			in = append(in, nd.Actions[i].Label)
		}
		fmt.Fprintf(&d.out, "  nest {%s} scale %s", strings.Join(in, ", "), short(d.at[x.Scale]))
	}
	d.out.WriteByte('\n')
	wide := 0
	for _, a := range nd.Actions {
		wide = max(wide, len([]rune(a.Label)))
	}
	for _, a := range nd.Actions {
		odds := ""
		if nd.Player == Nature || d.at[a.Odds] != 1 {
			odds = short(d.at[a.Odds])
		}
		fmt.Fprintf(&d.out, "  %-*s  %-6s %s\n", wide, a.Label, odds, d.way(a.Way))
		if a.Weighed != nil {
			fmt.Fprintf(&d.out, "  %-*s  %-6s %s\n", wide, "", "as if", d.way(*a.Weighed))
		}
	}
}

// way draws where a way leads and what is paid on it.
func (d *drawing) way(w Way) string {
	to := "-> end"
	if y := d.g.nodes[w.Next].Year; y > 0 {
		to = "-> year " + strconv.Itoa(y)
	} else if w.Next != End {
		to = "-> " + strconv.Itoa(d.number[w.Next])
	}
	paid := map[int]float64{}
	for _, p := range w.Pays {
		paid[p.To] += d.at[p.Amount]
	}
	var parts []string
	for account := range d.g.Accounts() {
		if x := paid[account]; x != 0 {
			parts = append(parts, d.g.accountName(account)+" "+short(x))
		}
	}
	if len(parts) > 0 {
		to += "  " + strings.Join(parts, ", ")
	}
	return to
}

func short(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
