package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// named is an address without the name and the password that it may hold: nobody's
// screen or log has them.
func named(address string) string {
	at := strings.LastIndex(address, "@")
	if at < 0 {
		return address
	}
	scheme, _, has := strings.Cut(address[:at], "://")
	if !has {
		return address[at+1:]
	}
	return scheme + "://" + address[at+1:]
}

// secret matches the name and password in an address that somebody else wrote.
var secret = regexp.MustCompile(`://\S*@`)

// said matches the beginning of a refusal of the server.
var said = regexp.MustCompile(`nats: API error: code=\d+ err_code=\d+ description=`)

// library matches the beginning of a text of the library, alone or after what was being done; the
// name of this program and paths that end so are no such text.
var library = regexp.MustCompile(`(^|: )nats: `)

// ours are words of the library, and what a user can do with.
var ours = strings.NewReplacer(
	jetstream.ErrJetStreamNotEnabled.Error(), "JetStream is off there: start the server with it (nats-server -js)",
	jetstream.ErrJetStreamNotEnabledForAccount.Error(), "JetStream is off for this account: enable it there",
	nats.ErrNoResponders.Error(), "JetStream is off there: start the server with it (nats-server -js)",
	nats.ErrNoServers.Error(), "nobody listens there",
	nats.ErrNoInfoReceived.Error(), "what listens there is no NATS server",
	nats.ErrTimeout.Error(), "no answer in time",
	"context deadline exceeded", "no answer in time",
	nats.ErrConnectionClosed.Error(), "the connection was closed",
	jetstream.ErrConnectionClosed.Error(), "the connection was closed",
	nats.ErrStaleConnection.Error(), "the server was silent for too long",
	nats.ErrDisconnected.Error(), "the server is gone",
	nats.ErrConnectionReconnecting.Error(), "the server is gone, and is looked for",
	jetstream.ErrServerShutdown.Error(), "the server was shut down",
	jetstream.ErrNoStreamResponse.Error(), "the queue is not there any more",
	nats.ErrMaxPayload.Error(), "the server takes no message so large: set max_payload to 8MB there",
	nats.ErrAuthorization.Error(), "the server does not let in",
	nats.ErrPermissionViolation.Error(), "the server does not allow this to whom it let in: allow CASUS_* and casus.> there",
	nats.ErrSecureConnWanted.Error(), "the server has no TLS",
	nats.ErrSecureConnRequired.Error(), "the server wants TLS",
)

// plain is a text as it is shown: without passwords, and in our words where a library
// speaks.
func plain(text string) string {
	text = secret.ReplaceAllString(ours.Replace(text), "://")
	return library.ReplaceAllString(said.ReplaceAllString(text, "the server answers: "), "${1}the server: ")
}

// plainly says something so.
func plainly(format string, x ...any) string { return plain(fmt.Sprintf(format, x...)) }
