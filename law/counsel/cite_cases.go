package counsel

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/lang/source"
	"casus/model"
)

// ofCrisis tells the names that a crisis gives: roles, settings, facts of the game, steps,
// tallies and measures.
func (c *citing) ofCrisis(cr *model.Crisis, tell func(*called)) {
	m, of := c.m, " of "+cr.Name
	judged := func(words string) func(*Cited) { return func(e *Cited) { c.rests(e, nil, words) } }
	for i := range cr.Roles {
		r := &cr.Roles[i]
		tell(&called{name: r.Name, what: "role" + of, title: plain(r.Title), at: r.Pos, says: func(e *Cited) { c.role(e, cr, r) }})
	}
	for _, s := range cr.Settings {
		tell(&called{name: s.Name, what: "setting" + of, title: plain(s.Title), at: s.Pos, says: func(e *Cited) {
			e.say("unless a case or an option sets it", fmt.Sprintf("%g", s.Default))
			c.rests(e, nil, "what a case or an option sets it to is its author's choice")
		}})
	}
	for _, f := range cr.Facts {
		tell(&called{name: f.Name, what: "fact in the game" + of, title: func() string { return m.Cast(nil, f.Title) }, at: f.Pos, says: judged("part of the game as its author drew it")})
	}
	for _, st := range slices.Concat(cr.First, cr.Year) {
		tell(&called{name: st.Name, what: map[bool]string{true: "chance", false: "move"}[st.Chance] + of, title: func() string { return m.Cast(nil, st.Title) }, at: st.Pos, says: func(e *Cited) {
			var choices []string
			for _, ch := range st.Choices {
				choices = append(choices, strings.TrimSuffix(ch.Name+": "+m.Cast(nil, ch.Title), ": "))
			}
			e.say("choices", choices...)
			c.rests(e, nil, "part of the game as its author drew it; what is chosen is computed")
		}})
	}
	for _, p := range cr.Tallies {
		tell(&called{name: p.Name, what: "tally" + of, title: func() string { return m.Cast(nil, p.Title) }, at: p.Pos, says: judged("what is counted is its author's choice; how much is computed")})
	}
	for i := range cr.Measures {
		ms := &cr.Measures[i]
		tell(&called{name: ms.Name, what: "measure" + of, title: func() string { return m.Cast(nil, ms.Title) + ", " + ms.Unit.String() }, labels: []string{m.Cast(nil, ms.Title), m.Cast(nil, ms.Headline)}, at: ms.Pos, says: func(e *Cited) { c.measure(e, ms) }})
	}
}

// role says who plays it in which case.
func (c *citing) role(e *Cited, cr *model.Crisis, r *model.Role) {
	for _, k := range c.m.Cases {
		cast, given := k.Roles[r.Name]
		switch {
		case k.Crisis != cr || !given:
		case len(cast) == 0:
			e.say("in "+k.Name, "nobody")
		default:
			e.say("in "+k.Name, strings.Join(cast, ", "))
		}
	}
	c.rests(e, nil, "who plays is the choice of each case")
}

// option says what a package changes.
func (c *citing) option(e *Cited, o *model.Option) {
	e.say("in short", o.Short)
	var acts []string
	for _, a := range o.Acts {
		acts = append(acts, actWords(a))
	}
	e.say("does", acts...)
	var sets []string
	for _, name := range slices.Sorted(maps.Keys(o.Settings)) {
		sets = append(sets, fmt.Sprintf("%s %g", name, o.Settings[name]))
	}
	e.say("sets", sets...)
	var spends []string
	for _, s := range o.Spends {
		spends = append(spends, s.Actor+" "+s.Expr.String())
	}
	e.say("spends a year", spends...)
	e.say("of case", c.casesWith(func(k *model.Case) bool { return slices.Contains(k.Options, o) })...)
	c.rests(e, nil, "what is in a package is its author's choice; the texts that it adopts have sources of their own")
}

// actWords are an act as the language writes it.
func actWords(a model.Act) string {
	words := []string{a.Verb}
	if len(a.States) > 0 {
		words = append(words, strings.Join(a.States, ", "))
	}
	if a.Number > 0 {
		words = append(words, fmt.Sprintf("%g", a.Number))
	}
	if a.Instrument != "" {
		words = append(words, a.Instrument)
	}
	if a.Place != "" {
		words = append(words, "at "+a.Place)
	}
	return strings.Join(words, " ")
}

func (c *citing) casesWith(has func(*model.Case) bool) []string {
	var out []string
	for _, k := range c.m.Cases {
		if has(k) {
			out = append(out, k.Name)
		}
	}
	return out
}

// view says what a school holds, in words, and how many assumptions it has numbers of.
func (c *citing) view(e *Cited, v *model.View) {
	e.say("holds", v.Notes...)
	if len(v.Union) > 0 {
		e.say("union of", strings.Join(v.Union, ", "))
	}
	sourced, judged := 0, 0
	for _, a := range c.m.Assumptions {
		switch b := a.Dist[v.Name]; {
		case b == nil:
		case len(b.Sources) > 0:
			sourced++
		default:
			judged++
		}
	}
	if sourced+judged > 0 {
		e.say("its own numbers", fmt.Sprintf("%d assumptions with a source, %d by judgement alone", sourced, judged))
	}
	e.say("of case", c.casesWith(func(k *model.Case) bool { return slices.Contains(k.Views, v) })...)
	if len(v.Sources) > 0 {
		c.rests(e, v.Sources, "")
	} else {
		c.rests(e, nil, "a school as its author puts it; no source is named")
	}
}

