// Package spend knows what is spent on arms: yearly levels, shares of GDP and
// plans, each figure with its currency, prices, source and status.
//
//  1. Load reads the shipped figures (catalog/figures) and any tables of the
//     user's into a Book; a row that makes no sense is a positioned problem and
//     is left out: from_csv.go.
//  2. Level, Share, Plan and Convert look figures up; Amount adds and divides
//     them and refuses what does not belong together: amount.go.
//  3. Series lays figures out over years with growth and sums: series.go.
//  4. Eval works out an expression over the figures, showing the arithmetic:
//     reckon.go. Check and Claim are lists of such expressions that ship as
//     data: a claim's verdict follows from the figures, nothing else: claim.go.
//
// A yearly level and a total over years are different things and never add. A
// currency is converted by a named rate only; without one the answer is not
// known, never the same number. What the book has no figure of is not known,
// never zero.
package spend

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
)

// Currency is an ISO 4217 code. Amounts are in billions of it.
type Currency string

// The currencies of the shipped figures.
const (
	USD Currency = "USD"
	EUR Currency = "EUR"
)

// Prices is the price base of an amount: Current, or the year whose prices it
// is in.
type Prices int

// Current prices are those of the year itself.
const Current Prices = 0

// String is "current prices" or "prices of 2023".
func (p Prices) String() string {
	if p == Current {
		return "current prices"
	}
	return "prices of " + strconv.Itoa(int(p))
}

// MarshalText writes "current", or the year.
func (p Prices) MarshalText() ([]byte, error) {
	if p == Current {
		return []byte("current"), nil
	}
	return []byte(strconv.Itoa(int(p))), nil
}

// UnmarshalText reads what MarshalText writes.
func (p *Prices) UnmarshalText(text []byte) error {
	*p = Current
	if string(text) == "current" {
		return nil
	}
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return fmt.Errorf("price base %s is neither current nor a year", quoted(string(text)))
	}
	*p = Prices(n)
	return nil
}

