// Package studio shows the answers of casus on one local page. It computes nothing:
//
//  1. guard lets in who has the token, and nobody else.
//  2. An address is a question: its path the name of an ask, its query the words.
//     ask answers; the answer is kept for as long as what it was made from stands.
//  3. A view sets the finding as HTML, with the pictures of show and the atlas; the
//     page says by which command line the same is asked.
//  4. What takes long or writes is a job: it tells of its progress and can be
//     stopped.
//
// The same views, written into files, are the page that casus studio --export
// makes.
package studio

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"embed"
	"errors"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"casus/ask"
	"casus/finding"
	"casus/show"
	"casus/worlds/study"
)

//go:embed static
var static embed.FS

// Studio is the page of one person.
type Studio struct {
	about   string // the case or record that was named
	token   string
	answers *kept
	records study.Shelf
	solvers study.Solvers
	jobs    *jobs
	earlier earlier
	editors *editors
	working chan struct{} // holds one for each question that is worked on

	mu       sync.Mutex
	subjects map[string]subject // by the case or record that was named
}

// New is a page about a case or a record; empty: about the first case that ships.
func New(about string) *Studio {
	return &Studio{about: cmp.Or(about, first), token: newToken(), answers: newKept(), jobs: newJobs(), editors: newEditors(), working: make(chan struct{}, mostWorking), subjects: map[string]subject{}}
}

// mostWorking bounds the questions that are worked on at a time; others wait their
// turn, and one that nobody waits for any more is never begun.
const mostWorking = 8

// first is the case that a page opens with when none is named.
const first = "ukraine"

// Serve answers at a listener until the context ends; running jobs are then
// stopped.
func (s *Studio) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           &guard{token: s.token, hosts: hostsOf(l.Addr()), next: s.Handler()},
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	defer s.jobs.stopAll()
	if err := server.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Address is where the page opens, with the token.
func (s *Studio) Address(l net.Listener) string {
	return "http://" + l.Addr().String() + "/?token=" + s.token
}

// Handler answers every address of the page, without the guard.
func (s *Studio) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.start)
	for _, v := range views {
		if v.ask == "discover" {
			mux.HandleFunc("GET /discover", s.where)
			continue
		}
		if v.ask == "ladder" {
			mux.HandleFunc("GET /ladder", s.ladder)
			continue
		}
		mux.HandleFunc("GET /"+v.ask, func(w http.ResponseWriter, r *http.Request) { s.view(w, r, v) })
	}
	mux.HandleFunc("GET /static/{file}", serveStatic)
	mux.HandleFunc("GET /api/openapi.json", s.describe)
	mux.HandleFunc("GET /api/{ask}", s.apiGet)
	mux.HandleFunc("POST /api/{ask}", s.apiPost)
	mux.HandleFunc("/api/{ask}", otherwise("GET, POST"))
	mux.HandleFunc("/jobs/{id}", otherJobs)
	mux.HandleFunc("GET /refine/suppose", s.refine)
	mux.HandleFunc("GET /text", s.text)
	mux.HandleFunc("POST /text", s.save)
	mux.HandleFunc("GET /editor", s.editor)
	mux.HandleFunc("POST /jobs/{ask}", s.startJob)
	mux.HandleFunc("GET /jobs/{id}", ofJobs(s.followJob))
	mux.HandleFunc("DELETE /jobs/{id}", ofJobs(s.stopJob))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, http.StatusNotFound, ask.Usage("there is no page "+r.URL.Path, "the start is at /"))
	})
	return zipped(mux)
}

// statics are what the page is styled and moved by; one is made of what show says.
func staticFile(name string) ([]byte, error) {
	if name == "law.css" {
		return []byte(show.WhyStyle), nil
	}
	return static.ReadFile("static/" + name)
}

var kinds = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

func serveStatic(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	text, err := staticFile(name)
	if errors.Is(err, fs.ErrNotExist) || err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kinds[name[strings.LastIndexByte(name, '.'):]])
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(text)
}

