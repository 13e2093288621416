package counsel

import (
	"cmp"
	"slices"
	"strings"

	"casus/law"
)

// ByArticle gathers what one article answers toward one creditor: its strongest answer,
// with the debtors of all, the classes of duty, and the facts on which the answers turn.
type ByArticle struct {
	Group
	Classes   []string // titles, where they have one
	Turns     []string // by name
	Attackers []string // of several those against whom it is so; empty: of one, or it is owed to no victim
}

// ByArticle gathers the answers that a teller tells by article and creditor, in the
// order of the strongest answer of each.
func (w *Why) ByArticle(tells func(*LegalAnswer) bool) []*ByArticle {
	var out []*ByArticle
	at := map[string]*ByArticle{}
	for _, g := range w.Groups(tells) {
		key := g.Article + " " + g.Creditor
		a := at[key]
		if a == nil {
			a = &ByArticle{Group: Group{LegalAnswer: g.LegalAnswer}}
			at[key] = a
			out = append(out, a)
		}
		for _, d := range g.Debtors {
			a.Debtors = With(a.Debtors, d)
		}
		if c := cmp.Or(g.ClassTitle, g.Class); c != "" && !slices.Contains(a.Classes, c) {
			a.Classes = append(a.Classes, c)
		}
		for _, name := range g.TurnsOn() {
			a.Turns = With(a.Turns, name)
		}
		if g.Creditor == w.Query.On || slices.Contains(w.Query.AlsoOn, g.Creditor) {
			a.Attackers = w.attackersIn(a.Attackers, g.LegalAnswer.Against)
		}
	}
	return out
}

// attackersIn adds those of several attackers against whom an answer is so: the one
// that it names, or all.
func (w *Why) attackersIn(against []string, named string) []string {
	switch {
	case len(w.Query.AlsoBy) == 0:
		return nil
	case named != "":
		return With(against, named)
	}
	for _, by := range append([]string{w.Query.By}, w.Query.AlsoBy...) {
		against = With(against, by)
	}
	return against
}

// TurnsOn lists the facts on which the answer turns, by name.
func (g *Group) TurnsOn() []string {
	var out []string
	for _, d := range g.Deciders {
		for _, f := range d.Facts {
			name, _, _ := strings.Cut(f, " = ")
			out = With(out, name)
		}
	}
	return out
}

// BindsPolitically reports whether the text of the answer binds nobody in law.
func (g *Group) BindsPolitically() bool { return slices.Contains(g.Caveats, law.BindsPolitically) }

// Alike holds articles that say the same, so that they can be told together. Names is
// the name of all where they are of instruments named alike, as in UA_*.VIII; empty where
// one article is alone, or the texts follow each other.
type Alike struct {
	Articles []*ByArticle
	Names    string
}

// All is the first of the articles with the debtors of all.
func (l Alike) All() *ByArticle {
	all := *l.Articles[0]
	all.Debtors = nil
	for _, a := range l.Articles {
		for _, d := range a.Debtors {
			all.Debtors = With(all.Debtors, d)
		}
	}
	return &all
}

// Together joins articles that say the same: of many bilateral accords made alike, of
// texts that the same parties made one after the other, and what one article reserves
// against each of several attackers. The order is that of the first of each.
func (w *Why) Together(articles []*ByArticle) []Alike {
	return w.madeAgainst(w.madeAgain(madeAlike(articles)))
}

// fewAlike is up to how many articles that say the same of others stay apart.
const fewAlike = 3

// madeAlike gathers articles of instruments made alike: the same number, the same answer.
func madeAlike(articles []*ByArticle) []Alike {
	var like [][]*ByArticle
	for _, a := range articles {
		at := slices.IndexFunc(like, func(l []*ByArticle) bool { return sameOf(l[0], a) })
		if at < 0 {
			like = append(like, []*ByArticle{a})
		} else {
			like[at] = append(like[at], a)
		}
	}
	var out []Alike
	for _, l := range like {
		if len(l) > fewAlike {
			name := l[0].Instrument
			for _, a := range l {
				name = sharedName(name+"_", a.Instrument+"_")
			}
			out = append(out, Alike{l, name + "*." + numberIn(l[0].Article)})
			continue
		}
		for _, a := range l {
			out = append(out, Alike{Articles: []*ByArticle{a}})
		}
	}
	return out
}

