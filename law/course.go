package law

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/model"
)

// Finding holds what the law of the day makes of a deed, an abstention or a
// departure. docs/language.md defines each.
type Finding string

// The findings.
const (
	FoundInitiator  Finding = "initiator"           // opens a war of its own
	FoundResponse   Finding = "response"            // had been attacked by the other
	FoundBreached   Finding = "breached"            // the deed breaks an article in force
	FoundHonoured   Finding = "honoured"            // does what an article demands
	FoundLate       Finding = "late"                // does so more than LateAfter days after it fell due
	FoundBeyond     Finding = "beyond the letter"   // claims an article that does not demand it
	FoundOwnChoice  Finding = "own choice"          // joins a war that no article obliges it to join
	FoundContested  Finding = "contested"           // readings of the article differ
	FoundOpen       Finding = "open"                // turns on what is not known
	FoundNotOwed    Finding = "not owed"            // stays out, and owes no force
	FoundDenied     Finding = "denied though owed"  // stays out, and owes it
	FoundNotInvoked Finding = "not invoked"         // stays out, owes it, and is not asked
	FoundDeferred   Finding = "deferred"            // stays out, owes it, and comes in later
	FoundExit       Finding = "exit"                // leaves an instrument
	FoundNoExit     Finding = "no exit"             // is said to leave, and is still a party
	FoundFormerAlly Finding = "against former ally" // beside another finding: they were allies when the course began
)

// LateAfter is the days after which a duty that fell due is honoured late, over
// and above the term that the article gives: the time that a government may
// take over a decision is not lateness.
const LateAfter = 3

// agrees maps each word of a record to the findings it agrees with.
var agrees = map[string][]Finding{
	"no treaty":           {FoundOwnChoice},
	"beyond obligation":   {FoundBeyond},
	"not owed by text":    {FoundBeyond},
	"honoured":            {FoundHonoured, FoundLate},
	"honoured in form":    {FoundHonoured, FoundLate},
	"denied":              {FoundNotOwed, FoundDenied, FoundContested},
	"denied as not owed":  {FoundNotOwed},
	"denied as contested": {FoundContested},
}

// Agrees lists the findings that a word of a record agrees with; a word of
// casus agrees with itself.
func Agrees(word string) []Finding {
	if fs, ok := agrees[word]; ok {
		return fs
	}
	return []Finding{Finding(word)}
}

// Agreement is how a finding stands to the record.
type Agreement string

// The values of an Agreement.
const (
	Silent   Agreement = "silent"   // the record says nothing
	Same     Agreement = "same"     // they agree
	Differs  Agreement = "differs"  // they differ, as the case says and explains
	Mismatch Agreement = "mismatch" // they differ, or agree where the case says they differ
)

// Line is one entry of a course, judged.
type Line struct {
	Entry     *model.Entry
	Finding   Finding
	Also      []Finding // what is true beside it
	Articles  []string  // that decide; empty where none does
	Reason    string    // in words
	Trigger   string    // the title of the deed that made it due; empty for none
	Due       data.Day  // since when it was due; zero where nothing was
	Days      int       // from Due to the deed
	Open      []string  // articles that might demand it, and what that turns on
	Agreement Agreement
}

// Found are the finding and what is true beside it.
func (l Line) Found() []Finding { return append([]Finding{l.Finding}, l.Also...) }

// Ledger is the course of a case, judged by the law of each day.
type Ledger struct {
	Model  *model.Model
	Case   *model.Case
	Lines  []Line
	Alone  Closure // from the first deed alone
	Stages []Stage // deed by deed, each with what it made due
}

// JudgeCourse judges the course of a case, which must have one. For each entry
// it asks the law of that day about every deed before it, with the wars then
// in being; then it follows duties of military help alone, without any choice.
func JudgeCourse(m *model.Model, k *model.Case) *Ledger {
	l := &Ledger{Model: m, Case: k}
	a := newAnnals(m, k)
	for i, e := range k.Course.Entries {
		line := a.judge(e, k.Course.Entries[i+1:])
		line.Agreement = line.agreement()
		l.Lines = append(l.Lines, line)
		if e.Kind == model.Deed {
			a.add(act{title: e.Title, spec: e.Event})
		}
	}
	l.Alone = aloneFrom(m, k)
	l.Stages = stagesOf(m, k, l.Lines)
	return l
}

