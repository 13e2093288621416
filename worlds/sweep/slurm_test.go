package sweep_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"casus/worlds/sweep"
)

// clusterConf is a Slurm of one node, which is this machine.
const clusterConf = `ClusterName=casus
SlurmctldHost=HOST
AuthType=auth/munge
AuthInfo=socket=DIR/munge.socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=DIR/state
SlurmdSpoolDir=DIR/spool
SlurmctldPidFile=DIR/slurmctld.pid
SlurmdPidFile=DIR/slurmd.pid
SlurmctldLogFile=DIR/slurmctld.log
SlurmdLogFile=DIR/slurmd.log
SlurmctldPort=PORT0
SlurmdPort=PORT1
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
NodeName=HOST CPUs=CPUS State=UNKNOWN
PartitionName=main Nodes=HOST Default=YES MaxTime=INFINITE State=UP
`

// cluster starts the real Slurm and munge on this machine, or skips the test.
func cluster(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	for _, program := range []string{"munged", "slurmctld", "slurmd", "sbatch", "scancel", "sinfo"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("skipped: %s is not here (Debian: slurm-wlm and munge)", program)
		}
	}
	if os.Geteuid() != 0 {
		t.Skip("skipped: starting Slurm needs root")
	}
	dir, err := os.MkdirTemp("", "slurm") // a socket's name is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	host, _, _ = strings.Cut(host, ".")
	conf := strings.NewReplacer("HOST", host, "DIR", dir, "PORT0", port(t), "PORT1", port(t), "CPUS", fmt.Sprint(runtime.NumCPU())).Replace(clusterConf)
	key := make([]byte, 128)
	rand.Read(key)
	for name, text := range map[string][]byte{"slurm.conf": []byte(conf), "munge.key": key} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o400); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"state", "spool"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	t.Setenv("SLURM_CONF", at("slurm.conf"))
	daemon(t, "munged", "--foreground", "--force", "--socket="+at("munge.socket"), "--key-file="+at("munge.key"), "--pid-file="+at("munge.pid"), "--log-file="+at("munge.log"), "--seed-file="+at("munge.seed"))
	daemon(t, "slurmctld", "-D", "-i")
	daemon(t, "slurmd", "-D")
	for end := time.Now().Add(time.Minute); ; time.Sleep(300 * time.Millisecond) {
		if out, err := exec.Command("sinfo", "-h", "-o", "%T").Output(); err == nil && strings.Contains(string(out), "idle") {
			return
		}
		if time.Now().After(end) {
			log, _ := os.ReadFile(at("slurmctld.log"))
			t.Skipf("skipped: Slurm does not come up here: %.400s", log)
		}
	}
}

// port is one that nobody listens on.
func port(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, p, _ := net.SplitHostPort(l.Addr().String())
	return p
}

// daemon runs a program until the test ends.
func daemon(t *testing.T, name string, args ...string) {
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Signal(syscall.SIGTERM)
		done := make(chan struct{})
		go func() { c.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			c.Process.Kill()
			<-done
		}
	})
}

// program builds casus itself, which the jobs run: of the same version as this test,
// which has none, so the sweep is one of its own.
func program(t *testing.T) string {
	bin := filepath.Join(t.TempDir(), "casus")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", bin, "casus/cmd/casus").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return bin
}

// logs gives what the jobs of a sweep said, a file each.
func logs(folder string) string {
	var b strings.Builder
	names, _ := filepath.Glob(filepath.Join(folder, "slurm*.log"))
	for _, name := range names {
		text, _ := os.ReadFile(name)
		fmt.Fprintf(&b, "%s: %s\n", filepath.Base(name), text)
	}
	return b.String()
}

// An array of batch jobs, handed in twice at once and some of its jobs killed, ends
// with the bytes of one machine.
func TestSlurm(t *testing.T) {
	cluster(t)
	bin := program(t)
	s := planned(t)
	submit := func(tasks int, killed bool) error {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		if killed {
			go func() {
				for range 20 {
					select {
					case <-ctx.Done(): // what comes after is left alone
						return
					case <-time.After(150 * time.Millisecond):
					}
					exec.Command("pkill", "-KILL", "-f", "sweep run '?"+s.Folder()).Run()
				}
			}()
		}
		var said []string
		err := sweep.Slurm{Program: bin, Tasks: tasks, Say: func(line string) { said = append(said, line) }}.Run(ctx, s, nil, nil)
		t.Logf("%d tasks: %v %q", tasks, err, said)
		return err
	}
	twice := make(chan error)
	go func() { twice <- submit(5, true) }()
	submit(3, true) // its jobs were killed: what it says is not asked
	<-twice
	if err := submit(4, false); err != nil {
		t.Fatalf("%v\n%s", err, logs(s.Folder()))
	}
	if left := s.Missing(nil); len(left) > 0 {
		t.Fatalf("missing are %s\n%s", sweep.Ranges(left), logs(s.Folder()))
	}
	if !maps.Equal(merged(t, s.Folder()), alone(t)) {
		t.Error("the record differs from that of one machine")
	}
}

