package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
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

// guarded is the error of an address off this machine without key and TLS.
func (l *link) guarded(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return misuse{fmt.Errorf("%q is no address of a server, as in nats://HOST:4222", address)}
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
// goes.
func (l *link) connect(address string) (*nats.Conn, error) {
	if err := l.guarded(address); err != nil {
		return nil, err
	}
	options := []nats.Option{nats.Name("casus"), nats.MaxReconnects(-1), nats.ReconnectWait(waits), nats.RetryOnFailedConnect(true), nats.IgnoreDiscoveredServers(),
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
	if l.ca != "" {
		options = append(options, nats.RootCAs(l.ca))
	}
	return nats.Connect(address, options...)
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
