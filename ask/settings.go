package ask

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"casus/finding"
)

// field is one setting of a question: its name, and the field that holds it. Worlds
// that may be a stretch have another, for the number of the first.
type field struct {
	name  string
	value reflect.Value
	first reflect.Value // the zero Value: none
}

// fields are the settings of a question, in the order of the table.
func (a Ask) fields(question any) []field {
	var out []field
	for _, word := range strings.Fields(a.words) {
		name, path, _ := strings.Cut(word, ":")
		if path == "" {
			path = strings.ReplaceAll(name, "_", "")
		}
		path, first, stretch := strings.Cut(path, "..")
		f := field{name: name, value: a.leaf(question, path)}
		if stretch {
			f.first = a.leaf(question, first)
		}
		out = append(out, f)
	}
	return out
}

// leaf is the field of a question with this path.
func (a Ask) leaf(question any, path string) reflect.Value {
	at := leaves(reflect.ValueOf(question).Elem(), "", strings.ToLower(path))
	if len(at) == 0 {
		panic("ask: " + a.Name + " has no field " + path)
	}
	return at[0]
}

// leaves are the fields whose path ends so, the outermost first.
func leaves(v reflect.Value, path, wanted string) []reflect.Value {
	var here, below []reflect.Value
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name := path + "." + strings.ToLower(f.Name)
		switch {
		case !f.IsExported():
		case strings.HasSuffix(name, "."+wanted) && f.Type.Kind() != reflect.Func && !f.Anonymous:
			here = append(here, v.Field(i))
		case f.Type.Kind() == reflect.Struct:
			below = append(below, leaves(v.Field(i), name, wanted)...)
		}
	}
	return append(here, below...)
}

// tellGiven lets a question know which settings were named.
func tellGiven(question any, given func(string) bool) {
	for _, f := range givens(reflect.ValueOf(question).Elem()) {
		f.Set(reflect.ValueOf(given))
	}
}

func givens(v reflect.Value) []reflect.Value {
	var out []reflect.Value
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case f.Name == "Given" && f.Type.Kind() == reflect.Func:
			out = append(out, v.Field(i))
		case f.IsExported() && f.Type.Kind() == reflect.Struct:
			out = append(out, givens(v.Field(i))...)
		}
	}
	return out
}

// set reads a value of the setting's type. A list may be given as its one word.
func (f field) set(text json.RawMessage) error {
	to := f.value.Addr().Interface()
	var err error
	switch x := to.(type) {
	case *Named:
		var words string
		if err = strictly(text, &words); err == nil {
			*x = ParseNamed(PlainBlanks(words))
		}
	case *[]string:
		var one string
		if err = strictly(text, x); err != nil && strictly(text, &one) == nil {
			*x, err = []string{one}, nil
		}
		for i := range *x {
			(*x)[i] = PlainBlanks((*x)[i])
		}
	case *string:
		if err = strictly(text, x); err == nil {
			*x = PlainBlanks(*x)
		}
	default:
		err = strictly(text, to)
	}
	if err != nil {
		return Usage(fmt.Sprintf("%s cannot be %s", f.name, shortened(text)), "it is "+f.takes())
	}
	return nil
}

// strictly reads a value that is not null: nothing is said by null.
func strictly(text json.RawMessage, to any) error {
	if bytes.Equal(bytes.TrimSpace(text), []byte("null")) {
		return fmt.Errorf("null")
	}
	return json.Unmarshal(text, to)
}

func shortened(text []byte) string {
	const most = 60
	if r := []rune(string(text)); len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(text)
}

// takes says which values the setting takes.
func (f field) takes() string {
	if f.first.IsValid() {
		return stretchTakes
	}
	switch f.value.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list of texts"
	case reflect.Float64:
		return "a number"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Uint64:
		return "a whole number from 0"
	}
	return "a text"
}

// Questions asks what can be asked by name.
type Questions struct{}

// Askable lists the questions that can be put by name, with their settings.
type Askable struct {
	finding.Head
	Asks []Described `json:"asks"`
}

// Described is a question by name.
type Described struct {
	Ask      string    `json:"ask"`
	Settings []Setting `json:"settings"`
}

// Setting is one setting of a question. What it means, --help of the verb says.
type Setting struct {
	Name    string `json:"name"`
	Takes   string `json:"takes"`   // in words
	Default string `json:"default"` // as JSON
}

// Lines name the questions with the settings of each, and count them.
func (a *Askable) Lines() []finding.Titled {
	var out []finding.Titled
	for _, x := range a.Asks {
		var names []string
		for _, s := range x.Settings {
			names = append(names, s.Name)
		}
		out = append(out, finding.Titled{Name: x.Ask, Title: strings.Join(names, ", ")})
	}
	return append(out, finding.Titled{Title: finding.Count(len(out), "question")})
}

// Answer describes every question.
func (q Questions) Answer(Told) (*Askable, error) {
	out := &Askable{Head: finding.New("asks", nil, finding.Basis{}), Asks: []Described{}}
	for _, a := range Asks() {
		out.Asks = append(out.Asks, Described{a.Name, a.settings()})
	}
	return out, nil
}

func (a Ask) settings() []Setting {
	out := []Setting{}
	for _, f := range a.fields(a.begin().question) {
		x := f.value.Interface()
		switch v := x.(type) {
		case Named:
			x = v.Path
		case []string:
			x = append([]string{}, v...)
		}
		text, err := json.Marshal(x)
		if err != nil {
			panic(err) // a setting is a text, a number, a truth or a list of texts
		}
		out = append(out, Setting{f.name, f.takes(), string(text)})
	}
	return out
}
