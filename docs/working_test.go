package docs_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// setting are the files of show that place things on a page, which needs arithmetic:
// pictures, the layers of a graph, the typesetter and what fits a screen. All others
// only say what was found.
func setting(name string) bool {
	return strings.HasSuffix(name, "_picture.go") || slices.Contains([]string{"layers.go", "page.go", "answer_fit.go"}, name)
}

// mayReckon lists the functions of other files that may, and what for.
var mayReckon = map[string]string{
	"fits":              "whether the columns of a table stand beside each other",
	"set":               "how wide the shares of claims are beside their words",
	"DiscoveredPicture": "how tall a picture of several views is",
	"legend":            "where the names of views stand in a picture",
	"MatrixGraphML":     "edges of a file are numbered",
	"disputes":          "what decides for most debtors is told first",
}

// Show works nothing out: but for where it sets things it sorts nothing, picks no most
// or least, counts nothing that was found, and neither reckons with measured numbers nor
// holds them against each other. What a sentence says is asked of the finding. A function
// that makes words of a number, and knows of nothing else, may look at the number.
func TestShowWorksNothingOut(t *testing.T) {
	fset := token.NewFileSet()
	files, info := checked(t, fset, "../show")
	for _, f := range files {
		for _, at := range answered(f, info) {
			at := fset.Position(at)
			t.Errorf("%s:%d: works the answer out; be given it", filepath.Base(at.Filename), at.Line)
		}
		if setting(filepath.Base(fset.Position(f.Pos()).Filename)) {
			continue
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || mayReckon[fn.Name.Name] != "" {
				continue
			}
			for _, w := range workings(fn, info) {
				at := fset.Position(w.at)
				t.Errorf("%s:%d: %s %s; ask the finding for it", filepath.Base(at.Filename), at.Line, fn.Name.Name, w.what)
			}
		}
	}
}

// answered finds where a file has a question or a record answer, pictures and all: that
// takes long, and could not be called off.
func answered(f *ast.File, info *types.Info) []token.Pos {
	var out []token.Pos
	ast.Inspect(f, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if m, ok := info.Uses[s.Sel].(*types.Func); ok && m.Signature().Recv() != nil && strings.HasPrefix(m.Name(), "Answer") {
			out = append(out, s.Pos())
		}
		return true
	})
	return out
}

// The guard sees the kind: functions as they stood in show, each of which worked out
// what it said, and others that only say it.
func TestTheGuardSees(t *testing.T) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, filepath.Join("testdata", "working.go"), nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := newInfo()
	imports, err := exports("fmt", "math", "slices", "strings")
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", imports)}
	if _, err := conf.Check("working", fset, []*ast.File{f}, info); err != nil {
		t.Fatal(err)
	}
	if n := len(answered(f, info)); n != 1 {
		t.Errorf("%d answers are worked out", n)
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		says := strings.HasPrefix(fn.Doc.Text(), "says")
		if found := workings(fn, info); says != (len(found) == 0) {
			t.Errorf("%s: %v", fn.Name.Name, found)
		}
	}
}

func newInfo() *types.Info {
	return &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
}

// checked parses and types the files of a folder, but for tests.
func checked(t *testing.T, fset *token.FileSet, folder string) ([]*ast.File, *types.Info) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	imports, err := exports(folder)
	if err != nil {
		t.Fatal(err)
	}
	info := newInfo()
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", imports)}
	if _, err := conf.Check(folder, fset, files, info); err != nil {
		t.Fatal(err)
	}
	return files, info
}

// exports finds what packages, and all they import, have for others.
func exports(packages ...string) (importer.Lookup, error) {
	out, err := exec.Command("go", append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}, packages...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	at := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		at[path] = file
	}
	return func(path string) (io.ReadCloser, error) {
		if at[path] == "" {
			return nil, fmt.Errorf("no package %s", path)
		}
		return os.Open(at[path])
	}, nil
}

// working is a place where something is worked out.
type working struct {
	at   token.Pos
	what string
}

// workings finds where a function works something out.
func workings(fn *ast.FuncDecl, info *types.Info) []working {
	g := &guard{info: info}
	if fn.Body == nil || fn.Recv == nil && g.ofNumbers(fn.Type) {
		return nil
	}
	g.in(fn.Body, false)
	return g.found
}

type guard struct {
	info  *types.Info
	found []working
}

func (g *guard) note(at token.Pos, what string) { g.found = append(g.found, working{at, what}) }

// in looks through a part of a function; counting says that it is done for each of
// several.
func (g *guard) in(n ast.Node, each bool) {
	ast.Inspect(n, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.RangeStmt:
			if !each {
				g.in(x.Body, true)
				return false
			}
		case *ast.ForStmt: // one that goes on to a place counts nothing
			g.in(x.Body, false)
			return false
		case *ast.CallExpr:
			g.call(x)
		case *ast.BinaryExpr:
			g.binary(x)
		case *ast.IfStmt:
			g.picks(x.Cond, x.Body)
		case *ast.CaseClause:
			for _, c := range x.List {
				g.picks(c, &ast.BlockStmt{List: x.Body})
			}
		case *ast.IncDecStmt:
			if each {
				g.note(x.Pos(), "counts")
			}
		case *ast.AssignStmt:
			if each && x.Tok == token.ADD_ASSIGN && g.is(x.Lhs[0], types.IsNumeric) {
				g.note(x.Pos(), "adds up")
			}
		}
		return true
	})
}

