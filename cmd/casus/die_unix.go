//go:build unix

package main

import (
	"runtime/debug"
	"syscall"
)

// dieLoudly makes what the runtime cannot go on from (no memory left, a panic) end
// the program by SIGABRT. Its own way is exit code 2, which here means wrong use. No
// core file is left.
func dieLoudly() {
	debug.SetTraceback("crash")
	syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
