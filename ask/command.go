package ask

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"casus/terminal"
)

// spoken says how the command line asks a question of the table, where it is not
// by the verb of its name with a flag for each setting.
type spoken struct {
	verb   string
	places string            // settings without a flag, in their order
	flags  map[string]string // other names of flags
}

var speech = map[string]spoken{
	"why_not":     {verb: "why", flags: map[string]string{"article": "not", "debtor": "by-state"}},
	"diff":        {places: "a b"},
	"matrix":      {flags: map[string]string{"every": "every-duty"}},
	"cite":        {places: "addresses"},
	"resting":     {verb: "cite"},
	"run":         {places: "case", flags: map[string]string{"from": "resume"}},
	"report":      {places: "record"},
	"convergence": {verb: "report --convergence", places: "record"},
	"record":      {places: "case"},
	"robust":      {places: "case"},
	"value":       {places: "case"},
	"sense":       {places: "case"},
	"flip":        {places: "case"},
	"suppose":     {places: "case", flags: map[string]string{"case_of_record": "case"}},
	"claims":      {places: "case", flags: map[string]string{"case_of_record": "case"}},
	"discover":    {places: "case"},
	"analyse":     {places: "table", flags: map[string]string{"outputs": "outputs", "inputs": "inputs"}},
	"elicit":      {places: "case"},
	"graph":       {places: "case"},
	"reach":       {verb: "graph --reach", places: "case"},
	"ladder":      {verb: "graph --ladder", places: "case"},
	"walk":        {verb: "graph --at start", places: "case"},
	"list":        {places: "kind case"},
	"cases":       {verb: "list"},
	"states":      {places: "states"},
	"check":       {places: "names"},
	"spend":       {places: "states", flags: map[string]string{"measure": "share", "figures": "figures"}},
}

// whole are the lists of which a value may hold a comma: each is given apart.
var whole = []string{"facts", "readings", "after", "own", "deployed", "without", "chances", "thresholds", "groups", "correlate", "events", "set"}

// Words are settings as an address or a form gives them: each a text, or several.
type Words map[string][]string

// Written is a question that was put in texts: it can say itself as an address and
// as a command line.
type Written struct {
	*Asked
	of Ask
}

// PutWords is Put for settings given as texts. What is empty is as if it were not
// there.
func PutWords(name string, words Words) (*Written, error) {
	settings := map[string]json.RawMessage{}
	of, known := askNamed(name)
	if !known {
		_, err := Put(name, settings)
		return nil, err
	}
	fields := of.fields(of.begin().question)
	for word, values := range words {
		values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return strings.TrimSpace(v) == "" })
		if len(values) == 0 {
			continue
		}
		f := slices.IndexFunc(fields, func(f field) bool { return f.name == word })
		kind := reflect.String
		if f >= 0 {
			kind = fields[f].value.Kind()
		}
		settings[word] = asJSON(word, kind, values)
	}
	a, err := Put(name, settings)
	return &Written{a, of}, err
}

func askNamed(name string) (Ask, bool) {
	all := Asks()
	at := slices.IndexFunc(all, func(a Ask) bool { return a.Name == name })
	if at < 0 {
		return Ask{}, false
	}
	return all[at], true
}

// asJSON is a setting in the form that Put reads; what cannot be of its kind is
// left a text, of which Put says what is wrong.
func asJSON(word string, kind reflect.Kind, values []string) json.RawMessage {
	var x any = strings.Join(values, " ")
	switch first := strings.TrimSpace(values[0]); {
	case kind == reflect.Slice && slices.Contains(whole, word):
		x = values
	case kind == reflect.Slice:
		x = strings.Split(strings.Join(values, ","), ",")
	case len(values) > 1:
	case kind == reflect.Bool && first == "on": // as a form says of a box that is ticked
		x = true
	case kind != reflect.String && kind != reflect.Struct && json.Valid([]byte(first)):
		return json.RawMessage(first)
	}
	text, err := json.Marshal(x)
	if err != nil {
		panic(err) // texts have a JSON form
	}
	return text
}

