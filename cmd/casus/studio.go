package main

import (
	"errors"
	"fmt"
	"net"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/studio"
)

// newStudio opens the local page.
func newStudio() *cobra.Command {
	var addr string
	var noOpen bool
	var export string
	var of string
	c := &cobra.Command{
		Use:   "studio [CASE|RECORD]",
		Short: "Open a local page: map, options, assumptions, chains, claims",
		Long: `studio serves a page about a case, or a record of one, to a browser on this
machine, prints its address and opens it. The address of every view is its
question: it can be kept and shared, and the page shows the command line that
asks the same. Nothing is fetched from the network.

The page answers on this machine alone unless --addr says otherwise, and only to
who has the token in the address that is printed. Ctrl-C ends it.`,
		Example: `  casus studio
  casus studio estonia
  casus studio casus-records/ukraine --no-open
  casus studio --addr 127.0.0.1:4711
  casus studio casus-records/ukraine --export ukraine-page`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil // the page lists what ships
			}
			return oneCase(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			about := ""
			if len(args) > 0 {
				if args[0] == "" {
					return usage("which case or record?", "name none, and the page lists those that ship")
				}
				n := named(args, of)
				if about = n.Path; n.Name != "" {
					about += " " + n.Name
				}
			}
			if export != "" {
				for _, name := range []string{"addr", "no-open"} {
					if c.Flags().Changed(name) {
						return usage("--"+name+" is for a page that answers, and --export writes files", "leave one of the two out")
					}
				}
				return exportStudio(c, about, export)
			}
			return serveStudio(c, about, addr, !noOpen)
		},
	}
	caseFlag(c.Flags(), &of)
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "where to answer, HOST:PORT; port 0 is any that is free")
	c.Flags().BoolVar(&noOpen, "no-open", false, "print the address and open nothing")
	c.Flags().StringVar(&export, "export", "", "instead write the page of a record into this folder, as files that anybody can host")
	return c
}

// exportStudio writes the static page.
func exportStudio(c *cobra.Command, about, folder string) error {
	if err := known(c, about); err != nil {
		return err
	}
	left, err := studio.New(about).Export(c.Context(), folder, told(c).Progress)
	if err != nil {
		return err
	}
	say(c.OutOrStdout(), folder+" holds the page; open index.html in it")
	for _, l := range left {
		say(c.OutOrStdout(), fmt.Sprintf("left out: %s (%s)", l.View, l.Why))
	}
	return nil
}

func serveStudio(c *cobra.Command, about, addr string, open bool) error {
	if err := known(c, about); err != nil {
		return err
	}
	l, err := listen(addr)
	if err != nil {
		return err
	}
	if !studio.Loopback(addr) {
		say(c.ErrOrStderr(), fmt.Sprintf("warning: the page answers at %s, beyond this machine, and unencrypted: who reads the token can read your files through it", l.Addr()))
	}
	s := studio.New(about)
	fmt.Fprintln(c.OutOrStdout(), s.Address(l))
	if open {
		browse(s.Address(l))
	}
	return s.Serve(c.Context(), l)
}

// listen opens the address that --addr names.
func listen(addr string) (net.Listener, error) {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, usage(fmt.Sprintf("--addr cannot be %q", addr), "it is HOST:PORT, as in 127.0.0.1:4711")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, usage(fmt.Sprintf("--addr cannot be %q", addr), "a port is a whole number from 0 to 65535, and 0 is any that is free")
	}
	l, err := net.Listen("tcp", addr)
	var unknown *net.DNSError
	switch {
	case err == nil:
		return l, nil
	case errors.As(err, &unknown):
		return nil, usage(fmt.Sprintf("--addr %s names no host that is known", addr), "127.0.0.1 is this machine")
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, usage(fmt.Sprintf("another program answers at %s", addr), "another port: --addr 127.0.0.1:0 takes any that is free")
	case errors.Is(err, syscall.EACCES):
		return nil, usage(fmt.Sprintf("only an administrator may answer at %s", addr), "a port from 1024 on: --addr 127.0.0.1:0 takes any that is free")
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, usage(fmt.Sprintf("--addr %s is no address of this machine", addr), "127.0.0.1 is one")
	}
	return nil, usage(fmt.Sprintf("the page cannot be had at %s", addr), "another port: --addr 127.0.0.1:0 takes any that is free")
}

// known is the error of a name that is no case, record, file or folder, or of what
// cannot be read.
func known(c *cobra.Command, about string) error {
	if about == "" || ask.Shipped(about) {
		return nil
	}
	if ask.NamesRecord(about) {
		_, err := ask.Report{Record: about}.Answer(told(c))
		return err
	}
	_, _, err := ask.ParseNamed(about).Load(told(c))
	return err
}

// browse opens an address in the browser; where there is none, the address was
// printed.
func browse(address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	if at, err := exec.LookPath(name); err == nil {
		_ = exec.Command(at, args...).Start() // a page that does not open can be opened by hand
	}
}
