package studio

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"casus/ask"
)

var (
	outside = regexp.MustCompile(`(?:src|href)="([^"#]+)"`)
	leads   = regexp.MustCompile(`href="([^"#]+)(?:#([^"]*))?"`)
)

// A report is one page that needs nothing else, and holds every part.
func TestReportNeedsNothingElse(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	record := recorded(t)
	var b bytes.Buffer
	if err := Report(context.Background(), record, &b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, m := range outside.FindAllStringSubmatch(page, -1) {
		t.Errorf("the report leads to %s", m[1])
	}
	for _, not := range []string{"<script", "<form", "url(http", "@import", "%!"} {
		if strings.Contains(page, not) {
			t.Errorf("the report has %s", not)
		}
	}
	for _, id := range []string{"report", "robust", "sense", "record", "claims", "made"} {
		if !strings.Contains(page, `<section id="`+id+`"`) {
			t.Errorf("the report has no part %s", id)
		}
	}
	q, err := ask.PutWords("report", ask.Words{"record": {record}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := q.Answer(context.Background(), ask.Told{})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range f.Opening().Files {
		if !strings.Contains(page, file.SHA256) {
			t.Errorf("the digest of %s is not in the report", file.Name)
		}
	}
	var again bytes.Buffer
	if err := Report(context.Background(), record, &again); err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(again.String(), "\n") {
		if was := strings.Split(page, "\n"); i >= len(was) || line != was[i] {
			t.Fatalf("line %d is another the second time:\n%s", i+1, line)
		}
	}
}

// A site that is stopped, or of which a page fails, leaves its folder as it was: not
// there, or with what stood in it.
func TestSiteIsWrittenWholeOrNotAtAll(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	s := New(recorded(t))
	if err := os.MkdirAll("there", 0o755); err != nil {
		t.Fatal(err)
	}
	const earlier = `<!doctype html><meta name="generator" content="casus">`
	if err := os.WriteFile("there/index.html", []byte(earlier), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"site", "there"} {
		ctx, stop := context.WithCancel(t.Context())
		_, err := s.Export(ctx, folder, func(done, total int) {
			if done == 3 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: stopped, it says %v", folder, err)
		}
	}
	kept, err := os.ReadFile("there/index.html")
	if all, _ := filepath.Glob("there/*"); err != nil || string(kept) != earlier || len(all) != 1 {
		t.Errorf("the folder that was there holds %q: %q, %v", all, kept, err)
	}
	if _, err := os.Stat("site"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a site is left: %v", err)
	}
	if left, _ := filepath.Glob(".casus-export-*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if _, err := s.Export(t.Context(), "there", nil); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile("there/index.html"); err != nil || string(text) == earlier {
		t.Errorf("the new page is not in its place: %v", err)
	}
}

// Every link of a site leads to a file that is there, and to a place that is in it.
func TestSiteIsWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	if _, err := New(recorded(t)).Export(context.Background(), "site", nil); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("site/*.html")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d pages, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if page := string(text); strings.Contains(page, "<script") || strings.Contains(page, "<form") || strings.Contains(page, "casus-token") || strings.Contains(page, "%!") {
			t.Errorf("%s has a script, a form, a token or a number that could not be written", file)
		}
		for _, m := range leads.FindAllStringSubmatch(string(text), -1) {
			there, err := os.ReadFile(filepath.Join("site", m[1]))
			if err != nil {
				t.Errorf("%s leads to %s: %v", file, m[1], err)
			} else if m[2] != "" && !strings.Contains(string(there), `id="`+m[2]+`"`) {
				t.Errorf("%s leads to %s, which has no %s", file, m[1], m[2])
			}
		}
	}
}

// What docs/studio.md says of addresses and commands is so.
func TestDocumentedAddresses(t *testing.T) {
	text, err := os.ReadFile("../docs/studio.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	s := New("ukraine")
	pairs := regexp.MustCompile("`(/[a-z_]+\\?[^`…]+)` asks what `(casus [^`]+)` asks").FindAllStringSubmatch(string(text), -1)
	if len(pairs) == 0 {
		t.Fatal("docs/studio.md shows no address with its command")
	}
	for _, p := range pairs {
		code, body := get(t, s, p[1])
		if m := shownCommand.FindStringSubmatch(body); code != 200 || m == nil || charts.Replace(m[1]) != p[2] {
			t.Errorf("%s: %d, %q", p[1], code, m)
		}
	}
	shown := regexp.MustCompile("\\| [A-Z][a-z ]+ \\| `/([a-z_]+)").FindAllStringSubmatch(string(text), -1)
	for _, v := range views {
		found := false
		for _, m := range shown {
			found = found || m[1] == v.ask
		}
		if v.lead && !found {
			t.Errorf("docs/studio.md does not tell of %s", v.ask)
		}
	}
}

// A site goes into a folder that is not there, one without files of its names, or an
// earlier site; what else there is stays, and is named before any page is made.
func TestWhereASiteMayGo(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	write("file", "mine")
	write("empty/CNAME", "mine")
	write("site/index.html", "<!doctype html>\n<meta name=\"generator\" content=\"casus\">")
	write("site/robust.html", "an earlier page")
	write("own/index.html", "<html>mine</html>")
	write("style/studio.css", "mine")
	write("record/manifest.json", `{"version": 1, "program": "casus 1", "case": "x", "solution_concept": "y"}`)
	if err := errors.Join(os.Symlink("nowhere", "dangling"), os.Symlink("circle", "circle"), os.Symlink("own", "link")); err != nil {
		t.Skip(err)
	}
	site := []asked{{file: "index.html"}, {file: "robust.html"}}
	for folder, want := range map[string]string{
		"new": "", "empty": "", "site": "", "file": "is a file", "own": "own holds index.html, which would be written over", "style": "style holds studio.css",
		"record": "is a record", "dangling": "a link that leads nowhere", "circle": "circle", "link": "link holds index.html",
	} {
		err := mayExport(folder, site)
		if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || ask.Code(err) != ask.WrongUse) {
			t.Errorf("%s: %v, want %q", folder, err, want)
		}
	}
}
