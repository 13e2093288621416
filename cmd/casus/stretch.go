package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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
	from, n, err := readStretch(text)
	if err != nil {
		return err
	}
	if s.from = from; from >= 0 {
		*s.first = from
	}
	return s.Value.Set(strconv.Itoa(n))
}

var errStretch = errors.New("a whole number such as 512, or FROM..TO such as 512..1023")

// readStretch reads so many worlds, from a first one on or, -1, from none.
func readStretch(text string) (from, n int, err error) {
	a, b, both := strings.Cut(text, "..")
	if !both {
		if n, err = strconv.Atoi(text); err != nil {
			err = errStretch
		}
		return -1, n, err
	}
	from, bad := strconv.Atoi(a)
	to, err := strconv.Atoi(b)
	if errors.Join(bad, err) != nil || from < 0 || to < from {
		return -1, 0, errStretch
	}
	return from, to - from + 1, nil
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
