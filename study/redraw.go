package study

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"casus/draw"
	"casus/model"
	"casus/syntax"
)

// Digests are those of the files of a model, as a record of it has them.
func Digests(m *model.Model) []Digest {
	var out []Digest
	for _, t := range m.Trees {
		sum := sha256.Sum256(syntax.JSON(t))
		out = append(out, Digest{t.File.Name, hex.EncodeToString(sum[:])})
	}
	return out
}

// Changed is the error of a model that is not the one a record was made from.
var Changed = errors.New("the files are not those from which the record was made")

// Redraw gives a record that was read the draws it was made from, drawn again
// from the model by seed, design and the names of the assumptions. The error is
// Changed when the model is another, for its draws would be other numbers.
func (r *Record) Redraw(m *model.Model) error {
	if !slices.Equal(r.Files, Digests(m)) {
		return Changed
	}
	var as []*model.Assumption
	for _, n := range r.Numbers {
		a := m.Assumption(n.Name)
		if a == nil {
			return Changed
		}
		as = append(as, a)
	}
	draws := map[string][][]float64{}
	for _, v := range r.Views {
		view := m.View(v.Name)
		if view == nil {
			return Changed
		}
		d := draw.Design{Kind: r.Design, Seed: r.Seed, N: r.Worlds}
		if err := d.Check(); err != nil {
			return fmt.Errorf("the design of the record: %w", err)
		}
		var err error
		if draws[v.Name], err = Draws(as, view, d); err != nil {
			return err
		}
	}
	r.Draws = draws
	return nil
}
