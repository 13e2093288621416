package studio

import (
	"fmt"
	"slices"
	"sync"

	"casus/catalog"
	"casus/data"
	"casus/past/history"
	"casus/studio/atlas"
)

// earlier holds the historical borders that the user has added, read once for as
// long as they stay the same.
type earlier struct {
	mu    sync.Mutex
	set   history.Dataset
	lands []history.Land
}

// read gives the borders that were added; without any there are no lands.
func (e *earlier) read() (history.Dataset, []history.Land, error) {
	folder, err := history.UserFolder()
	if err != nil { // nothing can have been added
		return history.Dataset{}, nil, nil
	}
	sets, err := folder.List()
	i := slices.IndexFunc(sets, func(d history.Dataset) bool { return d.Kind == history.KindBorders })
	if err != nil || i < 0 {
		return history.Dataset{}, nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.set.SHA256 == sets[i].SHA256 && e.set.Input == sets[i].Input {
		return e.set, e.lands, nil
	}
	d, err := folder.Read(sets[i].Name)
	if err != nil {
		return d, nil, err
	}
	lands, err := d.Lands()
	if err != nil {
		return d, nil, err
	}
	d.Text = ""
	e.set, e.lands = d, lands
	return d, lands, nil
}

// The days of CShapes 2.0.
const firstShapes, lastShapes = "1886-01-01", "2019-12-31"

// borders gives a map the borders of the day where the user has added them, and
// says whose they are; else it says what would be needed for them. It reports
// whether they are drawn.
func (x *setting) borders(p *atlas.Paint, v *owing) bool {
	set, lands, err := x.studio.earlier.read()
	day := p.On.String()
	switch {
	case err != nil:
		v.Needed = "The borders that were added cannot be read: " + err.Error()
		return false
	case len(lands) == 0:
		if p.On < atlas.Modern && day >= firstShapes {
			v.Needed = fmt.Sprintf("CShapes 2.0 has the borders of this day (%s to %s; icr.ethz.ch/data/cshapes, %s). Whoever has the file adds it with casus data add cshapes FILE, and they are drawn here.", firstShapes, lastShapes, history.CShapesLicence)
		}
		return false
	case day < set.From || day > set.Coverage:
		if p.On < atlas.Modern {
			v.Needed = fmt.Sprintf("The borders that were added, %s, are of %s to %s.", set.Cited(), set.From, set.Coverage)
		}
		return false
	}
	p.Borders = territories(lands, p.On)
	p.Credit = fmt.Sprintf("Borders of %s: %s %s, %s", day, set.Title, set.Version, set.Licence)
	v.Borders = []string{
		fmt.Sprintf("The borders are those of %s as %s has them: which state held what on that day is its coding, and what was in dispute then is not in it. They are simplified to within %g degrees.", day, set.Cited(), history.Tolerance),
		fmt.Sprintf("Licence of the borders: %s (name the makers, no commercial use, share alike). Cite: %s.", set.Licence, set.Citation),
	}
	if p.On >= atlas.Modern {
		v.Borders = append(v.Borders, "Land in dispute today is hatched over them.")
	}
	return true
}

// territories are the lands of a day. A dependency, and a number that stands for no
// state on the day, is land of no state.
func territories(lands []history.Land, on data.Day) []atlas.Territory {
	states := catalog.States()
	covered, _ := states.Clamp(data.GW, on)
	out := []atlas.Territory{}
	for _, l := range lands {
		if !l.Days.Contains(on) {
			continue
		}
		t := atlas.Territory{Name: l.Name}
		if id, err := states.Resolve(data.GW, l.GW, covered); err == nil && l.Independent() {
			t.State = id
		}
		for _, p := range l.Polygons {
			for _, ring := range p {
				t.Rings = append(t.Rings, degrees(ring))
			}
		}
		out = append(out, t)
	}
	return out
}

func degrees(ring history.Ring) [][2]float64 {
	out := make([][2]float64, len(ring))
	for i, p := range ring {
		out[i] = [2]float64{float64(p[0]) / 1000, float64(p[1]) / 1000}
	}
	return out
}
