package atlas

import (
	"bytes"
	"strconv"
	"strings"
	"sync"

	"casus/data"
)

// Area is land of which it is in dispute whose it is, or that somebody else holds.
type Area struct {
	ID, Name, Kind string // annexed, occupied, breakaway, disputed, recognition, base, zone, unclaimed, past
	Claimants      []string
	Controller     string
	Since          string // as far as it is known: 1974-08-16, 2012-06, 1962
	Status, Source string
}

// Seat is the seat of a government while it was there.
type Seat struct {
	State, Name string
	Days        data.Span
	Lon, Lat    float64
}

// Spot is a place of the catalogue.
type Spot struct {
	Name     string
	Lon, Lat float64
	Cell     string // the cell it lies in; empty: at sea
}

func rowsOf(name string) []data.Row {
	t, problems := data.ReadCSV("atlas/"+name, bytes.NewReader(read(name)))
	for _, p := range problems {
		panic(p.Error()) // the embedded files are part of the program
	}
	return t.Rows
}

func float(r data.Row, column string) float64 {
	x, err := strconv.ParseFloat(r.Text(column), 64)
	if err != nil {
		panic(err)
	}
	return x
}

func day(r data.Row, column string) data.Day {
	if r.Text(column) == "" {
		return 0
	}
	d, err := data.ParseDay(r.Text(column))
	if err != nil {
		panic(err)
	}
	return d
}

var areas = sync.OnceValue(func() map[string]*Area {
	out := map[string]*Area{}
	for _, r := range rowsOf("areas.csv") {
		out[r.Text("area")] = &Area{
			ID: r.Text("area"), Name: r.Text("name"), Kind: r.Text("kind"), Claimants: strings.Fields(r.Text("claimants")), Controller: r.Text("controller"),
			Since: r.Text("since"), Status: r.Text("status"), Source: r.Text("source"),
		}
	}
	return out
})

// hatchedOn reports whether an area is hatched on a day: always, but for one whose
// dispute has ended by then.
func (a *Area) hatchedOn(day data.Day) bool {
	return a.Kind != "past" || day.String() < a.Since
}

var seats = sync.OnceValue(func() map[string][]Seat {
	out := map[string][]Seat{}
	for _, r := range rowsOf("capitals.csv") {
		s := Seat{State: r.Text("state"), Name: r.Text("capital"), Days: data.Span{From: day(r, "from"), Until: data.Forever}, Lon: float(r, "lon"), Lat: float(r, "lat")}
		if r.Text("until") != "" {
			s.Days.Until = day(r, "until")
		}
		out[s.State] = append(out[s.State], s)
	}
	return out
})

// SeatOf is the seat of a state on a day: of several the one there latest. It is
// false where none is known.
func SeatOf(state string, on data.Day) (Seat, bool) {
	var best Seat
	found := false
	for _, s := range seats()[state] {
		if s.Days.Contains(on) && (!found || s.Days.From >= best.Days.From) {
			best, found = s, true
		}
	}
	return best, found
}

var spots = sync.OnceValue(func() map[string]Spot {
	out := map[string]Spot{}
	for _, r := range rowsOf("places.csv") {
		out[r.Text("place")] = Spot{r.Text("place"), float(r, "lon"), float(r, "lat"), r.Text("cell")}
	}
	return out
})

// SpotOf is where a place of the catalogue lies: of a state, its seat on the day.
func SpotOf(place string, on data.Day) (Spot, bool) {
	if s, ok := spots()[place]; ok {
		return s, true
	}
	if s, ok := SeatOf(strings.TrimSuffix(place, ".home"), on); ok {
		return Spot{Name: place, Lon: s.Lon, Lat: s.Lat}, true
	}
	return Spot{}, false
}

var names = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, r := range rowsOf("states.csv") {
		out[r.Text("id")] = r.Text("name")
	}
	return out
})
