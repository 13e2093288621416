package study

// Summarise sums up a record whose numbers a test has changed.
func (r *Record) Summarise() { r.summarise() }
