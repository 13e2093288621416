package main

import (
	"github.com/spf13/cobra"

	"casus/studio/lsp"
	"casus/terminal"
)

func newLSP() *cobra.Command {
	return &cobra.Command{
		Use:   "lsp",
		Short: "Speak to an editor about model files (language server)",
		Long: `lsp speaks the Language Server Protocol on standard input and output. An editor
that starts it for .casus files shows mistakes and expectations that do not come
out while one types; what a word stands for, with the text of an article; where a
name is given and used, and renames it; what may stand at a place; and lays files
out as casus fmt does.

Nothing is written and no connection is opened.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			out := c.OutOrStdout()
			if t, ok := out.(*terminal.Writer); ok { // no person reads this, and headers end in CR LF
				out = t.Under()
			}
			return lsp.Serve(c.Context(), lsp.Stream(c.InOrStdin(), out))
		},
	}
}
