package counsel

import (
	"slices"

	"casus/data"
	"casus/finding"
	"casus/law"
	"casus/model"
)

// Course is the course of a case as law finds it, beside what the record says.
// Its JSON form is versioned and complete, and no list in it is null.
type Course struct {
	finding.Head
	Question string            `json:"question"`
	Course   string            `json:"course"`
	Entries  []CourseEntry     `json:"entries"`
	Count    CourseCount       `json:"count"`
	Alone    CourseClosure     `json:"alone"` // what duties alone lead to from the first deed
	Steps    []CourseStep      `json:"steps"` // the deeds, each with what it made due
	Sources  []finding.Source  `json:"sources"`
	Names    map[string]string `json:"-"` // what states were called when they first appear, by id
}

// CourseEntry is one entry, judged.
type CourseEntry struct {
	Date      string   `json:"date"`
	Kind      string   `json:"kind"` // deed, abstention, departure
	Title     string   `json:"title"`
	Event     string   `json:"event"` // of a deed: declaration of war
	By        string   `json:"by"`
	On        string   `json:"on"` // empty where it is against nobody
	War       bool     `json:"war"`
	Claimed   []string `json:"claimed"`
	Toward    []string `json:"toward"`
	Waived    bool     `json:"waived"`
	Finding   string   `json:"finding"`
	Also      []string `json:"also"`
	Articles  []string `json:"articles"` // that decide
	Reason    string   `json:"reason"`
	Trigger   string   `json:"trigger"` // the title of the deed that made it due
	Due       string   `json:"due"`     // since when; empty where nothing was due
	Days      int      `json:"days"`    // from due to the entry
	Open      []string `json:"open"`
	Record    string   `json:"record"`    // what the record says; empty where it says nothing
	Words     string   `json:"words"`     // in its own words
	Agreement string   `json:"agreement"` // same, differs, mismatch, silent
	Because   string   `json:"because"`   // why they differ, where the case says so
	Sources   []string `json:"sources"`
	Status    string   `json:"status"`
	Notes     []string `json:"notes"`
}

// CourseCount counts the entries by how they stand to the record.
type CourseCount struct {
	Entries  int `json:"entries"`
	Same     int `json:"same"`
	Differs  int `json:"differs"`
	Mismatch int `json:"mismatch"`
	Silent   int `json:"silent"`
}

// CourseClosure is where duties alone lead.
type CourseClosure struct {
	Bound []CourseEntrance `json:"bound"` // military help is owed
	May   []CourseEntrance `json:"may"`   // help is owed that may be short of force
	Open  []CourseEntrance `json:"open"`  // disputed, or not known
}

// CourseEntrance is a war that a duty asks of a state.
type CourseEntrance struct {
	State   string `json:"state"`
	Against string `json:"against"`
	For     string `json:"for"`
	Article string `json:"article"`
	Class   string `json:"class"`
	Status  string `json:"status"`
	Why     string `json:"why"`
	Due     string `json:"due"` // since when; empty where it is not owed
	Trigger string `json:"trigger"`
}

// CourseStep is a deed and what it made due.
type CourseStep struct {
	Date    string           `json:"date"`
	Title   string           `json:"title"`
	By      string           `json:"by"`
	On      string           `json:"on"`
	War     bool             `json:"war"`
	Finding string           `json:"finding"`
	Bound   bool             `json:"bound"`  // a duty of military help demanded it
	Forced  bool             `json:"forced"` // the other had been bound to open this war
	Before  []CourseEntrance `json:"before"`
	Made    []CourseEntrance `json:"made"`
}

// NewCourse puts a judged course into the form of a report.
func NewCourse(l *law.Ledger) *Course {
	k := l.Case
	c := &Course{Head: modelHead("course", l.Model, k.Date.String()), Question: k.Question, Course: k.Course.Title,
		Entries: []CourseEntry{}, Steps: []CourseStep{}, Sources: []finding.Source{}, Names: map[string]string{},
		Alone: CourseClosure{Bound: entrances(l.Alone.Bound), May: entrances(l.Alone.May), Open: entrances(l.Alone.Open)}}
	c.Case, c.Title = k.Name, k.Title
	for _, line := range l.Lines {
		c.Entries = append(c.Entries, newCourseEntry(l.Model, line))
		c.count(line.Agreement)
		c.cite(l.Model, line.Entry.Sources)
		for _, s := range []string{line.Entry.Event.By, line.Entry.Event.On} {
			c.call(l.Model, s, line.Entry.Event.Date)
		}
	}
	for _, s := range l.Stages {
		ev := s.Line.Entry.Event
		c.Steps = append(c.Steps, CourseStep{Date: ev.Date.String(), Title: s.Line.Entry.Title, By: ev.By, On: ev.On,
			War: l.Model.IsKind(ev.Kind, "opening of war"), Finding: string(s.Line.Finding), Bound: s.Bound, Forced: s.Forced,
			Before: entrances(s.Before), Made: entrances(s.Made)})
	}
	for _, x := range slices.Concat(l.Alone.Bound, l.Alone.May, l.Alone.Open) {
		c.call(l.Model, x.State, k.Date)
	}
	return c
}

func newCourseEntry(m *model.Model, l law.Line) CourseEntry {
	e := l.Entry
	out := CourseEntry{
		Date: e.Event.Date.String(), Kind: e.Kind.String(), Title: e.Title, Event: e.Event.Kind, By: e.Event.By, On: e.Event.On,
		War: e.Kind == model.Deed && m.IsKind(e.Event.Kind, "opening of war"), Claimed: full(e.Claimed), Toward: full(e.Toward), Waived: e.Waived,
		Finding: string(l.Finding), Also: []string{}, Articles: full(l.Articles), Reason: l.Reason, Trigger: l.Trigger, Days: l.Days, Open: full(l.Open),
		Record: e.Found, Words: e.Qualifier, Agreement: string(l.Agreement), Because: e.Because,
		Sources: full(e.Sources), Status: e.Status, Notes: full(e.Notes),
	}
	for _, f := range l.Also {
		out.Also = append(out.Also, string(f))
	}
	out.Due = dayOrNone(l.Due)
	return out
}

func dayOrNone(d data.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func entrances(xs []law.Entrance) []CourseEntrance {
	out := []CourseEntrance{}
	for _, x := range xs {
		out = append(out, CourseEntrance{State: x.State, Against: x.Against, For: x.For, Article: x.Article, Class: x.Class.Title,
			Status: x.Status.String(), Why: x.Why, Due: dayOrNone(x.Due), Trigger: x.Trigger})
	}
	return out
}

func (c *Course) count(a law.Agreement) {
	c.Count.Entries++
	switch a {
	case law.Same:
		c.Count.Same++
	case law.Differs:
		c.Count.Differs++
	case law.Mismatch:
		c.Count.Mismatch++
	default:
		c.Count.Silent++
	}
}

// cite adds the sources of an entry that are not there yet.
func (c *Course) cite(m *model.Model, ids []string) {
	for _, id := range ids {
		if !slices.ContainsFunc(c.Sources, func(s finding.Source) bool { return s.ID == id }) {
			s := m.Sources[id]
			c.Sources = append(c.Sources, finding.Source{ID: id, Title: s.Title, Grade: s.Grade, Status: s.Status, Address: s.Address})
		}
	}
}

func (c *Course) call(m *model.Model, state string, day data.Day) {
	if _, had := c.Names[state]; !had && state != "" {
		c.Names[state] = m.States.Name(state, day)
	}
}
