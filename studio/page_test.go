package studio

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casus/ask"
	"casus/law/counsel"
	"casus/show"
	"casus/terminal"
	"casus/worlds/study"
)

// get asks a page without its guard.
func get(t *testing.T, s *Studio, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w.Code, w.Body.String()
}

var (
	shownCommand = regexp.MustCompile(`<code id="command">(.*?)</code>`)
	charts       = strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&", "&#43;", "+")
)

// An address is a question, and the page says it as a command line.
func TestAddressesSayTheirCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	s := New("ukraine")
	for path, want := range map[string]string{
		"/why?by=RUS&on=GBR&object=forces&at=kyiv&date=2026-02-01":             "casus why --by RUS --on GBR --object forces --at kyiv --date 2026-02-01",
		"/why?on=GBR&date=2026-02-01&by=&facts=&facts=requested%3Dyes":         "casus why --on GBR --date 2026-02-01 --fact requested=yes",
		"/why?by=RUS&on=UKR&case=ukraine&options=membership&map=world&full=on": "casus why --by RUS --on UKR --case ukraine --option membership --full",
		"/why?on=GBR&date=2026-02-01&facts=at_war(RUS,GBR)%3Dyes":              `casus why --on GBR --date 2026-02-01 --fact "at_war(RUS,GBR)=yes"`,
	} {
		code, body := get(t, s, path)
		m := shownCommand.FindStringSubmatch(body)
		if code != http.StatusOK || m == nil || charts.Replace(m[1]) != want {
			t.Errorf("%s: %d, %q", path, code, m)
		}
	}
}

// What a page says is what the API says: each state with its standing, each
// article.
func TestPageSaysWhatTheAPISays(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	words := url.Values{"by": {"RUS"}, "on": {"GBR"}, "object": {"forces"}, "at": {"kyiv"}, "date": {"2026-02-01"}}
	_, page := get(t, s, "/why?"+words.Encode())
	code, text := get(t, s, "/api/why?"+words.Encode())
	var f struct {
		Kind    string
		Answers []struct{ Article, Debtor, Status, Verb string }
	}
	if err := json.Unmarshal([]byte(text), &f); err != nil || code != 200 || f.Kind != "why" || len(f.Answers) < 50 {
		t.Fatalf("%d %v %s %d", code, err, f.Kind, len(f.Answers))
	}
	for _, a := range f.Answers {
		if a.Status != "dormant" && !strings.Contains(page, a.Article) { // what has ended is counted
			t.Errorf("%s is not on the page", a.Article)
		}
		if a.Verb == "owes" && a.Status == "owed" && !strings.Contains(page, `<tr><th scope="row">`+a.Debtor+"</th><td>owed</td>") && !strings.Contains(page, `<tr><th scope="row">`+a.Debtor+"</th><td>contested</td>") && !strings.Contains(page, `<tr><th scope="row">`+a.Debtor+"</th><td>depends</td>") {
			t.Errorf("%s owes by %s, and the table does not say so", a.Debtor, a.Article)
		}
	}
}

// What the page shows of chains once links are cut is what the API and the command
// line say without them.
func TestCutsOnThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	s := New("ukraine")
	words := url.Values{"case": {"ukraine"}, "options": {"europe"}, "links": {"7"}, "event": {"armed attack by RUS on UKR, object territory, at kyiv"}, "end": {"fights(USA, RUS)"}}
	for _, without := range [][]string{nil, {"EUR_GUARANTEE.1"}, {"EUR_GUARANTEE.1", "RUS strikes FRA at home"}, {"NAT.5"}} {
		words["without"] = without
		_, page := get(t, s, "/chains?"+words.Encode())
		_, text := get(t, s, "/api/chains?"+words.Encode())
		var f struct {
			Found  int
			Before *struct{ Found int }
			Links  []struct{ Name string }
		}
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("<b>%d</b> chains", f.Found)
		if without != nil {
			want = fmt.Sprintf("<b>%d</b> of %d chains", f.Found, f.Before.Found)
		}
		if !strings.Contains(page, want) {
			t.Errorf("without %q the page does not say %s", without, want)
		}
		for _, l := range f.Links {
			if !strings.Contains(page, `<th scope="row">`+l.Name+"</th>") {
				t.Errorf("without %q the page does not list %s", without, l.Name)
			}
		}
		if n := strings.Count(page, `class="end-of-chains"`); n != min(f.Found, 1) {
			t.Errorf("without %q the picture has %d ends", without, n)
		}
		if n := strings.Count(page, `<tr class="cut">`); n != len(without) {
			t.Errorf("without %q: %d links are shown as cut", without, n)
		}
		for _, link := range without {
			if flag := "--without " + terminal.Quoted(link); !strings.Contains(charts.Replace(page), flag) {
				t.Errorf("the command does not say %s", flag)
			}
		}
	}
}

