package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/catalog"
	"casus/lang/source"
)

func newFmt() *cobra.Command {
	var write, check bool
	c := &cobra.Command{
		Use:   "fmt [-w | --check] [FILE|FOLDER…]",
		Short: "Print model files in the house layout",
		Long: `fmt prints model files in the house layout; comments stay where they are. It
reads standard input when no file is named, or for "-". A file with mistakes in
its grammar, or that is no model file, is left as it is.`,
		RunE: func(c *cobra.Command, args []string) error {
			if write && check {
				return usage("--write and --check exclude each other", "")
			}
			f := formatting{c: c, write: write, check: check}
			return f.all(args)
		},
	}
	c.Flags().BoolVarP(&write, "write", "w", false, "write the result to the file")
	c.Flags().BoolVarP(&check, "check", "d", false, "list the files whose layout would change; exit with 1 if there are any")
	return c
}

// formatting is one run of fmt. What is wrong with one file does not keep the
// others from being done.
type formatting struct {
	c            *cobra.Command
	write, check bool
	bad, changed bool
}

func (f *formatting) all(names []string) error {
	if len(names) == 0 {
		names = []string{"-"}
	}
	for _, name := range names {
		if err := f.named(name); err != nil {
			return err
		}
	}
	switch {
	case f.bad:
		return catalog.ErrProblems
	case f.changed && f.check:
		return shown(ask.AtFault)
	}
	return nil
}

func (f *formatting) named(name string) error {
	if name != "-" {
		files, err := ask.ReadOwn([]string{name})
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := f.one(file); err != nil {
				return err
			}
		}
		return nil
	}
	if f.write {
		return usage("standard input cannot be written back", "name the file")
	}
	text, err := io.ReadAll(io.LimitReader(f.c.InOrStdin(), source.MaxSize+1))
	if err != nil {
		return fmt.Errorf("reading standard input: %w", err)
	}
	file, err := ask.Typed("<stdin>", "standard input", text)
	if err != nil {
		return err
	}
	return f.one(file)
}

func (f *formatting) one(file *source.File) error {
	x, err := ask.Format{File: file}.Answer(told(f.c))
	if errors.Is(err, catalog.ErrProblems) {
		f.bad = true
		return nil
	}
	if err != nil {
		return err
	}
	f.changed = f.changed || x.Changed
	switch {
	case f.check:
		if x.Changed {
			fmt.Fprintln(f.c.OutOrStdout(), x.Name)
		}
		return nil
	case !f.write:
		_, err := io.WriteString(whole(f.c), x.Text)
		return err
	case x.Changed:
		return source.Overwrite(x.Name, x.Text)
	}
	return nil
}
