package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"casus/data"
	"casus/lang/source"
)

// CShapesCitation cites CShapes 2.0 as its makers ask.
const CShapesCitation = "Schvitz, Guy, Seraina Rüegger, Luc Girardin, Lars-Erik Cederman, Nils Weidmann and Kristian Skrede Gleditsch. 2022. Mapping the International System, 1886-2019: The CShapes 2.0 Dataset. Journal of Conflict Resolution 66(1): 144-161"

// CShapesLicence is the licence under which they give it.
const CShapesLicence = "CC BY-NC-SA 4.0"

// The most that a file of borders may hold. Real ones have some hundred lands.
const (
	MaxLands    = 20_000
	MaxPolygons = 400_000
	MaxPoints   = 10_000_000
	maxColumns  = 1_000
	maxBorders  = 32 << 20 // bytes of what becomes of it
	maxTold     = 50       // problems
)

// Land is the territory of one state, or of a dependency, between two changes of
// its borders.
type Land struct {
	GW       string // Gleditsch and Ward's number
	Name     string // in the words of the data
	Status   string // independent, colony …; empty where the data do not say
	Days     data.Span
	Polygons [][]Ring
}

// Ring is a closed line in thousandths of a degree, longitude and latitude, none
// beyond 180 degrees; its last point joins the first. The first ring of a polygon
// is its outline, the others are holes.
type Ring [][2]int

// Independent reports whether the data do not call the land a dependency.
func (l Land) Independent() bool {
	return l.Status == "" || strings.EqualFold(l.Status, "independent")
}

// Borders is a file of historical borders as it was read.
type Borders struct {
	Counts
	data.Span        // the days of which it speaks
	Points    int    // in the rows that are used
	Kept      int    // and in the text
	Uncoded   int    // rows without a Gleditsch-Ward code, left out without a warning
	Untold    int    // warnings beyond those in Problems
	Text      string // JSON, a land on a line
	Problems  []data.Problem
}

// bordersHead is the first line of the text.
type bordersHead struct {
	Format    int     `json:"format"`
	Tolerance float64 `json:"tolerance_degrees"`
}

// landLine is a land as it is kept: each ring is its first point and then the step
// to each of the others, in thousandths of a degree.
type landLine struct {
	GW       string    `json:"gw"`
	Name     string    `json:"name"`
	Status   string    `json:"status,omitempty"`
	From     string    `json:"from"`
	Until    string    `json:"until"`
	Polygons [][][]int `json:"polygons"`
}

// ReadCShapes reads CShapes 2.0, as GeoJSON or as a table with the column the_geom
// in well-known text. Lines are simplified by at most Tolerance. A row that cannot
// be read is left out with a problem at its place; a file that asks for more than
// a budget gives nothing. The name is used in messages only.
func ReadCShapes(name string, text []byte) *Borders {
	r := &bordersReader{name: name, text: text, out: &Borders{}}
	r.out.From, r.out.Until = data.Forever, 0
	head, err := json.Marshal(bordersHead{1, Tolerance})
	if err != nil {
		panic(err) // numbers
	}
	r.lines.Write(append(head, '\n'))
	body := bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\ufeff")), " \t\r\n")
	if len(body) > 0 && body[0] == '{' {
		r.geoJSON()
	} else {
		r.table()
	}
	if r.over {
		r.out.Counts = Counts{Rows: r.out.Rows}
		return r.out
	}
	r.out.LeftOut = r.out.Rows - r.out.Used
	r.out.Text = r.lines.String()
	return r.out
}

// bordersReader is a file of borders being read. Problems are told by where in the
// text they are.
type bordersReader struct {
	name  string
	text  []byte
	out   *Borders
	lines bytes.Buffer
	over  bool // a budget is used up: nothing is kept

	polygons, points int // in the file
}

// problem adds a warning at a place in the text; -1: of the whole file.
func (r *bordersReader) problem(at int, format string, args ...any) {
	if len(r.out.Problems) == maxTold {
		r.out.Untold++
		return
	}
	p := data.Problem{File: r.name, Msg: fmt.Sprintf(format, args...)}
	if at >= 0 {
		before := r.text[:min(at, len(r.text))]
		p.Line = bytes.Count(before, []byte("\n")) + 1
		p.Col = len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
	}
	r.out.Problems = append(r.out.Problems, p)
}

// tooMuch gives the file up: it says so even where other problems were cut.
func (r *bordersReader) tooMuch(at int, format string, args ...any) {
	r.over = true
	r.out.Problems = r.out.Problems[:min(len(r.out.Problems), maxTold-1)]
	r.problem(at, format+"; the file is not read", args...)
}

// row is one row or feature, each value with where it stands.
type row struct {
	at     int
	value  func(column string) (text string, at int, has bool)
	coords func() ([][]Ring, error)
}

// fault is a mistake at a place of a row.
type fault struct {
	at  int
	msg string
}

func (f fault) Error() string { return f.msg }

func faultAt(at int, format string, args ...any) error {
	return fault{at, fmt.Sprintf(format, args...)}
}

