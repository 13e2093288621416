package studio

import (
	"strings"

	"casus/ask"
	"casus/law/counsel"
	"casus/model"
	"casus/show"
)

// networkWords ask who is bound to whom on the day of the case.
func networkWords(on subject) ask.Words { return ask.Words{"case": {on.Case}} }

// bonded is the view of who is bound to whom on a day.
type bonded struct {
	Date     string
	Year     int
	State    string
	First    int // year of the slider
	Last     int
	Picture  string
	States   []stateLine
	Treaties []treatyLine
	Left     int
	Notes    []string
}

// stateLine is a state with the treaties that it is in, and where it leads.
type stateLine struct{ ID, Name, To, Treaties string }

type treatyLine struct {
	Treaty, Title, Words string
	States               int
	Sure                 bool
}

func setNetwork(x *setting) (any, error) {
	m := x.found.(*counsel.Matrix)
	if m.Yearly {
		return nil, ask.Usage("the network is of one day", "give date in the place of from and to")
	}
	day := m.Over[0].From
	b, err := counsel.NewBonds(m)
	if err != nil {
		return nil, err
	}
	v := &bonded{Date: day.String(), Year: day.Year(), State: first1(x.q.Words()["state"]), First: firstYear, Last: lastYear, Left: b.Left, Notes: m.Notes}
	x.page.Title, x.page.Heading = "Network", "Who is bound to whom on "+v.Date
	lead := func(state string) string { return x.links.to("why", ask.Words{"on": {state}, "date": {v.Date}}) }
	title := func(treaty string) string { return titleOf(m.Model, treaty) }
	for _, t := range b.Treaties {
		v.Treaties = append(v.Treaties, treatyLine{t.Treaty, title(t.Treaty), t.Words(), len(t.States), t.Sure})
	}
	for _, s := range b.States {
		v.States = append(v.States, stateLine{s, m.Model.States.Name(s, day), lead(s), strings.Join(treatiesOf(b, s), ", ")})
	}
	if len(b.States) > 0 {
		v.Picture, err = inline(func(w *strings.Builder) error { return show.BondsPicture(w, b, lead, title) })
		if x.links.live {
			v.Picture = strings.Replace(v.Picture, `aria-hidden="true" `, "", 1) // its states are links
		}
	}
	return v, err
}

func titleOf(m *model.Model, treaty string) string {
	if i := m.Instrument(treaty); i != nil {
		return i.Title
	}
	return ""
}

func treatiesOf(b *counsel.Bonds, state string) []string {
	var out []string
	for _, t := range b.Treaties {
		for _, s := range t.States {
			if s == state {
				out = append(out, t.Treaty)
			}
		}
	}
	return out
}
