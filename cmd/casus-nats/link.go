package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"casus/worlds/sweep"
)

// link is how a server is reached.
type link struct {
	key string // file of a seed
	ca  string // file of the certificates that are believed, beside the system's

	inside nats.InProcessConnProvider // a server of this process, which is reached without network and TLS; nil: none
}

func (l *link) flags(f *flag.FlagSet) {
	f.StringVar(&l.key, "key", "", "the key that lets in, a file that casus-nats key wrote")
	f.StringVar(&l.ca, "ca", "", "certificates that are believed, PEM")
}

// keys reads the key, if one is named.
func (l *link) keys() (nkeys.KeyPair, error) {
	if l.key == "" {
		return nil, nil
	}
	text, err := os.ReadFile(l.key)
	if err != nil {
		return nil, err
	}
	k, err := nkeys.FromSeed([]byte(strings.TrimSpace(string(text))))
	if err != nil {
		return nil, fmt.Errorf("%s: not a key that casus-nats key wrote: %w", l.key, err)
	}
	return k, nil
}

// loopback reports whether an address, host and port, is of this machine alone.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// schemes begin the address of a server of NATS.
var schemes = []string{"nats", "tls", "ws", "wss"}

// guarded is the error of an address off this machine without key and TLS.
func (l *link) guarded(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || !slices.Contains(schemes, u.Scheme) {
		return misuse{fmt.Errorf("%q is no address of a server, as in nats://HOST:4222", named(address))}
	}
	host := u.Host
	if u.Port() == "" {
		host = net.JoinHostPort(u.Hostname(), "4222")
	}
	if !loopback(host) && (u.Scheme != "tls" || l.key == "") {
		return misuse{errors.New("off this machine a server is reached by tls://HOST:PORT with --key alone")}
	}
	return nil
}

// connect reaches a server, and stays with it until it is closed, however often the server
// goes. One that is not there yet is waited for so long (0: for ever), and that is
// said; one that does not let in, or is not believed, is an error.
func (l *link) connect(ctx context.Context, address string, most time.Duration, say func(format string, x ...any)) (*nats.Conn, error) {
	if l.inside != nil {
		address = nats.DefaultURL
	} else if err := l.guarded(address); err != nil {
		return nil, err
	}
	options, err := l.options()
	if err != nil {
		return nil, err
	}
	start, said := time.Now(), ""
	for {
		c, err := nats.Connect(address, options...)
		if err == nil {
			return c, nil
		}
		if err := l.shut(address, err); err != nil {
			return nil, err
		}
		if ctx.Err() != nil || most > 0 && time.Since(start) > most {
			return nil, fmt.Errorf("%s: no server answers: %w", named(address), err)
		}
		if say != nil && said != err.Error() {
			said = err.Error()
			say("%s: no server answers yet (%s); waiting", named(address), said)
		}
		sleep(ctx, waits)
	}
}

func (l *link) options() ([]nats.Option, error) {
	options := []nats.Option{nats.Name("casus"), nats.MaxReconnects(-1), nats.ReconnectWait(waits), nats.IgnoreDiscoveredServers(),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})} // what fails is told by who asked
	k, err := l.keys()
	if err != nil {
		return nil, err
	}
	if k != nil {
		public, err := k.PublicKey()
		if err != nil {
			return nil, err
		}
		options = append(options, nats.Nkey(public, k.Sign))
	}
	if l.inside != nil {
		return append(options, nats.InProcessServer(l.inside)), nil
	}
	if l.ca != "" {
		text, err := os.ReadFile(l.ca)
		if err != nil {
			return nil, err
		}
		if !x509.NewCertPool().AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s: no certificates in PEM; name with --ca the file that run has as --cert", l.ca)
		}
		options = append(options, nats.RootCAs(l.ca))
	}
	return options, nil
}

