package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/lang/source"
)

// geoJSON reads a FeatureCollection.
func (r *bordersReader) geoJSON() {
	if err := source.JSONWithin(r.text, 4*MaxPoints, 12, 1<<16); err != nil {
		r.tooMuch(-1, "%s", err)
		return
	}
	start := len(r.text) - len(bytes.TrimPrefix(r.text, []byte("\ufeff")))
	dec := json.NewDecoder(bytes.NewReader(r.text[start:]))
	if err := r.collection(dec, start); err == io.EOF || err == io.ErrUnexpectedEOF {
		r.tooMuch(len(r.text), "this is no GeoJSON: it breaks off here")
	} else if err != nil {
		r.tooMuch(start+int(dec.InputOffset()), "this is no GeoJSON: %s", err)
	}
}

// collection walks the members of the outermost object; the error is one of JSON.
func (r *bordersReader) collection(dec *json.Decoder, start int) error {
	if _, err := dec.Token(); err != nil {
		return err
	}
	features := false
	for dec.More() && !r.over {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		if key != "features" {
			var skipped json.RawMessage
			if err := dec.Decode(&skipped); err != nil {
				return err
			}
			continue
		}
		features = true
		if err := r.features(dec, start); err != nil {
			return err
		}
	}
	if r.over {
		return nil
	}
	if _, err := dec.Token(); err != nil {
		return err
	}
	if !features {
		return errors.New(`there are no "features" (CShapes is a FeatureCollection)`)
	}
	return nil
}

func (r *bordersReader) features(dec *json.Decoder, start int) error {
	if open, err := dec.Token(); err != nil {
		return err
	} else if open != json.Delim('[') {
		return errors.New(`"features" is no list`)
	}
	for dec.More() && !r.over {
		from := start + int(dec.InputOffset())
		var f feature
		if err := dec.Decode(&f); err != nil {
			var wrong *json.UnmarshalTypeError
			if !errors.As(err, &wrong) {
				return err
			}
			r.out.Rows++
			r.problem(from+1, "%s is not what a feature has there; left out", wrong.Value)
			continue
		}
		r.add(r.featureRow(f, from, start+int(dec.InputOffset())))
	}
	if r.over {
		return nil
	}
	_, err := dec.Token()
	return err
}

type feature struct {
	Properties map[string]json.RawMessage
	Geometry   *struct {
		Type        string
		Coordinates json.RawMessage
	}
}

// featureRow is a feature that stands between two places of the text.
func (r *bordersReader) featureRow(f feature, from, to int) row {
	for from < to && strings.IndexByte(", \t\r\n", r.text[from]) >= 0 {
		from++
	}
	keys := map[string]string{} // as they are spelled, by lower case; of two that which sorts last
	for _, key := range slices.Sorted(maps.Keys(f.Properties)) {
		keys[strings.ToLower(key)] = key
	}
	return row{at: from,
		value: func(column string) (string, int, bool) {
			key, has := keys[column]
			raw := f.Properties[key]
			at := r.find(r.find(from, to, []byte(strconv.Quote(key))), to, raw)
			text := string(raw)
			if json.Unmarshal(raw, &text) != nil || text == "null" {
				text = strings.TrimPrefix(string(raw), "null")
			}
			return strings.TrimSpace(text), at, has
		},
		coords: func() ([][]Ring, error) {
			if f.Geometry == nil {
				return nil, faultAt(from, "it has no geometry")
			}
			s := shape{r: r, at: r.find(from, to, f.Geometry.Coordinates), end: to, open: '[', close: ']'}
			return s.geometry(f.Geometry.Type)
		},
	}
}

// find gives the place of bytes between two places of the text; the first of these
// where they do not stand.
func (r *bordersReader) find(from, to int, what []byte) int {
	return from + max(bytes.Index(r.text[from:to], what), 0)
}

