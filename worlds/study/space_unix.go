//go:build linux || darwin || freebsd

package study

import (
	"io"
	"os"
	"time"

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

// hold takes a folder for a run alone, until it is closed. Who only looks whether it
// is held does so for a moment, so it is tried more than once. A file system that
// locks no folders is no hindrance.
func hold(folder string) (io.Closer, error) {
	f, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	for range 10 {
		if err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != unix.EWOULDBLOCK {
			return f, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	f.Close()
	return nil, ErrBusy
}

// locked reports whether another process is writing a file, or holds a folder.
func locked(name string) bool {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() && !info.Mode().IsRegular() { // a pipe would be waited for, for ever
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	return unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB) == unix.EWOULDBLOCK
}
