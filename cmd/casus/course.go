package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/law"
	"casus/law/counsel"
	"casus/model"
	"casus/report"
)

// runCourse judges the course of a case and prints the ledger. It exits with 3
// where what casus finds is not what the record says, and the case does not
// say why.
func runCourse(c *cobra.Command, m *model.Model, k *model.Case, asJSON bool, picture string) error {
	if flag := onlyForGames(c); flag != "" {
		return usage("--"+flag+" is for a case with a crisis", "case "+k.Name+" has a course, which is judged as it was")
	}
	course := counsel.NewCourse(law.JudgeCourse(m, k))
	if err := draw(picture, course, report.CoursePicture); err != nil {
		return err
	}
	if err := show(c, course, report.Course, asJSON); err != nil {
		return err
	}
	if course.Count.Mismatch > 0 {
		law.CheckCourses(m).Render(c.ErrOrStderr())
		return shown(ask.Unexpected)
	}
	return nil
}

// onlyForGames is the first flag given that means nothing for a course; "" when
// there is none.
func onlyForGames(c *cobra.Command) string {
	for _, name := range []string{"worlds", "seed", "design", "horizon", "date", "option", "view", "baseline", "workers", "max-states", "record"} {
		if c.Flags().Changed(name) {
			return name
		}
	}
	return ""
}
