package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
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

// The name of the program and of a file stay as they are.
func TestPlainLeavesNames(t *testing.T) {
	for text, want := range map[string]string{
		"casus-nats: it takes a folder":             "casus-nats: it takes a folder",
		"/home/me/nats: no sweep here":              "/home/me/nats: no sweep here",
		"casus-nats: nats://h:1: nats: bad subject": "casus-nats: nats://h:1: the server: bad subject",
		"nats: bad subject":                         "the server: bad subject",
		"my nats: no sweep here":                    "my nats: no sweep here",
	} {
		if got := plain(text); got != want {
			t.Errorf("%q is told as %q", text, got)
		}
	}
}

// Certificates that cannot be read are the user's own file, and nobody else's fault.
func TestOwnCertificates(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(bad, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		bad:                        bad + ": no certificates in PEM; name with --ca the file that run has as --cert",
		filepath.Join(dir, "none"): "open " + filepath.Join(dir, "none") + ": no such file or directory",
	} {
		err := run(t.Context(), []string{"worker", "nats://127.0.0.1:1", "--ca", file, "--idle", "1ms"}, io.Discard, io.Discard)
		if err == nil || err.Error() != want {
			t.Errorf("%v; it should say %s", err, want)
		}
	}
}
