package show

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/law/counsel"
)

// why is an answer being set: its articles are numbered where footnotes stand
// below.
type why struct {
	*counsel.Why
	mark  map[string]string // of an article that has a footnote
	tight int               // how far words are spared so that the answer fits a screen: 0 not at all, to tightest
}

// lawScreen bounds the lines of an answer on a screen of 80 columns. One that is
// longer is set again with fewer words: readings by name and holder; then other
// matters and records by name alone; then of each status only the first articles
// have a line, and the others are named. With the
// least words what is left out is counted, and --full has it: not on a narrow screen,
// where an answer rather takes more lines.
const lawScreen, leastWords, tightest = 40, 5, 10

// narrow is below which width a screen takes more lines than lawScreen.
const narrow = 60

// Why writes the answers for a person to read: a line for each article, what is in
// doubt and who says what; with reasons then each article with its own. Of one status those in force come first, then those
// that name the victim, then the strongest class. Debtors with the same answer
// stand together. In a full answer each has its trace below.
func Why(out io.Writer, f *counsel.Why, l Layout) error {
	w := &why{Why: f}
	w.numbered()
	if !w.Reasons {
		return w.fitting(l).print(out)
	}
	p := newPage(l)
	w.header(p, nil)
	w.summary(p)
	said := map[string]bool{}
	for _, part := range parts {
		w.part(p, part.status, part.gloss, said)
	}
	w.footer(p)
	return p.print(out)
}

// fitting is the answer without reasons, in as many words as fit a screen; the full
// one in all.
func (w *why) fitting(l Layout) *page {
	disputes, most := w.disputes(), tightest
	if l.Width < narrow { // rather more lines than an article that is asked about only counted
		most = leastWords - 1
	}
	for ; ; w.tight++ {
		p := newPage(l)
		w.header(p, disputes)
		w.summary(p)
		w.screen(p, disputes)
		if w.Query.Full || w.tight == most || strings.Count(p.out.String(), "\n") <= lawScreen {
			return p
		}
	}
}

var parts = []struct{ status, gloss string }{
	{"owed", "the duty holds"},
	{"contested", "authorities or clauses disagree"},
	{"depends", "turns on what was not given"},
	{"forbidden", "the deed breaks the article"},
	{"right", "may act, need not"},
	{"not owed", "and why not"},
	{"not forbidden", "by these articles, and why not by them"},
	{"dormant", "not in force, or not active"},
}

// shown is a status as a reader is told it: of an article that forbids a deed, in
// words of prohibition.
func shown(a *counsel.LegalAnswer) string {
	if a.Verb == "breaches" {
		return prohibition.Replace(a.Status)
	}
	return a.Status
}

var prohibition = strings.NewReplacer("not breached", "not forbidden", "breached", "forbidden", "not owed", "not forbidden")

// header is the question as understood. What is told below as in doubt is not
// warned of here.
func (w *why) header(p *page, told []*dispute) {
	p.line(0, 2, w.question())
	given := "Given: no further facts."
	if len(w.Law.Facts) > 0 {
		given = "Given: " + strings.Join(pairs(w.Law.Facts), "; ") + "."
	}
	given += " What is not given counts as not known."
	words := w.presumption()
	if !w.Reasons { // one paragraph where room is short
		given, words = strings.TrimSpace(given+" "+words), ""
	}
	p.line(0, 2, given)
	if words != "" {
		p.line(0, 2, words)
	}
	head := w.Head
	head.Warnings = slices.DeleteFunc(slices.Clone(head.Warnings), func(x finding.Warning) bool {
		return x.Kind == finding.Disputed && slices.ContainsFunc(told[:min(len(told), mostDisputes)], func(d *dispute) bool { return d.name == x.About })
	})
	p.underLaw(head)
}

// question is the event in a sentence.
func (w *why) question() string {
	q := w.Query
	by, on := stateWords(q.By, q.ByName, "an unnamed attacker"), stateWords(q.On, q.OnName, "an unnamed victim")
	if q.NoState != "" {
		by = q.NoState
		if by != finding.NoState {
			by += ", no state,"
		}
	}
	by, on = acting(by, q.AlsoBy, q.AlsoByNames), acting(on, q.AlsoOn, q.AlsoOnNames)
	return upperFirst(q.Kind) + " by " + by + " on " + on + ", " +
		objectWords(q.Object, len(q.AlsoOn) > 0) + ", " + placeWords(q.Place, q.PlaceName) + ", on " + w.Date + "."
}

// acting names several who attack, or are attacked, together.
func acting(first string, ids, names []string) string {
	all := []string{first}
	for i, id := range ids {
		all = append(all, stateWords(id, names[i], id))
	}
	return finding.And(all)
}

