package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"casus/law"
	"casus/model"
	"casus/report"
)

// differing is what the flags of diff say.
type differing struct {
	spreading
	events []string
}

func newDiff() *cobra.Command {
	d := &differing{}
	c := &cobra.Command{
		Use:   "diff A B [flags]",
		Short: "Compare two drafts or two options, clause by clause",
		Long: `diff compares two instruments, or two options of a case: which clauses, duties
and answers appear, vanish or change from A to B, and with --to which chains. An
instrument is taken as if it were in force, whatever its standing, and alone;
options are compared in all that they change.`,
		Example: `  casus diff ISTANBUL2022 PARIS2026 --date 2026-07-01
  casus diff europe europe_backstop --case ukraine
  casus diff europe membership --case ukraine --event "armed attack by RUS on UKR, object territory, at kyiv" --to "fights(USA, RUS)"`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return d.compare(c, args[0], args[1]) },
	}
	f := c.Flags()
	f.SortFlags = false
	d.lawFlags(f)
	d.shippedLaw(f)
	f.StringArrayVar(&d.events, "event", nil, "compare the answers to this event (default: the key events of the case, or an attack on each creditor at home)")
	f.StringVar(&d.to, "to", "", `compare the chains from the first event to this end: "fights(USA, RUS)" or "drawn(USA)"`)
	f.IntVar(&d.links, "links", 9, "only chains of up to so many links; 0: any number")
	f.BoolVar(&d.json, "json", false, "print JSON")
	return c
}

func (d *differing) compare(c *cobra.Command, a, b string) error {
	if d.date == "" && d.question.from == "" {
		return usage("on which day?", "add --date YYYY-MM-DD, or --case CASE to take its date")
	}
	if a == b {
		return usage("A and B are the same", "")
	}
	r, err := d.lawOfDay(c)
	if err != nil {
		return err
	}
	from, err := r.draft(a)
	if err != nil {
		return err
	}
	to, err := r.draft(b)
	if err != nil {
		return err
	}
	if (from.Only == nil) != (to.Only == nil) {
		return fmt.Errorf("%s and %s cannot be compared: one is an instrument, the other an option", a, b)
	}
	events, err := d.probes(r, from, to)
	if err != nil {
		return err
	}
	out := report.NewDiff(from, to, law.Standing{Facts: r.event.Facts, Readings: r.event.Readings}, events)
	out.Warnings, out.Notes = append(out.Warnings, r.warnings...), append(out.Notes, r.notes()...)
	if from.Only != nil {
		out.Head(from.Only, to.Only)
	} else {
		out.Package(r.m.Option(a), r.m.Option(b))
	}
	if d.to != "" {
		if err := d.chains(c.Context(), r, out, from, to, events); err != nil {
			return err
		}
	}
	return show(c, out, d.json)
}

// draft is the law that a name stands for: of an instrument as if adopted, or
// of an option.
func (r *resolving) draft(name string) (law.Draft, error) {
	if o := r.m.Option(name); o != nil {
		return law.Draft{Name: name, Book: law.Compile(r.m, r.day, slices.Concat(r.acts, o.Acts)).Only(r.only...)}, nil
	}
	in := r.m.Instrument(name)
	if in == nil {
		var known []string
		for _, o := range r.m.Options {
			known = append(known, o.Name)
		}
		for _, in := range r.m.Instruments {
			known = append(known, in.ID)
		}
		return law.Draft{}, unknown("instrument or option", name, known)
	}
	adopt := model.Act{Verb: "adopt", Instrument: in.ID}
	return law.Draft{Name: name, Book: law.Compile(r.m, r.day, append(slices.Clone(r.acts), adopt)), Only: in}, nil
}

// probes are the events whose answers are compared.
func (d *differing) probes(r *resolving, from, to law.Draft) ([]law.Event, error) {
	var out []law.Event
	for _, words := range d.events {
		ev, err := r.eventWords(words)
		if err != nil {
			return nil, err
		}
		out = append(out, r.known(ev))
	}
	if len(out) > 0 {
		return out, nil
	}
	if d.question.from != "" && from.Only == nil {
		k, err := caseOf(r.m, d.question.from)
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
func (d *differing) chains(ctx context.Context, r *resolving, out *report.Diff, from, to law.Draft, events []law.Event) error {
	if len(events) == 0 || events[0].By == "" {
		return usage("from which event?", `add --event "armed attack by RUS on UKR, object territory, at kyiv"`)
	}
	words := d.to
	var ways [2][][]string
	for i, draft := range []law.Draft{from, to} {
		spread := law.Spread{Start: events[0], Links: d.links}
		if o := r.m.Option(draft.Name); o != nil {
			spread.Deployed = law.DeployedBy(o.Acts)
		}
		cascade, err := draft.Book.Cascade(spread)
		if err != nil {
			return err
		}
		d.to = words
		target, reachable, err := d.end(r, cascade)
		if err != nil {
			return err
		}
		routes := cascade.NoRoutes()
		if reachable {
			if routes, err = cascade.Routes(ctx, target, d.links); err != nil {
				return err
			}
		}
		if !routes.Chains.Complete {
			out.Warnings = append(out.Warnings, fmt.Sprintf("%s: only chains of up to %d links are compared (--links)", draft.Name, routes.Chains.UpTo))
		}
		for _, set := range routes.Chains.Sets {
			names := cascade.Net.Names(set)
			slices.Sort(names)
			ways[i] = append(ways[i], names)
		}
	}
	out.Compare(d.to, ways[0], ways[1])
	return nil
}
