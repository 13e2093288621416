package studio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"casus/ask"
	"casus/finding"
	"casus/lang/source"
	"casus/worlds/study"
)

// mostJobs bounds the jobs that run at a time, and mostDone those that are
// remembered.
const (
	mostJobs = 2
	mostDone = 100
)

// jobs are the questions that were begun and not waited for.
type jobs struct {
	mu    sync.Mutex
	all   map[string]*job
	next  int
	going int
}

func newJobs() *jobs { return &jobs{all: map[string]*job{}} }

// job is one of them. Its news are told in order; a listener that comes late hears
// the last of them.
type job struct {
	ID      string
	command string
	stop    context.CancelFunc

	mu   sync.Mutex
	news news
	told chan struct{} // is closed at the next news
}

// news is how a job stands.
type news struct {
	Job     string `json:"job"`
	Command string `json:"command"` // that asks the same
	State   string `json:"state"`   // running, done, stopped or failed
	Done    int    `json:"done"`
	Total   int    `json:"total"` // 0: not known yet
	Said    string `json:"said"`  // the last that was said on the way
	Error   string `json:"error"`
	To      string `json:"to"`     // the address of what was found
	Record  string `json:"record"` // of a run that was stopped: where what it had done is kept
	Resume  string `json:"resume"` // the command that goes on with it
	Words   string `json:"words"`  // the same as words of a job, in JSON
}

func (j *job) tell(change func(*news)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	change(&j.news)
	close(j.told)
	j.told = make(chan struct{})
}

func (j *job) now() (news, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.news, j.told
}

// begin starts a question; its context ends with the job, not with the request.
func (s *Studio) begin(q *ask.Written) (*job, error) {
	js := s.jobs
	js.mu.Lock()
	defer js.mu.Unlock()
	if js.going >= mostJobs {
		return nil, fmt.Errorf("%d jobs are running: wait for one, or stop it", mostJobs)
	}
	ctx, stop := context.WithCancel(context.Background())
	js.next++
	js.going++
	j := &job{ID: strconv.Itoa(js.next), command: ask.CommandLine(q.Command()...), stop: stop, told: make(chan struct{})}
	j.news = news{Job: j.ID, Command: j.command, State: "running"}
	js.all[j.ID] = j
	delete(js.all, strconv.Itoa(js.next-mostDone))
	go s.work(ctx, j, q)
	return j, nil
}

func (s *Studio) work(ctx context.Context, j *job, q *ask.Written) {
	defer j.stop()
	to := ask.Told{
		Say:      func(words string) { j.tell(func(n *news) { n.Said = words }) },
		Progress: func(done, total int) { j.tell(func(n *news) { n.Done, n.Total = done, total }) },
		Problems: func(ps source.Problems) {
			if len(ps) > 0 {
				j.tell(func(n *news) { n.Said = ps.Error() })
			}
		},
	}
	var at string
	_, err := sound(func() (f finding.Finding, err error) {
		if f, err = s.answer(ctx, q, to); err == nil {
			at = s.foundAt(q, f)
		}
		return f, err
	})
	s.forget()
	s.jobs.mu.Lock()
	s.jobs.going--
	s.jobs.mu.Unlock()
	j.tell(func(n *news) {
		switch {
		case errors.Is(err, context.Canceled):
			n.State = "stopped"
			n.goOn(q, err)
		case err != nil:
			n.State, n.Error = "failed", err.Error()
		default:
			n.State, n.To = "done", at
		}
	})
}

// goOn tells of a run that was stopped where its record is, and how to go on with it.
func (n *news) goOn(q *ask.Written, err error) {
	var stopped ask.BrokenOff
	if !errors.As(err, &stopped) {
		return
	}
	words := ask.GoOn(first1(q.Words()["case"]), stopped.Folder)
	on, err := ask.PutWords("run", words)
	if err != nil {
		return
	}
	n.Record, n.Resume, n.Words = stopped.Folder, ask.CommandLine(on.Command()...), jobWords(words)
}

// jobWords are words as a job takes them: JSON.
func jobWords(words ask.Words) string {
	out := map[string]any{}
	for name, values := range words {
		out[name] = values[0]
		if values[0] == "true" {
			out[name] = true
		}
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic(err) // texts have a JSON form
	}
	return string(text)
}

// foundAt is where the answer of a job is shown.
func (s *Studio) foundAt(q *ask.Written, f finding.Finding) string {
	if ran, is := f.(*study.Ran); is && ran.Record.Found != nil {
		return s.links().to("report", ask.Words{"record": {ran.Record.Found.Folder}})
	}
	return s.links().to(q.Name(), q.Words())
}

func (js *jobs) stopAll() {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range js.all {
		j.stop()
	}
}

func (js *jobs) of(id string) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	return js.all[id]
}

// ofJobs refuses whatever is no number of a job: the name of a question knows other
// methods.
func ofJobs(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if askedAt(r) {
			otherJobs(w, r)
			return
		}
		do(w, r)
	}
}

// otherJobs refuses what an address of jobs does not know.
func otherJobs(w http.ResponseWriter, r *http.Request) {
	otherwise(map[bool]string{true: "POST", false: "GET, DELETE"}[askedAt(r)])(w, r)
}

// askedAt reports whether an address ends with the name of a question.
func askedAt(r *http.Request) bool {
	return slices.ContainsFunc(ask.Asks(), func(a ask.Ask) bool { return a.Name == path.Base(r.URL.Path) })
}

// startJob begins the question whose words are sent as JSON.
func (s *Studio) startJob(w http.ResponseWriter, r *http.Request) {
	if strings.Trim(path.Base(r.URL.Path), "0123456789") == "" { // that of a job
		otherJobs(w, r)
		return
	}
	q, err := sent(r)
	if err == nil {
		err = q.Refuse() // at once, and not once the job has begun
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	j, err := s.begin(q)
	if err != nil {
		refuse(w, http.StatusTooManyRequests, err)
		return
	}
	n, _ := j.now()
	w.Header().Set("Location", "/jobs/"+j.ID)
	reply(w, http.StatusAccepted, n)
}

// followJob tells of a job as server-sent events until it has ended.
func (s *Studio) followJob(w http.ResponseWriter, r *http.Request) {
	j := s.jobs.of(r.PathValue("id"))
	if j == nil {
		refuse(w, http.StatusNotFound, ask.Usage("there is no such job", "it may have been forgotten: ask again"))
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	for {
		n, next := j.now()
		text, err := json.Marshal(n)
		if err != nil {
			panic(err) // a struct of texts and numbers
		}
		if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", n.State, text); err != nil || out.Flush() != nil || n.State != "running" {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-next:
		}
	}
}

func (s *Studio) stopJob(w http.ResponseWriter, r *http.Request) {
	j := s.jobs.of(r.PathValue("id"))
	if j == nil {
		refuse(w, http.StatusNotFound, ask.Usage("there is no such job", ""))
		return
	}
	j.stop()
	n, _ := j.now()
	reply(w, http.StatusOK, n)
}
