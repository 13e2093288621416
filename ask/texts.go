package ask

import (
	"strings"

	"casus/catalog"
	"casus/lang/source"
)

// Texts are the files of a case: of one of the user's own, those of its file or
// folder, whatever is wrong with them; of a shipped one that which defines it and
// then all it uses but the words that every case has.
func Texts(name string) ([]*source.File, error) {
	if !Shipped(name) {
		return ReadOwn([]string{name})
	}
	m, _, err := catalog.Case(name)
	if err != nil {
		return nil, err
	}
	first := m.Case(name).Pos.File
	out := []*source.File{first}
	for _, t := range m.Trees {
		if t.File != first && !strings.HasPrefix(t.File.Name, "catalog/base/") {
			out = append(out, t.File)
		}
	}
	return out, nil
}
