package sweep_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"casus/worlds/sweep"
)

// The manifest for Kubernetes is one, by the schema of its Job; and its pods, done by
// a shell here as they would be there, do all blocks, each once.
func TestKubernetes(t *testing.T) {
	s := planned(t)
	var said string
	engine := sweep.Kubernetes{Image: "registry/casus:1", Claim: "sweeps", Tasks: 4, Say: func(line string) { said = line }}
	if err := engine.Run(t.Context(), s, nil, nil); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.Folder(), "kubernetes.json")
	if said != "submit it: kubectl apply -f "+file {
		t.Error(said)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	form, err := jsonschema.NewCompiler().Compile("testdata/job.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := form.Validate(doc); err != nil {
		t.Error(err)
	}
	for _, bad := range [][2]string{{`"Indexed"`, `"NonIndexed"`}, {`"Never"`, `"Always"`}, {`"claimName"`, `"claim"`}, {`"completions": 4`, `"completions": "4"`}} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(string(text), bad[0], bad[1], 1)))
		if err == nil {
			err = form.Validate(doc)
		}
		if err == nil {
			t.Errorf("with %s the schema takes it too", bad[1])
		}
	}
	podsDoAll(t, s, text)
	for _, bad := range []sweep.Kubernetes{{Tasks: 4}, {Tasks: 4, Image: "a"}, {Image: "a", Claim: "b"}, {Image: "a", Claim: "b", Tasks: 100001}, {Image: "x y", Claim: "b", Tasks: 4}, {Image: "a", Claim: "Bad_Name", Tasks: 4}, {Image: "a", Claim: "a/b", Tasks: 4}} {
		if err := bad.Run(t.Context(), s, nil, nil); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// podsDoAll runs the command of each pod, with a casus that notes its part.
func podsDoAll(t *testing.T, s *sweep.Sweep, text []byte) {
	var job struct {
		Spec struct {
			Completions int
			Template    struct {
				Spec struct{ Containers []struct{ Command []string } }
			}
		}
	}
	if err := json.Unmarshal(text, &job); err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "casus"), []byte("#!/bin/sh\necho \"$5\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	done := map[int]bool{}
	for i := range job.Spec.Completions {
		command := job.Spec.Template.Spec.Containers[0].Command
		c := exec.Command(command[0], command[1:]...)
		c.Env = []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), fmt.Sprint("JOB_COMPLETION_INDEX=", i)}
		out, err := c.Output()
		if err != nil {
			t.Skipf("skipped: no sh here: %v", err)
		}
		var k, n int
		if _, err := fmt.Sscanf(string(out), "%d/%d", &k, &n); err != nil {
			t.Fatalf("pod %d does part %q", i, out)
		}
		for _, b := range s.Part(k, n) {
			if done[b] {
				t.Errorf("block %d is done twice", b)
			}
			done[b] = true
		}
	}
	if len(done) != len(s.Blocks) {
		t.Errorf("%d of %d blocks are done", len(done), len(s.Blocks))
	}
}

// Where casus-nats is not, that is said; where it is, it is run with the folder.
func TestNATS(t *testing.T) {
	s := planned(t)
	t.Setenv("PATH", t.TempDir())
	if err := (sweep.NATS{}).Run(t.Context(), s, nil, nil); err == nil || !strings.Contains(err.Error(), "casus-nats is not here") {
		t.Error(err)
	}
	bin := filepath.Join(t.TempDir(), "casus-nats")
	if err := os.WriteFile(bin, []byte("#!/bin/sh\necho \"$@\" >&2\nexit 3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	var said []string
	err := sweep.NATS{Program: bin, Address: "nats://h:1", Workers: 3, Say: func(line string) { said = append(said, line) }}.Run(t.Context(), s, nil, nil)
	if err == nil || strings.Join(said, "") != "run "+s.Folder()+" --address nats://h:1 --workers 3" {
		t.Error(err, said)
	}
}

// A parcel is the sweep; blocks done of it elsewhere have the bytes of those done here,
// and whatever else comes is refused.
func TestParcel(t *testing.T) {
	s := planned(t)
	parcel, err := s.Pack()
	if err != nil {
		t.Fatal(err)
	}
	far, err := sweep.Unpack(t.Context(), parcel, t.TempDir(), s.Digest())
	if err != nil {
		t.Fatal(err)
	}
	do := far.Worker(t.Context())
	for n := range s.Blocks {
		text, err := do(n)
		if err != nil {
			t.Fatal(err)
		}
		if same, err := s.Same(t.Context(), n, text); err != nil || !same {
			t.Errorf("block %d: %v %v", n, same, err)
		}
		if err := s.Put((n+1)%len(s.Blocks), text); err == nil {
			t.Errorf("block %d is taken for another", n)
		}
		if err := s.Put(n, text[:len(text)-1]); err == nil {
			t.Errorf("block %d is taken without its end", n)
		}
		if s.Has(n) {
			t.Fatalf("block %d is there", n)
		}
		if err := s.Put(n, text); err != nil || !s.Has(n) {
			t.Errorf("block %d is refused: %v", n, err)
		}
	}
	if !maps.Equal(merged(t, s.Folder()), alone(t)) {
		t.Error("the record differs from that of one machine")
	}
	if _, err := do(len(s.Blocks)); err == nil {
		t.Error("a block too many is done")
	}
	if err := s.Put(-1, nil); err == nil {
		t.Error("block -1 is put")
	}
	if _, err := sweep.Unpack(t.Context(), parcel, t.TempDir(), strings.Repeat("0", 64)); err == nil {
		t.Error("another sweep is opened")
	}
	for _, bad := range []string{"", "{}", `{"model":{"../000.casus":"AA=="}}`, `{"model":{"000.casus":"AA=="},"manifest":"e30="}`} {
		if _, err := sweep.Unpack(t.Context(), []byte(bad), t.TempDir(), s.Digest()); err == nil {
			t.Errorf("%q is opened", bad)
		}
	}
}
