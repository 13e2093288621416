package main

import (
	"io"

	"github.com/spf13/cobra"

	"casus/serve"
	"casus/terminal"
)

func newServe() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Answer questions that arrive as lines of JSON, in one process",
		Long: `serve reads questions as lines of JSON from standard input and writes their
answers as lines of JSON to standard output, and nothing else; the packages for
Python and R ask so. The questions are those of the other verbs. They are answered
in their order; a question that is running, or waits, can be called off. At the
end of the input serve ends when all that was asked is answered. {"id": 1, "ask":
"asks"} lists what can be asked, docs/serve.md has the form of every line.`,
		Example: `  echo '{"id": 1, "ask": "owed", "with": {"date": "2026-07-01", "state": "FRA"}}' | casus serve
  echo '{"id": 1, "ask": "asks"}' | casus serve`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return serve.Lines(c.Context(), c.InOrStdin(), bare(c.OutOrStdout()), c.ErrOrStderr())
		},
	}
}

// bare is an output without what cleans it and drops what nobody reads: lines of
// JSON are clean, and a server ends when nobody reads.
func bare(w io.Writer) io.Writer {
	if t, ok := w.(*terminal.Writer); ok {
		w = t.Under()
	}
	if p, ok := w.(*pipe); ok {
		w = p.w
	}
	return w
}
