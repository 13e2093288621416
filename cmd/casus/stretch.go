package main

import (
	"errors"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/ask"
)

// stretch is --worlds where it may also be FROM..TO, both ends of which are run.
type stretch struct {
	pflag.Value
	first *int // of the worlds
	from  int  // of a stretch; -1: none was given
}

// stretchType stands for the value of the flag in its help.
const stretchType = "N|FROM..TO"

func (s *stretch) Type() string { return stretchType }

func (s *stretch) Set(text string) error {
	from, n, err := ask.Stretch(text)
	if err != nil {
		return errStretch
	}
	if s.from = from; from >= 0 {
		*s.first = from
	}
	return s.Value.Set(strconv.Itoa(n))
}

var errStretch = errors.New("a whole number such as 512, or FROM..TO such as 512..1023")

// flag lets --worlds be a stretch; first is where the number of its first world goes.
func (s *stretch) flag(f *pflag.FlagSet, first *int) {
	s.first, s.from = first, -1
	which := f.Lookup("worlds")
	s.Value, which.Value = which.Value, s
	which.Usage = "worlds for each view, or FROM..TO: exactly these, as the whole run has them"
}

// once refuses --first beside a stretch.
func (s *stretch) once(c *cobra.Command) error {
	if s.from >= 0 && c.Flags().Changed("first") {
		return usage("--first and --worlds FROM..TO exclude each other", "leave --first out")
	}
	return nil
}

// given reports whether a setting was given, be it by a stretch.
func (s *stretch) given(c *cobra.Command) func(string) bool {
	return func(name string) bool { return c.Flags().Changed(name) || name == "first" && s.from >= 0 }
}
