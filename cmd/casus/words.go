package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/ask"
	"casus/lang/source"
)

// gather reads a command line as its writer meant it: words that stand free
// behind a flag of a verb that takes none belong to that flag, as in --between
// DNK USA, --at diego garcia or --fact requested ceasefire. The error names every
// flag that the verb does not have and every number that is none.
func gather(root *cobra.Command, args []string) ([]string, error) {
	verb, rest, err := root.Find(args)
	if err != nil || verb == root || verb.Hidden || verb.HasSubCommands() {
		return args, nil
	}
	for i, word := range rest {
		flag, value, _ := strings.Cut(word, "=")
		if rest[i] = ask.PlainBlanks(word); strings.HasPrefix(word, "--") && value != "" {
			rest[i] = flag + "=" + ask.PlainBlanks(value)
		}
	}
	g := &gathering{verb: verb, free: verb.Args == nil || verb.Args(verb, []string{"x"}) == nil || verb.Args(verb, nil) != nil}
	for len(rest) > 0 {
		rest = g.next(rest)
	}
	if len(g.numbers) > 0 {
		if !slices.Contains(g.out, "--") {
			g.out = append(g.out, "--")
		}
		g.out = append(g.out, g.numbers...)
	}
	return append(strings.Fields(verb.CommandPath())[1:], g.out...), ask.Together(g.wrong...)
}

// gathering is a command line while it is read.
type gathering struct {
	verb    *cobra.Command
	free    bool // the verb takes words that belong to no flag
	out     []string
	wrong   []error
	numbers []string          // words that begin as a number below 0
	said    map[string]string // what stood behind each flag of one thing
}

// next reads a flag with all its words, or one other word, and returns what is left.
func (g *gathering) next(rest []string) []string {
	word, rest := rest[0], rest[1:]
	name, isFlag := strings.CutPrefix(word, "--")
	if strings.TrimSpace(word) == "" {
		word = "" // a name of blanks is none
	}
	if !isFlag && len(word) > 1 && word[0] == '-' {
		return g.dash(word, rest)
	}
	if !isFlag || name == "" {
		g.out = append(g.out, word)
		if name == "" && isFlag {
			g.out, rest = append(g.out, rest...), nil
		}
		return rest
	}
	name, value, joined := strings.Cut(name, "=")
	f := g.verb.Flags().Lookup(name)
	switch {
	case f == nil && name == "help":
		g.out = append(g.out, word)
		return rest
	case f == nil:
		g.unknown(name)
		return behind(rest)
	case f.NoOptDefVal != "": // yes or no
		if f.Value.Type() == "bool" && joined {
			g.number(f, value)
		}
		g.out = append(g.out, word)
		return rest
	case !joined && (len(rest) == 0 || g.isFlag(rest[0])):
		g.wrong = append(g.wrong, sayingNothing(g.verb, f))
		return rest
	case !joined:
		value, rest = rest[0], rest[1:]
	}
	g.number(f, value)
	words := []string{value}
	for !g.free && takesWords(f) && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		words, rest = append(words, rest[0]), rest[1:]
	}
	g.flag(f, words)
	return rest
}

// afterComma is a comma of a list with the blanks about it.
var afterComma = regexp.MustCompile(`\s*,\s*`)

// dash reads a word behind one dash. A number below 0 is a word as any other, and
// goes behind --, since to pflag it is a flag.
func (g *gathering) dash(word string, rest []string) []string {
	switch c := word[1]; {
	case word == "-h" || g.verb.Flags().ShorthandLookup(word[1:2]) != nil:
		g.out = append(g.out, word)
	case c >= '0' && c <= '9' || c == '.' || c == ',':
		g.numbers = append(g.numbers, word)
	default:
		g.wrong = append(g.wrong, usage(fmt.Sprintf("unknown flag: %s", word), "a flag has two dashes, as in --help; see "+g.verb.CommandPath()+" --help"))
	}
	return rest
}

// flag writes down a flag with its words, in the form in which it reads them.
func (g *gathering) flag(f *pflag.Flag, words []string) {
	switch {
	case f.Value.Type() == "stringSlice":
		list := strings.Join(words, ",")
		if !strings.Contains(list, `"`) {
			list = afterComma.ReplaceAllString(list, ",")
		}
		g.out = append(g.out, "--"+f.Name+"="+list)
	case f.Value.Type() == "stringArray" && !slices.Contains(sentences, f.Name):
		for _, w := range words {
			g.out = append(g.out, "--"+f.Name+"="+w)
		}
	default:
		value := strings.Join(words, " ")
		g.once(f, value)
		g.out = append(g.out, "--"+f.Name+"="+value)
	}
}

// once refuses a flag of one thing that is given again with another: the last would
// count, and the first be passed over in silence.
func (g *gathering) once(f *pflag.Flag, value string) {
	if f.Value.Type() == "stringArray" || f.Value.Type() == "intSlice" {
		return
	}
	before, again := g.said[f.Name]
	if again && before != value {
		g.wrong = append(g.wrong, usage(fmt.Sprintf("--%s is given twice, %s and %s", f.Name, before, value), "give it once"+map[bool]string{true: ", several as --" + f.Name + " " + before + "," + value}[slices.Contains(severalStates, f.Name)]))
	}
	if g.said == nil {
		g.said = map[string]string{}
	}
	g.said[f.Name] = value
}

