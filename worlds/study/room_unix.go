//go:build linux || darwin || freebsd

package study

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// mapped is so many numbers, all 0, in a file without a name in a folder. Its room on the
// disk is taken first: a page that the disk has no room for would end the process.
func mapped(folder string, n int) (cells []float64, err error) {
	f, err := os.CreateTemp(folder, ".casus-worlds-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := os.Remove(f.Name()); err != nil {
		return nil, err
	}
	zeros := make([]byte, 1<<20)
	for left := 8 * int64(n); left > 0; left -= int64(len(zeros)) {
		if _, err := f.Write(zeros[:min(left, int64(len(zeros)))]); err != nil {
			return nil, fmt.Errorf("a file for the worlds: %w", err)
		}
	}
	bytes, err := unix.Mmap(int(f.Fd()), 0, 8*n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("a file for the worlds: %w", err)
	}
	return unsafe.Slice((*float64)(unsafe.Pointer(&bytes[0])), n), nil
}
