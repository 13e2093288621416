package tape

// CompileInTwo makes two Programs that, one after the other, compute what the one
// of Compile does, to the bit. Once holds whatever hangs on no input that changes
// often, and is run when the others are known. Again is run as often as those
// change: beside the inputs it reads the outputs of once, in columns made, made+1
// and so on.
func (b *Builder) CompileInTwo(outputs []Node, often func(column int) bool, made int) (once, again *Program) {
	whole := fromNodes(b, outputs)
	changes := whole.hangOn(often)
	first, then := newHalf(&whole), newHalf(&whole)
	then.before, then.made = first, made
	for i := range whole.ops {
		switch {
		case whole.ops[i].kind == kConst || whole.ops[i].kind == kInput: // copied where they are read
		case changes[i]:
			then.take(int32(i))
		default:
			first.take(int32(i))
		}
	}
	for _, v := range whole.outputs {
		then.outputs = append(then.outputs, then.value(v))
	}
	return compile(first.formula), compile(then.formula)
}

// hangOn tells of each operation whether it reads such an input, itself or
// through others.
func (f *formula) hangOn(input func(column int) bool) []bool {
	out := make([]bool, len(f.ops))
	for i := range f.ops {
		op := &f.ops[i]
		out[i] = op.kind == kInput && input(int(op.which))
		for _, v := range op.args {
			out[i] = out[i] || out[f.producer[v]]
		}
	}
	return out
}

// half is one of the two formulas that a whole one is divided into.
type half struct {
	formula
	whole  *formula
	at     []value // of each value of the whole, here; or nowhere
	before *half   // the half that is run first; nil for that one
	made   int     // the column of its first output
}

func newHalf(whole *formula) *half {
	h := &half{whole: whole, at: make([]value, len(whole.producer))}
	for v := range h.at {
		h.at[v] = nowhere
	}
	h.take(whole.producer[neutral])
	return h
}

// take copies an operation of the whole.
func (h *half) take(i int32) {
	op := h.whole.ops[i]
	args := make([]value, len(op.args))
	for a, v := range op.args {
		args[a] = h.value(v)
	}
	if op.kind == kInput {
		h.inputs = max(h.inputs, int(op.which)+1)
	}
	from := op.out
	op.args = args
	to := h.push(op)
	for k := range value(op.outs) {
		h.at[from+k] = to + k
	}
}

// value is where a value of the whole is here. What this half does not make it
// copies, if it is a constant or an input, or has from the half before.
func (h *half) value(v value) value {
	if h.at[v] != nowhere {
		return h.at[v]
	}
	i := h.whole.producer[v]
	if k := h.whole.ops[i].kind; k == kConst || k == kInput {
		h.take(i)
		return h.at[v]
	}
	which := h.made + len(h.before.outputs)
	h.before.outputs = append(h.before.outputs, h.before.at[v])
	h.inputs = max(h.inputs, which+1)
	h.at[v] = h.push(operation{kind: kInput, which: int32(which)})
	return h.at[v]
}
