package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
)

// resumed is the flag --resume: alone it means the newest record of the case that
// is not finished; --resume=RECORD and --resume RECORD name another.
type resumed struct {
	asked  bool
	folder string // empty: the newest of the case that is not finished
}

// ownRecord is the value of the flag when no record is named.
const ownRecord = " "

func (r *resumed) String() string { return r.folder }

func (r *resumed) Type() string { return "RECORD" }

func (r *resumed) Set(s string) error {
	r.asked, r.folder = true, s
	if s == ownRecord {
		r.folder = ""
	}
	return nil
}

// args checks the number of arguments: after a flag with an optional value its
// value stands among them.
func (r *resumed) args(c *cobra.Command, args []string) error {
	if r.asked && r.folder == "" && len(args) == 3 {
		return nil
	}
	if r.asked && len(args) == 0 {
		return nil
	}
	return oneCase(c, args)
}

// take takes the record to go on from out of the arguments, wherever it stands.
func (r *resumed) take(args []string) (rest []string, record string) {
	switch {
	case !r.asked || r.folder != "" || len(args) == 0:
		return args, r.folder
	case len(args) == 1 && ask.NamesRecord(args[0]):
		return nil, args[0]
	case len(args) == 1:
		return args, ""
	}
	last := len(args) - 1
	if ask.NamesRecord(args[0]) && !ask.NamesRecord(args[last]) {
		return args[1:], args[0]
	}
	return args[:last], args[last]
}
