package ask

import (
	"context"
	"fmt"
	"slices"

	"casus/finding"
	"casus/law"
	"casus/law/counsel"
	"casus/model"
)

// Diff asks what two drafts, or two options of a case, change clause by clause.
type Diff struct {
	Question
	A, B   string
	Events []string // compare the answers to these events; none: the key events of the case, or an attack on each creditor at home
	End    string   // compare the chains to this end, too
	Links  int      // of up to so many links; 0: any number

	Given func(name string) bool // as in Worlds
}

// Answer compares A with B.
func (q Diff) Answer(ctx context.Context, to Told) (*counsel.Diff, error) {
	q.onlyShipped = true
	if q.A == "" || q.B == "" {
		return nil, Usage("an empty name is typed", "name two instruments, or two options")
	}
	var a, b law.Draft
	draft := func(to *law.Draft, name string) func(*resolving) error {
		return func(r *resolving) (err error) {
			*to, err = r.draft(name)
			return err
		}
	}
	r, err := q.lawOfDay(to, Together(q.onTheDay(), lack(q.A == q.B, "A and B are the same", ""), CountOf("links", q.Links, 0, 0, "0: any number")), draft(&a, q.A), draft(&b, q.B))
	if err == nil {
		err = Together(lack(a.Name == b.Name, q.A+" and "+q.B+" are the same", ""), q.idle())
	}
	if err != nil {
		return nil, err
	}
	if (a.Only == nil) != (b.Only == nil) {
		return nil, Usage(fmt.Sprintf("%s and %s cannot be compared: one is an instrument, the other an option", q.A, q.B), "")
	}
	events, err := q.probes(r, a, b)
	if err != nil {
		return nil, misused(err)
	}
	out := counsel.NewDiff(a, b, law.Standing{Facts: r.event.Facts, Readings: r.event.Readings}, events)
	r.tell(&out.Head, &out.Notes)
	if a.Only != nil {
		out.Heads(a.Only, b.Only)
	} else {
		out.Package(r.m.Option(a.Name), r.m.Option(b.Name))
	}
	if q.End != "" {
		return out, q.chains(ctx, r, out, a, b, events)
	}
	return out, nil
}

// idle is the error of a bound on chains where none are sought.
func (q *Diff) idle() error {
	if q.End != "" || q.Given == nil || !q.Given("links") {
		return nil
	}
	return Belongs("links", "end", `leave it out, or name an end, as in --end "fights(USA, RUS)"`)
}

// draft is the law that a name stands for: of an instrument as if adopted, or
// of an option.
func (r *resolving) draft(name string) (law.Draft, error) {
	if o := r.m.Option(name); o != nil {
		return law.Draft{Name: name, Book: law.Compile(r.m, r.day, slices.Concat(r.acts, o.Acts)).Only(r.only...)}, nil
	}
	in := r.m.Instrument(name)
	if in == nil {
		if meant, err := r.option(name); err != nil || meant != name {
			if err != nil {
				return law.Draft{}, err
			}
			return r.draft(meant)
		}
		var known []string
		for _, o := range r.m.Options {
			known = append(known, o.Name)
		}
		for _, in := range r.m.Instruments {
			known = append(known, in.ID)
		}
		return law.Draft{}, Unknown("instrument or option", name, known)
	}
	// declared, since what is adopted holds only from its own day, and a text is held
	// against another on any
	held := model.Act{Verb: "declare", Instrument: in.ID}
	return law.Draft{Name: name, Book: law.Compile(r.m, r.day, append(slices.Clone(r.acts), held)), Only: in}, nil
}

// probes are the events whose answers are compared.
func (q *Diff) probes(r *resolving, from, to law.Draft) ([]law.Event, error) {
	var out []law.Event
	for _, words := range q.Events {
		ev, err := r.eventWords(words)
		if err != nil {
			return nil, err
		}
		out = append(out, r.known(ev))
	}
	if len(out) > 0 {
		return out, nil
	}
	if q.Case != "" && from.Only == nil {
		k, err := ParseNamed(q.Case).Of(r.m)
		if err != nil {
			return nil, err
		}
		for _, key := range k.KeyEvents {
			out = append(out, r.known(law.EventOf(key.Event)))
		}
		return out, nil
	}
	return r.attacks(from, to), nil
}

// known gives an event what is given of every event.
func (r *resolving) known(ev law.Event) law.Event {
	for k, v := range r.event.Facts {
		if _, told := ev.Facts[k]; !told {
			ev.Facts[k] = v
		}
	}
	if len(ev.Readings) == 0 {
		ev.Readings = r.event.Readings
	}
	return ev
}

// attacks are one attack on each creditor of two drafts at home, by the
// attackers they name or by one that is not named.
func (r *resolving) attacks(from, to law.Draft) []law.Event {
	seen := map[[2]string]bool{}
	var out []law.Event
	for _, d := range []law.Draft{from, to} {
		for _, p := range d.Book.PledgesOf(d.Only, law.Standing{Facts: r.event.Facts, Readings: r.event.Readings}) {
			by := ""
			if len(p.Against) > 0 {
				by = p.Against[0]
			}
			if key := [2]string{by, p.Creditor}; p.Creditor != "" && p.Creditor != law.Every && !seen[key] {
				seen[key] = true
				out = append(out, r.known(law.Event{Kind: "armed attack", By: by, On: p.Creditor, Object: "territory", Place: p.Creditor + ".home", Facts: map[string]law.Tri{}}))
			}
		}
	}
	return out
}

// chains compares the ways from the first event to an end.
func (q *Diff) chains(ctx context.Context, r *resolving, out *counsel.Diff, from, to law.Draft, events []law.Event) error {
	if len(events) == 0 || events[0].By == "" {
		return Usage("from which event?", `add --event "armed attack by RUS on UKR, object territory, at kyiv"`)
	}
	end, err := r.end(q.End)
	if err != nil {
		return misused(err)
	}
	var ways [2][][]string
	for i, draft := range []law.Draft{from, to} {
		spread := law.Spread{Start: events[0], Links: q.Links}
		if o := r.m.Option(draft.Name); o != nil {
			spread.Deployed = law.DeployedBy(o.Acts)
		}
		cascade, err := r.ground(ctx, draft.Book, spread, &end)
		if err != nil {
			return err
		}
		routes, err := end.routes(ctx, cascade, q.Links)
		if err != nil {
			return err
		}
		if cascade.Stopped {
			return context.Canceled
		}
		if !routes.Chains.Complete {
			out.Warnings = append(out.Warnings, finding.Warn(finding.GivenUp, draft.Name, "%s: only chains of up to %d links are compared (--links)", draft.Name, routes.Chains.UpTo))
		}
		for _, set := range routes.Chains.Sets {
			names := cascade.Net.Names(set)
			slices.Sort(names)
			ways[i] = append(ways[i], names)
		}
	}
	out.Compare(end.words, ways[0], ways[1])
	return nil
}
