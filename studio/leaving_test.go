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
