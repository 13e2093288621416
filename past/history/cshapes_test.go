package history_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"casus/data"
	"casus/past/history"
)

// Each file becomes the lands below it, or is told what is wrong at its place.
func TestCShapes(t *testing.T) {
	datadriven.RunTest(t, "testdata/cshapes.txt", func(t *testing.T, d *datadriven.TestData) string {
		var b strings.Builder
		found := history.ReadCShapes("f", []byte(d.Input))
		for _, p := range found.Problems {
			fmt.Fprintln(&b, p.Error())
		}
		fmt.Fprintf(&b, "%d rows, %d used, %d uncoded; %d polygons, %d of %d points\n", found.Rows, found.Used, found.Uncoded, found.Polygons, found.Kept, found.Points)
		if found.Used == 0 {
			return b.String()
		}
		lands, err := found.Dataset("f", nil).Lands()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lands {
			fmt.Fprintf(&b, "%s %q %q %s\n", l.GW, l.Name, l.Status, l.Days)
			for _, p := range l.Polygons {
				fmt.Fprintln(&b, " ", p)
			}
		}
		return b.String()
	})
}

// square is a row of one state whose land is a square in degrees.
func square(gw, days string, x, y, side float64) string {
	return fmt.Sprintf("%s,%s,\"POLYGON ((%g %g, %g %g, %g %g, %g %g, %g %g))\"\n", gw, days, x, y, x+side, y, x+side, y+side, x, y+side, x, y)
}

const shapesHead = "gwcode,gwsdate,gwedate,the_geom\n"

// Borders are kept like other data, listed, read back as they were, and taken away;
// a text that was changed since is not read.
func TestBordersAreKept(t *testing.T) {
	f := history.Folder(t.TempDir())
	pact := drawn(t, firstPact)
	if err := f.Add(pact); err != nil {
		t.Fatal(err)
	}
	for _, side := range []float64{2, 3, 2} {
		input := []byte(shapesHead + square("220", "1886-01-01,2019-12-31", 0, 45, side))
		b := history.ReadCShapes("map.csv", input)
		want := b.Dataset("folder/map.csv", input)
		if err := f.Add(want); err != nil {
			t.Fatal(err)
		}
		got, err := f.Read("cshapes")
		if err != nil {
			t.Fatal(err)
		}
		want.File = got.File
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("read back:\n%s", diff)
		}
		if names := filesIn(t, f.Of("cshapes")); len(names) != 2 {
			t.Errorf("the folder holds %v", names)
		}
	}
	sets, err := f.List()
	if err != nil || len(sets) != 2 || !sets[0].IsLaw() || sets[1].IsLaw() {
		t.Fatalf("lists %v, %v", sets, err)
	}
	if err := os.WriteFile(filepath.Join(f.Of("cshapes"), sets[1].File), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Read("cshapes"); err == nil || !strings.Contains(err.Error(), "is not as it was added") {
		t.Errorf("a changed text: %v", err)
	}
	if err := f.Remove("cshapes"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Of("cshapes")); !os.IsNotExist(err) {
		t.Errorf("what was taken away is still there: %v", err)
	}
}

// No point of a border is farther from what is kept of it than the tolerance, and
// what is kept has no more points.
func TestBordersStayWhereTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(8, 300).Draw(t, "points")
		var line [][2]float64
		for i := range n {
			a := 2 * math.Pi * float64(i) / float64(n)
			r := 2 + rapid.Float64Range(-0.05, 0.05).Draw(t, "off")
			line = append(line, [2]float64{20 + r*math.Cos(a), 50 + r*math.Sin(a)})
		}
		var b strings.Builder
		for _, p := range append(line, line[0]) {
			fmt.Fprintf(&b, ", %v %v", p[0], p[1])
		}
		found := history.ReadCShapes("f", []byte(shapesHead+"220,1886-01-01,2019-12-31,\"POLYGON(("+b.String()[2:]+"))\"\n"))
		lands, err := found.Dataset("f", nil).Lands()
		if err != nil || len(lands) != 1 {
			t.Fatalf("%v %v", err, found.Problems)
		}
		kept := lands[0].Polygons[0][0]
		if len(kept) > n {
			t.Fatalf("%d points became %d", n, len(kept))
		}
		for _, p := range line {
			if d := fromRing(p, kept); d > history.Tolerance {
				t.Fatalf("%v is %g degrees off what was kept", p, d)
			}
		}
	})
}

