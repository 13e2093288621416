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
//  4. Summarise, Wilson and Better describe what came out of the worlds:
//     summary.go.
//
// Nothing reads a clock, iterates over a map or starts a goroutine. Streams and
// designs are made by integer arithmetic and exact or singly rounded floating
// point operations: the same bits on every machine. Distributions that need a
// logarithm, an exponential or a special function (normal, lognormal, beta,
// PERT) rest on package math and gonum, which may differ in the last bits
// between processor architectures.
package draw
