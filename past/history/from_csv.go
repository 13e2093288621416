package history

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/data"
)

// member is one row that can be used: a state under an alliance, in one phase.
type member struct {
	alliance, phase int
	id, cow         string
	from, until     data.Day // until is the first day out, Forever while in force
	has             [kinds]bool
	on              [kinds]uint16 // conditions, as bits
	asymmetrical    bool          // not said to be otherwise
	line            int
	at              data.Field
}

func (m member) overlaps(n member) bool { return m.from < n.until && n.from < m.until }

// compare orders rows by all that they say; the line comes last.
func (m member) compare(n member) int {
	return cmp.Or(cmp.Compare(m.alliance, n.alliance), cmp.Compare(m.phase, n.phase), strings.Compare(m.id, n.id),
		cmp.Compare(m.from, n.from), cmp.Compare(m.until, n.until), strings.Compare(m.cow, n.cow),
		strings.Compare(fmt.Sprint(m.has, m.on, m.asymmetrical), fmt.Sprint(n.has, n.on, n.asymmetrical)), cmp.Compare(m.line, n.line))
}

// atopReader collects the usable rows of a table.
type atopReader struct {
	states  *data.States
	members []member
	out     *ATOP
	bad     bool // the row that is read cannot be used
}

const leavesOut = "; row left out"

func leftOut(msg string) bool { return strings.HasSuffix(msg, leavesOut) }

// drop leaves the row out for what is wrong at a field.
func (rd *atopReader) drop(f data.Field, format string, args ...any) {
	rd.bad = true
	rd.out.Problems = append(rd.out.Problems, f.Problem(format+leavesOut, args...))
}

func (rd *atopReader) warn(f data.Field, format string, args ...any) {
	rd.out.Problems = append(rd.out.Problems, f.Problem(format, args...))
}

// lastDays is the last day that a version of ATOP covers.
var lastDays = map[string]int{"3": 2003, "4": 2016, "5": 2018}

// coverage finds the version and the last day of which the data speak: what the
// codebook says of the version, else the end of the last year in the table.
func (rd *atopReader) coverage(t *data.Table) {
	last := 0
	for _, r := range t.Rows {
		rd.out.Version = max(rd.out.Version, r.Text("version"))
		for _, c := range []string{"yrent", "yrexit"} {
			if y, err := strconv.Atoi(r.Text(c)); err == nil && y <= 9999 {
				last = max(last, y)
			}
		}
	}
	major, _, _ := strings.Cut(rd.out.Version, ".")
	if y, ok := lastDays[major]; ok {
		last = y
	} else if len(t.Rows) > 0 {
		rd.warn(t.Rows[0].Field("version"), "version %s of ATOP is not known here; what it says is taken to end with the last year in it, %d", word(rd.out.Version), last)
	}
	rd.out.Version = plain(rd.out.Version)
	rd.out.Coverage, _ = data.Date(max(last, 1), 12, 31)
}

// row takes one row, or leaves it out.
func (rd *atopReader) row(r data.Row) {
	rd.bad = false
	m := member{line: r.Line(), at: r.Field("member")}
	m.alliance = rd.number(r.Field("atopid"), 1, "1005")
	m.cow = strconv.Itoa(rd.number(r.Field("member"), 1, "200"))
	m.phase = rd.number(r.Field("phase"), 0, "0")
	m.from = rd.date(r, "ent")
	m.until = rd.exit(r)
	if !rd.bad && m.until <= m.from {
		rd.drop(r.Field("yrexit"), "leaves on %s, not after it enters on %s", m.until, m.from)
	}
	m.asymmetrical = rd.asymmetrical(r.Field("asymm"))
	rd.duties(r, &m)
	if rd.bad {
		return
	}
	if m.id = rd.state(m); m.id != "" {
		rd.members = append(rd.members, m)
	}
}

// number reads a whole number of at least low and at most six digits.
func (rd *atopReader) number(f data.Field, low int, such string) int {
	n, err := strconv.Atoi(strings.TrimSpace(f.Text))
	if err != nil || n < low || n > 999999 {
		rd.drop(f, "%s is no number such as %s", word(f.Text), such)
		return 0
	}
	return n
}

// part reads a month or a day; 0 where it is not known.
func part(f data.Field) (int, error) {
	s := strings.TrimSpace(f.Text)
	if s == "" || s == "0" || s == "-9" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0, errors.New(word(f.Text) + " is no number")
	}
	return n, nil
}

// date reads year, month and day of entry ("ent") or exit ("exit"). A day that
// is not known is counted as the first of the month, a month as January.
func (rd *atopReader) date(r data.Row, which string) data.Day {
	y, mo, d := r.Field("yr"+which), r.Field("mo"+which), r.Field("day"+which)
	year, err := strconv.Atoi(strings.TrimSpace(y.Text))
	if err != nil || year < 1 {
		rd.drop(y, "%s is no year", word(y.Text))
		return 0
	}
	month, err := part(mo)
	if err != nil {
		rd.drop(mo, "%v", err)
		return 0
	}
	day, err := part(d)
	if err != nil {
		rd.drop(d, "%v", err)
		return 0
	}
	on, err := data.Date(year, max(month, 1), max(day, 1))
	switch {
	case err != nil && (month == 0 || day == 0):
		rd.drop(mo, "%v", err)
		return 0
	case err != nil:
		rd.drop(d, "%v", err)
		return 0
	case month == 0:
		rd.assume(mo, "the month is not known; counted as "+on.String())
	case day == 0:
		rd.assume(d, "the day is not known; counted as "+on.String())
	}
	return on
}