// fromRing measures the distance of a point from a ring, in degrees.
func fromRing(p [2]float64, ring history.Ring) float64 {
	best := math.Inf(1)
	for i, q := range ring {
		r := ring[(i+1)%len(ring)]
		ax, ay := float64(q[0])/1000, float64(q[1])/1000
		dx, dy := float64(r[0])/1000-ax, float64(r[1])/1000-ay
		t := 0.0
		if dx != 0 || dy != 0 {
			t = min(max(((p[0]-ax)*dx+(p[1]-ay)*dy)/(dx*dx+dy*dy), 0), 1)
		}
		best = min(best, math.Hypot(p[0]-ax-t*dx, p[1]-ay-t*dy))
	}
	return best
}

// A file that asks for too much is refused in one line, and gives nothing.
func TestTooManyBorders(t *testing.T) {
	for want, text := range map[string]string{
		"f:20002:1: more than 20000 rows":          shapesHead + strings.Repeat(square("220", "1886-01-01,2019-12-31", 0, 45, 2), 20_001),
		"f:2:1001: more than 1000 cells in a row":  shapesHead + strings.Repeat(",", 100_000),
		"f: JSON nested more than 12 deep":         `{"features":` + strings.Repeat("[", 100_000),
		"f:2:1: this quotation mark is never":      shapesHead + `"220,1886-01-01`,
		"f:1:1: no column gwcode and the_geom":     "a,b\n1,2\n",
		"f:1:21: this is no GeoJSON: it breaks":    `{"type":"x","what":1`,
		"f:1:11: this is no GeoJSON: there are no": `{"type":1}`,
	} {
		b := history.ReadCShapes("f", []byte(text))
		if b.Used != 0 || b.Text != "" || len(b.Problems) != 1 || !strings.HasPrefix(b.Problems[0].Error(), want) {
			t.Errorf("want %q, got %d used, %v", want, b.Used, b.Problems)
		}
	}
}

// A line that turns at every point, at which a careless simplification takes the
// square of its length, is read all the same.
func TestJaggedBorders(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	var b strings.Builder
	b.WriteString(shapesHead + `220,1886-01-01,2019-12-31,"POLYGON((0 0`)
	const n = 300_000
	for i := range n {
		fmt.Fprintf(&b, ",%g %d", float64(i)*170/n, 10+i%2*(i%1000)/20)
	}
	b.WriteString(`,170 0,0 0))"` + "\n")
	from := time.Now()
	if found := history.ReadCShapes("f", []byte(b.String())); found.Used != 1 {
		t.Errorf("%v", found.Problems)
	}
	t.Logf("%d points in %v", n, time.Since(from)) // for whoever looks; nothing hangs on it
}

// Whatever a file holds, it gives lands that read back, on the map, or says at its
// place why not.
func FuzzReadCShapes(f *testing.F) {
	f.Add([]byte(shapesHead + square("220", "1886-01-01,2019-12-31", 0, 45, 2)))
	f.Add([]byte(shapesHead + square("365", "1.1.1886 00:00:00,31.12.2019 00:00:00", 170, 60, 30)))
	f.Add([]byte("gwcode\tstart\tend\tthe_geom\n2\t1900-01-01\t1950-01-01\tMULTIPOLYGON Z(((0 0 1,1 0 1,1 1 1,0 0 1)),((5 5 0,6 5 0,6 6 0,5 5 0)))\n"))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"gwcode":220,"gwsyear":1886,"gwsmonth":1,"gwsday":1,"gweyear":2019,"gwemonth":12,"gweday":31},"geometry":{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}}]}`))
	f.Add([]byte(`{"features":[{"properties":null,"geometry":null},{"geometry":{"type":"Point","coordinates":[1,2]}},3]}`))
	f.Add([]byte("gwcode,the_geom\n\"a\"\"b\",\"POLYGON((1e999 0, nan 1,))\"\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		b := history.ReadCShapes("f", text)
		if b.Rows < b.Used+b.Uncoded || b.Used == 0 && b.Text != "" && strings.Count(b.Text, "\n") > 1 {
			t.Errorf("%d rows, %d used, %d uncoded", b.Rows, b.Used, b.Uncoded)
		}
		if b.Used == 0 {
			return
		}
		lands, err := b.Dataset("f", text).Lands()
		if err != nil || len(lands) != b.Used {
			t.Fatalf("%d lands of %d: %v", len(lands), b.Used, err)
		}
		for _, l := range lands {
			if l.Days.Empty() || l.Days.From < data.Day(1) || len(l.Polygons) == 0 {
				t.Errorf("a land of %s with %d polygons", l.Days, len(l.Polygons))
			}
			for _, p := range l.Polygons {
				for _, ring := range p {
					for _, q := range ring {
						if max(q[0], -q[0]) > 180_000 || max(q[1], -q[1]) > 90_000 || len(ring) < 3 {
							t.Errorf("a ring of %d points through %v", len(ring), q)
						}
					}
				}
			}
		}
	})
}