// table reads rows under a header, cells parted by commas, tabs or semicolons.
func (r *bordersReader) table() {
	if len(r.text) > 1 && (r.text[0] == 0xff || r.text[0] == 0xfe) {
		r.tooMuch(0, "this is neither a table nor GeoJSON in UTF-8")
		return
	}
	c := &cells{text: r.text, sep: ','}
	c.at = len(r.text) - len(bytes.TrimPrefix(r.text, []byte("\ufeff")))
	head, _, _ := bytes.Cut(r.text, []byte("\n"))
	for _, sep := range []byte{'\t', ';'} {
		if !bytes.ContainsRune(head, ',') && bytes.ContainsRune(head, rune(sep)) {
			c.sep = sep
		}
	}
	header, err := c.next()
	columns := map[string]int{}
	for i, cell := range header {
		name := strings.ToLower(strings.TrimSpace(c.words(cell)))
		if _, twice := columns[name]; !twice {
			columns[name] = i
		}
	}
	if err != nil && err != io.EOF || !hasAll(columns, "gwcode", "the_geom") {
		r.tooMuch(0, "no column gwcode and the_geom: this is not CShapes 2.0 (GeoJSON, or CSV with the borders as text in the_geom)")
		return
	}
	for !r.over {
		from := c.at
		cells, err := c.next()
		var f fault
		switch {
		case err == io.EOF:
			return
		case errors.As(err, &f):
			r.tooMuch(f.at, "%s", f.msg)
		case len(cells) == 1 && cells[0][0] == cells[0][1]: // an empty line
		case len(cells) != len(header):
			r.out.Rows++
			r.problem(from, "row has %d cells, the header has %d; row left out", len(cells), len(header))
		default:
			r.add(r.tableRow(c, cells, columns))
		}
	}
}

func hasAll(columns map[string]int, names ...string) bool {
	for _, n := range names {
		if _, has := columns[n]; !has {
			return false
		}
	}
	return true
}

func (r *bordersReader) tableRow(c *cells, at [][2]int, columns map[string]int) row {
	return row{at: at[0][0],
		value: func(column string) (string, int, bool) {
			i, has := columns[column]
			if !has {
				return "", at[0][0], false
			}
			return strings.TrimSpace(c.words(at[i])), at[i][0], true
		},
		coords: func() ([][]Ring, error) {
			cell := at[columns["the_geom"]]
			s := shape{r: r, at: cell[0], end: cell[1], open: '(', close: ')'}
			kind, err := s.kind()
			if err != nil {
				return nil, err
			}
			return s.geometry(kind)
		},
	}
}

// cells parts a table into its cells without room for more than one row, whatever
// the file claims; encoding/csv takes some forty bytes for every comma of a line.
type cells struct {
	text []byte
	at   int
	sep  byte
}

// next gives the beginning and end of each cell of the next row, quotes apart. The error is
// io.EOF, or a fault.
func (c *cells) next() ([][2]int, error) {
	if c.at >= len(c.text) {
		return nil, io.EOF
	}
	var out [][2]int
	for {
		cell, err := c.cell()
		if err != nil {
			return nil, err
		}
		if out = append(out, cell); len(out) > maxColumns {
			return nil, faultAt(c.at, "more than %d cells in a row", maxColumns)
		}
		if c.at < len(c.text) && c.text[c.at] == c.sep {
			c.at++
			continue
		}
		if c.at < len(c.text) && c.text[c.at] == '\r' {
			c.at++
		}
		if c.at < len(c.text) && c.text[c.at] == '\n' {
			c.at++
		}
		return out, nil
	}
}

// cell goes to the end of a cell; quotes that are doubled in it stay so.
func (c *cells) cell() ([2]int, error) {
	if c.at == len(c.text) || c.text[c.at] != '"' {
		from := c.at
		for c.at < len(c.text) && c.text[c.at] != c.sep && c.text[c.at] != '\n' && c.text[c.at] != '\r' {
			c.at++
		}
		return [2]int{from, c.at}, nil
	}
	from := c.at + 1
	for at := from; ; {
		i := bytes.IndexByte(c.text[at:], '"')
		if i < 0 {
			return [2]int{}, faultAt(c.at, "this quotation mark is never closed")
		}
		if at += i; at+1 < len(c.text) && c.text[at+1] == '"' {
			at += 2
			continue
		}
		if c.at = at + 1; c.at < len(c.text) && c.text[c.at] != c.sep && c.text[c.at] != '\n' && c.text[c.at] != '\r' {
			return [2]int{}, faultAt(c.at, "the cell goes on after its closing quotation mark")
		}
		return [2]int{from, at}, nil
	}
}

