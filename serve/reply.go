package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"casus/ask"
	"casus/catalog"
	"casus/finding"
	"casus/lang/source"
	"casus/law/counsel"
	"casus/show"
	"casus/terminal"
)

// forms are what a finding can come in beside itself.
var forms = []string{"text", "svg", "html"}

// The lines that are written. Each carries the id of its question; a line with a
// finding or an error is the last of it.
type (
	reply struct {
		ID      json.RawMessage `json:"id"`
		Finding json.RawMessage `json:"finding"`
		Text    string          `json:"text,omitempty"`
		SVG     string          `json:"svg,omitempty"`
		HTML    string          `json:"html,omitempty"`
	}
	refusal struct {
		ID    json.RawMessage `json:"id"`
		Error fault           `json:"error"`
	}
	remark struct {
		ID   json.RawMessage `json:"id"`
		Said string          `json:"said"`
	}
	problem struct {
		ID      json.RawMessage `json:"id"`
		Problem mistake         `json:"problem"`
	}
	progress struct {
		ID       json.RawMessage `json:"id"`
		Progress part            `json:"progress"`
	}
)

// fault is an error: the exit code that the program would end with, all it says,
// each mistake by itself, and the folder of what a run that was called off had done.
type fault struct {
	Code     int       `json:"code"`
	Text     string    `json:"text"`
	Mistakes []mistake `json:"mistakes"`
	Record   string    `json:"record,omitempty"`
}

