package lsp

import "encoding/json"

// These messages of the Language Server Protocol 3.18 are spoken here, field by field as it names them.

type documentID struct {
	URI string `json:"uri"`
}

type atPosition struct {
	TextDocument documentID `json:"textDocument"`
	Position     Position   `json:"position"`
}

type ofDocument struct {
	TextDocument documentID `json:"textDocument"`
}

type initializing struct {
	RootURI          string `json:"rootUri"`
	WorkspaceFolders []struct {
		URI string `json:"uri"`
	} `json:"workspaceFolders"`
}

type opened struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version *int   `json:"version"`
		Text    string `json:"text"`
	} `json:"textDocument"`
}

type changed struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version *int   `json:"version"`
	} `json:"textDocument"`
	ContentChanges []struct {
		Range *Range `json:"range"` // none: the whole text
		Text  string `json:"text"`
	} `json:"contentChanges"`
}

type renaming struct {
	atPosition
	NewName string `json:"newName"`
}

type finding struct {
	Range    Range  `json:"range"`
	Severity int    `json:"severity"` // 1 a mistake, 2 a warning
	Source   string `json:"source"`
	Message  string `json:"message"`
}

type published struct {
	URI         string    `json:"uri"`
	Version     *int      `json:"version,omitempty"`
	Diagnostics []finding `json:"diagnostics"`
}

type location struct {
	URI   string `json:"uri"`
	Range Range  `json:"range"`
}

type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

type hovered struct {
	Contents markup `json:"contents"`
	Range    Range  `json:"range"`
}

type textEdit struct {
	Range   Range  `json:"range"`
	NewText string `json:"newText"`
}

type workspaceEdit struct {
	Changes map[string][]textEdit `json:"changes"`
}

type completion struct {
	Label  string `json:"label"`
	Kind   int    `json:"kind"`
	Detail string `json:"detail,omitempty"`
}

// kinds of completion, as the protocol numbers them.
const (
	methodItem   = 2
	variableItem = 6
	classItem    = 7
	valueItem    = 12
	keywordItem  = 14
	constantItem = 21
)

type symbol struct {
	Name           string   `json:"name"`
	Detail         string   `json:"detail,omitempty"`
	Kind           int      `json:"kind"`
	Range          Range    `json:"range"`
	SelectionRange Range    `json:"selectionRange"`
	Children       []symbol `json:"children,omitempty"`
}

type tokens struct {
	Data []uint32 `json:"data"`
}

// capabilities tells the editor what it may ask.
var capabilities = json.RawMessage(`{
	"positionEncoding": "utf-16",
	"textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
	"hoverProvider": true,
	"definitionProvider": true,
	"referencesProvider": true,
	"renameProvider": {"prepareProvider": true},
	"completionProvider": {"triggerCharacters": [" ", ".", ":"]},
	"documentFormattingProvider": true,
	"documentSymbolProvider": true,
	"semanticTokensProvider": {"legend": {"tokenTypes": ["keyword", "string", "number", "comment", "operator", "class", "variable", "enumMember"], "tokenModifiers": ["declaration", "defaultLibrary"]}, "full": true},
	"workspace": {"workspaceFolders": {"supported": true}, "textDocumentContent": {"schemes": ["casus"]}}
}`)
