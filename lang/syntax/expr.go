package syntax

import (
	"math"
	"strconv"
	"strings"

	"casus/lang/source"
)

// ExprKind is the form of an expression.
type ExprKind uint8

// The forms of an expression.
const (
	NumberExpr ExprKind = iota
	StringExpr
	DateExpr
	NameExpr
	CallExpr   // fights(g, challenger)
	IndexExpr  // audience_cost[g]
	UnaryExpr  // not x, -x
	BinaryExpr // x and y, x + y, place within nat_area, x | y
	QuantExpr  // sum(g in responder if fights(g): strength[g])
)

// Expr is a node of an expression. Op is the operator, the called or indexed
// name, the quantifier, or the bare name; Args are its operands. A quantified
// expression has Args {set, condition or nil, body} and binds Var.
type Expr struct {
	Kind ExprKind
	Op   string
	Num  float64
	Var  Token
	Args []*Expr
	Tok  Token
}

// Pos is where the expression's own word stands.
func (e *Expr) Pos() source.Pos { return e.Tok.Pos }

// String prints the expression with the brackets it needs; of one that could not be
// read, nil, there is nothing to print.
func (e *Expr) String() string {
	if e == nil {
		return ""
	}
	var p printer
	p.print(e, 0)
	return p.b.String()
}

var infixWord = map[string]bool{"and": true, "or": true, "not": true, "in": true, "is": true, "within": true}

// binding is how tightly an infix operator holds; "not" as a prefix holds
// looser than a comparison and tighter than "and".
var binding = map[string]int{
	"|": 1, "or": 2, "and": 3,
	"=": 5, "!=": 5, "<": 5, "<=": 5, ">": 5, ">=": 5, "in": 5, "is": 5, "within": 5,
	"+": 6, "-": 6, "*": 7, "/": 7, "^": 9,
}

const (
	bindNot   = 4
	bindMinus = 8
)

// Spelled prints an expression once and gives the words of each part of it, as
// String would; they share their bytes, so that a long chain of "and" does not
// take the square of its length.
func (e *Expr) Spelled() map[*Expr]string {
	p := printer{spans: map[*Expr][2]int{}}
	p.print(e, 0)
	all, out := p.b.String(), make(map[*Expr]string, len(p.spans))
	for part, span := range p.spans {
		out[part] = all[span[0]:span[1]]
	}
	return out
}

// printer prints expressions; spans, where wanted, say where each part stands.
type printer struct {
	b     strings.Builder
	spans map[*Expr][2]int
}

// print writes an expression, in brackets where what is around it holds tighter.
func (p *printer) print(e *Expr, outer int) {
	tight := outer
	switch e.Kind {
	case UnaryExpr:
		tight = bindMinus
		if e.Op == "not" {
			tight = bindNot
		}
	case BinaryExpr:
		tight = binding[e.Op]
	}
	if tight < outer {
		p.b.WriteString("(")
		defer p.b.WriteString(")")
	}
	from := p.b.Len()
	p.bare(e)
	if p.spans != nil {
		p.spans[e] = [2]int{from, p.b.Len()}
	}
}

func (p *printer) bare(e *Expr) {
	switch e.Kind {
	case NumberExpr:
		p.b.WriteString(strconv.FormatFloat(e.Num, 'g', -1, 64))
	case StringExpr:
		p.b.WriteString(`"` + e.Op + `"`)
	case CallExpr:
		p.list(e, "(", ")")
	case IndexExpr:
		p.list(e, "[", "]")
	case UnaryExpr:
		p.unary(e)
	case BinaryExpr:
		b := binding[e.Op]
		left, right := b, b+1
		if e.Op == "^" { // a^b^c is a^(b^c)
			left, right = b+1, b
		}
		p.infix(e, left, " "+e.Op+" ", right)
	case QuantExpr:
		p.b.WriteString(e.Op + "(" + e.Var.Text + " in ")
		p.print(e.Args[0], binding["in"]+1)
		if e.Args[1] != nil {
			p.b.WriteString(" if ")
			p.print(e.Args[1], 0)
		}
		p.b.WriteString(": ")
		p.print(e.Args[2], 0)
		p.b.WriteString(")")
	default:
		p.b.WriteString(e.Op)
	}
}

func (p *printer) infix(e *Expr, left int, op string, right int) {
	p.print(e.Args[0], left)
	p.b.WriteString(op)
	p.print(e.Args[1], right)
}

func (p *printer) unary(e *Expr) {
	x := e.Args[0]
	switch {
	case e.Op == "not" && x.Kind == BinaryExpr && (x.Op == "is" || x.Op == "in"): // P is not party
		b := binding[x.Op]
		p.infix(x, b, " "+x.Op+" not ", b+1)
	case e.Op == "not":
		p.b.WriteString("not ")
		p.print(x, bindNot)
	default:
		p.b.WriteString("-")
		p.print(x, bindMinus)
	}
}

func (p *printer) list(e *Expr, open, end string) {
	p.b.WriteString(e.Op + open)
	for i, a := range e.Args {
		if i > 0 {
			p.b.WriteString(", ")
		}
		p.print(a, 0)
	}
	p.b.WriteString(end)
}

// Walk calls f on the expression and everything in it, parents first.
func (e *Expr) Walk(f func(*Expr)) {
	if e == nil {
		return
	}
	f(e)
	for _, a := range e.Args {
		a.Walk(f)
	}
}

// quantifiers take "(x in set if cond: body)".
var quantifiers = map[string]bool{"sum": true, "any": true, "every": true, "count": true, "greatest": true, "product": true}

// Expr reads an expression, or reports why there is none and returns nil.
func (c *Cursor) Expr() *Expr { return c.expr(0) }

