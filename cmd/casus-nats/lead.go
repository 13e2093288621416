package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"casus/terminal"
	"casus/worlds/sweep"
)

// lead hands out the blocks of a sweep and puts what comes back into its folder.
type lead struct {
	link          link
	listen        string
	address       string
	cert, certKey string
	workers       int
	check         int
	patience      time.Duration // how long a worker may be silent before its block is another's
	out           io.Writer
	say           func(format string, x ...any)

	s       *sweep.Sweep
	js      jetstream.JetStream
	stream  jetstream.Stream
	store   jetstream.ObjectStore
	missing map[int]bool
	tries   map[int]int
	refused map[string]int // by worker
	taken   int
}

// mostTries is how often a block is asked for again that a worker could not do; one
// that came back unsound ten times as often, for another worker may do better.
const mostTries = 5

// distrusted is how many unsound blocks a worker may answer before nothing is taken
// from it.
const distrusted = 3

func (l *lead) run(ctx context.Context, folder string) (err error) {
	if l.s, err = sweep.Open(ctx, folder); err != nil {
		return err
	}
	var barred []error
	l.missing, l.tries, l.refused = map[int]bool{}, map[int]int{}, map[string]int{}
	wrong := sweep.Faults{}
	for _, n := range l.s.Missing(wrong) {
		if err := l.s.Barred(n); err != nil {
			barred = append(barred, err)
			continue
		}
		l.missing[n] = true
	}
	for _, line := range wrong.Lines() {
		l.say("%s", line)
	}
	start := time.Now()
	if len(l.missing) > 0 {
		if err := l.lead(ctx, folder); err != nil {
			return err
		}
	}
	if l.address == "" { // of this run, or of one that was killed
		if err := os.RemoveAll(filepath.Join(folder, queueFolder)); err != nil {
			return err
		}
	}
	if len(barred) > 0 {
		return sweep.Few(barred)
	}
	if err := l.s.Tidy(start); err != nil {
		return err
	}
	fmt.Fprintf(l.out, "%d of %d blocks done; casus sweep merge %s makes the record\n", len(l.s.Blocks), len(l.s.Blocks), terminal.Quoted(folder))
	return nil
}

// lead has the missing blocks done.
func (l *lead) lead(ctx context.Context, folder string) error {
	address := l.address
	if address == "" {
		server, own, err := l.serve(folder)
		if err != nil {
			return err
		}
		defer func() {
			server.Shutdown()
			server.WaitForShutdown()
		}()
		address, l.link.inside = own, server
		l.say("workers: casus-nats worker %s", own)
	}
	c, err := l.link.connect(ctx, address, mostSilence, l.say)
	if err != nil {
		return err
	}
	defer c.Close()
	if l.js, err = jetstream.New(c); err != nil {
		return err
	}
	if err := l.lay(ctx); err != nil {
		return fmt.Errorf("%s: %w", named(address), err)
	}
	if err := l.gathered(ctx, address); err != nil {
		return err
	}
	return l.clear(ctx)
}

// gathered takes the blocks, with workers of its own where they are wanted.
func (l *lead) gathered(ctx context.Context, address string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if l.workers > 0 {
		w := &worker{link: l.link, workers: l.workers, say: l.say}
		over := make(chan error)
		go func() { over <- w.run(ctx, address) }()
		defer func() { stop(); <-over }()
	}
	return l.gather(ctx)
}

// lay makes the queue and the store, and asks for what is missing. What an earlier
// run asked for is asked for anew; what was done for it since is kept.
func (l *lead) lay(ctx context.Context) error {
	id := l.s.Digest()
	c, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	stream, err := l.js.CreateOrUpdateStream(c, jetstream.StreamConfig{Name: streamOf(id), Subjects: []string{todoOf(id), doneOf(id)}, Retention: jetstream.WorkQueuePolicy, Storage: jetstream.FileStorage})
	if err != nil {
		return err
	}
	store, err := l.js.CreateOrUpdateObjectStore(c, jetstream.ObjectStoreConfig{Bucket: bucketOf(id), Storage: jetstream.FileStorage})
	if err != nil {
		return err
	}
	l.stream, l.store = stream, store // those of before stay where there are none yet: it is tried again
	parcel, err := l.s.Pack()
	if err != nil {
		return err
	}
	if _, err := l.store.PutBytes(c, parcelName, parcel); err != nil {
		return err
	}
	if err := l.stream.Purge(c, jetstream.WithPurgeSubject(todoOf(id))); err != nil {
		return err
	}
	for name, filter := range map[string]string{forWorkers: todoOf(id), forLead: doneOf(id)} {
		if _, err := l.stream.CreateOrUpdateConsumer(c, jetstream.ConsumerConfig{Durable: name, FilterSubject: filter, AckPolicy: jetstream.AckExplicitPolicy, AckWait: l.patience, MaxAckPending: 1 << 16}); err != nil {
			return err
		}
	}
	return l.askAll(ctx)
}

