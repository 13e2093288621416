package studio

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"casus/ask"
	"casus/finding"
	"casus/show"
	"casus/worlds/study"
)

// start is the page of a case before anything was asked: its last answer where
// there is one, or what can be run.
func (s *Studio) start(w http.ResponseWriter, r *http.Request) {
	s.forget()
	if err := s.nameless(r); err != nil {
		s.fail(w, r, http.StatusNotFound, err)
		return
	}
	on := s.subject()
	if of := r.URL.Query().Get("case"); of != "" {
		on = s.subjectOf(of)
	}
	if on.Record != "" {
		http.Redirect(w, r, s.links().to("report", ask.Words{"record": {on.Record}}), http.StatusSeeOther)
		return
	}
	text, err := s.beginning(r, on)
	if err != nil {
		s.fail(w, r, http.StatusInternalServerError, err)
		return
	}
	writePage(w, http.StatusOK, text)
}

// begin is what the start shows of a case that was not run.
type begin struct {
	On      subject
	Case    *finding.ShippedCase // nil: one of the user's own
	Cases   []caseLine
	Command string
	Folder  string // where the record will be
	Stopped string // the record of a run that was stopped; empty: none was
	GoOn    string // words that go on with it; empty: it was of other files
	Run     string // words of a run
	Ways    []way
}

type caseLine struct {
	finding.ShippedCase
	To   string
	Here bool
}

// way leads on from the start.
type way struct{ Name, Says, To string }

func (s *Studio) beginning(r *http.Request, on subject) ([]byte, error) {
	q, err := ask.PutWords("cases", nil)
	if err != nil {
		return nil, err
	}
	f, err := s.answer(r.Context(), q, ask.Told{})
	if err != nil {
		return nil, err
	}
	run, err := ask.PutWords("run", ask.Words{"case": {on.Case}})
	if err != nil {
		return nil, err
	}
	name := ask.CaseName(on.Case)
	b := &begin{On: on, Command: ask.CommandLine(run.Command()...), Folder: ask.RecordFolder(name), Stopped: ask.Unfinished(name), Run: jobWords(ask.Words{"case": {on.Case}}), Ways: s.links().ways(on)}
	if b.Stopped != "" && ask.MadeOf(b.Stopped, on.Case) {
		b.GoOn = jobWords(ask.GoOn(on.Case, b.Stopped))
	}
	p := &page{Title: "casus", Heading: on.Case, Links: s.links(), Token: s.token, Command: b.Command, Nav: s.links().nav("report", on), About: f.Opening().Program}
	for _, k := range f.(*finding.ShippedCases).Cases {
		b.Cases = append(b.Cases, caseLine{k, "/?case=" + k.Case, k.Case == on.Case})
		if k.Case == on.Case {
			b.Case = &k
			p.Title, p.Heading = k.Title, k.Title
		}
	}
	return p.write("begin", b)
}

func (l links) ways(on subject) []way {
	var out []way
	for _, w := range []struct{ ask, name, says string }{
		{"why", "Who owes what", "by which article, to whom, and why not"},
		{"robust", "What happens", "under each option, by every criterion of choice"},
		{"claims", "What is claimed", "and in what share of the worlds it holds"},
	} {
		for _, v := range views {
			if words := v.words; v.ask == w.ask && words != nil {
				if of := words(on); of != nil && l.to(v.ask, of) != "" {
					out = append(out, way{w.name, w.says, l.to(v.ask, of)})
				}
			}
		}
	}
	return out
}

// reported is the answer of a record, with its picture.
type reported struct {
	Answer  *study.Answer
	Words   show.Words
	Picture string
	Ways    []way
	Record  string
	Partial bool
}

func setReport(x *setting) (any, error) {
	ran := x.found.(*study.Ran)
	a := ran.Record.Found
	v := &reported{Answer: a, Words: show.InWords(a), Ways: x.links.ways(x.on), Record: a.Folder, Partial: a.Partial}
	x.page.Title, x.page.Heading = a.Title, a.Title
	if len(ran.Record.Results) > 0 {
		var err error
		v.Picture, err = eitherWay(func(b *strings.Builder) error { return show.Picture(b, ran.Record, a, nil) },
			func(b *strings.Builder) error { return show.PictureAs(b, ran.Record, a, nil, show.Panels{All: true}) })
		if err != nil {
			return nil, err
		}
	}
	return v, nil
}

var (
	ownStyle = regexp.MustCompile(`<style>.*?</style>\n?`)
	opening  = regexp.MustCompile(`^<svg [^>]*>`)
)

// inline is a picture of show as a part of a page, which has the styles.
func inline(draw func(*strings.Builder) error) (string, error) {
	var b strings.Builder
	if err := draw(&b); err != nil {
		return "", err
	}
	s := ownStyle.ReplaceAllString(b.String(), "")
	head := opening.FindString(s)
	if head == "" {
		return "", fmt.Errorf("no picture was drawn")
	}
	return strings.Replace(head, "<svg ", `<svg aria-hidden="true" class="chart`+size(head)+`" `, 1) + s[len(head):], nil
}

var across = regexp.MustCompile(` width="(\d+)`)

// size is the class of a picture by its width, in hundreds of pixels: it fills its
// place, grown or shrunk as far as its words stay readable.
func size(head string) string {
	m := across.FindStringSubmatch(head)
	if m == nil {
		return ""
	}
	wide, _ := strconv.Atoi(m[1])
	return fmt.Sprintf(" n%d", min(max(wide/100, smallest), largest))
}

// The classes of size that the sheet of styles knows.
const smallest, largest = 3, 24

// eitherWay is a picture drawn for a narrow page and for a wide one, of which the page
// shows the one that it has room for.
func eitherWay(narrow, wide func(*strings.Builder) error) (string, error) {
	small, err := inline(narrow)
	if err != nil {
		return "", err
	}
	large, err := inline(wide)
	return strings.Replace(small, `class="chart`, `class="narrow chart`, 1) + strings.Replace(large, `class="chart`, `class="broad chart`, 1), err
}
