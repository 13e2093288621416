package counsel

import (
	"strings"

	"casus/data"
	"casus/finding"
	"casus/law"
	"casus/model"
)

// Matrix is the directed table of who owes what to whom, on one day or year by
// year. A row of a year stands on some day of it. Its forms (CSV, Parquet,
// GraphML) have the same columns.
type Matrix struct {
	finding.Head
	Timeline *law.Timeline
	Model    *model.Model
	Over     []data.Span // the days asked for: one day, or years
	Yearly   bool
	OnlyHelp bool     // only duties of help that call for armed force or may
	Notes    []string // what every row rests on

	codes map[codeOn]string
}

// MatrixForm is the form of a matrix as JSON.
type MatrixForm struct {
	MatrixOpening
	Rows []MatrixRow `json:"rows"`
}

// MatrixOpening is what stands before the rows.
type MatrixOpening struct {
	finding.Head
	Yearly bool     `json:"yearly"` // a row of a year stands on some day of it
	Notes  []string `json:"notes"`  // what every row rests on
}

type codeOn struct {
	id string
	on data.Day
}

// MatrixRow is one row: ids of states, with the Correlates of War numbers that
// they have on the first day of the row; past what that list covers, those of its
// nearest day. What is not known is empty.
type MatrixRow struct {
	Year        int32  `parquet:"year" json:"year"`
	Date        string `parquet:"date,dict" json:"date"` // empty in a row of a year
	Debtor      string `parquet:"debtor,dict" json:"debtor"`
	DebtorCOW   string `parquet:"debtor_cow,dict" json:"debtor_cow"`
	Creditor    string `parquet:"creditor,dict" json:"creditor"`
	CreditorCOW string `parquet:"creditor_cow,dict" json:"creditor_cow"`
	Against     string `parquet:"against,dict" json:"against"` // ids, any, or unnamed
	Event       string `parquet:"event,dict" json:"event"`
	Verb        string `parquet:"verb,dict" json:"verb"`
	Class       string `parquet:"class,dict" json:"class"`
	Binding     string `parquet:"binding,dict" json:"binding"`
	Conditions  string `parquet:"conditions,dict" json:"conditions"` // with "; " between
	Articles    string `parquet:"articles,dict" json:"articles"`     // with a blank between
}

// Each gives the rows of one span of days after another.
func (x *Matrix) Each(do func([]MatrixRow) error) error {
	x.codes = map[codeOn]string{}
	for _, over := range x.Over {
		ties := x.Timeline.Ties(over, x.OnlyHelp)
		rows := make([]MatrixRow, len(ties))
		for i := range ties {
			rows[i] = x.row(&ties[i], over)
		}
		if err := do(rows); err != nil {
			return err
		}
	}
	return nil
}

func (x *Matrix) row(t *law.Tie, over data.Span) MatrixRow {
	r := MatrixRow{
		Year: int32(over.From.Year()), Debtor: t.Debtor, DebtorCOW: x.cow(t.Debtor, t.First), Creditor: t.Creditor, CreditorCOW: x.cow(t.Creditor, t.First),
		Against: t.Against, Event: t.Event, Verb: verbs[t.Verb], Class: t.Class.Name, Binding: t.Binding.String(),
		Conditions: strings.Join(t.Conditions, "; "), Articles: strings.Join(t.Articles, " "),
	}
	if !x.Yearly {
		r.Date = over.From.String()
	}
	return r
}

func (x *Matrix) cow(id string, on data.Day) string {
	k := codeOn{id, on}
	if code, ok := x.codes[k]; ok {
		return code
	}
	on, _ = x.Model.States.Clamp(data.COW, on)
	code, err := x.Model.States.Code(id, data.COW, on)
	if err != nil {
		code = ""
	}
	x.codes[k] = code
	return code
}
