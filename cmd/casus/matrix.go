package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"casus/data"
	"casus/law"
	"casus/report"
)

// matrixOf is what the flags of matrix say.
type matrixOf struct {
	question
	state, format, out string
	from, to           int
	all                bool
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
	f.IntVar(&q.from, "from", 0, "the first year")
	f.IntVar(&q.to, "to", 0, "the last year")
	f.StringVar(&q.state, "state", "", "only what this state owes or is owed: a code or a name")
	f.BoolVar(&q.all, "every-duty", false, "also duties that call for no force, and rights")
	f.StringVar(&q.format, "format", "csv", "csv, parquet or graphml")
	f.StringVar(&q.out, "out", "", "the file to write (default: standard output)")
	q.lawFlags(f)
	return c
}

// complete reports what the command line lacks, and turns years into a day for
// the law to be read by.
func (q *matrixOf) complete(yearly bool) error {
	formats := (&report.Matrix{}).Formats()
	switch {
	case !slices.Contains(formats, q.format):
		return unknown("format", q.format, formats)
	case q.format == "parquet" && q.out == "":
		return usage("a Parquet file needs a name", "add --out FILE")
	case yearly && (q.date != "" || q.question.from != ""):
		return usage("a day or years?", "give --date, or --from and --to")
	case !yearly && q.date == "" && q.question.from == "":
		return usage("on which day?", "add --date YYYY-MM-DD, or --from YEAR --to YEAR")
	case yearly && (q.from < 1 || q.to > 9999 || q.to < q.from):
		return usage(fmt.Sprintf("no years run from %d to %d", q.from, q.to), "as in --from 1815 --to 2018")
	}
	if yearly {
		q.date = fmt.Sprintf("%04d-12-31", q.to)
	}
	return nil
}

func (q *matrixOf) run(c *cobra.Command) error {
	yearly := c.Flags().Changed("from") || c.Flags().Changed("to")
	if err := q.complete(yearly); err != nil {
		return err
	}
	r, err := q.lawOfDay(c)
	if err != nil {
		return err
	}
	s := law.Standing{Facts: r.event.Facts, Readings: r.event.Readings, Only: r.only}
	if q.state != "" {
		if s.State, err = r.stateOnDay(q.state); err != nil {
			return err
		}
	}
	x := &report.Matrix{Model: r.m, Over: q.spans(r, yearly), Yearly: yearly, OnlyHelp: !q.all, Notes: r.notes()}
	over := data.Span{From: x.Over[0].From, Until: x.Over[len(x.Over)-1].Until}
	if x.Timeline, err = law.NewTimeline(c.Context(), r.m, over, r.acts, s); err != nil {
		return err
	}
	if last, moved := r.m.States.Clamp(data.COW, over.Until); moved {
		x.Notes = append(x.Notes, "Correlates of War numbers are known to "+last.String()+"; later rows have those of that day")
	}
	for _, s := range r.warnings {
		fmt.Fprintln(c.ErrOrStderr(), "warning: "+s)
	}
	for _, s := range x.Notes {
		fmt.Fprintln(c.ErrOrStderr(), "note: "+s)
	}
	if q.out == "" {
		return writeTo(whileAsked{c.Context(), whole(c)}, x, q.format)
	}
	return writeFile(q.out, func(w io.Writer) error { return writeTo(whileAsked{c.Context(), w}, x, q.format) })
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

func writeTo(w io.Writer, x *report.Matrix, format string) error {
	b := bufio.NewWriterSize(w, 1<<16)
	return cmp.Or(x.Write(b, format), b.Flush())
}

// spans are the days asked for: one, or the years.
func (q *matrixOf) spans(r *resolving, yearly bool) []data.Span {
	if !yearly {
		return []data.Span{{From: r.day, Until: r.day}}
	}
	var out []data.Span
	for y := q.from; y <= q.to; y++ {
		first, _ := data.Date(y, 1, 1)
		last, _ := data.Date(y, 12, 31)
		out = append(out, data.Span{From: first, Until: last})
	}
	return out
}

// writeFile writes a file that is there whole or not at all.
func writeFile(name string, write func(io.Writer) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".casus-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	if err = cmp.Or(write(tmp), tmp.Chmod(0o644), tmp.Sync()); err != nil {
		tmp.Close()
		return fmt.Errorf("writing %s: %w", name, err)
	}
	if err = tmp.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return os.Rename(tmp.Name(), name)
}
