package ask

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"casus/lang/source"
	"casus/worlds/study"
)

// Beside is a file that an answer is to be written into, beside what is printed.
type Beside struct {
	As      string // how it was asked for, as in --picture
	Name    string
	Picture bool // else a table
}

// MayReplace is the error of files that would go over something which is no earlier
// one of their kind: what the answer is read from or printed into, by whatever name or
// link, a model file, a part of a record or sweep, or one another; and of files in the
// folder of a record, which the next run would not replace with them in it. What is not
// there may be made.
func MayReplace(files []Beside, read []string, record string) error {
	var wrong []error
	for i, f := range files {
		for _, other := range files[:i] {
			if filepath.Clean(other.Name) == filepath.Clean(f.Name) || sameFile(other.Name, f.Name) {
				wrong = append(wrong, Usage(fmt.Sprintf("%s and %s are one file", other.As, f.As), "choose two"))
			}
		}
		folder := filepath.Dir(f.Name)
		if within := study.RecordAbove(f.Name); within != "" {
			folder = within
		}
		ending := strings.ToLower(filepath.Ext(f.Name))
		switch what := f.over(read); {
		case f.Picture && slices.Contains(otherPictures, ending):
			wrong = append(wrong, Usage(fmt.Sprintf("%s writes SVG, and %s is the name of another form", f.As, f.Name), "as in "+strings.TrimSuffix(f.Name, filepath.Ext(f.Name))+".svg"))
		case record != "" && (beneath(record, f.Name) || sameFile(record, f.Name)):
			wrong = append(wrong, Usage(fmt.Sprintf("%s and --record are both to stand at %s", f.As, f.Name), "name a file beside the record"))
		case what != "":
			wrong = append(wrong, Usage(fmt.Sprintf("%s would write over %s", f.As, what), "choose another file"))
		case study.IsRecord(folder) || record != "" && (filepath.Clean(record) == folder || sameFile(record, folder)):
			wrong = append(wrong, Usage(fmt.Sprintf("%s would write into the record %s, and no run could replace that again", f.As, folder), "name a file beside it"))
		}
	}
	return Together(wrong...)
}

// otherPictures are the endings of forms in which no picture is drawn.
var otherPictures = []string{".png", ".pdf", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".eps", ".ps", ".emf", ".html"}

// over says what a file would be written over that is none of its kind.
func (f Beside) over(read []string) string {
	if slices.Contains(study.Files, filepath.Base(f.Name)) { // one that is not there yet would be taken for it
		return "a part of a record, " + f.Name
	}
	if to, err := source.Linked(f.Name); err == nil && slices.Contains(study.Files, filepath.Base(to)) {
		return "a part of a record, " + f.Name
	}
	info, err := os.Stat(f.Name)
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	at, err := filepath.EvalSymlinks(f.Name)
	if err != nil {
		at = f.Name
	}
	switch {
	case slices.ContainsFunc(read, func(name string) bool { return sameFile(name, f.Name) }):
		return "what is read, " + f.Name
	case strings.HasSuffix(at, ".casus"):
		return "the model file " + f.Name
	case slices.Contains(study.Files, filepath.Base(at)):
		return "a part of a record, " + f.Name
	case filepath.Base(at) == "sweep.json" || Exists(filepath.Join(filepath.Dir(at), "..", "sweep.json")):
		return "a part of a sweep, " + f.Name
	case printedInto(info):
		return "what is printed, " + f.Name
	case f.Picture && !isPicture(f.Name):
		return f.Name + ", which is no picture that casus drew"
	case !f.Picture && !isTable(f.Name):
		return f.Name + ", which is no table that casus wrote"
	}
	return ""
}

// printedInto reports whether a file is the one that the answer goes to.
func printedInto(file os.FileInfo) bool {
	return slices.ContainsFunc([]*os.File{os.Stdout, os.Stderr}, func(out *os.File) bool {
		info, err := out.Stat()
		return err == nil && os.SameFile(file, info)
	})
}

// beneath reports whether a name is another, or lies in the folder that it names.
func beneath(name, folder string) bool {
	at, err := filepath.Rel(folder, name)
	return err == nil && filepath.IsLocal(at)
}

// MayMake is the error of a folder that cannot be made or filled: a file stands there,
// or its name is too long, or it would lie in the folder of a record, which no run could
// replace again with it there.
func MayMake(folder string) error {
	if err := source.MayBeFolder(folder); err != nil {
		return err
	}
	if record := study.RecordAbove(folder); record != "" {
		return Usage(fmt.Sprintf("%s would stand in the record %s, and no run could replace that again", folder, record), "name a folder beside it")
	}
	return nil
}

// MayFill is MayMake of a folder that is to hold what is no record: it may not be one.
func MayFill(folder string) error {
	if err := MayMake(folder); err != nil {
		return err
	}
	return lack(study.IsRecord(folder), folder+" is a record", "name a folder beside it")
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// pictures begin every picture that casus draws.
var pictures = regexp.MustCompile(`^<svg xmlns="http://www\.w3\.org/2000/svg" width="\d+" height="\d+" viewBox="0 0 \d+ \d+" font-family="Helvetica, Arial, sans-serif" font-size="`)

// isPicture reports whether a file is a picture that casus drew, or is empty.
func isPicture(name string) bool {
	head, err := begins(name, 512)
	if err != nil {
		return true // what cannot be read is found when it is written
	}
	return len(bytes.TrimSpace(head)) == 0 || pictures.Match(head)
}

// tables begin every table that casus writes, those of rows in boxes
// and leaves; that of Parquet has its columns at its end.
var tables = []string{"year,date,debtor,debtor_cow,creditor,", `{"kind":"matrix",`, "row,line,in_box,leaf\n"}

// isTable reports whether a file is a table that casus wrote, or is empty.
func isTable(name string) bool {
	head, err := begins(name, 4096)
	if err != nil || len(head) == 0 {
		return true
	}
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		return isParquetTable(name)
	case head[0] == '<':
		return bytes.Contains(head, []byte("<graphml")) && bytes.Contains(head, []byte(`attr.name="year"`))
	}
	return slices.ContainsFunc(tables, func(t string) bool { return bytes.HasPrefix(head, []byte(t)) })
}

// isParquetTable reports whether the footer of a Parquet file begins with the columns
// of a matrix.
func isParquetTable(name string) bool {
	f, size, err := source.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	end := make([]byte, 8)
	if _, err := f.ReadAt(end, size-8); err != nil {
		return false
	}
	footer := int64(binary.LittleEndian.Uint32(end))
	columns := make([]byte, min(4096, footer))
	if _, err := f.ReadAt(columns, size-8-footer); err != nil {
		return false
	}
	return bytes.Contains(columns, []byte("debtor_cow"))
}

// begins reads the first bytes of a file, fewer where it has no more.
func begins(name string, most int) ([]byte, error) {
	f, _, err := source.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, most)
	n, _ := io.ReadFull(f, head)
	return head[:n], nil
}
