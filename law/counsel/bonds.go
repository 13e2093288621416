package counsel

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"casus/law"
)

// Bonds are the duties of help of a day by treaty: who is bound to whom.
type Bonds struct {
	States   []string // that owe or are owed, in the order of their ids
	Treaties []Bond   // those of most states first
	Left     int      // duties of all states, or to nobody named, which join no two
}

// Bond is a treaty with those whom it binds to each other.
type Bond struct {
	Treaty string
	States []string
	Owes   []Owing // each debtor with its creditors
	Sure   bool    // some duty binds whatever is given; else it turns on something, or is contested
}

// Owing is a debtor with those to whom it owes help.
type Owing struct {
	Debtor string
	To     []string
}

// NewBonds reads the rows of a day.
func NewBonds(x *Matrix) (*Bonds, error) {
	day := *x // writing keeps codes, and another may write at the same time
	out := &Bonds{}
	pairs := map[string]map[[2]string]bool{}
	err := day.Each(func(rows []MatrixRow) error {
		for _, r := range rows {
			if !stateID(r.Debtor) || !stateID(r.Creditor) {
				out.Left++
				continue
			}
			for _, a := range strings.Fields(r.Articles) {
				treaty, _, _ := strings.Cut(a, ".")
				if pairs[treaty] == nil {
					pairs[treaty] = map[[2]string]bool{}
				}
				p := [2]string{r.Debtor, r.Creditor}
				pairs[treaty][p] = pairs[treaty][p] || r.Binding == "bound"
			}
		}
		return nil
	})
	all := map[string]bool{}
	for _, treaty := range slices.Sorted(maps.Keys(pairs)) {
		b := bondOf(treaty, pairs[treaty])
		for _, s := range b.States {
			all[s] = true
		}
		out.Treaties = append(out.Treaties, b)
	}
	out.States = slices.Sorted(maps.Keys(all))
	slices.SortStableFunc(out.Treaties, func(a, b Bond) int { return cmp.Compare(len(b.States), len(a.States)) })
	return out, err
}

// stateID reports whether a cell is one state.
func stateID(id string) bool {
	return id != "" && id != law.Every
}

func bondOf(treaty string, pairs map[[2]string]bool) Bond {
	b := Bond{Treaty: treaty}
	to, in := map[string][]string{}, map[string]bool{}
	for p, sure := range pairs {
		to[p[0]] = append(to[p[0]], p[1])
		in[p[0]], in[p[1]] = true, true
		b.Sure = b.Sure || sure
	}
	b.States = slices.Sorted(maps.Keys(in))
	for _, d := range slices.Sorted(maps.Keys(to)) {
		slices.Sort(to[d])
		b.Owes = append(b.Owes, Owing{d, to[d]})
	}
	return b
}

// Mutual reports whether each of them owes all the others.
func (b Bond) Mutual() bool {
	if len(b.Owes) != len(b.States) {
		return false
	}
	return !slices.ContainsFunc(b.Owes, func(o Owing) bool { return len(o.To) != len(b.States)-1 })
}

// Words say who owes whom.
func (b Bond) Words() string {
	if b.Mutual() {
		return "each to all others: " + strings.Join(b.States, ", ")
	}
	var out []string
	for i := 0; i < len(b.Owes); i++ { // debtors of the same creditors together
		o := b.Owes[i]
		if slices.ContainsFunc(b.Owes[:i], func(x Owing) bool { return slices.Equal(x.To, o.To) }) {
			continue
		}
		var debtors []string
		for _, x := range b.Owes[i:] {
			if slices.Equal(x.To, o.To) {
				debtors = append(debtors, x.Debtor)
			}
		}
		out = append(out, strings.Join(debtors, ", ")+" → "+strings.Join(o.To, ", "))
	}
	return strings.Join(out, "; ")
}

// Side says whether a state owes under a treaty, is owed, or both.
func (b Bond) Side(state string) string {
	owes := slices.ContainsFunc(b.Owes, func(o Owing) bool { return o.Debtor == state })
	owed := slices.ContainsFunc(b.Owes, func(o Owing) bool { return slices.Contains(o.To, state) })
	switch {
	case owes && owed:
		return "both"
	case owes:
		return "owes"
	}
	return "owed"
}
