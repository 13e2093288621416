package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// silent says at check time what would look like an answer and be none: acts that
// nothing reads, adopted texts that bind nobody or not yet, roles told of others alone, days
// on which nobody lived.
func (l *loader) silent(k *Case, s *syntax.Stmt) {
	before := len(l.problems)
	l.deployedElsewhere(k)
	l.idleForces(k)
	l.unplayed(k)
	l.aboutNobody(k)
	l.readNowhere(k.Crisis)
	l.adoptedPolitical(k)
	l.adoptedLate(k)
	l.settingsWithin(k)
	l.setAnyway(k)
	l.outOfPlay(k)
	l.rolesOutside(k, s)
	l.chancesWithin(k)
	l.idleFacts(k)
	l.strangers(k)
	for _, p := range l.problems[before:] {
		if p.Warning {
			k.Doubts = append(k.Doubts, p.Msg)
			k.doubted = append(k.doubted, p.Pos)
		}
	}
	l.unread(k) // a record says the same of these in words of its own
	l.nobodyLives(k, s)
}

// SetsAmiss names the facts of a crisis that a choice sets for one of whom they are not told,
// as far as check has warned of it.
func (k *Case) SetsAmiss() []string {
	var out []string
	for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
		for _, ch := range st.Choices {
			for _, e := range ch.Effects {
				if k.Doubted(e.Pos) {
					out = append(out, e.Fact)
				}
			}
		}
	}
	return out
}

// Doubted reports whether check warns of what stands at a place of a case.
func (k *Case) Doubted(at source.Pos) bool { return slices.Contains(k.doubted, at) }

// Names reports whether a crisis asks for an instrument by name, as in party(g, NAT).
func (c *Crisis) Names(instrument string) bool {
	found := false
	c.calls(func(e *syntax.Expr) {
		found = found || slices.ContainsFunc(e.Args, func(a *syntax.Expr) bool { return a.Kind == syntax.NameExpr && a.Op == instrument })
	})
	return found
}

// Expressions visits every expression of a crisis.
func (c *Crisis) Expressions(f func(*syntax.Expr)) { c.eachExpr(f) }

// Meant reports whether an instrument is political and said to be meant so.
func (in *Instrument) Meant() bool { return in.Political && in.meant }

// AccededOn reports whether an act is the accession of somebody who became a party on the
// very day: the option is what the day brought.
func (in *Instrument) AccededOn(act Act, day data.Day) bool {
	return act.Verb == "accede" && slices.ContainsFunc(in.Parties, func(p Membership) bool {
		return p.From == day && slices.Contains(act.States, p.State)
	})
}

// deployedElsewhere warns of forces that the crisis does not read, and of those of
// a state that plays no part.
func (l *loader) deployedElsewhere(k *Case) {
	actors, read := k.actors(), k.forcesRead(l.m)
	reads, there := "reads no forces", ""
	if len(read) > 0 {
		there = "deploy them there, "
		reads = "reads those in " + strings.Join(read, ", ") + " alone"
	}
	for _, o := range k.Options {
		for _, act := range o.Acts {
			switch {
			case act.Verb != "deploy" || act.Place == "":
			case !actors[act.States[0]]:
				l.warnAt(act.Pos, 1, "option "+o.Name, fmt.Sprintf("forces of %s change nothing: it plays no part in case %s", act.States[0], k.Name), "cast it, or leave the line out")
			case !slices.ContainsFunc(read, func(p string) bool { return l.m.Within(act.Place, p, k.Date) }):
				l.warnAt(act.Pos, 1, "option "+o.Name, fmt.Sprintf("forces at %s change nothing but what is paid: crisis %s %s", act.Place, k.Crisis.Name, reads), there+"let the crisis read troops(g, "+act.Place+"), or say with set what they change")
			}
		}
	}
}

