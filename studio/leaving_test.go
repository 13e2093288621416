package studio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"casus/ask"
)

// A question whose asker has left ends, whether on its way or waiting for its turn;
// one that waited is never begun. The page then answers as before.
func TestAbandonedQuestionsEnd(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	var live atomic.Int32
	page := s.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		live.Add(1)
		defer live.Add(-1)
		page.ServeHTTP(w, r)
	}))
	defer server.Close()
	for range mostWorking {
		s.working <- struct{}{}
	}
	ctx, leave := context.WithCancel(t.Context())
	const many = 60
	for i := range many {
		path := []string{"/why", "/api/why"}[i%2]
		r, err := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("%s%s?by=RUS&on=GBR&date=%d-02-01", server.URL, path, 1950+i), nil)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			if reply, err := http.DefaultClient.Do(r); err == nil {
				reply.Body.Close()
			}
		}()
	}
	until(t, "all wait", func() bool { return live.Load() == many })
	leave()
	until(t, "all have ended", func() bool { return live.Load() == 0 }) // and no place was free
	if len(s.answers.order) > 0 {
		t.Errorf("%d were answered", len(s.answers.order))
	}
	for range mostWorking {
		s.over()
	}
	if code, _ := get(t, s, "/why?by=RUS&on=GBR&date=2026-02-01"); code != http.StatusOK || len(s.working) > 0 {
		t.Errorf("then a question is answered by %d, and %d places are taken", code, len(s.working))
	}
}

// until waits for what is to come about; never is a fault.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for range 3000 {
		if so() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("it never came about that %s", what)
}

// A question is asked all the while whether anybody waits for it: it ends in the midst of
// its work, at the next article, state, trial, link or world.
func TestLongQuestionsAskWhetherAnybodyWaits(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	t.Chdir(t.TempDir())
	event := ask.Words{"case": {"ukraine"}, "by": {"RUS"}, "on": {"UKR"}, "object": {"territory"}, "at": {"kyiv"}}
	for name, words := range map[string]ask.Words{
		"why":       event,
		"why_not":   with(with(event, "article", "UA_GBR.VIII"), "size", "2"),
		"conflicts": {"between": {"AUH,SRB"}, "date": {"1914-07-28"}},
		"chains":    {"case": {"ukraine"}, "event": {"armed attack by RUS on UKR, object territory, at kyiv"}, "end": {"fights(USA, RUS)"}, "links": {"7"}, "options": {"europe"}},
		"ladder":    {"case": {"estonia"}, "options": {"as_it_stands"}, "worlds": {"16"}},
		"suppose":   {"case": {"ukraine"}, "measure": {"peace"}, "between": {"membership,monitors"}, "worlds": {"16"}, "follow": {"2"}},
	} {
		q, err := ask.PutWords(name, words)
		if err != nil {
			t.Fatal(name, err)
		}
		ctx, leave := context.WithCancel(t.Context())
		all := &leaving{Context: ctx, leave: leave}
		if _, err := q.Answer(all, ask.Told{}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		n := all.asked.Load()
		ctx, leave = context.WithCancel(t.Context())
		half := &leaving{Context: ctx, leave: leave, after: max(n/2, 1)}
		_, err = q.Answer(half, ask.Told{})
		if ended := half.asked.Load(); !errors.Is(err, context.Canceled) || n < 10 || ended > n*3/4 {
			t.Errorf("%s: it asks %d times; left at half of that, it ended after %d and says %v", name, n, ended, err)
		}
	}
}

// leaving is the context of somebody who leaves when asked so often whether he is still
// there; never, where after is 0.
type leaving struct {
	context.Context
	leave func()
	after int64
	asked atomic.Int64
}

func (l *leaving) Err() error {
	if l.asked.Add(1) == l.after {
		l.leave()
	}
	return l.Context.Err()
}

// No view is set for somebody who has left, even where its answer is at hand.
func TestViewsWatchWhoAsks(t *testing.T) {
	t.Chdir(t.TempDir())
	s := New("ukraine")
	q, err := ask.PutWords("why", ask.Words{"by": {"RUS"}, "on": {"GBR"}, "date": {"2026-02-01"}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	if _, err := s.page(ctx, viewOf("why"), q, nil, s.links()); err != nil {
		t.Fatal(err)
	}
	leave()
	if _, err := s.page(ctx, viewOf("why"), q, nil, s.links()); !errors.Is(err, context.Canceled) {
		t.Errorf("it was set: %v", err)
	}
}
