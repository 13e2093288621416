package crisis

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// The games in testdata/games, each a model with a sentence above it. Below it
// stand questions and answers worked out by hand:
//
//	#? lambda = 1000      asks in the world in which lambda is 1000; before the
//	                      first, every assumption has the value of the file
//	#: p = 1 / (1 + q)    names a number for the lines below it in this world
//	#= [option.]m = EXPR  measure m, under the one option there is or the named
func TestDrawnGames(t *testing.T) {
	files, err := filepath.Glob("testdata/games/*.casus")
	if err != nil || len(files) == 0 {
		t.Fatal("no games", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".casus"), func(t *testing.T) { checkDrawing(t, name) })
	}
}

func checkDrawing(t *testing.T, name string) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m, k, err := read(string(text))
	if err != nil {
		t.Fatal(err)
	}
	d := &drawing{T: t, m: m, k: k, given: map[string]float64{}}
	d.words = d.start()
	asked := 0
	for i, line := range strings.Split(string(text), "\n") {
		d.at = i + 1
		switch mark, rest, _ := strings.Cut(line, " "); mark {
		case "#?":
			name, x := d.equation(rest)
			d.given[name] = x
			d.words = d.start()
		case "#:":
			name, x := d.equation(rest)
			d.words[name] = x
		case "#=":
			d.answer(rest)
			asked++
		}
	}
	if asked == 0 {
		t.Error("asks nothing")
	}
}

type drawing struct {
	*testing.T
	m     *model.Model
	k     *model.Case
	given map[string]float64 // what #? said
	words map[string]float64 // the numbers that answers may use
	at    int                // line
}

// start are the assumptions of the world asked about.
func (d *drawing) start() map[string]float64 {
	out := map[string]float64{}
	for _, a := range d.m.Uses(d.k) {
		out[a.Name] = a.Belief("v").Dist.Mean()
	}
	for name, x := range d.given {
		out[name] = x
	}
	return out
}

// equation reads `name = EXPR`.
func (d *drawing) equation(line string) (string, float64) {
	d.Helper()
	tree, problems := syntax.Parse(source.New("line", []byte(line)))
	if len(tree.Stmts) != 1 {
		d.Fatalf("line %d: %s is no equation", d.at, line)
	}
	c := syntax.NewCursor(tree.Stmts[0], &problems)
	name := c.Next().Text
	if c.Take(".") {
		name += "." + c.Next().Text
	}
	c.Expect("=")
	e := c.Expr()
	c.End()
	if len(problems) > 0 {
		d.Fatalf("line %d: %v", d.at, problems)
	}
	reckon := &definition{numbers: d.words, k: &model.Case{}, cr: &model.Crisis{}}
	return name, reckon.number(e, nil, nil)
}

func (d *drawing) answer(line string) {
	d.Helper()
	name, want := d.equation(line)
	option, measure, named := strings.Cut(name, ".")
	if !named {
		option, measure = d.k.Options[0].Name, name
	}
	s := compile(d.T, d.m, d.k, d.m.Option(option))
	in := empty(len(s.Graph.Game.Inputs), 1)
	for i, a := range s.Graph.Game.Inputs {
		in[i][0] = a.Belief("v").Dist.Mean()
		if x, ok := d.given[a.Name]; ok {
			in[i][0] = x
		}
	}
	out := solve(d.T, s, in, 1)
	for i, ms := range s.Measures {
		if ms.Name == measure {
			if by := apart(out[i][0], want, 1); !(by <= 1e-12) {
				d.Errorf("line %d: %s is %v, by hand %v", d.at, name, out[i][0], want)
			}
			return
		}
	}
	d.Fatalf("line %d: no measure %s", d.at, measure)
}
