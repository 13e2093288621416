package data

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Day is a calendar date: days in the proleptic Gregorian calendar, 1 being
// 0001-01-01. Days compare and subtract as numbers. The zero Day is no date. A
// date in the Julian calendar (Russia until 1918) has to be converted first.
type Day int32

// Forever is the last day of a span that has not ended.
const Forever Day = math.MaxInt32

const unixDays = 719163 // Day of 1970-01-01

// Date makes a Day from a year (1 to 9999), a month and a day of the month. The
// error of an impossible date says why: "2026 has no 30 February".
func Date(year, month, day int) (Day, error) {
	if year < 1 || year > 9999 {
		return 0, errors.New("years run from 0001 to 9999")
	}
	if month < 1 || month > 12 {
		return 0, fmt.Errorf("there is no month %d", month)
	}
	if day < 1 || day > monthDays(year, month) {
		return 0, fmt.Errorf("%d has no %d %s", year, day, time.Month(month))
	}
	return date(year, month, day), nil
}

func date(year, month, day int) Day {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return Day(t.Unix()/86400 + unixDays)
}

func monthDays(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// ParseDay reads a full date, 2026-02-01. A year alone, or a year
// and a month, is an error.
func ParseDay(s string) (Day, error) {
	year, month, day, err := parseDate(s)
	if err != nil {
		return 0, err
	}
	if day == 0 {
		return 0, fmt.Errorf("date %q needs a month and a day, as in %04d-%02d-01", s, year, max(month, 1))
	}
	return date(year, month, day), nil
}

// parseDate reads a year, a year and a month, or a full date, and checks that
// it exists. A part that is not there is 0.
func parseDate(s string) (year, month, day int, err error) {
	var n [3]int
	parts := strings.Split(s, "-")
	if len(s) > len("2026-02-01") || len(parts) > 3 {
		return 0, 0, 0, notADate(s)
	}
	for i, p := range parts {
		if n[i], err = digits(p, []int{4, 2, 2}[i]); err != nil {
			return 0, 0, 0, notADate(s)
		}
	}
	month, day = n[1], n[2]
	if len(parts) < 2 {
		month = 1
	}
	if len(parts) < 3 {
		day = 1
	}
	if _, err = Date(n[0], month, day); err != nil {
		return 0, 0, 0, fmt.Errorf("date %q is impossible: %w", s, err)
	}
	return n[0], n[1], n[2], nil
}

func notADate(s string) error {
	return fmt.Errorf("%s is not a date, as in 2026-02-01", quote(s))
}

// digits reads a number of exactly so many digits.
func digits(s string, width int) (int, error) {
	if len(s) != width || strings.Trim(s, "0123456789") != "" {
		return 0, errors.New("wrong digits")
	}
	return strconv.Atoi(s)
}

func (d Day) time() time.Time { return time.Unix((int64(d)-unixDays)*86400, 0).UTC() }

// Year is the calendar year.
func (d Day) Year() int { return d.time().Year() }

// Month is the month, 1 to 12.
func (d Day) Month() int { return int(d.time().Month()) }

// DayOfMonth is the day of the month, 1 to 31.
func (d Day) DayOfMonth() int { return d.time().Day() }

// IsZero reports whether d is no date.
func (d Day) IsZero() bool { return d == 0 }

// AddYears is the same date n years on (or back, for a negative n); 29 February
// becomes 28 February in a common year. Forever stays Forever and no date no
// date. A date after 9999 becomes Forever and one before 0001 becomes 0001-01-01.
func (d Day) AddYears(n int) Day {
	if d == Forever || d == 0 {
		return d
	}
	year := d.Year()
	switch {
	case n > 9999-year:
		return Forever
	case n < 1-year:
		return 1
	}
	year += n
	return date(year, d.Month(), min(d.DayOfMonth(), monthDays(year, d.Month())))
}

// String is the date as 2026-02-01, "open" for Forever, "no date" for the zero Day.
func (d Day) String() string {
	switch d {
	case 0:
		return "no date"
	case Forever:
		return "open"
	}
	return d.time().Format(time.DateOnly)
}

// Span is a stretch of days. Both From and Until belong to it: datasets and
// treaties give a last day, not the day after. Until is Forever while the span
// is open. A span with Until before From is empty.
type Span struct{ From, Until Day }

// Contains reports whether d is one of the days.
func (s Span) Contains(d Day) bool { return s.From <= d && d <= s.Until }

// Open reports whether the span has no last day.
func (s Span) Open() bool { return s.Until == Forever }

// Empty reports whether the span holds no day.
func (s Span) Empty() bool { return s.Until < s.From }

// Intersect is the days in both, which may be none.
func (s Span) Intersect(t Span) Span { return Span{max(s.From, t.From), min(s.Until, t.Until)} }

// Overlaps reports whether the two share a day.
func (s Span) Overlaps(t Span) bool { return !s.Intersect(t).Empty() }

// String is "1816-01-01 to 1945-05-08", or "since 1990-10-03" when open.
func (s Span) String() string {
	if s.Open() {
		return "since " + s.From.String()
	}
	return s.From.String() + " to " + s.Until.String()
}
