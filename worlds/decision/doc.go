// Package decision compares options over the same worlds.
//
//  1. A Table holds a measure's value for every option in every world; worlds in
//     which a compared option is not defined are left out of that comparison and
//     counted: table.go, sample.go.
//  2. Compare asks the classical criteria side by side (expected value, worst
//     case, regret, Hurwicz, Laplace, domain, satisficing), NewRegret gives the
//     table of regrets, NewFront the options that none dominates over several
//     measures: criteria.go, regret.go, front.go.
//  3. NewPair holds two options against each other world by world: pair.go.
//  4. PerfectInformation and InputInformation say what it would be worth to know
//     everything, or one input or group of inputs: information.go, learn.go.
//  5. NearestFlip and NearestFlipOfTwo look for the smallest change of one or two
//     inputs that turns a comparison round: flip.go, plane.go, root.go.
//  6. Running, Trace and Until follow an estimate as worlds are added and say
//     when there are enough: converge.go.
//
// The package knows no game: it takes columns of numbers and callbacks. No
// criterion is said to be the right one; where options tie, all are named.
//
// Every interval here is about worlds: how far the number could move if other
// worlds were drawn from the same distributions. It says nothing about whether
// the distributions are right. Worlds of a stratified design (Sobol', Latin
// hypercube) are spread more evenly than independent draws, so intervals that
// assume independence come out too wide rather than too narrow.
//
// Same inputs, same bytes: resampling draws from named streams of a seed.
package decision
