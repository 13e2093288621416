package studio

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus/ask"
	"casus/lang/source"
)

// browser is a headless Chromium with the page open in it, and all that went wrong
// there.
type browser struct {
	t       *testing.T
	ctx     context.Context
	address string // of the page, with its token

	mu     sync.Mutex
	faults []string
}

// open serves the page and opens it in Chromium.
func open(t *testing.T, s *Studio) *browser {
	t.Helper()
	var chromium string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if at, err := exec.LookPath(name); err == nil {
			chromium = at
		}
	}
	if chromium == "" {
		t.Skip("no Chromium here: the page is not opened (Debian: apt-get install chromium)")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	go s.Serve(served, l)

	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	ctx, end = chromedp.NewContext(ctx)
	t.Cleanup(end)
	b := &browser{t: t, ctx: ctx, address: s.Address(l)}
	b.do(chromedp.Navigate("about:blank"))
	if err := chromedp.Listen(ctx, func(ev any) { b.heard(ev, l.Addr().String()) }); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, bad := cdp.Call(ctx, t, log.Enable, cdp.Empty{})
		_, worse := cdp.Call(ctx, t, network.Enable, network.EnableParams{})
		return errors.Join(bad, worse)
	}))
	return b
}

// heard keeps what a page must not do: errors in its console, exceptions, requests
// to anywhere else.
func (b *browser) heard(ev any, host string) {
	fault := ""
	switch ev := ev.(type) {
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.EntryLevelError || ev.Entry.Level == log.EntryLevelWarning {
			fault = "console: " + ev.Entry.Text + " " + ev.Entry.URL
		}
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeWarning {
			fault = fmt.Sprint("console: ", ev.Args)
		}
	case *runtime.EventExceptionThrown:
		fault = "exception: " + ev.ExceptionDetails.Text
	case *network.EventRequestWillBeSent:
		if at, err := url.Parse(ev.Request.URL); err != nil || at.Host != host && at.Scheme != "data" && at.Scheme != "about" && at.Scheme != "file" {
			fault = "a request to " + ev.Request.URL
		}
	}
	if fault != "" {
		b.mu.Lock()
		b.faults = append(b.faults, fault)
		b.mu.Unlock()
	}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, 2*time.Minute)
	defer end()
	if b.ctx.Err() == nil && chromedp.FromContext(b.ctx).Target == nil { // the first call begins the browser
		ctx = b.ctx
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func ofPage[T any](b *browser, expression string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, 2*time.Minute)
	defer end()
	x, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		b.t.Fatalf("%.80s: %v", expression, err)
	}
	return x
}

// until waits for something to become so.
func (b *browser) until(expression string) {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, time.Minute)
	defer end()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(time.Minute))); err != nil {
		b.t.Fatalf("%s: %v; the command is %q", expression, err, ofPage[string](b, `document.getElementById('command').textContent`))
	}
}

// as sets the size of the window and the colours that the reader prefers.
func (b *browser) as(width int64, scheme string) {
	b.do(chromedp.EmulateViewport(width, 900), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	}))
}

// visit opens a path with the token, as the first visit does.
func (b *browser) visit(path string) {
	at, _ := url.Parse(b.address)
	to := "http://" + at.Host + path
	if strings.Contains(path, "?") {
		to += "&" + at.RawQuery
	} else {
		to += "?" + at.RawQuery
	}
	b.do(chromedp.Navigate(to), chromedp.WaitReady("#main"))
}

// flawless reports what went wrong since it was asked last.
func (b *browser) flawless(where string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		b.t.Errorf("%s: %s", where, f)
	}
	b.faults = nil
}

// accessible reports what axe-core finds on the page as it stands.
func (b *browser) accessible(where string) {
	b.t.Helper()
	checker := axe(b.t)
	if checker == "" {
		b.t.Log("axe-core cannot be had here (is the npm registry out of reach?): accessibility is not checked")
		return
	}
	for _, v := range ofPage[[]string](b, checker+`; axe.run({ resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.help + ' at ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary.split('\n').slice(1, 2)).join('; ')))`, chromedp.EvalAwaitPromise) {
		b.t.Errorf("%s: %s", where, v)
	}
}

