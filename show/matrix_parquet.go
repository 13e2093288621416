package show

import (
	"casus/law/counsel"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// MatrixParquet writes the rows as one table of the columns of MatrixRow; what they
// rest on is in the file's metadata under "notes". This is the one file of the
// package that knows Parquet.
func MatrixParquet(out io.Writer, x *counsel.Matrix) error {
	w := parquet.NewGenericWriter[counsel.MatrixRow](out, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("casus", "1", ""),
		parquet.KeyValueMetadata("notes", strings.Join(x.Notes, "; ")))
	if err := x.Each(func(rows []counsel.MatrixRow) error {
		_, err := w.Write(rows)
		return err
	}); err != nil {
		return err
	}
	return w.Close()
}
