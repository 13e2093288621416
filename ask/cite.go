package ask

import (
	"casus/catalog"
	"casus/data"
	"casus/law/counsel"
	"casus/model"
)

// Cite asks what the model says of addresses: an instrument, an article, a class
// of duty, a source, or whatever else has a name.
type Cite struct {
	Addresses []string
	Case      string // the one case of whose names are spoken, beside those of the law: its name, file or folder; empty: all that ship
	Date      string // the wording and the parties of a day; empty: all
	Files     []string
}

// Answer gives each address with all it rests on.
func (q Cite) Answer(to Told) (*counsel.Citation, error) {
	if len(q.Addresses) == 0 {
		return nil, Usage("what is cited?", "name an address, such as casus cite NAT.5")
	}
	var day data.Day
	if q.Date != "" {
		var err error
		if day, err = data.ParseDay(q.Date); err != nil {
			return nil, misused(err)
		}
	}
	m, err := citable(to, q.Case, q.Files)
	if err != nil {
		return nil, err
	}
	c, err := counsel.NewCitation(m, q.Addresses, day)
	return c, misused(err)
}

// Resting asks for all that rests on sources of one status.
type Resting struct {
	Status string
	Files  []string
}

// Answer lists what rests on them.
func (q Resting) Answer(to Told) (*counsel.Resting, error) {
	m, err := citable(to, "", q.Files)
	if err != nil {
		return nil, err
	}
	l, err := counsel.NewResting(m, q.Status)
	return l, misused(err)
}

// citable is the model of what may be cited, and of what rests on a source: the law with
// every case that ships or, where one is named, with that alone.
func citable(to Told, of string, files []string) (*model.Model, error) {
	q := &Question{Case: of, Files: files}
	if of == "" {
		q.also = append(catalog.Cases(), "crises")
	}
	r, err := q.read(to)
	if err != nil {
		return nil, err
	}
	if of != "" {
		if _, err := ParseNamed(of).Of(r.m); err != nil {
			return nil, misused(err)
		}
	}
	return r.m, nil
}
