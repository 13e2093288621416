package study

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// reserve takes room for so many bytes of a file, from some byte on, which read as 0:
// without writing them, where the file system can.
func reserve(f *os.File, at, n int64) error {
	for {
		err := unix.Fallocate(int(f.Fd()), 0, at, n)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.EOPNOTSUPP), errors.Is(err, unix.ENOSYS):
			return zeros(f, at, n)
		}
		return err
	}
}
