package ask

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casus/finding"
	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// A lexicon holds the names of what a question may speak of, each with what people call it.
type lexicon struct{ options, views, measures kind }

// kind lists things of one kind by name, with their title and label.
type kind struct {
	what   string
	names  []finding.Name // Note is the label
	screen []string       // measures: those that the first screen leads with
	say    func(string, ...any)
}

// heard is the lexicon of who is told where a word of the first screen stands for another
// measure than the one of that name.
func (s lexicon) heard(to Told) lexicon {
	s.measures.say = to.say
	return s
}

// lexiconOf lists the options, views and measures of a case.
func lexiconOf(m *model.Model, k *model.Case) lexicon {
	s := lexicon{kind{what: "option", names: optionsListed(m, k)}, kind{what: "view"}, kind{what: "measure"}}
	for _, v := range k.Views {
		s.views.names = append(s.views.names, listed(v.Name, v.Title, ""))
	}
	if k.Crisis != nil {
		s.measures = measuresOf(study.Measures(m, k))
	}
	return s
}

// lexiconIn lists those that a record holds.
func lexiconIn(r *study.Record) lexicon {
	s := lexicon{kind{what: "option"}, kind{what: "view"}, measuresOf(r.Measures)}
	for _, x := range r.Results {
		s.options.names = append(s.options.names, listed(x.Option, x.Title, r.Label(x.Option)))
	}
	for _, v := range r.Views {
		s.views.names = append(s.views.names, listed(v.Name, v.Title, ""))
	}
	return s
}

func measuresOf(ms []study.Measure) kind {
	return kind{
		what:   "measure",
		names:  rows(ms, func(m study.Measure) finding.Name { return listed(m.Name, m.Title, m.Headline) }),
		screen: study.Leads(ms),
	}
}

// named turns a word into the name it stands for. The word may be a name, a label or a
// title, in capitals or not, or the beginning of just one name or label, or of just one title. Of two measures
// with one label it is the one that the first screen shows. "Deterrence theory" and "the
// school of deterrence" are the view deterrence. A word that means nothing is left as it
// is, for whoever knows what there is; the error of one that may mean several names them.
func (k kind) named(word string) (string, error) {
	if slices.ContainsFunc(k.names, func(n finding.Name) bool { return n.Name == word }) {
		k.tellApart(word)
		return word, nil
	}
	w := plainly(word)
	if k.what == "view" {
		w = cmp.Or(strings.TrimSpace(aboutSchools.ReplaceAllString(w, "")), w)
	}
	if w == "" {
		return word, nil
	}
	is := func(s string) bool { return plainly(s) == w }
	begins := func(s string) bool { return len(w) > 1 && strings.HasPrefix(plainly(s), w) }
	for _, fits := range []func(finding.Name) bool{
		func(n finding.Name) bool { return is(n.Name) },
		func(n finding.Name) bool { return is(n.Title) || is(n.Note) },
		func(n finding.Name) bool { return begins(n.Name) || begins(n.Note) },
		func(n finding.Name) bool { return begins(n.Title) },
	} {
		meant := slices.DeleteFunc(slices.Clone(k.names), func(n finding.Name) bool { return !fits(n) })
		switch len(meant) {
		case 0:
			continue
		case 1:
			if is(meant[0].Name) {
				k.tellApart(meant[0].Name)
			}
			return meant[0].Name, nil
		}
		if name := k.shown(meant); name != "" {
			return name, nil
		}
		return "", Usage(fmt.Sprintf("%s %q may be %s: say which", k.what, word, orOf(meant)), "")
	}
	return word, nil
}

// tellApart says of a name what it stands for, where the first screen has it over another
// measure.
func (k kind) tellApart(name string) {
	if k.say == nil || slices.Contains(k.screen, name) {
		return
	}
	shown := slices.IndexFunc(k.names, func(n finding.Name) bool {
		return slices.Contains(k.screen, n.Name) && plainly(n.Note) == plainly(name)
	})
	if shown < 0 {
		return
	}
	own := slices.IndexFunc(k.names, func(n finding.Name) bool { return n.Name == name })
	k.say("%s is asked about: %s; what the first screen calls %s is %s: %s", name, k.names[own].Title, k.names[shown].Note, k.names[shown].Name, k.names[shown].Title)
}

// aboutSchools are words about the name of a school of thought.
var aboutSchools = regexp.MustCompile(`^(the )?((school|view|theory) of )?|( (theory|school|view))?$`)

// shown picks, of several names with one label, the one on the first screen; empty if none.
func (k kind) shown(meant []finding.Name) string {
	name := ""
	for _, n := range meant {
		switch {
		case n.Note == "" || n.Note != meant[0].Note:
			return ""
		case !slices.Contains(k.screen, n.Name):
		case name != "":
			return ""
		default:
			name = n.Name
		}
	}
	return name
}

// plainly is a word without capitals, marks of quotation and more than one blank.
func plainly(word string) string {
	word = strings.NewReplacer("“", "", "”", "", `"`, "", "’", "'", "\u00a0", " ").Replace(strings.ToLower(word))
	return strings.Join(strings.Fields(word), " ")
}

// orOf lists names with what each is called; by its title, where two have one label.
func orOf(meant []finding.Name) string {
	var words []string
	for _, n := range meant {
		word := n.Name
		called := cmp.Or(n.Note, n.Title)
		if slices.ContainsFunc(meant, func(x finding.Name) bool { return x.Name != n.Name && x.Note == n.Note }) {
			called = n.Title
		}
		if called != "" {
			word += " (" + called + ")"
		}
		words = append(words, word)
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// lists puts names in the place of what is called otherwise, in lists of its own.
func (k kind) lists(lists ...*[]string) error {
	var errs []error
	for _, l := range lists {
		own := slices.Clone(*l)
		for i, word := range own {
			name, err := k.named(word)
			own[i], errs = name, append(errs, err)
		}
		*l = own
	}
	return Together(errs...)
}

// words does so for single words, empty where nothing is said.
func (k kind) words(words ...*string) error {
	var errs []error
	for _, w := range words {
		name, err := k.named(*w)
		*w, errs = name, append(errs, err)
	}
	return Together(errs...)
}

// named puts names into the plan of a question.
func (q *Worlds) named(s lexicon) error { return s.plan(&q.Plan) }

func (s lexicon) plan(p *study.Plan) error {
	return Together(s.options.lists(&p.Options), s.options.words(&p.Baseline), s.views.lists(&p.Views), s.measures.lists(&p.Measures))
}

// packages puts names into lists of options and views.
func (s lexicon) packages(options, views *[]string) error {
	return Together(s.options.lists(options), s.views.lists(views))
}

// choice puts names into a choice of what a record holds.
func (s lexicon) choice(c *inquiry.Choice) error {
	return Together(s.options.lists(&c.Options), s.views.lists(&c.Views), s.measures.lists(&c.Measures))
}
