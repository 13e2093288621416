package studio

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casus/ask"
	"casus/law/counsel"
)

const generatorVersion = "0.26.2"

// generator is the folder of programs of openapi-python-client, which makes a client
// out of a description: of PyPI, kept in the cache of the user; empty where it cannot
// be had.
func generator(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	kept := filepath.Join(cache, "casus-test", "openapi-python-client-"+generatorVersion)
	bin := filepath.Join(kept, "bin")
	if _, err := exec.LookPath(filepath.Join(bin, "openapi-python-client")); err == nil {
		return bin
	}
	for _, do := range [][]string{{"python3", "-m", "venv", kept}, {filepath.Join(bin, "pip"), "install", "-q", "--disable-pip-version-check", "openapi-python-client==" + generatorVersion}} {
		if out, err := exec.Command(do[0], do[1:]...).CombinedOutput(); err != nil {
			t.Logf("%v: %.300s", err, out)
			os.RemoveAll(kept) // half of it would pass for the whole
			return ""
		}
	}
	return bin
}

// A client that is made from the description, by a generator of another house, asks a
// running page and understands what it answers.
func TestGeneratedClient(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	bin := generator(t)
	if bin == "" {
		t.Skip("no generator of clients here: none is made from the description (openapi-python-client, of PyPI, wants python3 and the registry)")
	}
	script, err := filepath.Abs("testdata/client.py")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	s := New("estonia")
	at, _ := served(t, s)
	d, err := description()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("api.json", text, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(filepath.Join(bin, "openapi-python-client"), "generate", "--path", "api.json", "--meta", "none", "--output-path", "casus_client").CombinedOutput(); err != nil {
		t.Fatalf("no client could be made: %v\n%.2000s", err, out)
	}
	use := exec.Command(filepath.Join(bin, "python"), script, "http://"+at, s.token)
	use.Env = append(os.Environ(), "PYTHONPATH=.", "PYTHONDONTWRITEBYTECODE=1")
	var errs strings.Builder
	use.Stderr = &errs
	out, err := use.Output()
	if err != nil {
		t.Fatalf("%v\n%.3000s", err, errs.String())
	}
	var said struct {
		Get      []any
		Same     bool
		Chains   []int
		Fault    []any
		Stranger int
		Job      []string
		Ended    []string
		Ran      string
	}
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	q, err := ask.PutWords("why", ask.Words{"by": {"RUS"}, "on": {"GBR"}, "object": {"forces"}, "at": {"kyiv"}, "date": {"2026-02-01"}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := q.Answer(t.Context(), ask.Told{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.(*counsel.Why).Answers); said.Get[0] != 200.0 || said.Get[1] != "why" || said.Get[2] != float64(n) || !said.Same {
		t.Errorf("why: %v, want %d answers; the same by POST: %v", said.Get, n, said.Same)
	}
	if said.Chains[0] < 1 || said.Chains[0] >= said.Chains[1] {
		t.Errorf("chains once links are taken away: %v", said.Chains)
	}
	if said.Fault[0] != 2.0 || !strings.Contains(said.Fault[1].(string), "did you mean RUS Russia?") {
		t.Errorf("a slip: %v", said.Fault)
	}
	if said.Stranger != 401 {
		t.Errorf("without the token: %d", said.Stranger)
	}
	if said.Job[0] != "running" || said.Job[1] != "casus run estonia --worlds 4000" || said.Ended[0] != "event: stopped" || said.Ran != "event: done" {
		t.Errorf("a job: %v, then %v; another: %s", said.Job, said.Ended, said.Ran)
	}
}