// severalStates are the flags that take several states in one.
var severalStates = []string{"by", "on"}

// sentences are the flags that may be given several times, each time with a
// sentence of many words.
var sentences = []string{"after", "event", "own", "deployed"}

func takesWords(f *pflag.Flag) bool {
	return slices.Contains([]string{"string", "stringSlice", "stringArray"}, f.Value.Type())
}

// behind returns what follows the words of a flag that nobody knows.
func behind(rest []string) []string {
	i := slices.IndexFunc(rest, func(w string) bool { return strings.HasPrefix(w, "-") })
	if i < 0 {
		return nil
	}
	return rest[i:]
}

// number checks a flag that takes a number, or yes or no, before pflag does in words of its own.
func (g *gathering) number(f *pflag.Flag, value string) {
	if strings.TrimSpace(value) == "" && !takesWords(f) {
		g.wrong = append(g.wrong, sayingNothing(g.verb, f))
		return
	}
	var err error
	wanted := "a whole number such as 512"
	switch f.Value.Type() {
	case "int":
		_, err = strconv.Atoi(value)
	case "uint64":
		_, err = strconv.ParseUint(value, 10, 64)
	case stretchType:
		_, _, err = ask.Stretch(value)
		wanted = errStretch.Error()
	case "float":
		var x float64
		err, wanted = fraction{&x}.Set(value), errNumber.Error()
	case "bool":
		_, err = strconv.ParseBool(value)
		wanted = "true or false, and true where it stands alone"
	case sizeType:
		if err = new(size).Set(value); err != nil {
			wanted = err.Error()
		}
	}
	if err != nil {
		g.wrong = append(g.wrong, usage(fmt.Sprintf("--%s cannot be %q", f.Name, value), "it is "+wanted))
	}
}

// unknown adds a flag that the verb does not have, with the nearest that it has,
// or the verbs that have it.
func (g *gathering) unknown(name string) {
	var own, others []string
	g.verb.Flags().VisitAll(func(f *pflag.Flag) { own = append(own, f.Name) })
	for _, c := range g.verb.Root().Commands() {
		if c.IsAvailableCommand() && c.Flags().Lookup(name) != nil {
			others = append(others, c.Name())
		}
	}
	hint := "see " + g.verb.CommandPath() + " --help"
	switch near := source.DidYouMean(name, own); {
	case len(others) > 0:
		hint = "a flag of " + strings.Join(others, ", ") + "; " + hint
	case near != "":
		hint = strings.Replace(near, "did you mean ", "did you mean --", 1) + "; " + hint
	}
	g.wrong = append(g.wrong, usage("unknown flag: --"+name, hint))
}

// noneEmpty refuses flags that were given and say nothing.
func noneEmpty(c *cobra.Command) error {
	var wrong []error
	c.Flags().Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			if values = list.GetSlice(); len(values) == 0 {
				values = []string{""}
			}
		}
		if takesWords(f) && slices.ContainsFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" }) {
			wrong = append(wrong, sayingNothing(c, f))
		}
	})
	return ask.Together(wrong...)
}

// filesWritten are the flags that name a file to write beside the answer.
var filesWritten = []string{"picture", "which", "out"}

// mayWrite finds before anything is worked out whether the files that a verb is to
// write can be made. A sweep makes its --out itself: that is a folder.
func mayWrite(c *cobra.Command) error {
	if c.HasParent() && c.Parent().Name() == "sweep" {
		return nil
	}
	var files []ask.Beside
	read, record := c.Flags().Args(), ""
	c.Flags().Visit(func(f *pflag.Flag) {
		switch {
		case f.Name == "record":
			record = f.Value.String()
		case slices.Contains(filesWritten, f.Name):
			files = append(files, ask.Beside{As: "--" + f.Name, Name: f.Value.String(), Picture: f.Name == "picture"})
		case f.Value.Type() == "string":
			read = append(read, f.Value.String())
		}
	})
	wrong := []error{ask.MayReplace(files, read, record)}
	for _, f := range files {
		if err := source.MayWrite(f.Name); err != nil {
			wrong = append(wrong, ask.Failure{Code: ask.WrongUse, Err: err})
		}
	}
	return ask.Together(wrong...)
}

// sayingNothing is the error of a flag that was given and says nothing.
func sayingNothing(verb *cobra.Command, f *pflag.Flag) error {
	return usage("--"+f.Name+" has nothing behind it", "leave it out, or see "+verb.CommandPath()+" --help for what it takes")
}

// isFlag reports whether a word is a flag of the verb.
func (g *gathering) isFlag(word string) bool {
	name, dashed := strings.CutPrefix(word, "--")
	name, _, _ = strings.Cut(name, "=")
	return dashed && g.verb.Flags().Lookup(name) != nil
}
