package parquet

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// The kinds of page, by their number in the format.
const (
	pageData1      = 0
	pageIndex      = 1
	pageDictionary = 2
	pageData2      = 3
)

// header says what a page is.
type header struct {
	kind             int
	unpacked, packed int // bytes
	summed           bool
	sum              uint32
	values, nulls    int // nulls of version 2 only
	rows             int // of version 2 only
	encoding         int
	levelEncoding    int // of version 1 only
	repeats, defines int // bytes of the levels, of version 2 only
	plain            bool
	described        bool
}

func (d *compact) header() header {
	var h header
	d.fields(typeStruct, func(id int, typ byte) {
		switch id {
		case 1:
			h.kind = d.small(typ)
		case 2:
			h.unpacked = d.small(typ)
		case 3:
			h.packed = d.small(typ)
		case 4:
			h.sum, h.summed = uint32(d.small(typ)), true
		case 5:
			d.dataHeader(typ, &h, pageData1)
		case 7:
			d.dataHeader(typ, &h, pageDictionary)
		case 8:
			d.dataHeader2(typ, &h)
		default:
			d.skip(typ)
		}
	})
	return h
}

// dataHeader reads the header of a data page of version 1, or of a dictionary,
// which begins alike.
func (d *compact) dataHeader(typ byte, h *header, kind int) {
	h.described = h.kind == kind
	d.fields(typ, func(id int, typ byte) {
		switch id {
		case 1:
			h.values = d.small(typ)
		case 2:
			h.encoding = d.small(typ)
		case 3:
			if kind == pageDictionary { // whether it is sorted
				d.skip(typ)
				return
			}
			h.levelEncoding = d.small(typ)
		default:
			d.skip(typ)
		}
	})
}

func (d *compact) dataHeader2(typ byte, h *header) {
	h.described = h.kind == pageData2
	d.fields(typ, func(id int, typ byte) {
		switch id {
		case 1:
			h.values = d.small(typ)
		case 2:
			h.nulls = d.small(typ)
		case 3:
			h.rows = d.small(typ)
		case 4:
			h.encoding = d.small(typ)
		case 5:
			h.defines = d.small(typ)
		case 6:
			h.repeats = d.small(typ)
		case 7:
			h.plain = !d.bool(typ)
		default:
			d.skip(typ)
		}
	})
}

// check is the error of a header that cannot be true.
func (h *header) check(limits Limits) error {
	switch {
	case h.unpacked < 0 || h.packed < 0 || h.values < 0 || h.nulls < 0 || h.repeats < 0 || h.defines < 0:
		return errors.New("a size below zero")
	case h.unpacked > limits.Page || h.packed > limits.Page:
		return fmt.Errorf("a page of %d bytes, more than the %d that are read", max(h.unpacked, h.packed), limits.Page)
	case h.kind == pageIndex:
		return nil
	case h.kind != pageData1 && h.kind != pageDictionary && h.kind != pageData2:
		return fmt.Errorf("a page of kind %d, which is not known", h.kind)
	case !h.described:
		return errors.New("the page header lacks what belongs to its kind")
	case h.kind == pageData2 && (h.rows != h.values || h.nulls > h.values || h.repeats+h.defines > min(h.unpacked, h.packed)):
		return errors.New("the page header contradicts itself")
	}
	return nil
}

// window holds the part of a file that is being read, front to back.
type window struct {
	f        io.ReaderAt
	from, to int64  // what has not been read from the file
	b        []byte // what has been read and not been taken
}

// step is how much is read at once.
const step = 256 << 10

// ahead shows so many bytes, fewer where the window ends, and takes none.
func (w *window) ahead(n int) ([]byte, error) {
	for len(w.b) < n && w.from < w.to {
		more := min(max(int64(n-len(w.b)), step), w.to-w.from)
		was := len(w.b)
		b := append(w.b[:was:was], make([]byte, more)...)
		if _, err := w.f.ReadAt(b[was:], w.from); err != nil {
			return nil, err
		}
		w.b, w.from = b, w.from+more
	}
	return w.b[:min(n, len(w.b))], nil
}

func (w *window) take(n int) { w.b = w.b[n:] }

func (w *window) left() int64 { return int64(len(w.b)) + w.to - w.from }

// page is the next page: its header and its bytes as they stand.
func (w *window) page(limits Limits) (header, []byte, error) {
	h, err := w.header(limits)
	if err != nil {
		return h, nil, err
	}
	if err := h.check(limits); err != nil {
		return h, nil, err
	}
	if int64(h.packed) > w.left() {
		return h, nil, errShort
	}
	b, err := w.ahead(h.packed)
	if err != nil {
		return h, nil, err
	}
	w.take(h.packed)
	if h.summed && crc32.ChecksumIEEE(b) != h.sum {
		return h, nil, errors.New("its checksum is another than that of its bytes")
	}
	return h, b, nil
}

// header decodes a page header, whose length nobody says.
func (w *window) header(limits Limits) (header, error) {
	for n := 512; ; n *= 4 {
		b, err := w.ahead(min(n, limits.Page))
		if err != nil {
			return header{}, err
		}
		d := &compact{b: b}
		h := d.header()
		if errors.Is(d.err, errShort) && len(b) == n {
			continue
		}
		if d.err != nil {
			return header{}, fmt.Errorf("the page header: %w", d.err)
		}
		w.take(d.at)
		return h, nil
	}
}

// body unpacks a page; the levels of a page of version 2 are never packed.
func (h *header) body(codec int, b []byte) (levels, values []byte, err error) {
	if h.kind != pageData2 {
		values, err = unpack(codec, b, h.unpacked)
		return nil, values, err
	}
	n := h.repeats + h.defines
	levels, values = b[h.repeats:n], b[n:]
	if h.plain {
		codec = codecNone
	}
	if h.unpacked == n && len(values) <= 1 { // nothing, of which some codecs make a byte
		return levels, nil, nil
	}
	values, err = unpack(codec, values, h.unpacked-n)
	return levels, values, err
}
