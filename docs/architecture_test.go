// Package docs_test holds the documents to the code.
package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room matches a line of the page: a room, or a floor and one of its rooms.
var room = regexp.MustCompile(`^([a-z/]+)?\s+(\S+)( itself)?\s`)

// roomsOf reads the page of rooms: the folders from the top down.
func roomsOf(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, picture, _ := strings.Cut(string(text), "```\n")
	picture, _, _ = strings.Cut(picture, "```")
	var rooms []string
	floor := ""
	for line := range strings.Lines(picture) {
		m := room.FindStringSubmatch(line)
		if m == nil || m[1] == "" && strings.HasPrefix(strings.TrimSpace(line), "Below") {
			continue
		}
		if m[1] != "" {
			floor = m[1]
		}
		switch {
		case !strings.HasSuffix(floor, "/"):
			rooms = append(rooms, floor)
		case m[3] != "":
			rooms = append(rooms, path.Clean(floor))
		default:
			rooms = append(rooms, floor+m[2])
		}
	}
	return rooms
}

// files parses the code of every folder, but for tests.
func files(t *testing.T) map[string][]*ast.File {
	t.Helper()
	out := map[string][]*ast.File{}
	fset := token.NewFileSet()
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel("..", filepath.Dir(name))
		out[filepath.ToSlash(folder)] = append(out[filepath.ToSlash(folder)], f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// imported are the rooms of this program that a file imports.
func imported(f *ast.File) []string {
	var out []string
	for _, i := range f.Imports {
		if p, err := strconv.Unquote(i.Path.Value); err == nil {
			if own, ok := strings.CutPrefix(p, "casus/"); ok {
				out = append(out, own)
			}
		}
	}
	return out
}

// Every room is on the page, and imports only rooms below it.
func TestImportsRunDownThePage(t *testing.T) {
	rooms := roomsOf(t)
	all := files(t)
	for folder, fs := range all {
		at := slices.Index(rooms, folder)
		if at < 0 {
			if !strings.HasPrefix(folder, "cmd/") { // tools, which nothing imports
				t.Errorf("%s is not on the page of rooms", folder)
			}
			continue
		}
		for _, f := range fs {
			for _, to := range imported(f) {
				if slices.Index(rooms, to) <= at {
					t.Errorf("%s imports %s, which is not below it on the page", folder, to)
				}
			}
		}
	}
	for _, r := range rooms {
		if all[r] == nil {
			t.Errorf("there is no room %s", r)
		}
	}
}

// mayCall lists the functions of other rooms that show may call: words, counts with
// their nouns, and the same bits on every machine for the axes of pictures.
var mayCall = map[string][]string{
	"law/counsel":      {"Days", "InBrackets", "With"},
	"worlds/discovery": {"Key"},
	"finding":          nil, // any
	"special":          nil,
	"terminal":         nil,
}

// show sets what was found: of the rooms that compute it knows types and constants
// and calls none of their functions; and it never loads, draws or plays.
func TestShowComputesNothing(t *testing.T) {
	all := files(t)
	functions := map[string][]string{} // by room
	for folder, fs := range all {
		for _, f := range fs {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
					functions[folder] = append(functions[folder], fn.Name.Name)
				}
			}
		}
	}
	for _, f := range all["show"] {
		rooms := map[string]string{}
		for _, r := range imported(f) {
			if slices.Contains([]string{"ask", "catalog", "model", "past/history", "worlds/draw", "game", "game/tape", "law/chain", "lang/syntax", "lang/source"}, r) {
				t.Errorf("show imports %s", r)
			}
			rooms[path.Base(r)] = r
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if !ok || !slices.Contains(functions[rooms[x.Name]], s.Sel.Name) {
				return true
			}
			if allowed, some := mayCall[rooms[x.Name]]; !some || allowed != nil && !slices.Contains(allowed, s.Sel.Name) {
				t.Errorf("show calls %s.%s", rooms[x.Name], s.Sel.Name)
			}
			return true
		})
	}
}

// spoken are the files that start a goroutine of their own, each to read from or write
// to a channel that nobody waits for, or to say that work goes on; what they are given
// is answered elsewhere.
var spoken = map[string]int{"serve": 1, "studio": 3, "cmd/casus-nats": 2}

// What is worked out side by side goes through a crew, and what is worked out once for
// many: a fault on a goroutine of anybody else would end serve and the studio for all,
// and one in a sync.Once would leave the next question an empty value.
func TestWorkIsDoneByCrews(t *testing.T) {
	bare := map[string]int{}
	for folder, fs := range files(t) {
		for _, f := range fs {
			if folder == "crew" {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					bare[folder]++
				case *ast.SelectorExpr:
					if of, is := n.X.(*ast.Ident); is && (of.Name == "sync" && (n.Sel.Name == "WaitGroup" || n.Sel.Name == "Once") || of.Name == "errgroup") {
						t.Errorf("%s: %s.%s, after a fault in which the program ends or goes on with what is half made: use crew", folder, of.Name, n.Sel.Name)
					}
				}
				return true
			})
		}
	}
	if !maps.Equal(bare, spoken) {
		t.Errorf("bare go statements by room: %v, want %v: use crew, or say in this test why not", bare, spoken)
	}
}
