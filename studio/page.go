package studio

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/ask"
	"casus/finding"
	"casus/lang/source"
	"casus/worlds/study"
)

//go:embed pages
var pages embed.FS

var layout = template.Must(template.New("").Funcs(template.FuncMap{
	"upper":    sentence,
	"join":     func(list []string) string { return strings.Join(list, ", ") },
	"width":    func(lo, hi int) int { return max(hi-lo, 4) },
	"signed":   func(x *study.Float) string { return strings.Replace(fmt.Sprintf("%+.2f", float64(*x)), "-", "−", 1) },
	"middle":   func(at int) int { return min(max(at-4, 0), 992) },
	"permille": func(at int) string { return fmt.Sprintf("%.1f%%", float64(at)/10) },
	"pair":     func(a, b any) any { return struct{ A, B any }{a, b} },
	"raw":      func(s string) template.HTML { return template.HTML(s) }, // of pictures that show drew
}).ParseFS(pages, "pages/*.html"))

// page is what the frame shows about every view.
type page struct {
	Title, Heading string
	Command        string // that asks the same; empty: none does
	Nav            []entry
	Links          links
	Error          []string
	Instead        *entry // after an error: the address that does what was meant
	Body           template.HTML
	Warnings       []finding.Warning // that stand nowhere in the body
	Token          string            // empty where nothing can be run: in a file
	Static         bool              // it is a file
	About          string            // program and day
}

// entry is a line of the list of views.
type entry struct {
	Name, To string
	Here     bool
	Off      string // why it leads nowhere
}

// links write the addresses of questions.
type links struct {
	to   func(name string, words ask.Words) string
	live bool // there is somebody to ask
}

// To is the address of a question; empty where it is not to be had.
func (l links) To(name string, words ask.Words) string { return l.to(name, words) }

// links of a page that is served.
func (s *Studio) links() links {
	return links{live: true, to: func(name string, words ask.Words) string {
		to := "/" + name
		if len(words) > 0 {
			to += "?" + url.Values(words).Encode()
		}
		return to
	}}
}

// view is a page for the findings of one ask.
type view struct {
	ask, name string
	lead      bool // it stands in the list of views
	of        naming
	extra     []string
	words     func(subject) ask.Words                           // with which the list of views asks
	opens     func(*Studio, context.Context, subject) ask.Words // what it shows at first, where that has to be looked for
	set       func(*setting) (any, error)
}

// setting is a finding on its way to a page.
type setting struct {
	studio *Studio
	ctx    context.Context
	q      *ask.Written
	found  finding.Finding
	links  links
	page   *page
	on     subject
	extra  url.Values // what an address says beside the words of the question
}

// views are all that there are, in the order of the list.
var views []*view

func init() {
	views = []*view{
		{ask: "report", name: "Start", lead: true, of: ofRecord, words: recordWords("record"), set: setReport},
		{ask: "why", name: "Who owes what", lead: true, words: whyWords, set: setWhy, extra: []string{"map"}},
		{ask: "matrix", name: "Network", lead: true, words: networkWords, set: setNetwork},
		{ask: "chains", name: "Chains", lead: true, words: caseWord, opens: (*Studio).firstChains, set: setChains},
		{ask: "robust", name: "Options", lead: true, of: ofWorlds, words: recordWords("case"), set: setRobust},
		{ask: "suppose", name: "Assumptions", lead: true, of: ofWorlds, words: supposeWords, set: setSuppose},
		{ask: "sense", name: "What decides", lead: true, of: ofWorlds, words: senseWords, set: setSense},
		{ask: "discover", name: "Where", lead: true, of: ofWorlds, words: whereWords, set: setDiscover},
		{ask: "ladder", name: "Escalation", lead: true, words: ladderWords, set: setLadder},
		{ask: "reach", name: "Moves", lead: true, words: caseWord, set: setReach},
		{ask: "record", name: "Record", lead: true, of: ofWorlds, words: recordWords("case"), set: setPast},
		{ask: "claims", name: "Claims", lead: true, of: ofWorlds, words: claimsWords, set: setClaims},
		{ask: "cut", name: "Cuts", words: caseWord, opens: (*Studio).firstChains, set: setCut},
		{ask: "walk", name: "The game", words: caseWord, set: setWalk},
		{ask: "why_not", name: "What would make it bind", words: whyWords, set: setWhyNot},
	}
}

func senseWords(on subject) ask.Words {
	if on.Record == "" || on.Measure == "" {
		return nil
	}
	return ask.Words{"case": {on.Record}, "measures": {on.Measure}, "options": {on.Option}}
}

func whereWords(on subject) ask.Words {
	switch {
	case on.Record == "":
		return ask.Words{"case": {on.Case}} // the view says what to do
	case on.Begin.Where == "":
		return nil
	}
	return ask.Words{"case": {on.Record}, "where": {on.Begin.Where}}
}

func caseWord(on subject) ask.Words { return ask.Words{"case": {on.Case}} }

// opening is the question with which a view opens that was asked for a case and for
// nothing else; nil where it opens as it is.
func (s *Studio) opening(ctx context.Context, v *view, words ask.Words) ask.Words {
	if v.opens == nil || len(words) != 1 || len(words["case"]) != 1 {
		return nil
	}
	return v.opens(s, ctx, s.subjectOf(words["case"][0]))
}