// Value reads an expression up to a comparison, so that a following within or
// in is left to the caller.
func (c *Cursor) Value() *Expr { return c.expr(binding["within"]) }

func (c *Cursor) expr(min int) *Expr {
	if c.depth++; c.depth > maxDepth {
		c.Fail(c.Peek(), "expression is nested more than "+strconv.Itoa(maxDepth)+" deep", "split it")
		c.at = len(c.tokens)
		return nil
	}
	defer func() { c.depth-- }()
	left := c.prefix()
	for left != nil {
		op := c.Peek()
		b := binding[op.Text]
		if b == 0 || b <= min || op.Kind != Punct && op.Kind != Name {
			return left
		}
		if c.infixes++; c.infixes > maxInfixes {
			c.Fail(op, "the line has more than "+strconv.Itoa(maxInfixes)+" operators", "split it")
			c.at = len(c.tokens)
			return nil
		}
		c.at++
		left = c.infix(left, op, b)
	}
	return left
}

// maxInfixes bounds the operators between values of one statement: a chain of them
// is as deep a tree as it is long.
const maxInfixes = 10_000

func (c *Cursor) infix(left *Expr, op Token, b int) *Expr {
	negate := (op.Text == "is" || op.Text == "in") && c.Word("not")
	from := b
	if op.Text == "^" {
		from = b - 1 // a^b^c is a^(b^c)
	}
	right := c.expr(from)
	if right == nil {
		return nil
	}
	e := &Expr{Kind: BinaryExpr, Op: op.Text, Args: []*Expr{left, right}, Tok: op}
	if negate {
		return &Expr{Kind: UnaryExpr, Op: "not", Args: []*Expr{e}, Tok: op}
	}
	return e
}

func (c *Cursor) prefix() *Expr {
	t := c.Peek()
	switch {
	case t.Kind == Number:
		c.at++
		return c.number(t)
	case t.Kind == String:
		c.at++
		return &Expr{Kind: StringExpr, Op: t.Value, Tok: t}
	case t.Kind == Date:
		c.at++
		return &Expr{Kind: DateExpr, Op: t.Text, Tok: t}
	case t.Is("not"):
		c.at++
		return c.unary(t, bindNot)
	case t.Is("-"):
		c.at++
		return c.unary(t, bindMinus)
	case t.Is("("):
		c.at++
		e := c.expr(0)
		if e == nil || !c.Expect(")") {
			return nil
		}
		return e
	case t.Kind == Name && !infixWord[t.Text]:
		c.at++
		return c.named(t)
	}
	c.Fail(t, "expected a value"+c.found(), "")
	return nil
}

func (c *Cursor) unary(t Token, b int) *Expr {
	x := c.expr(b - 1)
	if x == nil {
		return nil
	}
	return &Expr{Kind: UnaryExpr, Op: t.Text, Args: []*Expr{x}, Tok: t}
}

func (c *Cursor) number(t Token) *Expr {
	v, ok := ParseNumber(t.Text)
	if !ok {
		c.Fail(t, "number "+t.Text+" is out of range", "")
		return nil
	}
	c.rounded(t, v)
	return &Expr{Kind: NumberExpr, Op: t.Text, Num: v, Tok: t}
}

// rounded warns of a number that a float64 does not hold.
func (c *Cursor) rounded(t Token, v float64) {
	if source.Lost(strings.ReplaceAll(t.Text, "_", ""), v) != "" {
		msg := "number " + t.Text + " is beyond 2^53 and is read as " + strconv.FormatFloat(v, 'f', -1, 64) + ", the nearest that 53 bits hold"
		c.problems.Add(source.Problem{Pos: t.Pos, Len: t.width(), Msg: msg, Heading: c.heading(), Warning: true})
	}
}

// ParseNumber reads a number as the language writes it: 1_000, 2.5e3, 12%.
func ParseNumber(text string) (float64, bool) {
	s, percent := strings.CutSuffix(strings.ReplaceAll(text, "_", ""), "%")
	v, err := strconv.ParseFloat(s, 64)
	if percent {
		v /= 100
	}
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}

func (c *Cursor) named(t Token) *Expr {
	switch next := c.Peek(); {
	case next.Is("(") && quantifiers[t.Text]:
		c.at++
		return c.quantified(t)
	case next.Is("("):
		c.at++
		return c.arguments(t, CallExpr, ")")
	case next.Is("["):
		c.at++
		return c.arguments(t, IndexExpr, "]")
	}
	return &Expr{Kind: NameExpr, Op: t.Text, Tok: t}
}

func (c *Cursor) arguments(t Token, k ExprKind, end string) *Expr {
	e := &Expr{Kind: k, Op: t.Text, Tok: t}
	if c.Take(end) {
		return e
	}
	for {
		a := c.expr(0)
		if a == nil {
			return nil
		}
		e.Args = append(e.Args, a)
		if c.Take(end) {
			return e
		}
		if !c.Expect(",") {
			return nil
		}
	}
}

func (c *Cursor) quantified(t Token) *Expr {
	v, ok := c.Name("a variable")
	if !ok || !c.Expect("in") {
		return nil
	}
	set := c.expr(binding["in"])
	var cond *Expr
	if set != nil && c.Word("if") {
		if cond = c.expr(0); cond == nil {
			return nil
		}
	}
	if set == nil || !c.Expect(":") {
		return nil
	}
	body := c.expr(0)
	if body == nil || !c.Expect(")") {
		return nil
	}
	return &Expr{Kind: QuantExpr, Op: t.Text, Var: v, Args: []*Expr{set, cond, body}, Tok: t}
}
