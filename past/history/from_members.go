package history

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"casus/data"
)

// atopWriter writes alliances as instruments.
type atopWriter struct {
	b   bytes.Buffer
	out *ATOP
}

func (w *atopWriter) text() string { return w.b.String() }

func (w *atopWriter) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// head holds what the instruments share: who says so, and the facts on which they
// turn.
func (w *atopWriter) head(name string) {
	w.line("# Alliance Treaty Obligations and Provisions, version %s, from %s.", plain(w.out.Version), plain(filepath.Base(name)))
	w.line("# Written by casus data add atop; add the table again rather than change this.")
	w.line("# ATOP codes that a promise has a condition, not what it says: each is a fact that")
	w.line("# is not known until it is given.")
	w.line("")
	w.line(`source "ATOP" "Leeds, Ritter, Mitchell & Long 2002, Alliance Treaty Obligations and Provisions, 1815-1944, International Interactions 28: 237-260; version %s" {`, plain(w.out.Version))
	w.line("  grade A; status coded; address \"atopdata.org\"")
	w.line("}")
	w.line("")
	for _, f := range [][2]string{
		{"adversary_named", "the adversary is one the treaty names"},
		{"location_named", "the conflict is where the treaty says"},
		{"conflict_named", "the conflict is the one the treaty names"},
		{"adversaries_many", "there are as many adversaries as the treaty says"},
		{"demands_refused", "the adversary has refused what the treaty demands"},
		{"offensive_case", "the war is one for which the treaty promises help though no attack began it"},
		{"member_covered", "the promise is made to this member; the data say who promises, not to which of several"},
		{"condition_met", "a condition is met that the data have without saying which"},
		{"still_in_force", "the treaty is in force after the last day its source covers"},
	} {
		w.line("fact %-16s per instrument %q", f[0], f[1])
	}
}

// alliance writes one alliance: one instrument, or, where phases lie side by
// side (after a split each partner has its own), one for each phase. Members of
// different phases owe each other nothing.
func (w *atopWriter) alliance(rows []member) {
	w.out.Alliances++
	id := "ATOP" + strconv.Itoa(rows[0].alliance)
	title := "ATOP " + strconv.Itoa(rows[0].alliance)
	if !sideBySide(rows) {
		w.instrument(id, title, rows)
		return
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].phase == rows[0].phase {
			n++
		}
		phase := strconv.Itoa(rows[0].phase)
		w.instrument(id+"_"+phase, title+", phase "+phase, rows[:n])
		rows = rows[n:]
	}
}

func sideBySide(rows []member) bool {
	for i, m := range rows {
		if slices.ContainsFunc(rows[:i], func(n member) bool { return n.phase != m.phase && n.overlaps(m) }) {
			return true
		}
	}
	return false
}

func (w *atopWriter) instrument(id, title string, rows []member) {
	w.out.Instruments++
	w.line("")
	w.line("instrument %s %q {", id, title)
	w.line("  kind   treaty")
	w.line("  source \"ATOP\"")
	w.line("  status partly verified \"coded from the treaty, which was not read here\"")
	w.line("  note   \"ATOP rows on %s\"", linesOf(rows))
	if slices.ContainsFunc(rows, func(m member) bool { return m.until == data.Forever }) {
		w.line("  active when date < %s or still_in_force", w.out.Coverage+1)
	}
	rows = directed(rows)
	w.parties(rows)
	cuts := segments(rows)
	for k := range obligations {
		w.articles(k, rows, cuts)
		w.oneWay(id, k, rows)
	}
	w.line("}")
}

// directed marks the obligations of which the rows do not say toward whom: those
// of an asymmetrical alliance of three or more. Between two members there is no
// doubt.
func directed(rows []member) []member {
	ids := map[string]bool{}
	for _, m := range rows {
		ids[m.id] = true
	}
	out := slices.Clone(rows)
	if len(ids) < 3 || !slices.ContainsFunc(rows, func(m member) bool { return m.asymmetrical }) {
		return out
	}
	for i := range out {
		for k := range out[i].on {
			if out[i].has[k] {
				out[i].on[k] |= toWhom
			}
		}
	}
	return out
}