// ofNumbers reports whether a function takes and gives numbers and words alone.
func (g *guard) ofNumbers(f *ast.FuncType) bool {
	for _, list := range []*ast.FieldList{f.Params, f.Results} {
		if list == nil {
			return false
		}
		for _, x := range list.List {
			t := x.Type
			if star, ok := t.(*ast.StarExpr); ok {
				t = star.X
			}
			if !g.is(t, types.IsNumeric|types.IsString|types.IsBoolean) {
				return false
			}
		}
	}
	return true
}

// orders are what is called to put things in order, or to pick one.
var orders = []string{"Sort", "SortFunc", "SortStableFunc", "Max", "MaxFunc", "Min", "MinFunc", "Slice", "SliceStable"}

func (g *guard) call(c *ast.CallExpr) {
	name, from := g.called(c)
	switch {
	case (from == "slices" || from == "sort") && slices.Contains(orders, name):
		g.note(c.Pos(), "puts in order")
	case from == "math" && !slices.Contains([]string{"IsNaN", "IsInf", "NaN", "Inf"}, name), strings.HasSuffix(from, "/special"):
		g.note(c.Pos(), "reckons")
	case from == "" && (name == "min" || name == "max") && slices.ContainsFunc(c.Args, func(a ast.Expr) bool { return g.is(a, types.IsFloat) }):
		g.note(c.Pos(), "picks the "+map[string]string{"min": "least", "max": "most"}[name])
	}
}

// called is the name of what is called and the package that it is from; none for what
// is built in.
func (g *guard) called(c *ast.CallExpr) (name, from string) {
	fun := c.Fun
	if i, ok := fun.(*ast.IndexExpr); ok {
		fun = i.X
	}
	switch f := fun.(type) {
	case *ast.Ident:
		if _, built := g.info.Uses[f].(*types.Builtin); built {
			return f.Name, ""
		}
	case *ast.SelectorExpr:
		if o, ok := g.info.Uses[f.Sel].(*types.Func); ok && o.Pkg() != nil {
			if sig, ok := o.Type().(*types.Signature); ok && sig.Recv() == nil {
				return o.Name(), o.Pkg().Path()
			}
		}
	}
	return "", "."
}

// binary sees numbers that are reckoned with, or held against each other or against
// a bound; that a number is above or below nothing is said of it, not worked out.
func (g *guard) binary(b *ast.BinaryExpr) {
	if !g.is(b.X, types.IsFloat) || g.info.Types[b].Value != nil {
		return
	}
	switch b.Op {
	case token.ADD, token.SUB, token.MUL, token.QUO:
		if !g.percent(b) {
			g.note(b.Pos(), "reckons")
		}
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if !g.nothing(b.X) && !g.nothing(b.Y) {
			g.note(b.Pos(), "holds numbers against each other")
		}
	}
}

// percent reports whether a share is told in percent.
func (g *guard) percent(b *ast.BinaryExpr) bool {
	v := g.info.Types[b.X].Value
	return b.Op == token.MUL && v != nil && v.ExactString() == "100"
}

func (g *guard) nothing(x ast.Expr) bool {
	v := g.info.Types[x].Value
	return v != nil && (v.ExactString() == "0" || v.ExactString() == "1")
}

// picks sees the search for a most or least: where one thing is larger than another it
// takes its place.
func (g *guard) picks(cond ast.Expr, body *ast.BlockStmt) {
	ast.Inspect(cond, func(x ast.Node) bool {
		b, ok := x.(*ast.BinaryExpr)
		if !ok || b.Op != token.LSS && b.Op != token.GTR && b.Op != token.LEQ && b.Op != token.GEQ {
			return true
		}
		if g.info.Types[b.X].Value != nil || g.info.Types[b.Y].Value != nil {
			return true
		}
		for _, side := range []ast.Expr{b.X, b.Y} {
			if root := rootOf(side); root != "" && assigned(body, root) {
				g.note(b.Pos(), "picks the most or least")
			}
		}
		return true
	})
}

// rootOf is the variable that an expression is of: most, of len(most.views).
func rootOf(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return rootOf(x.X)
	case *ast.IndexExpr:
		return rootOf(x.X)
	case *ast.StarExpr:
		return rootOf(x.X)
	case *ast.CallExpr:
		if len(x.Args) == 1 {
			return rootOf(x.Args[0])
		}
	}
	return ""
}

func assigned(body *ast.BlockStmt, name string) bool {
	for _, s := range body.List {
		if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN && slices.ContainsFunc(a.Lhs, func(x ast.Expr) bool {
			i, ok := x.(*ast.Ident)
			return ok && i.Name == name
		}) {
			return !slices.ContainsFunc(a.Rhs, func(x ast.Expr) bool { return partOf(x, name) })
		}
	}
	return false
}

// partOf reports whether something is made of itself: cut to what there is room for, or
// added to.
func partOf(x ast.Expr, name string) bool {
	own := false
	ast.Inspect(x, func(n ast.Node) bool {
		if i, ok := n.(*ast.Ident); ok && i.Name == name {
			own = true
		}
		return !own
	})
	return own
}

func (g *guard) is(x ast.Expr, kind types.BasicInfo) bool {
	t := g.info.Types[x].Type
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&kind != 0
}
