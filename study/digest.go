package study

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"casus/model"
	"casus/syntax"
)

// Digests gives the digest of each file of a model and of its states, as a record of it
// has them.
func Digests(m *model.Model) []Digest {
	var out []Digest
	for _, t := range m.Trees {
		sum := sha256.Sum256(syntax.JSON(t))
		out = append(out, Digest{t.File.Name, hex.EncodeToString(sum[:])})
	}
	return append(out, statesDigest(m))
}

// statesDigest stands for the table of states, which is no model file.
func statesDigest(m *model.Model) Digest {
	sum := sha256.Sum256(fmt.Append(nil, m.States.All()))
	return Digest{"states", hex.EncodeToString(sum[:])}
}