// CheckCourses judges every course of a model and returns what is not as the
// record says, and not said to differ, each at its entry.
func CheckCourses(m *model.Model) source.Problems {
	return sideBySide(m.Cases, func(k *model.Case) source.Problems { return checkCourse(m, k) }).Sort()
}

func checkCourse(m *model.Model, k *model.Case) source.Problems {
	if k.Course == nil {
		return nil
	}
	var out source.Problems
	for _, line := range JudgeCourse(m, k).Lines {
		if line.Agreement == Mismatch {
			out = append(out, source.Problem{Pos: line.Entry.Pos, Len: len([]rune(line.Entry.Title)) + 2, Msg: line.mismatch(), Heading: k.Title})
		}
	}
	return out
}

func (l Line) agreement() Agreement {
	e := l.Entry
	matches := func(word string) bool {
		return slices.ContainsFunc(Agrees(word), func(f Finding) bool { return slices.Contains(l.Found(), f) })
	}
	switch {
	case e.Found == "":
		return Silent
	case e.Differs != "" && !matches(e.Found) && matches(e.Differs):
		return Differs
	case e.Differs == "" && matches(e.Found):
		return Same
	}
	return Mismatch
}

func (l Line) mismatch() string {
	want := "expected " + l.Entry.Found
	if l.Entry.Differs != "" {
		want = "expected " + l.Entry.Differs + ", not " + l.Entry.Found
	}
	return want + ", found " + string(l.Finding) + " (" + l.Reason + ")"
}

// CourseFacts are the facts that a course leaves behind by the end of a day:
// who is at war with whom, who has mobilised, what the case says from then on.
// Wars that are not are left out.
func CourseFacts(m *model.Model, k *model.Case, day data.Day) map[string]Tri {
	a := newAnnals(m, k)
	for _, e := range k.Course.Entries {
		if e.Kind == model.Deed && e.Event.Date <= day {
			a.record(act{title: e.Title, spec: e.Event})
		}
	}
	out := a.facts(day)
	for pair := range a.at {
		out[FactKey("at_war", pair[0], pair[1])] = Yes
	}
	for pair := range a.opened {
		out[FactKey("attacked_by", pair[1], pair[0])] = Yes
	}
	return out
}

// judge finds what an entry was, by the deeds before it; later are the entries
// after it.
func (a *annals) judge(e *model.Entry, later []*model.Entry) Line {
	switch e.Kind {
	case model.Abstention:
		return a.abstention(e, later)
	case model.Departure:
		return a.departure(e)
	}
	return a.deed(e)
}

func (a *annals) deed(e *model.Entry) Line {
	x, t := e.Event.By, e.Event.On
	l := Line{Entry: e, Finding: FoundOwnChoice}
	calls := slices.DeleteFunc(slices.Clone(a.standing(e.Event.Date)), func(d due) bool {
		return d.Debtor != x || !slices.Contains(d.rivals, t) || !a.asksForThis(d, e)
	})
	owed := best(calls, Owed, e)
	breaches, doubtful := a.breaches(e)
	switch {
	case a.opened[[2]string{t, x}]:
		l.Finding, l.Reason = FoundResponse, t+" had opened war on "+x
	case len(breaches) > 0:
		l.Finding, l.Articles = FoundBreached, breaches
		l.Reason = "the deed breaks " + strings.Join(breaches, ", ")
	case owed != nil:
		l.honours(owed)
	case len(e.Claimed) > 0:
		a.overclaimed(&l, calls)
	case a.initiates(e):
		l.Finding, l.Reason = FoundInitiator, t+" had opened no war, and nobody at the side of "+x+" was at war with it"
	default:
		l.Reason = a.freely(e)
	}
	if l.Finding != FoundHonoured && l.Finding != FoundLate && owed != nil {
		l.Also = append(l.Also, FoundHonoured)
	}
	if l.Finding != FoundInitiator && a.initiates(e) && len(e.Claimed) == 0 {
		l.Also = append(l.Also, FoundInitiator)
	}
	if a.formerAlly(e) {
		l.Also = append(l.Also, FoundFormerAlly)
	}
	if l.Finding != FoundContested && l.Finding != FoundOpen {
		l.Open = append(undecided(calls), doubtful...)
	}
	return l
}