// view answers the question that an address is.
func (s *Studio) view(w http.ResponseWriter, r *http.Request, v *view) {
	words, extra := v.taken(r.URL.Query())
	if whole := s.opening(r.Context(), v, words); whole != nil { // an address says the whole question
		http.Redirect(w, r, s.links().to(v.ask, whole), http.StatusSeeOther)
		return
	}
	q, err := ask.PutWords(v.ask, words)
	if err == nil {
		err = misnamed(v, q)
	}
	if err != nil {
		s.fail(w, r, http.StatusBadRequest, elsewhere{err, s.instead(v, words)})
		return
	}
	if s.unasked(r, v, words) {
		s.toRun(w, r, v, words, s.subjectOf(first1(words["case"])))
		return
	}
	if !s.turn(r.Context()) {
		return
	}
	defer s.over()
	text, err := s.page(r.Context(), v, q, extra, s.links())
	switch {
	case r.Context().Err() != nil:
	case err != nil && ask.Code(err) == ask.WrongUse:
		s.fail(w, r, http.StatusBadRequest, elsewhere{err, s.instead(v, words)})
	case err != nil:
		s.fail(w, r, http.StatusUnprocessableEntity, elsewhere{err, s.instead(v, words)})
	default:
		writePage(w, http.StatusOK, text)
	}
}

// turn waits for a place among the questions that are worked on at a time; false: who
// asked has left, and nothing is to be done.
func (s *Studio) turn(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case s.working <- struct{}{}:
		return true
	}
}

// over gives the place to the next.
func (s *Studio) over() { <-s.working }

func writePage(w http.ResponseWriter, code int, text []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	w.Write(text)
}

// fail is the page of what went wrong, with what to do.
func (s *Studio) fail(w http.ResponseWriter, _ *http.Request, code int, err error) {
	var b bytes.Buffer
	p := &page{Title: "This cannot be shown", Heading: "This cannot be shown", Error: inFields(faults(err)), Links: s.links(), Token: s.token}
	var meant elsewhere
	if errors.As(err, &meant) {
		p.Instead = meant.to
	}
	p.Nav = s.links().nav("", s.subject())
	if bad := layout.ExecuteTemplate(&b, "page", p); bad != nil {
		http.Error(w, bad.Error(), http.StatusInternalServerError)
		return
	}
	writePage(w, code, b.Bytes())
}

// inFields are mistakes in the words of the page.
func inFields(list []string) []string {
	var out []string
	for _, words := range list {
		out = append(out, onPage(words))
	}
	return out
}

// faults are the mistakes of an error, one each, after what was said of them.
func faults(err error) []string {
	var out []string
	var before told
	if errors.As(err, &before) {
		out = before.said
		err = before.error
	}
	var several ask.Several
	if !errors.As(err, &several) {
		return append(out, err.Error())
	}
	for _, one := range several {
		out = append(out, one.Error())
	}
	return out
}

// answer is the finding of a question; that of one that rests on nothing that can
// have changed is taken from what was found before.
func (s *Studio) answer(ctx context.Context, q *ask.Written, to ask.Told) (finding.Finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	key, lasting := keyOf(q)
	if f := s.answers.of(key); lasting && f != nil {
		return f, nil
	}
	f, err := sound(func() (finding.Finding, error) { return q.Answer(ctx, s.told(to)) })
	if err == nil && lasting {
		s.answers.keep(key, f)
	}
	return f, err
}

// sound has a fault of casus itself fail one question and not the studio.
func sound(do func() (finding.Finding, error)) (finding.Finding, error) {
	f, stack, err := ask.Sound(do)
	if stack != nil {
		log.Printf("%s", stack)
	}
	return f, err
}

// told gives what is told the memory of the studio.
func (s *Studio) told(to ask.Told) ask.Told {
	to.Records, to.Solvers = &s.records, &s.solvers
	return to
}

