//go:build linux || darwin || freebsd

package study

import (
	"context"
	"errors"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// nameless is an empty file in a folder, without a name, which goes with the process.
func nameless(folder string) (*os.File, error) {
	f, err := os.CreateTemp(folder, ".casus-worlds-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// mapped is so many numbers, all 0, in a file that is empty and is closed. Its room on
// the disk is taken first, until ctx is called off: a page that the disk has no room for
// would end the process.
func mapped(ctx context.Context, f *os.File, n int) (cells []float64, err error) {
	defer func() { err = errors.Join(err, f.Close()) }()
	size := 8 * int64(n)
	for at := int64(0); at < size; at += ofReserve {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := reserve(f, at, min(ofReserve, size-at)); err != nil {
			return nil, err
		}
	}
	bytes, err := unix.Mmap(int(f.Fd()), 0, 8*n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return unsafe.Slice((*float64)(unsafe.Pointer(&bytes[0])), n), nil
}

// ofReserve is how much room is taken between two looks at whether that is still wanted,
// in bytes.
const ofReserve = 64 << 20

// zeros takes room by writing it, where a system has no other way.
func zeros(f *os.File, at, n int64) error {
	empty := make([]byte, 1<<20)
	for end := at + n; at < end; at += int64(len(empty)) {
		if _, err := f.WriteAt(empty[:min(end-at, int64(len(empty)))], at); err != nil {
			return err
		}
	}
	return nil
}