// asksForThis reports whether a duty can be done by a deed: war answers one
// that calls for force, a lesser deed one that is claimed for it.
func (a *annals) asksForThis(d due, e *model.Entry) bool {
	if a.opens(e.Event.Kind) {
		return d.Class.Force >= model.MayForce
	}
	return slices.Contains(e.Claimed, d.Article.Address)
}

// best is the duty of a status that a deed answers first: one that is claimed,
// then the one longest due, then the strongest; nil for none.
func best(calls []due, status Status, e *model.Entry) *due {
	var out *due
	claimed := func(d *due) int {
		if slices.Contains(e.Claimed, d.Article.Address) {
			return 0
		}
		return 1
	}
	for i := range calls {
		d := &calls[i]
		if d.Status != status {
			continue
		}
		if out == nil || cmp.Or(cmp.Compare(claimed(d), claimed(out)), cmp.Compare(d.since, out.since), cmp.Compare(out.Class.Strength, d.Class.Strength)) < 0 {
			out = d
		}
	}
	return out
}

func (l *Line) honours(d *due) {
	l.Due, l.Days = d.since, int(l.Entry.Event.Date-d.since)
	l.Finding, l.Articles, l.Trigger = FoundHonoured, d.Because, d.deed
	given := term(d.Manner, d.since)
	if l.Days > given+LateAfter {
		l.Finding = FoundLate
	}
	l.Reason = d.Article.Address + " owed to " + d.Creditor + " since " + d.since.String() + afterWords(d.deed) + ", " + daysWords(l.Days)
	if given > 0 {
		l.Reason += "; the article gives " + finding.Count(given, "day")
	}
}

// term is the days that the words of an article give from the day on which it
// fell due: "within 35 days", "within one month", "by 28 August 1916". Without
// such words it is 0.
func term(manner []string, since data.Day) int {
	for _, m := range manner {
		if _, date, ok := strings.Cut(m, "by "); ok {
			if t, err := time.Parse("2 January 2006", date); err == nil {
				by, err := data.Date(t.Year(), int(t.Month()), t.Day())
				if err == nil {
					return max(0, int(by-since))
				}
			}
		}
		f := strings.Fields(m)
		i := slices.Index(f, "within")
		if i < 0 || i+2 >= len(f) {
			continue
		}
		n, err := strconv.Atoi(f[i+1])
		if j := slices.Index(numerals, f[i+1]); err != nil && j >= 0 {
			n, err = j+1, nil
		}
		if unit := unitDays[strings.TrimSuffix(f[i+2], "s")]; err == nil && n > 0 && n < 1000 && unit > 0 {
			return n * unit
		}
	}
	return 0
}

var (
	numerals = []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	unitDays = map[string]int{"day": 1, "week": 7, "month": 30, "year": 365}
)

func daysWords(n int) string {
	if n == 0 {
		return "the same day"
	}
	return finding.Count(n, "day") + " before"
}

// overclaimed judges a deed whose claimed articles do not oblige to it.
func (a *annals) overclaimed(l *Line, calls []due) {
	mine := slices.DeleteFunc(slices.Clone(calls), func(d due) bool { return !slices.Contains(l.Entry.Claimed, d.Article.Address) })
	l.Finding, l.Articles = FoundBeyond, l.Entry.Claimed
	for _, s := range []struct {
		status  Status
		finding Finding
	}{{Contested, FoundContested}, {Depends, FoundOpen}} {
		if d := best(mine, s.status, l.Entry); d != nil {
			l.Finding, l.Articles, l.Trigger = s.finding, d.Because, d.deed
			l.Reason = undecidedWords(*d)
			return
		}
	}
	l.Reason = a.notOwed(l.Entry)
}

