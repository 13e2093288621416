package ask

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casus/crew"
)

// A question that is called off has an answer at once, whatever is still at work on it.
func TestHeardAtOnce(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	at, end := make(chan bool), make(chan bool)
	go func() {
		<-at
		stop()
	}()
	_, err := heard(ctx, func() (int, error) {
		at <- true
		<-end
		return 1, nil
	})
	close(end)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if n, err := heard(t.Context(), func() (int, error) { return 2, nil }); n != 2 || err != nil {
		t.Errorf("not called off: %d, %v", n, err)
	}
	defer func() {
		if fault := fmt.Sprint(recover()); !strings.HasPrefix(fault, "a fault\n") {
			t.Errorf("a fault is one of who asked: %v", fault)
		}
	}()
	_, _ = heard(t.Context(), func() (int, error) { panic("a fault") })
}

func worker(i int) {
	if i > 0 {
		panic(fmt.Sprint("no bed ", i))
	}
}

// A fault is an error where others still ask, and what is no fault is as it was.
func TestSound(t *testing.T) {
	_, stack, err := Sound(func() (int, error) { return heard(t.Context(), func() (int, error) { panic("a fault") }) })
	if Code(err) != Broken || !IsFault(err) || !strings.Contains(err.Error(), "a fault (") || !strings.Contains(string(stack), "TestSound") {
		t.Errorf("a fault: %v, code %d, at %s", err, Code(err), stack)
	}
	_, stack, err = Sound(func() (int, error) {
		crew.All(3, func(i int) { worker(i) })
		return 0, nil
	})
	if Code(err) != Broken || !strings.Contains(err.Error(), "no bed 1 (") || !strings.Contains(string(stack), "ask.worker") {
		t.Errorf("a fault in a worker: %v, code %d, at %s", err, Code(err), stack)
	}
	if n, stack, err := Sound(func() (int, error) { return 2, nil }); n != 2 || stack != nil || err != nil {
		t.Errorf("no fault: %d, %s, %v", n, stack, err)
	}
	if _, _, err := Sound(func() (int, error) { return 0, Usage("no", "") }); Code(err) != WrongUse || IsFault(err) {
		t.Errorf("a wrong question: %v", err)
	}
}
