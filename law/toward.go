package law

import (
	"context"
	"errors"
	"slices"

	"casus/law/chain"
	"casus/model"
)

// Where one end is asked for, and chains of so many links, the cascade grows as they
// are looked for: an event is followed once a partial chain leads to it that may
// still lead to the end. Who was not in the war from the first comes in by a link of
// its own; what has no room left for that leads nowhere.

// seek looks for the chains to the end, and follows events on the way.
func (b *Book) seek(ctx context.Context, s Spread) (*Cascade, error) {
	g := b.spreader(s)
	g.waiting = map[chain.Lit]queued{}
	g.begin()
	end := g.out.Net.Prop("drawn(" + g.End[0] + ")")
	if len(g.End) == 2 {
		end = g.war(g.End[0], g.End[1])
	}
	growth := chain.Growth{Target: end, Size: g.Links, Follow: func(x chain.Lit) {
		if n, is := g.waiting[x]; is && !g.followed[n.name] {
			g.followed[n.name] = true
			g.follow(n.Event, n.least)
		}
	}}
	for _, s := range g.End {
		if !g.Start.names(s) {
			growth.Gates = append(growth.Gates, g.waysIn(s))
		}
	}
	sets, err := g.out.Net.Grow(ctx, growth)
	if g.out.Stopped = errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded); g.out.Stopped {
		err = nil
	}
	if !sets.Complete {
		g.out.Beyond = sets.UpTo + 1
	}
	g.out.toward = &Routes{Target: end, Chains: sets}
	return g.out, err
}

// waysIn are the links of which a chain has one set at least where a state that the
// first event does not name is at war: its choice to help, an article by which others
// help against it, a choice of its own or against it, a blow at its forces.
func (g *spreader) waysIn(state string) [][]chain.Lit {
	var out [][]chain.Lit
	for _, o := range g.Own {
		if o.State == state || o.Against == state {
			out = append(out, []chain.Lit{g.lit(o.choiceLink())})
		}
	}
	for _, d := range g.Deployed {
		if d.State == state {
			out = append(out, []chain.Lit{g.lit(d.deploymentLink())})
		}
	}
	for _, in := range g.b.Model.Instruments {
		if !g.b.force[in.ID].in || !g.b.reads(in) {
			continue
		}
		for _, a := range in.Articles {
			if gate := g.wayInBy(a, state); gate != nil {
				out = append(out, gate)
			}
		}
	}
	return out
}

// wayInBy are the links that an article needs to bring a state into a war: itself
// where others owe help against that state, and else its choice; nil where it never
// does.
func (g *spreader) wayInBy(a *model.Article, state string) []chain.Lit {
	var gate []chain.Lit
	for i := range a.Rules {
		for j := range a.Rules[i].Thens {
			t := &a.Rules[i].Thens[j]
			switch {
			case t.Verb != model.Owes || t.Class.Force == model.NoForce:
			case t.Enemy.Kind == model.Literal && t.Enemy.Name == state:
				return []chain.Lit{g.lit(articleLink(a))}
			case gate == nil && g.b.mayOwe(t.Debtors, state):
				gate = []chain.Lit{g.lit(articleLink(a)), g.lit(choiceOf(a, t, state, ""))}
			}
		}
	}
	return gate
}

// mayOwe reports whether a state may be among the debtors of a duty, whatever the
// event: a letter may stand for anybody.
func (b *Book) mayOwe(debtors model.Set, state string) bool {
	if slices.ContainsFunc(debtors.List, func(x string) bool { return len(x) == 1 }) {
		return true
	}
	return (&court{b: b}).in(state, debtors)
}
