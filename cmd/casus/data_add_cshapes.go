package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/past/history"
)

func addCShapes(c *cobra.Command, folder history.Folder, name string) error {
	input, err := ask.ReadShapes(name)
	if err != nil {
		return err
	}
	b := history.ReadCShapes(name, input)
	for _, p := range b.Problems {
		fmt.Fprintf(c.ErrOrStderr(), "%s\n", warning(p))
	}
	if b.Untold > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "%s: warning: %s more like these\n", name, thousands(b.Untold))
	}
	if b.Used == 0 {
		return fmt.Errorf("%s: no borders could be read; nothing was added (this takes CShapes 2.0 as GeoJSON or CSV, from icr.ethz.ch/data/cshapes)", name)
	}
	if err := c.Context().Err(); err != nil {
		return err
	}
	d := b.Dataset(name, input)
	if err := folder.Add(d); err != nil {
		return fmt.Errorf("writing what was added: %w", err)
	}
	tellCShapes(c.OutOrStdout(), b, d, folder)
	return nil
}

// tellCShapes says how the rows fared, and on what terms they may be used.
func tellCShapes(w io.Writer, b *history.Borders, d history.Dataset, folder history.Folder) {
	fmt.Fprintf(w, "%s read: %s used, %s left out, %s of these for having no Gleditsch-Ward number\n", many(b.Rows, "row"), thousands(b.Used), thousands(b.LeftOut), thousands(b.Uncoded))
	fmt.Fprintf(w, "%s, %s of %s kept: no border lies more than %g degrees off\n", many(b.Polygons, "polygon"), thousands(b.Kept), many(b.Points, "point"), history.Tolerance)
	fmt.Fprintf(w, "added: %s, %s to %s, in %s\n", d.Cited(), d.From, d.Coverage, folder.Of(d.Name))
	fmt.Fprintf(w, "sha256 of the file: %s\n", d.Input.SHA256)
	fmt.Fprintf(w, "licence: %s: name the makers, no commercial use, share alike; a page with these borders is under it too\n", d.Licence)
	fmt.Fprintf(w, "cite: %s\n", d.Citation)
}
