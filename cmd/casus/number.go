package main

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"casus/lang/syntax"
)

// fraction is a flag that takes a number, as 0.05 or 5%.
type fraction struct{ to *float64 }

// fractionFlag is such a flag with its default.
func fractionFlag(f *pflag.FlagSet, to *float64, name string, otherwise float64, usage string) {
	*to = otherwise
	f.Var(fraction{to}, name, usage)
}

var errNumber = errors.New("a number such as 0.05, or a percentage such as 5%")

func (x fraction) String() string {
	if x.to == nil {
		return "0"
	}
	return strconv.FormatFloat(*x.to, 'g', -1, 64)
}

func (x fraction) Type() string { return "float" }

func (x fraction) Set(text string) error {
	digits, sign := strings.CutPrefix(strings.TrimSpace(text), "-")
	v, ok := syntax.ParseNumber(strings.ReplaceAll(digits, " %", "%"))
	if !ok || math.IsNaN(v) {
		return errNumber
	}
	if *x.to = v; sign {
		*x.to = -v
	}
	return nil
}