// shut is the error of a server that is there and will never be reached in this way,
// with what to do next; nil where it is worth trying again.
func (l *link) shut(address string, err error) error {
	var bad *tls.CertificateVerificationError
	password := strings.Contains(address, "@")
	address = named(address)
	switch {
	case err == nil:
	case errors.As(err, &bad) && l.ca == "":
		return fmt.Errorf("%s: its certificate is not believed: %w; name the file that run has as --cert with --ca", address, bad.Err)
	case errors.As(err, &bad):
		return fmt.Errorf("%s: its certificate is not believed by --ca %s: %w", address, l.ca, bad.Err)
	case isAny(err, nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked, nats.ErrPermissionViolation) && l.key == "" && password:
		return fmt.Errorf("%s: the server does not let in by the name and the password in its address", address)
	case isAny(err, nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked, nats.ErrPermissionViolation) && l.key == "":
		return fmt.Errorf("%s: the server lets in by a key alone: name with --key the file that casus-nats key wrote for it", address)
	case isAny(err, nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked, nats.ErrPermissionViolation):
		return fmt.Errorf("%s: the server does not let in by the key in %s: both sides need the same", address, l.key)
	case errors.Is(err, nats.ErrNkeysNotSupported):
		return fmt.Errorf("%s: the server asks for no key; on this machine leave out --key", address)
	case isAny(err, nats.ErrSecureConnWanted, nats.ErrSecureConnRequired):
		return fmt.Errorf("%s: one side wants TLS and the other has none (%w); a run with --cert is reached by tls://", address, err)
	case errors.As(err, new(tls.RecordHeaderError)), strings.HasPrefix(err.Error(), "tls: "), strings.HasPrefix(err.Error(), "x509: "), l.ca != "" && errors.Is(err, fs.ErrNotExist), strings.Contains(err.Error(), "certificate"):
		return fmt.Errorf("%s: %w", address, err)
	}
	return nil
}

func isAny(err error, any ...error) bool {
	return slices.ContainsFunc(any, func(x error) bool { return errors.Is(err, x) })
}

// closed is the error of a connection that was given up, because the server that came
// back does not let in.
func (l *link) closed(c *nats.Conn, address string) error {
	if !c.IsClosed() {
		return nil
	}
	if err := l.shut(address, c.LastError()); err != nil {
		return err
	}
	err := c.LastError()
	if err == nil {
		err = errors.New("the server has ended it")
	}
	return fmt.Errorf("%s: the connection was closed: %w", named(address), err)
}

// The names of a sweep on a server follow from its digest.
const prefix = "CASUS_"

func streamOf(digest string) string { return prefix + digest[:16] }
func bucketOf(digest string) string { return "casus-" + digest[:16] }
func todoOf(digest string) string   { return "casus." + digest[:16] + ".todo" }
func doneOf(digest string) string   { return "casus." + digest[:16] + ".done" }

// The consumers of a stream.
const (
	forWorkers = "workers"
	forLead    = "lead"
)

// parcelName is the object that holds the sweep.
const parcelName = "sweep"

// todo asks for a block.
type todo struct {
	Sweep string `json:"sweep"` // its digest
	Block int    `json:"block"`
}

// done tells of one. Its bytes follow the note, after a zero byte, where they are few;
// else they are the object of this name, which is their digest.
type done struct {
	Block  int    `json:"block"`
	SHA256 string `json:"sha256"`
	By     string `json:"by"`              // the worker
	Failed string `json:"error,omitempty"` // why there are none
}

// mostInNote bounds the bytes that come with the note: a server takes a megabyte in
// one message unless it is told otherwise.
const mostInNote = 768 << 10

// note writes down what was done, with its bytes where they are few.
func (d done) note(text []byte) ([]byte, error) {
	out, err := json.Marshal(d)
	if err != nil || len(text) == 0 || len(text) > mostInNote {
		return out, err
	}
	return append(append(out, 0), text...), nil
}

// readNote reads what note wrote; bytes is nil where there are none.
func readNote(data []byte) (d done, text []byte, err error) {
	head, text, _ := bytes.Cut(data, []byte{0})
	err = json.Unmarshal(head, &d)
	return d, text, err
}

func digestOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// mostBlock bounds the bytes of a block that are taken from a server.
const mostBlock = 1 << 30

// fetched gets an object of at most so many bytes.
func fetched(ctx context.Context, o jetstream.ObjectStore, name string, most uint64) ([]byte, error) {
	info, err := o.GetInfo(ctx, name)
	if err != nil {
		return nil, err
	}
	if info.Size > most {
		return nil, fmt.Errorf("an object of %d bytes", info.Size)
	}
	return o.GetBytes(ctx, name)
}

// within gives a server so long to answer.
func within(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, 10*time.Second)
}

// MostParcel is checked before a sweep is unpacked.
const mostParcel = sweep.MostParcel
