package studio

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"casus/past/history"
)

// invented are a few square states: an empire that ends in 1918 and a neighbour
// that begins on the next day on part of its land, one that goes on, one on both
// sides of the antimeridian, one too small to be seen, a dependency, and a number
// that is no state.
const invented = `gwcode,country_name,gwsdate,gwedate,status,the_geom
300,Austria-Hungary,01.01.1886 00:00:00,13.11.1918 00:00:00,independent,"POLYGON ((10 45, 25 45, 25 50, 10 50, 10 45))"
305,Austria,14.11.1918 00:00:00,31.12.2019 00:00:00,independent,"POLYGON ((10 46, 16 46, 16 49, 10 49, 10 46))"
340,Serbia,01.01.1886 00:00:00,31.12.2019 00:00:00,independent,"POLYGON ((19 42, 23 42, 23 45, 19 45, 19 42))"
350,Greece,01.01.1886 00:00:00,31.12.2019 00:00:00,independent,"POLYGON ((20 37, 24 37, 24 41, 20 41, 20 37))"
255,Germany,01.01.1886 00:00:00,31.12.2019 00:00:00,independent,"POLYGON ((7 50, 20 50, 20 55, 7 55, 7 50))"
365,Russia,01.01.1886 00:00:00,31.12.2019 00:00:00,independent,"POLYGON ((27 50, 190 60, 190 70, 27 70, 27 50))"
221,Monaco,01.01.1886 00:00:00,31.12.2019 00:00:00,independent,"POLYGON ((7.4 43.7, 7.45 43.7, 7.45 43.75, 7.4 43.75, 7.4 43.7))"
615,Algeria,01.01.1886 00:00:00,04.07.1962 00:00:00,colony,"POLYGON ((0 28, 8 28, 8 37, 0 37, 0 28))"
9998,Laputa,01.01.1886 00:00:00,31.12.2019 00:00:00,independent,"POLYGON ((-9 36, -6 36, -6 43, -9 43, -9 36))"
`

func addBorders(t *testing.T, text string) history.Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "added")
	t.Setenv("CASUS_DATA", dir)
	b := history.ReadCShapes("invented.csv", []byte(text))
	if len(b.Problems) > 0 {
		t.Fatal(b.Problems)
	}
	if err := history.Folder(dir).Add(b.Dataset("invented.csv", []byte(text))); err != nil {
		t.Fatal(err)
	}
	return history.Folder(dir)
}

// lands are the fills of the lands on a page, by the beginning of what is said of
// each.
func lands(page string) map[string]string {
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`class="m-land[^"]*" data-state="([A-Z]*)" fill="url\(#f-([a-z-]+)\)"[^>]*><title>([^<:]*)`).FindAllStringSubmatch(page, -1) {
		out[html.UnescapeString(m[3])] = m[1] + " " + m[2]
	}
	return out
}