func (l *lead) ask(ctx context.Context, n int) error {
	text, err := json.Marshal(todo{l.s.Digest(), n})
	if err != nil {
		return err
	}
	c, stop := within(ctx)
	defer stop()
	_, err = l.js.Publish(c, todoOf(l.s.Digest()), text)
	return err
}

// mostSilence is how long a server may fail to answer.
const mostSilence = 30 * time.Second

// gather takes blocks until none is missing.
func (l *lead) gather(ctx context.Context) error {
	heard := time.Now()
	for len(l.missing) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := l.batch(ctx)
		if err == nil && n == 0 {
			err = l.lost(ctx)
		}
		var fatal broken
		switch {
		case l.look() == 0: // another has done the rest
		case errors.As(err, &fatal):
			return fatal.error
		case err == nil:
			heard = time.Now()
		case l.link.closed(l.js.Conn(), l.address) != nil:
			return l.link.closed(l.js.Conn(), l.address)
		case time.Since(heard) > mostSilence:
			return fmt.Errorf("the queue does not answer: %w; %d blocks are missing: %s", err, len(l.missing), l.left())
		default:
			l.anew(ctx)
			sleep(ctx, waits)
		}
	}
	return nil
}

// broken is an error that waiting does not mend.
type broken struct{ error }

// batch takes what was done, for a second, and counts it.
func (l *lead) batch(ctx context.Context) (n int, err error) {
	c, err := l.stream.Consumer(ctx, forLead)
	if err != nil {
		return 0, err
	}
	batch, err := c.Fetch(32, jetstream.FetchMaxWait(time.Second))
	if err != nil {
		return 0, err
	}
	for msg := range batch.Messages() {
		if err := l.take(ctx, msg); err != nil {
			return n, broken{err}
		}
		n++
	}
	return n, batch.Error()
}

// lost asks again for blocks of which the queue knows no more: where two hand out one
// sweep from two folders, each gets some of what the other asked for. A worker tells of
// a block before it lets go of what asked for it, so that one that is neither asked for
// nor told of, looked at in this order, was taken by another.
func (l *lead) lost(ctx context.Context) error {
	if l.look() == 0 {
		return nil
	}
	for _, name := range []string{forWorkers, forLead} {
		c, err := l.stream.Consumer(ctx, name)
		if err != nil {
			return err
		}
		if i := c.CachedInfo(); i.NumPending > 0 || i.NumAckPending > 0 {
			return nil // waiting for a worker, or with one, which may take long
		}
	}
	l.say("%d blocks were asked for and did not come back here (does another run hand out this sweep?); asked for again: %s", len(l.missing), l.left())
	return l.askAll(ctx)
}

