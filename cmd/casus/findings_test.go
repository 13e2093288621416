package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"casus/ask"
)

const schemaFile = "findings.schema.json"

// checked is the program in a script: what it prints with --json must have the form
// that the documents promise, or it ends with 70.
func checked() {
	file := os.Getenv("CASUS_SCHEMA")
	serves := slices.Contains(os.Args, "serve")
	if file == "" || !slices.Contains(os.Args, "--json") && !serves {
		main()
		return
	}
	collect()
	var printed bytes.Buffer
	code := run(os.Args[1:], os.Stdin, io.MultiWriter(os.Stdout, &printed), os.Stderr)
	if (code == 0 || code == ask.Unexpected) && printed.Len() > 0 {
		if err := validateAll(file, &printed, serves); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			code = 70
		}
	}
	os.Exit(code)
}

// validateAll holds what was printed against the schema; of a server the finding in
// each line.
func validateAll(file string, printed *bytes.Buffer, served bool) error {
	if !served {
		return validate(file, printed)
	}
	for line := range bytes.Lines(printed.Bytes()) {
		var reply struct {
			Finding json.RawMessage `json:"finding"`
		}
		if err := json.Unmarshal(line, &reply); err != nil {
			return err
		}
		if reply.Finding == nil {
			continue
		}
		if err := validate(file, bytes.NewReader(reply.Finding)); err != nil {
			return err
		}
	}
	return nil
}

func validate(file string, printed io.Reader) error {
	form, err := jsonschema.NewCompiler().Compile(file)
	if err != nil {
		return err
	}
	doc, err := jsonschema.UnmarshalJSON(printed)
	if err != nil {
		return err
	}
	return form.Validate(doc)
}

// A script prints a finding of every kind there is.
func TestEveryKindIsTried(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", schemaFile))
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var tried strings.Builder
	for _, name := range scripts {
		script, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tried.Write(script)
	}
	kinds := regexp.MustCompile(`"const": "([a-z ]+)"`).FindAllSubmatch(text, -1)
	if len(kinds) < 20 {
		t.Fatalf("the schema has %d kinds", len(kinds))
	}
	for _, k := range kinds {
		if !strings.Contains(tried.String(), `"kind": "`+string(k[1])+`"`) && !strings.Contains(tried.String(), `"kind":"`+string(k[1])+`"`) {
			t.Errorf("no script prints a finding of kind %q", k[1])
		}
	}
}
