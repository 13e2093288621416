package ask

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
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
