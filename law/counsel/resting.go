package counsel

import (
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/model"
)

// Resting lists what rests on sources of one status: verified, partly verified,
// low grade or memory.
type Resting struct {
	finding.Head
	Status string        `json:"status"`
	Rows   []RestingRow  `json:"rows"`   // in the order of the model
	Counts []RestingRows `json:"counts"` // of every status, the asked one included
}

// RestingRow is one thing that says how sure it is.
type RestingRow struct {
	What    string   `json:"what"` // instrument, series, end, exit, article, party, place, question, reading, precedent
	Address string   `json:"address"`
	Title   string   `json:"title"`
	Sources []string `json:"sources"`
	Notes   []string `json:"notes"` // what the status and the notes say of it
	Defined string   `json:"defined"`
}

// RestingRows counts the things of a status.
type RestingRows struct {
	Status string `json:"status"`
	Rows   int    `json:"rows"`
}

// Statuses are the words that say how sure a thing is, the surest first.
var Statuses = []string{"verified", "partly verified", "low grade", "memory"}

// NewResting lists what a model says with a status. An unknown word is the error.
func NewResting(m *model.Model, status string) (*Resting, error) {
	status = strings.Join(strings.Fields(strings.ToLower(status)), " ")
	if !slices.Contains(Statuses, status) {
		return nil, source.Hint(fmt.Errorf("unknown status %q", status), source.Among(status, Statuses))
	}
	out := &Resting{Head: modelHead("resting", m, ""), Status: status, Rows: []RestingRow{}}
	count := map[string]int{}
	rest(m, func(of string, row RestingRow) {
		count[of]++
		if of == status {
			out.Rows = append(out.Rows, row)
		}
	})
	for _, s := range Statuses {
		out.Counts = append(out.Counts, RestingRows{s, count[s]})
	}
	return out, nil
}

// rest tells everything in a model that has a status.
func rest(m *model.Model, tell func(status string, row RestingRow)) {
	for _, in := range m.Instruments {
		tell(in.Status, restingRow("instrument", in.ID, in.Title, in.Cite, in.Pos))
		for _, c := range remembered(in) {
			tell("memory", restingRow(c.what, in.ID, c.says, model.Cite{}, in.Pos))
		}
		for _, ms := range in.Parties {
			if ms.Status != "" {
				why := model.Cite{Sources: ms.Sources, Notes: noteOf(ms.Why)}
				tell(ms.Status, restingRow("party", in.ID+" "+ms.State, partyDays(ms), why, ms.Pos))
			}
		}
		for _, a := range in.Articles {
			tell(a.Status, restingRow("article", a.Address, a.Title, a.Cite, a.Pos))
		}
	}
	restPlaces(m, tell)
	for _, name := range m.QuestionNames() {
		q := m.Question(name)
		if q.Status != "" {
			tell(q.Status, restingRow("question", name, q.Title, q.Cite, q.Pos))
		}
		for _, s := range q.Readings {
			if s.Nobodys { // nobody wrote it
				continue
			}
			tell(s.Status, restingRow("reading", name+" "+s.Name, s.Title, s.Cite, s.Pos))
		}
		for _, p := range q.Precedents {
			tell(p.Status, restingRow("precedent", name+" "+p.Day.String(), p.Title, p.Cite, p.Pos))
		}
	}
}

// restPlaces tells of each place how sure the days are on which it was whose: those of
// one status together.
func restPlaces(m *model.Model, tell func(status string, row RestingRow)) {
	names := m.AreaNames()
	slices.Sort(names)
	for _, name := range names {
		a := m.Areas[name]
		says := map[string][]string{}
		for _, s := range historyOf(m, a) {
			if !strings.HasPrefix(s.Whose, "contested") { // its readings say how sure they are
				says[s.Status] = append(says[s.Status], strings.TrimPrefix(Days(s.From, s.Until)+": "+s.Whose, ": ")+InBrackets(s.By))
			}
		}
		for _, status := range Statuses {
			if len(says[status]) > 0 {
				tell(status, restingRow("place", name, strings.Join(says[status], "; "), model.Cite{}, a.Pos))
			}
		}
	}
}

// clause is one line of an instrument's head.
type clause struct{ what, says string }

// remembered lists the lines of an instrument's head that rest on memory though the
// instrument may be verified: where it is printed, why it ended, how it is left.
func remembered(in *model.Instrument) []clause {
	if in.Status == "memory" {
		return nil
	}
	var out []clause
	if in.SeriesUnseen {
		out = append(out, clause{"series", in.Series})
	}
	for _, c := range []clause{{"end", in.EndedWhy}, {"exit", in.Exit}} {
		if strings.Contains(c.says, "memory") {
			out = append(out, c)
		}
	}
	return out
}

func restingRow(what, address, title string, c model.Cite, pos source.Pos) RestingRow {
	return RestingRow{What: what, Address: address, Title: title, Sources: append([]string{}, c.Sources...), Notes: append([]string{}, c.Notes...), Defined: pos.String()}
}

// partyDays are the days of a membership in words.
func partyDays(ms model.Membership) string {
	until := ""
	if ms.HasUntil {
		until = ms.Until.String()
	}
	return Days(ms.From.String(), until)
}

func noteOf(why string) []string {
	if why == "" {
		return nil
	}
	return []string{why}
}