// Figure is one number as a source has it.
type Figure struct {
	Unit     string   `json:"unit"` // id of a state, or name of a group
	Year     int      `json:"year"` // 0: none is named
	Measure  string   `json:"measure"`
	Value    float64  `json:"value"`    // billions; of a share, percent of GDP
	Currency Currency `json:"currency"` // "" of a share
	Prices   Prices   `json:"prices"`
	Series   string   `json:"series"` // whose figures: SIPRI, EDA
	Source   string   `json:"source"`
	Status   string   `json:"status"`
	Note     string   `json:"note"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
}

// The measures of a figure.
const (
	Level = "level" // spent in the year
	Share = "share" // the same, percent of GDP
	Aim   = "aim"   // what a year would cost if an aim were met
)

// Plan is a total that is announced for several years, in parts.
type Plan struct {
	Name  string
	Parts []Part
}

// Part is one component of a plan.
type Part struct {
	Name, Title string
	Nature      string // room: may be spent; loan: to be repaid; money: given
	Amount      Amount
	Source      string
	Status      string
	Note        string
}

// Rate gives the cost of one unit of a currency in another.
type Rate struct {
	Name     string
	From, To Currency
	Value    float64
	When     string // 2025 or 2025-03
	Source   string // "" of a judgement
	Status   string
	Note     string
}

// Source is a source that figures cite.
type Source = finding.Source

// Book holds figures, plans, rates and what is reckoned from them. It does not
// change after Load.
type Book struct {
	Figures []Figure // by unit in the order of the tables, measure, series, prices, year
	Plans   []Plan
	Rates   []Rate
	Sources []Source // of the catalogue
	Files   []finding.File
	States  *data.States

	lets   map[string]let
	checks []list
	claims []list
}

// Unknown is the error of what the book does not know. It is not zero and not
// "no".
type Unknown struct{ Why string }

func (u Unknown) Error() string { return "not known: " + u.Why }

func unknown(format string, args ...any) error { return Unknown{fmt.Sprintf(format, args...)} }

// Level gives what a unit spent in a year. The error is Unknown when there is no
// such figure, naming those there are; two series that both have one are an
// error that asks to choose (LevelOf).
func (b *Book) Level(unit string, year int, c Currency, p Prices) (Amount, error) {
	var found []*Figure
	for i := range b.Figures {
		if f := &b.Figures[i]; f.Measure == Level && f.Unit == unit && f.Year == year && f.Currency == c && f.Prices == p {
			found = append(found, f)
		}
	}
	if len(found) > 1 {
		return Amount{}, fmt.Errorf("%s and %s both say what %s spent in %d; name the series", found[0].Series, found[1].Series, unit, year)
	}
	if len(found) == 0 {
		return Amount{}, unknown("no level of %s for %d in %s at %s%s", unit, year, c, p, b.others(unit, year))
	}
	return found[0].amount(), nil
}

// LevelOf is the level as one series has it, in the currency it has it in.
func (b *Book) LevelOf(series, unit string, year int, p Prices) (Amount, error) {
	f := b.find(Level, unit, year, series, p)
	if f == nil {
		return Amount{}, unknown("no level of %s for %d by %s at %s%s", unit, year, series, p, b.others(unit, year))
	}
	return f.amount(), nil
}

// ShareOf is a level as a percentage of GDP; series may be "" where only one has
// it.
func (b *Book) ShareOf(series, unit string, year int) (*Figure, error) {
	var found []*Figure
	for i := range b.Figures {
		if f := &b.Figures[i]; f.Measure == Share && f.Unit == unit && f.Year == year && (series == "" || f.Series == series) {
			found = append(found, f)
		}
	}
	switch {
	case len(found) == 0:
		return nil, unknown("no share of GDP of %s for %d", unit, year)
	case len(found) > 1:
		return nil, fmt.Errorf("%s and %s both have the share of %s in %d; name the series", found[0].Series, found[1].Series, unit, year)
	}
	return found[0], nil
}

func (b *Book) find(measure, unit string, year int, series string, p Prices) *Figure {
	for i := range b.Figures {
		if f := &b.Figures[i]; f.Measure == measure && f.Unit == unit && f.Year == year && f.Series == series && f.Prices == p {
			return f
		}
	}
	return nil
}

// others names the levels that there are of a unit in a year.
func (b *Book) others(unit string, year int) string {
	var out []string
	for _, f := range b.Figures {
		if f.Measure == Level && f.Unit == unit && f.Year == year {
			out = append(out, fmt.Sprintf("%s by %s at %s", f.Currency, f.Series, f.Prices))
		}
	}
	if out == nil {
		return ""
	}
	return " (there is " + strings.Join(out, ", ") + ")"
}

func (f *Figure) amount() Amount {
	a := Amount{Value: f.Value, Currency: f.Currency, Prices: f.Prices, Year: f.Year}
	a.Rests = []Rest{{What: f.what(), Value: number(f.Value) + " " + f.in(), Source: f.Source, Status: f.Status, Note: f.Note}}
	return a
}

func (f *Figure) what() string {
	if f.Year == 0 {
		return strings.Join([]string{f.Measure, f.Unit, f.Series}, " ")
	}
	return fmt.Sprintf("%s %s %d %s", f.Measure, f.Unit, f.Year, f.Series)
}

func (f *Figure) in() string {
	if f.Measure == Share {
		return "% of GDP"
	}
	return string(f.Currency) + " bn, " + f.Prices.String()
}

// number writes a number as a table has it.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Plan is the plan of that name, false when there is none.
func (b *Book) Plan(name string) (*Plan, bool) {
	i := slices.IndexFunc(b.Plans, func(p Plan) bool { return p.Name == name })
	if i < 0 {
		return nil, false
	}
	return &b.Plans[i], true
}

// Total is the sum of a plan's parts, which are in one currency and over the
// same years.
func (p *Plan) Total() Amount {
	sum := p.Parts[0].amount()
	for _, part := range p.Parts[1:] {
		next, err := sum.Plus(part.amount())
		if err != nil {
			panic(err) // reading the plan would have refused the part
		}
		sum = next
	}
	return sum
}

func (p Part) amount() Amount {
	a := p.Amount
	a.Rests = []Rest{{What: "plan, " + p.Title, Value: a.String(), Source: p.Source, Status: p.Status, Note: p.Note}}
	return a
}

// Rate is the rate of that name, false when there is none.
func (b *Book) Rate(name string) (*Rate, bool) {
	i := slices.IndexFunc(b.Rates, func(r Rate) bool { return r.Name == name })
	if i < 0 {
		return nil, false
	}
	return &b.Rates[i], true
}

// Units are the names of all that the book has figures of, in its order.
func (b *Book) Units() []string {
	var out []string
	for _, f := range b.Figures {
		if !slices.Contains(out, f.Unit) {
			out = append(out, f.Unit)
		}
	}
	return out
}

// Resolve turns a word into a unit of the book or the id of a state, or says
// what it may have meant.
func (b *Book) Resolve(word string) (string, error) {
	if slices.Contains(b.Units(), word) {
		return word, nil
	}
	if _, ok := b.States.ByID(word); ok {
		return word, nil
	}
	hint := source.DidYouMean(word, b.Units())
	if near := b.States.Suggest(word); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, ", ") + "?"
	}
	return "", source.Hint(source.Misused("unknown state or group %s", strconv.Quote(word)), cmp.Or(hint, "casus spend lists those with figures"))
}

// head opens a finding of what the figures of a book say.
func (b *Book) head(kind string) finding.Head { return finding.New(kind, b.Files, finding.Basis{}) }
