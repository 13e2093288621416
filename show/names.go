package show

import (
	"io"
	"strings"
	"unicode/utf8"

	"casus/finding"
)

// Names writes a listing: a line for each name, folded beside it.
func Names(w io.Writer, f *finding.Listing, l Layout) error {
	t := newText(l)
	var list []finding.Titled
	for _, r := range f.Rows {
		words := r.Title
		if r.Note != "" {
			words = strings.TrimPrefix(words+" ("+r.Note+")", " ")
		}
		list = append(list, finding.Titled{Name: r.Name, Title: words})
	}
	t.titled(0, list)
	one := strings.TrimSuffix(strings.Replace(f.Of, "duties", "duty", 1), "s")
	t.para("", 0, finding.CountOf(len(f.Rows), one, f.Of))
	return t.print(w)
}

// mostNameColumn bounds the column of names; longer ones push their words further right.
const mostNameColumn = 30

// titled is a line for each name with what it stands for, in columns where there is room.
func (t *text) titled(indent int, list []finding.Titled) {
	wide := 0
	for _, x := range list {
		wide = max(wide, min(utf8.RuneCountInString(x.Name), mostNameColumn, t.width/2))
	}
	for _, x := range list {
		t.para(strings.Repeat(" ", indent)+pad(x.Name, wide)+"  ", indent+wide+2, x.Title)
	}
}

// Cases writes the cases that ship, with their options and views.
func Cases(w io.Writer, f *finding.ShippedCases, l Layout) error {
	t := newText(l)
	for _, k := range f.Cases {
		t.shippedCase(k)
	}
	t.para("", 0, finding.Count(len(f.Cases), "case")+", "+finding.Count(f.Instruments, "instrument"))
	return t.print(w)
}

func (t *text) shippedCase(k finding.ShippedCase) {
	t.para(k.Case+"  ", 2, k.Title+", as of "+k.Date)
	if k.Question != "" {
		t.para("  ", 2, k.Question)
	}
	if k.Course != "" {
		t.para("  course  ", 4, k.Course+": "+finding.CountOf(k.Entries, "entry", "entries"))
	}
	if len(k.Options) > 0 {
		t.line("  options")
		t.titled(4, k.Options)
		var views []string
		for _, v := range k.Views {
			views = append(views, v.Name)
		}
		t.para("  views  ", 4, strings.Join(views, ", "))
	}
	t.line("")
}

// Lines writes a finding that is told line by line, the names in a column of their own.
func Lines(w io.Writer, f finding.Lines, l Layout) error {
	t := newText(l)
	var named []finding.Titled
	for _, x := range f.Lines() {
		if x.Name != "" {
			named = append(named, x)
			continue
		}
		t.titled(0, named)
		named = nil
		t.para("", 2, x.Title)
	}
	t.titled(0, named)
	return t.print(w)
}
