package history

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/data"
)

// ATOP holds what was made of a table of alliance members.
type ATOP struct {
	Text     string         // the instruments, in the language of casus
	Problems []data.Problem // what was odd, by line; reading went on
	OneWay   []OneWay       // what one member owes another that does not owe it back
	Coverage data.Day       // the last day of which the data speak
	Version  string         // as the table gives it, "5.1"
	Counts
}

// ATOPCitation gives the citation that ATOP asks for.
const ATOPCitation = "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell and Andrew G. Long. 2002. Alliance Treaty Obligations and Provisions, 1815-1944. International Interactions 28: 237-260"

// Counts is how the rows fared.
type Counts struct {
	Rows    int `json:"rows"`     // rows under the header
	Used    int `json:"used"`     // of these, rows that are in the text
	LeftOut int `json:"left_out"` // and rows that are not
	Dates   int `json:"dates"`    // dates of which a month or a day was assumed
	Codes   int `json:"codes"`    // rows whose code was no state on its day, taken for the state that it is on another

	Alliances   int `json:"alliances"`
	Instruments int `json:"instruments"` // more than the alliances where one has phases side by side
	Articles    int `json:"articles"`
	Polygons    int `json:"polygons,omitempty"` // of borders, which have none of the three above
}

// OneWay is an obligation that Debtor has and Creditor, a member beside it, has
// not. Until is Forever where it is in force at the end of the coverage.
type OneWay struct {
	Instrument string // ATOP1350
	Obligation string // defense, offense, neutrality, nonaggression, consultation
	Debtor     string
	Creditor   string
	From       data.Day
	Until      data.Day // the first day on which it is so no more
}

// obligation is one of the kinds that ATOP codes: its columns, and how it reads
// as an article. Conditions are coded as there or not there; what they say is in
// the treaty. So each is a fact that is not known until it is given.
type obligation struct {
	name        string
	column      string
	title       string
	conditional string      // the column that says there is some condition; "" where none is coded
	conditions  []condition // by column; at most 15
}

type condition struct{ column, words string }

const (
	defense = iota
	offense
	neutral
	nonagg
	consul
	kinds
)

var obligations = [kinds]obligation{
	defense: {"defense", "defense", "Active military support if attacked", "defcon", []condition{
		{"defcoadv", "adversary_named"}, {"defcoloc", "location_named"}, {"defcocon", "conflict_named"},
		{"defconum", "adversaries_many"}, {"defcodem", "demands_refused"}, {"defconpr", "not provoked"}}},
	offense: {"offense", "offense", "Active military support in conflicts that no attack began", "offcon", []condition{
		{"offcoadv", "adversary_named"}, {"offcoloc", "location_named"}, {"offcocon", "conflict_named"},
		{"offconum", "adversaries_many"}, {"offcodem", "demands_refused"}}},
	neutral: {"neutrality", "neutral", "Neutrality in the conflicts of a member", "neucon", []condition{
		{"neucoadv", "adversary_named"}, {"neucoloc", "location_named"}, {"neucocon", "conflict_named"},
		{"neuconum", "adversaries_many"}, {"neucodem", "demands_refused"}, {"neuconpr", "not provoked"}, {"neucoatt", ""}}},
	nonagg: {"nonaggression", "nonagg", "No force against each other", "", nil},
	consul: {"consultation", "consul", "Consultation in crises that may become conflict", "concon", []condition{
		{"concoadv", "adversary_named"}, {"concoloc", "location_named"}, {"concocon", "conflict_named"},
		{"concoreq", "requested"}}},
}

// onlyAttacked is the bit of NEUCOATT: neutrality is promised only where the
// member is attacked. It is no fact to be given; it drops the rule for a member
// that attacks.
const onlyAttacked = 1 << 6

// unnamed is the bit of a condition that the table says is there without saying
// which.
const unnamed = 1 << 15

// toWhom is the bit of an obligation in an asymmetrical alliance of three or more
// members: the row says that the member has it, not toward which of the others.
const toWhom = 1 << 14

// columns that a table must have; all others are not read.
func columns() []string {
	out := []string{"atopid", "member", "phase", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "ineffect", "asymm"}
	for _, o := range obligations {
		out = append(out, o.column)
		if o.conditional != "" {
			out = append(out, o.conditional)
		}
		for _, c := range o.conditions {
			out = append(out, c.column)
		}
	}
	return out
}

// lacking names the columns that a table does not have, not too many of them.
func lacking(t *data.Table) []string {
	var out []string
	for _, c := range columns() {
		if len(t.Lacks(c)) > 0 {
			out = append(out, c)
		}
	}
	const most = 6
	if len(out) > most {
		out = append(out[:most], fmt.Sprintf("and %d more columns", len(out)-most))
	}
	return out
}

// ReadATOP reads ATOP's table of members (one row for each alliance, member and
// phase) and writes it as instruments. A row that cannot be used is left out with
// a Problem at its field; a row that can be used only by assuming something is
// used with one. The answer is never nil and, lines apart, does not depend on the
// order of the rows. The name is used in messages and comments. It has no
// instruments when the table lacks a column, which the Problems say.
func ReadATOP(name string, r io.Reader, states *data.States) *ATOP {
	table, problems := data.ReadCSV(name, r)
	rd := &atopReader{states: states, out: &ATOP{Problems: problems}}
	for _, p := range problems {
		if p.Line > 1 && leftOut(p.Msg) {
			rd.out.Rows++
		}
	}
	if lacks := lacking(table); len(lacks) > 0 {
		rd.warn(data.Field{File: name, Line: 1, Col: 1}, "no column %s: this is not ATOP's table of members", strings.Join(lacks, ", "))
		rd.out.LeftOut = rd.out.Rows
		return rd.out
	}
	rd.out.Rows += len(table.Rows)
	rd.coverage(table)
	for _, row := range table.Rows {
		rd.row(row)
	}
	alliances := rd.byAlliance()
	w := &atopWriter{out: rd.out}
	w.head(name)
	for _, a := range alliances {
		w.alliance(a)
	}
	rd.out.Text = w.text()
	rd.out.LeftOut = rd.out.Rows - rd.out.Used
	slices.SortStableFunc(rd.out.Problems, func(p, q data.Problem) int {
		return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col), cmp.Compare(p.Msg, q.Msg))
	})
	return rd.out
}
