package law

import (
	"slices"
	"strconv"
	"strings"

	"casus/lang/source"
	"casus/model"
)

// Node is one step of a trace: what was asked, what came out, on what ground.
//
// An ID is the way to the step: the address of the article, the number of the
// rule and of the consequence, the debtor, then the part that each step plays
// in the one above it (NAT.5/1.1/FRA/except.NAT.6.1/when/2). So it stays what
// it is when instruments, articles, parties or facts are added elsewhere.
type Node struct {
	ID       string     `json:"id"`
	Kind     string     `json:"kind"` // duty, in force, rule, condition, exception, extension, reading
	Text     string     `json:"text"`
	Value    string     `json:"value"` // yes, no, unknown
	Article  string     `json:"article,omitempty"`
	Position source.Pos `json:"position,omitzero"`
	Sources  []string   `json:"sources,omitempty"`
	Grade    string     `json:"status,omitempty"`
	Fact     string     `json:"fact,omitempty"`   // of a leaf that is a fact of law: its name
	Ground   string     `json:"ground,omitempty"` // of a leaf: what it rests on
	Children []*Node    `json:"children,omitempty"`

	value Tri
}

// Trace is the tree of how the answer came about: the same evaluation, made
// again with its steps kept.
func (a Answer) Trace() *Node {
	h := a.heard
	root := &Node{ID: a.Article.Address, Kind: "duty", Article: a.Article.Address, Position: a.Article.Pos, Sources: sources(a.Article), Grade: grade(a.Article)}
	if a.Rule == nil {
		root.ID += "/" + a.Debtor
		root.say("the text is not public", Unknown)
		root.Ground = "the text is not public"
		return root
	}
	root.ID += "/" + strconv.Itoa(h.rule+1) + "." + strconv.Itoa(h.then+1) + "/" + a.Debtor
	newCourt(h.b, h.ev, a.Article, h.rule, h.then).judge(a.Debtor, root)
	return root
}

// hearing is where an answer was found, for its trace.
type hearing struct {
	b          *Book
	ev         Event
	rule, then int
}

// step adds a step below a step. Below nothing there is nothing: so the judge
// goes the same way with a trace and without.
func (n *Node) step(role, kind string) *Node {
	if n == nil {
		return nil
	}
	ch := &Node{ID: n.ID + "/" + role, Kind: kind}
	n.Children = append(n.Children, ch)
	return ch
}

func (n *Node) say(text string, v Tri) {
	if n != nil {
		n.Text = text
		n.settle(v)
	}
}

func (n *Node) settle(v Tri) {
	if n != nil {
		n.value, n.Value = v, v.String()
	}
}

func (n *Node) tri() Tri {
	if n == nil {
		return Yes
	}
	return n.value
}

func (n *Node) at(pos source.Pos) {
	if n != nil {
		n.Position = pos
	}
}

// always says that a step rests on no condition.
func (n *Node) always() {
	if n != nil {
		n.Ground = "as written"
	}
}

// fail adds the reason why something is not so.
func (n *Node) fail(text string) {
	n.say(text, No)
	if n != nil {
		n.Ground = "the dates of the instrument"
	}
}

// ask adds a leaf about the event and passes its value on.
func (n *Node) ask(role string, v Tri, text ...string) Tri {
	if ch := n.step(role, "condition"); ch != nil {
		ch.say(strings.Join(text, ""), v)
		ch.Ground = "the event"
		if v == Unknown {
			ch.Ground = notGiven
		}
	}
	return v
}

// drop takes back the step added last.
func (n *Node) drop() {
	if n != nil {
		n.Children = n.Children[:len(n.Children)-1]
	}
}

// lead puts words before those of the step added last.
func (n *Node) lead(words string) {
	if n != nil {
		last := n.Children[len(n.Children)-1]
		last.Text = words + ": " + last.Text
	}
}

func ordinal(n *Node, i int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(i + 1)
}

// take adds the step of one way of reading; where nothing can be read in more
// than one way no step is needed.
func (n *Node) take(t take) *Node {
	if n == nil || t.rd == nil && len(t.stances) == 0 {
		return n
	}
	var roles, texts []string
	ch := n.step("", "reading")
	if rd := t.rd; rd != nil {
		roles, texts = append(roles, "reading."+rd.Name), append(texts, rd.Name+bracketed(rd.Title, rd.By))
		ch.Position = rd.Pos
	}
	for _, st := range t.stances {
		roles = append(roles, "reading."+st.q.Name+"."+st.s.Name)
		texts = append(texts, st.q.Asks()+" "+st.s.Name+bracketed(st.s.Title, holder(st.s.By)))
		ch.Position, ch.Sources, ch.Grade = st.s.Pos, append(ch.Sources, st.s.Sources...), st.s.Status
	}
	ch.ID += strings.Join(roles, "+")
	ch.Text = strings.Join(texts, "; ")
	return ch
}

