package decision

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
)

// Tiny tables, options by worlds, with what every criterion says beside. A dash
// is "not defined". Run with -rewrite to draw the answers anew.
func TestDrawings(t *testing.T) {
	datadriven.Walk(t, "testdata/drawings", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			tables, s, err := drawn(d)
			if err != nil {
				t.Fatal(d.Pos, err)
			}
			answer, err := ask(d, tables, s)
			if err != nil {
				return "error: " + err.Error() + "\n"
			}
			return answer
		})
	})
}

func ask(d *datadriven.TestData, tables []*Table, s Settings) (string, error) {
	switch d.Cmd {
	case "compare":
		c, err := Compare(tables[0], s)
		if err != nil {
			return "", err
		}
		return drawComparison(c), nil
	case "regret":
		r, err := NewRegret(tables[0])
		if err != nil {
			return "", err
		}
		return drawRegret(r), nil
	case "front":
		by, epsilon := Expected, []float64(nil)
		for _, a := range d.CmdArgs {
			switch a.Key {
			case "by":
				by = Summary(a.Vals[0])
			case "epsilon":
				epsilon = numbers(a.Vals)
			}
		}
		f, err := NewFront(tables, by, epsilon, s)
		if err != nil {
			return "", err
		}
		return drawFront(f), nil
	case "pair":
		p, err := NewPair(tables[0], tables[0].Options[0], tables[0].Options[1], s.Confidence, 200, 7)
		if err != nil {
			return "", err
		}
		return drawPair(p), nil
	case "know":
		i, err := PerfectInformation(tables[0], InformationDefaults())
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s; without %s; value %s, %s %s\n", drawCount(i.Count), strings.Join(i.Without, "="), show(i.Value), drawInterval(i.Interval), i.Interval.Method), nil
	}
	return "", fmt.Errorf("no question %q", d.Cmd)
}

// drawn reads the tables of a drawing: a line "measure NAME" begins each when
// there are several, a line "weights …" weighs, and "distances …" are distances.
func drawn(d *datadriven.TestData) ([]*Table, Settings, error) {
	s := Defaults()
	better := Lower
	for _, a := range d.CmdArgs {
		switch a.Key {
		case "better":
			better = Direction(a.Vals[0])
		case "tail":
			s.Tail = numbers(a.Vals)[0]
		case "alpha":
			s.Optimism = numbers(a.Vals)[0]
		case "threshold":
			s.Threshold = &numbers(a.Vals)[0]
		}
	}
	var tables []*Table
	last := func() *Table {
		if len(tables) == 0 {
			tables = append(tables, &Table{Measure: "m", Unit: "u", Better: better})
		}
		return tables[len(tables)-1]
	}
	for line := range strings.Lines(d.Input) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case words[0] == "measure":
			tables = append(tables, &Table{Measure: words[1], Unit: "u", Better: Direction(words[2])})
		case words[0] == "weights":
			last().Weights = numbers(words[1:])
		case words[0] == "distances":
			s.Distances = numbers(words[1:])
		default:
			tb := last()
			tb.Options = append(tb.Options, words[0])
			tb.Values = append(tb.Values, numbers(words[1:]))
		}
	}
	if len(tables) == 0 {
		last()
	}
	return tables, s, nil
}

func numbers(words []string) []float64 {
	out := []float64{}
	for _, w := range words {
		x := math.NaN()
		if w != "-" {
			var err error
			if x, err = strconv.ParseFloat(strings.TrimSuffix(w, ","), 64); err != nil {
				panic(err)
			}
		}
		out = append(out, x)
	}
	return out
}

func show(x Number) string {
	if math.IsNaN(float64(x)) {
		return "-"
	}
	return strconv.FormatFloat(math.Round(float64(x)*1e4)/1e4, 'g', -1, 64)
}

func drawInterval(i Interval) string { return fmt.Sprintf("[%s, %s]", show(i.Lo), show(i.Hi)) }

