// Package sensitivity says which inputs drive an output: as shares of its
// variance, as elementary effects, as shifts of its whole distribution, as
// derivatives, and as what sets a class of worlds apart. It knows columns of
// numbers and nothing of treaties.
//
//  1. A design lays out points in the unit cube: Saltelli for Sobol' indices
//     (saltelli.go), Morris for elementary effects (morris.go), Kucherenko for
//     inputs that depend on each other (dependent.go) under a draw.Copula.
//     The caller maps the points by quantile functions and evaluates them.
//  2. The design turns the outputs into Sobol or Elementary (sobol.go, morris.go).
//  3. A Table of worlds drawn in any way is enough for FirstOrder (first.go),
//     Delta (delta.go) and Regional (regional.go); gradients are for DGSM (dgsm.go).
//  4. Every result has a Basis: rows used and left out, how the intervals were
//     made, and warnings (estimate.go). Intervals come from one weighted bootstrap
//     (bootstrap.go), but for Delta.
//
// Valid for inputs that depend on each other: Kucherenko, FirstOrder, Delta,
// Regional. Not valid: Saltelli, Morris and the bound of DGSM; Doubt has
// the warning to print.
//
// Rows with a number that is missing or infinite are left out and counted. Equal
// arguments give equal bytes, whatever the number of workers. Logarithms,
// exponentials and normal quantiles may differ in the last bits between processor
// architectures.
package sensitivity
