// Package finding holds what every answer of casus has in common, so that a page,
// a program or a person can tell with what it was made and how far it can be
// trusted. It has no logic of its own.
//
//  1. A Head opens every finding: its kind, the program and the files it was made
//     with, what it is about (Basis), and what to mind (Warning).
//  2. A Number is null where it is not defined; Interval says between what it lies.
//  3. Write is the one writer of JSON. docs/findings.md documents every kind, and
//     docs/findings.schema.json is the same as a JSON Schema.
package finding

import (
	"io"
	"runtime/debug"

	"casus/terminal"
)

// Version is that of the form of every finding. Fields may be added under one
// version; none is taken away, and none changes its meaning.
const Version = 2

// Head opens every finding.
type Head struct {
	Kind     string `json:"kind"`
	Version  int    `json:"version"`
	Program  string `json:"program"`
	Files    []File `json:"files"` // that it was made from
	Basis    `json:"basis"`
	Warnings []Warning `json:"warnings"` // what to know before relying on it
}

// New is the head of a finding of this kind that was made from these files.
func New(kind string, files []File, b Basis) Head {
	if b.Options == nil {
		b.Options = []Option{}
	}
	if b.Views == nil {
		b.Views = []View{}
	}
	return Head{Kind: kind, Version: Version, Program: Program(), Files: append([]File{}, files...), Basis: b, Warnings: []Warning{}}
}

// Opening is the head of a finding, whatever its kind.
func (h *Head) Opening() *Head { return h }

// Finding is an answer that opens with a Head.
type Finding interface{ Opening() *Head }

// File is the SHA-256 of a file: of a model file that of its canonical form, in
// which layout and comments do not count.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Basis says what a finding is about. Law is nil where no law of a day was asked,
// Played where no crisis was played; their fields are then absent.
type Basis struct {
	Case    string   `json:"case"` // empty: of no case
	Title   string   `json:"title"`
	Date    string   `json:"date"` // the day asked about, 2026-02-01; empty: none
	Options []Option `json:"options"`
	Views   []View   `json:"views"`
	*Law
	*Played
}

// Law holds the facts and readings taken for given when the law was asked.
type Law struct {
	Facts    map[string]string `json:"facts"`    // fact → yes or no
	Readings map[string]string `json:"readings"` // article or question → the reading chosen
}

// Played says how a crisis was played.
type Played struct {
	Horizon  int    `json:"horizon_years"`
	Concept  string `json:"solution_concept"`
	Seed     uint64 `json:"seed"`
	Design   string `json:"design"`
	Worlds   int    `json:"worlds_per_view"` // 0: none was drawn
	Partial  bool   `json:"partial"`         // the run was stopped
	Weighted string `json:"weighted"`        // how worlds were picked by the records of the past; empty: they count alike
}

// Option is an option by name and title.
type Option struct {
	Name  string `json:"option"`
	Title string `json:"title"`
	Label string `json:"-"` // in a few words, for text
}

// View is one school of thought and the warnings that go with it.
type View struct {
	Name     string    `json:"name"`
	Title    string    `json:"title"`
	Notes    []string  `json:"notes"`
	Union    bool      `json:"union"`
	Judged   int       `json:"rest_on_judgement_alone"`
	Of       int       `json:"assumptions"`
	Warnings []Warning `json:"warnings"`

	Correlations []Correlation `json:"correlations,omitempty"` // of what the case reads
}

// Correlation is Spearman's rank correlation of two assumptions.
type Correlation struct {
	A         string   `json:"a"`
	B         string   `json:"b"`
	Rank      float64  `json:"rank_correlation"`
	Sources   []string `json:"sources,omitempty"` // neither where it is a query's
	Judgement string   `json:"judgement,omitempty"`
}

// Source is a source that a finding cites.
type Source struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Grade   string `json:"grade"`
	Status  string `json:"status"`
	Address string `json:"address"`
}

// Release is the version of a program that was released; cmd/release sets it. Empty:
// the program was built by hand.
var Release string

// Program names the build that answers.
func Program() string {
	if Release != "" {
		return "casus " + Release
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return "casus " + info.Main.Version
	}
	return "casus (development)"
}

// Write writes a finding as JSON, indented by two blanks. Equal findings have
// equal bytes; what a terminal would obey is written as an escape.
func Write(out io.Writer, f Finding) error { return terminal.JSON(out, headed(f)) }

// WriteLine is Write on one line.
func WriteLine(out io.Writer, f Finding) error { return terminal.JSONLine(out, headed(f)) }

func headed(f Finding) Finding {
	if h := f.Opening(); h.Kind == "" || h.Version != Version {
		panic("finding: a finding without a head")
	}
	return f
}