// Every view is set whole with every kind of its settings, alone and together.
func TestViewsAreSetWithAllTheirSettings(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	law := "case=1939&event=" + url.QueryEscape("armed attack by DEU on POL, object territory") + "&end=" + url.QueryEscape("drawn(GBR)")
	chances := "chances=duty%3D0.75&chances=strike%3D0.1&chances=own%3D0.1&chances=fact%3D0.5"
	_, text := get(t, s, "/api/chains?"+law)
	var o struct{ Links []struct{ Name string } }
	if err := json.Unmarshal([]byte(text), &o); err != nil || len(o.Links) == 0 {
		t.Fatalf("%v: no link to cut\n%.300s", err, text)
	}
	cut := "without=" + url.QueryEscape(o.Links[0].Name)
	all := map[string][]string{
		"chains":  settings(law, chances, cut),
		"cut":     settings(law, chances, cut),
		"why":     settings("by=RUS&on=GBR&date=2026-02-01", "facts=requested%3Dyes&map=world", "full=true"),
		"why_not": {"by=RUS&on=UKR&object=territory&at=kyiv&case=ukraine&article=UA_GBR.VIII"},
		"matrix":  settings("case=ukraine&date=2026-02-01", "options=europe"),
	}
	if !testing.Short() {
		chains := "case=ukraine&options=europe&links=5&event=" + url.QueryEscape("armed attack by RUS on UKR, object territory, at kyiv") + "&end=" + url.QueryEscape("fights(USA, RUS)")
		all["chains"] = append(all["chains"], settings(chains, "chances=duty%3D0.75&chances=strike%3D0.1", "without=EUR_GUARANTEE.1")...)
		more := map[string][]string{"robust": {"measures=peace"}, "suppose": {"set=" + url.QueryEscape("accept_rate=0.2")}, "discover": {"views=deterrence"}, "reach": {"options=europe"}}
		all["walk"] = []string{"case=estonia&options=as_it_stands&views=deterrence"}
		on := s.subjectOf(recorded(t))
		for _, v := range views {
			if !strings.HasPrefix(v.ask, "wh") && !slices.Contains([]string{"chains", "cut", "walk"}, v.ask) { // they are asked about an event, or one play
				all[v.ask] = append(all[v.ask], settings(url.Values(v.words(on)).Encode(), more[v.ask]...)...)
			}
		}
	}
	for _, v := range views {
		if len(all[v.ask]) == 0 && !testing.Short() {
			t.Errorf("%s is not tried", v.ask)
		}
		for _, query := range all[v.ask] {
			code, page := get(t, s, "/"+v.ask+"?"+query)
			if code != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(page), "</html>") {
				t.Errorf("/%s?%s: %d\n%.900s", v.ask, query, code, regexp.MustCompile(`(?s)<div class="error".*?</div>`).FindString(page))
			}
		}
	}
}

// settings are all questions that leave some of the settings out.
func settings(base string, some ...string) []string {
	out := []string{base}
	for _, one := range some {
		for _, q := range slices.Clone(out) {
			out = append(out, q+"&"+one)
		}
	}
	return out
}

