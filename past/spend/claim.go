package spend

import (
	"fmt"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// list is a check or a claim as the tables have it.
type list struct {
	name, says, note string
	sources          string
	beside           *syntax.Expr // of a check: what its yearly amounts are held beside; nil for nothing
	field            data.Field
	lines            []line
}

type line struct {
	name, says, note string
	text             string
	expr             *syntax.Expr
	field            data.Field
}

// Check is a reckoning shown line by line.
type Check struct {
	finding.Head
	Name    string   `json:"name"`
	Says    string   `json:"says"`
	Named   string   `json:"sources_named"` // by the check itself
	Sources []Source `json:"sources"`       // of what it rests on
	Note    string   `json:"note"`
	Beside  string   `json:"beside"` // what shares are of
	Rows    []Row    `json:"rows"`
	Rests   []Rest   `json:"rests_on"`
}

// Row is one line of a check: what it comes to and how.
type Row struct {
	Name       string   `json:"name"`
	Says       string   `json:"says"`
	Kind       Kind     `json:"kind"`
	Amount     *Amount  `json:"amount"`     // of money
	X          *float64 `json:"number"`     // of a number
	Share      *float64 `json:"share"`      // of a yearly amount: how much it is of what it is held beside
	Unknown    string   `json:"unknown"`    // why it is not known
	Expression string   `json:"expression"` // over the figures
	Shown      string   `json:"arithmetic"` // with the figures put in
	Note       string   `json:"note"`
}

// Claim is a sentence that somebody says, as propositions over the figures, one
// for each way to read it.
type Claim struct {
	finding.Head
	Name     string    `json:"name"`
	Says     string    `json:"says"`
	By       string    `json:"by"`
	Named    string    `json:"sources_named"` // by the claim itself
	Sources  []Source  `json:"sources"`       // of what it rests on
	Verdict  Verdict   `json:"verdict"`
	Readings []Reading `json:"readings"`
	Rests    []Rest    `json:"rests_on"`
}

// Reading is one proposition of a claim.
type Reading struct {
	Name       string   `json:"name"`
	Says       string   `json:"says"`
	Verdict    Verdict  `json:"verdict"`
	Why        string   `json:"why"` // of not known
	Expression string   `json:"expression"`
	Shown      string   `json:"arithmetic"`
	Left       string   `json:"left"` // what the two sides of the comparison come to, empty when it is none
	Right      string   `json:"right"`
	Caveats    []string `json:"caveats"` // readings that the arithmetic itself makes
	Note       string   `json:"note"`
}

// Verdict tells what the figures say of a proposition, or of all of a claim's.
type Verdict string

// The verdicts. A claim holds when all its readings do, and does not when none
// does; a reading that is not known leaves it not known unless two others
// differ already.
const (
	Holds    Verdict = "holds"
	HoldsNot Verdict = "does not hold"
	Depends  Verdict = "depends on the reading"
	NotKnown Verdict = "not known"
)

// reckoning reads one row of the reckonings: let, check, row, claim or holds. Rows
// and propositions belong to what "of" names, above them.
func (r *reader) reckoning(row data.Row) {
	name, of, says := row.Text("name"), row.Text("of"), row.Text("says")
	r.known(row)
	if name == "" {
		r.fail(row.Field("name"), "no name")
	}
	switch kind := row.Text("kind"); kind {
	case "let":
		r.let(row, name, says)
	case "check", "claim":
		all := &r.b.checks
		if kind == "claim" {
			all = &r.b.claims
		}
		if find(*all, name) != nil {
			r.fail(row.Field("name"), "%s %s is there twice", kind, name)
		}
		l := list{name: name, says: says, note: row.Text("note"), sources: row.Text("source"), field: row.Field("is")}
		if l.field.Text != "" {
			var err error
			if l.beside, err = parse(l.field.Text); err != nil || kind == "claim" {
				r.fail(l.field, "%s is what a check is held beside; a claim has none: %v", quoted(l.field.Text), err)
			}
		}
		if !r.bad {
			*all = append(*all, l)
		}
	case "row", "holds":
		l := find(r.b.checks, of)
		if kind == "holds" {
			l = find(r.b.claims, of)
		}
		if l == nil {
			r.fail(row.Field("of"), "%s of %s, which is not above", kind, quoted(of))
			return
		}
		e, err := parse(row.Text("is"))
		if err != nil {
			r.fail(row.Field("is"), "%v", err)
		}
		if !r.bad {
			l.lines = append(l.lines, line{name: name, says: says, note: row.Text("note"), text: row.Text("is"), expr: e, field: row.Field("is")})
		}
	default:
		r.fail(row.Field("kind"), "unknown kind %s; one of let, check, row, claim, holds", quoted(kind))
	}
}

func (r *reader) let(row data.Row, name, says string) {
	e, err := parse(row.Text("is"))
	if err != nil {
		r.fail(row.Field("is"), "%v", err)
		return
	}
	if _, ok := r.b.lets[name]; ok {
		r.fail(row.Field("name"), "%s is there twice", quoted(name))
		return
	}
	if r.bad {
		return
	}
	l := let{says: says, expr: e}
	if row.Text("source") != "" || row.Text("status") != "" {
		l.rest = &Rest{What: name + ", " + says, Value: row.Text("is"), Source: row.Text("source"), Status: row.Text("status"), Note: row.Text("note")}
	}
	r.b.lets[name] = l
}

// besides asks that what a check is held beside is a yearly amount.
func (r *reader) besides(l *list) {
	if l.beside == nil {
		return
	}
	v, err := r.b.eval(l.beside, nil)
	if err == nil && (v.Kind != Money || v.Amount.Years > 0) {
		err = fmt.Errorf("a check is held beside a yearly amount")
	}
	r.bad = false
	if err != nil {
		r.fail(l.field, "%v", err)
		l.beside = nil
	}
}

func find(all []list, name string) *list {
	for i := range all {
		if all[i].name == name {
			return &all[i]
		}
	}
	return nil
}

// reckon works out every line once, and leaves out those that cannot be.
func (r *reader) reckon() {
	for _, all := range [][]list{r.b.checks, r.b.claims} {
		for i := range all {
			var kept []line
			for _, ln := range all[i].lines {
				v, err := r.b.eval(ln.expr, nil)
				if err == nil && (v.Kind == Truth) != (find(r.b.claims, all[i].name) == &all[i]) {
					err = fmt.Errorf("a claim wants what holds or does not, a check a number or an amount")
				}
				r.bad = false
				if err != nil {
					r.fail(ln.field, "%v", err)
					continue
				}
				kept = append(kept, ln)
			}
			all[i].lines = kept
			r.besides(&all[i])
		}
	}
}

// Checks and Claims are the names of what there is, in the order of the tables.
func (b *Book) Checks() []string { return names(b.checks) }

// Claims are the names of the claims.
func (b *Book) Claims() []string { return names(b.claims) }

func names(all []list) []string {
	var out []string
	for _, l := range all {
		out = append(out, l.name)
	}
	return out
}

// Check works out the check of that name.
func (b *Book) Check(name string) (*Check, error) {
	l := find(b.checks, name)
	if l == nil {
		return nil, missing("check", name, b.Checks())
	}
	out := &Check{Head: b.head("spending check"), Name: l.name, Says: l.says, Named: l.sources, Note: l.note, Rows: []Row{}, Rests: []Rest{}}
	var beside *Quantity
	if l.beside != nil {
		v := b.worked(l.beside)
		beside, out.Beside = &v, l.beside.String()
		if says := b.lets[out.Beside].says; says != "" {
			out.Beside = says
		}
	}
	for _, ln := range l.lines {
		v := b.worked(ln.expr)
		row := Row{Name: ln.name, Says: ln.says, Kind: v.Kind, Unknown: v.Unknown, Expression: ln.text, Shown: v.Shown, Note: ln.note}
		if v.Kind == Money && v.Unknown == "" {
			v.Amount.Rests = v.Rests
			row.Amount = &v.Amount
			row.Share = v.share(beside)
		}
		if v.Kind == Number && v.Unknown == "" {
			row.X = &v.X
		}
		out.Rows = append(out.Rows, row)
		out.Rests = union(out.Rests, v.Rests)
	}
	out.Sources = b.Citations(out.Rests)
	return out, nil
}

// share is how much a yearly amount is of another, nil where that says nothing.
func (v Quantity) share(of *Quantity) *float64 {
	if of == nil || of.Unknown != "" || v.Amount.Years > 0 {
		return nil
	}
	x, err := v.Amount.Over(of.Amount)
	if err != nil {
		return nil
	}
	return &x
}

func missing(what, name string, all []string) error {
	return source.Hint(source.Misused("no %s %s", what, quoted(name)), source.Among(name, all))
}

// worked is the value of an expression that was worked out while reading.
func (b *Book) worked(e *syntax.Expr) Quantity {
	v, err := b.eval(e, nil)
	if err != nil {
		panic(err)
	}
	return v
}

// Claim works out the claim of that name: what the figures say of each of its
// readings. It knows no more than the arithmetic; what room or a loan amounts
// to in the end is not decided here.
func (b *Book) Claim(name string) (*Claim, error) {
	l := find(b.claims, name)
	if l == nil {
		return nil, missing("claim on spending", name, b.Claims())
	}
	out := &Claim{Head: b.head("spending claim"), Name: l.name, Says: l.says, By: l.note, Named: l.sources, Readings: []Reading{}, Rests: []Rest{}}
	for _, ln := range l.lines {
		v := b.worked(ln.expr)
		rd := Reading{Caveats: []string{}, Name: ln.name, Says: ln.says, Verdict: verdict(v), Why: v.Unknown, Expression: ln.text, Shown: v.Shown, Note: ln.note}
		if isComparison(ln.expr) {
			rd.Left, rd.Right = b.worked(ln.expr.Args[0]).String(), b.worked(ln.expr.Args[1]).String()
		}
		for _, rest := range v.Rests {
			if rest.Status == reading {
				rd.Caveats = append(rd.Caveats, rest.Value)
			}
		}
		out.Readings = append(out.Readings, rd)
		out.Rests = union(out.Rests, v.Rests)
	}
	out.Verdict = overall(out.Readings)
	out.Sources = b.Citations(out.Rests)
	return out, nil
}

func isComparison(e *syntax.Expr) bool {
	return e.Kind == syntax.BinaryExpr && loose[e.Op] == loose["="]
}

// String is the value with its unit, or "not known".
func (v Quantity) String() string {
	switch {
	case v.Unknown != "":
		return "not known"
	case v.Kind == Money:
		a := v.Amount
		return fmt.Sprintf("%s %.1f bn %s", a.Currency, a.Value, a.when())
	case v.Kind == Truth:
		return string(verdict(v))
	}
	return fmt.Sprintf("%.3f", v.X)
}

func verdict(v Quantity) Verdict {
	switch {
	case v.Unknown != "":
		return NotKnown
	case v.Holds:
		return Holds
	}
	return HoldsNot
}

func overall(readings []Reading) Verdict {
	seen := map[Verdict]bool{}
	for _, r := range readings {
		seen[r.Verdict] = true
	}
	switch {
	case seen[Holds] && seen[HoldsNot]:
		return Depends
	case seen[NotKnown] || len(readings) == 0:
		return NotKnown
	case seen[Holds]:
		return Holds
	}
	return HoldsNot
}
