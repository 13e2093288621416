package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
)

// SourceDigest names the source of a released program; cmd/release sets it beside
// Release.
var SourceDigest string

// Build tells one build of the program from another, which the words of Program do
// not: by the source, where that is known (of a release, or of a commit with nothing
// changed since), else by the bytes of the program's own file. Programs of one source
// have one build: casus and casus-nats of a release, or of a commit. It is empty where
// not even its own file can be read.
var Build = sync.OnceValue(func() string {
	info, _ := debug.ReadBuildInfo()
	return buildOf(Release, SourceDigest, info, ownFile)
})

// The ways in which a build is known.
const (
	ofRelease = "release "
	ofCommit  = "commit "
	ofFile    = "file "
)

// BySource reports whether a build is known by its source. Of another it is only known
// that it is not the same file.
func BySource(build string) bool {
	return strings.HasPrefix(build, ofRelease) || strings.HasPrefix(build, ofCommit)
}

func buildOf(release, source string, info *debug.BuildInfo, file func() (string, error)) string {
	if release != "" && source != "" {
		return ofRelease + release + " " + source
	}
	set := map[string]string{}
	if info != nil {
		for _, s := range info.Settings {
			set[s.Key] = s.Value
		}
	}
	if set["vcs.revision"] != "" && set["vcs.modified"] == "false" {
		return ofCommit + set["vcs.revision"]
	}
	digest, err := file()
	if err != nil {
		return ""
	}
	return ofFile + digest
}

// ownFile is the digest of the program that runs. Linux names it although another
// file may stand in its place by now.
func ownFile() (string, error) {
	f, err := os.Open("/proc/self/exe")
	if err != nil {
		name, err := os.Executable()
		if err != nil {
			return "", err
		}
		if f, err = os.Open(name); err != nil {
			return "", err
		}
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
