package data

import (
	"math"
	"strings"
	"testing"
	"time"
)

// lastDay is 9999-12-31, the last date that can be written.
const lastDay Day = 3652059

// Each line: what is written, and the day it means or what is wrong with it.
func TestDatesAsWritten(t *testing.T) {
	drawing := `
2026-02-01   2026-02-01
1839-04-19   1839-04-19
2024-02-29   2024-02-29
0001-01-01   0001-01-01
9999-12-31   9999-12-31
2026-02-30   date "2026-02-30" is impossible: 2026 has no 30 February
1900-02-29   date "1900-02-29" is impossible: 1900 has no 29 February
2026-04-00   date "2026-04-00" is impossible: 2026 has no 0 April
2026-13      date "2026-13" is impossible: there is no month 13
2026-00-01   date "2026-00-01" is impossible: there is no month 0
0000         date "0000" is impossible: years run from 0001 to 9999
1914-7-28    "1914-7-28" is not a date, as in 2026-02-01
28.7.1914    "28.7.1914" is not a date, as in 2026-02-01
-500-01-01   "-500-01-01" is not a date, as in 2026-02-01
２026-01-01    "２026-01-01" is not a date, as in 2026-02-01
2026-02-01T  "2026-02-01T" is not a date, as in 2026-02-01`
	for line := range strings.Lines(strings.TrimSpace(drawing)) {
		written, want, _ := strings.Cut(strings.TrimSpace(line), " ")
		want = strings.TrimSpace(want)
		day, err := ParseDay(written)
		got := day.String()
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("ParseDay(%q)\n got %s\nwant %s", written, got, want)
		}
	}
}

// ParseDay takes only a whole date, and says what is missing.
func TestParseDayWantsAWholeDate(t *testing.T) {
	for written, want := range map[string]string{
		"1839":       `date "1839" needs a month and a day, as in 1839-01-01`,
		"1839-04":    `date "1839-04" needs a month and a day, as in 1839-04-01`,
		"2026-02-30": `date "2026-02-30" is impossible: 2026 has no 30 February`,
		"":           `"" is not a date, as in 2026-02-01`,
	} {
		if _, err := ParseDay(written); err == nil || err.Error() != want {
			t.Errorf("ParseDay(%q) = %v, want %s", written, err, want)
		}
	}
}

// Every day of four centuries, which is one turn of the calendar, has the
// parts that the standard library gives it, and follows the day before.
func TestCalendar(t *testing.T) {
	d, at := must(t, "1700-01-01"), time.Date(1700, 1, 1, 0, 0, 0, 0, time.UTC)
	for ; at.Year() < 2100; d, at = d+1, at.AddDate(0, 0, 1) {
		if d.Year() != at.Year() || d.Month() != int(at.Month()) || d.DayOfMonth() != at.Day() {
			t.Fatalf("day %d is %s, want %s", d, d, at)
		}
		if back, err := ParseDay(d.String()); back != d || err != nil {
			t.Fatalf("%s read back is %s, %v", d, back, err)
		}
	}
	if first := must(t, "0001-01-01"); first != 1 {
		t.Errorf("0001-01-01 is day %d, want 1", first)
	}
	if last := must(t, "9999-12-31"); last != lastDay {
		t.Errorf("9999-12-31 is day %d, want %d", last, lastDay)
	}
}

func TestAddYears(t *testing.T) {
	for _, c := range []struct {
		day  string
		n    int
		want string
	}{
		{"2024-02-29", 1, "2025-02-28"},
		{"2024-02-29", 4, "2028-02-29"},
		{"2024-02-29", -124, "1900-02-28"},
		{"1912-12-05", 5, "1917-12-05"},
		{"2026-01-01", 0, "2026-01-01"},
		{"2026-01-01", 7974, "open"},
		{"2026-01-01", math.MaxInt, "open"},
		{"2026-01-01", math.MinInt, "0001-01-01"},
	} {
		if got := must(t, c.day).AddYears(c.n).String(); got != c.want {
			t.Errorf("%s and %d years is %s, want %s", c.day, c.n, got, c.want)
		}
	}
	if Forever.AddYears(-1) != Forever || Day(0).AddYears(1) != 0 {
		t.Error("forever and no date do not stay")
	}
}

// Two spans against a row of days: # in the span.
func TestSpans(t *testing.T) {
	span := func(drawing string) Span {
		from, until := strings.Index(drawing, "#"), strings.LastIndex(drawing, "#")
		if strings.HasSuffix(drawing, ">") {
			return Span{Day(from + 1), Forever}
		}
		return Span{Day(from + 1), Day(until + 1)}
	}
	for _, c := range []struct{ a, b, both string }{
		{"####....", "..####..", "..##...."},
		{"####....", "...#####", "...#...."}, // the last day belongs to a span
		{"####....", "....####", ""},
		{"..#####>", "####....", "..##...."},
		{"..#####>", "...####>", "...####>"},
	} {
		a, b := span(c.a), span(c.b)
		if a.Overlaps(b) != (c.both != "") || b.Overlaps(a) != a.Overlaps(b) {
			t.Errorf("%s and %s overlap: %v", c.a, c.b, a.Overlaps(b))
		}
		if c.both != "" && a.Intersect(b) != span(c.both) {
			t.Errorf("%s and %s share %v, want %s", c.a, c.b, a.Intersect(b), c.both)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2026-02-01", "1839", "1839-04", "2026-02-30", "0000-00-00", "9999-12-31", "-1", "2026--1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		day, err := ParseDay(s)
		if err == nil && (day.String() != s || day < 1 || day > lastDay) {
			t.Fatalf("%q is %s", s, day)
		}
	})
}

func must(t testing.TB, s string) Day {
	t.Helper()
	d, err := ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