// picture keeps the whole page as a PNG among the test's output.
func (b *browser) picture(name string) {
	ctx, end := context.WithTimeout(b.ctx, time.Minute)
	defer end()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	folder := b.t.ArtifactDir()
	if to := os.Getenv("CASUS_PICTURES"); to != "" {
		folder = to
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644); err != nil {
		b.t.Error(err)
	}
}

const axeVersion = "4.14.1"

// axe is the accessibility checker axe-core, out of the npm registry and kept in
// the cache of the user; empty where it cannot be had.
func axe(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	kept := filepath.Join(cache, "casus-test", "axe-core-"+axeVersion+".js")
	if text, err := os.ReadFile(kept); err == nil {
		return string(text)
	}
	dir := t.TempDir()
	get := exec.Command("npm", "pack", "axe-core@"+axeVersion)
	get.Dir = dir
	if err := get.Run(); err != nil {
		return ""
	}
	text, err := fromPack(filepath.Join(dir, "axe-core-"+axeVersion+".tgz"), "package/axe.min.js")
	if err != nil {
		t.Log(err)
		return ""
	}
	if os.MkdirAll(filepath.Dir(kept), 0o755) == nil {
		_ = os.WriteFile(kept, text, 0o644) // it is only a cache
	}
	return string(text)
}

func fromPack(pack, name string) ([]byte, error) {
	f, err := os.Open(pack)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	for files := tar.NewReader(z); ; {
		h, err := files.Next()
		if err != nil {
			return nil, err
		}
		if h.Name == name {
			return io.ReadAll(files)
		}
	}
}

// recorded makes a small record in the folder of the test, and gives its name.
func recorded(t *testing.T) string {
	t.Helper()
	return recordOf(t, "8", "no_settlement,monitors,europe,membership")
}

