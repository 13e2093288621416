package show_test

import (
	"bytes"
	"casus/finding"
	"casus/law/counsel"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/law"
	"casus/show"
)

// course judges the one course of a text.
func course(t *testing.T, text string) *counsel.Course {
	t.Helper()
	m, problems := catalog.Files([]*source.File{source.New("course.casus", []byte(text))})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return counsel.NewCourse(law.JudgeCourse(m, m.Cases[0]))
}

// small has each kind of entry and of agreement.
func small(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "course.casus"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The ledger of a small course, at two widths, is the text beside it.
func TestCourseText(t *testing.T) {
	c := course(t, small(t))
	for _, width := range []int{0, 48} {
		var b bytes.Buffer
		if err := show.Course(&b, c, show.Layout{Width: width}); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join("testdata", map[int]string{0: "course.txt", 48: "course_narrow.txt"}[width])
		if *update {
			if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil || b.String() != string(want) {
			t.Errorf("%s: %v, found\n%s", name, err, &b)
		}
	}
}

// The JSON form reads back as it was, has no null in it, and is the same bytes
// each time.
func TestCourseJSON(t *testing.T) {
	text := func() string {
		var b bytes.Buffer
		if err := finding.Write(&b, course(t, small(t))); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first := text()
	if again := text(); again != first {
		t.Errorf("two runs differ:\n%s\n%s", first, again)
	}
	if strings.Contains(first, "null") {
		t.Errorf("null in\n%s", first)
	}
	var back counsel.Course
	d := json.NewDecoder(strings.NewReader(first))
	d.DisallowUnknownFields()
	if err := d.Decode(&back); err != nil {
		t.Fatal(err)
	}
	c := course(t, small(t))
	if !reflect.DeepEqual(back.Entries, c.Entries) || !reflect.DeepEqual(back.Alone, c.Alone) || !reflect.DeepEqual(back.Steps, c.Steps) || back.Count != c.Count {
		t.Error("what was written does not read back")
	}
	n := c.Count
	if n.Same+n.Differs+n.Mismatch+n.Silent != n.Entries || n.Mismatch != 1 || n.Differs != 1 {
		t.Errorf("counted %+v", n)
	}
}

// A picture is well-formed, names every state and every day, and has a mark for
// each war and each abstention; of shipped courses too.
func TestCoursePicture(t *testing.T) {
	pictures := map[string]*counsel.Course{"small": course(t, small(t))}
	for _, name := range []string{"1914", "1939"} {
		m, problems, err := catalog.Case(name)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		pictures[name] = counsel.NewCourse(law.JudgeCourse(m, m.Case(name)))
	}
	for name, c := range pictures {
		var b bytes.Buffer
		if err := show.CoursePicture(&b, c); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		marks := 0
		for _, e := range c.Entries {
			if e.Kind == "deed" && !e.War {
				continue
			}
			marks++
			if !strings.Contains(b.String(), ">"+e.By+"<") || !strings.Contains(b.String(), ">"+e.Date+"<") {
				t.Errorf("%s: no row of %s or no column of %s", name, e.By, e.Date)
			}
		}
		if got := strings.Count(b.String(), "<g><title>"); got != marks {
			t.Errorf("%s: %d marks, want %d", name, got, marks)
		}
	}
}