// A question that makes no sense is told what to do; so is who asks for a page
// that is not there.
func TestFaultsSayWhatToDo(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	for path, want := range map[string]struct {
		code int
		says string
	}{
		"/why?on=UKR":                          {400, "add “Day” YYYY-MM-DD"},
		"/why?on=Rusia&date=2026-02-01":        {400, "did you mean RUS Russia"},
		"/why?onn=UKR":                         {400, "hy takes no &#34;onn&#34;"},
		"/suppose?case=ukraine&seed=1":         {400, "(“Measure” us_war)"},
		"/nowhere":                             {404, "the start is at /"},
		"/?case=ukrane":                        {404, "did you mean ukraine?"},
		"/discover?case=ukrane":                {404, "did you mean ukraine?"},
		"/api/why?date=2026-02-01":             {400, "who is attacked?"},
		"/api/whi":                             {400, "did you mean why?"},
		"/api/run?case=ukraine":                {405, "send it by POST"},
		"/api/robust?case=ukraine&record=here": {405, "send it by POST"},
		"/api/report?record=nowhere":           {422, "nowhere"},
		"/jobs/77":                             {404, "no such job"},
		"/static/..%2fstudio.go":               {404, ""},
	} {
		code, body := get(t, s, path)
		if code != want.code || !strings.Contains(body, want.says) {
			t.Errorf("%s: %d\n%.600s", path, code, body)
		}
	}
}

// Advice in flags is for the command line: a page names its fields, and has flags only
// in the command that asks the same.
func TestAdviceNamesTheFieldsOfThePage(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	code := regexp.MustCompile(`(?s)<code.*?</code>|<style.*?</style>`)
	for _, path := range []string{
		"/why?on=UKR", "/why?by=RUS&on=GBR&object=forces&at=kyiv&date=2026-02-01", "/why?by=RUS&on=UKR&case=ukraine", "/why?on=UKR&date=2030",
		"/suppose?case=ukraine&seed=1", "/suppose?case=ukraine&measure=us_war&between=europe", "/chains?case=ukraine&end=nothing", "/matrix", "/reach?case=ukraine&options=nope",
		"/ladder?case=ukraine&options=nope", "/walk?case=estonia", "/chains?case=ukraine&chance=duty%3D2", "/why_not?by=RUS&on=UKR&date=2026-01-01", "/text?case=ukraine",
	} {
		_, page := get(t, s, path)
		if m := flag.FindString(plain(code.ReplaceAllString(page, ""))); m != "" {
			t.Errorf("%s advises %s", path, m)
		}
	}
	for words, want := range map[string]string{
		"add --date YYYY-MM-DD":                     "add “Day” YYYY-MM-DD",
		"claims x (--fact a=yes or b=no)":           "claims x (“What is known” a=yes or b=no)",
		"ask for the same, or run without --resume": "ask for the same, or run the case anew",
		"--max-states is a count":                   "“max_states=” in the address is a count",
		"a – b -- c":                                "a – b -- c",
	} {
		if got := onPage(words); got != want {
			t.Errorf("%q: %q", words, got)
		}
	}
}

