// Casus puts a security guarantee to the test: who owes what to whom, and what
// the parties then do. Each verb is one file; this one ties them together.
//
// Exit codes: 0 fine, 1 the model or the data are at fault, 2 wrong use,
// 3 an expectation failed, 130 interrupted. A fault of casus itself ends it by a
// signal, but for serve and studio, which go on; where the system refuses it memory the Go runtime still ends with 2.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/finding"
	"casus/lang/source"
	"casus/terminal"
)

// memory is where the collector starts to work harder, in bytes: most of what a
// run allocates is soon let go, and the default would let it pile up.
const memory = 320 << 20

// gathered is how much may be allocated before the collector looks, as a share of
// what lives, in per cent: reading the catalogue is most of what a short question
// does, and the default would look a dozen times on the way. The bound is memory.
const gathered = 400

func main() {
	collect()
	dieLoudly()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// collect tells the collector when to work, unless the user has.
func collect() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
		if os.Getenv("GOGC") == "" {
			debug.SetGCPercent(gathered)
		}
	}
}

// run is the program: it does what the arguments say and returns the exit
// code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe comes back as an error, see pipe
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once

	below, errs := &pipe{w: stdout}, terminal.NewWriter(&pipe{w: stderr})
	out := terminal.NewWriter(below) // no terminal obeys a file
	started := false
	root := newRoot()
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(errs)
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		started = true
		if err := noneEmpty(c); err != nil {
			return err
		}
		if err := chooseForm(c); err != nil {
			return err
		}
		return mayWrite(c)
	}
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) { // only a shell asks what words there are
		completing(root)
	}
	verb := root
	args, err := gather(root, args)
	if started = err != nil; !started {
		root.SetArgs(args)
		verb, err = root.ExecuteContextC(ctx)
	}
	switch {
	case err != nil && !started: // cobra could not read the command line
		err = misread(root, verb, err)
	case errors.Join(out.Close(), below.err) != nil && (err == nil || errors.Is(err, below.err)):
		err = fmt.Errorf("writing the output: %w", below.err)
	}
	code := codeOf(err, errs)
	errs.Close()
	return code
}

// newRoot is the command line with all its verbs.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "casus",
		Short: "Put a security guarantee to the test",
		Long: `casus puts a security guarantee to the test: who owes what to whom and why,
what the parties then do, and which design holds.`,
		Example: `  casus why --by RUS --on GBR --object forces --at kyiv --date 2026-02-01
  casus run ukraine
  casus check mycase/`,
		Version:           version(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.DisableSuggestions = true // misread has its own
	root.SetVersionTemplate("casus {{.Version}}\n")
	root.SetHelpCommand(helpOn(root))
	root.SetHelpFunc(helpFolded)
	root.AddCommand(
		newRun(), newSweep(), newStudio(), newReport(), newRecord(), newRobust(), newValue(), newFlip(), newSuppose(), newClaims(),
		newSense(), newAnalyse(), newDiscover(),
		newWhy(), newOwed(), newCite(), newMatrix(), newChains(), newCut(), newConflicts(), newDiff(), newSpend(),
		newGraph(), newElicit(), newList(), newStates(), newNew(), newData(), newCheck(), newFmt(), newLSP(), newServe(),
	)
	for _, verb := range more {
		root.AddCommand(verb())
	}
	formatFlags(root)
	tellNames(root)
	return root
}

// more are verbs that the program has under a build tag only.
var more []func() *cobra.Command

// helpOn explains a verb; of a word that is none it is an error, as anywhere.
func helpOn(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "Explain a verb",
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil {
				return misread(root, root, err)
			}
			if len(rest) > 0 {
				return usage(fmt.Sprintf("%s has no part called %q", c.CommandPath(), rest[0]), "see "+c.CommandPath()+" --help")
			}
			return c.Help()
		},
	}
}

// version is the module version the program was built from, and the commit
// where it is known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown version)"
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	v := strings.Trim(info.Main.Version, "()")
	if finding.Release != "" {
		v = finding.Release
	}
	if commit := set["vcs.revision"]; len(commit) >= 12 && !strings.Contains(v, commit[:12]) {
		v += " " + commit[:12]
	}
	return v + " " + info.GoVersion
}

// misread turns what cobra says of a command line into a usage error with a
// hint.
func misread(root, verb *cobra.Command, err error) error {
	if quoted, ok := strings.CutPrefix(err.Error(), `unknown command "`); ok {
		name, _, _ := strings.Cut(quoted, `"`)
		if verb != root {
			what := fmt.Sprintf("unexpected word %q", name)
			if name == "" {
				what = "an empty word is typed"
			}
			takes := "flags only"
			if parts := verb.Commands(); len(parts) > 0 {
				var names []string
				for _, part := range parts {
					names = append(names, part.Name())
				}
				takes = "one of its parts: " + strings.Join(names, ", ")
			}
			return usage(what, verb.CommandPath()+" takes "+takes+"; see "+verb.CommandPath()+" --help")
		}
		var verbs []string
		for _, c := range root.Commands() {
			if c.IsAvailableCommand() {
				verbs = append(verbs, c.Name())
			}
		}
		hint := source.DidYouMean(name, verbs)
		if hint == "" {
			hint = "the verbs are " + strings.Join(verbs, ", ")
		}
		return usage("unknown verb "+fmt.Sprintf("%q", name), hint)
	}
	if _, word, short := strings.Cut(err.Error(), " in -"); short && strings.HasPrefix(err.Error(), "unknown shorthand flag") {
		return usage("unknown flag: -"+word, "a flag has two dashes, as in --help; see "+verb.CommandPath()+" --help")
	}
	if own := (ask.Failure{}); errors.As(err, &own) {
		return err
	}
	return usage(err.Error(), "see "+verb.CommandPath()+" --help")
}

// pipe is an output that may be closed by its reader, as head does: what comes
// after is dropped, and that is no error. Any other error is kept.
type pipe struct {
	w      io.Writer
	closed bool
	err    error
	before func() // is done before anything is written; nil: nothing
}

func (p *pipe) Write(b []byte) (int, error) {
	if p.before != nil {
		p.before()
	}
	if p.closed {
		return len(b), nil
	}
	n, err := p.w.Write(b)
	if errors.Is(err, syscall.EPIPE) {
		p.closed = true
		return len(b), nil
	}
	if err != nil && p.err == nil {
		p.err = err
	}
	return n, err
}
