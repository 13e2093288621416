package studio

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus/worlds/inquiry"
)

// discovered asks the API a question about a record.
func discovered(t *testing.T, s *Studio, query string) *inquiry.Discovered {
	t.Helper()
	code, text := get(t, s, "/api/discover?"+query)
	var d inquiry.Discovered
	if err := json.Unmarshal([]byte(text), &d); err != nil || code != 200 {
		t.Fatalf("%d %v\n%.300s", code, err, text)
	}
	return &d
}

// begun is the address to which Where leads when it is opened without a question.
func begun(t *testing.T, s *Studio, path string) *url.URL {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	to, err := url.Parse(w.Header().Get("Location"))
	if w.Code != http.StatusSeeOther || err != nil {
		t.Fatalf("%s: %d, to %q", path, w.Code, w.Header().Get("Location"))
	}
	return to
}

// Where opens with a question that has something to tell, and says why that one; of a
// case that was not run it says what to do.
func TestWhereOpens(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	s := New(recorded(t))
	to := begun(t, s, "/discover")
	if to.Query().Get("where") == "" {
		t.Fatalf("nothing is asked: %s", to)
	}
	for _, path := range []string{"/discover?case=casus-records/ukraine", "/discover?case=ukraine&where="} {
		if again := begun(t, s, path); again.String() != to.String() {
			t.Errorf("%s leads to %s, and the view without words to %s", path, again, to)
		}
	}
	code, page := get(t, s, to.String())
	if code != 200 || !strings.Contains(page, "To begin with: ") || !strings.Contains(page, `<section class="explore"`) {
		t.Errorf("%s: %d\n%.400s", to, code, page)
	}
	tells := 0
	for _, v := range discovered(t, s, to.RawQuery).Views {
		if v.Points != nil {
			tells++
		}
	}
	if tells == 0 {
		t.Errorf("%s tells nothing of any school", to)
	}
	code, page = get(t, s, "/discover?case=estonia")
	if code != 200 || !strings.Contains(page, "Run the case") || !strings.Contains(page, "casus run estonia") {
		t.Errorf("a case that was not run: %d\n%.400s", code, page)
	}
}

// What is drawn is what the API says: as many worlds of each kind, each on each axis.
func TestWhereDrawsWhatTheAPISays(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	s := New(recorded(t))
	to := begun(t, s, "/discover")
	_, page := get(t, s, to.String())
	for _, v := range discovered(t, s, to.RawQuery).Views {
		from := strings.Index(page, `<section class="explore" data-view="`+v.View+`"`)
		if from < 0 {
			t.Fatalf("%s is not shown", v.View)
		}
		part, _, _ := strings.Cut(page[from:], "</section>")
		if v.Points == nil {
			continue
		}
		for kind, n := range map[string]int{"so": v.Points.Drawn.So, "not": v.Points.Drawn.Not, "unknown": v.Points.Drawn.Unknown} {
			if got := strings.Count(part, `data-k="`+kind+`"`); got != n {
				t.Errorf("%s: %d lines are %s, the API says %d", v.View, got, kind, n)
			}
		}
		for _, w := range v.Points.Worlds {
			if got := strings.Count(part, fmt.Sprintf(`data-w="%d"`, w.World)); got != 4 { // in three pairs, and as a line
				t.Errorf("%s: world %d is drawn %d times", v.View, w.World, got)
			}
		}
		for _, a := range v.Points.Axes {
			if !strings.Contains(part, `data-axis="`+a.Input+`"`) || !strings.Contains(part, half(a.So)) || !strings.Contains(part, half(a.Not)) {
				t.Errorf("%s: %s is not drawn, or not told in numbers", v.View, a.Input)
			}
		}
	}
}

// keptBetween counts, of the worlds drawn, those on one side of a value; those within a pixel
// of it may be counted or not.
func keptBetween(p *inquiry.Points, axis int, from, to float64) (least, most int) {
	a := p.Axes[axis]
	slack := float64(a.Highest-a.Lowest) / 250
	for _, w := range p.Worlds {
		x := float64(w.Values[axis])
		if x >= from+slack && x <= to-slack {
			least++
		}
		if x >= from-slack && x <= to+slack {
			most++
		}
	}
	return least, most
}