func bracketed(words ...string) string {
	if said := nonEmpty(words...); len(said) > 0 {
		return " (" + strings.Join(said, "; ") + ")"
	}
	return ""
}

func nonEmpty(words ...string) []string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

func holder(by string) string {
	if by == "" {
		return "holder not named"
	}
	return by
}

// concludes says what came out under a reading.
func (n *Node) concludes(s Status) {
	if n == nil {
		return
	}
	if n.Kind == "reading" {
		n.Text += ": " + s.String()
	}
	n.settle(statusValue(s))
}

func statusValue(s Status) Tri {
	switch s {
	case Owed, Right, Breached:
		return Yes
	case Depends, Contested:
		return Unknown
	}
	return No
}

// duty says what the whole comes to.
func (n *Node) duty(a *Answer) {
	if n == nil {
		return
	}
	text := a.Debtor + " → " + a.Creditor
	switch a.Verb {
	case model.Breaches:
		text = a.Debtor
	case model.Reserves:
		text = a.Debtor + " against " + a.Creditor
	}
	n.say(text+": "+a.Status.String(), statusValue(a.Status))
}

// exception adds the step of an exception or extension. Its part in the step
// above is named by the article it stands in and its number there.
func (n *Node) exception(e *model.Exception) *Node {
	if n == nil {
		return nil
	}
	kind, role := "exception", "except."
	if e.Extends {
		kind, role = "extension", "extend."
	}
	if n.Kind != "duty" && n.Kind != "reading" { // an exception to an exception
		role = "unless."
	}
	ch := n.step(role+e.Article.Address+"."+e.Number, kind)
	ch.Text, ch.Article, ch.Position, ch.Sources, ch.Grade = e.Says(), e.Article.Address, e.Pos, sources(e.Article), grade(e.Article)
	return ch
}

// force says whether the instrument is in force.
func (n *Node) force(in *model.Instrument, f standing) {
	if n == nil {
		return
	}
	n.Text, n.Article, n.Position, n.Sources, n.Grade = in.Title, in.ID, in.Pos, in.Sources, in.Status
	n.Ground = "the dates of the instrument"
	switch {
	case f.adopted:
		n.Ground = "the option"
	case !f.in:
		n.Text += ": " + f.why
	case in.Assumed != "":
		n.Ground = "assumed: " + in.Assumed
	}
	n.settle(Of(f.in))
}

// Deciding is a copy of a trace with only the steps that decide: of an "and"
// that fails the parts that fail, of a duty that an exception defeats the
// exception, and so on down to the facts. The whole is what Trace gives.
func (n *Node) Deciding() *Node {
	out := *n
	out.Children = nil
	for _, ch := range n.deciding() {
		out.Children = append(out.Children, ch.Deciding())
	}
	return &out
}

func (n *Node) deciding() []*Node {
	if n.Kind == "duty" || n.Kind == "reading" {
		return n.outweighing()
	}
	out := choose(n.Children, func(ch *Node) bool { return ch.bears() == n.value })
	if len(out) == 0 {
		return n.Children
	}
	return out
}

// bears says what a step does to the one above it: a "not" and an exception to
// an exception turn their value round.
func (n *Node) bears() Tri {
	role := n.ID[strings.LastIndexByte(n.ID, '/')+1:]
	if role == "not" || strings.HasPrefix(role, "unless.") {
		return n.value.Not()
	}
	return n.value
}

// outweighing are the steps of a duty that decide it.
func (n *Node) outweighing() []*Node {
	is := func(kind string, v Tri) []*Node {
		return choose(n.Children, func(ch *Node) bool { return ch.Kind == kind && ch.value == v })
	}
	force, fails, rule := is("in force", No), is("exception", Yes), is("rule", No)
	switch {
	case len(is("reading", Yes))+len(is("reading", No))+len(is("reading", Unknown)) > 0:
		return n.Children
	case n.value == Yes:
		return choose(n.Children, func(ch *Node) bool { return ch.value == Yes && ch.Kind != "exception" })
	case n.value == Unknown:
		if open := choose(n.Children, func(ch *Node) bool { return ch.value == Unknown }); len(open) > 0 {
			return open
		}
		return n.Children // an exception and an extension disagree
	case len(force) > 0:
		return force
	case len(rule) > 0 && len(is("extension", Yes)) == 0:
		return rule
	case len(fails) > 0:
		return fails
	}
	return n.Children
}

func choose(steps []*Node, keep func(*Node) bool) []*Node {
	var out []*Node
	for _, n := range steps {
		if keep(n) {
			out = append(out, n)
		}
	}
	return out
}

const notGiven = "not given"

