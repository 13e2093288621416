package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// setAnyway warns of a setting that an option puts to what it is without that, in every case
// that has the option; a baseline may say what is so.
func (l *loader) setAnyway(k *Case) {
	for _, o := range k.Options {
		for _, name := range sortedKeys(o.SettingAt) {
			if !k.Crisis.reads(name) || !l.alwaysSo(o, name) || l.mistaken(o.Pos) {
				continue
			}
			so := "which it is by default"
			if _, given := k.Settings[name]; given {
				so = "which the case sets already"
			}
			l.warnAt(o.SettingAt[name], len(name), "option "+o.Name, fmt.Sprintf("set %s changes nothing in case %s: it puts %s to %s, %s", name, k.Name, name, k.Crisis.settingWords(name, o.Settings[name]), so), "set it otherwise, or leave the line out")
		}
	}
}

// alwaysSo reports whether every case that has an option, and not for its baseline, has a
// setting at what the option says.
func (l *loader) alwaysSo(o *Option, name string) bool {
	for _, k := range l.m.Cases {
		if k.Crisis == nil || !slices.Contains(k.Options, o) && k.Baseline != o {
			continue
		}
		if usualOption(k) == o || k.SettingOf(name) != o.Settings[name] {
			return false
		}
	}
	return true
}

// usualOption is the baseline of a case, or its first option.
func usualOption(k *Case) *Option {
	if k.Baseline == nil && len(k.Options) > 0 {
		return k.Options[0]
	}
	return k.Baseline
}

// settingWords is a value of a setting as a model file writes it.
func (c *Crisis) settingWords(name string, v float64) string {
	number := slices.ContainsFunc(c.Settings, func(s Setting) bool { return s.Name == name && s.Number })
	switch {
	case number || v != 0 && v != 1:
		return fmt.Sprintf("%g", v)
	case v == 0:
		return "no"
	}
	return "yes"
}

// reads reports whether an expression of a crisis names something.
func (c *Crisis) reads(name string) bool {
	found := false
	c.eachExpr(func(e *syntax.Expr) {
		e.Walk(func(x *syntax.Expr) { found = found || x.Kind == syntax.NameExpr && x.Op == name })
	})
	return found
}

// settingUnset reports whether a setting that a crisis reads has no default of its own and is
// set by no case that plays the crisis and by none of their options.
func (l *loader) settingUnset(n Name) bool {
	c := l.m.crises[n.In]
	if c == nil || !c.reads(n.Name) || slices.ContainsFunc(c.Settings, func(s Setting) bool { return s.Name == n.Name && s.given }) {
		return false
	}
	return !slices.ContainsFunc(l.m.Cases, func(k *Case) bool {
		_, set := k.SettingAt[n.Name]
		return set && k.Crisis == c
	}) && !slices.ContainsFunc(l.m.Options, func(o *Option) bool {
		_, set := o.SettingAt[n.Name]
		return set
	})
}

// movers are the actors of a case that make a move.
func (k *Case) movers() map[string]bool {
	out := map[string]bool{}
	for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
		if !st.Chance {
			for _, actor := range k.playing(st.By, st.Over) {
				out[actor] = true
			}
		}
	}
	return out
}

// playing are the actors of a role or, where there is one, of that over which a letter goes.
func (k *Case) playing(by, over string) []string {
	if over != "" {
		by = over
	}
	return k.Roles[by]
}

// players warns of payoffs to those who decide nothing, of moves of those to whom nothing is
// worth anything, and of moves with one choice. A crisis that ships may be meant for other
// casts.
func (l *loader) players(k *Case) {
	if !Beside(k) || l.miscast[k] || l.mistaken(k.Crisis.Pos) {
		return
	}
	heading := "crisis " + k.Crisis.Name
	moves, paid, idle := k.movers(), map[string]bool{}, map[string][]*Payoff{} // idle: by whom they are to
	var order []string
	for i := range k.Crisis.Payoffs {
		p := &k.Crisis.Payoffs[i]
		to := k.playing(p.To, p.Over)
		for _, actor := range to {
			paid[actor] = true
		}
		if who := finding.And(to); who != "" && !slices.ContainsFunc(to, func(a string) bool { return moves[a] }) {
			if idle[who] == nil {
				order = append(order, who)
			}
			idle[who] = append(idle[who], p)
		}
	}
	for _, who := range order {
		first, what := idle[who][0], "payoff "+strconv.Quote(idle[who][0].Name)+" weighs"
		if len(idle[who]) > 1 {
			what = finding.Count(len(idle[who]), "payoff") + " to " + who + " weigh"
		}
		l.warnOnce(k, first.Pos, len([]rune(first.Name))+2, heading, fmt.Sprintf("%s on no choice in case %s: no move is by %s", what, k.Name, who), "pay it to whoever decides, let a move be theirs, or leave it out")
	}
	for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
		if st.Chance || len(st.Choices) == 0 {
			continue
		}
		if len(st.Choices) == 1 {
			l.warnOnce(k, st.Pos, len(st.Name), heading, fmt.Sprintf("move %s has one choice, %s: nothing is decided there", st.Name, st.Choices[0].Name), "add what else may be done, or let the step before it do this")
			continue
		}
		var lots []string
		for _, actor := range k.playing(st.By, st.Over) {
			if !paid[actor] {
				lots = append(lots, actor)
			}
		}
		if len(lots) > 0 && !slices.ContainsFunc(st.Choices, func(ch Choice) bool { return ch.Base != nil || ch.CopyOf != "" }) {
			l.warnOnce(k, st.Pos, len(st.Name), heading, fmt.Sprintf("move %s is decided by lot in case %s: no payoff is to %s, and so every choice is worth the same", st.Name, k.Name, finding.And(lots)), "add a payoff to "+strings.TrimSpace(payeeOf(st))+", base odds to the choices, or make it a chance")
		}
	}
}

// payeeOf is whom a payoff names that weighs on a move.
func payeeOf(st Step) string {
	if st.Over != "" {
		return st.By + " for " + st.By + " in " + st.Over
	}
	return st.By
}

// warnOnce warns of what stands in a crisis for the first of its cases; of the others their
// runs say it.
func (l *loader) warnOnce(k *Case, at source.Pos, n int, heading, msg, hint string) {
	if !slices.ContainsFunc(l.m.Cases, func(x *Case) bool { return x != k && x.Doubted(at) }) {
		l.warnAt(at, n, heading, msg, hint)
	}
	k.Doubts, k.doubted = append(k.Doubts, msg), append(k.doubted, at)
}

// Told reports whether something was said of a line of an option, by its place.
func (o *Option) Told(said func(source.Pos) bool) bool {
	return slices.ContainsFunc(o.Acts, func(a Act) bool { return said(a.Pos) }) ||
		slices.ContainsFunc(o.Spends, func(sp Spend) bool { return said(sp.Pos) }) ||
		slices.ContainsFunc(sortedKeys(o.SettingAt), func(name string) bool { return said(o.SettingAt[name]) })
}
