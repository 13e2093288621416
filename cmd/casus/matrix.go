package main

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/lang/source"
	"casus/law/counsel"
	"casus/show"
)

// matrixOf holds the flags of matrix.
type matrixOf struct {
	ask.Matrix
	format, out string
	json        bool
}

func newMatrix() *cobra.Command {
	q := &matrixOf{}
	c := &cobra.Command{
		Use:   "matrix (--date DATE | --from YEAR --to YEAR) [flags]",
		Short: "Write the table of who must help whom, for a day or year by year",
		Long: `matrix writes one row for each duty that a state holds toward another: who owes
whom, against whom, on what event, how firmly, and by which articles. With --date
it is the law of a day. With --from and --to it has the rows of each year: those
of any day in it; of an article that is firmer on one day than on another, the
firmer. Duties of help by force stand in it; --every-duty adds consultation,
neutrality and the rest.`,
		Example: `  casus matrix --date 1914-07-28
  casus matrix --from 1815 --to 2018 --law atop --format parquet --out ties.parquet`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return q.run(c) },
	}
	f := c.Flags()
	f.SortFlags = false
	f.IntVar(&q.From, "from", 0, "the first year")
	f.IntVar(&q.To, "to", 0, "the last year")
	f.StringVar(&q.State, "state", "", "only what this state owes or is owed: a code or a name")
	f.BoolVar(&q.Every, "every-duty", false, "also duties that call for no force, and rights")
	f.StringVar(&q.format, "format", "csv", strings.Join(show.MatrixFormats, ", "))
	f.BoolVar(&q.json, "json", false, "write JSON")
	f.StringVar(&q.out, "out", "", "the file to write (default: standard output)")
	lawFlags(f, &q.Question)
	return c
}

func (q *matrixOf) run(c *cobra.Command) error {
	q.Given = c.Flags().Changed
	q.Yearly = c.Flags().Changed("from") || c.Flags().Changed("to")
	formats := show.MatrixFormats
	if q.json {
		if c.Flags().Changed("format") && q.format != "json" {
			return usage("--format "+q.format+" and --json are two forms", "take one")
		}
		q.format = "json"
	}
	switch {
	case !slices.Contains(formats, q.format):
		return ask.Unknown("format", q.format, formats)
	case q.format == "parquet" && q.out == "":
		return usage("a Parquet file needs a name", "add --out FILE")
	}
	x, err := q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	if q.out == "" {
		return writeTo(whileAsked{c.Context(), whole(c)}, x, q.format)
	}
	to, err := source.Linked(q.out)
	if err != nil {
		return source.Unwritten(q.out, err)
	}
	err = source.Replace(to, func(w io.Writer) error { return writeTo(whileAsked{c.Context(), w}, x, q.format) })
	return source.Unwritten(q.out, err)
}

// whileAsked writes until it is called off.
type whileAsked struct {
	ctx context.Context
	w   io.Writer
}

func (w whileAsked) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(b)
}

func writeTo(w io.Writer, x *counsel.Matrix, format string) error {
	b := bufio.NewWriterSize(w, 1<<16)
	return cmp.Or(show.Matrix(b, x, format), b.Flush())
}