func drawCount(c Count) string {
	return fmt.Sprintf("%d worlds, %d undefined, %d weightless, %s effective", c.N, c.Undefined, c.Weightless, show(c.Effective))
}

func drawComparison(c *Comparison) string {
	var b strings.Builder
	b.WriteString(drawCount(c.Count) + "\n")
	rows := [][]string{{"", "expected", "laplace", "median", "worst", "@", "best", "tail", "hurwicz", "maxregret", "@", "tailregret", "meanregret", "alone", "shared", "domain", "good", "horizon", "undefined"}}
	for _, s := range c.Options {
		good, horizon := "", ""
		if s.Satisfices != nil {
			good = show(s.Satisfices.Value)
		}
		if s.Horizon != nil {
			horizon = show(*s.Horizon)
		}
		at := func(a Attains) string { return fmt.Sprintf("w%d×%d", a.First, a.Count) }
		rows = append(rows, []string{s.Option, show(s.Expected), show(s.Laplace), show(s.Median), show(s.Worst), at(s.WorstIn), show(s.Best), show(s.Tail),
			show(s.Hurwicz), show(s.MaxRegret), at(s.RegretIn), show(s.TailRegret), show(s.MeanRegret), show(s.Alone.Value), show(s.Shared.Value), show(s.Domain), good, horizon, strconv.Itoa(s.Undefined)})
	}
	b.WriteString(aligned(rows))
	for _, k := range c.Criteria {
		fmt.Fprintf(&b, "%-15s %s at %s\n", k.Name, strings.Join(k.Picks, "="), show(k.Value))
	}
	for _, s := range c.Hurwicz {
		fmt.Fprintf(&b, "α %s to %s: %s\n", show(s.From), show(s.To), strings.Join(s.Picks, "="))
	}
	return b.String()
}

// aligned writes rows as columns, turned: one line for each column of the row.
func aligned(rows [][]string) string {
	var b strings.Builder
	for k := range rows[0] {
		var line strings.Builder
		for i, r := range rows {
			if i == 0 {
				fmt.Fprintf(&line, "%-11s", r[k])
			} else {
				fmt.Fprintf(&line, " %9s", r[k])
			}
		}
		if strings.TrimSpace(strings.Join(columnOf(rows, k)[1:], "")) != "" {
			b.WriteString(line.String() + "\n")
		}
	}
	return b.String()
}

func columnOf(rows [][]string, k int) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r[k])
	}
	return out
}

func drawRegret(r *Regret) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %v\n", drawCount(r.Count), r.Worlds)
	for o, name := range r.Options {
		fmt.Fprintf(&b, "%-8s", name)
		for _, x := range r.Values[o] {
			fmt.Fprintf(&b, " %4s", show(x))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func drawFront(f *Front) string {
	var b strings.Builder
	b.WriteString(drawCount(f.Count) + "\n")
	for _, o := range f.Options {
		values := make([]string, len(o.Values))
		for k, x := range o.Values {
			values[k] = show(x)
		}
		place := "on the front"
		if !o.OnFront {
			place = "off, below " + strings.Join(o.DominatedBy, ", ")
		}
		fmt.Fprintf(&b, "%-8s (%s) %s; undominated in %s\n", o.Option, strings.Join(values, ", "), place, show(o.Undominated.Value))
	}
	return b.String()
}

func drawPair(p *Pair) string {
	return fmt.Sprintf("%s\n%s − %s: mean %s, t %s, bootstrap %s, median %s\nbetter %s %s, worse %s %s, tied %s %s\n", drawCount(p.Count), p.A, p.B,
		show(p.Mean), drawInterval(p.Student), drawInterval(p.Bootstrap), show(p.Median),
		show(p.Better.Value), drawInterval(p.Better.Interval), show(p.Worse.Value), drawInterval(p.Worse.Interval), show(p.Tied.Value), drawInterval(p.Tied.Interval))
}
