package law

import "context"

// Toward grounds a cascade on the way of the search however small it is.
func (b *Book) Toward(ctx context.Context, s Spread) (*Cascade, error) { return b.seek(ctx, s) }
