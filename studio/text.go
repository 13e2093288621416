package studio

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"

	"casus/ask"
	"casus/lang/source"
	"casus/studio/lsp"
)

// texting is the view of a model file.
type texting struct {
	Case, File string
	Files      []textFile
	Text       string
	URI, Root  string
	Digest     string // of the file as it lies on the disk
	Own, Ships bool   // it can be saved; it is a case that ships
	Run        string // the words of a run; empty: it is no case that can be run
}

type textFile struct {
	Name, To string
	Here     bool
}

// text leads to the text of a case.
func (l links) text(on subject) entry {
	return entry{Name: "Text", To: "/text?" + url.Values{"case": {on.Case}}.Encode()}
}

// text shows a file of a case: one of the user's own to be changed, a shipped one to
// be read.
func (s *Studio) text(w http.ResponseWriter, r *http.Request) {
	on := s.subject()
	if of := r.URL.Query().Get("case"); of != "" {
		on = s.subjectOf(of)
	}
	v, err := s.texting(on, r.URL.Query().Get("file"))
	if err != nil {
		s.fail(w, r, http.StatusUnprocessableEntity, err)
		return
	}
	p := &page{Title: v.File, Heading: "Text: " + filepath.Base(v.File), Links: s.links(), Token: s.token, Command: ask.CommandLine("check", on.Case), Nav: s.links().nav("text", on)}
	text, err := p.write("text", v)
	if err != nil {
		s.fail(w, r, http.StatusInternalServerError, err)
		return
	}
	writePage(w, http.StatusOK, text)
}

func (s *Studio) texting(on subject, file string) (*texting, error) {
	files, err := ask.Texts(on.Case)
	if err != nil {
		return nil, err
	}
	v := &texting{Case: on.Case, Ships: ask.Shipped(on.Case), Own: !ask.Shipped(on.Case) && on.Case == s.about}
	var at *source.File
	for _, f := range files {
		if at == nil && file == "" || f.Name == file {
			at = f
		}
	}
	if at == nil {
		return nil, ask.Usage(fmt.Sprintf("%s has no file %s", on.Case, file), "the first is at /text?case="+on.Case)
	}
	for _, f := range files {
		v.Files = append(v.Files, textFile{f.Name, "/text?" + url.Values{"case": {on.Case}, "file": {f.Name}}.Encode(), f == at})
	}
	v.File, v.Text, v.Digest = at.Name, string(at.Text), digest(at.Text)
	if v.URI = lsp.Address(v.File); !ask.Shipped(on.Case) {
		whole, err := filepath.Abs(v.File)
		if err != nil {
			return nil, err
		}
		v.URI, v.Root = lsp.Address(whole), lsp.Address(filepath.Dir(whole))
	}
	words, err := json.Marshal(map[string]string{"case": on.Case})
	v.Run = string(words)
	return v, err
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// editor speaks the language server's protocol with the page. Only our own page, or
// who sends the token, opens it.
func (s *Studio) editor(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Origin") == "" && bearer(r) == "" {
		refuse(w, http.StatusForbidden, ask.Usage("the page speaks here", "or who sends the token (Authorization: Bearer)"))
		return
	}
	c, err := accept(r.Context(), w, r)
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	if !s.editors.enter() { // said in the conversation: a page is not told why none begins
		c.leaveFor(closeFull, fmt.Sprintf("%d editors are open, and no more are served: close one and load this page again.", mostEditors))
		return
	}
	defer s.editors.leave()
	defer c.leave(closeGoing)
	x := s.editors.listen(r.Context(), c)
	defer x.done()
	lsp.Serve(r.Context(), x) // how it ended nobody is left to hear
}

// saving is a text on its way to the disk.
type saving struct {
	File   string `json:"file"`
	Text   string `json:"text"`
	Digest string `json:"digest"` // of what was read, so that no change of another is lost
}

// save writes a file of the folder that the page is about. It makes none, and
// touches nothing else.
func (s *Studio) save(w http.ResponseWriter, r *http.Request) {
	var x saving
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostMessage))
	if err == nil {
		err = json.Unmarshal(text, &x)
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, ask.Usage("a text is sent as one JSON object", `{"file": …, "text": …, "digest": …}`))
		return
	}
	if err := s.mayWrite(x); err != nil {
		refuse(w, http.StatusConflict, err)
		return
	}
	if err := source.Overwrite(x.File, x.Text); err != nil {
		refuse(w, http.StatusUnprocessableEntity, err)
		return
	}
	s.forget()
	reply(w, http.StatusOK, map[string]string{"digest": digest([]byte(x.Text))})
}

func (s *Studio) mayWrite(x saving) error {
	if ask.Shipped(s.about) || ask.NamesRecord(s.about) {
		return ask.Usage("the page is about no folder of your own", "casus studio FOLDER opens one")
	}
	files, err := ask.Texts(s.about)
	if err != nil {
		return err
	}
	for _, f := range files {
		switch {
		case f.Name != x.File:
		case digest(f.Text) != x.Digest:
			return ask.Usage(x.File+" was changed meanwhile by something else", "open it again; what you typed stays until you do")
		case strings.ContainsRune(x.Text, 0):
			return ask.Usage("a text has no zero bytes", "")
		default:
			return nil
		}
	}
	return ask.Usage(x.File+" is no file of "+s.about, "")
}
