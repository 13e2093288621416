package finding

import (
	"encoding/json"
	"fmt"
)

// Kind says what a warning is about, for callers that sort, count or hide.
type Kind string

// The kinds of warning.
const (
	NotConverged Kind = "not converged"       // more worlds would move it
	FewWorlds    Kind = "few worlds"          // too few for a tail or an interval
	Judgement    Kind = "rests on judgement"  // no source stands behind it
	Mixed        Kind = "readings mixed"      // readings of law are not told apart
	Partial      Kind = "partial"             // not all that was asked for was done
	Outside      Kind = "outside coverage"    // of a list or of data
	Refuted      Kind = "refuted by a record" // what happened speaks against it
	Contradicted Kind = "contradicted by a record"
	NoRecord     Kind = "no record"           // it is held against nothing that happened
	Undefined    Kind = "undefined"           // it has no value in some worlds
	Unread       Kind = "text not public"     // nobody can say
	Odd          Kind = "odd question"        // of a state that did not exist, a deed that cannot be
	Disputed     Kind = "in dispute"          // whose a place is, what a word means
	Apart        Kind = "no state's land"     // what a place was that lay in no state, and who had to do with it
	GivenUp      Kind = "search given up"     // there may be more than is listed
	Disagree     Kind = "views disagree"      // what one school finds another does not
	OneSchool    Kind = "mostly one school"   // schools together, of which one speaks for the others
	CountsAlike  Kind = "worlds count alike"  // however likely what a measure is given is in them
	AnyCase      Kind = "in any case"         // options compared by what counts whether or not they come about, and one hardly does
	Slight       Kind = "hardly a difference" // smaller than anybody would mind
	NotScored    Kind = "not scored"          // it was not run, or cannot be
	Reworded     Kind = "files have changed"  // since the record was made
	Damaged      Kind = "record damaged"      // a file of it that the answer does not rest on is not as casus wrote it
	LeftOut      Kind = "left out"            // rows, worlds or assumptions were not used
	Constant     Kind = "constant"            // an output or input never changes
	Biased       Kind = "biased"              // the number is known to lie to one side
	Dependent    Kind = "dependent"           // inputs depend on each other
	NotShown     Kind = "not shown"           // not told apart from no effect
	Heavy        Kind = "heavy tails"         // a constant of the method does not exist
	Assumed      Kind = "read so"             // the arithmetic itself takes it to mean this
	Uncorrelated Kind = "correlation dropped" // stated and not drawn
	Restated     Kind = "restated"            // a file put its own numbers in the place of others
	Borrowed     Kind = "made for another case"
	Idle         Kind = "says nothing" // a line of the model that changes no number, or not what it seems to
)

// Warning is a doubt about a result that a reader must see beside it. About is a
// view, an assumption, an option, an instrument or a list such as member; empty: the
// whole.
type Warning struct {
	Kind  Kind   `json:"kind"`
	About string `json:"about"`
	Text  string `json:"text"`
}

// Warn is a warning in words made as fmt.Sprintf makes them.
func Warn(kind Kind, about, format string, args ...any) Warning {
	return Warning{kind, about, fmt.Sprintf(format, args...)}
}

// UnmarshalJSON reads a warning, or the bare text that records of earlier builds
// have.
func (w *Warning) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '"' {
		return json.Unmarshal(text, &w.Text)
	}
	type plain Warning
	return json.Unmarshal(text, (*plain)(w))
}
