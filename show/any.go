package show

import (
	"io"

	"casus/claim"
	"casus/data"
	"casus/finding"
	"casus/law/counsel"
	"casus/past/spend"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Any writes the text of a finding, as the command line prints it. It reports
// whether there is a text for findings of this kind.
func Any(w io.Writer, f finding.Finding, l Layout) (bool, error) {
	switch f := f.(type) {
	case *counsel.Why:
		return true, Why(w, f, l)
	case *counsel.WhyNot:
		return true, WhyNot(w, f, l)
	case *counsel.Owed:
		return true, Owed(w, f, l)
	case *counsel.Conflicts:
		return true, Conflicts(w, f, l)
	case *counsel.Chains:
		return true, Chains(w, f, l)
	case *counsel.Diff:
		return true, Diff(w, f, l)
	case *counsel.Course:
		return true, Course(w, f, l)
	case *counsel.Citation:
		return true, Citation(w, f, l)
	case *counsel.Resting:
		return true, Resting(w, f, l)
	case *claim.Ledger:
		return true, Claims(w, f, l)
	case *finding.Listing:
		return true, Names(w, f, l)
	case *finding.ShippedCases:
		return true, Cases(w, f, l)
	case *data.Codes:
		return true, States(w, f, l)
	case *spend.Series:
		return true, Spending(w, f, l)
	case *spend.Check:
		return true, SpendingCheck(w, f, l)
	case *spend.Claim:
		return true, SpendingClaim(w, f, l)
	case finding.Lines:
		return true, Lines(w, f, l)
	}
	return anyOfWorlds(w, f, l)
}

func anyOfWorlds(w io.Writer, f finding.Finding, l Layout) (bool, error) {
	switch f := f.(type) {
	case *study.Ran:
		return f.Record.Found != nil, ranAnswer(w, f, l)
	case *inquiry.Robust:
		return true, Robust(w, f, l)
	case *inquiry.Value:
		return true, Value(w, f, l)
	case *inquiry.Sensitivity:
		return true, Sense(w, f, l)
	case *inquiry.Discovered:
		return true, Discovered(w, f, l)
	case *inquiry.Flips:
		return true, Flips(w, f, l)
	case *inquiry.Supposed:
		return true, Suppose(w, f, l)
	case *inquiry.Past:
		return true, Past(w, f, l)
	case *inquiry.Convergence:
		return true, Convergence(w, f, l)
	case *inquiry.Elicited:
		return true, Elicited(w, f, l)
	case *inquiry.Walked:
		return true, Walk(w, f, l)
	case *inquiry.Reached:
		return true, Reach(w, f, l)
	case *inquiry.Sizes:
		return true, Sizes(w, f, l)
	case *inquiry.Analysis:
		return true, Analysis(w, f, l)
	case *inquiry.Ladder:
		return true, Ladder(w, f, l)
	}
	return false, nil
}

func ranAnswer(w io.Writer, f *study.Ran, l Layout) error {
	if f.Record.Found == nil {
		return nil
	}
	return Answer(w, f.Record.Found, l)
}

// AnyPicture draws a finding in SVG. It reports whether findings of this kind are
// drawn.
func AnyPicture(w io.Writer, f finding.Finding, l Layout) (bool, error) {
	switch f := f.(type) {
	case *counsel.Chains:
		return true, ChainsPicture(w, f)
	case *counsel.Course:
		return true, CoursePicture(w, f)
	case *claim.Ledger:
		return true, ClaimsPicture(w, f)
	case *study.Ran:
		return true, Picture(w, f.Record, f.Record.Found, nil)
	case *inquiry.Robust:
		return true, RobustPicture(w, f)
	case *inquiry.Value:
		return true, ValuePicture(w, f, l)
	case *inquiry.Sensitivity:
		return true, SensePicture(w, f, l)
	case *inquiry.Discovered:
		return true, DiscoveredPicture(w, f)
	case *inquiry.Flips:
		return true, FlipsPicture(w, f)
	case *inquiry.Past:
		return true, PastPicture(w, f)
	case *inquiry.Convergence:
		return true, ConvergencePicture(w, f)
	case *inquiry.Analysis:
		return true, AnalysisPicture(w, f)
	}
	return false, nil
}
