package main

import (
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/finding"
	"casus/model"
	"casus/show"
	designs "casus/worlds/draw"
	"casus/worlds/inquiry"
)

// completed says which kind of name a flag takes.
var completed = map[string]string{
	"option": "options", "between": "options", "baseline": "options", "of": "options",
	"view": "views", "measure": "measures", "claim": "claims",
	"by": "states", "on": "states", "state": "states", "by-state": "states", "burden": "states",
	"at": "places", "kind": "events", "fact": "facts", "not": "articles", "law": "instruments",
	"case": "cases", "like": "cases", "set": "assumptions",
}

// worded are the flags that take one of a few words.
var worded = map[string]func(c *cobra.Command) []string{
	"object": func(*cobra.Command) []string { return model.Objects() },
	"part":   func(*cobra.Command) []string { return show.Parts },
	"format": formatsOf,
	"method": methodsOf,
	"by":     func(*cobra.Command) []string { return []string{"expected", "median", "worst", "tail"} },
	"only":   func(*cobra.Command) []string { return ask.Removable },
	"keep":   func(*cobra.Command) []string { return ask.SweepKeeps },
	"engine": func(*cobra.Command) []string { return ask.SweepEngines },
	"design": func(*cobra.Command) []string { return designs.DesignKinds() },
}

// formatsOf are the forms that --format of a verb takes.
func formatsOf(c *cobra.Command) []string {
	if c.Name() == "matrix" {
		return show.MatrixFormats
	}
	return formsOf(c)
}

// methodsOf are the methods of a verb that has some.
func methodsOf(c *cobra.Command) []string {
	if c.Name() == "analyse" {
		return inquiry.Methods()
	}
	return inquiry.SenseMethods()
}

// takesState lists the verbs whose --between names states.
var takesState = map[string]bool{"conflicts": true, "chains": true, "cut": true}

// completing lets a shell complete names: cases behind the verbs that take one,
// and what flags take, of the case that is named already, or of all that ships.
func completing(root *cobra.Command) {
	for _, c := range root.Commands() {
		completing(c)
		for flag, kind := range completed {
			if c.Flags().Lookup(flag) == nil {
				continue
			}
			switch {
			case flag == "between" && takesState[c.Name()]:
				kind = "states"
			case flag == "by" && c.Name() == "robust", flag == "at" && c.Name() == "graph":
				continue
			case flag == "claim" && c.Name() != "claims", flag == "measure" && c.Name() == "spend":
				continue
			}
			if err := c.RegisterFlagCompletionFunc(flag, func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
				if kind == "cases" && len(args) > 0 && ask.Exists(args[0]) && !ask.NamesRecord(args[0]) {
					return titled(ask.CasesIn(args[0]), "", begun), cobra.ShellCompDirectiveNoFileComp
				}
				if folder, last, in := cutLast(begun); kind == "cases" && in && ask.Exists(folder) {
					return titled(ask.CasesIn(folder), folder+"/", last), cobra.ShellCompDirectiveNoFileComp
				}
				return begunIn(namesFor(c, args, kind), kind, begun), cobra.ShellCompDirectiveNoFileComp
			}); err != nil {
				panic(err)
			}
		}
		for _, flag := range []string{"where", "threshold"} {
			if c.Flags().Lookup(flag) == nil {
				continue
			}
			if err := c.RegisterFlagCompletionFunc(flag, conditionBegun); err != nil {
				panic(err)
			}
		}
		for flag, words := range worded {
			if f := c.Flags().Lookup(flag); f == nil || flag == "part" && f.Value.Type() == "string" || flag == "by" && c.Name() != "robust" {
				continue
			}
			if err := c.RegisterFlagCompletionFunc(flag, func(c *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
				return begunBy(words(c), begun), cobra.ShellCompDirectiveNoFileComp
			}); err != nil {
				panic(err)
			}
		}
		if c.ValidArgsFunction == nil {
			c.ValidArgsFunction = completeArgs
		}
	}
}

