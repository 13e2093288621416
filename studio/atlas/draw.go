package atlas

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"casus/data"
	"encoding/xml"
)

// Paint says how a map is coloured. Classes are names of fills: a legend of the
// caller's says what each means.
type Paint struct {
	On    data.Day
	Label string                    // of the whole, for who cannot see it
	Class func(state string) string // empty: plain land
	Say   func(state string) string // what is said of a state, beside its name
	Fills []string                  // all classes, in the order of the legend
	Marks []Mark                    // drawn over the land
	Ties  [][2]string               // lines from seat to seat
	Also  []string                  // states that are coloured though they have no land of today

	Borders []Territory // of the day, to be drawn in place of those of today
	Credit  string      // whose borders they are, and on what terms
}

// Mark is a point with a sign: attacker, victim or place.
type Mark struct {
	Kind, Label string
	Lon, Lat    float64
}

// Modern is the first day on which the borders of today, disputes aside, stood:
// that on which South Sudan became independent.
var Modern = mustDay("2011-07-09")

func mustDay(s string) data.Day {
	d, err := data.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// drawing is a map being written.
type drawing struct {
	*Map
	Paint
	b strings.Builder
}

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(&d.b, format+"\n", args...) }

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a strings.Builder does not fail
	}
	return b.String()
}

// Draw writes a map. Its colours come from the page, by the classes m-land, m-sea,
// m-lake, and f-CLASS for each class; no class is told by its colour alone. Of a
// day before the borders of today no land is coloured, but the seats of
// governments are, unless the borders of that day are given: then those are drawn,
// and of today's only areas in dispute, on days on which today's borders stood.
func (m *Map) Draw(w io.Writer, p Paint) error {
	d := &drawing{Map: m, Paint: p}
	d.add(`<svg class="map" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`, m.Width, m.Height, m.Width/4, m.Height/4, escape(p.Label))
	d.patterns()
	d.add(`<rect class="m-sea" width="%d" height="%d"/>`, m.Width, m.Height)
	if d.Borders != nil {
		d.base()
		d.territories()
	} else {
		d.land()
	}
	d.add(`<path class="m-lake" d="%s"/>`, m.lakes)
	d.hatched()
	d.small()
	d.ties()
	d.seats()
	d.marks()
	if d.Borders != nil {
		d.credit()
	}
	d.add("</svg>")
	_, err := io.WriteString(w, d.b.String())
	return err
}

// modern reports whether land may be coloured on the day.
func (d *drawing) modern() bool { return d.On == 0 || d.On >= Modern }

// disputes reports whether areas in dispute today are drawn: not on borders of an
// earlier day, of which they say nothing.
func (d *drawing) disputes() bool { return d.Borders == nil || d.modern() }

// class is the fill of a state; none before the borders of today, unless those of
// the day are drawn.
func (d *drawing) class(state string) string {
	if state == "" || d.Borders == nil && !d.modern() {
		return "none"
	}
	return cmp.Or(d.Class(state), "none")
}

// patterns are the fills: a ground with a pattern over it, so that a class is told
// without colours too.
func (d *drawing) patterns() {
	d.add("<defs>")
	for _, c := range d.Fills {
		d.add(`<pattern id="f-%s" class="f-%s" width="36" height="36" patternUnits="userSpaceOnUse"><rect class="ground" width="36" height="36"/>%s</pattern>`, c, c, motifs[c])
	}
	for _, pair := range d.pairs() {
		d.add(`<pattern id="h-%s-%s" width="24" height="24" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><g class="f-%s"><rect class="ground" width="24" height="24"/></g><g class="f-%s"><rect class="ground" width="12" height="24"/></g><path class="m-edge" d="M0 0V24M12 0V24"/></pattern>`, pair[0], pair[1], pair[0], pair[1])
	}
	d.add("</defs>")
}

// motifs are what lies over the ground of a class; of none, nothing.
var motifs = map[string]string{
	"contested": `<path class="motif" d="M0 0L36 36M36 0L0 36"/>`,
	"depends":   `<circle class="motif dot" cx="9" cy="9" r="4"/><circle class="motif dot" cx="27" cy="27" r="4"/>`,
	"dormant":   `<path class="motif" d="M0 9H36M0 27H36"/>`,
	"lesser":    `<path class="motif" d="M9 0V36M27 0V36"/>`,
	"may":       `<path class="motif" d="M18 10V26M10 18H26"/>`,
}

