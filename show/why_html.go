package show

import (
	_ "embed" // the page below
	"html/template"
	"io"
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/law/counsel"
)

//go:embed why.html
var whyHTML string

// WhyStyle sets what WhyPart writes, inside an element of the class law. It takes
// its colours from the page: --ink, --soft, --card, --line, --yes, --no, --open
// and --link.
//
//go:embed why.css
var WhyStyle string

var whyPage = template.Must(template.New("why").Funcs(template.FuncMap{"at": traceRefs, "upper": upperFirst, "words": wordsOf, "style": func() template.CSS { return template.CSS(WhyStyle) }}).Parse(whyHTML))

// wordsOf is a value of three in words that stand beside its mark.
func wordsOf(value string) string {
	return map[string]string{law.Yes.String(): "holds", law.No.String(): "does not hold", law.Unknown.String(): "not known"}[value]
}

// whyView holds what the page shows: no list in it needs a test for nil.
type whyView struct {
	Title, Question string
	Given           []string
	Presumption     string
	Options         string
	Readings        []string
	Why             *counsel.Why
	Headline        string
	Summary         []summaryRow
	Silence         string // what stands there where no article speaks of the event
	LeftOut         string
	Parts           []partView
	Sources         []finding.Source
}

// mostOpened is of how many articles of one status the reasons stand open: of more the
// answer above is the overview, and each is opened by who wants it.
const mostOpened = 6

// summaryRow is one line of the answer before its reasons.
type summaryRow struct{ Status, Class, Line string }

// partView is the answers of one status.
type partView struct {
	Status, Gloss, Class string
	Open                 bool
	Lines                []lineView
}

// lineView is a line of the answer with its reasons. Of several articles Line says
// what they have in common, and each is opened below it.
type lineView struct {
	Line   string
	Groups []groupView
}

// groupView is the answers that differ only in their debtor.
type groupView struct {
	*group
	What, Who, Reason, Direction string
	If                           []string
	Said                         []string // notes
	Traces                       []*law.Node
}

// WhyHTML writes the answers as one page with nothing outside it: what is owed
// first, each answer to be opened down to the facts it rests on.
func WhyHTML(out io.Writer, f *counsel.Why) error { return whyPage.Execute(out, (&why{Why: f}).view()) }

// WhyAnswer writes the answer before its reasons, a line for each article as the
// terminal has it, as a part of another page. Its links lead into WhyReasons.
func WhyAnswer(out io.Writer, f *counsel.Why) error {
	return whyPage.ExecuteTemplate(out, "answer", (&why{Why: f}).view())
}

// WhyReasons writes each article with its reason, as a part of another page.
func WhyReasons(out io.Writer, f *counsel.Why) error {
	return whyPage.ExecuteTemplate(out, "reasons", (&why{Why: f}).view())
}

// WhyQuestion is the event asked about, in a sentence.
func WhyQuestion(f *counsel.Why) string { return (&why{Why: f}).question() }

func (w *why) view() whyView {
	q := w.Query
	v := whyView{Question: w.question(), Given: pairs(w.Law.Facts), Presumption: w.presumption(), Options: strings.Join(names(w.Options), ", "), Readings: pairs(w.Readings), Why: w.Why}
	v.Title = upperFirst(q.Kind) + " on " + stateWords(q.On, q.OnName, "an unnamed victim") + ", " + w.Date
	v.Headline, v.Silence = w.headline(), w.silence()
	for _, l := range w.lines() {
		v.Summary = append(v.Summary, summaryRow{l[0], cssClass(l[0]), l[1]})
	}
	v.LeftOut = w.leftOutWords()
	said := map[string]bool{}
	for _, p := range parts {
		part := partView{Status: p.status, Gloss: p.gloss, Class: cssClass(p.status)}
		part.Open = p.status == "owed" || p.status == "contested" || p.status == "depends"
		groups := w.groups(p.status)
		for _, l := range w.linesOf(p.status) {
			line := lineView{}
			for _, g := range groups {
				if l.tells(g) {
					line.Groups = append(line.Groups, w.groupView(g, said))
				}
			}
			if len(l.articles) > 1 || len(line.Groups) > 1 && line.Groups[0].Creditor != line.Groups[1].Creditor {
				line.Line = l.words
			}
			part.Lines = append(part.Lines, line)
		}
		part.Open = part.Open && len(part.Lines) <= mostOpened
		if len(part.Lines) > 0 {
			v.Parts = append(v.Parts, part)
		}
	}
	v.Sources = w.sourcesOf(v.Parts)
	return v
}

// sourcesOf are the sources that what is shown rests on; those of answers that are left
// out are not among them.
func (w *why) sourcesOf(parts []partView) []finding.Source {
	cited := map[string]bool{}
	note := func(ids []string) {
		for _, id := range ids {
			cited[id] = true
		}
	}
	var walk func(*law.Node)
	walk = func(n *law.Node) {
		note(n.Sources)
		for _, c := range n.Children {
			walk(c)
		}
	}
	for _, p := range parts {
		for _, l := range p.Lines {
			for _, g := range l.Groups {
				note(g.Sources)
				for _, r := range g.Readings {
					note(r.Sources)
				}
				for _, x := range g.Practice {
					note(x.Sources)
				}
				for _, n := range g.Traces {
					walk(n)
				}
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(w.Why.Sources), func(s finding.Source) bool { return !cited[s.ID] })
}

// cssClass is the class that colours a status: a deed that is forbidden is a
// breach.
func cssClass(status string) string {
	switch status {
	case "forbidden":
		return "breached"
	case "not forbidden":
		return "not-owed"
	}
	return strings.ReplaceAll(status, " ", "-")
}

func (w *why) groupView(g *group, said map[string]bool) groupView {
	out := groupView{group: g, What: g.what(), Who: g.who(w), Reason: g.because(), Traces: []*law.Node{g.Trace}, Said: g.remarks(said)}
	for _, d := range g.LegalAnswer.Deciders {
		if len(d.Facts) > 0 {
			out.If = append(out.If, g.deciderWords(d))
		}
	}
	return out
}
