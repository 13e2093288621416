package ask

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/catalog"
	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// states resolves who attacks and who is attacked: one state or several, or an
// attacker that is no state.
func (r *resolving) states(q *Question) error {
	var victims, attackers error
	if q.On != "" {
		r.event.On, r.event.AlsoOn, victims = r.listed("--on", q.On)
	}
	name, none := noState(q.By)
	switch {
	case none && name == "":
		attackers = Usage("--by: who is no state?", "write \"no state\", or \"no state: a name\"")
	case none:
		r.event.NoState = name
	case q.By != "":
		r.event.By, r.event.AlsoBy, attackers = r.listed("--by", q.By)
	}
	if err := Together(victims, attackers); err != nil || r.event.By == "" {
		return err
	}
	for _, by := range append([]string{r.event.By}, r.event.AlsoBy...) {
		if by == r.event.On || slices.Contains(r.event.AlsoOn, by) {
			return fmt.Errorf("%s cannot be attacker and victim at once", by)
		}
	}
	return nil
}

// noState reads an attacker that is no state: "no state" or "no state: a name".
// The name is empty where it is promised and does not come.
func noState(words string) (string, bool) {
	rest, is := strings.CutPrefix(strings.Join(strings.Fields(words), " "), finding.NoState)
	name, named := strings.CutPrefix(rest, ":")
	switch name = strings.TrimSpace(name); {
	case !is || rest != "" && !named:
		return "", false
	case !named:
		return finding.NoState, true
	}
	return name, true
}

// listed resolves states that act, or suffer, together: RUS,BLR.
func (r *resolving) listed(flag, words string) (first string, also []string, err error) {
	if lacksName(words) {
		return "", nil, emptyState(flag, words)
	}
	for i, word := range r.apart(words) {
		id, err := r.stateOnDay(word)
		switch {
		case err != nil:
			return "", nil, err
		case i == 0:
			first = id
		case id == first || slices.Contains(also, id):
			return "", nil, Usage(id+" is named twice in "+flag, "")
		default:
			also = append(also, id)
		}
	}
	return first, also, nil
}

// earlier adds what happened before, told by --after.
func (r *resolving) earlier(q *Question) error {
	var line []model.EventSpec
	for _, words := range q.After {
		spec, err := r.eventSaid("--after", words)
		if err != nil {
			return err
		}
		switch {
		case !spec.HasDate:
			return Usage("--after: when did it happen?", "end it with on YYYY-MM-DD, as in "+`"armed attack by RUS on UKR, on 2022-02-24"`)
		case spec.Date > r.day:
			return Usage("--after: "+spec.Date.String()+" is after the event, of "+r.day.String(), "")
		}
		if odd := law.Compile(r.m, spec.Date, nil).Impossible(law.EventOf(spec)); len(odd) > 0 {
			for _, words := range odd {
				r.warnings = append(r.warnings, finding.Warn(finding.Odd, "--after", "%s: nothing follows from it here", words))
			}
			continue
		}
		line = append(line, spec)
	}
	r.event.Day = r.day
	given := r.event.Facts
	r.event.Facts = map[string]law.Tri{}
	told := law.Recall(r.m, line, r.event)
	r.event.Facts = given
	r.event = law.Recall(r.m, line, r.event)
	r.contradicted(given, told)
	return nil
}

// whoBegan warns where what came before leaves it disputed who attacked first, once
// it is known which readings were chosen.
func (r *resolving) whoBegan(*Question) error {
	for _, key := range slices.Sorted(maps.Keys(r.event.Doubts)) {
		if d := r.event.Doubts[key]; strings.HasPrefix(key, "opened_war(") && !d.Not {
			for _, q := range r.turnsOn(d) {
				r.warnings = append(r.warnings, finding.Warn(finding.Disputed, q.Name, "who attacked first is disputed by what came before: %s", disputed(q, r.day)))
			}
		}
	}
	return nil
}

// turnsOn are the questions that a doubt about what came before turns on, of those
// of which no reading is chosen.
func (r *resolving) turnsOn(d law.Doubted) []*model.Question {
	about := slices.Clone(r.m.Contests(d.Land))
	if d.Question != nil {
		about = []*model.Question{d.Question}
	}
	return slices.DeleteFunc(about, func(q *model.Question) bool {
		_, taken := r.event.Readings[q.Name]
		return taken || !q.On(d.Day)
	})
}

// contradicted warns of facts that are given against what came before. What is
// given stands, but for help to one who by that began.
func (r *resolving) contradicted(given map[string]law.Tri, told law.Event) {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		v, before := given[name], told.Facts[name]
		if before != law.Unknown && v == before.Not() {
			r.warnings = append(r.warnings, finding.Warn(finding.Odd, name, "%s = %s is given, and by what came before it is %s: what is given stands", name, v, before))
		}
	}
	if given["in_aid"] == law.Yes && told.Facts[law.FactKey("wronged", told.On)] == law.Yes {
		r.warnings = append(r.warnings, finding.Warn(finding.Odd, "in_aid", "in_aid = yes is given, and by what came before %s was attacked first and attacked nobody: help against it is no aid to the wronged, and is not counted as such", told.On))
	}
}

// possible warns of an event that cannot be, and of one at a place of which it is
// disputed whose it is, whether or not an article turns on that.
func (r *resolving) possible(*Question) error {
	for _, words := range r.book().Impossible(r.event) {
		r.note(words)
	}
	r.landOfNoState()
	for _, q := range r.m.Contests(r.event.Place) {
		if _, taken := r.event.Readings[q.Name]; q.On(r.day) && !taken {
			r.warnings = append(r.warnings, finding.Warn(finding.Disputed, q.Name, "%s", disputed(q, r.day)))
		}
	}
	return nil
}

