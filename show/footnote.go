package show

import (
	"fmt"
	"io"
	"strings"

	"casus/law/counsel"
)

// Footnotes writes one line for each address, to paste. An address that names no
// source is the error.
func Footnotes(out io.Writer, c *counsel.Citation) error {
	var b strings.Builder
	for _, e := range c.Cited {
		if e.Footnote == "" {
			return fmt.Errorf("%s names no source (cite an instrument, an article or a source)", e.Address)
		}
		b.WriteString(e.Footnote + "\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// numbered gives each article that has a footnote its mark.
func (w *why) numbered() {
	w.mark = map[string]string{}
	if w.Footnotes == nil {
		return
	}
	for i, e := range w.Footnotes.Cited {
		w.mark[e.Address] = fmt.Sprintf("[%d]", i+1)
	}
}

func (w *why) footnoteText(p *page) {
	if w.Footnotes == nil || len(w.Footnotes.Cited) == 0 {
		return
	}
	p.gap()
	p.heading("FOOTNOTES", "")
	for _, e := range w.Footnotes.Cited {
		p.line(2, 6, w.mark[e.Address]+" "+e.Footnote)
	}
}
