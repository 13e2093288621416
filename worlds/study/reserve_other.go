//go:build darwin || freebsd

package study

import "os"

// reserve takes room for so many bytes of a file, from some byte on, which read as 0.
func reserve(f *os.File, at, n int64) error { return zeros(f, at, n) }
