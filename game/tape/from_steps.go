package tape

import "slices"

// stretchLength is how many steps run between two looks at inputs, outputs and
// the Go scheduler, which cannot interrupt assembly.
const stretchLength = 256

// stretch is a run of code. Before it the inputs first needed in it are copied
// in, after it the outputs made in it are copied out.
type stretch struct {
	code          []int32
	loads, stores []transfer
}

// transfer is a column of the caller and the slot it is copied to or from.
type transfer struct {
	column int
	slot   int32
}

// layout is an order of the steps and a slot for every value.
type layout struct {
	order []int32
	slot  []int32 // of each value; −1 for none
	slots int
	// madeIn is the stretch that makes each value.
	madeIn []int32
	// loads lists the input values first read in each stretch.
	loads [][]value
}

// fromSteps lays the steps out in the order of creation and in the order a
// search from the outputs meets them, and keeps the one with fewer slots.
func fromSteps(f *formula, steps []step) layout {
	o := newOrdering(f, steps)
	best := place(f, steps, o.byCreation())
	if other := place(f, steps, o.fromOutputs()); other.slots < best.slots {
		return other
	}
	return best
}

// ordering puts every step after those it reads from.
type ordering struct {
	steps   []step
	outputs []value
	maker   []int32   // step of each value; −1 for constants, inputs, unstored
	waiting [][]int32 // links that read what each step writes
	order   []int32
	done    []bool
	cursor  []int32 // reads already looked at
	missing []int32 // of a link: reads not yet made
}

func newOrdering(f *formula, steps []step) *ordering {
	o := &ordering{
		steps:   steps,
		outputs: f.outputs,
		maker:   make([]int32, len(f.producer)),
		waiting: make([][]int32, len(steps)),
	}
	for v := range o.maker {
		o.maker[v] = -1
	}
	for i := range steps {
		for _, v := range steps[i].writes {
			if v != nowhere {
				o.maker[v] = int32(i)
			}
		}
	}
	for i := range steps {
		if steps[i].link {
			for _, m := range o.makers(int32(i)) {
				o.waiting[m] = append(o.waiting[m], int32(i))
			}
		}
	}
	return o
}