// On a day of 1914 the map has the borders of that day, coloured by who owes what,
// and none of today; it says whose they are and on what terms.
func TestBordersOfTheDayAreDrawn(t *testing.T) {
	addBorders(t, invented)
	s := New("ukraine")
	for _, which := range []string{"", "&map=world"} {
		code, page := get(t, s, "/why?by=AUH&on=SRB&date=1914-07-28"+which)
		if code != 200 {
			t.Fatal(code)
		}
		for _, m := range regexp.MustCompile(`m-then"[^>]* d="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if !regexp.MustCompile(`^(M-?\d+ -?\d+l(-?\d+ -?\d+ )+z)+$`).MatchString(m[1]) {
				t.Errorf("no path: %s", m[1])
			}
		}
		got := lands(page)
		for name, want := range map[string]string{"Austria-Hungary": "AUH ", "Serbia": "SRB ", "Greece": "GRC contested", "Germany": "DEU ", "Russia": "RUS ", "Monaco": "MCO ", "Algeria (no state on this day)": " none", "Laputa (no state on this day)": " none"} {
			if !strings.HasPrefix(got[name], want) {
				t.Errorf("%s is drawn as %q, want %q", name, got[name], want)
			}
		}
		for _, not := range []string{`data-state="UKR"`, `data-state="POL"`, "<title>Crimea", "(of today)", "<title>Austria<", "No borders of that day are drawn", "casus data add cshapes"} {
			if strings.Contains(page, not) {
				t.Errorf("the page has %q", not)
			}
		}
		for _, want := range []string{"Borders of 1914-07-28: CShapes 2.0, CC BY-NC-SA 4.0</text>", "Licence of the borders: CC BY-NC-SA 4.0", "Schvitz, Guy", "which state held what on that day is its coding", `class="m-base"`} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
	}
}

// The empire is gone on the day after its last, and its neighbour begins.
func TestBordersChangeWithTheDay(t *testing.T) {
	addBorders(t, invented)
	s := New("ukraine")
	for day, want := range map[string][2]bool{"1918-11-13": {true, false}, "1918-11-14": {false, true}} {
		_, page := get(t, s, "/why?on=DEU&date="+day)
		got := lands(page)
		_, empire := got["Austria-Hungary"]
		_, austria := got["Austria"]
		if empire != want[0] || austria != want[1] {
			t.Errorf("%s: the empire is drawn: %v, Austria: %v", day, empire, austria)
		}
	}
}

// Land on both sides of the antimeridian is two pieces at the two edges of the map
// of the world, and no band across it.
func TestBordersOverTheAntimeridian(t *testing.T) {
	addBorders(t, invented)
	_, page := get(t, New("ukraine"), "/why?by=AUH&on=SRB&date=1914-07-28&map=world")
	m := regexp.MustCompile(`data-state="RUS"[^>]* d="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("no Russia")
	}
	starts := regexp.MustCompile(`M(-?\d+) `).FindAllStringSubmatch(m[1], -1)
	if len(starts) != 2 {
		t.Errorf("Russia is drawn as %s", m[1])
	}
}

// Where today's borders stood, areas in dispute today are hatched over those of the
// day.
func TestBordersOfLateDaysKeepDisputes(t *testing.T) {
	addBorders(t, invented)
	_, page := get(t, New("ukraine"), "/why?on=DEU&date=2015-01-01")
	for _, want := range []string{"Borders of 2015-01-01", "<title>Crimea", "Land in dispute today is hatched over them"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "<title>Poland") {
		t.Error("plain land of today is drawn")
	}
}

// Without the data, before its first day and after its last, and where it was
// damaged, the page stays as it is and says what would be needed.
func TestBordersThatAreNotThere(t *testing.T) {
	t.Setenv("CASUS_DATA", filepath.Join(t.TempDir(), "nothing"))
	s := New("ukraine")
	for day, want := range map[string]string{"1914-07-28": "casus data add cshapes FILE", "1870-07-19": "", "2015-01-01": "", "2026-02-01": ""} {
		_, page := get(t, s, "/why?on=DEU&by=FRA&date="+day)
		if strings.Contains(page, "cshapes") != (want != "") || !strings.Contains(page, want) {
			t.Errorf("%s: want %q", day, want)
		}
		if early := day < "2011"; strings.Contains(page, "No borders of that day are drawn") != early || strings.Contains(page, `class="m-base"`) {
			t.Errorf("%s is not drawn as before", day)
		}
	}
	f := addBorders(t, invented)
	for day, want := range map[string]string{"1870-07-19": "are of 1886-01-01 to 2019-12-31", "2026-02-01": "Borders of today"} {
		if _, page := get(t, s, "/why?on=DEU&by=FRA&date="+day); !strings.Contains(page, want) || strings.Contains(page, `class="m-base"`) {
			t.Errorf("%s: want %q", day, want)
		}
	}
	sets, err := f.List()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.Of("cshapes"), sets[0].File), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, page := get(t, New("ukraine"), "/why?on=DEU&by=FRA&date=1914-07-28"); code != 200 || !strings.Contains(page, "The borders that were added cannot be read") || !strings.Contains(page, "No borders of that day are drawn") {
		t.Errorf("damaged borders: %d", code)
	}
}

// In the browser: nothing to find on the page for axe-core, wide and narrow, light
// and dark; a click on the land of the day chooses its state.
func TestBordersInTheBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	addBorders(t, invented)
	b := open(t, New("ukraine"))
	for _, path := range []string{"/why?by=AUH&on=SRB&date=1914-07-28", "/why?by=AUH&on=SRB&date=1914-07-28&map=world"} {
		for _, width := range []int64{1280, 375} {
			for _, scheme := range []string{"light", "dark"} {
				where := fmt.Sprintf("borders-%s-%d-%s", path[len(path)-3:], width, scheme)
				b.as(width, scheme)
				b.visit(path)
				b.flawless(where)
				if wide := ofPage[int](b, `document.documentElement.scrollWidth`); wide > int(width) {
					t.Errorf("%s: the page is %d wide", where, wide)
				}
				b.accessible(where)
				b.picture(where)
			}
		}
	}
	if !ofPage[bool](b, `document.querySelector('#map path[data-state=GRC]').dispatchEvent(new MouseEvent('click', {bubbles: true}))`) {
		t.Error("the click was refused")
	}
	b.until(`document.getElementById('on').value === 'GRC' && document.querySelectorAll('#map .m-then').length > 3`)
}
