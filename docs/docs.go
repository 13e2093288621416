// Package docs holds the documents that the program itself gives away.
package docs

import _ "embed" // the schema

// Schema is the JSON Schema of every finding.
//
//go:embed findings.schema.json
var Schema []byte