// An axis is brushed by keys and by dragging: what is left is counted as the numbers of
// the API have it, the rest fades in both pictures, and letting go brings all back.
func TestBrush(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	s := New(recordOf(t, "96", "plain"))
	b := open(t, s)
	b.as(1280, "light")
	b.visit("/discover")
	at, err := url.Parse(ofPage[string](b, `location.href`))
	if err != nil || at.Query().Get("where") == "" {
		t.Fatal(at, err)
	}
	words := at.Query()
	words.Del("token")
	d := discovered(t, s, words.Encode())
	var p *inquiry.Points
	for _, v := range d.Views {
		if p == nil && v.Points != nil && !v.Points.Axes[0].Log {
			p = v.Points
		}
	}
	left := func() int {
		words := ofPage[string](b, `document.querySelector('.brush .left b').textContent`)
		n, _, _ := strings.Cut(words, " ")
		x, err := strconv.Atoi(n)
		if err != nil || !strings.Contains(words, fmt.Sprintf("of the %d worlds", len(p.Worlds))) {
			t.Fatalf("%q", words)
		}
		return x
	}
	check := func(how string) {
		t.Helper()
		from := ofPage[float64](b, `+document.querySelector('.brush .end[data-end=to]').getAttribute('aria-valuenow')`)
		to := ofPage[float64](b, `+document.querySelector('.brush .end[data-end=from]').getAttribute('aria-valuenow')`)
		least, most := keptBetween(p, 0, from, to)
		n := left()
		if n < least || n > most || n == len(p.Worlds) {
			t.Errorf("%s: %d worlds are left from %v to %v; it should be %d to %d", how, n, from, to, least, most)
		}
		for _, of := range []string{"[data-k]", ":not([data-k])"} {
			times := map[string]int{"[data-k]": 1, ":not([data-k])": 3}[of]
			if got := ofPage[int](b, `document.querySelector('.brush').querySelectorAll('[data-w]`+of+`:not(.faded)').length`); got != times*n {
				t.Errorf("%s: %d of %s do not fade, %d worlds are left", how, got, of, n)
			}
		}
	}
	if left() != len(p.Worlds) {
		t.Errorf("at first %d of %d are left", left(), len(p.Worlds))
	}
	ofPage[bool](b, `document.querySelector('.brush .end[data-end=from]').focus() === undefined`)
	for range 4 {
		b.do(chromedp.KeyEvent(kb.PageDown))
	}
	check("keys")
	if words := ofPage[string](b, `document.querySelector('.brush .end[data-end=from]').getAttribute('aria-valuetext')`); !strings.HasPrefix(words, "at most ") {
		t.Errorf("the end says %q", words)
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until(`document.querySelectorAll('.faded').length === 0`)

	place := ofPage[[]float64](b, `(() => { const e = document.querySelector('.brush .ground-of'); e.scrollIntoView({ block: 'center' }); const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top, r.height] })()`)
	mouse := func(kind input.DispatchMouseEventType, share float64) {
		b.do(chromedp.MouseEvent(kind, place[0], place[1]+share*place[2], chromedp.ButtonLeft))
	}
	mouse(input.DispatchMouseEventTypeMousePressed, 0.25)
	mouse(input.DispatchMouseEventTypeMouseMoved, 0.5)
	mouse(input.DispatchMouseEventTypeMouseMoved, 0.7)
	mouse(input.DispatchMouseEventTypeMouseReleased, 0.7)
	b.until(`document.querySelectorAll('.faded').length > 0`)
	check("a drag")
	b.picture("brushed")
	ofPage[bool](b, `document.querySelector('.brush .left button').click() === undefined`)
	b.until(`document.querySelectorAll('.faded').length === 0`)
	b.flawless("a brush")
}

// packed is the size of some text as it is sent.
func packed(text []byte) int {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(text)
	z.Close()
	return b.Len()
}

// The page with all that moves and styles it stays light: every view in at most 150 KB as
// sent, and in 240 KB where it has a map, on whatever day and however much it holds.
func TestPageStaysLight(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	s := New(recordOf(t, "512", "no_settlement,monitors,europe,membership"))
	files, err := static.ReadDir("static")
	if err != nil {
		t.Fatal(err)
	}
	always := 0
	for _, name := range append([]string{"law.css"}, filesOf(files)...) {
		text, err := staticFile(name)
		if err != nil {
			t.Fatal(err)
		}
		always += packed(text)
	}
	all := everyView(url.QueryEscape(s.subject().Record))
	delete(all, "fault")
	for _, v := range views {
		if words := v.words(s.subject()); v.lead && words != nil {
			all["the list's "+v.ask] = s.links().to(v.ask, words)
		}
	}
	for _, day := range []string{"1870-07-19", "1939-09-01", "1980-01-01"} {
		all["network of "+day] = "/matrix?date=" + day
	}
	all["full"] = "/why?by=RUS&on=UKR&date=2026-02-01&object=territory&at=kyiv&full=true"
	for name, path := range all {
		code, page := get(t, s, path)
		most := 150 << 10
		if strings.Contains(page, `id="map"`) {
			most = 240 << 10
		}
		size := always + packed([]byte(page))
		t.Logf("%s: %d of %d KB", name, size>>10, most>>10)
		if size > most || code != http.StatusOK && code != http.StatusSeeOther {
			t.Errorf("%s (%s): %d, %d KB with its scripts and styles, packed", name, path, code, size>>10)
		}
	}
}

func filesOf[T interface{ Name() string }](files []T) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Name())
	}
	return out
}
