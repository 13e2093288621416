package serve

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"casus/ask"
	"casus/finding"
)

// Requests and what comes back, a line each: the id, and of a finding its kind, of an
// error its code and text.
func TestLines(t *testing.T) {
	datadriven.RunTest(t, filepath.Join("testdata", "lines.txt"), func(t *testing.T, d *datadriven.TestData) string {
		var out bytes.Buffer
		if err := Lines(context.Background(), strings.NewReader(d.Input), &out, io.Discard); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for line := range strings.Lines(out.String()) {
			b.WriteString(inShort(t, []byte(line)) + "\n")
		}
		return b.String()
	})
}

// answerOf is a line that is written, in all its forms.
type answerOf struct {
	ID       json.RawMessage `json:"id"`
	Finding  *finding.Head   `json:"finding"`
	Text     string          `json:"text"`
	SVG      string          `json:"svg"`
	HTML     string          `json:"html"`
	Error    *fault          `json:"error"`
	Said     string          `json:"said"`
	Problem  *mistake        `json:"problem"`
	Progress *part           `json:"progress"`
}

func read(t *testing.T, line []byte) answerOf {
	t.Helper()
	var a answerOf
	if err := json.Unmarshal(line, &a); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	return a
}

func inShort(t *testing.T, line []byte) string {
	a := read(t, line)
	out := string(a.ID) + ": "
	switch {
	case a.Error != nil:
		for _, m := range a.Error.Mistakes {
			if strings.Contains(m.Text, "did you mean") {
				t.Errorf("a hint is part of %q", m.Text)
			}
		}
		out += fmt.Sprintf("error %d, %s", a.Error.Code, strings.ReplaceAll(a.Error.Text, "\n", " | "))
	case a.Finding != nil:
		out += a.Finding.Kind
		first, _, _ := strings.Cut(a.Text, "\n")
		out += cmp.Or(" "+first, "")
		if a.SVG != "" {
			out += " with a picture"
		}
		if a.HTML != "" {
			out += " with a page"
		}
	case a.Progress != nil:
		out += fmt.Sprintf("%d of %d", a.Progress.Done, a.Progress.Total)
	case a.Problem != nil:
		out += a.Problem.place() + " " + a.Problem.Text
	default:
		out += a.Said
	}
	return strings.TrimRight(out, " ")
}

// stub is a question whose answer a test gives.
type stub func(context.Context, ask.Told) error

func (s stub) Answer(ctx context.Context, to ask.Told) (finding.Finding, error) {
	if err := s(ctx, to); err != nil {
		return nil, err
	}
	return ask.Names{Kind: "events"}.Answer(ask.Told{})
}

func (s stub) Spoken(text string) string { return text }

// asking answers "wait" when it is called off, and all else at once.
func asking(begun chan<- bool) putter {
	return func(name string, _ map[string]json.RawMessage) (question, error) {
		return stub(func(ctx context.Context, _ ask.Told) error {
			if name != "wait" {
				return nil
			}
			begun <- true
			<-ctx.Done()
			return ctx.Err()
		}), nil
	}
}

// A fault of casus itself is the answer of one question; the next is answered, and where
// the fault is goes to standard error.
func TestFault(t *testing.T) {
	faulty := func(name string, _ map[string]json.RawMessage) (question, error) {
		return stub(func(context.Context, ask.Told) error {
			if name == "fault" {
				panic("no such row")
			}
			return nil
		}), nil
	}
	var out, errs bytes.Buffer
	in := strings.NewReader(`{"id":1,"ask":"fault"}` + "\n" + `{"id":2,"ask":"x"}` + "\n")
	if err := lines(context.Background(), in, &out, &errs, faulty); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		got = append(got, inShort(t, []byte(line)))
	}
	if want := []string{"1: error 134, casus itself is at fault: no such row (please report it, with what was asked)", "2: list"}; !slices.Equal(got, want) {
		t.Errorf("answers\n%q\nwant\n%q", got, want)
	}
	if !strings.Contains(errs.String(), "TestFault") {
		t.Errorf("standard error does not say where: %s", &errs)
	}
}

// A question that runs and one that waits are called off; what is asked after them is
// answered.
func TestCancel(t *testing.T) {
	in, to := io.Pipe()
	begun := make(chan bool)
	go func() {
		io.WriteString(to, `{"id":1,"ask":"wait"}`+"\n")
		<-begun
		io.WriteString(to, `{"id":2,"ask":"x"}`+"\n"+`{"id":"2","ask":"x"}`+"\n"+`{"id":2,"cancel":true}`+"\n"+`{"id":9,"cancel":true}`+"\n"+`{"id":1,"cancel":true}`+"\n")
		to.Close()
	}()
	var out bytes.Buffer
	if err := lines(context.Background(), in, &out, io.Discard, asking(begun)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		got = append(got, inShort(t, []byte(line)))
	}
	want := []string{"1: error 130, interrupted", "2: error 130, interrupted", `"2": list`}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Called off, it answers all that was read, and ends though the input does not.
func TestInterrupt(t *testing.T) {
	in, to := io.Pipe()
	begun := make(chan bool)
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		io.WriteString(to, `{"id":1,"ask":"wait"}`+"\n")
		<-begun
		stop()
	}()
	var out bytes.Buffer
	if err := lines(ctx, in, &out, io.Discard, asking(begun)); !errors.Is(err, context.Canceled) {
		t.Errorf("ends with %v", err)
	}
	if got := inShort(t, out.Bytes()); got != "1: error 130, interrupted" {
		t.Errorf("got %q", got)
	}
}

