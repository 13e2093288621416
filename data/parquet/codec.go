package parquet

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// This file is the only one that knows the decompressors. Each unpacks to exactly
// the bytes a page header claims; where a codec cannot make so many of so few, the
// claim is refused before there is room for it.

// The codecs by their number in the format.
const (
	codecNone   = 0
	codecSnappy = 1
	codecGzip   = 2
	codecLZO    = 3
	codecBrotli = 4
	codecHadoop = 5 // LZ4 in Hadoop's frames, or as old writers have it without
	codecZstd   = 6
	codecLZ4    = 7
)

// unread says why a codec is not read; nil of one that is.
func unread(codec int) error {
	switch {
	case codec == codecLZO:
		return errors.New("it is packed with LZO, which is not read; write it with Zstandard or Snappy")
	case codec < codecNone || codec > codecLZ4:
		return fmt.Errorf("it is packed with codec %d, which is not known", codec)
	}
	return nil
}

// unpack makes size bytes of packed ones.
func unpack(codec int, packed []byte, size int) ([]byte, error) {
	most, ok := expansion[codec]
	if ok && size/most > len(packed) {
		return nil, fmt.Errorf("its %d bytes cannot unpack to the %d they claim", len(packed), size)
	}
	var out []byte
	var err error
	switch codec {
	case codecNone:
		out = packed
	case codecSnappy:
		out, err = unpackSnappy(packed, size)
	case codecGzip:
		var r *gzip.Reader
		if r, err = gzip.NewReader(bytes.NewReader(packed)); err == nil {
			out, err = io.ReadAll(io.LimitReader(r, int64(size)+1))
		}
	case codecBrotli:
		out, err = io.ReadAll(io.LimitReader(brotli.NewReader(bytes.NewReader(packed)), int64(size)+1))
	case codecHadoop:
		if out, err = unpackHadoop(packed, size); err != nil {
			out, err = unpackLZ4(packed, size)
		}
	case codecZstd:
		out, err = unpackZstd(packed, size)
	case codecLZ4:
		out, err = unpackLZ4(packed, size)
	}
	if err != nil || len(out) != size {
		return nil, fmt.Errorf("its %d bytes do not unpack to the %d they claim", len(packed), size)
	}
	return out, nil
}

// expansion bounds the bytes that one packed byte can become: 64 from a copy of 3
// bytes in Snappy, 255 from a byte of length in LZ4, 1,032 in Deflate, a block of
// 128 KiB from 4 bytes in Zstandard.
var expansion = map[int]int{codecNone: 1, codecSnappy: 22, codecGzip: 1032, codecHadoop: 256, codecZstd: 1 << 15, codecLZ4: 256}

func unpackSnappy(packed []byte, size int) ([]byte, error) {
	if n, err := snappy.DecodedLen(packed); err != nil || n != size {
		return nil, errShort
	}
	return snappy.Decode(make([]byte, size), packed)
}

func unpackLZ4(packed []byte, size int) ([]byte, error) {
	out := make([]byte, size)
	n, err := lz4.UncompressBlock(packed, out)
	if err != nil {
		return nil, err
	}
	return out[:n], nil
}

// unpackHadoop unpacks blocks that each begin with their two sizes.
func unpackHadoop(packed []byte, size int) ([]byte, error) {
	out := make([]byte, 0, size)
	for len(packed) > 0 {
		if len(packed) < 8 {
			return nil, errShort
		}
		whole, part := int64(binary.BigEndian.Uint32(packed)), int64(binary.BigEndian.Uint32(packed[4:]))
		packed = packed[8:]
		if part > int64(len(packed)) || whole > int64(size-len(out)) {
			return nil, errShort
		}
		n, err := lz4.UncompressBlock(packed[:part], out[len(out):len(out)+int(whole)])
		if err != nil || n != int(whole) {
			return nil, errors.Join(err, errShort)
		}
		out, packed = out[:len(out)+n], packed[part:]
	}
	return out, nil
}

// zstdDecoder is made once: it keeps tables that are costly to make.
var zstdDecoder = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecodeAllCapLimit(true))
})

func unpackZstd(packed []byte, size int) ([]byte, error) {
	d, err := zstdDecoder()
	if err != nil {
		return nil, err
	}
	return d.DecodeAll(packed, make([]byte, 0, size))
}
