package model

import (
	"crypto/sha256"
	"encoding/hex"

	"casus/finding"
	"casus/lang/syntax"
)

// Digests gives those of the model's files and of its table of states, as every
// finding and every record of it has them.
func (m *Model) Digests() []finding.File {
	m.digesting.Do(func() {
		for _, t := range m.Trees {
			m.digests = append(m.digests, finding.File{Name: t.File.Name, SHA256: sum(syntax.JSON(t))})
		}
		m.digests = append(m.digests, m.States.Digest())
	})
	return m.digests
}

func sum(text []byte) string {
	s := sha256.Sum256(text)
	return hex.EncodeToString(s[:])
}