// forcesRead are the places at which the crisis of a case counts forces: where it
// names none, the territory of whoever plays the protege.
func (k *Case) forcesRead(m *Model) []string {
	var out []string
	add := func(places ...string) {
		for _, p := range places {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	k.Crisis.calls(func(e *syntax.Expr) {
		switch {
		case placed(e) && k.Crisis.Role(e.Args[1].Op) == nil && m.isArea(e.Args[1].Op):
			add(e.Args[1].Op)
		case placed(e):
			add(k.standsFor(e.Args[1].Op)...)
		case e.Op == "deployed" || e.Op == "deploys" || e.Op == "troops":
			add(k.Roles["protege"]...)
		}
	})
	return out
}

// standsFor are the actors that a name in the crisis may stand for: those of a
// role, the actor itself, or any where it is a variable.
func (k *Case) standsFor(name string) []string {
	actors := k.actors()
	switch {
	case k.Crisis.Role(name) != nil:
		return k.Roles[name]
	case actors[name]:
		return []string{name}
	}
	return sortedKeys(actors)
}

// calls visits every function asked for in a crisis.
func (c *Crisis) calls(f func(*syntax.Expr)) {
	c.eachExpr(func(e *syntax.Expr) {
		e.Walk(func(x *syntax.Expr) {
			if x.Kind == syntax.CallExpr && len(x.Args) > 0 {
				f(x)
			}
		})
	})
}

// unplayed warns of settings and spending that the crisis of a case does not read.
func (l *loader) unplayed(k *Case) {
	read := map[string]bool{}
	k.Crisis.eachExpr(func(e *syntax.Expr) {
		e.Walk(func(x *syntax.Expr) {
			if x.Kind == syntax.NameExpr {
				read[x.Op] = true
			}
		})
	})
	l.unreadSettings(k, read, "case "+k.Name, k.SettingAt)
	for _, o := range k.Options {
		l.unreadSettings(k, read, "option "+o.Name, o.SettingAt)
	}
	paid := map[string]bool{}
	k.Crisis.calls(func(e *syntax.Expr) {
		if e.Op == "outlay" {
			for _, actor := range k.standsFor(e.Args[0].Op) {
				paid[actor] = true
			}
		}
	})
	for _, sp := range slices.Concat(k.Spends, optionSpends(k)) {
		if !paid[sp.Actor] {
			l.warnAt(sp.Pos, len(sp.Actor), "case "+k.Name, fmt.Sprintf("what %s spends changes nothing: crisis %s reads no outlay of it", sp.Actor, k.Crisis.Name), "let a tally or a payoff read outlay("+sp.Actor+"), or leave the line out")
		}
	}
}

// aboutNobody warns of measures that turn on a role that nobody plays: they are not
// defined, which is not the same as never.
func (l *loader) aboutNobody(k *Case) {
	for _, r := range k.Crisis.Roles {
		if !k.empty(r.Name) || l.miscast[k] {
			continue
		}
		var names []string
		for _, ms := range k.Crisis.Measures {
			if k.undefinedBy(ms, func(role string) bool { return role == r.Name }) {
				names = append(names, ms.Name)
			}
		}
		if at := l.roleAt[k][r.Name]; len(names) > 0 {
			l.warnAt(at.Pos, len(at.Text), "case "+k.Name, fmt.Sprintf("nobody plays %s: not defined in case %s, and not zero: %s", r.Name, k.Name, listed(names, 6, "measures")), "")
		}
	}
}

func (l *loader) unreadSettings(k *Case, read map[string]bool, heading string, at map[string]source.Pos) {
	for _, name := range sortedKeys(at) {
		known := slices.ContainsFunc(k.Crisis.Settings, func(s Setting) bool { return s.Name == name })
		switch {
		case !known && !l.isSetting(name): // said where it stands
		case !known:
			l.warnAt(at[name], len(name), heading, fmt.Sprintf("setting %s changes nothing in case %s: crisis %s has none of that name", name, k.Name, k.Crisis.Name), "")
		case !read[name]:
			l.warnAt(at[name], len(name), heading, fmt.Sprintf("setting %s changes nothing: crisis %s reads it nowhere", name, k.Crisis.Name), "")
		}
	}
}

// settingsWithin reports settings that a case or an option puts outside the range that the
// crisis states, and warns of those that are yes or no and are set to a number.
func (l *loader) settingsWithin(k *Case) {
	within := func(heading string, set map[string]float64, at map[string]source.Pos) {
		for _, s := range k.Crisis.Settings {
			v, given := set[s.Name]
			if !given || slices.ContainsFunc(l.problems, func(p source.Problem) bool {
				return p.Pos == at[s.Name] && strings.HasPrefix(p.Msg, "setting "+s.Name+" is ")
			}) {
				continue
			}
			switch {
			case s.Ranged && (v < s.Low || v > s.High):
				l.at(at[s.Name], len(s.Name), heading, fmt.Sprintf("setting %s is set to %g, and lies between %g and %g", s.Name, v, s.Low, s.High), "its range stands at "+s.Pos.String())
			case !s.Number && v != 0 && v != 1:
				l.warnAt(at[s.Name], len(s.Name), heading, fmt.Sprintf("setting %s is yes or no, and is set to %g", s.Name, v), "write yes or no, or at the setting from A to B or default N if it is a number")
			}
		}
	}
	within("case "+k.Name, k.Settings, k.SettingAt)
	for _, o := range k.Options {
		within("option "+o.Name, o.Settings, o.SettingAt)
	}
}

// isSetting reports whether some crisis has a setting of that name.
func (l *loader) isSetting(name string) bool {
	return slices.ContainsFunc(l.m.Crises, func(c *Crisis) bool {
		return slices.ContainsFunc(c.Settings, func(s Setting) bool { return s.Name == name })
	})
}

// readNowhere warns of facts that nothing reads, and of chances and moves that change
// nothing.
func (l *loader) readNowhere(c *Crisis) {
	if l.looked[c] || slices.ContainsFunc(l.problems, func(p source.Problem) bool { return !p.Warning && p.Pos.File == c.Pos.File }) {
		return // of a file with mistakes it cannot be told what is read
	}
	l.looked[c] = true
	heading := cmp.Or(c.Title, c.Name)
	read := map[string]bool{}
	c.eachExpr(func(e *syntax.Expr) {
		e.Walk(func(x *syntax.Expr) { read[x.Op] = true })
	})
	asked := map[string]bool{} // steps whose choices a measure counts
	for _, m := range c.Measures {
		m.Expr.Walk(func(x *syntax.Expr) {
			if (x.Op == "chosen" || x.Op == "asked") && len(x.Args) > 0 {
				asked[x.Args[0].Op] = true
			}
		})
	}
	l.unconsented(c, heading)
	for _, f := range c.Facts {
		if !read[f.Name] && !f.Final {
			l.warnAt(f.Pos, len(f.Name), heading, "fact "+f.Name+" is read nowhere: that it holds changes nothing", "let a payoff, a condition or a measure read it, or leave it out")
		}
	}
	for _, st := range slices.Concat(c.First, c.Year) {
		changes := slices.ContainsFunc(st.Choices, func(ch Choice) bool { return len(ch.Effects) > 0 || ch.Event != nil })
		if !changes && !asked[st.Name] && len(st.Choices) > 0 {
			l.warnAt(st.Pos, len(st.Name), heading, "step "+st.Name+" changes nothing: none of its choices sets a fact or is an event", "set a fact, or leave it out")
		}
	}
}

// adoptedPolitical warns of a text that an option adopts, that promises something,
// and that stays political though nobody said so.
func (l *loader) adoptedPolitical(k *Case) {
	for _, o := range k.Options {
		for _, act := range o.Acts {
			in := l.m.instruments[act.Instrument]
			if act.Verb != "adopt" || in == nil || !in.Political || in.meant || !in.promises() {
				continue
			}
			l.warnAt(act.Pos, len(act.Instrument), "option "+o.Name, fmt.Sprintf("%s is adopted and stays political, being of kind %s: what it promises counts as a soft promise and binds nobody", in.ID, in.Kind), "add binding to "+in.ID+", or political to say that this is meant")
		}
	}
}

// adoptedLate warns of a text that an option adopts and that by its own dates holds for
// nobody on the day of a case, not yet or no more: nothing in it is owed, or the option puts
// it in force again.
func (l *loader) adoptedLate(k *Case) {
	for _, o := range k.Options {
		for _, act := range o.Acts {
			if msg, hint := l.m.adoptedOff(k, act); msg != "" {
				l.warnAt(act.Pos, len(act.Instrument), "option "+o.Name, msg, hint)
			}
		}
	}
}

// adoptedOff says what is odd about adopting a text on the day of a case, and what to do;
// empty where nothing is.
func (m *Model) adoptedOff(k *Case, act Act) (msg, hint string) {
	in := m.instruments[act.Instrument]
	if act.Verb != "adopt" || in == nil || k.Date == 0 {
		return "", ""
	}
	day := fmt.Sprintf("the day of case %s, %s", k.Name, k.Date)
	switch gone, later := in.left(k.Date), in.Later(k.Date); {
	case in.FirstDay() > k.Date:
		return fmt.Sprintf("%s is adopted and dated only from %s, after %s: nothing in it is owed there", in.ID, in.FirstDay(), day), "date it no later than the case, or the case no earlier"
	case in.HasEnded && in.Ended == k.Date:
		return fmt.Sprintf("%s is adopted and ended on %s: what it says is owed again there", in.ID, day), "leave ended out, or adopt a text that is in force"
	case in.HasEnded && in.Ended < k.Date:
		return fmt.Sprintf("%s is adopted and had ended on %s, before %s: what it says is owed again there", in.ID, in.Ended, day), "leave ended out, or adopt a text that is in force"
	case len(gone) > 0:
		return fmt.Sprintf("%s is adopted, and %s had left it by %s: what it says is owed by them and to them again there", in.ID, listed(gone, 4, "states"), day), "leave their last day out, or do not name them"
	case len(later) > 0:
		who := listed(later, 4, "states")
		return fmt.Sprintf("%s is adopted, and dated for %s only after %s: it neither binds nor protects %s there", in.ID, who, day, who), "date them no later than the case, or do not name them"
	}
	return "", ""
}

// AdoptedOff says what is odd about the texts that a case adopts on its day, each once with
// the options that do: they do not hold then by their own dates.
func (m *Model) AdoptedOff(k *Case) []string {
	var said []string
	by := map[string][]string{}
	for _, o := range k.Options {
		for _, act := range o.Acts {
			if msg, _ := m.adoptedOff(k, act); msg != "" {
				if by[msg] == nil {
					said = append(said, msg)
				}
				by[msg] = append(by[msg], o.Name)
			}
		}
	}
	for i, msg := range said {
		what := "option "
		if len(by[msg]) > 1 {
			what = "options "
		}
		said[i] = what + listed(by[msg], 4, "options") + ": " + msg
	}
	return said
}

// left are the parties that were parties before a day and no more on it, nor later.
func (in *Instrument) left(on data.Day) []string {
	stays := map[string]bool{}
	for _, p := range in.Parties {
		stays[p.State] = stays[p.State] || !p.HasUntil || on < p.Until
	}
	var out []string
	for _, p := range in.Parties {
		if !stays[p.State] && !slices.Contains(out, p.State) {
			out = append(out, p.State)
		}
	}
	return out
}

// Later are the parties that an instrument names and that were not yet in it on a day.
func (in *Instrument) Later(on data.Day) []string {
	var out []string
	for _, p := range in.Parties {
		if !slices.Contains(out, p.State) && !slices.ContainsFunc(in.Parties, func(q Membership) bool { return q.State == p.State && q.From <= on }) {
			out = append(out, p.State)
		}
	}
	return out
}

// unread warns of a text that an option declares or adopts and that no game can
// read, though nobody said that this is meant.
func (l *loader) unread(k *Case) {
	for _, o := range k.Options {
		for _, act := range o.Acts {
			if in := l.m.instruments[act.Instrument]; l.m.Unread(act) && !in.meant {
				l.warnAt(act.Pos, len(act.Instrument), "option "+o.Name, fmt.Sprintf("%s %s changes no number: it has provisions and no rule, which the law shows and no crisis reads", act.Verb, in.ID), "say with set what it changes, and add political to "+in.ID+" to say that this is meant")
			}
		}
	}
}

// Unread reports whether an act brings in a text that nobody's duties hang on: it
// provides something and has no rule, exception, reading or rank.
func (m *Model) Unread(act Act) bool {
	in := m.instruments[act.Instrument]
	if act.Verb != "adopt" && act.Verb != "declare" || in == nil || in.Unpublished {
		return false
	}
	return !slices.ContainsFunc(in.Articles, func(a *Article) bool {
		return a.Unpublished || len(a.Rules)+len(a.Exceptions)+len(a.Readings)+len(a.Qualified)+len(a.Prevails)+len(a.Yields)+len(a.Consistent) > 0
	})
}

// promises reports whether an instrument says that somebody owes something.
func (in *Instrument) promises() bool {
	return slices.ContainsFunc(in.Articles, func(a *Article) bool {
		return slices.ContainsFunc(a.Rules, func(r Rule) bool {
			return slices.ContainsFunc(r.Thens, func(t Then) bool { return t.Verb == Owes })
		})
	})
}

// rolesOutside warns of a role of which the crisis asks what it tells of another role
// alone, or which it looks for among those who play another, and whose actor is not
// among those.
func (l *loader) rolesOutside(k *Case, s *syntax.Stmt) {
	told := map[string]bool{}
	var look func(e *syntax.Expr)
	look = func(e *syntax.Expr) {
		if e == nil {
			return
		}
		if f := k.Crisis.Fact(e.Op); f != nil && f.Over != "" && e.Kind == syntax.CallExpr && len(e.Args) == 1 {
			l.outside(k, s, e.Args[0].Op, f.Over, f.Name+" is told of those alone, and never comes about for it", told)
		}
		for _, a := range e.Args {
			look(a)
		}
	}
	for _, ms := range k.Crisis.Measures {
		look(ms.Expr)
	}
	l.setForStrangers(k)
	for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
		for _, ch := range st.Choices {
			for _, e := range ch.Effects {
				look(e.If)
			}
		}
	}
	for _, r := range k.Crisis.Roles {
		if r.Many {
			continue
		}
		for _, over := range k.Crisis.soughtAmong(r.Name) {
			l.outside(k, s, r.Name, over, "crisis "+k.Crisis.Name+" looks for it among those alone, and never finds it", told)
		}
	}
}

// setForStrangers warns of a choice that sets a fact for a role of which it is not told: it
// never comes about.
func (l *loader) setForStrangers(k *Case) {
	for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
		for _, ch := range st.Choices {
			for _, e := range ch.Effects {
				f := k.Crisis.Fact(e.Fact)
				if f == nil || f.Over == "" || len(e.Args) != 1 || e.Value == 0 && !e.Raise {
					continue
				}
				r := k.Crisis.Role(e.Args[0])
				if r == nil || r.Many || l.outsiders[outsider{k, r.Name}] || len(k.Roles[r.Name]) == 0 || slices.Contains(k.Roles[f.Over], k.Roles[r.Name][0]) {
					continue
				}
				l.warnAt(e.Pos, len(e.Fact), "crisis "+k.Crisis.Name, fmt.Sprintf("choice %s of step %s sets %s(%s), which never comes about in case %s: %s is told of %s alone, and %s is %s", ch.Name, st.Name, f.Name, r.Name, k.Name, f.Name, f.Over, r.Name, k.Roles[r.Name][0]), "set it for one of those")
			}
		}
	}
}

