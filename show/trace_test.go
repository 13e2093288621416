package show_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"casus/catalog"
	"casus/finding"
	"casus/law"
	"casus/law/counsel"
	"casus/model"
	"casus/show"
)

// schema is the schema of findings as it stands in the documents.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("../docs/findings.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("findings.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("findings.schema.json")
}

func shipped(t *testing.T) *model.Model {
	t.Helper()
	m, problems := catalog.All()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	return m
}

func whyOf(m *model.Model, ex *model.Example, full bool) *counsel.Why {
	var acts []model.Act
	for _, name := range ex.Options {
		acts = append(acts, m.Option(name).Acts...)
	}
	w, err := counsel.NewWhy(context.Background(), law.Compile(m, ex.Event.Date, acts), law.Recall(m, ex.Event.Earlier, law.EventOf(ex.Event)), ex.Options, full)
	if err != nil {
		panic(err) // nobody ends the background
	}
	return w
}

// The answers to every example, in short and in full, have the form that the
// documents promise; in a short run, one example in eight is asked.
func TestTraceHasItsForm(t *testing.T) {
	form, m := schema(t), shipped(t)
	for i, ex := range m.Examples {
		if testing.Short() && i%8 != 0 {
			continue
		}
		for _, full := range []bool{false, i%40 == 0} {
			var b bytes.Buffer
			w := whyOf(m, ex, full)
			w.Answers = slices.CompactFunc(w.Answers, func(a, b counsel.LegalAnswer) bool { return a.Article == b.Article && a.Status == b.Status })
			if err := finding.Write(&b, w); err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := form.Validate(doc); err != nil {
				t.Fatalf("%s: %v", ex.Title, err)
			}
		}
	}
}

// The schema refuses what is no trace: so it can fail.
func TestTheSchemaRefuses(t *testing.T) {
	form, m := schema(t), shipped(t)
	var b bytes.Buffer
	plain := slices.IndexFunc(m.Examples, func(ex *model.Example) bool { return len(ex.Event.Facts) == 0 && len(ex.Event.Earlier) == 0 })
	w := whyOf(m, m.Examples[plain], false)
	if err := finding.Write(&b, w); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{`"version": 2`, `"version": 3`}, {`"status": "` + w.Answers[0].Status + `"`, `"status": "perhaps"`}, {`"warnings": []`, `"warnings": null`},
		{`"ground": "`, `"grounds": "`}, {`"value": "no"`, `"value": false`}, {`"facts": {}`, `"facts": {"requested": "unknown"}`},
	} {
		text := strings.Replace(b.String(), change[0], change[1], 1)
		if text == b.String() {
			t.Errorf("%s does not occur", change[0])
			continue
		}
		var doc any
		if err := json.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		if form.Validate(doc) == nil {
			t.Errorf("%s passes", change[1])
		}
	}
}

// ids lists the ids of a tree.
func ids(n *law.Node) []string {
	out := []string{n.ID}
	for _, ch := range n.Children {
		out = append(out, ids(ch)...)
	}
	return out
}

// No two steps of all answers to an event have one id; a pruned tree holds
// steps of the whole one; every leaf says what it rests on.
func TestStepsAreNamed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m := shipped(t)
	for i, ex := range m.Examples {
		if i%40 != 0 {
			continue
		}
		seen := map[string]bool{}
		for _, a := range whyOf(m, ex, true).Answers {
			all := ids(a.Trace)
			for _, id := range all {
				if seen[id] {
					t.Fatalf("%s: id %s twice", ex.Title, id)
				}
				seen[id] = true
				if !strings.HasPrefix(id, a.Article+"/") {
					t.Errorf("id %s of an answer of %s", id, a.Article)
				}
			}
			for _, id := range ids(a.Trace.Deciding()) {
				if !slices.Contains(all, id) {
					t.Errorf("%s decides but is no step", id)
				}
			}
		}
	}
}

// The page shows every answer, but those of instruments that had ended or were
// not there yet, and asks the network for nothing.
func TestPage(t *testing.T) {
	m := shipped(t)
	for i, ex := range m.Examples {
		if i%20 != 0 {
			continue
		}
		var b bytes.Buffer
		w := whyOf(m, ex, false)
		if err := show.WhyHTML(&b, w); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		for _, a := range w.Answers {
			if left := slices.Contains(w.LeftOut, a.Instrument); strings.Contains(page, "<b>"+a.Article+"</b>") == left {
				t.Errorf("%s: %s: left out %v", ex.Title, a.Article, left)
			}
		}
		for _, word := range []string{"<script", "src=", "@import", "url(", "ZgotmplZ"} {
			if strings.Contains(page, word) {
				t.Errorf("%s: the page has %s", ex.Title, word)
			}
		}
	}
}
