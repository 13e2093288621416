package ask

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casus/lang/source"
	"casus/worlds/study"
	"casus/worlds/sweep"
)

// SweepPlan asks for the folder of a run that several machines do together.
type SweepPlan struct {
	Of     Named
	Plan   study.Plan
	Out    string // the folder to be
	Worlds int    // of a block; 0: as many as suit what is kept
	Keeps  string // rows or summaries
	Given  func(name string) bool
}

// Answer writes the folder.
func (q SweepPlan) Answer(ctx context.Context, to Told) (*sweep.Sweep, error) {
	if err := q.keep(); err != nil {
		return nil, err
	}
	w := Worlds{Plan: q.Plan, Given: q.Given}
	if err := Together(w.check(),
		lack(q.Out == "", "into which folder?", "add --out FOLDER"),
		CountOf("block", q.Worlds, 1, study.MaxWorlds, ""),
	); err != nil {
		return nil, err
	}
	if err := MayFill(q.Out); err != nil {
		return nil, err
	}
	m, k, err := q.Of.crisis(to)
	if err == nil {
		err = lexiconOf(m, k).plan(&q.Plan)
	}
	if err != nil {
		return nil, err
	}
	var texts sweep.Texts
	if !Shipped(q.Of.Path) {
		if texts.Own, err = ReadOwn([]string{q.Of.Path}); err != nil {
			return nil, err
		}
		if texts.Added, err = AddedFor(texts.Own); err != nil {
			return nil, err
		}
	}
	return sweep.New(ctx, q.Out, k.Name, texts, q.Plan, q.Worlds)
}

// SweepKeeps lists what a sweep can keep of its worlds.
var SweepKeeps = []string{"rows", study.KeepsSums}

// Worlds of a block. Rows come in small ones, of which little is lost where a worker
// is; sums take as much room for many worlds as for few.
const (
	rowsOfBlock = 4096
	sumsOfBlock = 1 << 18
)

// keep settles what is kept, and blocks that suit it.
func (q *SweepPlan) keep() error {
	own := rowsOfBlock
	switch q.Keeps {
	case "rows", "":
	case study.KeepsSums:
		q.Plan.Summed, own = true, sumsOfBlock
	default:
		return Unknown("thing to keep", q.Keeps, SweepKeeps)
	}
	if q.Given == nil || !q.Given("block") {
		q.Worlds = own
	}
	return nil
}

// SweepRun asks for blocks of a sweep to be done.
type SweepRun struct {
	Folder  string
	Blocks  []int  // none: all that are missing
	Part    string // or the kth of n parts of them: 3/8
	Engine  string // one of SweepEngines
	Tasks   int    // of slurm and kubernetes
	Workers int    // of local and nats
	Address string // of nats: a server that is there
	Image   string // of kubernetes, and the volume claim with the folder
	Claim   string

	Given func(setting string) bool // nil: nothing was
}

// SweepEngines lists what can do blocks.
var SweepEngines = []string{"local", "slurm", "nats", "kubernetes"}

// Swept says what a sweep has.
type Swept struct {
	Sweep   *sweep.Sweep
	Missing []int // still
}

// Answer does the blocks that are not done.
func (q SweepRun) Answer(ctx context.Context, to Told) (*Swept, error) {
	engine, err := q.engine(to)
	if err != nil {
		return nil, err
	}
	if err := lack(len(q.Blocks) > 0 && q.Part != "", "--block and --part exclude each other", ""); err != nil {
		return nil, err
	}
	s, err := openSweep(ctx, q.Folder)
	if err != nil {
		return nil, err
	}
	blocks, err := q.blocks(s)
	if err != nil {
		return nil, err
	}
	if err := q.foretell(ctx, s, blocks, to); err != nil {
		return nil, err
	}
	if q.Engine == "slurm" && len(blocks) == 0 { // an array of jobs that find nothing to do helps nobody
		return &Swept{Sweep: s}, s.Tidy(time.Now())
	}
	start := time.Now()
	if err := engine.Run(ctx, s, blocks, to.progress); err != nil {
		if q.Engine == "local" || q.Engine == "" { // which knows what is the question's fault and what the disk's
			return nil, err
		}
		return nil, misused(err)
	}
	wrong := sweep.Faults{}
	out := &Swept{s, s.Missing(wrong)}
	for _, line := range wrong.Lines() {
		to.say("%s", line)
	}
	if len(out.Missing) == 0 { // who still writes does again what is there
		err = s.Tidy(start)
	}
	return out, err
}

// foretell says what many blocks will take of this machine before they are done.
func (q *SweepRun) foretell(ctx context.Context, s *sweep.Sweep, blocks []int, to Told) error {
	if q.Engine != "local" && q.Engine != "" {
		return nil
	}
	left := s.Left(blocks)
	if left.Worlds < longBlocks {
		return nil
	}
	t, err := s.Work().ForetellSome(ctx, left.Options, left.Worlds, q.Workers)
	if err == nil && t > worthWaiting {
		to.say("these blocks take roughly %s, and up to %s of disk in %s", roughly(t), left.Disk(), q.Folder)
	}
	return err
}

// longBlocks is from how many worlds, each counted for each option and view, blocks
// may take long.
const longBlocks = 64 * longWorlds

