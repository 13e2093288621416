package data

import (
	"slices"
	"strings"
	"testing"
)

// What people call a state, on which day, and which states that is. A word that
// nobody was called on the day is that of the nearest day.
func TestCalled(t *testing.T) {
	s := catalogue(t)
	for _, row := range strings.Split(strings.TrimSpace(`
		Germany            1914-08-01  DEU
		germany            1970-01-01  DEU
		FRG                1970-01-01  DEU
		FRG                2020-01-01  DEU
		GDR                1970-01-01  DDR
		USSR               1980-01-01  RUS
		USSR               2022-02-24  RUS
		Soviet Union       1980-01-01  RUS
		PRC                2020-01-01  CHN
		ROC                1945-01-01  CHN
		ROC                1958-08-23  TWN
		Republic of China  1937-07-07  CHN
		Republic of China  2026-01-01  TWN
		Palestine          2026-01-01  PSE
		TAN                1980-01-01  TZA
		Burma              1970-01-01  MMR
		Burma              2021-02-01  MMR
		Persia             1914-08-01  IRN
		Siam               1914-08-01  THA
		Zaire              1980-01-01  COD
		Swaziland          2020-01-01  SWZ
		Macedonia          2001-01-01  MKD
		FYROM              2001-01-01  MKD
		Ivory Coast        2020-01-01  CIV
		Austria            1914-08-01  AUH
		Austria            1850-01-01  AUH
		Austria            1930-01-01  AUT
		Austria            1942-01-01  AUT
		Korea              1900-01-01  KRA
		Korea              2020-01-01  KOR PRK
		Vietnam            1965-03-01  RVN VNM
		Vietnam            1979-02-17  VNM
		Congo              2020-01-01  COD COG
		Turkey             2026-01-01  TUR
		Britain            2026-01-01  GBR
		Atlantis           2026-01-01  -
	`), "\n") {
		words := strings.Fields(row)
		n := slices.IndexFunc(words, func(w string) bool { return strings.Count(w, "-") == 2 })
		var got []string
		for _, sp := range s.Called(strings.Join(words[:n], " "), must(t, words[n])) {
			got = append(got, sp.ID)
		}
		if want := strings.Join(words[n+1:], " "); strings.Join(got, " ") != want && (want != "-" || got != nil) {
			t.Errorf("%s: %v", strings.TrimSpace(row), got)
		}
	}
	var none *States
	if none.Called("FRG", 1) != nil || s.Called(" ", 1) != nil {
		t.Error("nobody is called by nothing")
	}
}
