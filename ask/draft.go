package ask

import (
	"casus/catalog"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// Draft asks what is wrong with a user's files as they stand in an editor.
type Draft struct{ Files []*source.File }

// Answer loads the files with all they use. The problems are every mistake and
// warning; where there is no mistake, also every expectation of the files' own
// examples and courses that does not come out. The model is whole in any case.
func (q Draft) Answer() (*model.Model, source.Problems, error) {
	added, err := AddedFor(q.Files)
	if err != nil {
		return nil, nil, err
	}
	m, problems := catalog.Files(q.Files, added...)
	if problems = append(problems, figures([]*model.Model{m})...).Sort(); len(problems.Errors()) > 0 {
		return m, problems, nil
	}
	m.Examples = concerned(m)
	return m, append(problems, append(law.CheckExamples(m), law.CheckCourses(m)...).Sort()...), nil
}
