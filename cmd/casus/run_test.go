package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"casus/ask"
)

// slow writes a case of many options into a folder, each of which takes a good
// part of a second in many worlds.
func slow(t *testing.T) string {
	t.Helper()
	var options []string
	var b strings.Builder
	for i := range 40 {
		options = append(options, fmt.Sprintf("o%d", i))
		fmt.Fprintf(&b, "option o%d \"Option %d\" { }\n", i, i)
	}
	fmt.Fprintf(&b, `view dove "Dove" { note "n" }
assume sharp "λ" per payoff ~ uniform(0.1, 0.2) judgement "a guess"
assume gain "a gain" payoff ~ uniform(1, 5) judgement "a guess"
crisis slow {
  role mover
  fact war
  fact deep up to 15
  precision sharp
  each year {
    move act by mover { hold; attack { set war } ; deepen { raise deep } }
    move end by mover when war { go_on; stop { clear war } }
  }
  payoff "gain" to mover when war: gain
  payoff "deep" to mover when deep >= 8: gain
  measure war "years of war" years, lower is better = years(war)
}
case slow "Slow" {
  date 2025-01-01
  crisis slow
  role mover = RUS
  horizon 50
  view dove
  option %s
}
`, strings.Join(options, ", "))
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "slow.casus"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return folder
}

// interrupt runs the slow case and sends it Ctrl-C after a while, as often as
// asked.
func interrupt(t *testing.T, folder string, after time.Duration, times int, more ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, bad bytes.Buffer
	c := exec.Command("casus", append([]string{"run", "slow.casus", "--worlds", "30000", "--workers", "1", "--record", "record"}, more...)...)
	c.Dir, c.Stdout, c.Stderr = folder, &out, &bad
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	for range times {
		c.Process.Signal(os.Interrupt)
		time.Sleep(5 * time.Millisecond)
	}
	late := time.AfterFunc(20*time.Second, func() { c.Process.Kill() })
	defer late.Stop()
	err := c.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	code = c.ProcessState.ExitCode()
	if ws, ok := c.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		code = -int(ws.Signal())
	}
	return code, out.String(), bad.String()
}

// Ctrl-C leaves a record of what was finished, labelled partial, that can be
// reported; where nothing was finished, it says so and leaves nothing.
func TestInterrupt(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	folder := slow(t)
	record := filepath.Join(folder, "record")
	for after := 300 * time.Millisecond; ; after *= 2 {
		code, stdout, stderr := interrupt(t, folder, after, 1)
		if code == 0 {
			t.Fatalf("all was done in %v: the case is not slow", after)
		}
		if code == -int(syscall.SIGINT) { // it had not yet begun
			continue
		}
		if code != ask.Interrupted || !strings.HasSuffix(stderr, "casus: interrupted\n") {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
		if _, err := os.Stat(record); err != nil {
			if stdout != "" || !regexp.MustCompile(`(?m)^(no (option|world) was finished; no record is written\n)?casus: interrupted\n$`).MatchString(stderr) {
				t.Errorf("nothing was finished:\n%s\n%s", stdout, stderr)
			}
			continue
		}
		if !regexp.MustCompile(`(?m)^PARTIAL: the run was stopped; options finished: \d+\.$`).MatchString(stdout) {
			t.Errorf("the report is not labelled:\n%s", stdout)
		}
		report := exec.Command("casus", "report", "record")
		report.Dir = folder
		again, err := report.Output()
		if err != nil || !strings.HasPrefix(stdout, string(again)) {
			t.Errorf("%v; the record reports otherwise:\n%s", err, again)
		}
		return
	}
}

// A second Ctrl-C ends the program at once; what stands under the record's name
// is then whole, or nothing.
func TestInterruptTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	folder := slow(t)
	start := time.Now()
	code, _, stderr := interrupt(t, folder, time.Second, 2)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v to end", took)
	}
	if code != ask.Interrupted && code != -int(syscall.SIGINT) {
		t.Errorf("exit code %d: %s", code, stderr)
	}
	record := filepath.Join(folder, "record")
	if _, err := os.Stat(record); err == nil {
		if out, err := exec.Command("casus", "report", record).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
}

