package studio

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"casus/ask"
	"casus/finding"
	"casus/worlds/study"
)

// asked is one view with its question.
type asked struct {
	view  *view
	words ask.Words
	file  string    // that it is written into
	link  ask.Words // with which the list of views asks for it, where that differs
}

func viewOf(name string) *view {
	return views[slices.IndexFunc(views, func(v *view) bool { return v.ask == name })]
}

// site are the views of a static page: those of the list and, where a view is asked
// of one option, those of every option.
func (s *Studio) site(ctx context.Context, options []finding.Option) []asked {
	on := s.subject()
	var out []asked
	for _, v := range views {
		words := v.words(on)
		if !v.lead || words == nil {
			continue
		}
		link := words
		if whole := s.opening(ctx, v, words); whole != nil {
			words = whole
		}
		name := v.ask
		if name == "report" {
			name = "index"
		}
		out = append(out, asked{v, words, name + ".html", link})
		if v.ask != "why" && v.ask != "chains" && v.ask != "reach" && v.ask != "ladder" {
			continue
		}
		for _, o := range options {
			out = append(out, asked{v, with(words, "options", o.Name), v.ask + "-" + o.Name + ".html", nil})
		}
	}
	return out
}

// staticLinks lead to the files of a site; a claim's to its place in the ledger;
// others nowhere, for they would need casus to answer.
func staticLinks(site []asked) links {
	files := map[string]string{}
	for _, a := range site {
		for _, words := range []ask.Words{a.words, a.link} {
			if words != nil {
				files[a.view.ask+"?"+url.Values(words).Encode()] = cmp.Or(files[a.view.ask+"?"+url.Values(words).Encode()], a.file)
			}
		}
	}
	return links{to: func(name string, words ask.Words) string {
		if name == "claims" && len(words["claims"]) == 1 {
			return files["claims?"+url.Values(with(words, "claims")).Encode()] + "#" + words["claims"][0]
		}
		if name == "" {
			return "index.html"
		}
		return files[name+"?"+url.Values(words).Encode()]
	}}
}

var formed = regexp.MustCompile(`(?s)<form.*?</form>`)

// Export writes a static page into a folder, which is made where it is not there:
// every view of the record that is named, working without a server. The pages are
// written beside the folder and put into it when all of them are there; when it is
// stopped, or something fails, the folder stays as it was.
func (s *Studio) Export(ctx context.Context, folder string, tell func(done, total int)) (err error) {
	on := s.subject()
	if on.Record == "" {
		return ask.Usage(fmt.Sprintf("no worlds of %s have been run", on.Case), "casus run "+on.Case+" first")
	}
	q, err := ask.PutWords("report", ask.Words{"record": {on.Record}})
	if err != nil {
		return err
	}
	f, err := s.answer(ctx, q, ask.Told{})
	if err != nil {
		return err
	}
	if ask.NamesRecord(s.about) && !ask.Shipped(on.Case) { // which a record names, and not where it lies
		return ask.Usage("case "+on.Case+" does not ship, and what the page asks of it is not in its record", "casus report "+on.Record+" --format html writes the record as one page")
	}
	if at, err := os.Stat(folder); err == nil && !at.IsDir() {
		return ask.Usage(folder+" is a file", "name a folder")
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(folder)), 0o755); err != nil {
		return err
	}
	draft, err := os.MkdirTemp(filepath.Dir(filepath.Clean(folder)), ".casus-export-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(draft)
	if err := s.exportTo(ctx, draft, s.site(ctx, f.Opening().Options), tell); err != nil {
		return err
	}
	return putInto(folder, draft)
}

