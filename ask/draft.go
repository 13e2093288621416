package ask

import (
	"casus/catalog"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// Draft asks what is wrong with a user's files as they stand in an editor.
type Draft struct{ Files []*source.File }

// Drafted holds what was found. The model is whole even where there are mistakes.
type Drafted struct {
	Model    *model.Model
	Problems source.Problems
	Ran      bool            // there was no mistake, so the files' own examples and courses were run
	Unmet    source.Problems // the expectations that did not come out
}

// Answer loads the files with all they use, and runs their examples and courses.
func (q Draft) Answer() (*Drafted, error) {
	added, err := AddedFor(q.Files)
	if err != nil {
		return nil, err
	}
	m, problems := catalog.Files(q.Files, added...)
	out := &Drafted{Model: m, Problems: append(problems, figures([]*model.Model{m})...).Sort()}
	if out.Ran = len(out.Problems.Errors()) == 0; out.Ran {
		m.Examples = concerned(m)
		out.Unmet = append(law.CheckExamples(m), law.CheckCourses(m)...).Sort()
	}
	return out, nil
}
