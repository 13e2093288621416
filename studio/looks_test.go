package studio

import "strings"

// The scripts below look at a page as it is drawn and list what a reader would stumble
// over.

// looking has what they share: whether something is seen, and how to name it.
const looking = `const seen = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('.sr, .skip, [hidden]') && (e.closest('.stack thead')?.clientWidth ?? 2) !== 1
const named = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' "' + (e.getAttribute('aria-label') ?? e.textContent).trim().slice(0, 50) + '"'
const out = []
`

// cutOff lists what a box hides of its own words, and the words of a picture that lie
// beyond its edge.
const cutOff = `(() => { ` + looking + `
	for (const e of document.querySelectorAll('main, main *, header *, footer *')) {
		if (!(e instanceof HTMLElement) || !seen(e) || e.matches('.wide, textarea, .paint, select, input, .sheet-of, .offers, #views *, .mapbox')) continue
		const s = getComputedStyle(e)
		if (/hidden|clip/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1) out.push('cut: ' + named(e))
	}
	for (const svg of document.querySelectorAll('svg.chart')) {
		if (!seen(svg)) continue
		const all = svg.getBoundingClientRect()
		for (const t of svg.querySelectorAll('text')) {
			const r = t.getBoundingClientRect()
			if (r.width && seen(t) && (r.left < all.left - 1 || r.right > all.right + 1 || r.top < all.top - 2 || r.bottom > all.bottom + 2)) out.push('beyond the picture: ' + named(t))
		}
	}
	return out.slice(0, 12)
})()`

// overEachOther lists words that are drawn over other words.
const overEachOther = `(() => { ` + looking + `
	const words = []
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	for (let n = walk.nextNode(); n; n = walk.nextNode()) {
		const e = n.parentElement
		if (!n.data.trim() || !e || !seen(e) || e.closest('.paint, textarea, select, svg.map, #busy, #views, script, style, title') || e.closest('svg') && e.closest('[transform*=rotate]')) continue
		const range = document.createRange()
		range.selectNodeContents(n)
		for (const r of e.closest('svg') ? [e.getBoundingClientRect()] : range.getClientRects()) if (r.width > 1 && r.height > 1) words.push([r, e, n.data.trim()])
	}
	words.sort((a, b) => a[0].top - b[0].top)
	for (let i = 0; i < words.length; i++) for (let j = i + 1; j < words.length && words[j][0].top < words[i][0].bottom; j++) {
		const [a, e, x] = words[i], [b, f, y] = words[j]
		const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
		if (wide > 2 && high > .4 * Math.min(a.height, b.height) && !e.contains(f) && !f.contains(e)) out.push(x.slice(0, 40) + ' / ' + y.slice(0, 40))
	}
	return out.slice(0, 12)
})()`

// nothingIn lists parts that hold nothing.
const nothingIn = `(() => { ` + looking + `
	for (const e of document.querySelectorAll('main section, main figure, main .card, main td, main th[scope=row], main li, main p')) {
		if (seen(e) && !e.innerText.trim() && !e.querySelector('svg, input, select, button, progress') && !e.matches('thead td, [role=status]')) out.push(named(e) + ' in ' + named(e.parentElement))
	}
	for (const svg of document.querySelectorAll('main svg')) if (seen(svg) && svg.childElementCount === 0 && !svg.matches('.flips')) out.push('an empty picture')
	if (document.getElementById('main').innerText.trim().length < 60) out.push('the page')
	return out.slice(0, 12)
})()`

// scrolling lists what has to be scrolled sideways to be read.
const scrolling = `(() => { ` + looking + `
	for (const e of document.querySelectorAll('.wide')) if (seen(e) && e.scrollWidth > e.clientWidth + 1) out.push(named(e) + ' by ' + (e.scrollWidth - e.clientWidth) + ' px')
	return out
})()`

// looks reports what a reader of the page as it stands would stumble over.
func (b *browser) looks(where string) {
	b.t.Helper()
	for _, probe := range []struct{ what, script string }{{"is cut", cutOff}, {"lies over other words", overEachOther}, {"is empty", nothingIn}} {
		if found := ofPage[[]string](b, probe.script); len(found) > 0 {
			b.t.Errorf("%s: this %s:\n\t%s", where, probe.what, strings.Join(found, "\n\t"))
		}
	}
}

// fits reports what has to be scrolled sideways to be read.
func (b *browser) fits(where string) {
	b.t.Helper()
	for _, one := range ofPage[[]string](b, scrolling) {
		b.t.Errorf("%s: this is wider than the page: %s", where, one)
	}
}
