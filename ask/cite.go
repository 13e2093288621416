package ask

import (
	"casus/catalog"
	"casus/data"
	"casus/law/counsel"
	"casus/model"
)

// Cite asks what the model says of addresses: an instrument, an article, a class
// of duty or a source.
type Cite struct {
	Addresses []string
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
	m, err := citable(to, q.Files)
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
	m, err := citable(to, q.Files)
	if err != nil {
		return nil, err
	}
	l, err := counsel.NewResting(m, q.Status)
	return l, misused(err)
}

// citable lists what may be cited, and what rests on a source.
func citable(to Told, files []string) (*model.Model, error) {
	q := &Question{Files: files, also: append(catalog.Cases(), "crises")}
	r, err := q.read(to)
	if err != nil {
		return nil, err
	}
	return r.m, nil
}