// breaches are the articles that a deed breaks, and in words those that it may
// break, but for what is disputed or not known.
func (a *annals) breaches(e *model.Entry) (sure, doubtful []string) {
	day := e.Event.Date
	for _, ans := range a.book(day).Answers(a.event(e.Event, a.facts(day), a.others(day)), false) {
		if ans.Verb != model.Breaches || ans.Debtor != e.Event.By {
			continue
		}
		switch ans.Status {
		case Breached:
			sure = append(sure, ans.Article.Address)
		case Contested, Depends:
			doubtful = append(doubtful, "the breach of "+ans.Article.Address+" "+why(ans))
		}
	}
	return slices.Compact(sure), slices.Compact(doubtful)
}

// initiates reports whether a deed opens a war of its own: the other had
// opened none, and was at war with nobody who fights a common enemy with it.
func (a *annals) initiates(e *model.Entry) bool {
	x, t := e.Event.By, e.Event.On
	if !a.opens(e.Event.Kind) {
		return false
	}
	for _, s := range a.states {
		if a.opened[[2]string{t, s}] || a.at[[2]string{t, s}] && a.beside(x, s) {
			return false
		}
	}
	return true
}

// beside reports whether two states have a common enemy.
func (a *annals) beside(x, y string) bool {
	return slices.ContainsFunc(a.states, func(s string) bool { return a.at[[2]string{x, s}] && a.at[[2]string{y, s}] })
}

// freely says why a deed without a claim was a choice.
func (a *annals) freely(e *model.Entry) string {
	x := e.Event.By
	s := "no article obliges " + x
	if e.Event.On != "" {
		s += " against " + e.Event.On
	}
	for _, c := range e.Toward {
		if !a.tied(x, c, e.Event.Date) {
			s += "; none ties it to " + c
		}
	}
	return s
}

// tied reports whether an instrument in force has both among its parties and a
// duty that calls for force.
func (a *annals) tied(x, y string, day data.Day) bool {
	b := a.book(day)
	return slices.ContainsFunc(a.m.Instruments, func(in *model.Instrument) bool {
		return b.Party(x, in.ID) && b.Party(y, in.ID) && allied(in)
	})
}

// allied reports whether an instrument owes armed help between its parties,
// whoever is attacked: a guarantee of a third is no alliance.
func allied(in *model.Instrument) bool {
	for _, art := range in.Articles {
		for _, r := range art.Rules {
			for _, t := range r.Thens {
				if t.Verb == model.Owes && t.Class != nil && t.Class.Force == model.MustForce {
					return true
				}
			}
		}
	}
	return false
}

// formerAlly reports whether the two were allies on the day of the case and are
// so no more.
func (a *annals) formerAlly(e *model.Entry) bool {
	x, t := e.Event.By, e.Event.On
	return a.opens(e.Event.Kind) && a.tied(x, t, a.k.Date) && !a.tied(x, t, e.Event.Date)
}

func (a *annals) abstention(e *model.Entry, later []*model.Entry) Line {
	l := Line{Entry: e, Articles: e.Claimed}
	calls := slices.DeleteFunc(slices.Clone(a.standing(e.Event.Date)), func(d due) bool {
		return d.Debtor != e.Event.By || !slices.Contains(e.Claimed, d.Article.Address) || d.Class.Force == model.NoForce ||
			len(e.Toward) > 0 && !slices.Contains(e.Toward, d.Creditor) || e.Event.On != "" && !slices.Contains(d.rivals, e.Event.On)
	})
	owed, contested, open := best(calls, Owed, e), best(calls, Contested, e), best(calls, Depends, e)
	switch {
	case owed != nil:
		l.honours(owed)
		l.Finding = FoundDenied
		if e.Waived {
			l.Finding = FoundNotInvoked
		} else if came := comesIn(e, owed, later); came != nil {
			l.Finding = FoundDeferred
			l.Reason += "; it acts on " + came.Event.Date.String()
		}
	case contested != nil:
		l.Finding, l.Articles, l.Trigger, l.Reason = FoundContested, contested.Because, contested.deed, undecidedWords(*contested)
	case open != nil:
		l.Finding, l.Articles, l.Trigger, l.Reason = FoundOpen, open.Because, open.deed, undecidedWords(*open)
	default:
		l.Finding, l.Reason = FoundNotOwed, a.notOwed(e)
	}
	return l
}

