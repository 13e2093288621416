package history_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"casus/lang/steps"
)

// alliances of a kind, by size: lines for the function table.
var alliances = map[string]func(n int) string{
	"alliances": func(n int) string {
		return lines(n, "# 200 1950-01-01 1960-01-01 defense\n# 220 1950-01-01 1960-01-01 defense\n")
	},
	"phases of one": func(n int) string {
		return lines(n, "9 200 1950-01-01 1950-02-01 defense phase=#\n9 220 1950-01-01 1950-02-01 defense phase=#\n")
	},
	"unknown states": func(n int) string { return lines(n, "# 99 1950-01-01 1960-01-01 defense\n") },
	"bad days":       func(n int) string { return lines(n, "# 200 1950-13-01 1960-01-01 defense\n") },
	"said again":     func(n int) string { return lines(n, "9 200 1950-01-01 1960-01-01 defense\n") },
}

func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(format, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// TestSteps reads one table, for TestLinear to count by.
func TestSteps(t *testing.T) {
	kind, n := steps.Asked(t)
	read(table(t, alliances[kind](n)))
}

// The statements that reading a table of alliances executes grow as the table
// does.
func TestLinear(t *testing.T) {
	steps.Linear(t, slices.Sorted(maps.Keys(alliances)), 300, "casus/past/history", "casus/data", "casus/lang/source")
}