// makers lists the steps that step i reads from, each once.
func (o *ordering) makers(i int32) []int32 {
	var list []int32
	for _, v := range o.steps[i].reads {
		if m := o.maker[v]; m >= 0 && !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

func (o *ordering) byCreation() []int32 {
	o.reset()
	for i := range o.steps {
		o.emit(int32(i))
	}
	return o.order
}

func (o *ordering) fromOutputs() []int32 {
	o.reset()
	for _, v := range o.outputs {
		if o.maker[v] >= 0 {
			o.emit(o.maker[v])
		}
	}
	return o.order
}

func (o *ordering) reset() {
	n := len(o.steps)
	o.order, o.done = make([]int32, 0, n), make([]bool, n)
	o.cursor, o.missing = make([]int32, n), make([]int32, n)
	for _, links := range o.waiting {
		for _, i := range links {
			o.missing[i]++
		}
	}
}

// emit appends step i after all it still needs. It keeps its own stack: a long
// game is deeper than is polite for recursion.
func (o *ordering) emit(i int32) {
	stack := []int32{i}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		if need := o.nextNeed(top); need >= 0 {
			stack = append(stack, need)
			continue
		}
		stack = stack[:len(stack)-1]
		o.finish(top)
	}
}

// nextNeed is a step that step i reads from and is not done, or −1.
func (o *ordering) nextNeed(i int32) int32 {
	if o.done[i] {
		return -1
	}
	reads := o.steps[i].reads
	for ; int(o.cursor[i]) < len(reads); o.cursor[i]++ {
		if m := o.maker[reads[o.cursor[i]]]; m >= 0 && !o.done[m] {
			return m
		}
	}
	return -1
}

// finish appends step i, and then the links that only waited for it.
func (o *ordering) finish(i int32) {
	for ready := []int32{i}; len(ready) > 0; ready = ready[1:] {
		s := ready[0]
		if o.done[s] {
			continue
		}
		o.done[s] = true
		o.order = append(o.order, s)
		for _, link := range o.waiting[s] {
			if o.missing[link]--; o.missing[link] == 0 {
				ready = append(ready, link)
			}
		}
	}
}

// placing walks along an order and hands out slots. The last one freed goes
// first, being the likeliest to be in cache.
type placing struct {
	*formula
	layout
	lastRead []int32 // position of each value's last read; −1 for constants, unstored
	dying    []value // by position: the first value last read there …
	next     []value // … and after each value the next
	free     []int32
}

// place gives every value a slot for as long as it is needed. A step never
// writes where it reads, so that a kernel may go through its block in any way.
func place(f *formula, steps []step, order []int32) layout {
	p := placing{formula: f}
	p.order = order
	p.loads = make([][]value, stretches(len(order)))
	p.constants()
	p.lives(steps)
	p.deaths()
	for at := range order {
		p.step(&steps[order[at]], at)
	}
	return p.layout
}

func stretches(steps int) int { return (steps + stretchLength - 1) / stretchLength }

// constants get slots of their own, filled once and never free.
func (p *placing) constants() {
	p.slot = make([]int32, len(p.producer))
	p.madeIn = make([]int32, len(p.producer))
	for v := range p.slot {
		p.slot[v] = -1
		if p.ops[p.producer[v]].kind == kConst {
			p.slot[v] = p.take()
		}
	}
}

func (p *placing) take() int32 {
	if n := len(p.free); n > 0 {
		s := p.free[n-1]
		p.free = p.free[:n-1]
		return s
	}
	p.slots++
	return int32(p.slots - 1)
}

// lives finds where each value is read last, not before it is written. An
// output is read at the end of the stretch that makes it.
func (p *placing) lives(steps []step) {
	p.lastRead = make([]int32, len(p.producer))
	isOutput := make([]bool, len(p.producer))
	for v := range p.lastRead {
		p.lastRead[v] = -1
	}
	for _, v := range p.outputs {
		isOutput[v] = true
	}
	for at, i := range p.order {
		for _, v := range steps[i].reads {
			p.read(v, at)
		}
		for _, v := range steps[i].writes {
			switch {
			case v != nowhere && isOutput[v]:
				p.read(v, p.stretchEnd(at))
			case v != nowhere:
				p.read(v, at)
			}
		}
	}
}

// read notes a read, and for an input not read before that it must be loaded.
func (p *placing) read(v value, at int) {
	switch p.ops[p.producer[v]].kind {
	case kConst:
		return
	case kInput:
		if p.lastRead[v] < 0 {
			p.loads[at/stretchLength] = append(p.loads[at/stretchLength], v)
		}
	}
	p.lastRead[v] = max(p.lastRead[v], int32(at))
}

func (p *placing) stretchEnd(at int) int {
	return min((at/stretchLength+1)*stretchLength, len(p.order)) - 1
}

// deaths chains the values by the position of their last read.
func (p *placing) deaths() {
	p.dying = make([]value, len(p.order))
	p.next = make([]value, len(p.producer))
	for at := range p.dying {
		p.dying[at] = nowhere
	}
	for v, at := range p.lastRead {
		if at >= 0 {
			p.next[v], p.dying[at] = p.dying[at], value(v)
		}
	}
}

// step places the loads of a new stretch and what one step writes, and then
// frees what is not read after it.
func (p *placing) step(s *step, at int) {
	if at%stretchLength == 0 {
		for _, v := range p.loads[at/stretchLength] {
			p.slot[v] = p.take()
		}
	}
	for _, v := range s.writes {
		if v != nowhere {
			p.slot[v] = p.take()
			p.madeIn[v] = int32(at / stretchLength)
		}
	}
	for v := p.dying[at]; v != nowhere; v = p.next[v] {
		p.free = append(p.free, p.slot[v])
	}
}
