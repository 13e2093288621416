package game

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
)

// Each page of testdata draws games: a file as Gambit writes it, and what is
// read of it, what everybody does, or the file written again.
func TestDrawings(t *testing.T) {
	datadriven.Walk(t, "testdata/drawings", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			g, err := ReadEFG("game.efg", []byte(d.Input))
			if err != nil {
				return err.Error() + "\n"
			}
			precision := 1.0
			d.MaybeScanArgs(t, "precision", &precision)
			world := []float64{precision}
			switch d.Cmd {
			case "read":
				return g.Text(g.Numbers(world))
			case "solve":
				return solved(g, world)
			case "write":
				var out strings.Builder
				if err := g.WriteEFG(&out, "written again", g.Numbers(world)); err != nil {
					return err.Error() + "\n"
				}
				return out.String()
			}
			t.Fatalf("no command %s", d.Cmd)
			return ""
		})
	})
}

// solved tells what everybody does at each node, and what each player may expect.
func solved(g *Game, world []float64) string {
	if err := g.Perfect(); err != nil {
		return err.Error() + "\n"
	}
	p := g.Play(world)
	var out strings.Builder
	for n := range g.Walk() {
		nd := g.Node(n)
		fmt.Fprintf(&out, "%s:", nd.Label)
		for i, a := range nd.Actions {
			fmt.Fprintf(&out, " %s %.6f", a.Label, p.Policy[n][i])
		}
		fmt.Fprintln(&out)
	}
	for i, name := range g.Players() {
		fmt.Fprintf(&out, "%s may expect %.6f\n", name, p.Value[i])
	}
	return out.String()
}
