package counsel

import (
	"context"

	"casus/finding"
	"casus/law"
)

// WhyNot lists what would change one article's answer to an event. No list in its
// JSON form is null; two equal questions have equal bytes.
type WhyNot struct {
	finding.Head
	Query   LegalQuery       `json:"query"`
	Notes   []string         `json:"notes"`
	Article string           `json:"article"`
	Title   string           `json:"title"`
	Answers []Counterfactual `json:"answers"` // one for each class of duty and each set of debtors treated alike
}

// Counterfactual lists what would bind or free some debtors.
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
func NewWhyNot(ctx context.Context, b *law.Book, ev law.Event, options []string, address, debtor string, size int) (*WhyNot, error) {
	found, err := b.WhyNot(ctx, address, debtor, ev, size)
	if err != nil {
		return nil, err
	}
	a := b.Model.Article(address)
	w := &WhyNot{Head: HeadOf("why not", b, options, ev.Facts, ev.Readings), Query: newQuery(b, ev, false), Notes: []string{}, Article: a.Address, Title: a.Instrument.Title, Answers: []Counterfactual{}}
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
