package spend

import (
	"fmt"
	"slices"
	"strconv"
)

// Amount is money with all that must be said with it: the currency, the price
// base, and whether it is a level in a year or a total over years.
type Amount struct {
	Value    float64  `json:"value"` // billions
	Currency Currency `json:"currency"`
	Prices   Prices   `json:"prices"`
	Year     int      `json:"year"`  // of a level; 0: in a year that is not named
	Years    int      `json:"years"` // a total over so many years; 0: a level in one year
	Rests    []Rest   `json:"rests_on"`
}

// Rest is one figure that a number rests on.
type Rest struct {
	What   string `json:"what"`
	Value  string `json:"value"`
	Source string `json:"source"`
	Status string `json:"status"`
	Note   string `json:"note"`
}

// String is the amount with its unit: "USD 997.31 bn in 2024, current prices".
func (a Amount) String() string {
	return fmt.Sprintf("%s %s bn %s, %s", a.Currency, number(a.Value), a.when(), a.Prices)
}

func (a Amount) when() string {
	switch {
	case a.Years == 1:
		return "over 1 year"
	case a.Years > 1:
		return fmt.Sprintf("over %d years", a.Years)
	case a.Year == 0:
		return "a year"
	}
	return "in " + strconv.Itoa(a.Year)
}

// Plus is the sum. The error says what does not belong together: currencies,
// price bases, a total and a level, totals over other times, levels of two named
// years.
func (a Amount) Plus(b Amount) (Amount, error) { return a.join(b, 1, "add") }

// Minus is the difference, with the errors of Plus.
func (a Amount) Minus(b Amount) (Amount, error) { return a.join(b, -1, "subtract") }

func (a Amount) join(b Amount, sign float64, verb string) (Amount, error) {
	if err := a.alike(b, verb); err != nil {
		return Amount{}, err
	}
	if a.Year != b.Year && a.Year != 0 && b.Year != 0 {
		return Amount{}, fmt.Errorf("cannot %s levels of %d and %d; a sum over years is total[UNIT, FROM, TO], a change is growth[UNIT, FROM, TO]", verb, a.Year, b.Year)
	}
	if a.Year != b.Year {
		a.Year = 0
	}
	a.Value += float64(sign * b.Value)
	a.Rests = union(a.Rests, b.Rests)
	return a, nil
}

// Over is how many times b goes into a. Levels of two years may be divided, a
// total and a level may not.
func (a Amount) Over(b Amount) (float64, error) {
	if err := a.alike(b, "divide"); err != nil {
		return 0, err
	}
	if b.Value == 0 {
		return 0, unknown("a division by zero")
	}
	return a.Value / b.Value, nil
}

func (a Amount) alike(b Amount, verb string) error {
	switch {
	case a.Currency != b.Currency:
		return fmt.Errorf("cannot %s %s and %s; convert one by a rate that has a source", verb, a.Currency, b.Currency)
	case a.Prices != b.Prices:
		return fmt.Errorf("cannot %s amounts at %s and %s", verb, a.Prices, b.Prices)
	case (a.Years == 0) != (b.Years == 0):
		total := max(a.Years, b.Years)
		return fmt.Errorf("cannot %s a total over %d years and a yearly level; yearly(…) spreads the total", verb, total)
	case a.Years != b.Years:
		return fmt.Errorf("cannot %s totals over %d and %d years; yearly(…) spreads them", verb, a.Years, b.Years)
	}
	return nil
}

// Times is the amount x times.
func (a Amount) Times(x float64) Amount {
	a.Value *= x
	return a
}

// Yearly spreads a total evenly over its years. A level is an error: it is
// yearly already.
func (a Amount) Yearly() (Amount, error) {
	if a.Years == 0 {
		return Amount{}, fmt.Errorf("%s is a yearly level already", a)
	}
	a.Value /= float64(a.Years)
	a.Years = 0
	return a, nil
}

// reading is the status of what no source says but a way to read it.
const reading = "reading"

// Literally reads a total as if it were a level in one year, as some who quote it
// do. What comes out is a reading and says so.
func (a Amount) Literally() (Amount, error) {
	if a.Years == 0 {
		return Amount{}, fmt.Errorf("%s is a yearly level already", a)
	}
	a.Rests = union(a.Rests, []Rest{{What: "reading", Value: fmt.Sprintf("a total over %d years taken for one year", a.Years), Status: reading}})
	a.Years = 0
	return a, nil
}

// Convert is the amount in the other currency of a rate. Amounts at the prices of
// a year are not converted: the rate of which year would be a choice nobody made.
func (r Rate) Convert(a Amount) (Amount, error) {
	if a.Prices != Current {
		return Amount{}, fmt.Errorf("cannot convert an amount at %s by a market rate", a.Prices)
	}
	switch a.Currency {
	case r.From:
		a.Value, a.Currency = a.Value*r.Value, r.To
	case r.To:
		a.Value, a.Currency = a.Value/r.Value, r.From
	default:
		return Amount{}, fmt.Errorf("rate %s is between %s and %s; it does not convert %s", r.Name, r.From, r.To, a.Currency)
	}
	a.Rests = union(a.Rests, []Rest{{What: "rate " + r.Name, Value: fmt.Sprintf("%s %s for 1 %s, %s", number(r.Value), r.To, r.From, r.When), Source: r.Source, Status: r.Status, Note: r.Note}})
	return a, nil
}

// union is both lists in order, nothing twice.
func union(a, b []Rest) []Rest {
	out := slices.Clone(a)
	for _, r := range b {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}
