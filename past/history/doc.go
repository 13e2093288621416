// Package history turns datasets on the past into the forms that casus knows.
//
//  1. ReadATOP reads the member rows of the Alliance Treaty Obligations and
//     Provisions data: each row dated, its state resolved on its day, what is
//     odd a positioned warning.
//  2. The rows of an alliance become one instrument in the language of casus,
//     as text: positions, traces and digests need no way of their own, and a
//     reader can look at what the data were taken to say.
//  3. ReadCShapes reads historical borders, simplified to a stated tolerance, as
//     lands with their days, from which the page draws a map. They are no law.
//
// The data are not ours to ship; whoever has them adds them.
package history
