package model

import (
	"fmt"
	"regexp"
	"strings"

	"casus/finding"
	"casus/lang/source"
)

// placeholder is a role named in a title: {challenger}.
var placeholder = regexp.MustCompile(`\{([a-z][a-z0-9_]*)\}`)

// Cast puts the names of those who play a case in the place of the roles in a
// title: "{protege} keeps its independence" is "Taiwan keeps its independence".
// Without a case, or where nobody plays the role, it is "the protege".
func (m *Model) Cast(k *Case, title string) string {
	return cast(k, title, func(actor string) string { return m.Called(actor, k) })
}

// CastShort is Cast with codes in the place of names, for the heads of tables.
func (m *Model) CastShort(k *Case, title string) string {
	return cast(k, title, func(actor string) string { return actor })
}

func cast(k *Case, title string, called func(actor string) string) string {
	if !strings.Contains(title, "{") {
		return title
	}
	return placeholder.ReplaceAllStringFunc(title, func(s string) string {
		role := s[1 : len(s)-1]
		var names []string
		if k != nil {
			for _, actor := range k.Roles[role] {
				names = append(names, called(actor))
			}
		}
		if len(names) == 0 {
			return "the " + strings.ReplaceAll(role, "_", " ")
		}
		return finding.And(names)
	})
}

// Called is the name of an actor on the day of a case: of a state, or of a group
// that acts as one.
func (m *Model) Called(actor string, k *Case) string {
	if g := m.Groups[actor]; g != nil && g.Title != "" {
		return g.Title
	}
	if name := m.States.Name(actor, k.Date); name != "" {
		return name
	}
	return actor
}

// castable reports the roles in a title that the crisis does not have.
func (l *loader) castable(cr *Crisis, pos source.Pos, heading, title string) {
	for _, found := range placeholder.FindAllStringSubmatch(title, -1) {
		if role := found[1]; cr.Role(role) == nil {
			l.at(pos, 1, heading, fmt.Sprintf("the title names the role {%s}, which crisis %s does not have", role, cr.Name), source.DidYouMean(role, cr.roleNames()))
		}
	}
}