// pairs are the classes of two claimants that are hatched somewhere.
func (d *drawing) pairs() [][2]string {
	seen := map[[2]string]bool{}
	for _, c := range d.Cells {
		if c.Area != nil && d.disputes() {
			seen[d.pair(c.Area)] = true
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
}

// pair is the class of the first claimant and that of the next.
func (d *drawing) pair(a *Area) [2]string {
	var out []string
	for _, c := range a.Claimants {
		out = append(out, d.class(c))
	}
	for len(out) < 2 {
		out = append(out, "none")
	}
	return [2]string{out[0], out[1]}
}

// land is all that is not hatched.
func (d *drawing) land() {
	for _, c := range d.Cells {
		if c.Path == "" || c.Area != nil && c.Area.hatchedOn(d.On) {
			continue
		}
		d.add(`<path class="m-land" data-state="%s" fill="url(#f-%s)" d="%s"><title>%s</title></path>`, c.Of, d.class(c.Of), c.Path, escape(d.said(c.Of)))
	}
}

func (d *drawing) said(state string) string {
	name := cmp.Or(names()[state], state)
	if state == "" {
		return "of no state"
	}
	if !d.modern() {
		return name + " (of today)"
	}
	if s := d.Say(state); s != "" {
		return name + ": " + s
	}
	return name
}

// hatched are the areas in dispute: who claims them, who holds them.
func (d *drawing) hatched() {
	for _, c := range d.Cells {
		if c.Path == "" || c.Area == nil || !c.Area.hatchedOn(d.On) || !d.disputes() {
			continue
		}
		p := d.pair(c.Area)
		d.add(`<path class="m-land m-area" data-state="%s" fill="url(#h-%s-%s)" d="%s"><title>%s</title></path>`, c.Of, p[0], p[1], c.Path, escape(c.Area.said()))
	}
}

// said is all there is to know of an area: its claimants and its holder.
func (a *Area) said() string {
	words := a.Name + " (" + a.Kind + ")"
	if len(a.Claimants) > 0 {
		words += "; claimed by " + strings.Join(a.Claimants, ", ")
	}
	if a.Controller != "" {
		words += "; held by " + a.Controller
	}
	if a.Status != "" {
		words += ". " + a.Status
	}
	return words
}

// small are states and areas too small to be seen: a ring about each.
func (d *drawing) small() {
	least := 2500.0
	if d.Name == "europe" {
		least = 700
	}
	for _, c := range d.Cells {
		area := c.Area != nil && c.Area.hatchedOn(d.On) && d.disputes()
		if d.Borders != nil && !area {
			continue // territories have rings of their own
		}
		if c.Km2 >= least || c.Kind != "state" && !area || c.X < 0 || c.Y < 0 || c.X > d.Width || c.Y > d.Height {
			continue
		}
		fill, words := "f-"+d.class(c.Of), d.said(c.Of)
		if area {
			p := d.pair(c.Area)
			fill, words = "h-"+p[0]+"-"+p[1], c.Area.said()
		}
		d.add(`<circle class="m-land m-small" data-state="%s" fill="url(#%s)" cx="%d" cy="%d" r="11"><title>%s</title></circle>`, c.Of, fill, c.X, c.Y, escape(words))
	}
}

func (d *drawing) ties() {
	for _, t := range d.Ties {
		from, ok1 := SeatOf(t[0], d.On)
		to, ok2 := SeatOf(t[1], d.On)
		if !ok1 || !ok2 || !d.Has(from.Lon, from.Lat) || !d.Has(to.Lon, to.Lat) {
			continue
		}
		x1, y1 := d.At(from.Lon, from.Lat)
		x2, y2 := d.At(to.Lon, to.Lat)
		d.add(`<path class="m-tie t-%s" d="M%d %dQ%d %d %d %d"/>`, cmp.Or(d.Class(t[0]), "none"), x1, y1, (x1+x2)/2+(y2-y1)/8, (y1+y2)/2-(x2-x1)/8, x2, y2)
	}
}

// seats are the governments of a day whose borders are not drawn.
func (d *drawing) seats() {
	for _, state := range d.Also {
		s, ok := SeatOf(state, d.On)
		if !ok || !d.Has(s.Lon, s.Lat) {
			continue
		}
		x, y := d.At(s.Lon, s.Lat)
		words := state + ", " + s.Name
		if say := d.Say(state); say != "" {
			words += ": " + say
		}
		d.add(`<circle class="m-seat" data-state="%s" fill="url(#f-%s)" cx="%d" cy="%d" r="20"><title>%s</title></circle>`, state, cmp.Or(d.Class(state), "none"), x, y, escape(words))
	}
}

// marks tell attacker, victim and place by their form as well as their colour.
func (d *drawing) marks() {
	for _, k := range d.Marks {
		if !d.Has(k.Lon, k.Lat) {
			continue
		}
		x, y := d.At(k.Lon, k.Lat)
		d.add(`<g class="m-mark k-%s" transform="translate(%d %d)">`, k.Kind, x, y)
		switch k.Kind {
		case "attacker":
			d.add(`<path d="M0 -46L40 26H-40z"/>`)
		case "victim":
			d.add(`<circle r="34"/><circle class="eye" r="12"/>`)
		default:
			d.add(`<path d="M0 0C-34 -44 -32 -84 0 -84S34 -44 0 0z"/><circle class="eye" cy="-54" r="11"/>`)
		}
		d.add(`<text y="%d">%s</text></g>`, map[string]int{"attacker": 86, "victim": 92}[k.Kind]-map[bool]int{true: 108}[k.Kind != "attacker" && k.Kind != "victim"], escape(k.Label))
	}
}

// Policy says how the map was drawn, to be shown beside it.
var Policy = []string{
	"Borders of today. Land that two or more claim, or that is occupied, annexed or broken away, is hatched in the colours of its claimants; who holds it is named, not implied.",
	"The front in Ukraine is not drawn: whole oblasts are. Parts of other oblasts held by Russia at one time or another are inside Ukraine here.",
	"The line of before 24 February 2022 is that of Natural Earth. Days and holders of disputed areas rest on memory.",
}

// Earlier is said of a day on which borders were others.
const Earlier = "No borders of that day are drawn, for none are free to ship: what is coloured are the seats of governments, on the land of today."
