package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"casus/ask"
	"casus/crew"
	"casus/worlds/sweep"
)

// worker does blocks of whatever sweeps a server has.
type worker struct {
	link    link
	workers int
	idle    time.Duration
	say     func(format string, x ...any)

	js   jetstream.JetStream
	name string
	temp string
	last atomic.Int64 // when a block was done, in Unix nanoseconds
	did  atomic.Int64 // blocks

	mu    sync.Mutex
	known map[string]*opened // by digest
}

// opened is a sweep that was sent here.
type opened struct {
	once crew.Once
	err  error
	do   func(n int) ([]byte, error)
}

func (w *worker) run(ctx context.Context, address string) error {
	if w.workers < 1 {
		return misuse{errors.New("--workers is a number from 1 on")}
	}
	c, err := w.link.connect(ctx, address, w.idle, w.say)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	defer c.Close()
	if w.js, err = jetstream.New(c); err != nil {
		return err
	}
	if w.temp, err = os.MkdirTemp("", "casus-nats-"); err != nil {
		return err
	}
	defer os.RemoveAll(w.temp)
	host, err := os.Hostname()
	if err != nil {
		host = "worker"
	}
	w.name, w.known = fmt.Sprintf("%s/%d", host, os.Getpid()), map[string]*opened{}
	w.last.Store(time.Now().UnixNano())
	var group crew.Crew
	for range w.workers {
		group.Go(func() { w.loop(ctx) })
	}
	group.Wait()
	if err := w.link.closed(c, address); err != nil && ctx.Err() == nil {
		return err
	}
	w.say("this worker has done %d blocks and ends", w.did.Load())
	return nil
}

// loop does blocks one after another until the context ends, or nothing came for
// long enough.
func (w *worker) loop(ctx context.Context) {
	for ctx.Err() == nil && !w.js.Conn().IsClosed() {
		did, err := w.round(ctx)
		switch {
		case did > 0:
			w.last.Store(time.Now().UnixNano())
		case w.idle > 0 && time.Since(time.Unix(0, w.last.Load())) > w.idle:
			return
		default:
			sleep(ctx, waits)
		}
		if err != nil && ctx.Err() == nil && did > 0 && !over(err) {
			w.say("%v", err)
		}
	}
}

// over reports whether an error only says that a sweep is at its end, or its server
// gone: all of it is done, or will be asked for again.
func over(err error) bool {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return !slices.ContainsFunc(several.Unwrap(), func(err error) bool { return !over(err) })
	}
	return isAny(err, jetstream.ErrStreamNotFound, jetstream.ErrConsumerNotFound, jetstream.ErrConsumerDeleted, jetstream.ErrBucketNotFound, jetstream.ErrServerShutdown,
		jetstream.ErrNoHeartbeat, nats.ErrNoResponders, nats.ErrConnectionClosed, nats.ErrConnectionReconnecting, nats.ErrDisconnected)
}

// round does what each sweep on the server has for this worker, and says how many
// blocks that was.
func (w *worker) round(ctx context.Context) (int, error) {
	names, err := w.sweeps(ctx)
	n := 0
	for _, name := range names {
		some, bad := w.drain(ctx, name)
		n += some
		err = errors.Join(err, bad)
	}
	return n, err
}

func (w *worker) sweeps(ctx context.Context) ([]string, error) {
	ctx, stop := within(ctx)
	defer stop()
	var out []string
	list := w.js.StreamNames(ctx)
	for name := range list.Name() {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	return out, list.Err()
}

// drain does blocks of one sweep until none comes.
func (w *worker) drain(ctx context.Context, stream string) (int, error) {
	c, err := w.js.Consumer(ctx, stream, forWorkers)
	if err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		batch, err := c.Fetch(1, jetstream.FetchMaxWait(time.Second))
		if err != nil {
			return n, err
		}
		msg, ok := <-batch.Messages()
		if !ok || ctx.Err() != nil {
			return n, batch.Error()
		}
		if err := w.block(ctx, msg, c.CachedInfo().Config.AckWait); err != nil {
			return n, err
		}
		w.did.Add(1)
	}
}

// block does the block that a message asks for. The message is acknowledged when
// the server has the result safe; else it will be handed to another.
func (w *worker) block(ctx context.Context, msg jetstream.Msg, patience time.Duration) error {
	var t todo
	if err := json.Unmarshal(msg.Data(), &t); err != nil || len(t.Sweep) != 64 {
		w.say("refused: %d bytes that ask for no block: %.60q", len(msg.Data()), msg.Data())
		return msg.Term()
	}
	held, stop := context.WithCancel(ctx)
	defer stop()
	go func() { // long blocks are not taken for lost
		for held.Err() == nil {
			sleep(held, patience/3)
			if held.Err() == nil {
				msg.InProgress()
			}
		}
	}()
	d := done{Block: t.Block, By: w.name}
	text, stack, err := ask.Sound(func() ([]byte, error) { return w.do(ctx, t) })
	if stack != nil {
		w.say("%s", stack)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		d.Failed = err.Error()
	} else if d.SHA256 = digestOf(text); len(text) > mostInNote {
		if err := w.send(ctx, t.Sweep, d.SHA256, text); err != nil {
			return err
		}
	}
	note, err := d.note(text)
	if err != nil {
		return err
	}
	if _, err := w.js.Publish(ctx, doneOf(t.Sweep), note); err != nil {
		return err
	}
	return msg.Ack()
}

func (w *worker) do(ctx context.Context, t todo) ([]byte, error) {
	w.mu.Lock()
	x := w.known[t.Sweep]
	if x == nil {
		x = &opened{}
		w.known[t.Sweep] = x
	}
	w.mu.Unlock()
	if x.once.Do(func() { x.err = w.open(ctx, t.Sweep, x) }); x.err != nil {
		w.mu.Lock()
		if w.known[t.Sweep] == x {
			delete(w.known, t.Sweep) // tried again for the next block
		}
		w.mu.Unlock()
		return nil, x.err
	}
	return x.do(t.Block)
}

// open gets a sweep from the server.
func (w *worker) open(ctx context.Context, digest string, x *opened) error {
	o, err := w.js.ObjectStore(ctx, bucketOf(digest))
	if err != nil {
		return err
	}
	parcel, err := fetched(ctx, o, parcelName, mostParcel)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(w.temp, "sweep-")
	if err != nil {
		return err
	}
	s, err := sweep.Unpack(ctx, parcel, folder, digest)
	if err != nil {
		return err
	}
	x.do = s.Worker(ctx)
	return nil
}

// send puts the bytes of a block into the store, under their digest.
func (w *worker) send(ctx context.Context, sweep, name string, text []byte) error {
	o, err := w.js.ObjectStore(ctx, bucketOf(sweep))
	if err != nil {
		return err
	}
	_, err = o.PutBytes(ctx, name, text)
	return err
}