func recordOf(t *testing.T, worlds, options string) string {
	t.Helper()
	q, err := ask.PutWords("run", ask.Words{"case": {"ukraine"}, "worlds": {worlds}, "options": {options}, "record": {"casus-records/ukraine"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Answer(context.Background(), ask.Told{}); err != nil {
		t.Fatal(err)
	}
	return "casus-records/ukraine"
}

// everyView is an address of each view, and of its kinds; record is the name of one, as
// an address has it.
func everyView(record string) map[string]string {
	attack := "case=ukraine&by=RUS&on=UKR&object=territory&at=kyiv"
	return map[string]string{
		"begin":   "/?case=estonia",
		"unrun":   "/discover?case=estonia",
		"report":  "/report?record=" + record,
		"why":     "/why?" + attack,
		"world":   "/why?" + attack + "&map=world",
		"1914":    "/why?by=AUH&on=SRB&date=1914-07-28",
		"network": "/matrix?date=1914-07-28",
		"bonds":   "/matrix?date=2026-02-01",
		"why_not": "/why_not?" + attack + "&article=UA_GBR.VIII",
		"chains":  "/chains?case=ukraine&options=europe&links=7&end=" + url.QueryEscape("fights(USA, RUS)") + "&event=" + url.QueryEscape("armed attack by RUS on UKR, object territory, at kyiv"),
		"cut":     "/cut?case=ukraine&options=europe&links=7&end=" + url.QueryEscape("fights(USA, RUS)") + "&event=" + url.QueryEscape("armed attack by RUS on UKR, object territory, at kyiv"),
		"robust":  "/robust?case=" + record,
		"sense":   "/sense?case=" + record + "&measures=peace&options=europe",
		"suppose": "/suppose?case=" + record + "&measure=peace&between=membership,monitors&worlds=32&set=accept_rate=0.2",
		"text":    "/text?case=ukraine",
		"where":   "/discover?case=" + record + "&where=" + url.QueryEscape("peace[membership] > peace[monitors]"),
		"record":  "/record?case=" + record,
		"claims":  "/claims?case=" + record,
		"claim":   "/claims?claims=C09&case=" + record,
		"ladder":  "/ladder?case=ukraine&options=monitors",
		"reach":   "/reach?case=ukraine&options=monitors",
		"walk":    "/walk?case=ukraine&options=europe&views=deterrence&at=sign",
		"fault":   "/why?on=Rusia&date=2026-02-01",
	}
}

// Every view opens at every width and in both colours without a fault: no error in
// the console, no request elsewhere, nothing that axe-core finds, nothing wider than
// the window, cut, empty or over something else, nothing that moves.
func TestViewsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	record := url.QueryEscape(recorded(t))
	b := open(t, New("ukraine"))
	for name, path := range everyView(record) {
		if only := os.Getenv("CASUS_VIEW"); only != "" && only != name { // to look at one of them
			continue
		}
		for _, width := range []int64{1280, 1600, 375, 768} {
			opens := width == 1280 || width == 375 // the others are come to by drawing the window
			b.as(width, "light")
			if opens {
				b.visit(path)
			}
			for _, scheme := range []string{"light", "dark"} {
				where := fmt.Sprintf("%s-%d-%s", name, width, scheme)
				b.as(width, scheme)
				if name == "fault" { // the browser says that a page was not found
					b.mu.Lock()
					b.faults = nil
					b.mu.Unlock()
				}
				b.flawless(where)
				if told := ofPage[string](b, `document.querySelector('main > .error')?.textContent ?? ''`); (told != "") != (name == "fault") {
					t.Errorf("%s: %q", where, told)
				}
				if wide := ofPage[int](b, `document.documentElement.scrollWidth`); wide > int(width) {
					t.Errorf("%s: the page is %d wide", where, wide)
				}
				if opens && scheme == "light" {
					if moved := ofPage[float64](b, `new Promise(done => { let sum = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 150) })`, chromedp.EvalAwaitPromise); moved > 0.01 {
						t.Errorf("%s: what is on the page moves (%.3f)", where, moved)
					}
				}
				if silent := ofPage[[]string](b, `[...document.querySelectorAll('.wide')].filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e, '::after').visibility !== 'visible').map(e => e.ariaLabel)`); len(silent) > 0 {
					t.Errorf("%s: wider than their place and no sign of it: %q", where, silent)
				}
				b.looks(where)
				if scheme == "light" && width >= 1280 {
					b.fits(where)
				}
				if opens {
					b.accessible(where)
				}
				b.picture(where)
			}
		}
	}
}

// The HTML report opens from a file, at both widths and in both colours, with nothing
// for axe-core to find and nothing wider than the window.
func TestReportInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	record := recorded(t)
	var page strings.Builder
	if err := Report(t.Context(), record, &page); err != nil {
		t.Fatal(err)
	}
	file, err := filepath.Abs("report.html")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(page.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	b := open(t, New("ukraine"))
	for _, width := range []int64{1280, 375} {
		for _, scheme := range []string{"light", "dark"} {
			where := fmt.Sprintf("sheet-%d-%s", width, scheme)
			b.as(width, scheme)
			b.do(chromedp.Navigate((&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()), chromedp.WaitReady("#main"))
			b.flawless(where)
			b.accessible(where)
			if wide := ofPage[int](b, `document.documentElement.scrollWidth`); wide > int(width) {
				t.Errorf("%s: the page is %d wide", where, wide)
			}
			b.picture(where)
		}
	}
}

// The page is used as a person does: a click on the map, a fact by a link, the
// slider, back; each view is the question that its address says.
func TestUseOfTheMap(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	b := open(t, New("estonia"))
	b.visit("/why?by=RUS&on=UKR&date=2026-02-01")
	ofPage[bool](b, `document.querySelector('#map path[data-state=FIN]').dispatchEvent(new MouseEvent('click', { bubbles: true }))`)
	b.until(`document.getElementById('command').textContent === 'casus why --by RUS --on FIN --at FIN --date 2026-02-01 --kind "armed attack"' || document.getElementById('command').textContent === 'casus why --by RUS --on FIN --at FIN --date 2026-02-01'`)
	b.until(`new URL(location).searchParams.get('on') === 'FIN'`)
	ofPage[bool](b, `(() => { const y = document.getElementById('year'); y.value = 1990; return y.dispatchEvent(new Event('input', { bubbles: true })) })()`)
	b.until(`document.getElementById('command').textContent.includes('--date 1990-02-01')`)
	ofPage[bool](b, `history.back() === undefined`)
	b.until(`document.getElementById('command').textContent.includes('--date 2026-02-01')`)
	ofPage[bool](b, `(() => { // an arrow key that is held on the slider
		const real = fetch
		window.asked = []
		window.fetch = (...words) => { asked.push(String(words[0])); return real(...words) }
		let n = 0
		const held = setInterval(() => {
			const year = document.getElementById('year')
			year.stepDown()
			for (const kind of ['input', 'change']) year.dispatchEvent(new Event(kind, { bubbles: true }))
			if (++n === 100) clearInterval(held)
		}, 20)
		return true
	})()`)
	b.until(`document.getElementById('command').textContent.includes('--date 1926-02-01')`)
	if n := ofPage[int](b, `asked.length`); n > 10 {
		t.Errorf("a key that is held for 100 years asks %d times", n)
	}
	b.visit("/why?by=RUS&on=FIN&date=2026-02-01")
	ofPage[bool](b, `document.querySelector('.bind a').click() === undefined`)
	b.until(`document.getElementById('command').textContent.includes('--fact ')`)
	b.flawless("the map")
	ofPage[bool](b, `(() => { const on = document.getElementById('on'); on.value = 'Rusia'; on.form.requestSubmit(); return true })()`)
	b.until(`document.getElementById('busy').textContent.includes('did you mean RUS Russia') && document.getElementById('on').value === 'Rusia'`)
}

// A case is run from the page: it tells of its progress, its answer is shown, and
// another run can be stopped.
func TestRunFromThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	b := open(t, New("estonia"))
	b.visit("/")
	ofPage[bool](b, `(() => { const k = document.querySelector('[data-job]'); k.dataset.words = '{"case": "estonia", "worlds": 16}'; k.click(); return true })()`)
	ctx, end := context.WithTimeout(b.ctx, 5*time.Minute)
	defer end()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`location.pathname === '/report'`, chromedp.WithPollingTimeout(5*time.Minute))); err != nil {
		t.Fatal(err, ofPage[string](b, `document.getElementById('busy').textContent`))
	}
	if said := ofPage[int](b, `document.querySelectorAll('.said p').length`); said == 0 {
		t.Error("the answer says nothing")
	}
	if !ask.NamesRecord("casus-records/estonia") {
		t.Error("no record was kept")
	}
	b.flawless("a run")
}

