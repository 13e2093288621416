package crisis

import (
	"slices"

	"casus/finding"
	"casus/model"
)

// looked is what a crisis has asked of what an option does, when it was grounded: whose
// forces, where, and what whom it costs.
type looked struct {
	forces []force
	payers []string
}

// force is of whom forces are counted, and at which places.
type force struct {
	actor  string
	places []string
}

// look notes what is asked while a game is grounded; what is asked of it later, at an end
// or a condition that somebody types, moves no number.
func (g *Game) look(note func(*looked)) {
	if !g.ground {
		note(&g.looked)
	}
}

// uncounted are the forces of an option that a crisis counts for nobody, or not for the
// one whose they are.
func uncounted(m *model.Model, k *model.Case, o *model.Option) ([]Unmoved, error) {
	if !slices.ContainsFunc(o.Acts, func(a model.Act) bool { return a.Verb == "deploy" && a.Place != "" }) {
		return nil, nil
	}
	g, err := Ground(m, k, o)
	if err != nil {
		return nil, err
	}
	var out []Unmoved
	for _, act := range o.Acts {
		if act.Verb != "deploy" || act.Place == "" || k.Doubted(act.Pos) {
			continue
		}
		there := g.countedAt(act.Place)
		if slices.Contains(there, act.States[0]) {
			continue
		}
		why := "crisis " + k.Crisis.Name + " counts nobody's there"
		if len(there) > 0 {
			why = "crisis " + k.Crisis.Name + " counts there those of " + finding.And(there) + " alone"
		}
		out = append(out, Unmoved{o, act, why})
	}
	return out, nil
}

// countedAt are those whose forces count at a place, in the order of the roles.
func (g *Game) countedAt(place string) []string {
	var out []string
	for _, a := range g.Actors {
		if slices.ContainsFunc(g.looked.forces, func(f force) bool {
			return f.actor == a && slices.ContainsFunc(f.places, func(p string) bool { return g.Model.Within(place, p, g.Case.Date) })
		}) {
			out = append(out, a)
		}
	}
	return out
}

// Unread is what a case or an option spends on the account of somebody whose outlay the
// crisis does not ask for.
type Unread struct {
	Spend model.Spend
	Of    string // the case, or the option
}

// Says tells of it in the words of a warning.
func (u Unread) Says(k *model.Case) string {
	return "what " + u.Spend.Actor + " spends changes nothing: crisis " + k.Crisis.Name + " reads no outlay of it"
}

// UnreadSpends finds the spending of a case that no payoff and no tally reads, but for
// that of which check has said so.
func UnreadSpends(m *model.Model, k *model.Case) ([]Unread, error) {
	var out []Unread
	paid := map[string]bool{}
	add := func(of string, spends []model.Spend) {
		for _, sp := range spends {
			if !paid[sp.Actor] && !k.Doubted(sp.Pos) {
				out = append(out, Unread{sp, of})
			}
		}
	}
	for _, o := range k.Options {
		g, err := Ground(m, k, o)
		if err != nil {
			return nil, err
		}
		for _, p := range g.looked.payers {
			paid[p] = true
		}
	}
	if len(k.Options) == 0 {
		return nil, nil
	}
	add("case "+k.Name, k.Spends)
	for _, o := range k.Options {
		add("option "+o.Name, o.Spends)
	}
	return out, nil
}
