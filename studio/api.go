package studio

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"casus/ask"
	"casus/finding"
	"casus/law/counsel"
	"casus/show"
)

// writing are the settings that have something written; they are asked for by POST.
var writing = []string{"record", "replace"}

// writes reports whether a question leaves something behind.
func writes(q *ask.Written) bool {
	switch q.Name() {
	case "run":
		return true
	case "report", "convergence": // there record is what is read
		return false
	}
	words := q.Words()
	return slices.ContainsFunc(writing, func(name string) bool { return len(words[name]) > 0 })
}

// apiGet answers a question in the words of an address.
func (s *Studio) apiGet(w http.ResponseWriter, r *http.Request) {
	q, err := ask.PutWords(r.PathValue("ask"), ask.Words(r.URL.Query()))
	if err == nil && writes(q) {
		w.Header().Set("Allow", "POST")
		refuse(w, http.StatusMethodNotAllowed, ask.Usage("this writes a record", "send it by POST"))
		return
	}
	s.apiAnswer(w, r, q, err)
}

// apiPost answers a question whose words are sent as JSON.
func (s *Studio) apiPost(w http.ResponseWriter, r *http.Request) {
	q, err := sent(r)
	s.apiAnswer(w, r, q, err)
}

func (s *Studio) apiAnswer(w http.ResponseWriter, r *http.Request, q *ask.Written, err error) {
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	if !s.turn(r.Context()) {
		return
	}
	defer s.over()
	f, err := s.answer(r.Context(), q, ask.Told{})
	switch {
	case r.Context().Err() != nil:
	case ask.IsFault(err):
		refuse(w, http.StatusInternalServerError, err)
	case err != nil && ask.Code(err) == ask.WrongUse:
		refuse(w, http.StatusBadRequest, err)
	case err != nil:
		refuse(w, http.StatusUnprocessableEntity, err)
	default:
		w.Header().Set("Content-Type", "application/json")
		writeFinding(w, f)
	}
}

// writeFinding writes what was found; the rows of a matrix as they are worked out.
func writeFinding(w io.Writer, f finding.Finding) {
	if m, is := f.(*counsel.Matrix); is {
		own := *m // writing keeps codes, and another may write at the same time
		show.MatrixJSON(w, &own)
		return
	}
	finding.Write(w, f)
}

// otherwise refuses the methods that an address does not know.
func otherwise(allow string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allow)
		refuse(w, http.StatusMethodNotAllowed, ask.Usage("nothing is asked here by "+r.Method, "it is "+allow))
	}
}

// sent reads the words of a question; no words at all ask it as it is.
func sent(r *http.Request) (*ask.Written, error) {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	settings := map[string]json.RawMessage{}
	if len(text) > 0 {
		if err := json.Unmarshal(text, &settings); err != nil || settings == nil {
			return nil, ask.Usage("the words of a question are sent as one JSON object", `as in {"on": "GBR", "date": "2026-02-01"}`)
		}
	}
	return ask.PutJSON(r.PathValue("ask"), settings)
}

// fault is what a refusal says.
type fault struct {
	Error string `json:"error"`
	Code  int    `json:"code"` // as the exit code of the program
}

func refuse(w http.ResponseWriter, code int, err error) {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		code = http.StatusRequestEntityTooLarge
	}
	reply(w, code, fault{err.Error(), ask.Code(err)})
}

func reply(w http.ResponseWriter, code int, x any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(x)
}
