package model

import (
	"slices"
	"strconv"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// instrumentKinds are the kinds of instrument; true marks those that bind only
// politically.
var instrumentKinds = map[string]bool{
	"treaty": false, "convention": false, "agreement": false, "statute": false, "constitution": false, "armistice": false, "order": false, "resolution": false, "custom": false,
	"declaration": true, "memorandum": true, "statement": true, "doctrine": true, "exchange": true,
	"draft": true, "offer": true,
}

// instrument reads `instrument NAT "North Atlantic Treaty" [like X] { … }`.
func (l *loader) instrument(c *syntax.Cursor) {
	t, ok := c.Name("the short name of an instrument")
	if !ok || !l.declare(c, "name", t, t.Text) {
		return
	}
	in := &Instrument{ID: t.Text, Title: c.OptString(), Pos: t.Pos, Kind: "treaty"}
	l.m.Instruments = append(l.m.Instruments, in)
	l.m.instruments[in.ID] = in
	if c.Word("like") {
		if form, ok := c.Name("the instrument whose articles it takes over"); ok {
			l.likes[in] = &like{c: c, form: form}
		}
	}
	readers := l.citing(&in.Cite)
	readers["kind"] = func(c *syntax.Cursor) { l.instrumentKind(c, in) }
	readers["political"] = func(c *syntax.Cursor) { in.Political, in.meant = true, true }
	readers["binding"] = func(c *syntax.Cursor) { in.Political = false }
	readers["signed"] = func(c *syntax.Cursor) {
		in.Signed, in.HasSigned = l.day(c, "the day of signature")
		in.SignedAt = c.OptString()
	}
	readers["series"] = func(c *syntax.Cursor) {
		in.Series = text(c)
		in.SeriesUnseen = c.Word("memory")
	}
	readers["in"] = func(c *syntax.Cursor) { l.inForce(c, in) }
	readers["ended"] = func(c *syntax.Cursor) {
		in.Ended, in.HasEnded = l.day(c, "the day it ended")
		in.EndedWhy = c.OptString()
	}
	readers["text"] = func(c *syntax.Cursor) { in.Unpublished = c.Expect("unpublished") }
	readers["active"] = func(c *syntax.Cursor) { in.Active = l.activation(c, in) }
	readers["exit"] = func(c *syntax.Cursor) { in.Exit = text(c) }
	readers["party"] = func(c *syntax.Cursor) { in.Parties = append(in.Parties, l.members(c, in.ID)...) }
	readers["territory"] = func(c *syntax.Cursor) { l.territoryLine(c, in) }
	readers["suspend"] = func(c *syntax.Cursor) { l.suspension(c, in) }
	readers["article"] = func(c *syntax.Cursor) { l.article(c, in) }
	readers["example"] = func(c *syntax.Cursor) { l.example(c) }
	l.lines(c.Stmt, readers)
	c.End()
	l.once(c.Stmt, "kind", "signed", "in", "ended", "exit", "active", "status", "series", "binding", "political")
	if at := lineOf(c.Stmt, "political"); at != nil && says(c.Stmt, "binding") {
		l.fail(at.Head[0], at, in.ID+" cannot be binding and political", "leave one out")
	}
	l.datesInOrder(c, in, t)
}

// once reports lines that say again what can be said once.
func (l *loader) once(s *syntax.Stmt, words ...string) {
	first := map[string]*syntax.Stmt{}
	for _, line := range s.Body {
		word := line.Word()
		if !contains(words, word) {
			continue
		}
		if first[word] == nil {
			first[word] = line
			continue
		}
		name := map[string]string{"in": "in force"}[word]
		if name == "" {
			name = word
		}
		l.fail(line.Head[0], line, name+" is given twice", "first at "+first[word].Pos().String())
	}
}

func (l *loader) datesInOrder(c *syntax.Cursor, in *Instrument, t syntax.Token) {
	if in.HasSigned && in.HasInForce && in.InForce < in.Signed {
		l.fail(t, c.Stmt, in.ID+" is in force before it is signed", "")
	}
	if in.HasInForce && in.HasEnded && in.Ended <= in.InForce {
		l.fail(t, c.Stmt, in.ID+" ends before it is in force", "")
	}
}

// lineOf is the first line of a block that begins with a word; nil where none does.
func lineOf(s *syntax.Stmt, word string) *syntax.Stmt {
	i := slices.IndexFunc(s.Body, func(line *syntax.Stmt) bool { return line.Word() == word })
	if i < 0 {
		return nil
	}
	return s.Body[i]
}

func text(c *syntax.Cursor) string {
	t, ok := c.String("a text in quotes")
	if ok && strings.TrimSpace(t.Value) == "" {
		c.Fail(t, "a text without words", "say it, or leave the line out")
	}
	return t.Value
}

// citing are the readers every cited thing has.
func (l *loader) citing(cite *Cite) map[string]func(*syntax.Cursor) {
	return map[string]func(*syntax.Cursor){
		"source": func(c *syntax.Cursor) { cite.Sources = append(cite.Sources, l.sourceIDs(c)...) },
		"status": func(c *syntax.Cursor) {
			cite.Status = statusWords(c)
			if s := c.OptString(); s != "" {
				cite.Notes = append(cite.Notes, s)
			}
		},
		"note": func(c *syntax.Cursor) { cite.Notes = append(cite.Notes, text(c)) },
	}
}

// statusWords reads how sure a thing is.
func statusWords(c *syntax.Cursor) string {
	at := c.Peek()
	for _, words := range [][]string{{"verified"}, {"partly", "verified"}, {"low", "grade"}, {"memory"}} {
		if c.Word(words...) {
			return strings.Join(words, " ")
		}
	}
	c.Fail(at, "status is verified, partly verified, low grade or memory", "")
	return ""
}

func (l *loader) instrumentKind(c *syntax.Cursor, in *Instrument) {
	if t := c.Next(); l.isInstrumentKind(c, t) {
		in.Kind, in.Political = t.Text, instrumentKinds[t.Text]
	}
}

func (l *loader) isInstrumentKind(c *syntax.Cursor, t syntax.Token) bool {
	_, known := instrumentKinds[t.Text]
	switch {
	case t.Kind == syntax.EOF:
		c.Fail(t, "expected the kind of the instrument, but the line ends", "kind treaty")
	case !known:
		c.Fail(t, "unknown kind of instrument "+strconv.Quote(t.Text), near(l, t.Text, instrumentKinds))
	}
	return known
}

func (l *loader) inForce(c *syntax.Cursor, in *Instrument) {
	c.Expect("force")
	if c.Word("assumed") {
		in.Assumed = text(c)
		if in.HasSigned {
			in.InForce, in.HasInForce = in.Signed, true
			return
		}
		c.Fail(c.Peek(), "an assumed entry into force needs the day of signature before it", "")
		return
	}
	in.InForce, in.HasInForce = l.day(c, "the day of entry into force")
	if c.Word("assumed") {
		in.Assumed = text(c)
	}
}

func (l *loader) activation(c *syntax.Cursor, in *Instrument) *Cond {
	c.Expect("when")
	return l.cond(c, in, nil)
}

func (l *loader) suspension(c *syntax.Cursor, in *Instrument) {
	t, _ := c.Name("a state")
	c.Expect("toward")
	u, _ := c.Name("a state")
	s := Suspension{By: t.Text, Toward: u.Text, Pos: t.Pos}
	c.Expect("from")
	s.From, _ = l.day(c, "the first day")
	if c.Word("until") {
		s.Until, s.HasUntil = l.day(c, "the day it ended")
	}
	if !c.Failed() {
		l.state(t, c.Stmt)
		l.state(u, c.Stmt)
		in.Suspensions = append(in.Suspensions, s)
	}
}

// like is an instrument's debt to its model form; forms may have forms.
type like struct {
	c          *syntax.Cursor
	form       syntax.Token
	open, done bool
}

// settle takes over the articles of an instrument's form, once, whatever the
// order of the files.
func (l *loader) settle(in *Instrument) {
	k := l.likes[in]
	if k == nil || k.done {
		return
	}
	if k.open {
		k.done = true
		l.fail(k.form, k.c.Stmt, in.ID+" would take over its own articles", "")
		return
	}
	k.open = true
	l.takeOver(k.c, in, k.form)
	k.done = true
}

// takeOver copies the articles of a model form ("the 30 agreements").
func (l *loader) takeOver(c *syntax.Cursor, in *Instrument, form syntax.Token) {
	from := l.m.instruments[form.Text]
	if from != nil {
		l.settle(from)
	} else {
		l.fail(form, c.Stmt, "unknown instrument "+strconv.Quote(form.Text), near(l, form.Text, l.m.instruments))
		return
	}
	for _, a := range from.Articles {
		b := *a
		b.Address, b.Instrument = in.ID+"."+a.Number, in
		if l.m.articles[b.Address] != nil {
			continue // its own article of that number stands
		}
		b.Active = rebindCond(a.Active, from.ID, in.ID)
		b.Consistent = rebindPrecedences(a.Consistent, from.ID, in.ID)
		b.Prevails, b.Yields = rebindPrecedences(a.Prevails, from.ID, in.ID), rebindPrecedences(a.Yields, from.ID, in.ID)
		b.Rules = append([]Rule(nil), a.Rules...)
		for i := range b.Rules {
			b.Rules[i].Cond = rebindCond(b.Rules[i].Cond, from.ID, in.ID)
			b.Rules[i].Thens = append([]Then(nil), b.Rules[i].Thens...)
			for j := range b.Rules[i].Thens {
				rebind(&b.Rules[i].Thens[j].Debtors, from.ID, in.ID)
			}
		}
		b.Exceptions = rebindExceptions(a.Exceptions, &b, from.ID, in.ID)
		b.Readings = append([]Reading(nil), a.Readings...)
		for i := range b.Readings {
			b.Readings[i].Except = rebindExceptions(b.Readings[i].Except, &b, from.ID, in.ID)
		}
		in.Articles = append(in.Articles, &b)
		l.m.articles[b.Address] = &b
	}
	if in.Territory == nil {
		in.Territory = from.Territory
	}
}

func cutInstrument(address, id string) (string, bool) {
	if len(address) > len(id)+1 && address[:len(id)] == id && address[len(id)] == '.' {
		return address[len(id)+1:], true
	}
	return "", false
}

// article reads `article 5 "Collective defence" { … }`.
func (l *loader) article(c *syntax.Cursor, in *Instrument) {
	t := c.Next()
	if t.Kind != syntax.Number && t.Kind != syntax.Name {
		c.Fail(t, "expected the number of the article", "")
		return
	}
	a := &Article{Address: in.ID + "." + t.Text, Number: t.Text, Title: c.OptString(), Instrument: in, Pos: t.Pos}
	if !l.declare(c, "article", t, a.Address) {
		return
	}
	in.Articles = append(in.Articles, a)
	l.m.articles[a.Address] = a
	readers := l.citing(&a.Cite)
	readers["text"] = func(c *syntax.Cursor) {
		if a.Unpublished = c.Word("unpublished"); !a.Unpublished {
			a.Texts = append(a.Texts, text(c))
		}
	}
	readers["from"] = func(c *syntax.Cursor) { a.From, a.HasFrom = l.day(c, "the first day") }
	readers["until"] = func(c *syntax.Cursor) { a.Until, a.HasUntil = l.day(c, "the day it ended") }
	readers["active"] = func(c *syntax.Cursor) { a.Active = l.activation(c, in) }
	readers["when"] = func(c *syntax.Cursor) { l.when(c, a) }
	readers["then"] = func(c *syntax.Cursor) { l.then(c, a) }
	readers["except"] = func(c *syntax.Cursor) { l.exception(c, a, false) }
	readers["extend"] = func(c *syntax.Cursor) { l.exception(c, a, true) }
	readers["reading"] = func(c *syntax.Cursor) { l.reading(c, a) }
	readers["precedent"] = func(c *syntax.Cursor) {
		if q := l.aboutQuestion(c); q != nil {
			l.precedent(c, q).Under = []string{in.ID}
		}
	}
	readers["qualify"] = func(c *syntax.Cursor) { l.qualify(c, a) }
	readers["provides"] = func(c *syntax.Cursor) { l.provision(c, a) }
	readers["prevails"] = func(c *syntax.Cursor) { a.Prevails = append(a.Prevails, l.precedence(c, a, "over")) }
	readers["consistent"] = func(c *syntax.Cursor) { a.Consistent = append(a.Consistent, l.precedence(c, a, "with")) }
	readers["yields"] = func(c *syntax.Cursor) { a.Yields = append(a.Yields, l.precedence(c, a, "to")) }
	readers["example"] = func(c *syntax.Cursor) { l.example(c) }
	l.lines(c.Stmt, readers)
	c.End()
	l.once(c.Stmt, "from", "until", "active", "status")
	a.hasRule = says(c.Stmt, "when", "then")
	if !says(c.Stmt, "when", "then", "except", "extend", "provides", "prevails", "yields", "consistent") && !a.Unpublished && !in.Unpublished {
		l.fail(t, c.Stmt, "article "+a.Number+" has no duty", "say when … then … owes …, except …, or provides CLASS")
	}
	for _, r := range a.Rules {
		if len(r.Thens) == 0 && !r.broken {
			l.problems.Add(source.Problem{Pos: r.Position, Len: 4, Msg: "a when without a then", Hint: "say who owes what", Heading: c.Stmt.Heading()})
		}
	}
}

// says reports whether a block has a line that begins with one of the words.
func says(s *syntax.Stmt, words ...string) bool {
	for _, line := range s.Body {
		if contains(words, line.Word()) {
			return true
		}
	}
	return false
}

// when reads `when armed attack on P by A, condition, condition`.
func (l *loader) when(c *syntax.Cursor, a *Article) {
	r := Rule{When: wordsLeft(c), Position: c.Stmt.Pos()}
	always := c.Peek().Is("always")
	if !always {
		r.Kind, _ = l.kindOfEvent(c)
	}
	vars := []string{}
	for !c.Done() && !c.Failed() && !always {
		switch {
		case c.Word("on"):
			r.On = l.party(c, &vars)
			continue
		case c.Word("by"):
			r.By = l.party(c, &vars)
			continue
		}
		break
	}
	c.Word("always")
	var conds []*Cond
	for !c.Failed() && (c.Take(",") || c.Word("and")) {
		if cond := l.cond(c, a.Instrument, vars); cond != nil {
			conds = append(conds, cond)
		} else {
			r.partial = true
		}
	}
	r.broken = !c.End() || r.Kind == "" && !always
	r.Cond = allOf(conds)
	a.Rules = append(a.Rules, r)
}

func found(t syntax.Token) string {
	if t.Kind == syntax.EOF {
		return ", but the line ends"
	}
	return ", found " + t.Text
}

func allOf(conds []*Cond) *Cond {
	switch len(conds) {
	case 0:
		return nil
	case 1:
		return conds[0]
	}
	words := make([]string, len(conds))
	for i, c := range conds {
		words[i] = c.Words
	}
	return &Cond{Op: CondAnd, Args: conds, Words: strings.Join(words, " and "), Pos: conds[0].Pos}
}

func wordsLeft(c *syntax.Cursor) string {
	var out strings.Builder
	for i, last := 0, (syntax.Token{}); ; i++ {
		t := c.PeekAt(i)
		if t.Kind == syntax.EOF {
			return out.String()
		}
		if i > 0 && t.Pos.Offset > last.End() {
			out.WriteString(" ")
		}
		out.WriteString(t.Text)
		last = t
	}
}

// eventWords takes the longest declared kind of event the next words spell.
// Vocabulary is loaded before instruments, so kinds are known here.
func (l *loader) eventWords(c *syntax.Cursor) (string, syntax.Token) {
	at := c.Peek()
	best, length := "", 0
	name := ""
	for i := 0; i < l.m.kindWords && c.PeekAt(i).Kind == syntax.Name; i++ {
		if i > 0 {
			name += " "
		}
		name += c.PeekAt(i).Text
		if l.m.Events[name] != nil {
			best, length = name, i+1
		}
	}
	for range length {
		c.Next()
	}
	return best, at
}

// kindHint is the declared kind of event nearest to the next words or, where
// none is near, all there are.
func (l *loader) kindHint(c *syntax.Cursor) string {
	name := ""
	for i := 0; c.PeekAt(i).Kind == syntax.Name && i < 4; i++ {
		if name != "" {
			name += " "
		}
		name += c.PeekAt(i).Text
		if hint := near(l, name, l.m.Events); hint != "" {
			return hint
		}
	}
	if name == "" {
		return ""
	}
	return "the kinds are " + l.allKinds()
}

// party reads who is attacked or attacks: a variable (one or two capitals), a
// state, or anyone.
func (l *loader) party(c *syntax.Cursor, vars *[]string) Term {
	t, ok := c.Name("a state or a letter for one")
	if !ok {
		return Term{}
	}
	if isVariable(t.Text) {
		*vars = append(*vars, t.Text)
		return Term{Kind: Variable, Name: t.Text}
	}
	if t.Text == "anyone" {
		return Term{Kind: Anyone}
	}
	l.stateElse(t, c.Stmt, letterHint(t))
	return Term{Kind: Literal, Name: t.Text}
}

// isVariable: a single capital letter.
func isVariable(s string) bool { return len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z' }

// then reads `then every other party owes P CLASS, each decides`.
func (l *loader) then(c *syntax.Cursor, a *Article) {
	if len(a.Rules) == 0 {
		c.Fail(c.Stmt.Head[0], "a then before any when", "")
		return
	}
	t := Then{Pos: c.Stmt.Pos()}
	t.Debtors, t.Other = l.debtors(c, a.Instrument)
	switch {
	case c.Word("owes"), c.Word("owe"):
		t.Verb = Owes
		t.Creditor = l.creditor(c)
		t.Class = l.class(c)
		if c.Word("against") {
			t.Enemy = l.creditor(c)
		}
	case c.Word("may", "aid"):
		t.Verb = May
		t.Creditor = l.creditor(c)
		t.Class = l.m.Duties["RIGHT"]
	case c.Word("reserves"), c.Word("reserve"):
		t.Verb = Reserves
		t.Class = l.class(c)
		if c.Expect("against") {
			t.Creditor = l.creditor(c)
		}
	case c.Word("breaches"), c.Word("breach"):
		t.Verb = Breaches
		t.Class = l.class(c)
	default:
		c.Fail(c.Peek(), "expected owes, may aid, reserves or breaches"+found(c.Peek()), "")
	}
	for c.Take(",") {
		t.Manner = append(t.Manner, manner(c))
	}
	r := &a.Rules[len(a.Rules)-1]
	if c.Failed() || t.Class == nil {
		r.broken = true
		return
	}
	r.Thens = append(r.Thens, t)
}

// manner reads words up to the next comma, apart where they were written apart.
func manner(c *syntax.Cursor) string {
	var words strings.Builder
	for end := 0; !c.Done() && !c.Peek().Is(","); {
		t := c.Next()
		if words.Len() > 0 && t.Pos.Offset > end {
			words.WriteString(" ")
		}
		words.WriteString(t.Value)
		end = t.End()
	}
	return words.String()
}

func (l *loader) class(c *syntax.Cursor) *Duty {
	t, ok := c.Name("a class of duty")
	if !ok {
		return nil
	}
	d := l.m.Duties[t.Text]
	if d == nil {
		l.fail(t, c.Stmt, "unknown class of duty "+strconv.Quote(t.Text), near(l, t.Text, l.m.Duties))
	}
	return d
}

// debtors reads `every [other] party|state|GROUP`, or a list of states, or a
// variable.
func (l *loader) debtors(c *syntax.Cursor, in *Instrument) (Set, bool) {
	if c.Word("every") {
		other := c.Word("other")
		return l.set(c, in), other
	}
	return l.set(c, in), false
}

// set reads a set of states: party, state, a group, a list of states.
func (l *loader) set(c *syntax.Cursor, in *Instrument) Set {
	t := c.Peek()
	switch {
	case c.Word("party"), c.Word("parties"):
		return Set{Kind: PartySet, Instrument: in.ID, Words: "party"}
	case c.Word("state"), c.Word("states"):
		return Set{Kind: AllStates, Words: "state"}
	}
	names := c.Names("a set of states")
	if len(names) == 0 {
		return Set{}
	}
	if len(names) == 1 && isVariable(t.Text) {
		return Set{Kind: ListSet, List: []string{t.Text}, Words: t.Text}
	}
	if g := l.m.Groups[names[0].Text]; g != nil && len(names) == 1 {
		return Set{Kind: GroupSet, Group: g.Name, Words: g.Name}
	}
	s := Set{Kind: ListSet}
	for _, n := range names {
		l.stateOr(n, c.Stmt, l.setsOfStates(in)...)
		s.List = append(s.List, n.Text)
	}
	s.Words = strings.Join(s.List, ", ")
	return s
}

func (l *loader) creditor(c *syntax.Cursor) Term {
	t, ok := c.Name("to whom")
	if !ok {
		return Term{}
	}
	switch {
	case t.Text == "victim":
		return Term{Kind: Victim}
	case t.Text == "attacker":
		return Term{Kind: Attacker}
	case isVariable(t.Text):
		return Term{Kind: Variable, Name: t.Text}
	}
	l.state(t, c.Stmt)
	return Term{Kind: Literal, Name: t.Text}
}

// exception reads `except ADDRESS [rule N] [for STATES] when COND[, over
// ADDRESS][, contested with ADDRESS][, gloss "…"]`; `except when` inside an
// article or a reading defeats its own rule.
func (l *loader) exception(c *syntax.Cursor, a *Article, extends bool) {
	if e, ok := l.oneException(c, a, extends); ok {
		e.Number = strconv.Itoa(len(a.Exceptions) + 1)
		a.Exceptions = append(a.Exceptions, e)
	}
}

func (l *loader) oneException(c *syntax.Cursor, a *Article, extends bool) (Exception, bool) {
	e := Exception{Target: a.Address, Extends: extends, Article: a, Pos: c.Stmt.Pos()}
	if !c.Peek().Is("when") && !c.Peek().Is("always") && !c.Peek().Is("for") && !(c.Peek().Is("rule") && c.PeekAt(1).Kind == syntax.Number) {
		e.Target = l.address(c, a.Instrument)
	}
	if c.Word("rule") {
		l.ruleNumber(c, &e)
	}
	if c.Word("for") {
		if c.Peek().Is("when") {
			c.Fail(c.Peek(), "expected the states for whom the exception is made, found when", "")
			return e, false
		}
		set := l.set(c, a.Instrument)
		e.For = &set
	}
	e.Words, _, _ = strings.Cut(wordsLeft(c), ", gloss ")
	if !c.Word("always") {
		c.Expect("when")
		e.Cond = l.cond(c, a.Instrument, nil)
	}
	for c.Take(",") {
		switch {
		case c.Word("over"):
			e.Over = append(e.Over, l.address(c, a.Instrument))
		case c.Word("contested", "with"):
			e.Contested = append(e.Contested, l.address(c, a.Instrument))
		case c.Word("gloss"):
			e.Gloss = text(c)
		default:
			c.Fail(c.Peek(), "expected over, contested with or gloss"+found(c.Peek()), "")
		}
	}
	return e, c.End()
}

// ruleNumber reads which rule of its article an exception is from.
func (l *loader) ruleNumber(c *syntax.Cursor, e *Exception) {
	t := c.Next()
	n, err := strconv.Atoi(t.Text)
	if err != nil || n < 1 {
		c.Fail(t, "expected the number of a rule, from 1"+found(t), "")
		return
	}
	e.Rule = n
	target := e.Target
	l.later = append(l.later, func() {
		if a := l.m.articles[target]; a != nil && len(a.Rules) < n {
			l.fail(t, c.Stmt, "article "+a.Number+" has "+finding.Count(len(a.Rules), "rule")+", not "+strconv.Itoa(n), "")
		}
	})
}

// address reads an article: 5 in its own instrument, or NAT.5.
func (l *loader) address(c *syntax.Cursor, in *Instrument) string {
	t := c.Next()
	if t.Kind != syntax.Number && t.Kind != syntax.Name {
		c.Fail(t, "expected an article", "such as 5 or NAT.5")
		return ""
	}
	address := t.Text
	l.later = append(l.later, func() {
		if l.m.articles[address] == nil && (in == nil || l.m.articles[in.ID+"."+address] == nil) {
			l.fail(t, c.Stmt, "unknown article "+strconv.Quote(t.Text), l.articleHint(t.Text, in))
		}
	})
	if in != nil && (t.Kind == syntax.Number || !hasDot(address)) {
		return in.ID + "." + address
	}
	return address
}

func hasDot(s string) bool {
	for i := range len(s) {
		if s[i] == '.' {
			return true
		}
	}
	return false
}

func (l *loader) articleHint(word string, in *Instrument) string {
	var known []string
	if in != nil && !hasDot(word) {
		for _, a := range in.Articles {
			if len(word) > 1 && len(a.Number) < len(word) && word[:len(a.Number)] == a.Number {
				return "did you mean " + a.Number + "?"
			}
			known = append(known, a.Number)
		}
	} else {
		known = keys(l.m.articles)
	}
	return source.DidYouMean(word, known)
}

func (l *loader) reading(c *syntax.Cursor, a *Article) {
	if c.Peek().Is("of") && c.PeekAt(1).Kind == syntax.Name {
		c.Next()
		if q := l.aboutQuestion(c); q != nil {
			if s := l.stance(c, q, nil); s != nil {
				s.Under = []string{a.Instrument.ID}
			}
		}
		return
	}
	t, ok := c.Name("the name of a reading")
	if !ok {
		return
	}
	r := Reading{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	l.lines(c.Stmt, map[string]func(*syntax.Cursor){
		"by": func(c *syntax.Cursor) { r.By = text(c) },
		"except": func(c *syntax.Cursor) {
			if e, ok := l.oneException(c, a, false); ok {
				e.Number = r.Name + "." + strconv.Itoa(len(r.Except)+1)
				r.Except = append(r.Except, e)
			}
		},
	})
	for _, other := range a.Readings {
		if other.Name == r.Name {
			c.Fail(t, "reading "+r.Name+" is given twice", "")
			return
		}
	}
	a.Readings = append(a.Readings, r)
}

// qualify reads `qualify ITA, JPN "how" [from DATE] [until DATE]`.
func (l *loader) qualify(c *syntax.Cursor, a *Article) {
	q := Qualified{Pos: c.Stmt.Pos()}
	for _, n := range c.Names("a state") {
		l.state(n, c.Stmt)
		q.States = append(q.States, n.Text)
	}
	q.Title = text(c)
	if c.Word("from") {
		q.From, q.HasFrom = l.day(c, "the first day")
	}
	if c.Word("until") {
		q.Until, q.HasUntil = l.day(c, "the day it ended")
	}
	if q.HasFrom && q.HasUntil && q.Until <= q.From {
		l.fail(c.Stmt.Head[0], c.Stmt, "the qualification ends before it begins", "")
	}
	a.Qualified = append(a.Qualified, q)
}

func (l *loader) provision(c *syntax.Cursor, a *Article) {
	p := Provision{Class: l.class(c)}
	if c.Word("about") {
		p.About = l.address(c, nil)
	}
	p.Title = c.OptString()
	a.Provides = append(a.Provides, p)
}

// rebind makes a set of the form's parties one of the copy's.
func rebind(s *Set, from, to string) {
	if s.Kind == PartySet && s.Instrument == from {
		s.Instrument = to
	}
}

// rebindExceptions copies the exceptions of one instrument's article for the
// same article of another.
func rebindExceptions(es []Exception, a *Article, from, to string) []Exception {
	out := append([]Exception(nil), es...)
	for i := range out {
		e := &out[i]
		e.Article, e.Cond, e.Target = a, rebindCond(e.Cond, from, to), rebindAddress(e.Target, from, to)
		if e.For != nil {
			set := *e.For
			rebind(&set, from, to)
			e.For = &set
		}
		e.Over, e.Contested = append([]string(nil), e.Over...), append([]string(nil), e.Contested...)
		for j := range e.Over {
			e.Over[j] = rebindAddress(e.Over[j], from, to)
		}
		for j := range e.Contested {
			e.Contested[j] = rebindAddress(e.Contested[j], from, to)
		}
	}
	return out
}

func rebindAddress(address, from, to string) string {
	if own, ok := cutInstrument(address, from); ok {
		return to + "." + own
	}
	return address
}

func rebindCond(c *Cond, from, to string) *Cond {
	if c == nil {
		return nil
	}
	d := *c
	rebind(&d.Set, from, to)
	if d.About == from {
		d.About = to
	}
	d.Args = append([]*Cond(nil), c.Args...)
	for i, x := range d.Args {
		d.Args[i] = rebindCond(x, from, to)
	}
	return &d
}