// conditionBegun completes the name that a condition ends with: an option in brackets, or
// a measure.
func conditionBegun(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	at := strings.LastIndexFunc(begun, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) + 1
	kind := "measures"
	if at > 0 && begun[at-1] == '[' {
		kind = "options"
	}
	return titled(namesFor(c, args, kind), begun[:at], begun[at:]), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// completeArgs completes what stands behind a verb: addresses, states, drafts, or
// a case, which may be a file too.
func completeArgs(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	switch verb := strings.TrimPrefix(c.CommandPath(), "casus "); verb {
	case "cite":
		out := append(namesBegun("articles", "", begun), namesBegun("instruments", "", begun)...)
		if of := caseNamed(c, nil); of != "" {
			for _, kind := range []string{"options", "views", "measures"} {
				out = append(out, namesBegun(kind, of, begun)...)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	case "data", "sweep": // their parts
		return nil, cobra.ShellCompDirectiveNoFileComp
	case "states", "spend":
		return namesBegun("states", "", begun), cobra.ShellCompDirectiveNoFileComp
	case "data add", "data remove":
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveDefault // a file of the data set
		}
		return begunBy(ask.Datasets, begun), cobra.ShellCompDirectiveNoFileComp
	case "analyse", "report", "sweep run", "sweep merge", "fmt", "new": // files and folders
		return nil, cobra.ShellCompDirectiveDefault
	case "diff":
		return append(namesBegun("options", caseNamed(c, nil), begun), namesBegun("instruments", "", begun)...), cobra.ShellCompDirectiveNoFileComp
	case "list":
		if len(args) == 0 {
			return begunBy(ask.Kinds, begun), cobra.ShellCompDirectiveNoFileComp
		}
		args = args[1:] // behind the kind stands a case
	case "why", "owed", "matrix", "conflicts", "chains", "cut", "data list", "lsp", "serve":
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if len(args) == 1 && ask.Exists(args[0]) && !ask.NamesRecord(args[0]) && c.Name() != "check" {
		return titled(ask.CasesIn(args[0]), "", begun), cobra.ShellCompDirectiveNoFileComp
	}
	return namesBegun("cases", "", begun), cobra.ShellCompDirectiveDefault
}

// caseNamed is the case that a command line names so far: behind the verb, or by
// --case, which of a folder behind the verb names one case.
func caseNamed(c *cobra.Command, args []string) string {
	of := ""
	if f := c.Flags().Lookup("case"); f != nil && f.Changed {
		of = f.Value.String()
	}
	if len(args) == 0 || ask.NamesRecord(args[0]) || c.Flags().Lookup("worlds") == nil {
		return of
	}
	if len(args) > 1 {
		of = args[1]
	}
	return strings.TrimSpace(args[0] + " " + of)
}

// namesFor lists the names of a kind in the record or case that a command line names so
// far, or in all that ships.
func namesFor(c *cobra.Command, args []string, kind string) []finding.Name {
	if len(args) > 0 && ask.NamesRecord(args[0]) {
		return ask.NamesIn(args[0], kind)
	}
	return namesIn(kind, caseNamed(c, args))
}

// namesIn lists the names of a kind in a case. Where the case cannot be read there are
// none: completion says nothing.
func namesIn(kind, of string) []finding.Name {
	found, err := ask.Names{Kind: kind, Case: of}.Answer(ask.Told{})
	if err != nil {
		return nil
	}
	return found.Rows
}

// namesBegun lists the names of a kind in a case that begin so, with their titles.
func namesBegun(kind, of, begun string) []string { return begunIn(namesIn(kind, of), kind, begun) }

// begunIn keeps of names those that begin as the last word of a list does.
func begunIn(names []finding.Name, kind, begun string) []string {
	head, last := "", begun
	if at := strings.LastIndexByte(begun, ','); at >= 0 {
		head, last = begun[:at+1], begun[at+1:]
	}
	out := titled(names, head, last)
	if kind == "states" && last != "" {
		out = append(out, statesBegun(head, last)...)
	}
	return out
}

// cutLast parts a path at its last stroke.
func cutLast(path string) (folder, last string, cut bool) {
	at := strings.LastIndexByte(path, '/')
	if at < 1 {
		return "", path, false
	}
	return path[:at], path[at+1:], true
}

// statesBegun are the states whose name begins so, and the codes of a system that do, as
// gw:2; their ids come by themselves.
func statesBegun(head, last string) []string {
	found, err := ask.States{}.Answer()
	if err != nil {
		return nil
	}
	var out []string
	add := func(word, says string) {
		if strings.HasPrefix(strings.ToLower(word), strings.ToLower(last)) && !slices.Contains(out, head+word+"\t"+says) {
			out = append(out, head+word+"\t"+says)
		}
	}
	for _, s := range found.States {
		if add(s.Name, s.State); strings.Contains(last, ":") {
			for _, code := range s.Codes {
				if code.Code != "" && code.Until == "" {
					add(code.System+":"+code.Code, s.Name)
				}
			}
		}
	}
	return out
}

// titled are the names that begin so, with their titles, behind what was typed before.
func titled(names []finding.Name, head, last string) []string {
	var out []string
	for _, n := range names {
		if strings.HasPrefix(strings.ToLower(n.Name), strings.ToLower(last)) {
			out = append(out, head+n.Name+"\t"+n.Title)
		}
	}
	return out
}

func begunBy(words []string, begun string) []string {
	var out []string
	for _, w := range words {
		if strings.HasPrefix(w, begun) {
			out = append(out, w)
		}
	}
	return out
}
