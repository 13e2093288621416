// Package inquiry asks things of many worlds: of a record, or of a case in worlds
// that it lays out and solves itself.
//
//  1. What is asked is a struct of names and numbers, free of flags; Check says
//     what is wrong with it before anything is run.
//  2. Of answers from a record of study; Flip, Sense, Elicit, Reach and SizesOf
//     play the case themselves.
//  3. The methods are those of decision, sensitivity and discovery, which know
//     tables of numbers and no treaty. Inquiry makes the tables and says in the
//     words of the case what came out.
//  4. Every answer is a finding: it opens with a finding.Head.
//
// study knows nothing of what is asked of its worlds.
package inquiry

import "casus/worlds/study"

// record is a record that something is asked of.
type record struct{ *study.Record }
