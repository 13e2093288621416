package ask

import (
	"fmt"
	"strings"

	"casus/catalog"
	"casus/finding"
	"casus/model"
)

// Cases asks which cases ship.
type Cases struct{}

// ShippedCases is the answer.
type ShippedCases struct {
	finding.Head
	Cases       []ShippedCase `json:"cases"`
	Instruments int           `json:"instruments"`
}

// ShippedCase is one case with the names that can be asked for in it. A case
// without a crisis has no options, and one without a course no entries.
type ShippedCase struct {
	Case     string   `json:"case"`
	Title    string   `json:"title"`
	Date     string   `json:"date"`
	Question string   `json:"question"`
	Course   string   `json:"course"` // its title
	Entries  int      `json:"entries"`
	Options  []Titled `json:"options"`
	Views    []Titled `json:"views"`
}

// Titled is a name with what it stands for.
type Titled struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Answer lists the cases, in the order in which they ship.
func (q Cases) Answer(to Told) (*ShippedCases, error) {
	m, problems := allShipped()
	if err := to.Refuse(problems); err != nil {
		return nil, err
	}
	out := &ShippedCases{Head: finding.New("cases", m.Digests(), finding.Basis{}), Instruments: len(m.Instruments)}
	for _, name := range catalog.Cases() {
		out.Cases = append(out.Cases, shippedCase(m.Case(name)))
	}
	return out, nil
}

func shippedCase(k *model.Case) ShippedCase {
	out := ShippedCase{Case: k.Name, Title: k.Title, Date: k.Date.String(), Question: k.Question, Options: []Titled{}, Views: []Titled{}}
	if k.Course != nil {
		out.Course, out.Entries = k.Course.Title, len(k.Course.Entries)
	}
	if k.Crisis == nil {
		return out
	}
	for _, o := range k.Options {
		out.Options = append(out.Options, Titled{o.Name, o.Title})
	}
	for _, v := range k.Views {
		out.Views = append(out.Views, Titled{v.Name, v.Title})
	}
	return out
}

// Text lists the cases with their options and views, for people.
func (x *ShippedCases) Text() string {
	var b strings.Builder
	for _, k := range x.Cases {
		k.list(&b)
	}
	fmt.Fprintf(&b, "%s, %s\n", Count(len(x.Cases), "case"), Count(x.Instruments, "instrument"))
	return b.String()
}

func (k ShippedCase) list(b *strings.Builder) {
	fmt.Fprintf(b, "%s  %s, as of %s\n", k.Case, k.Title, k.Date)
	if k.Question != "" {
		fmt.Fprintf(b, "  %s\n", k.Question)
	}
	if k.Course != "" {
		entries := "1 entry"
		if k.Entries != 1 {
			entries = fmt.Sprintf("%d entries", k.Entries)
		}
		fmt.Fprintf(b, "  course  %s: %s\n", k.Course, entries)
	}
	if len(k.Options) == 0 {
		b.WriteString("\n")
		return
	}
	k.listOptions(b)
}

func (k ShippedCase) listOptions(b *strings.Builder) {
	width := 0
	for _, o := range k.Options {
		width = max(width, len(o.Name))
	}
	b.WriteString("  options\n")
	for _, o := range k.Options {
		fmt.Fprintf(b, "    %-*s  %s\n", width, o.Name, o.Title)
	}
	views := make([]string, len(k.Views))
	for i, v := range k.Views {
		views[i] = v.Name
	}
	fmt.Fprintf(b, "  views  %s\n\n", strings.Join(views, ", "))
}
