package law

import (
	"strings"

	"casus/model"
)

// Impossible says what of an event cannot be, so far as the model's places
// tell: an attack on a state's territory at a place that is not its own. A
// contested place is everybody's who claims it.
func (b *Book) Impossible(ev Event) []string {
	if ev.Object != "territory" || ev.Place == "" {
		return nil
	}
	var out []string
	for _, on := range append([]string{ev.On}, ev.AlsoOn...) {
		if on == "" || b.mayHold(ev, on) {
			continue
		}
		whose := "lies in no state's territory"
		c := &court{b: b, ev: ev}
		if own := b.Model.ApartOn(ev.Place, b.Day); own != nil {
			whose = "was no state's territory on the day"
		} else if b.Model.Coastal(ev.Place, b.Day) {
			whose = "lies on the coasts of others (" + strings.Join(b.Model.CoastStates(ev.Place, b.Day), ", ") + ")"
		} else if host, known := c.host(); !known {
			whose = "is contested, and it is not among those who claim it"
		} else if host != "" {
			whose = "lies in " + b.stateName(host)
		}
		out = append(out, "an attack on the territory of "+b.stateName(on)+" cannot be at "+ev.Place+", which "+whose+"; with --object forces, vessel or aircraft it could")
	}
	return out
}

// mayHold reports whether a place, or a part of it, may lie in the territory of
// a state, as some reading or some treaty has it.
func (b *Book) mayHold(ev Event, state string) bool {
	c := &court{b: b, ev: ev}
	if c.within(state) != No || b.Model.Overlaps(ev.Place, state, b.Day) {
		return true
	}
	for _, in := range b.Model.Instruments {
		for i := range in.Territory {
			t := &in.Territory[i]
			if (t.Verb == model.Only || t.Verb == model.Also) && len(t.States) > 0 && t.Of(state, b.Day) && c.anywhere(t.Areas, true) != No {
				return true
			}
		}
	}
	return false
}

func (b *Book) stateName(state string) string {
	if name := b.Model.States.Name(state, b.Day); name != "" {
		return name + " (" + state + ")"
	}
	return state
}
