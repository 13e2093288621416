package crisis

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/model"
)

// LeftOut are texts that a case does not read and under which somebody cast owes more, in
// an event of the game, than under those that it reads.
type LeftOut struct {
	Debtors map[string][]string // by instrument, in order
}

// Says tells of it in the words of a warning.
func (l *LeftOut) Says(k *model.Case) string {
	var texts []string
	for _, id := range slices.Sorted(maps.Keys(l.Debtors)) {
		texts = append(texts, id+" ("+strings.Join(l.Debtors[id], ", ")+")")
	}
	return fmt.Sprintf("the game of case %s knows nothing of texts in the catalogue under which somebody cast owes something, since the files do not use them: %s", k.Name, listed(texts))
}

// listed joins the first few and counts the rest.
func listed(texts []string) string {
	const most = 6
	if len(texts) <= most {
		return strings.Join(texts, ", ")
	}
	return fmt.Sprintf("%s and %d texts more", strings.Join(texts[:most], ", "), len(texts)-most)
}

// TextsLeftOut compares what is owed in a case with what is owed in it by a model that
// reads more; nil where that is the same, as far as the crisis asks.
func TextsLeftOut(m, whole *model.Model, name string) (*LeftOut, error) {
	k, wider := m.Case(name), whole.Case(name)
	if k == nil || wider == nil || k.Crisis == nil || len(k.Options) != len(wider.Options) {
		return nil, nil
	}
	out := &LeftOut{map[string][]string{}}
	for i, o := range k.Options {
		less, err := Ground(m, k, o)
		if err != nil {
			return nil, err
		}
		with, err := Ground(whole, wider, wider.Options[i])
		if err != nil {
			return nil, err
		}
		out.compare(m, &mover{g: with, with: with.counsel(), less: less.counsel(), asks: thresholds(k.Crisis)})
	}
	if len(out.Debtors) == 0 {
		return nil, nil
	}
	return out, nil
}

// compare asks both what is owed in every event; those asked after mostAsked are left in
// peace.
func (l *LeftOut) compare(m *model.Model, x *mover) {
	asked := 0
	for _, ev := range x.g.everyEvent() {
		for _, known := range x.g.legal(ev) {
			for _, v := range ev.victims {
				if asked++; asked > mostAsked {
					return
				}
				with := x.with.owes(x.with.g.book, []string{v.actor}, ev, known)
				less := x.less.owes(x.less.g.book, []string{v.actor}, ev, known)
				for i := range with {
					if with[i].Level > less[i].Level && x.differ("duty", with[i].Level, less[i].Level, with[i].Actor) {
						l.note(m, x.g.Model, with[i], less[i].Level)
					}
				}
			}
		}
	}
}

// note keeps the texts that only the wider model reads and that ask for more.
func (l *LeftOut) note(m, whole *model.Model, owing Owing, above int) {
	for _, a := range owing.Articles {
		article := whole.Article(a.Address)
		if article == nil || a.Level <= above || m.Instrument(article.Instrument.ID) != nil {
			continue
		}
		id := article.Instrument.ID
		if !slices.Contains(l.Debtors[id], owing.Actor) {
			l.Debtors[id] = append(l.Debtors[id], owing.Actor)
			slices.Sort(l.Debtors[id])
		}
	}
}
