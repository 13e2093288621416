package counsel

import "slices"

// Standing is what one state owes after an event, told by the strongest of its
// answers.
type Standing struct {
	State   string
	Class   string // owed, contested, depends, lesser, may, dormant or not owed
	Status  string // of that answer
	Article string
	Duty    string // its class of duty in words
	More    int    // how many further answers of the state there are
}

// standings are the classes from strong to weak. Help that may be by force comes
// first, sure before open; then lesser duties; then what does not bind now.
var standings = []string{"owed", "contested", "depends", "lesser", "may", "dormant", "not owed"}

// Standings tell of each debtor that help is asked of where it stands. Who is told
// to refrain, and who reserves the right not to help, is not asked for help here.
// The states are in the order in which the answers name them.
func (w *Why) Standings() []Standing {
	var out []Standing
	at := map[string]int{}
	for i := range w.Answers {
		a := &w.Answers[i]
		if a.Hidden && !w.Query.Full || a.Verb != "owes" && a.Verb != "may" {
			continue
		}
		next := Standing{State: a.Debtor, Class: a.standing(), Status: a.Status, Article: a.Article, Duty: a.ClassTitle}
		k, seen := at[a.Debtor]
		switch {
		case !seen:
			at[a.Debtor] = len(out)
			out = append(out, next)
		case slices.Index(standings, next.Class) < slices.Index(standings, out[k].Class):
			next.More = out[k].More + 1
			out[k] = next
		default:
			out[k].More++
		}
	}
	slices.SortStableFunc(out, func(a, b Standing) int {
		return slices.Index(standings, a.Class) - slices.Index(standings, b.Class)
	})
	return out
}

func (a *LegalAnswer) standing() string {
	switch open := a.Status == "owed" || a.Status == "contested" || a.Status == "depends"; {
	case a.Status == "right", a.Verb == "may" && open:
		return "may"
	case open && !a.Force:
		return "lesser"
	}
	return a.Status
}
