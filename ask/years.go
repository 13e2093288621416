package ask

import "fmt"

// years is the error of a first and a last year that make no span: one that is no year
// from least to most, or a first after the last. Only what was given is looked at.
func years(given func(string) bool, from, to, least, most int) error {
	if given == nil {
		given = func(string) bool { return true }
	}
	var wrong []error
	for _, y := range []setting{{"from", from}, {"to", to}} {
		wrong = append(wrong, lack(given(y.name) && (y.value < least || y.value > most), fmt.Sprintf("--%s %d is not a year", y.name, y.value), fmt.Sprintf("years are %d to %d", least, most)))
	}
	if err := Together(wrong...); err != nil {
		return err
	}
	return lack(given("from") && given("to") && from > to, fmt.Sprintf("--from %d is after --to %d", from, to), "turn them round")
}

// Belongs is the error of a setting that nothing reads but another.
func Belongs(setting, to, hint string) error {
	return Usage("--"+setting+" belongs to --"+to, hint)
}