// full is an output that nobody reads.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

// When nobody reads, what runs is called off and it ends.
func TestNobodyReads(t *testing.T) {
	in, to := io.Pipe()
	begun := make(chan bool, 1)
	go io.WriteString(to, `{"id":1,"ask":"x"}`+"\n"+`{"id":2,"ask":"wait"}`+"\n")
	if err := lines(context.Background(), in, full{}, io.Discard, asking(begun)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("ends with %v", err)
	}
}

// What is said and how far it has come carry the id; of progress each whole percent
// is told once.
func TestOnTheWay(t *testing.T) {
	on := func(string, map[string]json.RawMessage) (question, error) {
		return stub(func(_ context.Context, to ask.Told) error {
			to.Say("a word")
			for i := 0; i <= 1000 && to.Progress != nil; i++ {
				to.Progress(i, 1000)
			}
			return nil
		}), nil
	}
	for asked, want := range map[string]int{`{"id":1,"ask":"x"}`: 2, `{"id":1,"ask":"x","progress":true}`: 103} {
		var out bytes.Buffer
		if err := lines(context.Background(), strings.NewReader(asked), &out, io.Discard, on); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(out.String(), `{"id":1,`); got != want {
			t.Errorf("%s: %d lines, want %d", asked, got, want)
		}
	}
}

// A request too long is refused and not kept; the next is answered.
func TestLongLine(t *testing.T) {
	in := io.MultiReader(strings.NewReader(`{"id":1,"ask":"`), io.LimitReader(endless{}, 20*maxLine), strings.NewReader("\n"+`{"id":2,"ask":"states","with":{"states":"FRA"}}`))
	var out bytes.Buffer
	if err := Lines(context.Background(), in, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	first, second, _ := strings.Cut(out.String(), "\n")
	if got := inShort(t, []byte(first)); !strings.HasPrefix(got, "null: error 2, <stdin>:1: a request of more than 1048576 bytes") {
		t.Errorf("got %q", got)
	}
	if got := inShort(t, []byte(second)); got != "2: states" {
		t.Errorf("got %q", got)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	return len(b), nil
}

// Whatever the bytes, each line that is no cancellation has one answer, in JSON, and
// nothing panics. No question is answered here: some take hours, some write files.
func FuzzLines(f *testing.F) {
	text, err := os.ReadFile(filepath.Join("testdata", "lines.txt"))
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		f.Add([]byte(line))
	}
	for _, a := range ask.Asks() {
		f.Add(fmt.Appendf(nil, `{"id":1,"ask":%q,"with":{"case":"ukraine","worlds":3,"options":["a"],"facts":"x","full":true,"alpha":0.5}}`, a.Name))
	}
	f.Add([]byte("{\"id\":1,\"cancel\":true}\n{\"id\":1,\"ask\":\"why\",\"with\":{\"seed\":-1,\"by\":null}}"))
	filled := func(name string, with map[string]json.RawMessage) (question, error) {
		q, err := put(name, with)
		if err != nil {
			return q, err
		}
		return stub(func(context.Context, ask.Told) error { return errors.New("not answered here") }), nil
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		if err := lines(context.Background(), bytes.NewReader(in), &out, io.Discard, filled); err != nil {
			t.Fatal(err)
		}
		asked := 0
		for line := range bytes.Lines(in) {
			w, _, err := parse(line)
			if len(bytes.TrimSpace(line)) > 0 && (err != nil || !w.Cancel) {
				asked++
			}
		}
		answered := 0
		for line := range bytes.Lines(out.Bytes()) {
			if a := read(t, line); a.Error == nil || a.Error.Code < 1 || a.Error.Code == ask.Broken || a.Error.Text == "" {
				t.Fatalf("no error: %s", line)
			}
			answered++
		}
		if asked != answered {
			t.Fatalf("%d asked, %d answered:\n%s", asked, answered, out.Bytes())
		}
	})
}

// The error of a run that was called off names the folder of what it had done.
func TestAStoppedRunNamesItsRecord(t *testing.T) {
	f := faultOf(ask.BrokenOff{Folder: "t5"}, nil)
	if f.Code != ask.Interrupted || f.Record != "t5" {
		t.Errorf("got code %d and record %q", f.Code, f.Record)
	}
	if f := faultOf(context.Canceled, nil); f.Record != "" {
		t.Errorf("a question of law has the record %q", f.Record)
	}
}
