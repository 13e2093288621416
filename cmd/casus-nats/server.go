package main

import (
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// queueFolder is where a server of ours keeps its queue, in the folder of the sweep.
const queueFolder = "nats"

// serve starts a server in this process. It syncs each write before it
// acknowledges it, which JetStream does not do by itself. Off this machine it wants
// the key of whoever comes, and speaks TLS.
func (l *lead) serve(folder string) (*server.Server, string, error) {
	host, port, err := net.SplitHostPort(l.listen)
	if err != nil {
		return nil, "", misuse{fmt.Errorf("--listen %q is no HOST:PORT", l.listen)}
	}
	number, err := strconv.Atoi(port)
	if err != nil || number < 1 || number > 65535 {
		return nil, "", misuse{fmt.Errorf("--listen %q has no port", l.listen)}
	}
	if !loopback(l.listen) && (l.link.key == "" || l.cert == "" || l.certKey == "") {
		return nil, "", misuse{errors.New("a server that others reach needs --key, --cert and --cert-key")}
	}
	o := &server.Options{ServerName: "casus", Host: host, Port: number, JetStream: true, StoreDir: filepath.Join(folder, queueFolder), SyncAlways: true,
		NoSigs: true, NoLog: true, MaxPayload: 8 << 20, DontListen: false}
	scheme := "nats"
	if l.link.key != "" {
		k, err := l.link.keys()
		if err != nil {
			return nil, "", err
		}
		public, err := k.PublicKey()
		if err != nil {
			return nil, "", err
		}
		o.Nkeys = []*server.NkeyUser{{Nkey: public}}
	}
	if l.cert != "" {
		c, err := server.GenTLSConfig(&server.TLSConfigOpts{CertFile: l.cert, KeyFile: l.certKey})
		if err != nil {
			return nil, "", err
		}
		o.TLS, o.TLSConfig, scheme = true, c, "tls"
	}
	s, err := server.NewServer(o)
	if err != nil {
		return nil, "", err
	}
	s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		s.Shutdown()
		return nil, "", fmt.Errorf("no server can be started on %s: is the port taken?", l.listen)
	}
	return s, scheme + "://" + l.listen, nil
}
