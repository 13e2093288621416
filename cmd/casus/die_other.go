//go:build !unix

package main

import "runtime/debug"

// dieLoudly makes what the runtime cannot go on from end the program as the system
// does it, and not with exit code 2, which here means wrong use.
func dieLoudly() { debug.SetTraceback("crash") }
