package ask

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"

	"casus/finding"
	"casus/game/crisis"
	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Of a question asked of the rows of a run, so many times the room of its rows is
// taken at most: the rows, and tables and orders made of them. A search for ranges
// has worlds of two seeds at once, each with an order of its own for every input.
const (
	asksOfRows = 2
	asksTwice  = 4
)

// load is what a question about worlds that are not kept as rows holds at most in
// memory, in numbers of 8 bytes: so many for each world that a view has, and so many
// however many worlds there are.
type load struct {
	ofWorld, fixed float64
	bound          string // what else than worlds makes it large: rows, or nothing
}

// extent counts what the load of a question grows with.
type extent struct{ views, options, measures, inputs float64 }

// extentOf is the extent of a case of which so many options and views are asked
// about; 0: all.
func extentOf(m *model.Model, k *model.Case, options, views int) extent {
	if options == 0 {
		options = len(k.Options)
	}
	if views == 0 {
		views = len(k.Views)
	}
	return extent{float64(views), float64(options), float64(len(k.Crisis.Measures)), float64(len(m.Uses(k)))}
}

// pair are the worlds of each school with the measure of two options, kept to the end,
// and what is made of one school's: answers, a table and a forest.
func (x extent) pair() load {
	return load{ofWorld: float64((x.views+1)*(x.inputs+float64(2*x.measures))) + float64(16*x.inputs) + 80}
}

// supposed are the worlds of one school, and all measures of two options.
func (x extent) supposed() load { return load{ofWorld: x.inputs + float64(3*x.measures) + 4} }

// elicited are the worlds of one school and one game at a time, and all measures.
func (x extent) elicited() load { return load{ofWorld: 2 * (x.inputs + x.measures)} }

// laddered are the worlds of one school and the rungs of one option, by year.
func (x extent) laddered(k *model.Case) load {
	return load{ofWorld: 2*x.inputs + float64(k.Horizon*len(crisis.Rungs(k.Crisis))+2)}
}

// sensed are the points of each method in each school, with what is asked about them,
// and of one outcome the ranks and the resamples.
func (x extent) sensed(q inquiry.SenseQuery) load {
	asked := 2 * max(float64(len(q.Measures)), 1) // with the measure of a condition
	answers := float64(x.views * x.options * asked)
	of := map[string]bool{}
	for _, method := range q.Taken() {
		of[method] = true
	}
	l := load{fixed: float64(2 * x.inputs * float64(q.Bootstrap.Resamples)), bound: "rows or resamples"}
	if of[inquiry.MethodSobol] {
		points := float64(q.Rows) * (float64(2*x.inputs) + 2)
		l.fixed += float64(answers*points) + float64(x.views*4*x.inputs*float64(q.Rows))
	}
	if of[inquiry.MethodMorris] {
		l.fixed += float64((answers + float64(x.views*x.inputs)) * float64(q.Trajectories) * (x.inputs + 1))
	}
	if of[inquiry.MethodDGSM] {
		l.ofWorld += float64(x.views*x.options*asked*x.inputs) + float64(2*x.inputs)
	}
	if of[inquiry.MethodDGSM] || of[inquiry.MethodGiven] || of[inquiry.MethodDelta] || of[inquiry.MethodRegional] {
		l.ofWorld += float64(x.views*x.inputs) + answers + float64(8*x.inputs)
	}
	return l
}

// oddsOver are the chances of links in each school of thought of the model.
func oddsOver(chances, views int) load { return load{ofWorld: float64(2*chances + views + 4)} }

// mayTake is the memory, in bytes, that worlds may take where so much was given, or
// where nobody said, 0, most of what the machine has; 0: that is not known.
func mayTake(given int64) int64 {
	if given > 0 {
		return given - LeastMemory
	}
	return machine() / 10 * 9
}

// sizeOfMemory is the error of a --memory that casus cannot be kept to.
func sizeOfMemory(n int64, named bool) error {
	return lack(named && n < LeastLimit, fmt.Sprintf("--memory is %d bytes (256MiB) or more, got %d", LeastLimit, n), "")
}

// bytes is what so many worlds take.
func (l load) bytes(worlds int) float64 { return 8 * (float64(l.ofWorld*float64(worlds)) + l.fixed) }

// afford keeps a question within memory: what does not fit is refused before any work,
// and of a large one it is said what it takes.
func (l load) afford(to Told, given int64, worlds int) error {
	may, need := mayTake(given), l.bytes(worlds)
	if may > 0 && need > float64(may) {
		fit := (float64(may) - float64(8*l.fixed)) / (8 * l.ofWorld)
		hint := fmt.Sprintf("ask for at most %d", int(fit))
		if !(fit >= 1) {
			hint = "ask for fewer " + l.bound
		}
		return tooLarge(worlds, need, may, hint)
	}
	l.keep(to, given, int64(need))
	return nil
}

// tooLarge is the error of a question of which too many worlds are asked.
func tooLarge(worlds int, need float64, may int64, hint string) error {
	return Usage(fmt.Sprintf("%s a view would take about %s of memory for this question, and %s may be used", finding.Count(worlds, "world"), study.Bytes(int64(min(need, 1<<62))), study.Bytes(may)), hint)
}

// keep tells the collector what may be taken, and who asks what will be.
func (load) keep(to Told, given, need int64) {
	if given > 0 {
		debug.SetMemoryLimit(given)
	} else if own := need/4*5 + LeastLimit; own > debug.SetMemoryLimit(-1) && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(min(own, max(machine()/10*9, LeastLimit)))
	}
	if need+LeastMemory > worthSaying {
		to.say("this question takes up to %s of memory", study.Bytes(need+LeastMemory))
	}
}

// affordRows keeps a question that is asked of the rows of a run within memory. Rows
// that do not fit lie in a file among the temporary ones, or beside the record; what is
// made of them then, so many times their room with them, must fit.
func (q *Worlds) affordRows(ctx context.Context, to Told, w *study.Work, times int64) error {
	if q.Weighted { // those picked stand beside those drawn
		times++
	}
	may, rows := mayTake(q.Memory), w.Cost().Memory
	over := (times - 1) * rows
	if may > 0 && over > may {
		return tooLarge(w.Most(), float64(times*rows), may, fmt.Sprintf("ask for at most %d, or for fewer options or views", max(int64(float64(w.Most())*float64(may)/float64(times*rows)), 1)))
	}
	folder := os.TempDir()
	if q.Keep.Record != "" {
		folder = standing(q.Keep.Record)
	}
	room := may
	if may > 0 {
		room = max(may-over, 1)
	}
	if err := w.Within(room, folder, q.Keep.Record != ""); err != nil {
		return misused(err)
	}
	need := times * rows
	if w.Spilled() {
		to.say("the worlds of this question take %s; they lie in a file in %s until it ends", w.Cost().Worlds(), folder)
		if q.Keep.Record != "" {
			to.say("with the record they take %s", w.Cost().Room())
		}
		need = over
	}
	if err := foretellRows(ctx, to, w); err != nil {
		return err
	}
	load{}.keep(to, q.Memory, need)
	return nil
}

// longQuestion is from how many worlds a view a question may be a long one: more than
// any verb takes unless told otherwise.
const longQuestion = 4 * longWorlds

// foretellRows says how long the worlds of a question will take, where that is long.
func foretellRows(ctx context.Context, to Told, w *study.Work) error {
	if w.Most() < longQuestion {
		return nil
	}
	t, err := w.Foretell(ctx)
	if err == nil && t > worthWaiting {
		to.say("its worlds alone take roughly %s", roughly(t))
	}
	return err
}