// madeAgain joins the articles of texts that the same parties made one after the
// other, named alike but for the year, where they say the same of the same debtors.
func (w *Why) madeAgain(lines []Alike) []Alike {
	var out []Alike
	for _, l := range lines {
		at := slices.IndexFunc(out, func(x Alike) bool {
			a, b := x.Articles[0], l.Articles[0]
			return x.Names == "" && len(l.Articles) == 1 && a.Instrument != b.Instrument && undated(a.Instrument) == undated(b.Instrument) &&
				w.sameCreditor(a, b) && saysTheSame(a, b)
		})
		if at < 0 {
			out = append(out, l)
		} else {
			out[at].Articles = append(slices.Clone(out[at].Articles), l.Articles...)
		}
	}
	return out
}

// madeAgainst joins what one article reserves against each of several attackers, where
// it says the same of all: as the creditor stand all of them.
func (w *Why) madeAgainst(lines []Alike) []Alike {
	var out []Alike
	for _, l := range lines {
		a := l.Articles[0]
		at := slices.IndexFunc(out, func(x Alike) bool {
			b := x.Articles[0]
			return len(l.Articles) == 1 && len(x.Articles) == 1 && a.Verb == "reserves" && a.Article == b.Article && saysTheSame(a, b)
		})
		if at < 0 {
			out = append(out, l)
			continue
		}
		joined := *out[at].Articles[0] // what was given stays as it is
		joined.Creditor += ", " + a.Creditor
		out[at] = Alike{Articles: []*ByArticle{&joined}}
	}
	return out
}

// sameOf reports whether two articles of the same number, in instruments named alike,
// say the same of different states.
func sameOf(a, b *ByArticle) bool {
	return numberIn(a.Article) == numberIn(b.Article) && sharedName(a.Instrument, b.Instrument) != "" && a.Verb == b.Verb && a.Creditor == b.Creditor &&
		a.BindsPolitically() == b.BindsPolitically() && slices.Equal(a.Classes, b.Classes) && slices.Equal(a.Turns, b.Turns)
}

// sameCreditor reports whether two articles are owed to the same: what is owed to nobody
// by name is owed to the victim.
func (w *Why) sameCreditor(a, b *ByArticle) bool {
	return cmp.Or(a.Creditor, w.Query.On) == cmp.Or(b.Creditor, w.Query.On) && a.LegalAnswer.Against == b.LegalAnswer.Against
}

// saysTheSame reports whether two articles answer the same of the same debtors, whoever
// is the creditor.
func saysTheSame(a, b *ByArticle) bool {
	return a.Verb == b.Verb && a.Status == b.Status && a.BindsPolitically() == b.BindsPolitically() &&
		slices.Equal(a.Debtors, b.Debtors) && slices.Equal(a.Classes, b.Classes) && slices.Equal(a.Attackers, b.Attackers) &&
		(a.Status != "depends" || slices.Equal(a.Turns, b.Turns)) && (a.Status != "not owed" || slices.Equal(a.reasons(), b.reasons()))
}

// reasons are those for which nothing is owed, apart from the article itself.
func (a *ByArticle) reasons() []string {
	out := slices.DeleteFunc(slices.Clone(a.Because), func(b string) bool { return b == a.Article })
	if a.Verb == "breaches" {
		out = append(out, a.Why, a.Rule)
	}
	return out
}

// undated is a name without the year at its end: RU_AB of RU_AB2014.
func undated(name string) string { return strings.TrimRight(name, "0123456789") }

// numberIn is an address without its instrument.
func numberIn(address string) string {
	_, n, _ := strings.Cut(address, ".")
	return n
}

// sharedName gives the beginning that two names have in common, up to an underscore:
// UA_ of UA_GBR and UA_DEU.
func sharedName(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:strings.LastIndex(a[:n], "_")+1]
}
