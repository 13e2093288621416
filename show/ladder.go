package show

import (
	"fmt"
	"io"
	"strings"

	"casus/finding"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Ladder writes, for each option, the rungs of escalation with their share in each
// year: under each view the median over its worlds, and the range of nine in ten.
func Ladder(w io.Writer, r *inquiry.Ladder, l Layout) error {
	t := &ladderText{newText(l), r}
	t.para("", 0, r.Title)
	t.para("", 0, LadderWords(r))
	for _, o := range r.Options {
		t.option(o)
	}
	t.cautions(r.Head)
	return t.print(w)
}

type ladderText struct {
	*text
	*inquiry.Ladder
}

// LadderWords says what the shares are of.
func LadderWords(r *inquiry.Ladder) string {
	words := fmt.Sprintf("How often each step of escalation comes about, year by year, in the order of play: under each view the median over %s (in brackets the range of nine worlds in ten). ", finding.Count(r.Worlds, "world"))
	if !r.GoesOn {
		return words + "The game ends with its years, so that each number of years is a game of its own; all is counted from its start."
	}
	return words + "Of a step that stays (so far) it is the share of plays in which it has come about by the end of the year, of others (in the year) of those in which it comes about in the year."
}

func (t *ladderText) option(o inquiry.LadderedOption) {
	t.heading(o.Option + ": " + o.Title)
	for i, rung := range t.Rungs {
		if !o.Telling(i) {
			continue
		}
		t.line("")
		t.para("", 2, rung.Title+" ("+RungKind(t.Ladder, rung)+")")
		rows := [][]string{t.years()}
		for _, v := range o.Views {
			row := []string{"  " + v.View}
			for _, s := range v.Rungs[i] {
				row = append(row, ladderShare(s))
			}
			rows = append(rows, row)
		}
		t.grid(widest(rows), rows)
	}
	for _, words := range LadderLeft(t.Ladder, o) {
		t.line("")
		t.para("", 2, words)
	}
}

func (t *ladderText) years() []string {
	out := []string{""}
	for y := range t.Years {
		out = append(out, fmt.Sprintf("year %d", y+1))
	}
	return out
}

// RungKind says of which plays the share of a rung is.
func RungKind(r *inquiry.Ladder, rung inquiry.LadderRung) string {
	switch {
	case !r.GoesOn:
		return "from the start"
	case rung.Stays:
		return "so far"
	}
	return "in the year"
}

// LadderLeft says which rungs are not shown, and why.
func LadderLeft(r *inquiry.Ladder, o inquiry.LadderedOption) []string {
	var never, always, out []string
	for i, rung := range r.Rungs {
		switch {
		case o.Telling(i):
		case o.Always(i):
			always = append(always, rung.Title)
		default:
			never = append(never, rung.Title)
		}
	}
	if len(always) > 0 {
		out = append(out, "So from the start: "+strings.Join(always, "; ")+".")
	}
	if len(never) > 0 {
		out = append(out, "Hardly ever (a median below 0.01 % in each year under each view): "+strings.Join(never, "; ")+".")
	}
	return out
}

// ladderShare is a share of a year with its range.
func ladderShare(s inquiry.LadderShare) string {
	if s.Median == nil {
		return "–"
	}
	words := chosenShare(float64(*s.Median))
	if s.P05 == nil || s.P95 == nil {
		return words
	}
	bare := func(x study.Float) string { return strings.TrimSuffix(chosenShare(float64(x)), " %") }
	return behind(words, " (", ends(bare(*s.P05), "–", bare(*s.P95)), ")")
}

// LadderRows are the numbers of one rung as a table: a row for each view.
func LadderRows(o inquiry.LadderedOption, rung int) [][]string {
	var out [][]string
	for _, v := range o.Views {
		row := []string{v.View}
		for _, s := range v.Rungs[rung] {
			row = append(row, ladderShare(s))
		}
		out = append(out, row)
	}
	return out
}
