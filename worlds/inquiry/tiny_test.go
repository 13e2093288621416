package inquiry_test

import (
	"context"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/study"
)

// tinyWorlds are the worlds the tests run unless they say otherwise: more than
// one block, and not a whole number of them.
const tinyWorlds = 150

// load reads the case tiny of study, with edits made to its text: pairs of
// what stands there once and what is to stand there.
func load(t testing.TB, edits ...string) *model.Model {
	t.Helper()
	own, err := catalog.Read("../study/testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(edits); i += 2 {
		own = edit(t, own, edits[i], edits[i+1])
	}
	m, problems := catalog.Files(own)
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	return m
}

func edit(t testing.TB, own []*source.File, from, to string) []*source.File {
	t.Helper()
	var out []*source.File
	found := 0
	for _, f := range own {
		found += strings.Count(string(f.Text), from)
		out = append(out, source.New(f.Name, []byte(strings.ReplaceAll(string(f.Text), from, to))))
	}
	if found != 1 {
		t.Fatalf("the tiny case has %q %d times, not once", from, found)
	}
	return out
}

// run runs the case tiny of a model; worlds are tinyWorlds if the plan is
// silent, and so is the seed.
func run(t testing.TB, m *model.Model, p study.Plan) *study.Record {
	t.Helper()
	if p.Worlds == 0 {
		p.Worlds = tinyWorlds
	}
	if p.Seed == 0 {
		p.Seed = study.DefaultSeed
	}
	r, err := study.Run(context.Background(), m, m.Case("tiny"), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// values are the measures of an option under a view, by measure and world.
func values(t testing.TB, r *study.Record, option, view string) [][]float64 {
	t.Helper()
	for _, x := range r.Results {
		for _, v := range x.Views {
			if x.Option == option && v.View == view {
				return v.Values
			}
		}
	}
	t.Fatalf("no result of option %s under view %s", option, view)
	return nil
}

// summary is that of one measure.
func summary(t testing.TB, r *study.Record, option, view, measure string) study.Summary {
	t.Helper()
	for _, x := range r.Results {
		for _, v := range x.Views {
			for _, s := range v.Summary {
				if x.Option == option && v.View == view && s.Measure == measure {
					return s
				}
			}
		}
	}
	t.Fatalf("no summary of %s of option %s under view %s", measure, option, view)
	return study.Summary{}
}
