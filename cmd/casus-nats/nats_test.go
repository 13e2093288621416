package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"casus/catalog"
	"casus/crew"
	"casus/finding"
	"casus/worlds/study"
	"casus/worlds/sweep"
)

// TestMain lets the test program be casus-nats itself.
func TestMain(m *testing.M) {
	if os.Getenv("CASUS_NATS") != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// program is casus-nats with these words.
func program(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), "CASUS_NATS=yes")
	return c
}

const tiny = "../../worlds/study/testdata/tiny"

// planned is a sweep of the small case.
func planned(t testing.TB, seed uint64, block int) *sweep.Sweep {
	t.Helper()
	own, err := catalog.Read(tiny)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sweep.New(t.Context(), filepath.Join(t.TempDir(), "sweep"), "tiny", sweep.Texts{Own: own}, study.Plan{Worlds: 300, Seed: seed}, block)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// files are the blocks of a sweep as they lie in its folder.
func files(t testing.TB, s *sweep.Sweep) map[string]string {
	t.Helper()
	out := map[string]string{}
	list, err := os.ReadDir(filepath.Join(s.Folder(), "blocks"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if strings.HasPrefix(e.Name(), ".") { // begun when its writer was killed
			continue
		}
		text, err := os.ReadFile(filepath.Join(s.Folder(), "blocks", e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(text)
	}
	return out
}

// alone are the blocks as one machine does them.
func alone(t testing.TB, seed uint64, block int) map[string]string {
	t.Helper()
	s := planned(t, seed, block)
	if err := s.Run(t.Context(), s.Missing(nil), 2, nil); err != nil {
		t.Fatal(err)
	}
	return files(t, s)
}

// address is one of this machine that nobody listens on.
func address(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// leading hands out a sweep in this process.
func leading(t testing.TB, s *sweep.Sweep, at string, more ...string) (said string, err error) {
	var out, log safe
	args := append([]string{"run", s.Folder(), "--patience", "3s"}, more...)
	if !slices.Contains(more, "--address") {
		args = append(args, "--listen", at)
	}
	err = run(t.Context(), args, &out, &log)
	return out.String() + log.String(), err
}

// safe is a buffer that several may write to.
type safe struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safe) Write(p []byte) (int, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.b.Write(p) }
func (s *safe) String() string              { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }

// The program that hands out and the programs that work are killed again and again;
// nothing is lost, and nothing is other than one machine does it.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	s, at := planned(t, 5, 7), address(t)
	want := alone(t, 5, 7)
	start := func(args ...string) *exec.Cmd {
		c := program(args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	kills := 0
	end := time.Now().Add(4 * time.Minute)
	for wait := 700 * time.Millisecond; len(s.Missing(nil)) > len(s.Blocks)/4; wait += 100 * time.Millisecond {
		if time.Now().After(end) {
			t.Fatalf("after %d kills %d blocks are missing", kills, len(s.Missing(nil)))
		}
		lead := start("run", s.Folder(), "--listen", at, "--workers", "0", "--patience", "2s")
		one := start("worker", "nats://"+at, "--workers", "1")
		two := start("worker", "nats://"+at, "--workers", "1")
		time.Sleep(wait)
		one.Process.Kill()
		time.Sleep(wait)
		lead.Process.Kill()
		two.Process.Kill()
		for _, c := range []*exec.Cmd{lead, one, two} {
			if c.Wait() != nil {
				kills++
			}
		}
	}
	said, err := leading(t, s, at, "--workers", "2")
	if err != nil {
		t.Fatal(said, err)
	}
	if !maps.Equal(files(t, s), want) {
		t.Error("the blocks differ from those of one machine")
	}
	if _, err := os.Stat(filepath.Join(s.Folder(), queueFolder)); err == nil {
		list, _ := filepath.Glob(filepath.Join(s.Folder(), queueFolder, "*", "*", "*", "*", "*"))
		t.Error("the queue is left in the folder of the sweep: ", list, said)
	}
	t.Logf("%d kills, %d blocks", kills, len(s.Blocks))
}

// serving starts a server of ours there, until the test ends, and gives its address.
func serving(t *testing.T, at string) string {
	t.Helper()
	server, own, err := (&lead{listen: at}).serve(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Shutdown(); server.WaitForShutdown() })
	return own
}

// Two that hand out the same sweep on one server, with every block asked for by
// both, end with the bytes of one machine.
func TestTwice(t *testing.T) {
	s, at := planned(t, 5, 60), address(t)
	own := serving(t, at)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			if said, err := leading(t, s, at, "--address", own, "--workers", "2"); err != nil {
				t.Error(said, err)
			}
		})
	}
	group.Wait()
	if !maps.Equal(files(t, s), alone(t, 5, 60)) {
		t.Error("the blocks differ from those of one machine")
	}
}

// Two that hand out the same sweep from two folders, each of which gets some of what
// the other asked for, both end with the bytes of one machine; a worker that is there
// says in a plain line that it has ended, and what is no note of a block is said.
func TestTwoFolders(t *testing.T) {
	one, at := planned(t, 5, 150), address(t)
	folder := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(folder, os.DirFS(one.Folder())); err != nil {
		t.Fatal(err)
	}
	two, err := sweep.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	own := serving(t, at)
	var group sync.WaitGroup
	for _, s := range []*sweep.Sweep{one, two} {
		group.Go(func() {
			said, err := leading(t, s, at, "--address", own, "--workers", "0")
			if err != nil {
				t.Error(said, err)
			}
		})
	}
	var log safe
	group.Go(func() {
		if err := run(t.Context(), []string{"worker", own, "--workers", "2", "--idle", "5s"}, io.Discard, &log); err != nil {
			t.Error(err)
		}
	})
	group.Wait()
	want := alone(t, 5, 150)
	for _, s := range []*sweep.Sweep{one, two} {
		if !maps.Equal(files(t, s), want) {
			t.Error("the blocks differ from those of one machine")
		}
	}
	if said := log.String(); !strings.HasPrefix(said, "this worker has done ") || strings.Count(said, "\n") != 1 {
		t.Errorf("the worker says %q, which is more than that it has ended", said)
	}
}

// What is on the subject of results and tells of no block is refused, and said.
func TestGarbage(t *testing.T) {
	s, at := planned(t, 5, 60), address(t)
	own := serving(t, at)
	c, err := (&link{}).connect(t.Context(), own, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	js, err := jetstream.New(c)
	if err != nil {
		t.Fatal(err)
	}
	id := s.Digest()
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: streamOf(id), Subjects: []string{todoOf(id), doneOf(id)}, Retention: jetstream.WorkQueuePolicy, Storage: jetstream.FileStorage}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"hello\x1b[2J", `{"block":99,"by":"a stranger"}`} {
		if _, err := js.Publish(t.Context(), doneOf(id), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	said, err := leading(t, s, at, "--address", own, "--workers", "1")
	if err != nil {
		t.Fatal(said, err)
	}
	for _, want := range []string{`refused: 9 bytes that tell of no block: "hello\x1b[2J"`, `refused: block 99 of "a stranger"; the blocks of this sweep are 0 to `} {
		if !strings.Contains(said, want) {
			t.Errorf("it is not said that %s: %s", want, said)
		}
	}
}

// Blocks that are too large for a note come by the store.
func TestLarge(t *testing.T) {
	own, err := catalog.Read(tiny)
	if err != nil {
		t.Fatal(err)
	}
	make := func() *sweep.Sweep {
		s, err := sweep.New(t.Context(), filepath.Join(t.TempDir(), "sweep"), "tiny", sweep.Texts{Own: own}, study.Plan{Worlds: 20000, Options: []string{"pledge"}, Views: []string{"dove"}}, 20000)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s, one := make(), make()
	if said, err := leading(t, s, address(t), "--workers", "2"); err != nil {
		t.Fatal(said, err)
	}
	if err := one.Run(t.Context(), one.Missing(nil), 2, nil); err != nil {
		t.Fatal(err)
	}
	got := files(t, s)
	if !maps.Equal(got, files(t, one)) {
		t.Error("the blocks differ from those of one machine")
	}
	for name, text := range got {
		if len(text) <= mostInNote {
			t.Errorf("%s has %d bytes", name, len(text))
		}
	}
}

// A worker that answers wrong bytes is found out, whatever it answers, and nothing of
// it gets into the folder.
func TestWrongBytes(t *testing.T) {
	s, other := planned(t, 5, 60), planned(t, 6, 60)
	honest, liar := s.Worker(t.Context()), other.Worker(t.Context())
	lies := map[string]func(n int) ([]byte, string){
		"no object": func(int) ([]byte, string) { return nil, strings.Repeat("0", 64) },
		"another digest": func(n int) ([]byte, string) {
			b, _ := honest(n)
			return b, strings.Repeat("1", 64)
		},
		"noise": func(int) ([]byte, string) { b := []byte("noise"); return b, digestOf(b) },
		"a bit flipped": func(n int) ([]byte, string) {
			b, _ := honest(n)
			b = bytes.Clone(b)
			b[len(b)/2] ^= 1
			return b, digestOf(b)
		},
		"another block": func(n int) ([]byte, string) {
			b, _ := honest((n + 1) % len(s.Blocks))
			return b, digestOf(b)
		},
		"another sweep": func(n int) ([]byte, string) { b, _ := liar(n); return b, digestOf(b) },
		"other numbers under right sums": func(n int) ([]byte, string) {
			b, _ := liar(n)
			b = resealed(t, b, s, n)
			return b, digestOf(b)
		},
	}
	want := alone(t, 5, 60)
	for what, lie := range lies {
		s, at := planned(t, 5, 60), address(t)
		ctx, stop := context.WithCancel(t.Context())
		var group sync.WaitGroup
		lied := make(chan struct{})
		group.Go(func() { lying(ctx, t, at, s.Digest(), lie, sync.OnceFunc(func() { close(lied) })) })
		group.Go(func() { // the honest one comes after a lie, or there would be nothing left to lie of
			select {
			case <-lied:
				run(ctx, []string{"worker", "nats://" + at, "--workers", "1"}, io.Discard, io.Discard)
			case <-ctx.Done():
			}
		})
		var said string
		var err error
		group.Go(func() {
			defer stop()
			said, err = leading(t, s, at, "--check", "1", "--workers", "0")
		})
		group.Wait()
		if err != nil {
			t.Errorf("%s: %v %s", what, err, said)
			continue
		}
		if !maps.Equal(files(t, s), want) {
			t.Errorf("%s: the blocks differ from those of one machine", what)
		}
		if !strings.Contains(said, `of "a liar": `) {
			t.Errorf("%s: nothing is said of it: %s", what, said)
		}
	}
}

// A worker in which casus breaks says so, leaves the block to be asked for again, and
// goes on with the others.
func TestFault(t *testing.T) {
	s, at := planned(t, 5, 60), address(t)
	honest := s.Worker(t.Context())
	broke := false
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var log safe
	var group crew.Crew
	group.Go(func() {
		w := &worker{say: func(format string, x ...any) { fmt.Fprintf(&log, format+"\n", x...) }, name: "breaks once"}
		c, err := w.link.connect(ctx, "nats://"+at, 0, nil)
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		if w.js, err = jetstream.New(c); err != nil {
			t.Error(err)
			return
		}
		w.known = map[string]*opened{s.Digest(): {do: func(n int) ([]byte, error) {
			if !broke {
				broke = true
				panic("no such world")
			}
			return honest(n)
		}}}
		w.known[s.Digest()].once.Do(func() {})
		w.loop(ctx)
	})
	said, err := leading(t, s, at, "--workers", "0")
	stop()
	group.Wait()
	if err != nil {
		t.Fatal(err, said)
	}
	if !maps.Equal(files(t, s), alone(t, 5, 60)) {
		t.Error("the blocks differ from those of one machine")
	}
	if !strings.Contains(said, `of "breaks once": casus itself is at fault: no such world`) {
		t.Errorf("who hands out does not say so: %s", said)
	}
	if !strings.Contains(log.String(), "TestFault") {
		t.Errorf("the worker does not say where: %s", log.String())
	}
}

// resealed gives a block of another sweep the head and the sums of this one.
func resealed(t testing.TB, b []byte, s *sweep.Sweep, n int) []byte {
	const magic = "casus block 1\n"
	digest, err := hex.DecodeString(s.Digest())
	if err != nil {
		t.Fatal(err)
	}
	out := append([]byte(magic), digest...)
	out = binary.LittleEndian.AppendUint32(out, uint32(n))
	out = append(out, b[len(magic)+sha256.Size+4:len(b)-sha256.Size]...)
	sum := sha256.Sum256(out)
	return append(out, sum[:]...)
}

// lying takes blocks off the queue and answers what it likes.
func lying(ctx context.Context, t *testing.T, at, digest string, lie func(n int) ([]byte, string), lied func()) {
	w := &link{}
	c, err := w.connect(ctx, "nats://"+at, 0, nil)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close()
	js, err := jetstream.New(c)
	if err != nil {
		t.Error(err)
		return
	}
	for told := 0; told < 2*distrusted && ctx.Err() == nil; {
		con, err := js.Consumer(ctx, streamOf(digest), forWorkers)
		if err != nil {
			sleep(ctx, 20*time.Millisecond)
			continue
		}
		batch, err := con.Fetch(1, jetstream.FetchMaxWait(200*time.Millisecond))
		if err != nil {
			continue
		}
		for msg := range batch.Messages() {
			var x todo
			if json.Unmarshal(msg.Data(), &x) != nil {
				continue
			}
			b, name := lie(x.Block)
			inNote := told%2 == 1
			if o, err := js.ObjectStore(ctx, bucketOf(digest)); err == nil && b != nil && !inNote {
				o.PutBytes(ctx, name, b)
			}
			d := done{Block: x.Block, SHA256: name, By: "a liar"}
			note, _ := d.note(nil)
			if inNote {
				note, _ = d.note(b)
			}
			if _, err := js.Publish(ctx, doneOf(digest), note); err == nil {
				msg.Ack()
				told++
				lied()
			}
		}
	}
}

// Where the disk is full the run ends with an error and what was written is whole;
// when there is room again the rest is done.
func TestDiskFull(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("skipped: a small disk needs Linux and root")
	}
	small := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("skipped: no small disk can be made here: %s", out)
	}
	defer exec.Command("umount", small).Run()
	full := planned(t, 5, 7)
	folder := filepath.Join(small, "sweep")
	if err := os.CopyFS(folder, os.DirFS(full.Folder())); err != nil {
		t.Fatal(err)
	}
	s, err := sweep.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	l := &lead{listen: address(t)} // the queue is on another disk
	server, own, err := l.serve(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { server.Shutdown(); server.WaitForShutdown() }()
	ballast := filepath.Join(small, "ballast")
	fill(t, ballast, 40<<10)
	said, err := leading(t, s, "", "--address", own, "--workers", "1")
	if err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Fatalf("on a full disk: %v %s", err, said)
	}
	wrong := sweep.Faults{}
	left := len(s.Missing(wrong))
	if len(wrong) > 0 {
		t.Error(wrong.Lines())
	}
	if left == 0 || left == len(s.Blocks) {
		t.Errorf("%d of %d blocks are missing", left, len(s.Blocks))
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if said, err := leading(t, s, "", "--address", own, "--workers", "2"); err != nil {
		t.Fatal(said, err)
	}
	if !maps.Equal(files(t, s), alone(t, 5, 7)) {
		t.Error("the blocks differ from those of one machine")
	}
}

// fill takes all of a disk but so many bytes.
func fill(t *testing.T, name string, but int64) {
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	n := int64(0)
	for {
		k, err := f.Write(block)
		n += int64(k)
		if err != nil {
			break
		}
	}
	if err := f.Truncate(n - but); err != nil {
		t.Fatal(err)
	}
}

// It names the build whose plans it does; a word that is none is refused with the usage.
func TestWords(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--version"}, &out, io.Discard); err != nil || out.String() != "casus-nats, does what "+finding.Program()+" plans\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	for _, args := range [][]string{{}, {"--verson"}, {"run"}, {"worker", "a", "b"}, {"run", "x", "--workers", "many"}, {"key", "extra"},
		{"worker", "http://127.0.0.1:1"}, {"worker", "nats://:4222"}, {"run", "x", "--address", "http://127.0.0.1:1"}, {"run", "x", "--address", "nats://127.0.0.1:1", "--listen", "127.0.0.1:2"}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); !errors.As(err, new(misuse)) {
			t.Errorf("%v: %v", args, err)
		}
	}
}

// Help is no misuse, wherever it is asked for.
func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"worker", "--help"}, {"run", "--help"}, {"run", "folder", "-h"}, {"key", "--help"}} {
		var out bytes.Buffer
		if err := run(t.Context(), args, &out, io.Discard); err != nil || out.String() != usage {
			t.Errorf("%v: %q, %v", args, out.String(), err)
		}
	}
}