// words is the text of a cell.
func (c *cells) words(cell [2]int) string {
	return strings.ReplaceAll(string(c.text[cell[0]:min(cell[1], cell[0]+500)]), `""`, `"`)
}

// shape reads the polygons of a geometry, in well-known text or as coordinates of
// GeoJSON: lists within lists, no deeper than polygons have them.
type shape struct {
	r           *bordersReader
	at, end     int
	open, close byte
}

// kind is the first word of a geometry in well-known text.
func (s *shape) kind() (string, error) {
	s.blanks()
	if rest := s.rest(); len(rest) > 5 && strings.EqualFold(string(rest[:5]), "SRID=") {
		if i := bytes.IndexByte(rest[:min(len(rest), 20)], ';'); i > 0 {
			s.at += i + 1
		}
	}
	from := s.at
	for s.at < s.end && s.peek() != '(' && s.at-from < 30 {
		s.at++
	}
	words := strings.Fields(strings.ToUpper(string(s.r.text[from:s.at])))
	switch {
	case len(words) == 0:
		return "", faultAt(from, "it has no geometry")
	case len(words) > 1 && words[len(words)-1] == "EMPTY":
		return "", faultAt(from, "its geometry is empty")
	}
	return words[0], nil
}

func (s *shape) geometry(kind string) (out [][]Ring, err error) {
	polygon := func() error {
		p, err := s.polygon()
		out = append(out, p...)
		return err
	}
	switch strings.ToUpper(kind) {
	case "POLYGON":
		err = polygon()
	case "MULTIPOLYGON":
		err = s.list(polygon)
	default:
		return nil, faultAt(s.at, "its geometry is %s; polygons are read", strconv.Quote(source.Cut(kind, 20)))
	}
	if err == nil && len(out) == 0 {
		err = faultAt(s.at, "its borders enclose nothing that is wider than %g degrees", Tolerance)
	}
	return out, err
}

// polygon is one polygon, or the several that one over the antimeridian becomes.
func (s *shape) polygon() ([][]Ring, error) {
	if s.r.polygons++; s.r.polygons > MaxPolygons {
		s.r.tooMuch(s.at, "more than %d polygons", MaxPolygons)
		return nil, faultAt(s.at, "too many")
	}
	var out [][]Ring
	first := true
	err := s.list(func() error {
		line, err := s.line()
		if err != nil {
			return err
		}
		rings := ringsOf(line)
		if first {
			for _, ring := range rings {
				out = append(out, []Ring{ring})
			}
		} else if len(out) > 0 { // even-odd: a hole is one in whichever part it lies
			out[0] = append(out[0], rings...)
		}
		first = false
		return nil
	})
	return out, err
}

// line is one closed line in degrees.
func (s *shape) line() ([][2]float64, error) {
	var out [][2]float64
	from := s.at
	err := s.list(func() error {
		if s.r.points++; s.r.points > MaxPoints {
			s.r.tooMuch(s.at, "more than %d points", MaxPoints)
			return faultAt(s.at, "too many")
		}
		p, err := s.point()
		out = append(out, p)
		return err
	})
	if err == nil && len(out) < 4 {
		err = faultAt(from, "a ring has %d points; it takes four, the last as the first", len(out))
	}
	return out, err
}

// point is a longitude and a latitude; heights are passed over.
func (s *shape) point() (p [2]float64, err error) {
	bracketed := s.open == '['
	if bracketed {
		if err = s.expect('['); err != nil {
			return p, err
		}
	}
	for i := 0; ; i++ {
		s.blanks()
		at := s.at
		x, err := s.number()
		switch {
		case err != nil:
			return p, err
		case i == 0 && !(math.Abs(x) <= 360):
			return p, faultAt(at, "longitude %g is not in degrees (-360 to 360)", x)
		case i == 1 && !(math.Abs(x) <= 90):
			return p, faultAt(at, "latitude %g is not in degrees (-90 to 90)", x)
		case i > 3:
			return p, faultAt(at, "a point has more than four numbers")
		case i < 2:
			p[i] = x
		}
		s.blanks()
		more := s.peek() != ',' && s.peek() != s.close
		if bracketed {
			more = s.peek() == ','
		}
		if !more && i == 0 {
			return p, faultAt(s.at, "a point has one number; it takes longitude and latitude")
		}
		if !more {
			break
		}
		if bracketed {
			s.at++
		}
	}
	if bracketed {
		err = s.expect(']')
	}
	return p, err
}

