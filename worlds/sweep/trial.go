package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"casus/finding"
	"casus/worlds/study"
)

// trialWorlds are how many worlds of a block are tried, at either end of the sweep's.
const trialWorlds = 32

// A build that is known by its source is the same everywhere. Two that are not, being
// made of a tree that was changed since its last commit, or that has no history, are
// only known to be other files: casus and casus-nats made of one tree are that too. They
// may do one sweep if they make the same of the same worlds, which the manifest has from
// the program that planned it: the first and the last of some options under each view.

// trial is the digest of what this program makes of those worlds.
func (s *Sweep) trial(ctx context.Context) (string, error) {
	do, pieces := s.worker(ctx), s.tried()
	sums := make([][sha256.Size]byte, len(pieces))
	err := study.Each(ctx, len(pieces), 0, nil, func(i int) error {
		text, err := do(pieces[i])
		sums[i] = sha256.Sum256(text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("trying a few worlds: %w", err)
	}
	all := sha256.New()
	for _, sum := range sums {
		all.Write(sum[:])
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

// tried are the pieces of the trial: of three options, for it takes a while to make the
// game of one.
func (s *Sweep) tried() []study.Piece {
	var options []string
	for _, p := range s.Blocks {
		if !slices.Contains(options, p.Option) {
			options = append(options, p.Option)
		}
	}
	n := len(options)
	options = []string{options[0], options[n/2], options[n-1]}
	var out []study.Piece
	for i := 0; i < len(s.Blocks); {
		first, n := s.Blocks[i], i
		for n < len(s.Blocks) && s.Blocks[n].Option == first.Option && s.Blocks[n].View == first.View {
			n++
		}
		last := s.Blocks[n-1]
		first.To = min(first.To, first.From+trialWorlds)
		last.From = max(last.From, last.To-trialWorlds)
		if slices.Contains(options, first.Option) {
			out = append(out, first, last)
		}
		i = n
	}
	return slices.Compact(out)
}

// otherProgram is the error of a sweep that another program planned, where one of the
// two is known by its source.
func (s *Sweep) otherProgram() error {
	if s.planned() || s.Trial != "" {
		return nil
	}
	return s.byAnother("whose worlds might differ")
}

// tryOut is the error of a sweep that another program planned, which makes something
// else of the worlds of the trial.
func (s *Sweep) tryOut(ctx context.Context) error {
	if s.planned() {
		return nil
	}
	is, err := s.trial(ctx)
	if err == nil && is != s.Trial {
		err = s.byAnother("which makes something else of its worlds")
	}
	return err
}

// planned reports whether this program planned the sweep, or one of the same source.
func (s *Sweep) planned() bool { return s.Build == finding.Build() && s.Build != "" }

func (s *Sweep) byAnother(wherefore string) error {
	return fmt.Errorf("planned by %s, and this is %s, %s: use the same program everywhere, and casus-nats of the same commit or release", build(s.Program, s.Build), build(finding.Program(), finding.Build()), wherefore)
}

// build names a program with its build, for people.
func build(program, build string) string {
	const most = 24
	switch r := []rune(build); {
	case build == "":
		return fmt.Sprintf("%.60q of an unknown build", program)
	case len(r) > most:
		return fmt.Sprintf("%.60q (%s…)", program, string(r[:most]))
	}
	return fmt.Sprintf("%.60q (%s)", program, build)
}
