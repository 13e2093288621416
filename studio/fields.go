package studio

import (
	"regexp"
	"strings"
)

// fields are the words over the fields of the page, by the flag that asks the same.
var fields = map[string]string{
	"measure": "Measure", "option": "Option", "between": "Option and Held against", "view": "School",
	"by": "Attacker", "on": "Victim", "at": "Place", "object": "It falls on", "kind": "What happens", "date": "Day", "fact": "What is known",
	"chance": "How likely", "set": "Held at", "where": "In which worlds is this so", "from": "From the event", "to": "To the end",
}

var flag = regexp.MustCompile(`(^|[\s(“"])--([a-z][a-z-]*)(=?)`)

// onPage is advice given in flags, in the words of the page: the field that is meant,
// or the word of the address where there is none.
func onPage(words string) string {
	words = strings.ReplaceAll(words, "run without --resume", "run the case anew")
	return flag.ReplaceAllStringFunc(words, func(found string) string {
		m := flag.FindStringSubmatch(found)
		if field := fields[m[2]]; field != "" {
			return m[1] + "“" + field + "”"
		}
		return m[1] + "“" + strings.ReplaceAll(m[2], "-", "_") + "=” in the address"
	})
}