func (s *shape) number() (float64, error) {
	from := s.at
	for s.at < s.end && s.at-from < 40 && strings.IndexByte("0123456789+-.eE", s.r.text[s.at]) >= 0 {
		s.at++
	}
	x, err := strconv.ParseFloat(string(s.r.text[from:s.at]), 64)
	if err != nil {
		return 0, faultAt(from, "a number should stand here")
	}
	return x, nil
}

// list reads what stands between brackets, parted by commas.
func (s *shape) list(each func() error) error {
	if err := s.expect(s.open); err != nil {
		return err
	}
	for {
		if err := each(); err != nil {
			return err
		}
		s.blanks()
		if s.peek() != ',' {
			return s.expect(s.close)
		}
		s.at++
	}
}

func (s *shape) expect(c byte) error {
	s.blanks()
	if s.peek() != c {
		return faultAt(s.at, "%q should stand here", c)
	}
	s.at++
	return nil
}

func (s *shape) blanks() {
	for s.at < s.end && strings.IndexByte(" \t\r\n", s.r.text[s.at]) >= 0 {
		s.at++
	}
}

func (s *shape) peek() byte {
	if s.at < s.end {
		return s.r.text[s.at]
	}
	return 0
}

func (s *shape) rest() []byte { return s.r.text[min(s.at, s.end):s.end] }

// daysIn are the days of a row: gwsdate and gwedate, start and end, or years,
// months and days apart.
func daysIn(row row) (data.Span, error) {
	for _, c := range [][2]string{{"gwsdate", "gwedate"}, {"start", "end"}} {
		from, at, has := row.value(c[0])
		until, end, ends := row.value(c[1])
		if has && ends {
			return spanOf(from, at, until, end)
		}
	}
	from, at := datedBy(row, "gws")
	until, end := datedBy(row, "gwe")
	if from == "" || until == "" {
		return data.Span{}, faultAt(row.at, "no days (gwsdate and gwedate, or start and end)")
	}
	return spanOf(from, at, until, end)
}

func datedBy(row row, prefix string) (string, int) {
	year, at, has := row.value(prefix + "year")
	month, _, has2 := row.value(prefix + "month")
	day, _, has3 := row.value(prefix + "day")
	if !has || !has2 || !has3 {
		return "", at
	}
	return day + "." + month + "." + year, at
}

func spanOf(from string, at int, until string, end int) (data.Span, error) {
	var s data.Span
	var err error
	if s.From, err = dayOf(from); err != nil {
		return s, faultAt(at, "%s", err)
	}
	if s.Until, err = dayOf(until); err != nil {
		return s, faultAt(end, "%s", err)
	}
	if s.Empty() {
		return s, faultAt(end, "it ends on %s, before it begins on %s", s.Until, s.From)
	}
	return s, nil
}

// dayOf reads 1914-07-28 or 28.7.1914, either with an hour behind it.
func dayOf(text string) (data.Day, error) {
	day, _, _ := strings.Cut(strings.ReplaceAll(text, "T", " "), " ")
	parts := strings.Split(day, ".")
	if len(parts) != 3 {
		return data.ParseDay(strings.ReplaceAll(day, "/", "-"))
	}
	var n [3]int
	for i, p := range parts {
		var err error
		if n[i], err = strconv.Atoi(p); err != nil {
			return 0, errors.New(strconv.Quote(source.Cut(text, 30)) + " is not a date, as in 1914-07-28 or 28.07.1914")
		}
	}
	return data.Date(n[2], n[1], n[0])
}
