package model

import (
	"fmt"
	"slices"
	"strings"

	"casus/finding"
)

// strangers warns of a key event of which an attacker, or all whom it is done to, play no
// part: what the law says of it says nothing of the case. A member of a group that acts as
// one is no stranger.
func (l *loader) strangers(k *Case) {
	states := l.m.StatesCast(k)
	for _, e := range k.KeyEvents {
		attackers, victims := e.Event.doers(), e.Event.sufferers()
		plays := func(s string) bool { return slices.Contains(states, s) || k.actors()[s] }
		var gone []string
		if len(attackers) > 0 && !slices.ContainsFunc(attackers, plays) {
			gone = append(gone, attackers...)
		}
		if len(victims) > 0 && !slices.ContainsFunc(victims, plays) {
			gone = append(gone, victims...)
		}
		if len(gone) == 0 {
			continue
		}
		play := "play"
		if len(gone) == 1 {
			play = "plays"
		}
		l.warnAt(e.Pos, 1, "case "+k.Name, fmt.Sprintf("key event “%s” is of strangers: %s %s no part in case %s", e.Title, finding.And(gone), play, k.Name), "ask of "+strings.Join(sortedKeys(k.actors()), ", ")+", or cast "+gone[0])
	}
}

// doers are the states that do a deed.
func (e *EventSpec) doers() []string {
	if e.By == "" {
		return nil
	}
	return append([]string{e.By}, e.AlsoBy...)
}

// sufferers are the states to which a deed is done.
func (e *EventSpec) sufferers() []string {
	if e.On == "" {
		return nil
	}
	return append([]string{e.On}, e.AlsoOn...)
}