// askAll asks for all that is missing.
func (l *lead) askAll(ctx context.Context) error {
	for n := range l.s.Blocks {
		if l.missing[n] {
			if err := l.ask(ctx, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// anew lays the queue again where another that handed out the same sweep has ended,
// and has cleared it away.
func (l *lead) anew(ctx context.Context) {
	c, stop := within(ctx)
	defer stop()
	if _, err := l.js.Stream(c, streamOf(l.s.Digest())); !errors.Is(err, jetstream.ErrStreamNotFound) {
		return
	}
	l.say("the queue of this sweep was cleared away by another run; %d blocks asked for again: %s", len(l.missing), l.left())
	if err := l.lay(ctx); err != nil {
		l.say("%v", err)
	}
}

// look finds what others have put into the folder since, and counts what is missing.
func (l *lead) look() int {
	for n := range l.missing {
		if l.s.Has(n) {
			delete(l.missing, n)
		}
	}
	return len(l.missing)
}

func (l *lead) left() string {
	var out []int
	for n := range l.s.Blocks {
		if l.missing[n] {
			out = append(out, n)
		}
	}
	return sweep.Ranges(out)
}

// take takes what a worker says it has done.
func (l *lead) take(ctx context.Context, msg jetstream.Msg) error {
	d, text, err := readNote(msg.Data())
	switch {
	case err != nil:
		l.say("refused: %d bytes that tell of no block: %.60q", len(msg.Data()), msg.Data())
		return msg.Term()
	case d.Block < 0 || d.Block >= len(l.s.Blocks):
		l.say("refused: block %d of %.60q; the blocks of this sweep are 0 to %d", d.Block, d.By, len(l.s.Blocks)-1)
		return msg.Term()
	}
	if l.missing[d.Block] && l.s.Has(d.Block) { // another took it
		delete(l.missing, d.Block)
	}
	if !l.missing[d.Block] { // handed in twice
		l.drop(ctx, d, text)
		return msg.Ack()
	}
	err = l.sound(ctx, d, text)
	var bad *sweep.Unsound
	switch {
	case err == nil:
		delete(l.missing, d.Block)
		l.drop(ctx, d, text)
	case errors.As(err, &bad):
		if err := l.again(ctx, d, bad.Err); err != nil {
			return err
		}
	default: // the disk, or the server
		return err
	}
	return msg.Ack()
}

// sound gets a block and gives it its place.
func (l *lead) sound(ctx context.Context, d done, text []byte) error {
	wrong := func(err error) error { return &sweep.Unsound{Block: d.Block, Err: err} }
	switch {
	case d.Failed != "":
		return wrong(errors.New(d.Failed))
	case l.refused[d.By] >= distrusted:
		return wrong(errors.New("of a worker from which nothing is taken any more"))
	}
	if text == nil {
		c, stop := within(ctx)
		defer stop()
		var err error
		if text, err = fetched(c, l.store, d.SHA256, mostBlock); err != nil {
			return wrong(gone{err})
		}
	}
	if digestOf(text) != d.SHA256 {
		return wrong(errors.New("not of the digest it is kept under"))
	}
	if l.taken++; l.check > 0 && l.taken%l.check == 0 {
		same, err := l.s.Same(ctx, d.Block, text)
		if err != nil {
			return wrong(err)
		}
		if !same {
			l.refused[d.By] = distrusted
			return wrong(errors.New("not what this machine makes of the same worlds"))
		}
	}
	return l.s.Put(d.Block, text)
}

// gone says that the bytes of a block could not be had.
type gone struct{ error }

// again asks for a block again that came back unsound.
func (l *lead) again(ctx context.Context, d done, why error) error {
	l.say("block %d of %.60q: %v", d.Block, d.By, why)
	if !errors.As(why, new(gone)) { // who did the same block may have had it dropped
		l.refused[d.By]++
	}
	most := mostTries
	if d.Failed == "" {
		most = 10 * mostTries
	}
	if l.tries[d.Block]++; l.tries[d.Block] >= most {
		return fmt.Errorf("block %d failed %d times, at last: %w", d.Block, l.tries[d.Block], why)
	}
	return l.ask(ctx, d.Block)
}

// drop removes a block's bytes from the store; that it has them no more is no fault.
func (l *lead) drop(ctx context.Context, d done, text []byte) {
	if d.SHA256 == "" || text != nil { // it came with the note

		return
	}
	c, stop := within(ctx)
	defer stop()
	l.store.Delete(c, d.SHA256)
}

// clear removes what stood on the server for the sweep.
func (l *lead) clear(ctx context.Context) error {
	c, stop := within(ctx)
	defer stop()
	id := l.s.Digest()
	var out error
	for _, err := range []error{l.js.DeleteObjectStore(c, bucketOf(id)), l.js.DeleteStream(c, streamOf(id))} { // in this order: who misses the stream lays both anew
		if !isAny(err, jetstream.ErrStreamNotFound, jetstream.ErrBucketNotFound) { // another has
			out = errors.Join(out, err)
		}
	}
	return out
}