// comesIn is the later deed by which a state does what it owed when it stayed
// out; nil for none.
func comesIn(e *model.Entry, owed *due, later []*model.Entry) *model.Entry {
	for _, x := range later {
		if x.Kind == model.Deed && x.Event.By == e.Event.By && slices.Contains(owed.rivals, x.Event.On) {
			return x
		}
	}
	return nil
}

// departure finds whether a state that is said to leave was a party, and is no
// more from the next day.
func (a *annals) departure(e *model.Entry) Line {
	x, in, day := e.Event.By, e.Leaves, e.Event.Date
	l := Line{Entry: e, Finding: FoundExit, Articles: []string{in}, Reason: x + " was a party of " + in + " the day before, and is none the day after"}
	switch {
	case !a.book(day-1).Party(x, in):
		l.Finding, l.Reason = FoundNoExit, x+" was no party of "+in+" the day before"
	case a.book(day+1).Party(x, in):
		l.Finding, l.Reason = FoundNoExit, x+" is a party of "+in+" the day after"
	}
	return l
}

// notOwed says of each article claimed why it does not oblige.
func (a *annals) notOwed(e *model.Entry) string {
	var out []string
	for _, address := range e.Claimed {
		out = append(out, address+" "+a.whyNot(address, e))
	}
	return strings.Join(out, "; ")
}

func (a *annals) whyNot(address string, e *model.Entry) string {
	art, day := a.m.Article(address), e.Event.Date
	in := art.Instrument
	book := a.book(day)
	if f := book.force[in.ID]; !f.in {
		return "is not in force: " + f.why
	}
	said := ""
	for _, d := range a.standing(day) {
		if d.Debtor != e.Event.By || d.Article.Address != address || e.Event.On != "" && !slices.Contains(d.rivals, e.Event.On) {
			continue
		}
		switch {
		case d.Status == Owed && d.Class.Force == model.NoForce:
			return "owes " + d.Creditor + " no force, only to " + d.Class.Title
		case d.Status == Owed:
			said = "is owed to " + d.Creditor + " against " + strings.Join(d.rivals, ", ") + " only"
		case said == "":
			said = "is not owed to " + d.Creditor + ": " + strings.TrimPrefix(d.Why, "not met: ") + ifWords(strings.HasPrefix(d.Why, "not met: "), " is not so")
		}
	}
	if said != "" {
		return said
	}
	if len(art.Rules) == 0 {
		return "says nothing of war or help in it"
	}
	var when []string
	for _, r := range art.Rules {
		if w := opening(r.When); !slices.Contains(when, w) {
			when = append(when, w)
		}
	}
	return "asks for " + strings.Join(when, " or ") + "; there had been none"
}

// opening is the head of a rule: its event and its first condition.
func opening(when string) string {
	parts := strings.SplitAfterN(when, ", ", 3)
	if len(parts) < 3 {
		return when
	}
	return parts[0] + strings.TrimSuffix(parts[1], ", ") + ", …"
}

func ifWords(is bool, s string) string {
	if is {
		return s
	}
	return ""
}

// undecided are the duties that might call for a deed, but for what is
// disputed or not known.
func undecided(calls []due) []string {
	var out []string
	for _, d := range calls {
		if d.Status == Contested || d.Status == Depends {
			if s := undecidedWords(d); !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

func undecidedWords(d due) string {
	return d.Article.Address + " toward " + d.Creditor + afterWords(d.deed) + " " + why(d.Answer)
}

// afterWords names the deed that a duty answers to, in brackets.
func afterWords(deed string) string {
	if deed == "" {
		return ""
	}
	return " (" + deed + ")"
}

// why is the reason of an answer in a few words.
func why(ans Answer) string {
	if ans.Status != Depends {
		return "is contested: " + ans.Why
	}
	if len(ans.Deciders()) == 0 {
		return "turns on what is not known: " + ans.Why
	}
	var ways []string
	for _, d := range ans.Deciders() {
		ways = append(ways, d.Then+" if "+strings.Join(d.Facts, " and "))
	}
	return "is " + strings.Join(ways, ", ")
}
