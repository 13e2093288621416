// Package discovery finds the conditions under which worlds are of interest:
// scenario discovery (Groves and Lempert 2007; Bryant and Lempert 2010).
//
//  1. New checks inputs and outcome, leaves out the rows that cannot be used
//     and says how many, and sorts every input once: table.go.
//  2. PRIM peels a box towards a high share of rows of interest and pastes what
//     was taken too much; its trajectory is the choice between coverage and
//     density: prim.go, paste.go. Where, Measure and Drop look at boxes: cover.go.
//     Resample asks whether other rows would have given the same box: resample.go.
//  3. CART splits the rows into leaves that are boxes too: cart.go, prune.go.
//  4. Scores ranks inputs by a forest: forest.go. Stack folds the highest of
//     them into one table of shares: stack.go.
//
// Of a box that holds n rows, k of them of interest, where all usable rows are N
// and K of those are of interest (Bryant and Lempert 2010; mass is Friedman and
// Fisher's support, 1999):
//
//	coverage = k/K   how much of what is of interest the box explains
//	density  = k/n   how much of the box is of interest; PRIM's mean
//	mass     = n/N   how much of everything the box is
//
// Each comes with its two counts and the 95 % score interval (Wilson 1927). The
// interval knows the number of rows only. PRIM chose the box for its density on
// the same rows, so new rows will on average be less dense: Resample, or fresh
// worlds, say by how much.
//
// Results do not depend on the order of goroutines, nor on that of rows, but that
// Resample draws rows by their place. The order of inputs decides only between
// candidates that are exactly as good, and PRIM counts those. Sums over outcomes
// are integers.
package discovery
