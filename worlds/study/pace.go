package study

// after tells how long a run takes once its worlds are solved, as parts of the time that
// solving them takes; 0 where nobody has tried.
type after struct{ summing, writing float64 }

// pace tells how much of a whole run is done: what comes after its worlds counts for as
// many pieces as it takes of their time.
type pace struct {
	tell   Progress
	begins func(what string) // may be nil
	after  after
	pieces int // of solving, so far as they are known
}

func (p *pace) whole() int { return p.pieces + p.of(p.after.summing) + p.of(p.after.writing) }

func (p *pace) of(share float64) int { return int(share * float64(p.pieces)) }

// solving is told of the worlds.
func (p *pace) solving(done, total int) {
	p.pieces = total
	p.told(done)
}

// summing is told that the worlds are solved.
func (p *pace) summing() {
	p.begin("summing up")
	p.told(p.pieces)
}

// writing is told how many of the numbers of the record are written; a record that
// was read tells nobody.
func (p *pace) writing(done, total int) {
	if p == nil || total == 0 {
		return
	}
	if done == 0 {
		p.begin("writing the record")
	}
	p.told(p.pieces + p.of(p.after.summing) + int(float64(p.of(p.after.writing))*float64(done)/float64(total)))
}

func (p *pace) begin(what string) {
	if p.begins != nil {
		p.begins(what)
	}
}

func (p *pace) told(done int) {
	if p.tell != nil {
		p.tell(done, p.whole())
	}
}