// add takes in a row, or says why not.
func (r *bordersReader) add(row row) {
	if r.out.Rows++; r.out.Rows > MaxLands {
		r.tooMuch(row.at, "more than %d rows", MaxLands)
		return
	}
	before := r.points
	l, coded, err := r.land(row)
	if err == nil && coded {
		r.write(l)
		r.out.Points += r.points - before
	}
	f, is := err.(fault)
	switch {
	case r.over:
	case is:
		r.problem(f.at, "%s; row left out", f.msg)
	case !coded:
		r.out.Uncoded++
	}
}

// land reads what a row says. It is false for a row to which Gleditsch and Ward
// give no number (CShapes writes -1).
func (r *bordersReader) land(row row) (Land, bool, error) {
	code, at, _ := row.value("gwcode")
	n, err := strconv.ParseFloat(code, 64)
	switch {
	case code == "-1" || code == "-1.0" || code == "":
		return Land{}, false, nil
	case err != nil || n != float64(int(n)) || n < 1 || n > 9999:
		return Land{}, true, faultAt(at, "%s is no Gleditsch-Ward number (1 to 9999, or -1 for none)", strconv.Quote(source.Cut(code, 20)))
	}
	l := Land{GW: strconv.Itoa(int(n)), Name: nameIn(row)}
	status, _, _ := row.value("status")
	l.Status = plain(status)
	if l.Days, err = daysIn(row); err != nil {
		return l, true, err
	}
	l.Polygons, err = row.coords()
	return l, true, err
}

func nameIn(row row) string {
	for _, column := range []string{"country_name", "cntry_name"} {
		if name, _, has := row.value(column); has {
			return plain(name)
		}
	}
	return ""
}

// write keeps a land as a line.
func (r *bordersReader) write(l Land) {
	line := landLine{GW: l.GW, Name: l.Name, Status: l.Status, From: l.Days.From.String(), Until: l.Days.Until.String()}
	kept := 0
	for _, p := range l.Polygons {
		var rings [][]int
		for _, ring := range p {
			rings = append(rings, steps(ring))
			kept += len(ring)
		}
		line.Polygons = append(line.Polygons, rings)
	}
	text, err := json.Marshal(line)
	if err != nil {
		panic(err) // strings and numbers
	}
	if r.lines.Len()+len(text) > maxBorders {
		r.tooMuch(-1, "what becomes of it is larger than %d MiB", maxBorders>>20)
		return
	}
	r.lines.Write(append(text, '\n'))
	r.out.Used++
	r.out.Polygons += len(l.Polygons)
	r.out.Kept += kept
	r.out.From, r.out.Until = min(r.out.From, l.Days.From), max(r.out.Until, l.Days.Until)
}

func steps(ring Ring) []int {
	var out []int
	last := [2]int{}
	for _, p := range ring {
		out = append(out, p[0]-last[0], p[1]-last[1])
		last = p
	}
	return out
}

// Dataset holds what a user keeps of the borders. The input is the bytes that were
// read.
func (b *Borders) Dataset(name string, input []byte) Dataset {
	return Dataset{
		Format: manifestFormat, Kind: KindBorders, Name: "cshapes", Title: "CShapes", Version: "2.0", Citation: CShapesCitation, Licence: CShapesLicence,
		From: b.From.String(), Coverage: b.Until.String(),
		Input:  Input{plain(filepath.Base(name)), len(input), digest(input)},
		SHA256: digest([]byte(b.Text)), Counts: b.Counts, Text: b.Text,
	}
}

// Lands reads the text of a dataset of borders.
func (d Dataset) Lands() ([]Land, error) {
	if d.Kind != KindBorders {
		return nil, fmt.Errorf("%s has no borders", d.Name)
	}
	var out []Land
	for line := range strings.Lines(d.Text) {
		if len(out) == 0 && strings.HasPrefix(line, `{"format"`) {
			continue
		}
		l, err := landOf(line)
		if err != nil {
			return nil, source.Hint(fmt.Errorf("%s: land %d: %w", d.File, len(out)+1, err), again(d.Name))
		}
		out = append(out, l)
	}
	return out, nil
}

func landOf(line string) (Land, error) {
	var kept landLine
	if err := json.Unmarshal([]byte(line), &kept); err != nil {
		return Land{}, err
	}
	l := Land{GW: kept.GW, Name: kept.Name, Status: kept.Status}
	var err error
	if l.Days.From, err = data.ParseDay(kept.From); err != nil {
		return l, err
	}
	if l.Days.Until, err = data.ParseDay(kept.Until); err != nil {
		return l, err
	}
	for _, rings := range kept.Polygons {
		var p []Ring
		for _, flat := range rings {
			p = append(p, unstep(flat))
		}
		l.Polygons = append(l.Polygons, p)
	}
	return l, nil
}

func unstep(flat []int) Ring {
	var out Ring
	x, y := 0, 0
	for i := 0; i+1 < len(flat); i += 2 {
		x, y = x+flat[i], y+flat[i+1]
		out = append(out, [2]int{x, y})
	}
	return out
}
