// Package draw turns a seed into worlds: one number for every named assumption.
//
//  1. NewStream(seed, name) is an endless row of random words, word i a pure
//     function of (seed, name, i): philox.go, stream.go.
//  2. Design{Kind, Seed, N}.Column(name) lays out N numbers in (0, 1) for one
//     assumption, from its stream alone, so that a further assumption moves no
//     draw and any block of worlds can be made anywhere: design.go. Sobol gives
//     the classical points for a fixed list of inputs: sobol.go.
//  3. New(kind, args), Truncate and Mixture make the distribution, and its
//     Quantile maps a number in (0, 1) to a value: dist.go, continuous.go,
//     discrete.go, truncate.go, mixture.go. Tabulate makes slow quantiles fast:
//     tabulate.go.
//  4. A Copula makes assumptions depend on each other: copula.go.
//  5. Summarise and Wilson describe what came out of the worlds: summary.go.
//
// Nothing reads a clock, iterates over a map or starts a goroutine. Every number
// is made by integer arithmetic, by single operations rounded as written, and by
// the functions of package special: the same bits on every machine.
package draw