// A run that is stopped says where what it had done is kept, and how to go on with it;
// so does the page on which it began, when it is opened again.
func TestStoppedRun(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	b := open(t, New("estonia"))
	b.visit("/")
	ofPage[bool](b, `(() => { const k = document.querySelector('[data-job]'); k.dataset.words = '{"case": "estonia", "worlds": 8000}'; k.click(); return true })()`)
	b.until(`document.querySelector('#busy progress')?.value > 0`)
	ofPage[bool](b, `document.querySelector('#busy button').click() === undefined`)
	b.until(`document.getElementById('busy').textContent.includes('kept in casus-records/estonia.')`)
	if got := ofPage[string](b, `document.querySelector('#busy code').textContent`); got != "casus run estonia --resume casus-records/estonia" {
		t.Errorf("to go on: %s", got)
	}
	b.accessible("a stopped run")
	b.picture("stopped")
	words := ofPage[string](b, `document.querySelector('#busy [data-job]').dataset.words`)
	b.visit("/")
	if again := ofPage[string](b, `document.querySelector('main [data-job]').dataset.words`); again != words || !ofPage[bool](b, `document.querySelector('.run').textContent.includes('A run was stopped; what it had done is in casus-records/estonia.') && document.querySelector('.run code').textContent === 'casus-records/estonia-2'`) {
		t.Errorf("opened again, the page goes on by %s, not by %s, or names other folders: %s", again, words, ofPage[string](b, `document.querySelector('.run').textContent`))
	}
	b.picture("begin-stopped")
	b.flawless("a stopped run")
}

