package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"casus/lang/source"
	"casus/worlds/study"
)

// NATS has blocks done by whatever workers ask for them over the network. That is
// done by a program of its own, casus-nats, which stands beside this one or on PATH.
type NATS struct {
	Program string // empty: the one that is found
	Address string // of a server that is there; empty: one is started
	Workers int    // of this machine; 0: one for each processor
	Say     func(line string)
}

// Run hands out what is missing, whatever blocks are named, and waits for its end.
func (e NATS) Run(ctx context.Context, s *Sweep, _ []int, _ study.Progress) error {
	program := e.Program
	if program == "" {
		var err error
		if program, err = beside("casus-nats"); err != nil {
			return err
		}
	}
	args := []string{"run", s.folder}
	if e.Address != "" {
		args = append(args, "--address", e.Address)
	}
	if e.Workers > 0 {
		args = append(args, "--workers", fmt.Sprint(e.Workers))
	}
	c := exec.CommandContext(ctx, program, args...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.Stderr = lines(e.Say)
	if err := c.Run(); err != nil && ctx.Err() == nil {
		return fmt.Errorf("%s: %w", filepath.Base(program), err)
	}
	return ctx.Err()
}

// beside finds a program of ours where this one stands, else on PATH.
func beside(name string) (string, error) {
	if own, err := os.Executable(); err == nil {
		if p, err := exec.LookPath(filepath.Join(filepath.Dir(own), name)); err == nil {
			return p, nil
		}
	}
	p, err := exec.LookPath(name)
	if err != nil {
		return "", source.Hint(fmt.Errorf("%s is not here: it is a program of its own", name), "docs/scale.md says how it is built")
	}
	return p, nil
}

// lines says what is written to it, whole writes at a time.
type lines func(line string)

func (l lines) Write(p []byte) (int, error) {
	if said := strings.TrimSpace(string(p)); said != "" {
		l(said)
	}
	return len(p), nil
}

// Kubernetes writes the manifest of an Indexed Job into the folder of the sweep: each
// of its pods does one part of the blocks. Submitting it is left to who may.
type Kubernetes struct {
	Image string // that has casus and sh
	Claim string // the volume claim that holds the folder of the sweep
	Tasks int    // pods
	Say   func(line string)
}

// jobFile is the manifest of the job: JSON, which kubectl reads as it reads YAML.
const jobFile = "kubernetes.json"

// MostPods bounds the pods of a job: Kubernetes allows 100,000 with a limit of
// failures for each.
const MostPods = 100000

// What Kubernetes takes for the names of images and of claims.
var (
	imageName = regexp.MustCompile(`^[a-z0-9]([a-zA-Z0-9._:/@-]*[a-zA-Z0-9])?$`)
	claimName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)
)

// Run writes the manifest.
func (e Kubernetes) Run(_ context.Context, s *Sweep, _ []int, _ study.Progress) error {
	if e.Tasks < 1 || e.Tasks > MostPods {
		return source.Misused("a job has 1 to %d pods, not %d", MostPods, e.Tasks)
	}
	if e.Image == "" || e.Claim == "" {
		return source.Misused("a job needs --image, which has casus, and --claim, the volume claim that holds the folder of the sweep")
	}
	if !imageName.MatchString(e.Image) {
		return source.Misused("--image %.60q is not the name of an image, as in registry/casus:1", e.Image)
	}
	if !claimName.MatchString(e.Claim) || len(e.Claim) > 253 {
		return source.Misused("--claim %.60q is not the name of a claim: small letters, digits, - and . (RFC 1123)", e.Claim)
	}
	text, err := json.MarshalIndent(e.job(s), "", "  ")
	if err != nil {
		return err
	}
	file := filepath.Join(s.folder, jobFile)
	if err := source.ReplaceText(file, append(text, '\n')); err != nil {
		return err
	}
	e.Say("submit it: kubectl apply -f " + file)
	return nil
}

// object is one of a manifest.
type object = map[string]any

// job is a Job of batch/v1. A pod that fails is tried again by its own index, so that
// one bad node does not end the job; what its part had done before stays.
func (e Kubernetes) job(s *Sweep) object {
	n := min(e.Tasks, len(s.Blocks))
	name := "casus-" + strings.ToLower(strings.ReplaceAll(strings.Map(plain, s.Case), "_", "-"))
	name = strings.Trim(name[:min(len(name), 40)], "-") + "-" + s.Digest()[:8] // with -INDEX it names a host: 63 bytes
	work := object{
		"name": "casus", "image": e.Image,
		"command":      []string{"sh", "-c", fmt.Sprintf(`exec casus sweep run /sweep --part "$((JOB_COMPLETION_INDEX + 1))/%d" --workers 1`, n)},
		"resources":    object{"requests": object{"cpu": "1", "memory": "2Gi"}},
		"volumeMounts": []object{{"name": "sweep", "mountPath": "/sweep"}},
	}
	return object{
		"apiVersion": "batch/v1", "kind": "Job",
		"metadata": object{"name": name, "labels": object{"app": "casus"}},
		"spec": object{
			"completionMode": "Indexed", "completions": n, "parallelism": n, "backoffLimitPerIndex": 6,
			"template": object{
				"metadata": object{"labels": object{"app": "casus"}},
				"spec": object{"restartPolicy": "Never", "containers": []object{work},
					"volumes": []object{{"name": "sweep", "persistentVolumeClaim": object{"claimName": e.Claim}}}},
			},
		},
	}
}