// Given reports whether a setting was given.
func (a *Written) Given(setting string) bool { return a.given(setting) }

// Name is that of the question.
func (a *Written) Name() string { return a.of.Name }

// Words are the settings that differ from the defaults, as PutWords reads them.
func (a *Written) Words() Words {
	out := Words{}
	for _, s := range a.settings() {
		if s.changed {
			out[s.name] = s.values
		}
	}
	return out
}

// put is a setting of a question with its value as it is written.
type put struct {
	name    string
	list    bool
	values  []string
	changed bool // from the default
}

func (a *Written) settings() []put {
	now, before := a.of.fields(a.question), a.of.fields(a.of.begin().question)
	var out []put
	for i, f := range now {
		p := put{name: f.name, list: f.value.Kind() == reflect.Slice, values: f.written()}
		p.changed = !slices.Equal(p.values, before[i].written())
		out = append(out, p)
	}
	return out
}

// written is the value of a setting in words; none where it holds nothing.
func (f field) written() []string {
	switch x := f.value.Interface().(type) {
	case []string:
		return slices.Clone(x)
	case Named:
		return notEmpty(strings.TrimSpace(x.Path + " " + x.Name))
	case float64:
		return []string{strconv.FormatFloat(x, 'g', -1, 64)}
	}
	return notEmpty(fmt.Sprint(f.value.Interface()))
}

func notEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// Command is the command line that asks the same, after the name of the program.
func (a *Written) Command() []string {
	s := speech[a.Name()]
	if s.verb == "" {
		s.verb = a.Name()
	}
	out := strings.Fields(s.verb)
	settings := a.settings()
	for _, place := range strings.Fields(s.places) {
		for _, x := range settings {
			if x.name == place {
				out = append(out, x.values...)
			}
		}
	}
	for _, x := range settings {
		if x.name == "resume" && a.Given("from") { // --resume FOLDER
			continue
		}
		if x.changed && !slices.Contains(strings.Fields(s.places), x.name) {
			out = append(out, x.flags(s.flag(x.name, x.list))...)
		}
	}
	return out
}

// flag is the flag of a setting: of a list, in the singular.
func (s spoken) flag(name string, list bool) string {
	if other := s.flags[name]; other != "" {
		return "--" + other
	}
	if list && name != "files" {
		name = strings.TrimSuffix(name, "s")
	}
	return "--" + strings.ReplaceAll(name, "_", "-")
}

func (x put) flags(name string) []string {
	var out []string
	switch {
	case slices.Contains(whole, x.name):
		for _, v := range x.values {
			out = append(out, name, v)
		}
	case x.list:
		out = []string{name, strings.Join(x.values, ",")}
	case x.values[0] == "true":
		out = []string{name}
	case x.values[0] == "false":
		out = []string{name + "=false"}
	default:
		out = []string{name, x.values[0]}
	}
	return out
}

// CommandLine is casus called with some words, as a shell reads it.
func CommandLine(args ...string) string { return "casus " + terminal.Quoted(args...) }

// Names are those of the words, in order.
func (w Words) Names() []string { return slices.Sorted(maps.Keys(w)) }

// Flag is a setting as the command line has it. Apart says that of a list each
// value is given by a flag of its own.
type Flag struct {
	Name, Default string
	Apart         bool
}

// Flags are the settings that have one.
func (a *Written) Flags() []Flag {
	s := speech[a.Name()]
	var out []Flag
	for _, x := range a.settings() {
		if !slices.Contains(strings.Fields(s.places), x.name) {
			out = append(out, Flag{strings.TrimPrefix(s.flag(x.name, x.list), "--"), strings.Join(x.values, ","), slices.Contains(whole, x.name)})
		}
	}
	return out
}

// PutJSON is Put for a question that can say itself.
func PutJSON(name string, settings map[string]json.RawMessage) (*Written, error) {
	a, err := Put(name, settings)
	if err != nil {
		return nil, err
	}
	of, _ := askNamed(name)
	return &Written{a, of}, nil
}
