package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/lang/source"
	"casus/lang/syntax"
)

// repeated reports a name that stands in a list already, and notes it where it does
// not.
func (l *loader) repeated(at *syntax.Stmt, seen map[string]source.Pos, n syntax.Token, what string) bool {
	if first, twice := seen[n.Text]; twice {
		l.fail(n, at, what+" "+n.Text+" is listed twice", "first at "+first.String())
		return true
	}
	seen[n.Text] = n.Pos
	return false
}

// titled reads the title of what has a name: the name in words where it says none.
func (l *loader) titled(c *syntax.Cursor, name string) string {
	at := c.Peek()
	title := c.OptString()
	if at.Kind == syntax.String && strings.TrimSpace(title) == "" {
		l.fail(at, c.Stmt, "a title without words", "say it in a few words, or leave the quotes out")
	}
	return cmp.Or(title, spelled(name))
}

// spelled is a name as one would write it in a sentence.
func spelled(name string) string { return strings.ReplaceAll(name, "_", " ") }

// doubled reports what a case says twice, or under two names: tables and sentences
// could not tell the one from the other.
func (l *loader) doubled(k *Case) {
	l.sameLabels(k)
	l.sameOptions(k)
	l.sameViews(k)
	l.sameRecords(k)
	seen := map[string]source.Pos{}
	for _, e := range k.KeyEvents {
		if first, twice := seen[e.Title]; twice {
			l.at(e.Pos, 1, "case "+k.Name, "key event “"+e.Title+"” is asked twice", "first at "+first.String())
		}
		seen[e.Title] = e.Pos
	}
}

// mistaken reports whether a mistake was found in the definition at a place: what could
// not be read there may be what sets it apart from another.
func (l *loader) mistaken(at source.Pos) bool {
	from, until := l.definition(at)
	return slices.ContainsFunc(l.problems, func(p source.Problem) bool {
		return !p.Warning && p.Pos.File == at.File && from <= p.Pos.Offset && p.Pos.Offset < until
	})
}

// definition is the part of its file that the definition at a place takes up, by offsets.
func (l *loader) definition(at source.Pos) (from, until int) {
	for _, t := range l.m.Trees {
		if t.File != at.File {
			continue
		}
		for _, s := range t.Stmts {
			if o := s.Pos().Offset; o > at.Offset {
				return from, o
			}
			from = s.Pos().Offset
		}
	}
	return from, math.MaxInt
}

// sameLabels reports options that tables would call the same.
func (l *loader) sameLabels(k *Case) {
	for _, by := range []struct {
		what string
		of   func(*Option) string
		at   func(*Option) source.Pos
	}{
		{"short name", func(o *Option) string { return cmp.Or(o.Short, spelled(o.Name)) }, l.labelAt},
		{"title", func(o *Option) string { return o.Title }, func(o *Option) source.Pos { return o.Pos }},
	} {
		first := map[string]*Option{}
		for _, o := range k.Options {
			words := strings.ToLower(by.of(o))
			if other := first[words]; other != nil && other != o {
				l.same(by.what == "title", by.at(o), "option "+o.Name, fmt.Sprintf("options %s and %s of case %s have the same %s, “%s”", other.Name, o.Name, k.Name, by.what, by.of(o)))
			} else {
				first[words] = o
			}
		}
	}
}

// same reports what two things have in common by which tables tell them apart; of
// titles, which few tables use, it warns.
func (l *loader) same(warn bool, at source.Pos, heading, msg string) {
	if warn {
		l.warnAt(at, 1, heading, msg, "give each its own")
	} else {
		l.at(at, 1, heading, msg, "give each its own")
	}
}

// labelAt gives the position of an option's short name, or of its name.
func (l *loader) labelAt(o *Option) source.Pos {
	if at, ok := l.shortAt[o]; ok {
		return at
	}
	return o.Pos
}

// sameOptions warns of options that do the same: no number tells them apart.
func (l *loader) sameOptions(k *Case) {
	first := map[string]*Option{}
	for _, o := range k.Options {
		does := o.does()
		if l.mistaken(o.Pos) {
			continue
		}
		if other := first[does]; other != nil && other != o {
			l.warnAt(o.Pos, len(o.Name), "option "+o.Name, fmt.Sprintf("options %s and %s do the same: no number of case %s tells them apart", other.Name, o.Name, k.Name), "")
		} else {
			first[does] = o
		}
	}
}

