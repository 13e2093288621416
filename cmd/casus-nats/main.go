// Casus-nats does a sweep by a queue over the network, NATS JetStream: for machines
// that share no folder and no batch system. It is a program of its own, so that
// casus stays small.
//
//	casus-nats run FOLDER                 hands out the blocks, from this machine
//	casus-nats worker nats://HOST:4222    does blocks, on any number of machines
//	casus-nats key                        makes the key that both need off this machine
//
// The manifest in the folder is the truth, not the queue: what was done has a file
// there, and running again does what is missing.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/nats-io/nkeys"

	"casus/finding"
	"casus/terminal"
)

const usage = `usage:
  casus-nats run FOLDER [--listen HOST:PORT | --address URL] [--workers N] [--check N] [--patience DURATION]
                        [--key FILE] [--cert FILE --cert-key FILE] [--ca FILE]
  casus-nats worker URL [--workers N] [--idle DURATION] [--key FILE] [--ca FILE]
  casus-nats key > FILE
  casus-nats --version
`

// misuse is an error of who typed it.
type misuse struct{ error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	out, log := terminal.NewWriter(os.Stdout), terminal.NewWriter(os.Stderr) // no terminal obeys a worker
	err := run(ctx, os.Args[1:], out, log)
	switch {
	case err == nil:
	case errors.As(err, new(misuse)):
		fmt.Fprintf(log, "%s\n%s", plainly("casus-nats: %v", err), usage)
		os.Exit(2)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(log, "casus-nats: interrupted")
		os.Exit(130)
	default:
		fmt.Fprintln(log, plainly("casus-nats: %v", err))
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	if len(args) == 0 {
		return misuse{errors.New("what is to be done?")}
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	if slices.ContainsFunc(args[1:], func(word string) bool { return slices.Contains([]string{"--help", "-help", "-h"}, word) }) {
		_, err := fmt.Fprint(out, usage)
		return err
	}
	say := func(format string, x ...any) { fmt.Fprintln(log, plainly(format, x...)) }
	switch args[0] {
	case "run":
		l := &lead{out: out, say: say}
		flags.StringVar(&l.listen, "listen", "127.0.0.1:4222", "where the server listens that is started")
		flags.StringVar(&l.address, "address", "", "a server that is there, in place of one of ours")
		flags.IntVar(&l.workers, "workers", runtime.NumCPU(), "workers in this process")
		flags.IntVar(&l.check, "check", 64, "do the first worlds of every Nth block of a worker again; 0: of none")
		flags.DurationVar(&l.patience, "patience", 30*time.Second, "how long a worker may be silent before its block is handed to another")
		l.link.flags(flags)
		flags.StringVar(&l.cert, "cert", "", "the certificate of the server, PEM")
		flags.StringVar(&l.certKey, "cert-key", "", "its key, PEM")
		folder, err := one(flags, args[1:], "a folder that casus sweep plan made")
		switch {
		case err != nil:
			return err
		case l.address != "" && given(flags, "listen", "cert", "cert-key") != "":
			return misuse{fmt.Errorf("--%s is for a server that is started, and --address names one that is there: leave one out", given(flags, "listen", "cert", "cert-key"))}
		case l.workers < 0 || l.check < 0 || l.patience <= 0:
			return misuse{errors.New("--workers and --check are counts, and --patience is a time, as in 30s")}
		}
		if l.address != "" {
			if err := l.link.guarded(l.address); err != nil {
				return err
			}
		}
		return l.run(ctx, folder)
	case "worker":
		w := &worker{say: say}
		flags.IntVar(&w.workers, "workers", runtime.NumCPU(), "blocks done at once")
		flags.DurationVar(&w.idle, "idle", 0, "end after so long without a block; 0: never")
		w.link.flags(flags)
		address, err := one(flags, args[1:], "the address of a server, as in nats://HOST:4222")
		switch {
		case err != nil:
			return err
		case w.workers < 1 || w.idle < 0:
			return misuse{errors.New("--workers is a count from 1 on, and --idle a time, as in 30s")}
		}
		return w.run(ctx, address)
	case "key":
		if len(args) > 1 {
			return misuse{errors.New("key takes no word and no flag: casus-nats key > FILE")}
		}
		return newKey(out)
	case "--version":
		_, err := fmt.Fprintf(out, "casus-nats, does what %s plans\n", finding.Program())
		return err
	case "--help", "-h", "help":
		_, err := fmt.Fprint(out, usage)
		return err
	}
	return misuse{fmt.Errorf("unknown word %q", args[0])}
}

// one is the only word beside the flags, which may stand before it or after.
func one(flags *flag.FlagSet, args []string, what string) (string, error) {
	var words []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return "", misuse{err}
		}
		if args = flags.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	if len(words) != 1 {
		return "", misuse{fmt.Errorf("it takes %s", what)}
	}
	return words[0], nil
}

// given is the first of some flags that was given; empty where none was.
func given(flags *flag.FlagSet, names ...string) string {
	var set []string
	flags.Visit(func(f *flag.Flag) { set = append(set, f.Name) })
	at := slices.IndexFunc(names, func(name string) bool { return slices.Contains(set, name) })
	if at < 0 {
		return ""
	}
	return names[at]
}

// newKey writes a fresh seed, which whoever has it is let in by.
func newKey(out io.Writer) error {
	k, err := nkeys.CreateUser()
	if err != nil {
		return err
	}
	seed, err := k.Seed()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s\n", seed)
	return err
}

// waits is how long after a failure something is tried again.
const waits = 300 * time.Millisecond

// sleep waits, or until the context ends.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