// With a key and a certificate only who has the key is let in; off this machine
// nothing is served or reached without both.
func TestKeys(t *testing.T) {
	dir := t.TempDir()
	key, cert, certKey := filepath.Join(dir, "key"), filepath.Join(dir, "cert"), filepath.Join(dir, "cert-key")
	var seed bytes.Buffer
	if err := run(t.Context(), []string{"key"}, &seed, io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key, seed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	certified(t, cert, certKey)
	s, at := planned(t, 5, 60), address(t)
	over := make(chan error)
	go func() {
		_, err := leading(t, s, at, "--workers", "0", "--key", key, "--cert", cert, "--cert-key", certKey)
		over <- err
	}()
	var other bytes.Buffer
	if err := run(t.Context(), []string{"key"}, &other, io.Discard); err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(dir, "wrong")
	if err := os.WriteFile(wrong, other.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	waitFor(t, at)
	for said, words := range map[string][]string{
		"lets in by a key alone":                 {"--ca", cert},
		"does not let in by the key in " + wrong: {"--ca", cert, "--key", wrong},
		"its certificate is not believed":        {"--key", key},
	} {
		for _, verb := range [][]string{{"worker", "tls://" + at}, {"run", s.Folder(), "--address", "tls://" + at}} {
			out, err := program(append(append(verb, "--workers", "1"), words...)...).CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(string(out), said) {
				t.Errorf("%s with %q: %v, %s; it should say %q and exit with 1", verb[0], words, err, out, said)
			}
		}
	}
	if n := len(s.Missing(nil)); n != len(s.Blocks) {
		t.Errorf("a worker without the key did %d blocks", len(s.Blocks)-n)
	}
	friend := program("worker", "tls://"+at, "--ca", cert, "--key", key, "--workers", "2")
	if err := friend.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { friend.Process.Kill(); friend.Wait() }()
	if err := <-over; err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(files(t, s), alone(t, 5, 60)) {
		t.Error("the blocks differ from those of one machine")
	}
	for _, args := range [][]string{
		{"run", s.Folder() + "x"}, {"run", planned(t, 1, 60).Folder(), "--listen", "0.0.0.0:4222"}, {"run", planned(t, 1, 60).Folder(), "--listen", "0.0.0.0:4222", "--key", key},
		{"worker", "nats://example.org:4222"}, {"worker", "tls://example.org:4222"}, {"worker", "nats://example.org:4222", "--key", key},
		{"worker", "host"}, {"worker"}, {}, {"run", "a", "b"}, {"nonsense"}, {"worker", "nats://127.0.0.1:1", "--workers", "0"}, {"worker", "tls://127.0.0.1:1", "--key", cert},
	} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("casus-nats %q is no error", args)
		}
	}
}

// waitFor returns when somebody listens at an address.
func waitFor(t *testing.T, at string) {
	for range 300 {
		if c, err := net.Dial("tcp", at); err == nil {
			c.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("nobody listens at %s", at)
}

// certified writes a certificate for this machine, and its key.
func certified(t *testing.T, cert, certKey string) {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "casus"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	own, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, certKey: {Type: "EC PRIVATE KEY", Bytes: own}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkBlock measures a block without its worlds: asked for, taken, made, sent,
// told, put into its place.
func BenchmarkBlock(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s, at := planned(b, 5, 2), address(b)
		b.StartTimer()
		if said, err := leading(b, s, at, "--workers", fmt.Sprint(runtime.NumCPU()), "--check", "0"); err != nil {
			b.Fatal(said, err)
		}
		b.ReportMetric(float64(len(s.Blocks)), "blocks/op")
	}
}