// Where Slurm is not, the script is written all the same, and said to be for later;
// names that a shell or Slurm would read are quoted or refused.
func TestSlurmScript(t *testing.T) {
	s := planned(t)
	t.Setenv("PATH", t.TempDir())
	var said string
	if err := (sweep.Slurm{Program: "/opt/it's/casus", Tasks: 1000, Say: func(line string) { said = line }}).Run(t.Context(), s, nil, nil); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(said, "sbatch is not here: submit ") {
		t.Error(said)
	}
	text, err := os.ReadFile(filepath.Join(s.Folder(), "slurm.sh"))
	if err != nil {
		t.Fatal(err)
	}
	tasks := fmt.Sprint(len(s.Blocks))
	for _, want := range []string{
		"#!/bin/sh\n#SBATCH --job-name=casus-tiny-" + s.Digest()[:8] + "\n#SBATCH --array=1-" + tasks + "\n",
		"\n#SBATCH --chdir=\"" + s.Folder() + "\"\n#SBATCH --output=slurm-%a.log\n",
		`exec '/opt/it'\''s/casus' sweep run '` + s.Folder() + `' --part "$SLURM_ARRAY_TASK_ID/` + tasks + `" --workers 1` + "\n",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the script lacks %q:\n%s", want, text)
		}
	}
	for _, bad := range []sweep.Slurm{{Tasks: 0}, {Tasks: 1001}, {Program: "a\nb", Tasks: 1}, {Program: "a%b", Tasks: 1}, {Program: `a\b`, Tasks: 1}, {Program: `a"b`, Tasks: 1}} {
		bad.Say = func(string) {}
		if err := bad.Run(t.Context(), s, nil, nil); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

// A folder may be called what a shell would read; a run that is
// interrupted says how the array that goes on is ended, and it is.
func TestSlurmFolders(t *testing.T) {
	cluster(t)
	bin := program(t)
	for _, name := range []string{"it's $HOME", "ä b"} {
		s := planned(t)
		folder := filepath.Join(t.TempDir(), name)
		if err := os.Rename(s.Folder(), folder); err != nil {
			t.Fatal(err)
		}
		s, err := sweep.Open(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		if err := (sweep.Slurm{Program: bin, Tasks: 2, Say: func(line string) { said = append(said, line) }}).Run(t.Context(), s, nil, nil); err != nil {
			t.Fatalf("%s: %v %q\n%s", name, err, said, logs(folder))
		}
		left, _ := os.ReadDir(folder)
		var found []string
		for _, e := range left {
			found = append(found, e.Name())
		}
		if n := len(s.Missing(nil)); n > 0 || !slices.Contains(found, "slurm-1.log") || !slices.Contains(found, "slurm-2.log") {
			t.Errorf("%s: %d blocks are missing; the folder has %q", name, n, found)
		}
	}
	s := planned(t)
	held := filepath.Join(t.TempDir(), "held")
	if err := os.WriteFile(held, []byte("#!/bin/sh\nexec sleep 300\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		for ctx.Err() == nil {
			if out, _ := exec.Command("squeue", "-h", "-t", "R", "-o", "%F").Output(); len(out) > 0 {
				stop()
			}
			time.Sleep(200 * time.Millisecond)
		}
	}()
	var said string
	err := sweep.Slurm{Program: held, Tasks: 2, Say: func(line string) { said = line }}.Run(ctx, s, nil, nil)
	words := strings.Fields(said)
	at := slices.Index(words, "scancel")
	if !errors.Is(err, context.Canceled) || at < 0 || at+1 >= len(words) || strings.HasPrefix(words[at+1], "-") {
		t.Fatalf("%v; it is said %q", err, said)
	}
	if out, err := exec.Command("scancel", words[at+1]).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}