// linesOf is the lines of rows: "lines 2-7, 9".
func linesOf(rows []member) string {
	var lines []int
	for _, m := range rows {
		lines = append(lines, m.line)
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	var out []string
	for i := 0; i < len(lines); {
		j := i
		for j+1 < len(lines) && lines[j+1] == lines[j]+1 {
			j++
		}
		s := strconv.Itoa(lines[i])
		if j > i {
			s += "-" + strconv.Itoa(lines[j])
		}
		out = append(out, s)
		i = j + 1
	}
	if len(lines) == 1 {
		return "line " + out[0]
	}
	return "lines " + strings.Join(out, ", ")
}

// period is a stretch of days, until the first day out.
type period struct{ from, until data.Day }

// parties writes the members with their days; rows that follow each other
// without a gap are one membership.
func (w *atopWriter) parties(rows []member) {
	spells := map[string][]period{}
	for _, m := range rows {
		spells[m.id] = append(spells[m.id], period{m.from, m.until})
	}
	who := map[period][]string{}
	for id, ps := range spells {
		for _, p := range joined(ps) {
			who[p] = append(who[p], id)
		}
	}
	for _, p := range sortedPeriods(who) {
		ids := who[p]
		slices.Sort(ids)
		until := ""
		if p.until != data.Forever {
			until = " until " + p.until.String()
		}
		w.line("  party %s from %s%s", strings.Join(ids, ", "), p.from, until)
	}
}

func sortedPeriods(m map[period][]string) []period {
	out := make([]period, 0, len(m))
	for p := range m {
		out = append(out, p)
	}
	slices.SortFunc(out, comparePeriods)
	return out
}

func comparePeriods(p, q period) int {
	return cmp.Or(cmp.Compare(p.from, q.from), cmp.Compare(p.until, q.until))
}

// joined are periods in order, those that touch made one.
func joined(ps []period) []period {
	slices.SortFunc(ps, comparePeriods)
	var out []period
	for _, p := range ps {
		if n := len(out); n > 0 && p.from <= out[n-1].until {
			out[n-1].until = max(out[n-1].until, p.until)
			continue
		}
		out = append(out, p)
	}
	return out
}

// segments are the stretches of days on which nothing changes and at least two
// members are there, in order.
func segments(rows []member) []period {
	var days []data.Day
	for _, m := range rows {
		days = append(days, m.from, m.until)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	var out []period
	for i := range len(days) - 1 {
		ids := map[string]bool{}
		for _, m := range rows {
			if m.from <= days[i] && days[i] < m.until {
				ids[m.id] = true
			}
		}
		if len(ids) > 1 {
			out = append(out, period{days[i], days[i+1]})
		}
	}
	return out
}

// clause is one article to be: who owes on what conditions, on which days.
type clause struct {
	period
	shares []share
}

// everyone reports whether every member owes, on the same conditions.
func (c clause) everyone() bool { return len(c.shares) == 1 && c.shares[0].debtors == nil }

// goesOn reports whether what holds in a segment is still the clause of the one
// before. Between the two there may be days on which one member was alone. It
// owed nobody; but debtors that are named owe whoever is there, so that they have
// to be there themselves.
func (c clause) goesOn(before, now period, shares []share) bool {
	return c.until == before.until && slices.EqualFunc(c.shares, shares, share.same) && (before.until == now.from || c.everyone())
}

// extent is from the first day of any row to the last.
func extent(rows []member) period {
	out := period{rows[0].from, rows[0].until}
	for _, m := range rows {
		out.from, out.until = min(out.from, m.from), max(out.until, m.until)
	}
	return out
}

func extentOf(ps []period) period {
	if len(ps) == 0 {
		return period{}
	}
	return period{ps[0].from, ps[len(ps)-1].until}
}

// share is the members that owe on the same conditions.
type share struct {
	on      uint16
	debtors []string // nil: every party
	rows    []member
}

func (p share) same(q share) bool {
	return p.on == q.on && (p.debtors == nil) == (q.debtors == nil) && slices.Equal(p.debtors, q.debtors)
}

// articles writes the articles of one kind of obligation: one for each time in
// which the same members owe on the same conditions.
func (w *atopWriter) articles(kind int, rows []member, cuts []period) {
	var out []clause
	for i, p := range cuts {
		shares := sharesOf(kind, rows, p)
		if len(shares) == 0 {
			continue
		}
		if n := len(out); n > 0 && i > 0 && out[n-1].goesOn(cuts[i-1], p, shares) {
			c := &out[n-1]
			c.until = p.until
			for j := range shares {
				c.shares[j].rows = append(c.shares[j].rows, shares[j].rows...)
			}
			continue
		}
		out = append(out, clause{p, shares})
	}
	whole, between := extent(rows), extentOf(cuts)
	for i, c := range out {
		if c.everyone() {
			w.article(kind, i+1, c, between)
		} else {
			w.article(kind, i+1, c, whole)
		}
	}
}

// sharesOf are the members that have an obligation in a segment, by what it turns
// on.
func sharesOf(kind int, rows []member, p period) []share {
	var out []share
	all := true
	for _, m := range rows {
		if m.from > p.from || p.from >= m.until {
			continue
		}
		if !m.has[kind] {
			all = false
			continue
		}
		i := slices.IndexFunc(out, func(q share) bool { return q.on == m.on[kind] })
		if i < 0 {
			i, out = len(out), append(out, share{on: m.on[kind]})
		}
		out[i].debtors, out[i].rows = append(out[i].debtors, m.id), append(out[i].rows, m)
	}
	slices.SortFunc(out, func(p, q share) int { return cmp.Compare(p.on, q.on) })
	for i := range out {
		slices.Sort(out[i].debtors)
	}
	if all && len(out) == 1 {
		out[0].debtors = nil
	}
	return out
}

// article writes a clause, with its days where they are not those of a whole
// stretch of time.
func (w *atopWriter) article(kind, n int, c clause, whole period) {
	w.out.Articles++
	o := obligations[kind]
	name := o.name
	if n > 1 {
		name += "_" + strconv.Itoa(n)
	}
	w.line("")
	w.line("  article %s %q {", name, o.title)
	if c.from > whole.from {
		w.line("    from  %s", c.from)
	}
	if c.until < whole.until {
		w.line("    until %s", c.until)
	}
	for _, p := range c.shares {
		w.rules(kind, p)
	}
	for _, p := range c.shares {
		w.line("    note \"%s; %s\"", codedWords(o, p.on), linesOf(p.rows))
	}
	w.line("  }")
}

// rules writes what some members owe: when what happens, to whom.
func (w *atopWriter) rules(kind int, p share) {
	conds := conditionWords(obligations[kind], p.on)
	owing, each := "every other party", "every other party"
	if p.debtors != nil {
		owing = strings.Join(p.debtors, ", ")
		each = "every other " + owing // not the victim, which may be one of them
	}
	switch kind {
	case defense:
		w.line("    when armed attack on P, P is party%s", conds)
		w.line("    then %s owes P AID_MILITARY", owing)
	case offense:
		w.line("    when opening of war on A by P, P is party, offensive_case%s", conds)
		w.line("    then %s owes P AID_MILITARY, not tied to defence", each)
	case neutral:
		w.line("    when opening of war on P, P is party%s", conds)
		w.line("    then %s owes P NEUTRALITY", owing)
		if p.on&onlyAttacked == 0 {
			w.line("    when opening of war on A by P, P is party%s", conds)
			w.line("    then %s owes P NEUTRALITY", each)
		}
	case nonagg:
		w.line("    when aggression on P by A, P is party, A is party%s%s", among("A", p.debtors), conds)
		w.line("    then A breaches NONAGGRESSION")
	case consul:
		w.line("    when threat on P, P is party%s", conds)
		w.line("    then %s owes P CONSULT", owing)
	}
}

func conditionWords(o obligation, on uint16) string {
	out := ""
	for i, c := range o.conditions {
		if on>>i&1 == 1 && c.words != "" {
			out += ", " + c.words
		}
	}
	if on&toWhom != 0 {
		out += ", member_covered"
	}
	if on&unnamed != 0 {
		out += ", condition_met"
	}
	return out
}

// codedWords are the columns an article rests on: "DEFENSE, DEFCOADV".
func codedWords(o obligation, on uint16) string {
	out := strings.ToUpper(o.column)
	for i, c := range o.conditions {
		if on>>i&1 == 1 {
			out += ", " + strings.ToUpper(c.column)
		}
	}
	if on&toWhom != 0 {
		out += ", ASYMM"
	}
	return out
}

// among is the condition that a state is one of some; "" for no list.
func among(letter string, ids []string) string {
	if ids == nil {
		return ""
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = letter + " is " + id
	}
	return ", (" + strings.Join(out, " or ") + ")"
}

// oneWay notes who owes whom without being owed the same. Nothing is made
// mutual.
func (w *atopWriter) oneWay(id string, kind int, rows []member) {
	type pair struct{ debtor, creditor string }
	found := map[pair][]period{}
	for _, m := range rows {
		for _, n := range rows {
			if m.has[kind] && !n.has[kind] && m.id != n.id && m.phase == n.phase && m.overlaps(n) {
				k := pair{m.id, n.id}
				found[k] = append(found[k], period{max(m.from, n.from), min(m.until, n.until)})
			}
		}
	}
	var out []OneWay
	for k, ps := range found {
		for _, p := range joined(ps) {
			out = append(out, OneWay{id, obligations[kind].name, k.debtor, k.creditor, p.from, p.until})
		}
	}
	slices.SortFunc(out, func(a, b OneWay) int {
		return cmp.Or(strings.Compare(a.Debtor, b.Debtor), strings.Compare(a.Creditor, b.Creditor), cmp.Compare(a.From, b.From))
	})
	w.out.OneWay = append(w.out.OneWay, out...)
}
