package main

import (
	"bytes"
	"casus/worlds/inquiry"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// analysed runs the verb and reads its JSON.
func analysed(t *testing.T, args ...string) *inquiry.Analysis {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(append([]string{"analyse", "--json"}, args...), nil, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	a := &inquiry.Analysis{}
	if err := json.Unmarshal(out.Bytes(), a); err != nil {
		t.Fatal(err)
	}
	return a
}

// The box that Bryant and Lempert (2010) publish, from their cases, through the
// command line: peeled by tenths, box 21, and what a threshold of 0.8 takes.
func TestAnalyseBryantAndLempert(t *testing.T) {
	const file = "../../../shared/bench/analysis/bryant_lempert_2010.csv"
	if _, err := os.Stat(file); err != nil {
		t.Skip("the cases of Bryant and Lempert are not here")
	}
	const inputs = "Cellulosic cost,Total biomass,Feedstock distribution,Cellulosic yield,Oil elasticity,Demand elasticity,Electricity coproduction,oil supply shift,Biomass backstop price"
	dir := t.TempDir()
	which, picture := filepath.Join(dir, "which.csv"), filepath.Join(dir, "p.svg")
	a := analysed(t, file, "--inputs", inputs, "--peel", "0.1", "--box", "21", "--which", which, "--picture", picture)
	b := a.Found.Box()
	if a.Rows != 882 || a.Found.In != 89 || len(a.Found.Search.Boxes) != 28 || b.Coverage.Count != 67 || b.Density.Of != 87 || b.Restricted != 4 {
		t.Fatalf("%d rows, %d of interest, %d boxes, box %+v", a.Rows, a.Found.In, len(a.Found.Search.Boxes), b)
	}
	for input, want := range map[string]float64{"Total biomass": 755.8, "Demand elasticity": -0.422, "Biomass backstop price": 150.05, "Cellulosic cost": 72.65} {
		l, ok := b.Input(input)
		got := l.Lower
		if l.Above {
			got = l.Upper
		}
		if !ok || !l.Restricted || got < want-0.001 || got > want+0.001 {
			t.Errorf("%s: %+v, want %v", input, l, want)
		}
	}
	in := 0
	for _, row := range readAll(t, which)[1:] {
		if row[2] == "1" {
			in++
		}
	}
	if in != 87 {
		t.Errorf("%d rows lie in the box, want 87", in)
	}
	wellFormed(t, picture)
	a = analysed(t, file, "--inputs", inputs, "--peel", "0.1", "--density", "0.8")
	if b = a.Found.Box(); a.Found.Chosen != 22 || b.Density.Value < 0.8 {
		t.Errorf("a threshold of 0.8 takes box %d, %+v", a.Found.Chosen, b.Density)
	}
}

func readAll(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func wellFormed(t *testing.T, name string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// Names from a file never reach the terminal or the picture as they are, and no
// width breaks the text.
func TestAnalyseHostileNames(t *testing.T) {
	file, picture := filepath.Join(t.TempDir(), "t.csv"), filepath.Join(t.TempDir(), "p.svg")
	long := strings.Repeat("x", 300)
	text := "\"\x1b[31m<red>&\",\"" + long + "\",y\n"
	for i := range 60 {
		text += string(rune('0'+i%10)) + "," + string(rune('0'+i/10)) + "," + map[bool]string{true: "1", false: "0"}[i%10 > 6] + "\n"
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"analyse", file, "--picture", picture}, nil, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	if strings.ContainsRune(out.String(), '\x1b') || strings.Contains(out.String(), long) || !strings.Contains(out.String(), "[31m<red>& at least 6.5") {
		t.Errorf("printed\n%s", out.String())
	}
	wellFormed(t, picture)
}