// A slider holds its assumption: the central world is told first, then more and more
// worlds; the address, the field and the command say what is held, and it is what the
// address gives when it is opened anew. Letting go takes it back.
func TestSliders(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	b := open(t, New(recorded(t)))
	b.visit("/suppose?case=casus-records/ukraine&measure=peace&between=membership,monitors&worlds=32")
	ofPage[bool](b, `(() => { const s = document.getElementById('s-accept_rate'); s.value = 0.9 * s.max; s.dispatchEvent(new Event('input', { bubbles: true })); return s.dispatchEvent(new Event('change', { bubbles: true })) })()`)
	b.until(`document.querySelector('#answers .worlds').textContent.includes('over 512 worlds') && document.getElementById('command').textContent.endsWith('--worlds 512')`)
	held := ofPage[string](b, `document.querySelector('#answers tbody').textContent`)
	if !ofPage[bool](b, `document.getElementById('command').textContent.includes('--set accept_rate=') && new URL(location).searchParams.get('set').startsWith('accept_rate=')`) {
		t.Error("command or address do not say what is held")
	}
	if cells := ofPage[[]string](b, `[...document.querySelectorAll('#answers tbody tr:first-child td')].map(e => e.textContent)`); cells[0] == cells[1] && cells[3] == cells[4] {
		t.Errorf("the answers stay %q wherever the slider stands", cells)
	}
	b.visit(ofPage[string](b, `location.pathname + location.search`) + "&worlds=512")
	if again := ofPage[string](b, `document.querySelector('#answers tbody').textContent`); again != held {
		t.Errorf("opened anew:\n%s\nmoved there:\n%s", again, held)
	}
	ofPage[bool](b, `document.querySelector('[data-free=accept_rate]').click() === undefined`)
	b.until(`document.getElementById('set').value === '' && !document.getElementById('command').textContent.includes('--set')`)
	b.flawless("sliders")
}