// A run that was stopped is gone on with only from the files it was begun with: those
// of another case of the same name are told of, and the first button runs the case anew.
func TestAStoppedRunOfOtherFilesIsNotGoneOnWith(t *testing.T) {
	t.Chdir(t.TempDir())
	stopped, stop := context.WithCancel(context.Background())
	q, err := ask.PutWords("run", ask.Words{"case": {"estonia"}, "worlds": {"400"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Answer(stopped, ask.Told{Progress: func(done, all int) {
		if 2*done >= all {
			stop()
		}
	}}); err == nil {
		t.Fatal("the run ended before it was stopped")
	}
	stop()
	if _, page := get(t, New("estonia"), "/"); !strings.Contains(page, "Go on with the stopped run") {
		t.Errorf("the run of the case itself is not gone on with:\n%s", plain(page))
	}
	if _, err := (ask.New{Folder: "mine", Like: "estonia"}).Answer(ask.Told{}); err != nil {
		t.Fatal(err)
	}
	_, page := get(t, New("mine"), "/")
	if strings.Contains(page, "Go on with the stopped run") || !strings.Contains(page, "not those of this case") || !strings.Contains(page, `<button type="button" data-job="run"`) {
		t.Errorf("a case of other files:\n%s", plain(page))
	}
}

// A fuzzer of descriptions (schemathesis, of PyPI) finds nothing: what is described is
// what is answered, whatever is sent; no answer is a fault of the server, and none
// comes without the token. That a question may make no sense is no part of a
// description.
func TestDescriptionUnderAFuzzer(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	fuzzer := schemathesis()
	if fuzzer == "" {
		t.Skip("no schemathesis here: the description is not fuzzed (pip install schemathesis)")
	}
	t.Chdir(t.TempDir())
	s := New("estonia")
	at, _ := served(t, s)
	run := exec.Command(fuzzer, "run", "http://"+at+"/api/openapi.json", "-H", "Authorization: Bearer "+s.token, "--seed", "1", "--max-examples", "3", "--phases", "coverage,fuzzing",
		"--exclude-checks", "positive_data_acceptance", "--exclude-path-regex", "^/jobs/[a-z]|^/api/(run|check|analyse)$", "--request-timeout", "60") // these run, and read files, of any name
	run.WaitDelay = time.Second
	out, err := run.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if m := regexp.MustCompile(`(\d+) generated`).FindSubmatch(out); m == nil || len(m[1]) < 4 {
		t.Errorf("hardly anything was sent:\n%.2000s", out)
	}
}

// schemathesis is the program of that name, on the path or where .ci/run puts it;
// empty where there is none.
func schemathesis() string {
	if at, err := exec.LookPath("schemathesis"); err == nil {
		return at
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	at, err := exec.LookPath(filepath.Join(cache, "casus-test", "schemathesis", "bin", "schemathesis"))
	if err != nil {
		return ""
	}
	return at
}

// A sentence begins with a capital, but for a symbol or the name of something; whatever
// it begins with stays whole.
func TestSentences(t *testing.T) {
	for in, want := range map[string]string{"a bare ceasefire": "A bare ceasefire", "élan": "Élan", "λ: how sharply": "λ: how sharply", "peace[europe] > 3": "peace[europe] > 3", "1914 begins": "1914 begins", "": ""} {
		if got := sentence(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
}

// Every setting of every question stands in the description of the API, and all
// that it refers to is there.
func TestDescription(t *testing.T) {
	d, err := description()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var whole object
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	for _, ref := range regexp.MustCompile(`"\$ref":"#/([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
		at := any(whole)
		for _, step := range strings.Split(ref[1], "/") {
			at = at.(object)[step]
			if at == nil {
				t.Fatalf("#/%s leads nowhere", ref[1])
			}
		}
	}
	for _, a := range ask.Asks() {
		if d["paths"].(object)["/api/"+a.Name] == nil || d["paths"].(object)["/jobs/"+a.Name] == nil {
			t.Errorf("%s is not described", a.Name)
		}
	}
}

// The list of views asks about the event of the page's own case, and Chains opens
// with ways where there are any.
func TestViewsOpenWithTheCasesOwnEvent(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	for about, want := range map[string][2]string{
		"estonia": {"at=EST&by=RUS&case=estonia&object=territory&on=EST", "end=fights%28USA%2C+RUS%29&event=armed+attack+by+RUS+on+EST"},
		"1914":    {"at=belgrade&by=AUH&case=1914&kind=declaration+of+war&on=SRB", "event=declaration+of+war+by+AUH+on+SRB"},
	} {
		s := New(about)
		_, page := get(t, s, "/text?case="+about)
		if !strings.Contains(charts.Replace(page), want[0]) {
			t.Errorf("%s: the list of views does not ask %s", about, want[0])
		}
		r := httptest.NewRecorder()
		s.Handler().ServeHTTP(r, httptest.NewRequest("GET", "/chains?case="+about, nil))
		to := r.Header().Get("Location")
		if r.Code != http.StatusSeeOther || !strings.Contains(to, want[1]) {
			t.Errorf("%s: chains open at %d %q", about, r.Code, to)
			continue
		}
		if _, page = get(t, s, to); strings.Contains(page, "<b>0</b> chains") || !strings.Contains(page, "<svg") {
			t.Errorf("%s: %s shows no chain", about, to)
		}
	}
}

// Who owes what gives the answer in the lines of the command line, in their order.
func TestAnswerOnThePageIsTheTerminals(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	words := ask.Words{"case": {"ukraine"}, "by": {"RUS"}, "on": {"UKR"}, "object": {"territory"}, "at": {"kyiv"}}
	_, page := get(t, s, "/why?"+url.Values(words).Encode())
	q, err := ask.PutWords("why", words)
	if err != nil {
		t.Fatal(err)
	}
	f, err := q.Answer(t.Context(), ask.Told{})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := show.Why(&out, f.(*counsel.Why), show.Layout{Width: 1000}); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(out.String(), "THE ANSWER")
	rest, _, _ = strings.Cut(rest, "\n\n")
	lines := strings.Split(rest, "\n")[1:]
	page = charts.Replace(page)
	for _, line := range lines {
		status, said, _ := strings.Cut(strings.TrimSpace(line), "  ")
		at := strings.Index(page, ">"+status+"</a></th><td>"+strings.TrimSpace(said)+"</td>")
		if at < 0 {
			t.Fatalf("not on the page, or in another order: %s", line)
		}
		page = page[at+1:]
	}
	if len(lines) < 6 || !strings.Contains(page, `id="map"`) {
		t.Errorf("%d lines; the map does not follow them", len(lines))
	}
	_, reasons, _ := strings.Cut(page, `<nav aria-label="Answers">`)
	for _, line := range lines { // the reasons stand in the same lines
		_, said, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if said = strings.TrimSpace(said); strings.Contains(said, " texts alike, ") {
			_, of, found := strings.Cut(reasons, "<summary>"+said+"</summary>")
			if n := strings.Count(of[:max(strings.Index(of, "<summary>UA"), strings.Index(of, "</section>"), 0)], `class="answer"`); !found || n < 27 {
				t.Errorf("%s: its reasons do not stand together (%d)", said, n)
			}
		}
	}
	_, listed, _ := strings.Cut(reasons, "<h2>Sources</h2>")
	for _, id := range regexp.MustCompile(`<dt id="source-(\w+)">`).FindAllStringSubmatch(listed, -1) {
		if !strings.Contains(strings.ReplaceAll(reasons, listed, ""), id[1]) {
			t.Errorf("the source %s is listed, and nothing that is shown names it", id[1])
		}
	}
}

// served lets a studio answer at an address of this machine, until the test ends or
// it is stopped.
func served(t *testing.T, s *Studio) (at string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	go s.Serve(ctx, l)
	return l.Addr().String(), stop
}

// The options are told by measure: under each school and by all of them as the record
// weighs them the mean, the median and the range that the record holds.
func TestOptionsSayWhatTheRecordHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	of := recorded(t)
	s := New("ukraine")
	_, page := get(t, s, "/robust?case="+url.QueryEscape(of))
	r := s.found(of)
	if r == nil || r.Weights == nil || r.Weights.Union == nil {
		t.Fatal("the record weighs no schools")
	}
	section := page[strings.Index(page, `id="m-resumed_then"`):]
	section = section[:strings.Index(section, "</section>")]
	k := r.MeasureAt("resumed_then")
	for _, res := range r.Results {
		row := ""
		all := []string{}
		for _, v := range append([]study.Summary{res.Union.After[k]}, res.Views[0].Summary[k], res.Views[1].Summary[k], res.Views[2].Summary[k]) {
			mean, middle := show.Spread(v, r.Measures[k].Unit)
			row += "<td><b>" + html.EscapeString(mean) + "</b><small>" + html.EscapeString(middle) + "</small></td>"
			all = append(all, mean)
		}
		if !strings.Contains(section, row) {
			t.Errorf("%s: the page has not %s", res.Option, row)
		}
		if res.Option == "europe" && slices.Contains(all, "–") {
			t.Errorf("%s: %v", res.Option, all)
		}
	}
	if n := strings.Count(page, `class="measure"`); n != strings.Count(page, "Largest regret:") || n < 3 || !strings.Contains(page, `id="dominance"`) {
		t.Errorf("%d measures, each with its regrets, and the dominance over them", n)
	}
}