// presumption says what help against the deed is owed in spite of: excuses that
// nobody has claimed.
func (w *why) presumption() string {
	if len(w.Presumed) == 0 {
		return ""
	}
	var claims, facts []string
	for _, f := range w.Presumed {
		claims = append(claims, "that "+strings.ToLower(f.Title[:1])+f.Title[1:])
		facts = append(facts, f.Name+"=yes")
	}
	if !w.Reasons {
		return "Presumed: nobody claims an excuse (--fact " + strings.Join(facts, " or ") + ")."
	}
	return "Presumed: nobody claims " + strings.Join(claims, ", or ") + ". Were it so, no help would be owed against the deed (--fact " + strings.Join(facts, " or ") + ")."
}

func pairs(m map[string]string) []string {
	out := []string{}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, k+" = "+m[k])
	}
	return out
}

func upperFirst(s string) string {
	return capital(s)
}

func stateWords(id, name, none string) string {
	switch {
	case id == "":
		return none
	case name == "":
		return id
	}
	return name + " (" + id + ")"
}

func objectWords(object string, several bool) string {
	switch {
	case object == "":
		return "on what is not given"
	case several:
		return "on their " + object
	}
	return "on its " + object
}

func placeWords(place, name string) string {
	switch {
	case place == "":
		return "where is not given"
	case name == "" || name == place:
		return "at " + place
	}
	return "at " + name + " (" + place + ")"
}

// group is a group of answers being set.
type group counsel.Group

// part prints the answers of one status.
func (w *why) part(p *page, status, gloss string, said map[string]bool) {
	groups := w.groups(status)
	if len(groups) == 0 {
		return
	}
	p.gap()
	p.heading(strings.ToUpper(status), gloss)
	for i, g := range groups {
		if w.Query.Full && i > 0 {
			p.gap()
		}
		g.print(p, w, said)
		if w.Query.Full {
			p.trace(g.Trace, 8)
		}
	}
}

func (w *why) groups(status string) []*group {
	var out []*group
	for _, g := range w.Groups(func(a *counsel.LegalAnswer) bool { return w.tells(a) && shown(a) == status }) {
		out = append(out, (*group)(g))
	}
	return out
}

// tells reports whether an answer is told: of some only in full.
func (w *why) tells(a *counsel.LegalAnswer) bool { return !a.Hidden || w.Query.Full }

func (g *group) print(p *page, w *why, said map[string]bool) {
	title := g.InstrumentTitle
	if g.Title != "" {
		title = g.Title + ", " + title
	}
	if mark := w.mark[g.Article]; mark != "" {
		title += " " + mark
	}
	p.entry(2, 4, g.Article, title)
	if what := g.what(); what != "" {
		p.line(6, 8, what)
	}
	p.line(6, 8, g.who(w))
	if s := g.because(); s != "" {
		p.line(6, 8, s)
	}
	asked := ""
	for _, r := range g.Readings {
		if r.Question != asked {
			asked = r.Question
			p.line(6, 8, "in doubt: "+r.Asks+" ("+r.Question+")")
		}
		by := r.By
		if by == "" && r.Question != "" {
			by = "holder not named"
		}
		then := g.says(r.Then)
		if r.Fact != "" && strings.Contains(then, "depends") {
			then += " on " + r.Fact
		}
		p.line(6, 8, "read as "+r.Name+counsel.InBrackets(r.Title, by)+": "+then)
	}
	for _, x := range g.Practice {
		lead := "practice"
		if x.Decides {
			lead = "on record"
		}
		p.line(6, 8, lead+": "+x.Date+", "+x.By+": "+x.Title)
	}
	for _, d := range g.Deciders {
		if len(d.Facts) > 0 { // what a reading alone decides stands with the reading
			p.line(6, 8, g.deciderWords(d))
		}
	}
	if g.Status != "not owed" {
		if len(g.Manner) > 0 {
			p.line(6, 8, "how: "+strings.Join(g.Manner, "; "))
		}
	}
	if len(g.Caveats) > 0 {
		p.line(6, 8, "caution: "+strings.Join(g.Caveats, "; "))
	}
	for _, n := range g.remarks(said) {
		p.line(6, 8, "note: "+n)
	}
	if len(g.Sources) > 0 {
		p.line(6, 8, "sources: "+strings.Join(g.Sources, ", "))
	}
}

// what is the class of duty and its direction.
func (g *group) what() string {
	if g.Class == "" {
		return ""
	}
	s := g.Class
	if g.ClassTitle != "" {
		s = g.ClassTitle + " (" + g.Class + ")"
	}
	switch {
	case g.Verb == "owes" && g.Direction == law.NotKnown:
		s += ", whether it runs both ways is not known"
	case g.Verb == "owes":
		s += ", " + g.Direction
	}
	return s
}

