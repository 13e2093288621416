package catalog

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"casus/lang/source"
)

//go:embed start
var start embed.FS

// Start is a small working case to change, under a name of its own.
func Start(name string) []*source.File {
	text, err := start.ReadFile("start/case.txt")
	if err != nil {
		panic(err) // the embedded files are part of the program
	}
	renamed := regexp.MustCompile(`(?m)^(case +|  case +)mine\b`).ReplaceAllString(string(text), "${1}"+name)
	return []*source.File{source.New(name+".casus", []byte(renamed))}
}

// Copy is the files of a shipped case, as they are edited in a folder of one's
// own.
func Copy(name string) ([]*source.File, error) {
	entries, err := fs.ReadDir(files, path.Join("cases", name))
	if err != nil {
		return nil, source.Hint(fmt.Errorf("no shipped case is called %q", name), "there are "+strings.Join(Cases(), ", "))
	}
	var out []*source.File
	for _, e := range entries {
		text, err := files.ReadFile(path.Join("cases", name, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, source.New(e.Name(), text))
	}
	return out, nil
}