// mistake is one thing that is wrong, where it stands, and what to do next. Line and
// column count from 1; 0 where it has no place.
type mistake struct {
	Text    string `json:"text"`
	Hint    string `json:"hint"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Heading string `json:"heading"`
	Warning bool   `json:"warning"`
}

type part struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// answer answers one request, with an error where it cannot.
func (s *server) answer(r *request) {
	if r.wrong != nil {
		s.done(r, r.refused())
		return
	}
	heard := &hearing{s: s, r: r}
	var q question
	made, stack, err := ask.Sound(func() (*reply, error) {
		var err error
		if q, err = s.put(r.ask, r.with); err != nil {
			return nil, err
		}
		return r.found(q, heard.told())
	})
	s.errs.Write(stack)
	if err != nil {
		f := faultOf(err, heard.mistakes)
		f.speak(q)
		s.done(r, refusal{json.RawMessage(r.id), f})
		return
	}
	s.done(r, made)
}

func (r *request) found(q question, to ask.Told) (*reply, error) {
	if err := r.ctx.Err(); err != nil { // called off while it waited
		return nil, err
	}
	f, err := q.Answer(r.ctx, to)
	if err != nil {
		return nil, err
	}
	return r.reply(f)
}

// reply is a finding in the forms asked for.
func (r *request) reply(f finding.Finding) (*reply, error) {
	var b bytes.Buffer
	if err := writeFinding(&b, f); err != nil {
		return nil, err
	}
	out := &reply{ID: json.RawMessage(r.id), Finding: b.Bytes()}
	for _, form := range r.also {
		text, err := formOf(f, form)
		if err != nil {
			return nil, err
		}
		switch form {
		case "text":
			out.Text = text
		case "svg":
			out.SVG = text
		case "html":
			out.HTML = text
		}
	}
	return out, nil
}

func writeFinding(w io.Writer, f finding.Finding) error {
	if m, ok := f.(*counsel.Matrix); ok {
		return show.MatrixJSON(w, m)
	}
	return finding.WriteLine(w, f)
}

// formOf is a finding as text, picture or page; empty where it has no such form.
func formOf(f finding.Finding, form string) (string, error) {
	var b bytes.Buffer
	var err error
	switch why, is := f.(*counsel.Why); {
	case form == "html" && is:
		err = show.WhyHTML(&b, why)
	case form == "text":
		_, err = show.Any(&b, f, show.Layout{Width: 80})
	case form == "svg":
		_, err = show.AnyPicture(&b, f, show.Layout{Width: 80, Most: 15})
	}
	return b.String(), err
}

// refused answers a line that is no question.
func (r *request) refused() refusal {
	f := faultOf(r.wrong, nil)
	for i := range f.Mistakes {
		f.Mistakes[i].File, f.Mistakes[i].Line, f.Mistakes[i].Column = "<stdin>", r.line, r.column
	}
	f.Text = inOne(f.Mistakes)
	return refusal{json.RawMessage(r.id), f}
}

// faultOf puts an error into the form in which it is sent, with the mistakes of a
// model that were heard before it.
func faultOf(err error, heard []mistake) fault {
	out := fault{Code: ask.Code(err), Mistakes: []mistake{}}
	var several ask.Several
	var problems source.Problems
	var stopped ask.BrokenOff
	var placed source.Placed
	switch {
	case errors.Is(err, context.Canceled):
		if errors.As(err, &stopped) {
			out.Record = stopped.Folder
		}
		out.Text = "interrupted"
		return out
	case errors.Is(err, catalog.ErrProblems):
		out.Mistakes = append(out.Mistakes, heard...)
	case errors.As(err, &problems):
		out.Mistakes = append(out.Mistakes, mistakesOf(problems)...)
	case errors.As(err, &several):
		for _, one := range several {
			out.Mistakes = append(out.Mistakes, faultOf(one, heard).Mistakes...)
		}
	case errors.As(err, &placed):
		msg, hint := source.Apart(placed.Err)
		out.Mistakes = append(out.Mistakes, mistake{Text: msg, Hint: hint, File: placed.Pos.File.Name, Line: placed.Pos.Line(), Column: placed.Pos.Col()})
	default:
		msg, hint := source.Apart(err)
		out.Mistakes = append(out.Mistakes, mistake{Text: msg, Hint: hint})
	}
	out.Text = inOne(out.Mistakes)
	return out
}

// mistakesOf are problems as they are sent.
func mistakesOf(ps source.Problems) []mistake {
	var out []mistake
	for _, p := range ps {
		m := mistake{Text: p.Msg, Hint: p.Hint, Line: p.Pos.Line(), Column: p.Pos.Col(), Heading: p.Heading, Warning: p.Warning}
		if p.Pos.File != nil {
			m.File = p.Pos.File.Name
		}
		out = append(out, m)
	}
	return out
}

// speak calls settings as they are called here, and not as on the command line. Q is
// nil where no question was found.
func (f *fault) speak(q question) {
	if q == nil || len(f.Mistakes) == 0 {
		return
	}
	for i := range f.Mistakes {
		m := &f.Mistakes[i]
		m.Text, m.Hint, m.File = q.Spoken(m.Text), q.Spoken(m.Hint), q.Spoken(m.File)
	}
	f.Text = inOne(f.Mistakes)
}

// inOne is a text of several mistakes, each on a line.
func inOne(list []mistake) string {
	var b bytes.Buffer
	for i, m := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		if m.File != "" {
			b.WriteString(m.place() + ": ")
		}
		b.WriteString(m.Text)
		if m.Hint != "" {
			b.WriteString(" (" + m.Hint + ")")
		}
	}
	return b.String()
}

// hearing passes on what is said on the way to an answer.
type hearing struct {
	s        *server
	r        *request
	mistakes []mistake
	percent  int
	total    int
}

func (h *hearing) told() ask.Told {
	to := ask.Told{Records: &h.s.records, Solvers: &h.s.solvers, Problems: h.problems, Say: func(words string) { h.s.write(remark{json.RawMessage(h.r.id), words}) }}
	if h.r.progress {
		to.Progress = h.progress
	}
	return to
}

// problems keeps the mistakes for the error that follows, and passes on warnings.
func (h *hearing) problems(ps source.Problems) {
	h.mistakes = append(h.mistakes, mistakesOf(ps.Errors())...)
	for _, m := range mistakesOf(ps.Warnings()) {
		h.s.write(problem{json.RawMessage(h.r.id), m})
	}
}

// progress passes on each whole percent of a piece of work, of which there may be
// several one after another.
func (h *hearing) progress(done, total int) {
	percent := 100 * done / max(total, 1)
	if percent < h.percent || total != h.total {
		h.percent, h.total = -1, total
	}
	if percent > h.percent {
		h.percent = percent
		h.s.write(progress{json.RawMessage(h.r.id), part{done, total}})
	}
}

// oneLine is a value as one line of JSON.
func oneLine(v any) ([]byte, error) {
	var b bytes.Buffer
	err := terminal.JSONLine(&b, v)
	return b.Bytes(), err
}

// place is where a mistake stands, as file:line:column or, of a whole line, file:line.
func (m mistake) place() string {
	if m.Column == 0 {
		return fmt.Sprintf("%s:%d", m.File, m.Line)
	}
	return fmt.Sprintf("%s:%d:%d", m.File, m.Line, m.Column)
}