// mostListed is how many debtors are listed one by one unless all is asked for.
const mostListed = 40

// who is the debtors and the creditor.
func (g *group) who(w *why) string {
	listed, n := g.Debtors, len(g.Debtors)
	if n > mostListed && !w.Query.Full {
		listed = slices.Concat(listed[:5], []string{"…"}, listed[n-2:], []string{"--full lists all"})
	}
	who := strings.Join(listed, ", ")
	if n > 1 {
		who = fmt.Sprintf("%d states: %s", n, who)
	}
	if !w.Query.Full && w.OfEveryState((*counsel.Group)(g)) {
		who = fmt.Sprintf("every other state (%d)", n)
	}
	switch {
	case g.Verb == "reserves":
		return "kept by " + who + " against " + cmp.Or(g.Creditor, "an unnamed attacker")
	case g.Verb != "breaches" && g.Creditor != "":
		return "to " + w.toward(&g.LegalAnswer) + " by " + who
	case g.Verb == "breaches":
		return "asked of " + who
	}
	return "by " + who
}

// toward names to whom help is owed and, where that is not the victim, against
// whom.
func (w *why) toward(a *counsel.LegalAnswer) string {
	if a.Against != "" {
		return a.Creditor + ", against " + a.Against + ","
	}
	ev := law.Event{By: w.Query.By, AlsoBy: w.Query.AlsoBy, On: w.Query.On, AlsoOn: w.Query.AlsoOn}
	if s := ev.Toward(a.Creditor); s != a.Creditor {
		return s + ","
	}
	return a.Creditor
}

// because is the deciding articles and the deciding condition in words.
func (g *group) because() string {
	who := strings.Join(g.Because, ", ")
	switch {
	case len(g.Deciders) > 0 && g.Why == "":
		return ""
	case g.Why == "" && g.Rule == "":
		return "because of " + who
	case g.Why == "":
		return "because " + who + " applies: " + g.Rule
	case strings.HasPrefix(g.Why, "not met: "):
		return "because " + who + " asks for what is not so: " + strings.TrimPrefix(g.Why, "not met: ")
	case g.Status == "not owed" && g.Verb == "breaches":
		return "because of " + who + ": " + g.Why
	case g.Status == "not owed" && strings.HasPrefix(g.Why, "when "):
		return "because " + who + " excludes it when: " + strings.TrimPrefix(g.Why, "when ")
	case g.Status == "not owed":
		return "because " + who + " excludes it: " + g.Why
	case g.Status == "contested" && len(g.Readings) > 0:
		return ""
	}
	return "because of " + who + ": " + g.Why
}

// says is an answer in words of prohibition where the article forbids a deed.
func (g *group) says(answer string) string {
	if g.Verb == "breaches" {
		return prohibition.Replace(answer)
	}
	return answer
}

func (g *group) deciderWords(d law.Decider) string {
	words := "if " + strings.Join(d.Facts, " and ") + ": " + g.says(d.Then)
	if d.Then == "either way" {
		words = "turns on: " + strings.Join(d.Facts, ", ")
	}
	switch {
	case d.Reading != "":
		return "read as " + d.Reading + ", " + words
	case len(g.Readings) > 0:
		return "however it is read, " + words
	}
	return words
}

// footer says what the facts mean and what to know before relying on this.
func (w *why) footer(p *page) {
	if len(w.Facts) > 0 {
		p.gap()
		p.heading("FACTS", "")
		for _, f := range w.Facts {
			p.line(2, 4, f.Name+": "+f.Title)
		}
	}
	w.footnoteText(p)
	w.leftOut(p)
	p.notes(w.Notes)
}

// trace prints a tree of steps, each with its value, its place in the files
// and its sources; a leaf says what it rests on.
func (p *page) trace(n *law.Node, indent int) {
	s := n.Kind + ": " + n.Text
	if n.Ground != "" {
		s += " (" + n.Ground + ")"
	}
	p.line(indent, indent+2, n.Value+"  "+s)
	if at := traceRefs(n); at != "" {
		p.line(indent+2, indent+4, at)
	}
	for _, c := range n.Children {
		p.trace(c, indent+2)
	}
}

func traceRefs(n *law.Node) string {
	var refs []string
	if n.Article != "" {
		refs = append(refs, n.Article)
	}
	if !n.Position.IsZero() {
		refs = append(refs, "at "+n.Position.String())
	}
	if len(n.Sources) > 0 {
		refs = append(refs, "sources "+strings.Join(n.Sources, ", "))
	}
	if n.Grade != "" {
		refs = append(refs, n.Grade)
	}
	if len(refs) == 0 {
		return ""
	}
	return "[" + strings.Join(refs, "; ") + "]"
}