// exportTo writes all files of a site into a folder.
func (s *Studio) exportTo(ctx context.Context, folder string, site []asked, tell func(done, total int)) error {
	if err := s.exportViews(ctx, folder, site, tell); err != nil {
		return err
	}
	for _, name := range []string{"studio.css", "law.css", "icon.svg"} {
		text, err := staticFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// exportViews writes the pages, as many at a time as there are processors; each is a
// file of its own, so that their order is of no consequence. The first that fails, in
// their order, is told.
func (s *Studio) exportViews(ctx context.Context, folder string, site []asked, tell func(done, total int)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l := staticLinks(site)
	next := make(chan int, len(site))
	for i := range site {
		next <- i
	}
	close(next)
	failed := make([]error, len(site))
	var mu sync.Mutex
	done := 0
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), mostWorking) {
		all.Go(func() {
			for i := range next {
				if ctx.Err() != nil {
					return
				}
				if failed[i] = s.exportView(ctx, site[i], l, folder); failed[i] != nil {
					stop()
					return
				}
				mu.Lock()
				if done++; tell != nil {
					tell(done, len(site))
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	for _, err := range failed {
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
	}
	return ctx.Err()
}

// putInto moves a folder to its place; into one that is there its files are moved one
// by one, over those of the same names.
func putInto(folder, draft string) error {
	if err := os.Chmod(draft, 0o755); err != nil {
		return err
	}
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(draft, folder)
	}
	files, err := os.ReadDir(draft)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(draft, f.Name()), filepath.Join(folder, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

func (s *Studio) exportView(ctx context.Context, a asked, l links, folder string) error {
	q, err := ask.PutWords(a.view.ask, a.words)
	if err != nil {
		return err
	}
	p, body, err := s.set(ctx, a.view, q, url.Values{}, l)
	if err != nil {
		return fmt.Errorf("%s: %w", a.file, err)
	}
	p.Token, p.Static = "", true
	p.Body = template.HTML(formed.ReplaceAllString(string(body), `<p class="soft small">To ask something else, run casus studio; this page is a copy that works without it.</p>`))
	var b bytes.Buffer
	if err := layout.ExecuteTemplate(&b, "page", p); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, a.file), b.Bytes(), 0o644)
}

// sheet is a report on one page that needs nothing else.
type sheet struct {
	Title, Question string
	Style           template.CSS
	Parts           []sheetPart
	Left            []string // what is not in it, and why
	Head            *finding.Head
	Record          string
	Command         string
}

type sheetPart struct {
	ID, Title, Command string
	Body               template.HTML
}

// Report writes all that a record says as one page without scripts: the answer, the
// options by every criterion, what decides, the record of the past, the claims, and
// with what it was made. Of what the record cannot answer it says so.
func Report(ctx context.Context, record string, to io.Writer) error {
	s := New(record)
	q, err := ask.PutWords("report", ask.Words{"record": {record}})
	if err != nil {
		return err
	}
	f, err := s.answer(ctx, q, ask.Told{})
	if err != nil {
		return err
	}
	a := f.(*study.Ran).Record.Found
	out := &sheet{Title: a.Title, Question: a.Question, Head: f.Opening(), Record: record, Command: "casus " + ask.Quoted(q.Command()) + " --format html"}
	nowhere := links{to: func(string, ask.Words) string { return "" }}
	on := s.subject()
	for _, name := range []string{"report", "robust", "sense", "record", "claims"} {
		v := viewOf(name)
		words := v.words(on)
		if words == nil {
			continue
		}
		q, err := ask.PutWords(name, words)
		if err != nil {
			return err
		}
		p, body, err := s.set(ctx, v, q, url.Values{}, nowhere)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			out.Left = append(out.Left, v.name+": "+err.Error())
			continue
		}
		var cautions bytes.Buffer // those of the record stand at the end, once
		if err := layout.ExecuteTemplate(&cautions, "cautions", besides(p.Warnings, out.Head.Warnings)); err != nil {
			return err
		}
		out.Parts = append(out.Parts, sheetPart{name, map[bool]string{true: "The answer", false: p.Heading}[name == "report"], p.Command, template.HTML(formed.ReplaceAllString(string(body), "") + cautions.String())})
	}
	style := ""
	for _, name := range []string{"studio.css", "law.css"} {
		text, err := staticFile(name)
		if err != nil {
			return err
		}
		style += string(text)
	}
	out.Style = template.CSS(strings.ReplaceAll(style, "</", `<\/`))
	return layout.ExecuteTemplate(to, "sheet", out)
}

// besides are the warnings that are not said elsewhere.
func besides(list, said []finding.Warning) []finding.Warning {
	return slices.DeleteFunc(slices.Clone(list), func(w finding.Warning) bool {
		return slices.ContainsFunc(said, func(x finding.Warning) bool { return x.Text == w.Text })
	})
}
