package ask

import (
	"context"
	"fmt"
	"strings"

	"casus/law/counsel"
	"casus/model"
)

// Why asks who owes what to whom after an event. All words of the question are
// read; On and a day are needed.
type Why struct {
	Question
	Full      bool // also articles that do not speak of the victim
	Reasons   bool // each article with its reason, below the answer; Full and Footnotes ask for it too
	Footnotes bool // a footnote to paste for each article
}

// Answer judges the event by the law of its day.
func (q Why) Answer(ctx context.Context, to Told) (*counsel.Why, error) {
	r, err := q.event(to, nil)
	if err != nil {
		return nil, err
	}
	b := r.book()
	w, err := counsel.NewWhy(ctx, b, r.event, q.Options, q.Full)
	if err != nil {
		return nil, err
	}
	r.tell(&w.Head, &w.Notes)
	idle, err := counsel.IdleFacts(ctx, b, r.event, r.typed)
	if err != nil {
		return nil, err
	}
	for _, fact := range idle {
		w.Notes = append(w.Notes, "fact "+fact+", as given, changes no answer here: with and without it each article answers the same")
	}
	w.Reasons = q.Reasons || q.Full || q.Footnotes
	if q.Footnotes {
		return w, w.Footnote(r.m)
	}
	return w, nil
}

// event resolves a question with an event of its own.
func (q *Question) event(to Told, lacks error) (*resolving, error) {
	lacks = Together(lacks, lack(q.On == "", "who is attacked?", "add --on STATE"), q.onTheDay())
	r, err := q.read(to)
	if err != nil {
		return nil, Together(lacks, err)
	}
	return r, r.all(q, lacks)
}

// WhyNot asks what would make an article bind whom it does not, or free whom it
// binds.
type WhyNot struct {
	Question
	Article string
	Debtor  string // the one debtor to ask about; empty: all
	Size    int    // how many changes to try together, 1 to 4
}

// Answer finds the smallest changes.
func (q WhyNot) Answer(ctx context.Context, to Told) (*counsel.WhyNot, error) {
	r, err := q.event(to, Together(
		lack(strings.Contains(q.By+q.On, ","), "--not asks about one attacker and one victim", "ask for each"),
		lack(q.Article == "", "about which article?", "as in --not NAT.5"),
		lack(q.Size < 1 || q.Size > 4, fmt.Sprintf("--size is 1 to 4, not %d", q.Size), ""),
	))
	if err != nil {
		return nil, err
	}
	debtor := ""
	if q.Debtor != "" {
		if debtor, err = r.stateOnDay(q.Debtor); err != nil {
			return nil, misused(err)
		}
	}
	if r.m.Article(q.Article) == nil {
		return nil, Unknown("article", q.Article, addresses(r.m))
	}
	w, err := counsel.NewWhyNot(ctx, r.book(), r.event, q.Options, q.Article, debtor, q.Size)
	if err != nil {
		return nil, err
	}
	r.tell(&w.Head, &w.Notes)
	return w, nil
}

func addresses(m *model.Model) []string {
	var out []string
	for _, in := range m.Instruments {
		for _, a := range in.Articles {
			out = append(out, a.Address)
		}
	}
	return out
}
