package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/catalog"
	"casus/lang/source"
	"casus/lang/syntax"
)

func newFmt() *cobra.Command {
	var write, check bool
	c := &cobra.Command{
		Use:   "fmt [-w | --check] [FILE|FOLDER…]",
		Short: "Print model files in the house layout",
		Long: `fmt prints model files in the house layout; comments stay where they are. It
reads standard input when no file is named, or for "-". A file with mistakes in
its grammar is left as it is.`,
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
	if ask.Binary(text) {
		return ask.NotText("standard input")
	}
	return f.one(source.New("<stdin>", text))
}

func (f *formatting) one(file *source.File) error {
	tree, problems := syntax.Parse(file)
	problems.Render(f.c.ErrOrStderr())
	if len(problems.Errors()) > 0 {
		f.bad = true
		return nil
	}
	text := syntax.Format(tree)
	changed := !bytes.Equal([]byte(text), file.Text)
	f.changed = f.changed || changed
	switch {
	case f.check:
		if changed {
			fmt.Fprintln(f.c.OutOrStdout(), file.Name)
		}
		return nil
	case !f.write:
		_, err := io.WriteString(whole(f.c), text)
		return err
	case changed:
		return replace(file.Name, text)
	}
	return nil
}

// replace puts a text in the place of a file, or makes it, whole or not at all:
// it writes beside the file, then renames. Permissions stay; a link stays a
// link; a device is written to.
func replace(name, text string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = source.ReplaceText(name, []byte(text))
	case err == nil && !info.Mode().IsRegular():
		err = poured(name, info.Mode(), text)
	case err == nil:
		var to string
		if to, err = filepath.EvalSymlinks(name); err == nil {
			err = source.ReplaceText(to, []byte(text))
		}
	}
	if err != nil {
		return unwritten(name, err)
	}
	return nil
}

// poured writes into what is no regular file. A pipe that nobody reads would be
// waited for, for ever, and is an error.
func poured(name string, mode fs.FileMode, text string) error {
	how := os.O_WRONLY
	if mode&fs.ModeNamedPipe != 0 {
		how |= syscall.O_NONBLOCK
	}
	f, err := os.OpenFile(name, how, 0)
	if errors.Is(err, syscall.ENXIO) {
		return errors.New("nobody reads this pipe")
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, text)
	return errors.Join(err, f.Close())
}

// unwritten says that a file could not be written, by the name that was given: the
// file that was to be renamed to it is nobody's business.
func unwritten(name string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	if folder := filepath.Dir(name); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("writing %s: there is no folder %s (make it first, or name another)", name, folder)
	}
	return fmt.Errorf("writing %s: %w", name, err)
}

// placeFor fails where a file of this name could not be made, or written over.
func placeFor(name string) error {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("writing %s: it is a folder (name a file in it)", name)
	case err == nil && !info.Mode().IsRegular():
		return nil // a device, or a pipe, whose reader would see its end
	}
	if err := source.MayCreate(filepath.Dir(name)); err != nil {
		return unwritten(name, err)
	}
	return nil
}
