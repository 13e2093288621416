package ask

import (
	"regexp"
	"slices"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/model"
)

// A clause is what stands behind one of the words by, on and at in the words of
// an event: names, and where.
type clause struct {
	word     string
	from, to int
}

// said is the words of an event with its names replaced by those of the model.
type said struct {
	file     *source.File // as it was written
	text     string       // as it is read
	replaced []replacement
	problems source.Problems
}

// replacement tells where a name was written, and how many bytes stand for it in
// the text that is read.
type replacement struct{ from, to, long int }

var (
	eventWord = regexp.MustCompile(`"[^"]*"?|[^\s,"]+|,`)
	eventDay  = regexp.MustCompile(`\bon\s+(\d{4}-\d{2}-\d{2})\b`)
)

// eventSaid reads an event in the words of a model file. States and places may be
// called by all the names that --by, --on and --at know, on the day of the event.
func (r *resolving) eventSaid(what, words string) (model.EventSpec, error) {
	s := said{file: source.Typed(what, words+"\n")}
	then := &resolving{m: r.m, day: r.day}
	if on := eventDay.FindStringSubmatch(words); on != nil {
		if day, err := data.ParseDay(on[1]); err == nil {
			then.day = day
		}
	}
	at := 0
	for _, c := range clausesOf(words) {
		name := then.called(c.word, words[c.from:c.to], &s, c)
		s.text += words[at:c.from] + name
		s.replaced = append(s.replaced, replacement{c.from, c.to, len(name)})
		at = c.to
	}
	s.text += words[at:]
	for _, w := range then.warnings {
		if !slices.Contains(r.warnings, w) {
			r.warnings = append(r.warnings, w)
		}
	}
	spec, problems := r.m.ParseEvent(source.New(what, []byte(s.text+"\n")))
	for _, p := range problems {
		s.add(p)
	}
	var wrong []error
	for _, p := range s.problems.Sort().Errors() {
		wrong = append(wrong, source.At(p.Pos, p.Len, Usage(p.Msg, p.Hint)))
	}
	return spec, Together(wrong...)
}

// clausesOf finds the names in the words of an event. A date behind on is none,
// and neither is an attacker that is no state, as a model file writes it.
func clausesOf(words string) []clause {
	var out []clause
	open := -1
	end := 0 // of the last word that is no comma
	shut := func() {
		if open >= 0 && end > out[open].from {
			out[open].to = end
		} else if open >= 0 {
			out = out[:open]
		}
		open = -1
	}
	for _, at := range eventWord.FindAllStringIndex(words, -1) {
		switch word := words[at[0]:at[1]]; {
		case slices.Contains([]string{"by", "on", "at", "object"}, word):
			shut()
			if word != "object" {
				open = len(out)
				out = append(out, clause{word: word, from: at[1]})
			}
		case word == ",":
		case open >= 0:
			if c := &out[open]; c.to == 0 {
				c.from, c.to = at[0], at[1]
			}
			end = at[1]
		}
	}
	shut()
	return slices.DeleteFunc(out, func(c clause) bool {
		name := words[c.from:c.to]
		return c.word == "on" && isDay(name) || c.word == "by" && statelessSaid.MatchString(name) && !strings.Contains(name, ":") || strings.HasPrefix(name, `"`)
	})
}

// statelessSaid matches an attacker that is no state, as far as it is written.
var statelessSaid = regexp.MustCompile(`^no($|\s+state\b)`)

// stateless is an attacker that is no state as a model file writes it; --by has a
// colon before the name, and so may the words of an event.
func stateless(who string) string {
	if who == finding.NoState || strings.Trim(who, `"`) == "" {
		return finding.NoState
	}
	return finding.NoState + ` "` + strings.Trim(who, `"`) + `"`
}

func isDay(word string) bool { _, err := data.ParseDay(word); return err == nil }

// called is the model's name of the states or the place of a clause. One that
// nobody knows is a problem where it stands, and something that can be read takes
// its place, so that the rest is looked at too.
func (r *resolving) called(word, name string, s *said, c clause) string {
	if word == "at" {
		return r.placeSaid(name, s, c)
	}
	if who, none := noState(name); none && word == "by" {
		return stateless(who)
	}
	var ids []string
	for _, one := range r.apart(name) {
		id, err := strings.TrimSpace(one), error(nil)
		if _, known := r.m.States.ByID(id); !known {
			id, err = r.stateOnDay(id)
		}
		if err != nil {
			s.fail(c, strings.TrimSpace(one), err)
			id = r.someState(ids)
		}
		ids = append(ids, id)
	}
	return strings.Join(ids, ", ")
}

// someState is one that is not among some, to stand where another is not known.
func (r *resolving) someState(not []string) string {
	for _, s := range r.m.States.All() {
		if !slices.Contains(not, s.ID) {
			return s.ID
		}
	}
	return ""
}

func (r *resolving) placeSaid(name string, s *said, c clause) string {
	if r.m.IsArea(name) {
		return name
	}
	r.event.Place = ""
	if err := r.place(&Question{At: name}); err != nil {
		s.fail(c, name, err)
		return names(r.m.Areas)[0]
	}
	return r.event.Place
}

// fail notes that a name of a clause stands for nothing.
func (s *said) fail(c clause, name string, err error) {
	msg, hint := source.Apart(err)
	at := max(strings.Index(string(s.file.Text[c.from:c.to]), name), 0)
	s.problems = append(s.problems, source.Problem{Pos: source.Pos{File: s.file, Offset: c.from + at}, Len: len([]rune(name)), Msg: msg, Hint: hint})
}

// add takes over a problem found in the text that was read, at the place where its
// cause was written.
func (s *said) add(p source.Problem) {
	if p.Pos.IsZero() {
		s.problems = append(s.problems, p)
		return
	}
	at := p.Pos.Offset
	for _, x := range s.replaced {
		if at < x.from+x.long {
			at = min(at, max(x.from, x.to-1))
			break
		}
		at += x.to - x.from - x.long
	}
	p.Pos = source.Pos{File: s.file, Offset: at}
	s.problems = append(s.problems, p)
}
