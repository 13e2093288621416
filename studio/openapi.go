package studio

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"casus/ask"
	"casus/docs"
	"casus/finding"
)

type object = map[string]any

// describe gives the API as OpenAPI 3.1, made from the table of questions and the
// schema of findings.
func (s *Studio) describe(w http.ResponseWriter, _ *http.Request) {
	d, err := description()
	if err != nil {
		refuse(w, http.StatusInternalServerError, err)
		return
	}
	reply(w, http.StatusOK, d)
}

func description() (object, error) {
	asks, err := ask.Questions{}.Answer(ask.Told{})
	if err != nil {
		return nil, err
	}
	defs := object{}
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(docs.Schema), "#/$defs/", "#/components/schemas/finding/$defs/")), &defs); err != nil {
		return nil, err
	}
	delete(defs, "$id")
	delete(defs, "$schema")
	paths := object{
		"/jobs/{id}": object{
			"parameters": []any{object{"name": "id", "in": "path", "required": true, "schema": object{"type": "string", "pattern": "^[0-9]+$"}}},
			"get":        object{"summary": "follow a job", "operationId": "follow", "responses": object{"200": object{"description": "news of the job, as server-sent events of the name of its state", "content": object{"text/event-stream": object{"schema": object{"type": "string"}}}}, "404": errorOf("no such job")}},
			"delete":     object{"summary": "stop a job", "operationId": "stop", "responses": object{"200": answerOf("how the job stands", "news"), "404": errorOf("no such job")}},
		},
	}
	for _, a := range asks.Asks {
		paths["/api/"+a.Ask] = pathOf(a)
		paths["/jobs/"+a.Ask] = object{"post": object{"summary": "begin " + a.Ask + " as a job", "operationId": "begin_" + a.Ask, "requestBody": bodyOf(a), "responses": object{"202": answerOf("the job", "news"), "400": errorOf("the question makes no sense"), "429": errorOf("too many jobs")}}}
	}
	guarded(paths)
	return object{
		"openapi": "3.1.0",
		"info":    object{"title": "casus", "version": finding.Program(), "description": "The questions of casus. What each setting means, casus VERB --help says; what is found, docs/findings.md."},
		"paths":   paths, "security": []any{object{"token": []any{}}},
		"components": object{
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer", "description": "the token in the address that casus studio prints"}},
			"schemas": object{
				"finding": defs,
				"fault":   object{"type": "object", "required": []string{"error", "code"}, "properties": object{"error": object{"type": "string"}, "code": object{"type": "integer", "enum": []int{1, 2, 3, 130}}}},
				"news": object{"type": "object", "required": []string{"job", "command", "state", "done", "total", "said", "error", "to", "record", "resume", "words"}, "properties": object{
					"job": text(), "command": text(), "state": object{"type": "string", "enum": []string{"running", "done", "stopped", "failed"}},
					"done": object{"type": "integer"}, "total": object{"type": "integer"}, "said": text(), "error": text(), "to": text(), "record": text(), "resume": text(), "words": text(),
				}},
			},
		},
	}, nil
}

// guarded adds to every operation what the guard may answer, in plain words.
func guarded(paths object) {
	plain := func(words string) object {
		return object{"description": words, "content": object{"text/plain": object{"schema": text()}}}
	}
	for _, path := range paths {
		for method, x := range path.(object) {
			operation, is := x.(object)
			if !is || operation["responses"] == nil {
				continue
			}
			all := object{"401": plain("no token, or another"), "403": plain("asked from another page, or under another host")}
			if method == "post" {
				all["413"] = errorOf("more than was bargained for is sent")
			}
			maps.Copy(all, operation["responses"].(object))
			operation["responses"] = all
		}
	}
}

func text() object { return object{"type": "string"} }

// pathOf is a question by GET, with its settings in the address, and by POST, with
// them as JSON. One that always writes is there by POST alone.
func pathOf(a ask.Described) object {
	responses := object{"200": answerOf("what was found", "finding"), "400": errorOf("the question makes no sense"), "422": errorOf("the model or the data are at fault")}
	post := object{"summary": a.Ask, "operationId": "post_" + a.Ask, "requestBody": bodyOf(a), "responses": responses}
	if a.Ask == "run" {
		return object{"post": post}
	}
	var in []any
	for _, x := range a.Settings {
		in = append(in, object{"name": x.Name, "in": "query", "schema": schemaOf(x)})
	}
	get := object{"summary": a.Ask, "operationId": "get_" + a.Ask, "responses": object{"200": responses["200"], "400": responses["400"], "422": responses["422"], "405": errorOf("it would write a record: send it by POST")}}
	if in != nil {
		get["parameters"] = in
	}
	return object{"get": get, "post": post}
}

func bodyOf(a ask.Described) object {
	properties := object{}
	for _, x := range a.Settings {
		properties[x.Name] = schemaOf(x)
	}
	return object{"content": object{"application/json": object{"schema": object{"type": "object", "properties": properties, "additionalProperties": false}}}}
}

// schemaOf is the type of a setting, told by its default. The default itself is told in
// words: clients made from a description send what is called one, and a setting that
// is sent is given.
func schemaOf(x ask.Setting) object {
	var d any
	if err := json.Unmarshal([]byte(x.Default), &d); err != nil {
		panic(err) // it was made as JSON
	}
	switch d.(type) {
	case bool:
		return object{"type": "boolean", "description": ungiven(d)}
	case float64:
		if strings.Contains(x.Takes, "whole") {
			return object{"type": "integer", "description": ungiven(d)}
		}
		return object{"type": "number", "description": ungiven(d)}
	case []any:
		return object{"type": "array", "items": text()}
	}
	return object{"type": "string"}
}

func ungiven(d any) string { return fmt.Sprintf("where it is not given: %v", d) }

func answerOf(words, schema string) object {
	return object{"description": words, "content": object{"application/json": object{"schema": object{"$ref": "#/components/schemas/" + schema}}}}
}

func errorOf(words string) object { return answerOf(words, "fault") }