// zipped packs what a browser takes packed, but for streams.
func zipped(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || strings.HasPrefix(r.URL.Path, "/jobs/") || strings.HasPrefix(r.URL.Path, "/refine/") || r.URL.Path == "/editor" {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Vary", "Accept-Encoding")
		z := gzip.NewWriter(w)
		defer z.Close()
		next.ServeHTTP(&packing{w, z}, r)
	})
}

type packing struct {
	http.ResponseWriter
	to io.Writer
}

func (p *packing) Write(b []byte) (int, error) { return p.to.Write(b) }

// subject is what a page is about: a case, and its record where there is one.
type subject struct {
	Case, Record    string
	Unrun           error         // why the case cannot be run; nil where it can, and of a record
	Lies            bool          // Case says where it is, and not only what it calls itself
	Measure, Option string        // of a record: what to ask next, where the schools part most
	Begin           beginning     // of a record: what is asked of its worlds to begin with
	Own             *ask.OwnEvent // what the case itself asks about; nil: nothing
	Contest         [3]string     // of a record: a measure, and two options whose order by it is least settled
}

// subjectOf is the subject of a case or a record that is named. Which record of a
// case is the last is looked up once, until a job has ended or the start is opened.
func (s *Studio) subjectOf(about string) subject {
	s.mu.Lock()
	defer s.mu.Unlock()
	if on, known := s.subjects[about]; known {
		return on
	}
	on := subject{Case: s.caseOf(about)}
	if on.Record = ask.Latest(ask.CaseName(about)); ask.NamesRecord(about) {
		on.Record = about
	}
	if on.Record == "" {
		_, on.Unrun = ask.RunOf(on.Case)
	}
	if r := s.found(on.Record); r != nil {
		a := r.Found
		if ask.NamesRecord(about) { // it names its case, and not where that lies
			on.Case = s.caseOf(a.Case)
		}
		on.Measure, on.Option = a.Next()
		on.Begin = beginOf(r, a)
		on.Contest[0], on.Contest[1], on.Contest[2] = a.Contest()
	}
	on.Lies = ask.Shipped(on.Case) || !ask.NamesRecord(about) || on.Case == s.about
	on.Own = ask.EventOf(on.Case)
	s.subjects[about] = on
	return on
}

// caseOf is the case that is meant by a name. That of the page keeps the words it was
// opened with, by whatever path, or by the name it gives itself, somebody asks for it:
// a name alone does not say in which folder it lies.
func (s *Studio) caseOf(name string) string {
	switch {
	case ask.Shipped(name), ask.Shipped(s.about), ask.NamesRecord(s.about):
		return name
	case ask.Cleaned(name) == ask.Cleaned(s.about), name == ask.CaseName(s.about):
		return s.about
	}
	return name
}

// found gives a record with its answer; nil where there is none, or it cannot be read:
// its own page says why.
func (s *Studio) found(record string) *study.Record {
	if record == "" {
		return nil
	}
	q, err := ask.PutWords("report", ask.Words{"record": {record}})
	if err != nil {
		return nil
	}
	f, err := s.answer(context.Background(), q, ask.Told{})
	if err != nil {
		return nil
	}
	return f.(*study.Ran).Record
}

// forget looks records up anew.
func (s *Studio) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.subjects)
}

// subject is what the page is about when an answer is about nothing else.
func (s *Studio) subject() subject { return s.subjectOf(s.about) }

// subjectFor is the subject of an answer: the record it is of, or its case with the
// last record of that.
func (s *Studio) subjectFor(q *ask.Written, f finding.Finding) subject {
	for _, word := range []string{"record", "case"} {
		for _, of := range q.Words()[word] {
			return s.subjectOf(of)
		}
	}
	if of := f.Opening().Case; of != "" {
		return s.subjectOf(of)
	}
	return s.subject()
}
