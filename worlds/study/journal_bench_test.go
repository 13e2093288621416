package study

import "testing"

// BenchmarkJournal writes what a run of the shipped case at its defaults does: some
// forty jobs, three views, four blocks of 128 worlds each, with their fsyncs.
func BenchmarkJournal(b *testing.B) {
	columns := make([][]float64, 24)
	for k := range columns {
		columns[k] = column(128, func(i int) float64 { return 1 / float64(i+k+3) })
	}
	folder := b.TempDir()
	for b.Loop() {
		j, err := openJournal(here{}, folder, func(*Journal) {})
		if err != nil {
			b.Fatal(err)
		}
		for job := range 40 {
			for view := range 3 {
				for block := range 4 {
					j.numbers(blockWorlds, columns, 128, job, view, 128*block)
				}
			}
		}
		if err := j.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
