package report

import (
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Parquet writes the rows as one table of the columns of MatrixRow; what they
// rest on is in the file's metadata under "notes". This is the one file of the
// package that knows Parquet.
func (x *Matrix) Parquet(out io.Writer) error {
	w := parquet.NewGenericWriter[MatrixRow](out, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("casus", "1", ""),
		parquet.KeyValueMetadata("notes", strings.Join(x.Notes, "; ")))
	if err := x.each(func(rows []MatrixRow) error {
		_, err := w.Write(rows)
		return err
	}); err != nil {
		return err
	}
	return w.Close()
}
