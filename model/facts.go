package model

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"casus/lang/source"
)

// ofSequence are the facts of law that the judge itself reads or sets where one deed
// follows upon another, whatever the texts say.
var ofSequence = []string{"provoked", "attacked_by", "opened_war", "aggressor", "at_war", "in_aid", "interrupted", "self_defence", "council_mandate", PublicVessel}

// FactReaders tells of each fact of law what asks for it: articles by their addresses,
// instruments by their ids, questions and kinds of event by their names, each once and in
// the order of the model. A fact that is not there changes no answer.
func (m *Model) FactReaders() map[string][]string {
	out := map[string][]string{}
	add := func(fact, who string) {
		if !slices.Contains(out[fact], who) {
			out[fact] = append(out[fact], who)
		}
	}
	note := func(who string, conds ...*Cond) {
		for _, c := range conds {
			if c != nil {
				c.Walk(func(x *Cond) {
					if x.Op == CondFact {
						add(x.Name, who)
					}
				})
			}
		}
	}
	for _, in := range m.Instruments {
		note(in.ID, in.Active)
		for _, a := range in.Articles {
			note(a.Address, a.conds()...)
		}
	}
	for _, name := range sortedKeys(m.questions) {
		note("question "+name, m.questions[name].conds()...)
	}
	for _, name := range sortedKeys(m.Events) {
		e := m.Events[name]
		for _, q := range e.questions() {
			add(q.Name, "event "+name)
		}
	}
	return out
}

// conds are all conditions of an article: of its rules, exceptions and readings.
func (a *Article) conds() []*Cond {
	out := []*Cond{a.Active}
	for _, r := range a.Rules {
		out = append(out, r.Cond)
	}
	for _, e := range a.Exceptions {
		out = append(out, e.Cond)
	}
	for _, r := range a.Readings {
		for _, e := range r.Except {
			out = append(out, e.Cond)
		}
	}
	return out
}

// questions lists what a kind of event asks.
func (e *EventKind) questions() []*Question {
	var out []*Question
	for _, x := range e.Excuses {
		out = append(out, x.Question)
	}
	for _, t := range e.May {
		out = append(out, t.Question)
	}
	if e.NoState != nil {
		out = append(out, e.NoState)
	}
	return slices.DeleteFunc(out, func(q *Question) bool { return q == nil })
}

// idleFacts warns of facts of law that a case gives, or that its own crisis tells, and that
// no text here asks for. Of files with mistakes it cannot be told what is read.
func (l *loader) idleFacts(k *Case) {
	if len(l.problems.Errors()) > 0 {
		return
	}
	if l.factReaders == nil { // all texts have been read before the first case is looked at
		l.factReaders = l.m.FactReaders()
	}
	asks := facts{l.factReaders, k.tellsOfBefore()}
	warn := func(name, heading string, at source.Pos) {
		if !asks.askedFor(name, true) {
			l.warnAt(at, len(name), heading, fmt.Sprintf("fact %s changes nothing in case %s: no text that is read here asks for it", name, k.Name), "use the text that does, or leave it out")
		}
	}
	for _, f := range k.LegalFacts {
		warn(f.Name, "case "+k.Name, f.Pos)
	}
	for _, e := range k.KeyEvents {
		for _, f := range e.Event.Facts {
			warn(f.Name, "case "+k.Name, f.Pos)
		}
	}
	for _, o := range k.Options {
		for _, f := range o.LegalFacts {
			warn(f.Name, "option "+o.Name, f.Pos)
		}
	}
	if !sameFolder(k.Crisis.Pos.File, k.Pos.File) || l.factsTold[k.Crisis] {
		return // a crisis that ships is made for more texts than one case uses
	}
	l.factsTold[k.Crisis] = true
	for _, f := range k.Crisis.LegalFacts {
		warn(f.Fact, "crisis "+k.Crisis.Name, f.Pos)
	}
}

// tellsOfBefore reports whether a case tells of deeds before its key events, or gives a
// fact that does.
func (k *Case) tellsOfBefore() bool {
	given := slices.Clone(k.LegalFacts)
	for _, e := range k.KeyEvents {
		if len(e.Event.Earlier) > 0 {
			return true
		}
		given = append(given, e.Event.Facts...)
	}
	return k.Course != nil || slices.ContainsFunc(given, func(f FactValue) bool { return slices.Contains(ofSequence, f.Name) })
}

// facts tell which facts of law anything asks for. What excuses a deed is itself asked for
// everywhere, and what it hangs on where something is told of before.
type facts struct {
	readers map[string][]string
	before  bool
}

func (f facts) askedFor(fact string, itself bool) bool {
	if slices.Contains(ofSequence, fact) {
		return true
	}
	return slices.ContainsFunc(f.readers[fact], func(who string) bool {
		if question, ok := strings.CutPrefix(who, "question "); ok {
			return question != fact && f.askedFor(question, false)
		}
		return itself || f.before || !strings.HasPrefix(who, "event ")
	})
}

// Beside reports whether the crisis of a case stands in the folder of the case, and so is
// made for it and for those beside it.
func Beside(k *Case) bool { return sameFolder(k.Crisis.Pos.File, k.Pos.File) }

func sameFolder(a, b *source.File) bool {
	return a != nil && b != nil && filepath.Dir(a.Name) == filepath.Dir(b.Name)
}
