//go:build linux || darwin || freebsd

package study

import (
	"os"

	"golang.org/x/sys/unix"
)

// free is how many bytes may still be written below a folder; false where the
// system does not say.
func free(folder string) (bytes uint64, known bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, false
	}
	return uint64(s.Bavail) * uint64(s.Bsize), true
}

// sole takes the sole right to write a file, which ends with the process or
// when the file is closed. False when another process has it.
func sole(f file) bool {
	o, ok := f.(*os.File)
	return !ok || unix.Flock(int(o.Fd()), unix.LOCK_EX|unix.LOCK_NB) != unix.EWOULDBLOCK
}

// locked reports whether another process is writing a file.
func locked(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	return unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB) == unix.EWOULDBLOCK
}
