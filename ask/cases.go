package ask

import (
	"casus/catalog"
	"casus/finding"
	"casus/model"
)

// Cases asks which cases ship.
type Cases struct{}

// Answer lists the cases, in the order in which they ship.
func (q Cases) Answer(to Told) (*finding.ShippedCases, error) {
	m, problems := allShipped()
	if err := to.Refuse(problems); err != nil {
		return nil, err
	}
	out := &finding.ShippedCases{Head: finding.New("cases", m.Digests(), finding.Basis{}), Instruments: len(m.Instruments)}
	for _, name := range catalog.Cases() {
		out.Cases = append(out.Cases, shippedCase(m.Case(name)))
	}
	return out, nil
}

func shippedCase(k *model.Case) finding.ShippedCase {
	out := finding.ShippedCase{Case: k.Name, Title: k.Title, Date: k.Date.String(), Question: k.Question, Options: []finding.Titled{}, Views: []finding.Titled{}}
	if k.Course != nil {
		out.Course, out.Entries = k.Course.Title, len(k.Course.Entries)
	}
	if k.Crisis == nil {
		return out
	}
	for _, o := range k.Options {
		out.Options = append(out.Options, finding.Titled{Name: o.Name, Title: o.Title})
	}
	for _, v := range k.Views {
		out.Views = append(out.Views, finding.Titled{Name: v.Name, Title: v.Title})
	}
	return out
}