// does is all that an option changes, in one order.
func (o *Option) does() string {
	var out []string
	for _, a := range o.Acts {
		a.Pos = source.Pos{}
		out = append(out, fmt.Sprint(a))
	}
	for _, sp := range o.Spends {
		out = append(out, sp.Actor+":"+sp.Expr.String())
	}
	for name, v := range o.Settings {
		out = append(out, fmt.Sprint(name, "=", v))
	}
	for _, f := range o.LegalFacts {
		f.Pos = source.Pos{}
		out = append(out, fmt.Sprint(f))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// Parts names what one of two options does and the other does not, in the words of a model
// file.
func (o *Option) Parts(other *Option) []string {
	var out []string
	for _, pair := range [][2]*Option{{o, other}, {other, o}} {
		has := pair[1].lines()
		for _, line := range pair[0].lines() {
			if !slices.Contains(has, line) && !slices.Contains(out, line) {
				out = append(out, line)
			}
		}
	}
	return out
}

// String is an act as a model file writes it.
func (a Act) String() string {
	switch a.Verb {
	case "accede":
		return a.Verb + " " + strings.Join(a.States, ", ") + " to " + a.Instrument
	case "withdraw":
		return a.Verb + " " + strings.Join(a.States, ", ") + " from " + a.Instrument
	case "deploy":
		return fmt.Sprintf("%s %s %g at %s", a.Verb, strings.Join(a.States, ", "), a.Number, a.Place)
	}
	return a.Verb + " " + a.Instrument
}

// SettingOf is what a setting is in a case where its options say nothing of it.
func (k *Case) SettingOf(name string) float64 {
	if v, ok := k.Settings[name]; ok {
		return v
	}
	for _, s := range k.Crisis.Settings {
		if s.Name == name {
			return s.Default
		}
	}
	return 0
}

// lines are the lines of an option, one for each act.
func (o *Option) lines() []string {
	var out []string
	for _, a := range o.Acts {
		out = append(out, a.String())
	}
	for _, sp := range o.Spends {
		out = append(out, "spend "+sp.Actor+": "+sp.Expr.String())
	}
	for _, name := range sortedKeys(o.Settings) {
		out = append(out, fmt.Sprintf("set %s = %g", name, o.Settings[name]))
	}
	for _, f := range o.LegalFacts {
		line := "fact " + f.Name
		if !f.True {
			line = "fact not " + f.Name
		}
		if len(f.Args) > 0 {
			line += "(" + strings.Join(f.Args, ", ") + ")"
		}
		out = append(out, line)
	}
	return out
}

// sameViews warns of views that hold the same of every assumption that the case uses:
// they cannot part.
func (l *loader) sameViews(k *Case) {
	uses := l.m.Uses(k)
	misread := l.mistaken(k.Crisis.Pos) || slices.ContainsFunc(uses, func(a *Assumption) bool { return l.mistaken(a.Pos) })
	for i, v := range k.Views {
		for _, w := range k.Views[:i] {
			if v.Title != "" && strings.EqualFold(v.Title, w.Title) {
				l.warnAt(v.Pos, len(v.Name), "case "+k.Name, fmt.Sprintf("views %s and %s have the same title, “%s”", w.Name, v.Name, v.Title), "")
			}
			if len(v.Union)+len(w.Union)+len(v.Correlations)+len(w.Correlations) > 0 || v == w || len(uses) == 0 || misread || l.mistaken(v.Pos) || l.mistaken(w.Pos) {
				continue
			}
			if !slices.ContainsFunc(uses, func(a *Assumption) bool { return !sameBelief(a.Belief(v.Name), a.Belief(w.Name)) }) {
				l.warnAt(v.Pos, len(v.Name), "case "+k.Name, fmt.Sprintf("views %s and %s hold the same of every assumption of case %s: they cannot part", w.Name, v.Name, k.Name), "let them differ in one, or leave one out")
			}
		}
	}
}

func sameBelief(a, b *Belief) bool {
	return a == b || a != nil && b != nil && a.Words == b.Words
}

// sameRecords reports records that count the same, under whatever name: what happened
// would weigh twice.
func (l *loader) sameRecords(k *Case) {
	titles, counts := map[string]source.Pos{}, map[string]Record{}
	for _, r := range k.Records {
		if first, twice := titles[r.Title]; twice {
			l.at(r.Pos, 1, "case "+k.Name, "record “"+r.Title+"” is counted twice", "first at "+first.String())
			continue
		}
		titles[r.Title] = r.Pos
		what := fmt.Sprint(r.Measure, r.Option, r.Events, r.EventsHigh, r.Trials, r.TrialsHigh, r.Years, r.From, r.Until, r.Sources)
		other, twice := counts[what]
		if twice && r.Weighs() && other.Weighs() && len(r.SameEvents)+len(other.SameEvents) == 0 {
			l.warnAt(r.Pos, 1, "case "+k.Name, "records “"+other.Title+"” and “"+r.Title+"” count the same of the same sources, and weigh twice", "leave one out, or hold it out")
		}
		if !twice {
			counts[what] = r
		}
	}
}

// sameMeasures reports measures that tables would call the same: those of one headline
// that are given the same, and those of one title.
func (l *loader) sameMeasures(cr *Crisis, heading string) {
	first := map[string]string{}
	for _, m := range cr.Measures {
		for _, words := range []string{"title " + "“" + m.Title + "”", "headline “" + m.Headline + "”"} {
			key := words
			if strings.HasPrefix(words, "headline") {
				key += " given " + m.Given
			}
			if m.Headline == "" && key != words || m.Title == "" && key == words {
				continue
			}
			if other := first[strings.ToLower(key)]; other != "" && other != m.Name {
				l.same(key == words, m.Pos, heading, "measures "+other+" and "+m.Name+" have the same "+words)
			} else {
				first[strings.ToLower(key)] = m.Name
			}
		}
	}
}

// samePayoffs warns of a payoff that stands twice, word for word.
func (l *loader) samePayoffs(cr *Crisis, heading string) {
	seen := map[string]bool{}
	for _, p := range cr.Payoffs {
		says := fmt.Sprint(p.Name, p.To, p.Var, p.Over, p.Yearly, p.When, p.Amount)
		if p.When != nil {
			says = fmt.Sprint(p.Name, p.To, p.Var, p.Over, p.Yearly, p.When.String(), p.Amount.String())
		}
		if seen[says] {
			l.warnAt(p.Pos, 1, heading, "payoff “"+p.Name+"” stands twice: it is paid twice", "leave one out, or double its amount")
		}
		seen[says] = true
	}
}

// sameEffects warns of a choice that sets one fact twice.
func (l *loader) sameEffects(st Step, heading string) {
	for _, ch := range st.Choices {
		seen := map[string]int{}
		for _, e := range ch.Effects {
			if e.Raise {
				continue
			}
			what := fmt.Sprint(e.Fact, e.Args, e.Var, e.Over)
			if e.If != nil {
				what += e.If.String()
			}
			value, twice := seen[what]
			switch {
			case twice && value == e.Value:
				l.warnAt(e.Pos, len(e.Fact), heading, "choice "+ch.Name+" sets "+e.Fact+" twice", "")
			case twice:
				l.warnAt(e.Pos, len(e.Fact), heading, "choice "+ch.Name+" sets "+e.Fact+" in two ways at once: the last holds", "")
			}
			seen[what] = e.Value
		}
	}
}

// sameClaims warns of claims that say the same of the same case, or bear one title;
// a reading that stands twice in one claim is a mistake.
func (l *loader) sameClaims() {
	title, said := map[string]*Claim{}, map[string]*Claim{}
	for _, cl := range l.m.Claims {
		var holds []string
		for _, p := range cl.Holds {
			if p.Expr == nil {
				continue
			}
			if words := p.Expr.String(); slices.Contains(holds, words) {
				l.at(p.Pos, 1, "claim "+cl.ID, "claim "+cl.ID+" is read twice as "+words, "")
			} else {
				holds = append(holds, words)
			}
		}
		slices.Sort(holds)
		says := cl.Case + ": " + strings.Join(holds, "; ")
		alone := len(cl.Figures)+len(cl.Law)+len(cl.Chains)+len(cl.Recorded) == 0
		switch other := said[says]; {
		case title[cl.Title] != nil && cl.Title != "":
			l.warnAt(cl.Pos, len(cl.ID), "claim "+cl.ID, "claims "+title[cl.Title].ID+" and "+cl.ID+" have the same title", "say what sets them apart, or leave one out")
		case other != nil && alone && len(holds) > 0:
			l.warnAt(cl.Pos, len(cl.ID), "claim "+cl.ID, "claims "+other.ID+" and "+cl.ID+" say the same of the same case", "leave one out, or read it another way")
		}
		title[cl.Title] = cl
		if alone {
			said[says] = cl
		}
	}
}

// sameExamples warns of examples of one title in one file.
func (l *loader) sameExamples() {
	seen := map[string]source.Pos{}
	for _, ex := range l.m.Examples {
		key := ex.Title + "\x00" + ex.Pos.File.Name
		if first, twice := seen[key]; twice && first != ex.Pos {
			l.warnAt(ex.Pos, 1, "example", "two examples are called “"+ex.Title+"”", "first at "+first.String())
		}
		seen[key] = ex.Pos
	}
}
