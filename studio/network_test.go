package studio

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casus/law"
	"casus/law/counsel"
)

// The network of a day has each state and each treaty of the matrix of that day, and
// nothing else; it is drawn the same each time.
func TestNetworkIsTheMatrix(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	for _, date := range []string{"1914-07-28", "1936-01-01"} {
		code, text := get(t, s, "/api/matrix?date="+date)
		var m counsel.MatrixForm
		if err := json.Unmarshal([]byte(text), &m); err != nil || code != 200 || len(m.Rows) == 0 {
			t.Fatalf("%d %v", code, err)
		}
		_, page := get(t, s, "/matrix?date="+date)
		var states, treaties []string
		for _, r := range m.Rows {
			if r.Creditor == "" || r.Debtor == law.Every || r.Creditor == law.Every { // they join no two
				continue
			}
			states = append(states, r.Debtor, r.Creditor)
			for _, a := range strings.Fields(r.Articles) {
				treaty, _, _ := strings.Cut(a, ".")
				treaties = append(treaties, treaty)
			}
		}
		slices.Sort(states)
		slices.Sort(treaties)
		states, treaties = slices.Compact(states), slices.Compact(treaties)
		for _, id := range states {
			if !strings.Contains(page, `data-state="`+id+`"`) {
				t.Errorf("%s: %s is not drawn", date, id)
			}
		}
		for _, id := range treaties {
			if !strings.Contains(page, "<code>"+id+"</code>") {
				t.Errorf("%s: %s is not in the table", date, id)
			}
		}
		if got := strings.Count(page, "data-state="); got != len(states) {
			t.Errorf("%s: %d states are drawn, the matrix has %d", date, got, len(states))
		}
		if got := strings.Count(page, "<th scope=\"row\"><code>"); got != len(treaties) {
			t.Errorf("%s: %d treaties are told, the matrix has %d", date, got, len(treaties))
		}
		if _, again := get(t, New("ukraine"), "/matrix?date="+date); strings.Count(again, "\n") != strings.Count(page, "\n") || again[strings.Index(again, "<main"):] != page[strings.Index(page, "<main"):] {
			t.Errorf("%s: the page is another the second time", date)
		}
	}
}

// A day without a treaty, and years in the place of a day, say so.
func TestNetworkOfNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	if code, page := get(t, s, "/matrix?date=1914-07-28&state=ARG"); code != 200 || !strings.Contains(page, "No treaty that was read binds") {
		t.Errorf("%d\n%.300s", code, page)
	}
	if code, page := get(t, s, "/matrix?from=1914&to=1915"); code != 400 || !strings.Contains(page, "he network is of one day") {
		t.Errorf("%d\n%.300s", code, page)
	}
}

// By the keyboard alone: a state of the network takes the focus, and Enter leads to who
// owes what when it is attacked; the slider leads to another day.
func TestNetworkLeadsOn(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	b := open(t, New("ukraine"))
	b.visit("/matrix?date=1914-07-28")
	ofPage[bool](b, `(() => { const y = document.getElementById('year'); y.value = 1936; return y.dispatchEvent(new Event('input', { bubbles: true })) })()`)
	b.until(`document.getElementById('command').textContent === 'casus matrix --date 1936-07-28' && document.querySelector('[data-state=POL]') !== null`)
	ofPage[bool](b, `document.querySelector('[data-state=POL]').focus() === undefined`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`location.pathname === '/why' && new URL(location).searchParams.get('on') === 'POL' && new URL(location).searchParams.get('date') === '1936-07-28'`)
	ofPage[bool](b, `[...document.querySelectorAll('a')].find(a => a.textContent.startsWith('The network of this day')).click() === undefined`)
	b.until(`location.pathname === '/matrix' && document.getElementById('date').value === '1936-07-28'`)
	b.flawless("the network")
}
