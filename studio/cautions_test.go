package studio

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"casus/ask"
	"casus/show"
)

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	blanks = regexp.MustCompile(`\s+`)
)

// plain is the words of a page or a screen: no marks, one blank between them, all small.
func plain(text string) string {
	return strings.ToLower(blanks.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(text, "")), " "))
}

// cautioned are the cautions of an answer as the terminal prints it: what stands under
// Warnings or behind "!", what was left out, which worlds count and for how much.
func cautioned(t *testing.T, path string) []string {
	t.Helper()
	at, err := url.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	q, err := ask.PutWords(strings.TrimPrefix(at.Path, "/"), ask.Words(at.Query()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := q.Answer(context.Background(), ask.Told{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if _, err := show.Any(&b, f, show.Layout{Width: 100_000}); err != nil {
		t.Fatal(path, err)
	}
	var out []string
	for _, line := range strings.Split(b.String(), "\n") {
		line = strings.TrimSpace(line)
		for _, lead := range []string{"! ", "• ", "warning: ", "Place: ", "Left out: ", "Beside a share", "Each world counts", "Options tie", "A union: "} {
			if words, is := strings.CutPrefix(line, lead); is {
				out = append(out, strings.TrimSuffix(words, "."))
			}
		}
		if strings.HasSuffix(line, " are left out.") || strings.Contains(line, ", standard deviation ") {
			out = append(out, strings.TrimSuffix(line, "."))
		}
	}
	for _, w := range f.Opening().Warnings {
		out = append(out, w.Text)
	}
	if kind := f.Opening().Kind; kind == "discover" || kind == "robust" { // these stand there in full
		var whole strings.Builder
		if _, err := show.Any(&whole, f, show.Layout{Width: 100}); err != nil {
			t.Fatal(path, err)
		}
		out = append(out, whole.String())
	}
	return out
}

// Whatever caution the command line prints with an answer stands on its page.
func TestCautionsOfTheCommandLineStandOnThePage(t *testing.T) {
	t.Chdir(t.TempDir())
	paths := []string{
		"/why?by=RUS&on=GBR&object=forces&at=kyiv&date=2026-02-01", "/why?on=POL&by=RUS&date=1935-01-01", "/matrix?date=1935-01-01", "/reach?case=estonia",
	}
	of, few := "", 0
	if !testing.Short() {
		of = url.QueryEscape(recordOf(t, "24", "no_settlement,monitors,europe"))
		few = 30
		for _, name := range []string{"robust?", "sense?measures=us_then&options=monitors&", "sense?", "discover?where=" + url.QueryEscape("peace[europe] > 3") + "&", "claims?", "record?", "suppose?measure=us_war&between=europe&between=monitors&"} {
			paths = append(paths, "/"+name+"case="+of)
		}
	}
	s, all := New("ukraine"), 0
	for _, path := range paths {
		code, page := get(t, s, path)
		if code != http.StatusOK {
			t.Fatalf("%s: %d %s", path, code, plain(page))
		}
		page = plain(page)
		for _, words := range cautioned(t, path) {
			if all++; !strings.Contains(page, plain(words)) {
				t.Errorf("%s does not say: %s", path, words)
			}
		}
	}
	if of != "" {
		cautionsOfTheReport(t, s)
	}
	if all < few || all == 0 {
		t.Errorf("only %d cautions", all)
	}
}

// The report has the cautions of each of its parts too, and each once.
func cautionsOfTheReport(t *testing.T, s *Studio) {
	t.Helper()
	var b strings.Builder
	if err := Report(context.Background(), "casus-records/ukraine", &b); err != nil {
		t.Fatal(err)
	}
	page := plain(b.String())
	for _, name := range []string{"report", "robust", "sense", "record", "claims"} {
		path := "/" + name + "?" + url.Values(viewOf(name).words(s.subject())).Encode()
		for _, words := range cautioned(t, path) {
			if !strings.Contains(page, plain(words)) {
				t.Errorf("the report does not say of %s: %s", path, words)
			}
		}
	}
}