// A run that Ctrl-C stopped, over and over and for good, ends with the bytes of
// one that was left alone, and leaves nothing beside its record.
func TestInterruptResume(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	folder := slow(t)
	few := []string{"--option", "o0,o1,o2"}
	run := func(args ...string) {
		t.Helper()
		c := exec.Command("casus", append([]string{"run", "slow.casus"}, args...)...)
		c.Dir = folder
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	run(append(few, "--worlds", "30000", "--record", "whole")...)
	stopped := 0
	for after := 200 * time.Millisecond; stopped < 2 && after < 20*time.Second; after = after * 3 / 2 {
		args := few
		if stopped > 0 {
			args = append(args, "--resume")
		}
		code, stdout, stderr := interrupt(t, folder, after, 1, args...)
		if _, err := os.Stat(filepath.Join(folder, "record")); err != nil {
			continue // it had not begun
		}
		if code == ask.Interrupted {
			stopped++
			if !strings.Contains(stderr, "--resume record goes on with it") {
				t.Errorf("it does not say how to go on:\n%s\n%s", stdout, stderr)
			}
		}
		if code == 0 {
			break
		}
	}
	if stopped == 0 {
		t.Fatal("the run was never stopped in time")
	}
	run("--resume", "record")
	for _, name := range []string{"manifest.json", "measures.parquet", "worlds.parquet"} {
		want, err := os.ReadFile(filepath.Join(folder, "whole", name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(folder, "record", name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs from that of a run left alone (%v)", name, err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

// A run that is killed outright can be read and gone on with: it ends with the
// bytes of a run that was left alone. Until then no other run takes its folder.
func TestKillResume(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	folder := slow(t)
	run := func(args ...string) string {
		t.Helper()
		c := exec.Command("casus", append([]string{"run", "slow.casus", "--option", "o0,o1,o2", "--worlds", "30000"}, args...)...)
		c.Dir = folder
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	run("--record", "whole")
	record := filepath.Join(folder, "casus-records", "slow")
	journal := filepath.Join(record, "run.journal")
	var size int64
	for killed := range 3 {
		args := []string{"run", "slow.casus", "--workers", "1", "--resume"}
		if killed == 0 {
			args = []string{"run", "slow.casus", "--option", "o0,o1,o2", "--worlds", "30000", "--workers", "1"}
		}
		c := exec.Command("casus", args...)
		c.Dir = folder
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		was := size
		for deadline := time.Now().Add(time.Minute); size <= was && time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
			if info, err := os.Stat(journal); err == nil {
				size = info.Size()
			}
		}
		c.Process.Kill()
		c.Wait()
		if size <= was {
			t.Fatal("the journal did not grow in a minute")
		}
		out, err := exec.Command("casus", "report", record).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "\nPARTIAL: the run was stopped") {
			t.Fatalf("killed %d times: %v: %.300s", killed+1, err, out)
		}
	}
	if out := run(); !strings.Contains(out, "casus-records/slow holds this run, stopped before its end (--resume goes on with it); this one is written to casus-records/slow-2\n") {
		t.Errorf("another run of the plan says: %.300s", out)
	}
	c := exec.Command("casus", "run", "slow.casus", "--resume")
	c.Dir = folder
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, name := range []string{"manifest.json", "measures.parquet", "worlds.parquet"} {
		want, err := os.ReadFile(filepath.Join(folder, "whole", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range []string{"slow", "slow-2"} {
			if got, err := os.ReadFile(filepath.Join(folder, "casus-records", in, name)); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s/%s differs from that of a run left alone (%v)", in, name, err)
			}
		}
	}
	entries, err := os.ReadDir(record)
	if err != nil || len(entries) != 3 {
		t.Errorf("left in the record: %v, %v", entries, err)
	}
}

// What the first screen says to type next can be typed: every command on it is
// run, and so is every part that it names.
func TestScreenCommandsRun(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	printed(t, "new isle")
	for _, first := range []string{"run ./isle --worlds 16", "run truce --worlds 16", "run ukraine --worlds 8 --option monitors,europe"} {
		screen := printed(t, first)
		commands := regexp.MustCompile(`(?m)^(?:.*: |  )casus (.*)$`).FindAllStringSubmatch(screen, -1)
		if len(commands) < 2 {
			t.Errorf("casus %s names %d commands", first, len(commands))
		}
		for _, c := range commands {
			printed(t, c[1])
			if _, parts, _ := strings.Cut(c[0], "Or --part "); parts != "" {
				whole, _, _ := strings.Cut(c[1], " --")
				parts, _, _ = strings.Cut(parts, " …")
				for _, part := range strings.Split(parts, ", ") {
					printed(t, whole+" --part "+part)
				}
			}
		}
	}
}

// The first screen of every case that ships and plays a crisis is a screen: forty lines
// of eighty characters at most. The words that it uses for options and measures,
// and those that its commands take, stand side by side in the whole report.
func TestFirstScreensOfWhatShips(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range played(t) {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && !slices.Contains(quickToRun, name) {
				t.Skip("takes long; ./test --all runs it")
			}
			screen := printed(t, "run "+name+" --worlds 8")
			lines := strings.Split(strings.TrimSuffix(screen, "\n"), "\n")
			if len(lines) > 40 {
				t.Errorf("%d lines:\n%s", len(lines), screen)
			}
			for _, line := range lines {
				if utf8.RuneCountInString(line) > 80 {
					t.Errorf("wider than a screen: %s", line)
				}
			}
			explained(t, name, screen)
		})
	}
}

// The screen of the case that fills it most stays a screen however many worlds there are.
func TestScreenWhateverTheWorlds(t *testing.T) {
	for _, worlds := range []int{1, 8, 32} {
		if testing.Short() == (worlds != 8) { // the first screens are those of eight worlds
			continue
		}
		t.Chdir(t.TempDir()) // another record beside it would be told of
		screen := printed(t, fmt.Sprintf("run ukraine --worlds %d", worlds))
		if n := strings.Count(screen, "\n"); n > 40 {
			t.Errorf("%d worlds take %d lines:\n%s", worlds, n, screen)
		}
		if strings.Contains(screen, "these first") || !strings.Contains(screen, "Agreed or not") {
			t.Errorf("%d worlds:\n%s", worlds, screen)
		}
	}
}

// quickToRun are the shipped cases that take a moment at a few worlds.
var quickToRun = []string{"truce", "eve"}

// explained holds the names of a screen against the whole report of its record.
func explained(t *testing.T, name, screen string) {
	t.Helper()
	var a struct { // as far as it names
		Rows  []struct{ Option, Label string }
		Heads []struct{ Measure, Headline string }
	}
	if err := json.Unmarshal([]byte(printed(t, "report casus-records/"+name+" --json")), &a); err != nil {
		t.Fatal(err)
	}
	full := strings.Join(strings.Fields(printed(t, "report casus-records/"+name+" --full")), " ")
	say := func(word, short string) {
		for _, form := range []string{word + " (" + short + "): ", word + ": "} {
			if strings.Contains(full, form) && (form != word+": " || word == short) {
				return
			}
		}
		t.Errorf("%s, in short %q, is not explained by --full", word, short)
	}
	for _, r := range a.Rows {
		say(r.Option, r.Label)
	}
	for _, h := range a.Heads {
		say(h.Measure, h.Headline)
	}
	for _, c := range regexp.MustCompile(`--(?:option|measure) (\S+)`).FindAllStringSubmatch(screen, -1) {
		if !strings.Contains(full, "option "+c[1]) && !strings.Contains(full, "measure "+c[1]) {
			t.Errorf("the screen says to type %s, which --full does not explain", c[1])
		}
	}
}
