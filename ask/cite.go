package ask

import (
	"cmp"
	"slices"
	"strings"

	"casus/catalog"
	"casus/data"
	"casus/finding"
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
	if err := emptyNames(q.Addresses, "name an address, such as casus cite NAT.5"); err != nil {
		return nil, err
	}
	var day data.Day
	if q.Date != "" {
		var err error
		if day, err = dayTyped(q.Date); err != nil {
			return nil, misused(err)
		}
	}
	m, err := citable(to, q.Case, q.Files)
	if err != nil {
		return nil, err
	}
	r := &resolving{m: m, day: day}
	addresses := make([]string, len(q.Addresses))
	for i, address := range q.Addresses {
		if addresses[i], err = r.cited(address); err != nil {
			return nil, misused(err)
		}
	}
	c, err := counsel.NewCitation(m, addresses, day)
	if err == nil {
		c.Warnings = append(c.Warnings, r.warnings...)
	}
	return c, misused(err)
}

// cited is the address that a word stands for: of what nothing here is called, the state
// that people name so, or the land of one.
func (r *resolving) cited(address string) (string, error) {
	if _, err := counsel.NewCitation(r.m, []string{address}, 0); err == nil {
		return address, nil
	}
	named, part := address, ""
	if at := len(address) - len(homeLand); at > 0 && strings.EqualFold(address[at:], homeLand) {
		named, part = address[:at], homeLand
	}
	quiet := &resolving{m: r.m, day: r.day}
	id, err := quiet.state(named)
	switch _, coded, _ := quiet.inSystem(named); {
	case err != nil && coded:
		return "", err
	case err != nil: // or the citation says what is near
		return cmp.Or(r.labelled(address), r.placeOf(address), r.groupOf(address), address), nil
	}
	if part != "" && r.m.Areas[id+part] == nil {
		part = ""
		r.note(address + " is all the land of " + r.m.States.Name(id, cmp.Or(r.day, data.Forever)) + " (" + id + "): nothing lies apart from its home")
	}
	if id, err = r.state(named); err != nil {
		return "", err
	}
	return id + part, nil
}

// labelled is the measure that stands under a label or title in the tables of a case of
// the model, of which the first counts; empty where none does.
func (r *resolving) labelled(words string) string {
	for _, k := range r.m.Cases {
		ms := lexiconOf(r.m, k).measures
		called := plainly(words)
		ms.names = slices.DeleteFunc(ms.names, func(n finding.Name) bool { return plainly(n.Note) != called && plainly(n.Title) != called })
		if len(ms.names) == 0 {
			continue
		}
		if name, err := ms.named(words); err == nil {
			return name
		}
	}
	return ""
}

// groupOf is the group with a title, its article aside; empty where there is none.
func (r *resolving) groupOf(words string) string {
	for _, name := range names(r.m.Groups) {
		if title, _ := cutArticle(plainly(r.m.Groups[name].Title)); title != "" && title == plainly(words) {
			return name
		}
	}
	return ""
}

// homeLand follows the id of a state in the name of its land without parts overseas.
const homeLand = ".home"

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