// A text is coloured and read while it is typed: what is wrong is told at its place,
// words are offered, the word at the cursor is known; it is laid out and saved, and
// not over what somebody else wrote meanwhile.
func TestText(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	files := ownCase(t)
	name, text := files[0].Name, string(files[0].Text)
	b := open(t, New("./mycase"))
	b.as(1280, "light")
	b.visit("/text?case=./mycase&file=" + url.QueryEscape(name))
	b.until(`document.querySelectorAll('.paint .c-keyword').length > 5 && document.getElementById('wrong').textContent === 'Nothing.'`)
	if !ofPage[bool](b, `document.querySelector('.paint').textContent === document.querySelector('#code').value + '\n'`) {
		t.Error("what is painted is not the text")
	}
	b.picture("text-own")
	typed := func(from int, words string) {
		t.Helper()
		ofPage[bool](b, fmt.Sprintf(`(() => { const a = document.getElementById('code'); a.focus(); a.setRangeText(%q, %d, %d, 'end'); return a.dispatchEvent(new InputEvent('input', { bubbles: true })) })()`, words, from, from))
	}
	typed(0, "instrumnt X \"x\" {}\n")
	b.until(`document.getElementById('wrong').textContent.includes('line 1') && document.querySelector('.paint .bad') !== null && document.getElementById('state').textContent === 'Not saved.'`)
	b.picture("text-wrong")
	b.accessible("a text with a mistake")
	b.as(375, "dark")
	b.accessible("a text with a mistake, narrow and dark")
	b.picture("text-wrong-narrow")
	b.as(1280, "light")
	ofPage[bool](b, `(() => { const a = document.getElementById('code'); a.setRangeText('', 0, a.value.indexOf('\n') + 1); return a.dispatchEvent(new InputEvent('input', { bubbles: true })) })()`)
	b.until(`document.getElementById('wrong').textContent === 'Nothing.'`)

	at := strings.Index(text, "horizon")
	ofPage[bool](b, fmt.Sprintf(`(() => { const a = document.getElementById('code'); a.setSelectionRange(%d, %d); return a.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', ctrlKey: true, bubbles: true })) })()`, at+3, at+3))
	b.until(`!document.getElementById('offers').hidden && document.getElementById('offers').textContent.includes('horizon')`)
	ofPage[bool](b, `document.getElementById('code').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))`)
	b.until(`document.getElementById('offers').hidden`)

	at = len([]rune(text[:strings.Index(text, "hawks")]))
	ofPage[bool](b, fmt.Sprintf(`(() => { const a = document.getElementById('code'); a.focus(); a.setSelectionRange(%d, %d); return true })()`, at+2, at+2))
	b.do(chromedp.KeyEvent(kb.F2))
	b.until(`!document.getElementById('rename').hidden && document.activeElement.id === 'newname' && document.activeElement.value === 'hawks'`)
	b.do(chromedp.KeyEvent("doves" + kb.Enter))
	b.until(`document.getElementById('renamewrong').textContent.includes('cannot be called doves')`)
	b.accessible("a name that is taken")
	b.picture("text-rename")
	ofPage[bool](b, `document.getElementById('newname').select() === undefined`)
	b.do(chromedp.KeyEvent("falcons" + kb.Enter))
	b.until(`document.activeElement.id === 'code' && !document.getElementById('code').value.includes('hawks') && document.getElementById('code').value.split('falcons').length === 4`)
	b.do(chromedp.KeyEvent("z", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	b.until(fmt.Sprintf(`document.getElementById('code').value === %q`, text))

	typed(len([]rune(text)), "\n\n\n# the end   \n")
	ofPage[bool](b, `document.getElementById('save').click() === undefined`)
	b.until(`document.getElementById('state').textContent === 'Saved.'`)
	saved, err := os.ReadFile(name)
	if err != nil || !strings.HasSuffix(string(saved), "\n# the end\n") || strings.Contains(string(saved), "\n\n\n") {
		t.Errorf("saved as …%q, %v", saved[max(0, len(saved)-80):], err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	typed(0, "# mine\n")
	ofPage[bool](b, `document.getElementById('save').click() === undefined`)
	b.until(`document.getElementById('busy').textContent.includes('changed meanwhile')`)
	if now, _ := os.ReadFile(name); string(now) != text {
		t.Error("what another wrote was overwritten")
	}
	b.mu.Lock()
	b.faults = slices.DeleteFunc(b.faults, func(f string) bool { return strings.Contains(f, "409") }) // the browser says so
	b.mu.Unlock()
	b.flawless("a text")
}

// Words are offered for one text and one place of the caret. When either changes the
// list goes, or is asked for anew; an answer that comes late is dropped; nothing that
// was typed is rewritten, and what was taken can be taken back.
func TestCompletionFollowsTheCaret(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	files := ownCase(t)
	text := string(files[0].Text)
	at := len([]rune(text[:strings.Index(text, "horizon")]))
	b := open(t, New("./mycase"))
	b.as(1280, "light")
	b.visit("/text?case=./mycase&file=" + url.QueryEscape(files[0].Name))
	b.until(`document.querySelectorAll('.paint .c-keyword').length > 5`)
	keys := func(what string, with ...chromedp.KeyOption) { b.do(chromedp.KeyEvent(what, with...)) }
	caret := func(at int) {
		ofPage[bool](b, fmt.Sprintf(`(() => { const a = document.getElementById('code'); a.focus(); a.setSelectionRange(%d, %d); return true })()`, at, at))
	}
	offer := func() { keys(" ", chromedp.KeyModifiers(chromedp.ModifierCtrl)) }
	enter := func() { // by one event, as a keyboard does: no character follows one that was taken
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kb.KeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13})
			return err
		}))
	}
	const shown, hidden = `!document.getElementById('offers').hidden`, `document.getElementById('offers').hidden`
	is := func(want, when string) {
		t.Helper()
		if got := ofPage[string](b, `document.getElementById('code').value`); got != want {
			n := 0
			for n < min(len(got), len(want)) && got[n] == want[n] {
				n++
			}
			t.Fatalf("%s the text goes on %.60q, want %.60q", when, got[n:], want[n:])
		}
	}

	// Taken in the middle of a word, a word swallows its own end and nothing else.
	caret(at + 3)
	offer()
	b.until(shown)
	b.accessible("with words offered")
	b.picture("text-offers")
	enter()
	b.until(hidden)
	is(text, "after hor|izon was completed")

	// The caret moves: the list goes.
	for _, move := range []string{kb.ArrowLeft, kb.ArrowRight, kb.Home, kb.End} {
		caret(at + 3)
		offer()
		b.until(shown)
		keys(move)
		b.until(hidden)
		is(text, "after the caret moved")
	}
	caret(at + 3)
	offer()
	b.until(shown)
	caret(at + 5) // as a click of the mouse sets it
	b.until(hidden)

	// What goes on as a word that is offered narrows the list at once; what does not
	// closes it, so that Enter begins a line and never turns it into another word.
	end := at + strings.Index(text[strings.Index(text, "horizon"):], "\n")
	caret(end)
	keys("\rhor")
	b.until(shown)
	keys("i")
	b.until(shown + ` && [...document.querySelectorAll('#offers li')].every(li => li.textContent.startsWith('hori'))`)
	keys("q")
	if !ofPage[bool](b, hidden) {
		t.Error("the list stays over a word that it does not hold")
	}
	enter()
	b.until(`document.getElementById('code').value.includes('\nhoriq\n')`)

	// An answer that comes after the caret or the text changed is dropped.
	ofPage[bool](b, `(() => {
		const send = WebSocket.prototype.send
		window.late = 0
		WebSocket.prototype.send = function (x) {
			const m = JSON.parse(x)
			if (m.method !== 'textDocument/completion') return send.call(this, x)
			const come = e => { if (JSON.parse(e.data).id === m.id) { this.removeEventListener('message', come); setTimeout(() => window.late++, 50) } }
			this.addEventListener('message', come)
			setTimeout(() => send.call(this, x), 300)
		}
		return true
	})()`)
	caret(at + 3)
	offer()
	keys(kb.ArrowRight)
	b.until(`window.late === 1`)
	if !ofPage[bool](b, hidden) {
		t.Error("words are offered for where the caret was")
	}
	caret(at + 3)
	offer()
	keys(kb.Delete)
	b.until(`window.late === 2`)
	if !ofPage[bool](b, hidden) {
		t.Error("words are offered for a text that is no more")
	}

	// Typed, taken, taken back.
	before := ofPage[string](b, `document.getElementById('code').value`)
	caret(0)
	keys("ca")
	offer()
	b.until(shown + ` && document.getElementById('offers').textContent.includes('case')`)
	ofPage[bool](b, `[...document.querySelectorAll('#offers li')].find(li => li.textContent.startsWith('case')).dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true })) || true`)
	is("case"+before, "after a word was taken")
	keys("z", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	is("ca"+before, "after it was taken back")
	b.flawless("completion")
}

