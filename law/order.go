package law

import (
	"slices"

	"casus/model"
)

// How closely an answer speaks of the victim.
const (
	NamesVictim = iota // the rule is about this state
	PartyVictim        // about a party, or a state of a group, which it is
	AnyVictim          // about whoever it may be
)

// Closeness is how closely the rule that answers speaks of the victim; of a text
// that is not public, as of a party.
func (a *Answer) Closeness() int {
	switch r := a.Rule; {
	case r == nil:
		return PartyVictim
	case r.On.Kind == model.Literal:
		return NamesVictim
	case picksVictim(r, r.Cond):
		return PartyVictim
	}
	return AnyVictim
}

// picksVictim reports whether a condition asks that the victim be one of some
// states.
func picksVictim(r *model.Rule, cond *model.Cond) bool {
	switch {
	case cond == nil:
		return false
	case cond.Op == model.CondAnd, cond.Op == model.CondOr:
		return slices.ContainsFunc(cond.Args, func(x *model.Cond) bool { return picksVictim(r, x) })
	case cond.Op != model.CondIn && cond.Op != model.CondSame:
		return false
	}
	t := cond.Terms[0]
	return t.Kind == model.Victim || t.Kind == model.Variable && r.On.Kind == model.Variable && t.Name == r.On.Name
}

// Lives reports whether an instrument is there on the day: signed, and neither
// ended nor a mere draft. One that is signed and not yet in force lives, and so
// does one that an option acts on.
func (b *Book) Lives(in *model.Instrument) bool {
	switch {
	case b.force[in.ID].in, slices.ContainsFunc(b.acts, func(a model.Act) bool { return a.Instrument == in.ID }):
		return true
	case in.Kind == "draft", in.Kind == "offer", in.HasEnded && b.Day >= in.Ended:
		return false
	}
	return in.HasSigned && b.Day >= in.Signed
}

// Read counts the instruments in force on the day and the articles of theirs
// that are read.
func (b *Book) Read() (instruments, articles int) {
	for _, in := range b.Model.Instruments {
		if !b.force[in.ID].in || !b.reads(in) {
			continue
		}
		instruments++
		for _, a := range in.Articles {
			if b.current(a) {
				articles++
			}
		}
	}
	return instruments, articles
}
