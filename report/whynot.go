package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/law"
)

// WhyNotVersion is the version of the JSON form of WhyNot.
const WhyNotVersion = 1

// WhyNot is what would change one article's answer to an event. No list in its
// JSON form is null; two equal questions have equal bytes.
type WhyNot struct {
	Version  int              `json:"version"`
	Query    LegalQuery       `json:"query"`
	Warnings []string         `json:"warnings"`
	Notes    []string         `json:"notes"`
	Article  string           `json:"article"`
	Title    string           `json:"title"`
	Answers  []Counterfactual `json:"answers"` // one for each class of duty and each set of debtors treated alike
}

// Counterfactual is what would bind or free some debtors.
type Counterfactual struct {
	Debtors    []string   `json:"debtors"`
	Verb       string     `json:"verb"`
	Class      string     `json:"class"`
	ClassTitle string     `json:"class_title"`
	Status     string     `json:"status"`
	Bind       *LegalWays `json:"bind,omitempty"` // absent where it binds already
	Free       *LegalWays `json:"free,omitempty"` // absent where it is free already
}

// LegalWays are the smallest sets of changes: of facts and, apart from them, of
// clauses. Size is the most changes that were tried together.
type LegalWays struct {
	Size    int        `json:"size"`
	Facts   []LegalWay `json:"facts"`
	Clauses []LegalWay `json:"clauses"`
}

// LegalWay is one smallest set of changes and the answer it leads to.
type LegalWay struct {
	Changes []LegalChange `json:"changes"`
	Then    string        `json:"then"`
}

// LegalChange is one change in words; Witness is a place, state or day that has
// what the words ask for.
type LegalChange struct {
	Respect string `json:"respect"`
	Words   string `json:"words"`
	Witness string `json:"witness,omitempty"`
}

// NewWhyNot asks what would change what an article answers for a debtor, or
// for everyone it names where debtor is empty.
func NewWhyNot(b *law.Book, ev law.Event, options []string, address, debtor string, size int) (*WhyNot, error) {
	found, err := b.WhyNot(address, debtor, ev, size)
	if err != nil {
		return nil, err
	}
	a := b.Model.Article(address)
	w := &WhyNot{Version: WhyNotVersion, Query: newQuery(b, ev, options, false), Warnings: []string{}, Notes: []string{}, Article: a.Address, Title: a.Instrument.Title, Answers: []Counterfactual{}}
	if a.Title != "" {
		w.Title = a.Title + ", " + w.Title
	}
	for _, f := range found {
		c := Counterfactual{Debtors: full(f.Debtors), Verb: verbs[f.Verb], Status: f.Status.String(), Bind: legalWays(f.Bind), Free: legalWays(f.Free)}
		if f.Class != nil {
			c.Class, c.ClassTitle = f.Class.Name, f.Class.Title
		}
		w.Answers = append(w.Answers, c)
	}
	return w, nil
}

func legalWays(w *law.Ways) *LegalWays {
	if w == nil {
		return nil
	}
	return &LegalWays{Size: w.Size, Facts: legalWay(w.Facts), Clauses: legalWay(w.Clauses)}
}

func legalWay(ways []law.Way) []LegalWay {
	out := []LegalWay{}
	for _, w := range ways {
		x := LegalWay{Changes: []LegalChange{}, Then: w.Then.String()}
		for _, c := range w.Changes {
			x.Changes = append(x.Changes, LegalChange{Respect: c.Respect, Words: c.Words, Witness: c.Witness})
		}
		out = append(out, x)
	}
	return out
}

// JSON writes the versioned form, indented by two blanks.
func (w *WhyNot) JSON(out io.Writer) error {
	return writeJSON(out, w)
}

// Text writes the answer for a person to read.
func (w *WhyNot) Text(out io.Writer, l Layout) error {
	p := newPage(l)
	(&Why{Query: w.Query, Warnings: w.Warnings, Answers: []LegalAnswer{{}}}).header(p)
	p.gap()
	p.heading(w.Article, w.Title)
	if len(w.Answers) == 0 {
		p.line(2, 4, "It names no debtor for this event.")
	}
	for _, c := range w.Answers {
		w.counterfactual(p, c)
	}
	p.notes(w.Notes)
	return p.print(out)
}

func (w *WhyNot) counterfactual(p *page, c Counterfactual) {
	p.gap()
	who := strings.Join(c.Debtors, ", ")
	if n := len(c.Debtors); n > mostListed {
		who = strings.Join(slices.Concat(c.Debtors[:5], []string{"…"}, c.Debtors[n-2:]), ", ")
	}
	if n := len(c.Debtors); n > 1 {
		who = fmt.Sprintf("%d states: %s", n, who)
	}
	p.line(2, 4, c.ClassTitle+" ("+c.Class+"), "+c.Status+"; by "+who)
	first := c.Debtors[0]
	does := map[string]string{"owes": "would bind " + first, "breaches": "would be broken by " + first}[c.Verb]
	not := map[string]string{"owes": "would not bind " + first, "breaches": "would not be broken by " + first}[c.Verb]
	if does == "" {
		does, not = "would give "+first+" its right", "would give "+first+" no right"
	}
	c.Bind.print(p, w.Article+" "+does+" if")
	c.Free.print(p, w.Article+" "+not+" if")
}

func (w *LegalWays) print(p *page, lead string) {
	if w == nil {
		return
	}
	for _, part := range []struct {
		ways []LegalWay
		of   string
	}{{w.Facts, "Facts"}, {w.Clauses, "Clauses"}} {
		p.gap()
		if len(part.ways) == 0 {
			p.line(4, 6, fmt.Sprintf("%s: %s: nothing, of up to %s together.", part.of, lead, things(w.Size)))
			continue
		}
		p.line(4, 6, part.of+": "+lead)
		for _, way := range part.ways {
			p.line(6, 8, "- "+way.words())
		}
	}
	if len(w.Facts)+len(w.Clauses) > 0 {
		p.line(4, 6, fmt.Sprintf("(every smallest set of up to %s)", things(w.Size)))
	}
}

func things(n int) string {
	if n == 1 {
		return "1 change"
	}
	return fmt.Sprintf("%d changes", n)
}

func (w LegalWay) words() string {
	var parts []string
	for _, c := range w.Changes {
		s := c.Words
		if c.Witness != "" && !strings.Contains(s, c.Witness) {
			s += " (e.g. " + c.Witness + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; and ") + ": " + w.Then
}
