package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the program prints into the scripts")

// TestMain keeps data that a developer has added out of the tests. A program that
// a script runs comes by here too, and has the folder of its script.
func TestMain(m *testing.M) {
	if !strings.HasPrefix(filepath.Base(os.Args[0]), "casus.") && filepath.Base(os.Args[0]) != "casus" {
		os.Setenv("CASUS_DATA", filepath.Join(os.TempDir(), "casus-tests-add-nothing"))
	}
	testscript.Main(m, map[string]func(){"casus": checked})
}

// Every script in testdata/script runs the real program. Beside the commands
// of testscript there are:
//
//	exits CODE program [arg…]   run it and expect the exit code
//	bytes FILE COUNT VALUE      write a file of equal bytes
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("CASUS_DATA", "added")
			schema, err := filepath.Abs(filepath.Join("..", "..", "docs", schemaFile))
			if err != nil {
				return err
			}
			e.Setenv("CASUS_SCHEMA", schema)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "bytes": writeBytes},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE program [arg…]")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		code = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("%s: exit code %d, not %s", strings.Join(args[1:], " "), code, args[0])
	}
}

func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: bytes FILE COUNT VALUE")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	value, err := strconv.ParseUint(args[2], 0, 8)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(string([]byte{byte(value)}), n)), 0o644))
}