// kase says what a case asks, who plays and what is compared.
func (c *citing) kase(e *Cited, k *model.Case) {
	e.say("asks", k.Question)
	e.say("day", k.Date.String())
	if k.Crisis != nil {
		e.say("crisis", k.Crisis.Name)
		for _, r := range k.Crisis.Roles {
			e.say("role "+r.Name, strings.Join(k.Roles[r.Name], ", "))
		}
	}
	var options, views []string
	for _, o := range k.Options {
		options = append(options, o.Name)
	}
	for _, v := range k.Views {
		views = append(views, v.Name)
	}
	e.say("options", strings.Join(options, ", "))
	e.say("views", strings.Join(views, ", "))
	var ids []string
	for _, r := range k.Records {
		ids = append(ids, r.Sources...)
	}
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) > 0 {
		e.say("records", howMany(len(k.Records), "count of what happened", "counts of what happened"))
		c.rests(e, ids, "what is asked, who plays and what is compared are its author's choice")
		return
	}
	c.rests(e, nil, "what is asked, who plays and what is compared are its author's choice")
}

func howMany(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// assumption says what each view believes of it, and on what grounds.
func (c *citing) assumption(e *Cited, a *model.Assumption) {
	for _, v := range slices.Sorted(maps.Keys(a.Dist)) {
		b := a.Dist[v]
		if b == nil {
			continue
		}
		words := b.Words
		if len(b.Sources) > 0 {
			c.sourced(e, b.Sources)
			words += "; sources " + strings.Join(b.Sources, ", ")
		}
		if b.Judgement != "" {
			words += "; judgement: " + b.Judgement
		}
		label := "view " + v
		if v == "" {
			label = "under every view"
		}
		e.say(label, strings.TrimPrefix(words, "; "))
	}
	e.say("made for case", a.MadeFor)
	if r := a.Restated; r != nil {
		e.say("restated", "at "+r.Pos.String()+"; stated at "+r.At.String())
	}
	if c.m.SolvedFor(a) {
		e.say(restsOn, "the rate that a case states: it is solved for, and not judged (casus elicit)")
	}
}

// measure says how it is read off the game.
func (c *citing) measure(e *Cited, ms *model.Measure) {
	e.say("in short", ms.Headline)
	if ms.Expr != nil {
		e.say("is", ms.Expr.String())
	}
	e.say("better", map[model.Better]string{model.Lower: "lower", model.Higher: "higher", model.Neither: "not said"}[ms.Better])
	if ms.Matters > 0 {
		e.say("matters from", fmt.Sprintf("%g on, in its unit: a lesser difference counts as a tie", ms.Matters))
	}
	e.say("turns on", strings.Join(ms.RestsOn, ", "))
	c.rests(e, nil, "what is measured is its author's choice; how much is computed from the assumptions")
}

// claim says how a sentence is read, and what speaks for and against it.
func (c *citing) claim(e *Cited, x *model.Claim) {
	e.say("said by", x.By)
	for i, r := range readingsOf(x) {
		label := fmt.Sprintf("reading %s.%d", x.ID, i+1)
		if len(x.Figures) > 0 { // each of these is read in several ways
			label = "reading"
		}
		e.say(label, strings.TrimPrefix(strings.TrimSuffix(r.title+": "+r.words, ": "), ": "))
	}
	e.say("not scored", x.Label, x.Unscored)
	c.grounded(e, x)
}

// readingOf is one reading of a claim.
func (c *citing) readingOf(e *Cited, x *model.Claim, r claimReading) {
	e.say("claim", "“"+x.Title+"”")
	e.say("holds when", r.words)
	c.grounded(e, x)
}

func (c *citing) grounded(e *Cited, x *model.Claim) {
	e.say("finding", x.Finding)
	e.say("for", x.For...)
	e.say("against", x.Against...)
	c.rests(e, x.Sources, x.Judgement)
	if len(x.Sources) == 0 && x.Judgement == "" {
		e.say(restsOn, "what is named for and against it; no source is cited")
	}
	if x.Status != "" {
		e.say("status", x.Status+": "+certainty[x.Status])
	}
}

// claimReading is one way in which a claim is held against something.
type claimReading struct {
	title, words string
	at           source.Pos
}

// readingsOf are the readings of a claim in the order in which casus claims numbers
// them.
func readingsOf(x *model.Claim) []claimReading {
	var out []claimReading
	for _, p := range x.Holds {
		out = append(out, claimReading{p.Title, p.Expr.String(), p.Pos})
	}
	for _, p := range x.Figures {
		out = append(out, claimReading{p.Title, p.Expr.String(), p.Pos})
	}
	for _, p := range x.Law {
		out = append(out, claimReading{p.Title, "the law answers as it says there", p.Pos})
	}
	for _, p := range x.Chains {
		out = append(out, claimReading{p.Title, fmt.Sprintf("chains of at most %d links lead there", p.Links), p.Pos})
	}
	for _, p := range x.Recorded {
		out = append(out, claimReading{p.Title, p.Cond.Words + " on " + p.Day.String(), p.Pos})
	}
	slices.SortStableFunc(out, func(a, b claimReading) int { return cmp.Compare(a.at.Line(), b.at.Line()) })
	return out
}
