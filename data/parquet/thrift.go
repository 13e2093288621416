package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// errShort says that bytes end within what they say. Of a page header more may
// follow.
var errShort = errors.New("it ends too early")

// compact reads Thrift's compact protocol. The first mistake stays; after it all
// is zero, so that it can be asked for once at the end.
type compact struct {
	b     []byte
	at    int
	depth int
	parts int // how many more may be described, see part
	err   error
}

// deepest bounds structs and lists within one another; Parquet's own go six deep.
const deepest = 32

// The types of the compact protocol.
const (
	typeTrue   = 1
	typeFalse  = 2
	typeByte   = 3
	typeI16    = 4
	typeI32    = 5
	typeI64    = 6
	typeDouble = 7
	typeBinary = 8
	typeList   = 9
	typeSet    = 10
	typeMap    = 11
	typeStruct = 12
)

func (d *compact) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

func (d *compact) byte() byte {
	if d.err != nil || d.at >= len(d.b) {
		d.fail(errShort)
		return 0
	}
	d.at++
	return d.b[d.at-1]
}

func (d *compact) uvarint() uint64 {
	if d.err != nil {
		return 0
	}
	v, n := binary.Uvarint(d.b[d.at:])
	switch {
	case n == 0:
		d.fail(errShort)
	case n < 0:
		d.fail(errors.New("a number of more than 64 bits"))
	default:
		d.at += n
	}
	return v
}

// integer is one of a field that should be one.
func (d *compact) integer(typ byte) int64 {
	switch typ {
	case typeByte:
		return int64(int8(d.byte()))
	case typeI16, typeI32, typeI64:
		v := d.uvarint()
		return int64(v>>1) ^ -int64(v&1)
	}
	d.mistyped(typ)
	return 0
}

func (d *compact) bool(typ byte) bool {
	if typ != typeTrue && typ != typeFalse {
		d.mistyped(typ)
	}
	return typ == typeTrue
}

// bytes reads a field that should be text; they are part of the input.
func (d *compact) bytes(typ byte) []byte {
	if typ != typeBinary {
		d.mistyped(typ)
		return nil
	}
	n := d.uvarint()
	if d.err != nil || n > uint64(len(d.b)-d.at) {
		d.fail(errShort)
		return nil
	}
	d.at += int(n)
	return d.b[d.at-int(n) : d.at]
}

func (d *compact) mistyped(typ byte) {
	d.fail(fmt.Errorf("a field of type %d where another belongs", typ))
}

// fields calls visit for every field of a struct; visit reads the field or skips
// it.
func (d *compact) fields(typ byte, visit func(id int, typ byte)) {
	if typ != typeStruct {
		d.mistyped(typ)
	}
	defer d.within()()
	id := 0
	for d.err == nil {
		head := d.byte()
		if head&15 == 0 {
			return
		}
		if step := int(head >> 4); step > 0 {
			id += step
		} else {
			id = int(int16(d.integer(typeI16)))
		}
		visit(id, head&15)
	}
}

// list calls visit for every element of a list. Each takes a byte at least, so
// that a list cannot claim more than its bytes hold.
func (d *compact) list(typ byte, visit func(typ byte)) {
	if typ != typeList && typ != typeSet {
		d.mistyped(typ)
		return
	}
	defer d.within()()
	head := d.byte()
	n := uint64(head >> 4)
	if n == 15 {
		n = d.uvarint()
	}
	if n > uint64(len(d.b)-d.at) {
		d.fail(errShort)
		return
	}
	for range n {
		if d.err != nil {
			return
		}
		visit(head & 15)
	}
}

func (d *compact) within() func() {
	if d.depth++; d.depth > deepest {
		d.fail(fmt.Errorf("structures within one another more than %d deep", deepest))
	}
	return func() { d.depth-- }
}

// skip passes over a field.
func (d *compact) skip(typ byte) {
	switch typ {
	case typeTrue, typeFalse:
	case typeByte, typeI16, typeI32, typeI64:
		d.integer(typ)
	case typeDouble:
		for range 8 {
			d.byte()
		}
	case typeBinary:
		d.bytes(typ)
	case typeList, typeSet:
		d.list(typ, d.skipElement)
	case typeMap:
		d.skipMap()
	case typeStruct:
		d.fields(typ, func(_ int, typ byte) { d.skip(typ) })
	default:
		d.mistyped(typ)
	}
}

// skipElement passes over an element of a list, where a boolean takes a byte.
func (d *compact) skipElement(typ byte) {
	if typ == typeTrue || typ == typeFalse {
		d.byte()
		return
	}
	d.skip(typ)
}

func (d *compact) skipMap() {
	defer d.within()()
	n := d.uvarint()
	if n == 0 {
		return
	}
	if n > uint64(len(d.b)-d.at) {
		d.fail(errShort)
	}
	types := d.byte()
	for range n {
		if d.err != nil {
			return
		}
		d.skipElement(types >> 4)
		d.skipElement(types & 15)
	}
}
