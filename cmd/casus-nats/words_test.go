package main

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// No address is shown with its name and password, wherever it stands and however it is
// written.
func TestNoPasswordIsShown(t *testing.T) {
	for address, want := range map[string]string{
		"nats://127.0.0.1:4222": "nats://127.0.0.1:4222", "nats://me:geheim@127.0.0.1:1": "nats://127.0.0.1:1", "tls://geheim@host": "tls://host",
		"me:geheim@host:4222": "host:4222", "nats://me:ge@heim@host": "nats://host", "nats://me:geheim/x@host": "nats://host", "nats://me: geheim@host": "nats://host",
	} {
		if got := named(address); got != want {
			t.Errorf("%s is shown as %s", address, got)
		}
		for _, args := range [][]string{{"worker", address, "--idle", "1ms", "--workers", "1"}, {"run", planned(t, 5, 300).Folder(), "--address", address, "--key", "no/such/key"}} {
			if address == "nats://127.0.0.1:4222" {
				continue
			}
			var log safe
			err := run(t.Context(), args, io.Discard, &log)
			if shown := plainly("%v %s", err, log.String()); err == nil || strings.Contains(shown, "geheim") || strings.Contains(shown, "heim@") {
				t.Errorf("%s of %s: %s", args[0], address, shown)
			}
		}
	}
	if got := plain(`parse "nats://me:geheim@host:x": invalid port`); strings.Contains(got, "geheim") {
		t.Error(got)
	}
}

// What the library says is said in words that tell what to do.
func TestPlain(t *testing.T) {
	for _, err := range []error{
		nats.ErrNoServers, nats.ErrTimeout, nats.ErrNoResponders, nats.ErrConnectionClosed, nats.ErrMaxPayload, nats.ErrAuthorization, nats.ErrPermissionViolation, nats.ErrBadSubject,
		jetstream.ErrJetStreamNotEnabled, jetstream.ErrJetStreamNotEnabledForAccount, jetstream.ErrNoStreamResponse, jetstream.ErrBucketNotFound,
		&jetstream.APIError{Code: 500, ErrorCode: 10047, Description: "insufficient storage resources available"},
	} {
		got := plainly("nats://h:4222: %v", fmt.Errorf("asking: %w", err))
		if rest := strings.TrimPrefix(got, "nats://h:4222: asking: "); rest == got || strings.Contains(rest, "nats: ") || strings.Contains(rest, "API error") || strings.Contains(rest, "err_code") {
			t.Errorf("%v is told as %q", err, got)
		}
	}
}
