//go:build !(linux || darwin || freebsd)

package study

import "io"

// free is how many bytes may still be written below a folder; here nobody says.
func free(string) (bytes uint64, known bool) { return 0, false }

// sole would take the sole right to write a file; here there is none to take.
func sole(file) bool { return true }

// hold would take a folder for a run alone; here it takes nothing.
func hold(string) (io.Closer, error) { return io.NopCloser(nil), nil }

// locked would report whether another process is writing a file.
func locked(string) bool { return false }
