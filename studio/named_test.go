package studio

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"casus/ask"
)

var errorBox = regexp.MustCompile(`(?s)<div class="error" role="alert">(.*?)</div>`)

// A record where a view is asked of a case, a case where it is asked of a record, and
// either by the other's word: one message says what is wrong, and a link leads to what was
// meant. No address writes a record.
func TestARecordForACaseAndTheOtherWay(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	record := recorded(t)
	s := New("ukraine")
	on := s.subjectOf(record)
	for _, v := range views {
		whole := v.words(on)
		switch v.ask {
		case "why_not":
			whole = with(whole, "article", "NAT.5")
		case "walk":
			whole = with(with(whole, "options", "europe"), "views", "deterrence")
		}
		rest := with(with(whole, "case"), "record")
		named := map[string]ask.Words{"the record by record": with(rest, "record", record), "the case by record": with(rest, "record", "ukraine")}
		switch v.of {
		case ofCase:
			named["the record by case"] = with(rest, "case", record)
		case ofRecord:
			delete(named, "the record by record")
			named["the record by case"], named["the case by case"] = with(rest, "case", record), with(rest, "case", "ukraine")
			named["a case not run"] = with(rest, "record", "estonia")
		case ofWorlds:
			if v.ask != "suppose" && v.ask != "record" { // they solve a case as it is
				named["the case by case"] = with(with(whole, "record"), "case", "ukraine")
			}
		}
		for what, words := range named {
			from := s.links().to(v.ask, words)
			code, page := get(t, s, from)
			where := v.name + ", " + what
			if code == http.StatusSeeOther { // it opens by itself as was meant
				continue
			}
			box := errorBox.FindStringSubmatch(page)
			asks := strings.Contains(page, `class="card run"`) && code == http.StatusOK
			if !asks && (code < 400 || box == nil || strings.Count(box[1], "<p>") != 2 || !strings.Contains(box[1], "<p><a ")) {
				t.Errorf("%s: %d %q", where, code, box)
				continue
			}
			part := page
			if !asks {
				part = box[1]
			} else if part = page[strings.Index(page, `class="card run"`):]; !strings.Contains(part, "<a ") {
				t.Errorf("%s: it does not lead to the last record", where)
				continue
			}
			to := html.UnescapeString(regexp.MustCompile(`<a href="([^"]+)"`).FindStringSubmatch(part)[1])
			r := httptest.NewRecorder()
			s.Handler().ServeHTTP(r, httptest.NewRequest("GET", to, nil))
			if r.Code != http.StatusOK && r.Code != http.StatusSeeOther {
				t.Errorf("%s leads to %s: %d %q", where, to, r.Code, errorBox.FindString(r.Body.String()))
			}
		}
	}
	if code, page := get(t, s, "/robust?case=estonia&worlds=4&record=mine"); code != http.StatusBadRequest || ask.Exists("mine") || !strings.Contains(page, "writes no record") {
		t.Errorf("an address writes a record: %d", code)
	}
	for path, want := range map[string]string{
		"/api/why?on=UKR&date=2026-02-01&case=" + url.QueryEscape(record): record + " is a record, which holds values and no game to solve anew: name the case (it is of ukraine)",
		"/api/report?record=estonia":                                      "estonia is a case, and a record of one is wanted (casus run estonia leaves one)",
		"/api/report?record=ukraine":                                      "ukraine is a case, and a record of one is wanted (its last is " + record + ")",
	} {
		if _, text := get(t, s, path); !strings.Contains(text, want) {
			t.Errorf("%s: %s", path, text)
		}
	}
}
