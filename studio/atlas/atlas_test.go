package atlas

import (
	"bytes"
	"compress/gzip"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casus/data"
)

// Each named place lies in the cell that it should: Simferopol in Crimea and not
// in plain Russia, the Golan in no plain Israel.
func TestPlacesLieInTheirCells(t *testing.T) {
	f, err := os.Open("testdata/test_points.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, problems := data.ReadCSV("test_points.csv", f)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	asked := 0
	for _, r := range table.Rows {
		lon, _ := strconv.ParseFloat(r.Text("lon"), 64)
		lat, _ := strconv.ParseFloat(r.Text("lat"), 64)
		for _, m := range []*Map{World(), Europe()} {
			file := map[string]string{"world": "map.json", "europe": "europe.json"}[m.Name]
			want := r.Text(file)
			if m.Name == "europe" && (want == "-" || want == "" || !m.Has(lon, lat)) || r.Text("known_limit") != "" {
				continue
			}
			asked++
			near, by := strings.CutPrefix(want, "~") // off a coast as coarse as this
			if got := m.CellAt(lon, lat); got != strings.Trim(near, "-") && !(by && got == "") {
				t.Errorf("%s: %s lies in %q, not in %q", m.Name, r.Text("name"), got, want)
			}
		}
	}
	if asked < 300 {
		t.Errorf("only %d places were asked", asked)
	}
}

// Both maps pass through a wire of 240 KB together, packed.
func TestMapsAreSmall(t *testing.T) {
	total := 0
	for _, m := range []*Map{World(), Europe()} {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.DefaultCompression)
		if err := m.Draw(z, Paint{Class: func(string) string { return "owed" }, Say: func(string) string { return "" }, Fills: []string{"none", "owed"}}); err != nil {
			t.Fatal(err)
		}
		z.Close()
		total += b.Len()
		t.Logf("%s: %d bytes packed", m.Name, b.Len())
	}
	if total > 240<<10 {
		t.Errorf("%d bytes packed", total)
	}
}

// What is claimed by two is never drawn as plain land of one.
func TestDisputedLandIsHatched(t *testing.T) {
	var b bytes.Buffer
	on, _ := data.ParseDay("2026-02-01")
	class := func(state string) string {
		if state == "UKR" {
			return "owed"
		}
		return ""
	}
	if err := Europe().Draw(&b, Paint{On: on, Class: class, Say: func(string) string { return "" }, Fills: []string{"none", "owed"}}); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if strings.Contains(line, "<title>Crimea") && (!strings.Contains(line, "url(#h-owed-none)") || !strings.Contains(line, "claimed by UKR, RUS; held by RUS")) {
			t.Errorf("Crimea is drawn so: %.80s … %s", line, line[len(line)-200:])
		}
	}
	if !strings.Contains(b.String(), "<title>Crimea") {
		t.Error("Crimea is not drawn")
	}
}

// Before the borders of today no land is coloured, and seats are.
func TestEarlierDaysHaveSeats(t *testing.T) {
	var b bytes.Buffer
	on, _ := data.ParseDay("1914-07-28")
	p := Paint{On: on, Class: func(string) string { return "owed" }, Say: func(string) string { return "" }, Fills: []string{"none", "owed"}, Also: []string{"AUH", "RUS"}}
	if err := Europe().Draw(&b, p); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<title>AUH, Vienna</title>", "<title>RUS, Saint Petersburg</title>"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(b.String(), `m-land" data-state="FRA" fill="url(#f-owed)"`) {
		t.Error("the land of today is coloured by a day of 1914")
	}
}

// Every path is one that a browser can read, and every state with land on a map is
// drawn: by its land, or by a ring about it.
func TestPathsAreWhole(t *testing.T) {
	well := regexp.MustCompile(`^(M-?\d+ -?\d+l(-?\d+ -?\d+ )+z)*$`)
	for _, m := range []*Map{World(), Europe()} {
		for _, c := range m.Cells {
			if !well.MatchString(c.Path) {
				t.Errorf("%s: the path of %s is no path", m.Name, c.ID)
			}
		}
		if !well.MatchString(m.lakes) {
			t.Errorf("%s: the lakes are no path", m.Name)
		}
	}
	drawn := map[string]bool{}
	for _, c := range World().Cells {
		drawn[c.Of] = true
	}
	for _, state := range []string{"RUS", "USA", "MCO", "VAT", "NRU", "TUV", "KIR", "PSE"} {
		if !drawn[state] {
			t.Errorf("%s is not on the map of the world", state)
		}
	}
}