// ground says what a leaf rests on.
func (c *court) ground(n *Node, cond *model.Cond) {
	if len(n.Children) > 0 || cond.Op == model.CondAnd || cond.Op == model.CondOr || cond.Op == model.CondNot {
		return
	}
	switch {
	case cond.Question != nil && c.ev.Facts[cond.Question.Name] == Unknown:
		n.Fact, n.Ground, n.Position = n.Text, c.groundOf(cond.Question), cond.Question.Pos
	case cond.Op == model.CondFact:
		n.Fact, n.Ground = n.Text, "given"
		if n.value == Unknown {
			n.Ground = notGiven
		}
	case n.value == Unknown && c.contested(cond):
		n.Ground = "in doubt"
	case n.value == Unknown && c.ev.Place != "" && c.asksWhere(cond) && c.b.Model.ApartOn(c.ev.Place, c.b.Day) != nil:
		n.Ground = c.apart()
	case n.value == Unknown && c.ev.Place != "" && c.asksWhere(cond) && (c.b.Model.Unplaced(c.ev.Place, c.b.Day) || c.b.Model.Ownerless(c.ev.Place, c.b.Day)):
		n.Ground = "whose land " + c.ev.Place + " was on the day is not entered"
	case n.value == Unknown && c.asksWhere(cond) && c.b.Model.Coastal(c.ev.Place, c.b.Day):
		n.Ground = "geography: " + c.ev.Place + " is in part the territorial sea of the states on its coasts, and which part is not said"
	case n.value == Unknown && c.ev.Place != "" && c.asksWhere(cond):
		n.Ground = "geography: only a part of " + c.ev.Place + " lies there"
	case n.value == Unknown:
		n.Ground = notGiven
	case n.value == No && c.asksWhere(cond) && c.b.Model.ApartOn(c.ev.Place, c.b.Day) != nil:
		n.Ground = c.apart()
	case cond.Op == model.CondWithin:
		n.Ground = c.geography(cond.Area)
	case cond.Op == model.CondWithinOf:
		n.Ground = c.geography(territory(c.state(cond.Terms[0]), cond))
	case cond.Op == model.CondIn:
		n.Ground = c.membership(cond)
	case cond.Op == model.CondAfter:
		n.Ground = "the day asked about"
	case cond.Op == model.CondKnown:
		n.Ground = "as written"
	case cond.Op == model.CondCount:
		n.Ground = "none of " + cond.Set.Words
	default:
		n.Ground = "the event"
	}
}

// contested reports whether a condition about the place asks what is in doubt.
func (c *court) contested(cond *model.Cond) bool {
	if c.ev.Place == "" || cond.Op != model.CondWithin && cond.Op != model.CondWithinOf {
		return false
	}
	if len(c.b.Model.Contests(c.ev.Place)) > 0 {
		return true
	}
	return cond.Op == model.CondWithinOf && cond.About != "" && slices.ContainsFunc(c.b.Model.Instrument(cond.About).Territory, func(t model.Territory) bool { return t.Verb == model.InDoubt })
}

// groundOf says what the answer to a question rests on.
func (c *court) groundOf(q *model.Question) string {
	for _, p := range q.Precedents {
		if c.same(p) {
			return "on record: " + p.By + ", " + p.Day.String()
		}
	}
	switch s := c.read(q); {
	case c.settles(q) != Unknown:
		return "settled by what is known"
	case s != nil:
		return "read as " + s.Name
	case len(q.Readings) == 0:
		return notGiven
	}
	return "in doubt"
}

// asksWhere reports whether a condition asks where the event is.
func (c *court) asksWhere(cond *model.Cond) bool {
	return cond.Op == model.CondWithin || cond.Op == model.CondWithinOf
}

// apart says of a place what it is on the day that it is no state's, and where that
// stands.
func (c *court) apart() string {
	own := c.b.Model.ApartOn(c.ev.Place, c.b.Day)
	return c.ev.Place + " is in no state's territory: " + own.Words(c.b.stateName) + " (" + own.Pos.File.Name + ":" + strconv.Itoa(own.Pos.Line()) + ")"
}

// geography names the lines that say where the place and the area lie.
func (c *court) geography(area string) string {
	var lines []string
	for _, name := range []string{c.ev.Place, area} {
		if a := c.b.Model.Areas[name]; a != nil && !a.Pos.IsZero() {
			lines = append(lines, a.Pos.File.Name+":"+strconv.Itoa(a.Pos.Line()))
		}
	}
	if len(lines) == 0 {
		return "geography"
	}
	return "geography (" + strings.Join(lines, ", ") + ")"
}

// membership names the line that makes a state a member, or the set.
func (c *court) membership(cond *model.Cond) string {
	s, m := c.state(cond.Terms[0]), c.b.Model
	var members []model.Membership
	var words string
	switch set := cond.Set; set.Kind {
	case model.PartySet:
		members, words = m.Instrument(set.Instrument).Parties, "the parties of "+set.Instrument
	case model.GroupSet:
		members, words = m.Groups[set.Group].Members, "the members of "+set.Group
	default:
		return "the list of states"
	}
	for _, ms := range members {
		if ms.State == s && ms.On(c.b.Day) {
			return words + " (" + ms.Pos.File.Name + ":" + strconv.Itoa(ms.Pos.Line()) + ")"
		}
	}
	return words
}
