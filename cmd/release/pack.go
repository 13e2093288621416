package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io/fs"
	"time"
)

// packed is a file in an archive.
type packed struct {
	name string // with strokes
	text []byte
	runs bool // it is a program
}

func (p packed) mode() fs.FileMode {
	if p.runs {
		return 0o755
	}
	return 0o644
}

// then is the time of every file in an archive: the first that a zip can say.
var then = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// tarball packs files under a folder, in their order.
func tarball(under string, files []packed) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	t := tar.NewWriter(z)
	for _, f := range files {
		h := &tar.Header{Name: under + "/" + f.name, Mode: int64(f.mode()), Size: int64(len(f.text)), ModTime: then, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if err := t.WriteHeader(h); err != nil {
			return nil, err
		}
		if _, err := t.Write(f.text); err != nil {
			return nil, err
		}
	}
	if err := t.Close(); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// zipped packs files under a folder, in their order; under may be empty.
func zipped(under string, files []packed) ([]byte, error) {
	if under != "" {
		under += "/"
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: under + f.name, Method: zip.Deflate, Modified: then}
		h.SetMode(f.mode())
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.text); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
