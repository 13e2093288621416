// Package data reads tables and knows the states: which codes, names and
// system membership each had on which day, and who says so.
//
//  1. ReadCSV makes a Table from a file: every field with its line and column,
//     every bad row a Problem, and reading goes on.
//  2. ReadStates makes a States from such a table (catalog/states.csv): dated
//     spells, checked against one another.
//  3. States answers: Resolve a code on a day to our identifier, and back.
//
// # Identifiers
//
// A state's id is three capital letters. It is bookkeeping: it says that the
// datasets follow one line of states, and nothing about recognition, legal
// succession or statehood. The rules, in order:
//
//   - The ISO 3166-1 alpha-3 code, if the state has one today. Kosovo is XKX,
//     which ISO leaves to users and has not assigned.
//   - The ISO 3166-3 code, if the state ended with one: CSK, DDR, YMD.
//   - Otherwise the abbreviation of the dataset that knows it, when no ISO code
//     is equal to it: AUH, BAD, BAV, HAN, HSE, HSG, MEC, MOD, PAP, PMA, RVN
//     (South Vietnam), SAX, SIC, TUS, WRT, ZAN from Correlates of War (COW); ABK,
//     GCL, OFS, SOT, TBT, TRA, UPC from Gleditsch and Ward (GW).
//   - Two are ours, because the abbreviation is another state's ISO code: KRA,
//     Korea until 1910 (COW 730, abbreviated KOR), and ANM, Vietnam until 1893
//     (GW 815, abbreviated VNM).
//
// One COW or GW number is one id, and these numbers share an id with another:
//
//   - DEU: COW 255 (Prussia, Germany) and 260 (Federal Republic, 1955 to
//     1990); GW keeps 260 after 1990. East Germany is DDR.
//   - YEM: COW 678 (to 1990) and 679 (since); GW 678 throughout. South Yemen is YMD.
//   - SRB: COW 345 throughout; GW 340 (Serbia) and 345 (Yugoslavia, 1918 to
//     2006), which never overlap. A second id for Yugoslavia would have cut
//     COW's one number in two on a day COW does not know. Its ISO code is dated
//     (YUG, SCG, SRB) and so is its name.
//   - KIR, NRU, TON, TUV: numbered 946, 970, 955, 947 by COW and 970, 971, 972,
//     973 by GW. The number 970 is Nauru in one and Kiribati in the other.
//
// RUS is also the Soviet Union (COW 365), TUR the Ottoman Empire (640), ITA
// Sardinia (325), VNM North Vietnam (816); the name is dated. Austria-Hungary is
// AUH and Austria AUT, as in both datasets. ISO's own VNM meant South Vietnam
// until 1975 and VDR the North: code and id are different things.
//
// # Schemes
//
// A spell is one row: id, name, scheme, code, first day, last day, source.
//
//   - name: the display name; no code.
//   - alias: another name that people use or used, and on which days: FRG, USSR,
//     Republic of China. Two states may share one, and it is never shown.
//   - iso3: ISO 3166 alpha-3 codes, which exist since 1974. The first day is the
//     later of 1974-01-01 and the state's own first day, even where ISO
//     published the code some months later; a code that ISO withdrew after the
//     state ended stops with the state. Where ISO's list gives only a year, the
//     source says "year only".
//   - cow, cowabb, member: COW number, abbreviation and system membership.
//   - gw, gwabb, gwmember: the same of GW. Microstates, which GW lists apart,
//     have gw and gwabb but no gwmember.
//
// On the rows of a dataset the name is the dataset's own. A row whose id is "*"
// says what a whole scheme covers, and a spell that reached the end of its
// dataset has no last day. The Holy See and others that neither dataset lists
// have no id here; Palestine (PSE), which people ask for, has a name and its ISO
// code and no membership.
package data
