package show

import (
	"casus/finding"
	"casus/worlds/inquiry"
	"cmp"
	"fmt"
	"io"
	"strings"
)

// Discovered writes what was found, view by view.
func Discovered(out io.Writer, d *inquiry.Discovered, l Layout) error {
	p := newPage(l)
	p.entry(0, 2, d.Title+",", fmt.Sprintf("%s, %s ahead", d.Date, years(d.Horizon)))
	if d.Asked != "" {
		p.line(0, 2, "In which worlds "+d.Asked+"?")
	} else {
		p.line(0, 2, "In which worlds "+d.Where+"?")
	}
	p.line(0, 2, fmt.Sprintf("%s for each view, design %s, seed %d. What actors and chance do inside a world is solved exactly (%s); shares of worlds are what the analyst does not know. Views are not added up.",
		finding.Count(d.Worlds, "world"), design(d.Design), d.Seed, d.Concept))
	for _, v := range d.Views {
		p.gap()
		p.heading("VIEW "+v.View, v.Title)
		discoveredIn(p, v)
	}
	p.notes(texts(d.Warnings))
	return p.print(out)
}

func discoveredIn(p *page, v inquiry.ViewDiscovered) {
	if v.Nothing != "" { // and nothing was looked for in what is left out
		p.line(2, 4, v.Nothing)
		return
	}
	for _, x := range v.Dropped {
		p.line(2, 4, fmt.Sprintf("%s is left out: %s", called(x.Name), strings.ReplaceAll(x.Why, "in all rows", "in all worlds")))
	}
	if v.Found != nil {
		f := foundIn(v)
		f.text(p)
		if v.Fresh != nil {
			fresh(p, v)
		}
	}
	for _, n := range v.Notes {
		p.line(2, 4, "! "+n)
	}
}

func foundIn(v inquiry.ViewDiscovered) *found {
	return &found{Findings: v.Found, what: "world", inputs: v.Inputs, rests: func(input string) string {
		for _, r := range v.Rests {
			if r.Input == input {
				return restWords(r)
			}
		}
		return "nothing is said of it"
	}}
}

// restWords says what an assumption is and what it rests on.
func restWords(r inquiry.Ground) string {
	words := []string{cmp.Or(r.Title, "no title")}
	for _, b := range r.Beliefs {
		s := "view " + b.View + " holds " + b.Dist
		switch {
		case len(b.Sources) > 0:
			s += ", source " + strings.Join(b.Sources, ", ")
		case b.Judgement != "":
			s += ", a judgement: " + b.Judgement
		default:
			s += ", a judgement"
		}
		words = append(words, s)
	}
	return strings.Join(words, "; ")
}

// fresh says what the box is worth in worlds that it was not chosen on.
func fresh(p *page, v inquiry.ViewDiscovered) {
	f := v.Fresh
	p.line(2, 4, fmt.Sprintf("IN NEW WORLDS (%d, seed %d; so in %d of them)", f.Worlds, f.Seed, f.In))
	if f.Box == nil {
		p.line(4, 6, f.Why)
		return
	}
	p.line(4, 6, "coverage: "+share(f.Box.Coverage))
	p.line(4, 6, "density: "+share(f.Box.Density)+fmt.Sprintf("; it was %s where the box was chosen", percent(v.Found.Box().Density.Value)))
}

// DiscoveredPicture draws what was found in each view, one below the other. It is SVG and
// carries its own text.
func DiscoveredPicture(out io.Writer, d *inquiry.Discovered) error {
	p := &findPicture{}
	p.say(16, "bold", d.Title+", "+d.Date)
	p.say(12, "normal", "In which worlds "+cmp.Or(d.Asked, d.Where)+"?")
	for _, v := range d.Views {
		if v.Found == nil {
			p.y += 10
			p.say(14, "bold", "View "+v.View)
			p.say(12, "normal", v.Nothing)
			continue
		}
		p.titles = titlesOf(v)
		p.found(foundIn(v), "View "+v.View)
		p.tree(v.Found)
		p.points(v.Points)
	}
	p.say(11, "normal", fmt.Sprintf("%s for each view, seed %d. %s.", finding.Count(d.Worlds, "world"), d.Seed, d.Concept))
	return p.print(out)
}

// FoundPicture draws what was found in one view: the boxes that PRIM peeled, the limits
// of the one described, and the assumptions that tell most, stacked.
func FoundPicture(out io.Writer, v inquiry.ViewDiscovered) error {
	p := &findPicture{titles: titlesOf(v)}
	p.found(foundIn(v), "")
	return p.print(out)
}