// outside warns once of a role, played by one, whose actor does not play another.
func (l *loader) outside(k *Case, s *syntax.Stmt, role, over, so string, told map[string]bool) {
	r := k.Crisis.Role(role)
	if r == nil || r.Many || told[role] || l.outsiders[outsider{k, role}] {
		return
	}
	for _, actor := range k.Roles[role] {
		if slices.Contains(k.Roles[over], actor) {
			continue
		}
		told[role] = true
		l.warnAt(l.roleAt[k][role].Pos, len(role), s.Heading(), fmt.Sprintf("role %s is %s, which is no %s: %s", role, actor, over, so), "add "+actor+" to role "+over+", or say that it is meant: role "+role+" = "+actor+" outside")
	}
}

// nobodyLives reports a day on which none of the actors of a case was a state, and
// warns where some were not.
func (l *loader) nobodyLives(k *Case, s *syntax.Stmt) {
	absent, all := l.m.Absent(k, k.Date)
	switch {
	case all:
		l.at(k.Pos, len(k.Name), s.Heading(), "on "+k.Date.String()+" none of the actors of case "+k.Name+" was a state", "take a day on which they were")
	case len(absent) > 0:
		l.warnAt(k.Pos, len(k.Name), s.Heading(), Ungoverned(absent, k.Date), "")
	}
}

