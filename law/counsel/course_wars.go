package counsel

import "casus/law"

// Wars counts the wars that were opened, those that a duty of military help demanded, and
// those that a duty did whose means each chooses.
func (c *Course) Wars() (all, bound, own int) {
	for _, s := range c.Steps {
		if s.War {
			all++
		}
		switch {
		case s.Bound:
			bound++
		case s.OwnMeans():
			own++
		}
	}
	return all, bound, own
}

// OwnMeans reports whether a duty was honoured by war whose means each chooses.
func (s *CourseStep) OwnMeans() bool {
	return s.War && !s.Bound && (s.Finding == string(law.FoundHonoured) || s.Finding == string(law.FoundLate))
}
