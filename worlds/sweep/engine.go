package sweep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"

	"casus/lang/source"
	"casus/worlds/study"
)

// Engine has blocks done. It may forget some, or do some twice: the files of the
// blocks say what was done.
type Engine interface {
	Run(ctx context.Context, s *Sweep, blocks []int, tell study.Progress) error
}

// Local does blocks on the processors of this machine.
type Local struct{ Workers int }

// Run does them.
func (e Local) Run(ctx context.Context, s *Sweep, blocks []int, tell study.Progress) error {
	return s.Run(ctx, blocks, e.Workers, tell)
}

// Slurm has blocks done by an array of batch jobs. It writes their script into the
// folder of the sweep, which all nodes must see, and submits it where sbatch is
// there, waiting for its end.
type Slurm struct {
	Program string            // the casus that the nodes run; empty: this one
	Tasks   int               // jobs of the array
	Say     func(line string) // told what becomes of it
}

// scriptFile is the script of the array.
const scriptFile = "slurm.sh"

// MostTasks is the length of the array that Slurm allows by default (MaxArraySize).
const MostTasks = 1000

// A task that is preempted or whose node fails is put into the queue again: what it
// had done is there, and it goes on.
var script = template.Must(template.New("slurm").Parse(`#!/bin/sh
#SBATCH --job-name={{.Name}}
#SBATCH --array=1-{{.Tasks}}
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --chdir={{.There}}
#SBATCH --output=slurm-%a.log
exec {{.Program}} sweep run {{.Folder}} --part "$SLURM_ARRAY_TASK_ID/{{.Tasks}}" --workers 1
`))

// Run submits the array and waits for it.
func (e Slurm) Run(ctx context.Context, s *Sweep, blocks []int, _ study.Progress) error {
	if e.Tasks < 1 || e.Tasks > MostTasks {
		return source.Misused("an array has 1 to %d tasks, not %d", MostTasks, e.Tasks)
	}
	file, err := e.write(s, min(e.Tasks, len(s.Blocks)))
	if err != nil {
		return err
	}
	sbatch, err := exec.LookPath("sbatch")
	if err != nil {
		e.Say("sbatch is not here: submit " + file + " where it is")
		return nil
	}
	out, err := exec.CommandContext(ctx, sbatch, "--wait", file).CombinedOutput()
	if said := strings.TrimSpace(string(out)); said != "" {
		e.Say(said)
	}
	if ended(ctx, err) {
		e.Say("the array goes on without this program: " + cancelling(s.jobName()) + " ends it")
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("sbatch %s: %w", file, err)
	}
	return nil
}

// ended reports whether a command ended because the context did. A terminal sends its
// interrupt to both, and the command may be the first to hear it.
func ended(ctx context.Context, err error) bool {
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() < 0 { // by a signal
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return err != nil && ctx.Err() != nil
}

// cancelling is the command that ends the jobs of a name: by their number, which sbatch
// does not tell before the end.
func cancelling(name string) string {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	out, err := exec.CommandContext(ctx, "squeue", "--noheader", "--format=%F", "--name="+name).Output()
	ids := strings.Fields(string(out))
	slices.Sort(ids)
	if err != nil || len(ids) == 0 {
		return "scancel --name=" + name
	}
	return "scancel " + strings.Join(slices.Compact(ids), " ")
}

// jobName names the array, as no other sweep does.
func (s *Sweep) jobName() string {
	return "casus-" + strings.Map(plain, s.Case) + "-" + s.Digest()[:8]
}

func (e Slurm) write(s *Sweep, tasks int) (string, error) {
	folder, err := filepath.Abs(s.folder)
	if err != nil {
		return "", err
	}
	program := e.Program
	if program == "" {
		if program, err = os.Executable(); err != nil {
			return "", err
		}
	}
	for _, name := range []string{folder, program} {
		if strings.ContainsAny(name, "\n\r\\%\"") { // Slurm reads these in what it is told
			return "", fmt.Errorf("a batch script cannot name %q: take a folder and a program without %%, \\ and quotation marks in their names", name)
		}
	}
	var b strings.Builder
	err = script.Execute(&b, map[string]any{
		"Name": s.jobName(), "Tasks": tasks, "Program": quoted(program), "Folder": quoted(folder),
		"There": quotedWord(folder),
	})
	if err != nil {
		return "", err
	}
	file := filepath.Join(folder, scriptFile)
	return file, errors.Join(source.ReplaceText(file, []byte(b.String())), os.Chmod(file, 0o755))
}

// quoted is a word that a shell takes as it is.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// quotedWord is a value in a line of #SBATCH.
func quotedWord(s string) string { return `"` + s + `"` }

func plain(c rune) rune {
	if c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		return c
	}
	return '_'
}

// Part is the kth of n parts of the blocks, k from 1. One option costs several times
// another, so a part has its share of every one: the blocks of an option under a view
// that lie side by side, so that it makes each game once. Where they are fewer than
// the parts, they are dealt out in turn.
func (s *Sweep) Part(k, n int) []int {
	var out []int
	for from := 0; from < len(s.Blocks); {
		game, to := s.Blocks[from], from
		for to < len(s.Blocks) && s.Blocks[to].Option == game.Option && s.Blocks[to].View == game.View {
			to++
		}
		for i := from; i < to; i++ {
			if count := to - from; count >= n && (i-from)*n/count == k-1 || count < n && i%n == k-1 {
				out = append(out, i)
			}
		}
		from = to
	}
	return out
}
