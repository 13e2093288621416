package inquiry

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/worlds/study"
)

// head opens a finding of some options and views of a record, by their places.
func (r record) head(kind string, options, views []int) finding.Head {
	h := r.Head(kind)
	h.Options, h.Views = at(h.Options, options), at(h.Views, views)
	return h
}

// at are the things at these places.
func at[T any](things []T, places []int) []T {
	out := []T{}
	for _, i := range places {
		out = append(out, things[i])
	}
	return out
}

// all are the places of so many things.
func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// warnFew says of a head that no tail can be spoken of.
func (r record) warnFew(h *finding.Head) {
	if r.Worlds < study.FewWorlds {
		h.Warnings = append(h.Warnings, finding.Warn(finding.FewWorlds, "", "%s few: intervals are wide and the worst world is hardly found; use more with --worlds", finding.CountOf(r.Worlds, "world for each view is", "worlds for each view are")))
	}
}

// warnAlike says of conditional measures that worlds count alike in what is done
// with them, however likely their condition is.
func warnAlike(h *finding.Head, done string, measures ...study.Measure) {
	for _, m := range measures {
		if m.Given != "" {
			h.Warnings = append(h.Warnings, finding.Warn(finding.CountsAlike, m.Name, "%s is given %s, and %s every world counts alike, however likely that is in it; casus robust, claims and sense --method given weigh worlds by it", m.Name, m.Given, done))
		}
	}
}

// MeasureFor finds a measure by name, of those that say which way is better.
func MeasureFor(measures []study.Measure, name string) (int, error) {
	known := []string{}
	for k, m := range measures {
		switch {
		case m.Name == name && m.Better == "":
			return 0, source.Hint(source.Misused("measure %s does not say which way is better, so nothing can be chosen by it", name), "write lower is better, or higher is better, in the crisis")
		case m.Name == name:
			return k, nil
		case m.Better != "":
			known = append(known, m.Name)
		}
	}
	return 0, study.NoneCalled("measure", name, known)
}

// places finds names among those known, in the order of the known; no names
// are all.
func places(what string, names, known []string) ([]int, error) {
	picked, err := study.Pick(what, names, known, func(s string) string { return s })
	if err != nil {
		return nil, err
	}
	var out []int
	for i, n := range known {
		if slices.Contains(picked, n) {
			out = append(out, i)
		}
	}
	return out, nil
}

// choice are the options asked for among those known. A choice wants two.
func choice(asked, known []string) ([]int, error) {
	options, err := places("option", asked, known)
	switch {
	case err != nil:
		return nil, err
	case len(options) == 0:
		return nil, source.Hint(errors.New("no option was finished: nothing to choose between"), "run the case again")
	case len(options) == 1 && len(known) > 1:
		return nil, source.Hint(source.Misused("%s alone is named of %d options: a choice wants two or more", known[options[0]], len(known)), "name another with --option too, or none for all")
	case len(options) == 1:
		return nil, source.Hint(source.Lacking("%s is the only option: a choice wants two or more", known[options[0]]), "a report shows one")
	}
	return options, nil
}

// TwoOptions is the misuse of options to be held against each other that are not two.
func TwoOptions(names []string) error {
	if len(names) == 2 && names[0] != names[1] {
		return nil
	}
	err := source.Misused("two different options are held against each other, got %s", strings.Join(names, ", "))
	if len(names) == 0 {
		err = source.Misused("which two options are held against each other?")
	}
	return source.Hint(err, "name them as --between A,B")
}

// among are the options and views asked for.
func (r record) among(optionsAsked, viewsAsked []string) (options, views []int, err error) {
	if options, err = choice(optionsAsked, r.OptionNames()); err != nil {
		return nil, nil, err
	}
	if views, err = places("view", viewsAsked, r.ViewNames()); err != nil {
		return nil, nil, err
	}
	if len(views) == 0 {
		return nil, nil, fmt.Errorf("the record has no view")
	}
	return options, views, nil
}
