package lsp

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/lang/syntax"
	"casus/law/counsel"
	"casus/model"
	"casus/show"
)

// hover tells what is known of a word: of an article its text, who is bound and how it
// is read, and how the examples that ask for it come out.
func (r *reading) hover(t syntax.Token) string {
	if state, ok := r.Model.States.ByID(t.Text); ok {
		return fmt.Sprintf("**%s** %s", t.Text, r.Model.States.Name(state.ID, r.Model.LastText()))
	}
	n, ok := r.resolve(t)
	if !ok {
		return ""
	}
	text := r.cited(n)
	if text == "" {
		text = fmt.Sprintf("**%s** %s", n.Name, strings.TrimSpace(kindOf(n)+" "+titleOf(n)))
		if a := r.Model.Assumption(n.Name); a != nil && a.Pos == n.Token.Pos {
			text += "\n\n" + strings.Join(beliefs(a), "\n")
		}
	}
	if list := r.examples(n.Name); len(list) > 0 {
		text += "\n\nExamples:\n" + strings.Join(list, "\n")
	}
	return text
}

// beliefs are the distributions of an assumption, by view, and what each rests on.
func beliefs(a *model.Assumption) []string {
	var out []string
	for _, view := range slices.Sorted(maps.Keys(a.Dist)) {
		b := a.Dist[view]
		if b == nil { // not written to its end yet
			continue
		}
		rests := strings.Join(b.Sources, ", ")
		if b.Judgement != "" {
			rests = strings.TrimPrefix(rests+"; judgement: "+b.Judgement, "; ")
		}
		out = append(out, strings.TrimSpace("- "+strings.TrimSpace(view+" `"+b.Words+"`")+" "+rests))
	}
	return out
}

// cited quotes what `casus cite` says of a name; empty where it says nothing.
func (r *reading) cited(n model.Name) string {
	if !slices.Contains([]string{"instrument", "article", "duty", "source"}, kindOf(n)) {
		return ""
	}
	c, err := counsel.NewCitation(r.Model, []string{n.Name}, 0)
	if err != nil {
		return ""
	}
	var b bytes.Buffer
	if err := show.Citation(&b, c, show.Layout{Width: 88}); err != nil {
		return ""
	}
	return "```text\n" + strings.TrimRight(strings.ReplaceAll(b.String(), "```", "'''"), "\n") + "\n```"
}

// examples are those of the files that ask for an article, and whether they come
// out as expected.
func (r *reading) examples(address string) []string {
	var out []string
	for _, ex := range r.Model.Examples {
		if !slices.ContainsFunc(ex.Expects, func(e model.Expect) bool { return e.Address == address }) {
			continue
		}
		mark := "✓ comes out: "
		if !r.Ran {
			mark = "not run, for there are mistakes: "
		}
		for _, p := range r.Unmet {
			if p.Heading == ex.Title {
				mark = "✗ " + p.Msg + ": "
			}
		}
		if out = append(out, "- "+mark+ex.Title); len(out) == 8 {
			return append(out, "- …")
		}
	}
	return out
}
