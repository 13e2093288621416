package ask

import (
	"context"
	"fmt"
	"slices"

	"casus/finding"
	"casus/law"
	"casus/model"
	"casus/worlds/study"
)

// OwnEvent holds the question that a case opens with: its event, and the war to which
// that may spread.
type OwnEvent struct {
	Kind, By, On, Object, Place string
	Words                       string   // the event as a model file writes it
	Ends                        []string // the wars it may spread to, the case's own first
	Options                     []string // in the order of the case
}

// EventOf is the own event of a case: the attack on its protégé where it has one, else
// its first key event, else the first deed of its course. It is nil where the case
// cannot be read or tells of none.
func EventOf(name string) *OwnEvent {
	m, problems, err := Load(ParseNamed(name).Path)
	if err != nil || len(problems.Errors()) > 0 {
		return nil
	}
	k, err := ParseNamed(name).Of(m)
	if err != nil || k == nil {
		return nil
	}
	spec, ok := ownEvent(m, k)
	if !ok {
		return nil
	}
	out := &OwnEvent{Kind: spec.Kind, By: spec.By, On: spec.On, Object: spec.Object, Place: spec.Place, Words: law.EventOf(spec).Words(), Ends: endsOf(k, spec)}
	for _, o := range k.Options {
		out.Options = append(out.Options, o.Name)
	}
	return out
}

func ownEvent(m *model.Model, k *model.Case) (model.EventSpec, bool) {
	by, on := theOne(k, "challenger"), theOne(k, "protege")
	if by != "" && on != "" {
		place := on
		for _, key := range k.KeyEvents { // where the case itself lets it happen
			if key.Event.Place != "" && m.HostOf(key.Event.Place, k.Date) == on {
				place = key.Event.Place
				break
			}
		}
		return model.EventSpec{Kind: "armed attack", By: by, On: on, Object: "territory", Place: place}, true
	}
	for _, key := range k.KeyEvents {
		return key.Event, true
	}
	if k.Course != nil {
		for _, e := range k.Course.Entries {
			if e.Kind == model.Deed && e.Event.By != "" && e.Event.On != "" {
				return e.Event, true
			}
		}
	}
	return model.EventSpec{}, false
}

// theOne gives the only state that plays a role; empty where several do, or none.
func theOne(k *model.Case, role string) string {
	if list := k.Roles[role]; len(list) == 1 {
		return list[0]
	}
	return ""
}

// endsOf are the wars that are asked after: of a crisis that of its patron with the
// attacker, then of the others who play in it; of a course those of who came in.
func endsOf(k *model.Case, first model.EventSpec) []string {
	var out []string
	add := func(state, end string) {
		if state != "" && state != first.By && state != first.On && !slices.Contains(out, end) {
			out = append(out, end)
		}
	}
	fights := func(state string) { add(state, "fights("+state+", "+first.By+")") }
	fights(theOne(k, "patron"))
	for _, role := range []string{"lead", "responder", "friend", "neighbour"} {
		for _, state := range k.Roles[role] {
			fights(state)
		}
	}
	if k.Course != nil {
		for _, e := range k.Course.Entries {
			add(e.Event.By, "drawn("+e.Event.By+")")
		}
	}
	return out
}

// CaseName is the name that a case gives itself, in whatever folder it lies; the words
// themselves where it cannot be read.
func CaseName(words string) string {
	if Shipped(words) {
		return words
	}
	m, _, err := Load(ParseNamed(words).Path)
	if err != nil {
		return words
	}
	k, err := ParseNamed(words).Of(m)
	if err != nil || k == nil {
		return words
	}
	return k.Name
}

// RunOf is the command line that leaves a record of a case, or of the first that can be
// run where a folder defines several and none is named. The error says of what cannot be
// run why there is no record to wait for, and what can be asked in its place.
func RunOf(words string) (string, error) {
	of := ParseNamed(words)
	m, problems, err := Load(of.Path)
	if err != nil {
		return "", err
	}
	if n := len(problems.Errors()); n > 0 {
		return "", Usage(fmt.Sprintf("%s cannot be run: it has %s", words, finding.Count(n, "mistake")), CommandLine("check", of.Path)+" names "+map[bool]string{true: "it", false: "them"}[n == 1])
	}
	k, err := of.Of(m)
	if err != nil {
		at := slices.IndexFunc(ownCases(m), func(k *model.Case) bool { return k.Crisis != nil })
		if of.Name != "" || at < 0 {
			return "", err
		}
		k, of.Name = ownCases(m)[at], ownCases(m)[at].Name
	}
	if k.Crisis == nil {
		hint := "casus why answers questions of law"
		if k.Course != nil {
			hint = CommandLine(append([]string{"run"}, of.words()...)...) + " judges its course"
		}
		return "", Usage(fmt.Sprintf("case %s has no crisis, and only a crisis that is run leaves a record", k.Name), hint)
	}
	return CommandLine(append([]string{"run"}, of.words()...)...), nil
}

// words are those that name the case on a command line.
func (n Named) words() []string {
	if n.Name == "" {
		return []string{n.Path}
	}
	return []string{n.Path, n.Name}
}

// RecordFolder gives the folder that a run of a case, by its name, writes its record
// into where none is named.
func RecordFolder(name string) string {
	for n := 1; n < mostOwn; n++ {
		if !Exists(own(name, n)) {
			return own(name, n)
		}
	}
	return own(name, 1)
}

// Unfinished is the folder of the last record of a case, by its name, of a run that was
// stopped; empty where there is none.
func Unfinished(name string) string {
	return best(name, func(s, of *study.Standing) bool {
		return !s.Whole && !s.Busy && (of == nil || s.Changed.After(of.Changed))
	})
}

// MadeOf reports whether the record of a run was made of the files of a case as they
// stand; not where either cannot be read.
func MadeOf(folder, of string) bool {
	there, err := study.Stands(folder)
	if err != nil || there.Record == nil {
		return false
	}
	m, problems, err := Load(ParseNamed(of).Path)
	return err == nil && len(problems.Errors()) == 0 && slices.Equal(there.Record.Files, m.Digests())
}

// GoOn is the question that goes on with a run of a case that was stopped.
func GoOn(of, folder string) Words { return Words{"case": {of}, "resume": {"true"}, "from": {folder}} }

// BrokenOff is the error of a run that was stopped; what it had done is in the folder.
type BrokenOff struct{ Folder string }

func (e BrokenOff) Error() string {
	return "the run was stopped; its record is in " + e.Folder + ", and resume goes on with it"
}

// Unwrap makes it a cancellation.
func (BrokenOff) Unwrap() error { return context.Canceled }
