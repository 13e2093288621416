package finding

import (
	"errors"
	"runtime/debug"
	"strings"
	"testing"
)

// A build is known by its source where that is known; one of a changed tree, or of a
// tree without a history, by its own bytes.
func TestBuild(t *testing.T) {
	vcs := func(revision, modified string) *debug.BuildInfo {
		return &debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: revision}, {Key: "vcs.modified", Value: modified}}}
	}
	own := func() (string, error) { return "f00d", nil }
	none := func() (string, error) { return "", errors.New("not to be read") }
	for _, c := range []struct {
		release, source string
		info            *debug.BuildInfo
		file            func() (string, error)
		want            string
	}{
		{"1.2.3", "abc", vcs("15b28e9", "false"), own, "release 1.2.3 abc"},
		{"1.2.3", "", vcs("15b28e9", "false"), own, "commit 15b28e9"}, // who builds it otherwise than cmd/release
		{"1.2.3", "", nil, own, "file f00d"},
		{"", "", vcs("15b28e9", "false"), own, "commit 15b28e9"},
		{"", "", vcs("15b28e9", "true"), own, "file f00d"},
		{"", "", &debug.BuildInfo{}, own, "file f00d"},
		{"", "", nil, none, ""},
	} {
		got := buildOf(c.release, c.source, c.info, c.file)
		if got != c.want || BySource(got) != (c.want != "" && !strings.HasPrefix(c.want, "file ")) {
			t.Errorf("release %q, source %q: %q, want %q", c.release, c.source, got, c.want)
		}
	}
	if got := Build(); got == "" || got != Build() {
		t.Errorf("this test is build %q", got)
	}
}