func (rd *atopReader) assume(f data.Field, msg string) {
	rd.out.Dates++
	rd.warn(f, "%s", msg)
}

// exit is the first day out, Forever where the row is in force at the end of the
// coverage: a year of 0, and in effect.
func (rd *atopReader) exit(r data.Row) data.Day {
	y, in := strings.TrimSpace(r.Text("yrexit")), strings.TrimSpace(r.Text("ineffect"))
	if y != "0" {
		if in == "1" {
			rd.warn(r.Field("ineffect"), "said to be in effect, though it has an exit; the exit counts")
		}
		return rd.date(r, "exit")
	}
	if in != "1" {
		rd.drop(r.Field("yrexit"), "no year of exit, and not said to be in effect: when it ended is not known")
	}
	return data.Forever
}

// asymmetrical reads whether obligations differ between the members; where that
// is not coded they may.
func (rd *atopReader) asymmetrical(f data.Field) bool {
	s := strings.TrimSpace(f.Text)
	if s != "0" && s != "1" {
		rd.warn(f, "whether obligations differ between members is not coded (%s); counted as if they may", word(f.Text))
	}
	return s != "0"
}

// duties reads which obligations the member has and on what conditions.
func (rd *atopReader) duties(r data.Row, m *member) {
	for k, o := range obligations {
		f := r.Field(o.column)
		switch strings.TrimSpace(f.Text) {
		case "1":
			m.has[k] = true
		case "0":
		default:
			rd.drop(f, "whether it has the obligation %s is not coded: %s", o.column, word(f.Text))
			continue
		}
		m.on[k] = rd.conditions(r, o, m.has[k])
	}
}

// conditions are the bits of what an obligation turns on. A condition that is
// not coded is one more that may be there.
func (rd *atopReader) conditions(r data.Row, o obligation, has bool) uint16 {
	var on uint16
	for i, c := range o.conditions {
		switch f := r.Field(c.column); strings.TrimSpace(f.Text) {
		case "0":
		case "1":
			on |= 1 << i
			if !has {
				rd.warn(f, "a condition of %s, which the row does not have; not counted", o.column)
			}
		default:
			if has {
				rd.warn(f, "condition %s is not coded (%s); counted as one that may be there", c.column, word(f.Text))
				on |= unnamed
			}
		}
	}
	if !has {
		return 0
	}
	if o.conditional != "" {
		switch f := r.Field(o.conditional); {
		case strings.TrimSpace(f.Text) == "1" && on == 0:
			rd.warn(f, "said to be conditional, without a condition; counted as one that is not named")
			on |= unnamed
		case strings.TrimSpace(f.Text) == "0" && on != 0:
			rd.warn(f, "said to be without condition, yet one is coded; the condition counts")
		}
	}
	return on
}

// state resolves the code on the day of entry. A code that was no state that day
// but is one state on every other is taken for it, since ids say no more than
// which line of states a dataset means; one that means nothing is left out.
func (rd *atopReader) state(m member) string {
	id, err := rd.states.Resolve(data.COW, m.cow, m.from)
	if err == nil {
		return id
	}
	var e *data.NotOnDay
	if errors.As(err, &e) && (e.Before != nil || e.After != nil) {
		near := cmp.Or(e.Before, e.After)
		if e.After == nil || e.After.ID == near.ID {
			rd.out.Codes++
			rd.warn(m.at, "%v; taken for %s", err, near.ID)
			return near.ID
		}
	}
	rd.drop(m.at, "%v", err)
	return ""
}

// byAlliance sorts the rows, leaves out those that overlap another of the same
// member and phase, and closes gaps of a day: where a member's next row begins
// on the day after the exit, the exit was the last day in, not the first out.
func (rd *atopReader) byAlliance() [][]member {
	slices.SortFunc(rd.members, member.compare)
	var kept []member
	for _, m := range rd.members {
		if n := len(kept); n > 0 && kept[n-1].alliance == m.alliance && kept[n-1].phase == m.phase && kept[n-1].id == m.id && kept[n-1].overlaps(m) {
			rd.drop(m.at, "%s is a member of %d twice at the same time, in one phase (also on line %d)", m.id, m.alliance, kept[n-1].line)
			continue
		}
		kept = append(kept, m)
	}
	rd.members = kept
	rd.out.Used = len(kept)
	rd.closeGaps()
	var out [][]member
	for i, m := range rd.members {
		if i == 0 || rd.members[i-1].alliance != m.alliance {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], m)
	}
	for _, rows := range out {
		if first := rows[0]; !slices.ContainsFunc(rows, func(m member) bool { return m.id != first.id }) {
			rd.warn(first.at, "%s is the only member of %d that could be used: it owes nobody", first.id, first.alliance)
		}
	}
	return out
}

func (rd *atopReader) closeGaps() {
	type key struct {
		alliance int
		id       string
		from     data.Day
	}
	begins := map[key]bool{}
	for _, m := range rd.members {
		begins[key{m.alliance, m.id, m.from}] = true
	}
	for i := range rd.members {
		if m := &rd.members[i]; m.until != data.Forever && begins[key{m.alliance, m.id, m.until + 1}] {
			m.until++
		}
	}
}

// word shows a cell in a message.
func word(s string) string {
	if strings.TrimSpace(s) == "" {
		return "an empty cell"
	}
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return strconv.Quote(s)
}

// plain is a text from outside that may stand in a quoted text or a comment.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == '"' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0xfffd {
			return '_'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	return strings.ToValidUTF8(s, "_")
}