// landOfNoState warns of a place of which it is not said whose land it was on the
// day, or only that it lay in a state that was none then.
func (r *resolving) landOfNoState() {
	if own := r.m.ApartOn(r.event.Place, r.day); own != nil {
		r.warnings = append(r.warnings, finding.Warn(finding.Apart, r.event.Place, "%s", r.standing(own)))
	}
	if r.m.Unplaced(r.event.Place, r.day) {
		r.note("whose land " + r.event.Place + " was on " + r.day.String() + " is not entered; what turns on that is not known")
	}
	if coasts := r.m.CoastStates(r.event.Place, r.day); coasts != nil && r.event.Object == "territory" && len(r.book().Impossible(r.event)) == 0 {
		r.note(r.event.Place + " lies on the coasts of " + strings.Join(coasts, ", ") + ": which spot in it is whose territorial sea is not said, and what turns on that is not known")
	}
	host := r.m.HostOf(r.event.Place, r.day)
	sides := append([]string{r.event.On, r.event.By}, append(r.event.AlsoOn, r.event.AlsoBy...)...)
	contested := slices.ContainsFunc(r.m.Contests(r.event.Place), func(q *model.Question) bool { return q.On(r.day) })
	if host != "" && !contested && r.m.Ownerless(r.event.Place, r.day) && !slices.Contains(sides, host) {
		r.note(r.event.Place + " is in " + r.m.States.Name(host, r.day) + " (" + host + "), which was no state on " + r.day.String() + "; whose land it was then is not entered, and what turns on that is not known")
	}
}

// standing says of a place that is apart what it was, by what text and how sure that
// is.
func (r *resolving) standing(own *model.Apart) string {
	words := r.event.Place + " was no state's territory on " + r.day.String() + ": " + own.Words(func(s string) string { return r.m.States.Name(s, r.day) + " (" + s + ")" })
	rests := []string{}
	if own.By != "" {
		rests = append(rests, own.By)
	}
	if len(own.Sources) > 0 {
		rests = append(rests, strings.Join(own.Sources, ", "))
	}
	if own.Status != "" && own.Status != "verified" {
		rests = append(rests, own.Status)
	}
	if len(rests) > 0 {
		words += " [" + strings.Join(rests, "; ") + "]"
	}
	if len(own.States()) > 0 {
		words += "; whether a treaty of " + strings.Join(own.States(), " or ") + " takes it for territory is not known where it does not say"
	}
	return words
}

// disputed says that a matter is in dispute, and who says what.
func disputed(q *model.Question, on data.Day) string {
	named := slices.ContainsFunc(q.Readings, func(s *model.Stance) bool { return !s.Nobodys })
	var says []string
	for _, s := range q.Readings {
		if s.Nobodys && named { // who holds it is not known, and others are
			continue
		}
		words := cmp.Or(s.Title, s.Name)
		if by := s.Holder(on); by != "" {
			words += " [" + by + "]"
		}
		says = append(says, words)
	}
	return q.Asks() + " That is disputed: " + strings.Join(says, "; ")
}

// noPlace is the error of a word that names no place, with the nearest of those
// that have a name of their own here, of their other names and of the names of
// states, whose land is a place too.
func (r *resolving) noPlace(word string) error {
	own, other, lands := map[string]string{}, map[string]string{}, map[string]string{}
	for name, area := range r.m.Areas {
		if !r.landOfState(name) {
			own[name], own[strings.TrimPrefix(area.Title, "the ")] = name, name
		}
	}
	for _, name := range catalog.PlaceNames() {
		if place := catalog.PlaceCalled(name).Place; r.m.IsArea(place) && !r.landOfState(place) {
			other[name] = place
		}
	}
	for _, id := range r.m.States.Suggest(word) {
		lands[r.m.States.Name(id, r.day)] = strings.Join(r.withNames([]string{id}), "")
	}
	near := map[string]string{}
	for _, known := range []map[string]string{lands, other, own} {
		if name := source.Nearest(word, names(known)); name != "" && source.OneSlip(word, name) {
			near[name] = known[name]
		}
	}
	if name := source.Nearest(word, names(near)); name != "" {
		return Usage(fmt.Sprintf("unknown place %q", word), "did you mean "+near[name]+"?")
	}
	return Usage(fmt.Sprintf("unknown place %q", word), "it is not entered; casus list places names those that are, and --files adds one")
}

// landOfState reports whether a place is the land of a state, or its home, and has
// no name of its own.
func (r *resolving) landOfState(place string) bool {
	_, is := r.m.States.ByID(strings.TrimSuffix(place, ".home"))
	return is
}

// placeBegun resolves a place by the first words of its name or title, where
// they begin one place only.
func (r *resolving) placeBegun(word string, known []string) error {
	start, lower := strings.ToLower(strings.ReplaceAll(word, " ", "_")), strings.ToLower(word)
	var begun []string
	for _, name := range known {
		title := strings.TrimPrefix(strings.ToLower(r.m.Areas[name].Title), "the ")
		if strings.HasPrefix(name, start+"_") || strings.HasPrefix(title, lower+" ") || strings.HasPrefix(title, lower+",") {
			begun = append(begun, name)
		}
	}
	switch len(begun) {
	case 0:
		return r.noPlace(word)
	case 1:
		r.event.Place = begun[0]
		return nil
	}
	return fmt.Errorf("%q may be %s: say which", word, strings.Join(begun, ", "))
}
