package inquiry

import (
	"slices"

	"casus/lang/source"
	"casus/lang/syntax"
	"casus/worlds/study"
)

// vocabulary holds the names that a condition may use: measures, alone or of an option as
// MEASURE[OPTION], and assumptions.
type vocabulary struct {
	measures    []string
	options     []string
	assumptions []string
	idle        []string // options of the case that are not run
	form        form
}

// form says how measures are named in a condition, and whether assumptions may be.
type form uint8

const (
	ofOptions form = iota // MEASURE[OPTION] or ASSUMPTION
	ofAsked               // MEASURE or MEASURE[OPTION]: alone it is that of the option asked about
	ofAll                 // MEASURE, under whatever option
)

// check is an error at the first name, as it was typed, that stands for nothing.
func (v vocabulary) check(e *syntax.Expr) error {
	switch e.Kind {
	case syntax.NameExpr:
		return e.At(v.alone(e.Op))
	case syntax.IndexExpr:
		return v.indexed(e)
	}
	for _, a := range e.Args {
		if err := v.check(a); err != nil {
			return err
		}
	}
	return nil
}

// alone is the error of a name without brackets, or nil.
func (v vocabulary) alone(name string) error {
	isMeasure, isAssumption := slices.Contains(v.measures, name), slices.Contains(v.assumptions, name)
	switch {
	case v.form == ofOptions && (isAssumption || slices.Contains([]string{"true", "yes", "false", "no"}, name)):
		return nil
	case v.form == ofOptions && isMeasure:
		return source.Misused("%s is known for each option: write %s[OPTION], as in %s", name, name, outcome(name, v.options[0]))
	case v.form == ofOptions:
		return study.NoneCalled("measure or assumption", name, append(slices.Clone(v.measures), v.assumptions...))
	case isMeasure:
		return nil
	case isAssumption:
		return source.Hint(source.Misused("%s is an assumption, and a measure is wanted here", name), "casus discover --where takes both")
	}
	return study.NoneCalled("measure", name, v.measures)
}

// indexed is the error of MEASURE[OPTION], at the name that is wrong, or nil.
func (v vocabulary) indexed(e *syntax.Expr) error {
	if v.form == ofAll {
		return e.At(source.Misused("a threshold is for all options: write %s without %s", e.Op, e.String()[len(e.Op):]))
	}
	if !slices.Contains(v.measures, e.Op) {
		if slices.Contains(v.assumptions, e.Op) {
			return e.At(source.Misused("%s is an assumption, the same for all options: write it without %s", e.Op, e.String()[len(e.Op):]))
		}
		return e.At(study.NoneCalled("measure", e.Op, v.measures))
	}
	option := e.Args[0]
	switch {
	case len(e.Args) != 1 || option.Kind != syntax.NameExpr:
		return e.At(source.Misused("%s names no option, as %s does", e, outcome(e.Op, v.options[0])))
	case slices.Contains(v.options, option.Op):
		return nil
	case slices.Contains(v.idle, option.Op):
		return option.At(source.Hint(source.Misused("option %s is not among those that are run", option.Op), "name it with --option too"))
	}
	return option.At(study.NoneCalled("option", option.Op, append(slices.Clone(v.options), v.idle...)))
}

func measureNames(measures []study.Measure) []string {
	var out []string
	for _, m := range measures {
		out = append(out, m.Name)
	}
	return out
}
