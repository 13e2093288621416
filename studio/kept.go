package studio

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"casus/ask"
	"casus/finding"
)

// mostKept bounds the findings that are kept.
const mostKept = 48

// kept holds the last findings, so that a page and its parts ask once.
type kept struct {
	mu    sync.Mutex
	found map[string]finding.Finding
	order []string // the oldest first
}

func newKept() *kept { return &kept{found: map[string]finding.Finding{}} }

func (k *kept) of(key string) finding.Finding {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.found[key]
}

func (k *kept) keep(key string, f finding.Finding) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.found[key] == nil {
		k.order = append(k.order, key)
	}
	k.found[key] = f
	if len(k.order) > mostKept {
		delete(k.found, k.order[0])
		k.order = k.order[1:]
	}
}

// keyOf tells questions apart that may have different answers. A question that
// reads files of the user's own, other than a record, is asked anew each time.
func keyOf(q *ask.Written) (key string, lasting bool) {
	words := q.Words()
	key = q.Name() + "?" + url.Values(words).Encode()
	if len(words["files"]) > 0 || q.Name() == "run" || q.Name() == "check" {
		return key, false
	}
	for _, name := range []string{"case", "record", "case_of_record"} {
		for _, of := range words[name] {
			switch {
			case ask.Shipped(of):
			case ask.NamesRecord(of):
				key += stamp(of)
			default:
				return key, false
			}
		}
	}
	return key, true
}

// stamp tells one record from the next in the same place.
func stamp(record string) string {
	out := ""
	for _, file := range []string{"manifest.json", "measures.parquet"} {
		if at, err := os.Stat(filepath.Join(record, file)); err == nil {
			out += fmt.Sprintf("|%s %d %d", file, at.Size(), at.ModTime().UnixNano())
		}
	}
	return out
}
