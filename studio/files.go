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
	"casus/crew"
	"casus/finding"
	"casus/lang/source"
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

// LeftOut is a view that is not in a site, and why.
type LeftOut struct{ View, Why string }

// known are the views of a site that do not ask of a case of which nobody knows where
// it lies; the others are left out.
func (s *Studio) known(site []asked) (in []asked, out []LeftOut) {
	on := s.subject()
	for _, a := range site {
		if on.Lies || !slices.Equal(a.words["case"], []string{on.Case}) {
			in = append(in, a)
			continue
		}
		out = leave(out, a, "case "+on.Case+" does not ship, and is not in its record")
	}
	return in, out
}

// leave adds a view to those left out, once.
func leave(out []LeftOut, a asked, why string) []LeftOut {
	if slices.ContainsFunc(out, func(o LeftOut) bool { return o.View == a.view.name }) {
		return out
	}
	return append(out, LeftOut{a.view.name, why})
}

// Export writes a static page into a folder, which is made where it is not there:
// every view of the record that is named, working without a server. The pages are
// written beside the folder and put into it when all of them are there; when it is
// stopped, or something fails, the folder stays as it was. It returns the views of
// which there is nothing to ask, and which are left out.
func (s *Studio) Export(ctx context.Context, folder string, tell func(done, total int)) (left []LeftOut, err error) {
	if err := ask.MayFill(folder); err != nil {
		return nil, err
	}
	on := s.subject()
	if on.Record == "" {
		if on.Unrun != nil {
			return nil, on.Unrun
		}
		run, _ := ask.RunOf(on.Case)
		return nil, ask.Usage(fmt.Sprintf("no worlds of %s have been run", on.Case), run+" first")
	}
	q, err := ask.PutWords("report", ask.Words{"record": {on.Record}})
	if err != nil {
		return nil, err
	}
	f, err := s.answer(ctx, q, ask.Told{})
	if err != nil {
		return nil, err
	}
	site := s.site(ctx, f.Opening().Options)
	if err := mayExport(folder, site); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(folder)), 0o755); err != nil {
		return nil, err
	}
	draft, err := os.MkdirTemp(filepath.Dir(filepath.Clean(folder)), ".casus-export-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(draft)
	site, left = s.known(site)
	if left, err = s.exportTo(ctx, draft, site, left, tell); err != nil {
		return nil, err
	}
	return left, putInto(folder, draft)
}

// beside are the files of a site that are no pages.
var beside = []string{"studio.css", "law.css", "icon.svg"}

// mayExport is the error of a folder that a site would harm: a record, or one that
// holds files of the names of the site, unless they are those of an earlier one.
func mayExport(folder string, site []asked) error {
	at, err := os.Stat(folder)
	switch _, bad := os.Lstat(folder); {
	case errors.Is(err, fs.ErrNotExist) && bad == nil:
		return ask.Usage(folder+" is a link that leads nowhere", "name a folder")
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return ask.Usage(err.Error(), "name a folder")
	case !at.IsDir():
		return ask.Usage(folder+" is a file", "name a folder")
	case study.IsRecord(folder):
		return ask.Usage(folder+" is a record", "name a folder beside it")
	}
	if isPage(filepath.Join(folder, "index.html")) {
		return nil
	}
	names := slices.Clone(beside)
	for _, a := range site {
		names = append(names, a.file)
	}
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(folder, name)); err == nil {
			return ask.Usage(fmt.Sprintf("%s holds %s, which would be written over", folder, name), "name another folder")
		}
	}
	return nil
}

// isPage reports whether a file is a page that casus wrote.
func isPage(name string) bool {
	f, _, err := source.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 1024)
	n, _ := io.ReadFull(f, head)
	return bytes.Contains(head[:n], []byte(`<meta name="generator" content="casus">`))
}

// exportTo writes all files of a site into a folder.
func (s *Studio) exportTo(ctx context.Context, folder string, site []asked, left []LeftOut, tell func(done, total int)) ([]LeftOut, error) {
	for { // again without the views of which there is nothing to ask, for the others lead to them
		failed, err := s.exportViews(ctx, folder, site, tell)
		if err != nil {
			return nil, err
		}
		if len(failed) == 0 {
			break
		}
		var in []asked
		for i, a := range site {
			if why, out := failed[i]; out {
				left = leave(left, a, why)
			} else {
				in = append(in, a)
			}
		}
		site = in
	}
	for _, name := range beside {
		text, err := staticFile(name)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return nil, err
		}
	}
	return left, ctx.Err()
}

// exportViews writes the pages, as many at a time as there are processors; each is a
// file of its own, so that their order is of no consequence. The first that fails, in
// their order, is told; those of which there is nothing to ask are named by their place,
// with why.
func (s *Studio) exportViews(ctx context.Context, folder string, site []asked, tell func(done, total int)) (map[int]string, error) {
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
	var all crew.Crew
	for range min(runtime.GOMAXPROCS(0), mostWorking) {
		all.Go(func() {
			for i := range next {
				if ctx.Err() != nil {
					return
				}
				if failed[i] = s.exportView(ctx, site[i], l, folder); failed[i] != nil && !nothingToAsk(site[i], failed[i]) {
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
	out := map[int]string{}
	for i, err := range failed {
		switch {
		case err == nil || errors.Is(err, context.Canceled):
		case nothingToAsk(site[i], err):
			out[i] = whyNot(err)
		default:
			return nil, err
		}
	}
	return out, ctx.Err()
}

// whyNot says, of several reasons the first, why there is nothing to ask.
func whyNot(err error) string {
	var several ask.Several
	if errors.As(err, &several) {
		err = several[0]
	}
	var t told
	if errors.As(err, &t) {
		err = t.error
	}
	msg, _ := source.Apart(err)
	return msg
}

// nothingToAsk reports whether a view failed for want of a question: the case has no
// event, or is not known. The first page has always one.
func nothingToAsk(a asked, err error) bool {
	return a.view.ask != "report" && (ask.Code(err) == 2 || source.IsLack(err))
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
	out := &sheet{Title: a.Title, Question: a.Question, Head: f.Opening(), Record: record, Command: ask.CommandLine(q.Command()...) + " --format html"}
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