// Absent names the actors of a case that were no states on a day, though they are in
// the state system on another, before it or after. After the last day that is covered the
// system is taken as it stood. All is that nobody was there.
func (m *Model) Absent(k *Case, on data.Day) (absent []string, all bool) {
	_, ok := m.States.Coverage(data.Member)
	if !ok || on.IsZero() {
		return nil, false
	}
	actors := sortedKeys(k.actors())
	for _, actor := range actors {
		if !m.lived(actor, on) {
			absent = append(absent, actor)
		}
	}
	return absent, len(actors) > 0 && len(absent) == len(actors)
}

// StatesCast are the states that play in a case, and those that are members of a group that
// does, on whatever day.
func (m *Model) StatesCast(k *Case) []string {
	var out []string
	for _, actor := range sortedKeys(k.actors()) {
		g := m.Groups[actor]
		if g == nil {
			out = append(out, actor)
			continue
		}
		for _, ms := range g.Members {
			out = append(out, ms.State)
		}
	}
	return out
}

// lived reports whether a state, or a member of a group, was in the system on a
// day; one that is on the list on no day at all is taken at its word.
func (m *Model) lived(actor string, on data.Day) bool {
	if g := m.Groups[actor]; g != nil {
		return slices.ContainsFunc(g.Members, func(ms Membership) bool { return m.lived(ms.State, on) })
	}
	st, _ := m.States.ByID(actor)
	ever := slices.ContainsFunc(st.Spells, func(sp data.Spell) bool { return sp.Scheme == data.Member })
	return !ever || m.States.Member(actor, on)
}

// LastText is the last day on which an instrument of the model was signed or joined by a
// party; the zero day where none has one.
func (m *Model) LastText() data.Day {
	var last data.Day
	for _, in := range m.Instruments {
		if in.HasSigned {
			last = max(last, in.Signed)
		}
		for _, p := range in.Parties {
			last = max(last, p.From)
		}
	}
	return last
}

// Ungoverned says of actors that they were no states on a day: X, Y and Z had no
// governments of their own.
func Ungoverned(absent []string, on data.Day) string {
	own := " had no government of its own on "
	if len(absent) > 1 {
		own = " had no governments of their own on "
	}
	return finding.And(absent) + own + on.String() + ", by the list of states"
}