// engine finds the engine that was asked for, ready to do blocks.
func (q *SweepRun) engine(to Told) (sweep.Engine, error) {
	say := func(line string) { to.say("%s", line) }
	if err := q.idle(); err != nil {
		return nil, err
	}
	whole := slices.Contains(SweepEngines, q.Engine) && q.Engine != "local"
	if whole && (q.Part != "" || len(q.Blocks) > 0) {
		return nil, Usage("--engine "+q.Engine+" does all that is missing", "leave --block and --part out")
	}
	switch q.Engine {
	case "local", "":
		return sweep.Local{Workers: q.Workers}, nil
	case "slurm":
		return sweep.Slurm{Tasks: q.Tasks, Say: say}, nil
	case "nats":
		return sweep.NATS{Address: q.Address, Workers: q.Workers, Say: say}, nil
	case "kubernetes":
		return sweep.Kubernetes{Image: q.Image, Claim: q.Claim, Tasks: q.Tasks, Say: say}, nil
	}
	return nil, Unknown("engine", q.Engine, SweepEngines)
}

// heededBy names the engines that heed a setting.
var heededBy = []struct {
	setting string
	engines []string
}{
	{"tasks", []string{"slurm", "kubernetes"}}, {"workers", []string{"local", "nats"}}, {"address", []string{"nats"}},
	{"image", []string{"kubernetes"}}, {"claim", []string{"kubernetes"}},
}

// idle is the error of a setting that the engine would not heed, or that means nothing.
func (q *SweepRun) idle() error {
	engine := cmp.Or(q.Engine, "local")
	given := func(setting string) bool { return q.Given != nil && q.Given(setting) }
	if err := countOfWorkers(q.Workers, given("workers")); err != nil {
		return err
	}
	for _, h := range heededBy {
		if given(h.setting) && slices.Contains(SweepEngines, engine) && !slices.Contains(h.engines, engine) {
			return Belongs(h.setting, "engine "+strings.Join(h.engines, " and "), "leave it out, or name that engine")
		}
	}
	return nil
}

func (q *SweepRun) blocks(s *sweep.Sweep) ([]int, error) {
	switch {
	case q.Part != "":
		k, n, err := partOf(q.Part)
		if err != nil {
			return nil, err
		}
		return s.Part(k, n), nil
	case len(q.Blocks) > 0:
		return q.Blocks, nil
	}
	return s.Missing(nil), nil
}

// partOf reads 3/8.
func partOf(words string) (k, n int, err error) {
	if _, err := fmt.Sscanf(words+" ", "%d/%d ", &k, &n); err != nil || k < 1 || k > n || n > sweep.MostBlocks {
		return 0, 0, Usage(fmt.Sprintf("--part is written K/N, the Kth of N parts, got %q", words), "as in --part 3/8")
	}
	return k, n, nil
}

// SweepMerge asks for the record of a sweep whose blocks are all done.
type SweepMerge struct {
	Folder string
	Keep   Keep
}

// Answer joins the blocks and writes the record.
func (q SweepMerge) Answer(ctx context.Context, to Told) (*Ran, error) {
	s, err := openSweep(ctx, q.Folder)
	if err != nil {
		return nil, err
	}
	if s.Keep != "" {
		return q.sums(ctx, s, to)
	}
	w, err := s.Merge(ctx)
	if err != nil {
		return nil, lacking(q.Folder, err)
	}
	folder, err := q.Keep.place(w, s.Case, to)
	if err != nil {
		return nil, err
	}
	out := &Ran{Folder: folder}
	out.Record, out.Lost, err = finish(ctx, to, w, folder, false)
	return out, err
}

// sums joins blocks that keep sums.
func (q *SweepMerge) sums(ctx context.Context, s *sweep.Sweep, to Told) (*Ran, error) {
	folder, err := q.Keep.place(s.Work(), s.Case, to)
	if err != nil {
		return nil, err
	}
	r, err := s.MergeSums(ctx)
	if err != nil {
		return nil, lacking(q.Folder, err)
	}
	if err := s.Work().Hold(folder); err != nil {
		return nil, fmt.Errorf("no record can be written: %w", err)
	}
	if taken, err := q.Keep.taken(s.Work(), folder); err != nil || taken != "" { // since it was looked at
		return nil, errors.Join(err, lack(taken != "", folder+" holds "+taken+" by now", "merge again"), s.Work().Forget())
	}
	out := &Ran{Folder: folder, Record: r}
	err = r.WriteWithin(ctx, folder)
	if errors.Is(err, context.Canceled) {
		return nil, errors.Join(err, s.Work().Forget())
	}
	if err != nil {
		out.Lost = elsewhere(r, folder, err)
	}
	return out, s.Work().Release()
}

// lacking says how to do what is missing.
func lacking(folder string, err error) error {
	var x *sweep.Incomplete
	if !errors.As(err, &x) {
		return err
	}
	return source.Hint(err, CommandLine("sweep", "run", filepath.ToSlash(folder))+" does them")
}

// openSweep opens the folder of a sweep.
func openSweep(ctx context.Context, folder string) (*sweep.Sweep, error) {
	if folder == "" {
		return nil, Usage("which sweep?", "the folder that plan made")
	}
	return sweep.Open(ctx, folder)
}
