package model

import (
	"slices"

	"casus/lang/source"
	"casus/lang/syntax"
)

// unused warns of what your files name and nothing reads: an option in no case, a draft that
// no option adopts, a view, a crisis, a name, a role, a setting or a tally of a crisis, a
// group, a place. Where there is no case of yours, or something could not be read, nothing is
// said; nor of a file without crisis, case and option, which may serve others.
func (l *loader) unused() {
	if len(l.problems.Errors()) > 0 || !slices.ContainsFunc(l.m.Cases, func(k *Case) bool { return !shipsWith(k.Pos.File) }) {
		return
	}
	named := l.timesNamed()
	for _, n := range l.m.names {
		if n.Parent == nil || !yours(n.Parent) || l.looseLeaf(n.Token.Pos.File) {
			continue
		}
		if msg, hint := l.unusedName(n, named); msg != "" {
			l.warnAt(n.Token.Pos, len(n.Name), n.Parent.Heading(), msg, hint)
		}
	}
}

// unusedName says of one name that nothing reads it, and what to do; empty where something
// does.
func (l *loader) unusedName(n Name, named map[string][]source.Pos) (msg, hint string) {
	elsewhere := func(within *syntax.Stmt) bool {
		return slices.ContainsFunc(named[n.Name], func(at source.Pos) bool {
			return at != n.Token.Pos && (within == nil || holds(within, at))
		})
	}
	leave := ", or leave it out"
	switch word := n.Parent.Word(); {
	case word == "option" && !l.inSomeCase(l.m.options[n.Name]):
		return "option " + n.Name + " is in no case: nothing compares it", "add option " + n.Name + " to the case" + leave
	case word == "view" && !l.viewHeld(n.Name):
		return "view " + n.Name + " is in no case: what it holds changes nothing", "add view " + n.Name + " to the case" + leave
	case word == "crisis" && !slices.ContainsFunc(l.m.Cases, func(k *Case) bool { return k.Crisis != nil && k.Crisis.Name == n.Name }):
		return "crisis " + n.Name + " is played by no case", "let a case say crisis " + n.Name + leave
	case word == "instrument" && l.unadopted(n.Name) && !elsewhere(nil):
		return n.Name + " is a draft that no option adopts: nothing in it is ever owed", "let an option adopt " + n.Name + leave
	case (word == "group" || word == "area" || word == "place") && n.Parent.Parent == nil && !elsewhere(nil):
		return word + " " + n.Name + " is named nowhere else: nothing turns on it", "let a rule, an event or a fact name it" + leave
	case word == "let" && !elsewhere(n.Parent.Parent):
		return "let " + n.Name + " is read nowhere: it changes nothing", "let a condition or a payoff read it" + leave
	case word == "tally" && !elsewhere(n.Parent.Parent):
		return "tally " + n.Name + " is read nowhere: no measure counts it", "let a measure read total(" + n.Name + ")" + leave
	case word == "setting" && !l.settingUsed(n):
		return "setting " + n.Name + " is read nowhere: it changes nothing", "let a condition or a payoff read it" + leave
	case word == "setting" && l.settingUnset(n):
		return "setting " + n.Name + " is set by no case and no option: it is " + l.m.crises[n.In].settingWords(n.Name, 0) + " throughout", "let an option say set " + n.Name + ", give it a default" + leave
	case word == "role" && n.In != "" && !elsewhere(n.Parent.Parent) && !l.roleRead(n):
		return "role " + n.Name + " is read nowhere in crisis " + n.In + ": whoever plays it changes nothing", "let a move, a payoff or a measure be about it" + leave
	}
	return "", ""
}

// timesNamed are the places at which your files name something, by name: also the first part
// of a name with dots, and a role in the title of something.
func (l *loader) timesNamed() map[string][]source.Pos {
	out := map[string][]source.Pos{}
	for _, t := range l.m.Trees {
		if shipsWith(t.File) {
			continue
		}
		for _, x := range t.Tokens {
			switch x.Kind {
			case syntax.Name:
				out[x.Text] = append(out[x.Text], x.Pos)
			case syntax.String:
				for _, found := range placeholder.FindAllStringSubmatch(x.Value, -1) {
					out[found[1]] = append(out[found[1]], x.Pos)
				}
			}
		}
	}
	return out
}

// holds reports whether a place lies in the block of a statement.
func holds(s *syntax.Stmt, at source.Pos) bool {
	return s.Pos().File == at.File && s.Open.Pos.Offset < at.Offset && (!s.HasEnd || at.Offset < s.Close.Pos.Offset)
}

// inSomeCase reports whether a case compares an option, or has it for its baseline.
func (l *loader) inSomeCase(o *Option) bool {
	return o == nil || slices.ContainsFunc(l.m.Cases, func(k *Case) bool { return k.Baseline == o || slices.Contains(k.Options, o) })
}

// viewHeld reports whether a case has a view, or a union of which it is one.
func (l *loader) viewHeld(name string) bool {
	return slices.ContainsFunc(l.m.Cases, func(k *Case) bool {
		return slices.ContainsFunc(k.Views, func(v *View) bool { return v.Name == name || slices.Contains(v.Union, name) })
	})
}

// unadopted reports whether a text is never in force unless an option adopts it, and none
// does.
func (l *loader) unadopted(id string) bool {
	in := l.m.instruments[id]
	return in != nil && (in.Kind == "draft" || in.Kind == "offer") && !slices.ContainsFunc(l.m.Options, func(o *Option) bool {
		return slices.ContainsFunc(o.Acts, func(a Act) bool { return a.Instrument == id })
	})
}

// settingUsed reports whether a crisis reads a setting, or a case or an option sets it, of
// which the warning stands there.
func (l *loader) settingUsed(n Name) bool {
	c := l.m.crises[n.In]
	if c == nil {
		return true
	}
	used := false
	c.eachExpr(func(e *syntax.Expr) {
		e.Walk(func(x *syntax.Expr) { used = used || x.Kind == syntax.NameExpr && x.Op == n.Name })
	})
	sets := func(at map[string]source.Pos) bool { _, ok := at[n.Name]; return ok }
	return used || slices.ContainsFunc(l.m.Cases, func(k *Case) bool { return sets(k.SettingAt) }) ||
		slices.ContainsFunc(l.m.Options, func(o *Option) bool { return sets(o.SettingAt) })
}

// roleRead reports whether forces are counted on the territory of a role without naming it,
// as on that of the protege.
func (l *loader) roleRead(n Name) bool {
	c := l.m.crises[n.In]
	if c == nil || n.Name != "protege" {
		return c == nil
	}
	read := false
	c.calls(func(e *syntax.Expr) {
		read = read || slices.Contains([]string{"deployed", "deploys", "troops"}, e.Op)
	})
	return read
}