// A step of the picture of chains is a link: a click cuts it, and the chains through
// it are gone. The game opens by clicks, and goes back by them.
func TestClicksInPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	b := open(t, New("ukraine"))
	b.visit("/chains?case=ukraine&options=europe&links=7&end=" + url.QueryEscape("fights(USA, RUS)") + "&event=" + url.QueryEscape("armed attack by RUS on UKR, object territory, at kyiv") + "&chances=duty%3D0.5&chances=strike%3D0.1&chances=own%3D0.1&chances=fact%3D0.5")
	if !ofPage[bool](b, `document.querySelector('.card p b').textContent.startsWith('0.')`) {
		t.Error("it is not said how likely the end is")
	}
	ofPage[bool](b, `document.querySelector('.chart a[data-cut="EUR_GUARANTEE.1"]').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))`)
	b.until(`new URL(location).searchParams.get('without') === 'EUR_GUARANTEE.1' && document.querySelector('.chart a[data-cut="EUR_GUARANTEE.1"]') === null`)
	ofPage[bool](b, `document.querySelector('.chart a[data-cut="NAT.5"]').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))`)
	b.until(`document.getElementById('main').textContent.includes('the end is not reached')`)

	b.visit("/reach?case=ukraine&options=europe")
	ofPage[bool](b, `[...document.querySelectorAll('a')].find(a => a.textContent === 'Open this game step by step').click() === undefined`)
	b.until(`document.querySelectorAll('.openings a').length > 1`)
	ofPage[bool](b, `document.querySelector('.openings a').click() === undefined`)
	b.until(`document.querySelectorAll('tbody tr').length === 1 && document.getElementById('command').textContent.includes('--at start')`)
	ofPage[bool](b, `document.querySelector('tbody a').click() === undefined`)
	b.until(`document.querySelectorAll('tbody tr').length === 0 && document.querySelectorAll('.openings a').length > 1`)
	b.flawless("clicks in pictures")
}

// ownCase makes a case of one's own in a fresh folder, mycase, and gives its files.
func ownCase(t *testing.T) []*source.File {
	t.Helper()
	t.Chdir(t.TempDir())
	if _, err := (ask.New{Folder: "mycase"}).Answer(ask.Told{}); err != nil {
		t.Fatal(err)
	}
	files, err := ask.Texts("./mycase")
	if err != nil {
		t.Fatal(err)
	}
	return files
}
