package finding

// Listing is every name of a kind.
type Listing struct {
	Head
	Of   string `json:"of"`   // the kind of names
	Rows []Name `json:"rows"` // in alphabetical order, or in that of the case
}

// Name is a name as it is typed, what it stands for, and more in a few words.
type Name struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Note  string `json:"note"`
}

// ShippedCases are the cases that ship, in their order.
type ShippedCases struct {
	Head
	Cases       []ShippedCase `json:"cases"`
	Instruments int           `json:"instruments"`
}

// ShippedCase is one case with the names that can be asked for in it. A case
// without a crisis has no options, and one without a course no entries.
type ShippedCase struct {
	Case     string   `json:"case"`
	Title    string   `json:"title"`
	Date     string   `json:"date"`
	Question string   `json:"question"`
	Course   string   `json:"course"` // its title
	Entries  int      `json:"entries"`
	Options  []Titled `json:"options"`
	Views    []Titled `json:"views"`
}

// Titled is a name with what it stands for.
type Titled struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Lines is a finding that is told line by line, each with a name before it or none.
type Lines interface {
	Finding
	Lines() []Titled
}