func recordWords(word string) func(subject) ask.Words {
	return func(on subject) ask.Words {
		if on.Record == "" {
			return nil
		}
		return ask.Words{word: {on.Record}}
	}
}

func claimsWords(on subject) ask.Words {
	if on.Record == "" {
		return nil
	}
	return on.withCase(ask.Words{"case": {on.Record}})
}

// withCase says of a record of a case of one's own where that case lies, if it is known.
func (on subject) withCase(words ask.Words) ask.Words {
	if !on.Lies || ask.Shipped(on.Case) {
		return words
	}
	return with(words, "case_of_record", on.Case)
}

// nav is the list of views, with the one that is shown.
func (l links) nav(here string, on subject) []entry {
	var out []entry
	for _, v := range views {
		if !v.lead {
			continue
		}
		e := entry{Name: v.name, Here: v.ask == here}
		if words := v.words(on); words != nil {
			e.To = l.to(v.ask, words)
		}
		switch {
		case e.To == "" && !l.live && on.Record != "":
			e.Off = "not in this copy"
		case e.To == "" && on.Unrun != nil:
			e.Off = "the case cannot be run"
		case e.To == "":
			e.Off = "run the case first"
		}
		out = append(out, e)
	}
	if l.live {
		e := l.text(on)
		e.Here = here == "text"
		out = append(out, e)
	}
	return out
}

// page answers a question and sets its view in the frame.
func (s *Studio) page(ctx context.Context, v *view, q *ask.Written, extra url.Values, l links) ([]byte, error) {
	p, body, err := s.set(ctx, v, q, extra, l)
	if err != nil {
		return nil, err
	}
	p.Body = body
	var whole bytes.Buffer
	err = layout.ExecuteTemplate(watched{ctx, &whole}, "page", p)
	return whole.Bytes(), err
}

// set answers a question and sets its view; the frame is still to come.
func (s *Studio) set(ctx context.Context, v *view, q *ask.Written, extra url.Values, l links) (*page, template.HTML, error) {
	said := []string{}
	f, err := s.answer(ctx, q, ask.Told{
		Say: func(words string) { said = append(said, words) },
		Problems: func(ps source.Problems) {
			for _, p := range ps {
				said = append(said, source.Problems{p}.Error())
			}
		},
	})
	if err == nil {
		err = ctx.Err() // who asked may have left meanwhile
	}
	if err != nil {
		return nil, "", told{err, said}
	}
	on := s.subjectFor(q, f)
	p := &page{Title: v.name, Heading: v.name, Command: ask.CommandLine(q.Command()...), Links: l, Token: s.token, Warnings: f.Opening().Warnings, About: f.Opening().Program}
	p.Nav = l.nav(v.ask, on)
	x := &setting{studio: s, ctx: ctx, q: q, found: f, links: l, page: p, on: on, extra: extra}
	data, err := v.set(x)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, "", err
	}
	var body bytes.Buffer
	err = layout.ExecuteTemplate(watched{ctx, &body}, v.ask, data)
	p.Warnings = unsaid(p.Warnings, body.String())
	return p, template.HTML(body.String()), err
}

// unsaid are the warnings that do not stand beside what they are about.
func unsaid(list []finding.Warning, body string) []finding.Warning {
	return slices.DeleteFunc(slices.Clone(list), func(w finding.Warning) bool {
		return strings.Contains(body, template.HTMLEscapeString(w.Text)) || strings.Contains(body, template.HTMLEscapeString(sentence(w.Text)))
	})
}

// watched is where something long is written for somebody who may leave meanwhile: it
// is then written no further.
type watched struct {
	ctx context.Context
	to  io.Writer
}

func (w watched) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.to.Write(b)
}

// write sets the view in the frame.
func (p *page) write(name string, data any) ([]byte, error) {
	var body, whole bytes.Buffer
	if err := layout.ExecuteTemplate(&body, name, data); err != nil {
		return nil, err
	}
	p.Body = template.HTML(body.String())
	if err := layout.ExecuteTemplate(&whole, "page", p); err != nil {
		return nil, err
	}
	return whole.Bytes(), nil
}

// told is an error with what was said before it.
type told struct {
	error
	said []string
}

func (t told) Unwrap() error { return t.error }

// taken parts the words of an address from what only the page reads.
func (v *view) taken(values url.Values) (ask.Words, url.Values) {
	words, extra := ask.Words{}, url.Values{}
	for name, list := range values {
		if slices.Contains(v.extra, name) {
			extra[name] = list
		} else {
			words[name] = list
		}
	}
	return words, extra
}

// with is a set of words with some changed; an empty value takes a word away.
func with(words ask.Words, name string, values ...string) ask.Words {
	out := ask.Words{}
	for k, v := range words {
		out[k] = v
	}
	if len(values) == 0 {
		delete(out, name)
	} else {
		out[name] = values
	}
	return out
}

// sentence is words with a capital at its beginning, where that is no name of a file
// or of something in a model, and no symbol such as λ.
func sentence(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if strings.ContainsAny(strings.TrimRight(first, ".:"), "/._[") {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.Is(unicode.Latin, r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
