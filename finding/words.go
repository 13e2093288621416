package finding

// Weighted is the name of the column of all views together, weighted by the
// records; no view has it.
const Weighted = "record"

// NoState is the name of an attacker of whom no more is known than that it is no
// state.
const NoState = "no state"
