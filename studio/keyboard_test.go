package studio

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// following has the page note each thing that takes the focus: which it is of those that
// should, in their order, and whether it can be seen to have it.
const following = `(() => {
	const list = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(e =>
		e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden' && (e.matches('.skip') || e.checkVisibility({ visibilityProperty: true })) && !(e.type === 'radio' && !e.checked))
	window.taken = []
	document.addEventListener('focusin', e => {
		const s = getComputedStyle(e.target), r = e.target.getBoundingClientRect()
		const told = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1
		taken.push([list.indexOf(e.target), e.target.tagName.toLowerCase() + ' ' + (e.target.id || e.target.getAttribute('aria-label') || e.target.textContent.trim().slice(0, 40)), told, r.width > 0 && r.height > 0 && r.right > 0 && r.bottom > 0 && r.left < innerWidth && r.top < innerHeight])
	})
	document.activeElement?.blur()
	return list.length
})()`

// By the Tab key alone every view is gone through from its beginning to its end: all that
// can be used takes the focus in its order, is seen to have it and in the window; nothing
// keeps it.
func TestTabThroughEveryView(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	b := open(t, New("ukraine"))
	b.as(1280, "light")
	for name, path := range everyView(url.QueryEscape(recorded(t))) {
		b.visit(path)
		n := ofPage[int](b, following)
		if n < 5 {
			t.Errorf("%s: %d things can be used", name, n)
		}
		b.do(chromedp.KeyEvent(strings.Repeat(kb.Tab, n+1)))
		taken := ofPage[[][]any](b, `taken`)
		for i := range n {
			if i >= len(taken) {
				t.Errorf("%s: after %d of %d things the focus moves no further", name, i, n)
				break
			}
			at, what := int(taken[i][0].(float64)), taken[i][1]
			if at != i {
				t.Errorf("%s: Tab %d comes to %v, which is number %d", name, i+1, what, at)
				break
			}
			if !taken[i][2].(bool) {
				t.Errorf("%s: %v is not seen to have the focus", name, what)
			}
			if !taken[i][3].(bool) {
				t.Errorf("%s: %v has the focus outside of the window", name, what)
			}
		}
		if len(taken) > n && slices.Equal(taken[n][:1], taken[n-1][:1]) {
			t.Errorf("%s: %v keeps the focus", name, taken[n][1])
		}
	}
	b.mu.Lock()
	b.faults = nil // the browser says that a page was not found
	b.mu.Unlock()
}

// What a mouse does the keyboard does: another victim, another year, a link that is cut, an
// assumption that is held, a text that is completed and left.
func TestKeysAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	files := ownCase(t)
	record := url.QueryEscape(recorded(t))
	b := open(t, New("./mycase"))
	b.as(1280, "light")
	keys := func(what string, with ...chromedp.KeyOption) { b.do(chromedp.KeyEvent(what, with...)) }
	to := func(css string) {
		ofPage[bool](b, fmt.Sprintf(`document.querySelector(%q).focus() === undefined`, css))
	}
	at := func() string { return ofPage[string](b, `document.activeElement.id`) }

	views := everyView(record)
	b.visit(views["why"])
	keys(kb.Tab + kb.Enter)
	b.until(`document.activeElement.id === 'main'`)
	to("#on")
	ofPage[bool](b, `document.activeElement.select() === undefined`)
	keys("FIN" + kb.Enter)
	b.until(`document.getElementById('command').textContent.includes('--on FIN') && document.activeElement.id === 'on'`)
	to("#year")
	keys(kb.ArrowLeft)
	b.until(`document.getElementById('command').textContent.includes('--date 2025-') && document.activeElement.id === 'year'`)
	to("details.standing summary")
	keys(kb.Enter)
	b.until(`document.querySelector('details.standing').open`)

	b.visit(views["chains"])
	to(".chart a[data-cut]")
	keys(kb.Enter)
	b.until(`new URL(location).searchParams.get('without') !== null`)

	b.visit(views["suppose"])
	to("#s-accept_rate")
	keys(kb.ArrowRight)
	b.until(`document.getElementById('command').textContent.includes('--set accept_rate=') && !document.getElementById('command').textContent.includes('accept_rate=0.2 ')`)
	if at() != "s-accept_rate" {
		t.Errorf("the slider that was moved has lost the focus to %q", at())
	}

	b.visit(views["walk"])
	to(".openings a")
	keys(kb.Enter)
	b.until(`new URL(location).searchParams.getAll('at').length > 1`)

	b.visit("/text?case=./mycase&file=" + url.QueryEscape(files[0].Name))
	b.until(`document.querySelectorAll('.paint .c-keyword').length > 5`)
	to("#code")
	keys(kb.Home)
	keys(" ", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	b.until(`!document.getElementById('offers').hidden`)
	keys(kb.Tab)
	b.until(`document.getElementById('offers').hidden`)
	if at() != "code" {
		t.Errorf("a word that is taken by Tab takes the focus to %q", at())
	}
	keys("z", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	keys(" ", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	b.until(`!document.getElementById('offers').hidden`)
	keys(kb.Escape)
	b.until(`document.getElementById('offers').hidden`)
	keys(kb.Tab)
	if at() != "save" {
		t.Errorf("Tab leads out of the text to %q", at())
	}
	keys(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift))
	if at() != "code" {
		t.Errorf("Shift+Tab leads back to %q", at())
	}
	b.flawless("keys alone")
}
