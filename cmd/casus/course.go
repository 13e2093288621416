package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/law"
	"casus/show"
)

// showCourse prints the ledger of a course. It exits with 3 where what casus
// finds is not what the record says, and the case does not say why.
func showCourse(c *cobra.Command, x *ask.Ran, asJSON bool, picture string) error {
	if err := draw(picture, x.Course, show.CoursePicture); err != nil {
		return err
	}
	if err := tell(c, x.Course, show.Course, asJSON); err != nil {
		return err
	}
	if x.Course.Count.Mismatch > 0 {
		render(c.ErrOrStderr(), law.CheckCourses(x.Model))
		return shown(ask.Unexpected)
	}
	return nil
}
