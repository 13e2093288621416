// Package finding holds what every answer of casus has in common.
package finding

import (
	"io"

	"casus/terminal"
)

// Write writes a finding as JSON, indented by two blanks. Equal findings have
// equal bytes; what a terminal would obey is written as an escape.
func Write(out io.Writer, f any) error { return terminal.JSON(out, f) }
