package claim

import (
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/law"
	"casus/model"
	"casus/past/spend"
)

// byFigures works a proposition out over the figures of spending. The name of a
// claim of the book stands for all its readings.
func byFigures(b *spend.Book, p model.Proposition) ([]Reading, error) {
	if p.Expr.Kind == syntax.NameExpr && slices.Contains(b.Claims(), p.Expr.Op) {
		c, err := b.Claim(p.Expr.Op)
		if err != nil {
			return nil, err
		}
		var out []Reading
		for _, x := range c.Readings {
			rd := settled(Figures, x.Name+": "+x.Says, x.Expression, string(x.Verdict))
			rd.shows(x.Shown, beside(x), x.Why, x.Note)
			for _, words := range x.Caveats {
				rd.warnOf(finding.Assumed, "", "%s", words)
			}
			out = append(out, rd)
		}
		return restsOn(out, c.Rests), nil
	}
	v, err := b.Reckon(p.Expr)
	if err != nil {
		return nil, err
	}
	if v.Kind != spend.Truth {
		return nil, fmt.Errorf("%s is an amount, not something that holds or does not", p.Expr)
	}
	rd := settled(Figures, p.Title, p.Expr.String(), v.String())
	rd.shows(v.Shown, v.Unknown)
	return restsOn([]Reading{rd}, v.Rests), nil
}

// restsOn notes on the last of some readings what they rest on.
func restsOn(readings []Reading, rests []spend.Rest) []Reading {
	if len(readings) == 0 {
		return nil
	}
	last := &readings[len(readings)-1]
	for _, r := range rests {
		last.Rests = append(last.Rests, strings.Join(slices.DeleteFunc([]string{r.What + ": " + r.Value, r.Source, r.Status, r.Note}, func(s string) bool { return s == "" }), "; "))
	}
	return readings
}

func beside(x spend.Reading) string {
	if x.Left == "" {
		return ""
	}
	return "that is " + x.Left + " beside " + x.Right
}

func settled(kind, says, expression, verdict string) Reading {
	return Reading{Kind: kind, Says: says, Expression: expression, Verdict: verdict, Views: []Share{}, Shown: []string{}, Rests: []string{}, Warnings: []finding.Warning{}}
}

// shows adds what is not empty to how a verdict comes about.
func (rd *Reading) shows(words ...string) {
	for _, w := range words {
		if w != "" {
			rd.Shown = append(rd.Shown, w)
		}
	}
}

// byLaw puts what would have to be so to the law. It holds when the law answers
// all of it; what turns on an open fact depends, and what is read in two ways is
// contested.
func byLaw(m *model.Model, ex *model.Example) Reading {
	rd := settled(Law, ex.Title, "", string(spend.Holds))
	var asked []string
	for _, p := range law.PutTo(m, ex) {
		asked = append(asked, expected(p.Expect))
		rd.shows(answered(p)...)
		if v := verdict(p); rank(v) > rank(rd.Verdict) {
			rd.Verdict = v
		}
	}
	rd.Expression = strings.Join(asked, "; ") + ", of " + law.EventOf(ex.Event).Words()
	if ex.Event.HasDate {
		rd.Expression += " on " + ex.Event.Date.String()
	}
	if len(ex.Options) > 0 {
		rd.Expression += ", under " + strings.Join(ex.Options, ", ")
	}
	return rd
}

// The verdicts of law beside those of figures.
const (
	depends   = "depends"
	contested = "contested"
)

// rank orders verdicts by how much they take from "holds": one part that does
// not hold settles the whole.
func rank(v string) int {
	return slices.Index([]string{string(spend.Holds), contested, depends, string(spend.HoldsNot)}, v)
}

func verdict(p law.Put) string {
	out := string(spend.HoldsNot)
	switch {
	case p.Met:
		return string(spend.Holds)
	case p.Expect.Class != "" && !slices.ContainsFunc(p.Answers, func(a law.Answer) bool { return a.Class != nil && a.Class.Name == p.Expect.Class }):
		return out
	}
	for _, a := range p.Answers {
		if len(p.Expect.By) > 0 && !slices.Contains(p.Expect.By, a.Debtor) {
			continue
		}
		switch a.Status.String() {
		case contested:
			out = contested
		case depends:
			return depends
		}
	}
	return out
}

func expected(e model.Expect) string {
	out := e.Address
	if len(e.By) > 0 {
		out += " by " + strings.Join(e.By, ", ")
	}
	out += " " + e.Status
	if e.Class != "" {
		out += " as " + e.Class
	}
	return out
}

// answered says what the law answers, debtors with one answer together.
func answered(p law.Put) []string {
	var words []string
	debtors := map[string][]string{}
	for _, a := range p.Answers {
		w := a.Article.Address + " " + a.Status.String()
		if a.Class != nil {
			w += " as " + a.Class.Name + " (" + a.Class.Title + ")"
		}
		if len(a.Because) > 0 {
			w += ", because " + strings.Join(a.Because, ", ")
		}
		if a.Why != "" {
			w += ": " + a.Why
		}
		if !slices.Contains(words, w) {
			words = append(words, w)
		}
		debtors[w] = append(debtors[w], a.Debtor)
	}
	for i, w := range words {
		words[i] = listed(debtors[w]) + ": " + w
	}
	if len(words) == 0 {
		words = []string{p.Expect.Address + " answers nothing to it"}
	}
	return words
}

// listed names states; a long list is counted.
func listed(states []string) string {
	if len(states) > 6 {
		return fmt.Sprintf("%s and %d more states", strings.Join(states[:4], ", "), len(states)-4)
	}
	return strings.Join(states, ", ")
}

// byRecord asks a proposition about members and parties of the day it is about.
func byRecord(m *model.Model, rec model.Recorded) Reading {
	b := law.Compile(m, rec.Day, nil)
	rd := settled(Facts, rec.Title, rec.Cond.Words+" on "+rec.Day.String(), string(spend.NotKnown))
	switch b.Holds(rec.Cond) {
	case law.Yes:
		rd.Verdict = string(spend.Holds)
	case law.No:
		rd.Verdict = string(spend.HoldsNot)
	}
	if meets := met(b, rec.Cond); len(meets) > 0 {
		rd.shows("on that day of " + strings.Join(meets, ", "))
	}
	return rd
}

// met are the states of which a count holds, also of one that is denied.
func met(b *law.Book, c *model.Cond) []string {
	if c.Op == model.CondNot {
		return met(b, c.Args[0])
	}
	return b.Meets(c)
}

// Check reports the figures of claims that can never be worked out, each at its
// place.
func Check(m *model.Model) source.Problems {
	var out source.Problems
	var b *spend.Book
	for _, cl := range m.Claims {
		for _, p := range cl.Figures {
			if b == nil {
				b, _ = spend.Load()
			}
			if _, err := byFigures(b, p); err != nil {
				out = append(out, source.Problem{Pos: p.Pos, Len: 1, Msg: "claim " + cl.ID + ": " + err.Error(), Heading: cl.Title})
			}
		}
	}
	return out
}
